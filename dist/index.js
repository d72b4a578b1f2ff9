import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 698:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:async_hooks");

/***/ }),

/***/ 421:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:child_process");

/***/ }),

/***/ 598:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");

/***/ }),

/***/ 24:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");

/***/ }),

/***/ 455:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");

/***/ }),

/***/ 67:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");

/***/ }),

/***/ 708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");

/***/ }),

/***/ 161:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:os");

/***/ }),

/***/ 760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 75:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream");

/***/ }),

/***/ 975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 354:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ ProviderError),
/* harmony export */   t: () => (/* binding */ CredentialsProviderError)
/* harmony export */ });
// node_modules/@smithy/core/dist-es/submodules/config/property-provider/ProviderError.js
var ProviderError = class ProviderError extends Error {
	name = "ProviderError";
	tryNextLink;
	constructor(message, options = true) {
		let logger;
		let tryNextLink = true;
		if (typeof options === "boolean") {
			logger = void 0;
			tryNextLink = options;
		} else if (options != null && typeof options === "object") {
			logger = options.logger;
			tryNextLink = options.tryNextLink ?? true;
		}
		super(message);
		this.tryNextLink = tryNextLink;
		Object.setPrototypeOf(this, ProviderError.prototype);
		logger?.debug?.(`@smithy/property-provider ${tryNextLink ? "->" : "(!)"} ${message}`);
	}
	static from(error, options = true) {
		return Object.assign(new this(error.message, options), error);
	}
};
// node_modules/@smithy/core/dist-es/submodules/config/property-provider/CredentialsProviderError.js
var CredentialsProviderError = class CredentialsProviderError extends ProviderError {
	name = "CredentialsProviderError";
	constructor(message, options = true) {
		super(message, options);
		Object.setPrototypeOf(this, CredentialsProviderError.prototype);
	}
};



/***/ }),

/***/ 158:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ loadJsonRpcErrorCode),
/* harmony export */   r: () => (/* binding */ loadRestJsonErrorCode),
/* harmony export */   t: () => (/* binding */ JsonCodec2)
/* harmony export */ });
/* harmony import */ var _Sha256Node_DwJ_Bm2V_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(853);
/* harmony import */ var _node_http_handler_BMbmsy_c_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(428);
/* harmony import */ var _TypeRegistry_BYzBs9Nm_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(439);
/* harmony import */ var _hex_encoding_Bc8B5uu7_js__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(498);




// node_modules/@smithy/core/dist-es/submodules/protocols/ConfigurableSerdeContext.js
var SerdeContextConfig = class {
	serdeContext;
	setSerdeContext(serdeContext) {
		this.serdeContext = serdeContext;
	}
};
// node_modules/@smithy/core/dist-es/submodules/protocols/UnionSerde.js
var UnionSerde = class {
	from;
	to;
	keys;
	constructor(from, to) {
		this.from = from;
		this.to = to;
		const keys = Object.keys(this.from);
		const set = new Set(keys);
		set.delete("__type");
		this.keys = set;
	}
	mark(key) {
		this.keys.delete(key);
	}
	hasUnknown() {
		return this.keys.size === 1 && Object.keys(this.to).length === 0;
	}
	writeUnknown() {
		if (this.hasUnknown()) {
			const k = this.keys.values().next().value;
			const v = this.from[k];
			this.to.$unknown = [k, v];
		}
	}
};
// node_modules/@smithy/core/dist-es/submodules/protocols/json/detectBufferParsing.js
let canParseBuffer;
function detectBufferParsing() {
	if (canParseBuffer === void 0) try {
		if (typeof Buffer !== "function") canParseBuffer = false;
		else {
			const result = JSON.parse(Buffer.from([123, 125]));
			canParseBuffer = result !== null && typeof result === "object";
		}
	} catch {
		canParseBuffer = false;
	}
	return canParseBuffer;
}
// node_modules/@smithy/core/dist-es/submodules/protocols/json/jsonReviver.js
function jsonReviver(key, value, context) {
	if (context?.source) {
		const numericString = context.source;
		if (typeof value === "number") {
			if (value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER) {
				if (isRepresentable(numericString, value)) return value;
				return new _Sha256Node_DwJ_Bm2V_js__WEBPACK_IMPORTED_MODULE_0__.yt(numericString, "bigDecimal");
			} else {
				if (isFractionalBigNumeric(numericString)) return new _Sha256Node_DwJ_Bm2V_js__WEBPACK_IMPORTED_MODULE_0__.yt(numericString, "bigDecimal");
				if (/[eE]/.test(numericString)) return expandExponentToBigInt(numericString);
				return BigInt(numericString);
			}
		}
	}
	return value;
}
function isFractionalBigNumeric(s) {
	const dotIndex = s.indexOf(".");
	if (dotIndex === -1) return false;
	const eIndex = s.search(/[eE]/);
	if (eIndex === -1) return true;
	const fracDigits = eIndex - dotIndex - 1;
	return parseInt(s.slice(eIndex + 1), 10) < fracDigits;
}
function isRepresentable(numericString, value) {
	if (numericString === String(value)) return true;
	if (Object.is(value, -0)) return true;
	if (/[eE]/.test(numericString)) return expandToDecimal(numericString) === expandToDecimal(String(value));
	const normalized = numericString.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
	const canonical = String(value);
	if (normalized === canonical) return true;
	if (/[eE]/.test(canonical)) return normalized === expandToDecimal(canonical);
	return false;
}
function expandToDecimal(s) {
	const negative = s.startsWith("-");
	const abs = negative ? s.slice(1) : s;
	const eIndex = abs.search(/[eE]/);
	let result;
	if (eIndex === -1) result = abs;
	else {
		const exp = parseInt(abs.slice(eIndex + 1), 10);
		const mantissa = abs.slice(0, eIndex);
		const dotIndex = mantissa.indexOf(".");
		let digits;
		let intLen;
		if (dotIndex === -1) {
			digits = mantissa;
			intLen = mantissa.length;
		} else {
			digits = mantissa.slice(0, dotIndex) + mantissa.slice(dotIndex + 1);
			intLen = dotIndex;
		}
		digits = digits.replace(/0+$/, "") || "0";
		const newDotPos = intLen + exp;
		if (digits === "0") result = "0";
		else if (newDotPos <= 0) result = "0." + "0".repeat(-newDotPos) + digits;
		else if (newDotPos >= digits.length) result = digits + "0".repeat(newDotPos - digits.length);
		else result = digits.slice(0, newDotPos) + "." + digits.slice(newDotPos);
	}
	if (result.includes(".")) result = result.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
	return (negative ? "-" : "") + result;
}
function expandExponentToBigInt(s) {
	const eIndex = s.search(/[eE]/);
	const exp = parseInt(s.slice(eIndex + 1), 10);
	const negative = s.startsWith("-");
	const mantissa = s.slice(negative ? 1 : 0, eIndex);
	const dotIndex = mantissa.indexOf(".");
	let digits;
	let shift;
	if (dotIndex === -1) {
		digits = mantissa;
		shift = exp;
	} else {
		digits = mantissa.slice(0, dotIndex) + mantissa.slice(dotIndex + 1);
		shift = exp - (mantissa.length - dotIndex - 1);
	}
	digits = digits.replace(/0+$/, "") || "0";
	const result = BigInt(digits) * 10n ** BigInt(shift + (mantissa.replace(".", "").length - digits.length));
	return negative ? -result : result;
}
// node_modules/@smithy/core/dist-es/submodules/protocols/json/needsReviver.js
const REVIVER_SYMBOL = Symbol.for("@aws-sdk/reviver");
function needsReviver(schema) {
	const ns = _Sha256Node_DwJ_Bm2V_js__WEBPACK_IMPORTED_MODULE_0__.ft.of(schema);
	const raw = ns.getSchema();
	if (Array.isArray(raw) && ns.isStructSchema()) {
		if (REVIVER_SYMBOL in raw) return raw[REVIVER_SYMBOL];
		const result = _check(ns, /* @__PURE__ */ new Set());
		raw[REVIVER_SYMBOL] = result;
		return result;
	}
	return _check(ns, /* @__PURE__ */ new Set());
}
function _check(ns, seen) {
	const raw = ns.getSchema();
	if (seen.has(raw)) return false;
	seen.add(raw);
	if (ns.isBigIntegerSchema() || ns.isBigDecimalSchema()) return true;
	if (ns.isStructSchema()) {
		for (const [, memberSchema] of ns.structIterator()) if (_check(memberSchema, seen)) return true;
	} else if (ns.isListSchema() || ns.isMapSchema()) {
		if (_check(ns.getValueSchema(), seen)) return true;
	} else if (ns.isDocumentSchema()) return true;
	return false;
}
// node_modules/@smithy/core/dist-es/submodules/protocols/common.js
const collectBodyString = (streamBody, context) => (0,_Sha256Node_DwJ_Bm2V_js__WEBPACK_IMPORTED_MODULE_0__.W)(streamBody, context).then((body) => (context?.utf8Encoder ?? _TypeRegistry_BYzBs9Nm_js__WEBPACK_IMPORTED_MODULE_2__.n)(body));
// node_modules/@smithy/core/dist-es/submodules/protocols/json/parseJsonBody.js
async function parseJsonBody(streamBody, context, schema) {
	let parsingInput;
	if (detectBufferParsing() && typeof streamBody?.[Symbol.asyncIterator] === "function") {
		const buffer = await (0,_Sha256Node_DwJ_Bm2V_js__WEBPACK_IMPORTED_MODULE_0__.W)(streamBody, context);
		if (typeof Buffer === "function") {
			if (Buffer.isBuffer(buffer)) parsingInput = buffer;
			else parsingInput = Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength);
		}
	}
	if (!parsingInput) parsingInput = await collectBodyString(streamBody, context);
	if (parsingInput.length === 0) return {};
	const reviver = schema && needsReviver(schema) ? jsonReviver : void 0;
	try {
		return JSON.parse(parsingInput, reviver);
	} catch (e) {
		if (e?.name === "SyntaxError") Object.defineProperty(e, "$responseBodyText", { value: typeof parsingInput === "string" ? parsingInput : parsingInput.toString("utf8") });
		throw e;
	}
}
const findKey = (object, key) => Object.keys(object).find((k) => k.toLowerCase() === key.toLowerCase());
const sanitizeErrorCode = (rawValue) => {
	let cleanValue = rawValue;
	if (typeof cleanValue === "number") cleanValue = cleanValue.toString();
	if (cleanValue.indexOf(",") >= 0) cleanValue = cleanValue.split(",")[0];
	if (cleanValue.indexOf(":") >= 0) cleanValue = cleanValue.split(":")[0];
	if (cleanValue.indexOf("#") >= 0) cleanValue = cleanValue.split("#")[1];
	return cleanValue;
};
const loadRestJsonErrorCode = (output, data) => {
	return loadErrorCode(output, data, [
		"header",
		"code",
		"type"
	]);
};
const loadJsonRpcErrorCode = (output, data, queryCompat = false) => {
	return loadErrorCode(output, data, queryCompat ? [
		"code",
		"header",
		"type"
	] : [
		"type",
		"code",
		"header"
	]);
};
const loadErrorCode = ({ headers }, data, order) => {
	while (order.length > 0) switch (order.shift()) {
		case "header":
			const headerKey = findKey(headers ?? {}, "x-amzn-errortype");
			if (headerKey !== void 0) return sanitizeErrorCode(headers[headerKey]);
			break;
		case "code":
			const codeKey = findKey(data ?? {}, "code");
			if (codeKey && data[codeKey] !== void 0) return sanitizeErrorCode(data[codeKey]);
			break;
		case "type": if (data?.__type !== void 0) return sanitizeErrorCode(data.__type);
	}
};
// node_modules/@smithy/core/dist-es/submodules/protocols/json/codec-v2/JsonShapeDeserializer2.js
var JsonShapeDeserializer2 = class extends SerdeContextConfig {
	settings;
	constructor(settings) {
		super();
		this.settings = settings;
	}
	async read(schema, data) {
		const reviver = needsReviver(schema) ? jsonReviver : void 0;
		let parsed;
		if (typeof data === "string") {
			if (data.length === 0) return {};
			parsed = JSON.parse(data, reviver);
		} else if (data instanceof Uint8Array && detectBufferParsing()) {
			if (data.byteLength === 0) return {};
			const buf = Buffer.isBuffer(data) ? data : Buffer.from(data.buffer, data.byteOffset, data.byteLength);
			parsed = JSON.parse(buf, reviver);
		} else parsed = await parseJsonBody(data, this.serdeContext, schema);
		return this._read(schema, parsed);
	}
	readObject(schema, data) {
		return this._read(schema, data);
	}
	_read(schema, value) {
		const isObject = value !== null && typeof value === "object";
		const ns = _Sha256Node_DwJ_Bm2V_js__WEBPACK_IMPORTED_MODULE_0__.ft.of(schema);
		if (isObject) {
			if (ns.isStructSchema()) return this._readStruct(ns, value);
			if (Array.isArray(value) && ns.isListSchema()) {
				const listMember = ns.getValueSchema();
				if (this.needsTransform(listMember)) for (let i = 0; i < value.length; ++i) value[i] = this._read(listMember, value[i]);
				return value;
			}
			if (ns.isMapSchema()) {
				const mapMember = ns.getValueSchema();
				const map = value;
				if (this.needsTransform(mapMember)) for (const k in map) {
					if (!(0,_hex_encoding_Bc8B5uu7_js__WEBPACK_IMPORTED_MODULE_3__.r)(map, k)) continue;
					if (k === "__proto__") (0,_Sha256Node_DwJ_Bm2V_js__WEBPACK_IMPORTED_MODULE_0__.K)(map);
					map[k] = this._read(mapMember, map[k]);
				}
				return map;
			}
		}
		if (ns.isBlobSchema() && typeof value === "string") return (0,_Sha256Node_DwJ_Bm2V_js__WEBPACK_IMPORTED_MODULE_0__.Tt)(value);
		const mediaType = ns.getMergedTraits().mediaType;
		if (ns.isStringSchema() && typeof value === "string" && mediaType) {
			if (mediaType === "application/json" || mediaType.endsWith("+json")) return _Sha256Node_DwJ_Bm2V_js__WEBPACK_IMPORTED_MODULE_0__.xt.from(value);
			return value;
		}
		if (ns.isTimestampSchema() && value != null) switch ((0,_Sha256Node_DwJ_Bm2V_js__WEBPACK_IMPORTED_MODULE_0__.L)(ns, this.settings)) {
			case 5: return (0,_node_http_handler_BMbmsy_c_js__WEBPACK_IMPORTED_MODULE_1__.l)(value);
			case 6: return (0,_node_http_handler_BMbmsy_c_js__WEBPACK_IMPORTED_MODULE_1__.u)(value);
			case 7: return (0,_node_http_handler_BMbmsy_c_js__WEBPACK_IMPORTED_MODULE_1__.s)(value);
			default:
				console.warn("Missing timestamp format, parsing value with Date constructor:", value);
				return new Date(value);
		}
		if (ns.isBigIntegerSchema() && (typeof value === "number" || typeof value === "string")) return BigInt(value);
		if (ns.isBigDecimalSchema() && value != void 0) {
			if (value instanceof _Sha256Node_DwJ_Bm2V_js__WEBPACK_IMPORTED_MODULE_0__.yt) return value;
			const untyped = value;
			if (untyped.type === "bigDecimal" && "string" in untyped) return new _Sha256Node_DwJ_Bm2V_js__WEBPACK_IMPORTED_MODULE_0__.yt(untyped.string, untyped.type);
			return new _Sha256Node_DwJ_Bm2V_js__WEBPACK_IMPORTED_MODULE_0__.yt(String(value), "bigDecimal");
		}
		if (ns.isNumericSchema() && typeof value === "string") {
			switch (value) {
				case "Infinity": return 1e400;
				case "-Infinity": return -1e400;
				case "NaN": return NaN;
			}
			return value;
		}
		if (ns.isDocumentSchema()) {
			if (isObject) {
				if (Array.isArray(value)) for (let i = 0; i < value.length; ++i) {
					const v = value[i];
					if (!(v instanceof _Sha256Node_DwJ_Bm2V_js__WEBPACK_IMPORTED_MODULE_0__.yt)) value[i] = this._read(ns, v);
				}
				else {
					const doc = value;
					for (const k in doc) {
						if (!(0,_hex_encoding_Bc8B5uu7_js__WEBPACK_IMPORTED_MODULE_3__.r)(doc, k)) continue;
						if (k === "__proto__") (0,_Sha256Node_DwJ_Bm2V_js__WEBPACK_IMPORTED_MODULE_0__.K)(doc);
						const v = doc[k];
						if (!(v instanceof _Sha256Node_DwJ_Bm2V_js__WEBPACK_IMPORTED_MODULE_0__.yt)) doc[k] = this._read(ns, v);
					}
				}
			}
		}
		return value;
	}
	_readStruct(ns, record) {
		const union = ns.isUnionSchema();
		const out = {};
		let nameMap;
		const hasType = typeof record.__type === "string";
		const { jsonName } = this.settings;
		if (jsonName && hasType) nameMap = {};
		let unionSerde;
		if (union) unionSerde = new UnionSerde(record, out);
		for (const [memberName, memberSchema] of ns.structIterator()) {
			let fromKey = memberName;
			if (jsonName) {
				fromKey = memberSchema.getMergedTraits().jsonName ?? fromKey;
				if (hasType) nameMap[fromKey] = memberName;
			}
			if (union) unionSerde.mark(fromKey);
			if (record[fromKey] != null) out[memberName] = this._read(memberSchema, record[fromKey]);
		}
		if (union) unionSerde.writeUnknown();
		else if (hasType) for (const k in record) {
			if (!(0,_hex_encoding_Bc8B5uu7_js__WEBPACK_IMPORTED_MODULE_3__.r)(record, k)) continue;
			const v = record[k];
			const t = jsonName ? nameMap[k] ?? k : k;
			if (!(t in out)) out[t] = v;
		}
		return out;
	}
	needsTransform(ns) {
		if (ns.isBlobSchema() || ns.isTimestampSchema() || ns.isBigIntegerSchema() || ns.isBigDecimalSchema() || ns.isNumericSchema()) return true;
		if (ns.isDocumentSchema() || ns.isStructSchema() || ns.isListSchema() || ns.isMapSchema()) return true;
		if (ns.isStringSchema() && ns.getMergedTraits().mediaType) return true;
		return false;
	}
};
// node_modules/@smithy/core/dist-es/submodules/protocols/json/codec-v2/JsonBytesStringAdapter.js
var JsonBytesStringAdapter = class JsonBytesStringAdapter extends Uint8Array {
	string = null;
	static allocUnsafe(bytes) {
		if (typeof Buffer === "function") {
			const buffer = Buffer.allocUnsafe(bytes);
			return new JsonBytesStringAdapter(buffer.buffer, buffer.byteOffset, buffer.byteLength);
		}
		return new JsonBytesStringAdapter(bytes);
	}
	toString() {
		return this.s();
	}
	valueOf() {
		return this.s();
	}
	includes(searchString, position) {
		if (typeof searchString === "string") return this.s().includes(searchString, position);
		return Uint8Array.prototype.includes.call(this, searchString, position);
	}
	indexOf(searchString, position) {
		if (typeof searchString === "string") return this.s().indexOf(searchString, position);
		return Uint8Array.prototype.indexOf.call(this, searchString, position);
	}
	lastIndexOf(searchString, position) {
		if (typeof searchString === "string") return this.s().lastIndexOf(searchString, position);
		const fn = Uint8Array.prototype.lastIndexOf;
		if (position !== void 0) return fn.call(this, searchString, position);
		return fn.call(this, searchString);
	}
	startsWith(searchString, position) {
		return this.s().startsWith(searchString, position);
	}
	endsWith(searchString, endPosition) {
		return this.s().endsWith(searchString, endPosition);
	}
	match(regexp) {
		return this.s().match(regexp);
	}
	replace(searchValue, replaceValue) {
		return this.s().replace(searchValue, replaceValue);
	}
	search(regexp) {
		return this.s().search(regexp);
	}
	split(separator, limit) {
		return this.s().split(separator, limit);
	}
	substring(start, end) {
		return this.s().substring(start, end);
	}
	trim() {
		return this.s().trim();
	}
	trimStart() {
		return this.s().trimStart();
	}
	trimEnd() {
		return this.s().trimEnd();
	}
	charAt(pos) {
		return this.s().charAt(pos);
	}
	charCodeAt(index) {
		return this.s().charCodeAt(index);
	}
	padStart(maxLength, fillString) {
		return this.s().padStart(maxLength, fillString);
	}
	padEnd(maxLength, fillString) {
		return this.s().padEnd(maxLength, fillString);
	}
	repeat(count) {
		return this.s().repeat(count);
	}
	toUpperCase() {
		return this.s().toUpperCase();
	}
	toLowerCase() {
		return this.s().toLowerCase();
	}
	s() {
		if (this.string == null) {
			const n = Date.now();
			if (n > warned + 6e4) {
				console.warn("@aws-sdk/core/protocols - WARN - JsonCodec2: you have called a string method on a Uint8Array request body. It has been automatically converted to string. In a future version this will throw an error.");
				warned = n;
			}
			this.string = (0,_TypeRegistry_BYzBs9Nm_js__WEBPACK_IMPORTED_MODULE_2__.n)(this);
		}
		return this.string;
	}
};
var warned = 0;
// node_modules/@smithy/core/dist-es/submodules/protocols/json/codec-v2/JsonShapeSerializer2.js
const encoder = new TextEncoder();
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const QUOTE = 34;
const COLON = 58;
const COMMA = 44;
const BACKSLASH = 92;
const TRUE = new Uint8Array([
	116,
	114,
	117,
	101
]);
const FALSE = new Uint8Array([
	102,
	97,
	108,
	115,
	101
]);
const NULL = new Uint8Array([
	110,
	117,
	108,
	108
]);
const ESCAPE_TABLE = new Array(128).fill(null);
ESCAPE_TABLE[8] = "b";
ESCAPE_TABLE[9] = "t";
ESCAPE_TABLE[10] = "n";
ESCAPE_TABLE[12] = "f";
ESCAPE_TABLE[13] = "r";
ESCAPE_TABLE[34] = "\"";
ESCAPE_TABLE[92] = "\\";
for (let i = 0; i < 32; i++) if (ESCAPE_TABLE[i] === null) ESCAPE_TABLE[i] = "u00" + i.toString(16).padStart(2, "0");
const INITIAL_BUFFER_SIZE = 2048;
function alloc(size) {
	return JsonBytesStringAdapter.allocUnsafe(size);
}
var JsonShapeSerializer2 = class JsonShapeSerializer2 extends SerdeContextConfig {
	settings;
	json;
	i = 0;
	rootSchema;
	rawValue;
	passthrough = false;
	constructor(settings) {
		super();
		this.settings = settings;
		this.json = alloc(INITIAL_BUFFER_SIZE);
	}
	write(schema, value) {
		this.i = 0;
		this.rawValue = value;
		this.rootSchema = _Sha256Node_DwJ_Bm2V_js__WEBPACK_IMPORTED_MODULE_0__.ft.of(schema);
		this.passthrough = this.rootSchema.isBlobSchema() || this.rootSchema.isStringSchema();
		if (!this.passthrough) this.writeValue(this.rootSchema, value, void 0);
	}
	writeDiscriminatedDocument(schema, value) {
		this.i = 0;
		this.rootSchema = _Sha256Node_DwJ_Bm2V_js__WEBPACK_IMPORTED_MODULE_0__.ft.of(schema);
		const ns = this.rootSchema;
		if (ns.isStructSchema() && value != null && typeof value === "object") {
			this.writeValue(ns, value, void 0);
			const prefix = `"__type":"${ns.getName(true) ?? "Unknown"}",`;
			const z = prefix.length;
			this.ensure(z);
			this.json.copyWithin(1 + z, 1, this.i);
			encoder.encodeInto(prefix, this.json.subarray(1));
			this.i += z;
		} else this.writeValue(ns, value, void 0);
	}
	flush() {
		this.rootSchema = void 0;
		const finalPosition = this.i;
		this.i = 0;
		const raw = this.rawValue;
		this.rawValue = void 0;
		if (finalPosition === 0) return raw;
		const result = this.json.subarray(0, finalPosition);
		this.json = alloc(INITIAL_BUFFER_SIZE);
		return result;
	}
	ensure(byteCount) {
		const { i, json } = this;
		if (i + byteCount > json.length) {
			let newSize = json.length * 2;
			while (newSize < i + byteCount) newSize *= 2;
			const next = alloc(newSize);
			next.set(this.json);
			this.json = next;
		}
	}
	writeAscii(s) {
		const z = s.length;
		this.ensure(z);
		let { i, json } = this;
		for (let j = 0; j < z; ++j) {
			json[i] = s.charCodeAt(j);
			i += 1;
		}
		this.i = i;
	}
	writeAsciiQuoted(s) {
		const z = s.length;
		this.ensure(z + 4);
		let { json, i } = this;
		json[i++] = QUOTE;
		for (let j = 0; j < z; ++j) json[i++] = s.charCodeAt(j);
		json[i++] = QUOTE;
		this.i = i;
	}
	writeJsonString(s) {
		const z = s.length;
		this.ensure(z * 3 + 2);
		this.json[this.i++] = QUOTE;
		for (let j = 0; j < z; ++j) {
			const c = s.charCodeAt(j);
			if (c > 34 && c < 92) this.json[this.i++] = c;
			else if (c < 128) {
				const esc = ESCAPE_TABLE[c];
				if (esc !== null) {
					this.ensure(esc.length + 1 + (z - j - 1) * 3 + 1);
					this.json[this.i++] = BACKSLASH;
					for (let k = 0; k < esc.length; k++) this.json[this.i++] = esc.charCodeAt(k);
				} else this.json[this.i++] = c;
			} else if (c >= 55296 && c <= 56319) {
				const next = j + 1 < z ? s.charCodeAt(j + 1) : 0;
				if (next >= 56320 && next <= 57343) {
					this.ensure(4);
					const { written } = encoder.encodeInto(s.substring(j, j + 2), this.json.subarray(this.i));
					this.i += written;
					++j;
				} else {
					this.ensure(6 + (z - j - 1) * 3 + 1);
					this.writeUnicodeEscape(c);
				}
			} else if (c >= 56320 && c <= 57343) {
				this.ensure(6 + (z - j - 1) * 3 + 1);
				this.writeUnicodeEscape(c);
			} else {
				let { i, json } = this;
				if (c < 2048) {
					json[i++] = 192 | c >> 6;
					json[i++] = 128 | c & 63;
				} else {
					json[i++] = 224 | c >> 12;
					json[i++] = 128 | c >> 6 & 63;
					json[i++] = 128 | c & 63;
				}
				this.i = i;
			}
		}
		this.json[this.i++] = QUOTE;
	}
	writeUnicodeEscape(code) {
		let { json, i } = this;
		json[i++] = BACKSLASH;
		json[i++] = 117;
		const hex = code.toString(16).padStart(4, "0");
		for (let j = 0; j < 4; ++j) json[i++] = hex.charCodeAt(j);
		this.i = i;
	}
	static B64 = (() => {
		const chars = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
		const table = /* @__PURE__ */ new Uint8Array(64);
		for (let i = 0; i < 64; ++i) table[i] = chars.charCodeAt(i);
		return table;
	})();
	writeBase64(data) {
		const b64Len = Math.ceil(data.length / 3) * 4;
		this.ensure(b64Len + 2);
		const json = this.json;
		const B64 = JsonShapeSerializer2.B64;
		let i = this.i;
		json[i++] = QUOTE;
		const len = data.length;
		const remainder = len % 3;
		const mainLen = len - remainder;
		for (let j = 0; j < mainLen; j += 3) {
			const a = data[j];
			const b = data[j + 1];
			const c = data[j + 2];
			json[i++] = B64[a >> 2];
			json[i++] = B64[(a & 3) << 4 | b >> 4];
			json[i++] = B64[(b & 15) << 2 | c >> 6];
			json[i++] = B64[c & 63];
		}
		if (remainder === 2) {
			const a = data[mainLen];
			const b = data[mainLen + 1];
			json[i++] = B64[a >> 2];
			json[i++] = B64[(a & 3) << 4 | b >> 4];
			json[i++] = B64[(b & 15) << 2];
			json[i++] = 61;
		} else if (remainder === 1) {
			const a = data[mainLen];
			json[i++] = B64[a >> 2];
			json[i++] = B64[(a & 3) << 4];
			json[i++] = 61;
			json[i++] = 61;
		}
		json[i++] = QUOTE;
		this.i = i;
	}
	writeValue(schema, value, container) {
		if (value == null) {
			if (container?.isStructSchema()) {
				if (value === void 0) {
					if (_Sha256Node_DwJ_Bm2V_js__WEBPACK_IMPORTED_MODULE_0__.ft.of(schema).isIdempotencyToken()) {
						this.writeAsciiQuoted((0,_Sha256Node_DwJ_Bm2V_js__WEBPACK_IMPORTED_MODULE_0__.G)());
						return;
					}
				}
				return;
			}
			this.ensure(4);
			this.json.set(NULL, this.i);
			this.i += 4;
			return;
		}
		const ns = _Sha256Node_DwJ_Bm2V_js__WEBPACK_IMPORTED_MODULE_0__.ft.of(schema);
		const isObject = typeof value === "object";
		if (ns.isStringSchema()) {
			const mediaType = ns.getMergedTraits().mediaType;
			if (mediaType) {
				if (mediaType === "application/json" || mediaType.endsWith("+json")) {
					this.writeJsonString(_Sha256Node_DwJ_Bm2V_js__WEBPACK_IMPORTED_MODULE_0__.xt.from(value).toString());
					return;
				}
			}
		}
		if (this.settings.bigNumberAsString && value != null && (ns.isBigIntegerSchema() || ns.isBigDecimalSchema())) {
			const asString = value instanceof _Sha256Node_DwJ_Bm2V_js__WEBPACK_IMPORTED_MODULE_0__.yt ? value.string : String(value);
			this.writeAsciiQuoted(asString);
			return;
		}
		if (isObject) {
			if (ns.isStructSchema()) {
				this.writeStruct(ns, value);
				return;
			}
			if (Array.isArray(value) && (ns.isListSchema() || ns.isDocumentSchema())) {
				this.writeList(ns, value, ns.isDocumentSchema());
				return;
			}
			if (ns.isMapSchema()) {
				this.writeMap(ns, value, false);
				return;
			}
			if (value instanceof Uint8Array && (ns.isBlobSchema() || ns.isDocumentSchema())) {
				this.writeBase64(value);
				return;
			}
			if (value instanceof Date && (ns.isTimestampSchema() || ns.isDocumentSchema())) {
				this.writeTimestamp(ns, value);
				return;
			}
			if (value instanceof _Sha256Node_DwJ_Bm2V_js__WEBPACK_IMPORTED_MODULE_0__.yt) {
				this.writeAscii(value.string);
				return;
			}
			if (ns.isDocumentSchema()) {
				if (Array.isArray(value)) this.writeList(ns, value, true);
				else this.writeMap(ns, value, true);
				return;
			}
			const json = JSON.stringify(value);
			this.writeAscii(json);
			return;
		}
		if (typeof value === "string") {
			if (ns.isBlobSchema()) {
				const b64 = (this.serdeContext?.base64Encoder ?? _Sha256Node_DwJ_Bm2V_js__WEBPACK_IMPORTED_MODULE_0__.wt)(value);
				this.writeAsciiQuoted(b64);
				return;
			}
			this.writeJsonString(value);
			return;
		}
		if (typeof value === "number") {
			if (Math.abs(value) === 1e400 || Number.isNaN(value)) {
				this.writeAsciiQuoted(String(value));
				return;
			}
			const numStr = String(value);
			this.writeAscii(numStr);
			return;
		}
		if (typeof value === "boolean") {
			this.ensure(5);
			let { i, json } = this;
			if (value) {
				json.set(TRUE, i);
				i += 4;
			} else {
				json.set(FALSE, i);
				i += 5;
			}
			this.i = i;
			return;
		}
		if (typeof value === "bigint") {
			this.writeAscii(value.toString());
			return;
		}
		this.writeAscii(String(value));
	}
	writeStruct(ns, value) {
		this.ensure(2);
		this.json[this.i++] = OPEN_BRACE;
		let wroteAny = false;
		const hasType = typeof value.__type === "string";
		let writtenKeys;
		if (hasType) writtenKeys = /* @__PURE__ */ new Set();
		for (const [memberName, memberSchema] of ns.structIterator()) {
			const item = value[memberName];
			if (item == null && !memberSchema.isIdempotencyToken()) continue;
			if (wroteAny) {
				this.ensure(1);
				this.json[this.i++] = COMMA;
			}
			wroteAny = true;
			const targetKey = this.settings.jsonName ? memberSchema.getMergedTraits().jsonName ?? memberName : memberName;
			if (writtenKeys) {
				writtenKeys.add(memberName);
				writtenKeys.add(targetKey);
			}
			this.writeAsciiQuoted(targetKey);
			this.json[this.i++] = COLON;
			this.writeValue(memberSchema, item, ns);
		}
		if (!wroteAny && ns.isUnionSchema()) {
			const { $unknown } = value;
			if (Array.isArray($unknown)) {
				const [k, v] = $unknown;
				this.writeAsciiQuoted(k);
				this.ensure(1);
				this.json[this.i++] = COLON;
				this.writeValue(15, v, ns);
			}
		} else if (hasType) for (const k in value) {
			if (writtenKeys.has(k)) continue;
			writtenKeys.add(k);
			const v = value[k];
			if (wroteAny) {
				this.ensure(1);
				this.json[this.i++] = COMMA;
			}
			wroteAny = true;
			this.writeAsciiQuoted(k);
			this.ensure(1);
			this.json[this.i++] = COLON;
			this.writeValue(15, v, void 0);
		}
		this.ensure(1);
		this.json[this.i++] = CLOSE_BRACE;
	}
	writeList(ns, value, isDocument) {
		const sparse = !!ns.getMergedTraits().sparse;
		const valueSchema = ns.getValueSchema();
		if (!isDocument) {
			if (valueSchema.isStringSchema() || valueSchema.isNumericSchema() || valueSchema.isBooleanSchema()) {
				let hasSpecials = false;
				for (let i = 0; i < value.length; ++i) {
					const v = value[i];
					if (Number.isNaN(v) || v === 1e400 || v === -1e400 || v == null && !sparse) {
						hasSpecials = true;
						break;
					}
				}
				let json;
				if (!hasSpecials) json = JSON.stringify(value);
				else {
					const out = [];
					for (let i = 0; i < value.length; ++i) {
						const v = value[i];
						if (v == null && !sparse) continue;
						if (Number.isNaN(v) || v === 1e400 || v === -1e400) out.push(String(v));
						else out.push(v);
					}
					json = JSON.stringify(out);
				}
				this.ensure(json.length * 3);
				this.i += encoder.encodeInto(json, this.json.subarray(this.i)).written;
				return;
			}
		}
		this.ensure(2);
		this.json[this.i++] = OPEN_BRACKET;
		let wroteFirstItem = false;
		for (let i = 0; i < value.length; ++i) {
			const item = value[i];
			if (isDocument ? item === void 0 : item == null && !sparse) continue;
			if (wroteFirstItem) {
				this.ensure(1);
				this.json[this.i++] = COMMA;
			}
			this.writeValue(valueSchema, item, void 0);
			wroteFirstItem = true;
		}
		this.ensure(1);
		this.json[this.i++] = CLOSE_BRACKET;
	}
	writeMap(ns, value, isDocument) {
		const sparse = !!ns.getMergedTraits().sparse;
		const valueSchema = ns.getValueSchema();
		if (!isDocument) {
			if (valueSchema.isStringSchema() || valueSchema.isNumericSchema() || valueSchema.isBooleanSchema()) {
				let modifications;
				for (const k in value) {
					if (!(0,_hex_encoding_Bc8B5uu7_js__WEBPACK_IMPORTED_MODULE_3__.r)(value, k)) continue;
					const v = value[k];
					if (Number.isNaN(v) || v === 1e400 || v === -1e400) {
						(modifications ??= {})[k] = v;
						value[k] = String(v);
					} else if (v === null && !sparse) {
						(modifications ??= {})[k] = null;
						value[k] = void 0;
					}
				}
				const json = JSON.stringify(value);
				if (modifications) Object.assign(value, modifications);
				this.ensure(json.length * 3);
				this.i += encoder.encodeInto(json, this.json.subarray(this.i)).written;
				return;
			}
		}
		this.ensure(2);
		this.json[this.i++] = OPEN_BRACE;
		let first = true;
		for (const k in value) {
			if (!(0,_hex_encoding_Bc8B5uu7_js__WEBPACK_IMPORTED_MODULE_3__.r)(value, k)) continue;
			const v = value[k];
			if (isDocument ? v === void 0 : v == null && !sparse) continue;
			if (!first) {
				this.ensure(1);
				this.json[this.i++] = COMMA;
			}
			first = false;
			this.writeJsonString(k);
			this.ensure(1);
			this.json[this.i++] = COLON;
			this.writeValue(valueSchema, v, void 0);
		}
		this.ensure(1);
		this.json[this.i++] = CLOSE_BRACE;
	}
	writeTimestamp(ns, value) {
		switch ((0,_Sha256Node_DwJ_Bm2V_js__WEBPACK_IMPORTED_MODULE_0__.L)(ns, this.settings)) {
			case 5: {
				const iso = value.toISOString().replace(".000Z", "Z");
				this.writeAsciiQuoted(iso);
				return;
			}
			case 6:
				this.writeAsciiQuoted((0,_node_http_handler_BMbmsy_c_js__WEBPACK_IMPORTED_MODULE_1__.o)(value));
				return;
			case 7: {
				const epochSecs = String(value.getTime() / 1e3);
				this.writeAscii(epochSecs);
				return;
			}
			default: {
				const epochSecs = String(value.getTime() / 1e3);
				this.writeAscii(epochSecs);
				return;
			}
		}
	}
};
// node_modules/@smithy/core/dist-es/submodules/protocols/json/codec-v2/JsonCodec2.js
var JsonCodec2 = class extends SerdeContextConfig {
	settings;
	constructor(settings) {
		super();
		this.settings = settings;
	}
	createSerializer() {
		const serializer = new JsonShapeSerializer2(this.settings);
		serializer.setSerdeContext(this.serdeContext);
		return serializer;
	}
	createDeserializer() {
		const deserializer = new JsonShapeDeserializer2(this.settings);
		deserializer.setSerdeContext(this.serdeContext);
		return deserializer;
	}
};



/***/ }),

/***/ 853:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  $: () => (/* binding */ resolveParams),
  A: () => (/* binding */ getHostHeaderPlugin),
  B: () => (/* binding */ SerdeContext),
  C: () => (/* binding */ memoizeIdentityProvider),
  Ct: () => (/* binding */ getSmithyContext),
  D: () => (/* binding */ getHttpAuthSchemeEndpointRuleSetPlugin),
  E: () => (/* binding */ getHttpSigningPlugin),
  F: () => (/* binding */ getHttpHandlerExtensionConfiguration),
  G: () => (/* binding */ generateIdempotencyToken),
  H: () => (/* binding */ getHttpOperationBindings),
  I: () => (/* binding */ resolveHttpHandlerRuntimeConfig),
  J: () => (/* binding */ resolveEndpointConfig),
  K: () => (/* binding */ writeKey),
  L: () => (/* binding */ determineTimestampFormat),
  M: () => (/* binding */ getDefaultSocketTimeout),
  N: () => (/* binding */ emitWarningIfUnsupportedVersion),
  O: () => (/* binding */ getRecursionDetectionPlugin),
  P: () => (/* binding */ getContentLengthPlugin),
  Q: () => (/* binding */ BinaryDecisionDiagram),
  R: () => (/* binding */ FromStringShapeDeserializer),
  S: () => (/* binding */ isIdentityExpired),
  St: () => (/* binding */ normalizeProvider$1),
  T: () => (/* binding */ normalizeProvider),
  Tt: () => (/* binding */ fromBase64),
  U: () => (/* binding */ extendedEncodeURIComponent),
  V: () => (/* binding */ HttpBindingNormalizedSchema),
  W: () => (/* binding */ collectBody),
  X: () => (/* binding */ customEndpointFunctions),
  Y: () => (/* binding */ decideEndpoint),
  Z: () => (/* binding */ EndpointCache),
  _: () => (/* binding */ NODE_RETRY_MODE_CONFIG_OPTIONS),
  _t: () => (/* binding */ NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS),
  a: () => (/* binding */ NODE_AUTH_SCHEME_PREFERENCE_OPTIONS),
  at: () => (/* binding */ NoOpLogger),
  b: () => (/* binding */ resolveUserAgentConfig),
  bt: () => (/* binding */ splitHeader),
  c: () => (/* binding */ getSkewCorrectedDate),
  ct: () => (/* binding */ emitWarningIfUnsupportedVersion$1),
  d: () => (/* binding */ awsEndpointFunctions),
  et: () => (/* binding */ resolveDefaultsModeConfig),
  f: () => (/* binding */ NODE_APP_ID_CONFIG_OPTIONS),
  ft: () => (/* binding */ NormalizedSchema),
  g: () => (/* binding */ NODE_MAX_ATTEMPT_CONFIG_OPTIONS),
  gt: () => (/* binding */ NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS),
  h: () => (/* binding */ getRetryPlugin),
  ht: () => (/* binding */ Client),
  i: () => (/* binding */ SignatureV4),
  it: () => (/* binding */ makeBuilder),
  j: () => (/* binding */ resolveHostHeaderConfig),
  k: () => (/* binding */ getLoggerPlugin),
  l: () => (/* binding */ getAwsRegionExtensionConfiguration),
  lt: () => (/* binding */ loadConfigsForDefaultMode),
  m: () => (/* binding */ getUserAgentPlugin),
  mt: () => (/* binding */ deref),
  n: () => (/* binding */ ProtocolLib),
  nt: () => (/* binding */ NODE_REGION_CONFIG_FILE_OPTIONS),
  o: () => (/* binding */ AwsSdkSigV4Signer),
  ot: () => (/* binding */ getDefaultExtensionConfiguration),
  p: () => (/* binding */ createDefaultUserAgentProvider),
  pt: () => (/* binding */ getSchemaSerdePlugin),
  q: () => (/* binding */ getEndpointPlugin),
  r: () => (/* binding */ resolveAwsSdkSigV4Config),
  rt: () => (/* binding */ NODE_REGION_CONFIG_OPTIONS),
  s: () => (/* binding */ validateSigningProperties),
  st: () => (/* binding */ resolveDefaultRuntimeConfig),
  t: () => (/* binding */ Sha256Node),
  tt: () => (/* binding */ resolveRegionConfig),
  u: () => (/* binding */ resolveAwsRegionExtensionConfiguration),
  ut: () => (/* binding */ ServiceException),
  v: () => (/* binding */ resolveRetryConfig),
  vt: () => (/* binding */ calculateBodyLength),
  w: () => (/* binding */ DefaultIdentityProviderConfig),
  wt: () => (/* binding */ toBase64),
  x: () => (/* binding */ doesIdentityRequireRefresh),
  xt: () => (/* binding */ LazyJsonString),
  y: () => (/* binding */ DEFAULT_RETRY_MODE),
  yt: () => (/* binding */ NumericValue),
  z: () => (/* binding */ HttpProtocol)
});

// UNUSED EXPORTS: dt

// EXTERNAL MODULE: ./build/bundle/hex-encoding-Bc8B5uu7.js
var hex_encoding_Bc8B5uu7 = __nccwpck_require__(498);
// EXTERNAL MODULE: ./build/bundle/TypeRegistry-BYzBs9Nm.js
var TypeRegistry_BYzBs9Nm = __nccwpck_require__(439);
// EXTERNAL MODULE: ./build/bundle/httpRequest-xDbkZc54.js
var httpRequest_xDbkZc54 = __nccwpck_require__(40);
// EXTERNAL MODULE: ./build/bundle/node-http-handler-BMbmsy-c.js
var node_http_handler_BMbmsy_c = __nccwpck_require__(428);
// EXTERNAL MODULE: ./build/bundle/configLoader-DlwdWvjJ.js
var configLoader_DlwdWvjJ = __nccwpck_require__(679);
// EXTERNAL MODULE: ./build/bundle/setCredentialFeature-B22jDOz5.js
var setCredentialFeature_B22jDOz5 = __nccwpck_require__(757);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __nccwpck_require__(75);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(598);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __nccwpck_require__(161);
;// CONCATENATED MODULE: external "node:process"
const external_node_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:process");
;// CONCATENATED MODULE: ./build/bundle/Sha256Node-DwJ-Bm2V.js











// node_modules/@smithy/core/dist-es/submodules/serde/util-base64/fromBase64.js
const BASE64_REGEX = /^[A-Za-z0-9+/]*={0,2}$/;
const fromBase64 = (input) => {
	if (input.length * 3 % 4 !== 0) throw new TypeError(`Incorrect padding on base64 string.`);
	if (!BASE64_REGEX.exec(input)) throw new TypeError(`Invalid base64 string.`);
	const buffer = (0,hex_encoding_Bc8B5uu7.a)(input, "base64");
	return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
};
// node_modules/@smithy/core/dist-es/submodules/serde/util-base64/toBase64.js
const toBase64 = (_input) => {
	let input;
	if (typeof _input === "string") input = (0,TypeRegistry_BYzBs9Nm.r)(_input);
	else input = _input;
	if (typeof input !== "object" || typeof input.byteOffset !== "number" || typeof input.byteLength !== "number") throw new Error("@smithy/util-base64: toBase64 encoder function only accepts string | Uint8Array.");
	return (0,hex_encoding_Bc8B5uu7.i)(input.buffer, input.byteOffset, input.byteLength).toString("base64");
};
// node_modules/@smithy/core/dist-es/submodules/serde/util-stream/blob/Uint8ArrayBlobAdapter.js
function bindUint8ArrayBlobAdapter(toUtf8, fromUtf8, toBase64, fromBase64) {
	return class Uint8ArrayBlobAdapter extends Uint8Array {
		static fromString(source, encoding = "utf-8") {
			if (typeof source === "string") {
				if (encoding === "base64") return Uint8ArrayBlobAdapter.mutate(fromBase64(source));
				return Uint8ArrayBlobAdapter.mutate(fromUtf8(source));
			}
			throw new Error(`Unsupported conversion from ${typeof source} to Uint8ArrayBlobAdapter.`);
		}
		static mutate(source) {
			Object.setPrototypeOf(source, Uint8ArrayBlobAdapter.prototype);
			return source;
		}
		transformToString(encoding = "utf-8") {
			if (encoding === "base64") return toBase64(this);
			return toUtf8(this);
		}
	};
}
// node_modules/@smithy/core/dist-es/submodules/serde/uuid/v4.js
const decimalToHex = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, "0"));
function bindV4(getRandomValues) {
	if (typeof crypto !== "undefined" && typeof crypto.randomUUID === "function") return () => crypto.randomUUID();
	return () => {
		const rnds = /* @__PURE__ */ new Uint8Array(16);
		getRandomValues(rnds);
		rnds[6] = rnds[6] & 15 | 64;
		rnds[8] = rnds[8] & 63 | 128;
		return decimalToHex[rnds[0]] + decimalToHex[rnds[1]] + decimalToHex[rnds[2]] + decimalToHex[rnds[3]] + "-" + decimalToHex[rnds[4]] + decimalToHex[rnds[5]] + "-" + decimalToHex[rnds[6]] + decimalToHex[rnds[7]] + "-" + decimalToHex[rnds[8]] + decimalToHex[rnds[9]] + "-" + decimalToHex[rnds[10]] + decimalToHex[rnds[11]] + decimalToHex[rnds[12]] + decimalToHex[rnds[13]] + decimalToHex[rnds[14]] + decimalToHex[rnds[15]];
	};
}
// node_modules/@smithy/types/dist-es/endpoint.js
var EndpointURLScheme;
(function(EndpointURLScheme) {
	EndpointURLScheme["HTTP"] = "http";
	EndpointURLScheme["HTTPS"] = "https";
})(EndpointURLScheme || (EndpointURLScheme = {}));
// node_modules/@smithy/types/dist-es/extensions/checksum.js
var AlgorithmId;
(function(AlgorithmId) {
	AlgorithmId["MD5"] = "md5";
	AlgorithmId["CRC32"] = "crc32";
	AlgorithmId["CRC32C"] = "crc32c";
	AlgorithmId["SHA1"] = "sha1";
	AlgorithmId["SHA256"] = "sha256";
})(AlgorithmId || (AlgorithmId = {}));
// node_modules/@smithy/types/dist-es/middleware.js
const SMITHY_CONTEXT_KEY = "__smithy_context";
// node_modules/@smithy/core/dist-es/submodules/transport/getSmithyContext.js
const getSmithyContext = (context) => context["__smithy_context"] || (context["__smithy_context"] = {});
// node_modules/@smithy/core/dist-es/submodules/transport/isValidHostLabel.js
const VALID_HOST_LABEL_REGEX = new RegExp(`^(?!.*-$)(?!-)[a-zA-Z0-9-]{1,63}$`);
const isValidHostLabel = (value, allowSubDomains = false) => {
	if (!allowSubDomains) return VALID_HOST_LABEL_REGEX.test(value);
	const labels = value.split(".");
	for (const label of labels) if (!isValidHostLabel(label)) return false;
	return true;
};
// node_modules/@smithy/core/dist-es/submodules/transport/isValidHostname.js
function isValidHostname(hostname) {
	return /^[a-z0-9][a-z0-9.-]*[a-z0-9]$/.test(hostname);
}
// node_modules/@smithy/core/dist-es/submodules/transport/normalizeProvider.js
const normalizeProvider$1 = (input) => {
	if (typeof input === "function") return input;
	const promisified = Promise.resolve(input);
	return () => promisified;
};
// node_modules/@smithy/core/dist-es/submodules/transport/toEndpointV1.js
const toEndpointV1 = (endpoint) => {
	if (typeof endpoint === "object") {
		if ("url" in endpoint) {
			const v1Endpoint = (0,configLoader_DlwdWvjJ.r)(endpoint.url);
			if (endpoint.headers) {
				v1Endpoint.headers = {};
				for (const name in endpoint.headers) {
					if (!(0,hex_encoding_Bc8B5uu7.r)(endpoint.headers, name)) continue;
					v1Endpoint.headers[name.toLowerCase()] = endpoint.headers[name].join(", ");
				}
			}
			return v1Endpoint;
		}
		return endpoint;
	}
	return (0,configLoader_DlwdWvjJ.r)(endpoint);
};
// node_modules/@smithy/core/dist-es/submodules/serde/lazy-json.js
const LazyJsonString = function LazyJsonString(val) {
	return Object.assign(new String(val), {
		deserializeJSON() {
			return JSON.parse(String(val));
		},
		toString() {
			return String(val);
		},
		toJSON() {
			return String(val);
		}
	});
};
LazyJsonString.from = (object) => {
	if (object && typeof object === "object" && (object instanceof LazyJsonString || "deserializeJSON" in object)) return object;
	else if (typeof object === "string" || Object.getPrototypeOf(object) === String.prototype) return LazyJsonString(String(object));
	return LazyJsonString(JSON.stringify(object));
};
LazyJsonString.fromObject = LazyJsonString.from;
// node_modules/@smithy/core/dist-es/submodules/serde/schema-serde-lib/schema-date-utils.js
const ddd = `(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:[ne|u?r]?s?day)?`;
const mmm = `(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)`;
const time = `(\\d?\\d):(\\d{2}):(\\d{2})(?:\\.(\\d+))?`;
const date = `(\\d?\\d)`;
const year = `(\\d{4})`;
const RFC3339_WITH_OFFSET = /* @__PURE__ */ new RegExp(/^(\d{4})-(\d\d)-(\d\d)[tT](\d\d):(\d\d):(\d\d)(\.(\d+))?(([-+]\d\d:\d\d)|[zZ])$/);
const IMF_FIXDATE_NATIVE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (?:0[1-9]|[12]\d|3[01]) (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [1-9]\d{3} (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d GMT$/;
const IMF_FIXDATE = new RegExp(`^${ddd}, ${date} ${mmm} ${year} ${time} GMT$`);
const RFC_850_DATE = new RegExp(`^${ddd}, ${date}-${mmm}-(\\d\\d) ${time} GMT$`);
const ASC_TIME = new RegExp(`^${ddd} ${mmm} ( [1-9]|\\d\\d) ${time} ${year}$`);
const months = [
	"Jan",
	"Feb",
	"Mar",
	"Apr",
	"May",
	"Jun",
	"Jul",
	"Aug",
	"Sep",
	"Oct",
	"Nov",
	"Dec"
];
const _parseEpochTimestamp = (value) => {
	if (value == null) return;
	let num = NaN;
	if (typeof value === "number") num = value;
	else if (typeof value === "string") {
		if (!/^-?\d*\.?\d+$/.test(value)) throw new TypeError(`parseEpochTimestamp - numeric string invalid.`);
		num = Number.parseFloat(value);
	} else if (typeof value === "object" && value.tag === 1) num = value.value;
	if (isNaN(num) || Math.abs(num) === 1e400) throw new TypeError("Epoch timestamps must be valid finite numbers.");
	return new Date(Math.round(num * 1e3));
};
const _parseRfc3339DateTimeWithOffset = (value) => {
	if (value == null) return;
	if (typeof value !== "string") throw new TypeError("RFC3339 timestamps must be strings");
	const matches = RFC3339_WITH_OFFSET.exec(value);
	if (!matches) throw new TypeError(`Invalid RFC3339 timestamp format ${value}`);
	const [, yearStr, monthStr, dayStr, hours, minutes, seconds, , ms, offsetStr] = matches;
	range(monthStr, 1, 12);
	range(dayStr, 1, 31);
	range(hours, 0, 23);
	range(minutes, 0, 59);
	range(seconds, 0, 60);
	const date = new Date(Date.UTC(Number(yearStr), Number(monthStr) - 1, Number(dayStr), Number(hours), Number(minutes), Number(seconds), Number(ms) ? Math.round(parseFloat(`0.${ms}`) * 1e3) : 0));
	date.setUTCFullYear(Number(yearStr));
	if (offsetStr.toUpperCase() != "Z") {
		const [, sign, offsetH, offsetM] = /([+-])(\d\d):(\d\d)/.exec(offsetStr) || [
			void 0,
			"+",
			0,
			0
		];
		const scalar = sign === "-" ? 1 : -1;
		date.setTime(date.getTime() + scalar * (Number(offsetH) * 60 * 60 * 1e3 + Number(offsetM) * 60 * 1e3));
	}
	return date;
};
const _parseRfc7231DateTime = (value) => {
	if (value == null) return;
	if (typeof value !== "string") throw new TypeError("RFC7231 timestamps must be strings.");
	if (IMF_FIXDATE_NATIVE.test(value)) return new Date(value);
	let day;
	let month;
	let year;
	let hour;
	let minute;
	let second;
	let fraction;
	let matches;
	if (matches = IMF_FIXDATE.exec(value)) [, day, month, year, hour, minute, second, fraction] = matches;
	else if (matches = RFC_850_DATE.exec(value)) {
		[, day, month, year, hour, minute, second, fraction] = matches;
		year = (Number(year) + 1900).toString();
	} else if (matches = ASC_TIME.exec(value)) [, month, day, hour, minute, second, fraction, year] = matches;
	if (year && second) {
		const timestamp = Date.UTC(Number(year), months.indexOf(month), Number(day), Number(hour), Number(minute), Number(second), fraction ? Math.round(parseFloat(`0.${fraction}`) * 1e3) : 0);
		range(day, 1, 31);
		range(hour, 0, 23);
		range(minute, 0, 59);
		range(second, 0, 60);
		const date = new Date(timestamp);
		date.setUTCFullYear(Number(year));
		return date;
	}
	throw new TypeError(`Invalid RFC7231 date-time value ${value}.`);
};
function range(v, min, max) {
	const _v = Number(v);
	if (_v < min || _v > max) throw new Error(`Value ${_v} out of range [${min}, ${max}]`);
}
// node_modules/@smithy/core/dist-es/submodules/serde/split-header.js
const splitHeader = (value) => {
	const z = value.length;
	const values = [];
	let withinQuotes = false;
	let escaped = false;
	let anchor = 0;
	for (let i = 0; i < z; ++i) {
		const char = value[i];
		switch (char) {
			case `"`:
				if (!escaped) withinQuotes = !withinQuotes;
				break;
			case ",": if (!withinQuotes) {
				values.push(value.slice(anchor, i));
				anchor = i + 1;
			}
		}
		escaped = char === "\\" && !escaped;
	}
	values.push(value.slice(anchor));
	return values.map((v) => {
		v = v.trim();
		const z = v.length;
		if (z < 2) return v;
		if (v[0] === `"` && v[z - 1] === `"`) {
			v = v.slice(1, z - 1);
			return v.replace(/\\(["\\])/g, "$1");
		}
		return v.replace(/\\"/g, "\"");
	});
};
// node_modules/@smithy/core/dist-es/submodules/serde/value/NumericValue.js
const format = /^-?((0|[1-9]\d*)(\.\d+)?|\.\d+)([eE][+-]?\d+)?$/;
var NumericValue = class NumericValue {
	string;
	type;
	constructor(string, type) {
		this.string = string;
		this.type = type;
		if (!format.test(string)) throw new Error(`@smithy/core/serde - NumericValue string must conform to the Smithy bigDecimal format. Received: "${string}"`);
	}
	toString() {
		return this.string;
	}
	static [Symbol.hasInstance](object) {
		if (!object || typeof object !== "object") return false;
		const _nv = object;
		return NumericValue.prototype.isPrototypeOf(object) || _nv.type === "bigDecimal" && format.test(_nv.string);
	}
};
// node_modules/@smithy/core/dist-es/submodules/serde/util-body-length/calculateBodyLength.js
const calculateBodyLength = (body) => {
	if (!body) return 0;
	if (typeof body === "string") return Buffer.byteLength(body);
	else if (typeof body.byteLength === "number") return body.byteLength;
	else if (typeof body.size === "number") return body.size;
	else if (typeof body.start === "number" && typeof body.end === "number") return body.end + 1 - body.start;
	else if (body instanceof external_node_fs_.ReadStream) {
		if (body.path != null) return (0,external_node_fs_.lstatSync)(body.path).size;
		else if (typeof body.fd === "number") return (0,external_node_fs_.fstatSync)(body.fd).size;
	}
	throw new Error(`Body Length computation failed for ${body}`);
};
// node_modules/@smithy/core/dist-es/submodules/serde/util-utf8/toUint8Array.js
const toUint8Array = (data) => {
	if (data instanceof Uint8Array) return data;
	if (typeof data === "string") return (0,TypeRegistry_BYzBs9Nm.r)(data);
	if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength / Uint8Array.BYTES_PER_ELEMENT);
	return new Uint8Array(data);
};
// node_modules/@smithy/core/dist-es/submodules/config/util-config-provider/booleanSelector.js
const booleanSelector = (obj, key, type) => {
	if (!(key in obj)) return;
	if (obj[key] === "true") return true;
	if (obj[key] === "false") return false;
	throw new Error(`Cannot load ${type} "${key}". Expected "true" or "false", got ${obj[key]}.`);
};
// node_modules/@smithy/core/dist-es/submodules/config/util-config-provider/types.js
var SelectorType;
(function(SelectorType) {
	SelectorType["ENV"] = "env";
	SelectorType["CONFIG"] = "shared config entry";
})(SelectorType || (SelectorType = {}));
// node_modules/@smithy/core/dist-es/submodules/config/config-resolver/endpointsConfig/NodeUseDualstackEndpointConfigOptions.js
const ENV_USE_DUALSTACK_ENDPOINT = "AWS_USE_DUALSTACK_ENDPOINT";
const CONFIG_USE_DUALSTACK_ENDPOINT = "use_dualstack_endpoint";
const NODE_USE_DUALSTACK_ENDPOINT_CONFIG_OPTIONS = {
	environmentVariableSelector: (env) => booleanSelector(env, ENV_USE_DUALSTACK_ENDPOINT, SelectorType.ENV),
	configFileSelector: (profile) => booleanSelector(profile, CONFIG_USE_DUALSTACK_ENDPOINT, SelectorType.CONFIG),
	default: false
};
// node_modules/@smithy/core/dist-es/submodules/config/config-resolver/endpointsConfig/NodeUseFipsEndpointConfigOptions.js
const ENV_USE_FIPS_ENDPOINT = "AWS_USE_FIPS_ENDPOINT";
const CONFIG_USE_FIPS_ENDPOINT = "use_fips_endpoint";
const NODE_USE_FIPS_ENDPOINT_CONFIG_OPTIONS = {
	environmentVariableSelector: (env) => booleanSelector(env, ENV_USE_FIPS_ENDPOINT, SelectorType.ENV),
	configFileSelector: (profile) => booleanSelector(profile, CONFIG_USE_FIPS_ENDPOINT, SelectorType.CONFIG),
	default: false
};
// node_modules/@smithy/core/dist-es/submodules/client/middleware-stack/MiddlewareStack.js
const getAllAliases = (name, aliases) => {
	const _aliases = [];
	if (name) _aliases.push(name);
	if (aliases) for (const alias of aliases) _aliases.push(alias);
	return _aliases;
};
const getMiddlewareNameWithAliases = (name, aliases) => {
	return `${name || "anonymous"}${aliases && aliases.length > 0 ? ` (a.k.a. ${aliases.join(",")})` : ""}`;
};
const constructStack = () => {
	let absoluteEntries = [];
	let relativeEntries = [];
	let identifyOnResolve = false;
	const entriesNameSet = /* @__PURE__ */ new Set();
	const sort = (entries) => entries.sort((a, b) => stepWeights[b.step] - stepWeights[a.step] || priorityWeights[b.priority || "normal"] - priorityWeights[a.priority || "normal"]);
	const removeByName = (toRemove) => {
		let isRemoved = false;
		const filterCb = (entry) => {
			const aliases = getAllAliases(entry.name, entry.aliases);
			if (aliases.includes(toRemove)) {
				isRemoved = true;
				for (const alias of aliases) entriesNameSet.delete(alias);
				return false;
			}
			return true;
		};
		absoluteEntries = absoluteEntries.filter(filterCb);
		relativeEntries = relativeEntries.filter(filterCb);
		return isRemoved;
	};
	const removeByReference = (toRemove) => {
		let isRemoved = false;
		const filterCb = (entry) => {
			if (entry.middleware === toRemove) {
				isRemoved = true;
				for (const alias of getAllAliases(entry.name, entry.aliases)) entriesNameSet.delete(alias);
				return false;
			}
			return true;
		};
		absoluteEntries = absoluteEntries.filter(filterCb);
		relativeEntries = relativeEntries.filter(filterCb);
		return isRemoved;
	};
	const cloneTo = (toStack) => {
		absoluteEntries.forEach((entry) => {
			toStack.add(entry.middleware, { ...entry });
		});
		relativeEntries.forEach((entry) => {
			toStack.addRelativeTo(entry.middleware, { ...entry });
		});
		toStack.identifyOnResolve?.(stack.identifyOnResolve());
		return toStack;
	};
	const expandRelativeMiddlewareList = (from) => {
		const expandedMiddlewareList = [];
		from.before.forEach((entry) => {
			if (entry.before.length === 0 && entry.after.length === 0) expandedMiddlewareList.push(entry);
			else expandedMiddlewareList.push(...expandRelativeMiddlewareList(entry));
		});
		expandedMiddlewareList.push(from);
		from.after.reverse().forEach((entry) => {
			if (entry.before.length === 0 && entry.after.length === 0) expandedMiddlewareList.push(entry);
			else expandedMiddlewareList.push(...expandRelativeMiddlewareList(entry));
		});
		return expandedMiddlewareList;
	};
	const getMiddlewareList = (debug = false) => {
		const normalizedAbsoluteEntries = [];
		const normalizedRelativeEntries = [];
		const normalizedEntriesNameMap = {};
		absoluteEntries.forEach((entry) => {
			const normalizedEntry = {
				...entry,
				before: [],
				after: []
			};
			for (const alias of getAllAliases(normalizedEntry.name, normalizedEntry.aliases)) normalizedEntriesNameMap[alias] = normalizedEntry;
			normalizedAbsoluteEntries.push(normalizedEntry);
		});
		relativeEntries.forEach((entry) => {
			const normalizedEntry = {
				...entry,
				before: [],
				after: []
			};
			for (const alias of getAllAliases(normalizedEntry.name, normalizedEntry.aliases)) normalizedEntriesNameMap[alias] = normalizedEntry;
			normalizedRelativeEntries.push(normalizedEntry);
		});
		normalizedRelativeEntries.forEach((entry) => {
			if (entry.toMiddleware) {
				const toMiddleware = normalizedEntriesNameMap[entry.toMiddleware];
				if (toMiddleware === void 0) {
					if (debug) return;
					throw new Error(`${entry.toMiddleware} is not found when adding ${getMiddlewareNameWithAliases(entry.name, entry.aliases)} middleware ${entry.relation} ${entry.toMiddleware}`);
				}
				if (entry.relation === "after") toMiddleware.after.push(entry);
				if (entry.relation === "before") toMiddleware.before.push(entry);
			}
		});
		return sort(normalizedAbsoluteEntries).map(expandRelativeMiddlewareList).reduce((wholeList, expandedMiddlewareList) => {
			wholeList.push(...expandedMiddlewareList);
			return wholeList;
		}, []);
	};
	const stack = {
		add: (middleware, options = {}) => {
			const { name, override, aliases: _aliases } = options;
			const entry = {
				step: "initialize",
				priority: "normal",
				middleware,
				...options
			};
			const aliases = getAllAliases(name, _aliases);
			if (aliases.length > 0) {
				if (aliases.some((alias) => entriesNameSet.has(alias))) {
					if (!override) throw new Error(`Duplicate middleware name '${getMiddlewareNameWithAliases(name, _aliases)}'`);
					for (const alias of aliases) {
						const toOverrideIndex = absoluteEntries.findIndex((entry) => entry.name === alias || entry.aliases?.some((a) => a === alias));
						if (toOverrideIndex === -1) continue;
						const toOverride = absoluteEntries[toOverrideIndex];
						if (toOverride.step !== entry.step || entry.priority !== toOverride.priority) throw new Error(`"${getMiddlewareNameWithAliases(toOverride.name, toOverride.aliases)}" middleware with ${toOverride.priority} priority in ${toOverride.step} step cannot be overridden by "${getMiddlewareNameWithAliases(name, _aliases)}" middleware with ${entry.priority} priority in ${entry.step} step.`);
						absoluteEntries.splice(toOverrideIndex, 1);
					}
				}
				for (const alias of aliases) entriesNameSet.add(alias);
			}
			absoluteEntries.push(entry);
		},
		addRelativeTo: (middleware, options) => {
			const { name, override, aliases: _aliases } = options;
			const entry = {
				middleware,
				...options
			};
			const aliases = getAllAliases(name, _aliases);
			if (aliases.length > 0) {
				if (aliases.some((alias) => entriesNameSet.has(alias))) {
					if (!override) throw new Error(`Duplicate middleware name '${getMiddlewareNameWithAliases(name, _aliases)}'`);
					for (const alias of aliases) {
						const toOverrideIndex = relativeEntries.findIndex((entry) => entry.name === alias || entry.aliases?.some((a) => a === alias));
						if (toOverrideIndex === -1) continue;
						const toOverride = relativeEntries[toOverrideIndex];
						if (toOverride.toMiddleware !== entry.toMiddleware || toOverride.relation !== entry.relation) throw new Error(`"${getMiddlewareNameWithAliases(toOverride.name, toOverride.aliases)}" middleware ${toOverride.relation} "${toOverride.toMiddleware}" middleware cannot be overridden by "${getMiddlewareNameWithAliases(name, _aliases)}" middleware ${entry.relation} "${entry.toMiddleware}" middleware.`);
						relativeEntries.splice(toOverrideIndex, 1);
					}
				}
				for (const alias of aliases) entriesNameSet.add(alias);
			}
			relativeEntries.push(entry);
		},
		clone: () => cloneTo(constructStack()),
		use: (plugin) => {
			plugin.applyToStack(stack);
		},
		remove: (toRemove) => {
			if (typeof toRemove === "string") return removeByName(toRemove);
			else return removeByReference(toRemove);
		},
		removeByTag: (toRemove) => {
			let isRemoved = false;
			const filterCb = (entry) => {
				const { tags, name, aliases: _aliases } = entry;
				if (tags && tags.includes(toRemove)) {
					const aliases = getAllAliases(name, _aliases);
					for (const alias of aliases) entriesNameSet.delete(alias);
					isRemoved = true;
					return false;
				}
				return true;
			};
			absoluteEntries = absoluteEntries.filter(filterCb);
			relativeEntries = relativeEntries.filter(filterCb);
			return isRemoved;
		},
		concat: (from) => {
			const cloned = cloneTo(constructStack());
			cloned.use(from);
			cloned.identifyOnResolve(identifyOnResolve || cloned.identifyOnResolve() || (from.identifyOnResolve?.() ?? false));
			return cloned;
		},
		applyToStack: cloneTo,
		identify: () => {
			return getMiddlewareList(true).map((mw) => {
				const step = mw.step ?? mw.relation + " " + mw.toMiddleware;
				return getMiddlewareNameWithAliases(mw.name, mw.aliases) + " - " + step;
			});
		},
		identifyOnResolve(toggle) {
			if (typeof toggle === "boolean") identifyOnResolve = toggle;
			return identifyOnResolve;
		},
		resolve: (handler, context) => {
			for (const middleware of getMiddlewareList().map((entry) => entry.middleware).reverse()) handler = middleware(handler, context);
			if (identifyOnResolve) console.log(stack.identify());
			return handler;
		}
	};
	return stack;
};
const stepWeights = {
	initialize: 5,
	serialize: 4,
	build: 3,
	finalizeRequest: 2,
	deserialize: 1
};
const priorityWeights = {
	high: 3,
	normal: 2,
	low: 1
};
// node_modules/@smithy/core/dist-es/submodules/client/smithy-client/client.js
var Client = class {
	config;
	middlewareStack = constructStack();
	initConfig;
	handlers;
	constructor(config) {
		this.config = config;
		const { protocol, protocolSettings } = config;
		if (protocolSettings) {
			if (typeof protocol === "function") config.protocol = new protocol(protocolSettings);
		}
	}
	send(command, optionsOrCb, cb) {
		const options = typeof optionsOrCb !== "function" ? optionsOrCb : void 0;
		const callback = typeof optionsOrCb === "function" ? optionsOrCb : cb;
		const useHandlerCache = options === void 0 && this.config.cacheMiddleware === true;
		let handler;
		if (useHandlerCache) {
			if (!this.handlers) this.handlers = /* @__PURE__ */ new WeakMap();
			const handlers = this.handlers;
			if (handlers.has(command.constructor)) handler = handlers.get(command.constructor);
			else {
				handler = command.resolveMiddleware(this.middlewareStack, this.config, options);
				handlers.set(command.constructor, handler);
			}
		} else {
			delete this.handlers;
			handler = command.resolveMiddleware(this.middlewareStack, this.config, options);
		}
		if (callback) handler(command).then((result) => callback(null, result.output), (err) => callback(err)).catch(() => {});
		else return handler(command).then((result) => result.output);
	}
	destroy() {
		this.config?.requestHandler?.destroy?.();
		delete this.handlers;
	}
};
// node_modules/@smithy/core/dist-es/submodules/schema/deref.js
const deref = (schemaRef) => {
	if (typeof schemaRef === "function") return schemaRef();
	return schemaRef;
};
// node_modules/@smithy/core/dist-es/submodules/schema/schemas/operation.js
const operation = (namespace, name, traits, input, output) => ({
	name,
	namespace,
	traits,
	input,
	output
});
// node_modules/@smithy/core/dist-es/submodules/schema/middleware/schemaDeserializationMiddleware.js
const schemaDeserializationMiddleware = (config) => (next, context) => async (args) => {
	const { response } = await next(args);
	const { operationSchema } = getSmithyContext(context);
	const [, ns, n, t, i, o] = operationSchema ?? [];
	try {
		return {
			response,
			output: await config.protocol.deserializeResponse(operation(ns, n, t, i, o), {
				...config,
				...context
			}, response)
		};
	} catch (error) {
		Object.defineProperty(error, "$response", {
			value: response,
			enumerable: false,
			writable: false,
			configurable: false
		});
		if (!("$metadata" in error)) {
			const hint = `Deserialization error: to see the raw response, inspect the hidden field {error}.$response on this object.`;
			try {
				error.message += "\n  " + hint;
			} catch (ignored) {
				if (!context.logger || context.logger?.constructor?.name === "NoOpLogger") console.warn(hint);
				else context.logger?.warn?.(hint);
			}
			if (typeof error.$responseBodyText !== "undefined") {
				if (error.$response) error.$response.body = error.$responseBodyText;
			}
			try {
				if (node_http_handler_BMbmsy_c.d.isInstance(response)) {
					const { headers = {}, statusCode } = response;
					const headerEntries = Object.entries(headers);
					error.$metadata = {
						httpStatusCode: statusCode,
						requestId: findHeader(/^x-[\w-]+-request-?id$/, headerEntries),
						extendedRequestId: findHeader(/^x-[\w-]+-id-2$/, headerEntries),
						cfId: findHeader(/^x-[\w-]+-cf-id$/, headerEntries)
					};
				}
			} catch (ignored) {}
		}
		throw error;
	}
};
const findHeader = (pattern, headers) => {
	return (headers.find(([k]) => {
		return k.match(pattern);
	}) || [void 0, void 0])[1];
};
// node_modules/@smithy/core/dist-es/submodules/schema/middleware/schemaSerializationMiddleware.js
const schemaSerializationMiddleware = (config) => (next, context) => async (args) => {
	const { operationSchema } = getSmithyContext(context);
	const [, ns, n, t, i, o] = operationSchema ?? [];
	const endpoint = context.endpointV2 ? async () => toEndpointV1(context.endpointV2) : config.endpoint;
	const request = await config.protocol.serializeRequest(operation(ns, n, t, i, o), args.input, {
		...config,
		...context,
		endpoint
	});
	return next({
		...args,
		request
	});
};
// node_modules/@smithy/core/dist-es/submodules/schema/middleware/getSchemaSerdePlugin.js
const deserializerMiddlewareOption = {
	name: "deserializerMiddleware",
	step: "deserialize",
	tags: ["DESERIALIZER"],
	override: true
};
const serializerMiddlewareOption$1 = {
	name: "serializerMiddleware",
	step: "serialize",
	tags: ["SERIALIZER"],
	override: true
};
function getSchemaSerdePlugin(config) {
	return { applyToStack: (commandStack) => {
		commandStack.add(schemaSerializationMiddleware(config), serializerMiddlewareOption$1);
		commandStack.add(schemaDeserializationMiddleware(config), deserializerMiddlewareOption);
		config.protocol.setSerdeContext(config);
	} };
}
// node_modules/@smithy/core/dist-es/submodules/schema/schemas/translateTraits.js
const traitsCache = [];
function translateTraits(indicator) {
	if (typeof indicator === "object") return indicator;
	indicator = indicator | 0;
	if (traitsCache[indicator]) return traitsCache[indicator];
	const traits = {};
	let i = 0;
	for (const trait of [
		"httpLabel",
		"idempotent",
		"idempotencyToken",
		"sensitive",
		"httpPayload",
		"httpResponseCode",
		"httpQueryParams"
	]) if ((indicator >> i++ & 1) === 1) traits[trait] = 1;
	return traitsCache[indicator] = traits;
}
// node_modules/@smithy/core/dist-es/submodules/schema/schemas/NormalizedSchema.js
const anno = {
	it: Symbol.for("@smithy/nor-struct-it"),
	ns: Symbol.for("@smithy/ns")
};
const simpleSchemaCacheN = [];
const simpleSchemaCacheS = {};
var NormalizedSchema = class NormalizedSchema {
	ref;
	memberName;
	static symbol = Symbol.for("@smithy/nor");
	symbol = NormalizedSchema.symbol;
	name;
	schema;
	_isMemberSchema;
	traits;
	memberTraits;
	normalizedTraits;
	constructor(ref, memberName) {
		this.ref = ref;
		this.memberName = memberName;
		const traitStack = [];
		let _ref = ref;
		let schema = ref;
		this._isMemberSchema = false;
		while (isMemberSchema(_ref)) {
			traitStack.push(_ref[1]);
			_ref = _ref[0];
			schema = deref(_ref);
			this._isMemberSchema = true;
		}
		if (traitStack.length > 0) {
			this.memberTraits = {};
			for (let i = traitStack.length - 1; i >= 0; --i) {
				const traitSet = traitStack[i];
				Object.assign(this.memberTraits, translateTraits(traitSet));
			}
		} else this.memberTraits = 0;
		if (schema instanceof NormalizedSchema) {
			const computedMemberTraits = this.memberTraits;
			Object.assign(this, schema);
			this.memberTraits = Object.assign({}, computedMemberTraits, schema.getMemberTraits(), this.getMemberTraits());
			this.normalizedTraits = void 0;
			this.memberName = memberName ?? schema.memberName;
			return;
		}
		this.schema = deref(schema);
		if (isStaticSchema(this.schema)) {
			this.name = `${this.schema[1]}#${this.schema[2]}`;
			this.traits = this.schema[3];
		} else {
			this.name = this.memberName ?? String(schema);
			this.traits = 0;
		}
		if (this._isMemberSchema && !memberName) throw new Error(`@smithy/core/schema - NormalizedSchema member init ${this.getName(true)} missing member name.`);
	}
	static [Symbol.hasInstance](lhs) {
		const isPrototype = this.prototype.isPrototypeOf(lhs);
		if (!isPrototype && typeof lhs === "object" && lhs !== null) return lhs.symbol === this.symbol;
		return isPrototype;
	}
	static of(ref) {
		const keyAble = typeof ref === "function" || typeof ref === "object" && ref !== null;
		if (typeof ref === "number") {
			if (simpleSchemaCacheN[ref]) return simpleSchemaCacheN[ref];
		} else if (typeof ref === "string") {
			if (simpleSchemaCacheS[ref]) return simpleSchemaCacheS[ref];
		} else if (keyAble) {
			if (ref[anno.ns]) return ref[anno.ns];
		}
		const sc = deref(ref);
		if (sc instanceof NormalizedSchema) return sc;
		if (isMemberSchema(sc)) {
			const [ns, traits] = sc;
			if (ns instanceof NormalizedSchema) {
				Object.assign(ns.getMergedTraits(), translateTraits(traits));
				return ns;
			}
			throw new Error(`@smithy/core/schema - may not init unwrapped member schema=${JSON.stringify(ref, null, 2)}.`);
		}
		const ns = new NormalizedSchema(sc);
		if (keyAble) return ref[anno.ns] = ns;
		if (typeof sc === "string") return simpleSchemaCacheS[sc] = ns;
		if (typeof sc === "number") return simpleSchemaCacheN[sc] = ns;
		return ns;
	}
	getSchema() {
		const sc = this.schema;
		if (Array.isArray(sc) && sc[0] === 0) return sc[4];
		return sc;
	}
	getName(withNamespace = false) {
		const { name } = this;
		return !withNamespace && name && name.includes("#") ? name.split("#")[1] : name || void 0;
	}
	getMemberName() {
		return this.memberName;
	}
	isMemberSchema() {
		return this._isMemberSchema;
	}
	isListSchema() {
		const sc = this.getSchema();
		return typeof sc === "number" ? sc >= 64 && sc < 128 : sc[0] === 1;
	}
	isMapSchema() {
		const sc = this.getSchema();
		return typeof sc === "number" ? sc >= 128 && sc <= 255 : sc[0] === 2;
	}
	isStructSchema() {
		const sc = this.getSchema();
		if (typeof sc !== "object") return false;
		const id = sc[0];
		return id === 3 || id === -3 || id === 4;
	}
	isUnionSchema() {
		const sc = this.getSchema();
		if (typeof sc !== "object") return false;
		return sc[0] === 4;
	}
	isBlobSchema() {
		const sc = this.getSchema();
		return sc === 21 || sc === 42;
	}
	isTimestampSchema() {
		const sc = this.getSchema();
		return typeof sc === "number" && sc >= 4 && sc <= 7;
	}
	isUnitSchema() {
		return this.getSchema() === "unit";
	}
	isDocumentSchema() {
		return this.getSchema() === 15;
	}
	isStringSchema() {
		return this.getSchema() === 0;
	}
	isBooleanSchema() {
		return this.getSchema() === 2;
	}
	isNumericSchema() {
		return this.getSchema() === 1;
	}
	isBigIntegerSchema() {
		return this.getSchema() === 17;
	}
	isBigDecimalSchema() {
		return this.getSchema() === 19;
	}
	isStreaming() {
		const { streaming } = this.getMergedTraits();
		return !!streaming || this.getSchema() === 42;
	}
	isIdempotencyToken() {
		return !!this.getMergedTraits().idempotencyToken;
	}
	getMergedTraits() {
		return this.normalizedTraits ?? (this.normalizedTraits = {
			...this.getOwnTraits(),
			...this.getMemberTraits()
		});
	}
	getMemberTraits() {
		return translateTraits(this.memberTraits);
	}
	getOwnTraits() {
		return translateTraits(this.traits);
	}
	getKeySchema() {
		const [isDoc, isMap] = [this.isDocumentSchema(), this.isMapSchema()];
		if (!isDoc && !isMap) throw new Error(`@smithy/core/schema - cannot get key for non-map: ${this.getName(true)}`);
		const schema = this.getSchema();
		return member([isDoc ? 15 : schema[4] ?? 0, 0], "key");
	}
	getValueSchema() {
		const sc = this.getSchema();
		const [isDoc, isMap, isList] = [
			this.isDocumentSchema(),
			this.isMapSchema(),
			this.isListSchema()
		];
		const memberSchema = typeof sc === "number" ? 63 & sc : sc && typeof sc === "object" && (isMap || isList) ? sc[3 + sc[0]] : isDoc ? 15 : void 0;
		if (memberSchema != null) return member([memberSchema, 0], isMap ? "value" : "member");
		throw new Error(`@smithy/core/schema - ${this.getName(true)} has no value member.`);
	}
	getMemberSchema(memberName) {
		const struct = this.getSchema();
		if (this.isStructSchema() && struct[4].includes(memberName)) {
			const i = struct[4].indexOf(memberName);
			const memberSchema = struct[5][i];
			return member(isMemberSchema(memberSchema) ? memberSchema : [memberSchema, 0], memberName);
		}
		if (this.isDocumentSchema()) return member([15, 0], memberName);
		throw new Error(`@smithy/core/schema - ${this.getName(true)} has no member=${memberName}.`);
	}
	getMemberSchemas() {
		const buffer = {};
		try {
			for (const [k, v] of this.structIterator()) buffer[k] = v;
		} catch (ignored) {}
		return buffer;
	}
	getEventStreamMember() {
		if (this.isStructSchema()) {
			for (const [memberName, memberSchema] of this.structIterator()) if (memberSchema.isStreaming() && memberSchema.isStructSchema()) return memberName;
		}
		return "";
	}
	*structIterator() {
		if (this.isUnitSchema()) return;
		if (!this.isStructSchema()) throw new Error("@smithy/core/schema - cannot iterate non-struct schema.");
		const struct = this.getSchema();
		const z = struct[4].length;
		let it = struct[anno.it];
		if (it && z === it.length) {
			yield* it;
			return;
		}
		it = Array(z);
		for (let i = 0; i < z; ++i) {
			const k = struct[4][i];
			const v = member([struct[5][i], 0], k);
			yield it[i] = [k, v];
		}
		struct[anno.it] = it;
	}
};
function member(memberSchema, memberName) {
	if (memberSchema instanceof NormalizedSchema) return Object.assign(memberSchema, {
		memberName,
		_isMemberSchema: true
	});
	return new NormalizedSchema(memberSchema, memberName);
}
const isMemberSchema = (sc) => Array.isArray(sc) && sc.length === 2;
const isStaticSchema = (sc) => Array.isArray(sc) && sc.length >= 5;
// node_modules/@smithy/core/dist-es/submodules/client/smithy-client/schemaLogFilter.js
const SENSITIVE_STRING = "***SensitiveInformation***";
function schemaLogFilter(schema, data) {
	if (data == null) return data;
	const ns = NormalizedSchema.of(schema);
	if (ns.getMergedTraits().sensitive) return SENSITIVE_STRING;
	if (ns.isListSchema()) {
		const valueSchema = ns.getValueSchema();
		if (valueSchema.getMergedTraits().sensitive) return SENSITIVE_STRING;
		if (Array.isArray(data)) return data.map((value) => schemaLogFilter(valueSchema, value));
	} else if (ns.isMapSchema()) {
		const valueSchema = ns.getValueSchema();
		if (ns.getKeySchema().getMergedTraits().sensitive || valueSchema.getMergedTraits().sensitive) return SENSITIVE_STRING;
		if (typeof data === "object") return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, schemaLogFilter(valueSchema, value)]));
	} else if (ns.isStructSchema() && typeof data === "object") {
		const object = data;
		const newObject = {};
		for (const [member, memberNs] of ns.structIterator()) if (object[member] != null) newObject[member] = schemaLogFilter(memberNs, object[member]);
		return newObject;
	}
	return data;
}
// node_modules/@smithy/core/dist-es/submodules/client/smithy-client/command.js
const operationEventStreamMarker = Symbol.for("@smithy/op-event-stream");
var Command = class {
	middlewareStack = constructStack();
	schema;
	static classBuilder() {
		return new ClassBuilder();
	}
	resolveMiddlewareWithContext(clientStack, configuration, options, { middlewareFn, clientName, commandName, inputFilterSensitiveLog, outputFilterSensitiveLog, smithyContext, additionalContext, CommandCtor }) {
		for (const mw of middlewareFn.bind(this)(CommandCtor, clientStack, configuration, options)) this.middlewareStack.use(mw);
		const stack = clientStack.concat(this.middlewareStack);
		const { logger } = configuration;
		const additionalSmithyContext = additionalContext[SMITHY_CONTEXT_KEY];
		const handlerExecutionContext = {
			logger,
			clientName,
			commandName,
			inputFilterSensitiveLog,
			outputFilterSensitiveLog,
			...additionalContext,
			[SMITHY_CONTEXT_KEY]: {
				...additionalSmithyContext,
				commandInstance: this,
				...smithyContext,
				...options?.metricsRecorder === void 0 ? {} : { metricsRecorder: options.metricsRecorder },
				...options?.abortSignal === void 0 ? {} : { abortSignal: options.abortSignal }
			}
		};
		const { requestHandler } = configuration;
		let requestOptions = options ?? {};
		if (requestOptions.metricsRecorder) {
			requestOptions = { ...requestOptions };
			delete requestOptions.metricsRecorder;
		}
		let isEventStream;
		const schema = this.schema;
		const marker = schema?.[operationEventStreamMarker];
		if (marker !== void 0) isEventStream = marker;
		else if (schema) {
			if (Array.isArray(schema) && schema[0] === 9) {
				const [, , , , input$, output$] = schema;
				isEventStream = schema[operationEventStreamMarker] = Boolean(NormalizedSchema.of(input$).getEventStreamMember() || NormalizedSchema.of(output$).getEventStreamMember());
			}
		}
		if (isEventStream) requestOptions = {
			isEventStream,
			...requestOptions
		};
		return stack.resolve((request) => requestHandler.handle(request.request, requestOptions), handlerExecutionContext);
	}
};
var ClassBuilder = class {
	_init = () => {};
	_ep = {};
	_middlewareFn = () => [];
	_commandName = "";
	_clientName = "";
	_additionalContext = {};
	_smithyContext = {};
	_inputFilterSensitiveLog = void 0;
	_outputFilterSensitiveLog = void 0;
	_serializer = null;
	_deserializer = null;
	_operationSchema;
	init(cb) {
		this._init = cb;
	}
	ep(endpointParameterInstructions) {
		this._ep = endpointParameterInstructions;
		return this;
	}
	m(middlewareSupplier) {
		this._middlewareFn = middlewareSupplier;
		return this;
	}
	s(service, operation, smithyContext = {}) {
		this._smithyContext = {
			service,
			operation,
			...smithyContext
		};
		return this;
	}
	c(additionalContext = {}) {
		this._additionalContext = additionalContext;
		return this;
	}
	n(clientName, commandName) {
		this._clientName = clientName;
		this._commandName = commandName;
		return this;
	}
	f(inputFilter = (_) => _, outputFilter = (_) => _) {
		this._inputFilterSensitiveLog = inputFilter;
		this._outputFilterSensitiveLog = outputFilter;
		return this;
	}
	ser(serializer) {
		this._serializer = serializer;
		return this;
	}
	de(deserializer) {
		this._deserializer = deserializer;
		return this;
	}
	sc(operation) {
		this._operationSchema = operation;
		this._smithyContext.operationSchema = operation;
		return this;
	}
	build() {
		const closure = this;
		let CommandRef;
		return CommandRef = class extends Command {
			input;
			static getEndpointParameterInstructions() {
				return closure._ep;
			}
			constructor(...[input]) {
				super();
				this.input = input ?? {};
				closure._init(this);
				this.schema = closure._operationSchema;
			}
			resolveMiddleware(stack, configuration, options) {
				const op = closure._operationSchema;
				const input = op?.[4] ?? op?.input;
				const output = op?.[5] ?? op?.output;
				return this.resolveMiddlewareWithContext(stack, configuration, options, {
					CommandCtor: CommandRef,
					middlewareFn: closure._middlewareFn,
					clientName: closure._clientName,
					commandName: closure._commandName,
					inputFilterSensitiveLog: closure._inputFilterSensitiveLog ?? (op ? schemaLogFilter.bind(null, input) : (_) => _),
					outputFilterSensitiveLog: closure._outputFilterSensitiveLog ?? (op ? schemaLogFilter.bind(null, output) : (_) => _),
					smithyContext: closure._smithyContext,
					additionalContext: closure._additionalContext
				});
			}
			serialize = closure._serializer;
			deserialize = closure._deserializer;
		};
	}
};
// node_modules/@smithy/core/dist-es/submodules/client/smithy-client/exceptions.js
var ServiceException = class ServiceException extends Error {
	static shapeId = "smithy.ts.sdk.synthetic.nonamespace.client#ServiceException";
	$fault;
	$response;
	$retryable;
	$metadata;
	constructor(options) {
		super(options.message);
		Object.setPrototypeOf(this, Object.getPrototypeOf(this).constructor.prototype);
		this.name = options.name;
		this.$fault = options.$fault;
		this.$metadata = options.$metadata;
	}
	static isInstance(value) {
		if (!value) return false;
		const candidate = value;
		return ServiceException.prototype.isPrototypeOf(candidate) || Boolean(candidate.$fault) && Boolean(candidate.$metadata) && (candidate.$fault === "client" || candidate.$fault === "server");
	}
	static [Symbol.hasInstance](instance) {
		if (!instance) return false;
		const candidate = instance;
		if (this === ServiceException) return ServiceException.isInstance(instance);
		if (ServiceException.isInstance(instance)) {
			if (this.prototype.isPrototypeOf(instance)) return true;
			const targetId = Object.prototype.hasOwnProperty.call(this, "shapeId") ? this.shapeId : void 0;
			let candidateHasShapeId = false;
			if (targetId) {
				let proto = Object.getPrototypeOf(candidate);
				while (proto && proto !== Object.prototype) {
					const ctor = proto.constructor;
					const candidateId = ctor !== ServiceException && Object.prototype.hasOwnProperty.call(ctor, "shapeId") ? ctor?.shapeId : void 0;
					if (candidateId) {
						candidateHasShapeId = true;
						if (candidateId === targetId) return true;
					}
					proto = Object.getPrototypeOf(proto);
				}
			}
			if (targetId && candidateHasShapeId) return false;
			const targetName = this.name;
			if (targetName && targetName.length >= 6) {
				if (candidate.name === targetName) return true;
				let proto = Object.getPrototypeOf(candidate);
				while (proto && proto !== Object.prototype) {
					const ctorName = proto.constructor?.name;
					if (ctorName && ctorName !== "Error" && ctorName === targetName) return true;
					proto = Object.getPrototypeOf(proto);
				}
			}
		}
		return false;
	}
};
const decorateServiceException = (exception, additions = {}) => {
	Object.entries(additions).filter(([, v]) => v !== void 0).forEach(([k, v]) => {
		if (exception[k] == void 0 || exception[k] === "") exception[k] = v;
	});
	exception.message = exception.message || exception.Message || "UnknownError";
	delete exception.Message;
	return exception;
};
// node_modules/@smithy/core/dist-es/submodules/client/smithy-client/defaults-mode.js
const loadConfigsForDefaultMode = (mode) => {
	switch (mode) {
		case "standard": return {
			retryMode: "standard",
			connectionTimeout: 3100
		};
		case "in-region": return {
			retryMode: "standard",
			connectionTimeout: 1100
		};
		case "cross-region": return {
			retryMode: "standard",
			connectionTimeout: 3100
		};
		case "mobile": return {
			retryMode: "standard",
			connectionTimeout: 3e4
		};
		default: return {};
	}
};
// node_modules/@smithy/core/dist-es/submodules/client/smithy-client/emitWarningIfUnsupportedVersion.js
let warningEmitted = false;
const emitWarningIfUnsupportedVersion$1 = (version) => {
	if (version && !warningEmitted && parseInt(version.substring(1, version.indexOf("."))) < 16) warningEmitted = true;
};
// node_modules/@smithy/core/dist-es/submodules/client/smithy-client/extensions/checksum.js
const knownAlgorithms = Object.values(AlgorithmId);
const getChecksumConfiguration = (runtimeConfig) => {
	const checksumAlgorithms = [];
	for (const id in AlgorithmId) {
		if (!(0,hex_encoding_Bc8B5uu7.r)(AlgorithmId, id)) continue;
		const algorithmId = AlgorithmId[id];
		if (runtimeConfig[algorithmId] === void 0) continue;
		checksumAlgorithms.push({
			algorithmId: () => algorithmId,
			checksumConstructor: () => runtimeConfig[algorithmId]
		});
	}
	for (const [id, ChecksumCtor] of Object.entries(runtimeConfig.checksumAlgorithms ?? {})) checksumAlgorithms.push({
		algorithmId: () => id,
		checksumConstructor: () => ChecksumCtor
	});
	return {
		addChecksumAlgorithm(algo) {
			runtimeConfig.checksumAlgorithms = runtimeConfig.checksumAlgorithms ?? {};
			const id = algo.algorithmId();
			const ctor = algo.checksumConstructor();
			if (knownAlgorithms.includes(id)) runtimeConfig.checksumAlgorithms[id.toUpperCase()] = ctor;
			else runtimeConfig.checksumAlgorithms[id] = ctor;
			checksumAlgorithms.push(algo);
		},
		checksumAlgorithms() {
			return checksumAlgorithms;
		}
	};
};
const resolveChecksumRuntimeConfig = (clientConfig) => {
	const runtimeConfig = {};
	clientConfig.checksumAlgorithms().forEach((checksumAlgorithm) => {
		const id = checksumAlgorithm.algorithmId();
		if (knownAlgorithms.includes(id)) runtimeConfig[id] = checksumAlgorithm.checksumConstructor();
	});
	return runtimeConfig;
};
// node_modules/@smithy/core/dist-es/submodules/client/smithy-client/extensions/retry.js
const getRetryConfiguration = (runtimeConfig) => {
	return {
		setRetryStrategy(retryStrategy) {
			runtimeConfig.retryStrategy = retryStrategy;
		},
		retryStrategy() {
			return runtimeConfig.retryStrategy;
		}
	};
};
const resolveRetryRuntimeConfig = (retryStrategyConfiguration) => {
	const runtimeConfig = {};
	runtimeConfig.retryStrategy = retryStrategyConfiguration.retryStrategy();
	return runtimeConfig;
};
// node_modules/@smithy/core/dist-es/submodules/client/smithy-client/extensions/defaultExtensionConfiguration.js
const getDefaultExtensionConfiguration = (runtimeConfig) => {
	return Object.assign(getChecksumConfiguration(runtimeConfig), getRetryConfiguration(runtimeConfig));
};
const resolveDefaultRuntimeConfig = (config) => {
	return Object.assign(resolveChecksumRuntimeConfig(config), resolveRetryRuntimeConfig(config));
};
// node_modules/@smithy/core/dist-es/submodules/client/smithy-client/NoOpLogger.js
var NoOpLogger = class {
	trace() {}
	debug() {}
	info() {}
	warn() {}
	error() {}
};
// node_modules/@smithy/core/dist-es/submodules/client/smithy-client/client-command-builder.js
function makeBuilder(common, service, name, ep) {
	return function makeCommand(added, plugins, op, $, smithyContext = {}) {
		const epMerged = Object.assign({}, common, added);
		return Command.classBuilder().ep(epMerged).m(function(CommandCtor, clientStack, config, options) {
			const list = plugins.call(this, CommandCtor, clientStack, config, options);
			list.unshift(ep(config, CommandCtor.getEndpointParameterInstructions()));
			return list;
		}).s(service, op, smithyContext).n(name, op.charAt(0).toUpperCase() + op.slice(1) + "Command").sc($).build();
	};
}
const DEFAULTS_MODE_OPTIONS = [
	"in-region",
	"cross-region",
	"mobile",
	"standard",
	"legacy"
];
const IMDS_TOKEN_PATH = "/latest/api/token";
const X_AWS_EC2_METADATA_TOKEN_TTL = "x-aws-ec2-metadata-token-ttl-seconds";
// node_modules/@smithy/core/dist-es/submodules/config/config-resolver/regionConfig/getInstanceMetadataRegion.js
const TIMEOUT_MS = 1e3;
const NEG_CACHE_TTL_MS = 6e4;
let negativeCacheUntil = 0;
const getInstanceMetadataRegion = async () => {
	if (process.env["AWS_EC2_METADATA_DISABLED"]) return;
	if (Date.now() < negativeCacheUntil) return;
	try {
		const endpoint = resolveImdsEndpoint();
		const token = (await imdsRequest({
			...endpoint,
			path: IMDS_TOKEN_PATH,
			method: "PUT",
			headers: { [X_AWS_EC2_METADATA_TOKEN_TTL]: "21600" }
		})).toString();
		return (await imdsRequest({
			...endpoint,
			path: "/latest/meta-data/placement/region",
			method: "GET",
			headers: { ["x-aws-ec2-metadata-token"]: token }
		})).toString().trim() || cacheNegativeAndReturnUndefined();
	} catch {
		return cacheNegativeAndReturnUndefined();
	}
};
const cacheNegativeAndReturnUndefined = () => {
	negativeCacheUntil = Date.now() + NEG_CACHE_TTL_MS;
};
const resolveImdsEndpoint = () => {
	const envEndpoint = process.env.AWS_EC2_METADATA_SERVICE_ENDPOINT;
	if (envEndpoint) {
		const url = new URL(envEndpoint);
		return {
			hostname: url.hostname.replace(/^\[(.+)]$/, "$1"),
			port: url.port ? Number(url.port) : void 0
		};
	}
	if (process.env.AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE === "IPv6") return { hostname: "fd00:ec2::254" };
	return { hostname: "169.254.169.254" };
};
const imdsRequest = async (options) => {
	const { request } = await Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 67, 19));
	return new Promise((resolve, reject) => {
		const req = request({
			hostname: options.hostname,
			port: options.port,
			path: options.path,
			method: options.method,
			headers: options.headers,
			timeout: TIMEOUT_MS,
			signal: AbortSignal.timeout(TIMEOUT_MS)
		});
		req.on("error", (err) => {
			reject(err);
			req.destroy();
		});
		req.on("timeout", () => {
			reject(/* @__PURE__ */ new Error("TimeoutError from instance metadata service"));
			req.destroy();
		});
		req.on("response", (res) => {
			const { statusCode = 400 } = res;
			if (statusCode < 200 || statusCode >= 300) {
				reject(Object.assign(/* @__PURE__ */ new Error("Error response received from instance metadata service"), { statusCode }));
				req.destroy();
				return;
			}
			const chunks = [];
			res.on("data", (chunk) => chunks.push(chunk));
			res.on("end", () => {
				resolve(Buffer.concat(chunks));
				req.destroy();
			});
		});
		req.end();
	});
};
// node_modules/@smithy/core/dist-es/submodules/config/config-resolver/regionConfig/config.js
const REGION_ENV_NAME = "AWS_REGION";
const REGION_INI_NAME = "region";
const NODE_REGION_CONFIG_OPTIONS = {
	environmentVariableSelector: (env) => env[REGION_ENV_NAME],
	configFileSelector: (profile) => profile[REGION_INI_NAME],
	default: async () => {
		const region = await getInstanceMetadataRegion();
		if (region) return region;
		throw new Error("Region is missing");
	}
};
const NODE_REGION_CONFIG_FILE_OPTIONS = { preferredFile: "credentials" };
// node_modules/@smithy/core/dist-es/submodules/config/config-resolver/regionConfig/checkRegion.js
const validRegions = /* @__PURE__ */ new Set();
const checkRegion = (region, check = isValidHostLabel) => {
	if (!validRegions.has(region) && !check(region)) {
		if (region === "*") console.warn(`@smithy/config-resolver WARN - Please use the caller region instead of "*". See "sigv4a" in https://github.com/aws/aws-sdk-js-v3/blob/main/supplemental-docs/CLIENTS.md.`);
		else throw new Error(`Region not accepted: region="${region}" is not a valid hostname component.`);
	} else validRegions.add(region);
};
// node_modules/@smithy/core/dist-es/submodules/config/config-resolver/regionConfig/isFipsRegion.js
const isFipsRegion = (region) => typeof region === "string" && (region.startsWith("fips-") || region.endsWith("-fips"));
// node_modules/@smithy/core/dist-es/submodules/config/config-resolver/regionConfig/getRealRegion.js
const getRealRegion = (region) => isFipsRegion(region) ? ["fips-aws-global", "aws-fips"].includes(region) ? "us-east-1" : region.replace(/fips-(dkr-|prod-)?|-fips/, "") : region;
// node_modules/@smithy/core/dist-es/submodules/config/config-resolver/regionConfig/resolveRegionConfig.js
const resolveRegionConfig = (input) => {
	const { region, useFipsEndpoint } = input;
	if (!region) throw new Error("Region is missing");
	return Object.assign(input, {
		region: async () => {
			const providedRegion = typeof region === "function" ? await region() : region;
			const realRegion = getRealRegion(providedRegion);
			checkRegion(realRegion);
			return realRegion;
		},
		useFipsEndpoint: async () => {
			const providedRegion = typeof region === "string" ? region : await region();
			if (isFipsRegion(providedRegion)) return true;
			return typeof useFipsEndpoint !== "function" ? Promise.resolve(!!useFipsEndpoint) : useFipsEndpoint();
		}
	});
};
// node_modules/@smithy/core/dist-es/submodules/config/defaults-mode/defaultsModeConfig.js
const AWS_DEFAULTS_MODE_ENV = "AWS_DEFAULTS_MODE";
const AWS_DEFAULTS_MODE_CONFIG = "defaults_mode";
const NODE_DEFAULTS_MODE_CONFIG_OPTIONS = {
	environmentVariableSelector: (env) => {
		return env[AWS_DEFAULTS_MODE_ENV];
	},
	configFileSelector: (profile) => {
		return profile[AWS_DEFAULTS_MODE_CONFIG];
	},
	default: "legacy"
};
// node_modules/@smithy/core/dist-es/submodules/config/defaults-mode/resolveDefaultsModeConfig.js
const resolveDefaultsModeConfig = ({ region = (0,configLoader_DlwdWvjJ.t)(NODE_REGION_CONFIG_OPTIONS), defaultsMode = (0,configLoader_DlwdWvjJ.t)(NODE_DEFAULTS_MODE_CONFIG_OPTIONS) } = {}) => (0,configLoader_DlwdWvjJ.n)(async () => {
	const mode = typeof defaultsMode === "function" ? await defaultsMode() : defaultsMode;
	switch (mode?.toLowerCase()) {
		case "auto": return resolveNodeDefaultsModeAuto(region);
		case "in-region":
		case "cross-region":
		case "mobile":
		case "standard":
		case "legacy": return Promise.resolve(mode?.toLocaleLowerCase());
		case void 0: return Promise.resolve("legacy");
		default: throw new Error(`Invalid parameter for "defaultsMode", expect ${DEFAULTS_MODE_OPTIONS.join(", ")}, got ${mode}`);
	}
});
const resolveNodeDefaultsModeAuto = async (clientRegion) => {
	if (clientRegion) {
		const resolvedRegion = typeof clientRegion === "function" ? await clientRegion() : clientRegion;
		const inferredRegion = await inferPhysicalRegion();
		if (!inferredRegion) return "standard";
		if (resolvedRegion === inferredRegion) return "in-region";
		else return "cross-region";
	}
	return "standard";
};
const inferPhysicalRegion = async () => {
	if (process.env["AWS_EXECUTION_ENV"] && (process.env["AWS_REGION"] || process.env["AWS_DEFAULT_REGION"])) return process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"];
	return getInstanceMetadataRegion();
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/middleware-endpoint/adaptors/getEndpointUrlConfig.js
const ENV_ENDPOINT_URL = "AWS_ENDPOINT_URL";
const CONFIG_ENDPOINT_URL = "endpoint_url";
const getEndpointUrlConfig = (serviceId) => ({
	environmentVariableSelector: (env) => {
		const serviceSuffixParts = serviceId.split(" ").map((w) => w.toUpperCase());
		const serviceEndpointUrl = env[[ENV_ENDPOINT_URL, ...serviceSuffixParts].join("_")];
		if (serviceEndpointUrl) return serviceEndpointUrl;
		const endpointUrl = env[ENV_ENDPOINT_URL];
		if (endpointUrl) return endpointUrl;
	},
	configFileSelector: (profile, config) => {
		if (profile.services) {
			const servicesSectionKey = ["services", profile.services].join(".");
			if (!config || !config[servicesSectionKey]) throw new Error(`The services section "${profile.services}" specified in the profile is not present in the shared configuration file.`);
			const endpointUrl = config[servicesSectionKey][[serviceId.split(" ").map((w) => w.toLowerCase()).join("_"), CONFIG_ENDPOINT_URL].join(".")];
			if (endpointUrl) return endpointUrl;
		}
		const endpointUrl = profile[CONFIG_ENDPOINT_URL];
		if (endpointUrl) return endpointUrl;
	},
	default: void 0
});
// node_modules/@smithy/core/dist-es/submodules/endpoints/middleware-endpoint/adaptors/getIgnoreConfiguredEndpointUrls.js
const ENV_IGNORE_CONFIGURED_ENDPOINT_URLS = "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS";
const CONFIG_IGNORE_CONFIGURED_ENDPOINT_URLS = "ignore_configured_endpoint_urls";
const ignoreConfiguredEndpointUrlsConfigSelectors = {
	environmentVariableSelector: (env) => booleanSelector(env, ENV_IGNORE_CONFIGURED_ENDPOINT_URLS, SelectorType.ENV),
	configFileSelector: (profile) => booleanSelector(profile, CONFIG_IGNORE_CONFIGURED_ENDPOINT_URLS, SelectorType.CONFIG),
	default: false
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/middleware-endpoint/adaptors/getEndpointFromConfig.js
const getEndpointFromConfig = async (serviceId) => {
	if (await (0,configLoader_DlwdWvjJ.t)(ignoreConfiguredEndpointUrlsConfigSelectors)()) return;
	return (0,configLoader_DlwdWvjJ.t)(getEndpointUrlConfig(serviceId ?? ""))();
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/middleware-endpoint/service-customizations/s3.js
const resolveParamsForS3 = async (endpointParams) => {
	const bucket = endpointParams?.Bucket || "";
	if (typeof endpointParams.Bucket === "string") endpointParams.Bucket = bucket.replace(/#/g, encodeURIComponent("#")).replace(/\?/g, encodeURIComponent("?"));
	if (isArnBucketName(bucket)) {
		if (endpointParams.ForcePathStyle === true) throw new Error("Path-style addressing cannot be used with ARN buckets");
	} else if (!isDnsCompatibleBucketName(bucket) || bucket.indexOf(".") !== -1 && !String(endpointParams.Endpoint).startsWith("http:") || bucket.toLowerCase() !== bucket || bucket.length < 3) endpointParams.ForcePathStyle = true;
	if (endpointParams.DisableMultiRegionAccessPoints) {
		endpointParams.disableMultiRegionAccessPoints = true;
		endpointParams.DisableMRAP = true;
	}
	return endpointParams;
};
const DOMAIN_PATTERN = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const IP_ADDRESS_PATTERN = /(\d+\.){3}\d+/;
const DOTS_PATTERN = /\.\./;
const isDnsCompatibleBucketName = (bucketName) => DOMAIN_PATTERN.test(bucketName) && !IP_ADDRESS_PATTERN.test(bucketName) && !DOTS_PATTERN.test(bucketName);
const isArnBucketName = (bucketName) => {
	const [arn, partition, service, , , bucket] = bucketName.split(":");
	const isArn = arn === "arn" && bucketName.split(":").length >= 6;
	const isValidArn = Boolean(isArn && partition && service && bucket);
	if (isArn && !isValidArn) throw new Error(`Invalid ARN: ${bucketName} was an invalid ARN.`);
	return isValidArn;
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/middleware-endpoint/adaptors/createConfigValueProvider.js
const createConfigValueProvider = (configKey, canonicalEndpointParamKey, config, isClientContextParam = false) => {
	const configProvider = async () => {
		let configValue;
		if (isClientContextParam) configValue = config.clientContextParams?.[configKey] ?? config[configKey] ?? config[canonicalEndpointParamKey];
		else configValue = config[configKey] ?? config[canonicalEndpointParamKey];
		if (typeof configValue === "function") return configValue();
		return configValue;
	};
	if (configKey === "credentialScope" || canonicalEndpointParamKey === "CredentialScope") return async () => {
		const credentials = typeof config.credentials === "function" ? await config.credentials() : config.credentials;
		return credentials?.credentialScope ?? credentials?.CredentialScope;
	};
	if (configKey === "accountId" || canonicalEndpointParamKey === "AccountId") return async () => {
		const credentials = typeof config.credentials === "function" ? await config.credentials() : config.credentials;
		return credentials?.accountId ?? credentials?.AccountId;
	};
	if (configKey === "endpoint" || canonicalEndpointParamKey === "endpoint") return async () => {
		if (config.isCustomEndpoint === false) return;
		const endpoint = await configProvider();
		if (endpoint && typeof endpoint === "object") {
			if ("url" in endpoint) return endpoint.url.href;
			if ("hostname" in endpoint) {
				const { protocol, hostname, port, path } = endpoint;
				return `${protocol}//${hostname}${port ? ":" + port : ""}${path}`;
			}
		}
		return endpoint;
	};
	return configProvider;
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/middleware-endpoint/adaptors/getEndpointFromInstructions.js
function bindGetEndpointFromInstructions(getEndpointFromConfig) {
	return async (commandInput, instructionsSupplier, clientConfig, context) => {
		if (!clientConfig.isCustomEndpoint && !clientConfig.ignoreConfiguredEndpointUrls) {
			let endpointFromConfig;
			if (clientConfig.serviceConfiguredEndpoint) endpointFromConfig = await clientConfig.serviceConfiguredEndpoint();
			else endpointFromConfig = await getEndpointFromConfig(clientConfig.serviceId);
			if (endpointFromConfig) {
				clientConfig.endpoint = () => Promise.resolve(toEndpointV1(endpointFromConfig));
				clientConfig.isCustomEndpoint = true;
				context?.logger?.debug?.(`@smithy/core/endpoints - resolved endpoint from config: ${endpointFromConfig}`);
			}
		}
		const endpointParams = await resolveParams(commandInput, instructionsSupplier, clientConfig);
		if (typeof clientConfig.endpointProvider !== "function") throw new Error("config.endpointProvider is not set.");
		const endpoint = clientConfig.endpointProvider(endpointParams, context);
		if (clientConfig.isCustomEndpoint && clientConfig.endpoint) {
			const customEndpoint = await clientConfig.endpoint();
			if (customEndpoint?.headers) {
				endpoint.headers ??= {};
				for (const [name, value] of Object.entries(customEndpoint.headers)) endpoint.headers[name] = Array.isArray(value) ? value : [value];
			}
		}
		return endpoint;
	};
}
const resolveParams = async (commandInput, instructionsSupplier, clientConfig) => {
	const endpointParams = {};
	const instructions = instructionsSupplier?.getEndpointParameterInstructions?.() || {};
	for (const [name, instruction] of Object.entries(instructions)) switch (instruction.type) {
		case "staticContextParams":
			endpointParams[name] = instruction.value;
			break;
		case "contextParams":
			endpointParams[name] = commandInput[instruction.name];
			break;
		case "clientContextParams":
		case "builtInParams":
			endpointParams[name] = await createConfigValueProvider(instruction.name, name, clientConfig, instruction.type !== "builtInParams")();
			break;
		case "operationContextParams":
			endpointParams[name] = instruction.get(commandInput);
			break;
		default: throw new Error("Unrecognized endpoint parameter instruction: " + JSON.stringify(instruction));
	}
	if (Object.keys(instructions).length === 0) Object.assign(endpointParams, clientConfig);
	if (String(clientConfig.serviceId).toLowerCase() === "s3") await resolveParamsForS3(endpointParams);
	return endpointParams;
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/middleware-endpoint/endpointMiddleware.js
function setFeature$1(context, feature, value) {
	if (!context.__smithy_context) context.__smithy_context = { features: {} };
	else if (!context.__smithy_context.features) context.__smithy_context.features = {};
	context.__smithy_context.features[feature] = value;
}
function bindEndpointMiddleware(getEndpointFromConfig) {
	const getEndpointFromInstructions = bindGetEndpointFromInstructions(getEndpointFromConfig);
	return ({ config, instructions }) => {
		return (next, context) => async (args) => {
			if (config.isCustomEndpoint) setFeature$1(context, "ENDPOINT_OVERRIDE", "N");
			const endpoint = await getEndpointFromInstructions(args.input, { getEndpointParameterInstructions() {
				return instructions;
			} }, { ...config }, context);
			context.endpointV2 = endpoint;
			context.authSchemes = endpoint.properties?.authSchemes;
			const authScheme = context.authSchemes?.[0];
			if (authScheme) {
				context["signing_region"] = authScheme.signingRegion;
				context["signing_service"] = authScheme.signingName;
				const httpAuthOption = getSmithyContext(context)?.selectedHttpAuthScheme?.httpAuthOption;
				if (httpAuthOption) httpAuthOption.signingProperties = Object.assign(httpAuthOption.signingProperties || {}, {
					signing_region: authScheme.signingRegion,
					signingRegion: authScheme.signingRegion,
					signing_service: authScheme.signingName,
					signingName: authScheme.signingName,
					signingRegionSet: authScheme.signingRegionSet
				}, authScheme.properties);
			}
			return next({ ...args });
		};
	};
}
const endpointMiddlewareOptions = {
	step: "serialize",
	tags: [
		"ENDPOINT_PARAMETERS",
		"ENDPOINT_V2",
		"ENDPOINT"
	],
	name: "endpointV2Middleware",
	override: true,
	relation: "before",
	toMiddleware: {
		name: "serializerMiddleware",
		step: "serialize",
		tags: ["SERIALIZER"],
		override: true
	}.name
};
function bindGetEndpointPlugin(getEndpointFromConfig) {
	const endpointMiddleware = bindEndpointMiddleware(getEndpointFromConfig);
	return (config, instructions) => ({ applyToStack: (clientStack) => {
		clientStack.addRelativeTo(endpointMiddleware({
			config,
			instructions
		}), endpointMiddlewareOptions);
	} });
}
// node_modules/@smithy/core/dist-es/submodules/endpoints/middleware-endpoint/resolveEndpointConfig.js
function bindResolveEndpointConfig(getEndpointFromConfig) {
	return (input) => {
		const tls = input.tls ?? true;
		const { endpoint, useDualstackEndpoint, useFipsEndpoint } = input;
		const resolvedConfig = Object.assign(input, {
			endpoint: endpoint != null ? async () => toEndpointV1(await normalizeProvider$1(endpoint)()) : void 0,
			tls,
			isCustomEndpoint: !!endpoint,
			useDualstackEndpoint: normalizeProvider$1(useDualstackEndpoint ?? false),
			useFipsEndpoint: normalizeProvider$1(useFipsEndpoint ?? false),
			ignoreConfiguredEndpointUrls: !!input.ignoreConfiguredEndpointUrls
		});
		let configuredEndpointPromise = void 0;
		resolvedConfig.serviceConfiguredEndpoint = async () => {
			if (input.serviceId && !configuredEndpointPromise) configuredEndpointPromise = getEndpointFromConfig(input.serviceId);
			return configuredEndpointPromise;
		};
		return resolvedConfig;
	};
}
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/bdd/BinaryDecisionDiagram.js
var BinaryDecisionDiagram = class BinaryDecisionDiagram {
	nodes;
	root;
	conditions;
	results;
	constructor(bdd, root, conditions, results) {
		this.nodes = bdd;
		this.root = root;
		this.conditions = conditions;
		this.results = results;
	}
	static from(bdd, root, conditions, results) {
		return new BinaryDecisionDiagram(bdd, root, conditions, results);
	}
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/cache/EndpointCache.js
var EndpointCache = class {
	capacity;
	data = /* @__PURE__ */ new Map();
	parameters = [];
	constructor({ size, params }) {
		this.capacity = size ?? 50;
		if (params) this.parameters = params;
	}
	get(endpointParams, resolver) {
		const key = this.hash(endpointParams);
		if (key === false) return resolver();
		if (!this.data.has(key)) {
			if (this.data.size > this.capacity + 10) {
				const keys = this.data.keys();
				let i = 0;
				while (true) {
					const { value, done } = keys.next();
					this.data.delete(value);
					if (done || ++i > 10) break;
				}
			}
			this.data.set(key, resolver());
		}
		return this.data.get(key);
	}
	size() {
		return this.data.size;
	}
	hash(endpointParams) {
		let buffer = "";
		const { parameters } = this;
		if (parameters.length === 0) return false;
		for (const param of parameters) {
			const raw = endpointParams[param];
			const val = raw == null ? "\0" : String(raw);
			if (val.includes("|;")) return false;
			buffer += val + "|;";
		}
		return buffer;
	}
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/types/EndpointError.js
var EndpointError = class extends Error {
	constructor(message) {
		super(message);
		this.name = "EndpointError";
	}
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/debug/debugId.js
const debugId = "endpoints";
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/debug/toDebugString.js
function toDebugString(input) {
	if (typeof input !== "object" || input == null) return input;
	if ("ref" in input) return `$${toDebugString(input.ref)}`;
	if ("fn" in input) return `${input.fn}(${(input.argv || []).map(toDebugString).join(", ")})`;
	return JSON.stringify(input, null, 2);
}
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/utils/customEndpointFunctions.js
const customEndpointFunctions = {};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/lib/booleanEquals.js
const booleanEquals = (value1, value2) => value1 === value2;
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/lib/coalesce.js
function coalesce(...args) {
	for (const arg of args) if (arg != null) return arg;
}
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/lib/getAttrPathList.js
const getAttrPathList = (path) => {
	const parts = path.split(".");
	const pathList = [];
	for (const part of parts) {
		const squareBracketIndex = part.indexOf("[");
		if (squareBracketIndex !== -1) {
			if (part.indexOf("]") !== part.length - 1) throw new EndpointError(`Path: '${path}' does not end with ']'`);
			const arrayIndex = part.slice(squareBracketIndex + 1, -1);
			if (Number.isNaN(parseInt(arrayIndex))) throw new EndpointError(`Invalid array index: '${arrayIndex}' in path: '${path}'`);
			if (squareBracketIndex !== 0) pathList.push(part.slice(0, squareBracketIndex));
			pathList.push(arrayIndex);
		} else pathList.push(part);
	}
	return pathList;
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/lib/getAttr.js
const getAttr = (value, path) => getAttrPathList(path).reduce((acc, index) => {
	if (typeof acc !== "object") throw new EndpointError(`Index '${index}' in '${path}' not found in '${JSON.stringify(value)}'`);
	else if (Array.isArray(acc)) {
		const i = parseInt(index);
		return acc[i < 0 ? acc.length + i : i];
	}
	return acc[index];
}, value);
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/lib/isSet.js
const isSet = (value) => value != null;
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/lib/ite.js
function ite(condition, trueValue, falseValue) {
	return condition ? trueValue : falseValue;
}
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/lib/not.js
const not = (value) => !value;
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/lib/isIpAddress.js
const IP_V4_REGEX = new RegExp(`^(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]\\d|\\d)(?:\\.(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]\\d|\\d)){3}$`);
const isIpAddress = (value) => IP_V4_REGEX.test(value) || value.startsWith("[") && value.endsWith("]");
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/lib/parseURL.js
const DEFAULT_PORTS = {
	[EndpointURLScheme.HTTP]: 80,
	[EndpointURLScheme.HTTPS]: 443
};
const parseURL = (value) => {
	const whatwgURL = (() => {
		try {
			if (value instanceof URL) return value;
			if (typeof value === "object" && "hostname" in value) {
				const { hostname, port, protocol = "", path = "", query = {} } = value;
				const url = new URL(`${protocol}//${hostname}${port ? `:${port}` : ""}${path}`);
				url.search = Object.entries(query).map(([k, v]) => `${k}=${v}`).join("&");
				return url;
			}
			return new URL(value);
		} catch (ignored) {
			return null;
		}
	})();
	if (!whatwgURL) {
		console.error(`Unable to parse ${JSON.stringify(value)} as a whatwg URL.`);
		return null;
	}
	const urlString = whatwgURL.href;
	const { host, hostname, pathname, protocol, search } = whatwgURL;
	if (search) return null;
	const scheme = protocol.slice(0, -1);
	if (!Object.values(EndpointURLScheme).includes(scheme)) return null;
	const isIp = isIpAddress(hostname);
	return {
		scheme,
		authority: `${host}${urlString.includes(`${host}:${DEFAULT_PORTS[scheme]}`) || typeof value === "string" && value.includes(`${host}:${DEFAULT_PORTS[scheme]}`) ? `:${DEFAULT_PORTS[scheme]}` : ``}`,
		path: pathname,
		normalizedPath: pathname.endsWith("/") ? pathname : `${pathname}/`,
		isIp
	};
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/lib/split.js
function split(value, delimiter, limit) {
	if (limit === 1) return [value];
	if (value === "") return [""];
	const parts = value.split(delimiter);
	if (limit === 0) return parts;
	return parts.slice(0, limit - 1).concat(parts.slice(1).join(delimiter));
}
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/lib/stringEquals.js
const stringEquals = (value1, value2) => value1 === value2;
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/lib/substring.js
const substring = (input, start, stop, reverse) => {
	if (input == null || start >= stop || input.length < stop || /[^\u0000-\u007f]/.test(input)) return null;
	if (!reverse) return input.substring(start, stop);
	return input.substring(input.length - stop, input.length - start);
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/lib/uriEncode.js
const uriEncode = (value) => encodeURIComponent(value).replace(/[!*'()]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/utils/endpointFunctions.js
const endpointFunctions = {
	booleanEquals,
	coalesce,
	getAttr,
	isSet,
	isValidHostLabel,
	ite,
	not,
	parseURL,
	split,
	stringEquals,
	substring,
	uriEncode
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/utils/evaluateTemplate.js
const evaluateTemplate = (template, options) => {
	const evaluatedTemplateArr = [];
	const { referenceRecord, endpointParams } = options;
	let currentIndex = 0;
	while (currentIndex < template.length) {
		const openingBraceIndex = template.indexOf("{", currentIndex);
		if (openingBraceIndex === -1) {
			evaluatedTemplateArr.push(template.slice(currentIndex));
			break;
		}
		evaluatedTemplateArr.push(template.slice(currentIndex, openingBraceIndex));
		const closingBraceIndex = template.indexOf("}", openingBraceIndex);
		if (closingBraceIndex === -1) {
			evaluatedTemplateArr.push(template.slice(openingBraceIndex));
			break;
		}
		if (template[openingBraceIndex + 1] === "{" && template[closingBraceIndex + 1] === "}") {
			evaluatedTemplateArr.push(template.slice(openingBraceIndex + 1, closingBraceIndex));
			currentIndex = closingBraceIndex + 2;
		}
		const parameterName = template.substring(openingBraceIndex + 1, closingBraceIndex);
		if (parameterName.includes("#")) {
			const [refName, attrName] = parameterName.split("#");
			evaluatedTemplateArr.push(getAttr(referenceRecord[refName] ?? endpointParams[refName], attrName));
		} else evaluatedTemplateArr.push(referenceRecord[parameterName] ?? endpointParams[parameterName]);
		currentIndex = closingBraceIndex + 1;
	}
	return evaluatedTemplateArr.join("");
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/utils/getReferenceValue.js
const getReferenceValue = ({ ref }, options) => {
	return options.referenceRecord[ref] ?? options.endpointParams[ref];
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/utils/evaluateExpression.js
const evaluateExpression = (obj, keyName, options) => {
	if (typeof obj === "string") return evaluateTemplate(obj, options);
	else if (obj["fn"]) return group$1.callFunction(obj, options);
	else if (obj["ref"]) return getReferenceValue(obj, options);
	throw new EndpointError(`'${keyName}': ${String(obj)} is not a string, function or reference.`);
};
const callFunction = ({ fn, argv }, options) => {
	const evaluatedArgs = Array(argv.length);
	for (let i = 0; i < evaluatedArgs.length; ++i) {
		const arg = argv[i];
		if (typeof arg === "boolean" || typeof arg === "number") evaluatedArgs[i] = arg;
		else evaluatedArgs[i] = group$1.evaluateExpression(arg, "arg", options);
	}
	const namespaceSeparatorIndex = fn.indexOf(".");
	if (namespaceSeparatorIndex !== -1) {
		const customFunction = customEndpointFunctions[fn.slice(0, namespaceSeparatorIndex)]?.[fn.slice(namespaceSeparatorIndex + 1)];
		if (typeof customFunction === "function") return customFunction(...evaluatedArgs);
	}
	const callable = endpointFunctions[fn];
	if (typeof callable === "function") return callable(...evaluatedArgs);
	throw new Error(`function ${fn} not loaded in endpointFunctions.`);
};
const group$1 = {
	evaluateExpression,
	callFunction
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/utils/evaluateCondition.js
const evaluateCondition = (condition, options) => {
	const { assign } = condition;
	if (assign && assign in options.referenceRecord) throw new EndpointError(`'${assign}' is already defined in Reference Record.`);
	const value = callFunction(condition, options);
	options.logger?.debug?.(`${debugId} evaluateCondition: ${toDebugString(condition)} = ${toDebugString(value)}`);
	const result = value === "" ? true : !!value;
	if (assign != null) return {
		result,
		toAssign: {
			name: assign,
			value
		}
	};
	return { result };
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/utils/getEndpointHeaders.js
const getEndpointHeaders = (headers, options) => Object.entries(headers ?? {}).reduce((acc, [headerKey, headerVal]) => {
	acc[headerKey] = headerVal.map((headerValEntry) => {
		const processedExpr = evaluateExpression(headerValEntry, "Header value entry", options);
		if (typeof processedExpr !== "string") throw new EndpointError(`Header '${headerKey}' value '${processedExpr}' is not a string`);
		return processedExpr;
	});
	return acc;
}, {});
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/utils/getEndpointProperties.js
const getEndpointProperties = (properties, options) => Object.entries(properties).reduce((acc, [propertyKey, propertyVal]) => {
	acc[propertyKey] = group.getEndpointProperty(propertyVal, options);
	return acc;
}, {});
const getEndpointProperty = (property, options) => {
	if (Array.isArray(property)) return property.map((propertyEntry) => getEndpointProperty(propertyEntry, options));
	switch (typeof property) {
		case "string": return evaluateTemplate(property, options);
		case "object":
			if (property === null) throw new EndpointError(`Unexpected endpoint property: ${property}`);
			return group.getEndpointProperties(property, options);
		case "boolean": return property;
		default: throw new EndpointError(`Unexpected endpoint property type: ${typeof property}`);
	}
};
const group = {
	getEndpointProperty,
	getEndpointProperties
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/utils/getEndpointUrl.js
const getEndpointUrl = (endpointUrl, options) => {
	const expression = evaluateExpression(endpointUrl, "Endpoint URL", options);
	if (typeof expression === "string") try {
		return new URL(expression);
	} catch (error) {
		console.error(`Failed to construct URL with ${expression}`, error);
		throw error;
	}
	throw new EndpointError(`Endpoint URL must be a string, got ${typeof expression}`);
};
// node_modules/@smithy/core/dist-es/submodules/endpoints/util-endpoints/decideEndpoint.js
const RESULT = 1e8;
const decideEndpoint = (bdd, options) => {
	const { nodes, root, results, conditions } = bdd;
	let ref = root;
	const referenceRecord = {};
	const closure = {
		referenceRecord,
		endpointParams: options.endpointParams,
		logger: options.logger
	};
	while (ref !== 1 && ref !== -1 && ref < RESULT) {
		const node_i = 3 * (Math.abs(ref) - 1);
		const [condition_i, highRef, lowRef] = [
			nodes[node_i],
			nodes[node_i + 1],
			nodes[node_i + 2]
		];
		const [fn, argv, assign] = conditions[condition_i];
		const evaluation = evaluateCondition({
			fn,
			assign,
			argv
		}, closure);
		if (evaluation.toAssign) {
			const { name, value } = evaluation.toAssign;
			referenceRecord[name] = value;
		}
		ref = ref >= 0 === evaluation.result ? highRef : lowRef;
	}
	if (ref >= RESULT) {
		const result = results[ref - RESULT];
		if (result[0] === -1) {
			const [, errorExpression] = result;
			throw new EndpointError(evaluateExpression(errorExpression, "Error", closure));
		}
		const [url, properties, headers] = result;
		return {
			url: getEndpointUrl(url, closure),
			properties: getEndpointProperties(properties, closure),
			headers: getEndpointHeaders(headers ?? {}, closure)
		};
	}
	throw new EndpointError(`No matching endpoint.`);
};
const resolveEndpointConfig = bindResolveEndpointConfig(getEndpointFromConfig);
bindEndpointMiddleware(getEndpointFromConfig);
const getEndpointPlugin = bindGetEndpointPlugin(getEndpointFromConfig);
// node_modules/@smithy/core/dist-es/submodules/serde/writeKey.js
function writeKey(obj) {
	Object.defineProperty(obj, "__proto__", {
		value: void 0,
		writable: true,
		enumerable: true,
		configurable: true
	});
}
// node_modules/@smithy/core/dist-es/submodules/serde/index.js
var Uint8ArrayBlobAdapter = class extends bindUint8ArrayBlobAdapter(TypeRegistry_BYzBs9Nm.n, TypeRegistry_BYzBs9Nm.r, toBase64, fromBase64) {};
const v4 = bindV4(external_node_crypto_.getRandomValues);
const generateIdempotencyToken = v4;
// node_modules/@smithy/core/dist-es/submodules/protocols/collect-stream-body.js
const collectBody = async (streamBody = /* @__PURE__ */ new Uint8Array(), context) => {
	if (streamBody instanceof Uint8Array) return Uint8ArrayBlobAdapter.mutate(streamBody);
	if (!streamBody) return Uint8ArrayBlobAdapter.mutate(/* @__PURE__ */ new Uint8Array());
	const fromContext = context.streamCollector(streamBody);
	return Uint8ArrayBlobAdapter.mutate(await fromContext);
};
// node_modules/@smithy/core/dist-es/submodules/protocols/extended-encode-uri-component.js
function extendedEncodeURIComponent(str) {
	if (/^[\w.~-]+$/.test(str)) return str;
	return encodeURIComponent(str).replace(/[!'()*]/g, function(c) {
		return "%" + c.charCodeAt(0).toString(16).toUpperCase();
	});
}
// node_modules/@smithy/core/dist-es/submodules/protocols/HttpBindingNormalizedSchema.js
const HTTP_BINDINGS = Symbol.for("@smithy/schema-x");
var HttpBindingNormalizedSchema = class HttpBindingNormalizedSchema extends NormalizedSchema {
	static identity = Symbol.for("@smithy/HttpBindingNormalizedSchema");
	identity = HttpBindingNormalizedSchema.identity;
	bindings;
	constructor(schema) {
		super(schema);
	}
	static of(schema) {
		const ns = NormalizedSchema.of(schema);
		if (ns.identity === HttpBindingNormalizedSchema.identity) return ns;
		const schemaCache = ns.isMemberSchema() ? ns : ns.getSchema();
		const cache = typeof schemaCache === "object" && schemaCache !== null ? schemaCache : ns;
		return cache[HTTP_BINDINGS] ??= new HttpBindingNormalizedSchema(ns);
	}
	getHttpBindingLocation(traits) {
		if (traits.httpPayload) return 36;
		if (traits.httpLabel) return 33;
		if (traits.httpHeader) return 38;
		if (typeof traits.httpPrefixHeaders === "string") return 39;
		if (traits.httpQuery) return 34;
		if (traits.httpQueryParams) return 35;
		if (traits.httpResponseCode) return 37;
		return 32;
	}
	getHttpBindingValue(location, traits, nested = false) {
		const raw = this.getSchema();
		const type = typeof raw === "number" ? raw & 255 : this.isListSchema() ? 64 : 255;
		const slot = location & 7;
		const media = traits.mediaType ? traits.mediaType === "application/json" || traits.mediaType.endsWith("+json") ? 2 : 1 : 0;
		const stream = traits.streaming || type === 42 ? this.isStructSchema() ? 2 : 1 : 0;
		const timestamp = type >= 4 && type <= 7 ? slot >= 6 ? 2 : slot > 0 && slot < 4 ? 1 : 0 : 0;
		let flags = type | media << 8 | (traits.idempotencyToken ? 1 : 0) << 10 | stream << 11 | (traits.sparse ? 1 : 0) << 13 | timestamp << 14 | (traits.hostLabel ? 1 : 0) << 17 | (location === 36 && typeof raw !== "object" ? 1 : 0) << 18;
		const category = type & 192;
		const collectionValue = slot & 2 && (category === 64 || !nested && slot & 1) ? this.getHttpBindingCollectionValue(location, traits) : void 0;
		const valueType = (collectionValue?.[1] ?? 0) & 255;
		flags |= (slot >= 6 && (valueType === 4 || valueType === 6) ? 1 : 0) << 16;
		return [
			this,
			flags,
			collectionValue
		];
	}
	getHttpBindingCollectionValue(location, traits = this.getMergedTraits()) {
		const valueSchema = HttpBindingNormalizedSchema.of(this.getValueSchema());
		return valueSchema.getHttpBindingValue(location, {
			...valueSchema.getMergedTraits(),
			...traits
		}, true);
	}
	getHttpBindings() {
		const source = this.getSchema();
		return typeof source !== "object" || source === null ? EMPTY_BINDINGS : this.bindings ??= buildHttpBindings(this);
	}
};
const buildHttpBindings = (schema) => {
	const bodyMemberNames = [];
	const bodyMemberSchemas = [];
	const requestBodyMemberNames = [];
	const requestBodyMemberSchemas = [];
	const memberBindings = [];
	const byName = {};
	const headers = {};
	const prefixHeaders = [];
	const responseBindings = {
		headers,
		prefixHeaders
	};
	const bindings = {
		request: {
			memberBindings,
			byName
		},
		response: {
			bodyMemberNames,
			bindings: responseBindings
		}
	};
	const { request, response } = bindings;
	for (const [name, member] of schema.structIterator()) {
		const bindingSchema = HttpBindingNormalizedSchema.of(member);
		const traits = bindingSchema.getMergedTraits();
		const location = bindingSchema.getHttpBindingLocation(traits);
		const wireName = traits.httpHeader?.toLowerCase() ?? traits.httpPrefixHeaders?.toLowerCase() ?? traits.httpQuery;
		const value = bindingSchema.getHttpBindingValue(location, traits);
		const binding = [
			name,
			value,
			location,
			wireName
		];
		if (name === "__proto__") writeKey(byName);
		byName[name] = binding;
		if (value[1] >> 10 & 1) request.hasIdempotency = true;
		memberBindings.push(binding);
		const slot = location & 7;
		if (slot === 0) {
			requestBodyMemberNames.push(name);
			requestBodyMemberSchemas.push(member);
		}
		if ((slot & 4) === 0) {
			bodyMemberNames.push(name);
			bodyMemberSchemas.push(member);
		} else if ((slot & 6) === 4) {
			if (slot & 1) responseBindings.statusCode = binding;
			else {
				responseBindings.payload = binding;
				const type = value[1] & 255;
				request.contentTypeInstruction = traits.mediaType ?? (type === 0 ? "text/plain" : type === 21 || type === 42 ? "application/octet-stream" : null);
			}
		} else if (slot & 1) {
			request.hasPrefixHeaders = true;
			prefixHeaders.push(binding);
		} else {
			if (wireName === "__proto__") writeKey(headers);
			headers[wireName] = binding;
		}
	}
	if (request.contentTypeInstruction === void 0 && requestBodyMemberNames.length) request.contentTypeInstruction = null;
	request.syntheticBodySchema = createBodySchema(schema, requestBodyMemberNames, requestBodyMemberSchemas);
	response.syntheticBodySchema = createBodySchema(schema, bodyMemberNames, bodyMemberSchemas);
	return bindings;
};
const buildPathSegments = (path) => {
	const segments = [];
	let offset = 0;
	for (const match of path.matchAll(/\{([^{}+]+)(\+)?\}/g)) {
		if (match.index > offset) segments.push([path.slice(offset, match.index), 0]);
		segments.push([match[1], match[2] ? 2 : 1]);
		offset = match.index + match[0].length;
	}
	if (segments.length && offset < path.length) segments.push([path.slice(offset), 0]);
	return segments.length ? segments : void 0;
};
const buildHttpOperationBindings = (schema) => {
	const { http, endpoint } = translateTraits(schema.traits ?? {});
	const [path, search] = http?.[1].split("?") ?? [];
	return [
		http?.[0],
		path,
		search ? [...new URLSearchParams(search)] : [],
		path ? buildPathSegments(path) : void 0,
		endpoint?.[0]
	];
};
const EMPTY_BINDINGS = {
	request: {
		memberBindings: [],
		byName: {}
	},
	response: {
		bodyMemberNames: [],
		bindings: {
			headers: {},
			prefixHeaders: []
		}
	}
};
const getHttpOperationBindings = (schema) => schema[HTTP_BINDINGS] ??= buildHttpOperationBindings(schema);
const createBodySchema = (schema, memberNames, memberSchemas) => {
	if (!memberNames.length) return;
	const source = schema.getSchema();
	const body = [
		3,
		source[1],
		source[2],
		schema.getMergedTraits(),
		memberNames,
		memberSchemas
	];
	const required = source[6];
	const bodyRequired = required && memberNames.reduce((count, name) => count + (source[4].indexOf(name) < required ? 1 : 0), 0);
	if (bodyRequired) body[6] = bodyRequired;
	return body;
};
// node_modules/@smithy/core/dist-es/submodules/protocols/SerdeContext.js
var SerdeContext = class {
	serdeContext;
	setSerdeContext(serdeContext) {
		this.serdeContext = serdeContext;
	}
};
// node_modules/@smithy/core/dist-es/submodules/protocols/HttpProtocol.js
var HttpProtocol = class extends SerdeContext {
	options;
	compositeErrorRegistry;
	constructor(options) {
		super();
		this.options = options;
		this.compositeErrorRegistry = new TypeRegistry_BYzBs9Nm.t(options.defaultNamespace);
		for (const etr of options.errorTypeRegistries ?? []) this.compositeErrorRegistry.copyFrom(etr);
	}
	getRequestType() {
		return httpRequest_xDbkZc54.t;
	}
	getResponseType() {
		return node_http_handler_BMbmsy_c.d;
	}
	setSerdeContext(serdeContext) {
		this.serdeContext = serdeContext;
		this.serializer.setSerdeContext(serdeContext);
		this.deserializer.setSerdeContext(serdeContext);
		if (this.getPayloadCodec()) this.getPayloadCodec().setSerdeContext(serdeContext);
	}
	updateServiceEndpoint(request, endpoint) {
		if ("url" in endpoint) {
			request.protocol = endpoint.url.protocol;
			request.hostname = endpoint.url.hostname;
			request.port = endpoint.url.port ? Number(endpoint.url.port) : void 0;
			request.path = endpoint.url.pathname;
			request.fragment = endpoint.url.hash || void 0;
			request.username = endpoint.url.username || void 0;
			request.password = endpoint.url.password || void 0;
			if (!request.query) request.query = {};
			for (const [k, v] of endpoint.url.searchParams.entries()) request.query[k] = v;
			if (endpoint.headers) for (const name in endpoint.headers) {
				if (!(0,hex_encoding_Bc8B5uu7.r)(endpoint.headers, name)) continue;
				request.headers[name] = endpoint.headers[name].join(", ");
			}
			return request;
		} else {
			request.protocol = endpoint.protocol;
			request.hostname = endpoint.hostname;
			request.port = endpoint.port ? Number(endpoint.port) : void 0;
			request.path = endpoint.path;
			request.query = { ...endpoint.query };
			if (endpoint.headers) for (const name in endpoint.headers) {
				if (!(0,hex_encoding_Bc8B5uu7.r)(endpoint.headers, name)) continue;
				request.headers[name] = endpoint.headers[name];
			}
			return request;
		}
	}
	setHostPrefix(request, operationSchema, input, operation = getHttpOperationBindings(operationSchema)) {
		if (this.serdeContext?.disableHostPrefix) return;
		const hostPrefix = operation[4];
		if (typeof hostPrefix !== "string") return;
		let resolvedHostPrefix = hostPrefix;
		for (const [name, [, flags]] of HttpBindingNormalizedSchema.of(operationSchema.input).getHttpBindings().request.memberBindings) {
			if (!(flags >> 17 & 1)) continue;
			const replacement = input[name];
			if (typeof replacement !== "string") throw new Error(`@smithy/core/schema - ${name} in input must be a string as hostLabel.`);
			resolvedHostPrefix = resolvedHostPrefix.replace(`{${name}}`, replacement);
		}
		request.hostname = resolvedHostPrefix + request.hostname;
		if (!isValidHostname(request.hostname)) throw new Error(`[${request.hostname}] is not a valid hostname.`);
	}
	deserializeMetadata(output) {
		return {
			httpStatusCode: output.statusCode,
			requestId: output.headers["x-amzn-requestid"] ?? output.headers["x-amzn-request-id"] ?? output.headers["x-amz-request-id"],
			extendedRequestId: output.headers["x-amz-id-2"],
			cfId: output.headers["x-amz-cf-id"]
		};
	}
	resolveError(name, namespaces, registries) {
		const defaultErrorSchema = [
			-3,
			"",
			"Error",
			0,
			[],
			[],
			0
		];
		let schema;
		for (const registry of registries) for (const ns of namespaces) try {
			if (ns === "*") schema = registry.getSchema(name);
			else schema = registry.getSchema(ns + "#" + name);
			const errorCtor = registry.getErrorCtor(schema);
			if (errorCtor) return [
				schema,
				errorCtor,
				"modeled"
			];
			else {
				const syntheticErrorSchema = registry.getBaseException();
				if (syntheticErrorSchema) {
					const syntheticErrorCtor = registry.getErrorCtor(syntheticErrorSchema);
					if (syntheticErrorCtor) return [
						schema,
						syntheticErrorCtor,
						"synthetic"
					];
				}
			}
		} catch (ignored) {}
		for (const registry of registries) {
			const syntheticErrorSchema = registry.getBaseException();
			if (syntheticErrorSchema) {
				const syntheticErrorCtor = registry.getErrorCtor(syntheticErrorSchema);
				if (syntheticErrorCtor) return [
					syntheticErrorSchema,
					syntheticErrorCtor,
					"synthetic"
				];
			}
		}
		return [
			defaultErrorSchema,
			Error,
			"native"
		];
	}
	async serializeEventStream({ eventStream, requestSchema, initialRequest }) {
		return (await this.loadEventStreamCapability()).serializeEventStream({
			eventStream,
			requestSchema,
			initialRequest
		});
	}
	async deserializeEventStream({ response, responseSchema, initialResponseContainer }) {
		return (await this.loadEventStreamCapability()).deserializeEventStream({
			response,
			responseSchema,
			initialResponseContainer
		});
	}
	async loadEventStreamCapability() {
		const { EventStreamSerde, eventStreamSerdeProvider } = await Promise.resolve(/* import() */).then(__nccwpck_require__.bind(__nccwpck_require__, 727)).then((n) => n.t);
		return new EventStreamSerde({
			marshaller: this.resolveEventStreamMarshaller(eventStreamSerdeProvider),
			serializer: this.serializer,
			deserializer: this.deserializer,
			serdeContext: this.serdeContext,
			defaultContentType: this.getDefaultContentType(),
			compositeErrorRegistry: this.compositeErrorRegistry
		});
	}
	getDefaultContentType() {
		throw new Error(`@smithy/core/protocols - ${this.constructor.name} getDefaultContentType() implementation missing.`);
	}
	async deserializeHttpMessage(schema, context, response, arg4, arg5) {
		return [];
	}
	getEventStreamMarshaller() {
		const context = this.serdeContext;
		if (!context.eventStreamMarshaller) throw new Error("@smithy/core - HttpProtocol: eventStreamMarshaller missing in serdeContext.");
		return context.eventStreamMarshaller;
	}
	resolveEventStreamMarshaller(importedProvider) {
		const context = this.serdeContext;
		if (context.eventStreamMarshaller) return context.eventStreamMarshaller;
		return importedProvider(this.serdeContext);
	}
};
// node_modules/@smithy/core/dist-es/submodules/protocols/serde/FromStringShapeDeserializer.js
var FromStringShapeDeserializer = class extends SerdeContext {
	settings;
	constructor(settings) {
		super();
		this.settings = settings;
	}
	read(_schema, data) {
		const ns = HttpBindingNormalizedSchema.of(_schema);
		const traits = ns.getMergedTraits();
		const location = ns.getHttpBindingLocation(traits);
		return this.readHttpBinding(ns.getHttpBindingValue(location, traits), data, location);
	}
	readHttpBinding([ns, flags, collectionValue], data, location) {
		const schema = flags & 255;
		if ((schema & 192) === 64) {
			collectionValue ??= ns.getHttpBindingCollectionValue(location);
			return splitHeader(data).map((item) => this.readHttpBinding(collectionValue, item, location));
		}
		switch (schema) {
			case 21:
			case 42: return (this.serdeContext?.base64Decoder ?? fromBase64)(data);
			case 4:
			case 5:
			case 6:
			case 7: {
				const bindingFormat = this.settings.httpBindings ? flags >> 14 & 3 : 0;
				switch (this.settings.timestampFormat.useTrait && schema > 4 ? schema : bindingFormat ? bindingFormat + 4 : this.settings.timestampFormat.default) {
					case 5: return _parseRfc3339DateTimeWithOffset(data);
					case 6: return _parseRfc7231DateTime(data);
					case 7: return _parseEpochTimestamp(data);
					default:
						console.warn("Missing timestamp format, parsing value with Date constructor:", data);
						return new Date(data);
				}
			}
			case 0: {
				const media = flags >> 8 & 3;
				if (!media) return data;
				let intermediateValue = data;
				if ((location & 6) === 6) intermediateValue = (this.serdeContext?.utf8Encoder ?? TypeRegistry_BYzBs9Nm.n)((this.serdeContext?.base64Decoder ?? fromBase64)(intermediateValue));
				return media === 2 ? LazyJsonString.from(intermediateValue) : intermediateValue;
			}
			case 1: return Number(data);
			case 2: return data.toLowerCase() === "true";
			case 17: return BigInt(data);
			case 19: return new NumericValue(data, "bigDecimal");
			default: return data;
		}
	}
};
// node_modules/@smithy/core/dist-es/submodules/protocols/serde/determineTimestampFormat.js
function determineTimestampFormat(ns, settings) {
	if (settings.timestampFormat.useTrait) {
		const schema = ns.getSchema();
		if (schema === 5 || schema === 6 || schema === 7) return schema;
	}
	const { httpLabel, httpPrefixHeaders, httpHeader, httpQuery } = ns.getMergedTraits();
	return (settings.httpBindings ? typeof httpPrefixHeaders === "string" || Boolean(httpHeader) ? 6 : Boolean(httpQuery) || Boolean(httpLabel) ? 5 : void 0 : void 0) ?? settings.timestampFormat.default;
}
// node_modules/@smithy/core/dist-es/submodules/protocols/protocol-http/extensions/httpExtensionConfiguration.js
const getHttpHandlerExtensionConfiguration = (runtimeConfig) => {
	if (runtimeConfig.logger && runtimeConfig.logger.constructor?.name !== "NoOpLogger") runtimeConfig.requestHandler?.updateHttpClientConfig?.(Symbol.for("logger"), runtimeConfig.logger);
	if (runtimeConfig.defaultSocketTimeout) runtimeConfig.requestHandler?.updateHttpClientConfig?.(Symbol.for("@smithy/defaultSocketTimeout"), runtimeConfig.defaultSocketTimeout);
	return {
		setHttpHandler(handler) {
			runtimeConfig.requestHandler = handler;
		},
		httpHandler() {
			return runtimeConfig.requestHandler;
		},
		updateHttpClientConfig(key, value) {
			runtimeConfig.requestHandler?.updateHttpClientConfig(key, value);
		},
		httpHandlerConfigs() {
			return runtimeConfig.requestHandler.httpHandlerConfigs();
		}
	};
};
const resolveHttpHandlerRuntimeConfig = (httpHandlerExtensionConfiguration) => {
	return { requestHandler: httpHandlerExtensionConfiguration.httpHandler() };
};
// node_modules/@smithy/core/dist-es/submodules/protocols/middleware-content-length/contentLengthMiddleware.js
const CONTENT_LENGTH_HEADER = "content-length";
function contentLengthMiddleware(bodyLengthChecker) {
	return (next) => async (args) => {
		const request = args.request;
		if (httpRequest_xDbkZc54.t.isInstance(request)) {
			const { body, headers } = request;
			if (body && Object.keys(headers).map((str) => str.toLowerCase()).indexOf(CONTENT_LENGTH_HEADER) === -1) try {
				const length = bodyLengthChecker(body);
				if (length != null) request.headers = {
					...request.headers,
					[CONTENT_LENGTH_HEADER]: String(length)
				};
			} catch (ignored) {}
		}
		return next({
			...args,
			request
		});
	};
}
const contentLengthMiddlewareOptions = {
	step: "build",
	tags: ["SET_CONTENT_LENGTH", "CONTENT_LENGTH"],
	name: "contentLengthMiddleware",
	override: true
};
const getContentLengthPlugin = (options) => ({ applyToStack: (clientStack) => {
	clientStack.add(contentLengthMiddleware(options.bodyLengthChecker), contentLengthMiddlewareOptions);
} });
// node_modules/@aws-sdk/core/dist-es/submodules/client/emitWarningIfUnsupportedVersion.js
const state = { warningEmitted: false };
const emitWarningIfUnsupportedVersion = (version) => {
	if (version && !state.warningEmitted) {
		if (process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED === "true") {
			state.warningEmitted = true;
			return;
		}
		const userMajorVersion = parseInt(version.substring(1, version.indexOf(".")));
		const vv = 22;
		if (userMajorVersion < vv) {
			state.warningEmitted = true;
			process.emitWarning(`NodeVersionSupportWarning: The AWS SDK for JavaScript (v3)
versions published after the first week of January 2027
will require node >=${vv}. You are running node ${version}.

To continue receiving updates to AWS services, bug fixes,
and security updates please upgrade to node >=${vv}.

More information can be found at: https://a.co/c895JFp`);
		}
	}
};
// node_modules/@aws-sdk/core/dist-es/submodules/client/setFeature.js
function setFeature(context, feature, value) {
	if (!context.__aws_sdk_context) context.__aws_sdk_context = { features: {} };
	else if (!context.__aws_sdk_context.features) context.__aws_sdk_context.features = {};
	context.__aws_sdk_context.features[feature] = value;
}
// node_modules/@aws-sdk/core/dist-es/submodules/client/getDefaultSocketTimeout.js
const isDefaultSocketTimeoutEnabled = () => typeof process === "object" && process?.env?.AWS_ENABLE_DEFAULT_SOCKET_TIMEOUT_2026 === "true";
const getDefaultSocketTimeout = (requestHandler, timeoutMs) => {
	if (!isDefaultSocketTimeoutEnabled()) return;
	if (typeof requestHandler?.handle === "function") return;
	return timeoutMs;
};
// node_modules/@aws-sdk/core/dist-es/submodules/client/middleware-host-header/hostHeaderMiddleware.js
function resolveHostHeaderConfig(input) {
	return input;
}
const hostHeaderMiddleware = (options) => (next) => async (args) => {
	if (!httpRequest_xDbkZc54.t.isInstance(args.request)) return next(args);
	const { request } = args;
	const { handlerProtocol = "" } = options.requestHandler.metadata || {};
	if (handlerProtocol.indexOf("h2") >= 0 && !request.headers[":authority"]) {
		delete request.headers["host"];
		request.headers[":authority"] = request.hostname + (request.port ? ":" + request.port : "");
	} else if (!request.headers["host"]) {
		let host = request.hostname;
		if (request.port != null) host += `:${request.port}`;
		request.headers["host"] = host;
	}
	return next(args);
};
const hostHeaderMiddlewareOptions = {
	name: "hostHeaderMiddleware",
	step: "build",
	priority: "low",
	tags: ["HOST"],
	override: true
};
const getHostHeaderPlugin = (options) => ({ applyToStack: (clientStack) => {
	clientStack.add(hostHeaderMiddleware(options), hostHeaderMiddlewareOptions);
} });
// node_modules/@aws-sdk/core/dist-es/submodules/client/middleware-logger/loggerMiddleware.js
const loggerMiddleware = () => (next, context) => async (args) => {
	try {
		const response = await next(args);
		const { clientName, commandName, logger, dynamoDbDocumentClientOptions = {} } = context;
		const { overrideInputFilterSensitiveLog, overrideOutputFilterSensitiveLog } = dynamoDbDocumentClientOptions;
		const inputFilterSensitiveLog = overrideInputFilterSensitiveLog ?? context.inputFilterSensitiveLog;
		const outputFilterSensitiveLog = overrideOutputFilterSensitiveLog ?? context.outputFilterSensitiveLog;
		const { $metadata, ...outputWithoutMetadata } = response.output;
		logger?.info?.({
			clientName,
			commandName,
			input: inputFilterSensitiveLog(args.input),
			output: outputFilterSensitiveLog(outputWithoutMetadata),
			metadata: $metadata
		});
		return response;
	} catch (error) {
		const { clientName, commandName, logger, dynamoDbDocumentClientOptions = {} } = context;
		const { overrideInputFilterSensitiveLog } = dynamoDbDocumentClientOptions;
		const inputFilterSensitiveLog = overrideInputFilterSensitiveLog ?? context.inputFilterSensitiveLog;
		logger?.error?.({
			clientName,
			commandName,
			input: inputFilterSensitiveLog(args.input),
			error,
			metadata: error.$metadata
		});
		throw error;
	}
};
const loggerMiddlewareOptions = {
	name: "loggerMiddleware",
	tags: ["LOGGER"],
	step: "initialize",
	override: true
};
const getLoggerPlugin = (options) => ({ applyToStack: (clientStack) => {
	clientStack.add(loggerMiddleware(), loggerMiddlewareOptions);
} });
// node_modules/@aws-sdk/core/dist-es/submodules/client/middleware-recursion-detection/configuration.js
const recursionDetectionMiddlewareOptions = {
	step: "build",
	tags: ["RECURSION_DETECTION", "TRACE_CONTEXT_PROPAGATION"],
	name: "recursionDetectionMiddleware",
	override: true,
	priority: "low"
};
// node_modules/@aws/lambda-invoke-store/dist-es/invoke-store.js
const PROTECTED_KEYS = {
	REQUEST_ID: Symbol.for("_AWS_LAMBDA_REQUEST_ID"),
	X_RAY_TRACE_ID: Symbol.for("_AWS_LAMBDA_X_RAY_TRACE_ID"),
	TENANT_ID: Symbol.for("_AWS_LAMBDA_TENANT_ID"),
	TRACEPARENT: Symbol.for("_AWS_LAMBDA_TRACEPARENT"),
	TRACESTATE: Symbol.for("_AWS_LAMBDA_TRACESTATE"),
	BAGGAGE: Symbol.for("_AWS_LAMBDA_BAGGAGE")
};
const NO_GLOBAL_AWS_LAMBDA = ["true", "1"].includes(process.env?.AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA ?? "");
if (!NO_GLOBAL_AWS_LAMBDA) globalThis.awslambda = globalThis.awslambda || {};
var InvokeStoreBase = class {
	static PROTECTED_KEYS = PROTECTED_KEYS;
	isProtectedKey(key) {
		return Object.values(PROTECTED_KEYS).includes(key);
	}
	getRequestId() {
		return this.get(PROTECTED_KEYS.REQUEST_ID) ?? "-";
	}
	getXRayTraceId() {
		return this.get(PROTECTED_KEYS.X_RAY_TRACE_ID);
	}
	getTenantId() {
		return this.get(PROTECTED_KEYS.TENANT_ID);
	}
	getTraceparent() {
		return this.get(PROTECTED_KEYS.TRACEPARENT);
	}
	getTracestate() {
		return this.get(PROTECTED_KEYS.TRACESTATE);
	}
	getBaggage() {
		return this.get(PROTECTED_KEYS.BAGGAGE);
	}
};
var InvokeStoreSingle = class extends InvokeStoreBase {
	currentContext;
	getContext() {
		return this.currentContext;
	}
	hasContext() {
		return this.currentContext !== void 0;
	}
	get(key) {
		return this.currentContext?.[key];
	}
	set(key, value) {
		if (this.isProtectedKey(key)) throw new Error(`Cannot modify protected Lambda context field: ${String(key)}`);
		this.currentContext = this.currentContext || {};
		this.currentContext[key] = value;
	}
	run(context, fn) {
		this.currentContext = context;
		return fn();
	}
};
var InvokeStoreMulti = class InvokeStoreMulti extends InvokeStoreBase {
	als;
	static async create() {
		const instance = new InvokeStoreMulti();
		instance.als = new (await (Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 698, 19)))).AsyncLocalStorage();
		return instance;
	}
	getContext() {
		return this.als.getStore();
	}
	hasContext() {
		return this.als.getStore() !== void 0;
	}
	get(key) {
		return this.als.getStore()?.[key];
	}
	set(key, value) {
		if (this.isProtectedKey(key)) throw new Error(`Cannot modify protected Lambda context field: ${String(key)}`);
		const store = this.als.getStore();
		if (!store) throw new Error("No context available");
		store[key] = value;
	}
	run(context, fn) {
		return this.als.run(context, fn);
	}
};
var InvokeStore;
(function(InvokeStore) {
	let instance = null;
	async function getInstanceAsync(forceInvokeStoreMulti) {
		if (!instance) instance = (async () => {
			const newInstance = forceInvokeStoreMulti === true || "AWS_LAMBDA_MAX_CONCURRENCY" in process.env ? await InvokeStoreMulti.create() : new InvokeStoreSingle();
			if (!NO_GLOBAL_AWS_LAMBDA && globalThis.awslambda?.InvokeStore) return globalThis.awslambda.InvokeStore;
			else if (!NO_GLOBAL_AWS_LAMBDA && globalThis.awslambda) {
				globalThis.awslambda.InvokeStore = newInstance;
				return newInstance;
			} else return newInstance;
		})();
		return instance;
	}
	InvokeStore.getInstanceAsync = getInstanceAsync;
	InvokeStore._testing = process.env.AWS_LAMBDA_BENCHMARK_MODE === "1" ? { reset: () => {
		instance = null;
		if (globalThis.awslambda?.InvokeStore) delete globalThis.awslambda.InvokeStore;
		globalThis.awslambda = { InvokeStore: void 0 };
	} } : void 0;
})(InvokeStore || (InvokeStore = {}));
// node_modules/@aws-sdk/core/dist-es/submodules/client/middleware-recursion-detection/recursionDetectionMiddleware.js
const AWS_LAMBDA_FUNCTION_NAME = "AWS_LAMBDA_FUNCTION_NAME";
const _X_AMZN_TRACE_ID = "_X_AMZN_TRACE_ID";
const X_AMZN_TRACE_ID = "X-Amzn-Trace-Id";
const TRACEPARENT = "traceparent";
const TRACESTATE = "tracestate";
const BAGGAGE = "baggage";
const recursionDetectionMiddleware = () => (next) => async (args) => {
	const { request } = args;
	if (!httpRequest_xDbkZc54.t.isInstance(request)) return next(args);
	let invokeStore;
	{
		const traceIdHeader = Object.keys(request.headers ?? {}).find((h) => h.toLowerCase() === X_AMZN_TRACE_ID.toLowerCase()) ?? X_AMZN_TRACE_ID;
		if (!request.headers.hasOwnProperty(traceIdHeader)) {
			const functionName = process.env[AWS_LAMBDA_FUNCTION_NAME];
			const traceIdFromEnv = process.env[_X_AMZN_TRACE_ID];
			invokeStore ??= await InvokeStore.getInstanceAsync();
			const traceId = invokeStore?.getXRayTraceId() ?? traceIdFromEnv;
			const nonEmptyString = (str) => typeof str === "string" && str.length > 0;
			if (nonEmptyString(functionName) && nonEmptyString(traceId)) request.headers[X_AMZN_TRACE_ID] = traceId;
		}
	}
	sanitizeTraceHeaders(request.headers);
	if (!request.headers[TRACEPARENT]) {
		const traceparent = (invokeStore ??= await InvokeStore.getInstanceAsync())?.getTraceparent?.();
		if (traceparent) {
			request.headers[TRACEPARENT] = traceparent;
			const tracestate = invokeStore?.getTracestate?.();
			if (tracestate) request.headers[TRACESTATE] = tracestate;
			const baggage = invokeStore?.getBaggage?.();
			if (baggage) request.headers[BAGGAGE] = baggage;
		}
	}
	return next(args);
};
function sanitizeTraceHeaders(headers) {
	for (const header of Object.keys(headers)) {
		const lower = header.toLowerCase();
		if (header !== lower && (lower === TRACEPARENT || lower === TRACESTATE || lower === BAGGAGE)) {
			headers[lower] = headers[header];
			delete headers[header];
		}
	}
}
// node_modules/@aws-sdk/core/dist-es/submodules/client/middleware-recursion-detection/getRecursionDetectionPlugin.js
const getRecursionDetectionPlugin = (options) => ({ applyToStack: (clientStack) => {
	clientStack.add(recursionDetectionMiddleware(), recursionDetectionMiddlewareOptions);
} });
// node_modules/@smithy/core/dist-es/legacy-root-exports/middleware-http-auth-scheme/resolveAuthOptions.js
const resolveAuthOptions = (candidateAuthOptions, authSchemePreference) => {
	if (!authSchemePreference || authSchemePreference.length === 0) return candidateAuthOptions;
	const preferredAuthOptions = [];
	for (const preferredSchemeName of authSchemePreference) for (const candidateAuthOption of candidateAuthOptions) if (candidateAuthOption.schemeId.split("#")[1] === preferredSchemeName) preferredAuthOptions.push(candidateAuthOption);
	for (const candidateAuthOption of candidateAuthOptions) if (!preferredAuthOptions.find(({ schemeId }) => schemeId === candidateAuthOption.schemeId)) preferredAuthOptions.push(candidateAuthOption);
	return preferredAuthOptions;
};
// node_modules/@smithy/core/dist-es/legacy-root-exports/middleware-http-auth-scheme/httpAuthSchemeMiddleware.js
function convertHttpAuthSchemesToMap(httpAuthSchemes) {
	const map = /* @__PURE__ */ new Map();
	for (const scheme of httpAuthSchemes) map.set(scheme.schemeId, scheme);
	return map;
}
const httpAuthSchemeMiddleware = (config, mwOptions) => (next, context) => async (args) => {
	const options = config.httpAuthSchemeProvider(await mwOptions.httpAuthSchemeParametersProvider(config, context, args.input));
	const authSchemePreference = config.authSchemePreference ? await config.authSchemePreference() : [];
	const resolvedOptions = resolveAuthOptions(options, authSchemePreference);
	const authSchemes = convertHttpAuthSchemesToMap(config.httpAuthSchemes);
	const smithyContext = getSmithyContext(context);
	const failureReasons = [];
	for (const option of resolvedOptions) {
		const scheme = authSchemes.get(option.schemeId);
		if (!scheme) {
			failureReasons.push(`HttpAuthScheme \`${option.schemeId}\` was not enabled for this service.`);
			continue;
		}
		const identityProvider = scheme.identityProvider(await mwOptions.identityProviderConfigProvider(config));
		if (!identityProvider) {
			failureReasons.push(`HttpAuthScheme \`${option.schemeId}\` did not have an IdentityProvider configured.`);
			continue;
		}
		const { identityProperties = {}, signingProperties = {} } = option.propertiesExtractor?.(config, context) || {};
		option.identityProperties = Object.assign(option.identityProperties || {}, identityProperties);
		option.signingProperties = Object.assign(option.signingProperties || {}, signingProperties);
		smithyContext.selectedHttpAuthScheme = {
			httpAuthOption: option,
			identity: await identityProvider(option.identityProperties),
			signer: scheme.signer
		};
		break;
	}
	if (!smithyContext.selectedHttpAuthScheme) throw new Error(failureReasons.join("\n"));
	return next(args);
};
// node_modules/@smithy/core/dist-es/legacy-root-exports/middleware-http-auth-scheme/getHttpAuthSchemeEndpointRuleSetPlugin.js
const httpAuthSchemeEndpointRuleSetMiddlewareOptions = {
	step: "serialize",
	tags: ["HTTP_AUTH_SCHEME"],
	name: "httpAuthSchemeMiddleware",
	override: true,
	relation: "before",
	toMiddleware: "endpointV2Middleware"
};
const getHttpAuthSchemeEndpointRuleSetPlugin = (config, { httpAuthSchemeParametersProvider, identityProviderConfigProvider }) => ({ applyToStack: (clientStack) => {
	clientStack.addRelativeTo(httpAuthSchemeMiddleware(config, {
		httpAuthSchemeParametersProvider,
		identityProviderConfigProvider
	}), httpAuthSchemeEndpointRuleSetMiddlewareOptions);
} });
// node_modules/@smithy/core/dist-es/legacy-root-exports/middleware-http-signing/httpSigningMiddleware.js
const defaultErrorHandler = (signingProperties) => (error) => {
	throw error;
};
const defaultSuccessHandler = (httpResponse, signingProperties) => {};
const httpSigningMiddleware = (config) => (next, context) => async (args) => {
	if (!httpRequest_xDbkZc54.t.isInstance(args.request)) return next(args);
	const scheme = getSmithyContext(context).selectedHttpAuthScheme;
	if (!scheme) throw new Error(`No HttpAuthScheme was selected: unable to sign request`);
	const { httpAuthOption: { signingProperties = {} }, identity, signer } = scheme;
	const output = await next({
		...args,
		request: await signer.sign(args.request, identity, signingProperties)
	}).catch((signer.errorHandler || defaultErrorHandler)(signingProperties));
	(signer.successHandler || defaultSuccessHandler)(output.response, signingProperties);
	return output;
};
// node_modules/@smithy/core/dist-es/legacy-root-exports/middleware-http-signing/getHttpSigningMiddleware.js
const httpSigningMiddlewareOptions = {
	step: "finalizeRequest",
	tags: ["HTTP_SIGNING"],
	name: "httpSigningMiddleware",
	aliases: [
		"apiKeyMiddleware",
		"tokenMiddleware",
		"awsAuthMiddleware"
	],
	override: true,
	relation: "after",
	toMiddleware: "retryMiddleware"
};
const getHttpSigningPlugin = (config) => ({ applyToStack: (clientStack) => {
	clientStack.addRelativeTo(httpSigningMiddleware(config), httpSigningMiddlewareOptions);
} });
// node_modules/@smithy/core/dist-es/normalizeProvider.js
const normalizeProvider = (input) => {
	if (typeof input === "function") return input;
	const promisified = Promise.resolve(input);
	return () => promisified;
};
// node_modules/@smithy/core/dist-es/legacy-root-exports/util-identity-and-auth/DefaultIdentityProviderConfig.js
var DefaultIdentityProviderConfig = class {
	authSchemes = /* @__PURE__ */ new Map();
	constructor(config) {
		for (const key in config) {
			if (!(0,hex_encoding_Bc8B5uu7.r)(config, key)) continue;
			const value = config[key];
			if (value !== void 0) this.authSchemes.set(key, value);
		}
	}
	getIdentityProvider(schemeId) {
		return this.authSchemes.get(schemeId);
	}
};
// node_modules/@smithy/core/dist-es/legacy-root-exports/util-identity-and-auth/memoizeIdentityProvider.js
const createIsIdentityExpiredFunction = (expirationMs) => function isIdentityExpired(identity) {
	return doesIdentityRequireRefresh(identity) && identity.expiration.getTime() - Date.now() < expirationMs;
};
const isIdentityExpired = createIsIdentityExpiredFunction(3e5);
const doesIdentityRequireRefresh = (identity) => identity.expiration !== void 0;
const memoizeIdentityProvider = (provider, isExpired, requiresRefresh) => {
	if (provider === void 0) return;
	const normalizedProvider = typeof provider !== "function" ? async () => Promise.resolve(provider) : provider;
	let resolved;
	let pending;
	let hasResult;
	let isConstant = false;
	const coalesceProvider = async (options) => {
		if (!pending) pending = normalizedProvider(options);
		try {
			resolved = await pending;
			hasResult = true;
			isConstant = false;
		} finally {
			pending = void 0;
		}
		return resolved;
	};
	if (isExpired === void 0) return async (options) => {
		if (!hasResult || options?.forceRefresh) resolved = await coalesceProvider(options);
		return resolved;
	};
	return async (options) => {
		if (!hasResult || options?.forceRefresh) resolved = await coalesceProvider(options);
		if (isConstant) return resolved;
		if (!requiresRefresh(resolved)) {
			isConstant = true;
			return resolved;
		}
		if (isExpired(resolved)) {
			await coalesceProvider(options);
			return resolved;
		}
		return resolved;
	};
};
function isValidUserAgentAppId(appId) {
	if (appId === void 0) return true;
	return typeof appId === "string" && appId.length <= 50;
}
function resolveUserAgentConfig(input) {
	const normalizedAppIdProvider = normalizeProvider(input.userAgentAppId ?? void 0);
	const { customUserAgent } = input;
	return Object.assign(input, {
		customUserAgent: typeof customUserAgent === "string" ? [[customUserAgent]] : customUserAgent,
		userAgentAppId: async () => {
			const appId = await normalizedAppIdProvider();
			if (!isValidUserAgentAppId(appId)) {
				const logger = input.logger?.constructor?.name === "NoOpLogger" || !input.logger ? console : input.logger;
				if (typeof appId !== "string") logger?.warn("userAgentAppId must be a string or undefined.");
				else if (appId.length > 50) logger?.warn("The provided userAgentAppId exceeds the maximum length of 50 characters.");
			}
			return appId;
		}
	});
}
// node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partition.js
let selectedPartitionsInfo = {
	"partitions": [
		{
			"id": "aws",
			"outputs": {
				"dnsSuffix": "amazonaws.com",
				"dualStackDnsSuffix": "api.aws",
				"implicitGlobalRegion": "us-east-1",
				"name": "aws",
				"supportsDualStack": true,
				"supportsFIPS": true
			},
			"regionRegex": "^(us|eu|ap|sa|ca|me|af|il|mx)\\-\\w+\\-\\d+$",
			"regions": {
				"af-south-1": { "description": "Africa (Cape Town)" },
				"ap-east-1": { "description": "Asia Pacific (Hong Kong)" },
				"ap-east-2": { "description": "Asia Pacific (Taipei)" },
				"ap-northeast-1": { "description": "Asia Pacific (Tokyo)" },
				"ap-northeast-2": { "description": "Asia Pacific (Seoul)" },
				"ap-northeast-3": { "description": "Asia Pacific (Osaka)" },
				"ap-south-1": { "description": "Asia Pacific (Mumbai)" },
				"ap-south-2": { "description": "Asia Pacific (Hyderabad)" },
				"ap-southeast-1": { "description": "Asia Pacific (Singapore)" },
				"ap-southeast-2": { "description": "Asia Pacific (Sydney)" },
				"ap-southeast-3": { "description": "Asia Pacific (Jakarta)" },
				"ap-southeast-4": { "description": "Asia Pacific (Melbourne)" },
				"ap-southeast-5": { "description": "Asia Pacific (Malaysia)" },
				"ap-southeast-6": { "description": "Asia Pacific (New Zealand)" },
				"ap-southeast-7": { "description": "Asia Pacific (Thailand)" },
				"aws-global": { "description": "aws global region" },
				"ca-central-1": { "description": "Canada (Central)" },
				"ca-west-1": { "description": "Canada West (Calgary)" },
				"eu-central-1": { "description": "Europe (Frankfurt)" },
				"eu-central-2": { "description": "Europe (Zurich)" },
				"eu-north-1": { "description": "Europe (Stockholm)" },
				"eu-south-1": { "description": "Europe (Milan)" },
				"eu-south-2": { "description": "Europe (Spain)" },
				"eu-west-1": { "description": "Europe (Ireland)" },
				"eu-west-2": { "description": "Europe (London)" },
				"eu-west-3": { "description": "Europe (Paris)" },
				"il-central-1": { "description": "Israel (Tel Aviv)" },
				"me-central-1": { "description": "Middle East (UAE)" },
				"me-south-1": { "description": "Middle East (Bahrain)" },
				"me-west-1": { "description": "Middle East (Saudi Arabia)" },
				"mx-central-1": { "description": "Mexico (Central)" },
				"sa-east-1": { "description": "South America (Sao Paulo)" },
				"sa-west-1": { "description": "South America (Chile)" },
				"us-east-1": { "description": "US East (N. Virginia)" },
				"us-east-2": { "description": "US East (Ohio)" },
				"us-west-1": { "description": "US West (N. California)" },
				"us-west-2": { "description": "US West (Oregon)" }
			}
		},
		{
			"id": "aws-cn",
			"outputs": {
				"dnsSuffix": "amazonaws.com.cn",
				"dualStackDnsSuffix": "api.amazonwebservices.com.cn",
				"implicitGlobalRegion": "cn-northwest-1",
				"name": "aws-cn",
				"supportsDualStack": true,
				"supportsFIPS": true
			},
			"regionRegex": "^cn\\-\\w+\\-\\d+$",
			"regions": {
				"aws-cn-global": { "description": "aws-cn global region" },
				"cn-north-1": { "description": "China (Beijing)" },
				"cn-northwest-1": { "description": "China (Ningxia)" }
			}
		},
		{
			"id": "aws-eusc",
			"outputs": {
				"dnsSuffix": "amazonaws.eu",
				"dualStackDnsSuffix": "api.amazonwebservices.eu",
				"implicitGlobalRegion": "eusc-de-east-1",
				"name": "aws-eusc",
				"supportsDualStack": true,
				"supportsFIPS": true
			},
			"regionRegex": "^eusc\\-(de)\\-\\w+\\-\\d+$",
			"regions": { "eusc-de-east-1": { "description": "AWS European Sovereign Cloud (Germany)" } }
		},
		{
			"id": "aws-iso",
			"outputs": {
				"dnsSuffix": "c2s.ic.gov",
				"dualStackDnsSuffix": "api.aws.ic.gov",
				"implicitGlobalRegion": "us-iso-east-1",
				"name": "aws-iso",
				"supportsDualStack": true,
				"supportsFIPS": true
			},
			"regionRegex": "^us\\-iso\\-\\w+\\-\\d+$",
			"regions": {
				"aws-iso-global": { "description": "aws-iso global region" },
				"us-iso-east-1": { "description": "US ISO East" },
				"us-iso-west-1": { "description": "US ISO WEST" }
			}
		},
		{
			"id": "aws-iso-b",
			"outputs": {
				"dnsSuffix": "sc2s.sgov.gov",
				"dualStackDnsSuffix": "api.aws.scloud",
				"implicitGlobalRegion": "us-isob-east-1",
				"name": "aws-iso-b",
				"supportsDualStack": true,
				"supportsFIPS": true
			},
			"regionRegex": "^us\\-isob\\-\\w+\\-\\d+$",
			"regions": {
				"aws-iso-b-global": { "description": "aws-iso-b global region" },
				"us-isob-east-1": { "description": "US ISOB East (Ohio)" },
				"us-isob-west-1": { "description": "US ISOB West" }
			}
		},
		{
			"id": "aws-iso-e",
			"outputs": {
				"dnsSuffix": "cloud.adc-e.uk",
				"dualStackDnsSuffix": "api.cloud-aws.adc-e.uk",
				"implicitGlobalRegion": "eu-isoe-west-1",
				"name": "aws-iso-e",
				"supportsDualStack": true,
				"supportsFIPS": true
			},
			"regionRegex": "^eu\\-isoe\\-\\w+\\-\\d+$",
			"regions": {
				"aws-iso-e-global": { "description": "aws-iso-e global region" },
				"eu-isoe-west-1": { "description": "EU ISOE West" }
			}
		},
		{
			"id": "aws-iso-f",
			"outputs": {
				"dnsSuffix": "csp.hci.ic.gov",
				"dualStackDnsSuffix": "api.aws.hci.ic.gov",
				"implicitGlobalRegion": "us-isof-south-1",
				"name": "aws-iso-f",
				"supportsDualStack": true,
				"supportsFIPS": true
			},
			"regionRegex": "^us\\-isof\\-\\w+\\-\\d+$",
			"regions": {
				"aws-iso-f-global": { "description": "aws-iso-f global region" },
				"us-isof-east-1": { "description": "US ISOF EAST" },
				"us-isof-south-1": { "description": "US ISOF SOUTH" }
			}
		},
		{
			"id": "aws-us-gov",
			"outputs": {
				"dnsSuffix": "amazonaws.com",
				"dualStackDnsSuffix": "api.aws",
				"implicitGlobalRegion": "us-gov-west-1",
				"name": "aws-us-gov",
				"supportsDualStack": true,
				"supportsFIPS": true
			},
			"regionRegex": "^us\\-gov\\-\\w+\\-\\d+$",
			"regions": {
				"aws-us-gov-global": { "description": "aws-us-gov global region" },
				"us-gov-east-1": { "description": "AWS GovCloud (US-East)" },
				"us-gov-west-1": { "description": "AWS GovCloud (US-West)" }
			}
		}
	],
	"version": "1.1"
};
let selectedUserAgentPrefix = "";
const partition = (value) => {
	const { partitions } = selectedPartitionsInfo;
	for (const partition of partitions) {
		const { regions, outputs } = partition;
		for (const [region, regionData] of Object.entries(regions)) if (region === value) return {
			...outputs,
			...regionData
		};
	}
	for (const partition of partitions) {
		const { regionRegex, outputs } = partition;
		if (new RegExp(regionRegex).test(value)) return { ...outputs };
	}
	const DEFAULT_PARTITION = partitions.find((partition) => partition.id === "aws");
	if (!DEFAULT_PARTITION) throw new Error("Provided region was not found in the partition array or regex, and default partition with id 'aws' doesn't exist.");
	return { ...DEFAULT_PARTITION.outputs };
};
const getUserAgentPrefix = () => selectedUserAgentPrefix;
// node_modules/@smithy/core/dist-es/submodules/retry/middleware-retry/isStreamingPayload/isStreamingPayload.js
const isStreamingPayload = (request) => request?.body instanceof external_node_stream_.Readable || typeof ReadableStream !== "undefined" && request?.body instanceof ReadableStream;
// node_modules/@smithy/core/dist-es/submodules/retry/service-error-classification/constants.js
const THROTTLING_ERROR_CODES = [
	"BandwidthLimitExceeded",
	"EC2ThrottledException",
	"LimitExceededException",
	"PriorRequestNotComplete",
	"ProvisionedThroughputExceededException",
	"RequestLimitExceeded",
	"RequestThrottled",
	"RequestThrottledException",
	"SlowDown",
	"ThrottledException",
	"Throttling",
	"ThrottlingException",
	"TooManyRequestsException",
	"TransactionInProgressException"
];
const TRANSIENT_ERROR_CODES = [
	"TimeoutError",
	"RequestTimeout",
	"RequestTimeoutException"
];
const TRANSIENT_ERROR_STATUS_CODES = [
	500,
	502,
	503,
	504
];
const NODEJS_TIMEOUT_ERROR_CODES = [
	"ECONNRESET",
	"ECONNREFUSED",
	"EPIPE",
	"ETIMEDOUT"
];
const NODEJS_NETWORK_ERROR_CODES = [
	"EHOSTUNREACH",
	"ENETUNREACH",
	"ENOTFOUND",
	"EAI_AGAIN"
];
// node_modules/@smithy/core/dist-es/submodules/retry/service-error-classification/service-error-classification.js
const isRetryableByTrait = (error) => error?.$retryable !== void 0;
const isClockSkewCorrectedError = (error) => error.$metadata?.clockSkewCorrected;
const isBrowserNetworkError = (error) => {
	const errorMessages = /* @__PURE__ */ new Set([
		"Failed to fetch",
		"NetworkError when attempting to fetch resource",
		"The Internet connection appears to be offline",
		"Load failed",
		"Network request failed"
	]);
	if (!(error && error instanceof TypeError)) return false;
	return errorMessages.has(error.message);
};
const isThrottlingError = (error) => error.$metadata?.httpStatusCode === 429 || THROTTLING_ERROR_CODES.includes(error.name) || error.$retryable?.throttling == true;
const isTransientError = (error, depth = 0) => error?.name !== "AbortError" && (isRetryableByTrait(error) || isClockSkewCorrectedError(error) || error.name === "InvalidSignatureException" && error.message?.includes("Signature expired") || TRANSIENT_ERROR_CODES.includes(error.name) || NODEJS_TIMEOUT_ERROR_CODES.includes(error?.code || "") || NODEJS_NETWORK_ERROR_CODES.includes(error?.code || "") || TRANSIENT_ERROR_STATUS_CODES.includes(error.$metadata?.httpStatusCode || 0) || isBrowserNetworkError(error) || isNodeJsHttp2TransientError(error) || error.cause !== void 0 && depth <= 10 && isTransientError(error.cause, depth + 1));
const isServerError = (error) => {
	if (error.$metadata?.httpStatusCode !== void 0) {
		const statusCode = error.$metadata.httpStatusCode;
		if (500 <= statusCode && statusCode <= 599 && !isTransientError(error)) return true;
		return false;
	}
	return false;
};
function isNodeJsHttp2TransientError(error) {
	return error.code === "ERR_HTTP2_STREAM_ERROR" && error.message.includes("NGHTTP2_REFUSED_STREAM");
}
// node_modules/@smithy/core/dist-es/submodules/retry/util-retry/race.js
const race = (promise, signal) => {
	if (!signal) return promise;
	let cleanup = () => {};
	const aborted = new Promise((_, reject) => {
		const handler = () => reject(createAbortError());
		if (signal.aborted) handler();
		else if (typeof signal.addEventListener === "function") {
			signal.addEventListener("abort", handler, { once: true });
			cleanup = () => signal.removeEventListener("abort", handler);
		} else signal.onabort = handler;
	});
	return Promise.race([promise, aborted]).finally(cleanup);
};
const createAbortError = () => Object.assign(/* @__PURE__ */ new Error("Request aborted"), { name: "AbortError" });
const isAbortError = (error) => typeof error === "object" && error !== null && "name" in error && error.name === "AbortError";
// node_modules/@smithy/core/dist-es/submodules/retry/util-retry/constants.js
const MAXIMUM_RETRY_DELAY = 2e4;
const INVOCATION_ID_HEADER = "amz-sdk-invocation-id";
const REQUEST_HEADER = "amz-sdk-request";
// node_modules/@smithy/core/dist-es/submodules/retry/middleware-retry/parseRetryAfterHeader.js
function parseRetryAfterHeader(response, logger) {
	if (!node_http_handler_BMbmsy_c.d.isInstance(response)) return;
	for (const header in response.headers) {
		if (!(0,hex_encoding_Bc8B5uu7.r)(response.headers, header)) continue;
		const h = header.toLowerCase();
		if (h === "retry-after") {
			const retryAfter = response.headers[header];
			let retryAfterSeconds = NaN;
			if (retryAfter.endsWith("GMT")) try {
				retryAfterSeconds = ((0,node_http_handler_BMbmsy_c.u)(retryAfter).getTime() - Date.now()) / 1e3;
			} catch (e) {
				logger?.trace?.("Failed to parse retry-after header");
				logger?.trace?.(e);
			}
			else if (retryAfter.match(/ GMT, ((\d+)|(\d+\.\d+))$/)) retryAfterSeconds = Number(retryAfter.match(/ GMT, ([\d.]+)$/)?.[1]);
			else if (retryAfter.match(/^((\d+)|(\d+\.\d+))$/)) retryAfterSeconds = Number(retryAfter);
			else if (Date.parse(retryAfter) >= Date.now()) retryAfterSeconds = (Date.parse(retryAfter) - Date.now()) / 1e3;
			if (isNaN(retryAfterSeconds)) return;
			return new Date(Date.now() + retryAfterSeconds * 1e3);
		} else if (h === "x-amz-retry-after") {
			const v = response.headers[header];
			const backoffMilliseconds = Number(v);
			if (isNaN(backoffMilliseconds)) {
				logger?.trace?.(`Failed to parse x-amz-retry-after=${v}`);
				return;
			}
			return new Date(Date.now() + backoffMilliseconds);
		}
	}
}
// node_modules/@smithy/core/dist-es/submodules/retry/middleware-retry/util.js
const asSdkError = (error) => {
	if (error instanceof Error) return error;
	if (error instanceof Object) return Object.assign(/* @__PURE__ */ new Error(), error);
	if (typeof error === "string") return new Error(error);
	return /* @__PURE__ */ new Error(`AWS SDK error wrapper for ${error}`);
};
// node_modules/@smithy/core/dist-es/submodules/retry/middleware-retry/retryMiddleware.js
function bindRetryMiddleware(isStreamingPayload) {
	return (options) => (next, context) => async (args) => {
		let retryStrategy = await options.retryStrategy();
		const maxAttempts = await options.maxAttempts();
		const abortSignal = context[SMITHY_CONTEXT_KEY]?.abortSignal;
		if (isRetryStrategyV2(retryStrategy)) {
			retryStrategy = retryStrategy;
			const retryTokenScope = (context["partition_id"] ?? "") + (context.__retryLongPoll ? ":longpoll" : "");
			let retryToken = await race(retryStrategy.acquireInitialRetryToken(retryTokenScope), abortSignal);
			let lastError = /* @__PURE__ */ new Error();
			let attempts = 0;
			let totalRetryDelay = 0;
			const { request } = args;
			const isRequest = httpRequest_xDbkZc54.t.isInstance(request);
			if (isRequest) request.headers[INVOCATION_ID_HEADER] = v4();
			while (true) try {
				if (isRequest) request.headers[REQUEST_HEADER] = `attempt=${attempts + 1}; max=${maxAttempts}`;
				const { response, output } = await next(args);
				retryStrategy.recordSuccess(retryToken);
				output.$metadata.attempts = attempts + 1;
				output.$metadata.totalRetryDelay = totalRetryDelay;
				return {
					response,
					output
				};
			} catch (e) {
				const retryErrorInfo = getRetryErrorInfo(e, options.logger);
				lastError = asSdkError(e);
				if (isRequest && isStreamingPayload(request)) {
					(context.logger instanceof NoOpLogger ? console : context.logger)?.warn("An error was encountered in a non-retryable streaming request.");
					throw lastError;
				}
				try {
					retryToken = await race(retryStrategy.refreshRetryTokenForRetry(retryToken, retryErrorInfo), abortSignal);
				} catch (refreshError) {
					if (abortSignal?.aborted && isAbortError(refreshError)) throw refreshError;
					if (!lastError.$metadata) lastError.$metadata = {};
					lastError.$metadata.attempts = attempts + 1;
					lastError.$metadata.totalRetryDelay = totalRetryDelay;
					throw lastError;
				}
				attempts = retryToken.getRetryCount();
				const delay = retryToken.getRetryDelay();
				totalRetryDelay += (retryToken?.$retryLog?.acquisitionDelay ?? 0) + delay;
				if (delay > 0) await race(new Promise((resolve) => setTimeout(resolve, delay)), abortSignal);
			}
		} else {
			retryStrategy = retryStrategy;
			if (retryStrategy?.mode) context.userAgent = [...context.userAgent || [], ["cfg/retry-mode", retryStrategy.mode]];
			return retryStrategy.retry(next, args);
		}
	};
}
const isRetryStrategyV2 = (retryStrategy) => typeof retryStrategy.acquireInitialRetryToken !== "undefined" && typeof retryStrategy.refreshRetryTokenForRetry !== "undefined" && typeof retryStrategy.recordSuccess !== "undefined";
const getRetryErrorInfo = (error, logger) => {
	const errorInfo = {
		error,
		errorType: getRetryErrorType(error)
	};
	const retryAfterHint = parseRetryAfterHeader(error.$response, logger);
	if (retryAfterHint) errorInfo.retryAfterHint = retryAfterHint;
	return errorInfo;
};
const getRetryErrorType = (error) => {
	if (isThrottlingError(error)) return "THROTTLING";
	if (isTransientError(error)) return "TRANSIENT";
	if (isServerError(error)) return "SERVER_ERROR";
	return "CLIENT_ERROR";
};
const retryMiddlewareOptions = {
	name: "retryMiddleware",
	tags: ["RETRY"],
	step: "finalizeRequest",
	priority: "high",
	override: true
};
function bindGetRetryPlugin(isStreamingPayload) {
	const retryMiddleware = bindRetryMiddleware(isStreamingPayload);
	return (options) => ({ applyToStack: (clientStack) => {
		clientStack.add(retryMiddleware(options), retryMiddlewareOptions);
	} });
}
// node_modules/@smithy/core/dist-es/submodules/retry/util-retry/DefaultRateLimiter.js
var DefaultRateLimiter = class DefaultRateLimiter {
	static setTimeoutFn = (fn, delay) => setTimeout(fn, delay);
	beta;
	minCapacity;
	minFillRate;
	scaleConstant;
	smooth;
	enabled = false;
	availableTokens = 0;
	lastMaxRate = 0;
	measuredTxRate = 0;
	requestCount = 0;
	fillRate;
	lastThrottleTime;
	lastTimestamp = 0;
	lastTxRateBucket;
	maxCapacity;
	timeWindow = 0;
	constructor(options) {
		this.beta = options?.beta ?? .7;
		this.minCapacity = options?.minCapacity ?? 1;
		this.minFillRate = options?.minFillRate ?? .5;
		this.scaleConstant = options?.scaleConstant ?? .4;
		this.smooth = options?.smooth ?? .8;
		this.lastThrottleTime = this.getCurrentTimeInSeconds();
		this.lastTxRateBucket = Math.floor(this.getCurrentTimeInSeconds());
		this.fillRate = this.minFillRate;
		this.maxCapacity = this.minCapacity;
	}
	async getSendToken() {
		return this.acquireTokenBucket(1);
	}
	updateClientSendingRate(response) {
		let calculatedRate;
		this.updateMeasuredRate();
		const retryErrorInfo = response;
		if (retryErrorInfo?.errorType === "THROTTLING" || isThrottlingError(retryErrorInfo?.error ?? response)) {
			const rateToUse = !this.enabled ? this.measuredTxRate : Math.min(this.measuredTxRate, this.fillRate);
			this.lastMaxRate = rateToUse;
			this.calculateTimeWindow();
			this.lastThrottleTime = this.getCurrentTimeInSeconds();
			calculatedRate = this.cubicThrottle(rateToUse);
			this.enableTokenBucket();
		} else {
			this.calculateTimeWindow();
			calculatedRate = this.cubicSuccess(this.getCurrentTimeInSeconds());
		}
		const newRate = Math.min(calculatedRate, 2 * this.measuredTxRate);
		this.updateTokenBucketRate(newRate);
	}
	getCurrentTimeInSeconds() {
		return Date.now() / 1e3;
	}
	async acquireTokenBucket(amount) {
		if (!this.enabled) return;
		this.refillTokenBucket();
		while (amount > this.availableTokens) {
			const delay = (amount - this.availableTokens) / this.fillRate * 1e3;
			await new Promise((resolve) => DefaultRateLimiter.setTimeoutFn(resolve, delay));
			this.refillTokenBucket();
		}
		this.availableTokens = this.availableTokens - amount;
	}
	refillTokenBucket() {
		const timestamp = this.getCurrentTimeInSeconds();
		if (!this.lastTimestamp) {
			this.lastTimestamp = timestamp;
			return;
		}
		const fillAmount = (timestamp - this.lastTimestamp) * this.fillRate;
		this.availableTokens = Math.min(this.maxCapacity, this.availableTokens + fillAmount);
		this.lastTimestamp = timestamp;
	}
	calculateTimeWindow() {
		this.timeWindow = this.getPrecise(Math.pow(this.lastMaxRate * (1 - this.beta) / this.scaleConstant, 1 / 3));
	}
	cubicThrottle(rateToUse) {
		return this.getPrecise(rateToUse * this.beta);
	}
	cubicSuccess(timestamp) {
		return this.getPrecise(this.scaleConstant * Math.pow(timestamp - this.lastThrottleTime - this.timeWindow, 3) + this.lastMaxRate);
	}
	enableTokenBucket() {
		this.enabled = true;
	}
	updateTokenBucketRate(newRate) {
		this.refillTokenBucket();
		this.fillRate = Math.max(newRate, this.minFillRate);
		this.maxCapacity = Math.max(newRate, this.minCapacity);
		this.availableTokens = Math.min(this.availableTokens, this.maxCapacity);
	}
	updateMeasuredRate() {
		const t = this.getCurrentTimeInSeconds();
		const timeBucket = Math.floor(t * 2) / 2;
		this.requestCount++;
		if (timeBucket > this.lastTxRateBucket) {
			const currentRate = this.requestCount / (timeBucket - this.lastTxRateBucket);
			this.measuredTxRate = this.getPrecise(currentRate * this.smooth + this.measuredTxRate * (1 - this.smooth));
			this.requestCount = 0;
			this.lastTxRateBucket = timeBucket;
		}
	}
	getPrecise(num) {
		return parseFloat(num.toFixed(8));
	}
};
// node_modules/@smithy/core/dist-es/submodules/retry/util-retry/retries-2026-config.js
var Retry = class {
	static v2026 = true;
	static delay() {
		return 50;
	}
	static throttlingDelay() {
		return 1e3;
	}
	static cost() {
		return 14;
	}
	static throttlingCost() {
		return 5;
	}
	static modifiedCostType() {
		return "THROTTLING";
	}
};
// node_modules/@smithy/core/dist-es/submodules/retry/util-retry/DefaultRetryBackoffStrategy.js
var DefaultRetryBackoffStrategy = class {
	x = Retry.delay();
	computeNextBackoffDelay(i) {
		const t_i = Math.random() * Math.min(this.x * 2 ** i, MAXIMUM_RETRY_DELAY);
		return Math.floor(t_i);
	}
	setDelayBase(delay) {
		this.x = delay;
	}
};
// node_modules/@smithy/core/dist-es/submodules/retry/util-retry/DefaultRetryToken.js
var DefaultRetryToken = class {
	delay;
	count;
	cost;
	longPoll;
	$retryLog = { acquisitionDelay: 0 };
	constructor(delay, count, cost, longPoll) {
		this.delay = delay;
		this.count = count;
		this.cost = cost;
		this.longPoll = longPoll;
	}
	getRetryCount() {
		return this.count;
	}
	getRetryDelay() {
		return Math.min(MAXIMUM_RETRY_DELAY, this.delay);
	}
	getRetryCost() {
		return this.cost;
	}
	isLongPoll() {
		return this.longPoll;
	}
};
// node_modules/@smithy/core/dist-es/submodules/retry/util-retry/config.js
var RETRY_MODES;
(function(RETRY_MODES) {
	RETRY_MODES["STANDARD"] = "standard";
	RETRY_MODES["ADAPTIVE"] = "adaptive";
})(RETRY_MODES || (RETRY_MODES = {}));
const DEFAULT_RETRY_MODE = RETRY_MODES.STANDARD;
// node_modules/@smithy/core/dist-es/submodules/retry/util-retry/StandardRetryStrategy.js
const refusal = {
	incompatible: 1,
	attempts: 2,
	capacity: 3
};
var StandardRetryStrategy = class {
	mode = RETRY_MODES.STANDARD;
	retryBackoffStrategy;
	capacity = 500;
	maxAttemptsProvider;
	baseDelay;
	constructor(arg1) {
		if (typeof arg1 === "number") this.maxAttemptsProvider = async () => arg1;
		else if (typeof arg1 === "function") this.maxAttemptsProvider = arg1;
		else if (arg1 && typeof arg1 === "object") {
			this.maxAttemptsProvider = async () => arg1.maxAttempts;
			this.baseDelay = arg1.baseDelay;
			this.retryBackoffStrategy = arg1.backoff;
		}
		this.maxAttemptsProvider ??= async () => 3;
		this.baseDelay ??= Retry.delay();
		this.retryBackoffStrategy ??= new DefaultRetryBackoffStrategy();
	}
	async acquireInitialRetryToken(retryTokenScope) {
		return new DefaultRetryToken(Retry.delay(), 0, void 0, retryTokenScope.includes(":longpoll"));
	}
	async refreshRetryTokenForRetry(token, errorInfo) {
		const maxAttempts = await this.getMaxAttempts();
		const retryCode = this.retryCode(token, errorInfo, maxAttempts);
		const shouldRetry = retryCode === 0;
		const isLongPoll = token.isLongPoll?.();
		if (shouldRetry || isLongPoll) {
			const errorType = errorInfo.errorType;
			this.retryBackoffStrategy.setDelayBase(errorType === "THROTTLING" ? Retry.throttlingDelay() : this.baseDelay);
			const delayFromErrorType = this.retryBackoffStrategy.computeNextBackoffDelay(token.getRetryCount());
			let retryDelay = delayFromErrorType;
			if (errorInfo.retryAfterHint instanceof Date) retryDelay = Math.max(delayFromErrorType, Math.min(errorInfo.retryAfterHint.getTime() - Date.now(), delayFromErrorType + 5e3));
			if (!shouldRetry) {
				const longPollBackoff = retryCode === refusal.capacity && isLongPoll ? retryDelay : 0;
				if (longPollBackoff > 0) await new Promise((r) => setTimeout(r, longPollBackoff));
			} else {
				const capacityCost = this.getCapacityCost(errorType);
				this.capacity -= capacityCost;
				const nextToken = new DefaultRetryToken(0, token.getRetryCount() + 1, capacityCost, token.isLongPoll?.() ?? false);
				await new Promise((r) => setTimeout(r, retryDelay));
				nextToken.$retryLog.acquisitionDelay = retryDelay;
				return nextToken;
			}
		}
		throw new Error("No retry token available");
	}
	recordSuccess(token) {
		this.capacity = Math.min(500, this.capacity + (token.getRetryCost() ?? 1));
	}
	getCapacity() {
		return this.capacity;
	}
	async maxAttempts() {
		return this.maxAttemptsProvider();
	}
	async getMaxAttempts() {
		try {
			return await this.maxAttemptsProvider();
		} catch (ignored) {
			console.warn(`Max attempts provider could not resolve. Using default of 3`);
			return 3;
		}
	}
	retryCode(tokenToRenew, errorInfo, maxAttempts) {
		const attempts = tokenToRenew.getRetryCount() + 1;
		const retryableStatus = this.isRetryableError(errorInfo.errorType) ? 0 : refusal.incompatible;
		const attemptStatus = attempts < maxAttempts ? 0 : refusal.attempts;
		const capacityStatus = this.capacity >= this.getCapacityCost(errorInfo.errorType) ? 0 : refusal.capacity;
		return retryableStatus || attemptStatus || capacityStatus;
	}
	getCapacityCost(errorType) {
		return errorType === Retry.modifiedCostType() ? Retry.throttlingCost() : Retry.cost();
	}
	isRetryableError(errorType) {
		return errorType === "THROTTLING" || errorType === "TRANSIENT";
	}
};
// node_modules/@smithy/core/dist-es/submodules/retry/util-retry/AdaptiveRetryStrategy.js
var AdaptiveRetryStrategy = class {
	mode = RETRY_MODES.ADAPTIVE;
	rateLimiter;
	standardRetryStrategy;
	constructor(maxAttemptsProvider, options) {
		const { rateLimiter } = options ?? {};
		this.rateLimiter = rateLimiter ?? new DefaultRateLimiter();
		this.standardRetryStrategy = options ? new StandardRetryStrategy({
			maxAttempts: typeof maxAttemptsProvider === "number" ? maxAttemptsProvider : 3,
			...options
		}) : new StandardRetryStrategy(maxAttemptsProvider);
	}
	async acquireInitialRetryToken(retryTokenScope) {
		const token = await this.standardRetryStrategy.acquireInitialRetryToken(retryTokenScope);
		await this.rateLimiter.getSendToken();
		return token;
	}
	async refreshRetryTokenForRetry(tokenToRenew, errorInfo) {
		this.rateLimiter.updateClientSendingRate(errorInfo);
		const token = await this.standardRetryStrategy.refreshRetryTokenForRetry(tokenToRenew, errorInfo);
		await this.rateLimiter.getSendToken();
		return token;
	}
	recordSuccess(token) {
		this.rateLimiter.updateClientSendingRate({});
		this.standardRetryStrategy.recordSuccess(token);
	}
	async maxAttemptsProvider() {
		return this.standardRetryStrategy.maxAttempts();
	}
};
// node_modules/@smithy/core/dist-es/submodules/retry/middleware-retry/configurations.js
const ENV_MAX_ATTEMPTS = "AWS_MAX_ATTEMPTS";
const CONFIG_MAX_ATTEMPTS = "max_attempts";
const NODE_MAX_ATTEMPT_CONFIG_OPTIONS = {
	environmentVariableSelector: (env) => {
		const value = env[ENV_MAX_ATTEMPTS];
		if (!value) return;
		const maxAttempt = parseInt(value);
		if (Number.isNaN(maxAttempt)) throw new Error(`Environment variable ${ENV_MAX_ATTEMPTS} mast be a number, got "${value}"`);
		return maxAttempt;
	},
	configFileSelector: (profile) => {
		const value = profile[CONFIG_MAX_ATTEMPTS];
		if (!value) return;
		const maxAttempt = parseInt(value);
		if (Number.isNaN(maxAttempt)) throw new Error(`Shared config file entry ${CONFIG_MAX_ATTEMPTS} mast be a number, got "${value}"`);
		return maxAttempt;
	},
	default: 3
};
const resolveRetryConfig = (input, defaults) => {
	const { retryStrategy, retryMode } = input;
	const { defaultMaxAttempts = 3, defaultBaseDelay = Retry.delay() } = defaults ?? {};
	const maxAttemptsProvider = normalizeProvider$1(input.maxAttempts ?? defaultMaxAttempts);
	let controller = retryStrategy ? Promise.resolve(retryStrategy) : void 0;
	const getDefault = async () => {
		const maxAttempts = await maxAttemptsProvider();
		if (await normalizeProvider$1(retryMode)() === RETRY_MODES.ADAPTIVE) return new AdaptiveRetryStrategy(maxAttemptsProvider, {
			maxAttempts,
			baseDelay: defaultBaseDelay
		});
		return new StandardRetryStrategy({
			maxAttempts,
			baseDelay: defaultBaseDelay
		});
	};
	return Object.assign(input, {
		maxAttempts: maxAttemptsProvider,
		retryStrategy: () => controller ??= getDefault()
	});
};
const ENV_RETRY_MODE = "AWS_RETRY_MODE";
const CONFIG_RETRY_MODE = "retry_mode";
const NODE_RETRY_MODE_CONFIG_OPTIONS = {
	environmentVariableSelector: (env) => env[ENV_RETRY_MODE],
	configFileSelector: (profile) => profile[CONFIG_RETRY_MODE],
	default: DEFAULT_RETRY_MODE
};
const getRetryPlugin = bindGetRetryPlugin(isStreamingPayload);
// node_modules/@aws-sdk/core/dist-es/submodules/client/middleware-user-agent/check-features.js
const ACCOUNT_ID_ENDPOINT_REGEX = /\d{12}\.ddb/;
async function checkFeatures(context, config, args) {
	if (args.request?.headers?.["smithy-protocol"] === "rpc-v2-cbor") setFeature(context, "PROTOCOL_RPC_V2_CBOR", "M");
	if (typeof config.retryStrategy === "function") {
		const retryStrategy = await config.retryStrategy();
		if (typeof retryStrategy.mode === "string") switch (retryStrategy.mode) {
			case RETRY_MODES.ADAPTIVE:
				setFeature(context, "RETRY_MODE_ADAPTIVE", "F");
				break;
			case RETRY_MODES.STANDARD: setFeature(context, "RETRY_MODE_STANDARD", "E");
		}
	}
	if (typeof config.accountIdEndpointMode === "function") {
		const endpointV2 = context.endpointV2;
		if (String(endpointV2?.url?.hostname).match(ACCOUNT_ID_ENDPOINT_REGEX)) setFeature(context, "ACCOUNT_ID_ENDPOINT", "O");
		switch (await config.accountIdEndpointMode?.()) {
			case "disabled":
				setFeature(context, "ACCOUNT_ID_MODE_DISABLED", "Q");
				break;
			case "preferred":
				setFeature(context, "ACCOUNT_ID_MODE_PREFERRED", "P");
				break;
			case "required": setFeature(context, "ACCOUNT_ID_MODE_REQUIRED", "R");
		}
	}
	const identity = context.__smithy_context?.selectedHttpAuthScheme?.identity;
	if (identity?.$source) {
		const credentials = identity;
		if (credentials.accountId) setFeature(context, "RESOLVED_ACCOUNT_ID", "T");
		for (const [key, value] of Object.entries(credentials.$source ?? {})) setFeature(context, key, value);
	}
}
// node_modules/@aws-sdk/core/dist-es/submodules/client/middleware-user-agent/constants.js
const USER_AGENT = "user-agent";
const X_AMZ_USER_AGENT = "x-amz-user-agent";
const UA_NAME_ESCAPE_REGEX = /[^!$%&'*+\-.^_`|~\w]/g;
const UA_VALUE_ESCAPE_REGEX = /[^!$%&'*+\-.^_`|~\w#]/g;
// node_modules/@aws-sdk/core/dist-es/submodules/client/middleware-user-agent/encode-features.js
const BYTE_LIMIT = 1024;
function encodeFeatures(features) {
	let buffer = "";
	for (const key in features) {
		const val = features[key];
		if (buffer.length + val.length + 1 <= BYTE_LIMIT) {
			if (buffer.length) buffer += "," + val;
			else buffer += val;
			continue;
		}
		break;
	}
	return buffer;
}
// node_modules/@aws-sdk/core/dist-es/submodules/client/middleware-user-agent/user-agent-middleware.js
const userAgentMiddleware = (options) => (next, context) => async (args) => {
	const { request } = args;
	if (!httpRequest_xDbkZc54.t.isInstance(request)) return next(args);
	const { headers } = request;
	const userAgent = context?.userAgent?.map(escapeUserAgent) || [];
	const defaultUserAgent = (await options.defaultUserAgentProvider()).map(escapeUserAgent);
	await checkFeatures(context, options, args);
	const awsContext = context;
	defaultUserAgent.push(`m/${encodeFeatures(Object.assign({}, context.__smithy_context?.features, awsContext.__aws_sdk_context?.features))}`);
	const customUserAgent = options?.customUserAgent?.map(escapeUserAgent) || [];
	const appId = await options.userAgentAppId();
	if (appId) defaultUserAgent.push(escapeUserAgent([`app`, `${appId}`]));
	const prefix = getUserAgentPrefix();
	const sdkUserAgentValue = (prefix ? [prefix] : []).concat([
		...defaultUserAgent,
		...userAgent,
		...customUserAgent
	]).join(" ");
	const normalUAValue = [...defaultUserAgent.filter((section) => section.startsWith("aws-sdk-")), ...customUserAgent].join(" ");
	if (options.runtime !== "browser") {
		if (normalUAValue) headers[X_AMZ_USER_AGENT] = headers["x-amz-user-agent"] ? `${headers[USER_AGENT]} ${normalUAValue}` : normalUAValue;
		headers[USER_AGENT] = sdkUserAgentValue;
	} else headers[X_AMZ_USER_AGENT] = sdkUserAgentValue;
	return next({
		...args,
		request
	});
};
const escapeUserAgent = (userAgentPair) => {
	const name = userAgentPair[0].split("/").map((part) => part.replace(UA_NAME_ESCAPE_REGEX, "-")).join("/");
	const version = userAgentPair[1]?.replace(UA_VALUE_ESCAPE_REGEX, "-");
	const prefixSeparatorIndex = name.indexOf("/");
	const prefix = name.substring(0, prefixSeparatorIndex);
	let uaName = name.substring(prefixSeparatorIndex + 1);
	if (prefix === "api") uaName = uaName.toLowerCase();
	return [
		prefix,
		uaName,
		version
	].filter((item) => item && item.length > 0).reduce((acc, item, index) => {
		switch (index) {
			case 0: return item;
			case 1: return `${acc}/${item}`;
			default: return `${acc}#${item}`;
		}
	}, "");
};
const getUserAgentMiddlewareOptions = {
	name: "getUserAgentMiddleware",
	step: "build",
	priority: "low",
	tags: ["SET_USER_AGENT", "USER_AGENT"],
	override: true
};
const getUserAgentPlugin = (config) => ({ applyToStack: (clientStack) => {
	clientStack.add(userAgentMiddleware(config), getUserAgentMiddlewareOptions);
} });
// node_modules/@aws-sdk/core/dist-es/submodules/client/util-user-agent-node/getRuntimeUserAgentPair.js
const getRuntimeUserAgentPair = () => {
	for (const runtime of [
		"deno",
		"bun",
		"llrt"
	]) if (external_node_process_namespaceObject.versions[runtime]) return [`md/${runtime}`, external_node_process_namespaceObject.versions[runtime]];
	return ["md/nodejs", external_node_process_namespaceObject.versions.node];
};
// node_modules/@aws-sdk/core/dist-es/submodules/client/util-user-agent-node/crt-availability.js
const crtAvailability = { isCrtAvailable: false };
// node_modules/@aws-sdk/core/dist-es/submodules/client/util-user-agent-node/is-crt-available.js
const isCrtAvailable = () => {
	if (crtAvailability.isCrtAvailable) return ["md/crt-avail"];
	return null;
};
// node_modules/@aws-sdk/core/dist-es/submodules/client/util-user-agent-node/defaultUserAgent.js
const createDefaultUserAgentProvider = ({ serviceId, clientVersion }) => {
	const runtimeUserAgentPair = getRuntimeUserAgentPair();
	return async (config) => {
		const sections = [
			["aws-sdk-js", clientVersion],
			["ua", "2.1"],
			[`os/${(0,external_node_os_.platform)()}`, (0,external_node_os_.release)()],
			["lang/js"],
			runtimeUserAgentPair
		];
		const crtAvailable = isCrtAvailable();
		if (crtAvailable) sections.push(crtAvailable);
		if (serviceId) sections.push([`api/${serviceId}`, clientVersion]);
		if (external_node_process_namespaceObject.env.AWS_EXECUTION_ENV) sections.push([`exec-env/${external_node_process_namespaceObject.env.AWS_EXECUTION_ENV}`]);
		const appId = await config?.userAgentAppId?.();
		return appId ? [...sections, [`app/${appId}`]] : [...sections];
	};
};
// node_modules/@aws-sdk/core/dist-es/submodules/client/util-user-agent-node/nodeAppIdConfigOptions.js
const UA_APP_ID_ENV_NAME = "AWS_SDK_UA_APP_ID";
const UA_APP_ID_INI_NAME_DEPRECATED = "sdk-ua-app-id";
const NODE_APP_ID_CONFIG_OPTIONS = {
	environmentVariableSelector: (env) => env[UA_APP_ID_ENV_NAME],
	configFileSelector: (profile) => profile["sdk_ua_app_id"] ?? profile[UA_APP_ID_INI_NAME_DEPRECATED],
	default: void 0
};
// node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/isVirtualHostableS3Bucket.js
const isVirtualHostableS3Bucket = (value, allowSubDomains = false) => {
	if (allowSubDomains) {
		for (const label of value.split(".")) if (!isVirtualHostableS3Bucket(label)) return false;
		return true;
	}
	if (!isValidHostLabel(value)) return false;
	if (value.length < 3 || value.length > 63) return false;
	if (value !== value.toLowerCase()) return false;
	if (isIpAddress(value)) return false;
	return true;
};
// node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/parseArn.js
const ARN_DELIMITER = ":";
const RESOURCE_DELIMITER = "/";
const parseArn = (value) => {
	const segments = value.split(ARN_DELIMITER);
	if (segments.length < 6) return null;
	const [arn, partition, service, region, accountId, ...resourcePath] = segments;
	if (arn !== "arn" || partition === "" || service === "" || resourcePath.join(ARN_DELIMITER) === "") return null;
	return {
		partition,
		service,
		region,
		accountId,
		resourceId: resourcePath.map((resource) => resource.split(RESOURCE_DELIMITER)).flat()
	};
};
// node_modules/@aws-sdk/core/dist-es/submodules/client/util-endpoints/aws.js
const awsEndpointFunctions = {
	isVirtualHostableS3Bucket,
	parseArn,
	partition
};
customEndpointFunctions.aws = awsEndpointFunctions;
// node_modules/@aws-sdk/core/dist-es/submodules/client/region-config-resolver/extensions.js
const getAwsRegionExtensionConfiguration = (runtimeConfig) => {
	return {
		setRegion(region) {
			runtimeConfig.region = region;
		},
		region() {
			return runtimeConfig.region;
		}
	};
};
const resolveAwsRegionExtensionConfiguration = (awsRegionExtensionConfiguration) => {
	return { region: awsRegionExtensionConfiguration.region() };
};
// node_modules/@aws-sdk/core/dist-es/submodules/httpAuthSchemes/utils/getDateHeader.js
const getDateHeader = (response) => node_http_handler_BMbmsy_c.d.isInstance(response) ? response.headers?.date ?? response.headers?.Date : void 0;
const getAgeHeader = (response) => node_http_handler_BMbmsy_c.d.isInstance(response) ? response.headers?.age ?? response.headers?.Age : void 0;
// node_modules/@aws-sdk/core/dist-es/submodules/httpAuthSchemes/utils/getSkewCorrectedDate.js
const getSkewCorrectedDate = (systemClockOffset) => new Date(Date.now() + systemClockOffset);
// node_modules/@aws-sdk/core/dist-es/submodules/httpAuthSchemes/utils/getUpdatedSystemClockOffset.js
const getUpdatedSystemClockOffset = (clockTime, currentSystemClockOffset, timeRequestSent, ageHeader) => {
	if (ageHeader !== void 0) return currentSystemClockOffset;
	const serverTime = Date.parse(clockTime);
	if (Number.isNaN(serverTime)) return currentSystemClockOffset;
	const timeResponseReceived = Date.now();
	if (timeRequestSent !== void 0 && timeResponseReceived - timeRequestSent > 9e5) return currentSystemClockOffset;
	return serverTime - timeResponseReceived;
};
// node_modules/@aws-sdk/core/dist-es/submodules/httpAuthSchemes/aws_sdk/AwsSdkSigV4Signer.js
const throwSigningPropertyError = (name, property) => {
	if (!property) throw new Error(`Property \`${name}\` is not resolved for AWS SDK SigV4Auth`);
	return property;
};
const hasEventStreamOutput = (signingProperties) => {
	return (signingProperties.context?.[SMITHY_CONTEXT_KEY]?.eventStream)?.output === true;
};
const validateSigningProperties = async (signingProperties) => {
	const context = throwSigningPropertyError("context", signingProperties.context);
	const config = throwSigningPropertyError("config", signingProperties.config);
	const authScheme = context.endpointV2?.properties?.authSchemes?.[0];
	return {
		config,
		signer: await throwSigningPropertyError("signer", config.signer)(authScheme),
		signingRegion: signingProperties?.signingRegion,
		signingRegionSet: signingProperties?.signingRegionSet,
		signingName: signingProperties?.signingName
	};
};
var AwsSdkSigV4Signer = class {
	async sign(httpRequest, identity, signingProperties) {
		if (!httpRequest_xDbkZc54.t.isInstance(httpRequest)) throw new Error("The request is not an instance of `HttpRequest` and cannot be signed");
		const validatedProps = await validateSigningProperties(signingProperties);
		const { config, signer } = validatedProps;
		let { signingRegion, signingName } = validatedProps;
		const handlerExecutionContext = signingProperties.context;
		if (handlerExecutionContext?.authSchemes?.length ?? false) {
			const [first, second] = handlerExecutionContext.authSchemes;
			if (first?.name === "sigv4a" && second?.name === "sigv4") {
				signingRegion = second?.signingRegion ?? signingRegion;
				signingName = second?.signingName ?? signingName;
			}
		}
		const noSkewCorrection = await config.disableClockSkewCorrection?.() === true;
		signingProperties._disableClockSkewCorrection = noSkewCorrection;
		const skipSkewSampling = noSkewCorrection || hasEventStreamOutput(signingProperties);
		signingProperties._skipClockSkewSampling = skipSkewSampling;
		if (!skipSkewSampling) {
			signingProperties._preRequestSystemClockOffset = config.systemClockOffset;
			signingProperties._requestSentAt = Date.now();
		}
		return await signer.sign(httpRequest, {
			signingDate: noSkewCorrection ? /* @__PURE__ */ new Date() : getSkewCorrectedDate(config.systemClockOffset),
			signingRegion,
			signingService: signingName
		});
	}
	errorHandler(signingProperties) {
		return (error) => {
			const errorException = error;
			if (!signingProperties._skipClockSkewSampling && !signingProperties._disableClockSkewCorrection) {
				const serverTime = errorException.ServerTime ?? getDateHeader(errorException.$response);
				if (serverTime) {
					const config = throwSigningPropertyError("config", signingProperties.config);
					const preRequestOffset = signingProperties._preRequestSystemClockOffset;
					const timeRequestSent = signingProperties._requestSentAt;
					const ageHeader = getAgeHeader(errorException.$response);
					const newOffset = getUpdatedSystemClockOffset(serverTime, config.systemClockOffset, timeRequestSent, ageHeader);
					config.systemClockOffset = newOffset;
					if (Math.abs(newOffset) >= 24e4 && (newOffset !== preRequestOffset || preRequestOffset !== void 0 && preRequestOffset !== newOffset) && errorException.$metadata) errorException.$metadata.clockSkewCorrected = true;
				}
			}
			throw error;
		};
	}
	successHandler(httpResponse, signingProperties) {
		if (signingProperties._skipClockSkewSampling || signingProperties._disableClockSkewCorrection) return;
		const dateHeader = getDateHeader(httpResponse);
		if (dateHeader) {
			const config = throwSigningPropertyError("config", signingProperties.config);
			const timeRequestSent = signingProperties._requestSentAt;
			const ageHeader = getAgeHeader(httpResponse);
			config.systemClockOffset = getUpdatedSystemClockOffset(dateHeader, config.systemClockOffset, timeRequestSent, ageHeader);
		}
	}
};
// node_modules/@aws-sdk/core/dist-es/submodules/httpAuthSchemes/utils/getArrayForCommaSeparatedString.js
const getArrayForCommaSeparatedString = (str) => typeof str === "string" && str.length > 0 ? str.split(",").map((item) => item.trim()) : [];
// node_modules/@aws-sdk/core/dist-es/submodules/httpAuthSchemes/utils/getBearerTokenEnvKey.js
const getBearerTokenEnvKey = (signingName) => `AWS_BEARER_TOKEN_${signingName.replace(/[\s-]/g, "_").toUpperCase()}`;
// node_modules/@aws-sdk/core/dist-es/submodules/httpAuthSchemes/aws_sdk/NODE_AUTH_SCHEME_PREFERENCE_OPTIONS.js
const NODE_AUTH_SCHEME_PREFERENCE_ENV_KEY = "AWS_AUTH_SCHEME_PREFERENCE";
const NODE_AUTH_SCHEME_PREFERENCE_CONFIG_KEY = "auth_scheme_preference";
const NODE_AUTH_SCHEME_PREFERENCE_OPTIONS = {
	environmentVariableSelector: (env, options) => {
		if (options?.signingName) {
			if (getBearerTokenEnvKey(options.signingName) in env) return ["httpBearerAuth"];
		}
		if (!(NODE_AUTH_SCHEME_PREFERENCE_ENV_KEY in env)) return;
		return getArrayForCommaSeparatedString(env[NODE_AUTH_SCHEME_PREFERENCE_ENV_KEY]);
	},
	configFileSelector: (profile) => {
		if (!(NODE_AUTH_SCHEME_PREFERENCE_CONFIG_KEY in profile)) return;
		return getArrayForCommaSeparatedString(profile[NODE_AUTH_SCHEME_PREFERENCE_CONFIG_KEY]);
	},
	default: []
};
// node_modules/@smithy/signature-v4/dist-es/HeaderFormatter.js
var HeaderFormatter = class {
	format(headers) {
		const chunks = [];
		for (const headerName in headers) {
			if (!(0,hex_encoding_Bc8B5uu7.r)(headers, headerName)) continue;
			const bytes = (0,TypeRegistry_BYzBs9Nm.r)(headerName);
			chunks.push(Uint8Array.from([bytes.byteLength]), bytes, this.formatHeaderValue(headers[headerName]));
		}
		const out = new Uint8Array(chunks.reduce((carry, bytes) => carry + bytes.byteLength, 0));
		let position = 0;
		for (const chunk of chunks) {
			out.set(chunk, position);
			position += chunk.byteLength;
		}
		return out;
	}
	formatHeaderValue(header) {
		switch (header.type) {
			case "boolean": return Uint8Array.from([header.value ? 0 : 1]);
			case "byte": return Uint8Array.from([2, header.value]);
			case "short":
				const shortView = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(3));
				shortView.setUint8(0, 3);
				shortView.setInt16(1, header.value, false);
				return new Uint8Array(shortView.buffer);
			case "integer":
				const intView = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(5));
				intView.setUint8(0, 4);
				intView.setInt32(1, header.value, false);
				return new Uint8Array(intView.buffer);
			case "long":
				const longBytes = /* @__PURE__ */ new Uint8Array(9);
				longBytes[0] = 5;
				longBytes.set(header.value.bytes, 1);
				return longBytes;
			case "binary":
				const binView = new DataView(new ArrayBuffer(3 + header.value.byteLength));
				binView.setUint8(0, 6);
				binView.setUint16(1, header.value.byteLength, false);
				const binBytes = new Uint8Array(binView.buffer);
				binBytes.set(header.value, 3);
				return binBytes;
			case "string":
				const utf8Bytes = (0,TypeRegistry_BYzBs9Nm.r)(header.value);
				const strView = new DataView(new ArrayBuffer(3 + utf8Bytes.byteLength));
				strView.setUint8(0, 7);
				strView.setUint16(1, utf8Bytes.byteLength, false);
				const strBytes = new Uint8Array(strView.buffer);
				strBytes.set(utf8Bytes, 3);
				return strBytes;
			case "timestamp":
				const tsBytes = /* @__PURE__ */ new Uint8Array(9);
				tsBytes[0] = 8;
				tsBytes.set(Int64.fromNumber(header.value.valueOf()).bytes, 1);
				return tsBytes;
			case "uuid":
				if (!UUID_PATTERN.test(header.value)) throw new Error(`Invalid UUID received: ${header.value}`);
				const uuidBytes = /* @__PURE__ */ new Uint8Array(17);
				uuidBytes[0] = 9;
				uuidBytes.set((0,hex_encoding_Bc8B5uu7.t)(header.value.replace(/-/g, "")), 1);
				return uuidBytes;
		}
	}
};
var HEADER_VALUE_TYPE;
(function(HEADER_VALUE_TYPE) {
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["boolTrue"] = 0] = "boolTrue";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["boolFalse"] = 1] = "boolFalse";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["byte"] = 2] = "byte";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["short"] = 3] = "short";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["integer"] = 4] = "integer";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["long"] = 5] = "long";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["byteArray"] = 6] = "byteArray";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["string"] = 7] = "string";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["timestamp"] = 8] = "timestamp";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["uuid"] = 9] = "uuid";
})(HEADER_VALUE_TYPE || (HEADER_VALUE_TYPE = {}));
const UUID_PATTERN = /^[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$/;
var Int64 = class Int64 {
	bytes;
	constructor(bytes) {
		this.bytes = bytes;
		if (bytes.byteLength !== 8) throw new Error("Int64 buffers must be exactly 8 bytes");
	}
	static fromNumber(number) {
		if (number > 0x8000000000000000 || number < -0x8000000000000000) throw new Error(`${number} is too large (or, if negative, too small) to represent as an Int64`);
		const bytes = /* @__PURE__ */ new Uint8Array(8);
		for (let i = 7, remaining = Math.abs(Math.round(number)); i > -1 && remaining > 0; i--, remaining /= 256) bytes[i] = remaining;
		if (number < 0) negate(bytes);
		return new Int64(bytes);
	}
	valueOf() {
		const bytes = this.bytes.slice(0);
		const negative = bytes[0] & 128;
		if (negative) negate(bytes);
		return parseInt((0,hex_encoding_Bc8B5uu7.n)(bytes), 16) * (negative ? -1 : 1);
	}
	toString() {
		return String(this.valueOf());
	}
};
function negate(bytes) {
	for (let i = 0; i < 8; i++) bytes[i] ^= 255;
	for (let i = 7; i > -1; i--) {
		bytes[i]++;
		if (bytes[i] !== 0) break;
	}
}
// node_modules/@smithy/signature-v4/dist-es/constants.js
const ALGORITHM_QUERY_PARAM = "X-Amz-Algorithm";
const CREDENTIAL_QUERY_PARAM = "X-Amz-Credential";
const AMZ_DATE_QUERY_PARAM = "X-Amz-Date";
const SIGNED_HEADERS_QUERY_PARAM = "X-Amz-SignedHeaders";
const EXPIRES_QUERY_PARAM = "X-Amz-Expires";
const SIGNATURE_QUERY_PARAM = "X-Amz-Signature";
const TOKEN_QUERY_PARAM = "X-Amz-Security-Token";
const AUTH_HEADER = "authorization";
const AMZ_DATE_HEADER = AMZ_DATE_QUERY_PARAM.toLowerCase();
const GENERATED_HEADERS = [
	AUTH_HEADER,
	AMZ_DATE_HEADER,
	"date"
];
SIGNATURE_QUERY_PARAM.toLowerCase();
const SHA256_HEADER = "x-amz-content-sha256";
const TOKEN_HEADER = TOKEN_QUERY_PARAM.toLowerCase();
const ALWAYS_UNSIGNABLE_HEADERS = {
	authorization: true,
	"cache-control": true,
	connection: true,
	expect: true,
	from: true,
	"keep-alive": true,
	"max-forwards": true,
	pragma: true,
	referer: true,
	te: true,
	trailer: true,
	"transfer-encoding": true,
	upgrade: true,
	"user-agent": true,
	"x-amzn-trace-id": true
};
const PROXY_HEADER_PATTERN = /^proxy-/;
const SEC_HEADER_PATTERN = /^sec-/;
const ALGORITHM_IDENTIFIER = "AWS4-HMAC-SHA256";
const EVENT_ALGORITHM_IDENTIFIER = "AWS4-HMAC-SHA256-PAYLOAD";
const UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";
const KEY_TYPE_IDENTIFIER = "aws4_request";
// node_modules/@smithy/signature-v4/dist-es/getCanonicalQuery.js
const getCanonicalQuery = ({ query = {} }) => {
	const keys = [];
	const serialized = {};
	for (const key in query) {
		if (!(0,hex_encoding_Bc8B5uu7.r)(query, key)) continue;
		if (key.toLowerCase() === "x-amz-signature") continue;
		const encodedKey = (0,node_http_handler_BMbmsy_c.n)(key);
		keys.push(encodedKey);
		const value = query[key];
		if (typeof value === "string") serialized[encodedKey] = `${encodedKey}=${(0,node_http_handler_BMbmsy_c.n)(value)}`;
		else if (Array.isArray(value)) serialized[encodedKey] = value.slice(0).reduce((encoded, value) => encoded.concat([`${encodedKey}=${(0,node_http_handler_BMbmsy_c.n)(value)}`]), []).sort().join("&");
	}
	return keys.sort().map((key) => serialized[key]).filter((serialized) => serialized).join("&");
};
// node_modules/@smithy/signature-v4/dist-es/utilDate.js
const iso8601 = (time) => toDate(time).toISOString().replace(/\.\d{3}Z$/, "Z");
const toDate = (time) => {
	if (typeof time === "number") return /* @__PURE__ */ new Date(time * 1e3);
	if (typeof time === "string") {
		if (Number(time)) return /* @__PURE__ */ new Date(Number(time) * 1e3);
		return new Date(time);
	}
	return time;
};
// node_modules/@smithy/signature-v4/dist-es/SignatureV4Base.js
var SignatureV4Base = class {
	service;
	regionProvider;
	credentialProvider;
	sha256;
	uriEscapePath;
	applyChecksum;
	constructor({ applyChecksum, credentials, region, service, sha256, uriEscapePath = true }) {
		this.service = service;
		this.sha256 = sha256;
		this.uriEscapePath = uriEscapePath;
		this.applyChecksum = typeof applyChecksum === "boolean" ? applyChecksum : true;
		this.regionProvider = normalizeProvider$1(region);
		this.credentialProvider = normalizeProvider$1(credentials);
	}
	createCanonicalRequest(request, canonicalHeaders, payloadHash) {
		const sortedHeaders = Object.keys(canonicalHeaders).sort();
		return `${request.method}
${this.getCanonicalPath(request)}
${getCanonicalQuery(request)}
${sortedHeaders.map((name) => `${name}:${canonicalHeaders[name]}`).join("\n")}

${sortedHeaders.join(";")}
${payloadHash}`;
	}
	async createStringToSign(longDate, credentialScope, canonicalRequest, algorithmIdentifier) {
		const hash = new this.sha256();
		hash.update(toUint8Array(canonicalRequest));
		const hashedRequest = await hash.digest();
		return `${algorithmIdentifier}
${longDate}
${credentialScope}
${(0,hex_encoding_Bc8B5uu7.n)(hashedRequest)}`;
	}
	getCanonicalPath({ path }) {
		if (this.uriEscapePath) {
			const normalizedPathSegments = [];
			for (const pathSegment of path.split("/")) {
				if (pathSegment?.length === 0) continue;
				if (pathSegment === ".") continue;
				if (pathSegment === "..") normalizedPathSegments.pop();
				else normalizedPathSegments.push(pathSegment);
			}
			const normalizedPath = `${path?.startsWith("/") ? "/" : ""}${normalizedPathSegments.join("/")}${normalizedPathSegments.length > 0 && path?.endsWith("/") ? "/" : ""}`;
			return (0,node_http_handler_BMbmsy_c.n)(normalizedPath).replace(/%2F/g, "/");
		}
		return path;
	}
	validateResolvedCredentials(credentials) {
		if (typeof credentials !== "object" || typeof credentials.accessKeyId !== "string" || typeof credentials.secretAccessKey !== "string") throw new Error("Resolved credential object is not valid");
	}
	formatDate(now) {
		const longDate = iso8601(now).replace(/[-:]/g, "");
		return {
			longDate,
			shortDate: longDate.slice(0, 8)
		};
	}
	getCanonicalHeaderList(headers) {
		return Object.keys(headers).sort().join(";");
	}
};
// node_modules/@smithy/signature-v4/dist-es/credentialDerivation.js
const signingKeyCache = {};
const cacheQueue = [];
const createScope = (shortDate, region, service) => `${shortDate}/${region}/${service}/${KEY_TYPE_IDENTIFIER}`;
const getSigningKey = async (sha256Constructor, credentials, shortDate, region, service) => {
	const credsHash = await hmac(sha256Constructor, credentials.secretAccessKey, credentials.accessKeyId);
	const cacheKey = `${shortDate}:${region}:${service}:${(0,hex_encoding_Bc8B5uu7.n)(credsHash)}:${credentials.sessionToken}`;
	if (cacheKey in signingKeyCache) return signingKeyCache[cacheKey];
	cacheQueue.push(cacheKey);
	while (cacheQueue.length > 50) delete signingKeyCache[cacheQueue.shift()];
	let key = `AWS4${credentials.secretAccessKey}`;
	for (const signable of [
		shortDate,
		region,
		service,
		KEY_TYPE_IDENTIFIER
	]) key = await hmac(sha256Constructor, key, signable);
	return signingKeyCache[cacheKey] = key;
};
const hmac = (ctor, secret, data) => {
	const hash = new ctor(secret);
	hash.update(toUint8Array(data));
	return hash.digest();
};
// node_modules/@smithy/signature-v4/dist-es/getCanonicalHeaders.js
const getCanonicalHeaders = ({ headers }, unsignableHeaders, signableHeaders) => {
	const canonical = {};
	for (const headerName of Object.keys(headers).sort()) {
		if (headers[headerName] == void 0) continue;
		const canonicalHeaderName = headerName.toLowerCase();
		if ((0,hex_encoding_Bc8B5uu7.r)(ALWAYS_UNSIGNABLE_HEADERS, canonicalHeaderName) || unsignableHeaders?.has(canonicalHeaderName) || PROXY_HEADER_PATTERN.test(canonicalHeaderName) || SEC_HEADER_PATTERN.test(canonicalHeaderName)) {
			if (!signableHeaders || signableHeaders && !signableHeaders.has(canonicalHeaderName)) continue;
		}
		if (canonicalHeaderName === "__proto__") writeKey(canonical);
		canonical[canonicalHeaderName] = headers[headerName].replace(/[\r\n]/g, " ").replace(/[ \t]+/g, " ").replace(/^ | $/g, "");
	}
	return canonical;
};
// node_modules/@smithy/signature-v4/dist-es/getPayloadHash.js
const getPayloadHash = async ({ headers, body }, hashConstructor) => {
	for (const headerName in headers) {
		if (!(0,hex_encoding_Bc8B5uu7.r)(headers, headerName)) continue;
		if (headerName.toLowerCase() === "x-amz-content-sha256") return headers[headerName];
	}
	if (body == void 0) return "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
	else if (typeof body === "string" || ArrayBuffer.isView(body) || (0,hex_encoding_Bc8B5uu7.o)(body)) {
		const hashCtor = new hashConstructor();
		hashCtor.update(toUint8Array(body));
		return (0,hex_encoding_Bc8B5uu7.n)(await hashCtor.digest());
	}
	return UNSIGNED_PAYLOAD;
};
// node_modules/@smithy/signature-v4/dist-es/headerUtil.js
const hasHeader = (soughtHeader, headers) => {
	soughtHeader = soughtHeader.toLowerCase();
	for (const headerName in headers) {
		if (!(0,hex_encoding_Bc8B5uu7.r)(headers, headerName)) continue;
		if (soughtHeader === headerName.toLowerCase()) return true;
	}
	return false;
};
// node_modules/@smithy/signature-v4/dist-es/moveHeadersToQuery.js
const moveHeadersToQuery = (request, options = {}) => {
	const { headers, query = {} } = httpRequest_xDbkZc54.t.clone(request);
	for (const name in headers) {
		if (!(0,hex_encoding_Bc8B5uu7.r)(headers, name)) continue;
		const lname = name.toLowerCase();
		if (lname.slice(0, 6) === "x-amz-" && !options.unhoistableHeaders?.has(lname) || options.hoistableHeaders?.has(lname)) {
			query[name] = headers[name];
			delete headers[name];
		}
	}
	return {
		...request,
		headers,
		query
	};
};
// node_modules/@smithy/signature-v4/dist-es/prepareRequest.js
const prepareRequest = (request) => {
	request = httpRequest_xDbkZc54.t.clone(request);
	for (const headerName in request.headers) {
		if (!(0,hex_encoding_Bc8B5uu7.r)(request.headers, headerName)) continue;
		if (GENERATED_HEADERS.indexOf(headerName.toLowerCase()) > -1) delete request.headers[headerName];
	}
	return request;
};
// node_modules/@smithy/signature-v4/dist-es/SignatureV4.js
var SignatureV4 = class extends SignatureV4Base {
	headerFormatter = new HeaderFormatter();
	constructor({ applyChecksum, credentials, region, service, sha256, uriEscapePath = true }) {
		super({
			applyChecksum,
			credentials,
			region,
			service,
			sha256,
			uriEscapePath
		});
	}
	async presign(originalRequest, options = {}) {
		const { signingDate = /* @__PURE__ */ new Date(), expiresIn = 3600, unsignableHeaders, unhoistableHeaders, signableHeaders, hoistableHeaders, signingRegion, signingService } = options;
		const credentials = await this.credentialProvider();
		this.validateResolvedCredentials(credentials);
		const region = signingRegion ?? await this.regionProvider();
		const { longDate, shortDate } = this.formatDate(signingDate);
		if (expiresIn > 604800) return Promise.reject("Signature version 4 presigned URLs must have an expiration date less than one week in the future");
		const scope = createScope(shortDate, region, signingService ?? this.service);
		const request = moveHeadersToQuery(prepareRequest(originalRequest), {
			unhoistableHeaders,
			hoistableHeaders
		});
		if (credentials.sessionToken) request.query[TOKEN_QUERY_PARAM] = credentials.sessionToken;
		request.query[ALGORITHM_QUERY_PARAM] = ALGORITHM_IDENTIFIER;
		request.query[CREDENTIAL_QUERY_PARAM] = `${credentials.accessKeyId}/${scope}`;
		request.query[AMZ_DATE_QUERY_PARAM] = longDate;
		request.query[EXPIRES_QUERY_PARAM] = expiresIn.toString(10);
		const canonicalHeaders = getCanonicalHeaders(request, unsignableHeaders, signableHeaders);
		request.query[SIGNED_HEADERS_QUERY_PARAM] = this.getCanonicalHeaderList(canonicalHeaders);
		request.query[SIGNATURE_QUERY_PARAM] = await this.getSignature(longDate, scope, this.getSigningKey(credentials, region, shortDate, signingService), this.createCanonicalRequest(request, canonicalHeaders, await getPayloadHash(originalRequest, this.sha256)));
		return request;
	}
	async sign(toSign, options) {
		if (typeof toSign === "string") return this.signString(toSign, options);
		else if (toSign.headers && toSign.payload) return this.signEvent(toSign, options);
		else if (toSign.message) return this.signMessage(toSign, options);
		else return this.signRequest(toSign, options);
	}
	async signEvent({ headers, payload }, { signingDate = /* @__PURE__ */ new Date(), priorSignature, signingRegion, signingService, eventStreamCredentials }) {
		const region = signingRegion ?? await this.regionProvider();
		const { shortDate, longDate } = this.formatDate(signingDate);
		const scope = createScope(shortDate, region, signingService ?? this.service);
		const hashedPayload = await getPayloadHash({
			headers: {},
			body: payload
		}, this.sha256);
		const hash = new this.sha256();
		hash.update(headers);
		const hashedHeaders = (0,hex_encoding_Bc8B5uu7.n)(await hash.digest());
		const stringToSign = [
			EVENT_ALGORITHM_IDENTIFIER,
			longDate,
			scope,
			priorSignature,
			hashedHeaders,
			hashedPayload
		].join("\n");
		return this.signString(stringToSign, {
			signingDate,
			signingRegion: region,
			signingService,
			eventStreamCredentials
		});
	}
	async signMessage(signableMessage, { signingDate = /* @__PURE__ */ new Date(), signingRegion, signingService, eventStreamCredentials }) {
		return this.signEvent({
			headers: this.headerFormatter.format(signableMessage.message.headers),
			payload: signableMessage.message.body
		}, {
			signingDate,
			signingRegion,
			signingService,
			priorSignature: signableMessage.priorSignature,
			eventStreamCredentials
		}).then((signature) => {
			return {
				message: signableMessage.message,
				signature
			};
		});
	}
	async signString(stringToSign, { signingDate = /* @__PURE__ */ new Date(), signingRegion, signingService, eventStreamCredentials } = {}) {
		const credentials = eventStreamCredentials ?? await this.credentialProvider();
		this.validateResolvedCredentials(credentials);
		const region = signingRegion ?? await this.regionProvider();
		const { shortDate } = this.formatDate(signingDate);
		const hash = new this.sha256(await this.getSigningKey(credentials, region, shortDate, signingService));
		hash.update(toUint8Array(stringToSign));
		return (0,hex_encoding_Bc8B5uu7.n)(await hash.digest());
	}
	async signRequest(requestToSign, { signingDate = /* @__PURE__ */ new Date(), signableHeaders, unsignableHeaders, signingRegion, signingService } = {}) {
		const credentials = await this.credentialProvider();
		this.validateResolvedCredentials(credentials);
		const region = signingRegion ?? await this.regionProvider();
		const request = prepareRequest(requestToSign);
		const { longDate, shortDate } = this.formatDate(signingDate);
		const scope = createScope(shortDate, region, signingService ?? this.service);
		request.headers[AMZ_DATE_HEADER] = longDate;
		if (credentials.sessionToken) request.headers[TOKEN_HEADER] = credentials.sessionToken;
		const payloadHash = await getPayloadHash(request, this.sha256);
		if (!hasHeader("x-amz-content-sha256", request.headers) && this.applyChecksum) request.headers[SHA256_HEADER] = payloadHash;
		const canonicalHeaders = getCanonicalHeaders(request, unsignableHeaders, signableHeaders);
		const signature = await this.getSignature(longDate, scope, this.getSigningKey(credentials, region, shortDate, signingService), this.createCanonicalRequest(request, canonicalHeaders, payloadHash));
		request.headers[AUTH_HEADER] = `${ALGORITHM_IDENTIFIER} Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${this.getCanonicalHeaderList(canonicalHeaders)}, Signature=${signature}`;
		return request;
	}
	async getSignature(longDate, credentialScope, keyPromise, canonicalRequest) {
		const stringToSign = await this.createStringToSign(longDate, credentialScope, canonicalRequest, ALGORITHM_IDENTIFIER);
		const hash = new this.sha256(await keyPromise);
		hash.update(toUint8Array(stringToSign));
		return (0,hex_encoding_Bc8B5uu7.n)(await hash.digest());
	}
	getSigningKey(credentials, region, shortDate, service) {
		return getSigningKey(this.sha256, credentials, shortDate, region, service || this.service);
	}
};
// node_modules/@aws-sdk/core/dist-es/submodules/httpAuthSchemes/aws_sdk/resolveAwsSdkSigV4Config.js
const bindResolveAwsSdkSigV4Config = (defaultDisableClockSkewCorrection) => (config) => {
	let inputCredentials = config.credentials;
	let isUserSupplied = !!config.credentials;
	let resolvedCredentials = void 0;
	Object.defineProperty(config, "credentials", {
		set(credentials) {
			if (credentials && credentials !== inputCredentials && credentials !== resolvedCredentials) isUserSupplied = true;
			inputCredentials = credentials;
			const boundProvider = bindCallerConfig(config, normalizeCredentialProvider(config, {
				credentials: inputCredentials,
				credentialDefaultProvider: config.credentialDefaultProvider
			}));
			if (isUserSupplied && !boundProvider.attributed) {
				const isCredentialObject = typeof inputCredentials === "object" && inputCredentials !== null;
				resolvedCredentials = async (options) => {
					const attributedCreds = await boundProvider(options);
					if (isCredentialObject && (!attributedCreds.$source || Object.keys(attributedCreds.$source).length === 0)) return (0,setCredentialFeature_B22jDOz5.t)(attributedCreds, "CREDENTIALS_CODE", "e");
					return attributedCreds;
				};
				resolvedCredentials.memoized = boundProvider.memoized;
				resolvedCredentials.configBound = boundProvider.configBound;
				resolvedCredentials.attributed = true;
			} else resolvedCredentials = boundProvider;
		},
		get() {
			return resolvedCredentials;
		},
		enumerable: true,
		configurable: true
	});
	config.credentials = inputCredentials;
	const { signingEscapePath = true, systemClockOffset = config.systemClockOffset || 0, sha256 } = config;
	let signer;
	if (config.signer) signer = normalizeProvider(config.signer);
	else if (config.regionInfoProvider) signer = () => normalizeProvider(config.region)().then(async (region) => [await config.regionInfoProvider(region, {
		useFipsEndpoint: await config.useFipsEndpoint(),
		useDualstackEndpoint: await config.useDualstackEndpoint()
	}) || {}, region]).then(([regionInfo, region]) => {
		const { signingRegion, signingService } = regionInfo;
		config.signingRegion = config.signingRegion || signingRegion || region;
		config.signingName = config.signingName || signingService || config.serviceId;
		const params = {
			...config,
			credentials: config.credentials,
			region: config.signingRegion,
			service: config.signingName,
			sha256,
			uriEscapePath: signingEscapePath
		};
		return new (config.signerConstructor || SignatureV4)(params);
	});
	else signer = async (authScheme) => {
		authScheme = Object.assign({}, {
			name: "sigv4",
			signingName: config.signingName || config.defaultSigningName,
			signingRegion: await normalizeProvider(config.region)(),
			properties: {}
		}, authScheme);
		const signingRegion = authScheme.signingRegion;
		const signingService = authScheme.signingName;
		config.signingRegion = config.signingRegion || signingRegion;
		config.signingName = config.signingName || signingService || config.serviceId;
		const params = {
			...config,
			credentials: config.credentials,
			region: config.signingRegion,
			service: config.signingName,
			sha256,
			uriEscapePath: signingEscapePath
		};
		return new (config.signerConstructor || SignatureV4)(params);
	};
	return Object.assign(config, {
		systemClockOffset,
		signingEscapePath,
		signer,
		disableClockSkewCorrection: normalizeProvider(config.disableClockSkewCorrection ?? defaultDisableClockSkewCorrection)
	});
};
function normalizeCredentialProvider(config, { credentials, credentialDefaultProvider }) {
	let credentialsProvider;
	if (credentials) {
		if (!credentials?.memoized) credentialsProvider = memoizeIdentityProvider(credentials, isIdentityExpired, doesIdentityRequireRefresh);
		else credentialsProvider = credentials;
	} else if (credentialDefaultProvider) credentialsProvider = normalizeProvider(credentialDefaultProvider(Object.assign({}, config, { parentClientConfig: config })));
	else credentialsProvider = async () => {
		throw new Error("@aws-sdk/core::resolveAwsSdkSigV4Config - `credentials` not provided and no credentialDefaultProvider was configured.");
	};
	credentialsProvider.memoized = true;
	return credentialsProvider;
}
function bindCallerConfig(config, credentialsProvider) {
	if (credentialsProvider.configBound) return credentialsProvider;
	const fn = async (options) => credentialsProvider({
		...options,
		callerClientConfig: config
	});
	fn.memoized = credentialsProvider.memoized;
	fn.configBound = true;
	return fn;
}
// node_modules/@aws-sdk/core/dist-es/submodules/httpAuthSchemes/aws_sdk/clock-skew-node-config.js
const ENV_DISABLE_CLOCK_SKEW_CORRECTION = "AWS_DISABLE_CLOCK_SKEW_CORRECTION";
const CONFIG_DISABLE_CLOCK_SKEW_CORRECTION = "disable_clock_skew_correction";
// node_modules/@aws-sdk/core/dist-es/submodules/httpAuthSchemes/index.js
const resolveAwsSdkSigV4Config = bindResolveAwsSdkSigV4Config((0,configLoader_DlwdWvjJ.t)({
	environmentVariableSelector: (env) => booleanSelector(env, ENV_DISABLE_CLOCK_SKEW_CORRECTION, SelectorType.ENV),
	configFileSelector: (profile) => booleanSelector(profile, CONFIG_DISABLE_CLOCK_SKEW_CORRECTION, SelectorType.CONFIG),
	default: false
}));
// node_modules/@aws-sdk/core/dist-es/submodules/protocols/ProtocolLib.js
var ProtocolLib = class {
	queryCompat;
	errorRegistry;
	constructor(queryCompat = false) {
		this.queryCompat = queryCompat;
	}
	resolveRestContentType(defaultContentType, inputSchema) {
		const members = inputSchema.getMemberSchemas();
		const httpPayloadMember = Object.values(members).find((m) => {
			return !!m.getMergedTraits().httpPayload;
		});
		if (httpPayloadMember) {
			const mediaType = httpPayloadMember.getMergedTraits().mediaType;
			if (mediaType) return mediaType;
			else if (httpPayloadMember.isStringSchema()) return "text/plain";
			else if (httpPayloadMember.isBlobSchema()) return "application/octet-stream";
			else return defaultContentType;
		} else if (!inputSchema.isUnitSchema()) {
			if (Object.values(members).find((m) => {
				const { httpQuery, httpQueryParams, httpHeader, httpLabel, httpPrefixHeaders } = m.getMergedTraits();
				return !httpQuery && !httpQueryParams && !httpHeader && !httpLabel && httpPrefixHeaders === void 0;
			})) return defaultContentType;
		}
	}
	async getErrorSchemaOrThrowBaseException(errorIdentifier, defaultNamespace, response, dataObject, metadata, getErrorSchema) {
		let errorName = errorIdentifier;
		if (errorIdentifier.includes("#")) [, errorName] = errorIdentifier.split("#");
		const errorMetadata = {
			$metadata: metadata,
			$fault: response.statusCode < 500 ? "client" : "server"
		};
		if (!this.errorRegistry) throw new Error("@aws-sdk/core/protocols - error handler not initialized.");
		try {
			return {
				errorSchema: getErrorSchema?.(this.errorRegistry, errorName) ?? this.errorRegistry.getSchema(errorIdentifier),
				errorMetadata
			};
		} catch (e) {
			dataObject.message = dataObject.message ?? dataObject.Message ?? "UnknownError";
			const synthetic = this.errorRegistry;
			const baseExceptionSchema = synthetic.getBaseException();
			if (baseExceptionSchema) {
				const ErrorCtor = synthetic.getErrorCtor(baseExceptionSchema) ?? Error;
				throw this.decorateServiceException(Object.assign(new ErrorCtor({ name: errorName }), errorMetadata), dataObject);
			}
			const d = dataObject;
			const message = d?.message ?? d?.Message ?? d?.Error?.Message ?? d?.Error?.message;
			throw this.decorateServiceException(Object.assign(new Error(message), { name: errorName }, errorMetadata), dataObject);
		}
	}
	compose(composite, errorIdentifier, defaultNamespace) {
		let namespace = defaultNamespace;
		if (errorIdentifier.includes("#")) [namespace] = errorIdentifier.split("#");
		const staticRegistry = TypeRegistry_BYzBs9Nm.t.for(namespace);
		const defaultSyntheticRegistry = TypeRegistry_BYzBs9Nm.t.for("smithy.ts.sdk.synthetic." + defaultNamespace);
		composite.copyFrom(staticRegistry);
		composite.copyFrom(defaultSyntheticRegistry);
		this.errorRegistry = composite;
	}
	decorateServiceException(exception, additions = {}) {
		if (this.queryCompat) {
			const msg = exception.Message ?? additions.Message;
			const error = decorateServiceException(exception, additions);
			if (msg) error.message = msg;
			const errorObj = error.Error ?? {};
			errorObj.Type = error.Error?.Type;
			errorObj.Code = error.Error?.Code;
			errorObj.Message = error.Error?.message ?? error.Error?.Message ?? msg;
			error.Error = errorObj;
			const reqId = error.$metadata.requestId;
			if (reqId) error.RequestId = reqId;
			return error;
		}
		return decorateServiceException(exception, additions);
	}
	setQueryCompatError(output, response) {
		const queryErrorHeader = response.headers?.["x-amzn-query-error"];
		if (output !== void 0 && queryErrorHeader != null) {
			const [Code, Type] = queryErrorHeader.split(";");
			const keys = Object.keys(output);
			const Error = {
				Code,
				Type
			};
			output.Code = Code;
			output.Type = Type;
			for (let i = 0; i < keys.length; i++) {
				const k = keys[i];
				Error[k === "message" ? "Message" : k] = output[k];
			}
			delete Error.__type;
			output.Error = Error;
		}
	}
	queryCompatOutput(queryCompatErrorData, errorData) {
		if (queryCompatErrorData.Error) errorData.Error = queryCompatErrorData.Error;
		if (queryCompatErrorData.Type) errorData.Type = queryCompatErrorData.Type;
		if (queryCompatErrorData.Code) errorData.Code = queryCompatErrorData.Code;
	}
	findQueryCompatibleError(registry, errorName) {
		try {
			return registry.getSchema(errorName);
		} catch (e) {
			return registry.find((schema) => NormalizedSchema.of(schema).getMergedTraits().awsQueryError?.[0] === errorName);
		}
	}
};
// node_modules/@smithy/core/dist-es/submodules/checksum/sha256/Sha256Js.js
const BLOCK = 64;
const DIGEST_LENGTH = 32;
const MAX_HASHABLE_LENGTH = 2 ** 53 - 1;
var Sha256Js = class Sha256Js {
	digestLength = DIGEST_LENGTH;
	state = Int32Array.from(INIT);
	w;
	buffer = /* @__PURE__ */ new Uint8Array(64);
	bufferLength = 0;
	bytesHashed = 0;
	finished = false;
	inner;
	outer;
	constructor(secret) {
		if (secret) {
			const key = Sha256Js.normalizeKey(secret);
			this.inner = new Sha256Js();
			this.outer = new Sha256Js();
			const { inner, outer } = this;
			const pad = /* @__PURE__ */ new Uint8Array(128);
			for (let i = 0; i < BLOCK; ++i) {
				pad[i] = 54 ^ key[i];
				pad[i + BLOCK] = 92 ^ key[i];
			}
			inner.update(pad.subarray(0, BLOCK));
			outer.update(pad.subarray(BLOCK));
		}
	}
	update(data) {
		if (this.finished) throw new Error("Attempted to update an already finished HMAC.");
		if (this.inner) {
			this.inner.update(data);
			return;
		}
		const chunk = toUint8Array(data);
		let position = 0;
		let { byteLength } = chunk;
		this.bytesHashed += byteLength;
		if (this.bytesHashed * 8 > MAX_HASHABLE_LENGTH) throw new Error("Cannot hash more than 2^53 - 1 bits");
		while (byteLength > 0) {
			this.buffer[this.bufferLength++] = chunk[position++];
			byteLength--;
			if (this.bufferLength === BLOCK) {
				this.hashBuffer();
				this.bufferLength = 0;
			}
		}
	}
	async digest() {
		const { inner, outer } = this;
		if (inner && outer) {
			if (this.finished) throw new Error("Attempted to digest an already finished HMAC.");
			this.finished = true;
			const innerDigest = inner.digestSync();
			outer.update(innerDigest);
			return outer.digestSync();
		}
		return this.digestSync();
	}
	reset() {
		this.state = Int32Array.from(INIT);
		this.buffer = /* @__PURE__ */ new Uint8Array(64);
		this.bufferLength = 0;
		this.bytesHashed = 0;
	}
	digestSync() {
		const state = this.state.slice();
		const buffer = this.buffer.slice();
		let bufferLength = this.bufferLength;
		const bitsHashed = this.bytesHashed * 8;
		const bufferView = new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength);
		bufferView.setUint8(bufferLength++, 128);
		if ((bufferLength - 1) % BLOCK >= 56) {
			for (let i = bufferLength; i < BLOCK; ++i) bufferView.setUint8(i, 0);
			this.hashBufferWith(state, buffer);
			bufferLength = 0;
		}
		for (let i = bufferLength; i < 56; ++i) bufferView.setUint8(i, 0);
		bufferView.setUint32(56, Math.floor(bitsHashed / 4294967296), false);
		bufferView.setUint32(60, bitsHashed, false);
		this.hashBufferWith(state, buffer);
		const out = new Uint8Array(DIGEST_LENGTH);
		for (let i = 0; i < 8; ++i) {
			out[i * 4] = state[i] >>> 24 & 255;
			out[i * 4 + 1] = state[i] >>> 16 & 255;
			out[i * 4 + 2] = state[i] >>> 8 & 255;
			out[i * 4 + 3] = state[i] >>> 0 & 255;
		}
		return out;
	}
	static normalizeKey(secret) {
		const key = toUint8Array(secret);
		if (key.byteLength > BLOCK) {
			const h = new Sha256Js();
			h.update(key);
			const out = h.digestSync();
			const padded = new Uint8Array(BLOCK);
			padded.set(out);
			return padded;
		}
		if (key.byteLength < BLOCK) {
			const padded = new Uint8Array(BLOCK);
			padded.set(key);
			return padded;
		}
		return key;
	}
	hashBuffer() {
		this.hashBufferWith(this.state, this.buffer);
	}
	hashBufferWith(state, buffer) {
		const w = this.w ??= /* @__PURE__ */ new Int32Array(64);
		let s0 = state[0], s1 = state[1], s2 = state[2], s3 = state[3], s4 = state[4], s5 = state[5], s6 = state[6], s7 = state[7];
		for (let i = 0; i < BLOCK; ++i) {
			if (i < 16) w[i] = (buffer[i * 4] & 255) << 24 | (buffer[i * 4 + 1] & 255) << 16 | (buffer[i * 4 + 2] & 255) << 8 | buffer[i * 4 + 3] & 255;
			else {
				let u = w[i - 2];
				const t1 = (u >>> 17 | u << 15) ^ (u >>> 19 | u << 13) ^ u >>> 10;
				u = w[i - 15];
				const t2 = (u >>> 7 | u << 25) ^ (u >>> 18 | u << 14) ^ u >>> 3;
				w[i] = (t1 + w[i - 7] | 0) + (t2 + w[i - 16] | 0);
			}
			const t1 = (((s4 >>> 6 | s4 << 26) ^ (s4 >>> 11 | s4 << 21) ^ (s4 >>> 25 | s4 << 7)) + (s4 & s5 ^ ~s4 & s6) | 0) + (s7 + (K[i] + w[i] | 0) | 0) | 0;
			const t2 = ((s0 >>> 2 | s0 << 30) ^ (s0 >>> 13 | s0 << 19) ^ (s0 >>> 22 | s0 << 10)) + (s0 & s1 ^ s0 & s2 ^ s1 & s2) | 0;
			s7 = s6;
			s6 = s5;
			s5 = s4;
			s4 = s3 + t1 | 0;
			s3 = s2;
			s2 = s1;
			s1 = s0;
			s0 = t1 + t2 | 0;
		}
		state[0] += s0;
		state[1] += s1;
		state[2] += s2;
		state[3] += s3;
		state[4] += s4;
		state[5] += s5;
		state[6] += s6;
		state[7] += s7;
	}
};
const INIT = new Int32Array([
	1779033703,
	3144134277,
	1013904242,
	2773480762,
	1359893119,
	2600822924,
	528734635,
	1541459225
]);
const K = new Int32Array([
	1116352408,
	1899447441,
	3049323471,
	3921009573,
	961987163,
	1508970993,
	2453635748,
	2870763221,
	3624381080,
	310598401,
	607225278,
	1426881987,
	1925078388,
	2162078206,
	2614888103,
	3248222580,
	3835390401,
	4022224774,
	264347078,
	604807628,
	770255983,
	1249150122,
	1555081692,
	1996064986,
	2554220882,
	2821834349,
	2952996808,
	3210313671,
	3336571891,
	3584528711,
	113926993,
	338241895,
	666307205,
	773529912,
	1294757372,
	1396182291,
	1695183700,
	1986661051,
	2177026350,
	2456956037,
	2730485921,
	2820302411,
	3259730800,
	3345764771,
	3516065817,
	3600352804,
	4094571909,
	275423344,
	430227734,
	506948616,
	659060556,
	883997877,
	958139571,
	1322822218,
	1537002063,
	1747873779,
	1955562222,
	2024104815,
	2227730452,
	2361852424,
	2428436474,
	2756734187,
	3204031479,
	3329325298
]);
const Sha256Node = (() => {
	try {
		(0,external_node_crypto_.createHash)("sha256");
		return true;
	} catch {
		return false;
	}
})() ? buildNativeClass() : Sha256Js;
function buildNativeClass() {
	return class Sha256Node {
		digestLength = 32;
		secret;
		hash;
		isHmac;
		finished = false;
		constructor(secret) {
			this.secret = secret;
			this.isHmac = !!secret;
			this.hash = this.createHash();
		}
		update(data) {
			if (this.finished) throw new Error("Attempted to update an already finished hash.");
			this.hash.update(data);
		}
		async digest() {
			let buf;
			if (this.isHmac) {
				this.finished = true;
				buf = this.hash.digest();
			} else buf = this.hash.copy().digest();
			return new Uint8Array(buf.buffer, buf.byteOffset, buf.byteLength);
		}
		reset() {
			this.hash = this.createHash();
			this.finished = false;
		}
		createHash() {
			return this.secret ? (0,external_node_crypto_.createHmac)("sha256", toBuffer(this.secret)) : (0,external_node_crypto_.createHash)("sha256");
		}
	};
}
function toBuffer(data) {
	if (typeof data === "string") return data;
	if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
	return Buffer.from(data);
}



/***/ }),

/***/ 439:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ toUtf8),
/* harmony export */   r: () => (/* binding */ fromUtf8),
/* harmony export */   t: () => (/* binding */ TypeRegistry)
/* harmony export */ });
/* harmony import */ var _hex_encoding_Bc8B5uu7_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(498);

// node_modules/@smithy/core/dist-es/submodules/serde/util-utf8/fromUtf8.js
const fromUtf8 = (input) => {
	const buf = (0,_hex_encoding_Bc8B5uu7_js__WEBPACK_IMPORTED_MODULE_0__.a)(input, "utf8");
	return new Uint8Array(buf.buffer, buf.byteOffset, buf.byteLength / Uint8Array.BYTES_PER_ELEMENT);
};
// node_modules/@smithy/core/dist-es/submodules/serde/util-utf8/toUtf8.js
const toUtf8 = (input) => {
	if (typeof input === "string") return input;
	if (typeof input !== "object" || typeof input.byteOffset !== "number" || typeof input.byteLength !== "number") throw new Error("@smithy/util-utf8: toUtf8 encoder function only accepts string | Uint8Array.");
	return (0,_hex_encoding_Bc8B5uu7_js__WEBPACK_IMPORTED_MODULE_0__.i)(input.buffer, input.byteOffset, input.byteLength).toString("utf8");
};
// node_modules/@smithy/core/dist-es/submodules/schema/TypeRegistry.js
var TypeRegistry = class TypeRegistry {
	namespace;
	schemas;
	exceptions;
	static registries = /* @__PURE__ */ new Map();
	constructor(namespace, schemas = /* @__PURE__ */ new Map(), exceptions = /* @__PURE__ */ new Map()) {
		this.namespace = namespace;
		this.schemas = schemas;
		this.exceptions = exceptions;
		if (!TypeRegistry.registries.has(namespace)) TypeRegistry.registries.set(namespace, this);
	}
	static for(namespace) {
		return TypeRegistry.registries.get(namespace) ?? new TypeRegistry(namespace);
	}
	copyFrom(other) {
		const { schemas, exceptions } = this;
		for (const [k, v] of other.schemas) if (!schemas.has(k)) schemas.set(k, v);
		for (const [k, v] of other.exceptions) if (!exceptions.has(k)) exceptions.set(k, v);
	}
	register(shapeId, schema) {
		const qualifiedName = this.normalizeShapeId(shapeId);
		for (const r of [this, TypeRegistry.for(qualifiedName.split("#")[0])]) if (!r.schemas.has(qualifiedName)) r.schemas.set(qualifiedName, schema);
	}
	getSchema(shapeId) {
		const id = this.normalizeShapeId(shapeId);
		if (!this.schemas.has(id)) {
			if (!shapeId.includes("#")) {
				const suffix = "#" + shapeId;
				const candidates = [];
				for (const [shapeId, schema] of this.schemas.entries()) if (shapeId.endsWith(suffix)) candidates.push(schema);
				if (candidates.length === 1) return candidates[0];
			}
			throw new Error(`@smithy/core/schema - schema not found for ${id}`);
		}
		return this.schemas.get(id);
	}
	registerError(es, ctor) {
		const $error = es;
		const ns = $error[1];
		const qualifiedName = ns + "#" + $error[2];
		if (!ctor.hasOwnProperty?.("shapeId")) ctor.shapeId = qualifiedName;
		for (const r of [this, TypeRegistry.for(ns)]) if (!r.schemas.has(qualifiedName) && !r.exceptions.has($error)) {
			r.schemas.set(qualifiedName, $error);
			r.exceptions.set($error, ctor);
		}
	}
	getErrorCtor(es) {
		const $error = es;
		if (this.exceptions.has($error)) return this.exceptions.get($error);
		return TypeRegistry.for($error[1]).exceptions.get($error);
	}
	getBaseException() {
		for (const exceptionKey of this.exceptions.keys()) if (Array.isArray(exceptionKey)) {
			const [, ns, name] = exceptionKey;
			const id = ns + "#" + name;
			if (id.startsWith("smithy.ts.sdk.synthetic.") && id.endsWith("ServiceException")) return exceptionKey;
		}
	}
	find(predicate) {
		for (const schema of this.schemas.values()) if (predicate(schema)) return schema;
	}
	clear() {
		this.schemas.clear();
		this.exceptions.clear();
	}
	normalizeShapeId(shapeId) {
		if (shapeId.includes("#")) return shapeId;
		return this.namespace + "#" + shapeId;
	}
};



/***/ }),

/***/ 447:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ chain)
/* harmony export */ });
/* harmony import */ var _CredentialsProviderError_BtFEgKxl_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(354);

// node_modules/@smithy/core/dist-es/submodules/config/property-provider/chain.js
const chain = (...providers) => async () => {
	if (providers.length === 0) throw new _CredentialsProviderError_BtFEgKxl_js__WEBPACK_IMPORTED_MODULE_0__.n("No providers in chain");
	let lastProviderError;
	for (const provider of providers) try {
		return await provider();
	} catch (err) {
		lastProviderError = err;
		if (err?.tryNextLink) continue;
		throw err;
	}
	throw lastProviderError;
};



/***/ }),

/***/ 679:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ memoize),
/* harmony export */   r: () => (/* binding */ parseUrl),
/* harmony export */   t: () => (/* binding */ loadConfig)
/* harmony export */ });
/* harmony import */ var _loadSharedConfigFiles_D2bPHZBa_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(395);
/* harmony import */ var _CredentialsProviderError_BtFEgKxl_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(354);
/* harmony import */ var _chain_DkOmQhBp_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(447);



// node_modules/@smithy/core/dist-es/submodules/transport/parseQueryString.js
function parseQueryString(querystring) {
	const query = {};
	querystring = querystring.replace(/^\?/, "");
	if (querystring) for (const pair of querystring.split("&")) {
		let [key, value = null] = pair.split("=");
		key = decodeURIComponent(key);
		if (value) value = decodeURIComponent(value);
		if (!(key in query)) query[key] = value;
		else if (Array.isArray(query[key])) query[key].push(value);
		else query[key] = [query[key], value];
	}
	return query;
}
// node_modules/@smithy/core/dist-es/submodules/transport/parseUrl.js
const parseUrl = (url) => {
	if (typeof url === "string") return parseUrl(new URL(url));
	const { hostname, pathname, port, protocol, search } = url;
	let query;
	if (search) query = parseQueryString(search);
	return {
		hostname,
		port: port ? parseInt(port) : void 0,
		protocol,
		path: pathname,
		query
	};
};
// node_modules/@smithy/core/dist-es/submodules/config/property-provider/fromValue.js
const fromValue = (staticValue) => () => Promise.resolve(staticValue);
// node_modules/@smithy/core/dist-es/submodules/config/property-provider/memoize.js
const memoize = (provider, isExpired, requiresRefresh) => {
	let resolved;
	let pending;
	let hasResult;
	let isConstant = false;
	const coalesceProvider = async () => {
		if (!pending) pending = provider();
		try {
			resolved = await pending;
			hasResult = true;
			isConstant = false;
		} finally {
			pending = void 0;
		}
		return resolved;
	};
	if (isExpired === void 0) return async (options) => {
		if (!hasResult || options?.forceRefresh) resolved = await coalesceProvider();
		return resolved;
	};
	return async (options) => {
		if (!hasResult || options?.forceRefresh) resolved = await coalesceProvider();
		if (isConstant) return resolved;
		if (requiresRefresh && !requiresRefresh(resolved)) {
			isConstant = true;
			return resolved;
		}
		if (isExpired(resolved)) {
			await coalesceProvider();
			return resolved;
		}
		return resolved;
	};
};
// node_modules/@smithy/core/dist-es/submodules/config/node-config-provider/getSelectorName.js
function getSelectorName(functionString) {
	try {
		const constants = new Set(Array.from(functionString.match(/([A-Z_]){3,}/g) ?? []));
		constants.delete("CONFIG");
		constants.delete("CONFIG_PREFIX_SEPARATOR");
		constants.delete("ENV");
		return [...constants].join(", ");
	} catch (ignored) {
		return functionString;
	}
}
// node_modules/@smithy/core/dist-es/submodules/config/node-config-provider/fromEnv.js
const fromEnv = (envVarSelector, options) => async () => {
	try {
		const config = envVarSelector(process.env, options);
		if (config === void 0) throw new Error();
		return config;
	} catch (e) {
		throw new _CredentialsProviderError_BtFEgKxl_js__WEBPACK_IMPORTED_MODULE_1__.t(e.message || `Not found in ENV: ${getSelectorName(envVarSelector.toString())}`, { logger: options?.logger });
	}
};
// node_modules/@smithy/core/dist-es/submodules/config/node-config-provider/fromSharedConfigFiles.js
const fromSharedConfigFiles = (configSelector, { preferredFile = "config", ...init } = {}) => async () => {
	const profile = (0,_loadSharedConfigFiles_D2bPHZBa_js__WEBPACK_IMPORTED_MODULE_0__.a)(init);
	const { configFile, credentialsFile } = await (0,_loadSharedConfigFiles_D2bPHZBa_js__WEBPACK_IMPORTED_MODULE_0__.t)(init);
	const profileFromCredentials = credentialsFile[profile] || {};
	const profileFromConfig = configFile[profile] || {};
	const mergedProfile = preferredFile === "config" ? {
		...profileFromCredentials,
		...profileFromConfig
	} : {
		...profileFromConfig,
		...profileFromCredentials
	};
	try {
		const configValue = configSelector(mergedProfile, preferredFile === "config" ? configFile : credentialsFile);
		if (configValue === void 0) throw new Error();
		return configValue;
	} catch (e) {
		throw new _CredentialsProviderError_BtFEgKxl_js__WEBPACK_IMPORTED_MODULE_1__.t(e.message || `Not found in config files w/ profile [${profile}]: ${getSelectorName(configSelector.toString())}`, { logger: init.logger });
	}
};
// node_modules/@smithy/core/dist-es/submodules/config/node-config-provider/fromStatic.js
const isFunction = (func) => typeof func === "function";
const fromStatic = (defaultValue) => isFunction(defaultValue) ? async () => await defaultValue() : fromValue(defaultValue);
// node_modules/@smithy/core/dist-es/submodules/config/node-config-provider/configLoader.js
const loadConfig = ({ environmentVariableSelector, configFileSelector, default: defaultValue }, configuration = {}) => {
	const { signingName, logger } = configuration;
	return memoize((0,_chain_DkOmQhBp_js__WEBPACK_IMPORTED_MODULE_2__.t)(fromEnv(environmentVariableSelector, {
		signingName,
		logger
	}), fromSharedConfigFiles(configFileSelector, configuration), fromStatic(defaultValue)));
};



/***/ }),

/***/ 394:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.r(__webpack_exports__);
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ fromWebToken),
/* harmony export */   t: () => (/* binding */ dist_es_exports)
/* harmony export */ });
/* harmony import */ var _rolldown_runtime_D_DrNG78_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2);
/* harmony import */ var _setCredentialFeature_B22jDOz5_js__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(757);
/* harmony import */ var _CredentialsProviderError_BtFEgKxl_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(354);
/* harmony import */ var _externalDataInterceptor_CWCT7GG3_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(365);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(24);





// node_modules/@aws-sdk/credential-provider-web-identity/dist-es/fromWebToken.js
const fromWebToken = (init) => async (awsIdentityProperties) => {
	init.logger?.debug("@aws-sdk/credential-provider-web-identity - fromWebToken");
	const { roleArn, roleSessionName, webIdentityToken, providerId, policyArns, policy, durationSeconds } = init;
	let { roleAssumerWithWebIdentity } = init;
	if (!roleAssumerWithWebIdentity) {
		const { getDefaultRoleAssumerWithWebIdentity } = await __nccwpck_require__.e(/* import() */ 379).then(__nccwpck_require__.bind(__nccwpck_require__, 379));
		roleAssumerWithWebIdentity = getDefaultRoleAssumerWithWebIdentity({
			...init.clientConfig,
			credentialProviderLogger: init.logger,
			parentClientConfig: {
				...awsIdentityProperties?.callerClientConfig,
				...init.parentClientConfig
			}
		}, init.clientPlugins);
	}
	return roleAssumerWithWebIdentity({
		RoleArn: roleArn,
		RoleSessionName: roleSessionName ?? `aws-sdk-js-session-${Date.now()}`,
		WebIdentityToken: webIdentityToken,
		ProviderId: providerId,
		PolicyArns: policyArns,
		Policy: policy,
		DurationSeconds: durationSeconds
	});
};
// node_modules/@aws-sdk/credential-provider-web-identity/dist-es/fromTokenFile.js
const ENV_TOKEN_FILE = "AWS_WEB_IDENTITY_TOKEN_FILE";
const ENV_ROLE_ARN = "AWS_ROLE_ARN";
const ENV_ROLE_SESSION_NAME = "AWS_ROLE_SESSION_NAME";
const fromTokenFile = (init = {}) => async (awsIdentityProperties) => {
	init.logger?.debug("@aws-sdk/credential-provider-web-identity - fromTokenFile");
	const webIdentityTokenFile = init?.webIdentityTokenFile ?? process.env[ENV_TOKEN_FILE];
	const roleArn = init?.roleArn ?? process.env[ENV_ROLE_ARN];
	const roleSessionName = init?.roleSessionName ?? process.env[ENV_ROLE_SESSION_NAME];
	if (!webIdentityTokenFile || !roleArn) throw new _CredentialsProviderError_BtFEgKxl_js__WEBPACK_IMPORTED_MODULE_1__.t("Web identity configuration not specified", { logger: init.logger });
	const credentials = await fromWebToken({
		...init,
		webIdentityToken: _externalDataInterceptor_CWCT7GG3_js__WEBPACK_IMPORTED_MODULE_2__.t?.getTokenRecord?.()[webIdentityTokenFile] ?? (0,node_fs__WEBPACK_IMPORTED_MODULE_3__.readFileSync)(webIdentityTokenFile, { encoding: "ascii" }),
		roleArn,
		roleSessionName
	})(awsIdentityProperties);
	if (webIdentityTokenFile === process.env[ENV_TOKEN_FILE]) (0,_setCredentialFeature_B22jDOz5_js__WEBPACK_IMPORTED_MODULE_4__.t)(credentials, "CREDENTIALS_ENV_VARS_STS_WEB_ID_TOKEN", "h");
	return credentials;
};
// node_modules/@aws-sdk/credential-provider-web-identity/dist-es/index.js
var dist_es_exports = /* @__PURE__ */ (0,_rolldown_runtime_D_DrNG78_js__WEBPACK_IMPORTED_MODULE_0__.n)({ fromTokenFile: () => fromTokenFile });



/***/ }),

/***/ 611:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.r(__webpack_exports__);
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ fromEnv),
/* harmony export */   n: () => (/* binding */ ENV_KEY),
/* harmony export */   r: () => (/* binding */ ENV_SECRET),
/* harmony export */   t: () => (/* binding */ dist_es_exports)
/* harmony export */ });
/* harmony import */ var _rolldown_runtime_D_DrNG78_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2);
/* harmony import */ var _setCredentialFeature_B22jDOz5_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(757);
/* harmony import */ var _CredentialsProviderError_BtFEgKxl_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(354);



// node_modules/@aws-sdk/credential-provider-env/dist-es/fromEnv.js
const ENV_KEY = "AWS_ACCESS_KEY_ID";
const ENV_SECRET = "AWS_SECRET_ACCESS_KEY";
const ENV_SESSION = "AWS_SESSION_TOKEN";
const ENV_EXPIRATION = "AWS_CREDENTIAL_EXPIRATION";
const ENV_CREDENTIAL_SCOPE = "AWS_CREDENTIAL_SCOPE";
const ENV_ACCOUNT_ID = "AWS_ACCOUNT_ID";
const fromEnv = (init) => async () => {
	init?.logger?.debug("@aws-sdk/credential-provider-env - fromEnv");
	const accessKeyId = process.env[ENV_KEY];
	const secretAccessKey = process.env[ENV_SECRET];
	const sessionToken = process.env[ENV_SESSION];
	const expiry = process.env[ENV_EXPIRATION];
	const credentialScope = process.env[ENV_CREDENTIAL_SCOPE];
	const accountId = process.env[ENV_ACCOUNT_ID];
	if (accessKeyId && secretAccessKey) {
		const credentials = {
			accessKeyId,
			secretAccessKey,
			...sessionToken && { sessionToken },
			...expiry && { expiration: new Date(expiry) },
			...credentialScope && { credentialScope },
			...accountId && { accountId }
		};
		(0,_setCredentialFeature_B22jDOz5_js__WEBPACK_IMPORTED_MODULE_2__.t)(credentials, "CREDENTIALS_ENV_VARS", "g");
		return credentials;
	}
	throw new _CredentialsProviderError_BtFEgKxl_js__WEBPACK_IMPORTED_MODULE_1__.t("Unable to find environment variable credentials.", { logger: init?.logger });
};
// node_modules/@aws-sdk/credential-provider-env/dist-es/index.js
var dist_es_exports = /* @__PURE__ */ (0,_rolldown_runtime_D_DrNG78_js__WEBPACK_IMPORTED_MODULE_0__.n)({ fromEnv: () => fromEnv });



/***/ }),

/***/ 365:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ externalDataInterceptor)
/* harmony export */ });
/* harmony import */ var _getSSOTokenFromFile_Dfg7A99Q_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(964);
/* harmony import */ var _readFile_BehvVPSA_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(761);


// node_modules/@smithy/core/dist-es/submodules/config/shared-ini-file-loader/externalDataInterceptor.js
const externalDataInterceptor = {
	getFileRecord() {
		return _readFile_BehvVPSA_js__WEBPACK_IMPORTED_MODULE_1__.t;
	},
	interceptFile(path, contents) {
		_readFile_BehvVPSA_js__WEBPACK_IMPORTED_MODULE_1__.t[path] = Promise.resolve(contents);
	},
	getTokenRecord() {
		return _getSSOTokenFromFile_Dfg7A99Q_js__WEBPACK_IMPORTED_MODULE_0__.n;
	},
	interceptToken(id, contents) {
		_getSSOTokenFromFile_Dfg7A99Q_js__WEBPACK_IMPORTED_MODULE_0__.n[id] = contents;
	}
};



/***/ }),

/***/ 964:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ tokenIntercept),
/* harmony export */   r: () => (/* binding */ getSSOTokenFilepath),
/* harmony export */   t: () => (/* binding */ getSSOTokenFromFile)
/* harmony export */ });
/* harmony import */ var _readFile_BehvVPSA_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(761);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(598);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(760);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(455);




// node_modules/@smithy/core/dist-es/submodules/config/shared-ini-file-loader/getSSOTokenFilepath.js
const getSSOTokenFilepath = (id) => {
	const cacheName = (0,node_crypto__WEBPACK_IMPORTED_MODULE_1__.createHash)("sha1").update(id).digest("hex");
	return (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)((0,_readFile_BehvVPSA_js__WEBPACK_IMPORTED_MODULE_0__.r)(), ".aws", "sso", "cache", `${cacheName}.json`);
};
// node_modules/@smithy/core/dist-es/submodules/config/shared-ini-file-loader/getSSOTokenFromFile.js
const tokenIntercept = {};
const getSSOTokenFromFile = async (id) => {
	if (tokenIntercept[id]) return tokenIntercept[id];
	const ssoTokenFilepath = getSSOTokenFilepath(id);
	const ssoTokenText = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_3__.readFile)(ssoTokenFilepath, "utf8");
	return JSON.parse(ssoTokenText);
};



/***/ }),

/***/ 498:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ fromString),
/* harmony export */   i: () => (/* binding */ fromArrayBuffer),
/* harmony export */   n: () => (/* binding */ toHex),
/* harmony export */   o: () => (/* binding */ isArrayBuffer),
/* harmony export */   r: () => (/* binding */ hasOwn),
/* harmony export */   t: () => (/* binding */ fromHex)
/* harmony export */ });
// node_modules/@smithy/core/dist-es/submodules/serde/is-array-buffer/is-array-buffer.js
const isArrayBuffer = (arg) => typeof ArrayBuffer === "function" && arg instanceof ArrayBuffer || Object.prototype.toString.call(arg) === "[object ArrayBuffer]";
// node_modules/@smithy/core/dist-es/submodules/serde/util-buffer-from/buffer-from.js
const fromArrayBuffer = (input, offset = 0, length = input.byteLength - offset) => {
	if (!isArrayBuffer(input)) throw new TypeError(`The "input" argument must be ArrayBuffer. Received type ${typeof input} (${input})`);
	return Buffer.from(input, offset, length);
};
const fromString = (input, encoding) => {
	if (typeof input !== "string") throw new TypeError(`The "input" argument must be of type string. Received type ${typeof input} (${input})`);
	return encoding ? Buffer.from(input, encoding) : Buffer.from(input);
};
// node_modules/@smithy/core/dist-es/submodules/transport/hasOwn.js
function hasOwn(o, k) {
	return Object.prototype.hasOwnProperty.call(o, k);
}
// node_modules/@smithy/core/dist-es/submodules/serde/util-hex-encoding/hex-encoding.js
const SHORT_TO_HEX = {};
const HEX_TO_SHORT = {};
for (let i = 0; i < 256; i++) {
	let encodedByte = i.toString(16).toLowerCase();
	if (encodedByte.length === 1) encodedByte = `0${encodedByte}`;
	SHORT_TO_HEX[i] = encodedByte;
	HEX_TO_SHORT[encodedByte] = i;
}
function fromHex(encoded) {
	if (encoded.length % 2 !== 0) throw new Error("Hex encoded strings must have an even number length");
	const out = new Uint8Array(encoded.length / 2);
	for (let i = 0; i < encoded.length; i += 2) {
		const encodedByte = encoded.slice(i, i + 2).toLowerCase();
		if (encodedByte in HEX_TO_SHORT) out[i / 2] = HEX_TO_SHORT[encodedByte];
		else throw new Error(`Cannot decode unrecognized sequence ${encodedByte} as hexadecimal`);
	}
	return out;
}
function toHex(bytes) {
	let out = "";
	for (let i = 0; i < bytes.byteLength; i++) out += SHORT_TO_HEX[bytes[i]];
	return out;
}



/***/ }),

/***/ 40:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ HttpRequest)
/* harmony export */ });
// node_modules/@smithy/core/dist-es/submodules/transport/httpRequest.js
var HttpRequest = class HttpRequest {
	method;
	protocol;
	hostname;
	port;
	path;
	query;
	headers;
	username;
	password;
	fragment;
	body;
	constructor(options) {
		this.method = options.method || "GET";
		this.hostname = options.hostname || "localhost";
		this.port = options.port;
		this.query = options.query || {};
		this.headers = options.headers || {};
		this.body = options.body;
		this.protocol = options.protocol ? options.protocol.slice(-1) !== ":" ? `${options.protocol}:` : options.protocol : "https:";
		this.path = options.path ? options.path.charAt(0) !== "/" ? `/${options.path}` : options.path : "/";
		this.username = options.username;
		this.password = options.password;
		this.fragment = options.fragment;
	}
	static clone(request) {
		const cloned = new HttpRequest({
			...request,
			headers: { ...request.headers }
		});
		if (cloned.query) cloned.query = cloneQuery(cloned.query);
		return cloned;
	}
	static isInstance(request) {
		if (!request) return false;
		const req = request;
		return "method" in req && "protocol" in req && "hostname" in req && "path" in req && typeof req["query"] === "object" && typeof req["headers"] === "object";
	}
	clone() {
		return HttpRequest.clone(this);
	}
};
function cloneQuery(query) {
	return Object.keys(query).reduce((carry, paramName) => {
		const param = query[paramName];
		return {
			...carry,
			[paramName]: Array.isArray(param) ? [...param] : param
		};
	}, {});
}



/***/ }),

/***/ 727:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

// ESM COMPAT FLAG
__nccwpck_require__.r(__webpack_exports__);

// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  n: () => (/* binding */ AwsQueryProtocol),
  t: () => (/* binding */ event_streams_exports)
});

// EXTERNAL MODULE: ./build/bundle/rolldown-runtime-D-DrNG78.js + 1 modules
var rolldown_runtime_D_DrNG78 = __nccwpck_require__(2);
// EXTERNAL MODULE: ./build/bundle/node-http-handler-BMbmsy-c.js
var node_http_handler_BMbmsy_c = __nccwpck_require__(428);
// EXTERNAL MODULE: ./build/bundle/dist-es-DYt4wu33.js
var dist_es_DYt4wu33 = __nccwpck_require__(394);
// EXTERNAL MODULE: ./build/bundle/Sha256Node-DwJ-Bm2V.js + 1 modules
var Sha256Node_DwJ_Bm2V = __nccwpck_require__(853);
// EXTERNAL MODULE: ./build/bundle/httpRequest-xDbkZc54.js
var httpRequest_xDbkZc54 = __nccwpck_require__(40);
// EXTERNAL MODULE: ./build/bundle/TypeRegistry-BYzBs9Nm.js
var TypeRegistry_BYzBs9Nm = __nccwpck_require__(439);
// EXTERNAL MODULE: ./build/bundle/dist-es-Dqdma8MH.js
var dist_es_Dqdma8MH = __nccwpck_require__(611);
// EXTERNAL MODULE: ./build/bundle/CredentialsProviderError-BtFEgKxl.js
var CredentialsProviderError_BtFEgKxl = __nccwpck_require__(354);
// EXTERNAL MODULE: ./build/bundle/loadSharedConfigFiles-D2bPHZBa.js
var loadSharedConfigFiles_D2bPHZBa = __nccwpck_require__(395);
// EXTERNAL MODULE: ./build/bundle/chain-DkOmQhBp.js
var chain_DkOmQhBp = __nccwpck_require__(447);
// EXTERNAL MODULE: ./build/bundle/configLoader-DlwdWvjJ.js
var configLoader_DlwdWvjJ = __nccwpck_require__(679);
// EXTERNAL MODULE: ./build/bundle/JsonCodec2-BiOdwcN8.js
var JsonCodec2_BiOdwcN8 = __nccwpck_require__(158);
// EXTERNAL MODULE: ./build/bundle/hex-encoding-Bc8B5uu7.js
var hex_encoding_Bc8B5uu7 = __nccwpck_require__(498);
// EXTERNAL MODULE: external "os"
var external_os_ = __nccwpck_require__(857);
;// CONCATENATED MODULE: external "crypto"
const external_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");
// EXTERNAL MODULE: external "fs"
var external_fs_ = __nccwpck_require__(896);
// EXTERNAL MODULE: external "node:http"
var external_node_http_ = __nccwpck_require__(67);
// EXTERNAL MODULE: external "node:stream"
var external_node_stream_ = __nccwpck_require__(75);
;// CONCATENATED MODULE: external "node:events"
const external_node_events_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:events");
;// CONCATENATED MODULE: external "node:zlib"
const external_node_zlib_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:zlib");
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __nccwpck_require__(598);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(760);
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __nccwpck_require__(708);
// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __nccwpck_require__(24);
;// CONCATENATED MODULE: external "node:stream/consumers"
const consumers_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:stream/consumers");
;// CONCATENATED MODULE: ./build/bundle/index.js



























// node_modules/@actions/core/lib/utils.js
/**
* Sanitizes an input into a string so it can be passed into issueCommand safely
* @param input input to sanitize into a string
*/
function toCommandValue(input) {
	if (input === null || input === void 0) return "";
	else if (typeof input === "string" || input instanceof String) return input;
	return JSON.stringify(input);
}
/**
*
* @param annotationProperties
* @returns The command properties to send with the actual annotation command
* See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
*/
function toCommandProperties(annotationProperties) {
	if (!Object.keys(annotationProperties).length) return {};
	return {
		title: annotationProperties.title,
		file: annotationProperties.file,
		line: annotationProperties.startLine,
		endLine: annotationProperties.endLine,
		col: annotationProperties.startColumn,
		endColumn: annotationProperties.endColumn
	};
}
// node_modules/@actions/core/lib/command.js
/**
* Issues a command to the GitHub Actions runner
*
* @param command - The command name to issue
* @param properties - Additional properties for the command (key-value pairs)
* @param message - The message to include with the command
* @remarks
* This function outputs a specially formatted string to stdout that the Actions
* runner interprets as a command. These commands can control workflow behavior,
* set outputs, create annotations, mask values, and more.
*
* Command Format:
*   ::name key=value,key=value::message
*
* @example
* ```typescript
* // Issue a warning annotation
* issueCommand('warning', {}, 'This is a warning message');
* // Output: ::warning::This is a warning message
*
* // Set an environment variable
* issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
* // Output: ::set-env name=MY_VAR::some value
*
* // Add a secret mask
* issueCommand('add-mask', {}, 'secretValue123');
* // Output: ::add-mask::secretValue123
* ```
*
* @internal
* This is an internal utility function that powers the public API functions
* such as setSecret, warning, error, and exportVariable.
*/
function issueCommand(command, properties, message) {
	const cmd = new Command(command, properties, message);
	process.stdout.write(cmd.toString() + external_os_.EOL);
}
const CMD_STRING = "::";
var Command = class {
	constructor(command, properties, message) {
		if (!command) command = "missing.command";
		this.command = command;
		this.properties = properties;
		this.message = message;
	}
	toString() {
		let cmdStr = CMD_STRING + this.command;
		if (this.properties && Object.keys(this.properties).length > 0) {
			cmdStr += " ";
			let first = true;
			for (const key in this.properties) if (this.properties.hasOwnProperty(key)) {
				const val = this.properties[key];
				if (val) {
					if (first) first = false;
					else cmdStr += ",";
					cmdStr += `${key}=${escapeProperty(val)}`;
				}
			}
		}
		cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
		return cmdStr;
	}
};
function escapeData(s) {
	return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}
function escapeProperty(s) {
	return toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/:/g, "%3A").replace(/,/g, "%2C");
}
// node_modules/@actions/core/lib/file-command.js
function issueFileCommand(command, message) {
	const filePath = process.env[`GITHUB_${command}`];
	if (!filePath) throw new Error(`Unable to find environment variable for file command ${command}`);
	if (!external_fs_.existsSync(filePath)) throw new Error(`Missing file at path: ${filePath}`);
	external_fs_.appendFileSync(filePath, `${toCommandValue(message)}${external_os_.EOL}`, { encoding: "utf8" });
}
function prepareKeyValueMessage(key, value) {
	const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
	const convertedValue = toCommandValue(value);
	if (key.includes(delimiter)) throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
	if (convertedValue.includes(delimiter)) throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
	return `${key}<<${delimiter}${external_os_.EOL}${convertedValue}${external_os_.EOL}${delimiter}`;
}
// node_modules/@actions/http-client/lib/proxy.js
function getProxyUrl(reqUrl) {
	const usingSsl = reqUrl.protocol === "https:";
	if (checkBypass(reqUrl)) return;
	const proxyVar = (() => {
		if (usingSsl) return process.env["https_proxy"] || process.env["HTTPS_PROXY"];
		else return process.env["http_proxy"] || process.env["HTTP_PROXY"];
	})();
	if (proxyVar) try {
		return new DecodedURL(proxyVar);
	} catch (_a) {
		if (!proxyVar.startsWith("http://") && !proxyVar.startsWith("https://")) return new DecodedURL(`http://${proxyVar}`);
	}
	else return;
}
function checkBypass(reqUrl) {
	if (!reqUrl.hostname) return false;
	const reqHost = reqUrl.hostname;
	if (isLoopbackAddress(reqHost)) return true;
	const noProxy = process.env["no_proxy"] || process.env["NO_PROXY"] || "";
	if (!noProxy) return false;
	let reqPort;
	if (reqUrl.port) reqPort = Number(reqUrl.port);
	else if (reqUrl.protocol === "http:") reqPort = 80;
	else if (reqUrl.protocol === "https:") reqPort = 443;
	const upperReqHosts = [reqUrl.hostname.toUpperCase()];
	if (typeof reqPort === "number") upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
	for (const upperNoProxyItem of noProxy.split(",").map((x) => x.trim().toUpperCase()).filter((x) => x)) if (upperNoProxyItem === "*" || upperReqHosts.some((x) => x === upperNoProxyItem || x.endsWith(`.${upperNoProxyItem}`) || upperNoProxyItem.startsWith(".") && x.endsWith(`${upperNoProxyItem}`))) return true;
	return false;
}
function isLoopbackAddress(host) {
	const hostLower = host.toLowerCase();
	return hostLower === "localhost" || hostLower.startsWith("127.") || hostLower.startsWith("[::1]") || hostLower.startsWith("[0:0:0:0:0:0:0:1]");
}
var DecodedURL = class extends URL {
	constructor(url, base) {
		super(url, base);
		this._decodedUsername = decodeURIComponent(super.username);
		this._decodedPassword = decodeURIComponent(super.password);
	}
	get username() {
		return this._decodedUsername;
	}
	get password() {
		return this._decodedPassword;
	}
};
// node_modules/@actions/core/lib/summary.js
var __awaiter$1 = function(thisArg, _arguments, P, generator) {
	function adopt(value) {
		return value instanceof P ? value : new P(function(resolve) {
			resolve(value);
		});
	}
	return new (P || (P = Promise))(function(resolve, reject) {
		function fulfilled(value) {
			try {
				step(generator.next(value));
			} catch (e) {
				reject(e);
			}
		}
		function rejected(value) {
			try {
				step(generator["throw"](value));
			} catch (e) {
				reject(e);
			}
		}
		function step(result) {
			result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
		}
		step((generator = generator.apply(thisArg, _arguments || [])).next());
	});
};
const { access, appendFile, writeFile } = external_fs_.promises;
const SUMMARY_ENV_VAR = "GITHUB_STEP_SUMMARY";
var Summary = class {
	constructor() {
		this._buffer = "";
	}
	/**
	* Finds the summary file path from the environment, rejects if env var is not found or file does not exist
	* Also checks r/w permissions.
	*
	* @returns step summary file path
	*/
	filePath() {
		return __awaiter$1(this, void 0, void 0, function* () {
			if (this._filePath) return this._filePath;
			const pathFromEnv = process.env[SUMMARY_ENV_VAR];
			if (!pathFromEnv) throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
			try {
				yield access(pathFromEnv, external_fs_.constants.R_OK | external_fs_.constants.W_OK);
			} catch (_a) {
				throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
			}
			this._filePath = pathFromEnv;
			return this._filePath;
		});
	}
	/**
	* Wraps content in an HTML tag, adding any HTML attributes
	*
	* @param {string} tag HTML tag to wrap
	* @param {string | null} content content within the tag
	* @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
	*
	* @returns {string} content wrapped in HTML element
	*/
	wrap(tag, content, attrs = {}) {
		const htmlAttrs = Object.entries(attrs).map(([key, value]) => ` ${key}="${value}"`).join("");
		if (!content) return `<${tag}${htmlAttrs}>`;
		return `<${tag}${htmlAttrs}>${content}</${tag}>`;
	}
	/**
	* Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
	*
	* @param {SummaryWriteOptions} [options] (optional) options for write operation
	*
	* @returns {Promise<Summary>} summary instance
	*/
	write(options) {
		return __awaiter$1(this, void 0, void 0, function* () {
			const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
			const filePath = yield this.filePath();
			yield (overwrite ? writeFile : appendFile)(filePath, this._buffer, { encoding: "utf8" });
			return this.emptyBuffer();
		});
	}
	/**
	* Clears the summary buffer and wipes the summary file
	*
	* @returns {Summary} summary instance
	*/
	clear() {
		return __awaiter$1(this, void 0, void 0, function* () {
			return this.emptyBuffer().write({ overwrite: true });
		});
	}
	/**
	* Returns the current summary buffer as a string
	*
	* @returns {string} string of summary buffer
	*/
	stringify() {
		return this._buffer;
	}
	/**
	* If the summary buffer is empty
	*
	* @returns {boolen} true if the buffer is empty
	*/
	isEmptyBuffer() {
		return this._buffer.length === 0;
	}
	/**
	* Resets the summary buffer without writing to summary file
	*
	* @returns {Summary} summary instance
	*/
	emptyBuffer() {
		this._buffer = "";
		return this;
	}
	/**
	* Adds raw text to the summary buffer
	*
	* @param {string} text content to add
	* @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
	*
	* @returns {Summary} summary instance
	*/
	addRaw(text, addEOL = false) {
		this._buffer += text;
		return addEOL ? this.addEOL() : this;
	}
	/**
	* Adds the operating system-specific end-of-line marker to the buffer
	*
	* @returns {Summary} summary instance
	*/
	addEOL() {
		return this.addRaw(external_os_.EOL);
	}
	/**
	* Adds an HTML codeblock to the summary buffer
	*
	* @param {string} code content to render within fenced code block
	* @param {string} lang (optional) language to syntax highlight code
	*
	* @returns {Summary} summary instance
	*/
	addCodeBlock(code, lang) {
		const attrs = Object.assign({}, lang && { lang });
		const element = this.wrap("pre", this.wrap("code", code), attrs);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML list to the summary buffer
	*
	* @param {string[]} items list of items to render
	* @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
	*
	* @returns {Summary} summary instance
	*/
	addList(items, ordered = false) {
		const tag = ordered ? "ol" : "ul";
		const listItems = items.map((item) => this.wrap("li", item)).join("");
		const element = this.wrap(tag, listItems);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML table to the summary buffer
	*
	* @param {SummaryTableCell[]} rows table rows
	*
	* @returns {Summary} summary instance
	*/
	addTable(rows) {
		const tableBody = rows.map((row) => {
			const cells = row.map((cell) => {
				if (typeof cell === "string") return this.wrap("td", cell);
				const { header, data, colspan, rowspan } = cell;
				const tag = header ? "th" : "td";
				const attrs = Object.assign(Object.assign({}, colspan && { colspan }), rowspan && { rowspan });
				return this.wrap(tag, data, attrs);
			}).join("");
			return this.wrap("tr", cells);
		}).join("");
		const element = this.wrap("table", tableBody);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds a collapsable HTML details element to the summary buffer
	*
	* @param {string} label text for the closed state
	* @param {string} content collapsable content
	*
	* @returns {Summary} summary instance
	*/
	addDetails(label, content) {
		const element = this.wrap("details", this.wrap("summary", label) + content);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML image tag to the summary buffer
	*
	* @param {string} src path to the image you to embed
	* @param {string} alt text description of the image
	* @param {SummaryImageOptions} options (optional) addition image attributes
	*
	* @returns {Summary} summary instance
	*/
	addImage(src, alt, options) {
		const { width, height } = options || {};
		const attrs = Object.assign(Object.assign({}, width && { width }), height && { height });
		const element = this.wrap("img", null, Object.assign({
			src,
			alt
		}, attrs));
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML section heading element
	*
	* @param {string} text heading text
	* @param {number | string} [level=1] (optional) the heading level, default: 1
	*
	* @returns {Summary} summary instance
	*/
	addHeading(text, level) {
		const tag = `h${level}`;
		const allowedTag = [
			"h1",
			"h2",
			"h3",
			"h4",
			"h5",
			"h6"
		].includes(tag) ? tag : "h1";
		const element = this.wrap(allowedTag, text);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML thematic break (<hr>) to the summary buffer
	*
	* @returns {Summary} summary instance
	*/
	addSeparator() {
		const element = this.wrap("hr", null);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML line break (<br>) to the summary buffer
	*
	* @returns {Summary} summary instance
	*/
	addBreak() {
		const element = this.wrap("br", null);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML blockquote to the summary buffer
	*
	* @param {string} text quote text
	* @param {string} cite (optional) citation url
	*
	* @returns {Summary} summary instance
	*/
	addQuote(text, cite) {
		const attrs = Object.assign({}, cite && { cite });
		const element = this.wrap("blockquote", text, attrs);
		return this.addRaw(element).addEOL();
	}
	/**
	* Adds an HTML anchor tag to the summary buffer
	*
	* @param {string} text link text/content
	* @param {string} href hyperlink
	*
	* @returns {Summary} summary instance
	*/
	addLink(text, href) {
		const element = this.wrap("a", text, { href });
		return this.addRaw(element).addEOL();
	}
};
const summary$1 = new Summary();
/**
* The code to exit an action
*/
var ExitCode;
(function(ExitCode) {
	/**
	* A code indicating that the action was successful
	*/
	ExitCode[ExitCode["Success"] = 0] = "Success";
	/**
	* A code indicating that the action was a failure
	*/
	ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
/**
* Sets the value of an output.
*
* @param     name     name of the output to set
* @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
*/
function setOutput(name, value) {
	if (process.env["GITHUB_OUTPUT"] || "") return issueFileCommand("OUTPUT", prepareKeyValueMessage(name, value));
	process.stdout.write(external_os_.EOL);
	issueCommand("set-output", { name }, toCommandValue(value));
}
/**
* Writes debug message to user log
* @param message debug message
*/
function debug(message) {
	issueCommand("debug", {}, message);
}
/**
* Adds an error issue
* @param message error issue message. Errors will be converted to string via toString()
* @param properties optional properties to add to the annotation.
*/
function error(message, properties = {}) {
	issueCommand("error", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
* Saves state for current action, the state can only be retrieved by this action's post job execution.
*
* @param     name     name of the state to store
* @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
*/
function saveState(name, value) {
	if (process.env["GITHUB_STATE"] || "") return issueFileCommand("STATE", prepareKeyValueMessage(name, value));
	issueCommand("save-state", { name }, toCommandValue(value));
}
/**
* Gets the value of an state set by this action's main execution.
*
* @param     name     name of the state to get
* @returns   string
*/
function getState(name) {
	return process.env[`STATE_${name}`] || "";
}
// src/github/command-switch.ts
/**
* Switches the runner's workflow commands off while a container's lines are printed, with a token nobody can guess, and
* on again for one of our own.
*/
var CommandSwitch = class {
	write;
	token;
	/** @param write to standard output */
	constructor(write) {
		this.write = write;
	}
	/** The runner shows the line with a masked token. */
	off() {
		if (this.token !== void 0) return;
		this.token = (0,external_node_crypto_.randomUUID)();
		this.write(`::stop-commands::${this.token}\n`);
	}
	on() {
		if (this.token === void 0) return;
		this.write(`::${this.token}::\n`);
		this.token = void 0;
	}
};
// node_modules/@smithy/core/dist-es/submodules/client/smithy-client/get-value-from-text-node.js
const getValueFromTextNode = (obj) => {
	const textNodeName = "#text";
	for (const key in obj) {
		if (!(0,hex_encoding_Bc8B5uu7.r)(obj, key)) continue;
		if (obj[key][textNodeName] !== void 0) obj[key] = obj[key][textNodeName];
		else if (typeof obj[key] === "object" && obj[key] !== null) obj[key] = getValueFromTextNode(obj[key]);
	}
	return obj;
};
// node_modules/@smithy/core/dist-es/submodules/protocols/RpcProtocol.js
var RpcProtocol = class extends Sha256Node_DwJ_Bm2V.z {
	async serializeRequest(operationSchema, _input, context) {
		const serializer = this.serializer;
		const query = {};
		const headers = {};
		const endpoint = await context.endpoint();
		const ns = Sha256Node_DwJ_Bm2V.ft.of(operationSchema?.input);
		const schema = ns.getSchema();
		let payload;
		const input = _input && typeof _input === "object" ? _input : {};
		const request = new httpRequest_xDbkZc54.t({
			protocol: "",
			hostname: "",
			port: void 0,
			path: "/",
			fragment: void 0,
			query,
			headers,
			body: void 0
		});
		if (endpoint) {
			this.updateServiceEndpoint(request, endpoint);
			this.setHostPrefix(request, operationSchema, input);
		}
		if (input) {
			const eventStreamMember = ns.getEventStreamMember();
			if (eventStreamMember) {
				if (input[eventStreamMember]) {
					const initialRequest = {};
					for (const [memberName] of ns.structIterator()) if (memberName !== eventStreamMember && input[memberName] != null) initialRequest[memberName] = input[memberName];
					payload = await this.serializeEventStream({
						eventStream: input[eventStreamMember],
						requestSchema: ns,
						initialRequest
					});
				}
			} else {
				serializer.write(schema, input);
				payload = serializer.flush();
			}
		}
		request.headers = Object.assign(request.headers, headers);
		request.query = query;
		request.body = payload;
		request.method = "POST";
		return request;
	}
	async deserializeResponse(operationSchema, context, response) {
		const deserializer = this.deserializer;
		const ns = Sha256Node_DwJ_Bm2V.ft.of(operationSchema.output);
		const dataObject = {};
		if (this.isErrorResponse(response.statusCode)) {
			const bytes = await (0,Sha256Node_DwJ_Bm2V.W)(response.body, context);
			if (bytes.byteLength > 0) Object.assign(dataObject, await deserializer.read(15, bytes));
			await this.handleError(operationSchema, context, response, dataObject, this.deserializeMetadata(response));
			throw new Error("@smithy/core/protocols - RPC Protocol error handler failed to throw.");
		}
		for (const header in response.headers) {
			if (!(0,hex_encoding_Bc8B5uu7.r)(response.headers, header)) continue;
			const value = response.headers[header];
			delete response.headers[header];
			response.headers[header.toLowerCase()] = value;
		}
		const eventStreamMember = ns.getEventStreamMember();
		if (eventStreamMember) dataObject[eventStreamMember] = await this.deserializeEventStream({
			response,
			responseSchema: ns,
			initialResponseContainer: dataObject
		});
		else {
			const bytes = await (0,Sha256Node_DwJ_Bm2V.W)(response.body, context);
			if (bytes.byteLength > 0) Object.assign(dataObject, await deserializer.read(ns, bytes));
		}
		dataObject.$metadata = this.deserializeMetadata(response);
		return dataObject;
	}
	isErrorResponse(statusCode) {
		return statusCode >= 300;
	}
};
// node_modules/agent-base/dist/helpers.js
var require_helpers = /* @__PURE__ */ (0,rolldown_runtime_D_DrNG78.t)(((exports, module, this$4) => {
	var __createBinding = this$4 && this$4.__createBinding || (Object.create ? (function(o, m, k, k2) {
		if (k2 === void 0) k2 = k;
		var desc = Object.getOwnPropertyDescriptor(m, k);
		if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) desc = {
			enumerable: true,
			get: function() {
				return m[k];
			}
		};
		Object.defineProperty(o, k2, desc);
	}) : (function(o, m, k, k2) {
		if (k2 === void 0) k2 = k;
		o[k2] = m[k];
	}));
	var __setModuleDefault = this$4 && this$4.__setModuleDefault || (Object.create ? (function(o, v) {
		Object.defineProperty(o, "default", {
			enumerable: true,
			value: v
		});
	}) : function(o, v) {
		o["default"] = v;
	});
	var __importStar = this$4 && this$4.__importStar || function(mod) {
		if (mod && mod.__esModule) return mod;
		var result = {};
		if (mod != null) {
			for (var k in mod) if (k !== "default" && Object.prototype.hasOwnProperty.call(mod, k)) __createBinding(result, mod, k);
		}
		__setModuleDefault(result, mod);
		return result;
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.req = exports.json = exports.toBuffer = void 0;
	const http = __importStar((0,rolldown_runtime_D_DrNG78.r)("http"));
	const https = __importStar((0,rolldown_runtime_D_DrNG78.r)("https"));
	async function toBuffer(stream) {
		let length = 0;
		const chunks = [];
		for await (const chunk of stream) {
			length += chunk.length;
			chunks.push(chunk);
		}
		return Buffer.concat(chunks, length);
	}
	exports.toBuffer = toBuffer;
	async function json(stream) {
		const str = (await toBuffer(stream)).toString("utf8");
		try {
			return JSON.parse(str);
		} catch (_err) {
			const err = _err;
			err.message += ` (input: ${str})`;
			throw err;
		}
	}
	exports.json = json;
	function req(url, opts = {}) {
		const req = ((typeof url === "string" ? url : url.href).startsWith("https:") ? https : http).request(url, opts);
		const promise = new Promise((resolve, reject) => {
			req.once("response", resolve).once("error", reject).end();
		});
		req.then = promise.then.bind(promise);
		return req;
	}
	exports.req = req;
}));
// node_modules/agent-base/dist/index.js
var require_dist$1 = /* @__PURE__ */ (0,rolldown_runtime_D_DrNG78.t)(((exports, module, this$3) => {
	var __createBinding = this$3 && this$3.__createBinding || (Object.create ? (function(o, m, k, k2) {
		if (k2 === void 0) k2 = k;
		var desc = Object.getOwnPropertyDescriptor(m, k);
		if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) desc = {
			enumerable: true,
			get: function() {
				return m[k];
			}
		};
		Object.defineProperty(o, k2, desc);
	}) : (function(o, m, k, k2) {
		if (k2 === void 0) k2 = k;
		o[k2] = m[k];
	}));
	var __setModuleDefault = this$3 && this$3.__setModuleDefault || (Object.create ? (function(o, v) {
		Object.defineProperty(o, "default", {
			enumerable: true,
			value: v
		});
	}) : function(o, v) {
		o["default"] = v;
	});
	var __importStar = this$3 && this$3.__importStar || function(mod) {
		if (mod && mod.__esModule) return mod;
		var result = {};
		if (mod != null) {
			for (var k in mod) if (k !== "default" && Object.prototype.hasOwnProperty.call(mod, k)) __createBinding(result, mod, k);
		}
		__setModuleDefault(result, mod);
		return result;
	};
	var __exportStar = this$3 && this$3.__exportStar || function(m, exports) {
		for (var p in m) if (p !== "default" && !Object.prototype.hasOwnProperty.call(exports, p)) __createBinding(exports, m, p);
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.Agent = void 0;
	const net = __importStar((0,rolldown_runtime_D_DrNG78.r)("net"));
	const http = __importStar((0,rolldown_runtime_D_DrNG78.r)("http"));
	const https_1 = (0,rolldown_runtime_D_DrNG78.r)("https");
	__exportStar(require_helpers(), exports);
	const INTERNAL = Symbol("AgentBaseInternalState");
	var Agent = class extends http.Agent {
		constructor(opts) {
			super(opts);
			this[INTERNAL] = {};
		}
		/**
		* Determine whether this is an `http` or `https` request.
		*/
		isSecureEndpoint(options) {
			if (options) {
				if (typeof options.secureEndpoint === "boolean") return options.secureEndpoint;
				if (typeof options.protocol === "string") return options.protocol === "https:";
			}
			const { stack } = /* @__PURE__ */ new Error();
			if (typeof stack !== "string") return false;
			return stack.split("\n").some((l) => l.indexOf("(https.js:") !== -1 || l.indexOf("node:https:") !== -1);
		}
		incrementSockets(name) {
			if (this.maxSockets === 1e400 && this.maxTotalSockets === 1e400) return null;
			if (!this.sockets[name]) this.sockets[name] = [];
			const fakeSocket = new net.Socket({ writable: false });
			this.sockets[name].push(fakeSocket);
			this.totalSocketCount++;
			return fakeSocket;
		}
		decrementSockets(name, socket) {
			if (!this.sockets[name] || socket === null) return;
			const sockets = this.sockets[name];
			const index = sockets.indexOf(socket);
			if (index !== -1) {
				sockets.splice(index, 1);
				this.totalSocketCount--;
				if (sockets.length === 0) delete this.sockets[name];
			}
		}
		getName(options) {
			if (this.isSecureEndpoint(options)) return https_1.Agent.prototype.getName.call(this, options);
			return super.getName(options);
		}
		createSocket(req, options, cb) {
			const connectOpts = {
				...options,
				secureEndpoint: this.isSecureEndpoint(options)
			};
			const name = this.getName(connectOpts);
			const fakeSocket = this.incrementSockets(name);
			Promise.resolve().then(() => this.connect(req, connectOpts)).then((socket) => {
				this.decrementSockets(name, fakeSocket);
				if (socket instanceof http.Agent) try {
					return socket.addRequest(req, connectOpts);
				} catch (err) {
					return cb(err);
				}
				this[INTERNAL].currentSocket = socket;
				super.createSocket(req, options, cb);
			}, (err) => {
				this.decrementSockets(name, fakeSocket);
				cb(err);
			});
		}
		createConnection() {
			const socket = this[INTERNAL].currentSocket;
			this[INTERNAL].currentSocket = void 0;
			if (!socket) throw new Error("No socket was returned in the `connect()` function");
			return socket;
		}
		get defaultPort() {
			return this[INTERNAL].defaultPort ?? (this.protocol === "https:" ? 443 : 80);
		}
		set defaultPort(v) {
			if (this[INTERNAL]) this[INTERNAL].defaultPort = v;
		}
		get protocol() {
			return this[INTERNAL].protocol ?? (this.isSecureEndpoint() ? "https:" : "http:");
		}
		set protocol(v) {
			if (this[INTERNAL]) this[INTERNAL].protocol = v;
		}
	};
	exports.Agent = Agent;
}));
// node_modules/ms/index.js
var require_ms = /* @__PURE__ */ (0,rolldown_runtime_D_DrNG78.t)(((exports, module) => {
	/**
	* Helpers.
	*/
	var s = 1e3;
	var m = s * 60;
	var h = m * 60;
	var d = h * 24;
	var w = d * 7;
	var y = d * 365.25;
	/**
	* Parse or format the given `val`.
	*
	* Options:
	*
	*  - `long` verbose formatting [false]
	*
	* @param {String|Number} val
	* @param {Object} [options]
	* @throws {Error} throw an error if val is not a non-empty string or a number
	* @return {String|Number}
	* @api public
	*/
	module.exports = function(val, options) {
		options = options || {};
		var type = typeof val;
		if (type === "string" && val.length > 0) return parse(val);
		else if (type === "number" && isFinite(val)) return options.long ? fmtLong(val) : fmtShort(val);
		throw new Error("val is not a non-empty string or a valid number. val=" + JSON.stringify(val));
	};
	/**
	* Parse the given `str` and return milliseconds.
	*
	* @param {String} str
	* @return {Number}
	* @api private
	*/
	function parse(str) {
		str = String(str);
		if (str.length > 100) return;
		var match = /^(-?(?:\d+)?\.?\d+) *(milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|years?|yrs?|y)?$/i.exec(str);
		if (!match) return;
		var n = parseFloat(match[1]);
		switch ((match[2] || "ms").toLowerCase()) {
			case "years":
			case "year":
			case "yrs":
			case "yr":
			case "y": return n * y;
			case "weeks":
			case "week":
			case "w": return n * w;
			case "days":
			case "day":
			case "d": return n * d;
			case "hours":
			case "hour":
			case "hrs":
			case "hr":
			case "h": return n * h;
			case "minutes":
			case "minute":
			case "mins":
			case "min":
			case "m": return n * m;
			case "seconds":
			case "second":
			case "secs":
			case "sec":
			case "s": return n * s;
			case "milliseconds":
			case "millisecond":
			case "msecs":
			case "msec":
			case "ms": return n;
			default: return;
		}
	}
	/**
	* Short format for `ms`.
	*
	* @param {Number} ms
	* @return {String}
	* @api private
	*/
	function fmtShort(ms) {
		var msAbs = Math.abs(ms);
		if (msAbs >= d) return Math.round(ms / d) + "d";
		if (msAbs >= h) return Math.round(ms / h) + "h";
		if (msAbs >= m) return Math.round(ms / m) + "m";
		if (msAbs >= s) return Math.round(ms / s) + "s";
		return ms + "ms";
	}
	/**
	* Long format for `ms`.
	*
	* @param {Number} ms
	* @return {String}
	* @api private
	*/
	function fmtLong(ms) {
		var msAbs = Math.abs(ms);
		if (msAbs >= d) return plural(ms, msAbs, d, "day");
		if (msAbs >= h) return plural(ms, msAbs, h, "hour");
		if (msAbs >= m) return plural(ms, msAbs, m, "minute");
		if (msAbs >= s) return plural(ms, msAbs, s, "second");
		return ms + " ms";
	}
	/**
	* Pluralization helper.
	*/
	function plural(ms, msAbs, n, name) {
		var isPlural = msAbs >= n * 1.5;
		return Math.round(ms / n) + " " + name + (isPlural ? "s" : "");
	}
}));
// node_modules/debug/src/common.js
var require_common = /* @__PURE__ */ (0,rolldown_runtime_D_DrNG78.t)(((exports, module) => {
	/**
	* This is the common logic for both the Node.js and web browser
	* implementations of `debug()`.
	*/
	function setup(env) {
		createDebug.debug = createDebug;
		createDebug.default = createDebug;
		createDebug.coerce = coerce;
		createDebug.disable = disable;
		createDebug.enable = enable;
		createDebug.enabled = enabled;
		createDebug.humanize = require_ms();
		createDebug.destroy = destroy;
		Object.keys(env).forEach((key) => {
			createDebug[key] = env[key];
		});
		/**
		* The currently active debug mode names, and names to skip.
		*/
		createDebug.names = [];
		createDebug.skips = [];
		/**
		* Map of special "%n" handling functions, for the debug "format" argument.
		*
		* Valid key names are a single, lower or upper-case letter, i.e. "n" and "N".
		*/
		createDebug.formatters = {};
		/**
		* Selects a color for a debug namespace
		* @param {String} namespace The namespace string for the debug instance to be colored
		* @return {Number|String} An ANSI color code for the given namespace
		* @api private
		*/
		function selectColor(namespace) {
			let hash = 0;
			for (let i = 0; i < namespace.length; i++) {
				hash = (hash << 5) - hash + namespace.charCodeAt(i);
				hash |= 0;
			}
			return createDebug.colors[Math.abs(hash) % createDebug.colors.length];
		}
		createDebug.selectColor = selectColor;
		/**
		* Create a debugger with the given `namespace`.
		*
		* @param {String} namespace
		* @return {Function}
		* @api public
		*/
		function createDebug(namespace) {
			let prevTime;
			let enableOverride = null;
			let namespacesCache;
			let enabledCache;
			function debug(...args) {
				if (!debug.enabled) return;
				const self = debug;
				const curr = Number(/* @__PURE__ */ new Date());
				self.diff = curr - (prevTime || curr);
				self.prev = prevTime;
				self.curr = curr;
				prevTime = curr;
				args[0] = createDebug.coerce(args[0]);
				if (typeof args[0] !== "string") args.unshift("%O");
				let index = 0;
				args[0] = args[0].replace(/%([a-zA-Z%])/g, (match, format) => {
					if (match === "%%") return "%";
					index++;
					const formatter = createDebug.formatters[format];
					if (typeof formatter === "function") {
						const val = args[index];
						match = formatter.call(self, val);
						args.splice(index, 1);
						index--;
					}
					return match;
				});
				createDebug.formatArgs.call(self, args);
				(self.log || createDebug.log).apply(self, args);
			}
			debug.namespace = namespace;
			debug.useColors = createDebug.useColors();
			debug.color = createDebug.selectColor(namespace);
			debug.extend = extend;
			debug.destroy = createDebug.destroy;
			Object.defineProperty(debug, "enabled", {
				enumerable: true,
				configurable: false,
				get: () => {
					if (enableOverride !== null) return enableOverride;
					if (namespacesCache !== createDebug.namespaces) {
						namespacesCache = createDebug.namespaces;
						enabledCache = createDebug.enabled(namespace);
					}
					return enabledCache;
				},
				set: (v) => {
					enableOverride = v;
				}
			});
			if (typeof createDebug.init === "function") createDebug.init(debug);
			return debug;
		}
		function extend(namespace, delimiter) {
			const newDebug = createDebug(this.namespace + (typeof delimiter === "undefined" ? ":" : delimiter) + namespace);
			newDebug.log = this.log;
			return newDebug;
		}
		/**
		* Enables a debug mode by namespaces. This can include modes
		* separated by a colon and wildcards.
		*
		* @param {String} namespaces
		* @api public
		*/
		function enable(namespaces) {
			createDebug.save(namespaces);
			createDebug.namespaces = namespaces;
			createDebug.names = [];
			createDebug.skips = [];
			const split = (typeof namespaces === "string" ? namespaces : "").trim().replace(/\s+/g, ",").split(",").filter(Boolean);
			for (const ns of split) if (ns[0] === "-") createDebug.skips.push(ns.slice(1));
			else createDebug.names.push(ns);
		}
		/**
		* Checks if the given string matches a namespace template, honoring
		* asterisks as wildcards.
		*
		* @param {String} search
		* @param {String} template
		* @return {Boolean}
		*/
		function matchesTemplate(search, template) {
			let searchIndex = 0;
			let templateIndex = 0;
			let starIndex = -1;
			let matchIndex = 0;
			while (searchIndex < search.length) if (templateIndex < template.length && (template[templateIndex] === search[searchIndex] || template[templateIndex] === "*")) {
				if (template[templateIndex] === "*") {
					starIndex = templateIndex;
					matchIndex = searchIndex;
					templateIndex++;
				} else {
					searchIndex++;
					templateIndex++;
				}
			} else if (starIndex !== -1) {
				templateIndex = starIndex + 1;
				matchIndex++;
				searchIndex = matchIndex;
			} else return false;
			while (templateIndex < template.length && template[templateIndex] === "*") templateIndex++;
			return templateIndex === template.length;
		}
		/**
		* Disable debug output.
		*
		* @return {String} namespaces
		* @api public
		*/
		function disable() {
			const namespaces = [...createDebug.names, ...createDebug.skips.map((namespace) => "-" + namespace)].join(",");
			createDebug.enable("");
			return namespaces;
		}
		/**
		* Returns true if the given mode name is enabled, false otherwise.
		*
		* @param {String} name
		* @return {Boolean}
		* @api public
		*/
		function enabled(name) {
			for (const skip of createDebug.skips) if (matchesTemplate(name, skip)) return false;
			for (const ns of createDebug.names) if (matchesTemplate(name, ns)) return true;
			return false;
		}
		/**
		* Coerce `val`.
		*
		* @param {Mixed} val
		* @return {Mixed}
		* @api private
		*/
		function coerce(val) {
			if (val instanceof Error) return val.stack || val.message;
			return val;
		}
		/**
		* XXX DO NOT USE. This is a temporary stub function.
		* XXX It WILL be removed in the next major release.
		*/
		function destroy() {
			console.warn("Instance method `debug.destroy()` is deprecated and no longer does anything. It will be removed in the next major version of `debug`.");
		}
		createDebug.enable(createDebug.load());
		return createDebug;
	}
	module.exports = setup;
}));
// node_modules/debug/src/browser.js
var require_browser = /* @__PURE__ */ (0,rolldown_runtime_D_DrNG78.t)(((exports, module) => {
	/**
	* This is the web browser implementation of `debug()`.
	*/
	exports.formatArgs = formatArgs;
	exports.save = save;
	exports.load = load;
	exports.useColors = useColors;
	exports.storage = localstorage();
	exports.destroy = (() => {
		let warned = false;
		return () => {
			if (!warned) {
				warned = true;
				console.warn("Instance method `debug.destroy()` is deprecated and no longer does anything. It will be removed in the next major version of `debug`.");
			}
		};
	})();
	/**
	* Colors.
	*/
	exports.colors = [
		"#0000CC",
		"#0000FF",
		"#0033CC",
		"#0033FF",
		"#0066CC",
		"#0066FF",
		"#0099CC",
		"#0099FF",
		"#00CC00",
		"#00CC33",
		"#00CC66",
		"#00CC99",
		"#00CCCC",
		"#00CCFF",
		"#3300CC",
		"#3300FF",
		"#3333CC",
		"#3333FF",
		"#3366CC",
		"#3366FF",
		"#3399CC",
		"#3399FF",
		"#33CC00",
		"#33CC33",
		"#33CC66",
		"#33CC99",
		"#33CCCC",
		"#33CCFF",
		"#6600CC",
		"#6600FF",
		"#6633CC",
		"#6633FF",
		"#66CC00",
		"#66CC33",
		"#9900CC",
		"#9900FF",
		"#9933CC",
		"#9933FF",
		"#99CC00",
		"#99CC33",
		"#CC0000",
		"#CC0033",
		"#CC0066",
		"#CC0099",
		"#CC00CC",
		"#CC00FF",
		"#CC3300",
		"#CC3333",
		"#CC3366",
		"#CC3399",
		"#CC33CC",
		"#CC33FF",
		"#CC6600",
		"#CC6633",
		"#CC9900",
		"#CC9933",
		"#CCCC00",
		"#CCCC33",
		"#FF0000",
		"#FF0033",
		"#FF0066",
		"#FF0099",
		"#FF00CC",
		"#FF00FF",
		"#FF3300",
		"#FF3333",
		"#FF3366",
		"#FF3399",
		"#FF33CC",
		"#FF33FF",
		"#FF6600",
		"#FF6633",
		"#FF9900",
		"#FF9933",
		"#FFCC00",
		"#FFCC33"
	];
	/**
	* Currently only WebKit-based Web Inspectors, Firefox >= v31,
	* and the Firebug extension (any Firefox version) are known
	* to support "%c" CSS customizations.
	*
	* TODO: add a `localStorage` variable to explicitly enable/disable colors
	*/
	function useColors() {
		if (typeof window !== "undefined" && window.process && (window.process.type === "renderer" || window.process.__nwjs)) return true;
		if (typeof navigator !== "undefined" && navigator.userAgent && navigator.userAgent.toLowerCase().match(/(edge|trident)\/(\d+)/)) return false;
		let m;
		return typeof document !== "undefined" && document.documentElement && document.documentElement.style && document.documentElement.style.WebkitAppearance || typeof window !== "undefined" && window.console && (window.console.firebug || window.console.exception && window.console.table) || typeof navigator !== "undefined" && navigator.userAgent && (m = navigator.userAgent.toLowerCase().match(/firefox\/(\d+)/)) && parseInt(m[1], 10) >= 31 || typeof navigator !== "undefined" && navigator.userAgent && navigator.userAgent.toLowerCase().match(/applewebkit\/(\d+)/);
	}
	/**
	* Colorize log arguments if enabled.
	*
	* @api public
	*/
	function formatArgs(args) {
		args[0] = (this.useColors ? "%c" : "") + this.namespace + (this.useColors ? " %c" : " ") + args[0] + (this.useColors ? "%c " : " ") + "+" + module.exports.humanize(this.diff);
		if (!this.useColors) return;
		const c = "color: " + this.color;
		args.splice(1, 0, c, "color: inherit");
		let index = 0;
		let lastC = 0;
		args[0].replace(/%[a-zA-Z%]/g, (match) => {
			if (match === "%%") return;
			index++;
			if (match === "%c") lastC = index;
		});
		args.splice(lastC, 0, c);
	}
	/**
	* Invokes `console.debug()` when available.
	* No-op when `console.debug` is not a "function".
	* If `console.debug` is not available, falls back
	* to `console.log`.
	*
	* @api public
	*/
	exports.log = console.debug || console.log || (() => {});
	/**
	* Save `namespaces`.
	*
	* @param {String} namespaces
	* @api private
	*/
	function save(namespaces) {
		try {
			if (namespaces) exports.storage.setItem("debug", namespaces);
			else exports.storage.removeItem("debug");
		} catch (error) {}
	}
	/**
	* Load `namespaces`.
	*
	* @return {String} returns the previously persisted debug modes
	* @api private
	*/
	function load() {
		let r;
		try {
			r = exports.storage.getItem("debug") || exports.storage.getItem("DEBUG");
		} catch (error) {}
		if (!r && typeof process !== "undefined" && "env" in process) r = process.env.DEBUG;
		return r;
	}
	/**
	* Localstorage attempts to return the localstorage.
	*
	* This is necessary because safari throws
	* when a user disables cookies/localstorage
	* and you attempt to access it.
	*
	* @return {LocalStorage}
	* @api private
	*/
	function localstorage() {
		try {
			return localStorage;
		} catch (error) {}
	}
	module.exports = require_common()(exports);
	const { formatters } = module.exports;
	/**
	* Map %j to `JSON.stringify()`, since no Web Inspectors do that by default.
	*/
	formatters.j = function(v) {
		try {
			return JSON.stringify(v);
		} catch (error) {
			return "[UnexpectedJSONParseError]: " + error.message;
		}
	};
}));
// node_modules/has-flag/index.js
var require_has_flag = /* @__PURE__ */ (0,rolldown_runtime_D_DrNG78.t)(((exports, module) => {
	module.exports = (flag, argv = process.argv) => {
		const prefix = flag.startsWith("-") ? "" : flag.length === 1 ? "-" : "--";
		const position = argv.indexOf(prefix + flag);
		const terminatorPosition = argv.indexOf("--");
		return position !== -1 && (terminatorPosition === -1 || position < terminatorPosition);
	};
}));
// node_modules/supports-color/index.js
var require_supports_color = /* @__PURE__ */ (0,rolldown_runtime_D_DrNG78.t)(((exports, module) => {
	const os = (0,rolldown_runtime_D_DrNG78.r)("os");
	const tty = (0,rolldown_runtime_D_DrNG78.r)("tty");
	const hasFlag = require_has_flag();
	const { env } = process;
	let forceColor;
	if (hasFlag("no-color") || hasFlag("no-colors") || hasFlag("color=false") || hasFlag("color=never")) forceColor = 0;
	else if (hasFlag("color") || hasFlag("colors") || hasFlag("color=true") || hasFlag("color=always")) forceColor = 1;
	if ("FORCE_COLOR" in env) {
		if (env.FORCE_COLOR === "true") forceColor = 1;
		else if (env.FORCE_COLOR === "false") forceColor = 0;
		else forceColor = env.FORCE_COLOR.length === 0 ? 1 : Math.min(parseInt(env.FORCE_COLOR, 10), 3);
	}
	function translateLevel(level) {
		if (level === 0) return false;
		return {
			level,
			hasBasic: true,
			has256: level >= 2,
			has16m: level >= 3
		};
	}
	function supportsColor(haveStream, streamIsTTY) {
		if (forceColor === 0) return 0;
		if (hasFlag("color=16m") || hasFlag("color=full") || hasFlag("color=truecolor")) return 3;
		if (hasFlag("color=256")) return 2;
		if (haveStream && !streamIsTTY && forceColor === void 0) return 0;
		const min = forceColor || 0;
		if (env.TERM === "dumb") return min;
		if (process.platform === "win32") {
			const osRelease = os.release().split(".");
			if (Number(osRelease[0]) >= 10 && Number(osRelease[2]) >= 10586) return Number(osRelease[2]) >= 14931 ? 3 : 2;
			return 1;
		}
		if ("CI" in env) {
			if ([
				"TRAVIS",
				"CIRCLECI",
				"APPVEYOR",
				"GITLAB_CI",
				"GITHUB_ACTIONS",
				"BUILDKITE"
			].some((sign) => sign in env) || env.CI_NAME === "codeship") return 1;
			return min;
		}
		if ("TEAMCITY_VERSION" in env) return /^(9\.(0*[1-9]\d*)\.|\d{2,}\.)/.test(env.TEAMCITY_VERSION) ? 1 : 0;
		if (env.COLORTERM === "truecolor") return 3;
		if ("TERM_PROGRAM" in env) {
			const version = parseInt((env.TERM_PROGRAM_VERSION || "").split(".")[0], 10);
			switch (env.TERM_PROGRAM) {
				case "iTerm.app": return version >= 3 ? 3 : 2;
				case "Apple_Terminal": return 2;
			}
		}
		if (/-256(color)?$/i.test(env.TERM)) return 2;
		if (/^screen|^xterm|^vt100|^vt220|^rxvt|color|ansi|cygwin|linux/i.test(env.TERM)) return 1;
		if ("COLORTERM" in env) return 1;
		return min;
	}
	function getSupportLevel(stream) {
		return translateLevel(supportsColor(stream, stream && stream.isTTY));
	}
	module.exports = {
		supportsColor: getSupportLevel,
		stdout: translateLevel(supportsColor(true, tty.isatty(1))),
		stderr: translateLevel(supportsColor(true, tty.isatty(2)))
	};
}));
// node_modules/debug/src/node.js
var require_node = /* @__PURE__ */ (0,rolldown_runtime_D_DrNG78.t)(((exports, module) => {
	/**
	* Module dependencies.
	*/
	const tty = (0,rolldown_runtime_D_DrNG78.r)("tty");
	const util = (0,rolldown_runtime_D_DrNG78.r)("util");
	/**
	* This is the Node.js implementation of `debug()`.
	*/
	exports.init = init;
	exports.log = log;
	exports.formatArgs = formatArgs;
	exports.save = save;
	exports.load = load;
	exports.useColors = useColors;
	exports.destroy = util.deprecate(() => {}, "Instance method `debug.destroy()` is deprecated and no longer does anything. It will be removed in the next major version of `debug`.");
	/**
	* Colors.
	*/
	exports.colors = [
		6,
		2,
		3,
		4,
		5,
		1
	];
	try {
		const supportsColor = require_supports_color();
		if (supportsColor && (supportsColor.stderr || supportsColor).level >= 2) exports.colors = [
			20,
			21,
			26,
			27,
			32,
			33,
			38,
			39,
			40,
			41,
			42,
			43,
			44,
			45,
			56,
			57,
			62,
			63,
			68,
			69,
			74,
			75,
			76,
			77,
			78,
			79,
			80,
			81,
			92,
			93,
			98,
			99,
			112,
			113,
			128,
			129,
			134,
			135,
			148,
			149,
			160,
			161,
			162,
			163,
			164,
			165,
			166,
			167,
			168,
			169,
			170,
			171,
			172,
			173,
			178,
			179,
			184,
			185,
			196,
			197,
			198,
			199,
			200,
			201,
			202,
			203,
			204,
			205,
			206,
			207,
			208,
			209,
			214,
			215,
			220,
			221
		];
	} catch (error) {}
	/**
	* Build up the default `inspectOpts` object from the environment variables.
	*
	*   $ DEBUG_COLORS=no DEBUG_DEPTH=10 DEBUG_SHOW_HIDDEN=enabled node script.js
	*/
	exports.inspectOpts = Object.keys(process.env).filter((key) => {
		return /^debug_/i.test(key);
	}).reduce((obj, key) => {
		const prop = key.substring(6).toLowerCase().replace(/_([a-z])/g, (_, k) => {
			return k.toUpperCase();
		});
		let val = process.env[key];
		if (/^(yes|on|true|enabled)$/i.test(val)) val = true;
		else if (/^(no|off|false|disabled)$/i.test(val)) val = false;
		else if (val === "null") val = null;
		else val = Number(val);
		obj[prop] = val;
		return obj;
	}, {});
	/**
	* Is stdout a TTY? Colored output is enabled when `true`.
	*/
	function useColors() {
		return "colors" in exports.inspectOpts ? Boolean(exports.inspectOpts.colors) : tty.isatty(process.stderr.fd);
	}
	/**
	* Adds ANSI color escape codes if enabled.
	*
	* @api public
	*/
	function formatArgs(args) {
		const { namespace: name, useColors } = this;
		if (useColors) {
			const c = this.color;
			const colorCode = "\x1B[3" + (c < 8 ? c : "8;5;" + c);
			const prefix = `  ${colorCode};1m${name} \u001B[0m`;
			args[0] = prefix + args[0].split("\n").join("\n" + prefix);
			args.push(colorCode + "m+" + module.exports.humanize(this.diff) + "\x1B[0m");
		} else args[0] = getDate() + name + " " + args[0];
	}
	function getDate() {
		if (exports.inspectOpts.hideDate) return "";
		return (/* @__PURE__ */ new Date()).toISOString() + " ";
	}
	/**
	* Invokes `util.formatWithOptions()` with the specified arguments and writes to stderr.
	*/
	function log(...args) {
		return process.stderr.write(util.formatWithOptions(exports.inspectOpts, ...args) + "\n");
	}
	/**
	* Save `namespaces`.
	*
	* @param {String} namespaces
	* @api private
	*/
	function save(namespaces) {
		if (namespaces) process.env.DEBUG = namespaces;
		else delete process.env.DEBUG;
	}
	/**
	* Load `namespaces`.
	*
	* @return {String} returns the previously persisted debug modes
	* @api private
	*/
	function load() {
		return process.env.DEBUG;
	}
	/**
	* Init logic for `debug` instances.
	*
	* Create a new `inspectOpts` object in case `useColors` is set
	* differently for a particular `debug` instance.
	*/
	function init(debug) {
		debug.inspectOpts = {};
		const keys = Object.keys(exports.inspectOpts);
		for (let i = 0; i < keys.length; i++) debug.inspectOpts[keys[i]] = exports.inspectOpts[keys[i]];
	}
	module.exports = require_common()(exports);
	const { formatters } = module.exports;
	/**
	* Map %o to `util.inspect()`, all on a single line.
	*/
	formatters.o = function(v) {
		this.inspectOpts.colors = this.useColors;
		return util.inspect(v, this.inspectOpts).split("\n").map((str) => str.trim()).join(" ");
	};
	/**
	* Map %O to `util.inspect()`, allowing multiple lines if needed.
	*/
	formatters.O = function(v) {
		this.inspectOpts.colors = this.useColors;
		return util.inspect(v, this.inspectOpts);
	};
}));
// node_modules/debug/src/index.js
var require_src = /* @__PURE__ */ (0,rolldown_runtime_D_DrNG78.t)(((exports, module) => {
	/**
	* Detect Electron renderer / nwjs process, which is node, but we should
	* treat as a browser.
	*/
	if (typeof process === "undefined" || process.type === "renderer" || process.browser === true || process.__nwjs) module.exports = require_browser();
	else module.exports = require_node();
}));
// node_modules/https-proxy-agent/dist/parse-proxy-response.js
var require_parse_proxy_response = /* @__PURE__ */ (0,rolldown_runtime_D_DrNG78.t)(((exports, module, this$2) => {
	var __importDefault = this$2 && this$2.__importDefault || function(mod) {
		return mod && mod.__esModule ? mod : { "default": mod };
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.parseProxyResponse = void 0;
	const debug = (0, __importDefault(require_src()).default)("https-proxy-agent:parse-proxy-response");
	function parseProxyResponse(socket) {
		return new Promise((resolve, reject) => {
			let buffersLength = 0;
			const buffers = [];
			function read() {
				const b = socket.read();
				if (b) ondata(b);
				else socket.once("readable", read);
			}
			function cleanup() {
				socket.removeListener("end", onend);
				socket.removeListener("error", onerror);
				socket.removeListener("readable", read);
			}
			function onend() {
				cleanup();
				debug("onend");
				reject(/* @__PURE__ */ new Error("Proxy connection ended before receiving CONNECT response"));
			}
			function onerror(err) {
				cleanup();
				debug("onerror %o", err);
				reject(err);
			}
			function ondata(b) {
				buffers.push(b);
				buffersLength += b.length;
				const buffered = Buffer.concat(buffers, buffersLength);
				const endOfHeaders = buffered.indexOf("\r\n\r\n");
				if (endOfHeaders === -1) {
					debug("have not received end of HTTP headers yet...");
					read();
					return;
				}
				const headerParts = buffered.slice(0, endOfHeaders).toString("ascii").split("\r\n");
				const firstLine = headerParts.shift();
				if (!firstLine) {
					socket.destroy();
					return reject(/* @__PURE__ */ new Error("No header received from proxy CONNECT response"));
				}
				const firstLineParts = firstLine.split(" ");
				const statusCode = +firstLineParts[1];
				const statusText = firstLineParts.slice(2).join(" ");
				const headers = {};
				for (const header of headerParts) {
					if (!header) continue;
					const firstColon = header.indexOf(":");
					if (firstColon === -1) {
						socket.destroy();
						return reject(/* @__PURE__ */ new Error(`Invalid header from proxy CONNECT response: "${header}"`));
					}
					const key = header.slice(0, firstColon).toLowerCase();
					const value = header.slice(firstColon + 1).trimStart();
					const current = headers[key];
					if (typeof current === "string") headers[key] = [current, value];
					else if (Array.isArray(current)) current.push(value);
					else headers[key] = value;
				}
				debug("got proxy server response: %o %o", firstLine, headers);
				cleanup();
				resolve({
					connect: {
						statusCode,
						statusText,
						headers
					},
					buffered
				});
			}
			socket.on("error", onerror);
			socket.on("end", onend);
			read();
		});
	}
	exports.parseProxyResponse = parseProxyResponse;
}));
// node_modules/https-proxy-agent/dist/index.js
var require_dist = /* @__PURE__ */ (0,rolldown_runtime_D_DrNG78.t)(((exports, module, this$1) => {
	var __createBinding = this$1 && this$1.__createBinding || (Object.create ? (function(o, m, k, k2) {
		if (k2 === void 0) k2 = k;
		var desc = Object.getOwnPropertyDescriptor(m, k);
		if (!desc || ("get" in desc ? !m.__esModule : desc.writable || desc.configurable)) desc = {
			enumerable: true,
			get: function() {
				return m[k];
			}
		};
		Object.defineProperty(o, k2, desc);
	}) : (function(o, m, k, k2) {
		if (k2 === void 0) k2 = k;
		o[k2] = m[k];
	}));
	var __setModuleDefault = this$1 && this$1.__setModuleDefault || (Object.create ? (function(o, v) {
		Object.defineProperty(o, "default", {
			enumerable: true,
			value: v
		});
	}) : function(o, v) {
		o["default"] = v;
	});
	var __importStar = this$1 && this$1.__importStar || function(mod) {
		if (mod && mod.__esModule) return mod;
		var result = {};
		if (mod != null) {
			for (var k in mod) if (k !== "default" && Object.prototype.hasOwnProperty.call(mod, k)) __createBinding(result, mod, k);
		}
		__setModuleDefault(result, mod);
		return result;
	};
	var __importDefault = this$1 && this$1.__importDefault || function(mod) {
		return mod && mod.__esModule ? mod : { "default": mod };
	};
	Object.defineProperty(exports, "__esModule", { value: true });
	exports.HttpsProxyAgent = void 0;
	const net = __importStar((0,rolldown_runtime_D_DrNG78.r)("net"));
	const tls = __importStar((0,rolldown_runtime_D_DrNG78.r)("tls"));
	const assert_1 = __importDefault((0,rolldown_runtime_D_DrNG78.r)("assert"));
	const debug_1 = __importDefault(require_src());
	const agent_base_1 = require_dist$1();
	const url_1 = (0,rolldown_runtime_D_DrNG78.r)("url");
	const parse_proxy_response_1 = require_parse_proxy_response();
	const debug = (0, debug_1.default)("https-proxy-agent");
	const setServernameFromNonIpHost = (options) => {
		if (options.servername === void 0 && options.host && !net.isIP(options.host)) return {
			...options,
			servername: options.host
		};
		return options;
	};
	/**
	* The `HttpsProxyAgent` implements an HTTP Agent subclass that connects to
	* the specified "HTTP(s) proxy server" in order to proxy HTTPS requests.
	*
	* Outgoing HTTP requests are first tunneled through the proxy server using the
	* `CONNECT` HTTP request method to establish a connection to the proxy server,
	* and then the proxy server connects to the destination target and issues the
	* HTTP request from the proxy server.
	*
	* `https:` requests have their socket connection upgraded to TLS once
	* the connection to the proxy server has been established.
	*/
	var HttpsProxyAgent = class extends agent_base_1.Agent {
		constructor(proxy, opts) {
			super(opts);
			this.options = { path: void 0 };
			this.proxy = typeof proxy === "string" ? new url_1.URL(proxy) : proxy;
			this.proxyHeaders = opts?.headers ?? {};
			debug("Creating new HttpsProxyAgent instance: %o", this.proxy.href);
			const host = (this.proxy.hostname || this.proxy.host).replace(/^\[|\]$/g, "");
			const port = this.proxy.port ? parseInt(this.proxy.port, 10) : this.proxy.protocol === "https:" ? 443 : 80;
			this.connectOpts = {
				ALPNProtocols: ["http/1.1"],
				...opts ? omit(opts, "headers") : null,
				host,
				port
			};
		}
		/**
		* Called when the node-core HTTP client library is creating a
		* new HTTP request.
		*/
		async connect(req, opts) {
			const { proxy } = this;
			if (!opts.host) throw new TypeError("No \"host\" provided");
			let socket;
			if (proxy.protocol === "https:") {
				debug("Creating `tls.Socket`: %o", this.connectOpts);
				socket = tls.connect(setServernameFromNonIpHost(this.connectOpts));
			} else {
				debug("Creating `net.Socket`: %o", this.connectOpts);
				socket = net.connect(this.connectOpts);
			}
			const headers = typeof this.proxyHeaders === "function" ? this.proxyHeaders() : { ...this.proxyHeaders };
			const host = net.isIPv6(opts.host) ? `[${opts.host}]` : opts.host;
			let payload = `CONNECT ${host}:${opts.port} HTTP/1.1\r\n`;
			if (proxy.username || proxy.password) {
				const auth = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
				headers["Proxy-Authorization"] = `Basic ${Buffer.from(auth).toString("base64")}`;
			}
			headers.Host = `${host}:${opts.port}`;
			if (!headers["Proxy-Connection"]) headers["Proxy-Connection"] = this.keepAlive ? "Keep-Alive" : "close";
			for (const name of Object.keys(headers)) payload += `${name}: ${headers[name]}\r\n`;
			const proxyResponsePromise = (0, parse_proxy_response_1.parseProxyResponse)(socket);
			socket.write(`${payload}\r\n`);
			const { connect, buffered } = await proxyResponsePromise;
			req.emit("proxyConnect", connect);
			this.emit("proxyConnect", connect, req);
			if (connect.statusCode === 200) {
				req.once("socket", resume);
				if (opts.secureEndpoint) {
					debug("Upgrading socket connection to TLS");
					return tls.connect({
						...omit(setServernameFromNonIpHost(opts), "host", "path", "port"),
						socket
					});
				}
				return socket;
			}
			socket.destroy();
			const fakeSocket = new net.Socket({ writable: false });
			fakeSocket.readable = true;
			req.once("socket", (s) => {
				debug("Replaying proxy buffer for failed request");
				(0, assert_1.default)(s.listenerCount("data") > 0);
				s.push(buffered);
				s.push(null);
			});
			return fakeSocket;
		}
	};
	HttpsProxyAgent.protocols = ["http", "https"];
	exports.HttpsProxyAgent = HttpsProxyAgent;
	function resume(socket) {
		socket.resume();
	}
	function omit(obj, ...keys) {
		const ret = {};
		let key;
		for (key in obj) if (!keys.includes(key)) ret[key] = obj[key];
		return ret;
	}
}));
// src/model.ts
var import_dist = require_dist$1();
var import_dist$1 = require_dist();
/** Stands for the database's name in the inputs that may hold it. */
const DATABASE_PLACEHOLDER = "{database}";
/** Every id that `accept` takes. Add a line here, and make a `Doubt` of it where the facts are known. */
const DOUBT_IDS = [
	"doubt-cluster",
	"doubt-image",
	"doubt-network",
	"unchecked"
];
/** Every failed AWS call arrives as this; `message` is AWS's own text. */
var AwsError = class extends Error {
	name = "AwsError";
	facts;
	constructor(message, facts, cause) {
		super(message, { cause });
		this.facts = facts;
	}
	/** What AWS Support asks for, in one line: operation, Region, AWS's own words and the request id. */
	get inFull() {
		const { action, region, code, requestId } = this.facts;
		return `${action} in ${region}: ${code === this.message ? code : `${code}: ${this.message}`} (request ${requestId ?? "without id"})`;
	}
};
/** Something the user or the environment must mend before a migration can run. */
var Refusal = class extends Error {
	name = "Refusal";
	problem;
	constructor(problem) {
		super(problem.reason);
		this.problem = problem;
	}
};
// src/aws/errors.ts
const KINDS = [
	[/^AbortError$/, "aborted"],
	[/^(AccessDenied|UnauthorizedOperation|AuthorizationError)/, "access-denied"],
	[/^(ExpiredToken|RequestExpired|TokenRefreshRequired)/, "expired-credentials"],
	[/^(CredentialsProviderError|UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch|MissingAuthenticationToken|IncompleteSignature|AuthFailure|InvalidIdentityToken|IDPCommunication)/, "no-credentials"],
	[/^ConflictException$/, "conflict"],
	[/Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|LimitExceeded/, "throttled"],
	[/NotFound/, "not-found"],
	[/^(TimeoutError|ServerException|InternalFailure|InternalError|ServiceUnavailable)/, "unreachable"]
];
/** The SDK's own advice to a programmer, at the end of what could not be parsed. */
const HINT = /\s*Deserialization error: to see the raw response.*$/s;
/** Node's names for a connection that did not come about or broke. */
const NETWORK = /^(E[A-Z]{4,}|EAI_[A-Z]+|ERR_SSL_|UND_ERR_|CERT_|SELF_SIGNED|UNABLE_TO)/;
/**
* @param error what a client's `send` rejected with
* @param action as IAM writes it, such as `ecs:RunTask`
*/
function awsError(error, action, region) {
	const { name = "Error", message: said = String(error), code, resourceIds, unanswered, $metadata } = error;
	const message = said.replace(HINT, "");
	const requestId = $metadata?.requestId;
	const facts = {
		kind: kindOf(error),
		code: code !== void 0 && NETWORK.test(code) ? code : name,
		action,
		region,
		...requestId !== void 0 && { requestId },
		...unanswered === true && { unanswered },
		...resourceIds !== void 0 && { resourceIds }
	};
	return new AwsError(message === "" || message === "UnknownError" ? facts.code : message, facts, error);
}
/**
* The answer is no JSON or XML: something between here and AWS broke it, and what was asked may have been done.
* @param error what a client's `send` rejected with
*/
function isGarbled(error) {
	return error instanceof SyntaxError || error instanceof Error && HINT.test(error.message);
}
function kindOf(error) {
	if (isGarbled(error)) return "unreachable";
	const { name = "", message = "", code = "", $metadata } = error;
	if (/Signature expired|security token included in the request is expired/i.test(message)) return "expired-credentials";
	const known = KINDS.find(([pattern]) => pattern.test(name));
	if (known !== void 0) return known[1];
	const status = $metadata?.httpStatusCode ?? 0;
	if (NETWORK.test(code) || status >= 500 || status === 429) return status === 429 ? "throttled" : "unreachable";
	return "rejected";
}
// src/aws/retry-strategy.ts
/** An error that AWS would call retryable is borne this long; the SDK's own retries give up after seconds. */
const LONGEST_MS$1 = 3e5;
const BASE_MS = {
	THROTTLING: 1e3,
	other: 100
};
const LONGEST_PAUSE_MS$1 = 5e3;
/** From here on a person is told. */
const SILENT_MS = 1e4;
const SAY_EVERY_MS = 6e4;
var Attempt = class {
	since;
	count;
	delay;
	/** An attempt before this one got no answer of AWS's own: it may have done the work. */
	unanswered;
	constructor(since, count, delay, unanswered) {
		this.since = since;
		this.count = count;
		this.delay = delay;
		this.unanswered = unanswered;
	}
	getRetryCount() {
		return this.count;
	}
	getRetryDelay() {
		return this.delay;
	}
};
/**
* The one place that decides how often a call is repeated: throttling, 5xx and broken connections for five minutes,
* with full jitter; everything else not at all. Time is monotonic, so a clock that jumps ends nothing early.
*/
var RetryStrategy = class {
	tell;
	turn;
	toldAt = Number.NEGATIVE_INFINITY;
	/**
	* @param tell called now and then while calls fail
	* @param turn awaited before a call is repeated, where calls share a rate
	*/
	constructor(tell, turn = () => Promise.resolve()) {
		this.tell = tell;
		this.turn = turn;
	}
	async acquireInitialRetryToken() {
		return new Attempt(performance.now(), 0, 0, false);
	}
	async refreshRetryTokenForRetry(token, { error, errorType }) {
		const { since, count, unanswered } = token;
		const elapsed = performance.now() - since;
		const throttled = errorType === "THROTTLING" || isCrowded(error);
		if (errorType === "CLIENT_ERROR" && !throttled && !isGarbled(error) || elapsed > LONGEST_MS$1) {
			if (unanswered && error !== void 0) Object.assign(error, { unanswered });
			throw new Error("not to be repeated");
		}
		this.sayNowAndThen(elapsed, error);
		const base = throttled ? BASE_MS.THROTTLING : BASE_MS.other;
		const most = Math.min(LONGEST_PAUSE_MS$1, base * 2 ** Math.min(count, 10));
		const pause = most / 2 + Math.random() * most / 2;
		await this.turn();
		return new Attempt(since, count + 1, pause, unanswered || !throttled);
	}
	recordSuccess() {}
	sayNowAndThen(elapsed, error) {
		const now = performance.now();
		if (elapsed < SILENT_MS || now - this.toldAt < SAY_EVERY_MS) return;
		this.toldAt = now;
		const { name, code } = error;
		this.tell(`Calls have failed for ${Math.round(elapsed / 1e3)} s now (${code ?? name}). Still trying, for 5 min in all.`);
	}
};
/** Jobs that register revisions of one family at once get this as a ClientException, though it passes like throttling. */
function isCrowded(error) {
	return error instanceof Error && /too many concurrent attempts/i.test(error.message);
}
// src/aws/client.ts
/** The SDK has no time limits of its own (platform fact D); together they keep a dead connection below 15 s. */
const CONNECT_MS = 4e3;
const ANSWER_MS = 1e4;
const MOST_SOCKETS = 50;
function clientConfig(options) {
	const { region, credentials, tell } = options;
	const agents = proxied() ? proxyAgents() : directAgents();
	return {
		...region !== void 0 && { region },
		...credentials !== void 0 && { credentials },
		retryStrategy: new RetryStrategy(tell),
		requestHandler: new node_http_handler_BMbmsy_c.t({
			connectionTimeout: CONNECT_MS,
			requestTimeout: ANSWER_MS,
			socketTimeout: ANSWER_MS,
			throwOnRequestTimeout: true,
			...agents
		})
	};
}
/**
* @param action as IAM writes it, for the message
* @throws AwsError and nothing else
*/
async function call(action, region, send) {
	try {
		return await send();
	} catch (error) {
		throw awsError(error, action, await region().catch(() => "not set"));
	}
}
function directAgents() {
	const options = {
		keepAlive: true,
		maxSockets: MOST_SOCKETS
	};
	return {
		httpAgent: new external_node_http_.Agent(options),
		httpsAgent: new external_node_https_.Agent(options)
	};
}
function proxyAgents() {
	const agent = new ProxyByAddress();
	return {
		httpAgent: agent,
		httpsAgent: agent
	};
}
function proxied() {
	return [
		"http_proxy",
		"HTTP_PROXY",
		"https_proxy",
		"HTTPS_PROXY"
	].some((name) => (process.env[name] ?? "") !== "");
}
/** The SDK ignores HTTPS_PROXY and NO_PROXY (platform fact G); each connection is decided by the runner's own rules. */
var ProxyByAddress = class extends import_dist.Agent {
	direct = directAgents();
	connect(_request, options) {
		const { secureEndpoint, host, port } = options;
		const proxy = getProxyUrl(new URL(`${secureEndpoint ? "https" : "http"}://${host}:${port}`));
		if (proxy !== void 0) return new import_dist$1.HttpsProxyAgent(proxy.href);
		return secureEndpoint ? this.direct.httpsAgent : this.direct.httpAgent;
	}
};
// node_modules/@smithy/core/dist-es/legacy-root-exports/pagination/createPaginator.js
const makePagedClientRequest = async (CommandCtor, client, input, withCommand = (_) => _, ...args) => {
	let command = new CommandCtor(input);
	command = withCommand(command) ?? command;
	return await client.send(command, ...args);
};
function createPaginator(ClientCtor, CommandCtor, inputTokenName, outputTokenName, pageSizeTokenName) {
	return async function* paginateOperation(config, input, ...additionalArguments) {
		const _input = input;
		let token = config.startingToken ?? _input[inputTokenName];
		let hasNext = true;
		let page;
		while (hasNext) {
			_input[inputTokenName] = token;
			if (pageSizeTokenName) _input[pageSizeTokenName] = _input[pageSizeTokenName] ?? config.pageSize;
			if (config.client instanceof ClientCtor) page = await makePagedClientRequest(CommandCtor, config.client, input, config.withCommand, ...additionalArguments);
			else throw new Error(`Invalid client, expected instance of ${ClientCtor.name}`);
			yield page;
			const prevToken = token;
			token = get(page, outputTokenName);
			hasNext = !!(token && (!config.stopOnSameToken || token !== prevToken));
		}
		return void 0;
	};
}
const get = (fromObject, path) => {
	let cursor = fromObject;
	const pathComponents = path.split(".");
	for (const step of pathComponents) {
		if (!cursor || typeof cursor !== "object") return;
		cursor = cursor[step];
	}
	return cursor;
};
// src/aws/id-token.ts
/** GitHub gave no token. */
var IdTokenError = class extends Error {
	name = "IdTokenError";
	/** The next request may succeed. */
	mayPass;
	constructor(message, mayPass) {
		super(message);
		this.mayPass = mayPass;
	}
};
/**
* The job's OIDC token for an audience. Not by `core.getIDToken`: that prints `::add-mask::` with the token by itself,
* and between a container's lines, where commands are switched off, the runner would show it.
* @param handler with the proxy and the time limits of every other call
* @param mask told the token before anybody else
* @throws IdTokenError
*/
async function fetchIdToken(audience, handler, mask) {
	const { status, body } = await answerTo(request(audience), handler);
	if (status !== 200) throw new IdTokenError(`HTTP ${status}.`, isPassing(status));
	const token = tokenIn(body);
	if (token === void 0) throw new IdTokenError("the answer holds no token.", false);
	mask(token);
	return token;
}
function variable(name) {
	const value = process.env[name] ?? "";
	if (value === "") throw new IdTokenError(`${name} is not set.`, false);
	return value;
}
/** @throws IdTokenError where the answer was broken on its way */
function tokenIn(body) {
	try {
		return JSON.parse(body).value;
	} catch {
		throw new IdTokenError("the answer cannot be read.", true);
	}
}
/** @throws IdTokenError where the job has no permission to ask */
function request(audience) {
	const { protocol, hostname, port, host, pathname, searchParams } = new URL(variable("ACTIONS_ID_TOKEN_REQUEST_URL"));
	return new httpRequest_xDbkZc54.t({
		protocol,
		hostname,
		...port !== "" && { port: Number(port) },
		path: pathname,
		query: {
			...Object.fromEntries(searchParams),
			audience
		},
		headers: {
			host,
			accept: "application/json",
			authorization: `Bearer ${variable("ACTIONS_ID_TOKEN_REQUEST_TOKEN")}`
		}
	});
}
async function answerTo(asked, handler) {
	try {
		const { response } = await handler.handle(asked);
		return {
			status: response.statusCode,
			body: await (0,consumers_namespaceObject.text)(response.body)
		};
	} catch (error) {
		throw new IdTokenError(`${error instanceof Error ? error.message : String(error)}.`, true);
	}
}
/** Too many requests, or GitHub's own trouble. */
function isPassing(status) {
	return status === 429 || status >= 500;
}
// src/aws/credentials.ts
const AUDIENCE = "sts.amazonaws.com";
/**
* With a role: credentials from the job's OIDC token, fetched anew each time they are about to expire, so that a
* migration may take longer than they live. Without: the SDK's own chain.
*/
function credentialsOf(options) {
	const { role, region, tell } = options;
	if (role === void 0) return {};
	const { requestHandler, retryStrategy } = clientConfig({ tell });
	const assumed = async () => {
		return (0,dist_es_DYt4wu33.n)({
			roleArn: role,
			roleSessionName: `run-ecs-migration-${process.env.GITHUB_RUN_ID ?? "local"}`.slice(0, 64),
			webIdentityToken: await idToken(options, requestHandler),
			clientConfig: {
				requestHandler,
				retryStrategy,
				...region !== void 0 && { region }
			}
		})();
	};
	const shared = (0,Sha256Node_DwJ_Bm2V.C)(assumed, Sha256Node_DwJ_Bm2V.S, Sha256Node_DwJ_Bm2V.x);
	return shared === void 0 ? {} : { credentials: () => shared() };
}
/** Asked for as patiently as AWS is. */
async function idToken({ tell, mask }, handler) {
	const patience = new RetryStrategy(tell);
	let attempt = await patience.acquireInitialRetryToken();
	for (;;) try {
		return await fetchIdToken(AUDIENCE, handler, mask);
	} catch (error) {
		if (!(error instanceof IdTokenError)) throw error;
		const errorType = error.mayPass ? "TRANSIENT" : "CLIENT_ERROR";
		attempt = await patience.refreshRetryTokenForRetry(attempt, {
			error,
			errorType
		}).catch(() => Promise.reject(noToken(error)));
		await new Promise((resolve) => setTimeout(resolve, attempt.getRetryDelay()));
	}
}
function noToken(cause) {
	const remedy = cause.mayPass ? "Run it again." : "Add \"permissions: id-token: write\" to the job.";
	const error = new Error(`role-to-assume needs the job's OIDC token, and GitHub gave none: ${cause.message} ${remedy}`, { cause });
	error.name = "CredentialsProviderError";
	return error;
}
/** configure-aws-credentials' own default; it does not tell when they expire (platform fact D). */
const USUAL_LIFE_MS = 36e5;
/**
* @param longestMs how long the run may take at most
* @returns a warning where credentials that cannot be renewed may expire before the run ends
*/
function expiryWarning(identity, now, longestMs) {
	if (identity.accessKeyId !== process.env.AWS_ACCESS_KEY_ID || identity.sessionToken === void 0) return void 0;
	const remedy = "Raise role-duration-seconds in aws-actions/configure-aws-credentials, or use role-to-assume, which renews them.";
	const { expiration } = identity;
	if (expiration !== void 0 && expiration.getTime() < now.getTime() + longestMs) return `The AWS credentials expire at ${expiration.toISOString().slice(0, 16)}Z, before this run must have ended. ${remedy}`;
	if (expiration === void 0 && longestMs >= USUAL_LIFE_MS) return `The AWS credentials do not tell when they expire, by default after 1 hour, and this run may take longer. ${remedy}`;
}
// node_modules/@aws-sdk/client-ecs/dist-es/auth/httpAuthSchemeProvider.js
const defaultECSHttpAuthSchemeParametersProvider = async (config, context, input) => {
	return {
		operation: (0,Sha256Node_DwJ_Bm2V.Ct)(context).operation,
		region: await (0,Sha256Node_DwJ_Bm2V.St)(config.region)() || (() => {
			throw new Error("expected `region` to be configured for `aws.auth#sigv4`");
		})()
	};
};
function createAwsAuthSigv4HttpAuthOption$3(authParameters) {
	return {
		schemeId: "aws.auth#sigv4",
		signingProperties: {
			name: "ecs",
			region: authParameters.region
		},
		propertiesExtractor: (config, context) => ({ signingProperties: {
			config,
			context
		} })
	};
}
const defaultECSHttpAuthSchemeProvider = (authParameters) => {
	const options = [];
	switch (authParameters.operation) {
		default: options.push(createAwsAuthSigv4HttpAuthOption$3(authParameters));
	}
	return options;
};
const resolveHttpAuthSchemeConfig$3 = (config) => {
	const config_0 = (0,Sha256Node_DwJ_Bm2V.r)(config);
	return Object.assign(config_0, { authSchemePreference: (0,Sha256Node_DwJ_Bm2V.St)(config.authSchemePreference ?? []) });
};
// node_modules/@aws-sdk/client-ecs/dist-es/endpoint/EndpointParameters.js
const resolveClientEndpointParameters$3 = (options) => {
	return Object.assign(options, {
		useDualstackEndpoint: options.useDualstackEndpoint ?? false,
		useFipsEndpoint: options.useFipsEndpoint ?? false,
		defaultSigningName: "ecs"
	});
};
const commonParams$3 = {
	UseFIPS: {
		type: "builtInParams",
		name: "useFipsEndpoint"
	},
	Endpoint: {
		type: "builtInParams",
		name: "endpoint"
	},
	Region: {
		type: "builtInParams",
		name: "region"
	},
	UseDualStack: {
		type: "builtInParams",
		name: "useDualstackEndpoint"
	}
};
// node_modules/@aws-sdk/client-ecs/package.json
var version$3 = "3.1162.0";
const remoteProvider = async (init) => {
	const { ENV_CMDS_FULL_URI, ENV_CMDS_RELATIVE_URI, fromContainerMetadata, fromInstanceMetadata } = await __nccwpck_require__.e(/* import() */ 884).then(__nccwpck_require__.bind(__nccwpck_require__, 884));
	if (process.env[ENV_CMDS_RELATIVE_URI] || process.env[ENV_CMDS_FULL_URI]) {
		init.logger?.debug("@aws-sdk/credential-provider-node - remoteProvider::fromHttp/fromContainerMetadata");
		const { fromHttp } = await __nccwpck_require__.e(/* import() */ 575).then(__nccwpck_require__.bind(__nccwpck_require__, 575));
		return (0,chain_DkOmQhBp.t)(fromHttp(init), fromContainerMetadata(init));
	}
	if (process.env["AWS_EC2_METADATA_DISABLED"] && process.env["AWS_EC2_METADATA_DISABLED"] !== "false") return async () => {
		throw new CredentialsProviderError_BtFEgKxl.t("EC2 Instance Metadata Service access disabled", { logger: init.logger });
	};
	init.logger?.debug("@aws-sdk/credential-provider-node - remoteProvider::fromInstanceMetadata");
	return fromInstanceMetadata(init);
};
// node_modules/@aws-sdk/credential-provider-node/dist-es/runtime/memoize-chain.js
function memoizeChain(providers, treatAsExpired) {
	const chain = internalCreateChain(providers);
	let activeLock;
	let passiveLock;
	let credentials;
	let forceRefreshLock;
	const provider = async (options) => {
		if (options?.forceRefresh) {
			if (!forceRefreshLock) forceRefreshLock = chain(options).then((c) => {
				credentials = c;
			}).finally(() => {
				forceRefreshLock = void 0;
			});
			await forceRefreshLock;
			return credentials;
		}
		if (credentials?.expiration) {
			if (credentials?.expiration?.getTime() < Date.now()) credentials = void 0;
		}
		if (activeLock) await activeLock;
		else if (!credentials || treatAsExpired?.(credentials)) {
			if (credentials) {
				if (!passiveLock) passiveLock = chain(options).then((c) => {
					credentials = c;
				}).catch(() => {}).finally(() => {
					passiveLock = void 0;
				});
			} else {
				activeLock = chain(options).then((c) => {
					credentials = c;
				}).finally(() => {
					activeLock = void 0;
				});
				return provider(options);
			}
		}
		return credentials;
	};
	return provider;
}
const internalCreateChain = (providers) => async (awsIdentityProperties) => {
	let lastProviderError;
	for (const provider of providers) try {
		return await provider(awsIdentityProperties);
	} catch (err) {
		lastProviderError = err;
		if (err?.tryNextLink) continue;
		throw err;
	}
	throw lastProviderError;
};
// node_modules/@aws-sdk/credential-provider-node/dist-es/defaultProvider.js
let multipleCredentialSourceWarningEmitted = false;
const defaultProvider = (init = {}) => memoizeChain([
	async () => {
		if (init.profile ?? process.env["AWS_PROFILE"]) {
			if (process.env["AWS_ACCESS_KEY_ID"] && process.env["AWS_SECRET_ACCESS_KEY"]) {
				if (!multipleCredentialSourceWarningEmitted) {
					(init.logger?.warn && init.logger?.constructor?.name !== "NoOpLogger" ? init.logger.warn.bind(init.logger) : console.warn)(`@aws-sdk/credential-provider-node - defaultProvider::fromEnv WARNING:
    Multiple credential sources detected: 
    Both AWS_PROFILE and the pair AWS_ACCESS_KEY_ID/AWS_SECRET_ACCESS_KEY static credentials are set.
    This SDK will proceed with the AWS_PROFILE value.
    
    However, a future version may change this behavior to prefer the ENV static credentials.
    Please ensure that your environment only sets either the AWS_PROFILE or the
    AWS_ACCESS_KEY_ID/AWS_SECRET_ACCESS_KEY pair.
`);
					multipleCredentialSourceWarningEmitted = true;
				}
			}
			throw new CredentialsProviderError_BtFEgKxl.t("AWS_PROFILE is set, skipping fromEnv provider.", {
				logger: init.logger,
				tryNextLink: true
			});
		}
		init.logger?.debug("@aws-sdk/credential-provider-node - defaultProvider::fromEnv");
		return (0,dist_es_Dqdma8MH.i)(init)();
	},
	async (awsIdentityProperties) => {
		init.logger?.debug("@aws-sdk/credential-provider-node - defaultProvider::fromSSO");
		const { ssoStartUrl, ssoAccountId, ssoRegion, ssoRoleName, ssoSession } = init;
		if (!ssoStartUrl && !ssoAccountId && !ssoRegion && !ssoRoleName && !ssoSession) throw new CredentialsProviderError_BtFEgKxl.t("Skipping SSO provider in default chain (inputs do not include SSO fields).", { logger: init.logger });
		const { fromSSO } = await __nccwpck_require__.e(/* import() */ 635).then(__nccwpck_require__.bind(__nccwpck_require__, 16));
		return fromSSO(init)(awsIdentityProperties);
	},
	async (awsIdentityProperties) => {
		init.logger?.debug("@aws-sdk/credential-provider-node - defaultProvider::fromIni");
		const { fromIni } = await __nccwpck_require__.e(/* import() */ 594).then(__nccwpck_require__.bind(__nccwpck_require__, 594));
		return fromIni(init)(awsIdentityProperties);
	},
	async (awsIdentityProperties) => {
		init.logger?.debug("@aws-sdk/credential-provider-node - defaultProvider::fromProcess");
		const { fromProcess } = await __nccwpck_require__.e(/* import() */ 821).then(__nccwpck_require__.bind(__nccwpck_require__, 821));
		return fromProcess(init)(awsIdentityProperties);
	},
	async (awsIdentityProperties) => {
		init.logger?.debug("@aws-sdk/credential-provider-node - defaultProvider::fromTokenFile");
		const { fromTokenFile } = await Promise.resolve(/* import() */).then(__nccwpck_require__.bind(__nccwpck_require__, 394)).then((n) => n.t);
		return fromTokenFile(init)(awsIdentityProperties);
	},
	async () => {
		init.logger?.debug("@aws-sdk/credential-provider-node - defaultProvider::remoteProvider");
		return (await remoteProvider(init))();
	},
	async () => {
		throw new CredentialsProviderError_BtFEgKxl.t("Could not load credentials from any providers", {
			tryNextLink: false,
			logger: init.logger
		});
	}
], credentialsTreatedAsExpired);
const credentialsTreatedAsExpired = (credentials) => credentials?.expiration !== void 0 && credentials.expiration.getTime() - Date.now() < 3e5;
// node_modules/@aws-sdk/core/dist-es/submodules/protocols/json/AwsJsonRpcProtocol.js
var AwsJsonRpcProtocol = class extends RpcProtocol {
	serializer;
	deserializer;
	serviceTarget;
	codec;
	mixin;
	awsQueryCompatible;
	constructor({ defaultNamespace, errorTypeRegistries, serviceTarget, awsQueryCompatible, jsonCodec }) {
		super({
			defaultNamespace,
			errorTypeRegistries
		});
		this.serviceTarget = serviceTarget;
		this.codec = jsonCodec ?? new JsonCodec2_BiOdwcN8.t({
			timestampFormat: {
				useTrait: true,
				default: 7
			},
			jsonName: false
		});
		this.serializer = this.codec.createSerializer();
		this.deserializer = this.codec.createDeserializer();
		this.awsQueryCompatible = !!awsQueryCompatible;
		this.mixin = new Sha256Node_DwJ_Bm2V.n(this.awsQueryCompatible);
	}
	async serializeRequest(operationSchema, input, context) {
		const request = await super.serializeRequest(operationSchema, input, context);
		if (!request.path.endsWith("/")) request.path += "/";
		request.headers["content-type"] = `application/x-amz-json-${this.getJsonRpcVersion()}`;
		request.headers["x-amz-target"] = `${this.serviceTarget}.${operationSchema.name}`;
		if (this.awsQueryCompatible) request.headers["x-amzn-query-mode"] = "true";
		if ((0,Sha256Node_DwJ_Bm2V.mt)(operationSchema.input) === "unit" || !request.body) request.body = "{}";
		return request;
	}
	getPayloadCodec() {
		return this.codec;
	}
	async handleError(operationSchema, context, response, dataObject, metadata) {
		const { awsQueryCompatible } = this;
		if (awsQueryCompatible) this.mixin.setQueryCompatError(dataObject, response);
		const errorIdentifier = (0,JsonCodec2_BiOdwcN8.n)(response, dataObject, awsQueryCompatible) ?? "Unknown";
		this.mixin.compose(this.compositeErrorRegistry, errorIdentifier, this.options.defaultNamespace);
		const { errorSchema, errorMetadata } = await this.mixin.getErrorSchemaOrThrowBaseException(errorIdentifier, this.options.defaultNamespace, response, dataObject, metadata, awsQueryCompatible ? this.mixin.findQueryCompatibleError : void 0);
		const ns = Sha256Node_DwJ_Bm2V.ft.of(errorSchema);
		const message = dataObject.message ?? dataObject.Message ?? "UnknownError";
		const exception = new ((this.compositeErrorRegistry.getErrorCtor(errorSchema)) ?? Error)({});
		const output = {};
		const errorDeserializer = this.codec.createDeserializer();
		for (const [name, member] of ns.structIterator()) if (dataObject[name] != null) output[name] = errorDeserializer.readObject(member, dataObject[name]);
		if (awsQueryCompatible) this.mixin.queryCompatOutput(dataObject, output);
		throw this.mixin.decorateServiceException(Object.assign(exception, errorMetadata, {
			$fault: ns.getMergedTraits().error,
			message
		}, output), dataObject);
	}
};
// node_modules/@aws-sdk/core/dist-es/submodules/protocols/json/AwsJson1_1Protocol.js
var AwsJson1_1Protocol = class extends AwsJsonRpcProtocol {
	constructor({ defaultNamespace, errorTypeRegistries, serviceTarget, awsQueryCompatible, jsonCodec }) {
		super({
			defaultNamespace,
			errorTypeRegistries,
			serviceTarget,
			awsQueryCompatible,
			jsonCodec
		});
	}
	getShapeId() {
		return "aws.protocols#awsJson1_1";
	}
	getJsonRpcVersion() {
		return "1.1";
	}
	getDefaultContentType() {
		return "application/x-amz-json-1.1";
	}
};
// node_modules/@aws-sdk/xml-builder/dist-es/xml-parser.js
function writeKey$1(obj) {
	Object.defineProperty(obj, "__proto__", {
		value: void 0,
		writable: true,
		enumerable: true,
		configurable: true
	});
}
function parseXML(xml) {
	return new AwsXmlParser(xml).parse();
}
var AwsXmlParser = class AwsXmlParser {
	x;
	i = 0;
	z;
	constructor(x) {
		this.x = x;
		this.x = x.replace(/\r\n?/g, "\n");
		this.z = this.x.length;
	}
	parse() {
		const p = this;
		const { z } = p;
		while (p.i < z) {
			p.trim();
			if (p.i >= z) break;
			if (p.isNext("<?")) {
				p.readTo("?>");
				p.trim();
			} else if (p.isNext("<!--")) {
				p.readTo("-->");
				p.trim();
			} else if (p.isNext("<!DOCTYPE", false)) {
				p.skipDoctype();
				p.trim();
			} else if (p.x[p.i] === "<") {
				const root = p.parseTag();
				return { [root.tag]: root.value };
			} else throw new Error("@aws-sdk XML parse error: unexpected content.");
		}
		throw new Error("@aws-sdk XML parse error: no root element.");
	}
	isNext(s, caseSensitive = true) {
		const p = this;
		if (caseSensitive) return p.x.startsWith(s, p.i);
		return p.x.toLowerCase().startsWith(s.toLowerCase(), p.i);
	}
	readTo(stop) {
		const p = this;
		const _i = p.x.indexOf(stop, p.i);
		if (_i === -1) throw new Error(`@aws-sdk XML parse error: expected "${stop}" not found.`);
		const result = p.x.slice(p.i, _i);
		p.i = _i + stop.length;
		return result;
	}
	trim() {
		const p = this;
		while (p.i < p.z && " 	\r\n".includes(p.x[p.i])) ++p.i;
	}
	readAttrValue() {
		const p = this;
		const quote = p.x[p.i];
		++p.i;
		let value = "";
		while (p.i < p.z && p.x[p.i] !== quote) value += p.x[p.i++];
		++p.i;
		return p.decodeEntities(value);
	}
	parseTag() {
		const p = this;
		++p.i;
		let tag = "";
		while (p.i < p.z && !" 	\r\n>/".includes(p.x[p.i])) tag += p.x[p.i++];
		let hasAttrs = false;
		const attrs = {};
		while (p.i < p.z) {
			p.trim();
			if (">/".includes(p.x[p.i])) break;
			let name = "";
			while (p.i < p.z && !"= 	\r\n>/?".includes(p.x[p.i])) name += p.x[p.i++];
			p.trim();
			if (p.x[p.i] !== "=") break;
			++p.i;
			p.trim();
			if (name === "__proto__") writeKey$1(attrs);
			attrs[name] = p.readAttrValue();
			hasAttrs = true;
		}
		if (p.i >= p.z) throw new Error("@aws-sdk XML parse error: unexpected end of input.");
		if (p.x[p.i] === "/") {
			++p.i;
			if (p.i >= p.z || p.x[p.i] !== ">") throw new Error("@aws-sdk XML parse error: expected > at the end of self-closing tag.");
			++p.i;
			return {
				tag,
				value: hasAttrs ? attrs : ""
			};
		}
		if (p.x[p.i] !== ">") throw new Error("@aws-sdk XML parse error: expected > at the end of opening tag.");
		++p.i;
		const textParts = [];
		const childTags = [];
		let hasElementChild = false;
		while (p.i < p.z) {
			if (p.isNext("</")) break;
			if (p.x[p.i] === "<") {
				if (p.isNext("<!--")) p.readTo("-->");
				else if (p.isNext("<![CDATA[")) {
					p.i += 9;
					textParts.push(p.readTo("]]>"));
				} else if (p.isNext("<?")) p.readTo("?>");
				else {
					hasElementChild = true;
					childTags.push(p.parseTag());
				}
			} else {
				let text = "";
				while (p.i < p.z && p.x[p.i] !== "<") text += p.x[p.i++];
				textParts.push(p.decodeEntities(text));
			}
		}
		if (!p.isNext("</")) throw new Error(`@aws-sdk XML parse error: missing closing tag </${tag}>.`);
		p.i += 2;
		const closeTag = p.readTo(">").trim();
		if (closeTag !== tag) throw new Error(`@aws-sdk XML parse error: mismatched tags <${tag}> and </${closeTag}>.`);
		if (!hasAttrs && textParts.length === 0 && !hasElementChild) return {
			tag,
			value: ""
		};
		if (!hasAttrs && !hasElementChild) {
			const text = textParts.length === 1 ? textParts[0] : textParts.join("");
			if (text.trim() === "" && text.includes("\n")) return {
				tag,
				value: ""
			};
			return {
				tag,
				value: text
			};
		}
		const obj = {};
		for (const text of textParts) {
			if (text.trim() === "" && text.includes("\n")) continue;
			obj["#text"] = "#text" in obj ? obj["#text"] + text : text;
		}
		for (const child of childTags) {
			if (child.tag === "__proto__") writeKey$1(obj);
			if (child.tag in obj) {
				if (Array.isArray(obj[child.tag])) obj[child.tag].push(child.value);
				else obj[child.tag] = [obj[child.tag], child.value];
			} else obj[child.tag] = child.value;
		}
		for (const [k, v] of Object.entries(attrs)) {
			if (k === "__proto__") writeKey$1(obj);
			obj[k] = v;
		}
		return {
			tag,
			value: obj
		};
	}
	static ENTITIES = {
		amp: "&",
		lt: "<",
		gt: ">",
		quot: "\"",
		apos: "'"
	};
	skipDoctype() {
		const p = this;
		p.i += 9;
		let depth = 0;
		while (p.i < p.z) {
			const c = p.x[p.i];
			if (c === "[") ++depth;
			else if (c === "]") --depth;
			else if (c === ">" && depth === 0) {
				++p.i;
				return;
			}
			++p.i;
		}
		throw new Error("@aws-sdk XML parse error: unclosed DOCTYPE.");
	}
	decodeEntities(s) {
		return s.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|([a-zA-Z][a-zA-Z0-9]{0,30}));/g, (_, hex, dec, named) => {
			if (hex) return String.fromCharCode(parseInt(hex, 16));
			if (dec) return String.fromCharCode(parseInt(dec, 10));
			return AwsXmlParser.ENTITIES[named] ?? "";
		});
	}
};
// node_modules/@aws-sdk/core/dist-es/submodules/protocols/ConfigurableSerdeContext.js
var SerdeContextConfig = class {
	serdeContext;
	setSerdeContext(serdeContext) {
		this.serdeContext = serdeContext;
	}
};
// node_modules/@aws-sdk/core/dist-es/submodules/protocols/UnionSerde.js
var UnionSerde = class {
	from;
	to;
	keys;
	constructor(from, to) {
		this.from = from;
		this.to = to;
		const keys = Object.keys(this.from);
		const set = new Set(keys);
		set.delete("__type");
		this.keys = set;
	}
	mark(key) {
		this.keys.delete(key);
	}
	hasUnknown() {
		return this.keys.size === 1 && Object.keys(this.to).length === 0;
	}
	writeUnknown() {
		if (this.hasUnknown()) {
			const k = this.keys.values().next().value;
			const v = this.from[k];
			this.to.$unknown = [k, v];
		}
	}
};
// node_modules/@aws-sdk/core/dist-es/submodules/protocols/writeKey.js
function writeKey(obj) {
	Object.defineProperty(obj, "__proto__", {
		value: void 0,
		writable: true,
		enumerable: true,
		configurable: true
	});
}
// node_modules/@aws-sdk/core/dist-es/submodules/protocols/xml/XmlShapeDeserializer.js
var XmlShapeDeserializer = class extends SerdeContextConfig {
	settings;
	stringDeserializer;
	constructor(settings) {
		super();
		this.settings = settings;
		this.stringDeserializer = new Sha256Node_DwJ_Bm2V.R(settings);
	}
	setSerdeContext(serdeContext) {
		this.serdeContext = serdeContext;
		this.stringDeserializer.setSerdeContext(serdeContext);
	}
	read(schema, bytes, key) {
		const ns = Sha256Node_DwJ_Bm2V.ft.of(schema);
		const memberSchemas = ns.getMemberSchemas();
		if (ns.isStructSchema() && ns.isMemberSchema() && !!Object.values(memberSchemas).find((memberNs) => {
			return !!memberNs.getMemberTraits().eventPayload;
		})) {
			const output = {};
			const memberName = Object.keys(memberSchemas)[0];
			if (memberSchemas[memberName].isBlobSchema()) output[memberName] = bytes;
			else output[memberName] = this.read(memberSchemas[memberName], bytes);
			return output;
		}
		const xmlString = (this.serdeContext?.utf8Encoder ?? TypeRegistry_BYzBs9Nm.n)(bytes);
		const parsedObject = this.parseXml(xmlString);
		return this.readSchema(schema, key ? parsedObject[key] : parsedObject);
	}
	readSchema(_schema, value) {
		const ns = Sha256Node_DwJ_Bm2V.ft.of(_schema);
		if (ns.isUnitSchema()) return;
		const traits = ns.getMergedTraits();
		if (ns.isListSchema() && !Array.isArray(value)) return this.readSchema(ns, [value]);
		if (value == null) return value;
		if (typeof value === "object") {
			const flat = !!traits.xmlFlattened;
			if (ns.isListSchema()) {
				const listValue = ns.getValueSchema();
				const buffer = [];
				const sourceKey = listValue.getMergedTraits().xmlName ?? "member";
				const source = flat ? value : (value[0] ?? value)[sourceKey];
				if (source == null) return buffer;
				const sourceArray = Array.isArray(source) ? source : [source];
				for (const v of sourceArray) buffer.push(this.readSchema(listValue, v));
				return buffer;
			}
			const buffer = {};
			if (ns.isMapSchema()) {
				const keyNs = ns.getKeySchema();
				const memberNs = ns.getValueSchema();
				let entries;
				if (flat) entries = Array.isArray(value) ? value : [value];
				else entries = Array.isArray(value.entry) ? value.entry : [value.entry];
				const keyProperty = keyNs.getMergedTraits().xmlName ?? "key";
				const valueProperty = memberNs.getMergedTraits().xmlName ?? "value";
				for (const entry of entries) {
					const key = entry[keyProperty];
					const value = entry[valueProperty];
					if (key === "__proto__") writeKey(buffer);
					buffer[key] = this.readSchema(memberNs, value);
				}
				return buffer;
			}
			if (ns.isStructSchema()) {
				const union = ns.isUnionSchema();
				let unionSerde;
				if (union) unionSerde = new UnionSerde(value, buffer);
				for (const [memberName, memberSchema] of ns.structIterator()) {
					const memberTraits = memberSchema.getMergedTraits();
					const xmlObjectKey = !memberTraits.httpPayload ? memberSchema.getMemberTraits().xmlName ?? memberName : memberTraits.xmlName ?? memberSchema.getName();
					if (union) unionSerde.mark(xmlObjectKey);
					if (value[xmlObjectKey] != null) buffer[memberName] = this.readSchema(memberSchema, value[xmlObjectKey]);
				}
				if (union) unionSerde.writeUnknown();
				return buffer;
			}
			if (ns.isDocumentSchema()) return value;
			throw new Error(`@aws-sdk/core/protocols - xml deserializer unhandled schema type for ${ns.getName(true)}`);
		}
		if (ns.isListSchema()) return [];
		if (ns.isMapSchema() || ns.isStructSchema()) return {};
		return this.stringDeserializer.read(ns, value);
	}
	parseXml(xml) {
		if (xml.length) {
			let parsedObj;
			try {
				parsedObj = parseXML(xml);
			} catch (e) {
				if (e && typeof e === "object") Object.defineProperty(e, "$responseBodyText", { value: xml });
				throw e;
			}
			const textNodeName = "#text";
			const key = Object.keys(parsedObj)[0];
			const parsedObjToReturn = parsedObj[key];
			if (parsedObjToReturn[textNodeName]) {
				parsedObjToReturn[key] = parsedObjToReturn[textNodeName];
				delete parsedObjToReturn[textNodeName];
			}
			return getValueFromTextNode(parsedObjToReturn);
		}
		return {};
	}
};
// node_modules/@aws-sdk/core/dist-es/submodules/protocols/query/QueryShapeSerializer.js
var QueryShapeSerializer = class extends SerdeContextConfig {
	settings;
	buffer;
	constructor(settings) {
		super();
		this.settings = settings;
	}
	write(schema, value, prefix = "") {
		if (this.buffer === void 0) this.buffer = "";
		const ns = Sha256Node_DwJ_Bm2V.ft.of(schema);
		if (prefix && !prefix.endsWith(".")) prefix += ".";
		if (ns.isBlobSchema()) {
			if (typeof value === "string" || value instanceof Uint8Array) {
				this.writeKey(prefix);
				this.writeValue((this.serdeContext?.base64Encoder ?? Sha256Node_DwJ_Bm2V.wt)(value));
			}
		} else if (ns.isBooleanSchema() || ns.isNumericSchema() || ns.isStringSchema()) {
			if (value != null) {
				this.writeKey(prefix);
				this.writeValue(String(value));
			} else if (ns.isIdempotencyToken()) {
				this.writeKey(prefix);
				this.writeValue((0,Sha256Node_DwJ_Bm2V.G)());
			}
		} else if (ns.isBigIntegerSchema()) {
			if (value != null) {
				this.writeKey(prefix);
				this.writeValue(String(value));
			}
		} else if (ns.isBigDecimalSchema()) {
			if (value != null) {
				this.writeKey(prefix);
				this.writeValue(value instanceof Sha256Node_DwJ_Bm2V.yt ? value.string : String(value));
			}
		} else if (ns.isTimestampSchema()) {
			if (value instanceof Date) {
				this.writeKey(prefix);
				switch ((0,Sha256Node_DwJ_Bm2V.L)(ns, this.settings)) {
					case 5:
						this.writeValue(value.toISOString().replace(".000Z", "Z"));
						break;
					case 6:
						this.writeValue((0,node_http_handler_BMbmsy_c.o)(value));
						break;
					case 7: this.writeValue(String(value.getTime() / 1e3));
				}
			}
		} else if (ns.isDocumentSchema()) {
			if (Array.isArray(value)) this.write(79, value, prefix);
			else if (value instanceof Date) this.write(4, value, prefix);
			else if (value instanceof Uint8Array) this.write(21, value, prefix);
			else if (value && typeof value === "object") this.write(143, value, prefix);
			else {
				this.writeKey(prefix);
				this.writeValue(String(value));
			}
		} else if (ns.isListSchema()) {
			if (Array.isArray(value)) {
				if (value.length === 0) {
					if (this.settings.serializeEmptyLists) {
						this.writeKey(prefix);
						this.writeValue("");
					}
				} else {
					const member = ns.getValueSchema();
					const flat = this.settings.flattenLists || ns.getMergedTraits().xmlFlattened;
					let i = 1;
					for (const item of value) {
						if (item == null) continue;
						const traits = member.getMergedTraits();
						const suffix = this.getKey("member", traits.xmlName, traits.ec2QueryName);
						const key = flat ? `${prefix}${i}` : `${prefix}${suffix}.${i}`;
						this.write(member, item, key);
						++i;
					}
				}
			}
		} else if (ns.isMapSchema()) {
			if (value && typeof value === "object") {
				const keySchema = ns.getKeySchema();
				const memberSchema = ns.getValueSchema();
				const flat = ns.getMergedTraits().xmlFlattened;
				let i = 1;
				for (const k in value) {
					const v = value[k];
					if (v == null) continue;
					const keyTraits = keySchema.getMergedTraits();
					const keySuffix = this.getKey("key", keyTraits.xmlName, keyTraits.ec2QueryName);
					const key = flat ? `${prefix}${i}.${keySuffix}` : `${prefix}entry.${i}.${keySuffix}`;
					const valTraits = memberSchema.getMergedTraits();
					const valueSuffix = this.getKey("value", valTraits.xmlName, valTraits.ec2QueryName);
					const valueKey = flat ? `${prefix}${i}.${valueSuffix}` : `${prefix}entry.${i}.${valueSuffix}`;
					this.write(keySchema, k, key);
					this.write(memberSchema, v, valueKey);
					++i;
				}
			}
		} else if (ns.isStructSchema()) {
			if (value && typeof value === "object") {
				let didWriteMember = false;
				for (const [memberName, member] of ns.structIterator()) {
					if (value[memberName] == null && !member.isIdempotencyToken()) continue;
					const traits = member.getMergedTraits();
					const suffix = this.getKey(memberName, traits.xmlName, traits.ec2QueryName, "struct");
					const key = `${prefix}${suffix}`;
					this.write(member, value[memberName], key);
					didWriteMember = true;
				}
				if (!didWriteMember && ns.isUnionSchema()) {
					const { $unknown } = value;
					if (Array.isArray($unknown)) {
						const [k, v] = $unknown;
						const key = `${prefix}${k}`;
						this.write(15, v, key);
					}
				}
			}
		} else if (ns.isUnitSchema()) {} else throw new Error(`@aws-sdk/core/protocols - QuerySerializer unrecognized schema type ${ns.getName(true)}`);
	}
	flush() {
		if (this.buffer === void 0) throw new Error("@aws-sdk/core/protocols - QuerySerializer cannot flush with nothing written to buffer.");
		const str = this.buffer;
		delete this.buffer;
		return str;
	}
	getKey(memberName, xmlName, ec2QueryName, keySource) {
		const { ec2, capitalizeKeys } = this.settings;
		if (ec2 && ec2QueryName) return ec2QueryName;
		const key = xmlName ?? memberName;
		if (capitalizeKeys && keySource === "struct") return key[0].toUpperCase() + key.slice(1);
		return key;
	}
	writeKey(key) {
		if (key.endsWith(".")) key = key.slice(0, key.length - 1);
		this.buffer += `&${(0,Sha256Node_DwJ_Bm2V.U)(key)}=`;
	}
	writeValue(value) {
		this.buffer += (0,Sha256Node_DwJ_Bm2V.U)(value);
	}
};
// node_modules/@aws-sdk/core/dist-es/submodules/protocols/query/AwsQueryProtocol.js
var AwsQueryProtocol = class extends RpcProtocol {
	options;
	serializer;
	deserializer;
	mixin = new Sha256Node_DwJ_Bm2V.n();
	constructor(options) {
		super({
			defaultNamespace: options.defaultNamespace,
			errorTypeRegistries: options.errorTypeRegistries
		});
		this.options = options;
		const settings = {
			timestampFormat: {
				useTrait: true,
				default: 5
			},
			httpBindings: false,
			xmlNamespace: options.xmlNamespace,
			serviceNamespace: options.defaultNamespace,
			serializeEmptyLists: true
		};
		this.serializer = new QueryShapeSerializer(settings);
		this.deserializer = new XmlShapeDeserializer(settings);
	}
	getShapeId() {
		return "aws.protocols#awsQuery";
	}
	setSerdeContext(serdeContext) {
		this.serializer.setSerdeContext(serdeContext);
		this.deserializer.setSerdeContext(serdeContext);
	}
	getPayloadCodec() {
		throw new Error("AWSQuery protocol has no payload codec.");
	}
	async serializeRequest(operationSchema, input, context) {
		const request = await super.serializeRequest(operationSchema, input, context);
		if (!request.path.endsWith("/")) request.path += "/";
		request.headers["content-type"] = "application/x-www-form-urlencoded";
		if ((0,Sha256Node_DwJ_Bm2V.mt)(operationSchema.input) === "unit" || !request.body) request.body = "";
		request.body = `Action=${operationSchema.name.split("#")[1] ?? operationSchema.name}&Version=${this.options.version}` + request.body;
		if (request.body.endsWith("&")) request.body = request.body.slice(-1);
		return request;
	}
	async deserializeResponse(operationSchema, context, response) {
		const deserializer = this.deserializer;
		const ns = Sha256Node_DwJ_Bm2V.ft.of(operationSchema.output);
		const dataObject = {};
		if (response.statusCode >= 300) {
			const bytes = await (0,Sha256Node_DwJ_Bm2V.W)(response.body, context);
			if (bytes.byteLength > 0) Object.assign(dataObject, await deserializer.read(15, bytes));
			await this.handleError(operationSchema, context, response, dataObject, this.deserializeMetadata(response));
		}
		for (const header in response.headers) {
			const value = response.headers[header];
			delete response.headers[header];
			response.headers[header.toLowerCase()] = value;
		}
		const shortName = operationSchema.name.split("#")[1] ?? operationSchema.name;
		const awsQueryResultKey = ns.isStructSchema() && this.useNestedResult() ? shortName + "Result" : void 0;
		const bytes = await (0,Sha256Node_DwJ_Bm2V.W)(response.body, context);
		if (bytes.byteLength > 0) Object.assign(dataObject, await deserializer.read(ns, bytes, awsQueryResultKey));
		dataObject.$metadata = this.deserializeMetadata(response);
		return dataObject;
	}
	useNestedResult() {
		return true;
	}
	async handleError(operationSchema, context, response, dataObject, metadata) {
		const errorIdentifier = this.loadQueryErrorCode(response, dataObject) ?? "Unknown";
		this.mixin.compose(this.compositeErrorRegistry, errorIdentifier, this.options.defaultNamespace);
		const errorData = this.loadQueryError(dataObject) ?? {};
		const message = this.loadQueryErrorMessage(dataObject);
		errorData.message = message;
		errorData.Error = {
			Type: errorData.Type,
			Code: errorData.Code,
			Message: message
		};
		const { errorSchema, errorMetadata } = await this.mixin.getErrorSchemaOrThrowBaseException(errorIdentifier, this.options.defaultNamespace, response, errorData, metadata, this.mixin.findQueryCompatibleError);
		const ns = Sha256Node_DwJ_Bm2V.ft.of(errorSchema);
		const exception = new ((this.compositeErrorRegistry.getErrorCtor(errorSchema)) ?? Error)({});
		const output = {
			Type: errorData.Error.Type,
			Code: errorData.Error.Code,
			Error: errorData.Error
		};
		for (const [name, member] of ns.structIterator()) {
			const target = member.getMergedTraits().xmlName ?? name;
			const value = errorData[target] ?? dataObject[target];
			output[name] = this.deserializer.readSchema(member, value);
		}
		throw this.mixin.decorateServiceException(Object.assign(exception, errorMetadata, {
			$fault: ns.getMergedTraits().error,
			message
		}, output), dataObject);
	}
	loadQueryErrorCode(output, data) {
		const code = (data.Errors?.[0]?.Error ?? data.Errors?.Error ?? data.Error)?.Code;
		if (code !== void 0) return code;
		if (output.statusCode == 404) return "NotFound";
	}
	loadQueryError(data) {
		return data.Errors?.[0]?.Error ?? data.Errors?.Error ?? data.Error;
	}
	loadQueryErrorMessage(data) {
		const errorData = this.loadQueryError(data);
		return errorData?.message ?? errorData?.Message ?? data.message ?? data.Message ?? "Unknown";
	}
	getDefaultContentType() {
		return "application/x-www-form-urlencoded";
	}
};
// node_modules/@aws-sdk/core/dist-es/submodules/protocols/query/AwsEc2QueryProtocol.js
var AwsEc2QueryProtocol = class extends AwsQueryProtocol {
	options;
	constructor(options) {
		super(options);
		this.options = options;
		Object.assign(this.serializer.settings, {
			capitalizeKeys: true,
			flattenLists: true,
			serializeEmptyLists: false,
			ec2: true
		});
	}
	getShapeId() {
		return "aws.protocols#ec2Query";
	}
	useNestedResult() {
		return false;
	}
};
// node_modules/@smithy/core/dist-es/submodules/checksum/crc32/Crc32Js.js
const CRC32_TABLE = /* @__PURE__ */ new Uint32Array(256);
for (let i = 0; i < 256; ++i) {
	let c = i;
	for (let j = 0; j < 8; ++j) c = c & 1 ? 3988292384 ^ c >>> 1 : c >>> 1;
	CRC32_TABLE[i] = c >>> 0;
}
const ONES = 4294967295;
var Crc32Js = class {
	digestLength = 4;
	checksum = ONES;
	update(data) {
		for (let i = 0; i < data.length; ++i) this.checksum = this.checksum >>> 8 ^ CRC32_TABLE[(this.checksum ^ data[i]) & 255];
	}
	digestSync() {
		return (this.checksum ^ ONES) >>> 0;
	}
	async digest() {
		const value = this.digestSync();
		const out = /* @__PURE__ */ new Uint8Array(4);
		new DataView(out.buffer).setUint32(0, value, false);
		return out;
	}
	reset() {
		this.checksum = ONES;
	}
};
// node_modules/@smithy/core/dist-es/submodules/checksum/crc32/Crc32Node.js
const zlibCrc32 = typeof external_node_zlib_namespaceObject.crc32 === "function" ? external_node_zlib_namespaceObject.crc32 : void 0;
const Crc32Node = zlibCrc32 ? buildNativeClass(zlibCrc32) : Crc32Js;
function buildNativeClass(nativeCrc32) {
	return class Crc32Node {
		digestLength = 4;
		value = 0;
		update(data) {
			this.value = nativeCrc32(data, this.value);
		}
		digestSync() {
			return this.value >>> 0;
		}
		async digest() {
			const out = /* @__PURE__ */ new Uint8Array(4);
			new DataView(out.buffer).setUint32(0, this.digestSync(), false);
			return out;
		}
		reset() {
			this.value = 0;
		}
	};
}
// node_modules/@aws-sdk/client-ecs/dist-es/endpoint/bdd.js
const k$3 = "ref";
const a$3 = -1;
const b$3 = true;
const c$3 = "isSet";
const d$3 = "PartitionResult";
const e$3 = "booleanEquals";
const f$3 = "getAttr";
const g$3 = { [k$3]: "Endpoint" };
const h$3 = { [k$3]: d$3 };
const i$3 = {};
const j$3 = [{ [k$3]: "Region" }];
const _data$3 = {
	conditions: [
		[c$3, [g$3]],
		[c$3, j$3],
		[
			"aws.partition",
			j$3,
			d$3
		],
		[e$3, [{ [k$3]: "UseFIPS" }, b$3]],
		[e$3, [{ [k$3]: "UseDualStack" }, b$3]],
		[e$3, [{
			fn: f$3,
			argv: [h$3, "supportsDualStack"]
		}, b$3]],
		[e$3, [{
			fn: f$3,
			argv: [h$3, "supportsFIPS"]
		}, b$3]]
	],
	results: [
		[a$3],
		[a$3, "Invalid Configuration: FIPS and custom endpoint are not supported"],
		[a$3, "Invalid Configuration: Dualstack and custom endpoint are not supported"],
		[g$3, i$3],
		["https://ecs-fips.{Region}.{PartitionResult#dualStackDnsSuffix}", i$3],
		[a$3, "FIPS and DualStack are enabled, but this partition does not support one or both"],
		["https://ecs-fips.{Region}.{PartitionResult#dnsSuffix}", i$3],
		[a$3, "FIPS is enabled but this partition does not support FIPS"],
		["https://ecs.{Region}.{PartitionResult#dualStackDnsSuffix}", i$3],
		[a$3, "DualStack is enabled but this partition does not support DualStack"],
		["https://ecs.{Region}.{PartitionResult#dnsSuffix}", i$3],
		[a$3, "Invalid Configuration: Missing Region"]
	]
};
const root$3 = 2;
const nodes$3 = new Int32Array([
	-1,
	1,
	-1,
	0,
	12,
	3,
	1,
	4,
	100000011,
	2,
	5,
	100000011,
	3,
	8,
	6,
	4,
	7,
	100000010,
	5,
	100000008,
	100000009,
	4,
	10,
	9,
	6,
	100000006,
	100000007,
	5,
	11,
	100000005,
	6,
	100000004,
	100000005,
	3,
	100000001,
	13,
	4,
	100000002,
	100000003
]);
const bdd$3 = Sha256Node_DwJ_Bm2V.Q.from(nodes$3, root$3, _data$3.conditions, _data$3.results);
// node_modules/@aws-sdk/client-ecs/dist-es/endpoint/endpointResolver.js
const cache$3 = new Sha256Node_DwJ_Bm2V.Z({
	size: 50,
	params: [
		"Endpoint",
		"Region",
		"UseDualStack",
		"UseFIPS"
	]
});
const defaultEndpointResolver$3 = (endpointParams, context = {}) => {
	return cache$3.get(endpointParams, () => (0,Sha256Node_DwJ_Bm2V.Y)(bdd$3, {
		endpointParams,
		logger: context.logger
	}));
};
Sha256Node_DwJ_Bm2V.X.aws = Sha256Node_DwJ_Bm2V.d;
// node_modules/@aws-sdk/client-ecs/dist-es/models/ECSServiceException.js
var ECSServiceException = class ECSServiceException extends Sha256Node_DwJ_Bm2V.ut {
	static shapeId = "smithy.ts.sdk.synthetic.com.amazonaws.ecs#ECSServiceException";
	constructor(options) {
		super(options);
		Object.setPrototypeOf(this, ECSServiceException.prototype);
	}
};
// node_modules/@aws-sdk/client-ecs/dist-es/models/errors.js
var AccessDeniedException$1 = class AccessDeniedException$1 extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#AccessDeniedException";
	name = "AccessDeniedException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "AccessDeniedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AccessDeniedException$1.prototype);
	}
};
var ClientException = class ClientException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#ClientException";
	name = "ClientException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ClientException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ClientException.prototype);
	}
};
var ClusterNotFoundException = class ClusterNotFoundException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#ClusterNotFoundException";
	name = "ClusterNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ClusterNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ClusterNotFoundException.prototype);
	}
};
var InvalidParameterException$2 = class InvalidParameterException$2 extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#InvalidParameterException";
	name = "InvalidParameterException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidParameterException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidParameterException$2.prototype);
	}
};
var LimitExceededException$2 = class LimitExceededException$2 extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#LimitExceededException";
	name = "LimitExceededException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "LimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, LimitExceededException$2.prototype);
	}
};
var ServerException$1 = class ServerException$1 extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#ServerException";
	name = "ServerException";
	$fault = "server";
	constructor(opts) {
		super({
			name: "ServerException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, ServerException$1.prototype);
	}
};
var UnsupportedFeatureException = class UnsupportedFeatureException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#UnsupportedFeatureException";
	name = "UnsupportedFeatureException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "UnsupportedFeatureException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnsupportedFeatureException.prototype);
	}
};
var UpdateInProgressException = class UpdateInProgressException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#UpdateInProgressException";
	name = "UpdateInProgressException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "UpdateInProgressException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UpdateInProgressException.prototype);
	}
};
var NamespaceNotFoundException = class NamespaceNotFoundException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#NamespaceNotFoundException";
	name = "NamespaceNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "NamespaceNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, NamespaceNotFoundException.prototype);
	}
};
var ClusterContainsCapacityProviderException = class ClusterContainsCapacityProviderException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#ClusterContainsCapacityProviderException";
	name = "ClusterContainsCapacityProviderException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ClusterContainsCapacityProviderException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ClusterContainsCapacityProviderException.prototype);
	}
};
var ClusterContainsContainerInstancesException = class ClusterContainsContainerInstancesException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#ClusterContainsContainerInstancesException";
	name = "ClusterContainsContainerInstancesException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ClusterContainsContainerInstancesException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ClusterContainsContainerInstancesException.prototype);
	}
};
var ClusterContainsServicesException = class ClusterContainsServicesException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#ClusterContainsServicesException";
	name = "ClusterContainsServicesException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ClusterContainsServicesException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ClusterContainsServicesException.prototype);
	}
};
var ClusterContainsTasksException = class ClusterContainsTasksException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#ClusterContainsTasksException";
	name = "ClusterContainsTasksException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ClusterContainsTasksException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ClusterContainsTasksException.prototype);
	}
};
var TargetNotConnectedException = class TargetNotConnectedException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#TargetNotConnectedException";
	name = "TargetNotConnectedException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "TargetNotConnectedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TargetNotConnectedException.prototype);
	}
};
var ResourceInUseException = class ResourceInUseException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#ResourceInUseException";
	name = "ResourceInUseException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ResourceInUseException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourceInUseException.prototype);
	}
};
var TargetNotFoundException = class TargetNotFoundException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#TargetNotFoundException";
	name = "TargetNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "TargetNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TargetNotFoundException.prototype);
	}
};
var ServiceNotFoundException = class ServiceNotFoundException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#ServiceNotFoundException";
	name = "ServiceNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ServiceNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ServiceNotFoundException.prototype);
	}
};
var AttributeLimitExceededException = class AttributeLimitExceededException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#AttributeLimitExceededException";
	name = "AttributeLimitExceededException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "AttributeLimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AttributeLimitExceededException.prototype);
	}
};
var MissingVersionException = class MissingVersionException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#MissingVersionException";
	name = "MissingVersionException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "MissingVersionException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, MissingVersionException.prototype);
	}
};
var NoUpdateAvailableException = class NoUpdateAvailableException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#NoUpdateAvailableException";
	name = "NoUpdateAvailableException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "NoUpdateAvailableException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, NoUpdateAvailableException.prototype);
	}
};
var ServiceDeploymentNotFoundException = class ServiceDeploymentNotFoundException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#ServiceDeploymentNotFoundException";
	name = "ServiceDeploymentNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ServiceDeploymentNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ServiceDeploymentNotFoundException.prototype);
	}
};
var PlatformUnknownException = class PlatformUnknownException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#PlatformUnknownException";
	name = "PlatformUnknownException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "PlatformUnknownException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, PlatformUnknownException.prototype);
	}
};
var DaemonNotActiveException = class DaemonNotActiveException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#DaemonNotActiveException";
	name = "DaemonNotActiveException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "DaemonNotActiveException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, DaemonNotActiveException.prototype);
	}
};
var DaemonNotFoundException = class DaemonNotFoundException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#DaemonNotFoundException";
	name = "DaemonNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "DaemonNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, DaemonNotFoundException.prototype);
	}
};
var GatewayNotFoundException = class GatewayNotFoundException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#GatewayNotFoundException";
	name = "GatewayNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "GatewayNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, GatewayNotFoundException.prototype);
	}
};
var ResourceNotFoundException$1 = class ResourceNotFoundException$1 extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#ResourceNotFoundException";
	name = "ResourceNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ResourceNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourceNotFoundException$1.prototype);
	}
};
var PlatformTaskDefinitionIncompatibilityException = class PlatformTaskDefinitionIncompatibilityException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#PlatformTaskDefinitionIncompatibilityException";
	name = "PlatformTaskDefinitionIncompatibilityException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "PlatformTaskDefinitionIncompatibilityException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, PlatformTaskDefinitionIncompatibilityException.prototype);
	}
};
var ServiceNotActiveException = class ServiceNotActiveException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#ServiceNotActiveException";
	name = "ServiceNotActiveException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ServiceNotActiveException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ServiceNotActiveException.prototype);
	}
};
var ConflictException$1 = class ConflictException$1 extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#ConflictException";
	name = "ConflictException";
	$fault = "client";
	resourceIds;
	constructor(opts) {
		super({
			name: "ConflictException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ConflictException$1.prototype);
		this.resourceIds = opts.resourceIds;
	}
};
var TaskSetNotFoundException = class TaskSetNotFoundException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#TaskSetNotFoundException";
	name = "TaskSetNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "TaskSetNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TaskSetNotFoundException.prototype);
	}
};
var BlockedException = class BlockedException extends ECSServiceException {
	static shapeId = "com.amazonaws.ecs#BlockedException";
	name = "BlockedException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "BlockedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, BlockedException.prototype);
	}
};
// node_modules/@aws-sdk/client-ecs/dist-es/schemas/schemas_0.js
const _A = "Attachment";
const _AC = "AdvancedConfiguration";
const _AD = "AttachmentDetails";
const _ADE$1 = "AccessDeniedException";
const _ALEE = "AttributeLimitExceededException";
const _AVC = "AwsVpcConfiguration";
const _At$1 = "Attribute";
const _Att = "Attachments";
const _Attr = "Attributes";
const _BE = "BlockedException";
const _C = "Cluster";
const _CC = "CanaryConfiguration";
const _CCCIE = "ClusterContainsContainerInstancesException";
const _CCCPE = "ClusterContainsCapacityProviderException";
const _CCSE = "ClusterContainsServicesException";
const _CCTE = "ClusterContainsTasksException";
const _CCl = "ClusterConfiguration";
const _CD = "ContainerDefinition";
const _CDo = "ContainerDependency";
const _CDon = "ContainerDefinitions";
const _CDont = "ContainerDependencies";
const _CE$1 = "ClientException";
const _CEo = "ConflictException";
const _CNFE = "ClusterNotFoundException";
const _CO = "ContainerOverride";
const _COo = "ContainerOverrides";
const _CPS = "CapacityProviderStrategy";
const _CPSI = "CapacityProviderStrategyItem";
const _CRP = "ContainerRestartPolicy";
const _CS = "ClusterSetting";
const _CSCD = "ClusterServiceConnectDefaults";
const _CSl = "ClusterSettings";
const _Cl = "Clusters";
const _Co$1 = "Container";
const _Con = "Containers";
const _D = "Deployment";
const _DA = "DeploymentAlarms";
const _DC = "DeploymentConfiguration";
const _DCBe = "DeploymentCircuitBreaker";
const _DCRes = "DescribeClustersRequest";
const _DCResc = "DescribeClustersResponse";
const _DCe = "DeploymentController";
const _DCes = "DescribeClusters";
const _DES$1 = "DeploymentEphemeralStorage";
const _DESC = "DeploymentEarlySuccessCriteria";
const _DL = "DevicesList";
const _DLH = "DeploymentLifecycleHook";
const _DLHL = "DeploymentLifecycleHookList";
const _DLHTC = "DeploymentLifecycleHookTimeoutConfiguration";
const _DNAE = "DaemonNotActiveException";
const _DNFE = "DaemonNotFoundException";
const _DSRes = "DescribeServicesRequest";
const _DSResc = "DescribeServicesResponse";
const _DSes = "DescribeServices";
const _DT = "DescribeTasks";
const _DTDRer = "DeregisterTaskDefinitionRequest";
const _DTDRere = "DeregisterTaskDefinitionResponse";
const _DTDRes = "DescribeTaskDefinitionRequest";
const _DTDResc = "DescribeTaskDefinitionResponse";
const _DTDer = "DeregisterTaskDefinition";
const _DTDes = "DescribeTaskDefinition";
const _DTR = "DescribeTasksRequest";
const _DTRe = "DescribeTasksResponse";
const _DVC = "DockerVolumeConfiguration";
const _De$1 = "Device";
const _Dep = "Deployments";
const _EBSTS = "EBSTagSpecification";
const _EBSTSa = "EBSTagSpecifications";
const _ECC = "ExecuteCommandConfiguration";
const _ECLC = "ExecuteCommandLogConfiguration";
const _EF = "EnvironmentFile";
const _EFSAC = "EFSAuthorizationConfig";
const _EFSVC = "EFSVolumeConfiguration";
const _EFn = "EnvironmentFiles";
const _ES = "EphemeralStorage";
const _EV = "EnvironmentVariables";
const _F = "Failure";
const _FC = "FirelensConfiguration";
const _FSWFSAC = "FSxWindowsFileServerAuthorizationConfig";
const _FSWFSVC = "FSxWindowsFileServerVolumeConfiguration";
const _Fa = "Failures";
const _GNFE = "GatewayNotFoundException";
const _HC = "HealthCheck";
const _HE = "HostEntry";
const _HEL = "HostEntryList";
const _HVP = "HostVolumeProperties";
const _IA = "InferenceAccelerator";
const _IAO = "InferenceAcceleratorOverride";
const _IAOn = "InferenceAcceleratorOverrides";
const _IAn = "InferenceAccelerators";
const _IPE$2 = "InvalidParameterException";
const _KC = "KernelCapabilities";
const _KVP = "KeyValuePair";
const _LB = "LoadBalancer";
const _LBo = "LoadBalancers";
const _LC = "LinearConfiguration";
const _LCo = "LogConfiguration";
const _LEE$2 = "LimitExceededException";
const _LP = "LinuxParameters";
const _LT = "ListTasks";
const _LTD = "ListTaskDefinitions";
const _LTDR = "ListTaskDefinitionsRequest";
const _LTDRi = "ListTaskDefinitionsResponse";
const _LTR = "ListTasksRequest";
const _LTRi = "ListTasksResponse";
const _MA = "ManagedAgent";
const _MAa = "ManagedAgents";
const _MP = "MountPoint";
const _MPL = "MountPointList";
const _MSC = "ManagedStorageConfiguration";
const _MVE = "MissingVersionException";
const _NB = "NetworkBinding";
const _NBe = "NetworkBindings";
const _NC = "NetworkConfiguration";
const _NI = "NetworkInterface";
const _NIe = "NetworkInterfaces";
const _NMA = "NvidiaMpsAllocation";
const _NNFE = "NamespaceNotFoundException";
const _NUAE = "NoUpdateAvailableException";
const _PC = "PlacementConstraint";
const _PCP = "ProxyConfigurationProperties";
const _PCl = "PlacementConstraints";
const _PCr = "ProxyConfiguration";
const _PM = "PortMapping";
const _PML = "PortMappingList";
const _PS = "PlacementStrategy";
const _PSl = "PlacementStrategies";
const _PTDIE = "PlatformTaskDefinitionIncompatibilityException";
const _PUE = "PlatformUnknownException";
const _RA$1 = "RequiresAttributes";
const _RC = "RepositoryCredentials";
const _RIUE = "ResourceInUseException";
const _RNFE$2 = "ResourceNotFoundException";
const _RP = "RuntimePlatform";
const _RR = "ResourceRequirement";
const _RRe = "ResourceRequirements";
const _RT = "RunTask";
const _RTD = "RegisterTaskDefinition";
const _RTDR = "RegisterTaskDefinitionRequest";
const _RTDRe = "RegisterTaskDefinitionResponse";
const _RTR = "RunTaskRequest";
const _RTRu = "RunTaskResponse";
const _S = "Scale";
const _SC = "SystemControl";
const _SCALC = "ServiceConnectAccessLogConfiguration";
const _SCC = "ServiceConnectConfiguration";
const _SCCA = "ServiceConnectClientAlias";
const _SCCAL = "ServiceConnectClientAliasList";
const _SCCC = "ServiceConnectContainerConfigurations";
const _SCCCe = "ServiceConnectContainerConfiguration";
const _SCRS = "ServiceCurrentRevisionSummary";
const _SCRSL = "ServiceCurrentRevisionSummaryList";
const _SCS = "ServiceConnectService";
const _SCSL = "ServiceConnectServiceList";
const _SCSR = "ServiceConnectServiceResource";
const _SCSRL = "ServiceConnectServiceResourceList";
const _SCTC = "ServiceConnectTlsConfiguration";
const _SCTCA = "ServiceConnectTlsCertificateAuthority";
const _SCTTHMR = "ServiceConnectTestTrafficHeaderMatchRules";
const _SCTTHR = "ServiceConnectTestTrafficHeaderRules";
const _SCTTR = "ServiceConnectTestTrafficRules";
const _SCy = "SystemControls";
const _SDNFE = "ServiceDeploymentNotFoundException";
const _SE$1 = "ServerException";
const _SEe = "ServiceEvent";
const _SEer = "ServiceEvents";
const _SFVC = "S3FilesVolumeConfiguration";
const _SL = "SecretList";
const _SMEBSVC = "ServiceManagedEBSVolumeConfiguration";
const _SNAE = "ServiceNotActiveException";
const _SNFE$1 = "ServiceNotFoundException";
const _SR = "ServiceRegistry";
const _SRer = "ServiceRegistries";
const _SSh = "SharingStrategy";
const _STRto = "StopTaskRequest";
const _STRtop = "StopTaskResponse";
const _STt = "StopTask";
const _SVC = "ServiceVolumeConfiguration";
const _SVCe = "ServiceVolumeConfigurations";
const _Se = "Secret";
const _Ser = "Service";
const _Serv = "Services";
const _St$1 = "Statistics";
const _T$1 = "Tag";
const _TC = "ThresholdConfiguration";
const _TCi = "TimeoutConfiguration";
const _TD = "TaskDefinition";
const _TDPC = "TaskDefinitionPlacementConstraint";
const _TDPCa = "TaskDefinitionPlacementConstraints";
const _TES = "TaskEphemeralStorage";
const _TL$1 = "TmpfsList";
const _TMEBSVC = "TaskManagedEBSVolumeConfiguration";
const _TMEBSVTP = "TaskManagedEBSVolumeTerminationPolicy";
const _TNCE = "TargetNotConnectedException";
const _TNFE$1 = "TargetNotFoundException";
const _TO = "TaskOverride";
const _TS = "TaskSet";
const _TSNFE = "TaskSetNotFoundException";
const _TSa = "TaskSets";
const _TVC = "TaskVolumeConfiguration";
const _TVCa = "TaskVolumeConfigurations";
const _Ta$1 = "Task";
const _Tag = "Tags";
const _Tas = "Tasks";
const _Tm = "Tmpfs";
const _U = "Ulimit";
const _UFE = "UnsupportedFeatureException";
const _UIPE = "UpdateInProgressException";
const _UL = "UlimitList";
const _V$1 = "Volume";
const _VF = "VolumeFrom";
const _VFL = "VolumeFromList";
const _VL = "VolumeList";
const _VLAC = "VpcLatticeAdvancedConfiguration";
const _VLC = "VpcLatticeConfiguration";
const _VLCp = "VpcLatticeConfigurations";
const _a = "attachments";
const _aCd = "advancedConfiguration";
const _aCu = "authorizationConfig";
const _aCw = "awsvpcConfiguration";
const _aI$1 = "attachmentId";
const _aLCc = "accessLogConfiguration";
const _aN = "alarmNames";
const _aP = "appProtocol";
const _aPA = "accessPointArn";
const _aPAA = "awsPcaAuthorityArn";
const _aPI = "assignPublicIp";
const _aPIc = "accessPointId";
const _aSC = "activeServicesCount";
const _aSt = "attachmentsStatus";
const _aTGA = "alternateTargetGroupArn";
const _aZ$1 = "availabilityZone";
const _aZR = "availabilityZoneRebalancing";
const _ac = "action";
const _ad = "add";
const _al = "alarms";
const _ar$1 = "arn";
const _at = "attributes";
const _au = "autoprovision";
const _b = "base";
const _bIP = "bindIP";
const _bTIM = "bakeTimeInMinutes";
const _c$2 = "client";
const _cA$1 = "clusterArn";
const _cAL = "configuredAtLaunch";
const _cAli = "clientAliases";
const _cAo = "containerArn";
const _cAon = "connectivityAt";
const _cAp = "cpuArchitecture";
const _cAr$1 = "createdAt";
const _cBTIM = "canaryBakeTimeInMinutes";
const _cBr = "createdBy";
const _cC = "canaryConfiguration";
const _cCon = "containerConfigurations";
const _cD = "containerDefinitions";
const _cDC = "computedDesiredCount";
const _cIA = "containerInstanceArn";
const _cIo = "containerInstance";
const _cN = "clusterName";
const _cNo = "containerName";
const _cO = "containerOverrides";
const _cP = "canaryPercent";
const _cPN = "capacityProviderName";
const _cPR = "containerPortRange";
const _cPS = "capacityProviderStrategy";
const _cPa = "capacityProvider";
const _cPap = "capacityProviders";
const _cPo = "containerPath";
const _cPon = "containerPort";
const _cPr = "credentialsParameter";
const _cS = "credentialSpecs";
const _cSD = "currentServiceDeployment";
const _cSR = "currentServiceRevisions";
const _cT$1 = "clientToken";
const _cWEE = "cloudWatchEncryptionEnabled";
const _cWLGN = "cloudWatchLogGroupName";
const _ca = "capabilities";
const _cl = "cluster";
const _clu = "clusters";
const _co$1 = "configuration";
const _com = "command";
const _comp = "compatibilities";
const _con = "condition";
const _conn = "connectivity";
const _conta = "containers";
const _cou = "count";
const _cp = "cpu";
const _d$1 = "details";
const _dAer = "deregisteredAt";
const _dAi = "discoveryArn";
const _dC = "deploymentConfiguration";
const _dCB$1 = "deploymentCircuitBreaker";
const _dCPS = "defaultCapacityProviderStrategy";
const _dCe = "desiredCount";
const _dCep = "deploymentController";
const _dL = "dockerLabels";
const _dN = "disableNetworking";
const _dNa = "daemonName";
const _dNe = "deviceName";
const _dNi = "discoveryName";
const _dNn$1 = "dnsName";
const _dO = "dependsOn";
const _dOT = "deleteOnTermination";
const _dOr = "driverOpts";
const _dRAe = "deleteRequestedAt";
const _dS = "dnsServers";
const _dSD = "dnsSearchDomains";
const _dSO = "dockerSecurityOptions";
const _dSe = "desiredStatus";
const _dT = "deviceType";
const _dVC = "dockerVolumeConfiguration";
const _de$1 = "devices";
const _dep = "deployments";
const _det = "detail";
const _do = "domain";
const _dr = "driver";
const _dro = "drop";
const _e$2 = "error";
const _eC = "exitCode";
const _eCC = "executeCommandConfiguration";
const _eEC = "enableExecuteCommand";
const _eECSMT = "enableECSManagedTags";
const _eF = "environmentFiles";
const _eFI = "enableFaultInjection";
const _eH = "extraHosts";
const _eI = "externalId";
const _eP = "entryPoint";
const _eRA = "executionRoleArn";
const _eSA = "executionStoppedAt";
const _eSC = "earlySuccessCriteria";
const _eSp = "ephemeralStorage";
const _eVC = "efsVolumeConfiguration";
const _en = "environment";
const _ena = "enabled";
const _enab = "enable";
const _enc = "encrypted";
const _es = "essential";
const _ev$1 = "events";
const _ex = "expression";
const _exa = "exact";
const _f$1 = "family";
const _fC$1 = "firelensConfiguration";
const _fES = "fargateEphemeralStorage";
const _fESKKI = "fargateEphemeralStorageKmsKeyId";
const _fP$1 = "familyPrefix";
const _fSA = "fileSystemArn";
const _fSI = "fileSystemId";
const _fT = "failedTasks";
const _fTi = "filesystemType";
const _fWFSVC = "fsxWindowsFileServerVolumeConfiguration";
const _fa = "failures";
const _fie = "field";
const _for = "format";
const _gI$1 = "gpuIds";
const _gSS = "gpuSharingStrategy";
const _gr$1 = "group";
const _h = "hostname";
const _hC = "healthCheck";
const _hCGPS = "healthCheckGracePeriodSeconds";
const _hD = "hookDetails";
const _hE$2 = "httpError";
const _hL = "hardLimit";
const _hP = "healthyPercent";
const _hPR = "hostPortRange";
const _hPo = "hostPath";
const _hPos = "hostPort";
const _hS = "healthStatus";
const _hTA = "hookTargetArn";
const _he = "header";
const _ho = "host";
const _i$1 = "id";
const _iA = "ipAddress";
const _iAO = "inferenceAcceleratorOverrides";
const _iAn = "inferenceAccelerators";
const _iAp$1 = "ipv6Address";
const _iCA = "issuerCertificateAuthority";
const _iD$1 = "imageDigest";
const _iEC = "ignoredExitCodes";
const _iM$1 = "ipcMode";
const _iPE = "initProcessEnabled";
const _iPO = "ingressPortOverride";
const _iQP = "includeQueryParameters";
const _iTS = "idleTimeoutSeconds";
const _ia = "iam";
const _im = "image";
const _in = "interactive";
const _inc = "include";
const _int = "interval";
const _io = "iops";
const _k$1 = "key";
const _kK = "kmsKey";
const _kKI$1 = "kmsKeyId";
const _l = "links";
const _lB = "loadBalancers";
const _lBN = "loadBalancerName";
const _lC = "logConfiguration";
const _lCi = "linearConfiguration";
const _lD = "logDriver";
const _lH = "lifecycleHooks";
const _lL = "logLevel";
const _lP = "linuxParameters";
const _lS = "lastStatus";
const _lSA = "lastStartedAt";
const _lSi = "lifecycleStages";
const _lT = "launchType";
const _la = "labels";
const _lo$1 = "logging";
const _m$2 = "message";
const _mA = "managedAgents";
const _mCP = "maxComputePercent";
const _mEBSV = "managedEBSVolume";
const _mHP = "minimumHealthyPercent";
const _mO = "mountOptions";
const _mP = "mountPoints";
const _mPa = "maximumPercent";
const _mR$1 = "memoryReservation";
const _mRa = "maxResults";
const _mSC = "managedStorageConfiguration";
const _mSa = "maxSwap";
const _me$1 = "memory";
const _n = "name";
const _nB = "networkBindings";
const _nC = "networkConfiguration";
const _nDI = "neuronDeviceIds";
const _nI = "networkInterfaces";
const _nM = "networkMode";
const _nMv = "nvidiaMps";
const _nT$2 = "nextToken";
const _na = "namespace";
const _o$1 = "options";
const _oSF = "operatingSystemFamily";
const _ov = "overrides";
const _p = "privileged";
const _pCe = "pendingCount";
const _pCl = "placementConstraints";
const _pCr = "proxyConfiguration";
const _pF = "platformFamily";
const _pIA = "privateIpv4Address";
const _pLR = "productionListenerRule";
const _pM = "portMappings";
const _pMi = "pidMode";
const _pN = "portName";
const _pRTS = "perRequestTimeoutSeconds";
const _pS = "placementStrategy";
const _pSA = "pullStartedAt";
const _pSAu = "pullStoppedAt";
const _pT = "pseudoTerminal";
const _pTC = "pendingTasksCount";
const _pTCe = "pendingTaskCount";
const _pTr$1 = "propagateTags";
const _pV = "platformVersion";
const _pe = "permissions";
const _po = "port";
const _pr$1 = "protocol";
const _pro = "properties";
const _r = "reason";
const _rA$1 = "roleArn";
const _rAP = "restartAttemptPeriod";
const _rAe = "registeredAt";
const _rAeg = "registryArn";
const _rAeq = "requiresAttributes";
const _rB = "registeredBy";
const _rC = "repositoryCredentials";
const _rCIC = "registeredContainerInstancesCount";
const _rCe = "requiresCompatibilities";
const _rCu = "runningCount";
const _rD = "rootDirectory";
const _rI$1 = "resourceIds";
const _rIe = "referenceId";
const _rIu = "runtimeId";
const _rMT = "resourceManagementType";
const _rO = "readOnly";
const _rOHT = "resetOnHealthyTask";
const _rPe = "restartPolicy";
const _rPu = "runtimePlatform";
const _rR = "resourceRequirements";
const _rRF = "readonlyRootFilesystem";
const _rS = "rolloutState";
const _rSR = "rolloutStateReason";
const _rT = "resourceType";
const _rTC = "runningTasksCount";
const _rTCe = "requestedTaskCount";
const _rTCu = "runningTaskCount";
const _re = "revision";
const _ret = "retries";
const _rol = "rollback";
const _s$3 = "smithy.ts.sdk.synthetic.com.amazonaws.ecs";
const _sA = "startedAt";
const _sAe = "serviceArn";
const _sAt = "stoppedAt";
const _sAto = "stoppingAt";
const _sB = "startedBy";
const _sBN = "s3BucketName";
const _sBTIM = "stepBakeTimeInMinutes";
const _sC = "systemControls";
const _sCC = "serviceConnectConfiguration";
const _sCD = "serviceConnectDefaults";
const _sCR = "serviceConnectResources";
const _sCo = "sourceContainer";
const _sCtop = "stopCode";
const _sEE = "s3EncryptionEnabled";
const _sG = "securityGroups";
const _sIGB = "sizeInGiB";
const _sIn = "snapshotId";
const _sKP = "s3KeyPrefix";
const _sL = "softLimit";
const _sMS = "sharedMemorySize";
const _sN$1 = "serviceName";
const _sO = "secretOptions";
const _sP = "startPeriod";
const _sPo = "sourcePath";
const _sPt = "stepPercent";
const _sRe = "serviceRegistries";
const _sRt = "stoppedReason";
const _sS = "schedulingStrategy";
const _sSA = "stabilityStatusAt";
const _sSRC = "sourceServiceRevisionCleanup";
const _sSh = "sharingStrategy";
const _sSt = "stabilityStatus";
const _sT = "startTimeout";
const _sTt$1 = "stopTimeout";
const _sV = "sourceVolume";
const _sVC = "s3filesVolumeConfiguration";
const _sc = "scale";
const _sco = "scope";
const _se$2 = "server";
const _sec = "secrets";
const _serv = "services";
const _set = "settings";
const _si = "size";
const _so = "sort";
const _st$2 = "status";
const _sta$1 = "statistics";
const _str = "strategy";
const _su = "subnets";
const _sw = "swappiness";
const _t = "type";
const _tA = "taskArn";
const _tAas = "taskArns";
const _tC = "thresholdConfiguration";
const _tCi = "timeoutConfiguration";
const _tD = "taskDefinition";
const _tDA = "taskDefinitionArn";
const _tDAa = "taskDefinitionArns";
const _tEP = "transitEncryptionPort";
const _tEr = "transitEncryption";
const _tGA = "targetGroupArn";
const _tI = "targetId";
const _tIM = "timeoutInMinutes";
const _tLR = "testListenerRule";
const _tP$1 = "terminationPolicy";
const _tRA = "taskRoleArn";
const _tSA = "taskSetArn";
const _tSa = "taskSets";
const _tSag = "tagSpecifications";
const _tT = "targetType";
const _tTR = "testTrafficRules";
const _ta = "tags";
const _tas = "tasks";
const _task = "task";
const _thr = "throughput";
const _ti = "timeout";
const _tl = "tls";
const _tm = "tmpfs";
const _u$1 = "user";
const _uA$1 = "updatedAt";
const _ul = "ulimits";
const _un = "unit";
const _v$1 = "value";
const _vC = "versionConsistency";
const _vCo = "volumeConfigurations";
const _vF = "volumesFrom";
const _vFa = "valueFrom";
const _vIR = "volumeInitializationRate";
const _vLC = "vpcLatticeConfigurations";
const _vT = "volumeType";
const _ve = "version";
const _vo = "volumes";
const _w = "weight";
const _wD = "workingDirectory";
const n0$3 = "com.amazonaws.ecs";
const _s_registry$3 = new TypeRegistry_BYzBs9Nm.t(_s$3);
var ECSServiceException$ = [
	-3,
	_s$3,
	"ECSServiceException",
	0,
	[],
	[]
];
_s_registry$3.registerError(ECSServiceException$, ECSServiceException);
const n0_registry$2 = new TypeRegistry_BYzBs9Nm.t(n0$3);
var AccessDeniedException$$1 = [
	-3,
	n0$3,
	_ADE$1,
	{
		[_e$2]: _c$2,
		[_hE$2]: 403
	},
	[_m$2],
	[0]
];
n0_registry$2.registerError(AccessDeniedException$$1, AccessDeniedException$1);
var AttributeLimitExceededException$ = [
	-3,
	n0$3,
	_ALEE,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(AttributeLimitExceededException$, AttributeLimitExceededException);
var BlockedException$ = [
	-3,
	n0$3,
	_BE,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(BlockedException$, BlockedException);
var ClientException$ = [
	-3,
	n0$3,
	_CE$1,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(ClientException$, ClientException);
var ClusterContainsCapacityProviderException$ = [
	-3,
	n0$3,
	_CCCPE,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(ClusterContainsCapacityProviderException$, ClusterContainsCapacityProviderException);
var ClusterContainsContainerInstancesException$ = [
	-3,
	n0$3,
	_CCCIE,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(ClusterContainsContainerInstancesException$, ClusterContainsContainerInstancesException);
var ClusterContainsServicesException$ = [
	-3,
	n0$3,
	_CCSE,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(ClusterContainsServicesException$, ClusterContainsServicesException);
var ClusterContainsTasksException$ = [
	-3,
	n0$3,
	_CCTE,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(ClusterContainsTasksException$, ClusterContainsTasksException);
var ClusterNotFoundException$ = [
	-3,
	n0$3,
	_CNFE,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(ClusterNotFoundException$, ClusterNotFoundException);
var ConflictException$$1 = [
	-3,
	n0$3,
	_CEo,
	{ [_e$2]: _c$2 },
	[_rI$1, _m$2],
	[64, 0]
];
n0_registry$2.registerError(ConflictException$$1, ConflictException$1);
var DaemonNotActiveException$ = [
	-3,
	n0$3,
	_DNAE,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(DaemonNotActiveException$, DaemonNotActiveException);
var DaemonNotFoundException$ = [
	-3,
	n0$3,
	_DNFE,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(DaemonNotFoundException$, DaemonNotFoundException);
var GatewayNotFoundException$ = [
	-3,
	n0$3,
	_GNFE,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(GatewayNotFoundException$, GatewayNotFoundException);
var InvalidParameterException$$2 = [
	-3,
	n0$3,
	_IPE$2,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(InvalidParameterException$$2, InvalidParameterException$2);
var LimitExceededException$$2 = [
	-3,
	n0$3,
	_LEE$2,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(LimitExceededException$$2, LimitExceededException$2);
var MissingVersionException$ = [
	-3,
	n0$3,
	_MVE,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(MissingVersionException$, MissingVersionException);
var NamespaceNotFoundException$ = [
	-3,
	n0$3,
	_NNFE,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(NamespaceNotFoundException$, NamespaceNotFoundException);
var NoUpdateAvailableException$ = [
	-3,
	n0$3,
	_NUAE,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(NoUpdateAvailableException$, NoUpdateAvailableException);
var PlatformTaskDefinitionIncompatibilityException$ = [
	-3,
	n0$3,
	_PTDIE,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(PlatformTaskDefinitionIncompatibilityException$, PlatformTaskDefinitionIncompatibilityException);
var PlatformUnknownException$ = [
	-3,
	n0$3,
	_PUE,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(PlatformUnknownException$, PlatformUnknownException);
var ResourceInUseException$ = [
	-3,
	n0$3,
	_RIUE,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(ResourceInUseException$, ResourceInUseException);
var ResourceNotFoundException$$1 = [
	-3,
	n0$3,
	_RNFE$2,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(ResourceNotFoundException$$1, ResourceNotFoundException$1);
var ServerException$$1 = [
	-3,
	n0$3,
	_SE$1,
	{ [_e$2]: _se$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(ServerException$$1, ServerException$1);
var ServiceDeploymentNotFoundException$ = [
	-3,
	n0$3,
	_SDNFE,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(ServiceDeploymentNotFoundException$, ServiceDeploymentNotFoundException);
var ServiceNotActiveException$ = [
	-3,
	n0$3,
	_SNAE,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(ServiceNotActiveException$, ServiceNotActiveException);
var ServiceNotFoundException$ = [
	-3,
	n0$3,
	_SNFE$1,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(ServiceNotFoundException$, ServiceNotFoundException);
var TargetNotConnectedException$ = [
	-3,
	n0$3,
	_TNCE,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(TargetNotConnectedException$, TargetNotConnectedException);
var TargetNotFoundException$ = [
	-3,
	n0$3,
	_TNFE$1,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(TargetNotFoundException$, TargetNotFoundException);
var TaskSetNotFoundException$ = [
	-3,
	n0$3,
	_TSNFE,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(TaskSetNotFoundException$, TaskSetNotFoundException);
var UnsupportedFeatureException$ = [
	-3,
	n0$3,
	_UFE,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(UnsupportedFeatureException$, UnsupportedFeatureException);
var UpdateInProgressException$ = [
	-3,
	n0$3,
	_UIPE,
	{ [_e$2]: _c$2 },
	[_m$2],
	[0]
];
n0_registry$2.registerError(UpdateInProgressException$, UpdateInProgressException);
const errorTypeRegistries$3 = [_s_registry$3, n0_registry$2];
var AdvancedConfiguration$ = [
	3,
	n0$3,
	_AC,
	0,
	[
		_aTGA,
		_pLR,
		_tLR,
		_rA$1
	],
	[
		0,
		0,
		0,
		0
	]
];
var Attachment$ = [
	3,
	n0$3,
	_A,
	0,
	[
		_i$1,
		_t,
		_st$2,
		_d$1
	],
	[
		0,
		0,
		0,
		() => AttachmentDetails
	]
];
var Attribute$ = [
	3,
	n0$3,
	_At$1,
	0,
	[
		_n,
		_v$1,
		_tT,
		_tI
	],
	[
		0,
		0,
		0,
		0
	],
	1
];
var AwsVpcConfiguration$ = [
	3,
	n0$3,
	_AVC,
	0,
	[
		_su,
		_sG,
		_aPI
	],
	[
		64,
		64,
		0
	],
	1
];
var CanaryConfiguration$ = [
	3,
	n0$3,
	_CC,
	0,
	[_cP, _cBTIM],
	[1, 1]
];
var CapacityProviderStrategyItem$ = [
	3,
	n0$3,
	_CPSI,
	0,
	[
		_cPa,
		_w,
		_b
	],
	[
		0,
		1,
		1
	],
	1
];
var Cluster$ = [
	3,
	n0$3,
	_C,
	0,
	[
		_cA$1,
		_cN,
		_co$1,
		_st$2,
		_rCIC,
		_rTC,
		_pTC,
		_aSC,
		_sta$1,
		_ta,
		_set,
		_cPap,
		_dCPS,
		_a,
		_aSt,
		_sCD
	],
	[
		0,
		0,
		() => ClusterConfiguration$,
		0,
		1,
		1,
		1,
		1,
		() => Statistics,
		() => Tags,
		() => ClusterSettings,
		64,
		() => CapacityProviderStrategy,
		() => Attachments,
		0,
		() => ClusterServiceConnectDefaults$
	]
];
var ClusterConfiguration$ = [
	3,
	n0$3,
	_CCl,
	0,
	[_eCC, _mSC],
	[() => ExecuteCommandConfiguration$, () => ManagedStorageConfiguration$]
];
var ClusterServiceConnectDefaults$ = [
	3,
	n0$3,
	_CSCD,
	0,
	[_na],
	[0]
];
var ClusterSetting$ = [
	3,
	n0$3,
	_CS,
	0,
	[_n, _v$1],
	[0, 0]
];
var Container$ = [
	3,
	n0$3,
	_Co$1,
	0,
	[
		_cAo,
		_tA,
		_n,
		_im,
		_iD$1,
		_rIu,
		_lS,
		_eC,
		_r,
		_nB,
		_nI,
		_hS,
		_mA,
		_cp,
		_me$1,
		_mR$1,
		_gI$1,
		_nDI,
		_gSS
	],
	[
		0,
		0,
		0,
		0,
		0,
		0,
		0,
		1,
		0,
		() => NetworkBindings,
		() => NetworkInterfaces,
		0,
		() => ManagedAgents,
		0,
		0,
		0,
		64,
		64,
		() => SharingStrategy$
	]
];
var ContainerDefinition$ = [
	3,
	n0$3,
	_CD,
	0,
	[
		_n,
		_im,
		_rC,
		_cp,
		_me$1,
		_mR$1,
		_l,
		_pM,
		_es,
		_rPe,
		_eP,
		_com,
		_en,
		_eF,
		_mP,
		_vF,
		_lP,
		_sec,
		_dO,
		_sT,
		_sTt$1,
		_vC,
		_h,
		_u$1,
		_wD,
		_dN,
		_p,
		_rRF,
		_dS,
		_dSD,
		_eH,
		_dSO,
		_in,
		_pT,
		_dL,
		_ul,
		_lC,
		_hC,
		_sC,
		_rR,
		_fC$1,
		_cS
	],
	[
		0,
		0,
		[() => RepositoryCredentials$, 0],
		1,
		1,
		1,
		64,
		() => PortMappingList,
		2,
		() => ContainerRestartPolicy$,
		64,
		64,
		[() => EnvironmentVariables, 0],
		() => EnvironmentFiles,
		() => MountPointList,
		() => VolumeFromList,
		() => LinuxParameters$,
		() => SecretList,
		() => ContainerDependencies,
		1,
		1,
		0,
		0,
		0,
		0,
		2,
		2,
		2,
		64,
		64,
		() => HostEntryList,
		64,
		2,
		2,
		128,
		() => UlimitList,
		() => LogConfiguration$,
		() => HealthCheck$,
		() => SystemControls,
		() => ResourceRequirements,
		() => FirelensConfiguration$,
		64
	]
];
var ContainerDependency$ = [
	3,
	n0$3,
	_CDo,
	0,
	[_cNo, _con],
	[0, 0],
	2
];
var ContainerOverride$ = [
	3,
	n0$3,
	_CO,
	0,
	[
		_n,
		_com,
		_en,
		_eF,
		_cp,
		_me$1,
		_mR$1,
		_rR
	],
	[
		0,
		64,
		[() => EnvironmentVariables, 0],
		() => EnvironmentFiles,
		1,
		1,
		1,
		() => ResourceRequirements
	]
];
var ContainerRestartPolicy$ = [
	3,
	n0$3,
	_CRP,
	0,
	[
		_ena,
		_iEC,
		_rAP
	],
	[
		2,
		65,
		1
	],
	1
];
var Deployment$ = [
	3,
	n0$3,
	_D,
	0,
	[
		_i$1,
		_st$2,
		_tD,
		_dCe,
		_pCe,
		_rCu,
		_fT,
		_cAr$1,
		_uA$1,
		_cPS,
		_lT,
		_pV,
		_pF,
		_nC,
		_rS,
		_rSR,
		_sCC,
		_sCR,
		_vCo,
		_fES,
		_vLC
	],
	[
		0,
		0,
		0,
		1,
		1,
		1,
		1,
		4,
		4,
		() => CapacityProviderStrategy,
		0,
		0,
		0,
		() => NetworkConfiguration$,
		0,
		0,
		() => ServiceConnectConfiguration$,
		() => ServiceConnectServiceResourceList,
		() => ServiceVolumeConfigurations,
		() => DeploymentEphemeralStorage$,
		() => VpcLatticeConfigurations
	]
];
var DeploymentAlarms$ = [
	3,
	n0$3,
	_DA,
	0,
	[
		_aN,
		_rol,
		_enab
	],
	[
		64,
		2,
		2
	],
	3
];
var DeploymentCircuitBreaker$ = [
	3,
	n0$3,
	_DCBe,
	0,
	[
		_enab,
		_rol,
		_rOHT,
		_tC
	],
	[
		2,
		2,
		2,
		() => ThresholdConfiguration$
	],
	2
];
var DeploymentConfiguration$ = [
	3,
	n0$3,
	_DC,
	0,
	[
		_dCB$1,
		_mPa,
		_mHP,
		_al,
		_str,
		_bTIM,
		_lH,
		_lCi,
		_cC,
		_eSC
	],
	[
		() => DeploymentCircuitBreaker$,
		1,
		1,
		() => DeploymentAlarms$,
		0,
		1,
		() => DeploymentLifecycleHookList,
		() => LinearConfiguration$,
		() => CanaryConfiguration$,
		() => DeploymentEarlySuccessCriteria$
	]
];
var DeploymentController$ = [
	3,
	n0$3,
	_DCe,
	0,
	[_t],
	[0],
	1
];
var DeploymentEarlySuccessCriteria$ = [
	3,
	n0$3,
	_DESC,
	0,
	[
		_enab,
		_hP,
		_sSRC
	],
	[
		2,
		1,
		0
	],
	1
];
var DeploymentEphemeralStorage$ = [
	3,
	n0$3,
	_DES$1,
	0,
	[_kKI$1],
	[0]
];
var DeploymentLifecycleHook$ = [
	3,
	n0$3,
	_DLH,
	0,
	[
		_tT,
		_hTA,
		_rA$1,
		_lSi,
		_hD,
		_tCi
	],
	[
		0,
		0,
		0,
		64,
		15,
		() => DeploymentLifecycleHookTimeoutConfiguration$
	]
];
var DeploymentLifecycleHookTimeoutConfiguration$ = [
	3,
	n0$3,
	_DLHTC,
	0,
	[_tIM, _ac],
	[1, 0]
];
var DeregisterTaskDefinitionRequest$ = [
	3,
	n0$3,
	_DTDRer,
	0,
	[_tD],
	[0],
	1
];
var DeregisterTaskDefinitionResponse$ = [
	3,
	n0$3,
	_DTDRere,
	0,
	[_tD],
	[[() => TaskDefinition$, 0]]
];
var DescribeClustersRequest$ = [
	3,
	n0$3,
	_DCRes,
	0,
	[_clu, _inc],
	[64, 64]
];
var DescribeClustersResponse$ = [
	3,
	n0$3,
	_DCResc,
	0,
	[_clu, _fa],
	[() => Clusters, () => Failures$1]
];
var DescribeServicesRequest$ = [
	3,
	n0$3,
	_DSRes,
	0,
	[
		_serv,
		_cl,
		_inc
	],
	[
		64,
		0,
		64
	],
	1
];
var DescribeServicesResponse$ = [
	3,
	n0$3,
	_DSResc,
	0,
	[_serv, _fa],
	[() => Services, () => Failures$1]
];
var DescribeTaskDefinitionRequest$ = [
	3,
	n0$3,
	_DTDRes,
	0,
	[_tD, _inc],
	[0, 64],
	1
];
var DescribeTaskDefinitionResponse$ = [
	3,
	n0$3,
	_DTDResc,
	0,
	[_tD, _ta],
	[[() => TaskDefinition$, 0], () => Tags]
];
var DescribeTasksRequest$ = [
	3,
	n0$3,
	_DTR,
	0,
	[
		_tas,
		_cl,
		_inc
	],
	[
		64,
		0,
		64
	],
	1
];
var DescribeTasksResponse$ = [
	3,
	n0$3,
	_DTRe,
	0,
	[_tas, _fa],
	[[() => Tasks, 0], () => Failures$1]
];
var Device$ = [
	3,
	n0$3,
	_De$1,
	0,
	[
		_hPo,
		_cPo,
		_pe
	],
	[
		0,
		0,
		64
	],
	1
];
var DockerVolumeConfiguration$ = [
	3,
	n0$3,
	_DVC,
	0,
	[
		_sco,
		_au,
		_dr,
		_dOr,
		_la
	],
	[
		0,
		2,
		0,
		128,
		128
	]
];
var EBSTagSpecification$ = [
	3,
	n0$3,
	_EBSTS,
	0,
	[
		_rT,
		_ta,
		_pTr$1
	],
	[
		0,
		() => Tags,
		0
	],
	1
];
var EFSAuthorizationConfig$ = [
	3,
	n0$3,
	_EFSAC,
	0,
	[_aPIc, _ia],
	[0, 0]
];
var EFSVolumeConfiguration$ = [
	3,
	n0$3,
	_EFSVC,
	0,
	[
		_fSI,
		_rD,
		_tEr,
		_tEP,
		_aCu
	],
	[
		0,
		0,
		0,
		1,
		() => EFSAuthorizationConfig$
	],
	1
];
var EnvironmentFile$ = [
	3,
	n0$3,
	_EF,
	0,
	[_v$1, _t],
	[0, 0],
	2
];
var EphemeralStorage$ = [
	3,
	n0$3,
	_ES,
	0,
	[_sIGB],
	[1],
	1
];
var ExecuteCommandConfiguration$ = [
	3,
	n0$3,
	_ECC,
	0,
	[
		_kKI$1,
		_lo$1,
		_lC
	],
	[
		0,
		0,
		() => ExecuteCommandLogConfiguration$
	]
];
var ExecuteCommandLogConfiguration$ = [
	3,
	n0$3,
	_ECLC,
	0,
	[
		_cWLGN,
		_cWEE,
		_sBN,
		_sEE,
		_sKP
	],
	[
		0,
		2,
		0,
		2,
		0
	]
];
var Failure$ = [
	3,
	n0$3,
	_F,
	0,
	[
		_ar$1,
		_r,
		_det
	],
	[
		0,
		0,
		0
	]
];
var FirelensConfiguration$ = [
	3,
	n0$3,
	_FC,
	0,
	[_t, _o$1],
	[0, 128],
	1
];
var FSxWindowsFileServerAuthorizationConfig$ = [
	3,
	n0$3,
	_FSWFSAC,
	0,
	[_cPr, _do],
	[0, 0],
	2
];
var FSxWindowsFileServerVolumeConfiguration$ = [
	3,
	n0$3,
	_FSWFSVC,
	0,
	[
		_fSI,
		_rD,
		_aCu
	],
	[
		0,
		0,
		() => FSxWindowsFileServerAuthorizationConfig$
	],
	3
];
var HealthCheck$ = [
	3,
	n0$3,
	_HC,
	0,
	[
		_com,
		_int,
		_ti,
		_ret,
		_sP
	],
	[
		64,
		1,
		1,
		1,
		1
	],
	1
];
var HostEntry$ = [
	3,
	n0$3,
	_HE,
	0,
	[_h, _iA],
	[0, 0],
	2
];
var HostVolumeProperties$ = [
	3,
	n0$3,
	_HVP,
	0,
	[_sPo],
	[0]
];
var InferenceAccelerator$ = [
	3,
	n0$3,
	_IA,
	0,
	[_dNe, _dT],
	[0, 0],
	2
];
var InferenceAcceleratorOverride$ = [
	3,
	n0$3,
	_IAO,
	0,
	[_dNe, _dT],
	[0, 0]
];
var KernelCapabilities$ = [
	3,
	n0$3,
	_KC,
	0,
	[_ad, _dro],
	[64, 64]
];
var KeyValuePair$ = [
	3,
	n0$3,
	_KVP,
	0,
	[_n, _v$1],
	[0, 0]
];
var LinearConfiguration$ = [
	3,
	n0$3,
	_LC,
	0,
	[_sPt, _sBTIM],
	[1, 1]
];
var LinuxParameters$ = [
	3,
	n0$3,
	_LP,
	0,
	[
		_ca,
		_de$1,
		_iPE,
		_sMS,
		_tm,
		_mSa,
		_sw
	],
	[
		() => KernelCapabilities$,
		() => DevicesList,
		2,
		1,
		() => TmpfsList,
		1,
		1
	]
];
var ListTaskDefinitionsRequest$ = [
	3,
	n0$3,
	_LTDR,
	0,
	[
		_fP$1,
		_st$2,
		_so,
		_nT$2,
		_mRa
	],
	[
		0,
		0,
		0,
		0,
		1
	]
];
var ListTaskDefinitionsResponse$ = [
	3,
	n0$3,
	_LTDRi,
	0,
	[_tDAa, _nT$2],
	[64, 0]
];
var ListTasksRequest$ = [
	3,
	n0$3,
	_LTR,
	0,
	[
		_cl,
		_cIo,
		_f$1,
		_nT$2,
		_mRa,
		_sB,
		_sN$1,
		_dSe,
		_lT,
		_dNa
	],
	[
		0,
		0,
		0,
		0,
		1,
		0,
		0,
		0,
		0,
		0
	]
];
var ListTasksResponse$ = [
	3,
	n0$3,
	_LTRi,
	0,
	[_tAas, _nT$2],
	[64, 0]
];
var LoadBalancer$ = [
	3,
	n0$3,
	_LB,
	0,
	[
		_tGA,
		_lBN,
		_cNo,
		_cPon,
		_aCd
	],
	[
		0,
		0,
		0,
		1,
		() => AdvancedConfiguration$
	]
];
var LogConfiguration$ = [
	3,
	n0$3,
	_LCo,
	0,
	[
		_lD,
		_o$1,
		_sO
	],
	[
		0,
		128,
		() => SecretList
	],
	1
];
var ManagedAgent$ = [
	3,
	n0$3,
	_MA,
	0,
	[
		_lSA,
		_n,
		_r,
		_lS
	],
	[
		4,
		0,
		0,
		0
	]
];
var ManagedStorageConfiguration$ = [
	3,
	n0$3,
	_MSC,
	0,
	[_kKI$1, _fESKKI],
	[0, 0]
];
var MountPoint$ = [
	3,
	n0$3,
	_MP,
	0,
	[
		_sV,
		_cPo,
		_rO
	],
	[
		0,
		0,
		2
	]
];
var NetworkBinding$ = [
	3,
	n0$3,
	_NB,
	0,
	[
		_bIP,
		_cPon,
		_hPos,
		_pr$1,
		_cPR,
		_hPR
	],
	[
		0,
		1,
		1,
		0,
		0,
		0
	]
];
var NetworkConfiguration$ = [
	3,
	n0$3,
	_NC,
	0,
	[_aCw],
	[() => AwsVpcConfiguration$]
];
var NetworkInterface$ = [
	3,
	n0$3,
	_NI,
	0,
	[
		_aI$1,
		_pIA,
		_iAp$1
	],
	[
		0,
		0,
		0
	]
];
var NvidiaMpsAllocation$ = [
	3,
	n0$3,
	_NMA,
	0,
	[_me$1, _mCP],
	[1, 1],
	1
];
var PlacementConstraint$ = [
	3,
	n0$3,
	_PC,
	0,
	[_t, _ex],
	[0, 0]
];
var PlacementStrategy$ = [
	3,
	n0$3,
	_PS,
	0,
	[_t, _fie],
	[0, 0]
];
var PortMapping$ = [
	3,
	n0$3,
	_PM,
	0,
	[
		_cPon,
		_hPos,
		_pr$1,
		_n,
		_aP,
		_cPR
	],
	[
		1,
		1,
		0,
		0,
		0,
		0
	]
];
var ProxyConfiguration$ = [
	3,
	n0$3,
	_PCr,
	0,
	[
		_cNo,
		_t,
		_pro
	],
	[
		0,
		0,
		() => ProxyConfigurationProperties
	],
	1
];
var RegisterTaskDefinitionRequest$ = [
	3,
	n0$3,
	_RTDR,
	0,
	[
		_f$1,
		_cD,
		_tRA,
		_eRA,
		_nM,
		_vo,
		_pCl,
		_rCe,
		_cp,
		_me$1,
		_ta,
		_pMi,
		_iM$1,
		_pCr,
		_iAn,
		_eSp,
		_rPu,
		_eFI
	],
	[
		0,
		[() => ContainerDefinitions, 0],
		0,
		0,
		0,
		() => VolumeList,
		() => TaskDefinitionPlacementConstraints,
		64,
		0,
		0,
		() => Tags,
		0,
		0,
		() => ProxyConfiguration$,
		() => InferenceAccelerators,
		() => EphemeralStorage$,
		() => RuntimePlatform$,
		2
	],
	2
];
var RegisterTaskDefinitionResponse$ = [
	3,
	n0$3,
	_RTDRe,
	0,
	[_tD, _ta],
	[[() => TaskDefinition$, 0], () => Tags]
];
var RepositoryCredentials$ = [
	3,
	n0$3,
	_RC,
	8,
	[_cPr],
	[0],
	1
];
var ResourceRequirement$ = [
	3,
	n0$3,
	_RR,
	0,
	[
		_t,
		_v$1,
		_sSh
	],
	[
		0,
		0,
		() => SharingStrategy$
	],
	1
];
var RunTaskRequest$ = [
	3,
	n0$3,
	_RTR,
	0,
	[
		_tD,
		_cPS,
		_cl,
		_cou,
		_eECSMT,
		_eEC,
		_gr$1,
		_lT,
		_nC,
		_ov,
		_pCl,
		_pS,
		_pV,
		_pTr$1,
		_rIe,
		_sB,
		_ta,
		_cT$1,
		_vCo
	],
	[
		0,
		() => CapacityProviderStrategy,
		0,
		1,
		2,
		2,
		0,
		0,
		() => NetworkConfiguration$,
		[() => TaskOverride$, 0],
		() => PlacementConstraints,
		() => PlacementStrategies,
		0,
		0,
		0,
		0,
		() => Tags,
		[0, 4],
		() => TaskVolumeConfigurations
	],
	1
];
var RunTaskResponse$ = [
	3,
	n0$3,
	_RTRu,
	0,
	[_tas, _fa],
	[[() => Tasks, 0], () => Failures$1]
];
var RuntimePlatform$ = [
	3,
	n0$3,
	_RP,
	0,
	[_cAp, _oSF],
	[0, 0]
];
var S3FilesVolumeConfiguration$ = [
	3,
	n0$3,
	_SFVC,
	0,
	[
		_fSA,
		_rD,
		_tEP,
		_aPA
	],
	[
		0,
		0,
		1,
		0
	],
	1
];
var Scale$ = [
	3,
	n0$3,
	_S,
	0,
	[_v$1, _un],
	[1, 0]
];
var Secret$ = [
	3,
	n0$3,
	_Se,
	0,
	[_n, _vFa],
	[0, 0],
	2
];
var Service$ = [
	3,
	n0$3,
	_Ser,
	0,
	[
		_sAe,
		_sN$1,
		_cA$1,
		_lB,
		_sRe,
		_st$2,
		_dCe,
		_rCu,
		_pCe,
		_lT,
		_cPS,
		_pV,
		_pF,
		_tD,
		_dC,
		_tSa,
		_dep,
		_rA$1,
		_ev$1,
		_cAr$1,
		_cSD,
		_cSR,
		_pCl,
		_pS,
		_nC,
		_hCGPS,
		_sS,
		_dCep,
		_ta,
		_cBr,
		_eECSMT,
		_pTr$1,
		_eEC,
		_aZR,
		_rMT
	],
	[
		0,
		0,
		0,
		() => LoadBalancers,
		() => ServiceRegistries,
		0,
		1,
		1,
		1,
		0,
		() => CapacityProviderStrategy,
		0,
		0,
		0,
		() => DeploymentConfiguration$,
		() => TaskSets,
		() => Deployments,
		0,
		() => ServiceEvents,
		4,
		0,
		() => ServiceCurrentRevisionSummaryList,
		() => PlacementConstraints,
		() => PlacementStrategies,
		() => NetworkConfiguration$,
		1,
		0,
		() => DeploymentController$,
		() => Tags,
		0,
		2,
		0,
		2,
		0,
		0
	]
];
var ServiceConnectAccessLogConfiguration$ = [
	3,
	n0$3,
	_SCALC,
	0,
	[_for, _iQP],
	[0, 0],
	1
];
var ServiceConnectClientAlias$ = [
	3,
	n0$3,
	_SCCA,
	0,
	[
		_po,
		_dNn$1,
		_tTR
	],
	[
		1,
		0,
		() => ServiceConnectTestTrafficRules$
	],
	1
];
var ServiceConnectConfiguration$ = [
	3,
	n0$3,
	_SCC,
	0,
	[
		_ena,
		_na,
		_serv,
		_lC,
		_aLCc,
		_cCon
	],
	[
		2,
		0,
		() => ServiceConnectServiceList,
		() => LogConfiguration$,
		() => ServiceConnectAccessLogConfiguration$,
		() => ServiceConnectContainerConfigurations
	],
	1
];
var ServiceConnectService$ = [
	3,
	n0$3,
	_SCS,
	0,
	[
		_pN,
		_dNi,
		_cAli,
		_iPO,
		_ti,
		_tl
	],
	[
		0,
		0,
		() => ServiceConnectClientAliasList,
		1,
		() => TimeoutConfiguration$,
		() => ServiceConnectTlsConfiguration$
	],
	1
];
var ServiceConnectServiceResource$ = [
	3,
	n0$3,
	_SCSR,
	0,
	[_dNi, _dAi],
	[0, 0]
];
var ServiceConnectTestTrafficHeaderMatchRules$ = [
	3,
	n0$3,
	_SCTTHMR,
	0,
	[_exa],
	[0],
	1
];
var ServiceConnectTestTrafficHeaderRules$ = [
	3,
	n0$3,
	_SCTTHR,
	0,
	[_n, _v$1],
	[0, () => ServiceConnectTestTrafficHeaderMatchRules$],
	1
];
var ServiceConnectTestTrafficRules$ = [
	3,
	n0$3,
	_SCTTR,
	0,
	[_he],
	[() => ServiceConnectTestTrafficHeaderRules$],
	1
];
var ServiceConnectTlsCertificateAuthority$ = [
	3,
	n0$3,
	_SCTCA,
	0,
	[_aPAA],
	[0]
];
var ServiceConnectTlsConfiguration$ = [
	3,
	n0$3,
	_SCTC,
	0,
	[
		_iCA,
		_kK,
		_rA$1
	],
	[
		() => ServiceConnectTlsCertificateAuthority$,
		0,
		0
	],
	1
];
var ServiceCurrentRevisionSummary$ = [
	3,
	n0$3,
	_SCRS,
	0,
	[
		_ar$1,
		_rTCe,
		_rTCu,
		_pTCe
	],
	[
		0,
		1,
		1,
		1
	]
];
var ServiceEvent$ = [
	3,
	n0$3,
	_SEe,
	0,
	[
		_i$1,
		_cAr$1,
		_m$2
	],
	[
		0,
		4,
		0
	]
];
var ServiceManagedEBSVolumeConfiguration$ = [
	3,
	n0$3,
	_SMEBSVC,
	0,
	[
		_rA$1,
		_enc,
		_kKI$1,
		_vT,
		_sIGB,
		_sIn,
		_vIR,
		_io,
		_thr,
		_tSag,
		_fTi
	],
	[
		0,
		2,
		0,
		0,
		1,
		0,
		1,
		1,
		1,
		() => EBSTagSpecifications,
		0
	],
	1
];
var ServiceRegistry$ = [
	3,
	n0$3,
	_SR,
	0,
	[
		_rAeg,
		_po,
		_cNo,
		_cPon
	],
	[
		0,
		1,
		0,
		1
	]
];
var ServiceVolumeConfiguration$ = [
	3,
	n0$3,
	_SVC,
	0,
	[_n, _mEBSV],
	[0, () => ServiceManagedEBSVolumeConfiguration$],
	1
];
var StopTaskRequest$ = [
	3,
	n0$3,
	_STRto,
	0,
	[
		_task,
		_cl,
		_r
	],
	[
		0,
		0,
		0
	],
	1
];
var StopTaskResponse$ = [
	3,
	n0$3,
	_STRtop,
	0,
	[_task],
	[[() => Task$, 0]]
];
var SystemControl$ = [
	3,
	n0$3,
	_SC,
	0,
	[_na, _v$1],
	[0, 0]
];
var Tag$$1 = [
	3,
	n0$3,
	_T$1,
	0,
	[_k$1, _v$1],
	[0, 0]
];
var Task$ = [
	3,
	n0$3,
	_Ta$1,
	0,
	[
		_a,
		_at,
		_aZ$1,
		_cPN,
		_cA$1,
		_conn,
		_cAon,
		_cIA,
		_conta,
		_cp,
		_cAr$1,
		_dSe,
		_eEC,
		_eSA,
		_gr$1,
		_hS,
		_iAn,
		_lS,
		_lT,
		_me$1,
		_ov,
		_pV,
		_pF,
		_pSA,
		_pSAu,
		_sA,
		_sB,
		_sCtop,
		_sAt,
		_sRt,
		_sAto,
		_ta,
		_tA,
		_tDA,
		_ve,
		_eSp,
		_fES
	],
	[
		() => Attachments,
		() => Attributes,
		0,
		0,
		0,
		0,
		4,
		0,
		() => Containers,
		0,
		4,
		0,
		2,
		4,
		0,
		0,
		() => InferenceAccelerators,
		0,
		0,
		0,
		[() => TaskOverride$, 0],
		0,
		0,
		4,
		4,
		4,
		0,
		0,
		4,
		0,
		4,
		() => Tags,
		0,
		0,
		1,
		() => EphemeralStorage$,
		() => TaskEphemeralStorage$
	]
];
var TaskDefinition$ = [
	3,
	n0$3,
	_TD,
	0,
	[
		_tDA,
		_cD,
		_f$1,
		_tRA,
		_eRA,
		_nM,
		_re,
		_vo,
		_st$2,
		_rAeq,
		_pCl,
		_comp,
		_rPu,
		_rCe,
		_cp,
		_me$1,
		_iAn,
		_pMi,
		_iM$1,
		_pCr,
		_rAe,
		_dAer,
		_dRAe,
		_rB,
		_eSp,
		_eFI
	],
	[
		0,
		[() => ContainerDefinitions, 0],
		0,
		0,
		0,
		0,
		1,
		() => VolumeList,
		0,
		() => RequiresAttributes,
		() => TaskDefinitionPlacementConstraints,
		64,
		() => RuntimePlatform$,
		64,
		0,
		0,
		() => InferenceAccelerators,
		0,
		0,
		() => ProxyConfiguration$,
		4,
		4,
		4,
		0,
		() => EphemeralStorage$,
		2
	]
];
var TaskDefinitionPlacementConstraint$ = [
	3,
	n0$3,
	_TDPC,
	0,
	[_t, _ex],
	[0, 0]
];
var TaskEphemeralStorage$ = [
	3,
	n0$3,
	_TES,
	0,
	[_sIGB, _kKI$1],
	[1, 0]
];
var TaskManagedEBSVolumeConfiguration$ = [
	3,
	n0$3,
	_TMEBSVC,
	0,
	[
		_rA$1,
		_enc,
		_kKI$1,
		_vT,
		_sIGB,
		_sIn,
		_vIR,
		_io,
		_thr,
		_tSag,
		_tP$1,
		_fTi
	],
	[
		0,
		2,
		0,
		0,
		1,
		0,
		1,
		1,
		1,
		() => EBSTagSpecifications,
		() => TaskManagedEBSVolumeTerminationPolicy$,
		0
	],
	1
];
var TaskManagedEBSVolumeTerminationPolicy$ = [
	3,
	n0$3,
	_TMEBSVTP,
	0,
	[_dOT],
	[2],
	1
];
var TaskOverride$ = [
	3,
	n0$3,
	_TO,
	0,
	[
		_cO,
		_cp,
		_iAO,
		_eRA,
		_me$1,
		_tRA,
		_eSp
	],
	[
		[() => ContainerOverrides, 0],
		0,
		() => InferenceAcceleratorOverrides,
		0,
		0,
		0,
		() => EphemeralStorage$
	]
];
var TaskSet$ = [
	3,
	n0$3,
	_TS,
	0,
	[
		_i$1,
		_tSA,
		_sAe,
		_cA$1,
		_sB,
		_eI,
		_st$2,
		_tD,
		_cDC,
		_pCe,
		_rCu,
		_cAr$1,
		_uA$1,
		_lT,
		_cPS,
		_pV,
		_pF,
		_nC,
		_lB,
		_sRe,
		_sc,
		_sSt,
		_sSA,
		_ta,
		_fES
	],
	[
		0,
		0,
		0,
		0,
		0,
		0,
		0,
		0,
		1,
		1,
		1,
		4,
		4,
		0,
		() => CapacityProviderStrategy,
		0,
		0,
		() => NetworkConfiguration$,
		() => LoadBalancers,
		() => ServiceRegistries,
		() => Scale$,
		0,
		4,
		() => Tags,
		() => DeploymentEphemeralStorage$
	]
];
var TaskVolumeConfiguration$ = [
	3,
	n0$3,
	_TVC,
	0,
	[_n, _mEBSV],
	[0, () => TaskManagedEBSVolumeConfiguration$],
	1
];
var ThresholdConfiguration$ = [
	3,
	n0$3,
	_TC,
	0,
	[_t, _v$1],
	[0, 1],
	2
];
var TimeoutConfiguration$ = [
	3,
	n0$3,
	_TCi,
	0,
	[_iTS, _pRTS],
	[1, 1]
];
var Tmpfs$ = [
	3,
	n0$3,
	_Tm,
	0,
	[
		_cPo,
		_si,
		_mO
	],
	[
		0,
		1,
		64
	],
	2
];
var Ulimit$ = [
	3,
	n0$3,
	_U,
	0,
	[
		_n,
		_sL,
		_hL
	],
	[
		0,
		1,
		1
	],
	3
];
var Volume$ = [
	3,
	n0$3,
	_V$1,
	0,
	[
		_n,
		_ho,
		_dVC,
		_eVC,
		_sVC,
		_fWFSVC,
		_cAL
	],
	[
		0,
		() => HostVolumeProperties$,
		() => DockerVolumeConfiguration$,
		() => EFSVolumeConfiguration$,
		() => S3FilesVolumeConfiguration$,
		() => FSxWindowsFileServerVolumeConfiguration$,
		2
	]
];
var VolumeFrom$ = [
	3,
	n0$3,
	_VF,
	0,
	[_sCo, _rO],
	[0, 2]
];
var VpcLatticeAdvancedConfiguration$ = [
	3,
	n0$3,
	_VLAC,
	0,
	[
		_aTGA,
		_pLR,
		_tLR
	],
	[
		0,
		0,
		0
	]
];
var VpcLatticeConfiguration$ = [
	3,
	n0$3,
	_VLC,
	0,
	[
		_rA$1,
		_tGA,
		_pN,
		_aCd
	],
	[
		0,
		0,
		0,
		() => VpcLatticeAdvancedConfiguration$
	],
	3
];
var AttachmentDetails = [
	1,
	n0$3,
	_AD,
	0,
	() => KeyValuePair$
];
var Attachments = [
	1,
	n0$3,
	_Att,
	0,
	() => Attachment$
];
var Attributes = [
	1,
	n0$3,
	_Attr,
	0,
	() => Attribute$
];
var CapacityProviderStrategy = [
	1,
	n0$3,
	_CPS,
	0,
	() => CapacityProviderStrategyItem$
];
var Clusters = [
	1,
	n0$3,
	_Cl,
	0,
	() => Cluster$
];
var ClusterSettings = [
	1,
	n0$3,
	_CSl,
	0,
	() => ClusterSetting$
];
var ContainerDefinitions = [
	1,
	n0$3,
	_CDon,
	0,
	[() => ContainerDefinition$, 0]
];
var ContainerDependencies = [
	1,
	n0$3,
	_CDont,
	0,
	() => ContainerDependency$
];
var ContainerOverrides = [
	1,
	n0$3,
	_COo,
	0,
	[() => ContainerOverride$, 0]
];
var Containers = [
	1,
	n0$3,
	_Con,
	0,
	() => Container$
];
var DeploymentLifecycleHookList = [
	1,
	n0$3,
	_DLHL,
	0,
	() => DeploymentLifecycleHook$
];
var Deployments = [
	1,
	n0$3,
	_Dep,
	0,
	() => Deployment$
];
var DevicesList = [
	1,
	n0$3,
	_DL,
	0,
	() => Device$
];
var EBSTagSpecifications = [
	1,
	n0$3,
	_EBSTSa,
	0,
	() => EBSTagSpecification$
];
var EnvironmentFiles = [
	1,
	n0$3,
	_EFn,
	0,
	() => EnvironmentFile$
];
var EnvironmentVariables = [
	1,
	n0$3,
	_EV,
	8,
	() => KeyValuePair$
];
var Failures$1 = [
	1,
	n0$3,
	_Fa,
	0,
	() => Failure$
];
var HostEntryList = [
	1,
	n0$3,
	_HEL,
	0,
	() => HostEntry$
];
var InferenceAcceleratorOverrides = [
	1,
	n0$3,
	_IAOn,
	0,
	() => InferenceAcceleratorOverride$
];
var InferenceAccelerators = [
	1,
	n0$3,
	_IAn,
	0,
	() => InferenceAccelerator$
];
var LoadBalancers = [
	1,
	n0$3,
	_LBo,
	0,
	() => LoadBalancer$
];
var ManagedAgents = [
	1,
	n0$3,
	_MAa,
	0,
	() => ManagedAgent$
];
var MountPointList = [
	1,
	n0$3,
	_MPL,
	0,
	() => MountPoint$
];
var NetworkBindings = [
	1,
	n0$3,
	_NBe,
	0,
	() => NetworkBinding$
];
var NetworkInterfaces = [
	1,
	n0$3,
	_NIe,
	0,
	() => NetworkInterface$
];
var PlacementConstraints = [
	1,
	n0$3,
	_PCl,
	0,
	() => PlacementConstraint$
];
var PlacementStrategies = [
	1,
	n0$3,
	_PSl,
	0,
	() => PlacementStrategy$
];
var PortMappingList = [
	1,
	n0$3,
	_PML,
	0,
	() => PortMapping$
];
var ProxyConfigurationProperties = [
	1,
	n0$3,
	_PCP,
	0,
	() => KeyValuePair$
];
var RequiresAttributes = [
	1,
	n0$3,
	_RA$1,
	0,
	() => Attribute$
];
var ResourceRequirements = [
	1,
	n0$3,
	_RRe,
	0,
	() => ResourceRequirement$
];
var SecretList = [
	1,
	n0$3,
	_SL,
	0,
	() => Secret$
];
var ServiceConnectClientAliasList = [
	1,
	n0$3,
	_SCCAL,
	0,
	() => ServiceConnectClientAlias$
];
var ServiceConnectContainerConfigurations = [
	1,
	n0$3,
	_SCCC,
	0,
	() => ServiceConnectContainerConfiguration$
];
var ServiceConnectServiceList = [
	1,
	n0$3,
	_SCSL,
	0,
	() => ServiceConnectService$
];
var ServiceConnectServiceResourceList = [
	1,
	n0$3,
	_SCSRL,
	0,
	() => ServiceConnectServiceResource$
];
var ServiceCurrentRevisionSummaryList = [
	1,
	n0$3,
	_SCRSL,
	0,
	() => ServiceCurrentRevisionSummary$
];
var ServiceEvents = [
	1,
	n0$3,
	_SEer,
	0,
	() => ServiceEvent$
];
var ServiceRegistries = [
	1,
	n0$3,
	_SRer,
	0,
	() => ServiceRegistry$
];
var Services = [
	1,
	n0$3,
	_Serv,
	0,
	() => Service$
];
var ServiceVolumeConfigurations = [
	1,
	n0$3,
	_SVCe,
	0,
	() => ServiceVolumeConfiguration$
];
var Statistics = [
	1,
	n0$3,
	_St$1,
	0,
	() => KeyValuePair$
];
var SystemControls = [
	1,
	n0$3,
	_SCy,
	0,
	() => SystemControl$
];
var Tags = [
	1,
	n0$3,
	_Tag,
	0,
	() => Tag$$1
];
var TaskDefinitionPlacementConstraints = [
	1,
	n0$3,
	_TDPCa,
	0,
	() => TaskDefinitionPlacementConstraint$
];
var Tasks = [
	1,
	n0$3,
	_Tas,
	0,
	[() => Task$, 0]
];
var TaskSets = [
	1,
	n0$3,
	_TSa,
	0,
	() => TaskSet$
];
var TaskVolumeConfigurations = [
	1,
	n0$3,
	_TVCa,
	0,
	() => TaskVolumeConfiguration$
];
var TmpfsList = [
	1,
	n0$3,
	_TL$1,
	0,
	() => Tmpfs$
];
var UlimitList = [
	1,
	n0$3,
	_UL,
	0,
	() => Ulimit$
];
var VolumeFromList = [
	1,
	n0$3,
	_VFL,
	0,
	() => VolumeFrom$
];
var VolumeList = [
	1,
	n0$3,
	_VL,
	0,
	() => Volume$
];
var VpcLatticeConfigurations = [
	1,
	n0$3,
	_VLCp,
	0,
	() => VpcLatticeConfiguration$
];
var ServiceConnectContainerConfiguration$ = [
	4,
	n0$3,
	_SCCCe,
	0,
	[_lL],
	[0]
];
var SharingStrategy$ = [
	4,
	n0$3,
	_SSh,
	0,
	[_nMv],
	[() => NvidiaMpsAllocation$]
];
var DeregisterTaskDefinition$ = [
	9,
	n0$3,
	_DTDer,
	0,
	() => DeregisterTaskDefinitionRequest$,
	() => DeregisterTaskDefinitionResponse$
];
var DescribeClusters$ = [
	9,
	n0$3,
	_DCes,
	0,
	() => DescribeClustersRequest$,
	() => DescribeClustersResponse$
];
var DescribeServices$ = [
	9,
	n0$3,
	_DSes,
	0,
	() => DescribeServicesRequest$,
	() => DescribeServicesResponse$
];
var DescribeTaskDefinition$ = [
	9,
	n0$3,
	_DTDes,
	0,
	() => DescribeTaskDefinitionRequest$,
	() => DescribeTaskDefinitionResponse$
];
var DescribeTasks$ = [
	9,
	n0$3,
	_DT,
	0,
	() => DescribeTasksRequest$,
	() => DescribeTasksResponse$
];
var ListTaskDefinitions$ = [
	9,
	n0$3,
	_LTD,
	0,
	() => ListTaskDefinitionsRequest$,
	() => ListTaskDefinitionsResponse$
];
var ListTasks$ = [
	9,
	n0$3,
	_LT,
	0,
	() => ListTasksRequest$,
	() => ListTasksResponse$
];
var RegisterTaskDefinition$ = [
	9,
	n0$3,
	_RTD,
	0,
	() => RegisterTaskDefinitionRequest$,
	() => RegisterTaskDefinitionResponse$
];
var RunTask$ = [
	9,
	n0$3,
	_RT,
	0,
	() => RunTaskRequest$,
	() => RunTaskResponse$
];
var StopTask$ = [
	9,
	n0$3,
	_STt,
	0,
	() => StopTaskRequest$,
	() => StopTaskResponse$
];
// node_modules/@aws-sdk/client-ecs/dist-es/runtimeConfig.shared.js
const getRuntimeConfig$7 = (config) => {
	return {
		apiVersion: "2014-11-13",
		base64Decoder: config?.base64Decoder ?? Sha256Node_DwJ_Bm2V.Tt,
		base64Encoder: config?.base64Encoder ?? Sha256Node_DwJ_Bm2V.wt,
		disableHostPrefix: config?.disableHostPrefix ?? false,
		endpointProvider: config?.endpointProvider ?? defaultEndpointResolver$3,
		extensions: config?.extensions ?? [],
		httpAuthSchemeProvider: config?.httpAuthSchemeProvider ?? defaultECSHttpAuthSchemeProvider,
		httpAuthSchemes: config?.httpAuthSchemes ?? [{
			schemeId: "aws.auth#sigv4",
			identityProvider: (ipc) => ipc.getIdentityProvider("aws.auth#sigv4"),
			signer: new Sha256Node_DwJ_Bm2V.o()
		}],
		logger: config?.logger ?? new Sha256Node_DwJ_Bm2V.at(),
		protocol: config?.protocol ?? AwsJson1_1Protocol,
		protocolSettings: config?.protocolSettings ?? {
			defaultNamespace: "com.amazonaws.ecs",
			errorTypeRegistries: errorTypeRegistries$3,
			xmlNamespace: "http://ecs.amazonaws.com/doc/2014-11-13/",
			version: "2014-11-13",
			serviceTarget: "AmazonEC2ContainerServiceV20141113"
		},
		serviceId: config?.serviceId ?? "ECS",
		sha256: config?.sha256 ?? Sha256Node_DwJ_Bm2V.t,
		urlParser: config?.urlParser ?? configLoader_DlwdWvjJ.r,
		utf8Decoder: config?.utf8Decoder ?? TypeRegistry_BYzBs9Nm.r,
		utf8Encoder: config?.utf8Encoder ?? TypeRegistry_BYzBs9Nm.n
	};
};
// node_modules/@aws-sdk/client-ecs/dist-es/runtimeConfig.js
const getRuntimeConfig$6 = (config) => {
	(0,Sha256Node_DwJ_Bm2V.ct)(process.version);
	const defaultsMode = (0,Sha256Node_DwJ_Bm2V.et)(config);
	const defaultConfigProvider = () => defaultsMode().then(Sha256Node_DwJ_Bm2V.lt);
	const clientSharedValues = getRuntimeConfig$7(config);
	(0,Sha256Node_DwJ_Bm2V.N)(process.version);
	const loaderConfig = {
		profile: config?.profile,
		logger: clientSharedValues.logger
	};
	return {
		...clientSharedValues,
		...config,
		runtime: "node",
		defaultsMode,
		authSchemePreference: config?.authSchemePreference ?? (0,configLoader_DlwdWvjJ.t)(Sha256Node_DwJ_Bm2V.a, loaderConfig),
		bodyLengthChecker: config?.bodyLengthChecker ?? Sha256Node_DwJ_Bm2V.vt,
		credentialDefaultProvider: config?.credentialDefaultProvider ?? defaultProvider,
		defaultSocketTimeout: (0,Sha256Node_DwJ_Bm2V.M)(config?.requestHandler, 9e5),
		defaultUserAgentProvider: config?.defaultUserAgentProvider ?? (0,Sha256Node_DwJ_Bm2V.p)({
			serviceId: clientSharedValues.serviceId,
			clientVersion: version$3
		}),
		maxAttempts: config?.maxAttempts ?? (0,configLoader_DlwdWvjJ.t)(Sha256Node_DwJ_Bm2V.g, config),
		region: config?.region ?? (0,configLoader_DlwdWvjJ.t)(Sha256Node_DwJ_Bm2V.rt, {
			...Sha256Node_DwJ_Bm2V.nt,
			...loaderConfig
		}),
		requestHandler: node_http_handler_BMbmsy_c.t.create(config?.requestHandler ?? defaultConfigProvider),
		retryMode: config?.retryMode ?? (0,configLoader_DlwdWvjJ.t)({
			...Sha256Node_DwJ_Bm2V._,
			default: async () => (await defaultConfigProvider()).retryMode || Sha256Node_DwJ_Bm2V.y
		}, config),
		streamCollector: config?.streamCollector ?? node_http_handler_BMbmsy_c.r,
		useDualstackEndpoint: config?.useDualstackEndpoint ?? (0,configLoader_DlwdWvjJ.t)(Sha256Node_DwJ_Bm2V._t, loaderConfig),
		useFipsEndpoint: config?.useFipsEndpoint ?? (0,configLoader_DlwdWvjJ.t)(Sha256Node_DwJ_Bm2V.gt, loaderConfig),
		userAgentAppId: config?.userAgentAppId ?? (0,configLoader_DlwdWvjJ.t)(Sha256Node_DwJ_Bm2V.f, loaderConfig)
	};
};
// node_modules/@aws-sdk/client-ecs/dist-es/auth/httpAuthExtensionConfiguration.js
const getHttpAuthExtensionConfiguration$3 = (runtimeConfig) => {
	const _httpAuthSchemes = runtimeConfig.httpAuthSchemes;
	let _httpAuthSchemeProvider = runtimeConfig.httpAuthSchemeProvider;
	let _credentials = runtimeConfig.credentials;
	return {
		setHttpAuthScheme(httpAuthScheme) {
			const index = _httpAuthSchemes.findIndex((scheme) => scheme.schemeId === httpAuthScheme.schemeId);
			if (index === -1) _httpAuthSchemes.push(httpAuthScheme);
			else _httpAuthSchemes.splice(index, 1, httpAuthScheme);
		},
		httpAuthSchemes() {
			return _httpAuthSchemes;
		},
		setHttpAuthSchemeProvider(httpAuthSchemeProvider) {
			_httpAuthSchemeProvider = httpAuthSchemeProvider;
		},
		httpAuthSchemeProvider() {
			return _httpAuthSchemeProvider;
		},
		setCredentials(credentials) {
			_credentials = credentials;
		},
		credentials() {
			return _credentials;
		}
	};
};
const resolveHttpAuthRuntimeConfig$3 = (config) => {
	return {
		httpAuthSchemes: config.httpAuthSchemes(),
		httpAuthSchemeProvider: config.httpAuthSchemeProvider(),
		credentials: config.credentials()
	};
};
// node_modules/@aws-sdk/client-ecs/dist-es/runtimeExtensions.js
const resolveRuntimeExtensions$3 = (runtimeConfig, extensions) => {
	const extensionConfiguration = Object.assign((0,Sha256Node_DwJ_Bm2V.l)(runtimeConfig), (0,Sha256Node_DwJ_Bm2V.ot)(runtimeConfig), (0,Sha256Node_DwJ_Bm2V.F)(runtimeConfig), getHttpAuthExtensionConfiguration$3(runtimeConfig));
	extensions.forEach((extension) => extension.configure(extensionConfiguration));
	return Object.assign(runtimeConfig, (0,Sha256Node_DwJ_Bm2V.u)(extensionConfiguration), (0,Sha256Node_DwJ_Bm2V.st)(extensionConfiguration), (0,Sha256Node_DwJ_Bm2V.I)(extensionConfiguration), resolveHttpAuthRuntimeConfig$3(extensionConfiguration));
};
// node_modules/@aws-sdk/client-ecs/dist-es/ECSClient.js
var ECSClient = class extends Sha256Node_DwJ_Bm2V.ht {
	config;
	constructor(...[configuration]) {
		const _config_0 = getRuntimeConfig$6(configuration || {});
		super(_config_0);
		this.initConfig = _config_0;
		const _config_1 = resolveClientEndpointParameters$3(_config_0);
		const _config_2 = (0,Sha256Node_DwJ_Bm2V.b)(_config_1);
		const _config_3 = (0,Sha256Node_DwJ_Bm2V.v)(_config_2);
		const _config_4 = (0,Sha256Node_DwJ_Bm2V.tt)(_config_3);
		const _config_5 = (0,Sha256Node_DwJ_Bm2V.j)(_config_4);
		const _config_6 = (0,Sha256Node_DwJ_Bm2V.J)(_config_5);
		const _config_7 = resolveHttpAuthSchemeConfig$3(_config_6);
		const _config_8 = resolveRuntimeExtensions$3(_config_7, configuration?.extensions || []);
		this.config = _config_8;
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.pt)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.m)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.h)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.P)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.A)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.k)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.O)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.D)(this.config, {
			httpAuthSchemeParametersProvider: defaultECSHttpAuthSchemeParametersProvider,
			identityProviderConfigProvider: async (config) => new Sha256Node_DwJ_Bm2V.w({ "aws.auth#sigv4": config.credentials })
		}));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.E)(this.config));
	}
	destroy() {
		super.destroy();
	}
};
// node_modules/@aws-sdk/client-ecs/dist-es/commandBuilder.js
const command$3 = (0,Sha256Node_DwJ_Bm2V.it)(commonParams$3, "AmazonEC2ContainerServiceV20141113", "ECSClient", Sha256Node_DwJ_Bm2V.q);
const _ep0$3 = {};
const _mw0$3 = (Command, cs, config, o) => [];
// node_modules/@aws-sdk/client-ecs/dist-es/commands/DeregisterTaskDefinitionCommand.js
var DeregisterTaskDefinitionCommand = class extends command$3(_ep0$3, _mw0$3, "DeregisterTaskDefinition", DeregisterTaskDefinition$) {};
// node_modules/@aws-sdk/client-ecs/dist-es/commands/DescribeClustersCommand.js
var DescribeClustersCommand = class extends command$3(_ep0$3, _mw0$3, "DescribeClusters", DescribeClusters$) {};
// node_modules/@aws-sdk/client-ecs/dist-es/commands/DescribeServicesCommand.js
var DescribeServicesCommand = class extends command$3(_ep0$3, _mw0$3, "DescribeServices", DescribeServices$) {};
// node_modules/@aws-sdk/client-ecs/dist-es/commands/DescribeTaskDefinitionCommand.js
var DescribeTaskDefinitionCommand = class extends command$3(_ep0$3, _mw0$3, "DescribeTaskDefinition", DescribeTaskDefinition$) {};
// node_modules/@aws-sdk/client-ecs/dist-es/commands/DescribeTasksCommand.js
var DescribeTasksCommand = class extends command$3(_ep0$3, _mw0$3, "DescribeTasks", DescribeTasks$) {};
// node_modules/@aws-sdk/client-ecs/dist-es/commands/ListTaskDefinitionsCommand.js
var ListTaskDefinitionsCommand = class extends command$3(_ep0$3, _mw0$3, "ListTaskDefinitions", ListTaskDefinitions$) {};
// node_modules/@aws-sdk/client-ecs/dist-es/commands/ListTasksCommand.js
var ListTasksCommand = class extends command$3(_ep0$3, _mw0$3, "ListTasks", ListTasks$) {};
// node_modules/@aws-sdk/client-ecs/dist-es/commands/RegisterTaskDefinitionCommand.js
var RegisterTaskDefinitionCommand = class extends command$3(_ep0$3, _mw0$3, "RegisterTaskDefinition", RegisterTaskDefinition$) {};
// node_modules/@aws-sdk/client-ecs/dist-es/commands/RunTaskCommand.js
var RunTaskCommand = class extends command$3(_ep0$3, _mw0$3, "RunTask", RunTask$) {};
// node_modules/@aws-sdk/client-ecs/dist-es/commands/StopTaskCommand.js
var StopTaskCommand = class extends command$3(_ep0$3, _mw0$3, "StopTask", StopTask$) {};
// node_modules/@aws-sdk/client-ecs/dist-es/pagination/ListTaskDefinitionsPaginator.js
const paginateListTaskDefinitions = createPaginator(ECSClient, ListTaskDefinitionsCommand, "nextToken", "nextToken", "maxResults");
// node_modules/@aws-sdk/client-ecs/dist-es/pagination/ListTasksPaginator.js
const paginateListTasks = createPaginator(ECSClient, ListTasksCommand, "nextToken", "nextToken", "maxResults");
// src/aws/pages.ts
/** The items of all pages, as an SDK's paginator brings them. */
async function allItems(pages, items) {
	const all = [];
	for await (const page of pages) all.push(...items(page) ?? []);
	return all;
}
// src/aws/unknown-members.ts
/**
* The SDK silently drops members it does not know (measured; platform fact A8), so a definition cloned through an
* older SDK would lose what AWS added since. This keeps the raw answer of one operation and compares.
* @param commandName such as `DescribeTaskDefinitionCommand`
* @returns a function that lists the paths below `member` that the output lacks
*/
function keepUnknownMembers(client, commandName) {
	const raw = /* @__PURE__ */ new WeakMap();
	const middleware = (next, context) => async (args) => {
		const result = await next(args);
		const response = result.response;
		if (context.commandName !== commandName || response.statusCode !== 200) return result;
		const bytes = await collected(response.body);
		response.body = bytes;
		kept.set(context, bytes);
		return result;
	};
	const kept = /* @__PURE__ */ new WeakMap();
	client.middlewareStack.add(middleware, {
		step: "deserialize",
		priority: "low",
		name: "keepRawAnswer"
	});
	client.middlewareStack.add((next, context) => async (args) => {
		const result = await next(args);
		const bytes = kept.get(context);
		if (bytes !== void 0) raw.set(result.output, JSON.parse(new TextDecoder().decode(bytes)));
		return result;
	}, {
		step: "initialize",
		name: "joinRawAnswer"
	});
	return (output, member) => {
		const answered = raw.get(output)?.[member];
		return missingFrom(output[member], answered, "");
	};
}
function missingFrom(parsed, raw, path) {
	if (raw === null || typeof raw !== "object") return [];
	if (parsed === null || typeof parsed !== "object") return [path];
	return Object.entries(raw).flatMap(([key, value]) => {
		if (value === null) return [];
		const at = Array.isArray(raw) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`;
		const mine = parsed[key];
		return mine === void 0 ? [at] : missingFrom(mine, value, at);
	});
}
/** The whole body of an answer. */
async function collected(body) {
	if (body instanceof Uint8Array) return body;
	const chunks = [];
	for await (const chunk of body) chunks.push(chunk);
	return Buffer.concat(chunks);
}
// src/aws/ecs.ts
function createEcs(config) {
	const client = new ECSClient(config);
	const region = () => client.config.region();
	const credentials = () => call("sts:GetCredentials", region, () => client.config.credentials());
	const ask = (action, send) => call(`ecs:${action}`, region, send);
	return {
		definitions: definitions(client, ask),
		tasks: tasks(client, ask),
		services: services(client, ask),
		region,
		credentials
	};
}
function definitions(client, ask) {
	const unknownMembers = keepUnknownMembers(client, "DescribeTaskDefinitionCommand");
	return {
		describe: (reference, signal) => ask("DescribeTaskDefinition", async () => {
			const command = new DescribeTaskDefinitionCommand({
				taskDefinition: reference,
				include: ["TAGS"]
			});
			const output = await client.send(command, options(signal));
			return {
				definition: output.taskDefinition ?? {},
				tags: output.tags ?? [],
				unknownMembers: unknownMembers(output, "taskDefinition")
			};
		}),
		register: (input, signal) => ask("RegisterTaskDefinition", async () => {
			const output = await client.send(new RegisterTaskDefinitionCommand(input), options(signal));
			const definition = output.taskDefinition ?? {};
			return {
				arn: definition.taskDefinitionArn ?? "",
				definition,
				attempts: output.$metadata.attempts ?? 1
			};
		}),
		deregister: async (arn, signal) => {
			const command = new DeregisterTaskDefinitionCommand({ taskDefinition: arn });
			try {
				await ask("DeregisterTaskDefinition", () => client.send(command, options(signal)));
			} catch (error) {
				if (!isDoneAlready(error)) throw error;
			}
		},
		listActive: (family, signal) => ask("ListTaskDefinitions", async () => {
			return (await allItems(paginateListTaskDefinitions({ client }, {
				familyPrefix: family,
				status: "ACTIVE",
				sort: "DESC"
			}, options(signal)), ({ taskDefinitionArns }) => taskDefinitionArns)).filter((arn) => arn.split("/").at(-1)?.split(":")[0] === family);
		})
	};
}
/** The answer of an earlier attempt was lost, and the repeated one finds the revision INACTIVE. */
function isDoneAlready(error) {
	return error instanceof AwsError && error.facts.unanswered === true && /inactive/i.test(error.message);
}
function tasks(client, ask) {
	return {
		run: (request, signal) => ask("RunTask", async () => {
			const { tasks = [], failures = [] } = await client.send(new RunTaskCommand(request), options(signal));
			return {
				tasks,
				failures
			};
		}),
		describe: (cluster, arns, signal) => ask("DescribeTasks", async () => {
			const command = new DescribeTasksCommand({
				cluster,
				tasks: [...arns],
				include: ["TAGS"]
			});
			const { tasks = [], failures = [] } = await client.send(command, options(signal));
			return {
				tasks,
				failures
			};
		}),
		list: (cluster, family, desiredStatus, signal) => ask("ListTasks", () => allItems(paginateListTasks({ client }, {
			cluster,
			family,
			desiredStatus
		}, options(signal)), ({ taskArns }) => taskArns)),
		stop: (cluster, task, reason, signal) => ask("StopTask", async () => {
			await client.send(new StopTaskCommand({
				cluster,
				task,
				reason
			}), options(signal));
		})
	};
}
function services(client, ask) {
	return { network: async (cluster, service, signal) => {
		const command = new DescribeServicesCommand({
			cluster,
			services: [service]
		});
		const output = await ask("DescribeServices", () => client.send(command, options(signal)));
		const network = output.services?.[0]?.networkConfiguration?.awsvpcConfiguration;
		if (network !== void 0) return network;
		throw new Refusal({
			code: "service-without-network",
			reason: `The service ${service} in cluster ${cluster} ${output.services?.[0] === void 0 ? "does not exist" : "has no awsvpc network configuration"}, so it has no network to take.`,
			remedy: "Correct network-from-service or cluster, or give subnets and security-groups."
		});
	} };
}
function options(signal) {
	return signal === void 0 ? {} : { abortSignal: signal };
}
// node_modules/@smithy/core/dist-es/submodules/event-streams/eventstream-codec/Int64.js
var Int64 = class Int64 {
	bytes;
	constructor(bytes) {
		this.bytes = bytes;
		if (bytes.byteLength !== 8) throw new Error("Int64 buffers must be exactly 8 bytes");
	}
	static fromNumber(number) {
		if (number > 0x8000000000000000 || number < -0x8000000000000000) throw new Error(`${number} is too large (or, if negative, too small) to represent as an Int64`);
		const bytes = /* @__PURE__ */ new Uint8Array(8);
		for (let i = 7, remaining = Math.abs(Math.round(number)); i > -1 && remaining > 0; i--, remaining /= 256) bytes[i] = remaining;
		if (number < 0) negate(bytes);
		return new Int64(bytes);
	}
	valueOf() {
		const bytes = this.bytes.slice(0);
		const negative = bytes[0] & 128;
		if (negative) negate(bytes);
		return parseInt((0,hex_encoding_Bc8B5uu7.n)(bytes), 16) * (negative ? -1 : 1);
	}
	toString() {
		return String(this.valueOf());
	}
};
function negate(bytes) {
	for (let i = 0; i < 8; i++) bytes[i] ^= 255;
	for (let i = 7; i > -1; i--) {
		bytes[i]++;
		if (bytes[i] !== 0) break;
	}
}
// node_modules/@smithy/core/dist-es/submodules/event-streams/eventstream-codec/HeaderMarshaller.js
var HeaderMarshaller = class {
	toUtf8;
	fromUtf8;
	constructor(toUtf8, fromUtf8) {
		this.toUtf8 = toUtf8;
		this.fromUtf8 = fromUtf8;
	}
	format(headers) {
		const chunks = [];
		for (const headerName in headers) {
			if (!(0,hex_encoding_Bc8B5uu7.r)(headers, headerName)) continue;
			const bytes = this.fromUtf8(headerName);
			if (bytes.byteLength > 255) throw new Error(`@smithy/core/event-streams - header name exceeds 255 bytes: ${bytes.byteLength}`);
			chunks.push(Uint8Array.from([bytes.byteLength]), bytes, this.formatHeaderValue(headers[headerName]));
		}
		const out = new Uint8Array(chunks.reduce((carry, bytes) => carry + bytes.byteLength, 0));
		let position = 0;
		for (const chunk of chunks) {
			out.set(chunk, position);
			position += chunk.byteLength;
		}
		return out;
	}
	formatHeaderValue(header) {
		switch (header.type) {
			case "boolean": return Uint8Array.from([header.value ? 0 : 1]);
			case "byte": return Uint8Array.from([2, header.value]);
			case "short":
				const shortView = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(3));
				shortView.setUint8(0, 3);
				shortView.setInt16(1, header.value, false);
				return new Uint8Array(shortView.buffer);
			case "integer":
				const intView = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(5));
				intView.setUint8(0, 4);
				intView.setInt32(1, header.value, false);
				return new Uint8Array(intView.buffer);
			case "long":
				const longBytes = /* @__PURE__ */ new Uint8Array(9);
				longBytes[0] = 5;
				longBytes.set(header.value.bytes, 1);
				return longBytes;
			case "binary":
				if (header.value.byteLength > MAX_HEADER_VALUE_BYTES) throw new Error(`@smithy/core/event-streams - header value (binary) exceeds ${MAX_HEADER_VALUE_BYTES} bytes: ${header.value.byteLength}`);
				const binView = new DataView(new ArrayBuffer(3 + header.value.byteLength));
				binView.setUint8(0, 6);
				binView.setUint16(1, header.value.byteLength, false);
				const binBytes = new Uint8Array(binView.buffer);
				binBytes.set(header.value, 3);
				return binBytes;
			case "string":
				const utf8Bytes = this.fromUtf8(header.value);
				if (utf8Bytes.byteLength > MAX_HEADER_VALUE_BYTES) throw new Error(`@smithy/core/event-streams - header value (string) exceeds ${MAX_HEADER_VALUE_BYTES} bytes: ${utf8Bytes.byteLength}`);
				const strView = new DataView(new ArrayBuffer(3 + utf8Bytes.byteLength));
				strView.setUint8(0, 7);
				strView.setUint16(1, utf8Bytes.byteLength, false);
				const strBytes = new Uint8Array(strView.buffer);
				strBytes.set(utf8Bytes, 3);
				return strBytes;
			case "timestamp":
				const tsBytes = /* @__PURE__ */ new Uint8Array(9);
				tsBytes[0] = 8;
				tsBytes.set(Int64.fromNumber(header.value.valueOf()).bytes, 1);
				return tsBytes;
			case "uuid":
				if (!UUID_PATTERN.test(header.value)) throw new Error(`Invalid UUID received: ${header.value}`);
				const uuidBytes = /* @__PURE__ */ new Uint8Array(17);
				uuidBytes[0] = 9;
				uuidBytes.set((0,hex_encoding_Bc8B5uu7.t)(header.value.replace(/-/g, "")), 1);
				return uuidBytes;
		}
	}
	parse(headers) {
		const out = {};
		let position = 0;
		while (position < headers.byteLength) {
			const nameLength = headers.getUint8(position++);
			const name = this.toUtf8(new Uint8Array(headers.buffer, headers.byteOffset + position, nameLength));
			position += nameLength;
			switch (headers.getUint8(position++)) {
				case 0:
					out[name] = {
						type: BOOLEAN_TAG,
						value: true
					};
					break;
				case 1:
					out[name] = {
						type: BOOLEAN_TAG,
						value: false
					};
					break;
				case 2:
					out[name] = {
						type: BYTE_TAG,
						value: headers.getInt8(position++)
					};
					break;
				case 3:
					out[name] = {
						type: SHORT_TAG,
						value: headers.getInt16(position, false)
					};
					position += 2;
					break;
				case 4:
					out[name] = {
						type: INT_TAG,
						value: headers.getInt32(position, false)
					};
					position += 4;
					break;
				case 5:
					out[name] = {
						type: LONG_TAG,
						value: new Int64(new Uint8Array(headers.buffer, headers.byteOffset + position, 8))
					};
					position += 8;
					break;
				case 6:
					const binaryLength = headers.getUint16(position, false);
					position += 2;
					out[name] = {
						type: BINARY_TAG,
						value: new Uint8Array(headers.buffer, headers.byteOffset + position, binaryLength)
					};
					position += binaryLength;
					break;
				case 7:
					const stringLength = headers.getUint16(position, false);
					position += 2;
					out[name] = {
						type: STRING_TAG,
						value: this.toUtf8(new Uint8Array(headers.buffer, headers.byteOffset + position, stringLength))
					};
					position += stringLength;
					break;
				case 8:
					out[name] = {
						type: TIMESTAMP_TAG,
						value: new Date(new Int64(new Uint8Array(headers.buffer, headers.byteOffset + position, 8)).valueOf())
					};
					position += 8;
					break;
				case 9:
					const uuidBytes = new Uint8Array(headers.buffer, headers.byteOffset + position, 16);
					position += 16;
					out[name] = {
						type: UUID_TAG,
						value: `${(0,hex_encoding_Bc8B5uu7.n)(uuidBytes.subarray(0, 4))}-${(0,hex_encoding_Bc8B5uu7.n)(uuidBytes.subarray(4, 6))}-${(0,hex_encoding_Bc8B5uu7.n)(uuidBytes.subarray(6, 8))}-${(0,hex_encoding_Bc8B5uu7.n)(uuidBytes.subarray(8, 10))}-${(0,hex_encoding_Bc8B5uu7.n)(uuidBytes.subarray(10))}`
					};
					break;
				default: throw new Error(`Unrecognized header type tag`);
			}
		}
		return out;
	}
};
var HEADER_VALUE_TYPE;
(function(HEADER_VALUE_TYPE) {
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["boolTrue"] = 0] = "boolTrue";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["boolFalse"] = 1] = "boolFalse";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["byte"] = 2] = "byte";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["short"] = 3] = "short";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["integer"] = 4] = "integer";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["long"] = 5] = "long";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["byteArray"] = 6] = "byteArray";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["string"] = 7] = "string";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["timestamp"] = 8] = "timestamp";
	HEADER_VALUE_TYPE[HEADER_VALUE_TYPE["uuid"] = 9] = "uuid";
})(HEADER_VALUE_TYPE || (HEADER_VALUE_TYPE = {}));
const BOOLEAN_TAG = "boolean";
const BYTE_TAG = "byte";
const SHORT_TAG = "short";
const INT_TAG = "integer";
const LONG_TAG = "long";
const BINARY_TAG = "binary";
const STRING_TAG = "string";
const TIMESTAMP_TAG = "timestamp";
const UUID_TAG = "uuid";
const UUID_PATTERN = /^[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}$/;
const MAX_HEADER_VALUE_BYTES = 32767;
// node_modules/@smithy/core/dist-es/submodules/event-streams/eventstream-codec/splitMessage.js
const PRELUDE_MEMBER_LENGTH = 4;
const PRELUDE_LENGTH = 8;
const CHECKSUM_LENGTH = 4;
const MINIMUM_MESSAGE_LENGTH = 16;
function splitMessage({ byteLength, byteOffset, buffer }) {
	if (byteLength < MINIMUM_MESSAGE_LENGTH) throw new Error("Provided message too short to accommodate event stream message overhead");
	const view = new DataView(buffer, byteOffset, byteLength);
	const messageLength = view.getUint32(0, false);
	if (byteLength !== messageLength) throw new Error("Reported message length does not match received message length");
	const headerLength = view.getUint32(PRELUDE_MEMBER_LENGTH, false);
	const expectedPreludeChecksum = view.getUint32(PRELUDE_LENGTH, false);
	const expectedMessageChecksum = view.getUint32(byteLength - CHECKSUM_LENGTH, false);
	const checksummer = new Crc32Node();
	checksummer.update(new Uint8Array(buffer, byteOffset, PRELUDE_LENGTH));
	if (expectedPreludeChecksum !== checksummer.digestSync()) throw new Error(`The prelude checksum specified in the message (${expectedPreludeChecksum}) does not match the calculated CRC32 checksum (${checksummer.digestSync()})`);
	checksummer.update(new Uint8Array(buffer, byteOffset + PRELUDE_LENGTH, byteLength - 12));
	if (expectedMessageChecksum !== checksummer.digestSync()) throw new Error(`The message checksum (${checksummer.digestSync()}) did not match the expected value of ${expectedMessageChecksum}`);
	return {
		headers: new DataView(buffer, byteOffset + PRELUDE_LENGTH + CHECKSUM_LENGTH, headerLength),
		body: new Uint8Array(buffer, byteOffset + PRELUDE_LENGTH + CHECKSUM_LENGTH + headerLength, messageLength - headerLength - 16)
	};
}
// node_modules/@smithy/core/dist-es/submodules/event-streams/eventstream-codec/EventStreamCodec.js
var EventStreamCodec = class {
	headerMarshaller;
	messageBuffer;
	isEndOfStream;
	constructor(toUtf8, fromUtf8) {
		this.headerMarshaller = new HeaderMarshaller(toUtf8, fromUtf8);
		this.messageBuffer = [];
		this.isEndOfStream = false;
	}
	feed(message) {
		this.messageBuffer.push(this.decode(message));
	}
	endOfStream() {
		this.isEndOfStream = true;
	}
	getMessage() {
		const message = this.messageBuffer.pop();
		const isEndOfStream = this.isEndOfStream;
		return {
			getMessage() {
				return message;
			},
			isEndOfStream() {
				return isEndOfStream;
			}
		};
	}
	getAvailableMessages() {
		const messages = this.messageBuffer;
		this.messageBuffer = [];
		const isEndOfStream = this.isEndOfStream;
		return {
			getMessages() {
				return messages;
			},
			isEndOfStream() {
				return isEndOfStream;
			}
		};
	}
	encode({ headers: rawHeaders, body }) {
		const headers = this.headerMarshaller.format(rawHeaders);
		const length = headers.byteLength + body.byteLength + 16;
		const out = new Uint8Array(length);
		const view = new DataView(out.buffer, out.byteOffset, out.byteLength);
		const checksum = new Crc32Node();
		view.setUint32(0, length, false);
		view.setUint32(4, headers.byteLength, false);
		checksum.update(out.subarray(0, 8));
		view.setUint32(8, checksum.digestSync(), false);
		out.set(headers, 12);
		out.set(body, headers.byteLength + 12);
		checksum.update(out.subarray(8, length - 4));
		view.setUint32(length - 4, checksum.digestSync(), false);
		return out;
	}
	decode(message) {
		const { headers, body } = splitMessage(message);
		return {
			headers: this.headerMarshaller.parse(headers),
			body
		};
	}
	formatHeaders(rawHeaders) {
		return this.headerMarshaller.format(rawHeaders);
	}
};
// node_modules/@smithy/core/dist-es/submodules/event-streams/eventstream-codec/MessageDecoderStream.js
var MessageDecoderStream = class {
	options;
	constructor(options) {
		this.options = options;
	}
	[Symbol.asyncIterator]() {
		return this.asyncIterator();
	}
	async *asyncIterator() {
		for await (const bytes of this.options.inputStream) yield this.options.decoder.decode(bytes);
	}
};
// node_modules/@smithy/core/dist-es/submodules/event-streams/eventstream-codec/MessageEncoderStream.js
var MessageEncoderStream = class {
	options;
	constructor(options) {
		this.options = options;
	}
	[Symbol.asyncIterator]() {
		return this.asyncIterator();
	}
	async *asyncIterator() {
		for await (const msg of this.options.messageStream) yield this.options.encoder.encode(msg);
		if (this.options.includeEndFrame) yield /* @__PURE__ */ new Uint8Array(0);
	}
};
// node_modules/@smithy/core/dist-es/submodules/event-streams/eventstream-codec/SmithyMessageDecoderStream.js
var SmithyMessageDecoderStream = class {
	options;
	constructor(options) {
		this.options = options;
	}
	[Symbol.asyncIterator]() {
		return this.asyncIterator();
	}
	async *asyncIterator() {
		for await (const message of this.options.messageStream) {
			const deserialized = await this.options.deserializer(message);
			if (deserialized === void 0) continue;
			yield deserialized;
		}
	}
};
// node_modules/@smithy/core/dist-es/submodules/event-streams/eventstream-codec/SmithyMessageEncoderStream.js
var SmithyMessageEncoderStream = class {
	options;
	constructor(options) {
		this.options = options;
	}
	[Symbol.asyncIterator]() {
		return this.asyncIterator();
	}
	async *asyncIterator() {
		for await (const chunk of this.options.inputStream) yield this.options.serializer(chunk);
	}
};
// node_modules/@smithy/core/dist-es/submodules/event-streams/eventstream-serde-universal/getChunkedStream.js
function getChunkedStream(source) {
	let currentMessageTotalLength = 0;
	let currentMessagePendingLength = 0;
	let currentMessage = null;
	let messageLengthBuffer = null;
	const allocateMessage = (size) => {
		if (typeof size !== "number") throw new Error("Attempted to allocate an event message where size was not a number: " + size);
		currentMessageTotalLength = size;
		currentMessagePendingLength = 4;
		currentMessage = new Uint8Array(size);
		new DataView(currentMessage.buffer).setUint32(0, size, false);
	};
	const iterator = async function* () {
		const sourceIterator = source[Symbol.asyncIterator]();
		while (true) {
			const { value, done } = await sourceIterator.next();
			if (done) {
				if (!currentMessageTotalLength) return;
				else if (currentMessageTotalLength === currentMessagePendingLength) yield currentMessage;
				else throw new Error("Truncated event message received.");
				return;
			}
			const chunkLength = value.length;
			let currentOffset = 0;
			while (currentOffset < chunkLength) {
				if (!currentMessage) {
					const bytesRemaining = chunkLength - currentOffset;
					if (!messageLengthBuffer) messageLengthBuffer = /* @__PURE__ */ new Uint8Array(4);
					const numBytesForTotal = Math.min(4 - currentMessagePendingLength, bytesRemaining);
					messageLengthBuffer.set(value.slice(currentOffset, currentOffset + numBytesForTotal), currentMessagePendingLength);
					currentMessagePendingLength += numBytesForTotal;
					currentOffset += numBytesForTotal;
					if (currentMessagePendingLength < 4) break;
					allocateMessage(new DataView(messageLengthBuffer.buffer).getUint32(0, false));
					messageLengthBuffer = null;
				}
				const numBytesToWrite = Math.min(currentMessageTotalLength - currentMessagePendingLength, chunkLength - currentOffset);
				currentMessage.set(value.slice(currentOffset, currentOffset + numBytesToWrite), currentMessagePendingLength);
				currentMessagePendingLength += numBytesToWrite;
				currentOffset += numBytesToWrite;
				if (currentMessageTotalLength && currentMessageTotalLength === currentMessagePendingLength) {
					yield currentMessage;
					currentMessage = null;
					currentMessageTotalLength = 0;
					currentMessagePendingLength = 0;
				}
			}
		}
	};
	return { [Symbol.asyncIterator]: iterator };
}
// node_modules/@smithy/core/dist-es/submodules/event-streams/eventstream-serde-universal/getUnmarshalledStream.js
function getMessageUnmarshaller(deserializer, toUtf8) {
	return async function(message) {
		const { value: messageType } = message.headers[":message-type"];
		if (messageType === "error") {
			const unmodeledError = new Error(message.headers[":error-message"].value || "UnknownError");
			unmodeledError.name = message.headers[":error-code"].value;
			throw unmodeledError;
		} else if (messageType === "exception") {
			const code = message.headers[":exception-type"].value;
			const deserializedException = await deserializer({ [code]: message });
			if (deserializedException.$unknown) {
				const error = new Error(toUtf8(message.body));
				error.name = code;
				throw error;
			}
			throw deserializedException[code];
		} else if (messageType === "event") {
			const deserialized = await deserializer({ [message.headers[":event-type"].value]: message });
			if (deserialized.$unknown) return;
			return deserialized;
		} else throw Error(`Unrecognizable event type: ${message.headers[":event-type"].value}`);
	};
}
// node_modules/@smithy/core/dist-es/submodules/event-streams/eventstream-serde-universal/EventStreamMarshaller.js
var EventStreamMarshaller$1 = class {
	eventStreamCodec;
	utfEncoder;
	constructor({ utf8Encoder, utf8Decoder }) {
		this.eventStreamCodec = new EventStreamCodec(utf8Encoder, utf8Decoder);
		this.utfEncoder = utf8Encoder;
	}
	deserialize(body, deserializer) {
		return new SmithyMessageDecoderStream({
			messageStream: new MessageDecoderStream({
				inputStream: getChunkedStream(body),
				decoder: this.eventStreamCodec
			}),
			deserializer: getMessageUnmarshaller(deserializer, this.utfEncoder)
		});
	}
	serialize(inputStream, serializer) {
		return new MessageEncoderStream({
			messageStream: new SmithyMessageEncoderStream({
				inputStream,
				serializer
			}),
			encoder: this.eventStreamCodec,
			includeEndFrame: true
		});
	}
};
// node_modules/@smithy/core/dist-es/submodules/event-streams/eventstream-serde/EventStreamMarshaller.js
var EventStreamMarshaller = class {
	universalMarshaller;
	constructor({ utf8Encoder, utf8Decoder }) {
		this.universalMarshaller = new EventStreamMarshaller$1({
			utf8Decoder,
			utf8Encoder
		});
	}
	deserialize(body, deserializer) {
		const bodyIterable = typeof body[Symbol.asyncIterator] === "function" ? body : readableToIterable(body);
		return this.universalMarshaller.deserialize(bodyIterable, deserializer);
	}
	serialize(input, serializer) {
		return external_node_stream_.Readable.from(this.universalMarshaller.serialize(input, serializer));
	}
};
const eventStreamSerdeProvider = (options) => new EventStreamMarshaller(options);
async function* readableToIterable(readStream) {
	let streamEnded = false;
	let generationEnded = false;
	const records = new Array();
	readStream.on("error", (err) => {
		if (!streamEnded) streamEnded = true;
		if (err) throw err;
	});
	readStream.on("data", (data) => {
		records.push(data);
	});
	readStream.on("end", () => {
		streamEnded = true;
	});
	while (!generationEnded) {
		const value = await new Promise((resolve) => setTimeout(() => resolve(records.shift()), 0));
		if (value) yield value;
		generationEnded = streamEnded && records.length === 0;
	}
}
// node_modules/@smithy/core/dist-es/submodules/event-streams/eventstream-serde-config-resolver/EventStreamSerdeConfig.js
const resolveEventStreamSerdeConfig = (input) => Object.assign(input, { eventStreamMarshaller: input.eventStreamSerdeProvider(input) });
// node_modules/@smithy/core/dist-es/submodules/event-streams/EventStreamSerde.js
var EventStreamSerde = class {
	marshaller;
	serializer;
	deserializer;
	serdeContext;
	defaultContentType;
	compositeErrorRegistry;
	constructor({ marshaller, serializer, deserializer, serdeContext, defaultContentType, compositeErrorRegistry }) {
		this.marshaller = marshaller;
		this.serializer = serializer;
		this.deserializer = deserializer;
		this.serdeContext = serdeContext;
		this.defaultContentType = defaultContentType;
		this.compositeErrorRegistry = compositeErrorRegistry;
	}
	async serializeEventStream({ eventStream, requestSchema, initialRequest, initialMessageType }) {
		const marshaller = this.marshaller;
		const eventStreamMember = requestSchema.getEventStreamMember();
		const unionSchema = requestSchema.getMemberSchema(eventStreamMember);
		const serializer = this.serializer;
		const defaultContentType = this.defaultContentType;
		const initialRequestMarker = Symbol("initialRequestMarker");
		const eventStreamIterable = { async *[Symbol.asyncIterator]() {
			if (initialRequest) {
				const headers = {
					":event-type": {
						type: "string",
						value: initialMessageType ?? "initial-request"
					},
					":message-type": {
						type: "string",
						value: "event"
					},
					":content-type": {
						type: "string",
						value: defaultContentType
					}
				};
				serializer.write(requestSchema, initialRequest);
				const body = serializer.flush();
				yield {
					[initialRequestMarker]: true,
					headers,
					body
				};
			}
			for await (const page of eventStream) yield page;
		} };
		return marshaller.serialize(eventStreamIterable, (event) => {
			if (event[initialRequestMarker]) return {
				headers: event.headers,
				body: event.body
			};
			let unionMember = "";
			for (const key in event) {
				if (!(0,hex_encoding_Bc8B5uu7.r)(event, key)) continue;
				if (key !== "__type") {
					unionMember = key;
					break;
				}
			}
			const { additionalHeaders, body, eventType, explicitPayloadContentType } = this.writeEventBody(unionMember, unionSchema, event);
			return {
				headers: {
					":event-type": {
						type: "string",
						value: eventType
					},
					":message-type": {
						type: "string",
						value: "event"
					},
					":content-type": {
						type: "string",
						value: explicitPayloadContentType ?? defaultContentType
					},
					...additionalHeaders
				},
				body
			};
		});
	}
	async deserializeEventStream({ response, responseSchema, initialResponseContainer, initialMessageType }) {
		const marshaller = this.marshaller;
		const eventStreamMember = responseSchema.getEventStreamMember();
		const memberSchemas = responseSchema.getMemberSchema(eventStreamMember).getMemberSchemas();
		const initialResponseMarker = Symbol("initialResponseMarker");
		const asyncIterable = marshaller.deserialize(response.body, async (event) => {
			let unionMember = "";
			for (const key in event) {
				if (!(0,hex_encoding_Bc8B5uu7.r)(event, key)) continue;
				if (key !== "__type") {
					unionMember = key;
					break;
				}
			}
			const body = event[unionMember].body;
			if (unionMember === (initialMessageType ?? "initial-response")) {
				const dataObject = await this.deserializer.read(responseSchema, body);
				delete dataObject[eventStreamMember];
				return {
					[initialResponseMarker]: true,
					...dataObject
				};
			} else if (unionMember in memberSchemas) {
				const eventStreamSchema = memberSchemas[unionMember];
				if (eventStreamSchema.isStructSchema()) {
					const out = {};
					let hasBindings = false;
					for (const [name, member] of eventStreamSchema.structIterator()) {
						const { eventHeader, eventPayload } = member.getMergedTraits();
						hasBindings = hasBindings || Boolean(eventHeader || eventPayload);
						if (eventPayload) {
							if (member.isBlobSchema()) out[name] = body;
							else if (member.isStringSchema()) out[name] = (this.serdeContext?.utf8Encoder ?? TypeRegistry_BYzBs9Nm.n)(body);
							else if (member.isStructSchema()) out[name] = await this.deserializer.read(member, body);
						} else if (eventHeader) {
							const value = event[unionMember].headers[name]?.value;
							if (value != null) {
								if (member.isNumericSchema()) {
									if (value && typeof value === "object" && "bytes" in value) out[name] = BigInt(value.toString());
									else out[name] = Number(value);
								} else out[name] = value;
							}
						}
					}
					return { [unionMember]: await this.readEventMember(eventStreamSchema, body, hasBindings, out) };
				}
				return { [unionMember]: await this.deserializer.read(eventStreamSchema, body) };
			} else return { $unknown: event };
		});
		const asyncIterator = asyncIterable[Symbol.asyncIterator]();
		const firstEvent = await asyncIterator.next();
		if (firstEvent.done) return asyncIterable;
		if (firstEvent.value?.[initialResponseMarker]) {
			if (!responseSchema) throw new Error("@smithy::core/protocols - initial-response event encountered in event stream but no response schema given.");
			for (const key in firstEvent.value) {
				if (!(0,hex_encoding_Bc8B5uu7.r)(firstEvent.value, key)) continue;
				initialResponseContainer[key] = firstEvent.value[key];
			}
		}
		return { async *[Symbol.asyncIterator]() {
			if (!firstEvent?.value?.[initialResponseMarker]) yield firstEvent.value;
			while (true) {
				const { done, value } = await asyncIterator.next();
				if (done) break;
				yield value;
			}
		} };
	}
	async readEventMember(eventStreamSchema, body, hasBindings, out) {
		let ErrCtor;
		const staticStructuralSchema = eventStreamSchema.getSchema();
		if (Array.isArray(staticStructuralSchema) && staticStructuralSchema[0] === -3) {
			const namespace = staticStructuralSchema[1];
			const nsRegistry = TypeRegistry_BYzBs9Nm.t.for(namespace);
			this.compositeErrorRegistry?.copyFrom(nsRegistry);
			ErrCtor = (this.compositeErrorRegistry ?? nsRegistry)?.getErrorCtor(staticStructuralSchema);
		}
		const dataObject = hasBindings ? out : body.byteLength === 0 ? {} : await this.deserializer.read(eventStreamSchema, body);
		if (ErrCtor) {
			const message = dataObject.message ?? dataObject.Message ?? "Unknown";
			const metadata = {};
			const $fault = eventStreamSchema.getMergedTraits().error;
			if ($fault) metadata.$fault = $fault;
			return Object.assign(new ErrCtor({}), metadata, { message }, dataObject);
		}
		return dataObject;
	}
	writeEventBody(unionMember, unionSchema, event) {
		const serializer = this.serializer;
		let eventType = unionMember;
		let explicitPayloadMember = null;
		let explicitPayloadContentType;
		const isKnownSchema = (() => {
			return unionSchema.getSchema()[4].includes(unionMember);
		})();
		const additionalHeaders = {};
		if (!isKnownSchema) {
			const [type, value] = event[unionMember];
			eventType = type;
			serializer.write(15, value);
		} else {
			const eventSchema = unionSchema.getMemberSchema(unionMember);
			if (eventSchema.isStructSchema()) {
				for (const [memberName, memberSchema] of eventSchema.structIterator()) {
					const { eventHeader, eventPayload } = memberSchema.getMergedTraits();
					if (eventPayload) explicitPayloadMember = memberName;
					else if (eventHeader) {
						const value = event[unionMember][memberName];
						let type = "binary";
						if (memberSchema.isNumericSchema()) {
							if ((-2) ** 31 <= value && value <= 2 ** 31 - 1) type = "integer";
							else type = "long";
						} else if (memberSchema.isTimestampSchema()) type = "timestamp";
						else if (memberSchema.isStringSchema()) type = "string";
						else if (memberSchema.isBooleanSchema()) type = "boolean";
						if (value != null) {
							additionalHeaders[memberName] = {
								type,
								value
							};
							delete event[unionMember][memberName];
						}
					}
				}
				if (explicitPayloadMember !== null) {
					const payloadSchema = eventSchema.getMemberSchema(explicitPayloadMember);
					if (payloadSchema.isBlobSchema()) explicitPayloadContentType = "application/octet-stream";
					else if (payloadSchema.isStringSchema()) explicitPayloadContentType = "text/plain";
					serializer.write(payloadSchema, event[unionMember][explicitPayloadMember]);
				} else serializer.write(eventSchema, event[unionMember]);
			} else if (eventSchema.isUnitSchema()) serializer.write(eventSchema, {});
			else throw new Error("@smithy/core/event-streams - non-struct member not supported in event stream union.");
		}
		const messageSerialization = serializer.flush() ?? /* @__PURE__ */ new Uint8Array();
		return {
			body: typeof messageSerialization === "string" ? (this.serdeContext?.utf8Decoder ?? TypeRegistry_BYzBs9Nm.r)(messageSerialization) : messageSerialization,
			eventType,
			explicitPayloadContentType,
			additionalHeaders
		};
	}
};
// node_modules/@smithy/core/dist-es/submodules/event-streams/index.js
var event_streams_exports = /* @__PURE__ */ (0,rolldown_runtime_D_DrNG78.n)({
	EventStreamSerde: () => EventStreamSerde,
	eventStreamSerdeProvider: () => eventStreamSerdeProvider
});
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/auth/httpAuthSchemeProvider.js
const defaultCloudWatchLogsHttpAuthSchemeParametersProvider = async (config, context, input) => {
	return {
		operation: (0,Sha256Node_DwJ_Bm2V.Ct)(context).operation,
		region: await (0,Sha256Node_DwJ_Bm2V.St)(config.region)() || (() => {
			throw new Error("expected `region` to be configured for `aws.auth#sigv4`");
		})()
	};
};
function createAwsAuthSigv4HttpAuthOption$2(authParameters) {
	return {
		schemeId: "aws.auth#sigv4",
		signingProperties: {
			name: "logs",
			region: authParameters.region
		},
		propertiesExtractor: (config, context) => ({ signingProperties: {
			config,
			context
		} })
	};
}
const defaultCloudWatchLogsHttpAuthSchemeProvider = (authParameters) => {
	const options = [];
	switch (authParameters.operation) {
		default: options.push(createAwsAuthSigv4HttpAuthOption$2(authParameters));
	}
	return options;
};
const resolveHttpAuthSchemeConfig$2 = (config) => {
	const config_0 = (0,Sha256Node_DwJ_Bm2V.r)(config);
	return Object.assign(config_0, { authSchemePreference: (0,Sha256Node_DwJ_Bm2V.St)(config.authSchemePreference ?? []) });
};
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/endpoint/EndpointParameters.js
const resolveClientEndpointParameters$2 = (options) => {
	return Object.assign(options, {
		useDualstackEndpoint: options.useDualstackEndpoint ?? false,
		useFipsEndpoint: options.useFipsEndpoint ?? false,
		defaultSigningName: "logs"
	});
};
const commonParams$2 = {
	UseFIPS: {
		type: "builtInParams",
		name: "useFipsEndpoint"
	},
	Endpoint: {
		type: "builtInParams",
		name: "endpoint"
	},
	Region: {
		type: "builtInParams",
		name: "region"
	},
	UseDualStack: {
		type: "builtInParams",
		name: "useDualstackEndpoint"
	}
};
// node_modules/@aws-sdk/client-cloudwatch-logs/package.json
var version$2 = "3.1162.0";
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/endpoint/bdd.js
const m$1 = "ref";
const a$2 = -1;
const b$2 = true;
const c$2 = "isSet";
const d$2 = "PartitionResult";
const e$2 = "booleanEquals";
const f$2 = "getAttr";
const g$2 = "stringEquals";
const h$2 = { [m$1]: "Endpoint" };
const i$2 = { [m$1]: d$2 };
const j$2 = { [m$1]: "Region" };
const k$2 = {};
const l$1 = [j$2];
const _data$2 = {
	conditions: [
		[c$2, [h$2]],
		[c$2, l$1],
		[
			"aws.partition",
			l$1,
			d$2
		],
		[e$2, [{ [m$1]: "UseFIPS" }, b$2]],
		[e$2, [{ [m$1]: "UseDualStack" }, b$2]],
		[e$2, [{
			fn: f$2,
			argv: [i$2, "supportsDualStack"]
		}, b$2]],
		[e$2, [{
			fn: f$2,
			argv: [i$2, "supportsFIPS"]
		}, b$2]],
		[g$2, [j$2, "us-gov-east-1"]],
		[g$2, [j$2, "us-gov-west-1"]]
	],
	results: [
		[a$2],
		[a$2, "Invalid Configuration: FIPS and custom endpoint are not supported"],
		[a$2, "Invalid Configuration: Dualstack and custom endpoint are not supported"],
		[h$2, k$2],
		["https://logs-fips.{Region}.{PartitionResult#dualStackDnsSuffix}", k$2],
		[a$2, "FIPS and DualStack are enabled, but this partition does not support one or both"],
		["https://logs.us-gov-east-1.amazonaws.com", k$2],
		["https://logs.us-gov-west-1.amazonaws.com", k$2],
		["https://logs-fips.{Region}.{PartitionResult#dnsSuffix}", k$2],
		[a$2, "FIPS is enabled but this partition does not support FIPS"],
		["https://logs.{Region}.{PartitionResult#dualStackDnsSuffix}", k$2],
		[a$2, "DualStack is enabled but this partition does not support DualStack"],
		["https://logs.{Region}.{PartitionResult#dnsSuffix}", k$2],
		[a$2, "Invalid Configuration: Missing Region"]
	]
};
const root$2 = 2;
const nodes$2 = new Int32Array([
	-1,
	1,
	-1,
	0,
	14,
	3,
	1,
	4,
	100000013,
	2,
	5,
	100000013,
	3,
	8,
	6,
	4,
	7,
	100000012,
	5,
	100000010,
	100000011,
	4,
	12,
	9,
	6,
	10,
	100000009,
	7,
	100000006,
	11,
	8,
	100000007,
	100000008,
	5,
	13,
	100000005,
	6,
	100000004,
	100000005,
	3,
	100000001,
	15,
	4,
	100000002,
	100000003
]);
const bdd$2 = Sha256Node_DwJ_Bm2V.Q.from(nodes$2, root$2, _data$2.conditions, _data$2.results);
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/endpoint/endpointResolver.js
const cache$2 = new Sha256Node_DwJ_Bm2V.Z({
	size: 50,
	params: [
		"Endpoint",
		"Region",
		"UseDualStack",
		"UseFIPS"
	]
});
const defaultEndpointResolver$2 = (endpointParams, context = {}) => {
	return cache$2.get(endpointParams, () => (0,Sha256Node_DwJ_Bm2V.Y)(bdd$2, {
		endpointParams,
		logger: context.logger
	}));
};
Sha256Node_DwJ_Bm2V.X.aws = Sha256Node_DwJ_Bm2V.d;
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/models/CloudWatchLogsServiceException.js
var CloudWatchLogsServiceException = class CloudWatchLogsServiceException extends Sha256Node_DwJ_Bm2V.ut {
	static shapeId = "smithy.ts.sdk.synthetic.com.amazonaws.cloudwatchlogs#CloudWatchLogsServiceException";
	constructor(options) {
		super(options);
		Object.setPrototypeOf(this, CloudWatchLogsServiceException.prototype);
	}
};
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/models/errors.js
var AccessDeniedException = class AccessDeniedException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#AccessDeniedException";
	name = "AccessDeniedException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "AccessDeniedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, AccessDeniedException.prototype);
	}
};
var InvalidParameterException$1 = class InvalidParameterException$1 extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#InvalidParameterException";
	name = "InvalidParameterException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidParameterException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidParameterException$1.prototype);
	}
};
var OperationAbortedException = class OperationAbortedException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#OperationAbortedException";
	name = "OperationAbortedException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "OperationAbortedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, OperationAbortedException.prototype);
	}
};
var ResourceNotFoundException = class ResourceNotFoundException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#ResourceNotFoundException";
	name = "ResourceNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ResourceNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourceNotFoundException.prototype);
	}
};
var ServiceUnavailableException = class ServiceUnavailableException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#ServiceUnavailableException";
	name = "ServiceUnavailableException";
	$fault = "server";
	constructor(opts) {
		super({
			name: "ServiceUnavailableException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, ServiceUnavailableException.prototype);
	}
};
var InternalServerException = class InternalServerException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#InternalServerException";
	name = "InternalServerException";
	$fault = "server";
	constructor(opts) {
		super({
			name: "InternalServerException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, InternalServerException.prototype);
	}
};
var ThrottlingException = class ThrottlingException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#ThrottlingException";
	name = "ThrottlingException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ThrottlingException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ThrottlingException.prototype);
	}
};
var ValidationException$1 = class ValidationException$1 extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#ValidationException";
	name = "ValidationException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ValidationException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ValidationException$1.prototype);
	}
};
var InvalidOperationException = class InvalidOperationException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#InvalidOperationException";
	name = "InvalidOperationException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidOperationException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidOperationException.prototype);
	}
};
var ConflictException = class ConflictException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#ConflictException";
	name = "ConflictException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ConflictException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ConflictException.prototype);
	}
};
var ServiceQuotaExceededException = class ServiceQuotaExceededException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#ServiceQuotaExceededException";
	name = "ServiceQuotaExceededException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ServiceQuotaExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ServiceQuotaExceededException.prototype);
	}
};
var LimitExceededException$1 = class LimitExceededException$1 extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#LimitExceededException";
	name = "LimitExceededException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "LimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, LimitExceededException$1.prototype);
	}
};
var ResourceAlreadyExistsException = class ResourceAlreadyExistsException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#ResourceAlreadyExistsException";
	name = "ResourceAlreadyExistsException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ResourceAlreadyExistsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ResourceAlreadyExistsException.prototype);
	}
};
var DataAlreadyAcceptedException = class DataAlreadyAcceptedException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#DataAlreadyAcceptedException";
	name = "DataAlreadyAcceptedException";
	$fault = "client";
	expectedSequenceToken;
	constructor(opts) {
		super({
			name: "DataAlreadyAcceptedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, DataAlreadyAcceptedException.prototype);
		this.expectedSequenceToken = opts.expectedSequenceToken;
	}
};
var InternalStreamingException = class InternalStreamingException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#InternalStreamingException";
	name = "InternalStreamingException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InternalStreamingException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InternalStreamingException.prototype);
	}
};
var InvalidSequenceTokenException = class InvalidSequenceTokenException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#InvalidSequenceTokenException";
	name = "InvalidSequenceTokenException";
	$fault = "client";
	expectedSequenceToken;
	constructor(opts) {
		super({
			name: "InvalidSequenceTokenException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidSequenceTokenException.prototype);
		this.expectedSequenceToken = opts.expectedSequenceToken;
	}
};
var UnrecognizedClientException = class UnrecognizedClientException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#UnrecognizedClientException";
	name = "UnrecognizedClientException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "UnrecognizedClientException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnrecognizedClientException.prototype);
	}
};
var SessionStreamingException = class SessionStreamingException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#SessionStreamingException";
	name = "SessionStreamingException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "SessionStreamingException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, SessionStreamingException.prototype);
	}
};
var SessionTimeoutException = class SessionTimeoutException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#SessionTimeoutException";
	name = "SessionTimeoutException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "SessionTimeoutException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, SessionTimeoutException.prototype);
	}
};
var MalformedQueryException = class MalformedQueryException extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#MalformedQueryException";
	name = "MalformedQueryException";
	$fault = "client";
	queryCompileError;
	constructor(opts) {
		super({
			name: "MalformedQueryException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, MalformedQueryException.prototype);
		this.queryCompileError = opts.queryCompileError;
	}
};
var TooManyTagsException$1 = class TooManyTagsException$1 extends CloudWatchLogsServiceException {
	static shapeId = "com.amazonaws.cloudwatchlogs#TooManyTagsException";
	name = "TooManyTagsException";
	$fault = "client";
	resourceName;
	constructor(opts) {
		super({
			name: "TooManyTagsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TooManyTagsException$1.prototype);
		this.resourceName = opts.resourceName;
	}
};
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/schemas/schemas_0.js
const _ADE = "AccessDeniedException";
const _CE = "ConflictException";
const _DAAE = "DataAlreadyAcceptedException";
const _DLGRe = "DescribeLogGroupsRequest";
const _DLGRes = "DescribeLogGroupsResponse";
const _DLGe = "DescribeLogGroups";
const _GLE = "GetLogEvents";
const _GLER = "GetLogEventsRequest";
const _GLERe = "GetLogEventsResponse";
const _IOE = "InvalidOperationException";
const _IPE$1 = "InvalidParameterException";
const _ISE = "InternalServerException";
const _ISEn = "InternalStreamingException";
const _ISTE = "InvalidSequenceTokenException";
const _LEE$1 = "LimitExceededException";
const _LG = "LogGroup";
const _LGo = "LogGroups";
const _MQE = "MalformedQueryException";
const _OAE = "OperationAbortedException";
const _OLE = "OutputLogEvent";
const _OLEu = "OutputLogEvents";
const _QCE = "QueryCompileError";
const _QCEL = "QueryCompileErrorLocation";
const _RAEE$1 = "ResourceAlreadyExistsException";
const _RNFE$1 = "ResourceNotFoundException";
const _SQEE = "ServiceQuotaExceededException";
const _SSE = "SessionStreamingException";
const _STE = "SessionTimeoutException";
const _SUE = "ServiceUnavailableException";
const _TE = "ThrottlingException";
const _TMTE$1 = "TooManyTagsException";
const _UCE = "UnrecognizedClientException";
const _VE$2 = "ValidationException";
const _aIc = "accountIdentifiers";
const _ar = "arn";
const _bTAE = "bearerTokenAuthenticationEnabled";
const _c$1 = "client";
const _cT = "creationTime";
const _dPE = "deletionProtectionEnabled";
const _dPS = "dataProtectionStatus";
const _e$1 = "error";
const _eCO = "endCharOffset";
const _eST = "expectedSequenceToken";
const _eTn = "endTime";
const _ev = "events";
const _hE$1 = "httpError";
const _iLA = "includeLinkedAccounts";
const _iPn = "inheritedProperties";
const _iT$1 = "ingestionTime";
const _kKI = "kmsKeyId";
const _lG = "logGroups";
const _lGA = "logGroupArn";
const _lGCo = "logGroupClass";
const _lGI$1 = "logGroupIdentifiers";
const _lGIo = "logGroupIdentifier";
const _lGN = "logGroupName";
const _lGNP = "logGroupNamePrefix";
const _lGNPo = "logGroupNamePattern";
const _lSN = "logStreamName";
const _li = "limit";
const _lo = "location";
const _m$1 = "message";
const _mFC = "metricFilterCount";
const _nBT = "nextBackwardToken";
const _nFT = "nextForwardToken";
const _nT$1 = "nextToken";
const _qCE = "queryCompileError";
const _rID = "retentionInDays";
const _rN$2 = "resourceName";
const _rPN = "retentionPolicyName";
const _s$2 = "smithy.ts.sdk.synthetic.com.amazonaws.cloudwatchlogs";
const _sBt = "storedBytes";
const _sCO = "startCharOffset";
const _sFH = "startFromHead";
const _sTt = "startTime";
const _se$1 = "server";
const _tim = "timestamp";
const _u = "unmask";
const n0$2 = "com.amazonaws.cloudwatchlogs";
const _s_registry$2 = new TypeRegistry_BYzBs9Nm.t(_s$2);
var CloudWatchLogsServiceException$ = [
	-3,
	_s$2,
	"CloudWatchLogsServiceException",
	0,
	[],
	[]
];
_s_registry$2.registerError(CloudWatchLogsServiceException$, CloudWatchLogsServiceException);
const n0_registry$1 = new TypeRegistry_BYzBs9Nm.t(n0$2);
var AccessDeniedException$ = [
	-3,
	n0$2,
	_ADE,
	{ [_e$1]: _c$1 },
	[_m$1],
	[0]
];
n0_registry$1.registerError(AccessDeniedException$, AccessDeniedException);
var ConflictException$ = [
	-3,
	n0$2,
	_CE,
	{ [_e$1]: _c$1 },
	[_m$1],
	[0]
];
n0_registry$1.registerError(ConflictException$, ConflictException);
var DataAlreadyAcceptedException$ = [
	-3,
	n0$2,
	_DAAE,
	{ [_e$1]: _c$1 },
	[_eST, _m$1],
	[0, 0]
];
n0_registry$1.registerError(DataAlreadyAcceptedException$, DataAlreadyAcceptedException);
var InternalServerException$ = [
	-3,
	n0$2,
	_ISE,
	{
		[_e$1]: _se$1,
		[_hE$1]: 500
	},
	[_m$1],
	[0]
];
n0_registry$1.registerError(InternalServerException$, InternalServerException);
var InternalStreamingException$ = [
	-3,
	n0$2,
	_ISEn,
	{ [_e$1]: _c$1 },
	[_m$1],
	[0]
];
n0_registry$1.registerError(InternalStreamingException$, InternalStreamingException);
var InvalidOperationException$ = [
	-3,
	n0$2,
	_IOE,
	{ [_e$1]: _c$1 },
	[_m$1],
	[0]
];
n0_registry$1.registerError(InvalidOperationException$, InvalidOperationException);
var InvalidParameterException$$1 = [
	-3,
	n0$2,
	_IPE$1,
	{ [_e$1]: _c$1 },
	[_m$1],
	[0]
];
n0_registry$1.registerError(InvalidParameterException$$1, InvalidParameterException$1);
var InvalidSequenceTokenException$ = [
	-3,
	n0$2,
	_ISTE,
	{ [_e$1]: _c$1 },
	[_eST, _m$1],
	[0, 0]
];
n0_registry$1.registerError(InvalidSequenceTokenException$, InvalidSequenceTokenException);
var LimitExceededException$$1 = [
	-3,
	n0$2,
	_LEE$1,
	{ [_e$1]: _c$1 },
	[_m$1],
	[0]
];
n0_registry$1.registerError(LimitExceededException$$1, LimitExceededException$1);
var MalformedQueryException$ = [
	-3,
	n0$2,
	_MQE,
	{ [_e$1]: _c$1 },
	[_qCE, _m$1],
	[() => QueryCompileError$, 0]
];
n0_registry$1.registerError(MalformedQueryException$, MalformedQueryException);
var OperationAbortedException$ = [
	-3,
	n0$2,
	_OAE,
	{ [_e$1]: _c$1 },
	[_m$1],
	[0]
];
n0_registry$1.registerError(OperationAbortedException$, OperationAbortedException);
var ResourceAlreadyExistsException$ = [
	-3,
	n0$2,
	_RAEE$1,
	{ [_e$1]: _c$1 },
	[_m$1],
	[0]
];
n0_registry$1.registerError(ResourceAlreadyExistsException$, ResourceAlreadyExistsException);
var ResourceNotFoundException$ = [
	-3,
	n0$2,
	_RNFE$1,
	{ [_e$1]: _c$1 },
	[_m$1],
	[0]
];
n0_registry$1.registerError(ResourceNotFoundException$, ResourceNotFoundException);
var ServiceQuotaExceededException$ = [
	-3,
	n0$2,
	_SQEE,
	{ [_e$1]: _c$1 },
	[_m$1],
	[0]
];
n0_registry$1.registerError(ServiceQuotaExceededException$, ServiceQuotaExceededException);
var ServiceUnavailableException$ = [
	-3,
	n0$2,
	_SUE,
	{ [_e$1]: _se$1 },
	[_m$1],
	[0]
];
n0_registry$1.registerError(ServiceUnavailableException$, ServiceUnavailableException);
var SessionStreamingException$ = [
	-3,
	n0$2,
	_SSE,
	{ [_e$1]: _c$1 },
	[_m$1],
	[0]
];
n0_registry$1.registerError(SessionStreamingException$, SessionStreamingException);
var SessionTimeoutException$ = [
	-3,
	n0$2,
	_STE,
	{ [_e$1]: _c$1 },
	[_m$1],
	[0]
];
n0_registry$1.registerError(SessionTimeoutException$, SessionTimeoutException);
var ThrottlingException$ = [
	-3,
	n0$2,
	_TE,
	{ [_e$1]: _c$1 },
	[_m$1],
	[0]
];
n0_registry$1.registerError(ThrottlingException$, ThrottlingException);
var TooManyTagsException$$1 = [
	-3,
	n0$2,
	_TMTE$1,
	{
		[_e$1]: _c$1,
		[_hE$1]: 400
	},
	[_m$1, _rN$2],
	[0, 0]
];
n0_registry$1.registerError(TooManyTagsException$$1, TooManyTagsException$1);
var UnrecognizedClientException$ = [
	-3,
	n0$2,
	_UCE,
	{ [_e$1]: _c$1 },
	[_m$1],
	[0]
];
n0_registry$1.registerError(UnrecognizedClientException$, UnrecognizedClientException);
var ValidationException$$1 = [
	-3,
	n0$2,
	_VE$2,
	{ [_e$1]: _c$1 },
	[_m$1],
	[0]
];
n0_registry$1.registerError(ValidationException$$1, ValidationException$1);
const errorTypeRegistries$2 = [_s_registry$2, n0_registry$1];
var DescribeLogGroupsRequest$ = [
	3,
	n0$2,
	_DLGRe,
	0,
	[
		_aIc,
		_lGNP,
		_lGNPo,
		_nT$1,
		_li,
		_iLA,
		_lGCo,
		_lGI$1
	],
	[
		64,
		0,
		0,
		0,
		1,
		2,
		0,
		64
	]
];
var DescribeLogGroupsResponse$ = [
	3,
	n0$2,
	_DLGRes,
	0,
	[_lG, _nT$1],
	[() => LogGroups, 0]
];
var GetLogEventsRequest$ = [
	3,
	n0$2,
	_GLER,
	0,
	[
		_lSN,
		_lGN,
		_lGIo,
		_sTt,
		_eTn,
		_nT$1,
		_li,
		_sFH,
		_u
	],
	[
		0,
		0,
		0,
		1,
		1,
		0,
		1,
		2,
		2
	],
	1
];
var GetLogEventsResponse$ = [
	3,
	n0$2,
	_GLERe,
	0,
	[
		_ev,
		_nFT,
		_nBT
	],
	[
		() => OutputLogEvents,
		0,
		0
	]
];
var LogGroup$ = [
	3,
	n0$2,
	_LG,
	0,
	[
		_lGN,
		_cT,
		_rID,
		_mFC,
		_ar,
		_sBt,
		_kKI,
		_dPS,
		_iPn,
		_lGCo,
		_lGA,
		_dPE,
		_bTAE,
		_rPN
	],
	[
		0,
		1,
		1,
		1,
		0,
		1,
		0,
		0,
		64,
		0,
		0,
		2,
		2,
		0
	]
];
var OutputLogEvent$ = [
	3,
	n0$2,
	_OLE,
	0,
	[
		_tim,
		_m$1,
		_iT$1
	],
	[
		1,
		0,
		1
	]
];
var QueryCompileError$ = [
	3,
	n0$2,
	_QCE,
	0,
	[_lo, _m$1],
	[() => QueryCompileErrorLocation$, 0]
];
var QueryCompileErrorLocation$ = [
	3,
	n0$2,
	_QCEL,
	0,
	[_sCO, _eCO],
	[1, 1]
];
var LogGroups = [
	1,
	n0$2,
	_LGo,
	0,
	() => LogGroup$
];
var OutputLogEvents = [
	1,
	n0$2,
	_OLEu,
	0,
	() => OutputLogEvent$
];
var DescribeLogGroups$ = [
	9,
	n0$2,
	_DLGe,
	0,
	() => DescribeLogGroupsRequest$,
	() => DescribeLogGroupsResponse$
];
var GetLogEvents$ = [
	9,
	n0$2,
	_GLE,
	0,
	() => GetLogEventsRequest$,
	() => GetLogEventsResponse$
];
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/runtimeConfig.shared.js
const getRuntimeConfig$5 = (config) => {
	return {
		apiVersion: "2014-03-28",
		base64Decoder: config?.base64Decoder ?? Sha256Node_DwJ_Bm2V.Tt,
		base64Encoder: config?.base64Encoder ?? Sha256Node_DwJ_Bm2V.wt,
		disableHostPrefix: config?.disableHostPrefix ?? false,
		endpointProvider: config?.endpointProvider ?? defaultEndpointResolver$2,
		extensions: config?.extensions ?? [],
		httpAuthSchemeProvider: config?.httpAuthSchemeProvider ?? defaultCloudWatchLogsHttpAuthSchemeProvider,
		httpAuthSchemes: config?.httpAuthSchemes ?? [{
			schemeId: "aws.auth#sigv4",
			identityProvider: (ipc) => ipc.getIdentityProvider("aws.auth#sigv4"),
			signer: new Sha256Node_DwJ_Bm2V.o()
		}],
		logger: config?.logger ?? new Sha256Node_DwJ_Bm2V.at(),
		protocol: config?.protocol ?? AwsJson1_1Protocol,
		protocolSettings: config?.protocolSettings ?? {
			defaultNamespace: "com.amazonaws.cloudwatchlogs",
			errorTypeRegistries: errorTypeRegistries$2,
			xmlNamespace: "http://monitoring.amazonaws.com/doc/2014-03-28/",
			version: "2014-03-28",
			serviceTarget: "Logs_20140328"
		},
		serviceId: config?.serviceId ?? "CloudWatch Logs",
		sha256: config?.sha256 ?? Sha256Node_DwJ_Bm2V.t,
		urlParser: config?.urlParser ?? configLoader_DlwdWvjJ.r,
		utf8Decoder: config?.utf8Decoder ?? TypeRegistry_BYzBs9Nm.r,
		utf8Encoder: config?.utf8Encoder ?? TypeRegistry_BYzBs9Nm.n
	};
};
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/runtimeConfig.js
const getRuntimeConfig$4 = (config) => {
	(0,Sha256Node_DwJ_Bm2V.ct)(process.version);
	const defaultsMode = (0,Sha256Node_DwJ_Bm2V.et)(config);
	const defaultConfigProvider = () => defaultsMode().then(Sha256Node_DwJ_Bm2V.lt);
	const clientSharedValues = getRuntimeConfig$5(config);
	(0,Sha256Node_DwJ_Bm2V.N)(process.version);
	const loaderConfig = {
		profile: config?.profile,
		logger: clientSharedValues.logger
	};
	return {
		...clientSharedValues,
		...config,
		runtime: "node",
		defaultsMode,
		authSchemePreference: config?.authSchemePreference ?? (0,configLoader_DlwdWvjJ.t)(Sha256Node_DwJ_Bm2V.a, loaderConfig),
		bodyLengthChecker: config?.bodyLengthChecker ?? Sha256Node_DwJ_Bm2V.vt,
		credentialDefaultProvider: config?.credentialDefaultProvider ?? defaultProvider,
		defaultSocketTimeout: (0,Sha256Node_DwJ_Bm2V.M)(config?.requestHandler, 3e5),
		defaultUserAgentProvider: config?.defaultUserAgentProvider ?? (0,Sha256Node_DwJ_Bm2V.p)({
			serviceId: clientSharedValues.serviceId,
			clientVersion: version$2
		}),
		eventStreamSerdeProvider: config?.eventStreamSerdeProvider ?? eventStreamSerdeProvider,
		maxAttempts: config?.maxAttempts ?? (0,configLoader_DlwdWvjJ.t)(Sha256Node_DwJ_Bm2V.g, config),
		region: config?.region ?? (0,configLoader_DlwdWvjJ.t)(Sha256Node_DwJ_Bm2V.rt, {
			...Sha256Node_DwJ_Bm2V.nt,
			...loaderConfig
		}),
		requestHandler: node_http_handler_BMbmsy_c.t.create(config?.requestHandler ?? defaultConfigProvider),
		retryMode: config?.retryMode ?? (0,configLoader_DlwdWvjJ.t)({
			...Sha256Node_DwJ_Bm2V._,
			default: async () => (await defaultConfigProvider()).retryMode || Sha256Node_DwJ_Bm2V.y
		}, config),
		streamCollector: config?.streamCollector ?? node_http_handler_BMbmsy_c.r,
		useDualstackEndpoint: config?.useDualstackEndpoint ?? (0,configLoader_DlwdWvjJ.t)(Sha256Node_DwJ_Bm2V._t, loaderConfig),
		useFipsEndpoint: config?.useFipsEndpoint ?? (0,configLoader_DlwdWvjJ.t)(Sha256Node_DwJ_Bm2V.gt, loaderConfig),
		userAgentAppId: config?.userAgentAppId ?? (0,configLoader_DlwdWvjJ.t)(Sha256Node_DwJ_Bm2V.f, loaderConfig)
	};
};
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/auth/httpAuthExtensionConfiguration.js
const getHttpAuthExtensionConfiguration$2 = (runtimeConfig) => {
	const _httpAuthSchemes = runtimeConfig.httpAuthSchemes;
	let _httpAuthSchemeProvider = runtimeConfig.httpAuthSchemeProvider;
	let _credentials = runtimeConfig.credentials;
	return {
		setHttpAuthScheme(httpAuthScheme) {
			const index = _httpAuthSchemes.findIndex((scheme) => scheme.schemeId === httpAuthScheme.schemeId);
			if (index === -1) _httpAuthSchemes.push(httpAuthScheme);
			else _httpAuthSchemes.splice(index, 1, httpAuthScheme);
		},
		httpAuthSchemes() {
			return _httpAuthSchemes;
		},
		setHttpAuthSchemeProvider(httpAuthSchemeProvider) {
			_httpAuthSchemeProvider = httpAuthSchemeProvider;
		},
		httpAuthSchemeProvider() {
			return _httpAuthSchemeProvider;
		},
		setCredentials(credentials) {
			_credentials = credentials;
		},
		credentials() {
			return _credentials;
		}
	};
};
const resolveHttpAuthRuntimeConfig$2 = (config) => {
	return {
		httpAuthSchemes: config.httpAuthSchemes(),
		httpAuthSchemeProvider: config.httpAuthSchemeProvider(),
		credentials: config.credentials()
	};
};
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/runtimeExtensions.js
const resolveRuntimeExtensions$2 = (runtimeConfig, extensions) => {
	const extensionConfiguration = Object.assign((0,Sha256Node_DwJ_Bm2V.l)(runtimeConfig), (0,Sha256Node_DwJ_Bm2V.ot)(runtimeConfig), (0,Sha256Node_DwJ_Bm2V.F)(runtimeConfig), getHttpAuthExtensionConfiguration$2(runtimeConfig));
	extensions.forEach((extension) => extension.configure(extensionConfiguration));
	return Object.assign(runtimeConfig, (0,Sha256Node_DwJ_Bm2V.u)(extensionConfiguration), (0,Sha256Node_DwJ_Bm2V.st)(extensionConfiguration), (0,Sha256Node_DwJ_Bm2V.I)(extensionConfiguration), resolveHttpAuthRuntimeConfig$2(extensionConfiguration));
};
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/CloudWatchLogsClient.js
var CloudWatchLogsClient = class extends Sha256Node_DwJ_Bm2V.ht {
	config;
	constructor(...[configuration]) {
		const _config_0 = getRuntimeConfig$4(configuration || {});
		super(_config_0);
		this.initConfig = _config_0;
		const _config_1 = resolveClientEndpointParameters$2(_config_0);
		const _config_2 = (0,Sha256Node_DwJ_Bm2V.b)(_config_1);
		const _config_3 = (0,Sha256Node_DwJ_Bm2V.v)(_config_2);
		const _config_4 = (0,Sha256Node_DwJ_Bm2V.tt)(_config_3);
		const _config_5 = (0,Sha256Node_DwJ_Bm2V.j)(_config_4);
		const _config_6 = (0,Sha256Node_DwJ_Bm2V.J)(_config_5);
		const _config_7 = resolveEventStreamSerdeConfig(_config_6);
		const _config_8 = resolveHttpAuthSchemeConfig$2(_config_7);
		const _config_9 = resolveRuntimeExtensions$2(_config_8, configuration?.extensions || []);
		this.config = _config_9;
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.pt)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.m)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.h)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.P)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.A)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.k)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.O)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.D)(this.config, {
			httpAuthSchemeParametersProvider: defaultCloudWatchLogsHttpAuthSchemeParametersProvider,
			identityProviderConfigProvider: async (config) => new Sha256Node_DwJ_Bm2V.w({ "aws.auth#sigv4": config.credentials })
		}));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.E)(this.config));
	}
	destroy() {
		super.destroy();
	}
};
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/commandBuilder.js
const command$2 = (0,Sha256Node_DwJ_Bm2V.it)(commonParams$2, "Logs_20140328", "CloudWatchLogsClient", Sha256Node_DwJ_Bm2V.q);
const _ep0$2 = {};
const _mw0$2 = (Command, cs, config, o) => [];
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/commands/DescribeLogGroupsCommand.js
var DescribeLogGroupsCommand = class extends command$2(_ep0$2, _mw0$2, "DescribeLogGroups", DescribeLogGroups$) {};
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/commands/GetLogEventsCommand.js
var GetLogEventsCommand = class extends command$2(_ep0$2, _mw0$2, "GetLogEvents", GetLogEvents$) {};
// src/aws/logs.ts
/**
* AWS's largest page is 10,000 events, and the larger the pages, the larger V8 lets the heap grow: 100,000 lines peak at
* about 115 MiB in pages of 3,000, 130 in 5,000, 160 in 10,000 (measured). At 5 calls a second these are 15,000 lines a
* second.
*/
const PAGE_EVENTS = 3e3;
/** CloudWatch Logs; `awslogs-region` may differ from the task's, so there is a client for each Region. */
function createLogs(config) {
	const clients = /* @__PURE__ */ new Map();
	const clientOf = (region) => {
		const known = clients.get(region);
		if (known !== void 0) return known;
		const client = new CloudWatchLogsClient({
			...config,
			region
		});
		clients.set(region, client);
		return client;
	};
	return { page: async ({ group, stream, region }, token, signal) => {
		const command = new GetLogEventsCommand({
			logGroupName: group,
			logStreamName: stream,
			startFromHead: true,
			limit: PAGE_EVENTS,
			...token !== void 0 && { nextToken: token }
		});
		const client = clientOf(region);
		const send = () => client.send(command, signal === void 0 ? {} : { abortSignal: signal });
		try {
			return pageOf(await call("logs:GetLogEvents", async () => region, send));
		} catch (error) {
			if (!(error instanceof AwsError) || error.facts.code !== "ResourceNotFoundException") throw error;
			return {
				messages: [],
				next: token,
				missing: /log group/i.test(error.message) ? "group" : "stream"
			};
		}
	} };
}
function pageOf({ events = [], nextForwardToken }) {
	return {
		messages: events.map(({ message = "" }) => message),
		next: nextForwardToken
	};
}
// src/clock.ts
/** The machine's clocks. */
const systemClock = {
	now: () => /* @__PURE__ */ new Date(),
	elapsed: () => performance.now(),
	sleep: (ms, ...signals) => new Promise((resolve) => {
		if (ms <= 0 || signals.some((signal) => signal.aborted)) return resolve();
		const done = () => {
			clearTimeout(timer);
			for (const signal of signals) signal.removeEventListener("abort", done);
			resolve();
		};
		const timer = setTimeout(done, ms);
		for (const signal of signals) signal.addEventListener("abort", done);
	})
};
// src/explain/wording.ts
const GAP = "…";
/**
* The row that says most about a text: the longest wording that occurs in it, of a general row only if no other fits.
* A message that was cut off (Fargate 1.4 does that) so falls back to the row for its beginning.
* @returns undefined when no wording occurs
*/
function mostSpecific(rows, text) {
	const said = normalise(text);
	return longest(rows.filter(({ general }) => !general), said) ?? longest(rows.filter(({ general }) => general), said);
}
/** Spellings that AWS mixes for one and the same message become one: quotes, white space, can't and cannot. */
function normalise(text) {
	return text.toLowerCase().replace(/[‘’]/g, "'").replace(/\s+/g, " ").replace(/\bcannot\b|\bcan not\b/g, "can't");
}
/** The row of which most characters occur in the text. */
function longest(rows, said) {
	let best;
	let most = 0;
	for (const row of rows) {
		const length = Math.max(0, ...row.patterns.map((pattern) => matched(normalise(pattern), said)));
		if (length > most) {
			best = row;
			most = length;
		}
	}
	return best;
}
/** The characters of `pattern` found in `text` (both normalised), in order; 0 when one piece is not there. */
function matched(pattern, text) {
	let from = 0;
	let length = 0;
	for (const piece of pattern.split(GAP).map((part) => part.trim())) {
		const at = text.indexOf(piece, from);
		if (at < 0) return 0;
		from = at + piece.length;
		length += piece.length;
	}
	return length;
}
// src/explain/api-errors.ts
const GUIDE$1 = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide";
const API_REFERENCE = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference";
const IAM_GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide";
const GITHUB_OIDC = "https://docs.github.com/en/actions/reference/security/oidc";
/** Errors that AWS's code or message tells apart. The text searched is `code: message`. */
const API_ERRORS = [
	{
		id: "pass-role-denied",
		kinds: ["access-denied"],
		patterns: ["perform: iam:PassRole"],
		cause: "The credentials of this job may not hand the task's roles to ECS (iam:PassRole).",
		remedy: "Add this statement to the role of the job, for the task execution role and the task role:",
		source: `${GUIDE$1}/security_iam_id-based-policy-examples.html`
	},
	{
		id: "denied-by-organization",
		kinds: ["access-denied"],
		patterns: ["service control policy", "resource control policy"],
		cause: "A policy of the AWS organization forbids this call; no policy of the role can allow it.",
		remedy: "Ask those who look after the organization to let this call through.",
		source: `${IAM_GUIDE}/troubleshoot_access-denied.html`
	},
	{
		id: "denied-explicitly",
		kinds: ["access-denied"],
		patterns: ["with an explicit deny"],
		cause: "A policy denies this call explicitly, which outweighs every policy that allows it.",
		remedy: "Find the Deny that covers this action in the policies of the role of the job, or of the resource, and narrow it.",
		source: `${IAM_GUIDE}/troubleshoot_access-denied.html`
	},
	{
		id: "denied-by-boundary",
		kinds: ["access-denied"],
		patterns: ["no permissions boundary allows"],
		cause: "The permissions boundary of the role of the job does not contain this call.",
		remedy: "Widen the boundary, not only the policy, by this statement:",
		source: `${IAM_GUIDE}/troubleshoot_access-denied.html`
	},
	{
		id: "denied-by-session",
		kinds: ["access-denied"],
		patterns: ["no session policy allows"],
		cause: "The role was assumed with a session policy that does not contain this call.",
		remedy: "Widen the session policy where the role is assumed (inline-session-policy), by this statement:",
		source: `${IAM_GUIDE}/troubleshoot_access-denied.html`
	},
	{
		id: "denied-by-endpoint",
		kinds: ["access-denied"],
		patterns: ["no VPC endpoint policy allows", "VPC endpoint policy"],
		cause: "The policy of the VPC endpoint that the runner uses does not let this call through.",
		remedy: "Widen the policy of the endpoint by this statement:",
		source: `${IAM_GUIDE}/troubleshoot_access-denied.html`
	},
	{
		id: "web-identity-denied",
		patterns: ["perform: sts:AssumeRoleWithWebIdentity", "perform sts:AssumeRoleWithWebIdentity"],
		cause: "AWS did not let this job assume the role in role-to-assume: there is no such role, or its trust policy does not admit this job.",
		remedy: "Check the ARN. Compare the condition on token.actions.githubusercontent.com:sub in the role's trust policy, letter by letter, with this job's repository and its environment (without one: its branch). Repositories made after July 15, 2026 have their ids in it (repo:OWNER@ID/NAME@ID:…).",
		source: GITHUB_OIDC
	},
	{
		id: "id-token-permission-missing",
		patterns: ["ACTIONS_ID_TOKEN_REQUEST_URL is not set", "ACTIONS_ID_TOKEN_REQUEST_TOKEN is not set"],
		cause: "GitHub gives this job no OIDC token, which role-to-assume needs.",
		remedy: "Add `id-token: write` to the job's `permissions` (and `contents: read`, if it checks out code: what is not named there is taken away).",
		source: GITHUB_OIDC
	},
	{
		id: "id-token-unavailable",
		patterns: ["needs the job's OIDC token"],
		cause: "GitHub's token endpoint gave this job no OIDC token, which role-to-assume needs.",
		remedy: "Look at https://www.githubstatus.com, and run it again.",
		source: GITHUB_OIDC
	},
	{
		id: "web-identity-provider-missing",
		patterns: ["No OpenIDConnect provider found", "InvalidIdentityToken"],
		cause: "The AWS account does not know GitHub as a provider of identities, or not this job's token.",
		remedy: "Create the OIDC provider token.actions.githubusercontent.com with audience sts.amazonaws.com in the account of the role.",
		source: GITHUB_OIDC
	},
	{
		id: "role-session-too-long",
		patterns: ["exceeds the MaxSessionDuration"],
		cause: "The credentials were asked for longer than the role allows.",
		remedy: "Raise the maximum session duration of the role, or ask for less (role-duration-seconds).",
		source: `${IAM_GUIDE}/id_roles_update-role-settings.html`
	},
	{
		id: "invalid-credentials",
		patterns: [
			"UnrecognizedClientException",
			"InvalidClientTokenId",
			"security token included in the request is invalid"
		],
		cause: "AWS does not know these credentials.",
		remedy: "Check that the step that provides them ran in this job, and that all of AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN belong together and to this partition.",
		source: `${IAM_GUIDE}/troubleshoot.html`
	},
	{
		id: "signature",
		patterns: [
			"SignatureDoesNotMatch",
			"InvalidSignatureException",
			"Signature not yet current",
			"Signature expired"
		],
		cause: "AWS rejected the signature of the call: the secret key is wrong, or the clock of the runner is.",
		remedy: "Set the clock of the runner (AWS allows 5 minutes), and check AWS_SECRET_ACCESS_KEY.",
		source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/signature-v4-troubleshooting.html"
	},
	{
		id: "cluster-missing",
		patterns: ["ClusterNotFoundException", "Cluster not found"],
		cause: "There is no such cluster in this Region and account.",
		remedy: "Check `cluster` and `aws-region`, and that the job has the credentials of the right account.",
		source: `${API_REFERENCE}/API_RunTask.html`
	},
	{
		id: "cluster-inactive",
		patterns: ["Cluster is inactive", "Cluster was not ACTIVE"],
		cause: "The cluster was deleted.",
		remedy: "Check `cluster`, or create the cluster again.",
		source: `${API_REFERENCE}/API_DeleteCluster.html`
	},
	{
		id: "definition-missing",
		patterns: [
			"Unable to describe task definition",
			"TaskDefinition not found",
			"The specified task definition does not exist"
		],
		cause: "There is no such task definition in this Region and account, or none that is active.",
		remedy: "Check `task-definition` (family, family:revision or ARN) and `aws-region`.",
		source: `${API_REFERENCE}/API_DescribeTaskDefinition.html`
	},
	{
		id: "definition-inactive",
		patterns: ["TaskDefinition is inactive"],
		cause: "The revision was deregistered before the task could be started from it.",
		remedy: "Run it again; if something deregisters revisions of this family by itself, leave those of run-ecs-migration out.",
		source: `${API_REFERENCE}/API_RunTask.html`
	},
	{
		id: "service-missing",
		patterns: ["ServiceNotFoundException", "Service not found"],
		cause: "There is no such service in this cluster.",
		remedy: "Check `network-from-service` and `cluster`, or name subnets and security-groups yourself.",
		source: `${API_REFERENCE}/API_DescribeServices.html`
	},
	{
		id: "log-group-missing",
		patterns: ["The specified log group does not exist"],
		cause: "The log group of the task definition does not exist.",
		remedy: "Create it in the Region of awslogs-region, or set awslogs-create-group: \"true\" in the task definition.",
		source: `${GUIDE$1}/using_awslogs.html`
	},
	{
		id: "secret-and-variable",
		patterns: ["The secret name must be unique and not shared"],
		cause: "A variable that was to be set is already among the `secrets` of the container.",
		remedy: "Take that name out of `secrets` of the task definition, or set another variable (database-variable, environment-variables).",
		source: `${API_REFERENCE}/API_Secret.html`
	},
	{
		id: "not-for-fargate",
		patterns: ["does not support launch_type FARGATE", "PlatformTaskDefinitionIncompatibilityException"],
		cause: "The task definition does not fit Fargate.",
		remedy: "Give it networkMode awsvpc, requiresCompatibilities FARGATE, and a cpu and memory that Fargate offers.",
		source: `${GUIDE$1}/fargate-tasks-services.html`
	},
	{
		id: "fargate-size",
		patterns: [
			"No Fargate configuration exists for given values",
			"Invalid 'cpu' setting",
			"Invalid 'memory' setting"
		],
		cause: "Fargate does not offer this pair of cpu and memory.",
		remedy: "Choose a pair from the table in the documentation, in the task definition.",
		source: `${GUIDE$1}/task-cpu-memory-error.html`
	},
	{
		id: "execution-role-missing",
		patterns: ["Fargate requires task definition to have execution role"],
		cause: "The task definition has no execution role, which Fargate needs for images in ECR, for secrets and for logs.",
		remedy: "Set executionRoleArn in the task definition.",
		source: `${GUIDE$1}/task_execution_IAM_role.html`
	},
	{
		id: "role-not-assumable",
		patterns: ["ECS was unable to assume the role", "Role is not valid"],
		cause: "ECS may not use a role of the task definition, or it does not exist.",
		remedy: "Check executionRoleArn and taskRoleArn, and that their trust policies admit ecs-tasks.amazonaws.com; a role just made takes some seconds to be known everywhere.",
		source: `${GUIDE$1}/task-iam-roles.html`
	},
	{
		id: "service-linked-role",
		patterns: ["Unable to assume the service linked role"],
		cause: "The account has no service-linked role for ECS.",
		remedy: "Create it once: `aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com`",
		source: `${GUIDE$1}/using-service-linked-roles.html`
	},
	{
		id: "definition-too-large",
		patterns: ["Max allowed length is '65536'", "Max allowed length is"],
		cause: "The task definition would be larger than the 64 KiB that ECS takes.",
		remedy: "Put fewer or shorter variables into it (environment-variables count too).",
		source: `${GUIDE$1}/service-quotas.html`
	},
	{
		id: "overrides-too-long",
		patterns: ["Container Overrides length must be at most"],
		cause: "The variables and the command that differ for each database are longer than ECS takes.",
		remedy: "Shorten `command` and those of environment-variables that hold {database}.",
		source: `${API_REFERENCE}/API_TaskOverride.html`
	},
	{
		id: "account-blocked",
		patterns: [
			"BlockedException",
			"account is blocked",
			"is currently blocked"
		],
		cause: "AWS has blocked this account for ECS.",
		remedy: "Write to AWS Support, from the account.",
		source: `${API_REFERENCE}/API_RunTask.html`
	},
	{
		id: "subnet-missing",
		patterns: ["Error retrieving subnet information … does not exist", "InvalidSubnetID.NotFound"],
		cause: "One of the subnets does not exist in this Region and account.",
		remedy: "Check `subnets` and `aws-region`.",
		source: `${API_REFERENCE}/API_AwsVpcConfiguration.html`
	},
	{
		id: "security-group-missing",
		patterns: ["Error retrieving security group information … does not exist", "InvalidGroup.NotFound"],
		cause: "One of the security groups does not exist in this Region and account.",
		remedy: "Check `security-groups` and `aws-region`.",
		source: `${API_REFERENCE}/API_AwsVpcConfiguration.html`
	},
	{
		id: "other-vpc",
		patterns: ["not appear to belong to the same VPC", "belong to different networks"],
		cause: "The subnets and the security groups are not all of one VPC.",
		remedy: "Name subnets and security groups of the VPC in which the database is reached.",
		source: `${API_REFERENCE}/API_AwsVpcConfiguration.html`
	},
	{
		id: "task-quota",
		patterns: [
			"reached the limit on the number of tasks",
			"limit on the number of vCPUs",
			"vCPUs you can run concurrently"
		],
		cause: "The account runs as many Fargate tasks as it may.",
		remedy: "Wait until others have ended, lower max-parallel, or ask for more: quota \"Fargate On-Demand vCPU resource count\".",
		source: `${GUIDE$1}/service-quotas.html`
	},
	{
		id: "provisioning-quota",
		patterns: ["tasks in the PROVISIONING state", "PROVISIONING state per cluster"],
		cause: "Too many tasks of the cluster wait for their place at once.",
		remedy: "Lower max-parallel, or run it again later.",
		source: `${GUIDE$1}/service-quotas.html`,
		transient: true
	},
	{
		id: "capacity",
		patterns: ["Capacity is unavailable at this time"],
		cause: "AWS has no Fargate capacity of this size in these Availability Zones for now.",
		remedy: "Run it again in a while, and name subnets of several Availability Zones.",
		source: "https://repost.aws/knowledge-center/ecs-fargate-runtask-capacity",
		transient: true
	},
	{
		id: "platform-unknown",
		patterns: ["PlatformUnknownException"],
		cause: "Fargate has no such platform version.",
		remedy: "Check runtimePlatform of the task definition: its family must be one that Fargate runs in this Region.",
		source: `${API_REFERENCE}/API_RunTask.html`
	},
	{
		id: "unsupported",
		patterns: ["UnsupportedFeatureException", "UnsupportedOperationException"],
		cause: "This Region does not offer something that the task definition asks for.",
		remedy: "Compare the task definition with what Fargate offers in this Region; AWS's message says which part it is.",
		source: `${API_REFERENCE}/API_RunTask.html`
	},
	{
		id: "container-unknown",
		patterns: ["is not a container in the TaskDefinition"],
		cause: "The task definition has no container of that name.",
		remedy: "Check `container-name`.",
		source: `${API_REFERENCE}/API_ContainerOverride.html`
	},
	{
		id: "tag-illegal",
		patterns: [
			"Invalid tag",
			"tag … invalid characters",
			"Tags can not be empty",
			"Invalid parameter … tags"
		],
		cause: "ECS does not accept one of the tags.",
		remedy: "Check `tags`: keys to 128 and values to 256 characters, of letters, digits, spaces and _ . : / = + - @.",
		source: `${API_REFERENCE}/API_Tag.html`
	},
	{
		id: "revision-quota",
		patterns: ["Too many active revisions", "number of revisions"],
		cause: "The family has as many revisions as ECS allows.",
		remedy: "Name another family, or ask AWS to raise the quota.",
		source: `${GUIDE$1}/service-quotas.html`
	},
	{
		id: "aws-fault",
		patterns: [
			"ServerException",
			"InternalFailure",
			"InternalServerError",
			"ServiceUnavailable"
		],
		cause: "AWS failed inside, and went on failing when asked again.",
		remedy: "Look at the AWS Health Dashboard, and run it again later.",
		source: `${API_REFERENCE}/CommonErrors.html`
	}
];
/** What is said when only the kind of the error is known. */
const ERROR_KINDS = {
	"access-denied": {
		id: "access-denied",
		cause: "The credentials of this job may not make this call.",
		remedy: "Add this statement to the role of the job:",
		source: `${IAM_GUIDE}/troubleshoot_access-denied.html`
	},
	"expired-credentials": {
		id: "expired-credentials",
		cause: "The AWS credentials of this job have expired.",
		remedy: "Give them a longer life (role-duration-seconds of aws-actions/configure-aws-credentials, and the maximum session duration of the role), or pass role-to-assume to this action, which renews them while it runs.",
		source: "https://github.com/aws-actions/configure-aws-credentials"
	},
	"no-credentials": {
		id: "no-credentials",
		cause: "This job has no AWS credentials.",
		remedy: "Pass role-to-assume and give the job `permissions: id-token: write`, or run aws-actions/configure-aws-credentials before this step.",
		source: "https://github.com/aws-actions/configure-aws-credentials"
	},
	conflict: {
		id: "conflict",
		cause: "ECS already knows this launch with other parameters: another run was first.",
		remedy: "Wait until the other run has ended, and run it again.",
		source: `${API_REFERENCE}/API_RunTask.html`
	},
	"not-found": {
		id: "not-found",
		cause: "AWS does not find what was asked for.",
		remedy: "Check the names given to this action and `aws-region`, and that the job has the credentials of the right account.",
		source: `${API_REFERENCE}/CommonErrors.html`
	},
	throttled: {
		id: "throttled",
		cause: "AWS refused the calls of this account as too many, and went on doing so.",
		remedy: "The limits hold for the whole account: find out what else calls this API, lower max-parallel, and run it again later.",
		source: `${GUIDE$1}/throttling.html`
	},
	unreachable: {
		id: "unreachable",
		cause: "AWS could not be reached from the runner.",
		remedy: "Check the runner's network and DNS, HTTPS_PROXY and NO_PROXY, AWS_ENDPOINT_URL if it is set, and that `aws-region` is a Region.",
		source: "https://docs.aws.amazon.com/general/latest/gr/ecs-service.html"
	},
	aborted: {
		id: "aborted",
		cause: "The call was given up because the run was ended.",
		remedy: "Run it again.",
		source: `${API_REFERENCE}/CommonErrors.html`
	},
	rejected: {
		id: "rejected",
		cause: "AWS rejected the call.",
		remedy: "AWS's own message says which part of it.",
		source: `${API_REFERENCE}/CommonErrors.html`
	}
};
/** Actions that IAM lets nobody narrow to a resource (service authorization reference). */
const UNRESTRICTED = /^(?:ec2:Describe|ecr:GetAuthorizationToken|ecs:(?:DescribeTaskDefinition|DeregisterTaskDefinition|ListTaskDefinitions|ListTasks)$)/;
const PASSED_TO_ECS = { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } };
/** What a failed AWS call means and what to do, with operation, Region, AWS's own words and the request id. */
function explainApiError(error) {
	const row = findApiError(error);
	if (error.facts.kind === "access-denied") return denied(error, row);
	return {
		code: row.id,
		reason: row.cause,
		remedy: row.remedy,
		evidence: apiErrorEvidence(error)
	};
}
/** The row for an error, or that of its kind. */
function findApiError(error) {
	const { kind, code } = error.facts;
	return mostSpecific(API_ERRORS.filter(({ kinds }) => kinds === void 0 || kinds.includes(kind)), `${code}: ${error.message}`) ?? ERROR_KINDS[kind];
}
function denied(error, row) {
	const denial = readDenial(error);
	const on = denial.resource === "*" ? "" : ` on ${denial.resource}`;
	return {
		code: row.id,
		reason: `${row.cause} Denied: ${denial.action}${on}.`,
		remedy: row.remedy.endsWith(":") ? withStatement(row.remedy, denial) : row.remedy,
		evidence: [...denial.principal ? [`Who: ${denial.principal}`] : [], ...apiErrorEvidence(error)]
	};
}
/** Where AWS does not name the resource, a statement for all of them would be wider than what the action needs. */
function withStatement(remedy, denial) {
	return denial.resource === "*" && !UNRESTRICTED.test(denial.action) ? remedy.replace("this statement", `the statement for ${denial.action} in docs/permissions.md of this action`).replace(/:$/, ".") : `${remedy} \`${policyStatement(denial)}\``;
}
/**
* Reads AWS's sentence "User: ARN is not authorized to perform: ACTION on resource: ARN because …".
* Whatever it does not tell comes from the call: its action, and `*` for the resource.
*/
function readDenial(error) {
	const { message, facts } = error;
	const action = /not authorized to perform:? ([a-z0-9-]+:[A-Za-z0-9]+)/i.exec(message)?.[1];
	const resource = /on resource: (arn:[^\s"]+|\*)/.exec(message)?.[1]?.replace(/[.,;]$/, "");
	const principal = /User: (arn:\S+)/.exec(message)?.[1];
	return {
		action: action ?? facts.action,
		resource: resource ?? "*",
		...principal ? { principal } : {}
	};
}
/** The statement that would allow what was denied, as JSON on one line. */
function policyStatement({ action, resource }) {
	return JSON.stringify({
		Effect: "Allow",
		Action: action,
		Resource: lasting(action, resource),
		...action === "iam:PassRole" ? { Condition: PASSED_TO_ECS } : {}
	});
}
/** The resource a policy should name: next time the revision, the task and the log stream are others. */
function lasting(action, resource) {
	if (UNRESTRICTED.test(action)) return "*";
	return resource.replace(/(:task-definition\/[^:]+):\d+$/, "$1:*").replace(/(:task\/[^/]+)\/[^/]+$/, "$1/*").replace(/(:log-stream:[^/]+\/).*$/, "$1*");
}
/** Operation, Region, AWS's own words and the request id: what AWS Support asks for first. */
function apiErrorEvidence(error) {
	const { action, region, code, requestId } = error.facts;
	if (code === "CredentialsProviderError") return [`Needed for: ${action} in ${region}`, `Credentials: ${error.message}`];
	return [`AWS call: ${action} in ${region}${requestId ? `, request id ${requestId}` : ""}`, `AWS's answer: ${code}${error.message ? `: ${error.message}` : ""}`];
}
/** May the call be made again because AWS lacks something that passes? */
function isTransientApiError(error) {
	return findApiError(error).transient === true;
}
// src/explain/stop-reasons.ts
const GUIDE = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide";
const RESOURCES = `${GUIDE}/resource-initialization-error.html`;
const MISSING = `${GUIDE}/resource-not-found-error.html`;
const PULL = `${GUIDE}/task_cannot_pull_image.html`;
const START = `${GUIDE}/failed-to-start-error.html`;
const CODES = `${GUIDE}/stopped-task-error-codes.html`;
const CONNECTIVITY = `${GUIDE}/verify-connectivity.html`;
const CANNOT_START = `${GUIDE}/cannot-start-container.html`;
const FAILURES = `${GUIDE}/api_failures_messages.html`;
const WAY_OUT = "Give the task's subnets a way out: a route to a NAT gateway, or VPC endpoints (ecr.api, ecr.dkr, a gateway endpoint for S3, and logs, secretsmanager or ssm where used). In a subnet with nothing but an internet gateway set assign-public-ip: true. Security groups must let port 443 out of the task, and into the endpoints from the task.";
const EXECUTION_ROLE = "the task execution role (executionRoleArn of the task definition)";
/**
* Why a task stopped, by what `stoppedReason` or a container's `reason` says. The wordings were read in AWS's
* documentation, in the ECS agent's source and in reports of real tasks; Fargate 1.4 cuts long ones off, so there is a
* row for the beginning of each kind too.
*/
const STOP_REASONS = [
	{
		id: "ecr-login-unreachable",
		topic: "Registry login and secrets",
		patterns: [
			"registry auth from Amazon ECR … connection issue",
			"registry auth … GetAuthorizationToken … timeout",
			"registry auth … GetAuthorizationToken … deadline exceeded",
			"unable to retrieve ecr registry auth … timeout",
			"unable to retrieve ecr registry auth … deadline exceeded",
			"registry auth … api.ecr. … i/o timeout"
		],
		cause: "The task could not reach Amazon ECR to log in: its network has no working way to the ECR API.",
		remedy: WAY_OUT,
		source: CONNECTIVITY
	},
	{
		id: "ecr-login-denied",
		topic: "Registry login and secrets",
		patterns: [
			"not authorized to perform: ecr:GetAuthorizationToken",
			"registry auth from Amazon ECR … AccessDenied",
			"unable to retrieve ecr registry auth … AccessDenied"
		],
		cause: "The task execution role may not log in to Amazon ECR.",
		remedy: `Attach the managed policy AmazonECSTaskExecutionRolePolicy, or allow ecr:GetAuthorizationToken, on ${EXECUTION_ROLE}.`,
		source: `${GUIDE}/task_execution_IAM_role.html`
	},
	{
		id: "ecr-login",
		general: true,
		topic: "Registry login and secrets",
		patterns: [
			"secrets or registry auth … pull registry auth from Amazon ECR",
			"secrets or registry auth … unable to retrieve ecr registry auth",
			"pull registry auth from Amazon ECR",
			"unable to retrieve ecr registry auth"
		],
		cause: "The task could not log in to Amazon ECR, and AWS does not say whether the network or a permission is at fault.",
		remedy: `Check that the task's subnets have a way to ECR (a NAT gateway, or the endpoint ecr.api) and that ${EXECUTION_ROLE} allows ecr:GetAuthorizationToken.`,
		source: RESOURCES
	},
	{
		id: "registry-or-secrets-no-answer",
		general: true,
		topic: "Registry login and secrets",
		patterns: [
			"unable to pull secrets or registry auth: pull command failed",
			"registry auth … signal: killed",
			"registry auth … deadline exceeded",
			"registry auth … i/o timeout"
		],
		cause: "The task got no answer from Amazon ECR, Secrets Manager or Systems Manager: most often its network has no way out.",
		remedy: WAY_OUT,
		source: CONNECTIVITY
	},
	{
		id: "registry-or-secrets",
		general: true,
		topic: "Registry login and secrets",
		patterns: ["unable to pull secrets or registry auth"],
		cause: "Before the container could start, the task failed to fetch its secrets or to log in to the registry.",
		remedy: `Check the way out of the task's subnets, that each secret of the definition exists in this Region, and that ${EXECUTION_ROLE} may read it.`,
		source: RESOURCES
	},
	{
		id: "parameter-store-unreachable",
		topic: "Registry login and secrets",
		patterns: [
			"retrieve secrets from ssm … connection issue",
			"secrets from AWS Systems Manager … connection issue",
			"secrets from AWS Systems Manager … check your network",
			"retrieve secrets from ssm … deadline exceeded",
			"retrieve secrets from ssm … i/o timeout",
			"retrieve secrets from ssm … RequestCanceled"
		],
		cause: "The task could not reach Systems Manager Parameter Store to read its secrets.",
		remedy: "Give the task's subnets a way to Systems Manager: a NAT gateway, or the VPC endpoint ssm with private DNS whose security group lets the task in on port 443.",
		source: CONNECTIVITY
	},
	{
		id: "parameter-missing",
		topic: "Registry login and secrets",
		patterns: ["invalid ssm parameters", "retrieve secrets from ssm … ParameterNotFound"],
		cause: "A parameter that the task definition names in `secrets` is not in Parameter Store of this Region.",
		remedy: "Create the parameter under exactly that name in this Region, or correct `valueFrom` in the task definition.",
		source: `${GUIDE}/secrets-envvar-ssm-paramstore.html`
	},
	{
		id: "parameter-denied",
		topic: "Registry login and secrets",
		patterns: ["not authorized to perform: ssm:GetParameters", "retrieve secrets from ssm … AccessDenied"],
		cause: "The task execution role may not read a parameter that the task definition names in `secrets`.",
		remedy: `Allow ssm:GetParameters on that parameter (and kms:Decrypt on its own key, if it has one) in ${EXECUTION_ROLE}.`,
		source: `${GUIDE}/task_execution_IAM_role.html#task-execution-secrets`
	},
	{
		id: "parameter-store",
		general: true,
		topic: "Registry login and secrets",
		patterns: [
			"registry auth … unable to retrieve secrets from ssm",
			"unable to retrieve secrets from ssm",
			"pull secrets from AWS Systems Manager"
		],
		cause: "The task could not read its secrets from Systems Manager Parameter Store.",
		remedy: `Check the way out of the task's subnets (NAT gateway, or the endpoint ssm), that the parameters exist in this Region, and that ${EXECUTION_ROLE} allows ssm:GetParameters.`,
		source: RESOURCES
	},
	{
		id: "secrets-manager-unreachable",
		topic: "Registry login and secrets",
		patterns: [
			"connection issue between the task and AWS Secrets Manager",
			"connection issue between the task and Secrets Manager",
			"retrieve secret from asm … connection issue",
			"retrieve secret from asm … deadline exceeded",
			"retrieve secret from asm … i/o timeout",
			"retrieve secret from asm … RequestCanceled"
		],
		cause: "The task could not reach AWS Secrets Manager to read its secrets.",
		remedy: "Give the task's subnets a way to Secrets Manager: a NAT gateway, or the VPC endpoint secretsmanager with private DNS whose security group lets the task in on port 443.",
		source: CONNECTIVITY
	},
	{
		id: "secret-missing",
		topic: "Registry login and secrets",
		patterns: [
			"can't retrieve the secret with ARN",
			"Secrets Manager can't find the specified secret",
			"retrieve secret from asm … ResourceNotFoundException"
		],
		cause: "A secret that the task definition names does not exist in Secrets Manager of this Region.",
		remedy: "Compare `valueFrom` in the task definition with the ARN of the secret (its six last characters and the Region included), and create the secret if it is gone.",
		source: MISSING
	},
	{
		id: "secret-without-value",
		topic: "Registry login and secrets",
		patterns: ["can't find the specified secret value for staging label", "can't find the specified secret value"],
		cause: "The secret exists, but it holds no value in the version that the task definition asks for.",
		remedy: "Put a value into the secret, or ask for a version that exists.",
		source: MISSING
	},
	{
		id: "secret-denied",
		topic: "Registry login and secrets",
		patterns: ["not authorized to perform: secretsmanager:GetSecretValue", "retrieve secret from asm … AccessDenied"],
		cause: "The task execution role may not read a secret that the task definition names.",
		remedy: `Allow secretsmanager:GetSecretValue on that secret (and kms:Decrypt on its own key, if it has one) in ${EXECUTION_ROLE}; the task role does not count here.`,
		source: `${GUIDE}/task_execution_IAM_role.html#task-execution-secrets`
	},
	{
		id: "secret-without-key",
		topic: "Registry login and secrets",
		patterns: ["did not contain json key"],
		cause: "The secret was read, but it has no such JSON key as the task definition asks for.",
		remedy: "Add the key to the secret, or correct the key in `valueFrom` of the task definition (arn:key:stage:version).",
		source: `${GUIDE}/secrets-envvar-secrets-manager.html`
	},
	{
		id: "secret-not-json",
		topic: "Registry login and secrets",
		patterns: ["retrieve secret from asm … invalid character"],
		cause: "The task definition asks for a JSON key of a secret whose value is not JSON.",
		remedy: "Store the secret as a JSON object, or leave the key out of `valueFrom` to take the whole value.",
		source: `${GUIDE}/secrets-envvar-secrets-manager.html`
	},
	{
		id: "secret-key-denied",
		topic: "Registry login and secrets",
		patterns: [
			"not authorized to perform: kms:Decrypt",
			"retrieve secret from asm … AccessDenied … KMS",
			"Access to KMS is not allowed"
		],
		cause: "A secret is encrypted with a KMS key that the task execution role may not use.",
		remedy: `Allow kms:Decrypt on that key in ${EXECUTION_ROLE}, and in the policy of the key if it belongs to another account.`,
		source: `${GUIDE}/task_execution_IAM_role.html#task-execution-secrets`
	},
	{
		id: "secrets-manager",
		general: true,
		topic: "Registry login and secrets",
		patterns: [
			"registry auth … unable to retrieve secret from asm",
			"unable to retrieve secret from asm",
			"can't pull the secret from Secrets Manager"
		],
		cause: "The task could not read a secret from AWS Secrets Manager.",
		remedy: `Check the way out of the task's subnets (NAT gateway, or the endpoint secretsmanager), that the secret exists in this Region, and that ${EXECUTION_ROLE} allows secretsmanager:GetSecretValue.`,
		source: RESOURCES
	},
	{
		id: "log-group-missing",
		topic: "Log",
		patterns: ["The specified log group does not exist", "failed to validate logger args … ResourceNotFoundException"],
		cause: "The log group of the task definition does not exist, and ECS starts no container without its log.",
		remedy: `Create the log group in the Region of awslogs-region, or set awslogs-create-group: "true" and allow logs:CreateLogGroup in ${EXECUTION_ROLE}.`,
		source: `${GUIDE}/using_awslogs.html`
	},
	{
		id: "logs-unreachable",
		topic: "Log",
		patterns: [
			"connection issue between the task and Amazon CloudWatch",
			"failed to validate logger args … signal: killed",
			"failed to validate logger args … deadline exceeded",
			"failed to validate logger args … i/o timeout"
		],
		cause: "The task could not reach Amazon CloudWatch Logs, and ECS starts no container without its log.",
		remedy: "Give the task's subnets a way to CloudWatch Logs: a NAT gateway, or the VPC endpoint logs with private DNS whose security group lets the task in on port 443.",
		source: CONNECTIVITY
	},
	{
		id: "logs-denied",
		topic: "Log",
		patterns: [
			"not authorized to perform: logs:CreateLogStream",
			"not authorized to perform: logs:CreateLogGroup",
			"not authorized to perform: logs:PutLogEvents",
			"failed to validate logger args … AccessDenied"
		],
		cause: "The task execution role may not create the log stream or the log group.",
		remedy: `Allow logs:CreateLogStream and logs:PutLogEvents (and logs:CreateLogGroup with awslogs-create-group; the managed policy has it not) in ${EXECUTION_ROLE}.`,
		source: `${GUIDE}/using_awslogs.html`
	},
	{
		id: "log-options",
		topic: "Log",
		patterns: ["unable to get awslogs driver arguments", "awslogs-region is required"],
		cause: "The log configuration of the task definition lacks an option.",
		remedy: "Set awslogs-group, awslogs-region and awslogs-stream-prefix in the container of the task definition.",
		source: `${GUIDE}/using_awslogs.html`
	},
	{
		id: "log-driver",
		general: true,
		topic: "Log",
		patterns: [
			"failed to validate logger args",
			"failed to initialize logging driver",
			"failed to create Cloudwatch log",
			"can't find the Amazon CloudWatch log group"
		],
		cause: "The log of the container could not be set up, and ECS starts no container without it.",
		remedy: `Check that the log group exists in the Region of awslogs-region, that the task's subnets have a way to CloudWatch Logs, and that ${EXECUTION_ROLE} allows logs:CreateLogStream.`,
		source: RESOURCES
	},
	{
		id: "efs-unreachable",
		topic: "Volumes and files",
		patterns: [
			"failed to invoke EFS utils … timed out",
			"failed to invoke EFS utils … timeout",
			"failed to invoke EFS utils … Connection reset"
		],
		cause: "The task could not reach the EFS file system of one of its volumes.",
		remedy: "Give the file system a mount target in the Availability Zone of each of the task's subnets, and let its security group accept port 2049 from the task's.",
		source: RESOURCES
	},
	{
		id: "efs-name",
		topic: "Volumes and files",
		patterns: ["failed to invoke EFS utils … Failed to resolve"],
		cause: "The name of the EFS file system could not be resolved in the VPC.",
		remedy: "Check the file system id and its mount targets, and turn on DNS resolution and DNS hostnames of the VPC.",
		source: RESOURCES
	},
	{
		id: "efs-denied",
		topic: "Volumes and files",
		patterns: ["failed to invoke EFS utils … access denied by server", "failed to invoke EFS utils … AccessDenied"],
		cause: "The EFS file system refused the mount.",
		remedy: "Allow elasticfilesystem:ClientMount (and ClientWrite) to the task role in its policy and in the policy of the file system; check the access point.",
		source: RESOURCES
	},
	{
		id: "efs-path",
		topic: "Volumes and files",
		patterns: ["failed to invoke EFS utils … No such file or directory"],
		cause: "The folder that the volume names as its root does not exist on the EFS file system.",
		remedy: "Create the folder, or correct rootDirectory of the volume in the task definition.",
		source: RESOURCES
	},
	{
		id: "efs",
		general: true,
		topic: "Volumes and files",
		patterns: ["failed to invoke EFS utils", "ResourceInitializationError … failed to invoke EFS utils"],
		cause: "An EFS volume of the task could not be mounted.",
		remedy: "Check the mount targets in the task's Availability Zones, port 2049 between the security groups, and the file system id.",
		source: RESOURCES
	},
	{
		id: "environment-file-denied",
		topic: "Volumes and files",
		patterns: ["failed to download env files … Forbidden", "failed to download env files … AccessDenied"],
		cause: "The task execution role may not read an environment file of the task definition from S3.",
		remedy: `Allow s3:GetObject on the file and s3:GetBucketLocation on its bucket in ${EXECUTION_ROLE}.`,
		source: `${GUIDE}/use-environment-file.html`
	},
	{
		id: "environment-file",
		general: true,
		topic: "Volumes and files",
		patterns: ["failed to download env files"],
		cause: "An environment file of the task definition could not be read from S3.",
		remedy: `Check that the file exists, that the task's subnets have a way to S3, and that ${EXECUTION_ROLE} allows s3:GetObject.`,
		source: `${GUIDE}/use-environment-file.html`
	},
	{
		id: "volume",
		topic: "Volumes and files",
		patterns: ["CannotCreateVolumeError"],
		cause: "A volume of the task definition could not be created.",
		remedy: "Check the volumes and mount points of the task definition; a migration seldom needs any.",
		source: `${GUIDE}/cannot-create-volume.html`
	},
	{
		id: "image-denied",
		topic: "Image",
		patterns: [
			"can't pull the image. Check that the role has the permissions",
			"not authorized to perform: ecr:BatchGetImage",
			"not authorized to perform: ecr:GetDownloadUrlForLayer",
			"CannotPullContainer … pull access denied",
			"CannotPullContainer … 403 Forbidden",
			"CannotPullContainer … 401 Unauthorized",
			"CannotPullContainer … insufficient_scope",
			"CannotPullContainer … failed to authorize"
		],
		cause: "The registry did not let the task pull the image: a permission is missing, or there is no such repository.",
		remedy: `Check that the image exists under exactly that name; for ECR attach AmazonECSTaskExecutionRolePolicy to ${EXECUTION_ROLE} (and let the repository's policy admit another account); for another private registry set repositoryCredentials in the task definition.`,
		source: PULL
	},
	{
		id: "image-unreachable",
		topic: "Image",
		patterns: [
			"can't pull … connection issue",
			"can't pull the image. Check your network configuration",
			"CannotPullContainer … i/o timeout",
			"CannotPullContainer … deadline exceeded",
			"CannotPullContainer … request canceled while waiting for connection",
			"CannotPullContainer … Client.Timeout exceeded",
			"CannotPullContainer … connection refused"
		],
		cause: "The task could not reach the registry to pull the image.",
		remedy: WAY_OUT,
		source: CONNECTIVITY
	},
	{
		id: "image-layers-unreachable",
		topic: "Image",
		patterns: [
			"CannotPullContainer … starport-layer-bucket … timeout",
			"CannotPullContainer … failed to copy … .s3. … timeout",
			"pull command failed: panic"
		],
		cause: "The task reached Amazon ECR, but not Amazon S3, where ECR keeps the layers of the image.",
		remedy: "Add a gateway endpoint for S3 to the route tables of the task's subnets (or a NAT gateway), and let the security group out on port 443 to the prefix list of S3.",
		source: CONNECTIVITY
	},
	{
		id: "image-layers-refused",
		topic: "Image",
		patterns: ["httpReadSeeker: failed open: unexpected status code", "httpReaderSeeker: failed open: unexpected status code"],
		cause: "Amazon S3, where ECR keeps the layers of the image, refused to hand one out.",
		remedy: "Let the policy of the S3 endpoint allow s3:GetObject on arn:aws:s3:::prod-REGION-starport-layer-bucket/*, and the policy of the ecr.dkr endpoint the pull.",
		source: PULL
	},
	{
		id: "image-missing",
		topic: "Image",
		patterns: [
			"CannotPullContainer … failed to resolve ref … not found",
			"CannotPullContainer … repository … not found",
			"CannotPullContainer … manifest unknown",
			"CannotPullContainer … manifest for … not found",
			"CannotPullContainer … does not exist"
		],
		cause: "The registry has no such image: the tag or digest, or the repository, is not there.",
		remedy: "Check image-uri letter by letter (account, Region, repository, tag), that the build pushed it, and that no lifecycle policy has removed it.",
		source: PULL
	},
	{
		id: "image-not-resolved",
		general: true,
		topic: "Image",
		patterns: ["failed to resolve ref", "pull image manifest has been retried"],
		cause: "The task could not find out what image the name stands for: the tag is gone, or the registry did not answer.",
		remedy: "Check that the image exists under exactly that name, and that the task's subnets have a way to its registry.",
		source: PULL
	},
	{
		id: "image-architecture",
		topic: "Image",
		patterns: ["does not contain descriptor matching platform", "no matching manifest for"],
		cause: "The image was not built for the processor of the task.",
		remedy: "Build it for that platform (`docker buildx build --platform linux/amd64`, or `linux/arm64` for ARM64), or set runtimePlatform.cpuArchitecture of the task definition to the image’s.",
		source: `${GUIDE}/task_definition_parameters.html#runtime-platform`
	},
	{
		id: "image-rate-limit",
		topic: "Image",
		patterns: [
			"toomanyrequests",
			"reached your pull rate limit",
			"CannotPullContainer … 429 Too Many Requests"
		],
		cause: "The registry (most often Docker Hub) allows no more pulls for now.",
		remedy: "Keep the image in Amazon ECR (a pull-through cache will do), or log in with repositoryCredentials.",
		source: PULL
	},
	{
		id: "image-too-large",
		topic: "Image",
		patterns: ["no space left on device"],
		cause: "The image does not fit on the disk of the task.",
		remedy: "Set ephemeralStorage in the task definition (21 to 200 GiB), or make the image smaller.",
		source: PULL
	},
	{
		id: "image-registry-name",
		topic: "Image",
		patterns: ["CannotPullContainer … no such host"],
		cause: "The name of the registry could not be resolved.",
		remedy: "Check the host in image-uri, and turn on DNS resolution (enableDnsSupport) of the VPC.",
		source: CONNECTIVITY
	},
	{
		id: "image-certificate",
		topic: "Image",
		patterns: ["CannotPullContainer … x509"],
		cause: "The registry showed a certificate that AWS does not trust.",
		remedy: "Give the registry a certificate of a public authority, or keep the image in Amazon ECR.",
		source: PULL
	},
	{
		id: "image-pull-cancelled",
		topic: "Image",
		patterns: ["CannotPullContainer … context canceled"],
		cause: "Pulling the image was given up, most often because the task has no way to the registry.",
		remedy: WAY_OUT,
		source: PULL
	},
	{
		id: "image-configuration",
		topic: "Image",
		patterns: ["error pulling image conf"],
		cause: "The configuration of the image could not be fetched: a rate limit, or a fault of the network.",
		remedy: "Check the way from the task's subnets to the registry and to S3, and the registry's limits.",
		source: PULL
	},
	{
		id: "image-pull",
		general: true,
		topic: "Image",
		patterns: [
			"CannotPullContainerError",
			"CannotPullContainer",
			"CannotPullImageManifestError"
		],
		cause: "The image could not be pulled.",
		remedy: `Check that the image exists under exactly that name, that the task's subnets have a way to its registry, and that ${EXECUTION_ROLE} may pull it.`,
		source: PULL
	},
	{
		id: "interface-timeout",
		topic: "Network interface and capacity",
		patterns: ["Timeout waiting for network interface provisioning", "timeout wait for network interface provision"],
		cause: "AWS did not get the task's network interface ready in time.",
		remedy: "Run it again; if it keeps on happening, try other subnets and look at the AWS Health Dashboard.",
		source: START,
		transient: true
	},
	{
		id: "interface-rate",
		topic: "Network interface and capacity",
		patterns: ["Rate limit exceeded while preparing network interface"],
		cause: "The account asked for too many network interfaces at once.",
		remedy: "Run it again, and lower max-parallel if this run starts many tasks at once.",
		source: `${GUIDE}/throttling.html`,
		transient: true
	},
	{
		id: "storage-timeout",
		topic: "Network interface and capacity",
		patterns: ["Timeout waiting for EphemeralStorage provisioning"],
		cause: "AWS did not get the disk of the task ready in time.",
		remedy: "Run it again; if it keeps on happening, try other subnets and look at the AWS Health Dashboard.",
		source: START,
		transient: true
	},
	{
		id: "subnet-full",
		topic: "Network interface and capacity",
		patterns: [
			"InsufficientFreeAddressesInSubnet",
			"Unexpected EC2 error while attempting to Create Network Interface with public IP",
			"not have enough free addresses"
		],
		cause: "The subnet has no free address left for the network interface of the task.",
		remedy: "Name a subnet with free addresses in `subnets`, or free some in this one.",
		source: START
	},
	{
		id: "interface-refused",
		general: true,
		topic: "Network interface and capacity",
		patterns: ["Unexpected EC2 error while attempting to Create Network Interface", "NetworkInterfaceLimitExceeded"],
		cause: "Amazon EC2 refused to create the network interface of the task.",
		remedy: "Check that the subnet has free addresses, that the security groups exist in its VPC, and the quota \"Network interfaces per Region\".",
		source: START
	},
	{
		id: "compute-incompatible",
		topic: "Network interface and capacity",
		patterns: ["not compatible with the selected compute strategy"],
		cause: "The task definition does not fit Fargate.",
		remedy: "Give it networkMode awsvpc, requiresCompatibilities FARGATE, and a cpu and memory that Fargate offers.",
		source: START
	},
	{
		id: "capacity",
		topic: "Network interface and capacity",
		patterns: ["Capacity is unavailable at this time"],
		cause: "AWS has no Fargate capacity of this size in these Availability Zones for now.",
		remedy: "Run it again in a while, and name subnets of several Availability Zones.",
		source: "https://repost.aws/knowledge-center/ecs-fargate-runtask-capacity",
		transient: true
	},
	{
		id: "placement-constraint",
		topic: "Network interface and capacity",
		patterns: ["MemberOf placement constraint unsatisfied"],
		cause: "Nothing in the cluster meets a placement constraint of the task definition.",
		remedy: "Take placementConstraints out of the task definition that migrations use: Fargate supports none.",
		source: FAILURES
	},
	{
		id: "internal-error",
		topic: "Network interface and capacity",
		patterns: ["InternalError:"],
		cause: "ECS failed inside while it set the task up; most often the network interface came too late.",
		remedy: "Run it again; if it keeps on happening, open a case with AWS Support and name the task.",
		source: START,
		transient: true
	},
	{
		id: "out-of-memory",
		topic: "Stopped while it ran",
		patterns: [
			"OutOfMemoryError",
			"OutOfMemoryError: Container killed due to memory usage",
			"killed due to memory usage"
		],
		cause: "The container used more memory than it was given and was killed.",
		remedy: "Raise memory of the task definition (and of the container, if it sets its own), or let the migration work in smaller batches. All containers of a Fargate task share its memory.",
		source: `${GUIDE}/out-of-memory.html`
	},
	{
		id: "spot-interruption",
		topic: "Stopped while it ran",
		patterns: ["SpotInterruption", "Your Spot Task was interrupted"],
		cause: "Fargate Spot took its capacity back in the middle of the task.",
		remedy: "Run migrations on demand, never on Spot: this action asks for launch type FARGATE.",
		source: `${GUIDE}/spot-interruption-errors.html`
	},
	{
		id: "host-maintenance",
		topic: "Stopped while it ran",
		patterns: ["performing maintenance on the underlying infrastructure", "task retirement"],
		cause: "AWS retired the host of the task while it ran.",
		remedy: "Find out from the log and the database how far the migration came, then run it again.",
		source: `${GUIDE}/task-maintenance.html`
	},
	{
		id: "health-check-failed",
		topic: "Stopped while it ran",
		patterns: ["failed container health checks"],
		cause: "ECS stopped the task because the health check of a container failed.",
		remedy: "Take the healthCheck out of the container in the task definition that migrations use, or let it pass while a migration runs.",
		source: `${GUIDE}/healthcheck.html`
	},
	{
		id: "scaled-in",
		topic: "Stopped while it ran",
		patterns: ["Scaling activity initiated by"],
		cause: "A service scaled in and stopped the task.",
		remedy: "Run migrations as tasks of their own, as this action does, not as tasks of a service.",
		source: `${GUIDE}/stopped-task-errors.html`
	},
	{
		id: "instance-gone",
		topic: "Stopped while it ran",
		patterns: ["Host EC2 (instance … terminated", "Container instance deregistration forced by user"],
		cause: "The machine under the task was stopped or taken out of the cluster.",
		remedy: "Find out from the log and the database how far the migration came, then run it again on Fargate.",
		source: `${GUIDE}/stopped-task-errors.html`
	},
	{
		id: "stopped-by-user",
		topic: "Stopped while it ran",
		patterns: ["Task stopped by user", "stopped by user"],
		cause: "Somebody, or another program, stopped the task.",
		remedy: "AWS CloudTrail tells who called StopTask. Find out how far the migration came before you run it again.",
		source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html"
	},
	{
		id: "essential-container-exited",
		general: true,
		topic: "Stopped while it ran",
		patterns: ["Essential container in task"],
		cause: "A container that is essential ended, and the task with it.",
		remedy: "The exit code and the log of that container tell why.",
		source: `${GUIDE}/stopped-task-errors.html`
	},
	{
		id: "runtime-timeout",
		topic: "Container start",
		patterns: [
			"Could not transition to running; timed out",
			"Could not transition to … timed out",
			"ContainerRuntimeTimeoutError",
			"DockerTimeoutError"
		],
		cause: "The container did not come up, or did not go down, in the time that ECS allows.",
		remedy: "Run it again; if it keeps on happening, give the task more cpu and look at what the entry point does first.",
		source: `${GUIDE}/container-runtime-timeout-error.html`
	},
	{
		id: "command-not-found",
		topic: "Container start",
		patterns: [
			"executable file not found",
			"CannotStartContainer … no such file or directory",
			"OCI runtime create failed … no such file or directory"
		],
		cause: "The image does not contain the program that the container is to run.",
		remedy: "Check `command`, and the entryPoint and command of the task definition, against the image; remember that a script's first line (#!) must name a program of the image too.",
		source: CANNOT_START
	},
	{
		id: "command-wrong-architecture",
		topic: "Container start",
		patterns: ["exec format error"],
		cause: "The program in the image was built for another processor, or is a script without a first line (#!).",
		remedy: "Build the image for the platform of the task (`docker buildx build --platform linux/amd64`, or `linux/arm64` for ARM64), or set runtimePlatform.cpuArchitecture.",
		source: CANNOT_START
	},
	{
		id: "command-not-executable",
		topic: "Container start",
		patterns: ["CannotStartContainer … permission denied", "OCI runtime create failed … permission denied"],
		cause: "The program that the container is to run is not executable, or not for the user of the container.",
		remedy: "Set its permission in the image (chmod +x), and check `user` of the task definition.",
		source: CANNOT_START
	},
	{
		id: "user-missing",
		topic: "Container start",
		patterns: ["unable to find user", "no matching entries in passwd file"],
		cause: "The image has no such user as the container is to run as.",
		remedy: "Correct `user` of the task definition, or create the user in the image.",
		source: CANNOT_START
	},
	{
		id: "resource-limits",
		topic: "Container start",
		patterns: ["error setting rlimit", "CannotStartContainer … ulimit"],
		cause: "The task definition asks for a limit (ulimits) that Fargate does not grant.",
		remedy: "Lower ulimits in the task definition; for nofile 1048576 is the most.",
		source: CANNOT_START
	},
	{
		id: "container-status",
		topic: "Container start",
		patterns: ["failed to get container status"],
		cause: "The container could not be started; most often it wants more memory than it is given.",
		remedy: "Raise memory of the container and of the task in the task definition.",
		source: CANNOT_START
	},
	{
		id: "container-start",
		general: true,
		topic: "Container start",
		patterns: [
			"CannotStartContainerError",
			"CannotCreateContainerError",
			"OCI runtime create failed"
		],
		cause: "The container could not be started.",
		remedy: "Check `command`, and the entryPoint, user, mount points and memory of the task definition, against the image.",
		source: CANNOT_START
	},
	{
		id: "container-stop",
		topic: "Container start",
		patterns: ["CannotStopContainerError"],
		cause: "ECS could not stop the container.",
		remedy: "Find out from the log and the database how far the migration came before you run it again.",
		source: CODES
	},
	{
		id: "container-inspect",
		topic: "Container start",
		patterns: ["CannotInspectContainerError"],
		cause: "ECS could not find out about the container from its runtime.",
		remedy: "Run it again; if it keeps on happening, open a case with AWS Support and name the task.",
		source: CODES
	},
	{
		id: "container-runtime",
		general: true,
		topic: "Container start",
		patterns: ["ContainerRuntimeError"],
		cause: "The container runtime of AWS failed inside.",
		remedy: "Run it again; if it keeps on happening, open a case with AWS Support and name the task.",
		source: `${GUIDE}/container-runtime-error.html`
	},
	{
		id: "resource-initialization",
		general: true,
		topic: "Container start",
		patterns: ["ResourceInitializationError"],
		cause: "ECS could not set up something that the task needs before its containers start.",
		remedy: WAY_OUT,
		source: RESOURCES
	}
];
/**
* Why RunTask started nothing, where it says so in capitals only. Those about instances come with Fargate only where the
* definition or the cluster was made for instances.
*/
const LAUNCH_FAILURES = [
	{
		id: "no-resource",
		topic: "Network interface and capacity",
		patterns: ["RESOURCE:"],
		cause: "The cluster has nothing left of a resource that the task asks for.",
		remedy: "Ask for less in the task definition, or run it again later; on Fargate name several subnets.",
		source: FAILURES
	},
	{
		id: "no-fargate-capacity",
		topic: "Network interface and capacity",
		patterns: ["RESOURCE:FARGATE"],
		cause: "AWS has no Fargate capacity of this size in these Availability Zones for now.",
		remedy: "Run it again in a while, and name subnets of several Availability Zones.",
		source: "https://repost.aws/knowledge-center/ecs-fargate-runtask-capacity",
		transient: true
	},
	{
		id: "no-cpu",
		topic: "Network interface and capacity",
		patterns: ["RESOURCE:CPU"],
		cause: "No instance of the cluster has as many CPU units free as the task asks for.",
		remedy: "Lower cpu in the task definition, or check that it is meant for Fargate.",
		source: FAILURES
	},
	{
		id: "no-memory",
		topic: "Network interface and capacity",
		patterns: ["RESOURCE:MEMORY"],
		cause: "No instance of the cluster has as much memory free as the task asks for.",
		remedy: "Lower memory in the task definition, or check that it is meant for Fargate.",
		source: FAILURES
	},
	{
		id: "no-interface",
		topic: "Network interface and capacity",
		patterns: ["RESOURCE:ENI"],
		cause: "No instance of the cluster can take another network interface.",
		remedy: "Check that the definition is meant for Fargate, where each task has an interface of its own.",
		source: FAILURES
	},
	{
		id: "no-gpu",
		topic: "Network interface and capacity",
		patterns: ["RESOURCE:GPU"],
		cause: "The task asks for a GPU, and none is free; Fargate has none at all.",
		remedy: "Take resourceRequirements out of the task definition that migrations use.",
		source: FAILURES
	},
	{
		id: "no-port",
		topic: "Network interface and capacity",
		patterns: ["RESOURCE:PORTS"],
		cause: "A host port that the task asks for is taken on every instance.",
		remedy: "Take hostPort out of the task definition that migrations use.",
		source: FAILURES
	},
	{
		id: "agent-disconnected",
		topic: "Network interface and capacity",
		patterns: ["AGENT"],
		cause: "The ECS agent of the instance chosen for the task is not connected.",
		remedy: "Check that the definition is meant for Fargate; else look after the agent of that instance.",
		source: FAILURES
	},
	{
		id: "other-zone",
		topic: "Network interface and capacity",
		patterns: ["LOCATION"],
		cause: "The instance chosen for the task is in another Availability Zone than the subnets.",
		remedy: "Name subnets of the zones in which the cluster has instances, or use Fargate.",
		source: FAILURES
	},
	{
		id: "attribute-missing",
		topic: "Network interface and capacity",
		patterns: ["ATTRIBUTE"],
		cause: "The task definition asks for an attribute that no instance of the cluster has.",
		remedy: "Check requiresAttributes and the placement constraints of the task definition against Fargate.",
		source: FAILURES
	},
	{
		id: "no-instances",
		topic: "Network interface and capacity",
		patterns: ["NO ACTIVE INSTANCES", "EMPTY CAPACITY PROVIDER"],
		cause: "The capacity provider of the cluster has no instance.",
		remedy: "Check that the definition is meant for Fargate, which needs no instance.",
		source: FAILURES
	},
	{
		id: "not-there",
		topic: "Network interface and capacity",
		patterns: ["MISSING", "INACTIVE"],
		cause: "ECS does not find, or no longer uses, what the launch names.",
		remedy: "Check the cluster and the Region.",
		source: FAILURES
	}
];
const CAPITALS = /^(?:TaskFailedToStart:\s*)?([A-Z][A-Z :*]+)$/;
/** The row for a stop reason, a container's reason or the reason of a failure; undefined when none is known. */
function findStopReason(text) {
	const name = CAPITALS.exec(text.trim())?.[1];
	return name === void 0 ? mostSpecific(STOP_REASONS, text) : mostSpecific(LAUNCH_FAILURES, name);
}
/** The row for one of RunTask's failures, or undefined when neither its reason nor its detail is known. */
function findLaunchFailure({ reason = "", detail = "" }) {
	return findStopReason(reason) ?? findStopReason(detail);
}
/** What ECS says of a stopped task, the most telling first: its own reason, then those of its containers. */
function reasonsOf(task) {
	return [task.stoppedReason, ...(task.containers ?? []).map((container) => container.reason)].flatMap((reason) => reason === void 0 || reason.trim() === "" ? [] : [reason]);
}
/**
* May a start that failed be tried again? Only when ECS proves that no container of it ran (stop code
* TaskFailedToStart, never started, no exit code) and the cause is one of AWS's own that passes.
* That the log is empty is for the caller to see.
*/
function isTransientStartFailure(task) {
	const ran = task.startedAt !== void 0 || (task.containers ?? []).some(({ exitCode }) => exitCode !== void 0);
	const causes = reasonsOf(task).map(findStopReason);
	return task.stopCode === "TaskFailedToStart" && !ran && causes[0]?.transient === true;
}
/** The same for a RunTask that answered with failures and no task: every one of them must be such as passes. */
function isTransientLaunchFailure(refused) {
	return refused.length > 0 && refused.every((failure) => findLaunchFailure(failure)?.transient === true);
}
// src/github/log-files.ts
/** The full log of each database, in a folder of this run. The runner's masking does not reach files. */
var LogFiles = class {
	folder;
	paths = /* @__PURE__ */ new Map();
	broken = /* @__PURE__ */ new Set();
	constructor(folder) {
		this.folder = folder;
	}
	/** @returns why the file cannot be written, the first time: a full disk ends no migration */
	append(database, messages) {
		if (this.broken.has(database)) return void 0;
		try {
			(0,external_node_fs_.appendFileSync)(this.paths.get(database) ?? this.create(database), messages.map((message) => `${message}\n`).join(""));
			return;
		} catch (error) {
			this.broken.add(database);
			return error instanceof Error ? error.message : String(error);
		}
	}
	/** Undefined when nothing was written, or not all. */
	pathOf(database) {
		return this.broken.has(database) ? void 0 : this.paths.get(database);
	}
	/** A name can hold what no file name may; the number keeps two that look alike apart. */
	create(database) {
		(0,external_node_fs_.mkdirSync)(this.folder, { recursive: true });
		const name = database.replace(/[^\w.-]/g, "_").slice(0, 100);
		const path = (0,external_node_path_.join)(this.folder, `${this.paths.size + 1}-${name}.log`);
		this.paths.set(database, path);
		return path;
	}
};
// src/github/neutral-text.ts
/**
* Text that the runner must not obey. It reads `::command::` where a line begins after white space, and `##[command]`
* anywhere in a line, and ends lines at CR too (actions/runner: ActionCommand.cs, OutputManager.cs).
*/
/** Invisible, and white space to nobody: it parts what would be a command, and changes nothing a person sees. */
const ZERO_WIDTH_SPACE = "​";
/** Longer lines slow the runner badly (runner#1031), so they are wrapped, not cut. */
const LONGEST_LINE_BYTES = 4096;
/** Holds nothing that would be changed below: by far the most lines, and a quick look at each saves most of the work. */
function isHarmless(text) {
	return text.length <= LONGEST_LINE_BYTES / 3 && !/[\u0000-\u0008\u000a-\u001a\u001c-\u001f\u0085\u2028\u2029]|##\[|^[\s\ufeff]*::/.test(text);
}
/**
* @param text anything, line breaks of every kind included
* @returns lines that are only ever text, each at most 4 kB
*/
function neutralLines(text) {
	if (isHarmless(text)) return [text];
	return text.replace(/(\r\n|[\n\r\u0085\u2028\u2029])$/, "").split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/).flatMap(wrapped).map(neutral);
}
/** One line: breaks every command, shows control characters (but tab and escape, for colours) as pictures. */
function neutral(line) {
	return line.replace(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/g, (c) => String.fromCharCode(9216 + c.charCodeAt(0))).replaceAll("##[", `##${ZERO_WIDTH_SPACE}[`).replace(/^([\s\ufeff]*):(?=:)/, `$1:${ZERO_WIDTH_SPACE}`);
}
function wrapped(line) {
	if (line.length <= LONGEST_LINE_BYTES / 3 || Buffer.byteLength(line) <= LONGEST_LINE_BYTES) return [line];
	const pieces = [];
	let piece = "";
	let bytes = 0;
	for (const character of line) {
		const size = Buffer.byteLength(character);
		if (bytes + size > LONGEST_LINE_BYTES) {
			pieces.push(piece);
			piece = "";
			bytes = 0;
		}
		piece += character;
		bytes += size;
	}
	return [...pieces, piece];
}
// src/github/step-log.ts
/**
* What the step prints. Everything but our own commands is text that the runner does not obey: what looks like a
* command is broken, and from a container's first line on commands are switched off besides, with a token nobody can
* guess; for one of our own they are switched on again.
*/
var StepLog = class {
	/** Every warning in full, for the annotations at the end. */
	warnings = [];
	notices = [];
	write;
	files;
	redact;
	prefixed;
	commands;
	/**
	* @param options.write to standard output; standard error is read apart and could overtake it
	* @param options.redact takes passwords out of our own words
	* @param options.prefixed every line about a database begins with its name
	*/
	constructor(options) {
		this.write = options.write;
		this.files = options.files;
		this.redact = options.redact;
		this.prefixed = options.prefixed;
		this.commands = options.commands ?? new CommandSwitch(options.write);
	}
	/** Our own words about the run. */
	line(text) {
		this.print("", this.redact(text));
	}
	say(database, text) {
		this.print(this.prefix(database), this.redact(text));
	}
	warn(database, text) {
		this.warnings.push(this.prefix(database) + this.redact(text));
		this.print(this.prefix(database), `Warning: ${this.redact(text)}`);
	}
	notice(database, text) {
		this.notices.push(this.prefix(database) + this.redact(text));
		this.print(this.prefix(database), `Note: ${this.redact(text)}`);
	}
	container(database, messages) {
		const trouble = this.files.append(database, messages);
		if (trouble !== void 0) this.warn(database, `There will be no log file, for it cannot be written: ${trouble}`);
		this.commands.off();
		this.print(this.prefix(database), ...messages);
	}
	logFile(database) {
		return this.files.pathOf(database);
	}
	group(title, lines) {
		this.command("group", this.redact(title));
		this.print("", ...lines.map(this.redact));
		this.command("endgroup", "");
	}
	annotate(kind, message, title) {
		this.command(kind, this.redact(message), title === void 0 ? {} : { title: this.redact(title) });
	}
	/** From here on the runner shows `***` instead. */
	mask(secret) {
		this.command("add-mask", secret);
	}
	/** One of our own commands, encoded as the runner decodes it (ActionCommand.cs). */
	command(name, data, properties = {}) {
		this.commands.on();
		const list = Object.entries(properties).map(([key, value]) => `${key}=${encodedProperty(value)}`);
		this.write(`::${name}${list.length > 0 ? ` ${list.join(",")}` : ""}::${encoded(data)}\n`);
	}
	print(prefix, ...texts) {
		const lines = texts.flatMap((text) => neutralLines(text).map((line) => neutralLines(prefix + line).join("")));
		this.write(`${lines.join("\n")}\n`);
	}
	prefix(database) {
		return this.prefixed && database !== "" ? `[${database}] ` : "";
	}
};
function encoded(text) {
	return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}
function encodedProperty(text) {
	return encoded(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
// node_modules/shell-quote/quote.js
var require_quote = /* @__PURE__ */ (0,rolldown_runtime_D_DrNG78.t)(((exports, module) => {
	/** @import { ControlOperator } from './parse' */
	/** @type {ControlOperator['op'][]} */
	var OPS = [
		"||",
		"&&",
		";;&",
		";;",
		";&",
		"|&",
		"<(",
		">(",
		"<<<",
		"<<-",
		"<<",
		">>",
		">&",
		">|",
		"&>>",
		"&>",
		"<&",
		"<>",
		"&",
		";",
		"(",
		")",
		"|",
		"<",
		">"
	];
	var LINE_TERMINATORS = /[\n\r\u2028\u2029]/;
	var GLOB_SHELL_SPECIAL = /[\s#!"$&'():;<=>@\\^`|~]/g;
	/** @type {typeof import('./quote')} */
	module.exports = function quote(xs) {
		var sawComment = false;
		return xs.map(function(s) {
			if (sawComment && typeof s === "string" && LINE_TERMINATORS.test(s)) throw new TypeError("a token after a `comment` must not contain line terminators");
			if (s === "") return "''";
			if (s && typeof s === "object") {
				if ("op" in s && s.op === "glob") {
					if (typeof s.pattern !== "string") throw new TypeError("glob token requires a string `pattern`");
					if (LINE_TERMINATORS.test(s.pattern)) throw new TypeError("glob `pattern` must not contain line terminators");
					if (s.pattern === "") return "''";
					return s.pattern.replace(GLOB_SHELL_SPECIAL, "\\$&");
				}
				if ("op" in s && typeof s.op === "string") {
					if (OPS.indexOf(s.op) < 0) throw new TypeError("invalid `op` value: " + JSON.stringify(s.op));
					return s.op.replace(/[\s\S]/g, "\\$&");
				}
				if ("comment" in s && typeof s.comment === "string") {
					if (LINE_TERMINATORS.test(s.comment)) throw new TypeError("`comment` must not contain line terminators");
					sawComment = true;
					return "#" + s.comment;
				}
				throw new TypeError("unrecognized object token shape");
			}
			if (/'/.test(s) && /!/.test(s)) return "'" + s.replace(/'/g, "'\"'\"'") + "'";
			if (/["\s\\]/.test(s) && !/'/.test(s)) return "'" + s + "'";
			if (/["'\s]/.test(s)) return "\"" + s.replace(/(["\\$`])/g, "\\$1") + "\"";
			return String(s).replace(/([A-Za-z]:)?([#!"$&'()*,:;<=>?@[\\\]^`{|}~])/g, "$1\\$2");
		}).join(" ");
	};
}));
// node_modules/shell-quote/parse.js
var require_parse = /* @__PURE__ */ (0,rolldown_runtime_D_DrNG78.t)(((exports, module) => {
	/**
	* @import {
	* 	ControlOperator,
	* 	Env,
	* 	GlobPattern,
	* 	ParseEntry,
	* } from './parse' */
	var CONTROL = "(?:" + [
		"\\|\\|",
		"\\&(?:\\&|>>?)",
		";;\\&?",
		"[;|]\\&",
		"\\<\\(",
		"\\<\\<\\<",
		"\\<\\<-",
		"\\<\\<(?!\\()",
		">>",
		">[&|(]",
		"<[&>]",
		"[&;()|<>]"
	].join("|") + ")";
	var controlRE = new RegExp("^" + CONTROL + "$");
	var META = "|&;()<> \\t";
	var SINGLE_QUOTE = "'([^']*?)'";
	var ANSI_C_BODY = "(?:\\\\[\\s\\S]|[^\\\\'])*?";
	var ANSI_C_QUOTE = "\\$'" + ANSI_C_BODY + "'";
	var ansiCAt = new RegExp("\\$'" + ANSI_C_BODY + "(?:(')|\\\\?$)", "g");
	var ANSI_C_LETTERS = "abeEfnrtv";
	var ANSI_C_CHARS = "\x07\b\x1B\x1B\f\n\r	\v";
	var hash = /^#$/;
	var SQ = "'";
	var DQ = "\"";
	var DS = "$";
	var TOKEN = "";
	var mult = 4294967296;
	for (var i = 0; i < 4; i++) TOKEN += (mult * Math.random()).toString(16);
	var startsWithToken = new RegExp("^" + TOKEN);
	/**
	* @param {string} s
	* @param {RegExp} r
	*/
	function matchAll(s, r) {
		var origIndex = r.lastIndex;
		var matches = [];
		var matchObj;
		while (matchObj = r.exec(s)) {
			matches[matches.length] = matchObj;
			if (r.lastIndex === matchObj.index) r.lastIndex += 1;
		}
		r.lastIndex = origIndex;
		return matches;
	}
	/**
	* @param {Env} env
	* @param {string} pre
	* @param {string} key
	*/
	function getVar(env, pre, key) {
		var r = typeof env === "function" ? env(key) : env[key];
		if (typeof r === "undefined" && key != "") r = "";
		else if (typeof r === "undefined") r = "$";
		if (typeof r === "object") return pre + TOKEN + JSON.stringify(r) + TOKEN;
		return pre + r;
	}
	var ansiCEscape = /\\([0-7]{1,3}|x[\dA-Fa-f]{1,2}|u[\dA-Fa-f]{1,4}|U[\dA-Fa-f]{1,8}|c(?:\\\\|[\s\S])|[abeEfnrtv\\'"?])/g;
	/**
	* @param {string} m
	* @param {string} escape
	*/
	function expandAnsiCEscape(m, escape) {
		var kind = escape.charAt(0);
		if (kind === "c") {
			var ctrl = escape.charAt(1);
			return ctrl === "?" ? "" : String.fromCharCode(ctrl.charCodeAt(0) & 31);
		}
		if (kind === "x" || kind === "u" || kind === "U") {
			var cp = parseInt(escape.slice(1), 16);
			if (cp > 1114111) return m;
			return String.fromCharCode.apply(null, cp > 65535 ? [55232 + (cp >> 10), 56320 + (cp & 1023)] : [cp]);
		}
		if (kind >= "0" && kind <= "7") return String.fromCharCode(parseInt(escape, 8) & 255);
		var letter = ANSI_C_LETTERS.indexOf(escape);
		return letter < 0 ? escape : ANSI_C_CHARS.charAt(letter);
	}
	/** @param {string} body */
	function expandAnsiC(body) {
		return body.replace(ansiCEscape, expandAnsiCEscape).split("\0")[0];
	}
	/**
	* @param {string} s
	* @param {number} i
	*/
	function closesAnsiC(s, i) {
		ansiCAt.lastIndex = i;
		return !!ansiCAt.exec(s)[1];
	}
	/**
	* @param {string} string
	* @param {Env} [env]
	* @param {{ escape?: string, splitUnquoted?: boolean | string }} [opts]
	* @returns {ParseEntry[]}
	*/
	function parseInternal(string, env, opts) {
		if (!opts) opts = {};
		var BS = opts.escape || "\\";
		var ifs = opts.splitUnquoted === true ? " 	\n" : typeof opts.splitUnquoted === "string" ? opts.splitUnquoted : "";
		var BAREWORD = "(\\" + BS + "['\"$\\" + BS + META + "]|\\$\\$|\\$(?!" + ANSI_C_QUOTE.slice(2) + ")|[^\\s'\"$" + META + "])+";
		var DOUBLE_QUOTE = "\"(?:\\" + BS + "[\\s\\S]|[^\"\\" + BS + "])*\"";
		var matches = matchAll(string, new RegExp(["(" + CONTROL + ")", "(" + ANSI_C_QUOTE + "|" + BAREWORD + "|" + DOUBLE_QUOTE + "|" + SINGLE_QUOTE + ")+"].join("|"), "g"));
		if (matches.length === 0) return [];
		if (!env) env = {};
		var commented = false;
		return matches.map(function(match) {
			var s = match[0];
			if (!s || commented) return;
			if (controlRE.test(s)) return { op: s };
			/** @type {string | boolean} */
			var quote = false;
			var esc = false;
			var out = "";
			/** @type {string[]} */
			var words = [];
			var sawQuote = false;
			/** @type {number | null} */
			var pendingNw = null;
			var isGlob = false;
			/** @type {number} */
			var i;
			function parseEnvVar() {
				i += 1;
				/** @type {number | RegExpMatchArray | null} */
				var varend;
				/** @type {string} */
				var varname;
				var char = s.charAt(i);
				if (char === "{") {
					i += 1;
					if (s.charAt(i) === "}") throw new Error("Bad substitution: " + s.slice(i - 2, i + 1));
					var depth = 1;
					varend = i;
					while (depth > 0 && varend < s.length) {
						if (s.charAt(varend) === "{" && s.charAt(varend - 1) === "$") depth += 1;
						else if (s.charAt(varend) === "}") depth -= 1;
						varend += 1;
					}
					if (depth !== 0) throw new Error("Bad substitution: " + s.slice(i));
					varend -= 1;
					varname = s.slice(i, varend);
					i = varend;
				} else if (/[*@#?$!-]/.test(char)) varname = char;
				else {
					var slicedFromI = s.slice(i);
					varend = slicedFromI.match(/[^\w\d_]/);
					if (!varend) {
						varname = slicedFromI;
						i = s.length;
					} else {
						varname = slicedFromI.slice(0, varend.index);
						i += varend.index - 1;
					}
				}
				return getVar(env, "", varname);
			}
			function flushRun() {
				if (pendingNw === null) return;
				if (pendingNw === 0) {
					if (out !== "") {
						words[words.length] = out;
						out = "";
					}
				} else {
					words[words.length] = out;
					out = "";
					for (var fe = 1; fe < pendingNw; fe += 1) words[words.length] = "";
				}
				pendingNw = null;
			}
			for (i = 0; i < s.length; i++) {
				var c = s.charAt(i);
				if (ifs && c !== DS) flushRun();
				isGlob = isGlob || !quote && (c === "*" || c === "?");
				if (esc) {
					out += c;
					esc = false;
				} else if (quote) {
					if (c === quote) quote = false;
					else if (quote == SQ) out += c;
					else if (c === BS) {
						i += 1;
						c = s.charAt(i);
						if (c === DQ || c === BS || c === DS) out += c;
						else out += BS + c;
					} else if (c === DS) out += parseEnvVar();
					else out += c;
				} else if (c === DQ || c === SQ) {
					quote = c;
					sawQuote = true;
				} else if (controlRE.test(c)) return { op: s };
				else if (hash.test(c)) {
					commented = true;
					var commentObj = { comment: string.slice(match.index + i + 1) };
					if (out.length) return [out, commentObj];
					return [commentObj];
				} else if (c === BS) esc = true;
				else if (c === DS && s.charAt(i + 1) === SQ && closesAnsiC(s, i)) {
					flushRun();
					sawQuote = true;
					out += expandAnsiC(s.slice(i + 2, ansiCAt.lastIndex - 1));
					i = ansiCAt.lastIndex - 1;
				} else if (c === DS) {
					var value = parseEnvVar();
					if (!ifs) out += value;
					else for (var vi = 0; vi < value.length; vi += 1) {
						var vc = value.charAt(vi);
						if (ifs.indexOf(vc) < 0) {
							flushRun();
							out += vc;
						} else if (pendingNw === null) pendingNw = vc === " " || vc === "	" || vc === "\n" ? 0 : 1;
						else if (vc !== " " && vc !== "	" && vc !== "\n") pendingNw += 1;
					}
				} else out += c;
			}
			if (isGlob) return {
				op: "glob",
				pattern: out
			};
			if (ifs) {
				if (pendingNw !== null && pendingNw > 0) {
					words[words.length] = out;
					out = "";
					for (var te = 1; te < pendingNw; te += 1) words[words.length] = "";
				}
				if (out !== "" || sawQuote && words.length === 0) words[words.length] = out;
				return words;
			}
			return out;
		}).reduce(function(prev, arg) {
			if (typeof arg === "undefined") return prev;
			/** @type {ParseEntry[]} */ [].concat(arg).forEach(function(entry) {
				prev[prev.length] = entry;
			});
			return prev;
		}, []);
	}
	/** @type {typeof import('./parse')} */
	module.exports = function parse(s, env, opts) {
		var mapped = parseInternal(s, env, opts);
		if (typeof env !== "function") return mapped;
		return mapped.reduce(function(acc, s) {
			if (typeof s === "object") {
				acc[acc.length] = s;
				return acc;
			}
			var xs = s.split(RegExp("(" + TOKEN + ".*?" + TOKEN + ")", "g"));
			if (xs.length === 1) {
				acc[acc.length] = xs[0];
				return acc;
			}
			xs.filter(Boolean).forEach(function(x) {
				acc[acc.length] = startsWithToken.test(x) ? JSON.parse(x.split(TOKEN)[1]) : x;
			});
			return acc;
		}, []);
	};
}));
// src/command-line.ts
var import_shell_quote = (/* @__PURE__ */ (0,rolldown_runtime_D_DrNG78.t)(((exports) => {
	exports.quote = require_quote();
	exports.parse = require_parse();
})))();
/**
* The words of a command. ECS starts them without a shell, so what only a shell understands is refused, not passed on.
* @param text shell words, quotes respected, or a JSON array of strings
*/
function parseCommand(text) {
	if (text.startsWith("[")) return parseArray(text);
	return parseWords(withoutContinuations(text));
}
function parseWords(text) {
	const bare = withoutQuotedParts(text);
	if (/['"]/.test(bare)) return {
		given: "a quote that is not closed",
		accepted: "words with every quote closed"
	};
	if (bare.includes("\n")) return problem("several lines", text);
	if (bare.includes("`")) return problem("an unquoted `", text);
	const words = [];
	for (const entry of (0, import_shell_quote.parse)(text, (name) => ({ op: `$${name}` }))) {
		const word = typeof entry === "string" ? entry : isPattern(entry) ? entry.pattern : void 0;
		if (word === void 0) return problem(`an unquoted ${operator(entry)}`, text);
		words.push(word);
	}
	return words;
}
function parseArray(text) {
	const accepted = "a JSON array of strings, such as [\"python\",\"manage.py\",\"migrate\"]";
	try {
		const words = JSON.parse(text);
		if (Array.isArray(words) && words.length > 0 && words.every((word) => typeof word === "string")) return words;
	} catch {
		return {
			given: "text that begins with [ and is no JSON",
			accepted
		};
	}
	return {
		given: "JSON that is no array of strings, or an empty one",
		accepted
	};
}
function problem(what, text) {
	const suggestion = JSON.stringify([
		"sh",
		"-c",
		text
	]);
	return {
		given: `${what}, which only a shell understands, and ECS starts the command without one`,
		accepted: `words, with '…' around what is meant literally; or, for a shell in the image: ${suggestion}`
	};
}
function operator(entry) {
	return typeof entry === "object" && "op" in entry ? entry.op : "#";
}
/** `*.sql` without a shell is the text itself. */
function isPattern(entry) {
	return "pattern" in entry;
}
/** A backslash at the end of a line goes with the line's end, but for single quotes. */
function withoutContinuations(text) {
	const joined = (part) => part.replace(/\\(?:(\r?\n)|.)/gs, (pair, end) => end === void 0 ? pair : "");
	return text.replace(/'[^']*'|"(?:\\.|[^"\\])*"|\\\r?\n|\\./gs, (part) => part.startsWith("'") ? part : joined(part));
}
function withoutQuotedParts(text) {
	return text.replace(/\\.|'[^']*'|"(?:\\.|[^"\\])*"/gs, "");
}
// src/inputs.ts
/**
* Action inputs → typed `Inputs`. Pure: it reads through the function it is given, and reports every problem at once.
* Defaults stand in action.yml alone; the runner fills them in.
*/
/** Everything that is wrong with the inputs; nothing was called yet. */
var InputError = class extends Error {
	name = "InputError";
	problems;
	constructor(problems) {
		super(problems.map((p) => `${p.input}: given ${p.given}. Accepted: ${p.accepted}.`).join("\n"));
		this.problems = problems;
	}
};
/** The runner force-ends a job after 5 days on a self-hosted machine. */
const LONGEST_TIMEOUT_MINUTES = 7200;
const MOST_PARALLEL = 100;
/**
* @param source reads one input
* @throws InputError naming every input that is wrong, what was given and what is accepted
*/
function readInputs(source) {
	const problems = [];
	const read = new Reader(source, problems);
	const serviceNetwork = read.optional("network-from-service");
	const inputs = {
		imageUri: read.matching("image-uri", /^[^\s@]+(@sha256:[0-9a-f]{64})?$/, "an image URI with a tag or a sha256 digest"),
		databases: read.databases(),
		taskDefinition: read.taskDefinition(),
		cluster: read.matching("cluster", /^(arn:[^\s]+:cluster\/)?[A-Za-z0-9_-]{1,255}$/, "the name or ARN of an ECS cluster"),
		subnets: read.ids("subnets", "subnet-", 16, serviceNetwork === void 0),
		securityGroups: read.ids("security-groups", "sg-", 5, serviceNetwork === void 0),
		assignPublicIp: read.publicIp(),
		environmentVariables: read.environmentVariables(),
		databaseVariable: read.databaseVariable(),
		tags: read.tags(),
		taskTimeoutMinutes: read.number("task-timeout-minutes", 0, LONGEST_TIMEOUT_MINUTES),
		onTimeout: read.oneOf("on-timeout", ["stop", "leave"]),
		onCancel: read.oneOf("on-cancel", ["stop", "leave"]),
		ifRunning: read.oneOf("if-running", [
			"refuse",
			"wait",
			"allow"
		]),
		maxParallel: read.wholeNumber("max-parallel", 1, MOST_PARALLEL),
		canary: read.boolean("canary"),
		failFast: read.boolean("fail-fast"),
		streamLogs: read.boolean("stream-logs"),
		preflight: read.boolean("preflight"),
		dryRun: read.boolean("dry-run"),
		accept: read.accept(),
		...given("containerName", read.optional("container-name")),
		...given("networkFromService", serviceNetwork),
		...given("command", read.command()),
		...given("awsRegion", read.region()),
		...given("roleToAssume", read.role())
	};
	checkTogether(inputs, problems);
	if (problems.length > 0) throw new InputError(problems);
	return inputs;
}
function given(key, value) {
	return value === void 0 ? {} : { [key]: value };
}
/** Rules that need more than one input. */
function checkTogether(inputs, problems) {
	const { databaseVariable, environmentVariables, databases, command = [] } = inputs;
	if (databaseVariable !== "" && environmentVariables.some((v) => v.name === databaseVariable)) problems.push({
		input: "environment-variables",
		given: `a value for ${databaseVariable}, the variable that carries the database name`,
		accepted: "any other variable; the database goes into database-name, or name another database-variable"
	});
	const texts = [...environmentVariables.map((v) => v.value), ...command];
	if (databaseVariable === "" && databases.length > 1 && !texts.some((t) => t.includes("{database}"))) problems.push({
		input: "database-variable",
		given: `nothing, with ${databases.length} databases, so that every task would migrate the same one`,
		accepted: `a variable name, or ${DATABASE_PLACEHOLDER} in environment-variables or command`
	});
}
var Reader = class {
	source;
	problems;
	constructor(source, problems) {
		this.source = source;
		this.problems = problems;
	}
	optional(name) {
		return this.source(name).trim() || void 0;
	}
	matching(name, pattern, accepted) {
		const text = this.source(name).trim();
		if (!pattern.test(text)) this.reject(name, quoted(text), accepted);
		return text;
	}
	/** As YAML 1.2 core schema and `core.getBooleanInput` have it. */
	boolean(name) {
		const text = this.source(name).trim();
		if (/^(true|True|TRUE)$/.test(text)) return true;
		if (!/^(false|False|FALSE)$/.test(text)) this.reject(name, quoted(text), "true or false");
		return false;
	}
	oneOf(name, values) {
		const text = this.source(name).trim();
		const found = values.find((value) => value === text);
		if (found === void 0) this.reject(name, quoted(text), values.join(" or "));
		return found ?? values[0];
	}
	number(name, above, most) {
		const text = this.source(name).trim();
		const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
		if (!(value > above && value <= most)) this.reject(name, quoted(text), `a number above ${above}, at most ${most}`);
		return value;
	}
	wholeNumber(name, least, most) {
		const text = this.source(name).trim();
		const value = /^\d+$/.test(text) ? Number(text) : NaN;
		if (!(value >= least && value <= most)) this.reject(name, quoted(text), `a whole number from ${least} to ${most}`);
		return value;
	}
	databases() {
		const accepted = "names of 1 to 128 characters without white space, commas or control characters, one a line or comma separated";
		const names = [...new Set(entries(this.source("database-name")))];
		if (names.length === 0) this.reject("database-name", "nothing", accepted);
		for (const name of names) if ([...name].length > 128 || /[\s\u0000-\u001f\u007f-\u009f]/.test(name)) this.reject("database-name", quoted(name), accepted);
		return names;
	}
	taskDefinition() {
		const text = this.source("task-definition").trim();
		if (/\.json$/i.test(text)) this.reject("task-definition", quoted(text), "the family, family:revision or ARN of a definition that is registered in ECS; a file is not read: register it first (aws ecs register-task-definition --cli-input-json file://…)");
		else if (!/^(arn:\S+:task-definition\/)?[A-Za-z0-9_-]{1,255}(:\d+)?$/.test(text)) this.reject("task-definition", quoted(text), "family, family:revision or ARN of a task definition");
		return text;
	}
	ids(name, prefix, most, required) {
		const ids = entries(this.source(name));
		const accepted = `up to ${most} ids that begin with ${prefix}, comma or line separated`;
		if (ids.length === 0 && required) this.reject(name, "nothing", `${accepted}; or set network-from-service`);
		if (ids.length > most) this.reject(name, `${ids.length} ids`, accepted);
		for (const id of ids) if (!id.startsWith(prefix) || /[^\w-]/.test(id)) this.reject(name, quoted(id), accepted);
		return ids;
	}
	publicIp() {
		const text = this.source("assign-public-ip").trim();
		if (/^(true|True|TRUE|ENABLED)$/.test(text)) return true;
		if (!/^(false|False|FALSE|DISABLED)$/.test(text)) this.reject("assign-public-ip", quoted(text), "true, false, ENABLED or DISABLED");
		return false;
	}
	command() {
		const text = this.source("command").trim();
		if (text === "") return void 0;
		const parsed = parseCommand(text);
		if (isCommandProblem(parsed)) {
			this.reject("command", parsed.given, parsed.accepted);
			return;
		}
		return parsed;
	}
	/** `NAME=VALUE` a line, split at the first `=`; the value is literal. Values are never shown: they may be secret. */
	environmentVariables() {
		const accepted = "NAME=VALUE a line; names without white space, each once";
		const variables = this.pairs("environment-variables", accepted);
		for (const { key, line } of variables) if (/\s/.test(key)) this.reject("environment-variables", `line ${line} with white space in the name`, accepted);
		return variables.map(({ key, value }) => ({
			name: key,
			value
		}));
	}
	databaseVariable() {
		const text = this.source("database-variable").trim();
		if (/[\s=]/.test(text)) this.reject("database-variable", quoted(text), "the name of an environment variable, or nothing");
		return text;
	}
	accept() {
		const ids = entries(this.source("accept"));
		const known = DOUBT_IDS;
		for (const id of ids) if (!known.includes(id)) this.reject("accept", quoted(id), `ids in brackets at the end of a warning or refusal: ${known.join(", ")}`);
		return DOUBT_IDS.filter((id) => ids.includes(id));
	}
	tags() {
		const accepted = "KEY=VALUE a line, keys up to 128 and values up to 256 characters of letters, numbers, spaces and _ . : / = + - @, not beginning with aws:";
		const tags = this.pairs("tags", accepted);
		for (const { key, value } of tags) if (key.length > 128 || value.length > 256 || !/^[\p{L}\p{N}\p{Z}_.:/=+\-@]*$/u.test(key + value) || /^aws:/i.test(key)) this.reject("tags", quoted(`${key}=${value}`), accepted);
		return tags.map(({ key, value }) => ({
			key,
			value
		}));
	}
	region() {
		const text = this.optional("aws-region");
		if (text !== void 0 && !/^[a-z]{2,}(-[a-z0-9]+)+$/.test(text)) this.reject("aws-region", quoted(text), "an AWS Region such as eu-central-1");
		return text;
	}
	role() {
		const text = this.optional("role-to-assume");
		if (text !== void 0 && !/^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/.test(text)) this.reject("role-to-assume", quoted(text), "the ARN of an IAM role");
		return text;
	}
	/** Lines are told by number: where a name goes wrong, it may hold a secret. */
	pairs(name, accepted) {
		const pairs = /* @__PURE__ */ new Map();
		for (const [index, text] of this.source(name).split(/\r?\n/).entries()) {
			if (text.trim() === "") continue;
			const line = index + 1;
			const at = text.indexOf("=");
			const key = text.slice(0, Math.max(at, 0)).trim();
			const earlier = pairs.get(key);
			if (key === "") this.reject(name, `line ${line} without a name before =`, accepted);
			else if (earlier) this.reject(name, `line ${line} with the name of line ${earlier.line}`, accepted);
			pairs.set(key, {
				key,
				value: text.slice(at + 1),
				line
			});
		}
		return [...pairs.values()];
	}
	reject(input, text, accepted) {
		this.problems.push({
			input,
			given: text,
			accepted
		});
	}
};
function isCommandProblem(parsed) {
	return "accepted" in parsed;
}
function entries(text) {
	return text.split(/[,\n]/).map((entry) => entry.trim()).filter((entry) => entry !== "");
}
function quoted(text) {
	if (text === "") return "nothing (an expression that has no value?)";
	return `"${text.length > 200 ? `${text.slice(0, 200)}…` : text}"`;
}
// node_modules/@aws-sdk/client-ec2/dist-es/auth/httpAuthSchemeProvider.js
const defaultEC2HttpAuthSchemeParametersProvider = async (config, context, input) => {
	return {
		operation: (0,Sha256Node_DwJ_Bm2V.Ct)(context).operation,
		region: await (0,Sha256Node_DwJ_Bm2V.St)(config.region)() || (() => {
			throw new Error("expected `region` to be configured for `aws.auth#sigv4`");
		})()
	};
};
function createAwsAuthSigv4HttpAuthOption$1(authParameters) {
	return {
		schemeId: "aws.auth#sigv4",
		signingProperties: {
			name: "ec2",
			region: authParameters.region
		},
		propertiesExtractor: (config, context) => ({ signingProperties: {
			config,
			context
		} })
	};
}
const defaultEC2HttpAuthSchemeProvider = (authParameters) => {
	const options = [];
	switch (authParameters.operation) {
		default: options.push(createAwsAuthSigv4HttpAuthOption$1(authParameters));
	}
	return options;
};
const resolveHttpAuthSchemeConfig$1 = (config) => {
	const config_0 = (0,Sha256Node_DwJ_Bm2V.r)(config);
	return Object.assign(config_0, { authSchemePreference: (0,Sha256Node_DwJ_Bm2V.St)(config.authSchemePreference ?? []) });
};
// node_modules/@aws-sdk/client-ec2/dist-es/endpoint/EndpointParameters.js
const resolveClientEndpointParameters$1 = (options) => {
	return Object.assign(options, {
		useDualstackEndpoint: options.useDualstackEndpoint ?? false,
		useFipsEndpoint: options.useFipsEndpoint ?? false,
		defaultSigningName: "ec2"
	});
};
const commonParams$1 = {
	UseFIPS: {
		type: "builtInParams",
		name: "useFipsEndpoint"
	},
	Endpoint: {
		type: "builtInParams",
		name: "endpoint"
	},
	Region: {
		type: "builtInParams",
		name: "region"
	},
	UseDualStack: {
		type: "builtInParams",
		name: "useDualstackEndpoint"
	}
};
// node_modules/@aws-sdk/client-ec2/package.json
var version$1 = "3.1162.0";
// node_modules/@aws-sdk/client-ec2/dist-es/endpoint/bdd.js
const k$1 = "ref";
const a$1 = -1;
const b$1 = true;
const c$1 = "isSet";
const d$1 = "PartitionResult";
const e$1 = "booleanEquals";
const f$1 = "getAttr";
const g$1 = { [k$1]: "Endpoint" };
const h$1 = { [k$1]: d$1 };
const i$1 = {};
const j$1 = [{ [k$1]: "Region" }];
const _data$1 = {
	conditions: [
		[c$1, [g$1]],
		[c$1, j$1],
		[
			"aws.partition",
			j$1,
			d$1
		],
		[e$1, [{ [k$1]: "UseFIPS" }, b$1]],
		[e$1, [{ [k$1]: "UseDualStack" }, b$1]],
		[e$1, [{
			fn: f$1,
			argv: [h$1, "supportsDualStack"]
		}, b$1]],
		[e$1, [{
			fn: f$1,
			argv: [h$1, "supportsFIPS"]
		}, b$1]],
		["stringEquals", [{
			fn: f$1,
			argv: [h$1, "name"]
		}, "aws-us-gov"]]
	],
	results: [
		[a$1],
		[a$1, "Invalid Configuration: FIPS and custom endpoint are not supported"],
		[a$1, "Invalid Configuration: Dualstack and custom endpoint are not supported"],
		[g$1, i$1],
		["https://ec2-fips.{Region}.{PartitionResult#dualStackDnsSuffix}", i$1],
		[a$1, "FIPS and DualStack are enabled, but this partition does not support one or both"],
		["https://ec2.{Region}.amazonaws.com", i$1],
		["https://ec2-fips.{Region}.{PartitionResult#dnsSuffix}", i$1],
		[a$1, "FIPS is enabled but this partition does not support FIPS"],
		["https://ec2.{Region}.{PartitionResult#dualStackDnsSuffix}", i$1],
		[a$1, "DualStack is enabled but this partition does not support DualStack"],
		["https://ec2.{Region}.{PartitionResult#dnsSuffix}", i$1],
		[a$1, "Invalid Configuration: Missing Region"]
	]
};
const root$1 = 2;
const nodes$1 = new Int32Array([
	-1,
	1,
	-1,
	0,
	13,
	3,
	1,
	4,
	100000012,
	2,
	5,
	100000012,
	3,
	8,
	6,
	4,
	7,
	100000011,
	5,
	100000009,
	100000010,
	4,
	11,
	9,
	6,
	10,
	100000008,
	7,
	100000006,
	100000007,
	5,
	12,
	100000005,
	6,
	100000004,
	100000005,
	3,
	100000001,
	14,
	4,
	100000002,
	100000003
]);
const bdd$1 = Sha256Node_DwJ_Bm2V.Q.from(nodes$1, root$1, _data$1.conditions, _data$1.results);
// node_modules/@aws-sdk/client-ec2/dist-es/endpoint/endpointResolver.js
const cache$1 = new Sha256Node_DwJ_Bm2V.Z({
	size: 50,
	params: [
		"Endpoint",
		"Region",
		"UseDualStack",
		"UseFIPS"
	]
});
const defaultEndpointResolver$1 = (endpointParams, context = {}) => {
	return cache$1.get(endpointParams, () => (0,Sha256Node_DwJ_Bm2V.Y)(bdd$1, {
		endpointParams,
		logger: context.logger
	}));
};
Sha256Node_DwJ_Bm2V.X.aws = Sha256Node_DwJ_Bm2V.d;
// node_modules/@aws-sdk/client-ec2/dist-es/models/EC2ServiceException.js
var EC2ServiceException = class EC2ServiceException extends Sha256Node_DwJ_Bm2V.ut {
	static shapeId = "smithy.ts.sdk.synthetic.com.amazonaws.ec2#EC2ServiceException";
	constructor(options) {
		super(options);
		Object.setPrototypeOf(this, EC2ServiceException.prototype);
	}
};
// node_modules/@aws-sdk/client-ec2/dist-es/schemas/schemas_0.js
const _AAp = "ApplianceArn";
const _AAt = "AttachedAppliances";
const _ABV = "AttributeBooleanValue";
const _AIAC = "AvailableIpAddressCount";
const _AIAOC = "AssignIpv6AddressOnCreation";
const _AIl = "AllocationId";
const _AIs = "AssociationId";
const _AMv = "AvailabilityMode";
const _APZ = "AutoProvisionZones";
const _ASIu = "AutoScalingIps";
const _ASs = "AssociationState";
const _AStta = "AttachmentState";
const _AZ = "AvailabilityZone";
const _AZI = "AvailabilityZoneId";
const _As = "Associations";
const _At = "Attribute";
const _BPAS = "BlockPublicAccessStates";
const _CB = "CidrBlock";
const _CGI = "CarrierGatewayId";
const _CIi = "CidrIp";
const _CIid = "CidrIpv6";
const _CNA = "CoreNetworkArn";
const _COIP = "CustomerOwnedIpv4Pool";
const _CTon = "ConnectivityType";
const _CTre = "CreateTime";
const _CTrea = "CreationTimestamp";
const _Co = "Code";
const _DCB = "DestinationCidrBlock";
const _DE = "DnsEntry";
const _DES = "DnsEntrySet";
const _DEn = "DnsEntries";
const _DFA = "DefaultForAz";
const _DICB = "DestinationIpv6CidrBlock";
const _DNARe = "DescribeNetworkAclsRequest";
const _DNARes = "DescribeNetworkAclsResult";
const _DNAe = "DescribeNetworkAcls";
const _DNGRes = "DescribeNatGatewaysRequest";
const _DNGResc = "DescribeNatGatewaysResult";
const _DNGe = "DescribeNatGateways";
const _DNn = "DnsName";
const _DOn = "DnsOptions";
const _DPLI = "DestinationPrefixListId";
const _DR = "DryRun";
const _DRIT = "DnsRecordIpType";
const _DRTRe = "DescribeRouteTablesRequest";
const _DRTRes = "DescribeRouteTablesResult";
const _DRTe = "DescribeRouteTables";
const _DSGRes = "DescribeSecurityGroupsRequest";
const _DSGResc = "DescribeSecurityGroupsResult";
const _DSGe = "DescribeSecurityGroups";
const _DSRescr = "DescribeSubnetsRequest";
const _DSRescri = "DescribeSubnetsResult";
const _DSesc = "DescribeSubnets";
const _DTel = "DeleteTime";
const _DVARes = "DescribeVpcAttributeRequest";
const _DVAResc = "DescribeVpcAttributeResult";
const _DVAe = "DescribeVpcAttribute";
const _DVERes = "DescribeVpcEndpointsRequest";
const _DVEResc = "DescribeVpcEndpointsResult";
const _DVEe = "DescribeVpcEndpoints";
const _De = "Description";
const _EDH = "EnableDnsHostnames";
const _EDS = "EnableDnsSupport";
const _EDn = "EnableDns64";
const _ELADI = "EnableLniAtDeviceIndex";
const _ENAUM = "EnableNetworkAddressUsageMetrics";
const _EOIGI = "EgressOnlyInternetGatewayId";
const _ERNDAAAAR = "EnableResourceNameDnsAAAARecord";
const _ERNDAR = "EnableResourceNameDnsARecord";
const _Eg = "Egress";
const _Ent = "Entries";
const _FCa = "FailureCode";
const _FLi = "FilterList";
const _FM = "FailureMessage";
const _FP = "FromPort";
const _FR = "FailureReason";
const _Fi = "Filters";
const _Fil = "Filter";
const _Fr = "From";
const _G = "Groups";
const _GI = "GatewayId";
const _GIS = "GroupIdentifierSet";
const _GISL = "GroupIdStringList";
const _GIr = "GroupId";
const _GIro = "GroupIds";
const _GN = "GroupName";
const _GNSL = "GroupNameStringList";
const _GNr = "GroupNames";
const _HTo = "HostnameType";
const _HZI = "HostedZoneId";
const _IAA = "Ipv6AddressAttribute";
const _IAT = "IpAddressType";
const _IAp = "IpAddress";
const _ICB = "Ipv6CidrBlock";
const _ICBAS = "Ipv6CidrBlockAssociationSet";
const _ICBS = "Ipv6CidrBlockState";
const _IDs = "IsDefault";
const _IGBM = "InternetGatewayBlockMode";
const _II$1 = "InstanceId";
const _IN = "Ipv6Native";
const _IOIn = "InstanceOwnerId";
const _IPEp = "IpPermissionsEgress";
const _IPLp = "IpPermissionList";
const _IPp = "Ipv6Prefixes";
const _IPpe = "IpPermissions";
const _IPper = "IpPermission";
const _IPpr = "IpProtocol";
const _IPpre = "IpPrefixes";
const _IPpvr = "Ipv4Prefixes";
const _IPsr = "IsPrimary";
const _IRLp = "IpRangeList";
const _IRLpv = "Ipv6RangeList";
const _IRpa = "IpRanges";
const _IRpan = "IpRange";
const _IRpv = "Ipv6Ranges";
const _IRpva = "Ipv6Range";
const _ISpo = "IpSource";
const _ITC = "IcmpTypeCode";
const _K = "Key";
const _LEa = "LastError";
const _LGI = "LocalGatewayId";
const _MCOIOL = "MapCustomerOwnedIpOnLaunch";
const _MPIOL = "MapPublicIpOnLaunch";
const _MR = "MaxResults";
const _MSod = "ModificationState";
const _Mai = "Main";
const _Me = "Message";
const _N = "Name";
const _NA = "NetworkAcl";
const _NAA = "NetworkAclAssociation";
const _NAAI = "NetworkAclAssociationId";
const _NAAL = "NetworkAclAssociationList";
const _NAE = "NetworkAclEntry";
const _NAEL = "NetworkAclEntryList";
const _NAI = "NetworkAclId";
const _NAISL = "NetworkAclIdStringList";
const _NAIe = "NetworkAclIds";
const _NAL = "NetworkAclList";
const _NAe = "NetworkAcls";
const _NG = "NatGateway";
const _NGA = "NatGatewayAddresses";
const _NGAA = "NatGatewayAttachedAppliance";
const _NGAAL = "NatGatewayAttachedApplianceList";
const _NGAL = "NatGatewayAddressList";
const _NGAa = "NatGatewayAddress";
const _NGI = "NatGatewayId";
const _NGISL = "NatGatewayIdStringList";
const _NGIa = "NatGatewayIds";
const _NGL = "NatGatewayList";
const _NGa = "NatGateways";
const _NII = "NetworkInterfaceId";
const _NIIe = "NetworkInterfaceIds";
const _NTe = "NextToken";
const _O = "Origin";
const _OA = "OutpostArn";
const _OI = "OwnerId";
const _ONA = "OdbNetworkArn";
const _PB = "ProvisionedBandwidth";
const _PDE = "PrivateDnsEnabled";
const _PDNOOL = "PrivateDnsNameOptionsOnLaunch";
const _PDOFIRE = "PrivateDnsOnlyForInboundResolverEndpoint";
const _PDP = "PrivateDnsPreference";
const _PDSD = "PrivateDnsSpecifiedDomains";
const _PDSDS = "PrivateDnsSpecifiedDomainSet";
const _PDo = "PolicyDocument";
const _PI = "PublicIp";
const _PIP = "PublicIpv4Pool";
const _PIri = "PrivateIp";
const _PLI = "PrefixListId";
const _PLIL = "PrefixListIdList";
const _PLIr = "PrefixListIds";
const _PRE = "PayerResponsibilityEntry";
const _PRSa = "PayerResponsibilitySet";
const _PRT = "PayerResponsibilityType";
const _PRay = "PayerResponsibilities";
const _PRo = "PortRange";
const _PSee = "PeeringStatus";
const _PTr = "ProvisionTime";
const _PV = "PropagatingVgw";
const _PVL = "PropagatingVgwList";
const _PVro = "PropagatingVgws";
const _Pr = "Protocol";
const _Prov = "Provisioned";
const _RA = "RuleAction";
const _RCA = "ResourceConfigurationArn";
const _RLo = "RouteList";
const _RMeq = "RequesterManaged";
const _RNu = "RuleNumber";
const _RTA = "RouteTableAssociation";
const _RTAI = "RouteTableAssociationId";
const _RTAL = "RouteTableAssociationList";
const _RTAS = "RouteTableAssociationState";
const _RTI = "RouteTableId";
const _RTISL = "RouteTableIdStringList";
const _RTIo = "RouteTableIds";
const _RTLo = "RouteTableList";
const _RTeq = "RequestTime";
const _RTo = "RouteTable";
const _RTou = "RouteTables";
const _Req = "Requested";
const _Ro = "Route";
const _Rou = "Routes";
const _SAub = "SubnetArn";
const _SCBS = "SubnetCidrBlockState";
const _SGA = "SecurityGroupArn";
const _SGIec = "SecurityGroupIdentifier";
const _SGL = "SecurityGroupList";
const _SGe = "SecurityGroups";
const _SGec = "SecurityGroup";
const _SI = "SubnetIds";
const _SICBA = "SubnetIpv6CidrBlockAssociation";
const _SICBAS = "SubnetIpv6CidrBlockAssociationSet";
const _SIPL = "SubnetIpPrefixesList";
const _SIPu = "SubnetIpPrefixes";
const _SISLu = "SubnetIdStringList";
const _SIu = "SubnetId";
const _SLu = "SubnetList";
const _SMt = "StatusMessage";
const _SN = "ServiceName";
const _SNA = "ServiceNetworkArn";
const _SRe = "ServiceRegion";
const _Scop = "Scope";
const _St = "State";
const _Sta = "Status";
const _Su = "Subnet";
const _Subn = "Subnets";
const _T = "Tags";
const _TGI = "TransitGatewayId";
const _TL = "TagList";
const _TP = "ToPort";
const _Ta = "Tag";
const _To = "To";
const _Ty = "Type";
const _UI = "UserId";
const _UIGP = "UserIdGroupPairs";
const _UIGPL = "UserIdGroupPairList";
const _UIGPs = "UserIdGroupPair";
const _V = "Value";
const _VE$1 = "VpcEndpoint";
const _VEI = "VpcEndpointIds";
const _VEIL = "VpcEndpointIdList";
const _VEIp = "VpcEndpointId";
const _VESpcn = "VpcEndpointSet";
const _VET = "VpcEndpointType";
const _VEp = "VpcEndpoints";
const _VI = "VpcId";
const _VPCI = "VpcPeeringConnectionId";
const _VSL = "ValueStringList";
const _Va = "Values";
const _aASt = "attachedApplianceSet";
const _aAp = "applianceArn";
const _aI = "allocationId";
const _aIAC = "availableIpAddressCount";
const _aIAOC = "assignIpv6AddressOnCreation";
const _aIs = "associationId";
const _aM = "availabilityMode";
const _aPZ = "autoProvisionZones";
const _aS = "associationState";
const _aSI = "autoScalingIps";
const _aSs = "associationSet";
const _aStt = "attachmentState";
const _aZ = "availabilityZone";
const _aZI = "availabilityZoneId";
const _bPAS = "blockPublicAccessStates";
const _cB = "cidrBlock";
const _cGI = "carrierGatewayId";
const _cIi = "cidrIp";
const _cIid = "cidrIpv6";
const _cNA = "coreNetworkArn";
const _cOIP = "customerOwnedIpv4Pool";
const _cTonn = "connectivityType";
const _cTre = "createTime";
const _cTrea = "creationTimestamp";
const _co = "code";
const _dCB = "destinationCidrBlock";
const _dES = "dnsEntrySet";
const _dFA = "defaultForAz";
const _dICB = "destinationIpv6CidrBlock";
const _dNn = "dnsName";
const _dOn = "dnsOptions";
const _dPLI = "destinationPrefixListId";
const _dR = "dryRun";
const _dRIT = "dnsRecordIpType";
const _dTel = "deleteTime";
const _de = "description";
const _def = "default";
const _eDH = "enableDnsHostnames";
const _eDS = "enableDnsSupport";
const _eDn = "enableDns64";
const _eLADI = "enableLniAtDeviceIndex";
const _eNAUM = "enableNetworkAddressUsageMetrics";
const _eOIGI = "egressOnlyInternetGatewayId";
const _eQN = "ec2QueryName";
const _eRNDAAAAR = "enableResourceNameDnsAAAARecord";
const _eRNDAR = "enableResourceNameDnsARecord";
const _eSnt = "entrySet";
const _eg = "egress";
const _fCa = "failureCode";
const _fM = "failureMessage";
const _fP = "fromPort";
const _fR$1 = "failureReason";
const _fr = "from";
const _gD = "groupDescription";
const _gI = "gatewayId";
const _gIr = "groupId";
const _gN = "groupName";
const _gSr = "groupSet";
const _gr = "groups";
const _hTo = "hostnameType";
const _hZI = "hostedZoneId";
const _iAA = "ipv6AddressAttribute";
const _iAT = "ipAddressType";
const _iAp = "ipAddress";
const _iCB = "ipv6CidrBlock";
const _iCBASp = "ipv6CidrBlockAssociationSet";
const _iCBS = "ipv6CidrBlockState";
const _iGBM = "internetGatewayBlockMode";
const _iI$1 = "instanceId";
const _iN = "ipv6Native";
const _iOIn = "instanceOwnerId";
const _iPEp = "ipPermissionsEgress";
const _iPSpr = "ipPrefixSet";
const _iPSpvr = "ipv4PrefixSet";
const _iPSpvre = "ipv6PrefixSet";
const _iPp = "ipProtocol";
const _iPpe = "ipPermissions";
const _iPsr = "isPrimary";
const _iRpa = "ipRanges";
const _iRpv = "ipv6Ranges";
const _iSpo = "ipSource";
const _iTC = "icmpTypeCode";
const _it = "item";
const _k = "key";
const _lEa = "lastError";
const _lGI = "localGatewayId";
const _mCOIOL = "mapCustomerOwnedIpOnLaunch";
const _mPIOL = "mapPublicIpOnLaunch";
const _mSod = "modificationState";
const _mai = "main";
const _me = "message";
const _nAAI = "networkAclAssociationId";
const _nAI = "networkAclId";
const _nAS = "networkAclSet";
const _nGAS = "natGatewayAddressSet";
const _nGI = "natGatewayId";
const _nGS = "natGatewaySet";
const _nII = "networkInterfaceId";
const _nIIS = "networkInterfaceIdSet";
const _nTe = "nextToken";
const _o = "origin";
const _oA = "outpostArn";
const _oI = "ownerId";
const _oNA = "odbNetworkArn";
const _pB = "provisionedBandwidth";
const _pD = "policyDocument";
const _pDE = "privateDnsEnabled";
const _pDNOOL = "privateDnsNameOptionsOnLaunch";
const _pDOFIRE = "privateDnsOnlyForInboundResolverEndpoint";
const _pDP = "privateDnsPreference";
const _pDSDS = "privateDnsSpecifiedDomainSet";
const _pI = "publicIp";
const _pIP = "publicIpv4Pool";
const _pIriv = "privateIp";
const _pLI = "prefixListId";
const _pLIr = "prefixListIds";
const _pRSa = "payerResponsibilitySet";
const _pRT = "payerResponsibilityType";
const _pRo = "portRange";
const _pSee = "peeringStatus";
const _pTr = "provisionTime";
const _pVS = "propagatingVgwSet";
const _pr = "protocol";
const _prov = "provisioned";
const _rA = "ruleAction";
const _rCA = "resourceConfigurationArn";
const _rMeq = "requesterManaged";
const _rN$1 = "ruleNumber";
const _rSou = "routeSet";
const _rTAI = "routeTableAssociationId";
const _rTI = "routeTableId";
const _rTIS = "routeTableIdSet";
const _rTS = "routeTableSet";
const _rTeq = "requestTime";
const _req = "requested";
const _s$1 = "smithy.ts.sdk.synthetic.com.amazonaws.ec2";
const _sAub = "subnetArn";
const _sGA = "securityGroupArn";
const _sGIec = "securityGroupInfo";
const _sISu = "subnetIdSet";
const _sIu = "subnetId";
const _sMt = "statusMessage";
const _sN = "serviceName";
const _sNAe = "serviceNetworkArn";
const _sR = "serviceRegion";
const _sSub = "subnetSet";
const _scop = "scope";
const _st$1 = "state";
const _sta = "status";
const _tGI = "transitGatewayId";
const _tP = "toPort";
const _tS$1 = "tagSet";
const _to = "to";
const _ty = "type";
const _uI$1 = "userId";
const _v = "value";
const _vEI = "vpcEndpointId";
const _vESp = "vpcEndpointSet";
const _vET = "vpcEndpointType";
const _vI = "vpcId";
const _vPCI = "vpcPeeringConnectionId";
const _xN = "xmlName";
const n0$1 = "com.amazonaws.ec2";
const _s_registry$1 = new TypeRegistry_BYzBs9Nm.t(_s$1);
var EC2ServiceException$ = [
	-3,
	_s$1,
	"EC2ServiceException",
	0,
	[],
	[]
];
_s_registry$1.registerError(EC2ServiceException$, EC2ServiceException);
const errorTypeRegistries$1 = [_s_registry$1];
var AttributeBooleanValue$ = [
	3,
	n0$1,
	_ABV,
	0,
	[_V],
	[[2, {
		[_eQN]: `Value`,
		[_xN]: _v
	}]]
];
var BlockPublicAccessStates$ = [
	3,
	n0$1,
	_BPAS,
	0,
	[_IGBM],
	[[0, {
		[_eQN]: `InternetGatewayBlockMode`,
		[_xN]: _iGBM
	}]]
];
var DescribeNatGatewaysRequest$ = [
	3,
	n0$1,
	_DNGRes,
	0,
	[
		_DR,
		_Fil,
		_MR,
		_NGIa,
		_NTe
	],
	[
		2,
		[() => FilterList, 0],
		1,
		[() => NatGatewayIdStringList, { [_xN]: _NGI }],
		0
	]
];
var DescribeNatGatewaysResult$ = [
	3,
	n0$1,
	_DNGResc,
	0,
	[_NGa, _NTe],
	[[() => NatGatewayList, {
		[_eQN]: `NatGatewaySet`,
		[_xN]: _nGS
	}], [0, {
		[_eQN]: `NextToken`,
		[_xN]: _nTe
	}]]
];
var DescribeNetworkAclsRequest$ = [
	3,
	n0$1,
	_DNARe,
	0,
	[
		_NTe,
		_MR,
		_DR,
		_NAIe,
		_Fi
	],
	[
		0,
		1,
		[2, {
			[_eQN]: `DryRun`,
			[_xN]: _dR
		}],
		[() => NetworkAclIdStringList, { [_xN]: _NAI }],
		[() => FilterList, { [_xN]: _Fil }]
	]
];
var DescribeNetworkAclsResult$ = [
	3,
	n0$1,
	_DNARes,
	0,
	[_NAe, _NTe],
	[[() => NetworkAclList, {
		[_eQN]: `NetworkAclSet`,
		[_xN]: _nAS
	}], [0, {
		[_eQN]: `NextToken`,
		[_xN]: _nTe
	}]]
];
var DescribeRouteTablesRequest$ = [
	3,
	n0$1,
	_DRTRe,
	0,
	[
		_NTe,
		_MR,
		_DR,
		_RTIo,
		_Fi
	],
	[
		0,
		1,
		[2, {
			[_eQN]: `DryRun`,
			[_xN]: _dR
		}],
		[() => RouteTableIdStringList, { [_xN]: _RTI }],
		[() => FilterList, { [_xN]: _Fil }]
	]
];
var DescribeRouteTablesResult$ = [
	3,
	n0$1,
	_DRTRes,
	0,
	[_RTou, _NTe],
	[[() => RouteTableList, {
		[_eQN]: `RouteTableSet`,
		[_xN]: _rTS
	}], [0, {
		[_eQN]: `NextToken`,
		[_xN]: _nTe
	}]]
];
var DescribeSecurityGroupsRequest$ = [
	3,
	n0$1,
	_DSGRes,
	0,
	[
		_GIro,
		_GNr,
		_NTe,
		_MR,
		_DR,
		_Fi
	],
	[
		[() => GroupIdStringList, { [_xN]: _GIr }],
		[() => GroupNameStringList, { [_xN]: _GN }],
		0,
		1,
		[2, {
			[_eQN]: `DryRun`,
			[_xN]: _dR
		}],
		[() => FilterList, { [_xN]: _Fil }]
	]
];
var DescribeSecurityGroupsResult$ = [
	3,
	n0$1,
	_DSGResc,
	0,
	[_NTe, _SGe],
	[[0, {
		[_eQN]: `NextToken`,
		[_xN]: _nTe
	}], [() => SecurityGroupList, {
		[_eQN]: `SecurityGroupInfo`,
		[_xN]: _sGIec
	}]]
];
var DescribeSubnetsRequest$ = [
	3,
	n0$1,
	_DSRescr,
	0,
	[
		_Fi,
		_SI,
		_NTe,
		_MR,
		_DR
	],
	[
		[() => FilterList, { [_xN]: _Fil }],
		[() => SubnetIdStringList, { [_xN]: _SIu }],
		0,
		1,
		[2, {
			[_eQN]: `DryRun`,
			[_xN]: _dR
		}]
	]
];
var DescribeSubnetsResult$ = [
	3,
	n0$1,
	_DSRescri,
	0,
	[_NTe, _Subn],
	[[0, {
		[_eQN]: `NextToken`,
		[_xN]: _nTe
	}], [() => SubnetList, {
		[_eQN]: `SubnetSet`,
		[_xN]: _sSub
	}]]
];
var DescribeVpcAttributeRequest$ = [
	3,
	n0$1,
	_DVARes,
	0,
	[
		_At,
		_VI,
		_DR
	],
	[
		0,
		0,
		[2, {
			[_eQN]: `DryRun`,
			[_xN]: _dR
		}]
	],
	2
];
var DescribeVpcAttributeResult$ = [
	3,
	n0$1,
	_DVAResc,
	0,
	[
		_EDH,
		_EDS,
		_ENAUM,
		_VI
	],
	[
		[() => AttributeBooleanValue$, {
			[_eQN]: `EnableDnsHostnames`,
			[_xN]: _eDH
		}],
		[() => AttributeBooleanValue$, {
			[_eQN]: `EnableDnsSupport`,
			[_xN]: _eDS
		}],
		[() => AttributeBooleanValue$, {
			[_eQN]: `EnableNetworkAddressUsageMetrics`,
			[_xN]: _eNAUM
		}],
		[0, {
			[_eQN]: `VpcId`,
			[_xN]: _vI
		}]
	]
];
var DescribeVpcEndpointsRequest$ = [
	3,
	n0$1,
	_DVERes,
	0,
	[
		_DR,
		_VEI,
		_Fi,
		_MR,
		_NTe
	],
	[
		2,
		[() => VpcEndpointIdList, { [_xN]: _VEIp }],
		[() => FilterList, { [_xN]: _Fil }],
		1,
		0
	]
];
var DescribeVpcEndpointsResult$ = [
	3,
	n0$1,
	_DVEResc,
	0,
	[_VEp, _NTe],
	[[() => VpcEndpointSet, {
		[_eQN]: `VpcEndpointSet`,
		[_xN]: _vESp
	}], [0, {
		[_eQN]: `NextToken`,
		[_xN]: _nTe
	}]]
];
var DnsEntry$ = [
	3,
	n0$1,
	_DE,
	0,
	[_DNn, _HZI],
	[[0, {
		[_eQN]: `DnsName`,
		[_xN]: _dNn
	}], [0, {
		[_eQN]: `HostedZoneId`,
		[_xN]: _hZI
	}]]
];
var DnsOptions$ = [
	3,
	n0$1,
	_DOn,
	0,
	[
		_DRIT,
		_PDOFIRE,
		_PDP,
		_PDSD
	],
	[
		[0, {
			[_eQN]: `DnsRecordIpType`,
			[_xN]: _dRIT
		}],
		[2, {
			[_eQN]: `PrivateDnsOnlyForInboundResolverEndpoint`,
			[_xN]: _pDOFIRE
		}],
		[0, {
			[_eQN]: `PrivateDnsPreference`,
			[_xN]: _pDP
		}],
		[() => PrivateDnsSpecifiedDomainSet, {
			[_eQN]: `PrivateDnsSpecifiedDomainSet`,
			[_xN]: _pDSDS
		}]
	]
];
var Filter$ = [
	3,
	n0$1,
	_Fil,
	0,
	[_N, _Va],
	[0, [() => ValueStringList, { [_xN]: _V }]]
];
var IcmpTypeCode$ = [
	3,
	n0$1,
	_ITC,
	0,
	[_Co, _Ty],
	[[1, {
		[_eQN]: `Code`,
		[_xN]: _co
	}], [1, {
		[_eQN]: `Type`,
		[_xN]: _ty
	}]]
];
var IpPermission$ = [
	3,
	n0$1,
	_IPper,
	0,
	[
		_IPpr,
		_FP,
		_TP,
		_UIGP,
		_IRpa,
		_IRpv,
		_PLIr
	],
	[
		[0, {
			[_eQN]: `IpProtocol`,
			[_xN]: _iPp
		}],
		[1, {
			[_eQN]: `FromPort`,
			[_xN]: _fP
		}],
		[1, {
			[_eQN]: `ToPort`,
			[_xN]: _tP
		}],
		[() => UserIdGroupPairList, {
			[_eQN]: `Groups`,
			[_xN]: _gr
		}],
		[() => IpRangeList, {
			[_eQN]: `IpRanges`,
			[_xN]: _iRpa
		}],
		[() => Ipv6RangeList, {
			[_eQN]: `Ipv6Ranges`,
			[_xN]: _iRpv
		}],
		[() => PrefixListIdList, {
			[_eQN]: `PrefixListIds`,
			[_xN]: _pLIr
		}]
	]
];
var IpRange$ = [
	3,
	n0$1,
	_IRpan,
	0,
	[_De, _CIi],
	[[0, {
		[_eQN]: `Description`,
		[_xN]: _de
	}], [0, {
		[_eQN]: `CidrIp`,
		[_xN]: _cIi
	}]]
];
var Ipv6Range$ = [
	3,
	n0$1,
	_IRpva,
	0,
	[_De, _CIid],
	[[0, {
		[_eQN]: `Description`,
		[_xN]: _de
	}], [0, {
		[_eQN]: `CidrIpv6`,
		[_xN]: _cIid
	}]]
];
var LastError$ = [
	3,
	n0$1,
	_LEa,
	0,
	[_Me, _Co],
	[[0, {
		[_eQN]: `Message`,
		[_xN]: _me
	}], [0, {
		[_eQN]: `Code`,
		[_xN]: _co
	}]]
];
var NatGateway$ = [
	3,
	n0$1,
	_NG,
	0,
	[
		_CTre,
		_DTel,
		_FCa,
		_FM,
		_NGA,
		_NGI,
		_PB,
		_St,
		_SIu,
		_VI,
		_T,
		_CTon,
		_AMv,
		_ASIu,
		_APZ,
		_AAt,
		_RTI
	],
	[
		[4, {
			[_eQN]: `CreateTime`,
			[_xN]: _cTre
		}],
		[4, {
			[_eQN]: `DeleteTime`,
			[_xN]: _dTel
		}],
		[0, {
			[_eQN]: `FailureCode`,
			[_xN]: _fCa
		}],
		[0, {
			[_eQN]: `FailureMessage`,
			[_xN]: _fM
		}],
		[() => NatGatewayAddressList, {
			[_eQN]: `NatGatewayAddressSet`,
			[_xN]: _nGAS
		}],
		[0, {
			[_eQN]: `NatGatewayId`,
			[_xN]: _nGI
		}],
		[() => ProvisionedBandwidth$, {
			[_eQN]: `ProvisionedBandwidth`,
			[_xN]: _pB
		}],
		[0, {
			[_eQN]: `State`,
			[_xN]: _st$1
		}],
		[0, {
			[_eQN]: `SubnetId`,
			[_xN]: _sIu
		}],
		[0, {
			[_eQN]: `VpcId`,
			[_xN]: _vI
		}],
		[() => TagList, {
			[_eQN]: `TagSet`,
			[_xN]: _tS$1
		}],
		[0, {
			[_eQN]: `ConnectivityType`,
			[_xN]: _cTonn
		}],
		[0, {
			[_eQN]: `AvailabilityMode`,
			[_xN]: _aM
		}],
		[0, {
			[_eQN]: `AutoScalingIps`,
			[_xN]: _aSI
		}],
		[0, {
			[_eQN]: `AutoProvisionZones`,
			[_xN]: _aPZ
		}],
		[() => NatGatewayAttachedApplianceList, {
			[_eQN]: `AttachedApplianceSet`,
			[_xN]: _aASt
		}],
		[0, {
			[_eQN]: `RouteTableId`,
			[_xN]: _rTI
		}]
	]
];
var NatGatewayAddress$ = [
	3,
	n0$1,
	_NGAa,
	0,
	[
		_AIl,
		_NII,
		_PIri,
		_PI,
		_AIs,
		_IPsr,
		_FM,
		_Sta,
		_AZ,
		_AZI
	],
	[
		[0, {
			[_eQN]: `AllocationId`,
			[_xN]: _aI
		}],
		[0, {
			[_eQN]: `NetworkInterfaceId`,
			[_xN]: _nII
		}],
		[0, {
			[_eQN]: `PrivateIp`,
			[_xN]: _pIriv
		}],
		[0, {
			[_eQN]: `PublicIp`,
			[_xN]: _pI
		}],
		[0, {
			[_eQN]: `AssociationId`,
			[_xN]: _aIs
		}],
		[2, {
			[_eQN]: `IsPrimary`,
			[_xN]: _iPsr
		}],
		[0, {
			[_eQN]: `FailureMessage`,
			[_xN]: _fM
		}],
		[0, {
			[_eQN]: `Status`,
			[_xN]: _sta
		}],
		[0, {
			[_eQN]: `AvailabilityZone`,
			[_xN]: _aZ
		}],
		[0, {
			[_eQN]: `AvailabilityZoneId`,
			[_xN]: _aZI
		}]
	]
];
var NatGatewayAttachedAppliance$ = [
	3,
	n0$1,
	_NGAA,
	0,
	[
		_Ty,
		_AAp,
		_VEIp,
		_AStta,
		_MSod,
		_FCa,
		_FM
	],
	[
		[0, {
			[_eQN]: `Type`,
			[_xN]: _ty
		}],
		[0, {
			[_eQN]: `ApplianceArn`,
			[_xN]: _aAp
		}],
		[0, {
			[_eQN]: `VpcEndpointId`,
			[_xN]: _vEI
		}],
		[0, {
			[_eQN]: `AttachmentState`,
			[_xN]: _aStt
		}],
		[0, {
			[_eQN]: `ModificationState`,
			[_xN]: _mSod
		}],
		[0, {
			[_eQN]: `FailureCode`,
			[_xN]: _fCa
		}],
		[0, {
			[_eQN]: `FailureMessage`,
			[_xN]: _fM
		}]
	]
];
var NetworkAcl$ = [
	3,
	n0$1,
	_NA,
	0,
	[
		_As,
		_Ent,
		_IDs,
		_NAI,
		_T,
		_VI,
		_OI
	],
	[
		[() => NetworkAclAssociationList, {
			[_eQN]: `AssociationSet`,
			[_xN]: _aSs
		}],
		[() => NetworkAclEntryList, {
			[_eQN]: `EntrySet`,
			[_xN]: _eSnt
		}],
		[2, {
			[_eQN]: `Default`,
			[_xN]: _def
		}],
		[0, {
			[_eQN]: `NetworkAclId`,
			[_xN]: _nAI
		}],
		[() => TagList, {
			[_eQN]: `TagSet`,
			[_xN]: _tS$1
		}],
		[0, {
			[_eQN]: `VpcId`,
			[_xN]: _vI
		}],
		[0, {
			[_eQN]: `OwnerId`,
			[_xN]: _oI
		}]
	]
];
var NetworkAclAssociation$ = [
	3,
	n0$1,
	_NAA,
	0,
	[
		_NAAI,
		_NAI,
		_SIu
	],
	[
		[0, {
			[_eQN]: `NetworkAclAssociationId`,
			[_xN]: _nAAI
		}],
		[0, {
			[_eQN]: `NetworkAclId`,
			[_xN]: _nAI
		}],
		[0, {
			[_eQN]: `SubnetId`,
			[_xN]: _sIu
		}]
	]
];
var NetworkAclEntry$ = [
	3,
	n0$1,
	_NAE,
	0,
	[
		_CB,
		_Eg,
		_ITC,
		_ICB,
		_PRo,
		_Pr,
		_RA,
		_RNu
	],
	[
		[0, {
			[_eQN]: `CidrBlock`,
			[_xN]: _cB
		}],
		[2, {
			[_eQN]: `Egress`,
			[_xN]: _eg
		}],
		[() => IcmpTypeCode$, {
			[_eQN]: `IcmpTypeCode`,
			[_xN]: _iTC
		}],
		[0, {
			[_eQN]: `Ipv6CidrBlock`,
			[_xN]: _iCB
		}],
		[() => PortRange$, {
			[_eQN]: `PortRange`,
			[_xN]: _pRo
		}],
		[0, {
			[_eQN]: `Protocol`,
			[_xN]: _pr
		}],
		[0, {
			[_eQN]: `RuleAction`,
			[_xN]: _rA
		}],
		[1, {
			[_eQN]: `RuleNumber`,
			[_xN]: _rN$1
		}]
	]
];
var PayerResponsibilityEntry$ = [
	3,
	n0$1,
	_PRE,
	0,
	[_Scop, _PRT],
	[[0, {
		[_eQN]: `Scope`,
		[_xN]: _scop
	}], [0, {
		[_eQN]: `PayerResponsibilityType`,
		[_xN]: _pRT
	}]]
];
var PortRange$ = [
	3,
	n0$1,
	_PRo,
	0,
	[_Fr, _To],
	[[1, {
		[_eQN]: `From`,
		[_xN]: _fr
	}], [1, {
		[_eQN]: `To`,
		[_xN]: _to
	}]]
];
var PrefixListId$ = [
	3,
	n0$1,
	_PLI,
	0,
	[_De, _PLI],
	[[0, {
		[_eQN]: `Description`,
		[_xN]: _de
	}], [0, {
		[_eQN]: `PrefixListId`,
		[_xN]: _pLI
	}]]
];
var PrivateDnsNameOptionsOnLaunch$ = [
	3,
	n0$1,
	_PDNOOL,
	0,
	[
		_HTo,
		_ERNDAR,
		_ERNDAAAAR
	],
	[
		[0, {
			[_eQN]: `HostnameType`,
			[_xN]: _hTo
		}],
		[2, {
			[_eQN]: `EnableResourceNameDnsARecord`,
			[_xN]: _eRNDAR
		}],
		[2, {
			[_eQN]: `EnableResourceNameDnsAAAARecord`,
			[_xN]: _eRNDAAAAR
		}]
	]
];
var PropagatingVgw$ = [
	3,
	n0$1,
	_PV,
	0,
	[_GI],
	[[0, {
		[_eQN]: `GatewayId`,
		[_xN]: _gI
	}]]
];
var ProvisionedBandwidth$ = [
	3,
	n0$1,
	_PB,
	0,
	[
		_PTr,
		_Prov,
		_RTeq,
		_Req,
		_Sta
	],
	[
		[4, {
			[_eQN]: `ProvisionTime`,
			[_xN]: _pTr
		}],
		[0, {
			[_eQN]: `Provisioned`,
			[_xN]: _prov
		}],
		[4, {
			[_eQN]: `RequestTime`,
			[_xN]: _rTeq
		}],
		[0, {
			[_eQN]: `Requested`,
			[_xN]: _req
		}],
		[0, {
			[_eQN]: `Status`,
			[_xN]: _sta
		}]
	]
];
var Route$ = [
	3,
	n0$1,
	_Ro,
	0,
	[
		_DCB,
		_DICB,
		_DPLI,
		_EOIGI,
		_GI,
		_II$1,
		_IOIn,
		_NGI,
		_TGI,
		_LGI,
		_CGI,
		_NII,
		_O,
		_St,
		_VPCI,
		_CNA,
		_ONA,
		_IAp
	],
	[
		[0, {
			[_eQN]: `DestinationCidrBlock`,
			[_xN]: _dCB
		}],
		[0, {
			[_eQN]: `DestinationIpv6CidrBlock`,
			[_xN]: _dICB
		}],
		[0, {
			[_eQN]: `DestinationPrefixListId`,
			[_xN]: _dPLI
		}],
		[0, {
			[_eQN]: `EgressOnlyInternetGatewayId`,
			[_xN]: _eOIGI
		}],
		[0, {
			[_eQN]: `GatewayId`,
			[_xN]: _gI
		}],
		[0, {
			[_eQN]: `InstanceId`,
			[_xN]: _iI$1
		}],
		[0, {
			[_eQN]: `InstanceOwnerId`,
			[_xN]: _iOIn
		}],
		[0, {
			[_eQN]: `NatGatewayId`,
			[_xN]: _nGI
		}],
		[0, {
			[_eQN]: `TransitGatewayId`,
			[_xN]: _tGI
		}],
		[0, {
			[_eQN]: `LocalGatewayId`,
			[_xN]: _lGI
		}],
		[0, {
			[_eQN]: `CarrierGatewayId`,
			[_xN]: _cGI
		}],
		[0, {
			[_eQN]: `NetworkInterfaceId`,
			[_xN]: _nII
		}],
		[0, {
			[_eQN]: `Origin`,
			[_xN]: _o
		}],
		[0, {
			[_eQN]: `State`,
			[_xN]: _st$1
		}],
		[0, {
			[_eQN]: `VpcPeeringConnectionId`,
			[_xN]: _vPCI
		}],
		[0, {
			[_eQN]: `CoreNetworkArn`,
			[_xN]: _cNA
		}],
		[0, {
			[_eQN]: `OdbNetworkArn`,
			[_xN]: _oNA
		}],
		[0, {
			[_eQN]: `IpAddress`,
			[_xN]: _iAp
		}]
	]
];
var RouteTable$ = [
	3,
	n0$1,
	_RTo,
	0,
	[
		_As,
		_PVro,
		_RTI,
		_Rou,
		_T,
		_VI,
		_OI
	],
	[
		[() => RouteTableAssociationList, {
			[_eQN]: `AssociationSet`,
			[_xN]: _aSs
		}],
		[() => PropagatingVgwList, {
			[_eQN]: `PropagatingVgwSet`,
			[_xN]: _pVS
		}],
		[0, {
			[_eQN]: `RouteTableId`,
			[_xN]: _rTI
		}],
		[() => RouteList, {
			[_eQN]: `RouteSet`,
			[_xN]: _rSou
		}],
		[() => TagList, {
			[_eQN]: `TagSet`,
			[_xN]: _tS$1
		}],
		[0, {
			[_eQN]: `VpcId`,
			[_xN]: _vI
		}],
		[0, {
			[_eQN]: `OwnerId`,
			[_xN]: _oI
		}]
	]
];
var RouteTableAssociation$ = [
	3,
	n0$1,
	_RTA,
	0,
	[
		_Mai,
		_RTAI,
		_RTI,
		_SIu,
		_GI,
		_PIP,
		_ASs
	],
	[
		[2, {
			[_eQN]: `Main`,
			[_xN]: _mai
		}],
		[0, {
			[_eQN]: `RouteTableAssociationId`,
			[_xN]: _rTAI
		}],
		[0, {
			[_eQN]: `RouteTableId`,
			[_xN]: _rTI
		}],
		[0, {
			[_eQN]: `SubnetId`,
			[_xN]: _sIu
		}],
		[0, {
			[_eQN]: `GatewayId`,
			[_xN]: _gI
		}],
		[0, {
			[_eQN]: `PublicIpv4Pool`,
			[_xN]: _pIP
		}],
		[() => RouteTableAssociationState$, {
			[_eQN]: `AssociationState`,
			[_xN]: _aS
		}]
	]
];
var RouteTableAssociationState$ = [
	3,
	n0$1,
	_RTAS,
	0,
	[_St, _SMt],
	[[0, {
		[_eQN]: `State`,
		[_xN]: _st$1
	}], [0, {
		[_eQN]: `StatusMessage`,
		[_xN]: _sMt
	}]]
];
var SecurityGroup$ = [
	3,
	n0$1,
	_SGec,
	0,
	[
		_GIr,
		_IPEp,
		_T,
		_VI,
		_SGA,
		_OI,
		_GN,
		_De,
		_IPpe
	],
	[
		[0, {
			[_eQN]: `GroupId`,
			[_xN]: _gIr
		}],
		[() => IpPermissionList, {
			[_eQN]: `IpPermissionsEgress`,
			[_xN]: _iPEp
		}],
		[() => TagList, {
			[_eQN]: `TagSet`,
			[_xN]: _tS$1
		}],
		[0, {
			[_eQN]: `VpcId`,
			[_xN]: _vI
		}],
		[0, {
			[_eQN]: `SecurityGroupArn`,
			[_xN]: _sGA
		}],
		[0, {
			[_eQN]: `OwnerId`,
			[_xN]: _oI
		}],
		[0, {
			[_eQN]: `GroupName`,
			[_xN]: _gN
		}],
		[0, {
			[_eQN]: `GroupDescription`,
			[_xN]: _gD
		}],
		[() => IpPermissionList, {
			[_eQN]: `IpPermissions`,
			[_xN]: _iPpe
		}]
	]
];
var SecurityGroupIdentifier$ = [
	3,
	n0$1,
	_SGIec,
	0,
	[_GIr, _GN],
	[[0, {
		[_eQN]: `GroupId`,
		[_xN]: _gIr
	}], [0, {
		[_eQN]: `GroupName`,
		[_xN]: _gN
	}]]
];
var Subnet$ = [
	3,
	n0$1,
	_Su,
	0,
	[
		_AZI,
		_ELADI,
		_MCOIOL,
		_COIP,
		_OI,
		_AIAOC,
		_ICBAS,
		_T,
		_SAub,
		_OA,
		_EDn,
		_IN,
		_PDNOOL,
		_BPAS,
		_Ty,
		_SIu,
		_St,
		_VI,
		_CB,
		_AIAC,
		_AZ,
		_DFA,
		_MPIOL
	],
	[
		[0, {
			[_eQN]: `AvailabilityZoneId`,
			[_xN]: _aZI
		}],
		[1, {
			[_eQN]: `EnableLniAtDeviceIndex`,
			[_xN]: _eLADI
		}],
		[2, {
			[_eQN]: `MapCustomerOwnedIpOnLaunch`,
			[_xN]: _mCOIOL
		}],
		[0, {
			[_eQN]: `CustomerOwnedIpv4Pool`,
			[_xN]: _cOIP
		}],
		[0, {
			[_eQN]: `OwnerId`,
			[_xN]: _oI
		}],
		[2, {
			[_eQN]: `AssignIpv6AddressOnCreation`,
			[_xN]: _aIAOC
		}],
		[() => SubnetIpv6CidrBlockAssociationSet, {
			[_eQN]: `Ipv6CidrBlockAssociationSet`,
			[_xN]: _iCBASp
		}],
		[() => TagList, {
			[_eQN]: `TagSet`,
			[_xN]: _tS$1
		}],
		[0, {
			[_eQN]: `SubnetArn`,
			[_xN]: _sAub
		}],
		[0, {
			[_eQN]: `OutpostArn`,
			[_xN]: _oA
		}],
		[2, {
			[_eQN]: `EnableDns64`,
			[_xN]: _eDn
		}],
		[2, {
			[_eQN]: `Ipv6Native`,
			[_xN]: _iN
		}],
		[() => PrivateDnsNameOptionsOnLaunch$, {
			[_eQN]: `PrivateDnsNameOptionsOnLaunch`,
			[_xN]: _pDNOOL
		}],
		[() => BlockPublicAccessStates$, {
			[_eQN]: `BlockPublicAccessStates`,
			[_xN]: _bPAS
		}],
		[0, {
			[_eQN]: `Type`,
			[_xN]: _ty
		}],
		[0, {
			[_eQN]: `SubnetId`,
			[_xN]: _sIu
		}],
		[0, {
			[_eQN]: `State`,
			[_xN]: _st$1
		}],
		[0, {
			[_eQN]: `VpcId`,
			[_xN]: _vI
		}],
		[0, {
			[_eQN]: `CidrBlock`,
			[_xN]: _cB
		}],
		[1, {
			[_eQN]: `AvailableIpAddressCount`,
			[_xN]: _aIAC
		}],
		[0, {
			[_eQN]: `AvailabilityZone`,
			[_xN]: _aZ
		}],
		[2, {
			[_eQN]: `DefaultForAz`,
			[_xN]: _dFA
		}],
		[2, {
			[_eQN]: `MapPublicIpOnLaunch`,
			[_xN]: _mPIOL
		}]
	]
];
var SubnetCidrBlockState$ = [
	3,
	n0$1,
	_SCBS,
	0,
	[_St, _SMt],
	[[0, {
		[_eQN]: `State`,
		[_xN]: _st$1
	}], [0, {
		[_eQN]: `StatusMessage`,
		[_xN]: _sMt
	}]]
];
var SubnetIpPrefixes$ = [
	3,
	n0$1,
	_SIPu,
	0,
	[_SIu, _IPpre],
	[[0, {
		[_eQN]: `SubnetId`,
		[_xN]: _sIu
	}], [() => ValueStringList, {
		[_eQN]: `IpPrefixSet`,
		[_xN]: _iPSpr
	}]]
];
var SubnetIpv6CidrBlockAssociation$ = [
	3,
	n0$1,
	_SICBA,
	0,
	[
		_AIs,
		_ICB,
		_ICBS,
		_IAA,
		_ISpo
	],
	[
		[0, {
			[_eQN]: `AssociationId`,
			[_xN]: _aIs
		}],
		[0, {
			[_eQN]: `Ipv6CidrBlock`,
			[_xN]: _iCB
		}],
		[() => SubnetCidrBlockState$, {
			[_eQN]: `Ipv6CidrBlockState`,
			[_xN]: _iCBS
		}],
		[0, {
			[_eQN]: `Ipv6AddressAttribute`,
			[_xN]: _iAA
		}],
		[0, {
			[_eQN]: `IpSource`,
			[_xN]: _iSpo
		}]
	]
];
var Tag$ = [
	3,
	n0$1,
	_Ta,
	0,
	[_K, _V],
	[[0, {
		[_eQN]: `Key`,
		[_xN]: _k
	}], [0, {
		[_eQN]: `Value`,
		[_xN]: _v
	}]]
];
var UserIdGroupPair$ = [
	3,
	n0$1,
	_UIGPs,
	0,
	[
		_De,
		_UI,
		_GN,
		_GIr,
		_VI,
		_VPCI,
		_PSee
	],
	[
		[0, {
			[_eQN]: `Description`,
			[_xN]: _de
		}],
		[0, {
			[_eQN]: `UserId`,
			[_xN]: _uI$1
		}],
		[0, {
			[_eQN]: `GroupName`,
			[_xN]: _gN
		}],
		[0, {
			[_eQN]: `GroupId`,
			[_xN]: _gIr
		}],
		[0, {
			[_eQN]: `VpcId`,
			[_xN]: _vI
		}],
		[0, {
			[_eQN]: `VpcPeeringConnectionId`,
			[_xN]: _vPCI
		}],
		[0, {
			[_eQN]: `PeeringStatus`,
			[_xN]: _pSee
		}]
	]
];
var VpcEndpoint$ = [
	3,
	n0$1,
	_VE$1,
	0,
	[
		_VEIp,
		_VET,
		_VI,
		_SN,
		_St,
		_PDo,
		_RTIo,
		_SI,
		_G,
		_IAT,
		_DOn,
		_PDE,
		_RMeq,
		_NIIe,
		_DEn,
		_CTrea,
		_T,
		_OI,
		_LEa,
		_IPpvr,
		_IPp,
		_FR,
		_SNA,
		_RCA,
		_SRe,
		_PRay
	],
	[
		[0, {
			[_eQN]: `VpcEndpointId`,
			[_xN]: _vEI
		}],
		[0, {
			[_eQN]: `VpcEndpointType`,
			[_xN]: _vET
		}],
		[0, {
			[_eQN]: `VpcId`,
			[_xN]: _vI
		}],
		[0, {
			[_eQN]: `ServiceName`,
			[_xN]: _sN
		}],
		[0, {
			[_eQN]: `State`,
			[_xN]: _st$1
		}],
		[0, {
			[_eQN]: `PolicyDocument`,
			[_xN]: _pD
		}],
		[() => ValueStringList, {
			[_eQN]: `RouteTableIdSet`,
			[_xN]: _rTIS
		}],
		[() => ValueStringList, {
			[_eQN]: `SubnetIdSet`,
			[_xN]: _sISu
		}],
		[() => GroupIdentifierSet, {
			[_eQN]: `GroupSet`,
			[_xN]: _gSr
		}],
		[0, {
			[_eQN]: `IpAddressType`,
			[_xN]: _iAT
		}],
		[() => DnsOptions$, {
			[_eQN]: `DnsOptions`,
			[_xN]: _dOn
		}],
		[2, {
			[_eQN]: `PrivateDnsEnabled`,
			[_xN]: _pDE
		}],
		[2, {
			[_eQN]: `RequesterManaged`,
			[_xN]: _rMeq
		}],
		[() => ValueStringList, {
			[_eQN]: `NetworkInterfaceIdSet`,
			[_xN]: _nIIS
		}],
		[() => DnsEntrySet, {
			[_eQN]: `DnsEntrySet`,
			[_xN]: _dES
		}],
		[4, {
			[_eQN]: `CreationTimestamp`,
			[_xN]: _cTrea
		}],
		[() => TagList, {
			[_eQN]: `TagSet`,
			[_xN]: _tS$1
		}],
		[0, {
			[_eQN]: `OwnerId`,
			[_xN]: _oI
		}],
		[() => LastError$, {
			[_eQN]: `LastError`,
			[_xN]: _lEa
		}],
		[() => SubnetIpPrefixesList, {
			[_eQN]: `Ipv4PrefixSet`,
			[_xN]: _iPSpvr
		}],
		[() => SubnetIpPrefixesList, {
			[_eQN]: `Ipv6PrefixSet`,
			[_xN]: _iPSpvre
		}],
		[0, {
			[_eQN]: `FailureReason`,
			[_xN]: _fR$1
		}],
		[0, {
			[_eQN]: `ServiceNetworkArn`,
			[_xN]: _sNAe
		}],
		[0, {
			[_eQN]: `ResourceConfigurationArn`,
			[_xN]: _rCA
		}],
		[0, {
			[_eQN]: `ServiceRegion`,
			[_xN]: _sR
		}],
		[() => PayerResponsibilitySet, {
			[_eQN]: `PayerResponsibilitySet`,
			[_xN]: _pRSa
		}]
	]
];
var DnsEntrySet = [
	1,
	n0$1,
	_DES,
	0,
	[() => DnsEntry$, { [_xN]: _it }]
];
var FilterList = [
	1,
	n0$1,
	_FLi,
	0,
	[() => Filter$, { [_xN]: _Fil }]
];
var GroupIdentifierSet = [
	1,
	n0$1,
	_GIS,
	0,
	[() => SecurityGroupIdentifier$, { [_xN]: _it }]
];
var GroupIdStringList = [
	1,
	n0$1,
	_GISL,
	0,
	[0, { [_xN]: _gIr }]
];
var GroupNameStringList = [
	1,
	n0$1,
	_GNSL,
	0,
	[0, { [_xN]: _GN }]
];
var IpPermissionList = [
	1,
	n0$1,
	_IPLp,
	0,
	[() => IpPermission$, { [_xN]: _it }]
];
var IpRangeList = [
	1,
	n0$1,
	_IRLp,
	0,
	[() => IpRange$, { [_xN]: _it }]
];
var Ipv6RangeList = [
	1,
	n0$1,
	_IRLpv,
	0,
	[() => Ipv6Range$, { [_xN]: _it }]
];
var NatGatewayAddressList = [
	1,
	n0$1,
	_NGAL,
	0,
	[() => NatGatewayAddress$, { [_xN]: _it }]
];
var NatGatewayAttachedApplianceList = [
	1,
	n0$1,
	_NGAAL,
	0,
	[() => NatGatewayAttachedAppliance$, { [_xN]: _it }]
];
var NatGatewayIdStringList = [
	1,
	n0$1,
	_NGISL,
	0,
	[0, { [_xN]: _it }]
];
var NatGatewayList = [
	1,
	n0$1,
	_NGL,
	0,
	[() => NatGateway$, { [_xN]: _it }]
];
var NetworkAclAssociationList = [
	1,
	n0$1,
	_NAAL,
	0,
	[() => NetworkAclAssociation$, { [_xN]: _it }]
];
var NetworkAclEntryList = [
	1,
	n0$1,
	_NAEL,
	0,
	[() => NetworkAclEntry$, { [_xN]: _it }]
];
var NetworkAclIdStringList = [
	1,
	n0$1,
	_NAISL,
	0,
	[0, { [_xN]: _it }]
];
var NetworkAclList = [
	1,
	n0$1,
	_NAL,
	0,
	[() => NetworkAcl$, { [_xN]: _it }]
];
var PayerResponsibilitySet = [
	1,
	n0$1,
	_PRSa,
	0,
	[() => PayerResponsibilityEntry$, { [_xN]: _it }]
];
var PrefixListIdList = [
	1,
	n0$1,
	_PLIL,
	0,
	[() => PrefixListId$, { [_xN]: _it }]
];
var PrivateDnsSpecifiedDomainSet = [
	1,
	n0$1,
	_PDSDS,
	0,
	[0, { [_xN]: _it }]
];
var PropagatingVgwList = [
	1,
	n0$1,
	_PVL,
	0,
	[() => PropagatingVgw$, { [_xN]: _it }]
];
var RouteList = [
	1,
	n0$1,
	_RLo,
	0,
	[() => Route$, { [_xN]: _it }]
];
var RouteTableAssociationList = [
	1,
	n0$1,
	_RTAL,
	0,
	[() => RouteTableAssociation$, { [_xN]: _it }]
];
var RouteTableIdStringList = [
	1,
	n0$1,
	_RTISL,
	0,
	[0, { [_xN]: _it }]
];
var RouteTableList = [
	1,
	n0$1,
	_RTLo,
	0,
	[() => RouteTable$, { [_xN]: _it }]
];
var SecurityGroupList = [
	1,
	n0$1,
	_SGL,
	0,
	[() => SecurityGroup$, { [_xN]: _it }]
];
var SubnetIdStringList = [
	1,
	n0$1,
	_SISLu,
	0,
	[0, { [_xN]: _SIu }]
];
var SubnetIpPrefixesList = [
	1,
	n0$1,
	_SIPL,
	0,
	[() => SubnetIpPrefixes$, { [_xN]: _it }]
];
var SubnetIpv6CidrBlockAssociationSet = [
	1,
	n0$1,
	_SICBAS,
	0,
	[() => SubnetIpv6CidrBlockAssociation$, { [_xN]: _it }]
];
var SubnetList = [
	1,
	n0$1,
	_SLu,
	0,
	[() => Subnet$, { [_xN]: _it }]
];
var TagList = [
	1,
	n0$1,
	_TL,
	0,
	[() => Tag$, { [_xN]: _it }]
];
var UserIdGroupPairList = [
	1,
	n0$1,
	_UIGPL,
	0,
	[() => UserIdGroupPair$, { [_xN]: _it }]
];
var ValueStringList = [
	1,
	n0$1,
	_VSL,
	0,
	[0, { [_xN]: _it }]
];
var VpcEndpointIdList = [
	1,
	n0$1,
	_VEIL,
	0,
	[0, { [_xN]: _it }]
];
var VpcEndpointSet = [
	1,
	n0$1,
	_VESpcn,
	0,
	[() => VpcEndpoint$, { [_xN]: _it }]
];
var DescribeNatGateways$ = [
	9,
	n0$1,
	_DNGe,
	0,
	() => DescribeNatGatewaysRequest$,
	() => DescribeNatGatewaysResult$
];
var DescribeNetworkAcls$ = [
	9,
	n0$1,
	_DNAe,
	0,
	() => DescribeNetworkAclsRequest$,
	() => DescribeNetworkAclsResult$
];
var DescribeRouteTables$ = [
	9,
	n0$1,
	_DRTe,
	0,
	() => DescribeRouteTablesRequest$,
	() => DescribeRouteTablesResult$
];
var DescribeSecurityGroups$ = [
	9,
	n0$1,
	_DSGe,
	0,
	() => DescribeSecurityGroupsRequest$,
	() => DescribeSecurityGroupsResult$
];
var DescribeSubnets$ = [
	9,
	n0$1,
	_DSesc,
	0,
	() => DescribeSubnetsRequest$,
	() => DescribeSubnetsResult$
];
var DescribeVpcAttribute$ = [
	9,
	n0$1,
	_DVAe,
	0,
	() => DescribeVpcAttributeRequest$,
	() => DescribeVpcAttributeResult$
];
var DescribeVpcEndpoints$ = [
	9,
	n0$1,
	_DVEe,
	0,
	() => DescribeVpcEndpointsRequest$,
	() => DescribeVpcEndpointsResult$
];
// node_modules/@aws-sdk/client-ec2/dist-es/runtimeConfig.shared.js
const getRuntimeConfig$3 = (config) => {
	return {
		apiVersion: "2016-11-15",
		base64Decoder: config?.base64Decoder ?? Sha256Node_DwJ_Bm2V.Tt,
		base64Encoder: config?.base64Encoder ?? Sha256Node_DwJ_Bm2V.wt,
		disableHostPrefix: config?.disableHostPrefix ?? false,
		endpointProvider: config?.endpointProvider ?? defaultEndpointResolver$1,
		extensions: config?.extensions ?? [],
		httpAuthSchemeProvider: config?.httpAuthSchemeProvider ?? defaultEC2HttpAuthSchemeProvider,
		httpAuthSchemes: config?.httpAuthSchemes ?? [{
			schemeId: "aws.auth#sigv4",
			identityProvider: (ipc) => ipc.getIdentityProvider("aws.auth#sigv4"),
			signer: new Sha256Node_DwJ_Bm2V.o()
		}],
		logger: config?.logger ?? new Sha256Node_DwJ_Bm2V.at(),
		protocol: config?.protocol ?? AwsEc2QueryProtocol,
		protocolSettings: config?.protocolSettings ?? {
			defaultNamespace: "com.amazonaws.ec2",
			errorTypeRegistries: errorTypeRegistries$1,
			xmlNamespace: "http://ec2.amazonaws.com/doc/2016-11-15",
			version: "2016-11-15",
			serviceTarget: "AmazonEC2"
		},
		serviceId: config?.serviceId ?? "EC2",
		sha256: config?.sha256 ?? Sha256Node_DwJ_Bm2V.t,
		urlParser: config?.urlParser ?? configLoader_DlwdWvjJ.r,
		utf8Decoder: config?.utf8Decoder ?? TypeRegistry_BYzBs9Nm.r,
		utf8Encoder: config?.utf8Encoder ?? TypeRegistry_BYzBs9Nm.n
	};
};
// node_modules/@aws-sdk/client-ec2/dist-es/runtimeConfig.js
const getRuntimeConfig$2 = (config) => {
	(0,Sha256Node_DwJ_Bm2V.ct)(process.version);
	const defaultsMode = (0,Sha256Node_DwJ_Bm2V.et)(config);
	const defaultConfigProvider = () => defaultsMode().then(Sha256Node_DwJ_Bm2V.lt);
	const clientSharedValues = getRuntimeConfig$3(config);
	(0,Sha256Node_DwJ_Bm2V.N)(process.version);
	const loaderConfig = {
		profile: config?.profile,
		logger: clientSharedValues.logger
	};
	return {
		...clientSharedValues,
		...config,
		runtime: "node",
		defaultsMode,
		authSchemePreference: config?.authSchemePreference ?? (0,configLoader_DlwdWvjJ.t)(Sha256Node_DwJ_Bm2V.a, loaderConfig),
		bodyLengthChecker: config?.bodyLengthChecker ?? Sha256Node_DwJ_Bm2V.vt,
		credentialDefaultProvider: config?.credentialDefaultProvider ?? defaultProvider,
		defaultSocketTimeout: (0,Sha256Node_DwJ_Bm2V.M)(config?.requestHandler, 9e5),
		defaultUserAgentProvider: config?.defaultUserAgentProvider ?? (0,Sha256Node_DwJ_Bm2V.p)({
			serviceId: clientSharedValues.serviceId,
			clientVersion: version$1
		}),
		maxAttempts: config?.maxAttempts ?? (0,configLoader_DlwdWvjJ.t)(Sha256Node_DwJ_Bm2V.g, config),
		region: config?.region ?? (0,configLoader_DlwdWvjJ.t)(Sha256Node_DwJ_Bm2V.rt, {
			...Sha256Node_DwJ_Bm2V.nt,
			...loaderConfig
		}),
		requestHandler: node_http_handler_BMbmsy_c.t.create(config?.requestHandler ?? defaultConfigProvider),
		retryMode: config?.retryMode ?? (0,configLoader_DlwdWvjJ.t)({
			...Sha256Node_DwJ_Bm2V._,
			default: async () => (await defaultConfigProvider()).retryMode || Sha256Node_DwJ_Bm2V.y
		}, config),
		streamCollector: config?.streamCollector ?? node_http_handler_BMbmsy_c.r,
		useDualstackEndpoint: config?.useDualstackEndpoint ?? (0,configLoader_DlwdWvjJ.t)(Sha256Node_DwJ_Bm2V._t, loaderConfig),
		useFipsEndpoint: config?.useFipsEndpoint ?? (0,configLoader_DlwdWvjJ.t)(Sha256Node_DwJ_Bm2V.gt, loaderConfig),
		userAgentAppId: config?.userAgentAppId ?? (0,configLoader_DlwdWvjJ.t)(Sha256Node_DwJ_Bm2V.f, loaderConfig)
	};
};
// node_modules/@aws-sdk/client-ec2/dist-es/auth/httpAuthExtensionConfiguration.js
const getHttpAuthExtensionConfiguration$1 = (runtimeConfig) => {
	const _httpAuthSchemes = runtimeConfig.httpAuthSchemes;
	let _httpAuthSchemeProvider = runtimeConfig.httpAuthSchemeProvider;
	let _credentials = runtimeConfig.credentials;
	return {
		setHttpAuthScheme(httpAuthScheme) {
			const index = _httpAuthSchemes.findIndex((scheme) => scheme.schemeId === httpAuthScheme.schemeId);
			if (index === -1) _httpAuthSchemes.push(httpAuthScheme);
			else _httpAuthSchemes.splice(index, 1, httpAuthScheme);
		},
		httpAuthSchemes() {
			return _httpAuthSchemes;
		},
		setHttpAuthSchemeProvider(httpAuthSchemeProvider) {
			_httpAuthSchemeProvider = httpAuthSchemeProvider;
		},
		httpAuthSchemeProvider() {
			return _httpAuthSchemeProvider;
		},
		setCredentials(credentials) {
			_credentials = credentials;
		},
		credentials() {
			return _credentials;
		}
	};
};
const resolveHttpAuthRuntimeConfig$1 = (config) => {
	return {
		httpAuthSchemes: config.httpAuthSchemes(),
		httpAuthSchemeProvider: config.httpAuthSchemeProvider(),
		credentials: config.credentials()
	};
};
// node_modules/@aws-sdk/client-ec2/dist-es/runtimeExtensions.js
const resolveRuntimeExtensions$1 = (runtimeConfig, extensions) => {
	const extensionConfiguration = Object.assign((0,Sha256Node_DwJ_Bm2V.l)(runtimeConfig), (0,Sha256Node_DwJ_Bm2V.ot)(runtimeConfig), (0,Sha256Node_DwJ_Bm2V.F)(runtimeConfig), getHttpAuthExtensionConfiguration$1(runtimeConfig));
	extensions.forEach((extension) => extension.configure(extensionConfiguration));
	return Object.assign(runtimeConfig, (0,Sha256Node_DwJ_Bm2V.u)(extensionConfiguration), (0,Sha256Node_DwJ_Bm2V.st)(extensionConfiguration), (0,Sha256Node_DwJ_Bm2V.I)(extensionConfiguration), resolveHttpAuthRuntimeConfig$1(extensionConfiguration));
};
// node_modules/@aws-sdk/client-ec2/dist-es/EC2Client.js
var EC2Client = class extends Sha256Node_DwJ_Bm2V.ht {
	config;
	constructor(...[configuration]) {
		const _config_0 = getRuntimeConfig$2(configuration || {});
		super(_config_0);
		this.initConfig = _config_0;
		const _config_1 = resolveClientEndpointParameters$1(_config_0);
		const _config_2 = (0,Sha256Node_DwJ_Bm2V.b)(_config_1);
		const _config_3 = (0,Sha256Node_DwJ_Bm2V.v)(_config_2);
		const _config_4 = (0,Sha256Node_DwJ_Bm2V.tt)(_config_3);
		const _config_5 = (0,Sha256Node_DwJ_Bm2V.j)(_config_4);
		const _config_6 = (0,Sha256Node_DwJ_Bm2V.J)(_config_5);
		const _config_7 = resolveHttpAuthSchemeConfig$1(_config_6);
		const _config_8 = resolveRuntimeExtensions$1(_config_7, configuration?.extensions || []);
		this.config = _config_8;
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.pt)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.m)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.h)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.P)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.A)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.k)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.O)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.D)(this.config, {
			httpAuthSchemeParametersProvider: defaultEC2HttpAuthSchemeParametersProvider,
			identityProviderConfigProvider: async (config) => new Sha256Node_DwJ_Bm2V.w({ "aws.auth#sigv4": config.credentials })
		}));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.E)(this.config));
	}
	destroy() {
		super.destroy();
	}
};
// node_modules/@aws-sdk/client-ec2/dist-es/commandBuilder.js
const command$1 = (0,Sha256Node_DwJ_Bm2V.it)(commonParams$1, "AmazonEC2", "EC2Client", Sha256Node_DwJ_Bm2V.q);
const _ep0$1 = {};
const _mw0$1 = (Command, cs, config, o) => [];
// node_modules/@aws-sdk/client-ec2/dist-es/commands/DescribeNatGatewaysCommand.js
var DescribeNatGatewaysCommand = class extends command$1(_ep0$1, _mw0$1, "DescribeNatGateways", DescribeNatGateways$) {};
// node_modules/@aws-sdk/client-ec2/dist-es/commands/DescribeNetworkAclsCommand.js
var DescribeNetworkAclsCommand = class extends command$1(_ep0$1, _mw0$1, "DescribeNetworkAcls", DescribeNetworkAcls$) {};
// node_modules/@aws-sdk/client-ec2/dist-es/commands/DescribeRouteTablesCommand.js
var DescribeRouteTablesCommand = class extends command$1(_ep0$1, _mw0$1, "DescribeRouteTables", DescribeRouteTables$) {};
// node_modules/@aws-sdk/client-ec2/dist-es/commands/DescribeSecurityGroupsCommand.js
var DescribeSecurityGroupsCommand = class extends command$1(_ep0$1, _mw0$1, "DescribeSecurityGroups", DescribeSecurityGroups$) {};
// node_modules/@aws-sdk/client-ec2/dist-es/commands/DescribeSubnetsCommand.js
var DescribeSubnetsCommand = class extends command$1(_ep0$1, _mw0$1, "DescribeSubnets", DescribeSubnets$) {};
// node_modules/@aws-sdk/client-ec2/dist-es/commands/DescribeVpcAttributeCommand.js
var DescribeVpcAttributeCommand = class extends command$1(_ep0$1, _mw0$1, "DescribeVpcAttribute", DescribeVpcAttribute$) {};
// node_modules/@aws-sdk/client-ec2/dist-es/commands/DescribeVpcEndpointsCommand.js
var DescribeVpcEndpointsCommand = class extends command$1(_ep0$1, _mw0$1, "DescribeVpcEndpoints", DescribeVpcEndpoints$) {};
// node_modules/@aws-sdk/client-ec2/dist-es/pagination/DescribeNatGatewaysPaginator.js
const paginateDescribeNatGateways = createPaginator(EC2Client, DescribeNatGatewaysCommand, "NextToken", "NextToken", "MaxResults");
// node_modules/@aws-sdk/client-ec2/dist-es/pagination/DescribeNetworkAclsPaginator.js
const paginateDescribeNetworkAcls = createPaginator(EC2Client, DescribeNetworkAclsCommand, "NextToken", "NextToken", "MaxResults");
// node_modules/@aws-sdk/client-ec2/dist-es/pagination/DescribeRouteTablesPaginator.js
const paginateDescribeRouteTables = createPaginator(EC2Client, DescribeRouteTablesCommand, "NextToken", "NextToken", "MaxResults");
// node_modules/@aws-sdk/client-ec2/dist-es/pagination/DescribeSecurityGroupsPaginator.js
const paginateDescribeSecurityGroups = createPaginator(EC2Client, DescribeSecurityGroupsCommand, "NextToken", "NextToken", "MaxResults");
// node_modules/@aws-sdk/client-ec2/dist-es/pagination/DescribeSubnetsPaginator.js
const paginateDescribeSubnets = createPaginator(EC2Client, DescribeSubnetsCommand, "NextToken", "NextToken", "MaxResults");
// node_modules/@aws-sdk/client-ec2/dist-es/pagination/DescribeVpcEndpointsPaginator.js
const paginateDescribeVpcEndpoints = createPaginator(EC2Client, DescribeVpcEndpointsCommand, "NextToken", "NextToken", "MaxResults");
// src/aws/ec2.ts
/** EC2's largest page, but for route tables. */
const PAGE = 1e3;
const ROUTE_TABLES_PAGE = 100;
function createEc2(config, region) {
	const client = new EC2Client({
		...config,
		region
	});
	const ask = (action, send) => call(`ec2:${action}`, async () => region, send);
	const read = (action, paginate, items, input, signal, pageSize = PAGE) => ask(action, () => allItems(paginate({
		client,
		pageSize
	}, input, { abortSignal: signal }), items));
	const subnets = (filters, signal) => read("DescribeSubnets", paginateDescribeSubnets, ({ Subnets }) => Subnets, { Filters: filters }, signal);
	const securityGroups = (filters, signal) => read("DescribeSecurityGroups", paginateDescribeSecurityGroups, ({ SecurityGroups }) => SecurityGroups, { Filters: filters }, signal);
	return {
		subnets: (ids, signal) => subnets([{
			Name: "subnet-id",
			Values: [...ids]
		}], signal),
		securityGroups: (ids, signal) => securityGroups([{
			Name: "group-id",
			Values: [...ids]
		}], signal),
		subnetsOf: (vpc, signal) => subnets(inVpc(vpc), signal),
		securityGroupsOf: (vpc, signal) => securityGroups(inVpc(vpc), signal),
		routeTablesOf: (vpc, signal) => read("DescribeRouteTables", paginateDescribeRouteTables, ({ RouteTables }) => RouteTables, { Filters: inVpc(vpc) }, signal, ROUTE_TABLES_PAGE),
		natGatewaysOf: (vpc, signal) => read("DescribeNatGateways", paginateDescribeNatGateways, ({ NatGateways }) => NatGateways, { Filter: inVpc(vpc) }, signal),
		endpointsOf: (vpc, signal) => read("DescribeVpcEndpoints", paginateDescribeVpcEndpoints, ({ VpcEndpoints }) => VpcEndpoints, { Filters: inVpc(vpc) }, signal),
		networkAclsOf: (vpc, signal) => read("DescribeNetworkAcls", paginateDescribeNetworkAcls, ({ NetworkAcls }) => NetworkAcls, { Filters: inVpc(vpc) }, signal),
		attribute: (vpc, name, signal) => ask("DescribeVpcAttribute", async () => {
			const command = new DescribeVpcAttributeCommand({
				VpcId: vpc,
				Attribute: name
			});
			const { EnableDnsSupport, EnableDnsHostnames } = await client.send(command, { abortSignal: signal });
			return (name === "enableDnsSupport" ? EnableDnsSupport : EnableDnsHostnames)?.Value ?? true;
		})
	};
}
function inVpc(vpc) {
	return [{
		Name: "vpc-id",
		Values: [vpc]
	}];
}
// node_modules/@aws-sdk/client-ecr/dist-es/auth/httpAuthSchemeProvider.js
const defaultECRHttpAuthSchemeParametersProvider = async (config, context, input) => {
	return {
		operation: (0,Sha256Node_DwJ_Bm2V.Ct)(context).operation,
		region: await (0,Sha256Node_DwJ_Bm2V.St)(config.region)() || (() => {
			throw new Error("expected `region` to be configured for `aws.auth#sigv4`");
		})()
	};
};
function createAwsAuthSigv4HttpAuthOption(authParameters) {
	return {
		schemeId: "aws.auth#sigv4",
		signingProperties: {
			name: "ecr",
			region: authParameters.region
		},
		propertiesExtractor: (config, context) => ({ signingProperties: {
			config,
			context
		} })
	};
}
const defaultECRHttpAuthSchemeProvider = (authParameters) => {
	const options = [];
	switch (authParameters.operation) {
		default: options.push(createAwsAuthSigv4HttpAuthOption(authParameters));
	}
	return options;
};
const resolveHttpAuthSchemeConfig = (config) => {
	const config_0 = (0,Sha256Node_DwJ_Bm2V.r)(config);
	return Object.assign(config_0, { authSchemePreference: (0,Sha256Node_DwJ_Bm2V.St)(config.authSchemePreference ?? []) });
};
// node_modules/@aws-sdk/client-ecr/dist-es/endpoint/EndpointParameters.js
const resolveClientEndpointParameters = (options) => {
	return Object.assign(options, {
		useDualstackEndpoint: options.useDualstackEndpoint ?? false,
		useFipsEndpoint: options.useFipsEndpoint ?? false,
		defaultSigningName: "ecr"
	});
};
const commonParams = {
	UseFIPS: {
		type: "builtInParams",
		name: "useFipsEndpoint"
	},
	Endpoint: {
		type: "builtInParams",
		name: "endpoint"
	},
	Region: {
		type: "builtInParams",
		name: "region"
	},
	UseDualStack: {
		type: "builtInParams",
		name: "useDualstackEndpoint"
	}
};
// node_modules/@aws-sdk/client-ecr/package.json
var version = "3.1162.0";
// node_modules/@aws-sdk/client-ecr/dist-es/endpoint/bdd.js
const m = "ref";
const a = -1;
const b = true;
const c = "isSet";
const d = "PartitionResult";
const e = "stringEquals";
const f = "booleanEquals";
const g = "getAttr";
const h = { [m]: "Endpoint" };
const i = {
	"fn": g,
	"argv": [{ [m]: d }, "name"]
};
const j = { [m]: d };
const k = {};
const l = [{ [m]: "Region" }];
const _data = {
	conditions: [
		[c, [h]],
		[c, l],
		[
			"aws.partition",
			l,
			d
		],
		[e, [i, "aws-eusc"]],
		[e, [i, "aws-iso-f"]],
		[e, [i, "aws-iso-e"]],
		[e, [i, "aws-iso-b"]],
		[e, [i, "aws-iso"]],
		[e, [i, "aws-cn"]],
		[e, [i, "aws-us-gov"]],
		[e, [i, "aws"]],
		[f, [{ [m]: "UseFIPS" }, b]],
		[f, [{
			fn: g,
			argv: [j, "supportsFIPS"]
		}, b]],
		[f, [{ [m]: "UseDualStack" }, b]],
		[f, [{
			fn: g,
			argv: [j, "supportsDualStack"]
		}, b]]
	],
	results: [
		[a],
		[a, "Invalid Configuration: FIPS and custom endpoint are not supported"],
		[a, "Invalid Configuration: Dualstack and custom endpoint are not supported"],
		[h, k],
		["https://api.ecr.{Region}.{PartitionResult#dnsSuffix}", k],
		["https://ecr.{Region}.{PartitionResult#dualStackDnsSuffix}", k],
		["https://api.ecr-fips.{Region}.{PartitionResult#dnsSuffix}", k],
		["https://ecr-fips.{Region}.{PartitionResult#dualStackDnsSuffix}", k],
		["https://api.ecr-fips.{Region}.{PartitionResult#dualStackDnsSuffix}", k],
		[a, "FIPS and DualStack are enabled, but this partition does not support one or both"],
		[a, "FIPS is enabled but this partition does not support FIPS"],
		["https://api.ecr.{Region}.{PartitionResult#dualStackDnsSuffix}", k],
		[a, "DualStack is enabled but this partition does not support DualStack"],
		[a, "Invalid Configuration: Missing Region"]
	]
};
const root = 2;
const nodes = new Int32Array([
	-1,
	1,
	-1,
	0,
	23,
	3,
	1,
	4,
	100000013,
	2,
	5,
	100000013,
	3,
	20,
	6,
	4,
	20,
	7,
	5,
	20,
	8,
	6,
	20,
	9,
	7,
	20,
	10,
	8,
	20,
	11,
	9,
	20,
	12,
	10,
	20,
	13,
	11,
	16,
	14,
	13,
	15,
	100000004,
	14,
	100000011,
	100000012,
	12,
	18,
	17,
	13,
	100000009,
	100000010,
	13,
	19,
	100000006,
	14,
	100000008,
	100000009,
	11,
	22,
	21,
	13,
	100000005,
	100000004,
	13,
	100000007,
	100000006,
	11,
	100000001,
	24,
	13,
	100000002,
	100000003
]);
const bdd = Sha256Node_DwJ_Bm2V.Q.from(nodes, root, _data.conditions, _data.results);
// node_modules/@aws-sdk/client-ecr/dist-es/endpoint/endpointResolver.js
const cache = new Sha256Node_DwJ_Bm2V.Z({
	size: 50,
	params: [
		"Endpoint",
		"Region",
		"UseDualStack",
		"UseFIPS"
	]
});
const defaultEndpointResolver = (endpointParams, context = {}) => {
	return cache.get(endpointParams, () => (0,Sha256Node_DwJ_Bm2V.Y)(bdd, {
		endpointParams,
		logger: context.logger
	}));
};
Sha256Node_DwJ_Bm2V.X.aws = Sha256Node_DwJ_Bm2V.d;
// node_modules/@aws-sdk/client-ecr/dist-es/models/ECRServiceException.js
var ECRServiceException = class ECRServiceException extends Sha256Node_DwJ_Bm2V.ut {
	static shapeId = "smithy.ts.sdk.synthetic.com.amazonaws.ecr#ECRServiceException";
	constructor(options) {
		super(options);
		Object.setPrototypeOf(this, ECRServiceException.prototype);
	}
};
// node_modules/@aws-sdk/client-ecr/dist-es/models/errors.js
var InvalidParameterException = class InvalidParameterException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#InvalidParameterException";
	name = "InvalidParameterException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidParameterException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidParameterException.prototype);
	}
};
var RepositoryNotFoundException = class RepositoryNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#RepositoryNotFoundException";
	name = "RepositoryNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "RepositoryNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, RepositoryNotFoundException.prototype);
	}
};
var ServerException = class ServerException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ServerException";
	name = "ServerException";
	$fault = "server";
	constructor(opts) {
		super({
			name: "ServerException",
			$fault: "server",
			...opts
		});
		Object.setPrototypeOf(this, ServerException.prototype);
	}
};
var LimitExceededException = class LimitExceededException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#LimitExceededException";
	name = "LimitExceededException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "LimitExceededException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, LimitExceededException.prototype);
	}
};
var UnableToGetUpstreamImageException = class UnableToGetUpstreamImageException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#UnableToGetUpstreamImageException";
	name = "UnableToGetUpstreamImageException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "UnableToGetUpstreamImageException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnableToGetUpstreamImageException.prototype);
	}
};
var ValidationException = class ValidationException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ValidationException";
	name = "ValidationException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ValidationException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ValidationException.prototype);
	}
};
var EmptyUploadException = class EmptyUploadException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#EmptyUploadException";
	name = "EmptyUploadException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "EmptyUploadException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, EmptyUploadException.prototype);
	}
};
var InvalidLayerException = class InvalidLayerException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#InvalidLayerException";
	name = "InvalidLayerException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidLayerException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidLayerException.prototype);
	}
};
var KmsException = class KmsException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#KmsException";
	name = "KmsException";
	$fault = "client";
	kmsError;
	constructor(opts) {
		super({
			name: "KmsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, KmsException.prototype);
		this.kmsError = opts.kmsError;
	}
};
var LayerAlreadyExistsException = class LayerAlreadyExistsException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#LayerAlreadyExistsException";
	name = "LayerAlreadyExistsException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "LayerAlreadyExistsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, LayerAlreadyExistsException.prototype);
	}
};
var LayerPartTooSmallException = class LayerPartTooSmallException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#LayerPartTooSmallException";
	name = "LayerPartTooSmallException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "LayerPartTooSmallException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, LayerPartTooSmallException.prototype);
	}
};
var UploadNotFoundException = class UploadNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#UploadNotFoundException";
	name = "UploadNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "UploadNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UploadNotFoundException.prototype);
	}
};
var PullThroughCacheRuleAlreadyExistsException = class PullThroughCacheRuleAlreadyExistsException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#PullThroughCacheRuleAlreadyExistsException";
	name = "PullThroughCacheRuleAlreadyExistsException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "PullThroughCacheRuleAlreadyExistsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, PullThroughCacheRuleAlreadyExistsException.prototype);
	}
};
var SecretNotFoundException = class SecretNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#SecretNotFoundException";
	name = "SecretNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "SecretNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, SecretNotFoundException.prototype);
	}
};
var UnableToAccessSecretException = class UnableToAccessSecretException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#UnableToAccessSecretException";
	name = "UnableToAccessSecretException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "UnableToAccessSecretException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnableToAccessSecretException.prototype);
	}
};
var UnableToDecryptSecretValueException = class UnableToDecryptSecretValueException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#UnableToDecryptSecretValueException";
	name = "UnableToDecryptSecretValueException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "UnableToDecryptSecretValueException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnableToDecryptSecretValueException.prototype);
	}
};
var UnsupportedUpstreamRegistryException = class UnsupportedUpstreamRegistryException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#UnsupportedUpstreamRegistryException";
	name = "UnsupportedUpstreamRegistryException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "UnsupportedUpstreamRegistryException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnsupportedUpstreamRegistryException.prototype);
	}
};
var InvalidTagParameterException = class InvalidTagParameterException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#InvalidTagParameterException";
	name = "InvalidTagParameterException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "InvalidTagParameterException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidTagParameterException.prototype);
	}
};
var RepositoryAlreadyExistsException = class RepositoryAlreadyExistsException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#RepositoryAlreadyExistsException";
	name = "RepositoryAlreadyExistsException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "RepositoryAlreadyExistsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, RepositoryAlreadyExistsException.prototype);
	}
};
var TooManyTagsException = class TooManyTagsException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#TooManyTagsException";
	name = "TooManyTagsException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "TooManyTagsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TooManyTagsException.prototype);
	}
};
var TemplateAlreadyExistsException = class TemplateAlreadyExistsException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#TemplateAlreadyExistsException";
	name = "TemplateAlreadyExistsException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "TemplateAlreadyExistsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TemplateAlreadyExistsException.prototype);
	}
};
var LifecyclePolicyNotFoundException = class LifecyclePolicyNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#LifecyclePolicyNotFoundException";
	name = "LifecyclePolicyNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "LifecyclePolicyNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, LifecyclePolicyNotFoundException.prototype);
	}
};
var PullThroughCacheRuleNotFoundException = class PullThroughCacheRuleNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#PullThroughCacheRuleNotFoundException";
	name = "PullThroughCacheRuleNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "PullThroughCacheRuleNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, PullThroughCacheRuleNotFoundException.prototype);
	}
};
var RegistryPolicyNotFoundException = class RegistryPolicyNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#RegistryPolicyNotFoundException";
	name = "RegistryPolicyNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "RegistryPolicyNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, RegistryPolicyNotFoundException.prototype);
	}
};
var RepositoryNotEmptyException = class RepositoryNotEmptyException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#RepositoryNotEmptyException";
	name = "RepositoryNotEmptyException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "RepositoryNotEmptyException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, RepositoryNotEmptyException.prototype);
	}
};
var TemplateNotFoundException = class TemplateNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#TemplateNotFoundException";
	name = "TemplateNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "TemplateNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, TemplateNotFoundException.prototype);
	}
};
var RepositoryPolicyNotFoundException = class RepositoryPolicyNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#RepositoryPolicyNotFoundException";
	name = "RepositoryPolicyNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "RepositoryPolicyNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, RepositoryPolicyNotFoundException.prototype);
	}
};
var SigningConfigurationNotFoundException = class SigningConfigurationNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#SigningConfigurationNotFoundException";
	name = "SigningConfigurationNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "SigningConfigurationNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, SigningConfigurationNotFoundException.prototype);
	}
};
var ExclusionNotFoundException = class ExclusionNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ExclusionNotFoundException";
	name = "ExclusionNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ExclusionNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ExclusionNotFoundException.prototype);
	}
};
var ImageNotFoundException = class ImageNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ImageNotFoundException";
	name = "ImageNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ImageNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ImageNotFoundException.prototype);
	}
};
var ScanNotFoundException = class ScanNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ScanNotFoundException";
	name = "ScanNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ScanNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ScanNotFoundException.prototype);
	}
};
var ReplicationBackfillNotFoundException = class ReplicationBackfillNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ReplicationBackfillNotFoundException";
	name = "ReplicationBackfillNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ReplicationBackfillNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ReplicationBackfillNotFoundException.prototype);
	}
};
var LayerInaccessibleException = class LayerInaccessibleException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#LayerInaccessibleException";
	name = "LayerInaccessibleException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "LayerInaccessibleException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, LayerInaccessibleException.prototype);
	}
};
var LayersNotFoundException = class LayersNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#LayersNotFoundException";
	name = "LayersNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "LayersNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, LayersNotFoundException.prototype);
	}
};
var UnableToGetUpstreamLayerException = class UnableToGetUpstreamLayerException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#UnableToGetUpstreamLayerException";
	name = "UnableToGetUpstreamLayerException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "UnableToGetUpstreamLayerException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnableToGetUpstreamLayerException.prototype);
	}
};
var LifecyclePolicyPreviewNotFoundException = class LifecyclePolicyPreviewNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#LifecyclePolicyPreviewNotFoundException";
	name = "LifecyclePolicyPreviewNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "LifecyclePolicyPreviewNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, LifecyclePolicyPreviewNotFoundException.prototype);
	}
};
var UnableToListUpstreamImageReferrersException = class UnableToListUpstreamImageReferrersException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#UnableToListUpstreamImageReferrersException";
	name = "UnableToListUpstreamImageReferrersException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "UnableToListUpstreamImageReferrersException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnableToListUpstreamImageReferrersException.prototype);
	}
};
var ImageAlreadyExistsException = class ImageAlreadyExistsException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ImageAlreadyExistsException";
	name = "ImageAlreadyExistsException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ImageAlreadyExistsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ImageAlreadyExistsException.prototype);
	}
};
var ImageDigestDoesNotMatchException = class ImageDigestDoesNotMatchException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ImageDigestDoesNotMatchException";
	name = "ImageDigestDoesNotMatchException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ImageDigestDoesNotMatchException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ImageDigestDoesNotMatchException.prototype);
	}
};
var ImageTagAlreadyExistsException = class ImageTagAlreadyExistsException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ImageTagAlreadyExistsException";
	name = "ImageTagAlreadyExistsException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ImageTagAlreadyExistsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ImageTagAlreadyExistsException.prototype);
	}
};
var ReferencedImagesNotFoundException = class ReferencedImagesNotFoundException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ReferencedImagesNotFoundException";
	name = "ReferencedImagesNotFoundException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ReferencedImagesNotFoundException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ReferencedImagesNotFoundException.prototype);
	}
};
var BlockedByOrganizationPolicyException = class BlockedByOrganizationPolicyException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#BlockedByOrganizationPolicyException";
	name = "BlockedByOrganizationPolicyException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "BlockedByOrganizationPolicyException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, BlockedByOrganizationPolicyException.prototype);
	}
};
var ExclusionAlreadyExistsException = class ExclusionAlreadyExistsException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ExclusionAlreadyExistsException";
	name = "ExclusionAlreadyExistsException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ExclusionAlreadyExistsException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ExclusionAlreadyExistsException.prototype);
	}
};
var ImageArchivedException = class ImageArchivedException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ImageArchivedException";
	name = "ImageArchivedException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ImageArchivedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ImageArchivedException.prototype);
	}
};
var UnsupportedImageTypeException = class UnsupportedImageTypeException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#UnsupportedImageTypeException";
	name = "UnsupportedImageTypeException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "UnsupportedImageTypeException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, UnsupportedImageTypeException.prototype);
	}
};
var LifecyclePolicyPreviewInProgressException = class LifecyclePolicyPreviewInProgressException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#LifecyclePolicyPreviewInProgressException";
	name = "LifecyclePolicyPreviewInProgressException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "LifecyclePolicyPreviewInProgressException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, LifecyclePolicyPreviewInProgressException.prototype);
	}
};
var ReplicationBackfillInProgressException = class ReplicationBackfillInProgressException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ReplicationBackfillInProgressException";
	name = "ReplicationBackfillInProgressException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ReplicationBackfillInProgressException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ReplicationBackfillInProgressException.prototype);
	}
};
var ReplicationBackfillInvalidStatusException = class ReplicationBackfillInvalidStatusException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ReplicationBackfillInvalidStatusException";
	name = "ReplicationBackfillInvalidStatusException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ReplicationBackfillInvalidStatusException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ReplicationBackfillInvalidStatusException.prototype);
	}
};
var ImageStorageClassUpdateNotSupportedException = class ImageStorageClassUpdateNotSupportedException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#ImageStorageClassUpdateNotSupportedException";
	name = "ImageStorageClassUpdateNotSupportedException";
	$fault = "client";
	constructor(opts) {
		super({
			name: "ImageStorageClassUpdateNotSupportedException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, ImageStorageClassUpdateNotSupportedException.prototype);
	}
};
var InvalidLayerPartException = class InvalidLayerPartException extends ECRServiceException {
	static shapeId = "com.amazonaws.ecr#InvalidLayerPartException";
	name = "InvalidLayerPartException";
	$fault = "client";
	registryId;
	repositoryName;
	uploadId;
	lastValidByteReceived;
	constructor(opts) {
		super({
			name: "InvalidLayerPartException",
			$fault: "client",
			...opts
		});
		Object.setPrototypeOf(this, InvalidLayerPartException.prototype);
		this.registryId = opts.registryId;
		this.repositoryName = opts.repositoryName;
		this.uploadId = opts.uploadId;
		this.lastValidByteReceived = opts.lastValidByteReceived;
	}
};
// node_modules/@aws-sdk/client-ecr/dist-es/schemas/schemas_0.js
const _BBOPE = "BlockedByOrganizationPolicyException";
const _BGI = "BatchGetImage";
const _BGIR = "BatchGetImageRequest";
const _BGIRa = "BatchGetImageResponse";
const _DI = "DescribeImages";
const _DIF = "DescribeImagesFilter";
const _DIR = "DescribeImagesRequest";
const _DIRe = "DescribeImagesResponse";
const _DPTCRRes = "DescribePullThroughCacheRulesRequest";
const _DPTCRResc = "DescribePullThroughCacheRulesResponse";
const _DPTCRe = "DescribePullThroughCacheRules";
const _EAEE = "ExclusionAlreadyExistsException";
const _ENFE = "ExclusionNotFoundException";
const _EUE = "EmptyUploadException";
const _I = "Image";
const _IAE = "ImageArchivedException";
const _IAEE = "ImageAlreadyExistsException";
const _ID = "ImageDetail";
const _IDDNME = "ImageDigestDoesNotMatchException";
const _IDL = "ImageDetailList";
const _IF = "ImageFailure";
const _IFL = "ImageFailureList";
const _II = "ImageIdentifier";
const _IIL = "ImageIdentifierList";
const _IL = "ImageList";
const _ILE = "InvalidLayerException";
const _ILPE = "InvalidLayerPartException";
const _INFE = "ImageNotFoundException";
const _IPE = "InvalidParameterException";
const _ISCUNSE = "ImageStorageClassUpdateNotSupportedException";
const _ISFS = "ImageScanFindingsSummary";
const _ISS = "ImageScanStatus";
const _ITAEE = "ImageTagAlreadyExistsException";
const _ITPE = "InvalidTagParameterException";
const _KE = "KmsException";
const _LAEE = "LayerAlreadyExistsException";
const _LEE = "LimitExceededException";
const _LIE = "LayerInaccessibleException";
const _LNFE = "LayersNotFoundException";
const _LPNFE = "LifecyclePolicyNotFoundException";
const _LPPIPE = "LifecyclePolicyPreviewInProgressException";
const _LPPNFE = "LifecyclePolicyPreviewNotFoundException";
const _LPTSE = "LayerPartTooSmallException";
const _PTCR = "PullThroughCacheRule";
const _PTCRAEE = "PullThroughCacheRuleAlreadyExistsException";
const _PTCRL = "PullThroughCacheRuleList";
const _PTCRNFE = "PullThroughCacheRuleNotFoundException";
const _RAEE = "RepositoryAlreadyExistsException";
const _RBIPE = "ReplicationBackfillInProgressException";
const _RBISE = "ReplicationBackfillInvalidStatusException";
const _RBNFE = "ReplicationBackfillNotFoundException";
const _RINFE = "ReferencedImagesNotFoundException";
const _RNEE = "RepositoryNotEmptyException";
const _RNFE = "RepositoryNotFoundException";
const _RPNFE = "RegistryPolicyNotFoundException";
const _RPNFEe = "RepositoryPolicyNotFoundException";
const _SCNFE = "SigningConfigurationNotFoundException";
const _SE = "ServerException";
const _SNFE = "ScanNotFoundException";
const _SNFEe = "SecretNotFoundException";
const _TAEE = "TemplateAlreadyExistsException";
const _TMTE = "TooManyTagsException";
const _TNFE = "TemplateNotFoundException";
const _UITE = "UnsupportedImageTypeException";
const _UNFE = "UploadNotFoundException";
const _UTASE = "UnableToAccessSecretException";
const _UTDSVE = "UnableToDecryptSecretValueException";
const _UTGUIE = "UnableToGetUpstreamImageException";
const _UTGULE = "UnableToGetUpstreamLayerException";
const _UTLUIRE = "UnableToListUpstreamImageReferrersException";
const _UURE = "UnsupportedUpstreamRegistryException";
const _VE = "ValidationException";
const _aMT = "acceptedMediaTypes";
const _aMTr = "artifactMediaType";
const _c = "client";
const _cA = "credentialArn";
const _cAr = "createdAt";
const _cRA = "customRoleArn";
const _d = "description";
const _e = "error";
const _eRP = "ecrRepositoryPrefix";
const _eRPc = "ecrRepositoryPrefixes";
const _f = "failures";
const _fC = "failureCode";
const _fR = "failureReason";
const _fSC = "findingSeverityCounts";
const _fi = "filter";
const _hE = "httpError";
const _i = "images";
const _iD = "imageDetails";
const _iDm = "imageDigest";
const _iI = "imageIds";
const _iIm = "imageId";
const _iM = "imageManifest";
const _iMMT = "imageManifestMediaType";
const _iPA = "imagePushedAt";
const _iS = "imageStatus";
const _iSCA = "imageScanCompletedAt";
const _iSFS = "imageScanFindingsSummary";
const _iSIB = "imageSizeInBytes";
const _iSS = "imageScanStatus";
const _iT = "imageTags";
const _iTm = "imageTag";
const _kE = "kmsError";
const _lAA = "lastArchivedAt";
const _lAAa = "lastActivatedAt";
const _lRPT = "lastRecordedPullTime";
const _lVBR = "lastValidByteReceived";
const _m = "message";
const _mR = "maxResults";
const _nT = "nextToken";
const _pTCR = "pullThroughCacheRules";
const _rI = "registryId";
const _rN = "repositoryName";
const _s = "smithy.ts.sdk.synthetic.com.amazonaws.ecr";
const _sMD = "subjectManifestDigest";
const _se = "server";
const _st = "status";
const _tS = "tagStatus";
const _uA = "updatedAt";
const _uI = "uploadId";
const _uR = "upstreamRegistry";
const _uRP = "upstreamRepositoryPrefix";
const _uRU = "upstreamRegistryUrl";
const _vSUA = "vulnerabilitySourceUpdatedAt";
const n0 = "com.amazonaws.ecr";
const _s_registry = new TypeRegistry_BYzBs9Nm.t(_s);
var ECRServiceException$ = [
	-3,
	_s,
	"ECRServiceException",
	0,
	[],
	[]
];
_s_registry.registerError(ECRServiceException$, ECRServiceException);
const n0_registry = new TypeRegistry_BYzBs9Nm.t(n0);
var BlockedByOrganizationPolicyException$ = [
	-3,
	n0,
	_BBOPE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(BlockedByOrganizationPolicyException$, BlockedByOrganizationPolicyException);
var EmptyUploadException$ = [
	-3,
	n0,
	_EUE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(EmptyUploadException$, EmptyUploadException);
var ExclusionAlreadyExistsException$ = [
	-3,
	n0,
	_EAEE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(ExclusionAlreadyExistsException$, ExclusionAlreadyExistsException);
var ExclusionNotFoundException$ = [
	-3,
	n0,
	_ENFE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(ExclusionNotFoundException$, ExclusionNotFoundException);
var ImageAlreadyExistsException$ = [
	-3,
	n0,
	_IAEE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(ImageAlreadyExistsException$, ImageAlreadyExistsException);
var ImageArchivedException$ = [
	-3,
	n0,
	_IAE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(ImageArchivedException$, ImageArchivedException);
var ImageDigestDoesNotMatchException$ = [
	-3,
	n0,
	_IDDNME,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(ImageDigestDoesNotMatchException$, ImageDigestDoesNotMatchException);
var ImageNotFoundException$ = [
	-3,
	n0,
	_INFE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(ImageNotFoundException$, ImageNotFoundException);
var ImageStorageClassUpdateNotSupportedException$ = [
	-3,
	n0,
	_ISCUNSE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(ImageStorageClassUpdateNotSupportedException$, ImageStorageClassUpdateNotSupportedException);
var ImageTagAlreadyExistsException$ = [
	-3,
	n0,
	_ITAEE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(ImageTagAlreadyExistsException$, ImageTagAlreadyExistsException);
var InvalidLayerException$ = [
	-3,
	n0,
	_ILE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(InvalidLayerException$, InvalidLayerException);
var InvalidLayerPartException$ = [
	-3,
	n0,
	_ILPE,
	{ [_e]: _c },
	[
		_rI,
		_rN,
		_uI,
		_lVBR,
		_m
	],
	[
		0,
		0,
		0,
		1,
		0
	]
];
n0_registry.registerError(InvalidLayerPartException$, InvalidLayerPartException);
var InvalidParameterException$ = [
	-3,
	n0,
	_IPE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(InvalidParameterException$, InvalidParameterException);
var InvalidTagParameterException$ = [
	-3,
	n0,
	_ITPE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(InvalidTagParameterException$, InvalidTagParameterException);
var KmsException$ = [
	-3,
	n0,
	_KE,
	{ [_e]: _c },
	[_m, _kE],
	[0, 0]
];
n0_registry.registerError(KmsException$, KmsException);
var LayerAlreadyExistsException$ = [
	-3,
	n0,
	_LAEE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(LayerAlreadyExistsException$, LayerAlreadyExistsException);
var LayerInaccessibleException$ = [
	-3,
	n0,
	_LIE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(LayerInaccessibleException$, LayerInaccessibleException);
var LayerPartTooSmallException$ = [
	-3,
	n0,
	_LPTSE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(LayerPartTooSmallException$, LayerPartTooSmallException);
var LayersNotFoundException$ = [
	-3,
	n0,
	_LNFE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(LayersNotFoundException$, LayersNotFoundException);
var LifecyclePolicyNotFoundException$ = [
	-3,
	n0,
	_LPNFE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(LifecyclePolicyNotFoundException$, LifecyclePolicyNotFoundException);
var LifecyclePolicyPreviewInProgressException$ = [
	-3,
	n0,
	_LPPIPE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(LifecyclePolicyPreviewInProgressException$, LifecyclePolicyPreviewInProgressException);
var LifecyclePolicyPreviewNotFoundException$ = [
	-3,
	n0,
	_LPPNFE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(LifecyclePolicyPreviewNotFoundException$, LifecyclePolicyPreviewNotFoundException);
var LimitExceededException$ = [
	-3,
	n0,
	_LEE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(LimitExceededException$, LimitExceededException);
var PullThroughCacheRuleAlreadyExistsException$ = [
	-3,
	n0,
	_PTCRAEE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(PullThroughCacheRuleAlreadyExistsException$, PullThroughCacheRuleAlreadyExistsException);
var PullThroughCacheRuleNotFoundException$ = [
	-3,
	n0,
	_PTCRNFE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(PullThroughCacheRuleNotFoundException$, PullThroughCacheRuleNotFoundException);
var ReferencedImagesNotFoundException$ = [
	-3,
	n0,
	_RINFE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(ReferencedImagesNotFoundException$, ReferencedImagesNotFoundException);
var RegistryPolicyNotFoundException$ = [
	-3,
	n0,
	_RPNFE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(RegistryPolicyNotFoundException$, RegistryPolicyNotFoundException);
var ReplicationBackfillInProgressException$ = [
	-3,
	n0,
	_RBIPE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(ReplicationBackfillInProgressException$, ReplicationBackfillInProgressException);
var ReplicationBackfillInvalidStatusException$ = [
	-3,
	n0,
	_RBISE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(ReplicationBackfillInvalidStatusException$, ReplicationBackfillInvalidStatusException);
var ReplicationBackfillNotFoundException$ = [
	-3,
	n0,
	_RBNFE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(ReplicationBackfillNotFoundException$, ReplicationBackfillNotFoundException);
var RepositoryAlreadyExistsException$ = [
	-3,
	n0,
	_RAEE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(RepositoryAlreadyExistsException$, RepositoryAlreadyExistsException);
var RepositoryNotEmptyException$ = [
	-3,
	n0,
	_RNEE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(RepositoryNotEmptyException$, RepositoryNotEmptyException);
var RepositoryNotFoundException$ = [
	-3,
	n0,
	_RNFE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(RepositoryNotFoundException$, RepositoryNotFoundException);
var RepositoryPolicyNotFoundException$ = [
	-3,
	n0,
	_RPNFEe,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(RepositoryPolicyNotFoundException$, RepositoryPolicyNotFoundException);
var ScanNotFoundException$ = [
	-3,
	n0,
	_SNFE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(ScanNotFoundException$, ScanNotFoundException);
var SecretNotFoundException$ = [
	-3,
	n0,
	_SNFEe,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(SecretNotFoundException$, SecretNotFoundException);
var ServerException$ = [
	-3,
	n0,
	_SE,
	{ [_e]: _se },
	[_m],
	[0]
];
n0_registry.registerError(ServerException$, ServerException);
var SigningConfigurationNotFoundException$ = [
	-3,
	n0,
	_SCNFE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(SigningConfigurationNotFoundException$, SigningConfigurationNotFoundException);
var TemplateAlreadyExistsException$ = [
	-3,
	n0,
	_TAEE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(TemplateAlreadyExistsException$, TemplateAlreadyExistsException);
var TemplateNotFoundException$ = [
	-3,
	n0,
	_TNFE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(TemplateNotFoundException$, TemplateNotFoundException);
var TooManyTagsException$ = [
	-3,
	n0,
	_TMTE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(TooManyTagsException$, TooManyTagsException);
var UnableToAccessSecretException$ = [
	-3,
	n0,
	_UTASE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(UnableToAccessSecretException$, UnableToAccessSecretException);
var UnableToDecryptSecretValueException$ = [
	-3,
	n0,
	_UTDSVE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(UnableToDecryptSecretValueException$, UnableToDecryptSecretValueException);
var UnableToGetUpstreamImageException$ = [
	-3,
	n0,
	_UTGUIE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(UnableToGetUpstreamImageException$, UnableToGetUpstreamImageException);
var UnableToGetUpstreamLayerException$ = [
	-3,
	n0,
	_UTGULE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(UnableToGetUpstreamLayerException$, UnableToGetUpstreamLayerException);
var UnableToListUpstreamImageReferrersException$ = [
	-3,
	n0,
	_UTLUIRE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(UnableToListUpstreamImageReferrersException$, UnableToListUpstreamImageReferrersException);
var UnsupportedImageTypeException$ = [
	-3,
	n0,
	_UITE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(UnsupportedImageTypeException$, UnsupportedImageTypeException);
var UnsupportedUpstreamRegistryException$ = [
	-3,
	n0,
	_UURE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(UnsupportedUpstreamRegistryException$, UnsupportedUpstreamRegistryException);
var UploadNotFoundException$ = [
	-3,
	n0,
	_UNFE,
	{ [_e]: _c },
	[_m],
	[0]
];
n0_registry.registerError(UploadNotFoundException$, UploadNotFoundException);
var ValidationException$ = [
	-3,
	n0,
	_VE,
	{
		[_e]: _c,
		[_hE]: 400
	},
	[_m],
	[0]
];
n0_registry.registerError(ValidationException$, ValidationException);
const errorTypeRegistries = [_s_registry, n0_registry];
var BatchGetImageRequest$ = [
	3,
	n0,
	_BGIR,
	0,
	[
		_rN,
		_iI,
		_rI,
		_aMT
	],
	[
		0,
		() => ImageIdentifierList,
		0,
		64
	],
	2
];
var BatchGetImageResponse$ = [
	3,
	n0,
	_BGIRa,
	0,
	[_i, _f],
	[() => ImageList, () => ImageFailureList]
];
var DescribeImagesFilter$ = [
	3,
	n0,
	_DIF,
	0,
	[_tS, _iS],
	[0, 0]
];
var DescribeImagesRequest$ = [
	3,
	n0,
	_DIR,
	0,
	[
		_rN,
		_rI,
		_iI,
		_nT,
		_mR,
		_fi
	],
	[
		0,
		0,
		() => ImageIdentifierList,
		0,
		1,
		() => DescribeImagesFilter$
	],
	1
];
var DescribeImagesResponse$ = [
	3,
	n0,
	_DIRe,
	0,
	[_iD, _nT],
	[() => ImageDetailList, 0]
];
var DescribePullThroughCacheRulesRequest$ = [
	3,
	n0,
	_DPTCRRes,
	0,
	[
		_rI,
		_eRPc,
		_nT,
		_mR
	],
	[
		0,
		64,
		0,
		1
	]
];
var DescribePullThroughCacheRulesResponse$ = [
	3,
	n0,
	_DPTCRResc,
	0,
	[_pTCR, _nT],
	[() => PullThroughCacheRuleList, 0]
];
var Image$ = [
	3,
	n0,
	_I,
	0,
	[
		_rI,
		_rN,
		_iIm,
		_iM,
		_iMMT
	],
	[
		0,
		0,
		() => ImageIdentifier$,
		0,
		0
	]
];
var ImageDetail$ = [
	3,
	n0,
	_ID,
	0,
	[
		_rI,
		_rN,
		_iDm,
		_iT,
		_iSIB,
		_iPA,
		_iSS,
		_iSFS,
		_iMMT,
		_aMTr,
		_lRPT,
		_sMD,
		_iS,
		_lAA,
		_lAAa
	],
	[
		0,
		0,
		0,
		64,
		1,
		4,
		() => ImageScanStatus$,
		() => ImageScanFindingsSummary$,
		0,
		0,
		4,
		0,
		0,
		4,
		4
	]
];
var ImageFailure$ = [
	3,
	n0,
	_IF,
	0,
	[
		_iIm,
		_fC,
		_fR
	],
	[
		() => ImageIdentifier$,
		0,
		0
	]
];
var ImageIdentifier$ = [
	3,
	n0,
	_II,
	0,
	[_iDm, _iTm],
	[0, 0]
];
var ImageScanFindingsSummary$ = [
	3,
	n0,
	_ISFS,
	0,
	[
		_iSCA,
		_vSUA,
		_fSC
	],
	[
		4,
		4,
		129
	]
];
var ImageScanStatus$ = [
	3,
	n0,
	_ISS,
	0,
	[_st, _d],
	[0, 0]
];
var PullThroughCacheRule$ = [
	3,
	n0,
	_PTCR,
	0,
	[
		_eRP,
		_uRU,
		_cAr,
		_rI,
		_cA,
		_cRA,
		_uRP,
		_uR,
		_uA
	],
	[
		0,
		0,
		4,
		0,
		0,
		0,
		0,
		0,
		4
	]
];
var ImageDetailList = [
	1,
	n0,
	_IDL,
	0,
	() => ImageDetail$
];
var ImageFailureList = [
	1,
	n0,
	_IFL,
	0,
	() => ImageFailure$
];
var ImageIdentifierList = [
	1,
	n0,
	_IIL,
	0,
	() => ImageIdentifier$
];
var ImageList = [
	1,
	n0,
	_IL,
	0,
	() => Image$
];
var PullThroughCacheRuleList = [
	1,
	n0,
	_PTCRL,
	0,
	() => PullThroughCacheRule$
];
var BatchGetImage$ = [
	9,
	n0,
	_BGI,
	0,
	() => BatchGetImageRequest$,
	() => BatchGetImageResponse$
];
var DescribeImages$ = [
	9,
	n0,
	_DI,
	0,
	() => DescribeImagesRequest$,
	() => DescribeImagesResponse$
];
var DescribePullThroughCacheRules$ = [
	9,
	n0,
	_DPTCRe,
	0,
	() => DescribePullThroughCacheRulesRequest$,
	() => DescribePullThroughCacheRulesResponse$
];
// node_modules/@aws-sdk/client-ecr/dist-es/runtimeConfig.shared.js
const getRuntimeConfig$1 = (config) => {
	return {
		apiVersion: "2015-09-21",
		base64Decoder: config?.base64Decoder ?? Sha256Node_DwJ_Bm2V.Tt,
		base64Encoder: config?.base64Encoder ?? Sha256Node_DwJ_Bm2V.wt,
		disableHostPrefix: config?.disableHostPrefix ?? false,
		endpointProvider: config?.endpointProvider ?? defaultEndpointResolver,
		extensions: config?.extensions ?? [],
		httpAuthSchemeProvider: config?.httpAuthSchemeProvider ?? defaultECRHttpAuthSchemeProvider,
		httpAuthSchemes: config?.httpAuthSchemes ?? [{
			schemeId: "aws.auth#sigv4",
			identityProvider: (ipc) => ipc.getIdentityProvider("aws.auth#sigv4"),
			signer: new Sha256Node_DwJ_Bm2V.o()
		}],
		logger: config?.logger ?? new Sha256Node_DwJ_Bm2V.at(),
		protocol: config?.protocol ?? AwsJson1_1Protocol,
		protocolSettings: config?.protocolSettings ?? {
			defaultNamespace: "com.amazonaws.ecr",
			errorTypeRegistries,
			xmlNamespace: "http://ecr.amazonaws.com/doc/2015-09-21/",
			version: "2015-09-21",
			serviceTarget: "AmazonEC2ContainerRegistry_V20150921"
		},
		serviceId: config?.serviceId ?? "ECR",
		sha256: config?.sha256 ?? Sha256Node_DwJ_Bm2V.t,
		urlParser: config?.urlParser ?? configLoader_DlwdWvjJ.r,
		utf8Decoder: config?.utf8Decoder ?? TypeRegistry_BYzBs9Nm.r,
		utf8Encoder: config?.utf8Encoder ?? TypeRegistry_BYzBs9Nm.n
	};
};
// node_modules/@aws-sdk/client-ecr/dist-es/runtimeConfig.js
const getRuntimeConfig = (config) => {
	(0,Sha256Node_DwJ_Bm2V.ct)(process.version);
	const defaultsMode = (0,Sha256Node_DwJ_Bm2V.et)(config);
	const defaultConfigProvider = () => defaultsMode().then(Sha256Node_DwJ_Bm2V.lt);
	const clientSharedValues = getRuntimeConfig$1(config);
	(0,Sha256Node_DwJ_Bm2V.N)(process.version);
	const loaderConfig = {
		profile: config?.profile,
		logger: clientSharedValues.logger
	};
	return {
		...clientSharedValues,
		...config,
		runtime: "node",
		defaultsMode,
		authSchemePreference: config?.authSchemePreference ?? (0,configLoader_DlwdWvjJ.t)(Sha256Node_DwJ_Bm2V.a, loaderConfig),
		bodyLengthChecker: config?.bodyLengthChecker ?? Sha256Node_DwJ_Bm2V.vt,
		credentialDefaultProvider: config?.credentialDefaultProvider ?? defaultProvider,
		defaultSocketTimeout: (0,Sha256Node_DwJ_Bm2V.M)(config?.requestHandler, 3e5),
		defaultUserAgentProvider: config?.defaultUserAgentProvider ?? (0,Sha256Node_DwJ_Bm2V.p)({
			serviceId: clientSharedValues.serviceId,
			clientVersion: version
		}),
		maxAttempts: config?.maxAttempts ?? (0,configLoader_DlwdWvjJ.t)(Sha256Node_DwJ_Bm2V.g, config),
		region: config?.region ?? (0,configLoader_DlwdWvjJ.t)(Sha256Node_DwJ_Bm2V.rt, {
			...Sha256Node_DwJ_Bm2V.nt,
			...loaderConfig
		}),
		requestHandler: node_http_handler_BMbmsy_c.t.create(config?.requestHandler ?? defaultConfigProvider),
		retryMode: config?.retryMode ?? (0,configLoader_DlwdWvjJ.t)({
			...Sha256Node_DwJ_Bm2V._,
			default: async () => (await defaultConfigProvider()).retryMode || Sha256Node_DwJ_Bm2V.y
		}, config),
		streamCollector: config?.streamCollector ?? node_http_handler_BMbmsy_c.r,
		useDualstackEndpoint: config?.useDualstackEndpoint ?? (0,configLoader_DlwdWvjJ.t)(Sha256Node_DwJ_Bm2V._t, loaderConfig),
		useFipsEndpoint: config?.useFipsEndpoint ?? (0,configLoader_DlwdWvjJ.t)(Sha256Node_DwJ_Bm2V.gt, loaderConfig),
		userAgentAppId: config?.userAgentAppId ?? (0,configLoader_DlwdWvjJ.t)(Sha256Node_DwJ_Bm2V.f, loaderConfig)
	};
};
// node_modules/@aws-sdk/client-ecr/dist-es/auth/httpAuthExtensionConfiguration.js
const getHttpAuthExtensionConfiguration = (runtimeConfig) => {
	const _httpAuthSchemes = runtimeConfig.httpAuthSchemes;
	let _httpAuthSchemeProvider = runtimeConfig.httpAuthSchemeProvider;
	let _credentials = runtimeConfig.credentials;
	return {
		setHttpAuthScheme(httpAuthScheme) {
			const index = _httpAuthSchemes.findIndex((scheme) => scheme.schemeId === httpAuthScheme.schemeId);
			if (index === -1) _httpAuthSchemes.push(httpAuthScheme);
			else _httpAuthSchemes.splice(index, 1, httpAuthScheme);
		},
		httpAuthSchemes() {
			return _httpAuthSchemes;
		},
		setHttpAuthSchemeProvider(httpAuthSchemeProvider) {
			_httpAuthSchemeProvider = httpAuthSchemeProvider;
		},
		httpAuthSchemeProvider() {
			return _httpAuthSchemeProvider;
		},
		setCredentials(credentials) {
			_credentials = credentials;
		},
		credentials() {
			return _credentials;
		}
	};
};
const resolveHttpAuthRuntimeConfig = (config) => {
	return {
		httpAuthSchemes: config.httpAuthSchemes(),
		httpAuthSchemeProvider: config.httpAuthSchemeProvider(),
		credentials: config.credentials()
	};
};
// node_modules/@aws-sdk/client-ecr/dist-es/runtimeExtensions.js
const resolveRuntimeExtensions = (runtimeConfig, extensions) => {
	const extensionConfiguration = Object.assign((0,Sha256Node_DwJ_Bm2V.l)(runtimeConfig), (0,Sha256Node_DwJ_Bm2V.ot)(runtimeConfig), (0,Sha256Node_DwJ_Bm2V.F)(runtimeConfig), getHttpAuthExtensionConfiguration(runtimeConfig));
	extensions.forEach((extension) => extension.configure(extensionConfiguration));
	return Object.assign(runtimeConfig, (0,Sha256Node_DwJ_Bm2V.u)(extensionConfiguration), (0,Sha256Node_DwJ_Bm2V.st)(extensionConfiguration), (0,Sha256Node_DwJ_Bm2V.I)(extensionConfiguration), resolveHttpAuthRuntimeConfig(extensionConfiguration));
};
// node_modules/@aws-sdk/client-ecr/dist-es/ECRClient.js
var ECRClient = class extends Sha256Node_DwJ_Bm2V.ht {
	config;
	constructor(...[configuration]) {
		const _config_0 = getRuntimeConfig(configuration || {});
		super(_config_0);
		this.initConfig = _config_0;
		const _config_1 = resolveClientEndpointParameters(_config_0);
		const _config_2 = (0,Sha256Node_DwJ_Bm2V.b)(_config_1);
		const _config_3 = (0,Sha256Node_DwJ_Bm2V.v)(_config_2);
		const _config_4 = (0,Sha256Node_DwJ_Bm2V.tt)(_config_3);
		const _config_5 = (0,Sha256Node_DwJ_Bm2V.j)(_config_4);
		const _config_6 = (0,Sha256Node_DwJ_Bm2V.J)(_config_5);
		const _config_7 = resolveHttpAuthSchemeConfig(_config_6);
		const _config_8 = resolveRuntimeExtensions(_config_7, configuration?.extensions || []);
		this.config = _config_8;
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.pt)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.m)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.h)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.P)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.A)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.k)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.O)(this.config));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.D)(this.config, {
			httpAuthSchemeParametersProvider: defaultECRHttpAuthSchemeParametersProvider,
			identityProviderConfigProvider: async (config) => new Sha256Node_DwJ_Bm2V.w({ "aws.auth#sigv4": config.credentials })
		}));
		this.middlewareStack.use((0,Sha256Node_DwJ_Bm2V.E)(this.config));
	}
	destroy() {
		super.destroy();
	}
};
// node_modules/@aws-sdk/client-ecr/dist-es/commandBuilder.js
const command = (0,Sha256Node_DwJ_Bm2V.it)(commonParams, "AmazonEC2ContainerRegistry_V20150921", "ECRClient", Sha256Node_DwJ_Bm2V.q);
const _ep0 = {};
const _mw0 = (Command, cs, config, o) => [];
// node_modules/@aws-sdk/client-ecr/dist-es/commands/BatchGetImageCommand.js
var BatchGetImageCommand = class extends command(_ep0, _mw0, "BatchGetImage", BatchGetImage$) {};
// node_modules/@aws-sdk/client-ecr/dist-es/commands/DescribeImagesCommand.js
var DescribeImagesCommand = class extends command(_ep0, _mw0, "DescribeImages", DescribeImages$) {};
// node_modules/@aws-sdk/client-ecr/dist-es/commands/DescribePullThroughCacheRulesCommand.js
var DescribePullThroughCacheRulesCommand = class extends command(_ep0, _mw0, "DescribePullThroughCacheRules", DescribePullThroughCacheRules$) {};
// node_modules/@aws-sdk/client-ecr/dist-es/pagination/DescribePullThroughCacheRulesPaginator.js
const paginateDescribePullThroughCacheRules = createPaginator(ECRClient, DescribePullThroughCacheRulesCommand, "nextToken", "nextToken", "maxResults");
// src/preflight/image.ts
const COMPONENT = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const IMAGE_URI = new RegExp(`^(?<name>(?:(?<host>(?:[a-zA-Z0-9-]+(?:\\.[a-zA-Z0-9-]+)+(?::\\d+)?|[a-zA-Z0-9-]+:\\d+|localhost))/)?(?<path>${COMPONENT}(?:/${COMPONENT})*))(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>[a-z0-9]+:[0-9a-f]{32,}))?\$`);
/** Also FIPS (`dkr.ecr-fips`) and dual-stack (`dkr-ecr.REGION.on.aws`) hosts, in every partition. */
const ECR_HOST = /^(?<account>\d{12})\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-z]{2,}(?:-[a-z]+)+-\d+)\.[a-z.]+$/;
/**
* Reads an image URI: `[host[:port]/]path[:tag][@digest]`, where the first part is a host if it has a dot or a port.
* @returns undefined when the text is no image URI
*/
function parseImage(uri) {
	const parts = IMAGE_URI.exec(uri)?.groups;
	if (parts?.name === void 0 || parts.path === void 0) return void 0;
	const registry = parts.host ?? "docker.io";
	const path = parts.path;
	const onDockerHub = registry === "docker.io" || registry === "index.docker.io";
	const tag = parts.tag ?? (parts.digest === void 0 ? "latest" : void 0);
	const ecr = ECR_HOST.exec(registry)?.groups;
	return {
		uri,
		name: parts.name,
		registry,
		repository: onDockerHub && !path.includes("/") ? `library/${path}` : path,
		...tag === void 0 ? {} : { tag },
		...parts.digest === void 0 ? {} : { digest: parts.digest },
		...ecr?.account && ecr.region ? { ecr: {
			account: ecr.account,
			region: ecr.region
		} } : {}
	};
}
/** The URI that always means these bytes: `name@digest`. A tag is left out, since the digest decides. */
function pinned(image, digest) {
	return `${image.name}@${digest}`;
}
/** Media types of the two manifests that list others, one for each platform. */
const MANIFEST_LISTS = ["application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json"];
/**
* The platforms that a manifest list offers. Attestations, which BuildKit lists as unknown/unknown, are no platform.
* @param manifest the JSON text
* @returns undefined when the text is no manifest list, or an entry does not tell its platform
*/
function platformsOf(manifest) {
	const entries = entriesOf(manifest);
	if (entries === void 0) return void 0;
	const platforms = [];
	for (const { platform } of entries) {
		if (!platform?.os || !platform.architecture) return void 0;
		if (platform.os !== "unknown") platforms.push({
			os: platform.os,
			architecture: platform.architecture
		});
	}
	return platforms;
}
function entriesOf(manifest) {
	try {
		const { manifests } = JSON.parse(manifest);
		return Array.isArray(manifests) && manifests.length > 0 ? manifests : void 0;
	} catch {
		return;
	}
}
/** What ECS looks for in a manifest list: by default linux/amd64. */
function wantedPlatform(runtime) {
	return {
		os: runtime?.operatingSystemFamily?.startsWith("WINDOWS") ? "windows" : "linux",
		architecture: runtime?.cpuArchitecture === "ARM64" ? "arm64" : "amd64"
	};
}
/**
* Judges what ECR said about the image that the migration is to run.
* @param runtime the task definition's runtimePlatform
*/
function judgeImage(image, lookup, runtime) {
	if (!lookup.found) return lookup.cacheRule === void 0 ? refused$1(lookup.missing === "repository" ? noRepository(image) : noImage(image)) : {
		refusals: [],
		warnings: [notCachedYet(image, lookup.cacheRule)]
	};
	if (lookup.status === "ARCHIVED") return refused$1(archived(image, lookup.digest));
	const wanted = wantedPlatform(runtime);
	const offered = lookup.platforms;
	if (offered && !offered.some(({ os, architecture }) => os === wanted.os && architecture === wanted.architecture)) return refused$1(wrongPlatform(image, wanted, offered));
	return {
		refusals: [],
		warnings: []
	};
}
/** The line that says why nothing is known of an image outside ECR. */
function uncheckedImage(image) {
	return `Image ${image.uri} is in ${image.registry}: only images in Amazon ECR are looked up, so whether it exists was not checked.`;
}
function refused$1(problem) {
	return {
		refusals: [problem],
		warnings: []
	};
}
function place({ ecr }) {
	return `account ${ecr?.account}, region ${ecr?.region}`;
}
function noRepository(image) {
	return {
		code: "image-repository-not-found",
		reason: `There is no ECR repository ${image.repository} in ${place(image)}, so the image ${image.uri} cannot be pulled.`,
		remedy: "Check account, region and repository in image-uri; create the repository and push the image if they are right.",
		evidence: [`ecr:DescribeImages answered RepositoryNotFoundException for ${image.repository} in ${place(image)}`]
	};
}
function noImage(image) {
	const which = image.digest ? `image with digest ${image.digest}` : `image tagged ${image.tag}`;
	return {
		code: "image-not-found",
		reason: `The ECR repository ${image.repository} in ${place(image)} has no ${which}.`,
		remedy: "Push the image before this step, or give one that exists. If it was there before, a lifecycle policy may have expired it.",
		evidence: [`ecr:DescribeImages answered ImageNotFoundException for ${image.uri}`]
	};
}
function notCachedYet(image, rule) {
	return {
		code: "image-not-cached-yet",
		reason: `The image ${image.uri} is not in ECR yet: the pull-through cache rule ${rule} fetches it at its first pull, so whether it exists upstream is not known.`,
		remedy: "Nothing, if the upstream registry has it and the execution role may ecr:BatchImportUpstreamImage and ecr:CreateRepository. Pull it once by hand to be sure."
	};
}
function archived(image, digest) {
	return {
		code: "image-archived",
		reason: `The image ${image.uri} is archived in ECR, and archived images cannot be pulled.`,
		remedy: `Restore it in repository ${image.repository} (aws ecr update-image-storage-class --target-storage-class STANDARD), or push it again.`,
		evidence: [`${digest} has the status ARCHIVED`]
	};
}
function wrongPlatform(image, wanted, offered) {
	const has = [...new Set(offered.map(({ os, architecture }) => `${os}/${architecture}`))].join(", ") || "no platform";
	const platform = `${wanted.os}/${wanted.architecture}`;
	return {
		code: "image-platform",
		reason: `The task runs on ${platform}, and the image ${image.uri} has only ${has}.`,
		remedy: `Build the image for ${platform} (docker buildx build --platform ${platform}), or set runtimePlatform.cpuArchitecture in the task definition to what the image has.`,
		evidence: [`The manifest list of ${image.uri} names ${has}`]
	};
}
// src/aws/ecr.ts
/** The registry may be of another account and Region than the cluster. */
function createEcr(config, { account: registryId, region }) {
	const client = new ECRClient({
		...config,
		region
	});
	const ask = (action, send) => call(`ecr:${action}`, async () => region, send);
	return {
		image: async ({ repository: repositoryName, tag, digest }, abortSignal) => {
			const command = new DescribeImagesCommand({
				registryId,
				repositoryName,
				imageIds: [idOf$1(tag, digest)]
			});
			try {
				const { imageDetails } = await ask("DescribeImages", () => client.send(command, { abortSignal }));
				return imageOf(imageDetails?.[0]);
			} catch (error) {
				return missing(error);
			}
		},
		platforms: ({ repository: repositoryName }, imageDigest, abortSignal) => ask("BatchGetImage", async () => {
			const command = new BatchGetImageCommand({
				registryId,
				repositoryName,
				imageIds: [{ imageDigest }],
				acceptedMediaTypes: [...MANIFEST_LISTS]
			});
			const { images } = await client.send(command, { abortSignal });
			return platformsOf(images?.[0]?.imageManifest ?? "");
		}),
		cacheRules: (abortSignal) => ask("DescribePullThroughCacheRules", () => {
			return allItems(paginateDescribePullThroughCacheRules({ client }, { registryId }, { abortSignal }), ({ pullThroughCacheRules: rules = [] }) => rules.map(({ ecrRepositoryPrefix }) => ecrRepositoryPrefix ?? ""));
		})
	};
}
function idOf$1(imageTag, imageDigest) {
	return imageDigest === void 0 ? { imageTag } : { imageDigest };
}
function imageOf(detail) {
	if (detail?.imageDigest === void 0) return "image";
	const isList = MANIFEST_LISTS.some((type) => type === detail.imageManifestMediaType);
	return {
		digest: detail.imageDigest,
		isList,
		...detail.imageStatus === void 0 ? {} : { status: detail.imageStatus }
	};
}
function missing(error) {
	const code = error instanceof AwsError ? error.facts.code : void 0;
	if (code === "ImageNotFoundException") return "image";
	if (code === "RepositoryNotFoundException") return "repository";
	throw error;
}
// src/aws/time-limit.ts
/** Time was up, or the caller gave up. */
var TooLate = class extends Error {};
/** Ends with the caller's signal or after `ms`, whichever is first. */
function timeLimit(ms, signal) {
	const controller = new AbortController();
	(0,external_node_events_namespaceObject.setMaxListeners)(0, controller.signal);
	const stop = () => controller.abort();
	const timer = setTimeout(stop, ms);
	signal?.addEventListener("abort", stop, { once: true });
	if (signal?.aborted) stop();
	return {
		signal: controller.signal,
		race: (work) => raced(work, controller.signal),
		end: () => {
			clearTimeout(timer);
			signal?.removeEventListener("abort", stop);
		}
	};
}
/** The result of `work`; rejects with TooLate when the signal aborts first, whether or not the work heeds it. */
function raced(work, signal) {
	if (signal === void 0) return work;
	return new Promise((resolve, reject) => {
		const giveUp = () => reject(new TooLate());
		if (signal.aborted) giveUp();
		signal.addEventListener("abort", giveUp, { once: true });
		work.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp));
	});
}
// src/preflight/cluster.ts
/**
* Judges the cluster that the task is to run in.
* @param cluster name or ARN, as it was given
* @param described undefined when ECS answered that it is MISSING
*/
function judgeCluster(cluster, region, described) {
	const status = described?.status;
	if (described === void 0 || status === "INACTIVE") return { refusal: {
		code: "cluster-not-found",
		reason: described ? `The cluster ${cluster} in region ${region} is INACTIVE: it was deleted.` : `There is no cluster ${cluster} in region ${region}.`,
		remedy: "Check the inputs cluster and aws-region, and that the credentials are those of the right account.",
		evidence: [`ecs:DescribeClusters answered ${described ? "INACTIVE" : "MISSING"} for ${cluster}`]
	} };
	if (status === void 0 || status === "ACTIVE") return {};
	return { warning: {
		code: "cluster-not-active",
		reason: `The cluster ${cluster} is ${status}, not ACTIVE: ECS may refuse the task.`,
		remedy: "Wait until the cluster is ACTIVE, or see in the ECS console what its capacity providers are missing.",
		evidence: [`ecs:DescribeClusters answered ${status} for ${described.clusterArn ?? cluster}`]
	} };
}
// src/preflight/gaps.ts
/** @param limitMs the time limit that TooLate stands for */
function createGaps(limitMs) {
	const denied = /* @__PURE__ */ new Set();
	const failed = /* @__PURE__ */ new Map();
	const keep = (what, error) => {
		if (error instanceof AwsError && error.facts.kind === "access-denied") {
			denied.add(error.facts.action);
			return;
		}
		const why = error instanceof TooLate || error instanceof AwsError && error.facts.kind === "aborted" ? `no answer from AWS within ${limitMs / 1e3} s` : messageOf(error);
		failed.set(why, (failed.get(why) ?? /* @__PURE__ */ new Set()).add(what));
	};
	return {
		note: async (what, work) => {
			try {
				return await work;
			} catch (error) {
				keep(what, error);
				return;
			}
		},
		denied: () => [...denied].sort(),
		unchecked: () => [...failed].map(([why, whats]) => `Not checked: ${[...whats].join(", ")} (${why}).`)
	};
}
/** An error in one line: AWS's with the call that failed. */
function messageOf(error) {
	if (error instanceof AwsError) return error.inFull;
	return error instanceof Error ? error.message : String(error);
}
// src/preflight/log-group.ts
/**
* The log groups that must be there: those of every awslogs container that does not create its own.
* @param region the task's; `awslogs-region` may name another
*/
function neededLogGroups(definition, region) {
	return (definition.containerDefinitions ?? []).flatMap(({ name = "", logConfiguration: log }) => {
		const group = log?.options?.["awslogs-group"];
		const creates = log?.options?.["awslogs-create-group"] === "true";
		if (log?.logDriver !== "awslogs" || group === void 0 || creates) return [];
		return [{
			container: name,
			group,
			region: log.options?.["awslogs-region"] ?? region
		}];
	});
}
/**
* The start fails with "The specified log group does not exist" when it does not: facts A6.
*/
function missingLogGroup({ container, group, region }) {
	return {
		code: "log-group-not-found",
		reason: `The log group ${group} of container ${container} does not exist in region ${region}, so the container cannot start.`,
		remedy: `Create it (aws logs create-log-group --log-group-name ${group} --region ${region}), or set awslogs-create-group to "true" in the task definition and let the execution role logs:CreateLogGroup.`,
		evidence: [`logs:DescribeLogGroups in ${region} does not list ${group}`]
	};
}
// src/preflight/needs.ts
/**
* Which services the task needs before its container runs. All containers count: the task starts with all of them.
* KMS is not among them: decryption happens inside the services, AWS lists no endpoint for it.
* @param container the container whose image is replaced by `image`
* @param region the task's
*/
function neededServices(definition, container, image, region) {
	return merged((definition.containerDefinitions ?? []).flatMap((described) => containerNeeds(described.name === container ? {
		...described,
		image
	} : described, region)));
}
function containerNeeds(container, region) {
	const why = (what) => [`container ${container.name}: ${what}`];
	const { repositoryCredentials: login, environmentFiles: files = [] } = container;
	return [
		...imageNeeds(container.image, why(`image ${container.image}`)),
		...login ? [secretNeed(login.credentialsParameter, region, why("registry login"), "secretsmanager")] : [],
		...(container.secrets ?? []).map(({ name, valueFrom }) => secretNeed(valueFrom, region, why(`secret ${name}`))),
		...logNeeds(container.logConfiguration, region, why),
		...files.map((file) => ({
			service: "s3",
			region,
			why: why(`environment file ${file.value}`)
		}))
	];
}
function imageNeeds(uri, why) {
	const image = uri === void 0 ? void 0 : parseImage(uri);
	if (image === void 0) return [];
	return [image.ecr ? {
		service: "ecr",
		...image.ecr,
		why
	} : {
		service: "registry",
		host: image.registry,
		why
	}];
}
/** `valueFrom` is a secret's ARN, a parameter's ARN, or the name of a parameter in the task's region. */
function secretNeed(valueFrom, region, why, byName = "ssm") {
	const [, service = byName, arnRegion = region] = /^arn:[^:]+:(secretsmanager|ssm):([^:]+):/.exec(valueFrom ?? "") ?? [];
	return {
		service: service === "secretsmanager" ? "secretsmanager" : "ssm",
		region: arnRegion,
		why
	};
}
function logNeeds(log, region, why) {
	const options = (log?.secretOptions ?? []).map(({ name, valueFrom }) => secretNeed(valueFrom, region, why(`log option ${name}`)));
	if (log?.logDriver !== "awslogs" || log.options?.["awslogs-endpoint"]) return options;
	const group = log.options?.["awslogs-group"];
	const logs = {
		service: "logs",
		region: log.options?.["awslogs-region"] ?? region,
		why: why(`log group ${group}`)
	};
	return [...options, logs];
}
function merged(needs) {
	const byPlace = /* @__PURE__ */ new Map();
	for (const need of needs) {
		const place = [
			need.service,
			need.region,
			need.host,
			need.account
		].join(" ");
		byPlace.set(place, {
			...need,
			why: [...byPlace.get(place)?.why ?? [], ...need.why]
		});
	}
	return [...byPlace.values()];
}
// src/preflight/network/vpc.ts
/** `a`, `a and b`, `a, b and c`. */
function listed(words) {
	return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
/**
* The route table that a subnet uses: the one associated with it, or else the main one of its VPC.
* @returns undefined when it was not described
*/
function routeTableOf(network, subnetId) {
	const vpc = network.subnets?.find(({ SubnetId }) => SubnetId === subnetId)?.VpcId;
	const tables = network.routeTables ?? [];
	return tables.find(({ Associations = [] }) => Associations.some(({ SubnetId }) => SubnetId === subnetId)) ?? tables.find(({ VpcId, Associations = [] }) => VpcId === vpc && Associations.some(({ Main }) => Main === true));
}
// src/preflight/network/network-acl.ts
const EVERYTHING$1 = "0.0.0.0/0";
/** Ports that a client may use for its end of the connection: 1024-65535. */
const EPHEMERAL = [1024, 65535];
const HTTPS$1 = [443, 443];
/**
* Closed only when no rule lets the packets through whatever their address: out to port 443, or back in to the
* ports that clients use. Facts F6.
*/
function judgeAcl(network, subnetId) {
	const acl = network.networkAcls?.find(({ Associations = [] }) => Associations.some((one) => one.SubnetId === subnetId));
	if (acl === void 0) return { kind: "open" };
	return judgeOutbound(acl) ?? judgeInbound(acl) ?? { kind: "open" };
}
function judgeOutbound(acl) {
	const blocks = allowedBlocks(acl, true, HTTPS$1);
	if (blocks.includes(EVERYTHING$1)) return void 0;
	const remedy = `Allow TCP port 443 out to ${EVERYTHING$1} in ${acl.NetworkAclId}`;
	if (blocks.length === 0) return bundle_closed(acl, "lets nothing out to TCP port 443", remedy);
	return doubt(acl, `lets TCP port 443 out only to ${listed(blocks)}`, remedy);
}
function judgeInbound(acl) {
	const blocks = allowedBlocks(acl, false, EPHEMERAL);
	if (blocks.includes(EVERYTHING$1)) return void 0;
	const remedy = `Allow TCP ports 1024-65535 in from ${EVERYTHING$1} in ${acl.NetworkAclId}`;
	if (blocks.length > 0) return doubt(acl, `lets answers in only from ${listed(blocks)}`, remedy);
	return bundle_closed(acl, "lets no answer in: no TCP port from 1024 to 65535 is allowed inbound, and network ACLs keep no state", remedy);
}
function bundle_closed({ NetworkAclId: acl = "" }, because, remedy) {
	return {
		kind: "closed",
		acl,
		because,
		remedy
	};
}
function doubt({ NetworkAclId: acl = "" }, because, remedy) {
	return {
		kind: "doubt",
		acl,
		because,
		remedy
	};
}
/** IPv4 blocks that may pass, up to the rule that denies all that is left. Rules apply in the order of their numbers. */
function allowedBlocks(acl, egress, ports) {
	const blocks = [];
	const rules = (acl.Entries ?? []).filter((entry) => entry.Egress === egress && entry.CidrBlock !== void 0).sort((one, other) => (one.RuleNumber ?? 0) - (other.RuleNumber ?? 0));
	for (const rule of rules) {
		if (rule.RuleAction === "allow" && touches(rule, ports)) blocks.push(rule.CidrBlock ?? "");
		if (rule.RuleAction === "deny" && rule.CidrBlock === EVERYTHING$1 && holdsAll(rule, ports)) break;
	}
	return blocks;
}
/** Protocol numbers as EC2 gives them: 6 is TCP, -1 all. */
function portsOf$1({ Protocol, PortRange }) {
	if (Protocol === "-1") return [0, 65535];
	if (Protocol !== "6") return void 0;
	return [PortRange?.From ?? 0, PortRange?.To ?? 65535];
}
function touches(rule, [from, to]) {
	const ports = portsOf$1(rule);
	return ports !== void 0 && ports[0] <= to && from <= ports[1];
}
function holdsAll(rule, [from, to]) {
	const ports = portsOf$1(rule);
	return ports !== void 0 && ports[0] <= from && to <= ports[1];
}
// src/preflight/network/cidr.ts
const BLOCK = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;
/** First and last address of a block such as `10.0.0.0/16`; undefined for anything else. */
function range(cidr) {
	const parts = BLOCK.exec(cidr)?.slice(1).map(Number);
	if (parts === void 0) return void 0;
	const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = parts;
	const size = 2 ** (32 - prefix);
	const address = ((a * 256 + b) * 256 + c) * 256 + d;
	const first = address - address % size;
	return [first, first + size - 1];
}
/** How `cidr` lies to `other`. What cannot be read is disjoint to everything. */
function relation(cidr, other) {
	const [one, two] = [range(cidr), range(other)];
	if (one === void 0 || two === void 0 || one[1] < two[0] || two[1] < one[0]) return "disjoint";
	return one[0] <= two[0] && one[1] >= two[1] ? "covers" : "overlaps";
}
/** RFC 1918, and RFC 6598 which VPCs use as well: no service of AWS has its public addresses there. */
const PRIVATE_BLOCKS = [
	"10.0.0.0/8",
	"172.16.0.0/12",
	"192.168.0.0/16",
	"100.64.0.0/10"
];
/** Whether a block lies wholly in address space that is never routed on the internet. */
function isPrivate(cidr) {
	return PRIVATE_BLOCKS.some((each) => relation(each, cidr) === "covers");
}
// src/preflight/network/security-groups.ts
const HTTPS = 443;
/** The rules that speak of TCP port 443; protocol -1 is all traffic. */
function httpsRules(rules) {
	return (rules ?? []).filter(({ IpProtocol, FromPort, ToPort }) => {
		if (IpProtocol === "-1") return true;
		return (IpProtocol === "tcp" || IpProtocol === "6") && (FromPort ?? 0) <= HTTPS && HTTPS <= (ToPort ?? 65535);
	});
}
function egressOf(groups) {
	const rules = groups.flatMap(({ IpPermissionsEgress }) => httpsRules(IpPermissionsEgress));
	return {
		blocks: rules.flatMap(({ IpRanges = [] }) => IpRanges.map(({ CidrIp }) => CidrIp ?? "")),
		prefixLists: rules.flatMap(({ PrefixListIds = [] }) => PrefixListIds.map(({ PrefixListId }) => PrefixListId ?? "")),
		groups: rules.flatMap(({ UserIdGroupPairs = [] }) => UserIdGroupPairs.map(({ GroupId }) => GroupId ?? "")),
		ipv6: rules.some(({ Ipv6Ranges = [] }) => Ipv6Ranges.length > 0)
	};
}
function letsNothingOut({ blocks, prefixLists, groups, ipv6 }) {
	return blocks.length + prefixLists.length + groups.length === 0 && !ipv6;
}
const EVERYTHING = "0.0.0.0/0";
/** To public addresses that are not known beforehand. What a prefix list holds is not looked up. */
function outToInternet(egress, overIpv6) {
	if (egress.blocks.includes(EVERYTHING)) return "yes";
	return egress.prefixLists.length > 0 || egress.blocks.some((cidr) => !isPrivate(cidr)) || egress.ipv6 && overIpv6 ? "maybe" : "no";
}
/** To S3 through a gateway endpoint, whose route names S3's prefix list. */
function outToS3(egress, prefixList) {
	if (prefixList !== void 0 && egress.prefixLists.includes(prefixList)) return "yes";
	return outToInternet(egress, false);
}
/**
* To the interfaces of an endpoint, which have addresses in its subnets.
* @param s3 the prefix list of S3, which holds no address of a VPC
*/
function outToEndpoint(egress, endpoint, subnets, s3) {
	const groups = (endpoint.Groups ?? []).map(({ GroupId }) => GroupId);
	if (egress.groups.some((id) => groups.includes(id))) return "yes";
	const passage = best(blocksOf(endpoint.SubnetIds ?? [], subnets).map((block) => passageOf(egress.blocks, block)));
	return passage === "no" && egress.prefixLists.some((id) => id !== s3) ? "maybe" : passage;
}
/** The interfaces' own groups must let the task in: by its group, or by the block of the subnet it is in. */
function intoEndpoint(endpointGroups, taskGroups, subnet) {
	const rules = endpointGroups.flatMap(({ IpPermissions }) => httpsRules(IpPermissions));
	if (rules.flatMap(({ UserIdGroupPairs = [] }) => UserIdGroupPairs.map(({ GroupId }) => GroupId ?? "")).some((id) => taskGroups.includes(id))) return "yes";
	const passage = passageOf(rules.flatMap(({ IpRanges = [] }) => IpRanges.map(({ CidrIp }) => CidrIp ?? "")), subnet.CidrBlock);
	if (passage === "yes") return "yes";
	return rules.some(({ PrefixListIds = [], Ipv6Ranges = [] }) => PrefixListIds.length + Ipv6Ranges.length > 0) ? "maybe" : passage;
}
function blocksOf(ids, subnets) {
	const blocks = subnets.filter(({ SubnetId }) => SubnetId && ids.includes(SubnetId)).map(({ CidrBlock }) => CidrBlock);
	return blocks.length < ids.length || blocks.length === 0 ? [...blocks, void 0] : blocks;
}
/** Whether rules with these blocks pass all of `block`; a block that is not known leaves the doubt. */
function passageOf(rules, block) {
	if (rules.includes(EVERYTHING)) return "yes";
	if (rules.length === 0) return "no";
	if (block === void 0) return "maybe";
	const relations = rules.map((rule) => relation(rule, block));
	if (relations.includes("covers")) return "yes";
	return relations.includes("overlaps") ? "maybe" : "no";
}
/** An endpoint answers from each of its subnets: doubt when the task gets to some of them only. */
function best(passages) {
	if (passages.every((passage) => passage === "yes")) return "yes";
	return passages.every((passage) => passage === "no") ? "no" : "maybe";
}
// src/preflight/network/endpoints.ts
/**
* The endpoint that answers for a service from subnets that use `table`.
* @param service as in the endpoint's service name: `ecr.api`, `secretsmanager`
*/
function endpointWay(network, table, service, region) {
	const ways = (network.endpoints ?? []).filter(({ VpcId, ServiceName }) => VpcId === table.VpcId && ServiceName?.endsWith(`.${region}.${service}`)).map((endpoint) => wayThrough(network, table, service, endpoint));
	for (const kind of [
		"interface",
		"gateway",
		"doubt",
		"none"
	]) {
		const way = ways.find((one) => one.kind === kind);
		if (way) return way;
	}
	return { kind: "none" };
}
function wayThrough(network, table, service, endpoint) {
	const name = `endpoint ${endpoint.VpcEndpointId} for ${service}`;
	const state = endpoint.State?.toLowerCase() ?? "available";
	if (state.startsWith("pending")) return {
		kind: "doubt",
		because: `${name} is not ready yet (${endpoint.State})`
	};
	if (state !== "available") return {
		kind: "none",
		because: `${name} is in state ${endpoint.State}`
	};
	if (endpoint.VpcEndpointType === "Gateway") return throughGateway(table, endpoint, name);
	if (endpoint.VpcEndpointType !== "Interface") return { kind: "none" };
	return throughInterface(network, service, endpoint, name);
}
function throughGateway(table, endpoint, name) {
	if (!endpoint.RouteTableIds?.includes(table.RouteTableId ?? "")) return {
		kind: "none",
		because: `${name} is not associated with ${table.RouteTableId}`
	};
	const prefixList = (table.Routes?.find(({ GatewayId }) => GatewayId === endpoint.VpcEndpointId))?.DestinationPrefixListId;
	return {
		kind: "gateway",
		endpoint,
		...prefixList === void 0 ? {} : { prefixList }
	};
}
function throughInterface({ dnsSupport, dnsHostnames }, service, endpoint, name) {
	if (!endpoint.PrivateDnsEnabled) return {
		kind: "none",
		because: `${name} has private DNS off`
	};
	const off = [...dnsSupport === false ? ["enableDnsSupport"] : [], ...dnsHostnames === false ? ["enableDnsHostnames"] : []];
	if (off.length > 0) return {
		kind: "none",
		because: `${name} has private DNS, which does nothing while ${off.join(" and ")} of ${endpoint.VpcId} is off`
	};
	if (service === "s3") return {
		kind: "doubt",
		because: `${name} is of the interface type, where ECR's layers ask for the gateway type`,
		endpoint
	};
	return {
		kind: "interface",
		endpoint
	};
}
// src/preflight/network/site.ts
/** The subnet with what belongs to it; without security groups given, the VPC's default one. */
function siteOf(network, placement, targets, subnet) {
	const vpc = subnet.VpcId ?? "";
	const { securityGroups: ids } = placement;
	const groups = network.securityGroups?.filter(({ GroupId, GroupName, VpcId }) => ids.length > 0 ? ids.includes(GroupId ?? "") : GroupName === "default" && VpcId === vpc);
	return {
		network,
		placement,
		targets,
		subnet,
		id: subnet.SubnetId ?? "",
		vpc,
		groups
	};
}
/** ECR is asked for the token and the manifest; the layers come from S3: facts F3. */
const ENDPOINT_NAMES = { ecr: [
	"ecr.api",
	"ecr.dkr",
	"s3"
] };
/** Each name that the task must reach, once, with all that it is needed for. */
function targetsOf(needs, region) {
	const targets = /* @__PURE__ */ new Map();
	for (const target of needs.flatMap((need) => targetsOfNeed(need, region))) {
		const why = [...targets.get(target.label)?.why ?? [], ...target.why];
		targets.set(target.label, {
			...target,
			why
		});
	}
	return [...targets.values()];
}
function targetsOfNeed(need, taskRegion) {
	const { why, region = taskRegion } = need;
	if (need.service === "registry") return [{
		label: need.host ?? "the registry",
		region,
		why
	}];
	const services = need.service === "ecr" ? ENDPOINT_NAMES.ecr : [need.service];
	const elsewhere = region === taskRegion ? "" : ` (${region})`;
	return services.map((service) => ({
		label: `${service}${elsewhere}`,
		service,
		region,
		why
	}));
}
/** How the subnet gets to a target without leaving the VPC, if at all. */
function pathTo({ network }, table, target) {
	const { service, region } = target;
	return {
		target,
		endpoint: service ? endpointWay(network, table, service, region) : { kind: "none" }
	};
}
function isEndpoint({ endpoint }) {
	return endpoint.kind === "interface" || endpoint.kind === "gateway";
}
function labels(paths) {
	return listed(paths.map(({ target }) => target.label));
}
function groupIds(groups) {
	return groups.map(({ GroupId }) => GroupId ?? "");
}
/** "subnet-a uses", "subnet-a and subnet-b use" */
function subject(names, one, several) {
	return `${listed(names)} ${names.length === 1 ? one : several}`;
}
// src/preflight/network/firewalls.ts
/** Security groups that let nothing out on port 443, whatever the way. */
function judgeEgressAtAll({ id, groups, targets }) {
	if (groups === void 0 || groups.length === 0 || targets.length === 0 || !letsNothingOut(egressOf(groups))) return [];
	const names = groupIds(groups);
	return [{
		code: "egress-closed",
		proof: true,
		subnet: id,
		says: () => `${subject(names, "lets", "let")} nothing out on TCP port 443, and the task needs ${listed(targets.map(({ label }) => label))}`,
		remedy: `Allow TCP port 443 out to 0.0.0.0/0 in ${listed(names)}.`,
		evidence: names.map((name) => `${name} has no outbound rule for TCP port 443`)
	}];
}
/** Endpoints that answer for a service but do not let the task in; those with the same groups are told together. */
function judgeEndpointGroups(site, paths) {
	const { network, groups, subnet } = site;
	if (groups === void 0) return [];
	const byGroups = /* @__PURE__ */ new Map();
	for (const path of paths) {
		const endpoint = interfaceOf(path.endpoint);
		const own = endpoint && groupsOf(network, endpoint);
		const admitted = own ? intoEndpoint(own, groupIds(groups), subnet) : "yes";
		if (endpoint === void 0 || own === void 0 || admitted === "yes") continue;
		const passage = path.endpoint.kind === "interface" ? admitted : "maybe";
		const key = `${passage} ${listed(groupIds(own))}`;
		const same = byGroups.get(key) ?? {
			passage,
			paths: [],
			endpoints: []
		};
		same.paths.push(path);
		same.endpoints.push(endpoint.VpcEndpointId ?? "");
		byGroups.set(key, same);
	}
	return [...byGroups].map(([key, same]) => endpointClosed(site, key.slice(key.indexOf(" ") + 1), same));
}
/** The endpoint that takes over the name, for sure or perhaps. */
function interfaceOf(way) {
	return way.kind === "interface" || way.kind === "doubt" ? way.endpoint : void 0;
}
/** Undefined when a group was not described. */
function groupsOf(network, endpoint) {
	const ids = (endpoint.Groups ?? []).map(({ GroupId }) => GroupId);
	const found = (network.securityGroups ?? []).filter(({ GroupId }) => ids.includes(GroupId));
	return ids.length > 0 && found.length === ids.length ? found : void 0;
}
function endpointClosed({ id, vpc, subnet, groups = [] }, endpointGroup, { passage, paths, endpoints }) {
	const task = listed(groupIds(groups));
	const lets = passage === "no" ? "does not let" : "may not let";
	return {
		code: "endpoint-closed",
		proof: passage === "no",
		subnet: id,
		says: (subnets) => `${subject(subnets, "reaches", "reach")} ${labels(paths)} through ${listed(endpoints)}, whose security group ${endpointGroup} ${lets} ${task} in on TCP port 443`,
		remedy: `Allow TCP port 443 from ${task} in ${endpointGroup}.`,
		evidence: [`${listed(endpoints)} ${endpoints.length === 1 ? "has" : "have"} private DNS on and so ${endpoints.length === 1 ? "answers" : "answer"} for ${labels(paths)} in all of ${vpc}, NAT gateway or not`, `${endpointGroup} has no inbound rule that lets in TCP port 443 from all of ${id} (${subnet.CidrBlock}) or from ${task}`]
	};
}
/** Security groups that let out something on port 443, but not to where the services are. */
function judgeEgress(site, exit, paths) {
	const { groups } = site;
	if (groups === void 0 || groups.length === 0) return [];
	const egress = egressOf(groups);
	const s3 = paths.map(({ endpoint }) => endpoint.kind === "gateway" ? endpoint.prefixList : void 0).find(Boolean);
	const passages = paths.map((path) => ({
		path,
		passage: egressPassage(site, exit, path, egress, s3)
	}));
	const of = (passage) => passages.filter((one) => one.passage === passage).map(({ path }) => path);
	return [...narrowEgress(site, groups, of("no"), true), ...narrowEgress(site, groups, of("maybe"), false)];
}
function egressPassage({ network, subnet }, exit, { endpoint }, egress, s3) {
	if (endpoint.kind === "interface") return outToEndpoint(egress, endpoint.endpoint, network.subnets ?? [], s3);
	if (endpoint.kind === "gateway") return outToS3(egress, endpoint.prefixList);
	if (exit.kind !== "open") return "yes";
	const passage = outToInternet(egress, (subnet.Ipv6CidrBlockAssociationSet ?? []).length > 0);
	const elsewhere = exit.elsewhere.length > 0 || endpoint.kind === "doubt";
	return passage === "no" && elsewhere ? "maybe" : passage;
}
function narrowEgress({ id }, groups, paths, proof) {
	if (paths.length === 0) return [];
	const names = groupIds(groups);
	const to = paths.map(({ target, endpoint }) => `${target.label}${passedBy(endpoint)}`);
	return [{
		code: "egress-narrow",
		proof,
		subnet: id,
		says: () => proof ? `${subject(names, "does", "do")} not let TCP port 443 out to ${listed(to)}` : `${subject(names, "lets", "let")} TCP port 443 out to some addresses only, which may not be those of ${listed(to)}`,
		remedy: `Allow TCP port 443 out to 0.0.0.0/0 in ${listed(names)}, or to the endpoints' security groups and S3's prefix list.`,
		evidence: groups.flatMap(rulesShown)
	}];
}
function passedBy(endpoint) {
	return endpoint.kind === "interface" || endpoint.kind === "gateway" ? ` (${endpoint.endpoint.VpcEndpointId})` : "";
}
function rulesShown(group) {
	const { blocks, prefixLists, groups, ipv6 } = egressOf([group]);
	const allowed = [
		...blocks,
		...prefixLists,
		...groups,
		...ipv6 ? ["IPv6 addresses"] : []
	];
	return [`${group.GroupId} lets TCP port 443 out to ${listed(allowed.slice(0, 10)) || "nothing"}`];
}
/**
* An ACL stands at the subnet's border, so it proves nothing against endpoints that may have an interface in the very
* subnet. S3's gateway, registries and everything else lie beyond.
*/
function judgeNetworkAcl({ network, id, subnet }, paths) {
	const judged = judgeAcl(network, id);
	if (judged.kind === "open") return [];
	const crosses = paths.some(({ endpoint }) => endpoint.kind === "none" || endpoint.kind === "gateway");
	const overIpv6 = (subnet.Ipv6CidrBlockAssociationSet ?? []).length > 0;
	return [{
		code: "network-acl",
		proof: judged.kind === "closed" && crosses && !overIpv6,
		subnet: id,
		says: (subnets) => `the network ACL ${judged.acl} of ${listed(subnets)} ${judged.because}`,
		remedy: `${judged.remedy}.`,
		evidence: [`${id} uses ${judged.acl}, which ${judged.because}`]
	}];
}
// src/preflight/network/placement.ts
/** Whether subnets and security groups exist, and the subnets are of one VPC. */
function judgePlacement(network, placement) {
	const { subnets, securityGroups } = network;
	return [
		...subnets ? absent("subnet", placement.subnets, new Set(subnets.map((one) => one.SubnetId)), placement) : [],
		...subnets ? severalVpcs(subnets, placement) : [],
		...securityGroups ? absent("security group", placement.securityGroups, new Set(securityGroups.map((one) => one.GroupId)), placement) : []
	];
}
function absent(what, asked, there, { region, account }) {
	const missing = asked.filter((id) => !there.has(id));
	if (missing.length === 0) return [];
	const verb = missing.length === 1 ? "does" : "do";
	const where = account === void 0 ? `region ${region}` : `region ${region} of account ${account}`;
	return [{
		code: `${what.replace(" ", "-")}-not-found`,
		reason: `The task cannot start: ${listed(missing)} ${verb} not exist in ${where}.`,
		remedy: `Check the ${what} ids, and that credentials and region are those of the network.`,
		evidence: missing.map((id) => `EC2 lists no ${what} ${id} in ${where}`)
	}];
}
function severalVpcs(subnets, placement) {
	const asked = subnets.filter(({ SubnetId }) => placement.subnets.includes(SubnetId ?? ""));
	if (new Set(asked.map(({ VpcId }) => VpcId)).size < 2) return [];
	const places = asked.map(({ SubnetId, VpcId }) => `${SubnetId} is in ${VpcId}`);
	return [{
		code: "several-vpcs",
		reason: `The task cannot start: all its subnets must be in one VPC, but ${listed(places)}.`,
		remedy: "Give subnets of one VPC only: the one from which the database can be reached.",
		evidence: places
	}];
}
/** A group can be associated with further VPCs, which DescribeSecurityGroups does not show: a doubt. */
function otherVpcGroups(network, sites) {
	const [site] = sites;
	if (site === void 0 || network.securityGroups === void 0) return [];
	const strangers = (site.groups ?? []).filter(({ VpcId }) => VpcId !== void 0 && VpcId !== site.vpc);
	if (strangers.length === 0) return [];
	const places = strangers.map(({ GroupId, VpcId }) => `${GroupId} is in ${VpcId}`);
	return [{
		code: "security-group-other-vpc",
		reason: `The task may not start: its subnets are in ${site.vpc}, but ${listed(places)}.`,
		remedy: `Give security groups of ${site.vpc}, or associate the group with that VPC.`,
		evidence: places
	}];
}
/** Every task takes an address: a doubt, since tasks that end give theirs back. */
function fewAddresses(sites, { parallel = 1 }) {
	const counts = sites.map(({ subnet }) => subnet.Ipv6Native ? void 0 : subnet.AvailableIpAddressCount);
	if (counts.includes(void 0)) return [];
	const free = counts.reduce((sum, count) => sum + (count ?? 0), 0);
	if (free === 0 || free >= parallel) return [];
	return [{
		code: "few-free-addresses",
		reason: `The subnets have ${free} free IP addresses together, and up to ${parallel} tasks run at once: some may not start.`,
		remedy: "Lower max-parallel, or give further or larger subnets.",
		evidence: sites.map(({ id, subnet }) => `${id} has ${subnet.AvailableIpAddressCount} free addresses`)
	}];
}
// src/preflight/network/routes.ts
const EVERYWHERE = "0.0.0.0/0";
/**
* Follows the default route of a subnet's route table, through a NAT gateway's own route table where it leads there.
* Closed only on proof: a route to another network leaves the doubt that endpoints stand behind it.
*/
function wayOut(network, subnet, placement) {
	const table = routeTableOf(network, subnet.SubnetId ?? "");
	if (table === void 0) return { kind: "unseen" };
	const elsewhere = routesElsewhere(table);
	const route = defaultRoute(table);
	const blocked = route ? followDefault(network, subnet, table, route, placement) : withoutDefault(subnet, table);
	if (blocked === void 0) return overruled(table) ?? {
		kind: "open",
		elsewhere
	};
	const others = [...elsewhere, ...routesOverIpv6(subnet, table)];
	if (blocked.kind === "doubt" || others.length === 0) return blocked;
	return {
		kind: "doubt",
		code: "route-elsewhere",
		because: `${blocked.because}, and whose route ${listed(others)} may or may not lead to what the task needs`,
		remedy: `Make sure that the network behind it answers for these services; otherwise ${lowered(blocked.remedy)}`
	};
}
/**
* The more specific route wins: one for a broad block of public addresses may take the services' addresses along.
* Smaller ones (an office, a partner) are many and harmless.
*/
function overruled(table) {
	const broad = (table.Routes ?? []).filter(({ DestinationCidrBlock: block, GatewayId }) => {
		const length = Number(block?.split("/")[1]);
		return block !== void 0 && GatewayId !== "local" && length > 0 && length <= 12 && !isPrivate(block);
	});
	if (broad.length === 0) return void 0;
	const routes = listed(broad.map((route) => `${route.DestinationCidrBlock} to ${targetOf(route)}`));
	return {
		kind: "doubt",
		code: "route-overruled",
		because: `whose route ${routes} goes before its way to the internet, and what lies behind that cannot be seen from here`,
		remedy: `Make sure that ${routes} leads to these services as well`
	};
}
function lowered(order) {
	return order.charAt(0).toLowerCase() + order.slice(1);
}
function defaultRoute(table) {
	return table.Routes?.find(({ DestinationCidrBlock }) => DestinationCidrBlock === EVERYWHERE);
}
/** The target as the route names it. */
function targetOf(route) {
	return route.NatGatewayId ?? route.TransitGatewayId ?? route.VpcPeeringConnectionId ?? route.NetworkInterfaceId ?? route.InstanceId ?? route.EgressOnlyInternetGatewayId ?? route.LocalGatewayId ?? route.CarrierGatewayId ?? route.CoreNetworkArn ?? route.OdbNetworkArn ?? route.GatewayId ?? "an unknown target";
}
function isInternetGateway(route) {
	return route.GatewayId?.startsWith("igw-") === true;
}
/**
* Routes that leave the VPC for less than everything. The route of a gateway endpoint has a prefix list as its
* destination and is none of them; a firewall's endpoint has a block.
*/
function routesElsewhere(table) {
	return (table.Routes ?? []).filter((route) => route.State !== "blackhole" && route.GatewayId !== "local" && route.DestinationCidrBlock !== EVERYWHERE && route.DestinationIpv6CidrBlock === void 0 && !(route.DestinationPrefixListId && route.GatewayId?.startsWith("vpce-"))).map((route) => `${route.DestinationCidrBlock ?? route.DestinationPrefixListId} to ${targetOf(route)}`);
}
function withoutDefault(subnet, table) {
	const newRoute = `a NAT gateway in a public subnet and a route ${EVERYWHERE} to it in ${table.RouteTableId}`;
	const overIpv6 = routesOverIpv6(subnet, table);
	if (overIpv6.length === 0) return {
		kind: "closed",
		code: "no-route",
		because: "which has no route to the internet",
		remedy: `Build ${newRoute}`
	};
	return {
		kind: "doubt",
		code: "ipv6-only",
		because: `which leads to the internet over IPv6 only (${listed(overIpv6)})`,
		remedy: `Make sure that image, secrets and logs are addressed by dual-stack names, or build ${newRoute}`
	};
}
/** Of use only to a subnet that has IPv6 addresses, and to names that do. */
function routesOverIpv6(subnet, table) {
	if (!subnet.Ipv6Native && (subnet.Ipv6CidrBlockAssociationSet ?? []).length === 0) return [];
	return (table.Routes ?? []).filter((route) => route.DestinationIpv6CidrBlock !== void 0 && route.GatewayId !== "local" && route.State !== "blackhole").map((route) => `${route.DestinationIpv6CidrBlock} to ${targetOf(route)}`);
}
function followDefault(network, subnet, table, route, placement) {
	if (route.State === "blackhole") return blackhole(table, route);
	if (isInternetGateway(route)) return placement.assignPublicIp ? blockedByVpc(subnet, route) : noPublicIp(table, route);
	if (route.NatGatewayId !== void 0) return followNat(network, table, route.NatGatewayId);
	return {
		kind: "doubt",
		code: "way-out-unseen",
		because: `whose route ${EVERYWHERE} leads to ${targetOf(route)}, and what lies behind that cannot be seen from here`,
		remedy: `Make sure that ${targetOf(route)} leads to the internet or to these services`
	};
}
function blackhole(table, route) {
	return {
		kind: "closed",
		code: "route-blackhole",
		because: `whose route ${EVERYWHERE} leads to ${targetOf(route)}, which is gone or detached (blackhole)`,
		remedy: isInternetGateway(route) ? `Attach an internet gateway to ${table.VpcId} and lead ${EVERYWHERE} in ${table.RouteTableId} to it` : `Replace that route in ${table.RouteTableId} by one to a NAT gateway that is available`
	};
}
function noPublicIp(table, route) {
	return {
		kind: "closed",
		code: "no-public-ip",
		because: `whose way to the internet, ${route.GatewayId}, serves only tasks with a public IP address (this one gets none)`,
		remedy: `Use private subnets with a NAT gateway, or set assign-public-ip: true, or lead ${EVERYWHERE} in ${table.RouteTableId} to a NAT gateway`
	};
}
/** VPC Block Public Access; whether an exclusion lets this subnet pass is not described. */
function blockedByVpc(subnet, route) {
	if (subnet.BlockPublicAccessStates?.InternetGatewayBlockMode !== "block-bidirectional") return void 0;
	return {
		kind: "doubt",
		code: "block-public-access",
		because: `whose way to the internet is ${route.GatewayId}, while VPC Block Public Access is on for ${subnet.SubnetId}`,
		remedy: `Exclude ${subnet.SubnetId} from VPC Block Public Access`
	};
}
function followNat(network, table, natId) {
	if (network.natGateways === void 0) return void 0;
	const nat = network.natGateways.find(({ NatGatewayId }) => NatGatewayId === natId);
	const leads = `whose route ${EVERYWHERE} leads to ${natId}`;
	if (nat === void 0) return {
		kind: "doubt",
		code: "nat-unseen",
		because: `${leads}, which EC2 does not show to these credentials`,
		remedy: `Make sure that ${natId} exists, is available and leads to the internet`
	};
	return natState(nat, table, leads) ?? natsOwnWayOut(network, nat, leads);
}
function natState({ NatGatewayId, State }, table, leads) {
	if (State === "available" || State === void 0) return void 0;
	if (State === "pending") return {
		kind: "doubt",
		code: "nat-pending",
		because: `${leads}, which is still being made (pending)`,
		remedy: `Wait until ${NatGatewayId} is available`
	};
	return {
		kind: "closed",
		code: "nat-not-available",
		because: `${leads}, whose state is ${State}`,
		remedy: `Make a new NAT gateway in a public subnet and lead ${EVERYWHERE} in ${table.RouteTableId} to it`
	};
}
/** A zonal NAT gateway uses the route table of its subnet; a regional one has a table of its own. */
function natsOwnWayOut(network, nat, leads) {
	const regional = nat.AvailabilityMode === "regional";
	const table = regional ? network.routeTables?.find(({ RouteTableId }) => RouteTableId === nat.RouteTableId) : routeTableOf(network, nat.SubnetId ?? "");
	const route = table && defaultRoute(table);
	const where = regional ? "" : ` in ${nat.SubnetId}`;
	if (nat.ConnectivityType === "private") return privateNat(nat, route, leads);
	if (table === void 0) return void 0;
	if (route && isInternetGateway(route) && route.State !== "blackhole") {
		const subnet = network.subnets?.find(({ SubnetId }) => SubnetId === nat.SubnetId);
		const blocked = subnet && blockedByVpc(subnet, route);
		return blocked && {
			...blocked,
			because: `${leads}${where}, where VPC Block Public Access is on`
		};
	}
	const own = `${leads}${where}, which uses ${table.RouteTableId}`;
	if (route === void 0) return natWithoutWayOut(nat, table, `${own}, which has no route to the internet`);
	if (route.State === "blackhole") return natWithoutWayOut(nat, table, `${own}, whose route ${EVERYWHERE} leads to ${targetOf(route)}, which is gone or detached (blackhole)`);
	if (route.NatGatewayId === nat.NatGatewayId) return natWithoutWayOut(nat, table, `${own}, which leads ${EVERYWHERE} back to ${nat.NatGatewayId} itself`);
	return {
		kind: "doubt",
		code: "nat-way-out-unseen",
		because: `${own}, which leads ${EVERYWHERE} to ${targetOf(route)}, and what lies behind that cannot be seen from here`,
		remedy: `Make sure that ${targetOf(route)} leads to the internet`
	};
}
function natWithoutWayOut(nat, table, because) {
	return {
		kind: "closed",
		code: "nat-without-way-out",
		because,
		remedy: nat.AvailabilityMode === "regional" ? `Add a route ${EVERYWHERE} to an internet gateway in ${table.RouteTableId}` : `Put the NAT gateway into a public subnet, one whose route ${EVERYWHERE} leads to an internet gateway`
	};
}
/** "If you route traffic from the private NAT gateway to the internet gateway, the internet gateway drops it": VPC user guide. */
function privateNat(nat, route, leads) {
	const because = `${leads}, a private NAT gateway, which does not lead to the internet`;
	const remedy = `Lead ${EVERYWHERE} to a public NAT gateway instead of ${nat.NatGatewayId}`;
	if (route === void 0 || route.State === "blackhole" || isInternetGateway(route)) return {
		kind: "closed",
		code: "nat-private",
		because,
		remedy
	};
	return {
		kind: "doubt",
		code: "nat-private",
		because: `${leads}, a private NAT gateway that hands on to ${targetOf(route)}, and what lies behind that cannot be seen from here`,
		remedy
	};
}
// src/preflight/network/ways.ts
/** What no endpoint answers for needs a way out of the VPC. */
function judgeWays(site, table, exit, all) {
	const paths = all.filter((path) => !isEndpoint(path));
	if (exit.kind === "open" || exit.kind === "unseen" || paths.length === 0) return [];
	const { code, because } = exit;
	const finding = (proof, concerned, rest) => ({
		code,
		proof,
		subnet: site.id,
		says: (subnets) => `${subject(subnets, "uses", "use")} ${table.RouteTableId}, ${because}${rest}`,
		remedy: remedyFor(site, table, exit.remedy, concerned),
		evidence: [
			`${site.id} uses ${table.RouteTableId}, ${because}${rest}`,
			...routesShown(table),
			...reasons(concerned)
		]
	});
	if (exit.kind === "doubt") return [finding(false, paths, `; the task needs ${labels(paths)}`)];
	if (site.network.endpoints === void 0) return [finding(false, paths, `, and whether endpoints answer for ${labels(paths)} could not be checked`)];
	const doubtful = paths.filter(isDoubtful);
	const closed = paths.filter((path) => !isDoubtful(path));
	if (closed.length > 0) return [finding(true, closed, lacking(closed, code))];
	return [finding(false, doubtful, `, and ${listed(doubtful.map(doubtAbout))}`)];
}
/** Registries on the internet for sure; another host may be a private registry inside the network. */
const PUBLIC_REGISTRY = /^(?:docker\.io|index\.docker\.io|registry-1\.docker\.io|public\.ecr\.aws|ghcr\.io|quay\.io|gcr\.io|registry\.gitlab\.com|mcr\.microsoft\.com|registry\.k8s\.io|[a-z0-9-]+\.pkg\.dev)$/;
function isDoubtful({ target, endpoint }) {
	return endpoint.kind === "doubt" || target.service === void 0 && !PUBLIC_REGISTRY.test(target.label);
}
function doubtAbout({ target, endpoint }) {
	if (endpoint.kind === "doubt") return endpoint.because;
	return `whether ${target.label} is inside the network cannot be seen from here`;
}
function lacking(paths, code) {
	const services = paths.filter(({ target }) => target.service !== void 0);
	const registries = paths.filter(({ target }) => target.service === void 0);
	const because = ({ endpoint }) => endpoint.kind === "none" ? endpoint.because : void 0;
	const none = services.filter((path) => because(path) === void 0);
	const link = code === "no-route" ? " and" : ", and there is";
	return [
		none.length > 0 ? `${link} no endpoint for ${labels(none)}` : "",
		...services.flatMap((path) => because(path) ?? []),
		...registries.length > 0 ? [`${labels(registries)} can be reached no other way`] : []
	].join("; ");
}
function remedyFor({ vpc, placement }, table, first, paths) {
	const services = paths.filter(({ target }) => target.service !== void 0);
	if (services.length < paths.length) return `${first}.`;
	const byInterface = services.filter(({ target }) => target.service !== "s3");
	const group = listed(placement.securityGroups) || "the task's security group";
	return `${first}. Or, without the internet: ${[...byInterface.length > 0 ? [`interface endpoints for ${labels(byInterface)} in ${vpc}, with private DNS on and port 443 open to ${group}`] : [], ...services.length > byInterface.length ? [`a gateway endpoint for s3 on ${table.RouteTableId}`] : []].join(", and ")}.`;
}
function routesShown(table) {
	return (table.Routes ?? []).slice(0, 10).map((route) => {
		const to = route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId;
		return `${table.RouteTableId}: ${to} to ${targetOf(route)}${route.State === "blackhole" ? " (blackhole)" : ""}`;
	});
}
/** What each name is needed for; names that are needed for the same, as ECR's three, in one line. */
function reasons(paths) {
	const byReason = /* @__PURE__ */ new Map();
	for (const path of paths) {
		const { why } = path.target;
		const more = why.length > 3 ? `, and ${why.length - 3} more` : "";
		const reason = `${why.slice(0, 3).join(", ")}${more}`;
		byReason.set(reason, [...byReason.get(reason) ?? [], path]);
	}
	return [...byReason].map(([reason, same]) => `${labels(same)} ${same.length === 1 ? "is" : "are"} needed for ${reason}`);
}
// src/preflight/network.ts
/**
* Judges the network that ECS is to run the task in, subnet by subnet, as facts F decide.
* It refuses when a task cannot start in any of the subnets; where it can start in some, it warns.
* @param network as EC2 described it; parts left out lead to no conclusion
* @param needs the services without which the start fails
*/
function judgeNetwork(network, needs, placement) {
	const misplaced = judgePlacement(network, placement);
	if (misplaced.length > 0) return {
		refusals: misplaced,
		warnings: []
	};
	const targets = targetsOf(needs, placement.region);
	const sites = (network.subnets ?? []).filter(({ SubnetId }) => SubnetId && placement.subnets.includes(SubnetId)).map((subnet) => siteOf(network, placement, targets, subnet));
	const findings = sites.flatMap(judgeSite);
	const hopeless = sites.every(({ id }) => findings.some(({ proof, subnet }) => proof && subnet === id));
	const problems = (proof) => told$2(findings.filter((one) => one.proof === proof), hopeless);
	const doubts = [
		...problems(false),
		...otherVpcGroups(network, sites),
		...fewAddresses(sites, placement)
	];
	return hopeless ? {
		refusals: problems(true),
		warnings: doubts
	} : {
		refusals: [],
		warnings: [...problems(true), ...doubts]
	};
}
function judgeSite(site) {
	const own = [...judgeAddresses(site), ...judgeEgressAtAll(site)];
	const shared = sharedSubnet(site);
	if (shared) return [...own, shared];
	const exit = wayOut(site.network, site.subnet, site.placement);
	const table = routeTableOf(site.network, site.id);
	const paths = table ? site.targets.map((target) => pathTo(site, table, target)) : [];
	return [
		...own,
		...table ? judgeWays(site, table, exit, paths) : [],
		...judgeEndpointGroups(site, paths),
		...own.some(({ code }) => code === "egress-closed") ? [] : judgeEgress(site, exit, paths),
		...judgeNetworkAcl(site, paths),
		...judgeDns(site, exit, paths)
	];
}
function judgeAddresses({ id, subnet }) {
	if (subnet.AvailableIpAddressCount !== 0 || subnet.Ipv6Native) return [];
	return [{
		code: "no-free-address",
		proof: true,
		subnet: id,
		says: (subnets) => `${listed(subnets)} ${subnets.length === 1 ? "has" : "have"} no free IP address`,
		remedy: "Free addresses (old network interfaces, idle tasks), or give further or larger subnets.",
		evidence: [`${id} (${subnet.CidrBlock}) has 0 free addresses`]
	}];
}
/** Of a VPC shared by another account its gateways and endpoints are not shown: facts G. */
function sharedSubnet({ id, subnet, placement, vpc }) {
	if (placement.account === void 0 || subnet.OwnerId === void 0 || subnet.OwnerId === placement.account) return;
	return {
		code: "shared-subnet",
		proof: false,
		subnet: id,
		says: (subnets) => `${subject(subnets, "belongs", "belong")} to account ${subnet.OwnerId}, whose NAT gateways and endpoints cannot be seen from account ${placement.account}`,
		remedy: `Make sure, with the owner of ${vpc}, that these subnets lead to ECR, S3, CloudWatch Logs and the secrets.`,
		evidence: [`${id} is shared by account ${subnet.OwnerId}`]
	};
}
/** Without the VPC's resolver names are looked up only if the DHCP options name another one. */
function judgeDns({ network, id, vpc }, exit, paths) {
	const outside = paths.some((path) => !isEndpoint(path));
	if (network.dnsSupport !== false || exit.kind !== "open" || !outside) return [];
	return [{
		code: "dns-off",
		proof: false,
		subnet: id,
		says: () => `${vpc} has enableDnsSupport off, so that no name can be looked up unless its DHCP options give another DNS server`,
		remedy: `Turn on enableDnsSupport of ${vpc}.`,
		evidence: [`enableDnsSupport of ${vpc} is false`]
	}];
}
/** Findings that differ in nothing but the subnet become one problem. */
function told$2(findings, hopeless) {
	const alike = /* @__PURE__ */ new Map();
	for (const finding of findings) {
		const key = `${finding.code} ${finding.says([""])}`;
		alike.set(key, [...alike.get(key) ?? [], finding]);
	}
	return [...alike.values()].map((group) => problemOf(group, hopeless));
}
function problemOf(group, hopeless) {
	const [first] = group;
	const subnets = group.map(({ subnet }) => subnet);
	return {
		code: first.code,
		reason: `${opening(first.proof, hopeless, subnets)}${first.says(subnets)}.`,
		remedy: first.remedy,
		evidence: [.../* @__PURE__ */ new Set([...group.flatMap(({ evidence }) => evidence.slice(0, 1)), ...group.flatMap(({ evidence }) => evidence)])]
	};
}
function opening(proof, hopeless, subnets) {
	if (!proof) return "The task may not start: ";
	return hopeless ? "The task cannot start: " : `The task cannot start if ECS places it in ${subnets.join(" or ")}: `;
}
// src/preflight/checks.ts
function createChecks({ config, region, limitMs = 8e3 }) {
	const images = memoised((image, signal) => raced(createEcr(config, image.ecr).image(image, signal), signal));
	return {
		run: async (request, signal) => {
			const limit = timeLimit(limitMs, signal);
			try {
				return await check$1({
					config,
					region: await region(),
					images,
					limit,
					gaps: createGaps(limitMs)
				}, request);
			} catch (error) {
				return {
					refusals: [],
					warnings: [],
					missingPermissions: [],
					unchecked: [`Nothing was checked: ${messageOf(error)}`]
				};
			} finally {
				limit.end();
			}
		},
		resolveDigest: async (uri, signal) => {
			const image = parseImage(uri);
			if (!isInEcr(image) || image.digest !== void 0) return image?.digest;
			const limit = timeLimit(limitMs, signal);
			try {
				const found = await limit.race(images(image, limit.signal));
				return typeof found === "object" ? found.digest : void 0;
			} catch {
				return;
			} finally {
				limit.end();
			}
		}
	};
}
function isInEcr(image) {
	return image?.ecr !== void 0;
}
async function check$1(tools, request) {
	const image = parseImage(request.image);
	const [lookup, cluster, logGroups, placed] = await Promise.all([
		isInEcr(image) ? lookUp(tools, image) : void 0,
		checkCluster(tools, request.cluster),
		checkLogGroups(tools, request),
		checkNetwork(tools, request)
	]);
	const runtime = (await settled(request.definition))?.runtimePlatform;
	const judged = image && lookup ? judgeImage(image, lookup, runtime) : {
		refusals: [],
		warnings: []
	};
	return {
		refusals: [
			...cluster.refusal ? [cluster.refusal] : [],
			...judged.refusals,
			...logGroups,
			...placed.refusals
		],
		warnings: [
			...cluster.warning ? [cluster.warning] : [],
			...judged.warnings,
			...placed.warnings
		],
		missingPermissions: tools.gaps.denied(),
		unchecked: [...image && !image.ecr ? [uncheckedImage(image)] : [], ...tools.gaps.unchecked()]
	};
}
async function lookUp(tools, image) {
	const { gaps, limit } = tools;
	const found = await gaps.note("the image", limit.race(tools.images(image, limit.signal)));
	if (found === void 0) return void 0;
	if (typeof found === "string") return absentImage(tools, image, found);
	const platforms = found.isList ? await lookUpPlatforms(tools, image, found.digest) : void 0;
	return {
		found: true,
		digest: found.digest,
		...found.status === void 0 ? {} : { status: found.status },
		...platforms === void 0 ? {} : { platforms }
	};
}
async function lookUpPlatforms({ config, limit, gaps }, image, digest) {
	const registry = createEcr(config, image.ecr);
	return gaps.note("the image's architecture", limit.race(registry.platforms(image, digest, limit.signal)));
}
/** Prefixes that ECR's console proposes for a cache rule; enough for a doubt where the rules may not be read. */
const USUAL_CACHE_PREFIXES = [
	"docker-hub",
	"ecr-public",
	"quay",
	"kubernetes",
	"github",
	"gitlab",
	"chainguard"
];
/** A cache rule makes the repository and fetches the image at the first pull, so that not being there proves nothing. */
async function absentImage({ config, limit }, image, missing) {
	const registry = createEcr(config, image.ecr);
	const rule = (await limit.race(registry.cacheRules(limit.signal)).catch(() => USUAL_CACHE_PREFIXES)).find((prefix) => prefix === "ROOT" || image.repository.startsWith(`${prefix}/`));
	return {
		found: false,
		missing,
		...rule === void 0 ? {} : { cacheRule: rule }
	};
}
async function checkCluster({ config, region, limit, gaps }, cluster) {
	const client = new ECSClient({
		...config,
		region
	});
	const command = new DescribeClustersCommand({ clusters: [cluster] });
	const send = () => client.send(command, { abortSignal: limit.signal });
	const answer = await gaps.note("the cluster", limit.race(call("ecs:DescribeClusters", async () => region, send)));
	if (answer === void 0) return {};
	const described = answer.clusters?.[0];
	const missing = answer.failures?.some(({ reason }) => reason === "MISSING");
	return described || missing ? judgeCluster(cluster, region, described) : {};
}
async function checkLogGroups(tools, request) {
	const definition = await settled(request.definition);
	const needed = definition ? neededLogGroups(definition, tools.region) : [];
	const absent = await Promise.all(needed.map((one) => logGroupIsAbsent(tools, one)));
	return needed.filter((_, index) => absent[index]).map(missingLogGroup);
}
async function logGroupIsAbsent({ config, limit, gaps }, { group, region }) {
	const client = new CloudWatchLogsClient({
		...config,
		region
	});
	const command = new DescribeLogGroupsCommand({
		logGroupNamePrefix: group,
		limit: 50
	});
	const send = () => client.send(command, { abortSignal: limit.signal });
	const answer = await gaps.note("the log group", limit.race(call("logs:DescribeLogGroups", async () => region, send)));
	return answer !== void 0 && !(answer.logGroups ?? []).some(({ logGroupName }) => logGroupName === group);
}
async function checkNetwork(tools, request) {
	const asked = await settled(request.network);
	if (asked === void 0) return {
		refusals: [],
		warnings: []
	};
	const described = await describeNetwork(tools, createEc2(tools.config, tools.region), asked);
	const [definition, container, account] = await Promise.all([
		settled(request.definition),
		settled(request.container),
		settled(request.account)
	]);
	return judgeNetwork(described, definition && container !== void 0 ? neededServices(definition, container, request.image, tools.region) : [], {
		...asked,
		region: tools.region,
		...account === void 0 ? {} : { account }
	});
}
/** Where the VPC could not be learnt the calls are made all the same: they tell which permissions are missing. */
const UNKNOWN_VPC = "vpc-00000000000000000";
function unlessUnknown(vpc) {
	return (error) => {
		if (vpc === void 0 && error instanceof AwsError && error.facts.kind === "not-found") return void 0;
		throw error;
	};
}
/** Two rounds: the subnets tell the VPC, and everything else is asked by VPC at once. */
async function describeNetwork(tools, ec2, asked) {
	const { limit, gaps } = tools;
	const { signal } = limit;
	const note = (what, work) => gaps.note(what, limit.race(work));
	const ids = asked.securityGroups;
	const askedGroups = ids.length === 0 ? [] : note("the security groups", ec2.securityGroups(ids, signal));
	const subnets = await note("the subnets", ec2.subnets(asked.subnets, signal));
	const vpc = subnets?.[0]?.VpcId ?? (await askedGroups)?.[0]?.VpcId;
	const at = vpc ?? UNKNOWN_VPC;
	const attribute = (name) => note("the DNS settings of the VPC", ec2.attribute(at, name, signal).catch(unlessUnknown(vpc)));
	const [groups, neighbours, otherGroups, routeTables, natGateways, endpoints, networkAcls, dnsSupport, dnsHostnames] = await Promise.all([
		askedGroups,
		note("the subnets", ec2.subnetsOf(at, signal)),
		note("the security groups", ec2.securityGroupsOf(at, signal)),
		note("the route tables", ec2.routeTablesOf(at, signal)),
		note("the NAT gateways", ec2.natGatewaysOf(at, signal)),
		note("the VPC endpoints", ec2.endpointsOf(at, signal)),
		note("the network ACLs", ec2.networkAclsOf(at, signal)),
		attribute("enableDnsSupport"),
		attribute("enableDnsHostnames")
	]);
	return withoutUndefined({
		subnets: together(subnets, neighbours, ({ SubnetId }) => SubnetId),
		securityGroups: together(groups, otherGroups, ({ GroupId }) => GroupId),
		routeTables,
		natGateways,
		endpoints,
		networkAcls,
		dnsSupport,
		dnsHostnames
	});
}
/** Undefined when the first, on which the judgement rests, is not there. */
function together(first, second, id) {
	return first && [...new Map([...first, ...second ?? []].map((item) => [id(item), item])).values()];
}
function withoutUndefined(value) {
	const entries = Object.entries(value).filter(([, member]) => member !== void 0);
	return Object.fromEntries(entries);
}
/** What is awaited elsewhere as well: a failure is reported there. */
async function settled(value) {
	try {
		return await value;
	} catch {
		return;
	}
}
/** One call for each thing asked, however often it is asked. */
function memoised(make) {
	const made = /* @__PURE__ */ new Map();
	return (key, ...rest) => {
		const text = JSON.stringify(key);
		const promise = made.get(text) ?? make(key, ...rest);
		made.set(text, promise);
		return promise;
	};
}
// src/report/redact.ts
const MARK = "://";
/** `user:` at the head of what follows `://`; a port (`host:8080/…`) is no password. */
const USER_AND_COLON = /^[^:@/?#[]*:(?!\d{1,5}(?:[/?#]|$))/;
/**
* Stars the passwords in URLs: `postgres://user:secret@host` becomes `postgres://user:***@host`.
* A password that holds `@`, `/` or `://`, which no URL should, is starred whole.
* The time it takes grows with the length of the text, no faster: a container may print 250 kB in one line.
*/
function redact(text) {
	return text.includes(MARK) && text.includes("@") ? text.replace(/[^\s'"`<>]+/g, starToken) : text;
}
function starToken(token) {
	const [scheme = "", ...rest] = token.split(MARK);
	return [scheme, ...whole$1(rest).map(starred)].join(MARK);
}
/** Puts together again what `://` inside a password has torn apart: `user:pa://ss@host`. */
function whole$1(parts) {
	const out = [];
	for (const part of parts) {
		const open = out.at(-1);
		if (open !== void 0 && !open.includes("@") && USER_AND_COLON.test(open)) out[out.length - 1] = open + MARK + part;
		else out.push(part);
	}
	return out;
}
/** `user:secret@host` without its password: up to the last `@`, since a password may hold one. */
function starred(authority) {
	const at = authority.lastIndexOf("@");
	const user = at < 0 ? void 0 : USER_AND_COLON.exec(authority)?.[0];
	return user === void 0 || user.length > at ? authority : `${user}***${authority.slice(at)}`;
}
// src/report/markdown.ts
/**
* Making text from outside harmless: whatever a container, AWS or a person put into it, it shows as text.
* `inline`, `code` and `link` serve one line of markdown, also inside a table; `fence` serves whole lines.
*/
/** ANSI colour and cursor sequences: CSI, and OSC with its end. */
const ANSI = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\-_])/g;
/** Control characters but tab and line feed, and those that turn the direction of reading. */
const UNSEEN = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;
/** A surrogate without its other half cannot be written as UTF-8. */
const HALF_CHARACTERS = /\p{Surrogate}/gu;
const LINE_BREAKS = /\r\n?|[\u0085\u2028\u2029\v\f]/g;
/** Text as it may be shown: one kind of line end, no control characters, no colours, no passwords in URLs. */
function plain(text) {
	return redact(text.replace(LINE_BREAKS, "\n").replace(ANSI, "").replace(UNSEEN, "�").replace(HALF_CHARACTERS, "�"));
}
/** The same on one line. */
function oneLine(text) {
	return plain(text).replace(/\s+/g, " ").trim();
}
/**
* Cuts to a number of characters and says so with `…`; never between the halves of a surrogate pair.
* Text from outside must have been through `plain` or `oneLine` before: a URL that is cut before its `@` hides its password.
* @param most at least 1
*/
function shortened(text, most) {
	return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
/**
* Every mark that markdown, HTML, an autolink or a formula could begin with becomes a character reference:
* CommonMark reads no structure out of those. `<wbr>` keeps GitHub from linking @names, #numbers and :emoji:.
*/
function referenced(text) {
	return text.replace(/[#$&*+\-/:<=>@[\\\]^_`{|}~]|\.(?=\S)/g, (mark) => `&#${mark.charCodeAt(0)};`).replace(/&#(?:35|36|58|64);(?=\S)/g, (reference) => `${reference}<wbr>`);
}
/** Text on one line of markdown, also in a table cell; not at the head of a line, where `1.` would begin a list. */
function inline(text) {
	return referenced(oneLine(text));
}
/** The same in code type. */
function code(text) {
	return `<code>${inline(text)}</code>`;
}
/** Our own sentences on one line of markdown: what stands between backticks is set in code type. */
function prose(text) {
	return oneLine(text).split(/`([^`]+)`/).map((part, index) => index % 2 === 1 ? code(part) : referenced(part)).join("");
}
/** A link, when the address is one of https; else only its label. */
function bundle_link(label, url) {
	return url !== void 0 && /^https:\/\/[^\s"'<>]+$/.test(url) ? `<a href="${url.replace(/&/g, "&amp;")}">${inline(label)}</a>` : inline(label);
}
/** Lines in a code block that nothing in them can close: its fence is longer than any run of backticks inside. */
function fence(lines, language = "") {
	const body = lines.map(plain).join("\n");
	let longest = 2;
	for (const [run] of body.matchAll(/`+/g)) longest = Math.max(longest, run.length);
	const ticks = "`".repeat(longest + 1);
	return `${ticks}${language}\n${body}\n${ticks}`;
}
/** A part of the page that opens on a click. The blank lines make markdown work inside. */
function folded(title, body) {
	return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}
/** How many bytes a text takes in a file. */
function bytes(text) {
	return Buffer.byteLength(text);
}
/** As many of the texts made of the items, from the first on, as fit into `most` bytes, a line end each included. */
function fitting(items, most, make) {
	const fit = [];
	let used = 0;
	for (const item of items) {
		const text = make(item);
		used += bytes(text) + 1;
		if (used > most) break;
		fit.push(text);
	}
	return fit;
}
// src/report/names.ts
/** More than that on one line are counted. */
const MOST_NAMED$1 = 10;
/** `a, b, c`; of many the first ten: `a, b, … and 3 more`. */
function named$1(names) {
	const others = names.length - MOST_NAMED$1;
	return others > 0 ? `${names.slice(0, MOST_NAMED$1).join(", ")} and ${others} more` : names.join(", ");
}
// src/migration/outcome.ts
const NO_HISTORY = { endedBeforeStop: false };
/** @returns the history with what this observation adds */
function remember(history, task, who, stopAsked) {
	if (hasEnded(containerOf(task, who.container))) return stopAsked || stoppedByOthers(task) ? history : {
		...history,
		endedBeforeStop: true
	};
	if (history.endedFirst !== void 0 || stopAsked) return history;
	const [other] = othersEnded(task, who);
	return other === void 0 ? history : {
		...history,
		endedFirst: other
	};
}
/** Essential containers but ours that have ended. */
function othersEnded(task, who) {
	return (task.containers ?? []).filter(({ name = "" }) => name !== who.container && who.essential.has(name)).filter(hasEnded).map(({ name = "", exitCode }) => ({
		container: name,
		...exitCode !== void 0 && { exitCode }
	}));
}
/**
* The verdict, as soon as ECS shows the container's exit with a stop code: the task may deprovision for
* another 10 to 40 s (platform fact G). No exit code is ever made up.
* @returns undefined while the migration is not over
*/
function judge(task, who, history, ourStop) {
	const ours = containerOf(task, who.container);
	const over = isOver(task);
	if (ours?.exitCode === void 0) return over ? withoutExitCode$1(task, history, ourStop) : void 0;
	if (task.stopCode === void 0 && !over) return void 0;
	const { exitCode } = ours;
	if (!endedByItself(task, history, ourStop)) return ourStop === void 0 ? {
		kind: "failed",
		cause: "stopped-from-outside",
		exitCode
	} : {
		...ourStop,
		exitCode
	};
	const first = history.endedFirst ?? whoEndedIt(task, who, exitCode);
	if (first !== void 0) return endedByOther(first, exitCode);
	return exitCode === 0 ? {
		kind: "succeeded",
		exitCode
	} : {
		kind: "failed",
		cause: "exit-code",
		exitCode
	};
}
/** STOPPED, or DELETED: a transition state `describe-tasks` can show after a stop (platform fact A4). */
function isOver(task) {
	return task.lastStatus === "STOPPED" || task.lastStatus === "DELETED";
}
function containerOf(task, name) {
	return task.containers?.find((container) => container.name === name);
}
/** A user, Spot or the host: an exit that shows with such a stop code was not of the container's own accord. */
function stoppedByOthers({ stopCode }) {
	return stopCode !== void 0 && stopCode !== "EssentialContainerExited";
}
function hasEnded(container) {
	return container?.exitCode !== void 0 || container?.lastStatus === "STOPPED";
}
/**
* ECS can be blind to an exit for about 10 s, so a task that had ended can still be asked to stop and then carries
* the stop code of that: the times tell (platform fact G).
*/
function endedByItself(task, history, ourStop) {
	if (task.stopCode === "EssentialContainerExited") return true;
	if (ourStop !== void 0 && history.endedBeforeStop) return true;
	const { executionStoppedAt, stoppingAt } = task;
	return executionStoppedAt !== void 0 && stoppingAt !== void 0 && executionStoppedAt < stoppingAt;
}
function withoutExitCode$1(task, history, ourStop) {
	if (task.stopCode === "TaskFailedToStart") return {
		kind: "not-started",
		cause: "never-ran"
	};
	if (ourStop !== void 0) return ourStop;
	if (task.startedAt === void 0) return {
		kind: "not-started",
		cause: "never-ran"
	};
	if (history.endedFirst !== void 0) return endedByOther(history.endedFirst, void 0);
	return {
		kind: "failed",
		cause: task.stopCode === "EssentialContainerExited" ? "no-exit-code" : "stopped-from-outside"
	};
}
/** 128 + SIGTERM. */
const TERMINATED = 143;
/**
* Both ended between two looks. Where nobody stopped the task and ours obeyed SIGTERM, ECS had sent it, because the
* other one had ended.
*/
function whoEndedIt(task, who, exitCode) {
	if (exitCode !== TERMINATED || task.stopCode !== "EssentialContainerExited") return void 0;
	const others = othersEnded(task, who);
	return others.length === 1 ? others[0] : void 0;
}
function endedByOther(first, exitCode) {
	return {
		kind: "failed",
		cause: "other-container",
		container: first.container,
		...first.exitCode !== void 0 && { containerExitCode: first.exitCode },
		...exitCode !== void 0 && { exitCode }
	};
}
/** A task that may run on after the step: it keeps its place, and nobody stops it. */
function mayStillRun(outcome) {
	return outcome.kind === "unknown" || (outcome.kind === "timed-out" || outcome.kind === "cancelled") && outcome.left;
}
function isFailure(outcome) {
	return outcome.kind !== "succeeded" && outcome.kind !== "dry-run";
}
// src/report/row.ts
/** The exit code ECS showed, or undefined: never made up. */
function exitCodeOf(record) {
	const { outcome } = record;
	return ("exitCode" in outcome ? outcome.exitCode : void 0) ?? ownContainer(record)?.exitCode;
}
/** The container whose exit code counts, as ECS described it last. */
function ownContainer(record) {
	return record.task && containerOf(record.task, record.container);
}
/** `sha256:…` of the image that ran, or in a dry run would run. */
function imageDigestOf(record) {
	const { task, outcome, image } = record;
	const runs = task?.startedAt !== void 0 || outcome.kind === "dry-run";
	return ownContainer(record)?.imageDigest ?? (runs ? /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1] : void 0);
}
/** Did this database end as it was meant to? */
function isFine(row) {
	return !isFailure(row.record.outcome);
}
/** Did something go wrong with this very database? One that was skipped only suffers from what went wrong with another. */
function wentWrong(row) {
	return !isFine(row) && row.record.outcome.kind !== "skipped";
}
// src/report/annotations.ts
/** The runner cuts an annotation there without a word (facts C), so nothing longer is handed to it. */
const MOST_CHARACTERS = 4096;
const ROOM = 3900;
/**
* The one error of the step: what happened, why, what to do. Skipped databases are counted, not explained.
* @returns undefined when every database is fine
*/
function errorAnnotation(rows) {
	const bad = rows.filter((row) => !isFine(row));
	const causes = rows.filter(wentWrong);
	const [first] = causes.length > 0 ? causes : bad;
	if (!first) return void 0;
	if (rows.length === 1) return ofOne$1(first);
	const skipped = bad.length - causes.length;
	const note = skipped > 0 && causes.length > 0 ? `\n\n${skipped} skipped: not attempted after that.` : "";
	return {
		title: titleOf(rows),
		message: `${joined(grouped(causes.length > 0 ? causes : bad))}${note}`
	};
}
/** One lost from sight is never called failed: nobody knows. */
function titleOf(rows) {
	const unknown = rows.filter((row) => row.record.outcome.kind === "unknown").length;
	const not = rows.filter((row) => !isFine(row)).length - unknown;
	return `${[...not > 0 ? [`${not} did not succeed`] : [], ...unknown > 0 ? [`${unknown} not known`] : []].join(", ")} of ${rows.length} databases`;
}
/** Is the annotation of this one database all there is to say? The runner cuts a longer one, also in the log. */
function fitsAnnotation(row) {
	return told$1(row).length <= MOST_CHARACTERS;
}
function ofOne$1(row) {
	return {
		title: shortened(`${oneLine(row.record.database)}: ${row.record.outcome.kind}`, 200),
		message: shortened(told$1(row), MOST_CHARACTERS)
	};
}
function told$1({ record, problem }) {
	return problem ? `${oneLine(problem.reason)}\nWhat to do: ${oneLine(problem.remedy)}` : record.outcome.kind;
}
/** As many blocks as fit, and a last line that says how many databases are told of elsewhere. */
function joined(groups) {
	const blocks = [];
	let used = 0;
	let leftOut = 0;
	for (const { databases, text } of groups) {
		const block = `${named$1(databases)}: ${text}`;
		const share = blocks.length === 0 ? shortened(block, ROOM) : block;
		if (used + share.length + 2 > ROOM) leftOut += databases.length;
		else {
			blocks.push(share);
			used += share.length + 2;
		}
	}
	const more = leftOut === 0 ? [] : [`${leftOut} more databases: the job summary tells of each.`];
	return [...blocks, ...more].join("\n\n");
}
/** Databases of which the same is to be said, in the order of their first. */
function grouped(rows) {
	const groups = /* @__PURE__ */ new Map();
	for (const row of rows) {
		const text = told$1(row);
		groups.set(text, [...groups.get(text) ?? [], row.record.database]);
	}
	return [...groups].map(([text, databases]) => ({
		databases,
		text
	}));
}
/**
* Warnings as annotations: equal ones once, at most 9, the last of which folds the rest.
* The step's log has to carry each in full; an annotation that is shortened says so.
*/
function warningAnnotations(warnings) {
	const different = [...new Set(warnings.map(plain))];
	const single = different.length <= 9 ? different : different.slice(0, 8);
	const rest = different.slice(single.length);
	return [...single.map((text) => shortened(text, ROOM)), ...rest.length > 0 ? [fold(rest)] : []];
}
function fold(texts) {
	const head = `${texts.length} more warnings; each in full in the log of this step.`;
	const each = Math.max(40, Math.floor((ROOM - head.length) / Math.max(1, texts.length)) - 3);
	const fits = Math.floor((ROOM - head.length) / (each + 3));
	return [head, ...texts.slice(0, fits).map((text) => `- ${shortened(oneLine(text), each)}`)].join("\n");
}
// src/scheduling/rate-limiter.ts
/** Where few share the rate, nobody waits longer than that for those that are urgent. */
const LEAST_PATIENCE_MS = 800;
/**
* Calls that share a rate: GetLogEvents allows 10 a second for the whole account in some Regions (platform fact B), so
* all streams of a run together take at most five. Turns come in the order they were asked for. Urgent ones go first as
* long as nobody waits longer for that than its share: as many turns as there were waiting.
*/
var FairRateLimiter = class {
	clock;
	intervalMs;
	waiting = /* @__PURE__ */ new Set();
	running = false;
	freeAt = Number.NEGATIVE_INFINITY;
	constructor(clock, callsPerSecond) {
		this.clock = clock;
		this.intervalMs = 1e3 / callsPerSecond;
	}
	/**
	* Resolves when it is the caller's turn to make one call, or when the signal aborts.
	* @param urgent asked anew at every turn
	* @returns milliseconds waited for turns of others
	*/
	turn(urgent = () => false, signal) {
		if (signal?.aborted === true) return Promise.resolve(0);
		const asked = this.clock.elapsed();
		return new Promise((resolve) => {
			const take = () => {
				this.waiting.delete(turn);
				signal?.removeEventListener("abort", take);
				resolve(Math.max(0, this.clock.elapsed() - asked - this.intervalMs));
			};
			const patience = Math.max(LEAST_PATIENCE_MS, (this.waiting.size + 1) * this.intervalMs);
			const turn = {
				urgent,
				take,
				due: asked + patience
			};
			this.waiting.add(turn);
			signal?.addEventListener("abort", take);
			if (!this.running) this.run();
		});
	}
	async run() {
		this.running = true;
		while (this.waiting.size > 0) {
			const early = this.freeAt - this.clock.elapsed();
			if (early > 0) await this.clock.sleep(early);
			else this.give();
		}
		this.running = false;
	}
	give() {
		const now = this.clock.elapsed();
		const [longest] = this.waiting;
		const urgent = [...this.waiting].find((turn) => turn.urgent());
		this.freeAt = now + this.intervalMs;
		(urgent !== void 0 && this.mayPass(urgent, now) ? urgent : longest)?.take();
	}
	/** Everybody else, in order after this one, still has their turn when it is due. */
	mayPass(first, now) {
		let at = now;
		for (const turn of this.waiting) {
			if (turn === first) continue;
			at += this.intervalMs;
			if (at > turn.due) return false;
		}
		return true;
	}
};
// src/doubts.ts
/** @param accept ids that are all right here */
function judgeDoubts(doubts, accept) {
	const open = doubts.filter(({ id }) => !accept.includes(id));
	const textsOf = (weight) => open.filter((doubt) => doubt.weight === weight).map(textOf);
	return {
		refusals: open.filter(({ weight }) => weight === "refusal").map(withId),
		warnings: textsOf("warning"),
		notices: textsOf("notice"),
		accepted: doubts.filter(({ id }) => accept.includes(id)).map(({ reason, id }) => `Accepted: ${reason} [${id}]`),
		unused: accept.filter((id) => !doubts.some((doubt) => doubt.id === id))
	};
}
function textOf({ reason, remedy, id }) {
	return `${reason} ${remedy} [${id}]`;
}
function withId(doubt) {
	return {
		...doubt,
		remedy: `${doubt.remedy} If it is all right here, add ${doubt.id} to the input accept. [${doubt.id}]`
	};
}
// src/preflight/doubts.ts
/** Warnings of the checks are about the network but for these. */
const IDS = {
	"cluster-not-active": "doubt-cluster",
	"image-not-cached-yet": "doubt-image"
};
/** What the checks found that proves nothing, by the ids that the input `accept` takes. */
function doubtsOf({ warnings, missingPermissions }) {
	const found = warnings.map((problem) => ({
		...problem,
		id: IDS[problem.code] ?? "doubt-network",
		weight: "warning"
	}));
	return missingPermissions.length === 0 ? found : [...found, permissionsMissing(missingPermissions)];
}
function permissionsMissing(actions) {
	return {
		id: "unchecked",
		weight: "notice",
		code: "permissions-missing",
		reason: `Not everything was checked before the launch: this role lacks ${actions.join(", ")}.`,
		remedy: "Allow them to the role of this job."
	};
}
// src/aws/console-links.ts
/** Console hosts by the partition in an ARN. */
const HOSTS = {
	aws: "console.aws.amazon.com",
	"aws-cn": "console.amazonaws.cn",
	"aws-us-gov": "console.amazonaws-us-gov.com"
};
/** Addresses of tasks and logs in the AWS console of the right partition. */
function consoleLinks(partition) {
	const host = HOSTS[partition] ?? HOSTS.aws;
	const home = (service, region) => `https://${region}.${host}/${service}`;
	return {
		task: (taskArn) => {
			const [, , , region = "", , resource = ""] = taskArn.split(":");
			const [, cluster = "", id = ""] = resource.split("/");
			return `${home("ecs", region)}/v2/clusters/${cluster}/tasks/${id}/configuration?region=${region}`;
		},
		log: ({ group, stream, region }) => `${home("cloudwatch", region)}/home?region=${region}#logsV2:log-groups/log-group/${twice(group)}/log-events/${twice(stream)}`
	};
}
/** The partition of an ARN: `aws`, `aws-cn`, `aws-us-gov`. */
function partitionOf(arn) {
	return arn.split(":")[1] ?? "aws";
}
/** The CloudWatch console encodes twice, with $ in place of %. */
function twice(text) {
	return encodeURIComponent(encodeURIComponent(text)).replaceAll("%", "$");
}
// src/github/state.ts
const RUN = "run";
const DONE = "done";
const CLONE_SETTLED = "clone-settled";
const LAUNCH_COUNT = "launches";
function createRunState() {
	const launches = /* @__PURE__ */ new Map();
	const save = (database, state) => {
		const known = launches.get(database);
		const index = known?.index ?? launches.size;
		if (known === void 0) saveState(LAUNCH_COUNT, index + 1);
		launches.set(database, {
			...state,
			index
		});
		saveState(launchKey(index), state);
	};
	const move = (database, state) => {
		const taskArn = launches.get(database)?.taskArn;
		save(database, {
			state,
			...taskArn !== void 0 && { taskArn }
		});
	};
	const isOpen = () => [...launches.values()].some(({ state }) => state !== "settled");
	return {
		begin: (run) => saveState(RUN, run),
		cloneSettled: () => saveState(isOpen() ? CLONE_SETTLED : DONE, true),
		done: () => saveState(DONE, true),
		launching: (database) => save(database, { state: "launching" }),
		launched: (database, taskArn) => save(database, {
			state: "launched",
			taskArn
		}),
		stopping: (database) => move(database, "stopping"),
		settled: (database) => move(database, "settled")
	};
}
/** @returns what main left to undo; undefined after a normal end, or when main never got so far */
function readLeftOver() {
	const run = saved(RUN);
	if (run === void 0 || saved(DONE) === true) return void 0;
	const count = saved(LAUNCH_COUNT) ?? 0;
	const launches = Array.from({ length: count }, (_, index) => saved(launchKey(index)) ?? IN_DOUBT);
	const arnsOf = (state) => launches.flatMap((launch) => launch.state === state && launch.taskArn !== void 0 ? [launch.taskArn] : []);
	return {
		run,
		launched: arnsOf("launched"),
		stopping: arnsOf("stopping"),
		settled: arnsOf("settled"),
		inDoubt: launches.filter(({ state }) => state === "launching").length,
		cloneSettled: saved(CLONE_SETTLED) === true
	};
}
const IN_DOUBT = { state: "launching" };
function saved(name) {
	const text = getState(name);
	return text === "" ? void 0 : JSON.parse(text);
}
function launchKey(index) {
	return `launch-${index}`;
}
// src/migration/image-digests.ts
/**
* Where a tag could not be resolved before the launch, it may be moved while several databases are migrated: then two
* of them would get different migrations.
*/
var ImageDigests = class {
	first;
	difference;
	/** @param digest as ECS shows it for the task's container */
	saw(database, digest) {
		this.first ??= {
			database,
			digest
		};
		if (digest === this.first.digest) return;
		this.difference ??= `${this.first.database} ran ${this.first.digest}, ${database} ${digest}`;
	}
	/** Why nothing more may be launched; undefined while all tasks ran the same image. */
	get mixed() {
		return this.difference === void 0 ? void 0 : {
			kind: "mixed-images",
			difference: this.difference
		};
	}
};
// src/migration/database-proof.ts
/**
* The first difference between what was asked and what ECS answered about the database's variable, or undefined.
* Three runs once migrated the wrong database because nobody looked.
*/
function wrongDatabase$1(expected, answered) {
	if (expected.variable === "") return void 0;
	const values = answered.find(({ name }) => name === expected.container)?.environment?.filter(({ name }) => name === expected.variable).map(({ value }) => value) ?? [];
	if (values.length === 1 && values[0] === expected.database) return void 0;
	return `asked for ${expected.variable}=${expected.database} in ${expected.container}, ECS shows ${values.length === 0 ? "no such variable" : values.join(", ")}`;
}
// src/migration/tail.ts
/** Between two reads of a stream that had nothing new: the longer it is quiet, the longer, up to half a second. */
const PAUSE_STEP_MS = 100;
const LONGEST_PAUSE_MS = 500;
/** The last events are put within about 5 s of the exit (platform fact B); a failed migration's last words matter more. */
const SETTLE_MS = {
	success: 5e3,
	failure: 12e3
};
/** After the exit, reading ends here although lines still come. The turns of other streams do not count. */
const LONGEST_DRAIN_MS = 3e4;
/** The last call may take this much longer: it is repeated for minutes where CloudWatch does not answer. */
const LAST_CALL_MS = 15e3;
/** When to end: set once by the migration that the log belongs to. */
var EndOfLog = class {
	clock;
	ended;
	wake = new AbortController();
	/** Milliseconds since the exit in which other streams were read. */
	waited = 0;
	constructor(clock) {
		this.clock = clock;
	}
	/** The container's exit was seen just now. */
	containerEnded(ending) {
		this.ended ??= {
			ending,
			at: this.clock.elapsed()
		};
		this.wake.abort();
	}
	/** Aborts when the exit is seen: a pause is cut short then. */
	get seen() {
		return this.wake.signal;
	}
	/** Milliseconds for which the end of the stream does not count yet; undefined before the exit. */
	settling() {
		if (this.ended === void 0) return void 0;
		const { ending, at } = this.ended;
		return ending === "never-ran" ? 0 : SETTLE_MS[ending] - (this.clock.elapsed() - at);
	}
	get neverRan() {
		return this.ended?.ending === "never-ran";
	}
	/** The end of the stream counts now: the next read can be the last. */
	get counts() {
		return (this.settling() ?? 1) <= 0;
	}
	/** Milliseconds left until reading ends although lines still come; undefined before the exit. */
	left() {
		if (this.ended === void 0) return void 0;
		return Math.max(0, LONGEST_DRAIN_MS + this.waited - (this.clock.elapsed() - this.ended.at));
	}
	/** The stream's turn came so many milliseconds later for the sake of others: many that end together all are read. */
	waitedForOthers(ms) {
		if (this.ended !== void 0) this.waited += Math.min(ms, this.clock.elapsed() - this.ended.at);
	}
};
/**
* Every line of one stream, once, in order, from the first to the last: GetLogEvents with forward tokens, the only
* lossless way (platform fact B). An empty page is not the end; the same token again is, for now.
* @param signal ends the reading at once
* @returns how reading ended
* @throws AwsError when the log cannot be read; that decides nothing about the migration
*/
async function* tail(stream, end, ports, signal) {
	try {
		return yield* pages(stream, end, ports, signal);
	} catch (error) {
		if (error instanceof AwsError && error.facts.kind === "aborted") return "cut-short";
		throw error;
	}
}
async function* pages(stream, end, ports, signal) {
	let token;
	let quietReads = 0;
	for (;;) {
		end.waitedForOthers(await ports.budget.turn(() => end.counts, signal));
		if (signal.aborted) return "cut-short";
		const last = end.counts;
		const page = await read(stream, token, end, ports, signal);
		if (page.messages.length > 0) yield page.messages;
		const next = page.next ?? token;
		const atEnd = next === token;
		if (atEnd && last) return endWith(page, end);
		if (!atEnd && end.left() === 0) return "growing";
		token = next;
		quietReads = atEnd ? quietReads + 1 : 0;
		await pause(quietReads, end, ports.clock, signal);
	}
}
/** Where no container ran, nobody misses its log. */
function endWith({ missing }, end) {
	return missing === "group" && !end.neverRan ? "no-group" : "whole";
}
/** One page. Ends with the reader's signal, and when it still hangs long after the exit: CloudWatch delays no step. */
async function read(stream, token, end, { logs, clock }, signal) {
	const call = new AbortController();
	const answered = new AbortController();
	const stop = () => call.abort();
	const count = () => void clock.sleep((end.left() ?? 0) + LAST_CALL_MS, answered.signal).then(stop);
	signal.addEventListener("abort", stop);
	end.seen.addEventListener("abort", count);
	if (end.seen.aborted) count();
	try {
		return await logs.page(stream, token, call.signal);
	} finally {
		answered.abort();
		signal.removeEventListener("abort", stop);
		end.seen.removeEventListener("abort", count);
	}
}
/** Until something new may be there; never beyond the moment from which the end counts. */
async function pause(quietReads, end, clock, signal) {
	const ms = Math.min(quietReads * PAUSE_STEP_MS, LONGEST_PAUSE_MS);
	const settling = end.settling();
	if (settling === void 0) await clock.sleep(ms, signal, end.seen);
	else await clock.sleep(Math.min(ms, settling), signal);
}
// src/migration/follow-log.ts
const NO_LOG = {
	lineCount: 0,
	lastLines: [],
	readable: false
};
/**
* Prints every line of a stream until its end. Never rejects: no log decides a verdict.
*/
async function followLog(database, stream, end, ports, signal) {
	const { logger, clock } = ports;
	let lineCount = 0;
	let lastLines = [];
	const take = (messages) => {
		logger.container(database, messages);
		const lines = messages.flatMap(linesOf);
		lineCount += lines.length;
		lastLines = [...lastLines, ...lines.slice(-30)].slice(-30);
	};
	try {
		const pages = tail(stream, end, ports, signal);
		let page = await pages.next();
		for (; page.done !== true; page = await pages.next()) take(page.value);
		const how = page.value;
		const note = remark(lineCount, how, stream);
		if (how !== "whole" && note !== void 0) logger.notice(database, note);
		return {
			lineCount,
			lastLines,
			readable: how !== "cut-short",
			until: clock.now(),
			...note !== void 0 && { note }
		};
	} catch (error) {
		if (!(error instanceof AwsError)) throw error;
		const note = whyNoLog(error, stream);
		logger.warn(database, note);
		return {
			lineCount,
			lastLines,
			readable: false,
			note
		};
	}
}
/** An event may have several: a stack trace, where the log driver has a pattern for where an event begins. */
function linesOf(message) {
	return message.includes("\n") ? message.replace(/\n$/, "").split("\n") : [message];
}
function remark(lineCount, how, { group, stream, region }) {
	if (how === "no-group") return `No log to show: there is no log group ${group} in ${region}. Create it, or set awslogs-create-group to true in the task definition and allow logs:CreateLogGroup to its execution role.`;
	if (how === "growing") return `The log was still growing when reading ended. The rest is in ${group}/${stream}.`;
	if (how === "cut-short") return `The log was not read to its end. The rest is in ${group}/${stream}.`;
	return lineCount === 0 ? `There is no line in ${group}/${stream}.` : void 0;
}
function whyNoLog(error, stream) {
	const { kind, action } = error.facts;
	const consequence = "The verdict does not depend on it.";
	if (kind === "access-denied") return `The log cannot be shown, because a call is denied: ${error.inFull}. ${consequence} Allow ${action} on log group ${stream.group} (Region ${stream.region}) to the role of this job.`;
	return `The log of ${stream.group}/${stream.stream} (Region ${stream.region}) cannot be read: ${error.inFull}. ${consequence} Read it in the AWS console.`;
}
// src/naming.ts
/** What the clone carries where each task gets its own name: it names no database, so a lost override migrates none. */
const NO_DATABASE = "set-per-task-by-run-ecs-migration";
const ACTION = "run-ecs-migration";
/** Service model of RegisterTaskDefinition and RunTask. */
const LONGEST_FAMILY = 255;
const LONGEST_STARTED_BY = 128;
const LONGEST_TAG_VALUE = 256;
const MOST_TAGS = 50;
const HASH_LENGTH = 12;
const TAG = {
	base: `${ACTION}/base`,
	nonce: `${ACTION}/nonce`,
	database: `${ACTION}/database`,
	image: `${ACTION}/image`,
	repository: `${ACTION}/repository`,
	run: `${ACTION}/run`,
	actor: `${ACTION}/actor`,
	commit: `${ACTION}/commit`,
	attempt: `${ACTION}/attempt`
};
/** A family of the clones' own: what deploys or looks up the base family never sees them. */
function cloneFamily(family, hash) {
	const suffix = `-${ACTION}`;
	const name = `${family}${suffix}`;
	if (name.length <= LONGEST_FAMILY) return name;
	const end = `-${hash(family).slice(0, HASH_LENGTH)}${suffix}`;
	return family.slice(0, LONGEST_FAMILY - end.length) + end;
}
/** `startedBy` of a database's tasks; where the name had to be changed to fit, a hash keeps it apart from others. */
function startedBy(database, hash) {
	const name = `${ACTION}/${database}`;
	if (name.length <= LONGEST_STARTED_BY && /^[A-Za-z0-9/_-]+$/.test(name)) return name;
	const end = `-${hash(database).slice(0, HASH_LENGTH)}`;
	return name.replace(/[^A-Za-z0-9/_-]/g, "-").slice(0, LONGEST_STARTED_BY - end.length) + end;
}
/** A legal tag value: `dependabot[bot]` is none, and RunTask would fail on it. */
function tagValue(text) {
	return text.replace(/[^\p{L}\p{N}\p{Z}_.:/=+\-@]/gu, "-").slice(0, LONGEST_TAG_VALUE).replace(/[\ud800-\udbff]$/, "");
}
/** Tags from the strongest to the weakest source; `aws:*` is AWS's own, and beyond 50 the weakest are left out. */
function mergeTags(...sources) {
	const merged = /* @__PURE__ */ new Map();
	for (const { key, value } of sources.flat()) {
		if (key === void 0 || /^aws:/i.test(key) || merged.has(key)) continue;
		if (merged.size < MOST_TAGS) merged.set(key, value ?? "");
	}
	return [...merged].map(([key, value]) => ({
		key,
		value
	}));
}
/** arn:PARTITION:SERVICE:REGION:ACCOUNT:… */
function regionOf(arn) {
	return arn.split(":")[3] ?? "";
}
function withDatabase(text, database) {
	return text.replaceAll(DATABASE_PLACEHOLDER, () => database);
}
const PAUSE_AFTER_REFUSAL_MS = 5e3;
/** A conflict that names no task: the other RunTask is still on its way, or it was refused and remembered. */
const CONFLICT_PAUSE_MS = 3e3;
const CONFLICT_TRIES = 20;
/**
* ECS forgets a stopped task and its client token an hour after the end (platform fact A1). Around that moment one
* launcher may know a predecessor that another does not; nobody launches then. The width bears a listing that lags and
* a RunTask that is repeated for minutes. Whoever still sees the task after that counts it as forgotten, as all others.
*/
const FORGETTING = {
	fromMs: 33e5,
	toMs: 372e4
};
/** A person is told that often that the step still waits. */
const SIGN_OF_LIFE_MS$1 = 6e4;
/**
* @returns the task, whether this call started it or an earlier attempt whose answer was lost
*/
async function launchOnce(order, ports, signals) {
	try {
		return await new Launcher(order, ports, signals).run();
	} catch (error) {
		if (!(error instanceof AwsError)) throw error;
		if (error.facts.kind === "aborted") return { kind: "cancelled" };
		if (error.facts.kind === "access-denied") return {
			kind: "ended",
			outcome: blind(order.launch.database, error)
		};
		return {
			kind: "ended",
			outcome: {
				kind: "not-started",
				cause: "aws-error",
				error
			}
		};
	}
}
/** Without the list of tasks nobody can tell whether another migration runs. */
function blind(database, error) {
	return {
		kind: "refused",
		cause: "problems",
		problems: [{
			code: "cannot-see-other-migrations",
			reason: `Whether another migration of ${database} runs cannot be seen, because a call is denied: ${error.inFull}`,
			remedy: `Allow ${error.facts.action} to the role of this job, or set if-running to allow, which lets two migrations of one database run at once.`
		}]
	};
}
var Launcher = class {
	order;
	ports;
	signals;
	waitUntil;
	starts;
	namelessConflicts = 0;
	constructor(order, ports, signals) {
		this.order = order;
		this.ports = ports;
		this.signals = signals;
		this.waitUntil = ports.clock.elapsed() + order.longestWaitMs;
		this.starts = order.startsBefore;
	}
	async run() {
		let link = await this.firstLink();
		while (!this.signals.cancelled.aborted) {
			const busy = await this.busy(link.predecessor);
			if (busy !== void 0) return busy;
			if (this.signals.cancelled.aborted) break;
			const step = await this.tryLink(link);
			if ("kind" in step) return step;
			link = step;
		}
		return { kind: "cancelled" };
	}
	async firstLink() {
		const { failedStart } = this.order;
		if (this.order.ifRunning === "allow") return {
			predecessor: failedStart,
			refused: 0
		};
		const { known, clock, logger } = this.ports;
		const { database, request } = this.order.launch;
		for (;;) {
			const tasks = await known.of(request.startedBy ?? "", this.signals.cancelled);
			const newest = tasks.find((task) => !isOver(task)) ?? later(tasks[0], failedStart);
			const predecessor = isForgotten(newest, clock) ? void 0 : newest;
			const wait = forgettingFor(predecessor, clock);
			if (wait === 0 || this.signals.cancelled.aborted) return {
				predecessor,
				refused: 0
			};
			const minutes = Math.ceil(wait / 6e4);
			logger.say(database, `The last migration of ${database} ended about an hour ago, and ECS is about to forget it. Waiting ${minutes} min, so that two runs cannot start at once.`);
			await this.waitLong(wait);
			known.forget();
		}
	}
	/** @returns how the launch ends because another migration runs; undefined when the way is free */
	async busy(predecessor) {
		const taskArn = predecessor?.taskArn;
		if (predecessor === void 0 || taskArn === void 0 || isOver(predecessor)) return void 0;
		const { clock, known, logger, untilOver } = this.ports;
		const { database } = this.order.launch;
		for (let asked = 0;; asked++) {
			const now = await known.describe(taskArn, this.signals.cancelled);
			if (now !== void 0 && isOver(now)) return void 0;
			const left = this.waitUntil - clock.elapsed();
			if (this.order.ifRunning !== "wait" || left <= 0) return busyWith(now ?? predecessor);
			if (asked === 0) logger.say(database, `Another migration of ${database} is running (${taskArn}). Waiting for it to end.`);
			await untilOver(taskArn, left, this.signals.cancelled);
			if (this.signals.cancelled.aborted) return { kind: "cancelled" };
		}
	}
	async tryLink(link) {
		const { runState, starts, clock } = this.ports;
		const { database } = this.order.launch;
		await starts.turn(void 0, this.signals.cancelled);
		if (this.signals.cancelled.aborted) return { kind: "cancelled" };
		runState.launching(database);
		const requested = clock.now();
		try {
			const answer = await this.ports.tasks.run(this.request(link), this.signals.abandoned);
			return this.accepted(answer, link, requested);
		} catch (error) {
			if (!(error instanceof AwsError)) throw error;
			return this.failed(error, link);
		}
	}
	request(link) {
		const { launch, revisionArn } = this.order;
		const again = this.starts === 0 ? [] : [{
			key: TAG.attempt,
			value: String(this.starts + 1)
		}];
		return {
			...launch.request,
			tags: [...again, ...launch.request.tags ?? []].slice(0, 50),
			taskDefinition: revisionArn,
			clientToken: this.token(link)
		};
	}
	/** At most 64 characters (service model): a hash in hexadecimal. */
	token({ predecessor, refused }) {
		const { ifRunning, launch, nonce } = this.order;
		const run = ifRunning === "allow" ? [nonce] : [];
		const cluster = launch.request.cluster?.split("/").at(-1);
		return this.ports.hash([
			cluster,
			launch.database,
			predecessor?.taskArn ?? "none",
			refused,
			...run
		].join("\n"));
	}
	async accepted(answer, link, requested) {
		const { runState, transient } = this.ports;
		const { database } = this.order.launch;
		const [task] = answer.tasks;
		if (task?.taskArn !== void 0) {
			runState.launched(database, task.taskArn);
			return {
				kind: "launched",
				task: {
					...task,
					taskArn: task.taskArn
				},
				requested,
				starts: this.starts + 1
			};
		}
		runState.settled(database);
		const { failures } = answer;
		const outcome = {
			kind: "not-started",
			cause: "run-task-failures",
			failures
		};
		const reasons = failures.map(({ reason }) => reason).join(", ");
		return this.again(link, transient.ofFailures(failures), reasons, outcome);
	}
	/** RunTask refused and started nothing: tried again where the cause may pass. */
	async again(link, mayPass, reason, outcome) {
		const { clock, logger } = this.ports;
		this.starts += 1;
		if (!mayPass || this.starts >= 4) return {
			kind: "ended",
			outcome
		};
		logger.warn(this.order.launch.database, `ECS did not start the task (${reason}). Trying again, ${this.starts} of 3.`);
		await clock.sleep(PAUSE_AFTER_REFUSAL_MS * this.starts, this.signals.cancelled);
		return link;
	}
	async failed(error, link) {
		const { runState, transient } = this.ports;
		const { kind } = error.facts;
		if (kind === "aborted") return { kind: "in-doubt" };
		runState.settled(this.order.launch.database);
		if (kind === "conflict") return this.afterConflict(error, link);
		if (kind === "unreachable" || error.facts.unanswered === true) return {
			kind: "ended",
			outcome: {
				kind: "unknown",
				cause: "aws-error",
				error
			}
		};
		const outcome = {
			kind: "not-started",
			cause: "aws-error",
			error
		};
		return this.again(link, kind === "rejected" && transient.ofError(error), error.inFull, outcome);
	}
	/** With a sign of life now and then; a cancel ends it. */
	async waitLong(ms) {
		const { clock, logger } = this.ports;
		const { cancelled } = this.signals;
		const until = clock.elapsed() + ms;
		for (let left = ms; left > 0 && !cancelled.aborted; left = until - clock.elapsed()) {
			if (left < ms) logger.say(this.order.launch.database, `Still waiting, ${Math.ceil(left / 6e4)} min left`);
			await clock.sleep(Math.min(left, SIGN_OF_LIFE_MS$1), cancelled);
		}
	}
	/** Somebody else, or an earlier attempt, holds the token: their task is the new predecessor. */
	async afterConflict(error, link) {
		const { clock, known } = this.ports;
		const [holder] = error.facts.resourceIds ?? [];
		if (holder !== void 0) {
			const task = await known.describe(holder, this.signals.cancelled);
			if ((stoppedFor(task, clock) ?? 0) < FORGETTING.fromMs) return {
				predecessor: task ?? { taskArn: holder },
				refused: 0
			};
			await this.waitLong(Math.max(forgettingFor(task, clock), CONFLICT_PAUSE_MS));
			known.forget();
			return this.firstLink();
		}
		this.namelessConflicts += 1;
		if (this.namelessConflicts < CONFLICT_TRIES) {
			await clock.sleep(CONFLICT_PAUSE_MS, this.signals.cancelled);
			return link;
		}
		this.namelessConflicts = 0;
		known.forget();
		const now = await this.firstLink();
		return now.predecessor?.taskArn === link.predecessor?.taskArn ? {
			...link,
			refused: link.refused + 1
		} : now;
	}
};
function busyWith(running) {
	return {
		kind: "ended",
		outcome: {
			kind: "refused",
			cause: "busy",
			running
		}
	};
}
function later(a, b) {
	return (b?.createdAt?.getTime() ?? 0) > (a?.createdAt?.getTime() ?? 0) ? b : a;
}
/** @returns milliseconds since it stopped; undefined while it runs, or when ECS does not say */
function stoppedFor(task, clock) {
	return task?.stoppedAt && clock.now().getTime() - task.stoppedAt.getTime();
}
function isForgotten(task, clock) {
	return (stoppedFor(task, clock) ?? 0) >= FORGETTING.toMs;
}
/** @returns milliseconds until everybody has forgotten the predecessor */
function forgettingFor(predecessor, clock) {
	const age = stoppedFor(predecessor, clock) ?? 0;
	return age >= FORGETTING.fromMs ? FORGETTING.toMs - age : 0;
}
// src/migration/stop-task.ts
/** For a moment ECS may not know a task that it has just started (platform fact A2). */
const LONGEST_NOT_THERE_MS = 6e4;
const PAUSE_MS = 1e3;
/**
* Asks ECS to stop a task; again while it says that there is no such task.
* @throws AwsError when it refuses
*/
async function stopTask({ tasks, clock }, { cluster, taskArn, reason }, signal) {
	const deadline = clock.elapsed() + LONGEST_NOT_THERE_MS;
	for (;;) {
		try {
			return await tasks.stop(cluster, taskArn, reason, signal);
		} catch (error) {
			if (!isNotThereYet(error) || clock.elapsed() >= deadline || signal.aborted) throw error;
		}
		await clock.sleep(PAUSE_MS, signal);
	}
}
/** What a person types to stop a task that we could not. */
function stopCommand(cluster, taskArn) {
	return `aws ecs stop-task --region ${regionOf(taskArn)} --cluster ${cluster} --task ${taskArn}`;
}
function isNotThereYet(error) {
	return error instanceof AwsError && /not found/i.test(error.message);
}
// src/migration/limits.ts
/** StopTask to a visible exit took up to 48 s where the container obeyed at once (platform fact G). */
const STOP_MARGIN_MS = 3e4;
/** The runner sends SIGTERM 7.5 s after SIGINT, and we promise to be gone in 7: the rest is for cleaning up. */
const CANCEL_WATCH_MS = 4500;
/** RunTask may answer up to 4 s after the cancel: then only the stop itself is waited for. */
const LATE_CANCEL_WATCH_MS = 1500;
/**
* Ends a task that must not go on: at its time limit, or when the step is cancelled. The first cause wins.
* Works beside the watch, so that an ECS that does not answer delays no stop.
*/
var Limits = class {
	request;
	ports;
	over = new AbortController();
	giveUp = new AbortController();
	unlisten;
	cause;
	accepted = false;
	constructor(request, ports, cancelled) {
		this.request = request;
		this.ports = ports;
		const cancel = () => void this.cancel(String(cancelled.reason), CANCEL_WATCH_MS);
		cancelled.addEventListener("abort", cancel, { once: true });
		this.unlisten = () => cancelled.removeEventListener("abort", cancel);
		if (cancelled.aborted) this.cancel(String(cancelled.reason), LATE_CANCEL_WATCH_MS);
		this.timeOut();
	}
	/** The stop that was asked for, if any. */
	get stop() {
		return this.cause;
	}
	/** The same where the end was not seen: `left` also when ECS did not confirm the stop. */
	get unseenEnd() {
		return this.stopFailed && this.cause ? {
			...this.cause,
			left: true,
			stopFailed: true
		} : this.cause;
	}
	/** StopTask was refused, or not answered: the task may run on against our will. */
	get stopFailed() {
		return this.cause?.left === false && !this.accepted;
	}
	/** Aborts when there is nothing left to wait for. */
	get exhausted() {
		return this.giveUp.signal;
	}
	/** The verdict is known: no limit applies any more. */
	end() {
		this.unlisten();
		this.over.abort();
	}
	async timeOut() {
		const { timeoutMinutes, onTimeout, stopTimeout, database } = this.request;
		const { clock, logger } = this.ports;
		await clock.sleep(timeoutMinutes * 6e4, this.over.signal);
		if (this.over.signal.aborted || this.cause !== void 0) return;
		const left = onTimeout === "leave";
		this.cause = {
			kind: "timed-out",
			minutes: timeoutMinutes,
			left
		};
		logger.warn(database, `Not ended after ${timeoutMinutes} min. ${left ? "The task is left running, as on-timeout asks." : "Stopping the task."}`);
		const graceMs = (stopTimeout ?? 120) * 1e3 + STOP_MARGIN_MS;
		await this.enforce(`Timed out after ${timeoutMinutes} min: ${this.request.runUrl}`, graceMs);
	}
	async cancel(signal, watchMs) {
		const { onCancel, database } = this.request;
		const { logger, clock } = this.ports;
		if (this.cause !== void 0) {
			await clock.sleep(watchMs, this.over.signal);
			this.giveUp.abort();
			return;
		}
		const left = onCancel === "leave";
		this.cause = {
			kind: "cancelled",
			signal,
			left
		};
		logger.warn(database, `Cancelled (${signal}). ${left ? "The task is left running, as on-cancel asks." : "Stopping the task."}`);
		await this.enforce(`Cancelled: ${this.request.runUrl}`, watchMs);
	}
	async enforce(reason, graceMs) {
		if (this.cause?.left === false) {
			const wait = this.ports.clock.sleep(graceMs, this.over.signal);
			const refused = await Promise.race([this.send(reason), wait.then(() => void 0)]);
			if (this.accepted) await wait;
			else if (!this.over.signal.aborted) this.tellNotStopped(refused ?? "StopTask was not answered in time");
		}
		this.giveUp.abort();
	}
	/** @returns why ECS refused */
	async send(reason) {
		const { cluster, taskArn, database } = this.request;
		try {
			this.ports.runState.stopping(database);
			await stopTask(this.ports, {
				cluster,
				taskArn,
				reason
			}, this.over.signal);
			this.accepted = true;
			return;
		} catch (error) {
			if (!(error instanceof AwsError)) throw error;
			return error.inFull;
		}
	}
	tellNotStopped(why) {
		const { cluster, taskArn, database } = this.request;
		this.ports.logger.warn(database, notStopped$1(cluster, taskArn, why));
	}
};
/** @returns what a person must know and do about a task that ECS did not stop */
function notStopped$1(cluster, taskArn, why) {
	return `The task could not be stopped and may run on: ${why}. Stop it yourself: ${stopCommand(cluster, taskArn)}`;
}
// src/migration/log-stream.ts
/** Where the container's log will be, once the task's id is known; undefined when its driver writes elsewhere. */
function logStreamOf(container, taskArn, region) {
	const { logDriver, options } = container.logConfiguration ?? {};
	const group = options?.["awslogs-group"];
	const prefix = options?.["awslogs-stream-prefix"];
	if (logDriver !== "awslogs" || group === void 0 || prefix === void 0) return void 0;
	const taskId = taskArn.split("/").at(-1) ?? "";
	return {
		group,
		stream: `${prefix}/${container.name}/${taskId}`,
		region: options?.["awslogs-region"] ?? region
	};
}
// src/migration/migrate.ts
const PAUSE_BEFORE_START_MS = 5e3;
/** If no state of the task is seen for so long, its log is read all the same. */
const LONGEST_UNREAD_MS = 6e4;
/** While nothing changes, a sign of life. */
const SIGN_OF_LIFE_MS = 6e4;
/**
* Migrates one database. Failures are outcomes, not exceptions.
* @param onVerdict called once, at the container's exit: the log may be read on after that
*/
async function migrate(order, ports, signals, onVerdict) {
	return new Story(order, ports, signals).tell(onVerdict);
}
var Story = class {
	order;
	ports;
	signals;
	database;
	who;
	notes = [];
	requested;
	starts = 0;
	exitSeen;
	failedStart;
	/** Aborts when the container may have printed something. */
	began = new AbortController();
	constructor(order, ports, signals) {
		this.order = order;
		this.ports = ports;
		this.signals = signals;
		this.database = order.launch.database;
		this.who = {
			container: order.plan.container.name ?? "",
			essential: order.plan.essential
		};
	}
	async tell(onVerdict) {
		for (;;) {
			const launched = await this.launch();
			if (launched.kind !== "launched") {
				const outcome = this.withoutTask(launched);
				onVerdict(outcome);
				return this.record(outcome, void 0, void 0, NO_LOG);
			}
			this.requested = launched.requested;
			this.starts = launched.starts;
			const wrong = isBareReplay(launched.task) ? void 0 : this.wrongDatabase(launched.task);
			if (wrong !== void 0) {
				const outcome = await this.stopWrong(launched.task, wrong);
				onVerdict(outcome);
				return this.record(outcome, launched.task, void 0, NO_LOG);
			}
			const stream = logStreamOf(this.order.plan.container, launched.task.taskArn, this.order.region);
			this.announce(launched.task, stream);
			const end = new EndOfLog(this.ports.clock);
			let logEnded = false;
			const reading = this.followed(stream, end).finally(() => {
				logEnded = true;
			});
			const verdict = await this.watched(launched.task);
			this.exitSeen = this.showsExit(verdict.task) ? this.ports.clock.now() : void 0;
			this.tellVerdict(verdict, logEnded);
			end.containerEnded(endingOf(verdict.outcome));
			if (this.starts < 4 && await this.mayStartAgain(verdict, stream, reading)) {
				await this.pauseBeforeStart(verdict.task);
				continue;
			}
			onVerdict(verdict.outcome);
			return this.record(verdict.outcome, verdict.task, stream, await reading);
		}
	}
	async launch() {
		this.exitSeen = void 0;
		this.began = new AbortController();
		const { launch, revisionArn, ifRunning, nonce, timeoutMinutes } = this.order;
		const { failedStart } = this;
		const order = {
			launch,
			revisionArn,
			ifRunning,
			nonce,
			longestWaitMs: timeoutMinutes * 6e4,
			startsBefore: this.starts,
			...failedStart && { failedStart }
		};
		const untilOver = (taskArn, ms, signal) => this.untilOver(taskArn, ms, signal);
		return launchOnce(order, {
			...this.ports,
			untilOver
		}, this.signals);
	}
	async untilOver(taskArn, longestMs, signal) {
		const waited = new AbortController();
		const stop = () => waited.abort();
		signal.addEventListener("abort", stop, { once: true });
		this.ports.clock.sleep(longestMs, waited.signal).then(stop);
		this.tellWaiting(waited.signal);
		try {
			for await (const observation of this.ports.watch.observe(taskArn, waited.signal)) if (observation.kind === "seen" && isOver(observation.task)) break;
		} finally {
			waited.abort();
			signal.removeEventListener("abort", stop);
		}
	}
	async tellWaiting(waited) {
		const { clock, logger } = this.ports;
		for (let minutes = 1;; minutes++) {
			await clock.sleep(SIGN_OF_LIFE_MS, waited);
			if (waited.aborted) return;
			logger.say(this.database, `Still waiting for the other migration after ${minutes} min`);
		}
	}
	withoutTask(launched) {
		if (launched.kind === "ended") return launched.outcome;
		const inDoubt = launched.kind === "in-doubt";
		if (inDoubt) this.notes.push("RunTask had not answered when the step was cancelled: the post step looks for the task.");
		return {
			kind: "cancelled",
			signal: String(this.signals.cancelled.reason),
			left: false,
			inDoubt
		};
	}
	announce(task, stream) {
		const { logger, links, clock } = this.ports;
		const { timeoutMinutes, onTimeout } = this.order;
		const limit = new Date(clock.now().getTime() + timeoutMinutes * 6e4);
		logger.say(this.database, `Started task ${task.taskArn}`);
		const proof = this.databaseProof(task);
		if (proof !== void 0) logger.say(this.database, proof);
		logger.say(this.database, `Task: ${links.task(task.taskArn)}`);
		if (stream !== void 0) logger.say(this.database, `Log:  ${links.log(stream)}`);
		logger.say(this.database, `It will ${onTimeout === "stop" ? "be stopped" : "no longer be watched"} at ${limit.toISOString().slice(0, 16)}Z if it has not ended by then.`);
	}
	/** The clone of one database was proved when it was registered; of several, each task's override is. */
	databaseProof({ overrides }) {
		const { databaseVariable, launch } = this.order;
		const overridden = launch.request.overrides?.containerOverrides?.[0]?.environment !== void 0;
		if (databaseVariable === "" || overridden && overrides === void 0) return void 0;
		return `ECS confirms ${databaseVariable}=${this.database} in container ${this.who.container}`;
	}
	async followed(stream, end) {
		if (!this.order.streamLogs) return {
			...NO_LOG,
			note: "The log was not read: stream-logs is false."
		};
		if (stream === void 0) return {
			...NO_LOG,
			note: this.noStream()
		};
		await this.ports.clock.sleep(LONGEST_UNREAD_MS, this.began.signal, end.seen, this.signals.abandoned);
		return followLog(this.database, stream, end, this.ports, this.signals.abandoned);
	}
	noStream() {
		const driver = this.order.plan.container.logConfiguration?.logDriver;
		const note = driver === "awslogs" ? `No log to show: the container ${this.who.container} has no awslogs-group or no awslogs-stream-prefix.` : `No log to show: the container ${this.who.container} ${driver === void 0 ? "has no logConfiguration" : `logs by ${driver}`}, and only awslogs can be read here. Set logConfiguration to awslogs with awslogs-group, awslogs-region and awslogs-stream-prefix.`;
		this.ports.logger.notice(this.database, note);
		return note;
	}
	/** Until the verdict, or until a limit leaves nothing to wait for. */
	async watched(launched) {
		const limits = this.limits(launched.taskArn);
		try {
			const verdict = await this.observed(launched, limits);
			this.tellLateStop(verdict, limits);
			if (!mayStillRun(verdict.outcome) || !limits.stopFailed) this.ports.runState.settled(this.database);
			return verdict;
		} finally {
			limits.end();
		}
	}
	async observed(launched, limits) {
		let task = launched;
		let history = NO_HISTORY;
		const progress = new Progress(this.database, this.ports);
		progress.show(task);
		for await (const observation of this.ports.watch.observe(launched.taskArn, limits.exhausted)) {
			if (observation.kind === "lost") return {
				outcome: limits.unseenEnd ?? lost(observation),
				task
			};
			if (observation.kind === "missing") continue;
			task = observation.task;
			progress.show(task);
			if (hasBegun(task)) this.began.abort();
			const digest = containerOf(task, this.who.container)?.imageDigest;
			if (digest !== void 0) this.ports.digests.saw(this.database, digest);
			history = remember(history, task, this.who, limits.stop !== void 0);
			const outcome = judge(task, this.who, history, limits.stop);
			if (outcome !== void 0) return {
				outcome: this.proved(outcome, task),
				task
			};
		}
		return {
			outcome: limits.unseenEnd ?? {
				kind: "unknown",
				cause: "missing"
			},
			task
		};
	}
	/** A warning was printed when the stop was sent: a step that passes all the same must say why. */
	tellLateStop({ outcome }, { stop }) {
		if (stop === void 0 || stop.left || outcome.kind !== "succeeded" && outcome.kind !== "failed") return;
		this.ports.logger.notice(this.database, "The container had ended by itself before the stop reached it: its exit code decides.");
	}
	showsExit(task) {
		return isOver(task) || containerOf(task, this.who.container)?.exitCode !== void 0;
	}
	/** Said at once: the log may be read on for many seconds. */
	tellVerdict({ outcome, task }, logEnded) {
		if (outcome.kind === "unknown") {
			this.tellLost(outcome);
			return;
		}
		const exitCode = containerOf(task, this.who.container)?.exitCode;
		if (exitCode === void 0) return;
		const exit = `Container ${this.who.container} exited with code ${exitCode}.`;
		this.ports.logger.say(this.database, logEnded ? exit : `${exit} Reading its log to the end.`);
	}
	tellLost(outcome) {
		const why = outcome.cause === "missing" ? "ecs:DescribeTasks answers that there is no such task (MISSING)" : outcome.error.inFull;
		this.ports.logger.say(this.database, `The task can no longer be observed and may still be running: ${why}.`);
	}
	limits(taskArn) {
		const { plan, timeoutMinutes, onTimeout, onCancel, runUrl } = this.order;
		return new Limits({
			database: this.database,
			cluster: plan.cluster,
			taskArn,
			timeoutMinutes,
			onTimeout,
			onCancel,
			stopTimeout: plan.container.stopTimeout,
			runUrl
		}, this.ports, this.signals.cancelled);
	}
	/** What ECS shows must be what was asked for, all of it. @returns the first difference */
	wrongDatabase({ overrides }) {
		const [ours] = this.order.launch.request.overrides?.containerOverrides ?? [];
		if (ours === void 0) return void 0;
		if (overrides === void 0) return `ECS shows no overrides for ${this.who.container}`;
		const shown = overrides.containerOverrides?.find(({ name }) => name === this.who.container);
		if (ours.command !== void 0 && JSON.stringify(shown?.command) !== JSON.stringify(ours.command)) return `ECS does not show the command of ${this.who.container} as it was asked for`;
		const asked = ours.environment ?? [];
		for (const { name: variable = "", value = "" } of asked) {
			const evidence = wrongDatabase$1({
				container: this.who.container,
				variable,
				database: value
			}, overrides.containerOverrides ?? []);
			if (evidence === void 0) continue;
			return variable === this.order.databaseVariable ? evidence : `ECS does not show ${variable} in ${this.who.container} as it was asked for`;
		}
	}
	async stopWrong({ taskArn }, evidence) {
		const { runState, logger } = this.ports;
		const { plan, runUrl } = this.order;
		logger.warn(this.database, `ECS started the task for another database: ${evidence}. Stopping it.`);
		try {
			runState.stopping(this.database);
			const order = {
				cluster: plan.cluster,
				taskArn,
				reason: `Wrong database: ${runUrl}`
			};
			await stopTask(this.ports, order, this.signals.abandoned);
			runState.settled(this.database);
		} catch (error) {
			if (!(error instanceof AwsError)) throw error;
			logger.warn(this.database, notStopped$1(plan.cluster, taskArn, error.inFull));
		}
		return {
			kind: "failed",
			cause: "wrong-database",
			evidence
		};
	}
	/** What ECS shows must be what was asked: a success on another database is none. */
	proved(outcome, task) {
		const evidence = outcome.kind === "succeeded" ? this.wrongDatabase(task) : void 0;
		return evidence === void 0 ? outcome : {
			kind: "failed",
			cause: "wrong-database",
			evidence,
			exitCode: 0
		};
	}
	/** No container ran, the cause may pass, and the log was read and is empty. */
	async mayStartAgain({ outcome, task }, stream, reading) {
		if (outcome.kind !== "not-started" || this.signals.cancelled.aborted) return false;
		if (task.stopCode !== "TaskFailedToStart" || task.startedAt !== void 0) return false;
		if (task.containers?.some(({ exitCode }) => exitCode !== void 0) === true) return false;
		if (!this.ports.transient.ofTask(task)) return false;
		const log = this.order.streamLogs ? await reading : await this.lookAt(stream);
		return log.readable && log.lineCount === 0;
	}
	lookAt(stream) {
		if (stream === void 0) return Promise.resolve(NO_LOG);
		const ended = new EndOfLog(this.ports.clock);
		ended.containerEnded("never-ran");
		return followLog(this.database, stream, ended, this.ports, this.signals.abandoned);
	}
	async pauseBeforeStart(task) {
		const note = `Start ${this.starts} failed and no container ran (${task.stoppedReason ?? "no reason given"}). Trying again.`;
		this.notes.push(note);
		this.failedStart = task;
		this.ports.logger.warn(this.database, note);
		this.ports.known.forget();
		await this.ports.clock.sleep(PAUSE_BEFORE_START_MS * this.starts, this.signals.cancelled);
	}
	record(outcome, task, stream, log) {
		const { requested, exitSeen } = this;
		const logFile = this.ports.logger.logFile(this.database);
		return {
			database: this.database,
			outcome,
			container: this.who.container,
			image: this.order.plan.image,
			taskDefinitionArn: this.order.revisionArn,
			lineCount: log.lineCount,
			lastLines: log.lastLines,
			notes: this.notes,
			milestones: {
				...requested && { requested },
				...exitSeen && { exitSeen },
				...log.until && { logRead: log.until }
			},
			...task && { task },
			...stream && hasLog(outcome, task, log) && { log: stream },
			...log.note !== void 0 && { logNote: log.note },
			...logFile !== void 0 && { logFile }
		};
	}
};
/** What is answered again about a task that has stopped shows no overrides (platform fact A1); its description will. */
function isBareReplay(task) {
	return task.overrides === void 0 && (isOver(task) || task.desiredStatus === "STOPPED");
}
/** Where no container ran there is no log, and no link leads to one. */
function hasLog(outcome, task, { lineCount }) {
	return lineCount > 0 || task?.startedAt !== void 0 || outcome.kind !== "not-started";
}
/** Network interface, image and secrets come first, then the container. */
function hasBegun({ lastStatus = "PROVISIONING" }) {
	return ![
		"PROVISIONING",
		"PENDING",
		"ACTIVATING"
	].includes(lastStatus);
}
function lost(observation) {
	return observation.cause === "missing" ? {
		kind: "unknown",
		cause: "missing"
	} : {
		kind: "unknown",
		cause: "aws-error",
		error: observation.error
	};
}
function endingOf(outcome) {
	if (outcome.kind === "succeeded") return "success";
	return outcome.kind === "not-started" ? "never-ran" : "failure";
}
/** One line at each change of state, and a sign of life while there is none. */
var Progress = class {
	database;
	ports;
	began;
	status = "";
	spokeAt;
	constructor(database, ports) {
		this.database = database;
		this.ports = ports;
		this.began = ports.clock.elapsed();
		this.spokeAt = this.began;
	}
	show(task) {
		const { clock, logger } = this.ports;
		const now = clock.elapsed();
		const status = task.lastStatus ?? "UNKNOWN";
		const changed = status !== this.status;
		if (!changed && now - this.spokeAt < SIGN_OF_LIFE_MS) return;
		const seconds = Math.round((now - this.began) / 1e3);
		logger.say(this.database, changed ? `Task ${status} after ${seconds} s` : `Task still ${status} after ${Math.round(seconds / 60)} min`);
		this.status = status;
		this.spokeAt = now;
	}
};
// src/migration/task-history.ts
/** What one DescribeTasks accepts. */
const BATCH$2 = 100;
/** A listing may be stale, the client token makes up for that; but not for more than a token's life. */
const FRESH_MS = 3e5;
/** The migrations ECS still remembers, read once for all databases of a run. */
var TaskHistory = class {
	tasks;
	clock;
	cluster;
	family;
	listing;
	/** @param family the clones' own family */
	constructor(tasks, clock, cluster, family) {
		this.tasks = tasks;
		this.clock = clock;
		this.cluster = cluster;
		this.family = family;
	}
	/**
	* Tasks of one database, newest first. Under both desired statuses: a task being stopped can run on for minutes.
	* @param startedBy the database's mark
	* @throws AwsError, access denied above all
	*/
	async of(startedBy, signal) {
		return (await this.read(signal)).filter((task) => task.startedBy === startedBy).sort((a, b) => createdAt(b) - createdAt(a));
	}
	/** The next question lists again. */
	forget() {
		this.listing = void 0;
	}
	async describe(taskArn, signal) {
		const { tasks } = await this.tasks.describe(this.cluster, [taskArn], signal);
		return tasks[0];
	}
	read(signal) {
		const now = this.clock.elapsed();
		if (this.listing === void 0 || now - this.listing.at > FRESH_MS) {
			const tasks = this.list(signal);
			this.listing = {
				at: now,
				tasks
			};
			tasks.catch(() => this.forget());
		}
		return this.listing.tasks;
	}
	async list(signal) {
		const listings = await Promise.allSettled([this.tasks.list(this.cluster, this.family, "RUNNING", signal), this.tasks.list(this.cluster, this.family, "STOPPED", signal)]);
		const refused = listings.find((listing) => listing.status === "rejected");
		if (refused !== void 0) throw refused.reason;
		const arns = [...new Set(listings.flatMap((listing) => listing.status === "fulfilled" ? listing.value : []))];
		const found = [];
		for (let at = 0; at < arns.length; at += BATCH$2) found.push(...(await this.tasks.describe(this.cluster, arns.slice(at, at + BATCH$2), signal)).tasks);
		return found;
	}
};
function createdAt(task) {
	return task.createdAt?.getTime() ?? 0;
}
// src/migration/mailbox.ts
/** A queue with one reader: what is put in comes out in order, as an async iterable. */
var Mailbox = class {
	items = [];
	wake;
	put(item) {
		this.items.push(item);
		this.wake?.();
	}
	/** Ends when the signal aborts; what was put in before is not delivered after that. */
	async *read(signal) {
		const wake = () => this.wake?.();
		signal.addEventListener("abort", wake);
		try {
			while (!signal.aborted) {
				const item = this.items.shift();
				if (item !== void 0) yield item;
				else await this.somethingNew();
			}
		} finally {
			signal.removeEventListener("abort", wake);
		}
	}
	somethingNew() {
		return new Promise((resolve) => {
			this.wake = resolve;
		});
	}
};
// src/migration/watch.ts
/** One DescribeTasks a second, for up to 100 tasks together. */
const POLL_MS = 1e3;
/** AWS answers MISSING for a task it has just launched (platform fact A2). */
const MISSING_TOLERANCE_MS = 6e4;
/** A permission that was just changed can take seconds to be seen everywhere: three tries in 10 s. */
const DENIED_TRIES = 3;
const DENIED_PAUSE_MS = 5e3;
/** What one DescribeTasks accepts. */
const BATCH$1 = 100;
/** The one poller of a run: asks ECS once a second about every task somebody observes. */
var Watch = class {
	tasks;
	clock;
	cluster;
	observers = /* @__PURE__ */ new Map();
	polling;
	stop = new AbortController();
	constructor(tasks, clock, cluster) {
		this.tasks = tasks;
		this.clock = clock;
		this.cluster = cluster;
	}
	/**
	* Observations of one task, until the caller leaves the loop, the signal aborts, or the task is lost:
	* MISSING for a minute, or ECS not to be asked any more (transient errors were borne by the client already).
	*/
	async *observe(taskArn, signal) {
		const observer = {
			mailbox: new Mailbox(),
			missingSince: void 0
		};
		this.observers.set(taskArn, observer);
		this.polling ??= this.poll();
		try {
			for await (const observation of observer.mailbox.read(signal)) {
				yield observation;
				if (observation.kind === "lost") return;
			}
		} finally {
			this.observers.delete(taskArn);
			if (this.observers.size === 0) this.stop.abort();
		}
	}
	async poll() {
		this.stop = new AbortController();
		const { signal } = this.stop;
		let denied = 0;
		while (!signal.aborted) {
			const began = this.clock.elapsed();
			const error = await this.pollOnce(signal);
			denied = error?.facts.kind === "access-denied" ? denied + 1 : 0;
			if (error !== void 0 && (denied === 0 || denied >= DENIED_TRIES)) this.tellAll({
				kind: "lost",
				cause: "aws-error",
				error
			});
			const pause = denied > 0 ? DENIED_PAUSE_MS : POLL_MS;
			await this.clock.sleep(pause - (this.clock.elapsed() - began), signal);
		}
		this.polling = this.observers.size > 0 ? this.poll() : void 0;
	}
	/** @returns the error that ended the call, if one did */
	async pollOnce(signal) {
		const arns = [...this.observers.keys()];
		try {
			for (let at = 0; at < arns.length; at += BATCH$1) {
				const batch = arns.slice(at, at + BATCH$1);
				const { tasks } = await this.tasks.describe(this.cluster, batch, signal);
				this.deliver(batch, tasks);
			}
			return;
		} catch (error) {
			if (signal.aborted) return void 0;
			if (error instanceof AwsError) return error;
			throw error;
		}
	}
	deliver(asked, tasks) {
		const found = new Map(tasks.map((task) => [task.taskArn, task]));
		for (const arn of asked) {
			const observer = this.observers.get(arn);
			const task = found.get(arn);
			if (observer === void 0) continue;
			observer.mailbox.put(task === void 0 ? this.missing(observer) : {
				kind: "seen",
				task
			});
			if (task !== void 0) observer.missingSince = void 0;
		}
	}
	missing(observer) {
		observer.missingSince ??= this.clock.elapsed();
		return this.clock.elapsed() - observer.missingSince >= MISSING_TOLERANCE_MS ? {
			kind: "lost",
			cause: "missing"
		} : { kind: "missing" };
	}
	tellAll(observation) {
		for (const { mailbox } of this.observers.values()) mailbox.put(observation);
	}
};
// src/duration.ts
/** Seconds as a person says them: `0.4 s`, `42 s`, `3 min 5 s`, `1 h 2 min`. */
function spoken(seconds) {
	if (seconds < 9.95) return `${Number(seconds.toFixed(1))} s`;
	const whole = Math.round(seconds);
	if (whole < 60) return `${whole} s`;
	const minutes = Math.floor(whole / 60);
	if (minutes < 60) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
	const rest = Math.round(whole / 60) % 60;
	const hours = Math.floor(Math.round(whole / 60) / 60);
	return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
// src/scheduling/progress.ts
/** So few databases speak for themselves. */
const FEW = 3;
const EVERY_MS = 3e4;
const MOST_NAMED = 3;
/** Where each of many databases is, told in one line now and then. */
var RunProgress = class {
	count;
	clock;
	began;
	/** Since when, in the order in which they were started: the first is the one that runs longest. */
	running = /* @__PURE__ */ new Map();
	readingLogs = /* @__PURE__ */ new Set();
	succeeded = 0;
	failed = 0;
	unknown = 0;
	skipped = 0;
	/** @param count how many databases the run has */
	constructor(count, clock) {
		this.count = count;
		this.clock = clock;
		this.began = clock.elapsed();
	}
	starts(database) {
		this.running.set(database, this.clock.elapsed());
	}
	/** The verdict is known; the log is still being read. */
	judged(database, outcome) {
		this.running.delete(database);
		this.readingLogs.add(database);
		if (outcome.kind === "unknown") this.unknown += 1;
		else if (isFailure(outcome)) this.failed += 1;
		else this.succeeded += 1;
	}
	/** Nothing is left to do for the database. */
	finished(database) {
		this.running.delete(database);
		this.readingLogs.delete(database);
	}
	skips() {
		this.skipped += 1;
	}
	line() {
		const { running, readingLogs, succeeded, failed, unknown, skipped } = this;
		const counts = [
			`${this.count - running.size - succeeded - failed - unknown - skipped} waiting`,
			`${running.size} running`,
			`${succeeded} done`,
			`${failed} failed`
		];
		if (unknown > 0) counts.push(`${unknown} not known`);
		if (skipped > 0) counts.push(`${skipped} skipped`);
		if (readingLogs.size > 0) counts.push(`${readingLogs.size} with a log still being read`);
		return `After ${this.since(this.began)}: ${counts.join(", ")}.${this.longest()}`;
	}
	/** Says the line every 30 s until the signal aborts; nothing for a few databases. */
	async tell(say, over) {
		if (this.count <= FEW) return;
		for (;;) {
			await this.clock.sleep(EVERY_MS, over);
			if (over.aborted) return;
			say(this.line());
		}
	}
	longest() {
		const named = [...this.running].slice(0, MOST_NAMED).map(([database, at]) => `${database} (${this.since(at)})`);
		return named.length === 0 ? "" : ` Longest: ${named.join(", ")}.`;
	}
	since(at) {
		return spoken(Math.round((this.clock.elapsed() - at) / 1e3));
	}
};
// src/scheduling/schedule.ts
/**
* Many databases: the order is kept, never more than `maxParallel` at once, and those running are let finish.
* @returns one result a database, in the given order
*/
async function schedule(databases, rules, actions, cancelled) {
	const places = new Places(rules, cancelled);
	const results = [];
	for (const [index, database] of databases.entries()) {
		const alone = index === 1 && rules.canary && rules.maxParallel > 1;
		const refusal = index === 0 ? void 0 : await places.free(alone) ?? actions.halted();
		results.push(refusal === void 0 ? places.occupy(database, (onVerdict) => actions.start(database, onVerdict)) : Promise.resolve(actions.skip(database, refusal)));
	}
	await Promise.allSettled(results);
	return Promise.all(results);
}
var Places = class {
	rules;
	cancelled;
	/** Resolve at their verdict. */
	running = /* @__PURE__ */ new Set();
	/** Tasks that may run on keep their place for good. */
	kept = 0;
	halted;
	constructor(rules, cancelled) {
		this.rules = rules;
		this.cancelled = cancelled;
	}
	/** Waits for a place. @returns why there will be none */
	async free(alone) {
		for (;;) {
			if (this.cancelled.aborted) return { kind: "cancelled" };
			if (this.halted !== void 0) return this.halted;
			const most = this.rules.maxParallel - this.kept;
			if (most <= 0) return { kind: "no-place" };
			if (this.running.size < (alone ? 1 : most)) return void 0;
			await Promise.race(this.running);
		}
	}
	occupy(database, start) {
		let leave = () => {};
		const place = new Promise((resolve) => {
			leave = resolve;
		});
		this.running.add(place);
		const onVerdict = (outcome) => {
			this.running.delete(place);
			this.judge(database, outcome);
			leave();
		};
		const result = start(onVerdict);
		result.catch(() => {
			this.halted ??= {
				kind: "our-mistake",
				database
			};
			this.running.delete(place);
			leave();
		});
		return result;
	}
	judge(database, outcome) {
		if (mayStillRun(outcome)) this.kept += 1;
		const busy = outcome.kind === "refused" && outcome.cause === "busy";
		if (outcome.kind === "failed" && outcome.cause === "wrong-database" || this.rules.failFast && isFailure(outcome) && !busy) this.halted ??= {
			kind: "failure",
			database,
			ended: outcome.kind
		};
	}
};
// src/migration/cleanup.ts
/** Listings lag behind RunTask: a task whose launch was on its way is looked for this long. */
const LONGEST_SEARCH_MS = 6e4;
/** The time limit of one call, and a little. */
const LONGEST_REGISTER_MS = 15e3;
const SEARCH_PAUSE_MS = 2e3;
/** How long a task is looked at before it is stopped unseen. */
const LONGEST_LOOK_MS = 5e3;
const BATCH = 100;
/**
* Deregisters every active revision of this run; several only where an answer was lost and the call repeated.
* @returns ARNs of what was deregistered
* @throws AwsError, the first one, after all were tried
*/
async function retireClones(definitions, owned, signal) {
	const retired = [];
	const failures = new Failures();
	for (const arn of await definitions.listActive(owned.family, signal)) await failures.keep(async () => {
		const { tags } = await definitions.describe(arn, signal);
		if (!tags.some(({ key, value }) => key === TAG.nonce && value === owned.nonce)) return;
		await definitions.deregister(arn, signal);
		retired.push(arn);
	});
	failures.throwFirst();
	return retired;
}
/**
* The same for a main step that was killed: its RegisterTaskDefinition may still be on its way, so the clone is looked
* for until it shows.
*/
async function findAndRetireClones(ports, owned) {
	const { definitions, clock, signal } = ports;
	const deadline = clock.elapsed() + LONGEST_REGISTER_MS;
	for (;;) {
		const retired = await retireClones(definitions, owned, signal);
		if (retired.length > 0 || clock.elapsed() >= deadline || signal.aborted) return retired;
		await clock.sleep(SEARCH_PAUSE_MS, signal);
	}
}
/**
* Stops this run's tasks that still run. It never calls RunTask.
* @param stopped called for each task that was asked to stop
* @returns how many tasks were found that main did not know
* @throws AwsError, the first one, after all tasks were tried
*/
async function stopTasks(ports, owned, request, stopped) {
	const failures = new Failures();
	const [found] = await Promise.all([findAndStop(ports, owned, request, {
		failures,
		stopped
	}), stopKnown(ports, owned, request, {
		failures,
		stopped
	})]);
	failures.throwFirst();
	return found;
}
async function stopKnown(ports, { cluster }, { known, reason }, { failures, stopped }) {
	if (known.length === 0) return;
	const ended = await endedOf(ports, cluster, known, failures);
	await Promise.all(known.filter((arn) => !ended.has(arn)).map((arn) => failures.keep(async () => {
		await stopTask(ports, {
			cluster,
			taskArn: arn,
			reason
		}, ports.signal);
		stopped(arn);
	})));
}
/** Those that need no stop. What cannot be looked at soon is stopped unseen: that does nothing to a task that has ended. */
async function endedOf({ tasks, clock, signal }, cluster, arns, failures) {
	const looked = new AbortController();
	const until = AbortSignal.any([looked.signal, signal]);
	const look = async () => tasks.describe(cluster, arns, until).catch((error) => {
		if (looked.signal.aborted) return void 0;
		throw error;
	});
	const described = await Promise.race([failures.keep(look), clock.sleep(LONGEST_LOOK_MS, looked.signal).then(() => void 0)]);
	looked.abort();
	const ended = (described?.tasks ?? []).filter(({ desiredStatus }) => desiredStatus === "STOPPED");
	return new Set(ended.map(({ taskArn = "" }) => taskArn));
}
/** Looks in the listing, which lags behind RunTask, until as many were found as are in doubt. */
async function findAndStop(ports, owned, { reason, known, settled, inDoubt }, { failures, stopped }) {
	const { clock, signal } = ports;
	const found = /* @__PURE__ */ new Set();
	const deadline = clock.elapsed() + LONGEST_SEARCH_MS;
	while (found.size < inDoubt) {
		const fresh = await failures.keep(async () => (await ours(ports, owned)).filter(({ taskArn = "" }) => ![
			...known,
			...settled,
			...found
		].includes(taskArn)));
		if (fresh === void 0) break;
		await Promise.all(fresh.map(({ taskArn = "", desiredStatus }) => failures.keep(async () => {
			found.add(taskArn);
			if (desiredStatus === "STOPPED") return;
			await stopTask(ports, {
				cluster: owned.cluster,
				taskArn,
				reason
			}, ports.signal);
			stopped(taskArn);
		})));
		if (found.size >= inDoubt || clock.elapsed() >= deadline) break;
		await clock.sleep(SEARCH_PAUSE_MS, signal);
	}
	return found.size;
}
/** One thing that cannot be undone keeps nobody from undoing the others. */
var Failures = class {
	first;
	/** @returns undefined when it failed */
	async keep(work) {
		try {
			return await work();
		} catch (error) {
			if (!(error instanceof AwsError)) throw error;
			this.first ??= error;
			return;
		}
	}
	throwFirst() {
		if (this.first !== void 0) throw this.first;
	}
};
/** Tasks of this run that ECS lists as running, by the nonce in their tags. */
async function ours({ tasks, signal }, owned) {
	const arns = await tasks.list(owned.cluster, owned.family, "RUNNING", signal);
	const found = [];
	for (let at = 0; at < arns.length; at += BATCH) found.push(...(await tasks.describe(owned.cluster, arns.slice(at, at + BATCH), signal)).tasks);
	return found.filter(({ tags }) => tags?.some(({ key, value }) => key === TAG.nonce && value === owned.nonce));
}
// src/step/clone-life.ts
/** The clone from its registration to its end: who registers it sees to it that it goes. */
/** @throws Refusal when what ECS registered does not carry the database that was asked for */
async function register({ inputs, ecs, signals, log, runState }, { plan }) {
	const revision = await ecs.definitions.register(plan.clone, signals.abandoned).catch((error) => {
		if (madeNothing(error)) runState.done();
		throw error;
	});
	log.line(`Registered ${revision.arn}`);
	const [database] = inputs.databases;
	if (database === void 0 || inputs.databases.length > 1) return revision;
	const wrong = wrongDatabase$1({
		container: plan.container.name ?? "",
		variable: inputs.databaseVariable,
		database
	}, revision.definition.containerDefinitions ?? []);
	if (wrong === void 0) return revision;
	throw new Refusal({
		code: "clone-names-another-database",
		reason: `ECS registered a definition for another database: ${wrong}.`,
		remedy: "Nothing was started. Run the step again; if it happens again, report it with the request id of RegisterTaskDefinition."
	});
}
/** Refused, so that the post step has nothing to look for. */
function madeNothing(error) {
	if (!(error instanceof AwsError)) return false;
	const { kind, unanswered } = error.facts;
	return unanswered !== true && kind !== "unreachable" && kind !== "aborted";
}
/** The clone goes when no launch is in doubt; post does what cannot be done here. */
async function cleanUp(ports, owned, revision, records) {
	const { ecs, runState, log, signals } = ports;
	if (records.some(keepsRevision)) {
		log.line(`${revision.arn} stays registered: a task of it may still be starting, or AWS cannot be asked. Later: aws ecs deregister-task-definition --region ${regionOf(revision.arn)} --task-definition ${revision.arn}`);
		runState.cloneSettled();
		return;
	}
	if (records.some(isInDoubt)) return log.line(`The post step deregisters ${revision.arn}.`);
	try {
		await ecs.definitions.deregister(revision.arn, signals.closing);
		if (revision.attempts > 1) await retireClones(ecs.definitions, owned, signals.closing);
	} catch (error) {
		if (!(error instanceof AwsError)) throw error;
		if (error.facts.kind === "aborted") return log.line(`The post step deregisters ${revision.arn}.`);
		log.warn("", `${revision.arn} could not be deregistered: ${error.inFull}. It does no harm; deregister it when you can.`);
	}
	runState.cloneSettled();
}
/** Left, or lost from sight, before it had started: a revision that is gone could keep it from starting. Or AWS is out of reach. */
function keepsRevision({ outcome, task }) {
	if (mayStillRun(outcome) && task?.startedAt === void 0) return true;
	return outcome.kind === "unknown" && outcome.cause === "aws-error" && outcome.error.facts.kind !== "access-denied";
}
/** A RunTask whose answer was not awaited. */
function isInDoubt({ outcome }) {
	return outcome.kind === "cancelled" && outcome.inDoubt === true;
}
// src/step/records.ts
/** Records of databases that no task was launched for, and what the checks said of them. */
function withoutTasks({ inputs }, prepared, outcome) {
	return inputs.databases.map((database) => record(database, outcome, prepared?.plan, inputs.imageUri));
}
function record(database, outcome, plan, image = plan?.image ?? "") {
	return {
		database,
		outcome,
		container: plan?.container.name ?? "",
		image,
		lineCount: 0,
		lastLines: [],
		milestones: {},
		notes: []
	};
}
/** @param refusals proof, or doubt that was not accepted */
function refusedBy(refusals) {
	return refusals.length === 0 ? void 0 : {
		kind: "refused",
		cause: "problems",
		problems: refusals
	};
}
/** Prints what is doubtful, by what the input `accept` says of it. */
function printDoubts({ log }, { warnings, notices, accepted }) {
	for (const text of warnings) log.warn("", text);
	for (const text of notices) log.notice("", text);
	for (const text of accepted) log.line(text);
}
/** Prints what the checks before the launch found. */
function printPreflight({ log, inputs }, result) {
	for (const line of result.unchecked) log.line(line);
	printDoubts({ log }, judgeDoubts(doubtsOf(result), inputs.accept));
}
// src/step/migrate-all.ts
/** From the registered clone to a record of each database. */
/** RunTask: Fargate allows an account 20 (platform fact A3). */
const STARTS_PER_SECOND = 15;
async function migrateAll(runPorts, prepared) {
	const ports = {
		...runPorts,
		runState: createRunState()
	};
	const { inputs, signals } = ports;
	const { plan, identity } = prepared;
	const owned = {
		cluster: inputs.cluster,
		family: plan.clone.family ?? "",
		nonce: identity.nonce
	};
	ports.runState.begin({
		...owned,
		region: prepared.region,
		onCancel: inputs.onCancel,
		runUrl: identity.runUrl,
		...inputs.roleToAssume !== void 0 && { roleToAssume: inputs.roleToAssume }
	});
	const [revision, findings] = await Promise.all([register(ports, prepared), prepared.findings]);
	printPreflight(ports, findings);
	const refused = refusedBy(findings.refusals);
	if (refused !== void 0) {
		await cleanUp(ports, owned, revision, []);
		return withoutTasks(ports, prepared, refused);
	}
	const migrationPorts = portsOf(ports, prepared, owned);
	const order = {
		...inputs,
		plan,
		revisionArn: revision.arn,
		nonce: owned.nonce,
		runUrl: identity.runUrl,
		region: prepared.region,
		timeoutMinutes: inputs.taskTimeoutMinutes
	};
	const launches = new Map(plan.launches.map((launch) => [launch.database, launch]));
	const migrateOne = async (database, onVerdict) => {
		const launch = launches.get(database);
		if (launch === void 0) throw new Error(`no launch is planned for ${database}`);
		return migrate({
			...order,
			launch
		}, migrationPorts, signals, onVerdict);
	};
	const records = await withProgress(ports, {
		start: migrateOne,
		halted: () => migrationPorts.digests.mixed,
		skip: (database, because) => record(database, {
			kind: "skipped",
			because
		}, plan)
	}, (told) => schedule(inputs.databases, inputs, told, signals.cancelled));
	await cleanUp(ports, owned, revision, records);
	return records;
}
/** While many databases are migrated, a line now and then says where they are. */
async function withProgress({ inputs, clock, log }, { start, skip, halted }, work) {
	const progress = new RunProgress(inputs.databases.length, clock);
	const over = new AbortController();
	progress.tell((line) => log.line(line), over.signal);
	const told = {
		halted,
		start: async (database, onVerdict) => {
			progress.starts(database);
			const result = await start(database, (outcome) => {
				progress.judged(database, outcome);
				onVerdict(outcome);
			});
			progress.finished(database);
			return result;
		},
		skip: (database, because) => {
			progress.skips();
			return skip(database, because);
		}
	};
	try {
		return await work(told);
	} finally {
		over.abort();
	}
}
function portsOf(ports, { base }, owned) {
	const { ecs, clock, log, inputs } = ports;
	return {
		...ports,
		tasks: ecs.tasks,
		logger: log,
		known: new TaskHistory(ecs.tasks, clock, inputs.cluster, owned.family),
		watch: new Watch(ecs.tasks, clock, inputs.cluster),
		budget: ports.logCalls,
		starts: new FairRateLimiter(clock, STARTS_PER_SECOND),
		digests: new ImageDigests(),
		links: consoleLinks(partitionOf(base.definition.taskDefinitionArn ?? ""))
	};
}
// src/github/run-context.ts
/**
* Who launches, as the runner tells it.
* @param nonce random, one for each run of the step
*/
async function readRunIdentity(nonce) {
	const { context } = await __nccwpck_require__.e(/* import() */ 312).then(__nccwpck_require__.bind(__nccwpck_require__, 312));
	const repository = process.env.GITHUB_REPOSITORY || "local/local";
	return {
		repository,
		runUrl: `${context.serverUrl}/${repository}/actions/runs/${context.runId || 0}/attempts/${context.runAttempt || 1}`,
		actor: context.actor ?? "",
		commit: context.sha ?? "",
		nonce
	};
}
// src/plan/clone.ts
/**
* Every member RegisterTaskDefinition accepts but `family`, `containerDefinitions` and `tags`, which the clone sets.
* The service model is the source; what DescribeTaskDefinition adds (ARN, status, …) is left behind.
*/
const COPIED = [
	"taskRoleArn",
	"executionRoleArn",
	"networkMode",
	"volumes",
	"placementConstraints",
	"requiresCompatibilities",
	"cpu",
	"memory",
	"pidMode",
	"ipcMode",
	"proxyConfiguration",
	"inferenceAccelerators",
	"ephemeralStorage",
	"runtimePlatform",
	"enableFaultInjection"
];
/**
* The definition to register: the base with the image swapped and variables upserted in one container.
* @throws Refusal when the definition cannot carry a migration, with the remedy
*/
function cloneDefinition(base, request) {
	const { definition } = base;
	const containers = definition.containerDefinitions ?? [];
	return {
		...copied(definition),
		family: request.family,
		containerDefinitions: containers.map((container) => container.name === request.container ? migrationContainer(container, request) : container),
		tags: mergeTags(request.tags, base.tags)
	};
}
function copied(definition) {
	return Object.fromEntries(COPIED.filter((member) => definition[member] !== void 0).map((member) => [member, definition[member]]));
}
function migrationContainer(container, request) {
	return {
		...container,
		image: request.image,
		environment: upsert(container.environment ?? [], request.environment),
		stopTimeout: container.stopTimeout ?? 120
	};
}
/** Replaces a variable where it stands, adds it at the end where it is missing, never leaves two of one name. */
function upsert(existing, wanted) {
	const values = new Map(wanted.map(({ name, value }) => [name, value]));
	const replaced = /* @__PURE__ */ new Set();
	return [...existing.flatMap((variable) => {
		const value = values.get(variable.name ?? "");
		if (value === void 0) return [variable];
		if (replaced.has(variable.name)) return [];
		replaced.add(variable.name);
		return [{
			...variable,
			value
		}];
	}), ...wanted.filter(({ name }) => !replaced.has(name))];
}
/**
* The container whose image, variables, log and exit code count.
* @throws Refusal when there is none, several, or one that cannot carry a migration
*/
function chooseContainer(definition, name) {
	const containers = definition.containerDefinitions ?? [];
	const chosen = name === void 0 ? onlyEssential(containers) : named(containers, name);
	if (chosen.essential === false) throw new Refusal({
		code: "container-not-essential",
		reason: `The container ${chosen.name} is not essential: the task would not end with it, and its exit code would decide nothing.`,
		remedy: `Set "essential": true for ${chosen.name} in the task definition, or name another container in container-name.`
	});
	if (chosen.restartPolicy?.enabled === true) throw new Refusal({
		code: "container-restarts",
		reason: `The container ${chosen.name} has an enabled restart policy: ECS could run the migration a second time.`,
		remedy: `Remove "restartPolicy" from ${chosen.name} in the task definition, or give migrations a definition of their own.`
	});
	return chosen;
}
function onlyEssential(containers) {
	const essential = containers.filter((container) => container.essential !== false);
	const [only] = essential;
	if (only !== void 0 && essential.length === 1) return only;
	throw new Refusal({
		code: "container-ambiguous",
		reason: `The task definition has ${essential.length} essential containers (${names(essential)}), so it is open which one migrates.`,
		remedy: "Name it in the input container-name."
	});
}
function named(containers, name) {
	const chosen = containers.find((container) => container.name === name);
	if (chosen !== void 0) return chosen;
	throw new Refusal({
		code: "container-unknown",
		reason: `The task definition has no container "${name}".`,
		remedy: `Set the input container-name to one of: ${names(containers)}.`
	});
}
function names(containers) {
	return containers.map((container) => container.name ?? "(no name)").join(", ") || "none";
}
/** @throws Refusal when ECS would not run it on Fargate in subnets of ours */
function requireFargate(definition) {
	const compatible = definition.compatibilities ?? definition.requiresCompatibilities ?? [];
	if (definition.networkMode === "awsvpc" && compatible.includes("FARGATE")) return;
	throw new Refusal({
		code: "not-fargate",
		reason: `The task definition cannot run on Fargate: network mode ${definition.networkMode ?? "not set"}, compatible with ${compatible.join(", ") || "nothing named"}.`,
		remedy: "Register it with \"networkMode\": \"awsvpc\", \"requiresCompatibilities\": [\"FARGATE\"], and cpu and memory at task level."
	});
}
/** @throws Refusal when a variable to set stands in the container's secrets: ECS refuses one name in both */
function requireNoSecretOf(container, variables, databaseVariable) {
	const secrets = new Set((container.secrets ?? []).map((secret) => secret.name));
	const clash = variables.find((name) => secrets.has(name));
	if (clash === void 0) return;
	const remedies = clash === databaseVariable ? `Remove ${clash} from "secrets" of the task definition, or name the variable your application reads in database-variable.` : `Remove ${clash} from the input environment-variables, or from "secrets" of the task definition.`;
	throw new Refusal({
		code: "secret-of-that-name",
		reason: `${clash} is a secret of the container ${container.name}, and ECS accepts no variable and secret of one name: the secret's value would decide, not this step.`,
		remedy: remedies
	});
}
// src/plan/plan.ts
/** AWS refuses above 8,192 characters of its own, larger, form of the overrides; this leaves room for it. */
const LONGEST_OVERRIDES = 7e3;
/** @throws Refusal when the definition cannot carry the migration */
function makePlan(request, hash) {
	const { inputs, base, identity, image } = request;
	const { definition } = base;
	requireFargate(definition);
	const container = chooseContainer(definition, inputs.containerName);
	const variables = shared(inputs);
	requireNoSecretOf(container, [...variables, ...perDatabase(inputs)].map(({ name }) => name), inputs.databaseVariable);
	const clone = cloneDefinition(base, {
		family: cloneFamily(definition.family ?? "", hash),
		container: container.name ?? "",
		image,
		environment: variables,
		tags: [
			{
				key: TAG.base,
				value: tagValue(definition.taskDefinitionArn ?? "")
			},
			{
				key: TAG.run,
				value: tagValue(identity.runUrl)
			},
			{
				key: TAG.nonce,
				value: identity.nonce
			}
		]
	});
	return {
		doubts: [],
		cluster: inputs.cluster,
		container: clone.containerDefinitions?.find(({ name }) => name === container.name) ?? container,
		essential: essentialNames(clone),
		image,
		clone,
		launches: inputs.databases.map((database) => launch(request, container, database, hash))
	};
}
function essentialNames(clone) {
	const containers = clone.containerDefinitions ?? [];
	return new Set(containers.filter(({ essential }) => essential !== false).map(({ name }) => name ?? ""));
}
/** Variables of the clone: the same for every database, or the only database's own. */
function shared(inputs) {
	const [only] = inputs.databases;
	const others = inputs.environmentVariables;
	const database = inputs.databaseVariable;
	if (only !== void 0 && inputs.databases.length === 1) {
		const mine = others.map(({ name, value }) => ({
			name,
			value: withDatabase(value, only)
		}));
		return database === "" ? mine : [{
			name: database,
			value: only
		}, ...mine];
	}
	const mine = others.filter(({ value }) => !value.includes(DATABASE_PLACEHOLDER));
	return database === "" ? [...mine] : [{
		name: database,
		value: NO_DATABASE
	}, ...mine];
}
/** Variables that differ from task to task, and so go into overrides. */
function perDatabase(inputs) {
	if (inputs.databases.length === 1) return [];
	const mine = inputs.environmentVariables.filter(({ value }) => value.includes(DATABASE_PLACEHOLDER));
	return inputs.databaseVariable === "" ? mine : [{
		name: inputs.databaseVariable,
		value: DATABASE_PLACEHOLDER
	}, ...mine];
}
function launch(request, container, database, hash) {
	const { inputs, base, network, identity, image } = request;
	const ours = [
		{
			key: TAG.nonce,
			value: identity.nonce
		},
		{
			key: TAG.database,
			value: tagValue(database)
		},
		{
			key: TAG.image,
			value: tagValue(image)
		},
		{
			key: TAG.repository,
			value: tagValue(identity.repository)
		},
		{
			key: TAG.run,
			value: tagValue(identity.runUrl)
		},
		{
			key: TAG.actor,
			value: tagValue(identity.actor)
		},
		{
			key: TAG.commit,
			value: tagValue(identity.commit)
		}
	];
	const overrides = taskOverride(inputs, container.name ?? "", database);
	return {
		database,
		request: {
			cluster: inputs.cluster,
			launchType: "FARGATE",
			count: 1,
			startedBy: startedBy(database, hash),
			networkConfiguration: { awsvpcConfiguration: network },
			tags: mergeTags(ours, inputs.tags, base.tags),
			...overrides && { overrides }
		}
	};
}
function taskOverride(inputs, container, database) {
	const environment = perDatabase(inputs).map(({ name, value }) => ({
		name,
		value: withDatabase(value, database)
	}));
	const command = inputs.command?.map((word) => withDatabase(word, database));
	if (environment.length === 0 && command === void 0) return void 0;
	const overrides = { containerOverrides: [{
		name: container,
		...command && { command },
		...environment.length > 0 && { environment }
	}] };
	const length = JSON.stringify(overrides).length;
	if (length <= LONGEST_OVERRIDES) return overrides;
	throw new Refusal({
		code: "overrides-too-long",
		reason: `Command and variables of ${database} take ${length} characters; ECS accepts about ${LONGEST_OVERRIDES} for each task.`,
		remedy: "Put long values into the task definition or a secret, or the steps of the command into a script in the image."
	});
}
// src/report/diff.ts
/** What DescribeTaskDefinition adds of its own and RegisterTaskDefinition does not take (facts A8). */
const OWN_TO_AWS = /* @__PURE__ */ new Set([
	"taskDefinitionArn",
	"revision",
	"status",
	"requiresAttributes",
	"compatibilities",
	"registeredAt",
	"registeredBy",
	"deregisteredAt",
	"deleteRequestedAt"
]);
/** Told apart by name rather than as a whole. */
const TOLD_IN_DETAIL = /* @__PURE__ */ new Set([
	"family",
	"tags",
	"containerDefinitions"
]);
const TOLD_OF_CONTAINER = /* @__PURE__ */ new Set([
	"image",
	"environment",
	"stopTimeout"
]);
/**
* What the clone changes about the definition it was made from, a line each, as a person wants to read it.
* Variables appear by name; only the database variable with its value.
*/
function definitionDiff(base, clone, options) {
	const copied = Object.fromEntries(Object.entries(base).filter(([member]) => !OWN_TO_AWS.has(member)));
	return [
		...change("family", base.family ?? "none", clone.family ?? "none"),
		...containers(base.containerDefinitions ?? [], clone.containerDefinitions ?? [], options),
		...otherMembers(copied, clone, TOLD_IN_DETAIL),
		...tagLines(byKey(options.baseTags), byKey(clone.tags))
	].map((line) => line.replace(/^( *)(.*)$/s, (_all, indent, text) => indent + oneLine(text)));
}
/** On two lines where one would be too long to compare. */
function change(what, before, after) {
	if (before === after) return [];
	const line = `${what}: ${before} → ${after}`;
	return line.length <= 100 ? [line] : [`${what}: ${before}`, `${" ".repeat(what.length)}→ ${after}`];
}
function containers(before, after, options) {
	const clones = new Map(after.map((container) => [container.name, container]));
	const bases = new Set(before.map((container) => container.name));
	return [...before.flatMap((container) => {
		const clone = clones.get(container.name);
		return clone ? containerLines(container, clone, options) : [`container ${container.name}: removed`];
	}), ...after.filter(({ name }) => !bases.has(name)).map(({ name }) => `container ${name}: added`)];
}
function containerLines(before, after, options) {
	const lines = [
		...change("image", before.image ?? "none", after.image ?? "none"),
		...variables(byName(before.environment), byName(after.environment), options.databaseVariable),
		...change("stopTimeout", stopTimeout(before.stopTimeout), stopTimeout(after.stopTimeout)),
		...otherMembers(before, after, TOLD_OF_CONTAINER)
	];
	const head = `container ${after.name ?? before.name}: `;
	return lines.map((line) => line.startsWith(" ") ? `${" ".repeat(head.length)}${line}` : `${head}${line}`);
}
function variables(before, after, databaseVariable) {
	return [.../* @__PURE__ */ new Set([...before.keys(), ...after.keys()])].flatMap((name) => variableLine(name, before.get(name), after.get(name), name === databaseVariable));
}
/** A variable's value may be a secret: only that of `shown` is told. */
function variableLine(name, before, after, shown) {
	if (before === after) return [];
	if (after === void 0) return [`variable ${name}: removed`];
	if (before === void 0) return [`variable ${name}: added${shown ? `, ${after}` : " (value not shown)"}`];
	return [shown ? `variable ${name}: ${before} → ${after}` : `variable ${name}: changed (values not shown)`];
}
function byName(pairs) {
	return new Map((pairs ?? []).map(({ name = "", value = "" }) => [name, value]));
}
function stopTimeout(seconds) {
	return seconds === void 0 ? "not set (30 s on Fargate)" : `${seconds} s`;
}
/** Members that differ and that nobody asked to change, by name. */
function otherMembers(before, after, told) {
	const [was, is] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
	return [.../* @__PURE__ */ new Set([...was.keys(), ...is.keys()])].filter((member) => !told.has(member) && canonical(was.get(member)) !== canonical(is.get(member))).map((member) => `${member}: ${is.get(member) === void 0 ? "not copied" : "changed"}`);
}
/** JSON with keys in one order; a member that is undefined is as good as absent. */
function canonical(value) {
	return JSON.stringify(value, (_key, part) => part !== null && typeof part === "object" && !Array.isArray(part) && !(part instanceof Date) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => a < b ? -1 : 1)) : part) ?? "undefined";
}
function tagLines(before, after) {
	return [.../* @__PURE__ */ new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
		const [was, is] = [before.get(key), after.get(key)];
		if (was === is) return [];
		if (is === void 0) return [`tag ${key}: removed`];
		return [was === void 0 ? `tag ${key}: added, ${is}` : `tag ${key}: ${was} → ${is}`];
	});
}
function byKey(tags) {
	return new Map((tags ?? []).map(({ key = "", value = "" }) => [key, value]));
}
// src/step/prepare.ts
const NOTHING_CHECKED = {
	refusals: [],
	warnings: [],
	missingPermissions: [],
	unchecked: []
};
async function prepare(ports, region) {
	const { inputs, log, ecs, checks, signals, hash } = ports;
	const { cancelled } = signals;
	const describing = heard(ecs.definitions.describe(inputs.taskDefinition, cancelled));
	const placing = heard(networkOf(inputs, ecs, cancelled));
	const findings = inputs.preflight ? check(ports, describing, placing) : Promise.resolve(NOTHING_CHECKED);
	const [base, network, digest, identity] = await Promise.all([
		describing,
		placing,
		checks.resolveDigest(inputs.imageUri, cancelled),
		readRunIdentity(ports.nonce)
	]);
	for (const member of base.unknownMembers) log.warn("", `The task definition has ${member}, which this version of the action does not know: the clone runs without it.`);
	const parsed = parseImage(inputs.imageUri);
	const plan = makePlan({
		inputs,
		base,
		network,
		identity,
		image: parsed === void 0 || digest === void 0 ? inputs.imageUri : pinned(parsed, digest)
	}, hash);
	const prepared = {
		region,
		identity,
		base,
		network,
		plan,
		changes: definitionDiff(base.definition, plan.clone, {
			container: plan.container.name ?? "",
			databaseVariable: inputs.databaseVariable,
			baseTags: base.tags
		}),
		findings
	};
	await announce(ports, prepared);
	return prepared;
}
function check({ inputs, checks, signals }, describing, network) {
	const definition = heard(describing.then(({ definition }) => definition));
	const request = {
		cluster: inputs.cluster,
		image: inputs.imageUri,
		definition: heard(definition.then(({ containerDefinitions = [], ...rest }) => ({
			...rest,
			containerDefinitions
		}))),
		container: heard(definition.then((described) => chooseContainer(described, inputs.containerName).name ?? "")),
		network: heard(network.then(({ subnets = [], securityGroups = [], assignPublicIp }) => ({
			subnets,
			securityGroups,
			assignPublicIp: assignPublicIp === "ENABLED",
			parallel: Math.min(inputs.maxParallel, inputs.databases.length)
		}))),
		account: heard(definition.then(({ taskDefinitionArn }) => taskDefinitionArn?.split(":")[4]))
	};
	return checks.run(request, signals.cancelled);
}
/** A definition that cannot be described ends the run where it is awaited; here nobody needs to hear it again. */
function heard(promise) {
	promise.catch(() => {});
	return promise;
}
/** Explicit inputs win over the service's; a public IP is never inherited. */
async function networkOf(inputs, ecs, signal) {
	const { networkFromService, subnets, securityGroups, assignPublicIp } = inputs;
	const inherited = networkFromService !== void 0 && (subnets.length === 0 || securityGroups.length === 0) ? await ecs.services.network(inputs.cluster, networkFromService, signal) : void 0;
	return {
		subnets: subnets.length > 0 ? [...subnets] : inherited?.subnets ?? [],
		securityGroups: securityGroups.length > 0 ? [...securityGroups] : inherited?.securityGroups ?? [],
		assignPublicIp: assignPublicIp ? "ENABLED" : "DISABLED"
	};
}
async function announce(ports, { region, base, network, plan, changes }) {
	const { inputs, log } = ports;
	const { databases, cluster } = inputs;
	const what = databases.length === 1 ? databases[0] : `${databases.length} databases`;
	log.line(`${inputs.dryRun ? "Dry run for" : "Migrating"} ${what} with ${plan.image}`);
	log.line(`Cluster ${cluster} in ${region}, container ${plan.container.name} of ${base.definition.taskDefinitionArn}`);
	log.line(`Subnets ${network.subnets?.join(", ")}; security groups ${network.securityGroups?.join(", ")}; public IP ${network.assignPublicIp === "ENABLED" ? "yes" : "no"}`);
	log.group("What the clone of the task definition changes", changes);
	const warning = await credentialsWarning(ports);
	if (warning !== void 0) log.warn("", warning);
}
async function credentialsWarning({ inputs, ecs, clock }) {
	const { databases, maxParallel, canary, ifRunning } = inputs;
	const alone = canary && maxParallel > 1 ? 1 : 0;
	const rounds = alone + Math.ceil((databases.length - alone) / maxParallel);
	const limits = ifRunning === "wait" ? 2 : 1;
	return expiryWarning(await ecs.credentials(), clock.now(), rounds * limits * inputs.taskTimeoutMinutes * 6e4);
}
// src/explain/exit-codes.ts
const SHELL_MANUAL = "https://www.gnu.org/software/bash/manual/html_node/Exit-Status.html";
const SIGNALS_MANUAL = "https://man7.org/linux/man-pages/man7/signal.7.html";
const DOCKER_MANUAL = "https://docs.docker.com/engine/containers/run/#exit-status";
const STOP_TASK = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html";
const READ_LOG = "Read the last lines of the container's log: the first error there is most often the cause.";
const EXIT_CODES = [
	{
		code: 1,
		cause: "the program reported an error",
		remedy: `${READ_LOG} Fix the migration and run it again.`,
		source: SHELL_MANUAL
	},
	{
		code: 2,
		cause: "the program was used wrongly, or a shell found an error in its command",
		remedy: "Check `command` and the options in it against what the migration tool takes.",
		source: SHELL_MANUAL
	},
	{
		code: 124,
		cause: "a time limit inside the container ended the program (the command `timeout`)",
		remedy: "Raise that limit, or let the migration do less at once.",
		source: "https://man7.org/linux/man-pages/man1/timeout.1.html"
	},
	{
		code: 125,
		cause: "the container could not be run at all",
		remedy: "Check the entryPoint and command of the task definition against the image.",
		source: DOCKER_MANUAL
	},
	{
		code: 126,
		cause: "the command was found, but may not be executed",
		remedy: "Set its permission in the image (chmod +x), and check that it is a program and not a folder.",
		source: SHELL_MANUAL
	},
	{
		code: 127,
		cause: "the command was not found in the image",
		remedy: "Check the spelling of `command`, the PATH in the image, and that the image contains the migration tool.",
		source: SHELL_MANUAL
	},
	{
		code: 130,
		cause: "it was interrupted (SIGINT)",
		remedy: "Find out what sent the signal: a wrapper in the image, or a person.",
		source: SIGNALS_MANUAL
	},
	{
		code: 132,
		cause: "the program met an instruction that its processor does not know (SIGILL)",
		remedy: "Build the image for the platform of the task, without tuning it for one processor.",
		source: SIGNALS_MANUAL
	},
	{
		code: 134,
		cause: "the program aborted itself (SIGABRT): a failed assertion, or memory that ran out inside its runtime",
		remedy: `${READ_LOG} If it tells of memory, raise memory of the task definition or the limit of the runtime.`,
		source: SIGNALS_MANUAL
	},
	{
		code: 135,
		cause: "the program failed to access memory (SIGBUS)",
		remedy: "Update the program or its libraries; a shared memory that is too small does this too.",
		source: SIGNALS_MANUAL
	},
	{
		code: 136,
		cause: "the program failed in arithmetic (SIGFPE)",
		remedy: READ_LOG,
		source: SIGNALS_MANUAL
	},
	{
		code: 137,
		cause: "it was killed (SIGKILL): out of memory, or it did not end within stopTimeout after it was asked to stop",
		remedy: "If nobody stopped it, raise memory of the task definition. If it was stopped, let the migration end itself when it receives SIGTERM; an entry point in shell form does not pass the signal on.",
		source: STOP_TASK
	},
	{
		code: 139,
		cause: "the program crashed (SIGSEGV)",
		remedy: "Update the program and its native libraries (database drivers above all), and check the platform of the image.",
		source: SIGNALS_MANUAL
	},
	{
		code: 141,
		cause: "it wrote to a pipe that nobody read any more (SIGPIPE)",
		remedy: "Check the pipes in `command`.",
		source: SIGNALS_MANUAL
	},
	{
		code: 143,
		cause: "it was asked to stop and did (SIGTERM)",
		remedy: "Find out who stopped the task: the stop reason, or AWS CloudTrail for StopTask, tells.",
		source: STOP_TASK
	},
	{
		code: 255,
		cause: "the program ended with an error it gives no number of its own",
		remedy: `${READ_LOG} If the log is empty, check that the image was built for the platform of the task.`,
		source: SHELL_MANUAL
	}
];
const SIGNAL_NAMES = {
	1: "SIGHUP",
	3: "SIGQUIT",
	5: "SIGTRAP",
	10: "SIGUSR1",
	12: "SIGUSR2",
	14: "SIGALRM",
	24: "SIGXCPU",
	25: "SIGXFSZ"
};
/** What an exit code other than 0 says; by convention, since a program may give any number any meaning. */
function explainExitCode(code) {
	return EXIT_CODES.find((row) => row.code === code) ?? (isSignal(code) ? bySignal(code) : byProgram(code));
}
/** The highest signal on Linux is 64. */
function isSignal(code) {
	return code > 128 && code <= 192;
}
function bySignal(code) {
	const signal = code - 128;
	const name = SIGNAL_NAMES[signal];
	return {
		code,
		cause: `it was ended by signal ${signal}${name ? ` (${name})` : ""}, if it keeps to the convention of 128 plus the signal`,
		remedy: READ_LOG,
		source: SIGNALS_MANUAL
	};
}
function byProgram(code) {
	return {
		code,
		cause: "what that means is up to the program",
		remedy: `${READ_LOG} The documentation of the migration tool tells what the code means.`,
		source: SHELL_MANUAL
	};
}
// src/explain/explain.ts
const STOPPERS = {
	UserInitiated: "somebody, or another program, stopped the task",
	SpotInterruption: "Fargate Spot took its capacity back",
	TerminationNotice: "AWS gave notice to the host of the task",
	InfrastructureHealth: "the host of the task was not healthy",
	ServiceSchedulerInitiated: "the scheduler of an ECS service stopped the task"
};
/**
* Why a migration did not end well and what to do, in words, with what they rest on.
* @returns undefined when there is nothing to explain: it succeeded, or was a dry run
*/
function explain(record, context) {
	const { outcome } = record;
	switch (outcome.kind) {
		case "succeeded":
		case "dry-run": return;
		case "failed": return failed({
			record,
			outcome,
			context
		});
		case "not-started": return notStarted({
			record,
			outcome,
			context
		});
		case "timed-out": return timedOut({
			record,
			outcome,
			context
		});
		case "cancelled": return cancelled({
			record,
			outcome,
			context
		});
		case "refused": return refused({
			record,
			outcome,
			context
		});
		case "unknown": return unknown({
			record,
			outcome,
			context
		});
		case "skipped": return skipped({
			record,
			outcome,
			context
		});
	}
}
function failed(given) {
	const { outcome } = given;
	if (outcome.cause === "exit-code") return byExitCode(given, outcome.exitCode);
	if (outcome.cause === "other-container") return byOtherContainer(given, outcome);
	if (outcome.cause === "wrong-database") return wrongDatabase(given, outcome);
	return outcome.cause === "no-exit-code" ? withoutExitCode(given) : fromOutside(given);
}
function byExitCode({ record }, exitCode) {
	const reason = own(record)?.reason;
	const killed = reason ? findStopReason(reason) : void 0;
	const meaning = explainExitCode(exitCode);
	const why = killed ? `. ${killed.cause}` : `: ${meaning.cause}.`;
	return {
		code: killed?.id ?? `exit-code-${exitCode}`,
		reason: `The migration of ${record.database} failed: container ${record.container} exited with code ${exitCode}${why}`,
		remedy: killed?.remedy ?? meaning.remedy,
		evidence: taskEvidence(record)
	};
}
function own(record) {
	return record.task && containerOf(record.task, record.container);
}
/** What ECS said, whole and unchanged. */
function taskEvidence({ task, log }) {
	return [
		...task?.stopCode ? [`Stop code: ${task.stopCode}`] : [],
		...task?.stoppedReason ? [`Stop reason: ${task.stoppedReason}`] : [],
		...(task?.containers ?? []).map(containerFact),
		...task?.taskArn ? [`Task: ${task.taskArn}`] : [],
		...log ? [`Log: ${log.group}, stream ${log.stream}, in ${log.region}`] : []
	];
}
function containerFact(container) {
	const exit = container.exitCode === void 0 ? "no exit code" : `exit code ${container.exitCode}`;
	return `Container ${container.name}: ${exit}${container.reason ? `, reason: ${container.reason}` : ""}`;
}
function byOtherContainer({ record }, outcome) {
	const { container, containerExitCode } = outcome;
	const reason = record.task && containerOf(record.task, container)?.reason;
	const known = reason ? findStopReason(reason) : void 0;
	const exit = containerExitCode === void 0 ? "" : ` with code ${containerExitCode}`;
	return {
		code: "other-container",
		reason: `The migration of ${record.database} was cut off: container ${container}, which is essential, ended first${exit}, and ECS stopped ${record.container} with it.${known ? ` ${known.cause}` : ""}`,
		remedy: `Look into the log of container ${container}; in the task definition that migrations use, make it essential: false if the migration can do without it. ${serverMayStillWork(record)}`,
		evidence: taskEvidence(record)
	};
}
/** A client that is gone does not end the statement it sent: the server finds out when it next writes to it. */
function serverMayStillWork(record) {
	return `The database server may still be executing the last statement and holding its locks. Before you run this again, look. PostgreSQL: \`${activityQuery(record.database)}\` MySQL: \`SHOW PROCESSLIST;\``;
}
/** How to see what a PostgreSQL server still does for a database; in a literal `'` is written twice. */
function activityQuery(database) {
	return `SELECT pid, state, now() - query_start AS since, wait_event_type, query FROM pg_stat_activity WHERE datname = '${database.replaceAll("'", "''")}' AND pid <> pg_backend_pid();`;
}
function wrongDatabase({ record }, { evidence }) {
	return {
		code: "wrong-database",
		reason: `ECS shows that the task was not given the database ${record.database}, so this counts as failed and no further database is started.`,
		remedy: `Find out which database the task worked on before you run anything else: its log and the evidence tell. ${serverMayStillWork(record)}`,
		evidence: [evidence, ...taskEvidence(record)]
	};
}
function withoutExitCode({ record }) {
	const known = knownReason(record.task);
	return {
		code: "no-exit-code",
		reason: `The task for ${record.database} ended and ECS gave no exit code for container ${record.container}, so whether the migration finished is not known; it counts as failed.${known ? ` ${known.cause}` : ""}`,
		remedy: `See in the log, and in the table of the migration tool, how far it came. ${serverMayStillWork(record)}`,
		evidence: taskEvidence(record)
	};
}
function fromOutside({ record }) {
	const stopCode = record.task?.stopCode;
	const known = knownReason(record.task);
	const who = (stopCode && STOPPERS[stopCode]) ?? "the task was stopped from outside";
	const trail = stopCode === "UserInitiated" ? "AWS CloudTrail tells who called StopTask. " : "";
	return {
		code: "stopped-from-outside",
		reason: `The migration of ${record.database} was cut off: ${who}.`,
		remedy: `${known && known.topic === "Stopped while it ran" && !trail ? `${known.remedy} ` : trail}${serverMayStillWork(record)}`,
		evidence: taskEvidence(record)
	};
}
/** The first of the reasons ECS gives that is known. */
function knownReason(task) {
	return reasonsOf(task ?? {}).map(findStopReason).find((row) => row !== void 0);
}
function notStarted(given) {
	const { record, outcome } = given;
	switch (outcome.cause) {
		case "never-ran": return neverRan(given);
		case "run-task-failures": return refusedByRunTask(given, outcome.failures);
		case "aws-error": {
			const problem = explainApiError(outcome.error);
			return {
				...problem,
				reason: `The migration of ${record.database} did not start. ${problem.reason}`,
				evidence: [...problem.evidence ?? [], ...checkEvidence(given.context.findings)]
			};
		}
	}
}
function neverRan(given) {
	const { record } = given;
	const said = reasonsOf(record.task ?? {}).join("; ");
	return startProblem(given, knownReason(record.task) ?? unknownStart(given, said), taskEvidence(record));
}
/** A known cause with what the checks proved; the checks' own remedy is the closer one. */
function startProblem(given, known, said) {
	const { record, context } = given;
	const proof = context.findings?.refusals[0];
	return {
		code: known.id,
		reason: `The migration of ${record.database} did not start. ${known.cause}${proof ? ` ${proof.reason}` : ""}`,
		remedy: proof?.remedy ?? known.remedy,
		evidence: [...checkEvidence(context.findings, proof), ...said]
	};
}
/**
* What the checks found that bears on a task that did not start.
* @param told the one whose reason is in the sentence already
*/
function checkEvidence(findings, told) {
	return [
		...(findings?.refusals ?? []).flatMap((found) => found === told ? found.evidence ?? [] : findingLines(found)),
		...(findings?.warnings ?? []).flatMap(findingLines),
		...findings?.missingPermissions.length ? [`Not checked, permission missing: ${findings.missingPermissions.join(", ")}`] : [],
		...findings?.unchecked ?? []
	];
}
function findingLines(problem) {
	return [problem.reason, ...problem.evidence ?? []];
}
function unknownStart(given, said) {
	return {
		id: "not-started",
		cause: said ? `ECS says: ${said}` : "ECS gave no reason.",
		remedy: `Look at the task within the hour that ECS remembers it: \`${lookAt(given.record, given.context)}\`. AWS explains its messages in https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html`
	};
}
/** Where to look at a task: ECS forgets it about an hour after its end. */
function lookAt(record, context) {
	return record.task?.taskArn ? `aws ecs describe-tasks --cluster ${context.cluster} --region ${context.region} --tasks ${record.task.taskArn}` : `aws ecs list-tasks --cluster ${context.cluster} --region ${context.region} --desired-status RUNNING`;
}
function refusedByRunTask(given, failures) {
	const known = failures.map(findLaunchFailure).find((row) => row !== void 0);
	const said = failures.map(failureText);
	return startProblem(given, known ?? unknownStart(given, said.join("; ")), said.map((line) => `RunTask's answer: ${line}`));
}
function failureText({ reason, detail, arn }) {
	return [
		reason ?? "no reason given",
		detail,
		arn
	].filter(Boolean).join(", ");
}
function timedOut(given) {
	const { record, outcome } = given;
	const limit = `The migration of ${record.database} did not end within ${outcome.minutes} ${outcome.minutes === 1 ? "minute" : "minutes"} (task-timeout-minutes)`;
	if (outcome.stopFailed) return notStopped(given, `${limit}; ECS did not confirm that its task was stopped.`);
	return outcome.left ? {
		code: "timed-out-and-left",
		reason: `${limit}; its task was left running, as on-timeout asks.`,
		remedy: `Watch it to its end before you run anything else on this database: \`${lookAt(given.record, given.context)}\`. ${serverMayStillWork(record)}`,
		evidence: taskEvidence(record)
	} : {
		code: "timed-out",
		reason: `${limit}; its task was told to stop.`,
		remedy: `Raise task-timeout-minutes if the migration needs longer. ${serverMayStillWork(record)}`,
		evidence: taskEvidence(record)
	};
}
function notStopped({ record, context }, reason) {
	const taskArn = record.task?.taskArn;
	const command = taskArn === void 0 ? lookAt(record, context) : stopCommand(context.cluster, taskArn);
	return {
		code: "not-stopped",
		reason: `${reason} It may still be running.`,
		remedy: `The post step tries once more; if it cannot, stop it yourself: \`${command}\`. ${serverMayStillWork(record)}`,
		evidence: taskEvidence(record)
	};
}
function cancelled(given) {
	const { record, outcome, context } = given;
	const by = `The run was cancelled (${outcome.signal})`;
	const run = context.runUrl ? [`Workflow run: ${context.runUrl}`] : [];
	const evidence = [...taskEvidence(record), ...run];
	if (outcome.inDoubt) return {
		code: "cancelled-while-launching",
		reason: `${by} while RunTask for ${record.database} had not answered: a task may have been launched.`,
		remedy: `The post step looks for it and stops it. ${serverMayStillWork(record)}`,
		evidence
	};
	if (!record.task) return {
		code: "cancelled-before-launch",
		reason: `${by} before a task for ${record.database} was launched.`,
		remedy: "Nothing was started, so nothing has to be undone. Run it again.",
		evidence
	};
	if (outcome.stopFailed) return notStopped(given, `${by}; ECS did not confirm that the task for ${record.database} was stopped.`);
	return outcome.left ? {
		code: "cancelled-and-left",
		reason: `${by}; the task for ${record.database} was left running, as on-cancel asks.`,
		remedy: `Watch it to its end before you run anything else on this database: \`${lookAt(given.record, given.context)}\`. ${serverMayStillWork(record)}`,
		evidence
	} : {
		code: "cancelled",
		reason: `${by}; the task for ${record.database} was told to stop.`,
		remedy: serverMayStillWork(record),
		evidence
	};
}
function refused({ record, outcome, context }) {
	if (outcome.cause === "busy") return {
		code: "busy",
		reason: `Another migration of ${record.database} runs in cluster ${context.cluster}, so this one was not started.`,
		remedy: "Run it again when that task has ended, or set if-running: wait.",
		evidence: runningEvidence(outcome.running)
	};
	const [first, ...others] = outcome.problems;
	if (first && others.length === 0) return first;
	return {
		code: first?.code ?? "refused",
		reason: `The migration of ${record.database} was not started, because it could not work: ${outcome.problems.map(({ reason }) => reason).join(" ")}`,
		remedy: [...new Set(outcome.problems.map(({ remedy }) => remedy))].join(" "),
		evidence: outcome.problems.flatMap(({ evidence = [] }) => evidence)
	};
}
function runningEvidence({ taskArn, createdAt, tags }) {
	const run = tags?.find(({ key }) => key === TAG.run)?.value;
	return [
		`Running task: ${taskArn}`,
		...run ? [`Started by: ${run}`] : [],
		...createdAt ? [`Since: ${createdAt.toISOString()}`] : []
	];
}
function unknown(given) {
	const { record, outcome } = given;
	const which = record.task?.taskArn ? `task ${record.task.taskArn}` : "its task";
	const still = `The migration of ${record.database} was launched and can no longer be observed: ${which} may still be running. It is not known whether it worked.`;
	if (outcome.cause === "missing") return {
		code: "task-missing",
		reason: `${still} ECS answers that it has no such task (MISSING).`,
		remedy: `Look at the log and the table of the migration tool before you run it again: ECS forgets a task about an hour after its end. ${serverMayStillWork(record)}`,
		evidence: taskEvidence(record)
	};
	const problem = explainApiError(outcome.error);
	return {
		code: problem.code,
		reason: `${still} ${problem.reason}`,
		remedy: `See how it ended: \`${lookAt(given.record, given.context)}\`. ${serverMayStillWork(record)} For the next run: ${problem.remedy}`,
		evidence: [...problem.evidence ?? [], ...taskEvidence(record)]
	};
}
function skipped({ record, outcome }) {
	return {
		code: "skipped",
		reason: `The migration of ${record.database} was not attempted, because ${skipReason(outcome.because)}.`,
		remedy: SKIP_REMEDIES[outcome.because.kind]
	};
}
const ENDED = {
	succeeded: "succeeded",
	failed: "failed",
	"not-started": "did not start",
	"timed-out": "timed out",
	cancelled: "was cancelled",
	refused: "was refused",
	unknown: "can no longer be observed",
	skipped: "was skipped",
	"dry-run": "was a dry run"
};
/** Ends the sentence "it was not attempted, because …". */
function skipReason(because) {
	switch (because.kind) {
		case "failure": return `${because.database} ${ENDED[because.ended]}`;
		case "cancelled": return "the step was cancelled";
		case "no-place": return "as many tasks as may run at once (max-parallel) may still be running";
		case "mixed-images": return `the image's tag moved meanwhile: ${because.difference}`;
		case "our-mistake": return `the action itself failed while it migrated ${because.database}`;
	}
}
const SKIP_REMEDIES = {
	failure: "Fix what failed and run it again: a database that is migrated already has nothing to do then.",
	cancelled: "Run it again: a database that is migrated already has nothing to do then.",
	"no-place": "See to the tasks that may still be running, then run it again.",
	"mixed-images": "Name the image by its digest, and run it again.",
	"our-mistake": "Report it with the log of this step, and run it again."
};
// src/report/timeline.ts
/** How long each known phase took, in seconds to a tenth. A phase that did not happen has no number. */
function timingsOf(record) {
	const begin = record.milestones.requested ?? record.task?.createdAt;
	const end = record.milestones.exitSeen ?? exitOf(record);
	return {
		...Object.fromEntries(phasesOf(record).map(({ name, from, to }) => [name, seconds(from, to)])),
		...begin && end ? { total: seconds(begin, end) } : {}
	};
}
/** The container's exit: as ECS dates it, else as we saw it. */
function exitOf({ task, milestones }) {
	return task?.executionStoppedAt ?? milestones.exitSeen ?? task?.stoppingAt ?? task?.stoppedAt;
}
/**
* The phases that are known to have begun and ended, in order; none has a made-up end.
* Two clocks are at work, ours and AWS's: a phase that would end before it began is left out.
*/
function phasesOf(record) {
	const { task, milestones } = record;
	const end = exitOf(record);
	const asked = task?.createdAt ?? milestones.requested;
	const running = task?.startedAt;
	const pulled = task?.pullStoppedAt;
	const pulling = task?.pullStartedAt;
	return [
		...phase("provision", asked, earliest(pulling, running, end)),
		...phase("pull", pulling, earliest(pulled, running, end)),
		...phase("start", pulled, earliest(running, end)),
		...phase("run", running, end),
		...phase("stop", task?.executionStoppedAt, task?.stoppedAt),
		...phase("log", milestones.exitSeen, milestones.logRead)
	];
}
function phase(name, from, to) {
	return from && to && to > from ? [{
		name,
		from,
		to
	}] : [];
}
function earliest(...dates) {
	return dates.filter((date) => date !== void 0).sort((a, b) => a.getTime() - b.getTime())[0];
}
function seconds(from, to) {
	return Math.max(0, Math.round((to.getTime() - from.getTime()) / 100) / 10);
}
// src/report/closing.ts
const WORDS$1 = {
	succeeded: "succeeded",
	failed: "failed",
	"not-started": "not started",
	"timed-out": "timed out",
	cancelled: "cancelled",
	refused: "refused",
	unknown: "not known",
	skipped: "skipped",
	"dry-run": "dry run"
};
/**
* How it ended, as the last lines of the step's log but for the error annotation: what went wrong comes last, where a
* person looks first.
*/
function closingLines(rows) {
	const [only] = rows;
	if (only && rows.length === 1) return fitsAnnotation(only) ? [headline(only), ...evidenceOf(only)] : told(only);
	return [
		...rows.filter(isFine).map(headline),
		...skippedLines(rows),
		...rows.filter(wentWrong).flatMap(told)
	];
}
/** With why and what to do, of which the one annotation cannot tell all where there are several. */
function told(row) {
	const { problem } = row;
	const words = problem ? [`  Why: ${oneLine(problem.reason)}`, `  What to do: ${oneLine(problem.remedy)}`] : [];
	return [
		headline(row),
		...words,
		...evidenceOf(row)
	];
}
function evidenceOf({ problem }) {
	return (problem?.evidence ?? []).map((line) => `    ${oneLine(line)}`);
}
/** A line for each reason: there may be hundreds that have the same. */
function skippedLines(rows) {
	const byReason = /* @__PURE__ */ new Map();
	for (const { record } of rows) {
		if (record.outcome.kind !== "skipped") continue;
		const reason = skipReason(record.outcome.because);
		byReason.set(reason, [...byReason.get(reason) ?? [], oneLine(record.database)]);
	}
	return [...byReason].map(([reason, names]) => `${named$1(names)}: skipped, because ${oneLine(reason)}`);
}
/** `shop: succeeded in 42 s, exit code 0` */
function headline(row) {
	const { total } = timingsOf(row.record);
	const exitCode = exitCodeOf(row.record);
	const link = row.record.outcome.kind === "succeeded" ? "in" : "after";
	const duration = total === void 0 ? "" : ` ${link} ${spoken(total)}`;
	const facts = exitCode === void 0 ? "" : `, exit code ${exitCode}`;
	return `${oneLine(row.record.database)}: ${outcomeWords(row)}${duration}${facts}`;
}
/** The outcome as a person says it. */
function outcomeWords({ record }) {
	return WORDS$1[record.outcome.kind];
}
/**
* The verdict in one line, that names who is not well.
* @returns undefined where one database succeeded, or not: then all has been said
*/
function lastLine(rows) {
	const [only] = rows;
	if (only && rows.length === 1 && only.record.outcome.kind !== "dry-run") return void 0;
	const groups = byOutcome(rows.filter((row) => !isFine(row)), (outcome, members) => `${outcome}: ${named$1(members.map((row) => oneLine(row.record.database)))}`);
	return allAlike(rows) ?? `${share(rows)}; ${groups.join("; ")}.`;
}
/** Each outcome with those that had it, in the order of their first. */
function byOutcome(rows, say) {
	return [...new Set(rows.map(outcomeWords))].map((outcome) => say(outcome, rows.filter((row) => outcomeWords(row) === outcome)));
}
function allAlike(rows) {
	const [only] = rows;
	if (rows.length > 0 && rows.every((row) => row.record.outcome.kind === "dry-run")) return "Dry run: nothing was registered and nothing was started.";
	if (rows.length === 1 && only) return `${headline(only)}.`;
	return rows.every(isFine) ? `All ${rows.length} databases succeeded.` : void 0;
}
function share(rows) {
	return `${rows.filter(isFine).length} of ${rows.length} databases succeeded`;
}
/** The verdict as a heading: counts, since the table below has the names. */
function verdict(rows) {
	const groups = byOutcome(rows.filter((row) => !isFine(row)), (outcome, members) => `${members.length} ${outcome}`);
	return allAlike(rows) ?? `${share(rows)}: ${groups.join(", ")}.`;
}
/** The steps by which the results are made smaller: the successes first. */
const SHORTENINGS = [
	(result) => result,
	(result) => isSuccess(result) ? bare(result) : result,
	(result) => isSuccess(result) ? bare(result) : brief(result),
	bare
];
/** The content of `results-file`. */
function resultsDocument(rows) {
	return `${JSON.stringify(resultsOf(rows), void 0, 2)}\n`;
}
/** All that is reported of every database, in the given order. */
function resultsOf(rows) {
	return rows.map(resultOf);
}
function resultOf({ record, problem, taskUrl, logUrl }) {
	const timings = timingsOf(record);
	return known({
		database: record.database,
		outcome: record.outcome.kind,
		exitCode: exitCodeOf(record),
		reason: bundle_text(problem?.reason),
		remedy: bundle_text(problem?.remedy),
		taskArn: record.task?.taskArn,
		taskDefinitionArn: record.taskDefinitionArn,
		image: ownContainer(record)?.image ?? record.image,
		imageDigest: imageDigestOf(record),
		stopCode: record.task?.stopCode,
		stoppedReason: bundle_text(record.task?.stoppedReason),
		logGroup: record.log?.group,
		logStream: record.log?.stream,
		logUrl,
		taskUrl,
		logFile: record.logFile,
		timings: Object.keys(timings).length > 0 ? timings : void 0
	});
}
/** Leaves out what is undefined, so that no output ever says "undefined" or "null". */
function known(facts) {
	return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== void 0));
}
function bundle_text(value) {
	return value === void 0 ? void 0 : plain(value);
}
/**
* The outputs of the step. One with no true value is left unset.
* @param files where the full results were written, if they were
*/
function outputsOf(rows, files = {}) {
	const [only, ...more] = resultsOf(rows);
	return known({
		outcome: overallOutcome(rows),
		results: resultsOutput(rows),
		"results-file": files.resultsFile,
		...only && more.length === 0 ? ofOne(only) : {}
	});
}
/** `succeeded` or `dry-run` when that is true of all, else the first other outcome; a cause before what it caused. */
function overallOutcome(rows) {
	const kinds = rows.map((row) => row.record.outcome.kind);
	const others = kinds.filter((kind) => kind !== "succeeded" && kind !== "dry-run");
	return others.find((kind) => kind !== "skipped") ?? others[0] ?? kinds[0];
}
/** The `results` output: every database, the successes shortened first where it would exceed 400 kB. */
function resultsOutput(rows) {
	const results = resultsOf(rows);
	for (const step of SHORTENINGS) {
		const json = JSON.stringify(results.map(step));
		if (bytes(json) <= 4e5) return json;
	}
	return asManyAsFit(results.map(bare));
}
/** As many objects as fit, and one that says how many are left out: nothing is lost silently. */
function asManyAsFit(results) {
	const kept = fitting(results, 399800, (result) => JSON.stringify(result));
	const note = JSON.stringify({
		omitted: results.length - kept.length,
		see: "results-file"
	});
	return `[${[...kept, note].join(",")}]`;
}
function bare({ database, outcome }) {
	return {
		database,
		outcome
	};
}
function ofOne(result) {
	return known({
		"exit-code": result.exitCode?.toString(),
		"task-arn": result.taskArn,
		"task-id": idOf(result.taskArn),
		"task-definition-arn": result.taskDefinitionArn,
		"image-digest": result.imageDigest,
		"stop-code": result.stopCode,
		"stopped-reason": result.stoppedReason,
		"log-group": result.logGroup,
		"log-stream": result.logStream,
		"log-url": result.logUrl,
		"task-url": result.taskUrl,
		"log-file": result.logFile,
		"duration-seconds": result.timings?.total?.toString()
	});
}
function idOf(arn) {
	return arn?.split("/").at(-1);
}
function brief(result) {
	return known({
		...bare(result),
		exitCode: result.exitCode,
		reason: result.reason === void 0 ? void 0 : shortened(oneLine(result.reason), 200),
		taskArn: result.taskArn
	});
}
function isSuccess({ outcome }) {
	return outcome === "succeeded" || outcome === "dry-run";
}
// src/report/chart.ts
/** A picture of more databases than that is no help; contract section 7. */
const MOST_DATABASES = 10;
/** With more databases than that, each gets two bars only: until the container ran, and its run. */
const MOST_IN_DETAIL = 3;
const WORDS = {
	provision: "provision",
	pull: "image and secrets",
	start: "start",
	run: "run",
	stop: "stop task",
	log: "read log"
};
/**
* A Gantt diagram in mermaid of the phases of up to 10 databases; times are those of the viewer's clock.
* @returns undefined for more databases, or when nothing is known to have taken time
*/
function timelineChart(rows) {
	if (rows.length > MOST_DATABASES) return void 0;
	const sections = rows.flatMap((row) => {
		const all = phasesOf(row.record);
		const phases = rows.length > MOST_IN_DETAIL ? inShort(all) : all;
		return phases.length === 0 ? [] : [`  section ${label(row.record.database)}`, ...bars(row, phases)];
	});
	const longest = Math.max(0, ...rows.map(({ record }) => label(record.database).length));
	return sections.length === 0 ? void 0 : [
		settings(longest),
		"gantt",
		"  dateFormat x",
		"  axisFormat %H:%M:%S",
		"  todayMarker off",
		...sections
	].join("\n");
}
/** Until the container ran, and its run. */
function inShort(phases) {
	const before = phases.filter(({ name }) => name === "provision" || name === "pull" || name === "start");
	const [first, last] = [before[0], before.at(-1)];
	return [...first && last ? [{
		name: "start",
		from: first.from,
		to: last.to
	}] : [], ...phases.filter(({ name }) => name === "run")];
}
/** A name that no diagram reads as anything but a name: other marks than letters, digits, `_`, `-` become `·`. */
function label(text) {
	return shortened(oneLine(text).replace(/[^\p{L}\p{N}_-]+/gu, "·") || "·", 40);
}
function bars(row, phases) {
	const wrong = isFine(row) ? void 0 : culprit(phases);
	return phases.map((phase) => {
		const tag = phase === wrong ? "crit, " : phase.name === "run" ? "active, " : "done, ";
		const span = `${phase.from.getTime()}, ${phase.to.getTime()}`;
		return `    ${WORDS[phase.name]} ${bundle_length(phase)} :${tag}${span}`;
	});
}
/** The phase in which it went wrong is the last but those that come after every end. */
function culprit(phases) {
	return phases.filter(({ name }) => name !== "stop" && name !== "log").at(-1);
}
function bundle_length({ from, to }) {
	return spoken((to.getTime() - from.getTime()) / 1e3);
}
/** Room at the left for the names, which mermaid would draw across the bars; 7 px a character at this size. */
function settings(longest) {
	return `%%{init: ${JSON.stringify({ gantt: {
		leftPadding: 7 * longest + 24,
		fontSize: 12,
		sectionFontSize: 12,
		barHeight: 20
	} })}}%%`;
}
// src/report/summary.ts
/** Bytes for each part; together they stay below the limit. */
const BUDGET_BYTES = {
	table: 18e4,
	failures: 5e5,
	folded: 15e4,
	warnings: 5e4,
	launched: 4e4
};
const MOST_CHARACTERS_OF_LINE = 500;
const MOST_CHARACTERS_OF_TEXT = 4e3;
const MOST_EVIDENCE = 30;
const ICONS = {
	succeeded: "✅",
	"dry-run": "✅",
	failed: "❌",
	"not-started": "❌",
	"timed-out": "❌",
	cancelled: "❌",
	refused: "❌",
	unknown: "❓",
	skipped: "⏭️"
};
const TABLE_HEAD = "| Database | Outcome | Exit code | Duration | Image | AWS console |\n|:--|:--|--:|--:|:--|:--|";
/**
* The job summary: verdict, a row for each database, the timeline, what went wrong and what to do, what was launched.
* Under 1 MiB for any number of databases; what does not fit is counted.
*/
function summary(rows, context) {
	const chart = timelineChart(rows);
	return `${fitting([
		`## ${verdictIcon(rows)} ${inline(verdict(rows))}`,
		...tables(rows, context),
		...chart ? [fence(chart.split("\n"), "mermaid")] : [],
		...failures(rows, context),
		...successNotes(rows),
		...warned(context),
		launched(context)
	], 1048575, (part) => `${part}\n`).join("\n")}`;
}
function verdictIcon(rows) {
	return rows.every(isFine) ? "✅" : rows.some((row) => ICONS[row.record.outcome.kind] === "❌") ? "❌" : "❓";
}
/** Failures come first and open; of more than ten databases the successes are folded. */
function tables(rows, context) {
	if (rows.length <= 10) return [table(rows, context)];
	const skipped = rows.filter((row) => row.record.outcome.kind === "skipped");
	const fine = rows.filter(isFine);
	const bad = rows.filter(wentWrong);
	return [
		...bad.length > 0 ? [table(bad, context)] : [],
		...skipped.length > 0 ? [folded(`${skipped.length} skipped`, shortTable(skipped, context))] : [],
		...fine.length > 0 ? [folded(`${fine.length} ${fineWord(fine)}`, shortTable(fine, context))] : []
	];
}
function table(rows, context) {
	return cut(rows, {
		head: TABLE_HEAD,
		most: BUDGET_BYTES.table,
		make: tableRow
	}, context);
}
/** Rows under their head, as many as fit, and how many did not. */
function cut(rows, { head, most, make }, context) {
	const fit = fitting(rows, most, make);
	const left = rows.length - fit.length;
	const note = left > 0 ? `\n\n${left} more did not fit here.${whole(context)}` : "";
	return `${head}\n${fit.join("\n")}${note}`;
}
function whole({ resultsFile }) {
	return resultsFile === void 0 ? "" : ` All results are in ${code(resultsFile)} on the runner.`;
}
function tableRow(row) {
	const { total } = timingsOf(row.record);
	return `| ${[
		`${ICONS[row.record.outcome.kind]} ${bundle_name(row)}`,
		outcomeWords(row),
		exitCodeOf(row.record)?.toString() ?? "",
		total === void 0 ? "" : spoken(total),
		row.record.outcome.kind === "skipped" ? "" : shortDigest(imageDigestOf(row.record)),
		links(row)
	].join(" | ")} |`;
}
function bundle_name(row) {
	return code(shortened(oneLine(row.record.database), 128));
}
function shortDigest(digest) {
	return digest === void 0 ? "" : code(digest.replace(/^(sha256:.{12}).*$/, "$1"));
}
function links({ taskUrl, logUrl }) {
	return [taskUrl && bundle_link("task", taskUrl), logUrl && bundle_link("log", logUrl)].filter(Boolean).join(" · ");
}
/** Without links and image, so that a thousand have room. */
function shortTable(rows, context) {
	return cut(rows, {
		head: "| Database | Duration |\n|:--|--:|",
		most: BUDGET_BYTES.folded / 2,
		make: shortRow
	}, context);
}
function shortRow(row) {
	const { total } = timingsOf(row.record);
	return `| ${bundle_name(row)} | ${total === void 0 ? "" : spoken(total)} |`;
}
function fineWord(rows) {
	return rows.every((row) => row.record.outcome.kind === "dry-run") ? "checked" : "succeeded";
}
function failures(rows, context) {
	const bad = rows.filter(wentWrong);
	const fit = fitting(bad, BUDGET_BYTES.failures, failure);
	const left = bad.length - fit.length;
	return left > 0 ? [...fit, `${left} more that are not well did not fit here.${whole(context)}`] : fit;
}
function failure(row) {
	const { problem, record } = row;
	const evidence = problem?.evidence ?? [];
	return [
		`### ${ICONS[record.outcome.kind]} ${bundle_name(row)}: ${outcomeWords(row)}`,
		...problem ? words(problem) : [],
		...lastLines(row),
		[...logNotes(row), links(row)].filter(Boolean).join("<br>"),
		...evidence.length > 0 ? [folded("Evidence", list(evidence))] : [],
		...record.notes.length > 0 ? [folded("What was done besides", list(record.notes))] : []
	].filter(Boolean).join("\n\n");
}
function words({ reason, remedy }) {
	return [`**Why:** ${prose(shortened(oneLine(reason), MOST_CHARACTERS_OF_TEXT))}`, `**What to do:** ${prose(shortened(oneLine(remedy), MOST_CHARACTERS_OF_TEXT))}`];
}
function lastLines({ record }) {
	const lines = record.lastLines.slice(-30).map((line) => shortened(plain(line), MOST_CHARACTERS_OF_LINE));
	if (lines.length === 0) return [];
	return [lines.length === 1 ? "The last line of the log:" : `The last ${lines.length} of ${record.lineCount} lines of the log:`, fence(lines)];
}
/** How the log was read: a summary never pretends to more than was seen. */
function logNotes({ record }) {
	const { logRead } = record.milestones;
	const count = `${record.lineCount} ${record.lineCount === 1 ? "line" : "lines"}`;
	return [
		...logRead ? [`Log read until ${inline(logRead.toISOString())}, ${count}.`] : [],
		...record.logNote ? [inline(shortened(oneLine(record.logNote), MOST_CHARACTERS_OF_TEXT))] : [],
		...record.logFile ? [`Full log, unmasked, on the runner: ${code(record.logFile)}`] : []
	];
}
/** Facts as a list; a line each. */
function list(lines) {
	const items = lines.slice(0, MOST_EVIDENCE).map((line) => `- ${code(shortened(oneLine(line), 1e3))}`);
	const more = lines.length > MOST_EVIDENCE ? [`- and ${lines.length - MOST_EVIDENCE} more, in the log of this step`] : [];
	return [...items, ...more].join("\n");
}
function successNotes(rows) {
	const [only] = rows;
	if (rows.length !== 1 || !only || !isFine(only)) return [];
	const notes = logNotes(only);
	return notes.length > 0 ? [notes.join("<br>")] : [];
}
function warned({ warnings }) {
	if (warnings.length === 0) return [];
	const lines = fitting(warnings, BUDGET_BYTES.warnings, (line) => `- ${inline(shortened(oneLine(line), 1e3))}`);
	const left = warnings.length - lines.length;
	const more = left > 0 ? [`- and ${left} more, in the log of this step`] : [];
	return [folded(warnings.length === 1 ? "1 warning" : `${warnings.length} warnings`, [...lines, ...more].join("\n"))];
}
function launched(context) {
	const facts = [
		`cluster: ${context.cluster}, in ${context.region}`,
		`image: ${context.image}`,
		...context.baseDefinition ? [`cloned from: ${context.baseDefinition}`] : [],
		...network(context.network),
		...context.launch ?? []
	];
	const changes = context.changes.length > 0 ? ["What the clone changes:", linesFence(context.changes)] : [];
	return folded("What was launched", [linesFence(facts), ...changes].join("\n\n"));
}
function network(config) {
	return config === void 0 ? [] : [
		`subnets: ${(config.subnets ?? []).join(", ")}`,
		`security groups: ${(config.securityGroups ?? []).join(", ")}`,
		`public IP: ${config.assignPublicIp === "ENABLED" ? "yes" : "no"}`
	];
}
function linesFence(lines) {
	const fit = fitting(lines, BUDGET_BYTES.launched, (line) => shortened(plain(line), 2e3));
	return fence(fit.length < lines.length ? [...fit, `and ${lines.length - fit.length} more`] : fit);
}
// src/step/publish.ts
/** The end of the step: outcomes become words, outputs, annotations and the job summary. */
/** @returns the exit code of the step */
async function publish(publication) {
	const { records, log } = publication;
	const rows = records.map((record) => rowOf(record, publication));
	const resultsFile = writeResults(publication, rows);
	const files = resultsFile === void 0 ? {} : { resultsFile };
	await written("The outputs", log, async () => {
		for (const [name, value] of Object.entries(outputsOf(rows, files))) setOutput(name, value);
	});
	await written("The job summary", log, () => writeSummary(rows, publication, files));
	tell(rows, log);
	return records.some(({ outcome }) => isFailure(outcome)) ? 1 : 0;
}
/** A disk that is full changes no verdict: it is said, and the rest is told. */
async function written(what, log, write) {
	try {
		await write();
	} catch (error) {
		log.warn("", `${what} could not be written: ${error instanceof Error ? error.message : String(error)}`);
	}
}
function rowOf(record, { inputs, identity, region, findings }) {
	const problem = explain(record, {
		cluster: inputs.cluster,
		region,
		...identity && { runUrl: identity.runUrl },
		...findings && { findings }
	});
	const taskArn = record.task?.taskArn;
	const links = consoleLinks(partitionOf(taskArn ?? ""));
	return {
		record,
		...problem && { problem },
		...taskArn !== void 0 && { taskUrl: links.task(taskArn) },
		...record.log && { logUrl: links.log(record.log) }
	};
}
/** @returns the file, or undefined where it could not be written: the outputs are set all the same */
function writeResults({ folder, log }, rows) {
	const path = (0,external_node_path_.join)(folder, "results.json");
	try {
		(0,external_node_fs_.mkdirSync)(folder, { recursive: true });
		(0,external_node_fs_.writeFileSync)(path, resultsDocument(rows));
		return path;
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		log.warn("", `The results file could not be written, so the output results-file is not set: ${reason}`);
		return;
	}
}
async function writeSummary(rows, publication, files) {
	if ((process.env.GITHUB_STEP_SUMMARY ?? "") === "") return;
	const { inputs, region, log, prepared } = publication;
	const baseArn = prepared?.base.definition.taskDefinitionArn;
	const text = summary(rows, {
		cluster: inputs.cluster,
		region,
		image: inputs.imageUri,
		changes: prepared?.changes ?? [],
		launch: launchLines(inputs),
		warnings: log.warnings,
		...files,
		...baseArn !== void 0 && { baseDefinition: baseArn },
		...prepared && { network: prepared.network }
	});
	await summary$1.addRaw(text).write();
}
/** Values of variables may be secret: only names are shown. */
function launchLines({ command, environmentVariables, databaseVariable, taskTimeoutMinutes, onTimeout }) {
	const variables = environmentVariables.map(({ name }) => name);
	return [
		command === void 0 ? "command: the definition's" : `command: ${JSON.stringify(command)}`,
		`database variable: ${databaseVariable || "none"}`,
		...variables.length > 0 ? [`more variables: ${variables.join(", ")}`] : [],
		`time limit: ${taskTimeoutMinutes} min, then ${onTimeout}`
	];
}
function tell(rows, log) {
	log.line("");
	for (const line of closingLines(rows)) log.line(line);
	for (const warning of warningAnnotations(log.warnings)) log.annotate("warning", warning);
	for (const notice of warningAnnotations(log.notices)) log.annotate("notice", notice);
	const error = errorAnnotation(rows);
	if (error !== void 0) log.annotate("error", error.message, error.title);
	const verdict = lastLine(rows);
	if (verdict !== void 0) log.line(verdict);
}
// src/step/run.ts
/** One step, read top to bottom: describe, plan, migrate or show, report. */
/** @returns the exit code of the step */
async function runStep(ports) {
	const { inputs, log, ecs } = ports;
	const region = await ecs.region().catch(() => void 0);
	if (region === void 0) {
		log.annotate("error", "No AWS Region is set. Give the input aws-region, or set AWS_REGION (aws-actions/configure-aws-credentials does).", "No AWS Region; nothing was started");
		return 1;
	}
	let prepared;
	let records;
	try {
		prepared = await prepare(ports, region);
		const doubts = judgeDoubts(prepared.plan.doubts, inputs.accept);
		printDoubts(ports, doubts);
		const refused = refusedBy(doubts.refusals);
		if (inputs.dryRun) records = await dryRun(ports, prepared, doubts);
		else records = refused ? withoutTasks(ports, prepared, refused) : await migrateAll(ports, prepared);
	} catch (error) {
		records = withoutTasks(ports, prepared, outcomeOf(error, ports.signals.cancelled));
	}
	const findings = await findingsFor(ports, prepared, records);
	return publish({
		...ports,
		region,
		records,
		...prepared && {
			prepared,
			identity: prepared.identity
		},
		...findings && { findings }
	});
}
/** After a failure to start the checks are the evidence: they run now if they did not before. */
async function findingsFor(ports, prepared, records) {
	const failed = records.some(({ outcome }) => outcome.kind === "not-started" && outcome.cause !== "aws-error");
	if (prepared === void 0 || !failed) return void 0;
	if (ports.inputs.preflight) return prepared.findings;
	return check(ports, Promise.resolve(prepared.base), Promise.resolve(prepared.network));
}
async function dryRun(ports, { plan, findings }, doubts) {
	const { inputs, log } = ports;
	const [first] = plan.launches;
	const parameters = JSON.stringify({
		...first?.request,
		taskDefinition: `${plan.clone.family} (a new revision)`
	}, byNameAlone(inputs.databaseVariable), 2);
	log.group(`RunTask would be called with this${inputs.databases.length > 1 ? `, and so for each of ${inputs.databases.length} databases` : ""}`, [parameters]);
	const found = await findings;
	printPreflight(ports, found);
	const { unused } = judgeDoubts([...plan.doubts, ...doubtsOf(found)], inputs.accept);
	if (unused.length > 0) log.line(`The input accept names what does not occur: ${unused.join(", ")}.`);
	log.line(`${inputs.preflight ? "Checked: cluster, image, log groups and network. " : ""}Not checked: whether this role may register and run.`);
	const outcome = refusedBy([...doubts.refusals, ...found.refusals]) ?? { kind: "dry-run" };
	return inputs.databases.map((database) => record(database, outcome, plan));
}
/** Values of variables may be secret: but for the database's they are not shown. */
function byNameAlone(databaseVariable) {
	return (key, value) => key === "environment" && Array.isArray(value) ? value.map(({ name, value }) => ({
		name,
		value: name === databaseVariable ? value : "(not shown)"
	})) : value;
}
function outcomeOf(error, cancelled) {
	if (error instanceof Refusal) return {
		kind: "refused",
		cause: "problems",
		problems: [error.problem]
	};
	if (!(error instanceof AwsError)) throw error;
	if (error.facts.kind === "aborted") return {
		kind: "cancelled",
		signal: String(cancelled.reason),
		left: false
	};
	return {
		kind: "not-started",
		cause: "aws-error",
		error
	};
}
// src/main.ts
/** Wiring only: read inputs, hook signals, make adapters, run. */
/** GetLogEvents of all streams together: half of what some Regions allow an account (platform fact B). */
const LOG_CALLS_PER_SECOND = 5;
/** The runner sends SIGTERM 7.5 s after SIGINT and kills 2.5 s later (platform fact C): we are gone before. */
const ABANDON_MS = 4e3;
const CLOSING_MS = 5800;
const EXIT_MS = 6500;
/** @returns the exit code of the step */
async function main({ write, commands }) {
	const signals = hookSignals();
	const nonce = (0,external_node_crypto_.randomUUID)();
	const folder = (0,external_node_path_.join)(process.env.RUNNER_TEMP ?? ".", `run-ecs-migration-${nonce}`);
	const output = {
		write,
		commands,
		files: new LogFiles(folder),
		redact
	};
	const inputs = validInputs(new StepLog({
		...output,
		prefixed: false
	}));
	if (inputs === void 0) return 1;
	const log = new StepLog({
		...output,
		prefixed: inputs.databases.length > 1
	});
	const tell = (trouble) => log.line(trouble);
	const { awsRegion, roleToAssume } = inputs;
	const region = awsRegion === void 0 ? {} : { region: awsRegion };
	const mask = (secret) => log.mask(secret);
	const role = credentialsOf({
		role: roleToAssume,
		region: awsRegion,
		tell,
		mask
	});
	const config = clientConfig({
		...region,
		tell,
		...role
	});
	const ecs = createEcs(config);
	const logCalls = new FairRateLimiter(systemClock, LOG_CALLS_PER_SECOND);
	return runStep({
		inputs,
		nonce,
		folder,
		log,
		signals,
		ecs,
		checks: createChecks({
			config,
			region: ecs.region
		}),
		logs: createLogs({
			...config,
			retryStrategy: new RetryStrategy(tell, () => logCalls.turn())
		}),
		logCalls,
		clock: systemClock,
		hash: (text) => (0,external_node_crypto_.createHash)("sha256").update(text).digest("hex"),
		transient: {
			ofTask: isTransientStartFailure,
			ofFailures: isTransientLaunchFailure,
			ofError: isTransientApiError
		}
	});
}
function validInputs(log) {
	try {
		return readInputs(inputOf);
	} catch (error) {
		if (!(error instanceof InputError)) throw error;
		if (error.message.length > 4096) for (const line of error.message.split("\n")) log.line(line);
		log.annotate("error", shortened(error.message, MOST_CHARACTERS), "Inputs need correction; nothing was started");
		return;
	}
}
/** As `core.getInput` does, untrimmed: what a trimmed line was is part of an error message. */
function inputOf(name) {
	return process.env[`INPUT_${name.replaceAll(" ", "_").toUpperCase()}`] ?? "";
}
/** SIGINT is what the runner sends first; in a container only SIGTERM may come. */
function hookSignals() {
	const cancelled = new AbortController();
	const abandoned = new AbortController();
	const closing = new AbortController();
	(0,external_node_events_namespaceObject.setMaxListeners)(0, cancelled.signal, abandoned.signal);
	const cancel = (signal) => {
		if (cancelled.signal.aborted) return;
		cancelled.abort(signal);
		setTimeout(() => abandoned.abort(signal), ABANDON_MS);
		setTimeout(() => closing.abort(signal), CLOSING_MS).unref();
		setTimeout(() => process.exit(1), EXIT_MS).unref();
	};
	process.on("SIGINT", () => cancel("SIGINT"));
	process.on("SIGTERM", () => cancel("SIGTERM"));
	return {
		cancelled: cancelled.signal,
		abandoned: abandoned.signal,
		closing: closing.signal
	};
}
// src/post.ts
/** Undoes what a main step that was killed or cancelled left behind. It lists and stops; it never calls RunTask. */
/** Main's runState holds no database names, so the query cannot name one. */
const LOOK_FIRST = "The database server may still be executing its last statement and holding locks. Before you run it again, look. PostgreSQL: SELECT pid, datname, state, query FROM pg_stat_activity; MySQL: SHOW PROCESSLIST;";
/** The runner ends the job 4 m 45 s after a cancel, without a word (platform fact C): what could not be done is said before. */
const LONGEST_MS = 24e4;
/** @returns the exit code of the post step: a clean-up that fails is said, and fails nothing that succeeded */
async function post() {
	const left = readLeftOver();
	if (left === void 0) return 0;
	const write = (text) => void process.stdout.write(text);
	const log = new StepLog({
		write,
		files: new LogFiles("."),
		redact,
		prefixed: false
	});
	const { region, roleToAssume } = left.run;
	const tell = (trouble) => log.line(trouble);
	const mask = (secret) => log.mask(secret);
	const ecs = createEcs(clientConfig({
		region,
		tell,
		...credentialsOf({
			role: roleToAssume,
			region,
			tell,
			mask
		})
	}));
	const deadline = new AbortController();
	setTimeout(() => deadline.abort("no time left"), LONGEST_MS).unref();
	const at = {
		ecs,
		log,
		signal: deadline.signal
	};
	log.line("Cleaning up what the main step left.");
	const known = tasksToStop(left);
	await attempt(log, () => stopLeftOver(left, known, at), `A task may run on: look at ${known.join(", ") || `those of family ${left.run.family} in cluster ${left.run.cluster}`}.`);
	if (left.cloneSettled || isLeftStarting(left)) return 0;
	await attempt(log, () => retire(left, at), `A revision of ${left.run.family} may stay registered; it does no harm.`);
	return 0;
}
/** What main was about to stop, and what it was watching unless on-cancel says to leave that. */
function tasksToStop({ run, launched, stopping }) {
	return run.onCancel === "leave" ? stopping : [...launched, ...stopping];
}
/** A task that is to be left may not have started yet, and needs its revision for that. */
function isLeftStarting({ run, launched, inDoubt }) {
	return run.onCancel === "leave" && launched.length + inDoubt > 0;
}
async function stopLeftOver(left, known, { ecs, log, signal }) {
	const { run, launched, settled } = left;
	const leave = run.onCancel === "leave";
	const inDoubt = leave ? 0 : left.inDoubt;
	if (leave && (launched.length > 0 || left.inDoubt > 0)) log.line(`Left running, as on-cancel asks: ${launched.join(", ") || "a task whose ARN was never learnt"}.`);
	if (known.length + inDoubt === 0) return;
	const request = {
		reason: `The workflow step ended: ${run.runUrl}`,
		known,
		inDoubt,
		settled
	};
	if (await stopTasks({
		tasks: ecs.tasks,
		clock: systemClock,
		signal
	}, run, request, (taskArn) => {
		log.line(`Stopped ${taskArn}. ${LOOK_FIRST}`);
	}) < inDoubt) log.line("No task was found for a launch whose answer was never learnt: it started none, as far as ECS lists.");
}
async function retire({ run }, { ecs, log, signal }) {
	for (const arn of await findAndRetireClones({
		definitions: ecs.definitions,
		clock: systemClock,
		signal
	}, run)) log.line(`Deregistered ${arn}.`);
}
async function attempt(log, work, consequence) {
	try {
		await work();
	} catch (error) {
		if (!(error instanceof AwsError)) throw error;
		log.annotate("warning", `${error.inFull}. ${consequence}`, "Cleaning up failed");
	}
}
// src/index.ts
/** The one bundle: `dist/index.js` is the main step, `dist/post.js` loads the same bundle and is the post step. */
const isPost = process.argv[1]?.endsWith("post.js") === true;
const write = (text) => void process.stdout.write(text);
const commands = new CommandSwitch(write);
process.on("unhandledRejection", ended);
run();
async function run() {
	try {
		process.exitCode = await (isPost ? post() : main({
			write,
			commands
		}));
	} catch (error) {
		ended(error);
	}
	setTimeout(() => process.exit(), 500).unref();
}
/** What is left here is our mistake, never the user's: it says so, and the post step still cleans up. */
function ended(error$1) {
	commands.on();
	const reason = error$1 instanceof Error ? error$1.message : String(error$1);
	error(`The action itself failed: ${reason}. Whether a task still runs is not known here; the post step looks for it. Please report this with the debug log (re-run with debug logging enabled).`, { title: "run-ecs-migration: a bug of the action" });
	debug(error$1 instanceof Error ? error$1.stack ?? reason : reason);
	process.exit(1);
}



/***/ }),

/***/ 395:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ getProfileName),
/* harmony export */   n: () => (/* binding */ parseIni),
/* harmony export */   o: () => (/* binding */ IniSectionType),
/* harmony export */   r: () => (/* binding */ getConfigFilepath),
/* harmony export */   t: () => (/* binding */ loadSharedConfigFiles)
/* harmony export */ });
/* unused harmony export i */
/* harmony import */ var _readFile_BehvVPSA_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(761);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(760);


// node_modules/@smithy/types/dist-es/profile.js
var IniSectionType;
(function(IniSectionType) {
	IniSectionType["PROFILE"] = "profile";
	IniSectionType["SSO_SESSION"] = "sso-session";
	IniSectionType["SERVICES"] = "services";
})(IniSectionType || (IniSectionType = {}));
// node_modules/@smithy/core/dist-es/submodules/config/shared-ini-file-loader/getProfileName.js
const ENV_PROFILE = "AWS_PROFILE";
const getProfileName = (init) => init.profile || process.env["AWS_PROFILE"] || "default";
// node_modules/@smithy/core/dist-es/submodules/config/shared-ini-file-loader/getConfigData.js
const getConfigData = (data) => Object.entries(data).filter(([key]) => {
	const indexOfSeparator = key.indexOf(".");
	if (indexOfSeparator === -1) return false;
	return Object.values(IniSectionType).includes(key.substring(0, indexOfSeparator));
}).reduce((acc, [key, value]) => {
	const indexOfSeparator = key.indexOf(".");
	const updatedKey = key.substring(0, indexOfSeparator) === IniSectionType.PROFILE ? key.substring(indexOfSeparator + 1) : key;
	acc[updatedKey] = value;
	return acc;
}, { ...data.default && { default: data.default } });
const getConfigFilepath = () => process.env["AWS_CONFIG_FILE"] || (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)((0,_readFile_BehvVPSA_js__WEBPACK_IMPORTED_MODULE_0__.r)(), ".aws", "config");
const getCredentialsFilepath = () => process.env["AWS_SHARED_CREDENTIALS_FILE"] || (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)((0,_readFile_BehvVPSA_js__WEBPACK_IMPORTED_MODULE_0__.r)(), ".aws", "credentials");
// node_modules/@smithy/core/dist-es/submodules/config/shared-ini-file-loader/parseIni.js
const prefixKeyRegex = /^([\w-]+)\s(["'])?([\w-@+.%:/]+)\2$/;
const profileNameBlockList = ["__proto__", "profile __proto__"];
const parseIni = (iniData) => {
	const map = {};
	let currentSection;
	let currentSubSection;
	for (const iniLine of iniData.split(/\r?\n/)) {
		const trimmedLine = iniLine.split(/(^|\s)[;#]/)[0].trim();
		if (trimmedLine[0] === "[" && trimmedLine[trimmedLine.length - 1] === "]") {
			currentSection = void 0;
			currentSubSection = void 0;
			const sectionName = trimmedLine.substring(1, trimmedLine.length - 1);
			const matches = prefixKeyRegex.exec(sectionName);
			if (matches) {
				const [, prefix, , name] = matches;
				if (Object.values(IniSectionType).includes(prefix)) currentSection = [prefix, name].join(".");
			} else currentSection = sectionName;
			if (profileNameBlockList.includes(sectionName)) throw new Error(`Found invalid profile name "${sectionName}"`);
		} else if (currentSection) {
			const indexOfEqualsSign = trimmedLine.indexOf("=");
			if (![0, -1].includes(indexOfEqualsSign)) {
				const [name, value] = [trimmedLine.substring(0, indexOfEqualsSign).trim(), trimmedLine.substring(indexOfEqualsSign + 1).trim()];
				if (value === "") currentSubSection = name;
				else {
					if (currentSubSection && iniLine.trimStart() === iniLine) currentSubSection = void 0;
					map[currentSection] = map[currentSection] || {};
					const key = currentSubSection ? [currentSubSection, name].join(".") : name;
					map[currentSection][key] = value;
				}
			}
		}
	}
	return map;
};
// node_modules/@smithy/core/dist-es/submodules/config/shared-ini-file-loader/loadSharedConfigFiles.js
const swallowError = () => ({});
const loadSharedConfigFiles = async (init = {}) => {
	const { filepath = getCredentialsFilepath(), configFilepath = getConfigFilepath() } = init;
	const homeDir = (0,_readFile_BehvVPSA_js__WEBPACK_IMPORTED_MODULE_0__.r)();
	const relativeHomeDirPrefix = "~/";
	let resolvedFilepath = filepath;
	if (filepath.startsWith(relativeHomeDirPrefix)) resolvedFilepath = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(homeDir, filepath.slice(2));
	let resolvedConfigFilepath = configFilepath;
	if (configFilepath.startsWith(relativeHomeDirPrefix)) resolvedConfigFilepath = (0,node_path__WEBPACK_IMPORTED_MODULE_1__.join)(homeDir, configFilepath.slice(2));
	const parsedFiles = await Promise.all([(0,_readFile_BehvVPSA_js__WEBPACK_IMPORTED_MODULE_0__.n)(resolvedConfigFilepath, { ignoreCache: init.ignoreCache }).then(parseIni).then(getConfigData).catch(swallowError), (0,_readFile_BehvVPSA_js__WEBPACK_IMPORTED_MODULE_0__.n)(resolvedFilepath, { ignoreCache: init.ignoreCache }).then(parseIni).catch(swallowError)]);
	return {
		configFile: parsedFiles[0],
		credentialsFile: parsedFiles[1]
	};
};



/***/ }),

/***/ 428:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ isReadableStream),
/* harmony export */   c: () => (/* binding */ parseRfc3339DateTime),
/* harmony export */   d: () => (/* binding */ HttpResponse),
/* harmony export */   i: () => (/* binding */ streamCollector$1),
/* harmony export */   l: () => (/* binding */ parseRfc3339DateTimeWithOffset),
/* harmony export */   n: () => (/* binding */ escapeUri),
/* harmony export */   o: () => (/* binding */ dateToUtcString),
/* harmony export */   r: () => (/* binding */ streamCollector),
/* harmony export */   s: () => (/* binding */ parseEpochTimestamp),
/* harmony export */   t: () => (/* binding */ NodeHttpHandler),
/* harmony export */   u: () => (/* binding */ parseRfc7231DateTime)
/* harmony export */ });
/* harmony import */ var _hex_encoding_Bc8B5uu7_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(498);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(75);
/* harmony import */ var node_https__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(708);



// node_modules/@smithy/core/dist-es/submodules/transport/httpResponse.js
var HttpResponse = class {
	statusCode;
	reason;
	headers;
	body;
	constructor(options) {
		this.statusCode = options.statusCode;
		this.reason = options.reason;
		this.headers = options.headers || {};
		this.body = options.body;
	}
	static isInstance(response) {
		if (!response) return false;
		const resp = response;
		return typeof resp.statusCode === "number" && typeof resp.headers === "object";
	}
};
// node_modules/@smithy/core/dist-es/submodules/serde/parse-utils.js
const expectNumber = (value) => {
	if (value === null || value === void 0) return;
	if (typeof value === "string") {
		const parsed = parseFloat(value);
		if (!Number.isNaN(parsed)) {
			if (String(parsed) !== String(value)) logger.warn(stackTraceWarning(`Expected number but observed string: ${value}`));
			return parsed;
		}
	}
	if (typeof value === "number") return value;
	throw new TypeError(`Expected number, got ${typeof value}: ${value}`);
};
const MAX_FLOAT = Math.ceil(2 ** 127 * (2 - 2 ** -23));
const expectFloat32 = (value) => {
	const expected = expectNumber(value);
	if (expected !== void 0 && !Number.isNaN(expected) && expected !== 1e400 && expected !== -1e400) {
		if (Math.abs(expected) > MAX_FLOAT) throw new TypeError(`Expected 32-bit float, got ${value}`);
	}
	return expected;
};
const expectLong = (value) => {
	if (value === null || value === void 0) return;
	if (Number.isInteger(value) && !Number.isNaN(value)) return value;
	throw new TypeError(`Expected integer, got ${typeof value}: ${value}`);
};
const expectShort = (value) => expectSizedInt(value, 16);
const expectByte = (value) => expectSizedInt(value, 8);
const expectSizedInt = (value, size) => {
	const expected = expectLong(value);
	if (expected !== void 0 && castInt(expected, size) !== expected) throw new TypeError(`Expected ${size}-bit integer, got ${value}`);
	return expected;
};
const castInt = (value, size) => {
	switch (size) {
		case 32: return Int32Array.of(value)[0];
		case 16: return Int16Array.of(value)[0];
		case 8: return Int8Array.of(value)[0];
	}
};
const strictParseDouble = (value) => {
	if (typeof value == "string") return expectNumber(parseNumber(value));
	return expectNumber(value);
};
const strictParseFloat32 = (value) => {
	if (typeof value == "string") return expectFloat32(parseNumber(value));
	return expectFloat32(value);
};
const NUMBER_REGEX = /(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(-?Infinity)|(NaN)/g;
const parseNumber = (value) => {
	const matches = value.match(NUMBER_REGEX);
	if (matches === null || matches[0].length !== value.length) throw new TypeError(`Expected real number, got implicit NaN`);
	return parseFloat(value);
};
const strictParseShort = (value) => {
	if (typeof value === "string") return expectShort(parseNumber(value));
	return expectShort(value);
};
const strictParseByte = (value) => {
	if (typeof value === "string") return expectByte(parseNumber(value));
	return expectByte(value);
};
const stackTraceWarning = (message) => {
	return String(new TypeError(message).stack || message).split("\n").slice(0, 5).filter((s) => !s.includes("stackTraceWarning")).join("\n");
};
const logger = { warn: console.warn };
// node_modules/@smithy/core/dist-es/submodules/serde/date-utils.js
const DAYS = [
	"Sun",
	"Mon",
	"Tue",
	"Wed",
	"Thu",
	"Fri",
	"Sat"
];
const MONTHS = [
	"Jan",
	"Feb",
	"Mar",
	"Apr",
	"May",
	"Jun",
	"Jul",
	"Aug",
	"Sep",
	"Oct",
	"Nov",
	"Dec"
];
function dateToUtcString(date) {
	const year = date.getUTCFullYear();
	const month = date.getUTCMonth();
	const dayOfWeek = date.getUTCDay();
	const dayOfMonthInt = date.getUTCDate();
	const hoursInt = date.getUTCHours();
	const minutesInt = date.getUTCMinutes();
	const secondsInt = date.getUTCSeconds();
	const dayOfMonthString = dayOfMonthInt < 10 ? `0${dayOfMonthInt}` : `${dayOfMonthInt}`;
	const hoursString = hoursInt < 10 ? `0${hoursInt}` : `${hoursInt}`;
	const minutesString = minutesInt < 10 ? `0${minutesInt}` : `${minutesInt}`;
	const secondsString = secondsInt < 10 ? `0${secondsInt}` : `${secondsInt}`;
	return `${DAYS[dayOfWeek]}, ${dayOfMonthString} ${MONTHS[month]} ${year} ${hoursString}:${minutesString}:${secondsString} GMT`;
}
const RFC3339 = /* @__PURE__ */ new RegExp(/^(\d{4})-(\d{2})-(\d{2})[tT](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?[zZ]$/);
const parseRfc3339DateTime = (value) => {
	if (value === null || value === void 0) return;
	if (typeof value !== "string") throw new TypeError("RFC-3339 date-times must be expressed as strings");
	const match = RFC3339.exec(value);
	if (!match) throw new TypeError("Invalid RFC-3339 date-time value");
	const [_, yearStr, monthStr, dayStr, hours, minutes, seconds, fractionalMilliseconds] = match;
	const year = strictParseShort(stripLeadingZeroes(yearStr));
	const month = parseDateValue(monthStr, "month", 1, 12);
	const day = parseDateValue(dayStr, "day", 1, 31);
	return buildDate(year, month, day, {
		hours,
		minutes,
		seconds,
		fractionalMilliseconds
	});
};
const RFC3339_WITH_OFFSET = /* @__PURE__ */ new RegExp(/^(\d{4})-(\d{2})-(\d{2})[tT](\d{2}):(\d{2}):(\d{2})(?:\.(\d+))?(([-+]\d{2}:\d{2})|[zZ])$/);
const parseRfc3339DateTimeWithOffset = (value) => {
	if (value === null || value === void 0) return;
	if (typeof value !== "string") throw new TypeError("RFC-3339 date-times must be expressed as strings");
	const match = RFC3339_WITH_OFFSET.exec(value);
	if (!match) throw new TypeError("Invalid RFC-3339 date-time value");
	const [_, yearStr, monthStr, dayStr, hours, minutes, seconds, fractionalMilliseconds, offsetStr] = match;
	const year = strictParseShort(stripLeadingZeroes(yearStr));
	const month = parseDateValue(monthStr, "month", 1, 12);
	const day = parseDateValue(dayStr, "day", 1, 31);
	const date = buildDate(year, month, day, {
		hours,
		minutes,
		seconds,
		fractionalMilliseconds
	});
	if (offsetStr.toUpperCase() != "Z") date.setTime(date.getTime() - parseOffsetToMilliseconds(offsetStr));
	return date;
};
const IMF_FIXDATE = /* @__PURE__ */ new RegExp(/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), (\d{2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) (\d{4}) (\d{1,2}):(\d{2}):(\d{2})(?:\.(\d+))? GMT$/);
const RFC_850_DATE = /* @__PURE__ */ new RegExp(/^(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday), (\d{2})-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-(\d{2}) (\d{1,2}):(\d{2}):(\d{2})(?:\.(\d+))? GMT$/);
const ASC_TIME = /* @__PURE__ */ new RegExp(/^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ( [1-9]|\d{2}) (\d{1,2}):(\d{2}):(\d{2})(?:\.(\d+))? (\d{4})$/);
const parseRfc7231DateTime = (value) => {
	if (value === null || value === void 0) return;
	if (typeof value !== "string") throw new TypeError("RFC-7231 date-times must be expressed as strings");
	let match = IMF_FIXDATE.exec(value);
	if (match) {
		const [_, dayStr, monthStr, yearStr, hours, minutes, seconds, fractionalMilliseconds] = match;
		return buildDate(strictParseShort(stripLeadingZeroes(yearStr)), parseMonthByShortName(monthStr), parseDateValue(dayStr, "day", 1, 31), {
			hours,
			minutes,
			seconds,
			fractionalMilliseconds
		});
	}
	match = RFC_850_DATE.exec(value);
	if (match) {
		const [_, dayStr, monthStr, yearStr, hours, minutes, seconds, fractionalMilliseconds] = match;
		return adjustRfc850Year(buildDate(parseTwoDigitYear(yearStr), parseMonthByShortName(monthStr), parseDateValue(dayStr, "day", 1, 31), {
			hours,
			minutes,
			seconds,
			fractionalMilliseconds
		}));
	}
	match = ASC_TIME.exec(value);
	if (match) {
		const [_, monthStr, dayStr, hours, minutes, seconds, fractionalMilliseconds, yearStr] = match;
		return buildDate(strictParseShort(stripLeadingZeroes(yearStr)), parseMonthByShortName(monthStr), parseDateValue(dayStr.trimLeft(), "day", 1, 31), {
			hours,
			minutes,
			seconds,
			fractionalMilliseconds
		});
	}
	throw new TypeError("Invalid RFC-7231 date-time value");
};
const parseEpochTimestamp = (value) => {
	if (value === null || value === void 0) return;
	let valueAsDouble;
	if (typeof value === "number") valueAsDouble = value;
	else if (typeof value === "string") valueAsDouble = strictParseDouble(value);
	else if (typeof value === "object" && value.tag === 1) valueAsDouble = value.value;
	else throw new TypeError("Epoch timestamps must be expressed as floating point numbers or their string representation");
	if (Number.isNaN(valueAsDouble) || valueAsDouble === 1e400 || valueAsDouble === -1e400) throw new TypeError("Epoch timestamps must be valid, non-Infinite, non-NaN numerics");
	return new Date(Math.round(valueAsDouble * 1e3));
};
const buildDate = (year, month, day, time) => {
	const adjustedMonth = month - 1;
	validateDayOfMonth(year, adjustedMonth, day);
	return new Date(Date.UTC(year, adjustedMonth, day, parseDateValue(time.hours, "hour", 0, 23), parseDateValue(time.minutes, "minute", 0, 59), parseDateValue(time.seconds, "seconds", 0, 60), parseMilliseconds(time.fractionalMilliseconds)));
};
const parseTwoDigitYear = (value) => {
	const thisYear = (/* @__PURE__ */ new Date()).getUTCFullYear();
	const valueInThisCentury = Math.floor(thisYear / 100) * 100 + strictParseShort(stripLeadingZeroes(value));
	if (valueInThisCentury < thisYear) return valueInThisCentury + 100;
	return valueInThisCentury;
};
const FIFTY_YEARS_IN_MILLIS = 15768e8;
const adjustRfc850Year = (input) => {
	if (input.getTime() - (/* @__PURE__ */ new Date()).getTime() > FIFTY_YEARS_IN_MILLIS) return new Date(Date.UTC(input.getUTCFullYear() - 100, input.getUTCMonth(), input.getUTCDate(), input.getUTCHours(), input.getUTCMinutes(), input.getUTCSeconds(), input.getUTCMilliseconds()));
	return input;
};
const parseMonthByShortName = (value) => {
	const monthIdx = MONTHS.indexOf(value);
	if (monthIdx < 0) throw new TypeError(`Invalid month: ${value}`);
	return monthIdx + 1;
};
const DAYS_IN_MONTH = [
	31,
	28,
	31,
	30,
	31,
	30,
	31,
	31,
	30,
	31,
	30,
	31
];
const validateDayOfMonth = (year, month, day) => {
	let maxDays = DAYS_IN_MONTH[month];
	if (month === 1 && isLeapYear(year)) maxDays = 29;
	if (day > maxDays) throw new TypeError(`Invalid day for ${MONTHS[month]} in ${year}: ${day}`);
};
const isLeapYear = (year) => {
	return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
};
const parseDateValue = (value, type, lower, upper) => {
	const dateVal = strictParseByte(stripLeadingZeroes(value));
	if (dateVal < lower || dateVal > upper) throw new TypeError(`${type} must be between ${lower} and ${upper}, inclusive`);
	return dateVal;
};
const parseMilliseconds = (value) => {
	if (value === null || value === void 0) return 0;
	return strictParseFloat32("0." + value) * 1e3;
};
const parseOffsetToMilliseconds = (value) => {
	const directionStr = value[0];
	let direction = 1;
	if (directionStr == "+") direction = 1;
	else if (directionStr == "-") direction = -1;
	else throw new TypeError(`Offset direction, ${directionStr}, must be "+" or "-"`);
	const hour = Number(value.substring(1, 3));
	const minute = Number(value.substring(4, 6));
	return direction * (hour * 60 + minute) * 60 * 1e3;
};
const stripLeadingZeroes = (value) => {
	let idx = 0;
	while (idx < value.length - 1 && value.charAt(idx) === "0") idx++;
	if (idx === 0) return value;
	return value.slice(idx);
};
// node_modules/@smithy/core/dist-es/submodules/serde/concatBytes.js
function concatBytes(arrays, length) {
	if (length === void 0) {
		length = 0;
		for (const bytes of arrays) length += bytes.byteLength;
	}
	const result = new Uint8Array(length);
	let offset = 0;
	for (const buf of arrays) {
		result.set(buf, offset);
		offset += buf.byteLength;
	}
	return result;
}
// node_modules/@smithy/core/dist-es/submodules/serde/util-stream/stream-type-check.js
const isReadableStream = (stream) => typeof ReadableStream === "function" && (stream?.constructor?.name === ReadableStream.name || stream instanceof ReadableStream);
const isBlob = (blob) => {
	return typeof Blob === "function" && (blob?.constructor?.name === Blob.name || blob instanceof Blob);
};
// node_modules/@smithy/core/dist-es/submodules/serde/util-stream/stream-collector.browser.js
const streamCollector$1 = async (stream) => {
	if (isBlob(stream)) return collectBlob(stream);
	return collectReadableStream(stream);
};
async function collectBlob(blob) {
	return blob.arrayBuffer().then((ab) => new Uint8Array(ab));
}
async function collectReadableStream(stream) {
	const chunks = [];
	const reader = stream.getReader();
	let length = 0;
	while (true) {
		const { done, value } = await reader.read();
		if (value) {
			chunks.push(value);
			length += value.length;
		}
		if (done) break;
	}
	return concatBytes(chunks, length);
}
// node_modules/@smithy/core/dist-es/submodules/serde/util-stream/stream-collector.js
const streamCollector = (stream) => {
	if (isBlob(stream)) return collectBlob(stream);
	if (isReadableStream(stream)) return collectReadableStream(stream);
	return new Promise((resolve, reject) => {
		const collector = new Collector();
		const nodeStream = stream;
		nodeStream.pipe(collector);
		nodeStream.on("error", (err) => {
			collector.end();
			reject(err);
		});
		collector.on("error", reject);
		collector.on("finish", function() {
			resolve(concatBytes(this.bufferedBytes));
		});
	});
};
var Collector = class extends node_stream__WEBPACK_IMPORTED_MODULE_1__.Writable {
	bufferedBytes = [];
	_write(chunk, encoding, callback) {
		this.bufferedBytes.push(chunk);
		callback();
	}
};
// node_modules/@smithy/core/dist-es/submodules/protocols/util-uri-escape/escape-uri.js
const escapeUri = (uri) => encodeURIComponent(uri).replace(/[!'()*]/g, hexEncode);
const hexEncode = (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`;
// node_modules/@smithy/core/dist-es/submodules/protocols/querystring-builder/buildQueryString.js
function buildQueryString(query) {
	const parts = [];
	for (let key of Object.keys(query).sort()) {
		const value = query[key];
		key = escapeUri(key);
		if (Array.isArray(value)) for (let i = 0, iLen = value.length; i < iLen; i++) parts.push(`${key}=${escapeUri(value[i])}`);
		else {
			let qsEntry = key;
			if (value || typeof value === "string") qsEntry += `=${escapeUri(value)}`;
			parts.push(qsEntry);
		}
	}
	return parts.join("&");
}
// node_modules/@smithy/node-http-handler/dist-es/build-abort-error.js
function buildAbortError(abortSignal) {
	const reason = abortSignal && typeof abortSignal === "object" && "reason" in abortSignal ? abortSignal.reason : void 0;
	if (reason) {
		if (reason instanceof Error) {
			const abortError = /* @__PURE__ */ new Error("Request aborted");
			abortError.name = "AbortError";
			abortError.cause = reason;
			return abortError;
		}
		const abortError = new Error(String(reason));
		abortError.name = "AbortError";
		return abortError;
	}
	const abortError = /* @__PURE__ */ new Error("Request aborted");
	abortError.name = "AbortError";
	return abortError;
}
// node_modules/@smithy/node-http-handler/dist-es/constants.js
const NODEJS_TIMEOUT_ERROR_CODES = [
	"ECONNRESET",
	"EPIPE",
	"ETIMEDOUT"
];
// node_modules/@smithy/node-http-handler/dist-es/get-transformed-headers.js
const getTransformedHeaders = (headers) => {
	const transformedHeaders = {};
	for (const name in headers) {
		if (!(0,_hex_encoding_Bc8B5uu7_js__WEBPACK_IMPORTED_MODULE_0__.r)(headers, name)) continue;
		const headerValues = headers[name];
		transformedHeaders[name] = Array.isArray(headerValues) ? headerValues.join(",") : headerValues;
	}
	return transformedHeaders;
};
// node_modules/@smithy/node-http-handler/dist-es/timing.js
const timing = {
	setTimeout: (cb, ms) => setTimeout(cb, ms),
	clearTimeout: (timeoutId) => clearTimeout(timeoutId)
};
// node_modules/@smithy/node-http-handler/dist-es/set-connection-timeout.js
const DEFER_EVENT_LISTENER_TIME$2 = 1e3;
const setConnectionTimeout = (request, reject, timeoutInMs = 0) => {
	if (!timeoutInMs) return -1;
	const registerTimeout = (offset) => {
		const timeoutId = timing.setTimeout(() => {
			request.destroy();
			reject(Object.assign(/* @__PURE__ */ new Error(`@smithy/node-http-handler - the request socket did not establish a connection with the server within the configured timeout of ${timeoutInMs} ms.`), { name: "TimeoutError" }));
		}, timeoutInMs - offset);
		const doWithSocket = (socket) => {
			if (socket?.connecting) socket.on("connect", () => {
				timing.clearTimeout(timeoutId);
			});
			else timing.clearTimeout(timeoutId);
		};
		if (request.socket) doWithSocket(request.socket);
		else request.on("socket", doWithSocket);
	};
	if (timeoutInMs < 2e3) {
		registerTimeout(0);
		return 0;
	}
	return timing.setTimeout(registerTimeout.bind(null, DEFER_EVENT_LISTENER_TIME$2), DEFER_EVENT_LISTENER_TIME$2);
};
// node_modules/@smithy/node-http-handler/dist-es/set-request-timeout.js
const setRequestTimeout = (req, reject, timeoutInMs = 0, throwOnRequestTimeout, logger) => {
	if (timeoutInMs) return timing.setTimeout(() => {
		let msg = `@smithy/node-http-handler - [${throwOnRequestTimeout ? "ERROR" : "WARN"}] a request has exceeded the configured ${timeoutInMs} ms requestTimeout.`;
		if (throwOnRequestTimeout) {
			const error = Object.assign(new Error(msg), {
				name: "TimeoutError",
				code: "ETIMEDOUT"
			});
			req.destroy(error);
			reject(error);
		} else {
			msg += ` Init client requestHandler with throwOnRequestTimeout=true to turn this into an error.`;
			logger?.warn?.(msg);
		}
	}, timeoutInMs);
	return -1;
};
// node_modules/@smithy/node-http-handler/dist-es/set-socket-keep-alive.js
const DEFER_EVENT_LISTENER_TIME$1 = 3e3;
const setSocketKeepAlive = (request, { keepAlive, keepAliveMsecs }, deferTimeMs = DEFER_EVENT_LISTENER_TIME$1) => {
	if (keepAlive !== true) return -1;
	const registerListener = () => {
		if (request.socket) request.socket.setKeepAlive(keepAlive, keepAliveMsecs || 0);
		else request.on("socket", (socket) => {
			socket.setKeepAlive(keepAlive, keepAliveMsecs || 0);
		});
	};
	if (deferTimeMs === 0) {
		registerListener();
		return 0;
	}
	return timing.setTimeout(registerListener, deferTimeMs);
};
// node_modules/@smithy/node-http-handler/dist-es/resolve-default-socket-timeout.js
const resolveDefaultSocketTimeout = (config) => {
	const value = config?.defaultSocketTimeout;
	return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : void 0;
};
// node_modules/@smithy/node-http-handler/dist-es/set-socket-timeout.js
const DEFER_EVENT_LISTENER_TIME = 3e3;
const setSocketTimeout = (request, reject, timeoutInMs = 0, isServiceDefault = false) => {
	if (!Number.isFinite(timeoutInMs) || timeoutInMs <= 0) return;
	let response;
	request.once("response", (res) => response = res);
	const onTimeout = () => {
		if (response?.complete) {
			request.socket?.destroy();
			return;
		}
		const error = Object.assign(/* @__PURE__ */ new Error(`@smithy/node-http-handler - the request socket timed out after ${timeoutInMs} ms of inactivity (${isServiceDefault ? "service default socket timeout" : "configured by client requestHandler"}).`), { name: "TimeoutError" });
		response?.destroy(error);
		request.destroy();
		reject(error);
	};
	const registerTimeout = () => {
		const { socket } = request;
		if (!socket) request.once("socket", registerTimeout);
		else if (socket.connecting) socket.once("connect", registerTimeout);
		else {
			socket.setTimeout(timeoutInMs, onTimeout);
			request.on("close", () => socket.removeListener("timeout", onTimeout));
		}
	};
	if (timeoutInMs < 6e3) {
		registerTimeout();
		return;
	}
	const deferralId = timing.setTimeout(registerTimeout, DEFER_EVENT_LISTENER_TIME);
	request.once("close", () => timing.clearTimeout(deferralId));
};
// node_modules/@smithy/node-http-handler/dist-es/write-request-body.js
const MIN_WAIT_TIME = 6e3;
async function writeRequestBody(httpRequest, request, maxContinueTimeoutMs = MIN_WAIT_TIME, externalAgent = false) {
	const headers = request.headers;
	const expect = headers ? headers.Expect || headers.expect : void 0;
	let timeoutId = -1;
	let sendBody = true;
	if (!externalAgent && expect === "100-continue") sendBody = await Promise.race([new Promise((resolve) => {
		timeoutId = Number(timing.setTimeout(() => resolve(true), Math.max(MIN_WAIT_TIME, maxContinueTimeoutMs)));
	}), new Promise((resolve) => {
		httpRequest.on("continue", () => {
			timing.clearTimeout(timeoutId);
			resolve(true);
		});
		httpRequest.on("response", () => {
			timing.clearTimeout(timeoutId);
			resolve(false);
		});
		httpRequest.on("error", () => {
			timing.clearTimeout(timeoutId);
			resolve(false);
		});
	})]);
	if (sendBody) writeBody(httpRequest, request.body);
}
function writeBody(httpRequest, body) {
	if (body instanceof node_stream__WEBPACK_IMPORTED_MODULE_1__.Readable) {
		body.pipe(httpRequest);
		return;
	}
	if (body) {
		const isBuffer = Buffer.isBuffer(body);
		if (isBuffer || typeof body === "string") {
			if (isBuffer && body.byteLength === 0) httpRequest.end();
			else httpRequest.end(body);
			return;
		}
		const uint8 = body;
		if (typeof uint8 === "object" && uint8.buffer && typeof uint8.byteOffset === "number" && typeof uint8.byteLength === "number") {
			httpRequest.end(Buffer.from(uint8.buffer, uint8.byteOffset, uint8.byteLength));
			return;
		}
		httpRequest.end(Buffer.from(body));
		return;
	}
	httpRequest.end();
}
// node_modules/@smithy/node-http-handler/dist-es/node-http-handler.js
let hAgent = void 0;
let hRequest = void 0;
var NodeHttpHandler = class NodeHttpHandler {
	config;
	configProvider;
	socketWarningTimestamp = 0;
	externalAgent = false;
	metadata = { handlerProtocol: "http/1.1" };
	static create(instanceOrOptions) {
		if (typeof instanceOrOptions?.handle === "function") return instanceOrOptions;
		return new NodeHttpHandler(instanceOrOptions);
	}
	static checkSocketUsage(agent, socketWarningTimestamp, logger = console) {
		const { sockets, requests, maxSockets } = agent;
		if (typeof maxSockets !== "number" || maxSockets === 1e400) return socketWarningTimestamp;
		if (Date.now() - 15e3 < socketWarningTimestamp) return socketWarningTimestamp;
		if (sockets && requests) for (const origin in sockets) {
			if (!(0,_hex_encoding_Bc8B5uu7_js__WEBPACK_IMPORTED_MODULE_0__.r)(sockets, origin)) continue;
			const socketsInUse = sockets[origin]?.length ?? 0;
			const requestsEnqueued = requests[origin]?.length ?? 0;
			if (socketsInUse >= maxSockets && requestsEnqueued >= 2 * maxSockets) {
				logger?.warn?.(`@smithy/node-http-handler:WARN - socket usage at capacity=${socketsInUse} and ${requestsEnqueued} additional requests are enqueued.
See https://docs.aws.amazon.com/sdk-for-javascript/v3/developer-guide/node-configuring-maxsockets.html
or increase socketAcquisitionWarningTimeout=(millis) in the NodeHttpHandler config.`);
				return Date.now();
			}
		}
		return socketWarningTimestamp;
	}
	constructor(options) {
		this.configProvider = new Promise((resolve, reject) => {
			if (typeof options === "function") options().then((_options) => {
				resolve(this.resolveDefaultConfig(_options));
			}).catch(reject);
			else resolve(this.resolveDefaultConfig(options));
		});
	}
	destroy() {
		this.config?.httpAgent?.destroy();
		this.config?.httpsAgent?.destroy();
	}
	async handle(request, { abortSignal, requestTimeout } = {}) {
		if (!this.config) this.config = await this.configProvider;
		const config = this.config;
		const logger = config.logger;
		const isSSL = request.protocol === "https:";
		if (!isSSL && !this.config.httpAgent) this.config.httpAgent = await this.config.httpAgentProvider();
		return new Promise((_resolve, _reject) => {
			let writeRequestBodyPromise = void 0;
			let socketWarningTimeoutId = -1;
			let connectionTimeoutId = -1;
			let requestTimeoutId = -1;
			let keepAliveTimeoutId = -1;
			const clearTimeouts = () => {
				timing.clearTimeout(socketWarningTimeoutId);
				timing.clearTimeout(connectionTimeoutId);
				timing.clearTimeout(requestTimeoutId);
				timing.clearTimeout(keepAliveTimeoutId);
			};
			const resolve = async (arg) => {
				await writeRequestBodyPromise;
				clearTimeouts();
				_resolve(arg);
			};
			const reject = async (arg) => {
				await writeRequestBodyPromise;
				clearTimeouts();
				_reject(arg);
			};
			if (abortSignal?.aborted) {
				reject(buildAbortError(abortSignal));
				return;
			}
			const headers = request.headers;
			const expectContinue = headers ? (headers.Expect ?? headers.expect) === "100-continue" : false;
			let agent = isSSL ? config.httpsAgent : config.httpAgent;
			if (expectContinue && !this.externalAgent) agent = new (isSSL ? node_https__WEBPACK_IMPORTED_MODULE_2__.Agent : hAgent)({
				keepAlive: false,
				maxSockets: 1e400
			});
			socketWarningTimeoutId = timing.setTimeout(() => {
				this.socketWarningTimestamp = NodeHttpHandler.checkSocketUsage(agent, this.socketWarningTimestamp, logger);
			}, config.socketAcquisitionWarningTimeout ?? (config.requestTimeout ?? 2e3) + (config.connectionTimeout ?? 1e3));
			const queryString = request.query ? buildQueryString(request.query) : "";
			let auth = void 0;
			if (request.username != null || request.password != null) auth = `${request.username ?? ""}:${request.password ?? ""}`;
			let path = request.path;
			if (queryString) path += `?${queryString}`;
			if (request.fragment) path += `#${request.fragment}`;
			let hostname = request.hostname ?? "";
			if (hostname[0] === "[" && hostname.endsWith("]")) hostname = request.hostname.slice(1, -1);
			else hostname = request.hostname;
			const nodeHttpsOptions = {
				headers: request.headers,
				host: hostname,
				method: request.method,
				path,
				port: request.port,
				agent,
				auth
			};
			const req = (isSSL ? node_https__WEBPACK_IMPORTED_MODULE_2__.request : hRequest)(nodeHttpsOptions, (res) => {
				const httpResponse = new HttpResponse({
					statusCode: res.statusCode || -1,
					reason: res.statusMessage,
					headers: getTransformedHeaders(res.headers),
					body: res
				});
				resolve({ response: httpResponse });
			});
			req.on("error", (err) => {
				if (NODEJS_TIMEOUT_ERROR_CODES.includes(err.code)) reject(Object.assign(err, { name: "TimeoutError" }));
				else reject(err);
			});
			if (abortSignal) {
				const onAbort = () => {
					req.destroy();
					const abortError = buildAbortError(abortSignal);
					reject(abortError);
				};
				if (typeof abortSignal.addEventListener === "function") {
					const signal = abortSignal;
					signal.addEventListener("abort", onAbort, { once: true });
					req.once("close", () => signal.removeEventListener("abort", onAbort));
				} else abortSignal.onabort = onAbort;
			}
			const effectiveRequestTimeout = requestTimeout ?? config.requestTimeout;
			connectionTimeoutId = setConnectionTimeout(req, reject, config.connectionTimeout);
			requestTimeoutId = setRequestTimeout(req, reject, effectiveRequestTimeout, config.throwOnRequestTimeout, logger ?? console);
			const defaultSocketTimeout = config.socketTimeout === void 0 ? resolveDefaultSocketTimeout(config) : void 0;
			if (defaultSocketTimeout) setSocketTimeout(req, reject, defaultSocketTimeout, true);
			else setSocketTimeout(req, reject, config.socketTimeout);
			const httpAgent = nodeHttpsOptions.agent;
			if (typeof httpAgent === "object" && "keepAlive" in httpAgent) keepAliveTimeoutId = setSocketKeepAlive(req, {
				keepAlive: httpAgent.keepAlive,
				keepAliveMsecs: httpAgent.keepAliveMsecs
			});
			writeRequestBodyPromise = writeRequestBody(req, request, effectiveRequestTimeout, this.externalAgent).catch((e) => {
				clearTimeouts();
				return _reject(e);
			});
		});
	}
	updateHttpClientConfig(key, value) {
		this.config = void 0;
		this.configProvider = this.configProvider.then((config) => {
			switch (key) {
				case Symbol.for("logger"):
					key = "logger";
					value = config.logger ?? value;
					break;
				case Symbol.for("@smithy/defaultSocketTimeout"):
					key = "defaultSocketTimeout";
					value = resolveDefaultSocketTimeout(config) ?? value;
			}
			return {
				...config,
				[key]: value
			};
		});
	}
	httpHandlerConfigs() {
		return this.config ?? {};
	}
	resolveDefaultConfig(options) {
		const { requestTimeout, connectionTimeout, socketTimeout, socketAcquisitionWarningTimeout, httpAgent, httpsAgent, throwOnRequestTimeout, logger } = options || {};
		const keepAlive = true;
		const maxSockets = 50;
		let httpAgentPromise;
		return {
			connectionTimeout,
			requestTimeout,
			socketTimeout,
			defaultSocketTimeout: resolveDefaultSocketTimeout(options),
			socketAcquisitionWarningTimeout,
			throwOnRequestTimeout,
			httpAgentProvider: () => httpAgentPromise ??= (async () => {
				const node_http = await Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 67, 19));
				const { Agent, request } = node_http.default ?? node_http;
				hRequest = request;
				hAgent = Agent;
				if (httpAgent instanceof hAgent || typeof httpAgent?.destroy === "function") {
					this.externalAgent = true;
					return httpAgent;
				}
				return new hAgent({
					keepAlive,
					maxSockets,
					...httpAgent
				});
			})(),
			httpsAgent: (() => {
				if (httpsAgent instanceof node_https__WEBPACK_IMPORTED_MODULE_2__.Agent || typeof httpsAgent?.destroy === "function") {
					this.externalAgent = true;
					return httpsAgent;
				}
				return new node_https__WEBPACK_IMPORTED_MODULE_2__.Agent({
					keepAlive,
					maxSockets,
					...httpsAgent
				});
			})(),
			logger
		};
	}
};



/***/ }),

/***/ 761:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   n: () => (/* binding */ readFile),
/* harmony export */   r: () => (/* binding */ getHomeDir),
/* harmony export */   t: () => (/* binding */ fileIntercept)
/* harmony export */ });
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(760);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(161);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(455);



// node_modules/@smithy/core/dist-es/submodules/config/shared-ini-file-loader/getHomeDir.js
const homeDirCache = {};
const getHomeDirCacheKey = () => {
	if (process && process.geteuid) return `${process.geteuid()}`;
	return "DEFAULT";
};
const getHomeDir = () => {
	const { HOME, USERPROFILE, HOMEPATH, HOMEDRIVE = `C:${node_path__WEBPACK_IMPORTED_MODULE_0__.sep}` } = process.env;
	if (HOME) return HOME;
	if (USERPROFILE) return USERPROFILE;
	if (HOMEPATH) return `${HOMEDRIVE}${HOMEPATH}`;
	const homeDirCacheKey = getHomeDirCacheKey();
	if (!homeDirCache[homeDirCacheKey]) homeDirCache[homeDirCacheKey] = (0,node_os__WEBPACK_IMPORTED_MODULE_1__.homedir)();
	return homeDirCache[homeDirCacheKey];
};
// node_modules/@smithy/core/dist-es/submodules/config/shared-ini-file-loader/readFile.js
const filePromises = {};
const fileIntercept = {};
const readFile = (path, options) => {
	if (fileIntercept[path] !== void 0) return fileIntercept[path];
	if (!filePromises[path] || options?.ignoreCache) filePromises[path] = (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readFile)(path, "utf8");
	return filePromises[path];
};



/***/ }),

/***/ 2:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  n: () => (/* binding */ __exportAll),
  r: () => (/* binding */ __require),
  t: () => (/* binding */ __commonJSMin)
});

;// CONCATENATED MODULE: external "node:module"
const external_node_module_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:module");
;// CONCATENATED MODULE: ./build/bundle/rolldown-runtime-D-DrNG78.js

// \0rolldown/runtime.js
var __defProp = Object.defineProperty;
var __commonJSMin = (cb, mod) => () => (mod || (cb((mod = { exports: {} }).exports, mod, mod.exports), cb = null), mod.exports);
var __exportAll = (all, flags) => {
	let target = Object.setPrototypeOf({}, null);
	for (var name in all) __defProp(target, name, {
		get: all[name],
		enumerable: true
	});
	if (!(flags & 1)) __defProp(target, Symbol.toStringTag, { value: "Module" });
	return flags & 2 ? target : Object.preventExtensions(target);
};
var __require = /* #__PURE__ */ (() => (0,external_node_module_namespaceObject.createRequire)(import.meta.url))();



/***/ }),

/***/ 757:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   t: () => (/* binding */ setCredentialFeature)
/* harmony export */ });
// node_modules/@aws-sdk/core/dist-es/submodules/client/setCredentialFeature.js
function setCredentialFeature(credentials, feature, value) {
	if (!credentials.$source) credentials.$source = {};
	credentials.$source[feature] = value;
	return credentials;
}



/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module is referenced by other modules so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(727);
/******/ var __webpack_exports__n = __webpack_exports__.n;
/******/ var __webpack_exports__t = __webpack_exports__.t;
/******/ export { __webpack_exports__n as n, __webpack_exports__t as t };
/******/ 
