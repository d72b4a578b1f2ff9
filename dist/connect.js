export const id = 731;
export const ids = [731];
export const modules = {

/***/ 731:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   connectAndRun: () => (/* binding */ connectAndRun)
/* harmony export */ });
/* harmony import */ var _cleanup_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(653);
/* harmony import */ var _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(463);
/* harmony import */ var _config_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(231);
/* harmony import */ var _event_streams_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(981);
/* harmony import */ var _node_http_handler_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(939);
/* harmony import */ var _parseUrl_js__WEBPACK_IMPORTED_MODULE_14__ = __webpack_require__(797);
/* harmony import */ var _TypeRegistry_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(974);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(746);
/* harmony import */ var _AwsQueryProtocol_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(574);
/* harmony import */ var os__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(857);
/* harmony import */ var fs__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(896);
/* harmony import */ var node_events__WEBPACK_IMPORTED_MODULE_10__ = __webpack_require__(474);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_11__ = __webpack_require__(598);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_12__ = __webpack_require__(760);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_13__ = __webpack_require__(24);















// node_modules/@actions/core/lib/summary.js
var __awaiter = function(thisArg, _arguments, P, generator) {
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
const { access, appendFile, writeFile } = fs__WEBPACK_IMPORTED_MODULE_9__.promises;
const SUMMARY_ENV_VAR = "GITHUB_STEP_SUMMARY";
var Summary = class {
	constructor() {
		this._buffer = "";
	}
	filePath() {
		return __awaiter(this, void 0, void 0, function* () {
			if (this._filePath) return this._filePath;
			const pathFromEnv = process.env[SUMMARY_ENV_VAR];
			if (!pathFromEnv) throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
			try {
				yield access(pathFromEnv, fs__WEBPACK_IMPORTED_MODULE_9__.constants.R_OK | fs__WEBPACK_IMPORTED_MODULE_9__.constants.W_OK);
			} catch (_a) {
				throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
			}
			this._filePath = pathFromEnv;
			return this._filePath;
		});
	}
	wrap(tag, content, attrs = {}) {
		const htmlAttrs = Object.entries(attrs).map(([key, value]) => ` ${key}="${value}"`).join("");
		if (!content) return `<${tag}${htmlAttrs}>`;
		return `<${tag}${htmlAttrs}>${content}</${tag}>`;
	}
	write(options) {
		return __awaiter(this, void 0, void 0, function* () {
			const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
			const filePath = yield this.filePath();
			yield (overwrite ? writeFile : appendFile)(filePath, this._buffer, { encoding: "utf8" });
			return this.emptyBuffer();
		});
	}
	clear() {
		return __awaiter(this, void 0, void 0, function* () {
			return this.emptyBuffer().write({ overwrite: true });
		});
	}
	stringify() {
		return this._buffer;
	}
	isEmptyBuffer() {
		return this._buffer.length === 0;
	}
	emptyBuffer() {
		this._buffer = "";
		return this;
	}
	addRaw(text, addEOL = false) {
		this._buffer += text;
		return addEOL ? this.addEOL() : this;
	}
	addEOL() {
		return this.addRaw(os__WEBPACK_IMPORTED_MODULE_8__.EOL);
	}
	addCodeBlock(code, lang) {
		const attrs = Object.assign({}, lang && { lang });
		const element = this.wrap("pre", this.wrap("code", code), attrs);
		return this.addRaw(element).addEOL();
	}
	addList(items, ordered = false) {
		const tag = ordered ? "ol" : "ul";
		const listItems = items.map((item) => this.wrap("li", item)).join("");
		const element = this.wrap(tag, listItems);
		return this.addRaw(element).addEOL();
	}
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
	addDetails(label, content) {
		const element = this.wrap("details", this.wrap("summary", label) + content);
		return this.addRaw(element).addEOL();
	}
	addImage(src, alt, options) {
		const { width, height } = options || {};
		const attrs = Object.assign(Object.assign({}, width && { width }), height && { height });
		const element = this.wrap("img", null, Object.assign({
			src,
			alt
		}, attrs));
		return this.addRaw(element).addEOL();
	}
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
	addSeparator() {
		const element = this.wrap("hr", null);
		return this.addRaw(element).addEOL();
	}
	addBreak() {
		const element = this.wrap("br", null);
		return this.addRaw(element).addEOL();
	}
	addQuote(text, cite) {
		const attrs = Object.assign({}, cite && { cite });
		const element = this.wrap("blockquote", text, attrs);
		return this.addRaw(element).addEOL();
	}
	addLink(text, href) {
		const element = this.wrap("a", text, { href });
		return this.addRaw(element).addEOL();
	}
};
const summary$1 = new Summary();
// node_modules/@aws-sdk/core/dist-es/submodules/protocols/query/AwsEc2QueryProtocol.js
var AwsEc2QueryProtocol = class extends _AwsQueryProtocol_js__WEBPACK_IMPORTED_MODULE_7__.t {
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
// node_modules/@aws-sdk/client-ecs/dist-es/commands/DescribeClustersCommand.js
var DescribeClustersCommand = class extends (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.et)(_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.Q, _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.$, "DescribeClusters", _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.rt) {};
// node_modules/@smithy/core/dist-es/submodules/event-streams/eventstream-serde-config-resolver/EventStreamSerdeConfig.js
const resolveEventStreamSerdeConfig = (input) => Object.assign(input, { eventStreamMarshaller: input.eventStreamSerdeProvider(input) });
// src/aws/console-links.ts
const HOSTS = {
	aws: "console.aws.amazon.com",
	"aws-cn": "console.amazonaws.cn",
	"aws-us-gov": "console.amazonaws-us-gov.com"
};
function consoleLinks(partition) {
	const host = HOSTS[partition];
	if (host === void 0) return {
		task: () => void 0,
		log: () => void 0
	};
	const home = (service, region) => `https://${region}.${host}/${service}`;
	return {
		task: (taskArn) => {
			const { region, resource } = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.E)(taskArn);
			const [, cluster = "", id = ""] = resource.split("/");
			return `${home("ecs", region)}/v2/clusters/${cluster}/tasks/${id}/configuration?region=${region}`;
		},
		log: ({ group, stream, region }) => `${home("cloudwatch", region)}/home?region=${region}#logsV2:log-groups/log-group/${twice(group)}/log-events/${twice(stream)}`
	};
}
function partitionOf(arn) {
	return (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.E)(arn).partition || "aws";
}
function twice(text) {
	return encodeURIComponent(encodeURIComponent(text)).replaceAll("%", "$");
}
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/auth/httpAuthSchemeProvider.js
const defaultCloudWatchLogsHttpAuthSchemeParametersProvider = async (config, context, input) => {
	return {
		operation: (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.mt)(context).operation,
		region: await (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.pt)(config.region)() || (() => {
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
	const config_0 = (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.r)(config);
	return Object.assign(config_0, { authSchemePreference: (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.pt)(config.authSchemePreference ?? []) });
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
const bdd$2 = _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.X.from(nodes$2, root$2, _data$2.conditions, _data$2.results);
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/endpoint/endpointResolver.js
const cache$2 = new _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.Y({
	size: 50,
	params: [
		"Endpoint",
		"Region",
		"UseDualStack",
		"UseFIPS"
	]
});
const defaultEndpointResolver$2 = (endpointParams, context = {}) => {
	return cache$2.get(endpointParams, () => (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.q)(bdd$2, {
		endpointParams,
		logger: context.logger
	}));
};
_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.J.aws = _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.d;
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/models/CloudWatchLogsServiceException.js
var CloudWatchLogsServiceException = class CloudWatchLogsServiceException extends _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.it {
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
const _s_registry$2 = new _TypeRegistry_js__WEBPACK_IMPORTED_MODULE_5__.t(_s$2);
var CloudWatchLogsServiceException$ = [
	-3,
	_s$2,
	"CloudWatchLogsServiceException",
	0,
	[],
	[]
];
_s_registry$2.registerError(CloudWatchLogsServiceException$, CloudWatchLogsServiceException);
const n0_registry$1 = new _TypeRegistry_js__WEBPACK_IMPORTED_MODULE_5__.t(n0$2);
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
		base64Decoder: config?.base64Decoder ?? _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.gt,
		base64Encoder: config?.base64Encoder ?? _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.ht,
		disableHostPrefix: config?.disableHostPrefix ?? false,
		endpointProvider: config?.endpointProvider ?? defaultEndpointResolver$2,
		extensions: config?.extensions ?? [],
		httpAuthSchemeProvider: config?.httpAuthSchemeProvider ?? defaultCloudWatchLogsHttpAuthSchemeProvider,
		httpAuthSchemes: config?.httpAuthSchemes ?? [{
			schemeId: "aws.auth#sigv4",
			identityProvider: (ipc) => ipc.getIdentityProvider("aws.auth#sigv4"),
			signer: new _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.o()
		}],
		logger: config?.logger ?? new _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.$(),
		protocol: config?.protocol ?? _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.ft,
		protocolSettings: config?.protocolSettings ?? {
			defaultNamespace: "com.amazonaws.cloudwatchlogs",
			errorTypeRegistries: errorTypeRegistries$2,
			xmlNamespace: "http://monitoring.amazonaws.com/doc/2014-03-28/",
			version: "2014-03-28",
			serviceTarget: "Logs_20140328"
		},
		serviceId: config?.serviceId ?? "CloudWatch Logs",
		sha256: config?.sha256 ?? _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.t,
		urlParser: config?.urlParser ?? _parseUrl_js__WEBPACK_IMPORTED_MODULE_14__.t,
		utf8Decoder: config?.utf8Decoder ?? _TypeRegistry_js__WEBPACK_IMPORTED_MODULE_5__.r,
		utf8Encoder: config?.utf8Encoder ?? _TypeRegistry_js__WEBPACK_IMPORTED_MODULE_5__.n
	};
};
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/runtimeConfig.js
const getRuntimeConfig$4 = (config) => {
	(0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.nt)(process.version);
	const defaultsMode = (0,_config_js__WEBPACK_IMPORTED_MODULE_2__.t)(config);
	const defaultConfigProvider = () => defaultsMode().then(_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.rt);
	const clientSharedValues = getRuntimeConfig$5(config);
	(0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.N)(process.version);
	const loaderConfig = {
		profile: config?.profile,
		logger: clientSharedValues.logger
	};
	return {
		...clientSharedValues,
		...config,
		runtime: "node",
		defaultsMode,
		authSchemePreference: config?.authSchemePreference ?? (0,_config_js__WEBPACK_IMPORTED_MODULE_2__.s)(_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.a, loaderConfig),
		bodyLengthChecker: config?.bodyLengthChecker ?? _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.ut,
		credentialDefaultProvider: config?.credentialDefaultProvider ?? _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.pt,
		defaultSocketTimeout: (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.M)(config?.requestHandler, 3e5),
		defaultUserAgentProvider: config?.defaultUserAgentProvider ?? (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.p)({
			serviceId: clientSharedValues.serviceId,
			clientVersion: version$2
		}),
		eventStreamSerdeProvider: config?.eventStreamSerdeProvider ?? _event_streams_js__WEBPACK_IMPORTED_MODULE_3__.n,
		maxAttempts: config?.maxAttempts ?? (0,_config_js__WEBPACK_IMPORTED_MODULE_2__.s)(_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.g, config),
		region: config?.region ?? (0,_config_js__WEBPACK_IMPORTED_MODULE_2__.s)(_config_js__WEBPACK_IMPORTED_MODULE_2__.i, {
			..._config_js__WEBPACK_IMPORTED_MODULE_2__.r,
			...loaderConfig
		}),
		requestHandler: _node_http_handler_js__WEBPACK_IMPORTED_MODULE_4__.t.create(config?.requestHandler ?? defaultConfigProvider),
		retryMode: config?.retryMode ?? (0,_config_js__WEBPACK_IMPORTED_MODULE_2__.s)({
			..._Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__._,
			default: async () => (await defaultConfigProvider()).retryMode || _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.y
		}, config),
		streamCollector: config?.streamCollector ?? _node_http_handler_js__WEBPACK_IMPORTED_MODULE_4__.r,
		useDualstackEndpoint: config?.useDualstackEndpoint ?? (0,_config_js__WEBPACK_IMPORTED_MODULE_2__.s)(_config_js__WEBPACK_IMPORTED_MODULE_2__.o, loaderConfig),
		useFipsEndpoint: config?.useFipsEndpoint ?? (0,_config_js__WEBPACK_IMPORTED_MODULE_2__.s)(_config_js__WEBPACK_IMPORTED_MODULE_2__.a, loaderConfig),
		userAgentAppId: config?.userAgentAppId ?? (0,_config_js__WEBPACK_IMPORTED_MODULE_2__.s)(_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.f, loaderConfig)
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
	const extensionConfiguration = Object.assign((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.l)(runtimeConfig), (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.et)(runtimeConfig), (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.F)(runtimeConfig), getHttpAuthExtensionConfiguration$2(runtimeConfig));
	extensions.forEach((extension) => extension.configure(extensionConfiguration));
	return Object.assign(runtimeConfig, (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.u)(extensionConfiguration), (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.tt)(extensionConfiguration), (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.I)(extensionConfiguration), resolveHttpAuthRuntimeConfig$2(extensionConfiguration));
};
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/CloudWatchLogsClient.js
var CloudWatchLogsClient = class extends _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.lt {
	config;
	constructor(...[configuration]) {
		const _config_0 = getRuntimeConfig$4(configuration || {});
		super(_config_0);
		this.initConfig = _config_0;
		const _config_1 = resolveClientEndpointParameters$2(_config_0);
		const _config_2 = (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.b)(_config_1);
		const _config_3 = (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.v)(_config_2);
		const _config_4 = (0,_config_js__WEBPACK_IMPORTED_MODULE_2__.n)(_config_3);
		const _config_5 = (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.j)(_config_4);
		const _config_6 = (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.K)(_config_5);
		const _config_7 = resolveEventStreamSerdeConfig(_config_6);
		const _config_8 = resolveHttpAuthSchemeConfig$2(_config_7);
		const _config_9 = resolveRuntimeExtensions$2(_config_8, configuration?.extensions || []);
		this.config = _config_9;
		this.middlewareStack.use((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.st)(this.config));
		this.middlewareStack.use((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.m)(this.config));
		this.middlewareStack.use((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.h)(this.config));
		this.middlewareStack.use((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.P)(this.config));
		this.middlewareStack.use((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.A)(this.config));
		this.middlewareStack.use((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.k)(this.config));
		this.middlewareStack.use((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.O)(this.config));
		this.middlewareStack.use((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.D)(this.config, {
			httpAuthSchemeParametersProvider: defaultCloudWatchLogsHttpAuthSchemeParametersProvider,
			identityProviderConfigProvider: async (config) => new _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.w({ "aws.auth#sigv4": config.credentials })
		}));
		this.middlewareStack.use((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.E)(this.config));
	}
	destroy() {
		super.destroy();
	}
};
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/commandBuilder.js
const command$2 = (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.Q)(commonParams$2, "Logs_20140328", "CloudWatchLogsClient", _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.G);
const _ep0$2 = {};
const _mw0$2 = (Command, cs, config, o) => [];
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/commands/DescribeLogGroupsCommand.js
var DescribeLogGroupsCommand = class extends command$2(_ep0$2, _mw0$2, "DescribeLogGroups", DescribeLogGroups$) {};
// node_modules/@aws-sdk/client-cloudwatch-logs/dist-es/commands/GetLogEventsCommand.js
var GetLogEventsCommand = class extends command$2(_ep0$2, _mw0$2, "GetLogEvents", GetLogEvents$) {};
// src/aws/logs.ts
const PAGE_EVENTS = 3e3;
function createLogs(config) {
	const clients = /* @__PURE__ */ new Map();
	const clientOf = (region) => {
		const known = clients.get(region);
		if (known !== void 0) return known;
		const client = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.gt)("logs", new CloudWatchLogsClient({
			...config,
			region
		}));
		client.middlewareStack.remove("loggerMiddleware");
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
			return pageOf(await (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.yt)("logs:GetLogEvents", async () => region, send));
		} catch (error) {
			if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_6__.s) || error.facts.code !== "ResourceNotFoundException") throw error;
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
// node_modules/@aws-sdk/client-ec2/dist-es/auth/httpAuthSchemeProvider.js
const defaultEC2HttpAuthSchemeParametersProvider = async (config, context, input) => {
	return {
		operation: (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.mt)(context).operation,
		region: await (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.pt)(config.region)() || (() => {
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
	const config_0 = (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.r)(config);
	return Object.assign(config_0, { authSchemePreference: (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.pt)(config.authSchemePreference ?? []) });
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
const bdd$1 = _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.X.from(nodes$1, root$1, _data$1.conditions, _data$1.results);
// node_modules/@aws-sdk/client-ec2/dist-es/endpoint/endpointResolver.js
const cache$1 = new _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.Y({
	size: 50,
	params: [
		"Endpoint",
		"Region",
		"UseDualStack",
		"UseFIPS"
	]
});
const defaultEndpointResolver$1 = (endpointParams, context = {}) => {
	return cache$1.get(endpointParams, () => (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.q)(bdd$1, {
		endpointParams,
		logger: context.logger
	}));
};
_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.J.aws = _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.d;
// node_modules/@aws-sdk/client-ec2/dist-es/models/EC2ServiceException.js
var EC2ServiceException = class EC2ServiceException extends _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.it {
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
const _s_registry$1 = new _TypeRegistry_js__WEBPACK_IMPORTED_MODULE_5__.t(_s$1);
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
		base64Decoder: config?.base64Decoder ?? _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.gt,
		base64Encoder: config?.base64Encoder ?? _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.ht,
		disableHostPrefix: config?.disableHostPrefix ?? false,
		endpointProvider: config?.endpointProvider ?? defaultEndpointResolver$1,
		extensions: config?.extensions ?? [],
		httpAuthSchemeProvider: config?.httpAuthSchemeProvider ?? defaultEC2HttpAuthSchemeProvider,
		httpAuthSchemes: config?.httpAuthSchemes ?? [{
			schemeId: "aws.auth#sigv4",
			identityProvider: (ipc) => ipc.getIdentityProvider("aws.auth#sigv4"),
			signer: new _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.o()
		}],
		logger: config?.logger ?? new _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.$(),
		protocol: config?.protocol ?? AwsEc2QueryProtocol,
		protocolSettings: config?.protocolSettings ?? {
			defaultNamespace: "com.amazonaws.ec2",
			errorTypeRegistries: errorTypeRegistries$1,
			xmlNamespace: "http://ec2.amazonaws.com/doc/2016-11-15",
			version: "2016-11-15",
			serviceTarget: "AmazonEC2"
		},
		serviceId: config?.serviceId ?? "EC2",
		sha256: config?.sha256 ?? _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.t,
		urlParser: config?.urlParser ?? _parseUrl_js__WEBPACK_IMPORTED_MODULE_14__.t,
		utf8Decoder: config?.utf8Decoder ?? _TypeRegistry_js__WEBPACK_IMPORTED_MODULE_5__.r,
		utf8Encoder: config?.utf8Encoder ?? _TypeRegistry_js__WEBPACK_IMPORTED_MODULE_5__.n
	};
};
// node_modules/@aws-sdk/client-ec2/dist-es/runtimeConfig.js
const getRuntimeConfig$2 = (config) => {
	(0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.nt)(process.version);
	const defaultsMode = (0,_config_js__WEBPACK_IMPORTED_MODULE_2__.t)(config);
	const defaultConfigProvider = () => defaultsMode().then(_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.rt);
	const clientSharedValues = getRuntimeConfig$3(config);
	(0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.N)(process.version);
	const loaderConfig = {
		profile: config?.profile,
		logger: clientSharedValues.logger
	};
	return {
		...clientSharedValues,
		...config,
		runtime: "node",
		defaultsMode,
		authSchemePreference: config?.authSchemePreference ?? (0,_config_js__WEBPACK_IMPORTED_MODULE_2__.s)(_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.a, loaderConfig),
		bodyLengthChecker: config?.bodyLengthChecker ?? _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.ut,
		credentialDefaultProvider: config?.credentialDefaultProvider ?? _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.pt,
		defaultSocketTimeout: (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.M)(config?.requestHandler, 9e5),
		defaultUserAgentProvider: config?.defaultUserAgentProvider ?? (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.p)({
			serviceId: clientSharedValues.serviceId,
			clientVersion: version$1
		}),
		maxAttempts: config?.maxAttempts ?? (0,_config_js__WEBPACK_IMPORTED_MODULE_2__.s)(_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.g, config),
		region: config?.region ?? (0,_config_js__WEBPACK_IMPORTED_MODULE_2__.s)(_config_js__WEBPACK_IMPORTED_MODULE_2__.i, {
			..._config_js__WEBPACK_IMPORTED_MODULE_2__.r,
			...loaderConfig
		}),
		requestHandler: _node_http_handler_js__WEBPACK_IMPORTED_MODULE_4__.t.create(config?.requestHandler ?? defaultConfigProvider),
		retryMode: config?.retryMode ?? (0,_config_js__WEBPACK_IMPORTED_MODULE_2__.s)({
			..._Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__._,
			default: async () => (await defaultConfigProvider()).retryMode || _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.y
		}, config),
		streamCollector: config?.streamCollector ?? _node_http_handler_js__WEBPACK_IMPORTED_MODULE_4__.r,
		useDualstackEndpoint: config?.useDualstackEndpoint ?? (0,_config_js__WEBPACK_IMPORTED_MODULE_2__.s)(_config_js__WEBPACK_IMPORTED_MODULE_2__.o, loaderConfig),
		useFipsEndpoint: config?.useFipsEndpoint ?? (0,_config_js__WEBPACK_IMPORTED_MODULE_2__.s)(_config_js__WEBPACK_IMPORTED_MODULE_2__.a, loaderConfig),
		userAgentAppId: config?.userAgentAppId ?? (0,_config_js__WEBPACK_IMPORTED_MODULE_2__.s)(_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.f, loaderConfig)
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
	const extensionConfiguration = Object.assign((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.l)(runtimeConfig), (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.et)(runtimeConfig), (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.F)(runtimeConfig), getHttpAuthExtensionConfiguration$1(runtimeConfig));
	extensions.forEach((extension) => extension.configure(extensionConfiguration));
	return Object.assign(runtimeConfig, (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.u)(extensionConfiguration), (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.tt)(extensionConfiguration), (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.I)(extensionConfiguration), resolveHttpAuthRuntimeConfig$1(extensionConfiguration));
};
// node_modules/@aws-sdk/client-ec2/dist-es/EC2Client.js
var EC2Client = class extends _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.lt {
	config;
	constructor(...[configuration]) {
		const _config_0 = getRuntimeConfig$2(configuration || {});
		super(_config_0);
		this.initConfig = _config_0;
		const _config_1 = resolveClientEndpointParameters$1(_config_0);
		const _config_2 = (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.b)(_config_1);
		const _config_3 = (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.v)(_config_2);
		const _config_4 = (0,_config_js__WEBPACK_IMPORTED_MODULE_2__.n)(_config_3);
		const _config_5 = (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.j)(_config_4);
		const _config_6 = (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.K)(_config_5);
		const _config_7 = resolveHttpAuthSchemeConfig$1(_config_6);
		const _config_8 = resolveRuntimeExtensions$1(_config_7, configuration?.extensions || []);
		this.config = _config_8;
		this.middlewareStack.use((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.st)(this.config));
		this.middlewareStack.use((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.m)(this.config));
		this.middlewareStack.use((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.h)(this.config));
		this.middlewareStack.use((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.P)(this.config));
		this.middlewareStack.use((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.A)(this.config));
		this.middlewareStack.use((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.k)(this.config));
		this.middlewareStack.use((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.O)(this.config));
		this.middlewareStack.use((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.D)(this.config, {
			httpAuthSchemeParametersProvider: defaultEC2HttpAuthSchemeParametersProvider,
			identityProviderConfigProvider: async (config) => new _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.w({ "aws.auth#sigv4": config.credentials })
		}));
		this.middlewareStack.use((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.E)(this.config));
	}
	destroy() {
		super.destroy();
	}
};
// node_modules/@aws-sdk/client-ec2/dist-es/commandBuilder.js
const command$1 = (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.Q)(commonParams$1, "AmazonEC2", "EC2Client", _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.G);
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
const paginateDescribeNatGateways = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.vt)(EC2Client, DescribeNatGatewaysCommand, "NextToken", "NextToken", "MaxResults");
// node_modules/@aws-sdk/client-ec2/dist-es/pagination/DescribeNetworkAclsPaginator.js
const paginateDescribeNetworkAcls = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.vt)(EC2Client, DescribeNetworkAclsCommand, "NextToken", "NextToken", "MaxResults");
// node_modules/@aws-sdk/client-ec2/dist-es/pagination/DescribeRouteTablesPaginator.js
const paginateDescribeRouteTables = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.vt)(EC2Client, DescribeRouteTablesCommand, "NextToken", "NextToken", "MaxResults");
// node_modules/@aws-sdk/client-ec2/dist-es/pagination/DescribeSecurityGroupsPaginator.js
const paginateDescribeSecurityGroups = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.vt)(EC2Client, DescribeSecurityGroupsCommand, "NextToken", "NextToken", "MaxResults");
// node_modules/@aws-sdk/client-ec2/dist-es/pagination/DescribeSubnetsPaginator.js
const paginateDescribeSubnets = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.vt)(EC2Client, DescribeSubnetsCommand, "NextToken", "NextToken", "MaxResults");
// node_modules/@aws-sdk/client-ec2/dist-es/pagination/DescribeVpcEndpointsPaginator.js
const paginateDescribeVpcEndpoints = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.vt)(EC2Client, DescribeVpcEndpointsCommand, "NextToken", "NextToken", "MaxResults");
// src/aws/ec2.ts
const PAGE = 1e3;
const ROUTE_TABLES_PAGE = 100;
function createEc2(config, region) {
	const client = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.gt)("ec2", new EC2Client({
		...config,
		region
	}));
	const ask = (action, send) => (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.yt)(`ec2:${action}`, async () => region, send);
	const read = (action, paginate, items, input, signal, pageSize = PAGE) => ask(action, () => (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.Z)(paginate({
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
		operation: (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.mt)(context).operation,
		region: await (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.pt)(config.region)() || (() => {
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
	const config_0 = (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.r)(config);
	return Object.assign(config_0, { authSchemePreference: (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.pt)(config.authSchemePreference ?? []) });
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
const bdd = _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.X.from(nodes, root, _data.conditions, _data.results);
// node_modules/@aws-sdk/client-ecr/dist-es/endpoint/endpointResolver.js
const cache = new _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.Y({
	size: 50,
	params: [
		"Endpoint",
		"Region",
		"UseDualStack",
		"UseFIPS"
	]
});
const defaultEndpointResolver = (endpointParams, context = {}) => {
	return cache.get(endpointParams, () => (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.q)(bdd, {
		endpointParams,
		logger: context.logger
	}));
};
_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.J.aws = _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.d;
// node_modules/@aws-sdk/client-ecr/dist-es/models/ECRServiceException.js
var ECRServiceException = class ECRServiceException extends _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.it {
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
const _s_registry = new _TypeRegistry_js__WEBPACK_IMPORTED_MODULE_5__.t(_s);
var ECRServiceException$ = [
	-3,
	_s,
	"ECRServiceException",
	0,
	[],
	[]
];
_s_registry.registerError(ECRServiceException$, ECRServiceException);
const n0_registry = new _TypeRegistry_js__WEBPACK_IMPORTED_MODULE_5__.t(n0);
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
		base64Decoder: config?.base64Decoder ?? _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.gt,
		base64Encoder: config?.base64Encoder ?? _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.ht,
		disableHostPrefix: config?.disableHostPrefix ?? false,
		endpointProvider: config?.endpointProvider ?? defaultEndpointResolver,
		extensions: config?.extensions ?? [],
		httpAuthSchemeProvider: config?.httpAuthSchemeProvider ?? defaultECRHttpAuthSchemeProvider,
		httpAuthSchemes: config?.httpAuthSchemes ?? [{
			schemeId: "aws.auth#sigv4",
			identityProvider: (ipc) => ipc.getIdentityProvider("aws.auth#sigv4"),
			signer: new _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.o()
		}],
		logger: config?.logger ?? new _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.$(),
		protocol: config?.protocol ?? _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.ft,
		protocolSettings: config?.protocolSettings ?? {
			defaultNamespace: "com.amazonaws.ecr",
			errorTypeRegistries,
			xmlNamespace: "http://ecr.amazonaws.com/doc/2015-09-21/",
			version: "2015-09-21",
			serviceTarget: "AmazonEC2ContainerRegistry_V20150921"
		},
		serviceId: config?.serviceId ?? "ECR",
		sha256: config?.sha256 ?? _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.t,
		urlParser: config?.urlParser ?? _parseUrl_js__WEBPACK_IMPORTED_MODULE_14__.t,
		utf8Decoder: config?.utf8Decoder ?? _TypeRegistry_js__WEBPACK_IMPORTED_MODULE_5__.r,
		utf8Encoder: config?.utf8Encoder ?? _TypeRegistry_js__WEBPACK_IMPORTED_MODULE_5__.n
	};
};
// node_modules/@aws-sdk/client-ecr/dist-es/runtimeConfig.js
const getRuntimeConfig = (config) => {
	(0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.nt)(process.version);
	const defaultsMode = (0,_config_js__WEBPACK_IMPORTED_MODULE_2__.t)(config);
	const defaultConfigProvider = () => defaultsMode().then(_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.rt);
	const clientSharedValues = getRuntimeConfig$1(config);
	(0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.N)(process.version);
	const loaderConfig = {
		profile: config?.profile,
		logger: clientSharedValues.logger
	};
	return {
		...clientSharedValues,
		...config,
		runtime: "node",
		defaultsMode,
		authSchemePreference: config?.authSchemePreference ?? (0,_config_js__WEBPACK_IMPORTED_MODULE_2__.s)(_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.a, loaderConfig),
		bodyLengthChecker: config?.bodyLengthChecker ?? _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.ut,
		credentialDefaultProvider: config?.credentialDefaultProvider ?? _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.pt,
		defaultSocketTimeout: (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.M)(config?.requestHandler, 3e5),
		defaultUserAgentProvider: config?.defaultUserAgentProvider ?? (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.p)({
			serviceId: clientSharedValues.serviceId,
			clientVersion: version
		}),
		maxAttempts: config?.maxAttempts ?? (0,_config_js__WEBPACK_IMPORTED_MODULE_2__.s)(_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.g, config),
		region: config?.region ?? (0,_config_js__WEBPACK_IMPORTED_MODULE_2__.s)(_config_js__WEBPACK_IMPORTED_MODULE_2__.i, {
			..._config_js__WEBPACK_IMPORTED_MODULE_2__.r,
			...loaderConfig
		}),
		requestHandler: _node_http_handler_js__WEBPACK_IMPORTED_MODULE_4__.t.create(config?.requestHandler ?? defaultConfigProvider),
		retryMode: config?.retryMode ?? (0,_config_js__WEBPACK_IMPORTED_MODULE_2__.s)({
			..._Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__._,
			default: async () => (await defaultConfigProvider()).retryMode || _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.y
		}, config),
		streamCollector: config?.streamCollector ?? _node_http_handler_js__WEBPACK_IMPORTED_MODULE_4__.r,
		useDualstackEndpoint: config?.useDualstackEndpoint ?? (0,_config_js__WEBPACK_IMPORTED_MODULE_2__.s)(_config_js__WEBPACK_IMPORTED_MODULE_2__.o, loaderConfig),
		useFipsEndpoint: config?.useFipsEndpoint ?? (0,_config_js__WEBPACK_IMPORTED_MODULE_2__.s)(_config_js__WEBPACK_IMPORTED_MODULE_2__.a, loaderConfig),
		userAgentAppId: config?.userAgentAppId ?? (0,_config_js__WEBPACK_IMPORTED_MODULE_2__.s)(_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.f, loaderConfig)
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
	const extensionConfiguration = Object.assign((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.l)(runtimeConfig), (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.et)(runtimeConfig), (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.F)(runtimeConfig), getHttpAuthExtensionConfiguration(runtimeConfig));
	extensions.forEach((extension) => extension.configure(extensionConfiguration));
	return Object.assign(runtimeConfig, (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.u)(extensionConfiguration), (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.tt)(extensionConfiguration), (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.I)(extensionConfiguration), resolveHttpAuthRuntimeConfig(extensionConfiguration));
};
// node_modules/@aws-sdk/client-ecr/dist-es/ECRClient.js
var ECRClient = class extends _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.lt {
	config;
	constructor(...[configuration]) {
		const _config_0 = getRuntimeConfig(configuration || {});
		super(_config_0);
		this.initConfig = _config_0;
		const _config_1 = resolveClientEndpointParameters(_config_0);
		const _config_2 = (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.b)(_config_1);
		const _config_3 = (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.v)(_config_2);
		const _config_4 = (0,_config_js__WEBPACK_IMPORTED_MODULE_2__.n)(_config_3);
		const _config_5 = (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.j)(_config_4);
		const _config_6 = (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.K)(_config_5);
		const _config_7 = resolveHttpAuthSchemeConfig(_config_6);
		const _config_8 = resolveRuntimeExtensions(_config_7, configuration?.extensions || []);
		this.config = _config_8;
		this.middlewareStack.use((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.st)(this.config));
		this.middlewareStack.use((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.m)(this.config));
		this.middlewareStack.use((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.h)(this.config));
		this.middlewareStack.use((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.P)(this.config));
		this.middlewareStack.use((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.A)(this.config));
		this.middlewareStack.use((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.k)(this.config));
		this.middlewareStack.use((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.O)(this.config));
		this.middlewareStack.use((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.D)(this.config, {
			httpAuthSchemeParametersProvider: defaultECRHttpAuthSchemeParametersProvider,
			identityProviderConfigProvider: async (config) => new _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.w({ "aws.auth#sigv4": config.credentials })
		}));
		this.middlewareStack.use((0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.E)(this.config));
	}
	destroy() {
		super.destroy();
	}
};
// node_modules/@aws-sdk/client-ecr/dist-es/commandBuilder.js
const command = (0,_Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.Q)(commonParams, "AmazonEC2ContainerRegistry_V20150921", "ECRClient", _Sha256Node_js__WEBPACK_IMPORTED_MODULE_1__.G);
const _ep0 = {};
const _mw0 = (Command, cs, config, o) => [];
// node_modules/@aws-sdk/client-ecr/dist-es/commands/BatchGetImageCommand.js
var BatchGetImageCommand = class extends command(_ep0, _mw0, "BatchGetImage", BatchGetImage$) {};
// node_modules/@aws-sdk/client-ecr/dist-es/commands/DescribeImagesCommand.js
var DescribeImagesCommand = class extends command(_ep0, _mw0, "DescribeImages", DescribeImages$) {};
// node_modules/@aws-sdk/client-ecr/dist-es/commands/DescribePullThroughCacheRulesCommand.js
var DescribePullThroughCacheRulesCommand = class extends command(_ep0, _mw0, "DescribePullThroughCacheRules", DescribePullThroughCacheRules$) {};
// node_modules/@aws-sdk/client-ecr/dist-es/pagination/DescribePullThroughCacheRulesPaginator.js
const paginateDescribePullThroughCacheRules = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.vt)(ECRClient, DescribePullThroughCacheRulesCommand, "nextToken", "nextToken", "maxResults");
// src/aws/manifests.ts
const MANIFEST_LISTS = ["application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json"];
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
// src/aws/ecr.ts
function createEcr(config, { account: registryId, region }) {
	const client = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.gt)("ecr", new ECRClient({
		...config,
		region
	}));
	const ask = (action, send) => (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.yt)(`ecr:${action}`, async () => region, send);
	return {
		image: async ({ repository: repositoryName, tag, digest }, abortSignal) => {
			const command = new DescribeImagesCommand({
				registryId,
				repositoryName,
				imageIds: [idOf$1(tag, digest)]
			});
			try {
				const { imageDetails } = await ask("DescribeImages", () => client.send(command, { abortSignal }));
				return imageOf$1(imageDetails?.[0]);
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
			const pages = paginateDescribePullThroughCacheRules({ client }, { registryId }, { abortSignal });
			return (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.Z)(pages, ({ pullThroughCacheRules: rules = [] }) => rules.map(({ ecrRepositoryPrefix }) => ecrRepositoryPrefix ?? ""));
		})
	};
}
function idOf$1(imageTag, imageDigest) {
	return imageDigest === void 0 ? { imageTag } : { imageDigest };
}
function imageOf$1(detail) {
	if (detail?.imageDigest === void 0) return "image";
	const isList = MANIFEST_LISTS.some((type) => type === detail.imageManifestMediaType);
	return {
		digest: detail.imageDigest,
		isList,
		...detail.imageStatus === void 0 ? {} : { status: detail.imageStatus },
		...detail.imageSizeInBytes === void 0 ? {} : { bytes: detail.imageSizeInBytes }
	};
}
function missing(error) {
	const code = error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_6__.s ? error.facts.code : void 0;
	if (code === "ImageNotFoundException") return "image";
	if (code === "RepositoryNotFoundException") return "repository";
	throw error;
}
// src/aws/lookups.ts
function createLookups(config, region) {
	return {
		region,
		cluster: async (cluster, region, abortSignal) => {
			const client = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.gt)("ecs", new _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.tt({
				...config,
				region
			}));
			const command = new DescribeClustersCommand({ clusters: [cluster] });
			const send = () => client.send(command, { abortSignal });
			const { clusters, failures } = await (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.yt)("ecs:DescribeClusters", async () => region, send);
			return clusters?.[0] ?? (failures?.some(({ reason }) => reason === "MISSING") ? "missing" : "not-described");
		},
		logGroup: async (group, region, abortSignal) => {
			const client = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.gt)("logs", new CloudWatchLogsClient({
				...config,
				region
			}));
			const command = new DescribeLogGroupsCommand({
				logGroupNamePrefix: group,
				limit: 50
			});
			const send = () => client.send(command, { abortSignal });
			const { logGroups } = await (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.yt)("logs:DescribeLogGroups", async () => region, send);
			return logGroups?.find(({ logGroupName }) => logGroupName === group) ?? "missing";
		},
		registry: (registry) => createEcr(config, registry),
		network: (region) => createEc2(config, region)
	};
}
// src/explain/wording.ts
const GAP = "…";
const END = "\n";
function mostSpecific(rows, text) {
	const said = sameSpelling(text);
	return longestWording(wordingsOf(rows.filter(({ general }) => !general)), said) ?? longestWording(wordingsOf(rows.filter(({ general }) => general)), said);
}
function wordingsOf(rows) {
	return rows.flatMap((row) => row.patterns.map((pattern) => wording(row, pattern)));
}
function wording(row, pattern) {
	const pieces = sameSpelling(pattern).replace(/^\^|\$$/g, END).split(GAP).map((piece) => piece.replace(/^ | $/g, ""));
	return {
		row,
		pieces,
		length: pieces.join("").length
	};
}
function sameSpelling(text) {
	return text.toLowerCase().replace(/[‘’]/g, "'").replace(/\s+/g, " ").replace(/\bcannot\b|\bcan not\b/g, "can't");
}
function longestWording(wordings, said) {
	const text = END + said + END;
	let best;
	for (const one of wordings) if (one.length > (best?.length ?? 0) && occurs(one, text)) best = one;
	return best?.row;
}
function anyOccurs(wordings, said) {
	const text = END + said + END;
	return wordings.some((one) => occurs(one, text));
}
function occurs({ pieces }, text) {
	let from = 0;
	for (const piece of pieces) {
		const at = text.indexOf(piece, from);
		if (at < 0) return false;
		from = at + piece.length;
	}
	return true;
}
// src/explain/api-errors.ts
const GUIDE$1 = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide";
const API_REFERENCE = "https://docs.aws.amazon.com/AmazonECS/latest/APIReference";
const IAM_GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide";
const GITHUB_OIDC = "https://docs.github.com/en/actions/reference/security/oidc";
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
		id: "id-token-ended",
		patterns: ["needs the job's OIDC token … It gave one before: the job's own token"],
		cause: "GitHub gives this job no OIDC token any more, though it gave one before: the job's own token has ended, which was seen 6 h 10 min after the job began.",
		remedy: "Permissions are not what is missing. Let a job end within 6 hours, one with fewer databases for instance; a migration that takes longer needs credentials that need no OIDC token, such as the role of a self-hosted runner.",
		source: "https://github.com/Azure/azure-cli/issues/28778"
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
		id: "web-identity-keys-unread",
		patterns: ["Couldn't retrieve verification key from your identity provider", "InvalidIdentityToken … verification key"],
		cause: "AWS could not fetch GitHub's keys, by which it checks this job's token.",
		remedy: "Run it again: this mostly passes in a moment. With GitHub Enterprise Server, AWS must be able to reach its token issuer.",
		source: "https://github.com/aws/aws-cli/issues/7194"
	},
	{
		id: "web-identity-token-expired",
		patterns: ["Token expired: current date/time", "ExpiredTokenException: Token expired"],
		cause: "The job's OIDC token had expired when AWS looked at it, and so had a second one that was fetched at once.",
		remedy: "Set the clock of the runner. Run it again.",
		source: "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html"
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
		names: true,
		patterns: ["ClusterNotFoundException", "Cluster not found"],
		cause: "There is no such cluster in this Region and account.",
		remedy: "Check `cluster` and `aws-region`, and that the job has the credentials of the right account.",
		source: `${API_REFERENCE}/API_RunTask.html`
	},
	{
		id: "cluster-inactive",
		names: true,
		patterns: ["Cluster is inactive", "Cluster was not ACTIVE"],
		cause: "The cluster was deleted.",
		remedy: "Check `cluster`, or create the cluster again.",
		source: `${API_REFERENCE}/API_DeleteCluster.html`
	},
	{
		id: "definition-not-yet-known",
		names: true,
		patterns: ["TaskDefinition not found"],
		cause: "ECS did not know the revision yet that it had just registered.",
		remedy: "Run it again: what is registered is known everywhere within seconds.",
		source: "https://github.com/hashicorp/terraform-provider-aws/issues/45553",
		transient: true
	},
	{
		id: "definition-missing",
		names: true,
		patterns: ["Unable to describe task definition", "The specified task definition does not exist"],
		cause: "There is no such task definition in this Region and account, or none that is active.",
		remedy: "Check `task-definition` (family, family:revision or ARN) and `aws-region`.",
		source: `${API_REFERENCE}/API_DescribeTaskDefinition.html`
	},
	{
		id: "definition-inactive",
		names: true,
		patterns: ["TaskDefinition is inactive"],
		cause: "The revision was deregistered before the task could be started from it.",
		remedy: "Run it again; if something deregisters revisions of this family by itself, leave those of run-ecs-migration out.",
		source: `${API_REFERENCE}/API_RunTask.html`
	},
	{
		id: "service-missing",
		names: true,
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
		id: "image-invalid-name",
		patterns: [
			"Container.image contains invalid characters",
			"Container.image … invalid characters",
			"Container.image repository … must be"
		],
		quotes: true,
		cause: "An image in the task definition has a name that no registry accepts.",
		remedy: "Write it as registry/repository:tag or registry/repository@sha256:…, in lower case but for the tag, and without https:// and variables; in image-uri for the migration, in the task definition for the other containers.",
		source: "https://github.com/aws-actions/amazon-ecs-render-task-definition/issues/49"
	},
	{
		id: "log-stream-prefix-missing",
		patterns: ["log configuration options to include awslogs-stream-prefix"],
		cause: "A container of the task definition logs by awslogs without awslogs-stream-prefix, which Fargate wants.",
		remedy: "Set the log option awslogs-stream-prefix of that container in the task definition, to the name of the service for instance.",
		source: "https://github.com/aws/aws-cdk/issues/1422"
	},
	{
		id: "log-group-not-set",
		patterns: ["Log driver awslogs requires options"],
		cause: "A container of the task definition logs by awslogs without awslogs-group or awslogs-region.",
		remedy: "Set the log options awslogs-group (the name of a log group) and awslogs-region (its Region) of that container in the task definition.",
		source: "https://github.com/aws-cloudformation/cfn-lint/issues/1787"
	},
	{
		id: "not-for-fargate",
		patterns: ["does not support launch_type FARGATE", "PlatformTaskDefinitionIncompatibilityException"],
		cause: "The task definition does not fit Fargate.",
		remedy: "Leave it to its service, and register one for migrations of its own: with networkMode awsvpc, requiresCompatibilities FARGATE, and cpu and memory at task level in a pair that Fargate offers. Name that in `task-definition`.",
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
		id: "ec2-throttled",
		patterns: [
			"Error retrieving security group information … Request limit exceeded",
			"Error retrieving subnet information … Request limit exceeded",
			"ErrorCode: RequestLimitExceeded",
			"ErrorCode: Throttling",
			"Error retrieving security group information … Rate exceeded",
			"Error retrieving subnet information … Rate exceeded"
		],
		cause: "EC2 refused what ECS asked it about subnets and security groups: the account makes too many EC2 calls.",
		remedy: "Run it again, lower max-parallel, and find out what else in the account calls EC2 so often.",
		source: "https://github.com/dask/dask-cloudprovider/issues/56",
		transient: true
	},
	{
		id: "task-quota",
		patterns: ["reached the limit on the number of tasks"],
		cause: "The account runs as many Fargate tasks as it may.",
		remedy: "Wait until others have ended, lower max-parallel, or ask AWS for more.",
		source: `${GUIDE$1}/service-quotas.html`,
		waits: true
	},
	{
		id: "vcpu-quota",
		patterns: ["reached the limit on the number of vCPUs", "vCPUs you can run concurrently"],
		cause: "The Fargate tasks that run in this account and Region take all the vCPUs it may use at once.",
		remedy: "Wait until others have ended, lower max-parallel, or ask for more in Service Quotas: Fargate, \"Fargate On-Demand vCPU resource count\".",
		source: `${GUIDE$1}/service-quotas.html`,
		waits: true
	},
	{
		id: "cpu-limit",
		patterns: ["requested CPU configuration is above your limit"],
		cause: "The task asks for more CPU than this account may give one task.",
		remedy: "Lower `cpu` of the task definition, or ask for more in Service Quotas: Fargate, \"Fargate On-Demand vCPU resource count\". A new account begins with little.",
		source: "https://github.com/dask/dask-cloudprovider/issues/299"
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
		quotes: true,
		cause: "This Region does not offer something that the task definition asks for.",
		remedy: "Compare the task definition with what Fargate offers in this Region.",
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
		id: "name-unknown",
		kinds: ["unreachable"],
		patterns: ["ENOTFOUND", "EAI_AGAIN"],
		cause: "The runner cannot find the address of AWS's endpoint: its name is not resolved.",
		remedy: "Check `aws-region`, AWS_ENDPOINT_URL if it is set, and the DNS of the runner; behind a proxy, HTTPS_PROXY and NO_PROXY.",
		source: "https://docs.aws.amazon.com/general/latest/gr/ecs-service.html"
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
		remedy: "The input role-to-assume is not set or empty: does the variable that it is read from exist in this repository or environment? Set it and give the job `permissions: id-token: write`, or run aws-actions/configure-aws-credentials before this step.",
		source: "https://github.com/aws-actions/configure-aws-credentials"
	},
	conflict: {
		id: "conflict",
		names: true,
		quotes: true,
		cause: "ECS already knows this launch with other parameters: another run was first.",
		remedy: "Wait until the other run has ended, and run it again.",
		source: `${API_REFERENCE}/API_RunTask.html`
	},
	"not-found": {
		id: "not-found",
		names: true,
		quotes: true,
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
	untrusted: {
		id: "certificate-untrusted",
		cause: "The runner does not trust the certificate it was shown: something in between, such as a proxy that opens TLS, answers with one of an authority that Node.js does not know.",
		remedy: "Set NODE_EXTRA_CA_CERTS, in `env` of this step or of the job, to a PEM file on the runner with the certificate of that authority (AWS_CA_BUNDLE has no effect here), or let the connection pass unopened.",
		source: "https://nodejs.org/api/cli.html#node_extra_ca_certsfile"
	},
	proxy: {
		id: "proxy-refused",
		cause: "A proxy between the runner and AWS refused the call; it did not come from AWS.",
		remedy: "Check user and password in HTTPS_PROXY, let the proxy pass this host, or name the host in NO_PROXY if it is reached without.",
		source: "https://docs.github.com/en/actions/how-tos/manage-runners/self-hosted-runners/use-proxy-servers"
	},
	aborted: {
		id: "aborted",
		cause: "The call was given up because the run was ended.",
		remedy: "Run it again.",
		source: `${API_REFERENCE}/CommonErrors.html`
	},
	rejected: {
		id: "rejected",
		names: true,
		quotes: true,
		cause: "AWS rejected the call.",
		remedy: "Correct what AWS names, in the inputs or in the task definition.",
		source: `${API_REFERENCE}/CommonErrors.html`
	}
};
function findApiError(error) {
	const { kind, code } = error.facts;
	return mostSpecific(API_ERRORS.filter(({ kinds }) => kinds === void 0 || kinds.includes(kind)), `${code}: ${error.message}`) ?? ERROR_KINDS[kind];
}
function findRefusal(text) {
	return mostSpecific(API_ERRORS, text);
}
function isQuota(failures) {
	return failures.some(({ reason = "" }) => findRefusal(reason)?.waits === true);
}
function isTransientApiError(error) {
	return findApiError(error).transient === true;
}
// src/migration/waits.ts
function waitsOf(containers, container) {
	const waits = [];
	const open = [container];
	const seen = new Set(open);
	for (let waiting = open.shift(); waiting !== void 0; waiting = open.shift()) {
		const { dependsOn = [] } = containers.find(({ name }) => name === waiting) ?? {};
		for (const { containerName: on = "", condition = "START" } of dependsOn) {
			waits.push({
				waiting,
				on,
				condition
			});
			if (!seen.has(on)) open.push(on);
			seen.add(on);
		}
	}
	return waits;
}
function failedWait(task, waits) {
	if (task.startedAt !== void 0) return void 0;
	const { containers = [], stopCode } = task;
	for (const wait of waits) {
		const waiting = containers.find(({ name }) => name === wait.waiting);
		const on = containers.find(({ name }) => name === wait.on);
		const isProof = stopCode === void 0 || /container ordering dependency/.test(waiting?.reason ?? "");
		if (on === void 0 || !fails(wait, on, isProof)) continue;
		return {
			...wait,
			...on.exitCode !== void 0 && { exitCode: on.exitCode }
		};
	}
}
function fails({ condition }, { exitCode, lastStatus, healthStatus }, isProof) {
	if (condition === "START") return false;
	if (condition === "SUCCESS" && exitCode !== void 0) return exitCode !== 0;
	if (condition === "COMPLETE" && exitCode !== void 0) return false;
	return isProof && lastStatus === "STOPPED" && healthStatus !== "HEALTHY";
}
function isAwaited(name, waits) {
	return waits.some(({ on, condition }) => on === name && (condition === "SUCCESS" || condition === "COMPLETE"));
}
const CONDITIONS = {
	START: "start",
	COMPLETE: "end",
	SUCCESS: "success",
	HEALTHY: "health check"
};
function failedWaitText({ on, exitCode, waiting, condition }, container) {
	const end = exitCode === void 0 ? `${on} did not run` : `${on} exited with ${exitCode}`;
	const chain = waiting === container ? "" : `, ${container} waits for ${waiting}`;
	return `${end}; ${waiting} waits for its ${CONDITIONS[condition]}${chain} and cannot start.`;
}
// src/migration/outcome.ts
function refusedFor(problems) {
	return {
		kind: "refused",
		cause: "problems",
		problems
	};
}
function cancelledBy({ reason }) {
	return {
		kind: "cancelled",
		signal: String(reason),
		left: false
	};
}
const NO_HISTORY = {
	endedBeforeStop: false,
	endedEarlier: []
};
function remember(earlier, task, who, stopAsked) {
	const seen = hasStarted(task) ? {
		...earlier,
		hasRun: true
	} : earlier;
	if (stopAsked) return seen;
	const history = waited(seen, task, who);
	if (hasEnded(containerOf(task, who.container))) return stoppedByOthers(task) ? history : {
		...history,
		endedBeforeStop: true
	};
	const [other] = othersEnded$1(task, who);
	return {
		...history,
		...other && history.endedFirst === void 0 && { endedFirst: other },
		endedEarlier: [...history.endedEarlier, ...newlyEnded(history, task, who)]
	};
}
function hasStarted({ startedAt, lastStatus }) {
	return startedAt !== void 0 || lastStatus === "RUNNING";
}
function waited(history, task, who) {
	const isStopped = stoppedByOthers(task) && task.stopCode !== "TaskFailedToStart";
	if (history.failedWait !== void 0 || isStopped || othersEnded$1(task, who).length > 0) return history;
	const failed = failedWait(task, who.waits);
	return failed === void 0 ? history : {
		...history,
		failedWait: failed
	};
}
function newlyEnded({ endedEarlier }, task, who) {
	if (task.stopCode !== void 0) return [];
	const known = new Set(endedEarlier.map(({ container }) => container));
	const isNews = (name) => !known.has(name) && !isAwaited(name, who.waits) && !isInjected(name);
	return ended(task, (name) => name !== who.container && isNews(name));
}
function isInjected(name) {
	return name?.startsWith("aws-guardduty-agent") === true;
}
function othersEnded$1(task, who) {
	return ended(task, (name) => name !== who.container && who.essential.has(name));
}
function ended(task, isMeant) {
	return (task.containers ?? []).filter((container) => container.name !== void 0 && isMeant(container.name) && hasEnded(container)).map(({ name = "", exitCode }) => ({
		container: name,
		...exitCode !== void 0 && { exitCode }
	}));
}
function judge(task, who, history, ourStop) {
	const ours = containerOf(task, who.container);
	const over = isOver(task);
	if (history.failedWait !== void 0 && ourStop === void 0) return dependencyFailed$1(task, history.failedWait);
	if (ours?.exitCode === void 0) return over ? withoutExitCode$1(task, history, ourStop) : void 0;
	if (task.stopCode === void 0 && !over) return void 0;
	const { exitCode } = ours;
	if (!endedByItself(task, history, ourStop)) return endedByStop(task, ourStop, exitCode);
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
function dependencyFailed$1(task, failed) {
	return isOver(task) || task.stopCode !== void 0 ? {
		kind: "not-started",
		cause: "dependency",
		failed
	} : void 0;
}
function endedByStop({ stopCode }, ourStop, exitCode) {
	if (ourStop !== void 0) return {
		...ourStop,
		exitCode
	};
	return {
		kind: "failed",
		cause: stopCode === "TaskFailedToStart" ? "start-failed" : "stopped-from-outside",
		exitCode
	};
}
function isOver(task) {
	return task.lastStatus === "STOPPED" || task.lastStatus === "DELETED";
}
const LONGEST_DEPROVISIONING_MS = 6e4;
function stoppedBy(task) {
	const { desiredStatus, executionStoppedAt, stoppingAt } = task;
	if (isOver(task) || desiredStatus !== "STOPPED") return void 0;
	const killed = stoppingAt && stoppingAt.getTime() + 12e4;
	const end = executionStoppedAt?.getTime() ?? killed;
	return end === void 0 ? void 0 : new Date(end + LONGEST_DEPROVISIONING_MS);
}
function containerOf(task, name) {
	const [first, ...more] = (task.containers ?? []).filter((container) => container.name === name);
	return [first, ...more].find((one) => one?.exitCode !== 0) ?? first;
}
function stoppedByOthers({ stopCode }) {
	return stopCode !== void 0 && stopCode !== "EssentialContainerExited";
}
function hasEnded(container) {
	return container?.exitCode !== void 0 || container?.lastStatus === "STOPPED";
}
function endedByItself(task, history, ourStop) {
	if (task.stopCode === "EssentialContainerExited") return true;
	if (ourStop !== void 0 && history.endedBeforeStop) return true;
	const { createdAt = 0, executionStoppedAt, stoppingAt } = task;
	if (executionStoppedAt === void 0 || stoppingAt === void 0) return false;
	return createdAt <= executionStoppedAt && executionStoppedAt < stoppingAt;
}
function withoutExitCode$1(task, history, ourStop) {
	if (task.stopCode === "TaskFailedToStart" && history.hasRun !== true) return {
		kind: "not-started",
		cause: "never-ran"
	};
	if (ourStop !== void 0) return ourStop;
	if (history.hasRun !== true && !hasStarted(task) && !endedByUnknown(task)) return {
		kind: "not-started",
		cause: "never-ran"
	};
	if (history.endedFirst !== void 0) return endedByOther(history.endedFirst, void 0);
	return {
		kind: "failed",
		cause: task.stopCode === "EssentialContainerExited" ? "no-exit-code" : "stopped-from-outside"
	};
}
function endedByUnknown({ stopCode, containers = [] }) {
	return stopCode === "EssentialContainerExited" && containers.every(({ exitCode }) => exitCode === void 0);
}
const TERMINATED = 143;
function whoEndedIt(task, who, exitCode) {
	if (exitCode !== TERMINATED || task.stopCode !== "EssentialContainerExited") return void 0;
	const others = othersEnded$1(task, who);
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
function mayStillRun(outcome) {
	return outcome.kind === "unknown" || (outcome.kind === "timed-out" || outcome.kind === "cancelled") && outcome.left;
}
function isFailure(outcome) {
	return outcome.kind !== "succeeded" && outcome.kind !== "dry-run";
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
const WAY_OUT$1 = "Give the task's subnets a way out: a route to a NAT gateway, or VPC endpoints (ecr.api, ecr.dkr, a gateway endpoint for S3, and logs, secretsmanager or ssm where used). In a subnet with nothing but an internet gateway set assign-public-ip: true. Security groups must let port 443 out of the task, and into the endpoints from the task.";
const EXECUTION_ROLE = "the task execution role (executionRoleArn of the task definition)";
const REGISTRY_AND_SECRETS = [
	{
		id: "ecr-login-unreachable",
		byNetwork: true,
		patterns: [
			"registry auth from Amazon ECR … connection issue",
			"registry auth … GetAuthorizationToken … timeout",
			"registry auth … GetAuthorizationToken … deadline exceeded",
			"unable to retrieve ecr registry auth … timeout",
			"unable to retrieve ecr registry auth … deadline exceeded",
			"registry auth … api.ecr. … i/o timeout"
		],
		cause: "The task could not reach Amazon ECR to log in: its network has no working way to the ECR API.",
		remedy: WAY_OUT$1,
		source: CONNECTIVITY
	},
	{
		id: "ecr-login-denied",
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
		byNetwork: true,
		general: true,
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
		byNetwork: true,
		general: true,
		patterns: [
			"unable to pull secrets or registry auth: pull command failed",
			"registry auth … signal: killed",
			"registry auth … deadline exceeded",
			"registry auth … i/o timeout"
		],
		cause: "The task got no answer from Amazon ECR, Secrets Manager or Systems Manager: most often its network has no way out.",
		remedy: WAY_OUT$1,
		source: CONNECTIVITY
	},
	{
		id: "registry-or-secrets",
		byNetwork: true,
		general: true,
		patterns: ["unable to pull secrets or registry auth"],
		cause: "Before the container could start, the task failed to fetch its secrets or to log in to the registry.",
		remedy: `Check the way out of the task's subnets, that each secret of the definition exists in this Region, and that ${EXECUTION_ROLE} may read it.`,
		source: RESOURCES
	},
	{
		id: "parameter-store-unreachable",
		byNetwork: true,
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
		patterns: ["invalid ssm parameters", "retrieve secrets from ssm … ParameterNotFound"],
		cause: "A parameter that the task definition names in `secrets` is not in Parameter Store of this Region.",
		remedy: "Create the parameter under exactly that name in this Region, or correct `valueFrom` in the task definition.",
		source: `${GUIDE}/secrets-envvar-ssm-paramstore.html`
	},
	{
		id: "parameter-denied",
		patterns: ["not authorized to perform: ssm:GetParameters", "retrieve secrets from ssm … AccessDenied"],
		cause: "The task execution role may not read a parameter that the task definition names in `secrets`.",
		remedy: `Allow ssm:GetParameters on that parameter (and kms:Decrypt on its own key, if it has one) in ${EXECUTION_ROLE}.`,
		source: `${GUIDE}/task_execution_IAM_role.html#task-execution-secrets`
	},
	{
		id: "parameter-store",
		byNetwork: true,
		general: true,
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
		byNetwork: true,
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
		patterns: ["can't find the specified secret value for staging label", "can't find the specified secret value"],
		cause: "The secret exists, but it holds no value in the version that the task definition asks for.",
		remedy: "Put a value into the secret, or ask for a version that exists.",
		source: MISSING
	},
	{
		id: "secret-denied",
		patterns: ["not authorized to perform: secretsmanager:GetSecretValue", "retrieve secret from asm … AccessDenied"],
		cause: "The task execution role may not read a secret that the task definition names.",
		remedy: `Allow secretsmanager:GetSecretValue on that secret (and kms:Decrypt on its own key, if it has one) in ${EXECUTION_ROLE}; the task role does not count here.`,
		source: `${GUIDE}/task_execution_IAM_role.html#task-execution-secrets`
	},
	{
		id: "secret-without-key",
		patterns: ["did not contain json key"],
		cause: "The secret was read, but it has no such JSON key as the task definition asks for.",
		remedy: "Add the key to the secret, or correct the key in `valueFrom` of the task definition (arn:key:stage:version).",
		source: `${GUIDE}/secrets-envvar-secrets-manager.html`
	},
	{
		id: "secret-not-json",
		patterns: ["retrieve secret from asm … invalid character"],
		cause: "The task definition asks for a JSON key of a secret whose value is not JSON.",
		remedy: "Store the secret as a JSON object, or leave the key out of `valueFrom` to take the whole value.",
		source: `${GUIDE}/secrets-envvar-secrets-manager.html`
	},
	{
		id: "secret-key-denied",
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
		byNetwork: true,
		general: true,
		patterns: [
			"registry auth … unable to retrieve secret from asm",
			"unable to retrieve secret from asm",
			"can't pull the secret from Secrets Manager"
		],
		cause: "The task could not read a secret from AWS Secrets Manager.",
		remedy: `Check the way out of the task's subnets (NAT gateway, or the endpoint secretsmanager), that the secret exists in this Region, and that ${EXECUTION_ROLE} allows secretsmanager:GetSecretValue.`,
		source: RESOURCES
	}
];
const LOG = [
	{
		id: "log-group-missing",
		patterns: ["The specified log group does not exist", "failed to validate logger args … ResourceNotFoundException"],
		cause: "The log group of the task definition does not exist, and ECS starts no container without its log.",
		remedy: `Create the log group in the Region of awslogs-region, or set awslogs-create-group: "true" and allow logs:CreateLogGroup in ${EXECUTION_ROLE}.`,
		source: `${GUIDE}/using_awslogs.html`
	},
	{
		id: "logs-unreachable",
		byNetwork: true,
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
		patterns: ["unable to get awslogs driver arguments", "awslogs-region is required"],
		cause: "The log configuration of the task definition lacks an option.",
		remedy: "Set awslogs-group, awslogs-region and awslogs-stream-prefix in the container of the task definition.",
		source: `${GUIDE}/using_awslogs.html`
	},
	{
		id: "log-driver",
		byNetwork: true,
		general: true,
		patterns: [
			"failed to validate logger args",
			"failed to initialize logging driver",
			"failed to create Cloudwatch log",
			"can't find the Amazon CloudWatch log group"
		],
		cause: "The log of the container could not be set up, and ECS starts no container without it.",
		remedy: `Check that the log group exists in the Region of awslogs-region, that the task's subnets have a way to CloudWatch Logs, and that ${EXECUTION_ROLE} allows logs:CreateLogStream.`,
		source: RESOURCES
	}
];
const VOLUMES_AND_FILES = [
	{
		id: "efs-unreachable",
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
		patterns: ["failed to invoke EFS utils … Failed to resolve"],
		cause: "The name of the EFS file system could not be resolved in the VPC.",
		remedy: "Check the file system id and its mount targets, and turn on DNS resolution and DNS hostnames of the VPC.",
		source: RESOURCES
	},
	{
		id: "efs-denied",
		patterns: ["failed to invoke EFS utils … access denied by server", "failed to invoke EFS utils … AccessDenied"],
		cause: "The EFS file system refused the mount.",
		remedy: "Allow elasticfilesystem:ClientMount (and ClientWrite) to the task role in its policy and in the policy of the file system; check the access point.",
		source: RESOURCES
	},
	{
		id: "efs-path",
		patterns: ["failed to invoke EFS utils … No such file or directory"],
		cause: "The folder that the volume names as its root does not exist on the EFS file system.",
		remedy: "Create the folder, or correct rootDirectory of the volume in the task definition.",
		source: RESOURCES
	},
	{
		id: "efs",
		general: true,
		patterns: ["failed to invoke EFS utils", "ResourceInitializationError … failed to invoke EFS utils"],
		cause: "An EFS volume of the task could not be mounted.",
		remedy: "Check the mount targets in the task's Availability Zones, port 2049 between the security groups, and the file system id.",
		source: RESOURCES
	},
	{
		id: "environment-file-denied",
		patterns: ["failed to download env files … Forbidden", "failed to download env files … AccessDenied"],
		cause: "The task execution role may not read an environment file of the task definition from S3.",
		remedy: `Allow s3:GetObject on the file and s3:GetBucketLocation on its bucket in ${EXECUTION_ROLE}.`,
		source: `${GUIDE}/use-environment-file.html`
	},
	{
		id: "environment-file",
		byNetwork: true,
		general: true,
		patterns: ["failed to download env files"],
		cause: "An environment file of the task definition could not be read from S3.",
		remedy: `Check that the file exists, that the task's subnets have a way to S3, and that ${EXECUTION_ROLE} allows s3:GetObject.`,
		source: `${GUIDE}/use-environment-file.html`
	},
	{
		id: "volume",
		patterns: ["CannotCreateVolumeError"],
		cause: "A volume of the task definition could not be created.",
		remedy: "Check the volumes and mount points of the task definition; a migration seldom needs any.",
		source: `${GUIDE}/cannot-create-volume.html`
	}
];
const IMAGE$2 = [
	{
		id: "image-denied",
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
		byNetwork: true,
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
		remedy: WAY_OUT$1,
		source: CONNECTIVITY
	},
	{
		id: "image-layers-unreachable",
		byNetwork: true,
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
		id: "image-denied-ghcr",
		patterns: [
			"CannotPullContainer … ghcr.io … 403 Forbidden",
			"CannotPullContainer … ghcr.io … 401 Unauthorized",
			"CannotPullContainer … ghcr.io … failed to authorize",
			"CannotPullContainer … failed to authorize … ghcr.io … 403 Forbidden",
			"CannotPullContainer … failed to authorize … ghcr.io … 401 Unauthorized",
			"CannotPullContainer … pull access denied for ghcr.io",
			"CannotPullContainer … ghcr.io … denied"
		],
		cause: "GitHub's container registry did not let the task pull the image: the package is private, or there is none of that name.",
		remedy: `Give the container repositoryCredentials in the task definition: a Secrets Manager secret with a GitHub user and a token that may read packages, which ${EXECUTION_ROLE} may read. Or copy the image to Amazon ECR, or make the package public.`,
		source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/private-auth.html"
	},
	{
		id: "image-layers-refused",
		patterns: [
			"unexpected status code … starport-layer-bucket",
			"unexpected status code … .s3 … .amazonaws.com",
			"failed open: unexpected status code … .s3 … .amazonaws.com … 403 Forbidden"
		],
		cause: "Amazon S3, where ECR keeps the layers of the image, refused to hand one out.",
		remedy: "Let the policy of the S3 endpoint allow s3:GetObject on arn:aws:s3:::prod-REGION-starport-layer-bucket/*, and the policy of the ecr.dkr endpoint the pull.",
		source: PULL
	},
	{
		id: "image-registry-fault",
		patterns: [
			"CannotPullContainer … unexpected status … 500 Internal Server Error",
			"CannotPullContainer … unexpected status … 502 Bad Gateway",
			"CannotPullContainer … unexpected status … 503 Service Unavailable",
			"CannotPullContainer … unexpected status … 504 Gateway Timeout"
		],
		cause: "The registry failed inside while the task pulled the image.",
		remedy: "Look at the registry's status page, and run it again.",
		source: PULL
	},
	{
		id: "image-refused",
		general: true,
		patterns: ["failed open: unexpected status code", "CannotPullContainer … unexpected status"],
		cause: "The registry, or the store in which it keeps the layers, did not hand the image out; its answer was cut off.",
		remedy: `Check that the image exists under exactly that name and that ${EXECUTION_ROLE} may pull it. For ECR, let the policies of the endpoints for S3 and ecr.dkr allow the pull; for Docker Hub look at its rate limit.`,
		source: PULL
	},
	{
		id: "image-attestation",
		patterns: ["CannotPullContainer … application/vnd.in-toto", "could not fetch content descriptor … vnd.in-toto … not found"],
		cause: "What the digest in image-uri names is no image: it is the attestation (provenance or SBOM, in-toto) that a build pushes beside one.",
		remedy: "Give the digest of the image or of its index: the output `digest` of docker/build-push-action, or imageDigest of `aws ecr describe-images --image-ids imageTag=TAG`. Or build without attestations (`provenance: false`).",
		source: "https://docs.docker.com/build/metadata/attestations/attestation-storage/"
	},
	{
		id: "image-layers-mixed",
		patterns: ["number of layers and diffIDs don't match"],
		cause: "Fargate could not unpack the image: its layers are compressed in more than one way (gzip and zstd).",
		remedy: "Build it with one compression for all layers (`--output type=image,compression=gzip,force-compression=true`).",
		source: "https://vrnithinkumar.github.io/2025/02/17/aws-ecs-docker-pull-error"
	},
	{
		id: "image-invalid-name",
		patterns: [
			"invalid reference format",
			"failed to parse image reference",
			"CannotPullContainer … invalid reference format",
			"repository name must be lowercase",
			"repository name … must be lowercase"
		],
		cause: "An image in the task definition has a name that no registry accepts.",
		remedy: "Write it as registry/repository:tag or registry/repository@sha256:…, in lower case but for the tag, and without https://; in image-uri for the migration, in the task definition for the other containers.",
		source: "https://pkg.go.dev/github.com/distribution/reference"
	},
	{
		id: "image-missing",
		patterns: [
			"CannotPullContainer … failed to resolve ref … not found",
			"CannotPullContainer … repository … not found",
			"CannotPullContainer … manifest unknown",
			"CannotPullContainer … manifest for … not found",
			"CannotPullContainer … does not exist",
			"CannotPullContainer … unexpected status … 404 Not Found",
			"CannotPullContainer … failed open: content at … not found"
		],
		cause: "The registry has no such image: the tag or digest, or the repository, is not there.",
		remedy: "Check image-uri letter by letter (account, Region, repository, tag), that the build pushed it, and that no lifecycle policy has removed it.",
		source: PULL
	},
	{
		id: "image-not-resolved",
		byNetwork: true,
		general: true,
		patterns: ["failed to resolve ref", "pull image manifest has been retried"],
		cause: "The task could not find out what image the name stands for: the tag is gone, or the registry did not answer.",
		remedy: "Check that the image exists under exactly that name, and that the task's subnets have a way to its registry.",
		source: PULL
	},
	{
		id: "image-architecture",
		patterns: ["does not contain descriptor matching platform", "no matching manifest for"],
		cause: "The image was not built for the processor of the task.",
		remedy: "Build it for that platform (`docker buildx build --platform linux/amd64`, or `linux/arm64` for ARM64), or set runtimePlatform.cpuArchitecture of the task definition to the image’s.",
		source: `${GUIDE}/task_definition_parameters.html#runtime-platform`
	},
	{
		id: "image-rate-limit",
		patterns: [
			"reached your pull rate limit",
			"reached your unauthenticated pull rate limit",
			"increase-rate-limit",
			"unexpected status code https://registry-1.docker.io",
			"CannotPullContainer … unexpected status … docker.io … 429 Too Many Requests",
			"CannotPullContainer … unexpected status … 429 Too Many Requests … pull rate limit"
		],
		cause: "Docker Hub allows no more pulls for now: without a login all tasks behind one address share a small number.",
		remedy: "Keep the image in Amazon ECR (a pull-through cache will do), or log in with repositoryCredentials.",
		source: "https://docs.docker.com/docker-hub/usage/"
	},
	{
		id: "image-throttled",
		patterns: [
			"toomanyrequests",
			"CannotPullContainer … 429 Too Many Requests",
			"CannotPullContainer … unexpected status … 429 Too Many Requests"
		],
		cause: "The registry allows no more pulls for now.",
		remedy: "Run it again later, and lower max-parallel if this run starts many tasks at once. For a registry outside AWS, keep the image in Amazon ECR (a pull-through cache will do).",
		source: PULL
	},
	{
		id: "image-too-large",
		patterns: ["no space left on device"],
		cause: "The image does not fit on the disk of the task.",
		remedy: "Set ephemeralStorage in the task definition (21 to 200 GiB), or make the image smaller.",
		source: PULL
	},
	{
		id: "image-registry-name",
		byNetwork: true,
		patterns: ["CannotPullContainer … no such host"],
		cause: "The name of the registry could not be resolved.",
		remedy: "Check the host in image-uri, and turn on DNS resolution (enableDnsSupport) of the VPC.",
		source: CONNECTIVITY
	},
	{
		id: "image-certificate",
		patterns: ["CannotPullContainer … x509"],
		cause: "The registry showed a certificate that AWS does not trust.",
		remedy: "Give the registry a certificate of a public authority, or keep the image in Amazon ECR.",
		source: PULL
	},
	{
		id: "image-pull-cancelled",
		byNetwork: true,
		patterns: ["CannotPullContainer … context canceled"],
		cause: "Pulling the image was given up, most often because the task has no way to the registry.",
		remedy: WAY_OUT$1,
		source: PULL
	},
	{
		id: "image-configuration",
		byNetwork: true,
		patterns: ["error pulling image conf"],
		cause: "The configuration of the image could not be fetched: a rate limit, or a fault of the network.",
		remedy: "Check the way from the task's subnets to the registry and to S3, and the registry's limits.",
		source: PULL
	},
	{
		id: "image-pull",
		byNetwork: true,
		general: true,
		patterns: [
			"CannotPullContainerError",
			"CannotPullContainer",
			"CannotPullImageManifestError"
		],
		cause: "The image could not be pulled.",
		remedy: `Check that the image exists under exactly that name, that the task's subnets have a way to its registry, and that ${EXECUTION_ROLE} may pull it.`,
		source: PULL
	}
];
const NETWORK_AND_CAPACITY = [
	{
		id: "interface-timeout",
		patterns: ["Timeout waiting for network interface provisioning", "timeout wait for network interface provision"],
		cause: "AWS did not get the task's network interface ready in time.",
		remedy: "Run it again; if it keeps on happening, try other subnets and look at the AWS Health Dashboard.",
		source: START,
		transient: true
	},
	{
		id: "interface-rate",
		patterns: ["Rate limit exceeded while preparing network interface"],
		cause: "The account asked for too many network interfaces at once.",
		remedy: "Run it again, and lower max-parallel if this run starts many tasks at once.",
		source: `${GUIDE}/throttling.html`,
		transient: true
	},
	{
		id: "storage-timeout",
		patterns: ["Timeout waiting for EphemeralStorage provisioning"],
		cause: "AWS did not get the disk of the task ready in time.",
		remedy: "Run it again; if it keeps on happening, try other subnets and look at the AWS Health Dashboard.",
		source: START,
		transient: true
	},
	{
		id: "subnet-full",
		byNetwork: true,
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
		byNetwork: true,
		general: true,
		patterns: ["Unexpected EC2 error while attempting to Create Network Interface", "NetworkInterfaceLimitExceeded"],
		cause: "Amazon EC2 refused to create the network interface of the task.",
		remedy: "Check that the subnet has free addresses, that the security groups exist in its VPC, and the quota \"Network interfaces per Region\".",
		source: START
	},
	{
		id: "compute-incompatible",
		patterns: ["not compatible with the selected compute strategy"],
		cause: "The task definition does not fit Fargate.",
		remedy: "Leave it to its service, and register one for migrations of its own: with networkMode awsvpc, requiresCompatibilities FARGATE, and cpu and memory at task level in a pair that Fargate offers. Name that in `task-definition`.",
		source: START
	},
	{
		id: "capacity",
		patterns: ["Capacity is unavailable at this time", "^RESOURCE:FARGATE"],
		cause: "AWS has no Fargate capacity of this size in these Availability Zones for now.",
		remedy: "Run it again in a while, and name subnets of several Availability Zones.",
		source: "https://repost.aws/knowledge-center/ecs-fargate-runtask-capacity",
		transient: true
	},
	{
		id: "no-resource",
		patterns: ["^RESOURCE:"],
		cause: "The cluster has nothing left of a resource that the task asks for.",
		remedy: "Ask for less in the task definition, or run it again later; name several subnets.",
		source: FAILURES
	},
	{
		id: "made-for-instances",
		patterns: [
			"^RESOURCE:CPU",
			"^RESOURCE:MEMORY",
			"^RESOURCE:ENI",
			"^RESOURCE:GPU",
			"^RESOURCE:PORTS",
			"^AGENT$",
			"^LOCATION$",
			"^ATTRIBUTE$",
			"^NO ACTIVE INSTANCES$",
			"^EMPTY CAPACITY PROVIDER$",
			"MemberOf placement constraint unsatisfied",
			"Host EC2 (instance … terminated",
			"Container instance deregistration forced by user"
		],
		cause: "ECS names EC2 instances, and this action launches on Fargate, which has none.",
		remedy: "Register a task definition for migrations that is made for Fargate: without placementConstraints, resourceRequirements and hostPort, with cpu and memory at task level.",
		source: FAILURES
	},
	{
		id: "not-there",
		patterns: ["^MISSING$", "^INACTIVE$"],
		cause: "ECS does not find, or no longer uses, what the launch names.",
		remedy: "Check the cluster and the Region.",
		source: FAILURES
	},
	{
		id: "internal-error",
		patterns: ["InternalError:"],
		cause: "ECS failed inside while it set the task up; most often the network interface came too late.",
		remedy: "Run it again; if it keeps on happening, open a case with AWS Support and name the task.",
		source: START,
		transient: true
	}
];
const STOPPED = [
	{
		id: "out-of-memory",
		patterns: [
			"OutOfMemoryError",
			"OutOfMemoryError: Container killed due to memory usage",
			"killed due to memory usage"
		],
		cause: "The container used more memory than it was given and was killed.",
		remedy: "Raise the input `memory`, which also takes away a limit of the container itself, or let the migration work in smaller batches. All containers of a Fargate task share its memory.",
		source: `${GUIDE}/out-of-memory.html`
	},
	{
		id: "spot-interruption",
		patterns: ["SpotInterruption", "Your Spot Task was interrupted"],
		cause: "Fargate Spot took its capacity back in the middle of the task.",
		remedy: "Run migrations on demand, never on Spot: this action asks for launch type FARGATE.",
		source: `${GUIDE}/spot-interruption-errors.html`
	},
	{
		id: "host-maintenance",
		patterns: ["performing maintenance on the underlying infrastructure", "task retirement"],
		cause: "AWS retired the host of the task while it ran.",
		remedy: "Find out from the log and the database how far the migration came, then run it again.",
		source: `${GUIDE}/task-maintenance.html`
	},
	{
		id: "health-check-failed",
		patterns: ["failed container health checks"],
		cause: "ECS stopped the task because the health check of a container failed.",
		remedy: "Take the healthCheck out of the container in the task definition that migrations use, or let it pass while a migration runs.",
		source: `${GUIDE}/healthcheck.html`
	},
	{
		id: "scaled-in",
		patterns: ["Scaling activity initiated by"],
		cause: "A service scaled in and stopped the task.",
		remedy: "Run migrations as tasks of their own, as this action does, not as tasks of a service.",
		source: `${GUIDE}/stopped-task-errors.html`
	},
	{
		id: "stopped-by-user",
		patterns: ["Task stopped by user", "stopped by user"],
		cause: "Somebody, or another program, stopped the task.",
		remedy: "AWS CloudTrail shows who called StopTask. Find out how far the migration came before you run it again.",
		source: "https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html"
	},
	{
		id: "essential-container-exited",
		general: true,
		patterns: ["Essential container in task"],
		cause: "A container that is essential ended, and the task with it.",
		remedy: "The exit code and the log of that container tell why.",
		source: `${GUIDE}/stopped-task-errors.html`
	}
];
const CONTAINER_START = [
	{
		id: "runtime-timeout",
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
		patterns: ["exec format error"],
		cause: "The program in the image was built for another processor, or is a script without a first line (#!).",
		remedy: "Build the image for the platform of the task (`docker buildx build --platform linux/amd64`, or `linux/arm64` for ARM64), or set runtimePlatform.cpuArchitecture.",
		source: CANNOT_START
	},
	{
		id: "command-not-executable",
		patterns: ["CannotStartContainer … permission denied", "OCI runtime create failed … permission denied"],
		cause: "The program that the container is to run is not executable, or not for the user of the container.",
		remedy: "Set its permission in the image (chmod +x), and check `user` of the task definition.",
		source: CANNOT_START
	},
	{
		id: "user-missing",
		patterns: ["unable to find user", "no matching entries in passwd file"],
		cause: "The image has no such user as the container is to run as.",
		remedy: "Correct `user` of the task definition, or create the user in the image.",
		source: CANNOT_START
	},
	{
		id: "resource-limits",
		patterns: ["error setting rlimit", "CannotStartContainer … ulimit"],
		cause: "The task definition asks for a limit (ulimits) that Fargate does not grant.",
		remedy: "Lower ulimits in the task definition; for nofile 1048576 is the most.",
		source: CANNOT_START
	},
	{
		id: "container-status",
		patterns: ["failed to get container status"],
		cause: "The container could not be started; most often it wants more memory than it is given.",
		remedy: "Raise the input `memory`, which also takes away a limit of the container itself.",
		source: CANNOT_START
	},
	{
		id: "container-start",
		general: true,
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
		patterns: ["CannotStopContainerError"],
		cause: "ECS could not stop the container.",
		remedy: "Find out from the log and the database how far the migration came before you run it again.",
		source: CODES
	},
	{
		id: "container-inspect",
		patterns: ["CannotInspectContainerError"],
		cause: "ECS could not find out about the container from its runtime.",
		remedy: "Run it again; if it keeps on happening, open a case with AWS Support and name the task.",
		source: CODES
	},
	{
		id: "container-runtime",
		general: true,
		patterns: ["ContainerRuntimeError"],
		cause: "The container runtime of AWS failed inside.",
		remedy: "Run it again; if it keeps on happening, open a case with AWS Support and name the task.",
		source: `${GUIDE}/container-runtime-error.html`
	},
	{
		id: "resource-initialization",
		byNetwork: true,
		general: true,
		patterns: ["ResourceInitializationError"],
		cause: "ECS could not set up something that the task needs before its containers start.",
		remedy: WAY_OUT$1,
		source: RESOURCES
	}
];
const STOP_REASONS = [
	...about$1("Registry login and secrets", REGISTRY_AND_SECRETS),
	...about$1("Log", LOG),
	...about$1("Volumes and files", VOLUMES_AND_FILES),
	...about$1("Image", IMAGE$2),
	...about$1("Network interface and capacity", NETWORK_AND_CAPACITY),
	...about$1("Stopped while it ran", STOPPED),
	...about$1("Container start", CONTAINER_START)
];
function about$1(topic, rows) {
	return rows.map((row) => ({
		...row,
		topic
	}));
}
function findStopReason(text) {
	return mostSpecific(STOP_REASONS, text.trim().replace(/^TaskFailedToStart:\s*/, ""));
}
function findLaunchFailure({ reason = "", detail = "" }) {
	return findStopReason(reason) ?? findStopReason(detail);
}
function reasonsOf(task) {
	const own = (task.containers ?? []).filter(({ name }) => !isInjected(name));
	return [task.stoppedReason, ...own.map(({ reason }) => reason)].flatMap((reason) => reason === void 0 || reason.trim() === "" ? [] : [reason]);
}
function knownReason(task) {
	return reasonsOf(task ?? {}).map(findStopReason).find((row) => row !== void 0);
}
function isTransientStartFailure(task) {
	return reasonsOf(task).map(findStopReason)[0]?.transient === true;
}
function isTransientLaunchFailure(refused) {
	return refused.length > 0 && refused.every((failure) => findLaunchFailure(failure)?.transient === true);
}
// src/github/results.ts
function resultChannels(folder) {
	return {
		output: (name, value) => (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.wt)(name, value),
		resultsFile: (document) => {
			const path = (0,node_path__WEBPACK_IMPORTED_MODULE_12__.join)(folder, "results.json");
			(0,node_fs__WEBPACK_IMPORTED_MODULE_13__.writeFileSync)(path, document, { mode: 384 });
			return path;
		},
		summary: async (markdown) => {
			if ((process.env.GITHUB_STEP_SUMMARY ?? "") !== "") await summary$1.addRaw(markdown).write();
		}
	};
}
// src/github/run-context.ts
function sourceUrl(env) {
	const { GITHUB_SERVER_URL = "https://github.com", GITHUB_ACTION_REPOSITORY, GITHUB_ACTION_REF } = env;
	if (!GITHUB_ACTION_REPOSITORY || !GITHUB_ACTION_REF) return void 0;
	return `${GITHUB_SERVER_URL}/${GITHUB_ACTION_REPOSITORY}/blob/${GITHUB_ACTION_REF}`;
}
async function readRunIdentity(nonce) {
	const { context } = await __webpack_require__.e(/* import() */ 534).then(__webpack_require__.bind(__webpack_require__, 534));
	const repository = process.env.GITHUB_REPOSITORY || "local/local";
	return {
		repository,
		runUrl: `${context.serverUrl}/${repository}/actions/runs/${context.runId || 0}/attempts/${context.runAttempt || 1}`,
		actor: context.actor ?? "",
		commit: context.sha ?? "",
		nonce
	};
}
// src/preflight/judgement.ts
const NOTHING_WRONG = {
	refusals: [],
	warnings: []
};
const NOTHING_CHECKED = {
	refusals: [],
	warnings: [],
	checked: [],
	missingPermissions: [],
	unchecked: []
};
// src/preflight/cluster.ts
function judgeCluster(cluster, region, described) {
	const status = described?.status;
	if (described === void 0 || status === "INACTIVE") return {
		refusals: [{
			code: "cluster-not-found",
			reason: described ? `The cluster ${cluster} in Region ${region} is INACTIVE: it was deleted.` : `There is no cluster ${cluster} in Region ${region}.`,
			remedy: "Check the inputs cluster and aws-region, and that the credentials are those of the right account.",
			evidence: [`ecs:DescribeClusters answered ${described ? "INACTIVE" : "MISSING"} for ${cluster}`]
		}],
		warnings: []
	};
	if (status === void 0 || status === "ACTIVE") return NOTHING_WRONG;
	return {
		refusals: [],
		warnings: [{
			code: "cluster-not-active",
			reason: `The cluster ${cluster} is ${status}, not ACTIVE: ECS may refuse the task.`,
			remedy: "Wait until the cluster is ACTIVE, or see in the ECS console what its capacity providers are missing.",
			evidence: [`ecs:DescribeClusters answered ${status} for ${described.clusterArn ?? cluster}`]
		}]
	};
}
// src/preflight/deadline.ts
var TooLate = class extends Error {};
function deadline(ms, signal) {
	const controller = new AbortController();
	(0,node_events__WEBPACK_IMPORTED_MODULE_10__.setMaxListeners)(0, controller.signal);
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
			stop();
		}
	};
}
function raced(work, signal) {
	if (signal === void 0) return work;
	return new Promise((resolve, reject) => {
		const giveUp = () => reject(new TooLate());
		if (signal.aborted) giveUp();
		signal.addEventListener("abort", giveUp, { once: true });
		work.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp));
	});
}
// src/preflight/describe-image.ts
function isInEcr(image) {
	return image?.ecr !== void 0;
}
const USUAL_CACHE_PREFIXES = [
	"docker-hub",
	"ecr-public",
	"quay",
	"kubernetes",
	"github",
	"gitlab",
	"chainguard"
];
function imageSource({ registry }) {
	return {
		image: memoised((image, signal) => raced(registry(image.ecr).image(image, signal), signal)),
		platforms: (image, digest, signal) => registry(image.ecr).platforms(image, digest, signal),
		cachePrefixes: memoised((of, signal) => raced(registry(of).cacheRules(signal), signal).catch((error) => {
			if (signal.aborted) throw error;
			return USUAL_CACHE_PREFIXES;
		}))
	};
}
async function resolvedDigest(image, source, limit) {
	const answers = Promise.all([source.image(image, limit.signal), source.cachePrefixes(image.ecr, limit.signal)]);
	const [found, prefixes] = await limit.race(answers);
	return typeof found === "object" && cacheRule(image, prefixes) === void 0 ? found.digest : void 0;
}
async function describeImage(image, { images, limit, gaps }) {
	const { signal } = limit;
	const found = await gaps.note("the image", limit.race(images.image(image, signal)));
	if (found === void 0) return void 0;
	if (typeof found === "string") return absentImage(image, found, images, limit);
	const platforms = found.isList ? await gaps.note("the image's architecture", limit.race(images.platforms(image, found.digest, signal))) : void 0;
	return {
		found: true,
		digest: found.digest,
		...found.status === void 0 ? {} : { status: found.status },
		...found.bytes === void 0 ? {} : { bytes: found.bytes },
		...platforms === void 0 ? {} : { platforms }
	};
}
async function absentImage(image, missing, { cachePrefixes }, limit) {
	const rule = cacheRule(image, await limit.race(cachePrefixes(image.ecr, limit.signal)).catch(() => USUAL_CACHE_PREFIXES));
	return {
		found: false,
		missing,
		...rule === void 0 ? {} : { cacheRule: rule }
	};
}
function cacheRule({ repository }, prefixes) {
	return prefixes.find((prefix) => prefix === "ROOT" || repository.startsWith(`${prefix}/`));
}
function memoised(ask) {
	const asked = /* @__PURE__ */ new Map();
	return (key, signal) => {
		const text = JSON.stringify(key);
		const known = asked.get(text);
		if (known !== void 0) return known;
		const promise = ask(key, signal);
		asked.set(text, promise);
		promise.catch(() => asked.delete(text));
		return promise;
	};
}
// src/preflight/describe-network.ts
const UNKNOWN_VPC = "vpc-00000000000000000";
function unlessUnknown(error) {
	if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_6__.s && error.facts.kind === "not-found")) throw error;
}
async function describeNetwork(ec2, asked, { limit, gaps }) {
	const { signal } = limit;
	const note = (what, work) => gaps.note(what, limit.race(work));
	const ids = asked.securityGroups;
	const askedGroups = ids.length === 0 ? [] : note("the security groups", ec2.securityGroups(ids, signal));
	const subnets = await note("the subnets", ec2.subnets(asked.subnets, signal));
	const vpc = subnets?.[0]?.VpcId ?? (await askedGroups)?.[0]?.VpcId;
	const at = vpc ?? UNKNOWN_VPC;
	const ofVpc = (what, work) => note(what, vpc === void 0 ? work.then(() => void 0, unlessUnknown) : work);
	const attribute = (name) => ofVpc("the DNS settings of the VPC", ec2.attribute(at, name, signal));
	const [groups, neighbours, otherGroups, routeTables, natGateways, endpoints, networkAcls, dnsSupport, dnsHostnames] = await Promise.all([
		askedGroups,
		ofVpc("the subnets", ec2.subnetsOf(at, signal)),
		ofVpc("the security groups", ec2.securityGroupsOf(at, signal)),
		ofVpc("the route tables", ec2.routeTablesOf(at, signal)),
		ofVpc("the NAT gateways", ec2.natGatewaysOf(at, signal)),
		ofVpc("the VPC endpoints", ec2.endpointsOf(at, signal)),
		ofVpc("the network ACLs", ec2.networkAclsOf(at, signal)),
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
function together(first, second, id) {
	return first && [...new Map([...first, ...second ?? []].map((item) => [id(item), item])).values()];
}
function withoutUndefined(value) {
	const entries = Object.entries(value).filter(([, member]) => member !== void 0);
	return Object.fromEntries(entries);
}
// src/preflight/gaps.ts
function createGaps(limitMs) {
	const seen = /* @__PURE__ */ new Set();
	const missed = /* @__PURE__ */ new Set();
	const denied = /* @__PURE__ */ new Set();
	const failed = /* @__PURE__ */ new Map();
	const keep = (what, error) => {
		if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_6__.s && error.facts.kind === "access-denied") {
			denied.add(error.facts.action);
			return;
		}
		const why = error instanceof TooLate || error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_6__.s && error.facts.kind === "aborted" ? `no answer from AWS within ${limitMs / 1e3} s` : messageOf(error);
		failed.set(why, (failed.get(why) ?? /* @__PURE__ */ new Set()).add(what));
	};
	return {
		note: async (what, work) => {
			try {
				const result = await work;
				if (result !== void 0) seen.add(what);
				return result;
			} catch (error) {
				missed.add(what);
				keep(what, error);
				return;
			}
		},
		seen: () => [...seen].filter((what) => !missed.has(what)),
		denied: () => [...denied].sort(),
		unchecked: () => [...failed].map(([why, whats]) => `Not checked: ${[...whats].join(", ")} (${why}).`)
	};
}
function messageOf(error) {
	if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_6__.s) return error.inFull;
	return error instanceof Error ? error.message : String(error);
}
// src/preflight/image.ts
function wantedPlatform(runtime) {
	return {
		os: runtime?.operatingSystemFamily?.startsWith("WINDOWS") ? "windows" : "linux",
		architecture: runtime?.cpuArchitecture === "ARM64" ? "arm64" : "amd64"
	};
}
function judgeImage(image, lookup, runtime) {
	if (!lookup.found) return lookup.cacheRule === void 0 ? refused$1(lookup.missing === "repository" ? noRepository(image) : noImage(image)) : {
		refusals: [],
		warnings: [notCachedYet(image, lookup.cacheRule)]
	};
	if (lookup.status === "ARCHIVED") return refused$1(archived(image, lookup.digest));
	const wanted = wantedPlatform(runtime);
	const offered = lookup.platforms;
	if (offered && !offered.some(({ os, architecture }) => os === wanted.os && architecture === wanted.architecture)) return refused$1(wrongPlatform(image, wanted, offered));
	return NOTHING_WRONG;
}
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
	return `account ${ecr?.account}, Region ${ecr?.region}`;
}
function noRepository(image) {
	return {
		code: "image-repository-not-found",
		reason: `There is no ECR repository ${image.repository} in ${place(image)}, so the image ${image.uri} cannot be pulled.`,
		remedy: "Check account, Region and repository in image-uri; create the repository and push the image if they are right.",
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
	const byDigest = image.digest !== void 0;
	return {
		code: "image-not-cached-yet",
		reason: byDigest ? `The image ${image.uri} is not in ECR yet, and a pull by digest most likely does not make the pull-through cache rule ${rule} fetch it.` : `The image ${image.uri} is not in ECR yet: the pull-through cache rule ${rule} fetches it at its first pull, so whether it exists upstream is not known.`,
		remedy: byDigest ? `Pull it once by its tag (docker pull ${image.name}:TAG), which caches it, or give the tag in image-uri.` : "Nothing, if the upstream registry has it and the execution role may ecr:BatchImportUpstreamImage and ecr:CreateRepository. Pull it once by hand to be sure."
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
// src/preflight/log-group.ts
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
function unreadableLogGroup({ container, group, region }, logGroupClass) {
	return {
		code: "log-class",
		reason: `The log group ${group} of container ${container} in Region ${region} is of the class ${logGroupClass}, so this step cannot show the log: read it with CloudWatch Logs Insights.`,
		remedy: "For a log in this step, name a group of the Standard class in the input log-group or in the task definition.",
		evidence: [`logs:DescribeLogGroups in ${region} answers ${logGroupClass} for ${group}`]
	};
}
function missingLogGroup({ container, group, region }) {
	return {
		code: "log-group-not-found",
		reason: `The log group ${group} of container ${container} does not exist in Region ${region}, so the container cannot start.`,
		remedy: `Create the log group (aws logs create-log-group --log-group-name ${group} --region ${region}), or set awslogs-create-group to "true" in the task definition and let the execution role logs:CreateLogGroup.`,
		evidence: [`logs:DescribeLogGroups in ${region} does not list ${group}`]
	};
}
// src/preflight/needs.ts
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
	const image = uri === void 0 ? void 0 : (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.z)(uri);
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
// src/preflight/network/cidr.ts
const EVERYWHERE = "0.0.0.0/0";
const BLOCK = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;
function range(cidr) {
	const parts = BLOCK.exec(cidr)?.slice(1).map(Number);
	if (parts === void 0) return void 0;
	const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = parts;
	const size = 2 ** (32 - prefix);
	const address = ((a * 256 + b) * 256 + c) * 256 + d;
	const first = address - address % size;
	return [first, first + size - 1];
}
function relation(cidr, other) {
	const [one, two] = [range(cidr), range(other)];
	if (one === void 0 || two === void 0 || one[1] < two[0] || two[1] < one[0]) return "disjoint";
	return one[0] <= two[0] && one[1] >= two[1] ? "covers" : "overlaps";
}
const PRIVATE_BLOCKS = [
	"10.0.0.0/8",
	"172.16.0.0/12",
	"192.168.0.0/16",
	"100.64.0.0/10"
];
function isPrivate(cidr) {
	return PRIVATE_BLOCKS.some((each) => relation(each, cidr) === "covers");
}
// src/preflight/network/vpc.ts
function listed$1(words) {
	return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
function routeTableOf(network, subnetId) {
	const vpc = network.subnets?.find(({ SubnetId }) => SubnetId === subnetId)?.VpcId;
	const tables = network.routeTables ?? [];
	return tables.find(({ Associations = [] }) => Associations.some(({ SubnetId }) => SubnetId === subnetId)) ?? tables.find(({ VpcId, Associations = [] }) => VpcId === vpc && Associations.some(({ Main }) => Main === true));
}
// src/preflight/network/network-acl.ts
const EPHEMERAL = [1024, 65535];
function judgeAcl(network, subnetId, port) {
	const acl = network.networkAcls?.find(({ Associations = [] }) => Associations.some((one) => one.SubnetId === subnetId));
	if (acl === void 0) return { kind: "open" };
	return judgeOutbound(acl, port) ?? judgeInbound(acl) ?? { kind: "open" };
}
function judgeOutbound(acl, port) {
	const blocks = allowedBlocks(acl, true, [port, port]);
	if (blocks.includes("0.0.0.0/0")) return void 0;
	const remedy = `Allow TCP port ${port} out to ${EVERYWHERE} in ${acl.NetworkAclId}`;
	if (blocks.length === 0) return closed(acl, `lets nothing out to TCP port ${port}`, remedy);
	return doubt(acl, `lets TCP port ${port} out only to ${listed$1(blocks)}`, remedy);
}
function judgeInbound(acl) {
	const blocks = allowedBlocks(acl, false, EPHEMERAL);
	if (blocks.includes("0.0.0.0/0")) return void 0;
	const remedy = `Allow TCP ports 1024-65535 in from ${EVERYWHERE} in ${acl.NetworkAclId}`;
	if (blocks.length > 0) return doubt(acl, `lets answers in only from ${listed$1(blocks)}`, remedy);
	return closed(acl, "lets no answer in: no TCP port from 1024 to 65535 is allowed inbound, and network ACLs keep no state", remedy);
}
function closed({ NetworkAclId: acl = "" }, because, remedy) {
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
function allowedBlocks(acl, egress, ports) {
	const blocks = [];
	const rules = (acl.Entries ?? []).filter((entry) => entry.Egress === egress && entry.CidrBlock !== void 0).sort((one, other) => (one.RuleNumber ?? 0) - (other.RuleNumber ?? 0));
	for (const rule of rules) {
		if (rule.RuleAction === "allow" && touches(rule, ports)) blocks.push(rule.CidrBlock ?? "");
		if (rule.RuleAction === "deny" && rule.CidrBlock === "0.0.0.0/0" && holdsAll(rule, ports)) break;
	}
	return blocks;
}
function portsOf({ Protocol, PortRange }) {
	if (Protocol === "-1") return [0, 65535];
	if (Protocol !== "6") return void 0;
	return [PortRange?.From ?? 0, PortRange?.To ?? 65535];
}
function touches(rule, [from, to]) {
	const ports = portsOf(rule);
	return ports !== void 0 && ports[0] <= to && from <= ports[1];
}
function holdsAll(rule, [from, to]) {
	const ports = portsOf(rule);
	return ports !== void 0 && ports[0] <= from && to <= ports[1];
}
function rulesFor(port, rules) {
	return (rules ?? []).filter(({ IpProtocol, FromPort, ToPort }) => {
		if (IpProtocol === "-1") return true;
		return (IpProtocol === "tcp" || IpProtocol === "6") && (FromPort ?? 0) <= port && port <= (ToPort ?? 65535);
	});
}
function egressOf(groups, port) {
	const rules = groups.flatMap(({ IpPermissionsEgress }) => rulesFor(port, IpPermissionsEgress));
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
function outToInternet(egress, overIpv6) {
	if (egress.blocks.includes("0.0.0.0/0")) return "yes";
	return egress.prefixLists.length > 0 || egress.blocks.some((cidr) => !isPrivate(cidr)) || egress.ipv6 && overIpv6 ? "maybe" : "no";
}
function outToS3(egress, prefixList) {
	if (prefixList !== void 0 && egress.prefixLists.includes(prefixList)) return "yes";
	return outToInternet(egress, false);
}
function outToEndpoint(egress, endpoint, subnets, s3) {
	const groups = (endpoint.Groups ?? []).map(({ GroupId }) => GroupId);
	if (egress.groups.some((id) => groups.includes(id))) return "yes";
	const passage = best(blocksOf(endpoint.SubnetIds ?? [], subnets).map((block) => passageOf(egress.blocks, block)));
	return passage === "no" && egress.prefixLists.some((id) => id !== s3) ? "maybe" : passage;
}
function intoEndpoint(endpointGroups, taskGroups, subnet) {
	const rules = endpointGroups.flatMap(({ IpPermissions }) => rulesFor(443, IpPermissions));
	if (rules.flatMap(({ UserIdGroupPairs = [] }) => UserIdGroupPairs.map(({ GroupId }) => GroupId ?? "")).some((id) => taskGroups.includes(id))) return "yes";
	const passage = passageOf(rules.flatMap(({ IpRanges = [] }) => IpRanges.map(({ CidrIp }) => CidrIp ?? "")), subnet.CidrBlock);
	if (passage === "yes") return "yes";
	return rules.some(({ PrefixListIds = [], Ipv6Ranges = [] }) => PrefixListIds.length + Ipv6Ranges.length > 0) ? "maybe" : passage;
}
function blocksOf(ids, subnets) {
	const blocks = subnets.filter(({ SubnetId }) => SubnetId && ids.includes(SubnetId)).map(({ CidrBlock }) => CidrBlock);
	return blocks.length < ids.length || blocks.length === 0 ? [...blocks, void 0] : blocks;
}
function passageOf(rules, block) {
	if (rules.includes("0.0.0.0/0")) return "yes";
	if (rules.length === 0) return "no";
	if (block === void 0) return "maybe";
	const relations = rules.map((rule) => relation(rule, block));
	if (relations.includes("covers")) return "yes";
	return relations.includes("overlaps") ? "maybe" : "no";
}
function best(passages) {
	if (passages.every((passage) => passage === "yes")) return "yes";
	return passages.every((passage) => passage === "no") ? "no" : "maybe";
}
// src/preflight/network/endpoints.ts
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
const GONE = /* @__PURE__ */ new Set([
	"rejected",
	"failed",
	"expired",
	"deleting",
	"deleted"
]);
function wayThrough(network, table, service, endpoint) {
	const name = `endpoint ${endpoint.VpcEndpointId} for ${service}`;
	const state = endpoint.State?.toLowerCase() ?? "available";
	if (state.startsWith("pending")) return {
		kind: "doubt",
		because: `${name} is not ready yet (${endpoint.State})`
	};
	if (GONE.has(state)) return {
		kind: "none",
		because: `${name} is in state ${endpoint.State}`
	};
	if (state !== "available") return {
		kind: "doubt",
		because: `${name} is in state ${endpoint.State}`,
		endpoint
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
		kind: "doubt",
		because: `${name} has private DNS off: only a DNS zone of your own leads to it`
	};
	const off = [...dnsSupport === false ? ["enableDnsSupport"] : [], ...dnsHostnames === false ? ["enableDnsHostnames"] : []];
	if (off.length > 0) return {
		kind: "doubt",
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
const ENDPOINT_NAMES = { ecr: [
	"ecr.api",
	"ecr.dkr",
	"s3"
] };
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
	if (need.service === "registry") {
		const { host = "the registry" } = need;
		return [{
			label: host,
			region,
			port: Number(/:(\d+)$/.exec(host)?.[1] ?? 443),
			why
		}];
	}
	const services = need.service === "ecr" ? ENDPOINT_NAMES.ecr : [need.service];
	const elsewhere = region === taskRegion ? "" : ` (${region})`;
	return services.map((service) => ({
		label: `${service}${elsewhere}`,
		service,
		region,
		port: 443,
		why
	}));
}
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
function isAws({ service }) {
	return service !== void 0;
}
function grouped$1(items, keyOf) {
	const groups = /* @__PURE__ */ new Map();
	for (const item of items) groups.set(keyOf(item), [...groups.get(keyOf(item)) ?? [], item]);
	return groups;
}
function labels(paths) {
	return listed$1(paths.map(({ target }) => target.label));
}
function groupIds(groups) {
	return groups.map(({ GroupId }) => GroupId ?? "");
}
function subject(names, one, several) {
	return `${listed$1(names)} ${names.length === 1 ? one : several}`;
}
// src/preflight/network/firewalls.ts
function judgeEgressAtAll({ id, groups, targets }) {
	if (groups === void 0 || groups.length === 0) return [];
	const names = groupIds(groups);
	return [...grouped$1(targets, ({ port }) => port)].filter(([port]) => letsNothingOut(egressOf(groups, port))).map(([port, needed]) => ({
		code: "egress-closed",
		proof: needed.some(isAws),
		subnet: id,
		says: () => `${subject(names, "lets", "let")} nothing out on TCP port ${port}, and the task needs ${listed$1(needed.map(({ label }) => label))}`,
		remedy: `Allow TCP port ${port} out to 0.0.0.0/0 in ${listed$1(names)}.`,
		evidence: names.map((name) => `${name} has no outbound rule for TCP port ${port}`)
	}));
}
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
		const key = `${passage} ${listed$1(groupIds(own))}`;
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
function interfaceOf(way) {
	return way.kind === "interface" || way.kind === "doubt" ? way.endpoint : void 0;
}
function groupsOf(network, endpoint) {
	const ids = (endpoint.Groups ?? []).map(({ GroupId }) => GroupId);
	const found = (network.securityGroups ?? []).filter(({ GroupId }) => ids.includes(GroupId));
	return ids.length > 0 && found.length === ids.length ? found : void 0;
}
function endpointClosed({ id, vpc, subnet, groups = [] }, endpointGroup, { passage, paths, endpoints }) {
	const task = listed$1(groupIds(groups));
	const lets = passage === "no" ? "does not let" : "may not let";
	return {
		code: "endpoint-closed",
		proof: passage === "no",
		subnet: id,
		says: (subnets) => `${subject(subnets, "reaches", "reach")} ${labels(paths)} through ${listed$1(endpoints)}, whose security group ${endpointGroup} ${lets} ${task} in on TCP port 443`,
		remedy: `Allow TCP port 443 from ${task} in ${endpointGroup}.`,
		evidence: [`${listed$1(endpoints)} ${endpoints.length === 1 ? "has" : "have"} private DNS on and so ${endpoints.length === 1 ? "answers" : "answer"} for ${labels(paths)} in all of ${vpc}, NAT gateway or not`, `${endpointGroup} has no inbound rule that lets in TCP port 443 from all of ${id} (${subnet.CidrBlock}) or from ${task}`]
	};
}
function judgeEgress(site, exit, paths) {
	const { groups } = site;
	if (groups === void 0 || groups.length === 0) return [];
	const s3 = paths.map(({ endpoint }) => endpoint.kind === "gateway" ? endpoint.prefixList : void 0).find(Boolean);
	return [...grouped$1(paths, ({ target }) => target.port)].flatMap(([port, there]) => {
		const egress = egressOf(groups, port);
		if (letsNothingOut(egress)) return [];
		const passages = there.map((path) => ({
			path,
			passage: egressPassage(site, exit, path, egress, s3)
		}));
		const of = (passage) => passages.filter((one) => one.passage === passage).map(({ path }) => path);
		return [...narrowEgress(site, groups, port, of("no"), true), ...narrowEgress(site, groups, port, of("maybe"), false)];
	});
}
function egressPassage({ network, subnet }, exit, { target, endpoint }, egress, s3) {
	if (endpoint.kind === "interface") return outToEndpoint(egress, endpoint.endpoint, network.subnets ?? [], s3);
	if (endpoint.kind === "gateway") return outToS3(egress, endpoint.prefixList);
	if (exit.kind !== "open") return "yes";
	const passage = outToInternet(egress, (subnet.Ipv6CidrBlockAssociationSet ?? []).length > 0);
	const elsewhere = exit.elsewhere.length > 0 || endpoint.kind === "doubt" || !isAws(target);
	return passage === "no" && elsewhere ? "maybe" : passage;
}
function narrowEgress({ id }, groups, port, paths, proof) {
	if (paths.length === 0) return [];
	const names = groupIds(groups);
	const to = paths.map(({ target, endpoint }) => `${target.label}${passedBy(endpoint)}`);
	const orTo = paths.some(({ target }) => isAws(target)) ? ", or to the endpoints' security groups and S3's prefix list" : "";
	return [{
		code: "egress-narrow",
		proof,
		subnet: id,
		says: () => proof ? `${subject(names, "does", "do")} not let TCP port ${port} out to ${listed$1(to)}` : `${subject(names, "lets", "let")} TCP port ${port} out to some addresses only, which may not be those of ${listed$1(to)}`,
		remedy: `Allow TCP port ${port} out to 0.0.0.0/0 in ${listed$1(names)}${orTo}.`,
		evidence: groups.map((group) => rulesShown(group, port))
	}];
}
function passedBy(endpoint) {
	return endpoint.kind === "interface" || endpoint.kind === "gateway" ? ` (${endpoint.endpoint.VpcEndpointId})` : "";
}
function rulesShown(group, port) {
	const { blocks, prefixLists, groups, ipv6 } = egressOf([group], port);
	const allowed = [
		...blocks,
		...prefixLists,
		...groups,
		...ipv6 ? ["IPv6 addresses"] : []
	];
	return `${group.GroupId} lets TCP port ${port} out to ${listed$1(allowed.slice(0, 10)) || "nothing"}`;
}
function judgeNetworkAcl({ network, id, subnet }, paths) {
	const overIpv6 = (subnet.Ipv6CidrBlockAssociationSet ?? []).length > 0;
	const crosses = ({ target, endpoint }) => isAws(target) && (endpoint.kind === "none" || endpoint.kind === "gateway");
	return [...grouped$1([...grouped$1(paths, ({ target }) => target.port)].flatMap(([port, there]) => {
		const judged = judgeAcl(network, id, port);
		if (judged.kind === "open") return [];
		return [{
			code: "network-acl",
			proof: judged.kind === "closed" && there.some(crosses) && !overIpv6,
			subnet: id,
			says: (subnets) => `the network ACL ${judged.acl} of ${listed$1(subnets)} ${judged.because}`,
			remedy: `${judged.remedy}.`,
			evidence: [`${id} uses ${judged.acl}, which ${judged.because}`]
		}];
	}), ({ evidence }) => evidence.join()).values()].flatMap((same) => same.find(({ proof }) => proof) ?? same[0] ?? []);
}
// src/preflight/network/placement.ts
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
	const where = account === void 0 ? `Region ${region}` : `Region ${region} of account ${account}`;
	return [{
		code: `${what.replace(" ", "-")}-not-found`,
		reason: `The task cannot start: ${listed$1(missing)} ${verb} not exist in ${where}.`,
		remedy: `Check the ${what} ids, and that credentials and Region are those of the network.`,
		evidence: missing.map((id) => `EC2 lists no ${what} ${id} in ${where}`)
	}];
}
function severalVpcs(subnets, placement) {
	const asked = subnets.filter(({ SubnetId }) => placement.subnets.includes(SubnetId ?? ""));
	if (new Set(asked.map(({ VpcId }) => VpcId)).size < 2) return [];
	const places = asked.map(({ SubnetId, VpcId }) => `${SubnetId} is in ${VpcId}`);
	return [{
		code: "several-vpcs",
		reason: `The task cannot start: all its subnets must be in one VPC, but ${listed$1(places)}.`,
		remedy: "Give subnets of one VPC only: the one from which the database can be reached.",
		evidence: places
	}];
}
function otherVpcGroups(network, sites) {
	const [site] = sites;
	if (site === void 0 || network.securityGroups === void 0) return [];
	const others = (site.groups ?? []).filter(({ VpcId }) => VpcId !== void 0 && VpcId !== site.vpc);
	if (others.length === 0) return [];
	const places = others.map(({ GroupId, VpcId }) => `${GroupId} is in ${VpcId}`);
	return [{
		code: "security-group-other-vpc",
		reason: `The task may not start: its subnets are in ${site.vpc}, but ${listed$1(places)}.`,
		remedy: `Give security groups of ${site.vpc}, or associate the group with that VPC.`,
		evidence: places
	}];
}
// src/preflight/network/routes.ts
function wayOut(network, subnet, placement) {
	const table = routeTableOf(network, subnet.SubnetId ?? "");
	if (table === void 0) return { kind: "unseen" };
	const elsewhere = routesElsewhere(table);
	const route = defaultRoute(table);
	const blocked = route ? followDefault(network, table, route, placement) : withoutDefault(subnet, table);
	if (blocked === void 0) return {
		kind: "open",
		elsewhere
	};
	const others = [...elsewhere, ...routesOverIpv6(subnet, table)];
	if (blocked.kind === "doubt" || others.length === 0) return blocked;
	return {
		kind: "doubt",
		code: "route-elsewhere",
		because: `${blocked.because}, and whose route ${listed$1(others)} may or may not lead to what the task needs`,
		remedy: `Make sure that the network behind it answers for these services; otherwise ${lowered(blocked.remedy)}`
	};
}
function lowered(order) {
	return order.charAt(0).toLowerCase() + order.slice(1);
}
function defaultRoute(table) {
	return table.Routes?.find(({ DestinationCidrBlock }) => DestinationCidrBlock === EVERYWHERE);
}
function targetOf(route) {
	return route.NatGatewayId ?? route.TransitGatewayId ?? route.VpcPeeringConnectionId ?? route.NetworkInterfaceId ?? route.InstanceId ?? route.EgressOnlyInternetGatewayId ?? route.LocalGatewayId ?? route.CarrierGatewayId ?? route.CoreNetworkArn ?? route.OdbNetworkArn ?? route.GatewayId ?? "an unknown target";
}
function isInternetGateway(route) {
	return route.GatewayId?.startsWith("igw-") === true;
}
function routesElsewhere(table) {
	return (table.Routes ?? []).filter((route) => route.State !== "blackhole" && route.GatewayId !== "local" && route.DestinationCidrBlock !== "0.0.0.0/0" && route.DestinationIpv6CidrBlock === void 0 && !(route.DestinationPrefixListId && route.GatewayId?.startsWith("vpce-"))).map((route) => `${route.DestinationCidrBlock ?? route.DestinationPrefixListId} to ${targetOf(route)}`);
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
		because: `which leads to the internet over IPv6 only (${listed$1(overIpv6)})`,
		remedy: `Make sure that image, secrets and logs are addressed by dual-stack names, or build ${newRoute}`
	};
}
function routesOverIpv6(subnet, table) {
	if (!subnet.Ipv6Native && (subnet.Ipv6CidrBlockAssociationSet ?? []).length === 0) return [];
	return (table.Routes ?? []).filter((route) => route.DestinationIpv6CidrBlock !== void 0 && route.GatewayId !== "local" && route.State !== "blackhole").map((route) => `${route.DestinationIpv6CidrBlock} to ${targetOf(route)}`);
}
function followDefault(network, table, route, placement) {
	if (route.State === "blackhole") return blackhole(table, route);
	if (isInternetGateway(route)) return placement.assignPublicIp ? void 0 : noPublicIp(table, route);
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
function natsOwnWayOut(network, nat, leads) {
	const regional = nat.AvailabilityMode === "regional";
	const table = regional ? network.routeTables?.find(({ RouteTableId }) => RouteTableId === nat.RouteTableId) : routeTableOf(network, nat.SubnetId ?? "");
	const route = table && defaultRoute(table);
	const where = regional ? "" : ` in ${nat.SubnetId}`;
	if (nat.ConnectivityType === "private") return privateNat(nat, route, leads);
	if (table === void 0) return void 0;
	if (route && isInternetGateway(route) && route.State !== "blackhole") return void 0;
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
	return [finding(false, doubtful, `, and ${listed$1(doubtful.map(doubtAbout))}`)];
}
function isDoubtful({ target, endpoint }) {
	return endpoint.kind === "doubt" || !isAws(target);
}
function doubtAbout({ target, endpoint }) {
	if (endpoint.kind === "doubt") return endpoint.because;
	return `whether a way leads to ${target.label} cannot be seen from here`;
}
function lacking(paths, code) {
	const because = ({ endpoint }) => endpoint.kind === "none" ? endpoint.because : void 0;
	const none = paths.filter((path) => because(path) === void 0);
	const link = code === "no-route" ? " and" : ", and there is";
	return [none.length > 0 ? `${link} no endpoint for ${labels(none)}` : "", ...paths.flatMap((path) => because(path) ?? [])].join("; ");
}
function remedyFor({ vpc, placement }, table, first, paths) {
	const services = paths.filter(({ target }) => isAws(target));
	if (services.length < paths.length) return `${first}.`;
	const byInterface = services.filter(({ target }) => target.service !== "s3");
	const group = listed$1(placement.securityGroups) || "the task's security group";
	return `${first}. Or, without the internet: ${[...byInterface.length > 0 ? [`interface endpoints for ${labels(byInterface)} in ${vpc}, with private DNS on and port 443 open to ${group}`] : [], ...services.length > byInterface.length ? [`a gateway endpoint for s3 on ${table.RouteTableId}`] : []].join(", and ")}.`;
}
function routesShown(table) {
	return (table.Routes ?? []).slice(0, 10).map((route) => {
		const to = route.DestinationCidrBlock ?? route.DestinationIpv6CidrBlock ?? route.DestinationPrefixListId;
		return `${table.RouteTableId}: ${to} to ${targetOf(route)}${route.State === "blackhole" ? " (blackhole)" : ""}`;
	});
}
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
function judgeNetwork(network, needs, placement) {
	const misplaced = judgePlacement(network, placement);
	if (misplaced.length > 0) return {
		refusals: misplaced,
		warnings: []
	};
	const targets = targetsOf(needs, placement.region);
	const sites = (network.subnets ?? []).filter(({ SubnetId }) => SubnetId && placement.subnets.includes(SubnetId)).map((subnet) => siteOf(network, placement, targets, subnet));
	const findings = sites.flatMap(judgeSite);
	const inEverySubnet = sites.every(({ id }) => findings.some(({ proof, subnet }) => proof && subnet === id));
	const problems = (proof) => problemsOf(findings.filter((one) => one.proof === proof), inEverySubnet);
	const doubts = [...problems(false), ...otherVpcGroups(network, sites)];
	return inEverySubnet ? {
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
		...judgeEgress(site, exit, paths),
		...judgeNetworkAcl(site, paths)
	];
}
function judgeAddresses({ id, subnet }) {
	if (subnet.AvailableIpAddressCount !== 0 || subnet.Ipv6Native) return [];
	return [{
		code: "no-free-address",
		proof: true,
		subnet: id,
		says: (subnets) => `${listed$1(subnets)} ${subnets.length === 1 ? "has" : "have"} no free IP address`,
		remedy: "Free addresses (old network interfaces, idle tasks), or give further or larger subnets.",
		evidence: [`${id} (${subnet.CidrBlock}) has 0 free addresses`]
	}];
}
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
function problemsOf(findings, inEverySubnet) {
	const alike = /* @__PURE__ */ new Map();
	for (const finding of findings) {
		const key = `${finding.code} ${finding.says([""])}`;
		alike.set(key, [...alike.get(key) ?? [], finding]);
	}
	return [...alike.values()].map((group) => problemOf$1(group, inEverySubnet));
}
function problemOf$1(group, inEverySubnet) {
	const [first] = group;
	const subnets = group.map(({ subnet }) => subnet);
	return {
		code: first.code,
		reason: `${opening(first.proof, inEverySubnet, subnets)}${first.says(subnets)}.`,
		remedy: first.remedy,
		evidence: [.../* @__PURE__ */ new Set([...group.flatMap(({ evidence }) => evidence.slice(0, 1)), ...group.flatMap(({ evidence }) => evidence)])]
	};
}
function opening(proof, inEverySubnet, subnets) {
	if (!proof) return "The task may not start: ";
	return inEverySubnet ? "The task cannot start: " : `The task cannot start if ECS places it in ${subnets.join(" or ")}: `;
}
// src/preflight/checks.ts
function createChecks(lookups, limitMs = 8e3) {
	const images = imageSource(lookups);
	return {
		run: async (request, signal) => {
			const limit = deadline(limitMs, signal);
			try {
				return await check({
					lookups,
					region: await lookups.region(),
					images,
					limit,
					gaps: createGaps(limitMs)
				}, request);
			} catch (error) {
				return {
					...NOTHING_CHECKED,
					unchecked: [`Nothing was checked: ${messageOf(error)}`]
				};
			} finally {
				limit.end();
			}
		},
		resolveDigest: async (uri, signal, longestMs = limitMs) => {
			const image = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.z)(uri);
			if (!isInEcr(image) || image.digest !== void 0) return image?.digest;
			const limit = deadline(longestMs, signal);
			try {
				return await resolvedDigest(image, images, limit);
			} catch {
				return;
			} finally {
				limit.end();
			}
		}
	};
}
async function check(looking, request) {
	const image = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.z)(request.image);
	const [lookup, cluster, logGroups, placed] = await Promise.all([
		isInEcr(image) ? describeImage(image, looking) : void 0,
		checkCluster(looking, request.cluster),
		checkLogGroups(looking, request),
		checkNetwork(looking, request)
	]);
	const definition = await settled(request.definition);
	const runtime = definition?.runtimePlatform;
	const judged = image && lookup ? judgeImage(image, lookup, runtime) : NOTHING_WRONG;
	return {
		refusals: [
			...about("cluster", cluster.refusals),
			...about("image", judged.refusals),
			...about("log", logGroups.refusals),
			...about("network", placed.refusals)
		],
		warnings: [
			...cluster.warnings,
			...judged.warnings,
			...logGroups.warnings,
			...placed.warnings
		],
		checked: inWords(looking.gaps.seen()),
		missingPermissions: looking.gaps.denied(),
		...lookup?.found && lookup.bytes !== void 0 && { imageBytes: lookup.bytes },
		unchecked: [
			...image && !image.ecr ? [uncheckedImage(image)] : [],
			...noImages(definition),
			...looking.gaps.unchecked()
		]
	};
}
const NETWORK_PARTS = [
	"the subnets",
	"the security groups",
	"the route tables",
	"the NAT gateways",
	"the VPC endpoints",
	"the network ACLs",
	"the DNS settings of the VPC"
];
function inWords(seen) {
	const network = NETWORK_PARTS.filter((part) => seen.includes(part));
	return [...[
		"the cluster",
		"the image",
		"the image's architecture",
		"the log group"
	].filter((part) => seen.includes(part)), ...network.length === NETWORK_PARTS.length ? ["the network"] : network].map((what) => what.replace(/^the /, ""));
}
function noImages(definition) {
	return (definition?.containerDefinitions ?? []).filter(({ image = "" }) => (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.z)(image) === void 0).map(({ name, image }) => `Image ${image} of container ${name} is no image reference: the way to it was not checked.`);
}
function about(subject, problems) {
	return problems.map((problem) => ({
		...problem,
		about: subject
	}));
}
async function checkCluster({ lookups, region, limit, gaps }, cluster) {
	const described = await gaps.note("the cluster", limit.race(lookups.cluster(cluster, region, limit.signal)));
	if (described === void 0 || described === "not-described") return NOTHING_WRONG;
	return judgeCluster(cluster, region, described === "missing" ? void 0 : described);
}
async function checkLogGroups(looking, request) {
	const [definition, container] = await Promise.all([settled(request.definition), settled(request.container)]);
	const needed = definition ? neededLogGroups(definition, looking.region) : [];
	const found = await Promise.all(needed.map((one) => describeLogGroup(looking, one)));
	return {
		refusals: needed.filter((_, index) => found[index] === "missing").map(missingLogGroup),
		warnings: needed.flatMap((one, index) => {
			const group = found[index];
			return typeof group !== "object" || (group.logGroupClass ?? "STANDARD") === "STANDARD" || one.container !== container ? [] : [unreadableLogGroup(one, String(group.logGroupClass))];
		})
	};
}
function describeLogGroup({ lookups, limit, gaps }, { group, region }) {
	return gaps.note("the log group", limit.race(lookups.logGroup(group, region, limit.signal)));
}
async function checkNetwork(looking, request) {
	const asked = await settled(request.network);
	if (asked === void 0) return NOTHING_WRONG;
	const described = await describeNetwork(looking.lookups.network(looking.region), asked, looking);
	const [definition, container, account] = await Promise.all([
		settled(request.definition),
		settled(request.container),
		settled(request.account)
	]);
	return judgeNetwork(described, definition && container !== void 0 ? neededServices(definition, container, request.image, looking.region) : [], {
		...asked,
		region: looking.region,
		...account === void 0 ? {} : { account }
	});
}
async function settled(value) {
	try {
		return await value;
	} catch {
		return;
	}
}
// src/doubts.ts
function judgeDoubts(doubts, accept) {
	const open = doubts.filter(({ id }) => !accept.includes(id));
	const textsOf = (weight) => open.filter((doubt) => doubt.weight === weight).map(textOf);
	return {
		refusals: open.filter(({ weight }) => weight === "refusal").map(withId),
		warnings: textsOf("warning"),
		notices: textsOf("notice"),
		prominent: open.flatMap((doubt) => doubt.weight === "warning" && doubt.brief !== void 0 ? [{
			text: textOf(doubt),
			brief: doubt.brief
		}] : []),
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
// src/duration.ts
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
function timeOfDay(date) {
	return `${date.toISOString().slice(11, 19)} UTC`;
}
function toTheMinute(date) {
	return `${date.toISOString().slice(0, 16)}Z`;
}
// src/migration/followed.ts
function startOf({ task, by, runUrl }) {
	return `the task that ${by} started${atTime(task.createdAt)}${runUrl === void 0 ? "" : ` (${runUrl})`}`;
}
function capitalised(sentence) {
	return sentence.slice(0, 1).toUpperCase() + sentence.slice(1);
}
function atTime(date) {
	return date === void 0 ? "" : ` at ${toTheMinute(date)}`;
}
// src/migration/log-stream.ts
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
function noLogNote({ name, logConfiguration }) {
	const { logDriver, options = {} } = logConfiguration ?? {};
	if (logDriver !== "awslogs") return `No log to show: the container ${name} ${logDriver === void 0 ? "has no logConfiguration" : `logs by ${logDriver}`}, and only awslogs can be read here. Name a CloudWatch log group in the input log-group, or set logConfiguration to awslogs with awslogs-group, awslogs-region and awslogs-stream-prefix.`;
	const missing = ["awslogs-group", "awslogs-stream-prefix"].filter((option) => options[option] === void 0);
	const values = {
		"awslogs-group": "the name of a CloudWatch log group",
		"awslogs-stream-prefix": "any name, such as migration: streams are called prefix/container/task"
	};
	return `No log to show: the container ${name} logs by awslogs without ${missing.join(" and without ")}. Set in its logConfiguration ${missing.map((option) => `${option} (${values[option]})`).join(" and ")}.`;
}
// src/shown-words.ts
const SECRET_NAME = /(pass|pwd|secret|token|key|credential|auth)/i;
function shownWords(words) {
	return JSON.stringify(starredWords(words));
}
function shownCommand(words) {
	return starredWords(words).join(" ");
}
function starredWords(words) {
	return words.map((word, at) => isSecretOption(words[at - 1]) ? "***" : withoutSecrets(word));
}
function isSecretOption(word) {
	return word !== void 0 && /^--?[a-z][\w-]*$/i.test(word) && SECRET_NAME.test(word);
}
function withoutSecrets(word) {
	return word.replace(/([\w-]+=)("[^"$]*"|'[^']*'|[^\s$'"][^\s;&|]*)/g, (all, name) => SECRET_NAME.test(name) ? `${name}***` : all);
}
// src/migration/same-migration.ts
function differencesOf(running, { clone, request }, names) {
	const { definition, unknownMembers } = running.revision;
	const { overrides } = running.task;
	return [
		...unknownMembers.map((path) => `${path}, which this version of the action does not know`),
		...overrides === void 0 ? ["the overrides of the task, which ECS does not show"] : [],
		...imageDifference(running, clone, names),
		...differing(ofDefinition(overridden(definition, overrides), names), ofDefinition(overridden(clone, request.overrides), names))
	];
}
function imageDifference({ task, revision }, clone, { container, imageDigest }) {
	const runs = imageOf(revision.definition, container);
	const wanted = imageOf(clone, container);
	const shown = containerOf(task, container)?.imageDigest;
	const digest = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.z)(runs)?.digest ?? shown;
	if (digest !== void 0 && digest === ((0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.z)(wanted)?.digest ?? imageDigest)) return [];
	return [`image (running: ${withDigest(runs, shown)}; here: ${withDigest(wanted, imageDigest)})`];
}
function withDigest(image, digest) {
	return image.includes("@") ? image : `${image} with digest ${digest ?? "not known"}`;
}
function imageOf({ containerDefinitions = [] }, container) {
	return containerDefinitions.find(({ name }) => name === container)?.image ?? "";
}
function differing(runs, wanted) {
	const different = [.../* @__PURE__ */ new Set([...runs.keys(), ...wanted.keys()])].filter((label) => runs.get(label)?.value !== wanted.get(label)?.value);
	const alone = different.filter((label) => label.startsWith("container ")).map((label) => ` of ${label}`);
	return different.filter((label) => !alone.some((end) => label.endsWith(end))).map((label) => `${label}${shownValues(runs.get(label), wanted.get(label))}`);
}
function shownValues(runs, wanted) {
	if ((runs ?? wanted)?.shown === void 0) return "";
	return ` (running: ${runs?.shown ?? "none"}; here: ${wanted?.shown ?? "none"})`;
}
const NOT_COMPARED = [
	..._errors_js__WEBPACK_IMPORTED_MODULE_6__.o,
	"containerDefinitions",
	"tags"
];
function ofDefinition(definition, names) {
	const containers = (definition.containerDefinitions ?? []).flatMap((container) => {
		const { name, image, ...rest } = container;
		const isOurs = name === names.container;
		const filled = {
			essential: true,
			...rest,
			cpu: rest.cpu || void 0,
			...!isOurs && { image }
		};
		return [[`container ${name}`, { value: "there" }], ...ofContainer(name, filled, names)];
	});
	return new Map([...membersOf(definition, NOT_COMPARED), ...containers]);
}
function overridden(definition, { containerOverrides = [], ...task } = {}) {
	const containerDefinitions = (definition.containerDefinitions ?? []).map((container) => {
		const { environment = [], ...override } = containerOverrides.find(({ name }) => name === container.name) ?? {};
		const variables = (container.environment ?? []).filter(({ name }) => !environment.some((one) => one.name === name));
		return {
			...container,
			...given(override),
			environment: [...variables, ...environment]
		};
	});
	return {
		...definition,
		...given(task),
		containerDefinitions
	};
}
function given(override) {
	return Object.fromEntries(Object.entries(override).filter(([, value]) => filled(value) !== void 0));
}
function ofContainer(name, container, { container: chosen, databaseVariable }) {
	const { environment = [], secrets = [], command = [] } = container;
	const variables = named$4(environment, ({ value }) => value);
	const facts = [
		...membersOf(container, ["environment", "secrets"]),
		...variables.map(([variable, value]) => [`variable ${variable}`, { value }]),
		...named$4(secrets, ({ valueFrom }) => valueFrom).map(([secret, value]) => [`secret ${secret}`, { value }])
	];
	if (name !== chosen) return facts.map(([label, fact]) => [`${label} of container ${name}`, fact]);
	const shown = /* @__PURE__ */ new Map([["command", shownWords(command)], [`variable ${databaseVariable}`, environment.find((variable) => variable.name === databaseVariable)?.value]]);
	return facts.map(([label, { value }]) => {
		const text = shown.get(label);
		return [label, {
			value,
			...text !== void 0 && { shown: text }
		}];
	});
}
function named$4(entries, textOf) {
	return [...new Set(entries.map(({ name = "" }) => name))].map((name) => [name, JSON.stringify(entries.filter((entry) => entry.name === name).map(textOf))]);
}
function membersOf(object, without) {
	return Object.entries(object).flatMap(([member, value]) => {
		const text = without.includes(member) ? void 0 : JSON.stringify(filled(value));
		return text === void 0 ? [] : [[member, { value: text }]];
	});
}
function filled(value) {
	if (Array.isArray(value)) return value.length === 0 ? void 0 : value.map((item) => filled(item) ?? null);
	if (typeof value !== "object" || value === null) return value || value === "" || value === 0 ? value : void 0;
	const members = Object.entries(value).map(([member, inner]) => [member, filled(inner)]).filter(([, inner]) => inner !== void 0);
	return members.length === 0 ? void 0 : Object.fromEntries(members.sort(([one], [other]) => one < other ? -1 : 1));
}
// src/migration/starter.ts
function attemptOf(runUrl) {
	const [, run, attempt] = /^(https?:\/\/\S+\/actions\/runs\/[1-9]\d*)\/attempts\/([1-9]\d*)$/.exec(runUrl) ?? [];
	return run === void 0 ? void 0 : {
		run,
		attempt: Number(attempt)
	};
}
function starterOf(tags) {
	const runUrl = tags.find(({ key }) => key === _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.T.run)?.value ?? "";
	const attempt = attemptOf(runUrl);
	return attempt && {
		...attempt,
		runUrl
	};
}
function isOfRun(starter, runUrl) {
	return starter !== void 0 && starter.run === attemptOf(runUrl)?.run;
}
function isEarlier(starter, runUrl) {
	return isOfRun(starter, runUrl) && (starter?.attempt ?? 0) < (attemptOf(runUrl)?.attempt ?? 0);
}
// src/migration/following.ts
const STOP_MARGIN_MS$1 = 3e4;
var Following = class {
	order;
	ports;
	revisions = /* @__PURE__ */ new Map();
	digests = /* @__PURE__ */ new Map();
	constructor(order, ports) {
		this.order = order;
		this.ports = ports;
	}
	get isPossible() {
		const { ifRunning, runUrl } = this.order;
		return ifRunning === "attach" || ifRunning !== "allow" && (attemptOf(runUrl)?.attempt ?? 1) > 1;
	}
	async meet(running, launch, signal) {
		if (!this.isPossible) return {
			kind: "other",
			differences: []
		};
		const { ifRunning, runUrl, container, databaseVariable } = this.order;
		const read = await this.read(running, signal);
		const { starter } = read;
		if (ifRunning !== "attach" && !isEarlier(starter, runUrl)) return {
			kind: "other",
			differences: []
		};
		const by = this.nameOf(starter);
		const name = container.name ?? "";
		const { taskArn, desiredStatus } = running;
		if (desiredStatus === "STOPPED" || containerOf(running, name)?.exitCode !== void 0) return {
			kind: "ending",
			by,
			longestMs: ((read.revision?.definition.containerDefinitions?.find((one) => one.name === name))?.stopTimeout ?? 120) * 1e3 + STOP_MARGIN_MS$1
		};
		if (taskArn === void 0 || desiredStatus !== "RUNNING") return {
			kind: "other",
			differences: ["its state, which ECS does not show"]
		};
		if (read.revision === void 0) return {
			kind: "other",
			differences: [`its task definition, which cannot be read: ${read.unread}`]
		};
		const task = {
			...running,
			taskArn
		};
		const names = {
			container: name,
			databaseVariable,
			imageDigest: await this.digestOf(imageOf(launch.clone, name), signal)
		};
		const differences = differencesOf({
			task,
			revision: read.revision
		}, launch, names);
		if (differences.length > 0) return {
			kind: "other",
			differences
		};
		const whose = {
			by,
			isOwn: isOfRun(starter, runUrl),
			isEarlier: isEarlier(starter, runUrl)
		};
		return {
			kind: "same",
			followed: {
				task,
				revisionArn: read.arn,
				...whose,
				...starter && { runUrl: starter.runUrl }
			}
		};
	}
	async find(launches, history, hash, signal) {
		if (!this.isPossible) return /* @__PURE__ */ new Map();
		const meet = async (launch) => {
			const { chained, allowed } = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.A)(launch.database, hash);
			const { tasks } = await history.of([chained, allowed], signal);
			const running = tasks.find((task) => !isOver(task));
			const meeting = running && await this.meet(running, launch, signal);
			return meeting?.kind === "same" ? [[launch.database, meeting.followed]] : [];
		};
		try {
			return new Map((await Promise.all(launches.map(meet))).flat());
		} catch (error) {
			if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_6__.s)) throw error;
			return /* @__PURE__ */ new Map();
		}
	}
	async endOf(task, awaited, signal) {
		const { runUrl, container, region } = this.order;
		if (!isOver(task) || !this.isPossible) return [];
		const { starter } = await this.read(task, signal);
		if (!awaited && !isEarlier(starter, runUrl)) return [];
		const { taskArn = "", stoppedAt, stoppedReason } = task;
		const exitCode = containerOf(task, container.name ?? "")?.exitCode;
		const code = exitCode === void 0 ? "without an exit code" : `with exit code ${exitCode}`;
		const why = stoppedReason === void 0 ? "" : `, ${stoppedReason}`;
		const stream = logStreamOf(container, taskArn, region);
		const log = stream && this.ports.links.log(stream);
		return [
			`${capitalised(startOf({
				task,
				by: this.nameOf(starter),
				...starter
			}))} ended${atTime(stoppedAt)} ${code}${why}. That decides nothing here: a new task is started.`,
			`Its task: ${this.ports.links.task(taskArn) ?? taskArn}`,
			...log === void 0 ? [] : [`Its log:  ${log}`]
		];
	}
	digestOf(image, signal) {
		const asked = this.digests.get(image) ?? this.ports.digestOf(image, signal);
		this.digests.set(image, asked);
		return asked;
	}
	async read({ taskDefinitionArn: arn }, signal) {
		if (arn === void 0) return { unread: "ECS does not name it" };
		const describing = this.revisions.get(arn) ?? this.ports.definitions.describe(arn, signal);
		this.revisions.set(arn, describing);
		try {
			const revision = await describing;
			const starter = starterOf(revision.tags);
			return {
				arn,
				revision,
				...starter && { starter }
			};
		} catch (error) {
			this.revisions.delete(arn);
			if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_6__.s) || error.facts.kind === "aborted") throw error;
			return { unread: error.inFull };
		}
	}
	nameOf(starter) {
		const { runUrl } = this.order;
		if (!isOfRun(starter, runUrl)) return "another run";
		if (starter?.attempt === attemptOf(runUrl)?.attempt) return "another step of this run";
		return `attempt ${starter?.attempt} of this run`;
	}
};
// src/migration/image-digests.ts
var ImageDigests = class {
	first;
	difference;
	saw(database, digest) {
		this.first ??= {
			database,
			digest
		};
		if (digest === this.first.digest) return;
		this.difference ??= `${this.first.database} ran ${this.first.digest}, ${database} ${digest}`;
	}
	get mixed() {
		return this.difference === void 0 ? void 0 : {
			kind: "mixed-images",
			difference: this.difference
		};
	}
};
// src/migration/database-proof.ts
function wrongDatabase$1(expected, answered) {
	if (expected.variable === "") return void 0;
	const values = answered.find(({ name }) => name === expected.container)?.environment?.filter(({ name }) => name === expected.variable).map(({ value }) => value) ?? [];
	if (values.length === 1 && values[0] === expected.database) return void 0;
	return `asked for ${expected.variable}=${expected.database} in ${expected.container}, ECS shows ${values.length === 0 ? "no such variable" : values.join(", ")}`;
}
function wrongSecret(container, asked, answered) {
	const secretsOf = (containers) => containers.find(({ name }) => name === container)?.secrets ?? [];
	const shown = new Map(secretsOf(answered).map(({ name, valueFrom }) => [name, valueFrom]));
	const wrong = secretsOf(asked.containerDefinitions ?? []).find(({ name, valueFrom }) => shown.get(name) !== valueFrom);
	return wrong === void 0 ? void 0 : `asked for the secret ${wrong.name} from ${wrong.valueFrom} in ${container}, ECS shows ${shown.get(wrong.name) ?? "no such secret"}`;
}
function wrongOverrides({ launch, container, databaseVariable }, task) {
	const [asked] = launch.request.overrides?.containerOverrides ?? [];
	if (asked === void 0) return void 0;
	if (task.overrides === void 0) return `ECS shows no overrides for ${container}`;
	const answered = task.overrides.containerOverrides ?? [];
	const shown = answered.find(({ name }) => name === container);
	if (asked.command !== void 0 && JSON.stringify(shown?.command) !== JSON.stringify(asked.command)) return `ECS does not show the command of ${container} as it was asked for`;
	for (const { name: variable = "", value = "" } of asked.environment ?? []) {
		const evidence = wrongDatabase$1({
			container,
			variable,
			database: value
		}, answered);
		if (evidence === void 0) continue;
		return variable === databaseVariable ? evidence : `ECS does not show ${variable} in ${container} as it was asked for`;
	}
}
function wrongAnswer(asked, task) {
	return task.overrides === void 0 && (isOver(task) || task.desiredStatus === "STOPPED") ? void 0 : wrongOverrides(asked, task);
}
function confirmation({ launch, container, databaseVariable }, { overrides }) {
	const overridden = launch.request.overrides?.containerOverrides?.[0]?.environment !== void 0;
	if (databaseVariable === "" || overridden && overrides === void 0) return void 0;
	return `ECS confirms that container ${container} was given ${databaseVariable}=${launch.database}; whether the program reads it, ECS cannot know`;
}
function wrongDatabaseOutcome(evidence, task, container) {
	const exitCode = containerOf(task, container)?.exitCode;
	return {
		kind: "failed",
		cause: "wrong-database",
		evidence,
		...exitCode !== void 0 && { exitCode }
	};
}
function proved(outcome, asked, task) {
	const evidence = outcome.kind === "succeeded" ? wrongOverrides(asked, task) : void 0;
	return evidence === void 0 ? outcome : wrongDatabaseOutcome(evidence, task, asked.container);
}
// src/migration/tail.ts
const PAUSE_STEP_MS = 100;
const LONGEST_PAUSE_MS = 500;
const SETTLE_MS = {
	success: 5e3,
	failure: 12e3
};
const LONGEST_DRAIN_MS = 3e4;
const TROUBLE_MS = {
	success: 12e4,
	failure: 3e5,
	"never-ran": 3e4
};
const USUAL_CALL_MS = 1e3;
const LAST_CALL_MS = 15e3;
const REFUSED_PAUSE_MS = 6e4;
var EndOfLog = class {
	clock;
	ended;
	wake = new AbortController();
	waited = 0;
	troubled = 0;
	constructor(clock) {
		this.clock = clock;
	}
	containerEnded(ending) {
		this.ended ??= {
			ending,
			at: this.clock.elapsed()
		};
		this.wake.abort();
	}
	get seen() {
		return this.wake.signal;
	}
	settling() {
		if (this.ended === void 0) return void 0;
		const { ending, at } = this.ended;
		return ending === "never-ran" ? 0 : SETTLE_MS[ending] - (this.clock.elapsed() - at);
	}
	get neverRan() {
		return this.ended?.ending === "never-ran";
	}
	get hasEnded() {
		return this.ended !== void 0;
	}
	get counts() {
		return (this.settling() ?? 1) <= 0;
	}
	left() {
		if (this.ended === void 0) return void 0;
		return Math.max(0, LONGEST_DRAIN_MS + this.waited + this.troubled - (this.clock.elapsed() - this.ended.at));
	}
	callLimit() {
		return this.ended && Math.max(LAST_CALL_MS, TROUBLE_MS[this.ended.ending] - this.troubled);
	}
	called(ms) {
		if (this.ended === void 0 || ms <= USUAL_CALL_MS) return;
		this.troubled += Math.min(ms, this.clock.elapsed() - this.ended.at);
	}
	waitedForOthers(ms) {
		if (this.ended !== void 0) this.waited += Math.min(ms, this.clock.elapsed() - this.ended.at);
	}
};
async function* tail(stream, end, ports, signal, refused) {
	try {
		return yield* pages(stream, end, ports, signal, refused);
	} catch (error) {
		if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_6__.s && error.facts.kind === "aborted") return "cut-short";
		throw error;
	}
}
async function* pages(stream, end, ports, signal, refused) {
	let token;
	let quietReads = 0;
	const reader = new Reader(end, ports.clock, signal, refused);
	for (;;) {
		end.waitedForOthers(await ports.logCalls.turn(signal));
		if (signal.aborted) return "cut-short";
		const last = end.counts;
		const ask = () => read(stream, token, end, ports, signal);
		const page = await reader.page(ask);
		if (page === void 0) continue;
		if (page.messages.length > 0) yield page.messages;
		const { next } = page;
		const atEnd = next === token;
		if (atEnd && last) return endWith(page, end);
		if (!atEnd && end.left() === 0) return "growing";
		token = next;
		quietReads = atEnd ? quietReads + 1 : 0;
		await pause(quietReads, end, ports.clock, signal);
	}
}
var Reader = class {
	end;
	clock;
	signal;
	onRefused;
	isRefused = false;
	constructor(end, clock, signal, onRefused) {
		this.end = end;
		this.clock = clock;
		this.signal = signal;
		this.onRefused = onRefused;
	}
	async page(ask) {
		const pauses = [this.signal, this.end.seen];
		try {
			const page = await (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.u)(ask, this.clock, pauses, this.isRefused ? { tries: 1 } : {});
			if (this.isRefused) this.onRefused(void 0);
			this.isRefused = false;
			return page;
		} catch (error) {
			if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_6__.s) || error.facts.kind === "aborted" || this.end.hasEnded) throw error;
			if (!this.isRefused) this.onRefused(error);
			this.isRefused = true;
			await this.clock.sleep(REFUSED_PAUSE_MS, ...pauses);
			return;
		}
	}
};
function endWith({ missing }, end) {
	return missing === "group" && !end.neverRan ? "no-group" : "whole";
}
async function read(stream, token, end, { logs, clock }, signal) {
	const call = new AbortController();
	const answered = new AbortController();
	const stop = () => call.abort();
	const count = () => void clock.sleep(end.callLimit() ?? 0, answered.signal).then(stop);
	const began = clock.elapsed();
	signal.addEventListener("abort", stop);
	end.seen.addEventListener("abort", count);
	if (end.seen.aborted) count();
	try {
		const page = await logs.page(stream, token, call.signal);
		return {
			...page,
			next: page.next ?? token
		};
	} finally {
		end.called(clock.elapsed() - began);
		answered.abort();
		signal.removeEventListener("abort", stop);
		end.seen.removeEventListener("abort", count);
	}
}
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
function lookAtLog(database, stream, ports, signal) {
	if (stream === void 0) return Promise.resolve(NO_LOG);
	const end = new EndOfLog(ports.clock);
	end.containerEnded("never-ran");
	return followLog(database, stream, end, ports, signal);
}
async function followLog(database, stream, end, ports, signal) {
	const { logger, clock } = ports;
	let lineCount = 0;
	let lastLines = [];
	let servingLine;
	const take = (messages) => {
		logger.container(database, messages);
		const lines = messages.flatMap(linesOf);
		lineCount += lines.length;
		servingLine ??= lines.find(saysItServes);
		lastLines = [...lastLines, ...lines.slice(-80)].slice(-80);
	};
	let warned = false;
	const refused = (error) => {
		warned ||= error !== void 0;
		if (error === void 0) logger.notice(database, "The log can be read again.");
		else logger.warn(database, `${whyNoLog(error, stream)} Trying again while the task runs.`);
	};
	try {
		const pages = tail(stream, end, ports, signal, refused);
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
			...how === "whole" && lineCount === 0 && { printedNothing: true },
			...servingLine !== void 0 && { servingLine },
			...note !== void 0 && { note }
		};
	} catch (error) {
		if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_6__.s)) throw error;
		const note = whyNoLog(error, stream);
		if (!warned) logger.warn(database, note);
		return {
			lineCount,
			lastLines,
			readable: false,
			note
		};
	}
}
const SERVES = /\b(?:listening|started)\b|\brunning on (?:http|port)|\bready to (?:accept|handle) connections|\bstartup complete/i;
const WORK$1 = /migrat|schema|transaction|statement|backfill|seed|\b(?:task|job|step|query)\b/i;
const MOST_SEARCHED = 500;
function saysItServes(line) {
	const head = line.slice(0, MOST_SEARCHED);
	return SERVES.test(head) && !WORK$1.test(head);
}
function linesOf(message) {
	return message.includes("\n") ? message.replace(/\n$/, "").split("\n") : [message];
}
function remark(lineCount, how, stream) {
	if (how === "no-group") return `No log to show: there is no log group ${stream.group} in ${stream.region}. Create it, or set awslogs-create-group to true in the task definition and allow logs:CreateLogGroup to its execution role.`;
	if (how === "growing") return `The log was still growing when reading ended. The rest is in ${named$3(stream)}.`;
	if (how === "cut-short") return `The log was not read to its end. The rest is in ${named$3(stream)}.`;
	return lineCount === 0 ? `There is no line in ${named$3(stream)}.` : void 0;
}
function named$3({ group, stream }) {
	return `stream ${stream} of log group ${group}`;
}
function whyNoLog(error, stream) {
	const { kind, action } = error.facts;
	const consequence = "The verdict does not depend on it.";
	if (kind === "access-denied") return `The log cannot be shown, because a call is denied: ${error.inFull}. ${consequence} Allow ${action} on log group ${stream.group} (Region ${stream.region}) to the role of this job.`;
	if (error.facts.code === "InvalidOperationException") return `The log cannot be shown, because the log group ${stream.group} (Region ${stream.region}) is not of the Standard class: ${error.inFull}. ${consequence} Read it with CloudWatch Logs Insights.`;
	return `The log, ${named$3(stream)} (Region ${stream.region}), cannot be read: ${error.inFull}. ${consequence} Read it in the AWS console.`;
}
// src/migration/limits.ts
const STOP_MARGIN_MS = 3e4;
const CANCEL_WATCH_MS = 4500;
const LONGEST_STUCK_MS = 3e4;
const LATE_CANCEL_WATCH_MS = 1500;
var Limits = class {
	request;
	limit;
	ports;
	over = new AbortController();
	giveUp = new AbortController();
	unlisten;
	cause;
	accepted = false;
	isWrong = false;
	constructor(request, limit, ports, cancelled) {
		this.request = request;
		this.limit = limit;
		this.ports = ports;
		const cancel = () => void this.cancel(String(cancelled.reason), CANCEL_WATCH_MS);
		cancelled.addEventListener("abort", cancel, { once: true });
		this.unlisten = () => cancelled.removeEventListener("abort", cancel);
		if (cancelled.aborted) this.cancel(String(cancelled.reason), LATE_CANCEL_WATCH_MS);
		this.timeOut();
	}
	get stop() {
		return this.cause;
	}
	get unseenEnd() {
		return this.stopFailed && this.cause ? {
			...this.cause,
			left: true,
			stopFailed: true
		} : this.cause;
	}
	get stopFailed() {
		return (this.isWrong || this.cause?.left === false) && !this.accepted;
	}
	get exhausted() {
		return this.giveUp.signal;
	}
	end() {
		this.unlisten();
		this.over.abort();
	}
	async endStuck() {
		await this.ports.clock.sleep(LONGEST_STUCK_MS, this.over.signal);
		if (this.over.signal.aborted || this.cause !== void 0 || !this.request.mayStop) return;
		const refused = await this.send(`Cannot start: ${this.request.runUrl}`);
		if (refused !== void 0 && !this.over.signal.aborted) this.sayNotStopped(refused);
	}
	async endWrong() {
		this.isWrong = true;
		await this.stopWithin(`Wrong database: ${this.request.runUrl}`, this.graceMs);
	}
	get stopping() {
		const { stopTimeout } = this.request;
		return `Stopping the task: ECS sends SIGTERM to its containers, and SIGKILL to what has not ended ${stopTimeout === void 0 ? "once its stopTimeout is over" : `after ${stopTimeout} s`}.`;
	}
	get graceMs() {
		return (this.request.stopTimeout ?? 120) * 1e3 + STOP_MARGIN_MS;
	}
	async timeOut() {
		const { taskTimeoutMinutes, onTimeout, database } = this.request;
		const { clock, logger } = this.ports;
		await clock.sleep(this.limit.leftMs, this.over.signal);
		if (this.over.signal.aborted || this.cause !== void 0) return;
		const leave = this.leaves(onTimeout, "on-timeout");
		this.cause = {
			kind: "timed-out",
			minutes: taskTimeoutMinutes,
			left: leave !== void 0
		};
		logger.say(database, `Not ended after ${taskTimeoutMinutes} min. ${leave ?? this.stopping}`);
		await this.enforce(`Timed out after ${taskTimeoutMinutes} min: ${this.request.runUrl}`, this.graceMs);
	}
	async cancel(signal, watchMs) {
		const { onCancel, database } = this.request;
		const { logger, clock } = this.ports;
		if (this.cause !== void 0) {
			await clock.sleep(watchMs, this.over.signal);
			this.giveUp.abort();
			return;
		}
		const leave = this.leaves(onCancel, "on-cancel");
		this.cause = {
			kind: "cancelled",
			signal,
			left: leave !== void 0
		};
		logger.say(database, `Cancelled (${signal}). ${leave ?? this.stopping}`);
		await this.enforce(`Cancelled: ${this.request.runUrl}`, watchMs);
	}
	leaves(choice, input) {
		if (!this.request.mayStop) return "The task is left running: another run started it, and it alone may stop it.";
		return choice === "leave" && !this.isWrong ? `The task is left running, as ${input} asks.` : void 0;
	}
	async enforce(reason, graceMs) {
		if (this.cause?.left === false) await this.stopWithin(reason, graceMs);
		else this.giveUp.abort();
	}
	async stopWithin(reason, graceMs) {
		const wait = this.ports.clock.sleep(graceMs, this.over.signal);
		const refused = await Promise.race([this.send(reason), wait.then(() => void 0)]);
		if (this.accepted) await wait;
		else if (!this.over.signal.aborted) this.sayNotStopped(refused ?? "StopTask was not answered in time");
		this.giveUp.abort();
	}
	async send(reason) {
		const { cluster, taskArn, database } = this.request;
		try {
			this.ports.runState.stopping(database);
			await (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.c)(this.ports, {
				cluster,
				taskArn,
				reason
			}, this.over.signal);
			this.accepted = true;
			return;
		} catch (error) {
			if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_6__.s)) throw error;
			return error.inFull;
		}
	}
	sayNotStopped(why) {
		const { cluster, taskArn, database } = this.request;
		this.ports.logger.warn(database, (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.o)(cluster, taskArn, why));
	}
};
// src/migration/narration.ts
const REPEAT_MS = 6e4;
function startedLines(started, links) {
	const { taskArn, followed, stream, proof, until, stops } = started;
	return [
		followed === void 0 ? `Started task ${taskArn}` : `Following ${startOf(followed)}`,
		...proof === void 0 ? [] : [proof],
		`Task: ${links.task(taskArn) ?? taskArn}`,
		...stream === void 0 ? [] : [`Log:  ${links.log(stream) ?? `${stream.group}, stream ${stream.stream}`}`],
		`It will ${stops ? "be stopped" : "no longer be watched"} at ${toTheMinute(until)} if it has not ended by then.`
	];
}
function newsLines(before, { endedEarlier, failedWait }, judged) {
	const ended = endedEarlier.slice(before.endedEarlier.length).map(({ container, exitCode }) => {
		return `Container ${container}${judged.essential.has(container) ? ", which is essential," : ""} ended ${exitCode === void 0 ? "without an exit code" : `with code ${exitCode}`} before ${judged.container}.`;
	});
	return failedWait !== void 0 && before.failedWait === void 0 ? [...ended, failedWaitText(failedWait, judged.container)] : ended;
}
function verdictLine(outcome, task, container, logEnded) {
	if (outcome.kind === "unknown") return `The task can no longer be observed and may still be running: ${outcome.cause === "missing" ? "ecs:DescribeTasks answers that there is no such task (MISSING)" : outcome.error.inFull}.`;
	const exitCode = containerOf(task, container)?.exitCode;
	if (exitCode === void 0 || outcome.kind === "not-started") return void 0;
	return `Container ${container} exited with code ${exitCode}.${logEnded ? "" : " Reading its log to the end."}`;
}
var StateLines = class {
	database;
	clock;
	logger;
	began;
	status = "";
	saidAt;
	constructor(database, { clock, logger }) {
		this.database = database;
		this.clock = clock;
		this.logger = logger;
		this.began = clock.elapsed();
		this.saidAt = this.began;
	}
	show(task) {
		const now = this.clock.elapsed();
		const status = task.lastStatus ?? "UNKNOWN";
		const changed = status !== this.status;
		if (!changed && now - this.saidAt < REPEAT_MS) return;
		const seconds = Math.round((now - this.began) / 1e3);
		this.logger.say(this.database, changed ? `Task ${status} after ${seconds} s` : `Task still ${status} after ${Math.round(seconds / 60)} min`);
		this.status = status;
		this.saidAt = now;
	}
};
// src/migration/follow-task.ts
const LONGEST_UNREAD_MS = 6e4;
async function followTask(request, ports, signals) {
	const { task: launched, followed, wrong, order, limit, onStarted } = request;
	const { clock, logger } = ports;
	const { database } = order.launch;
	const judged = judgedContainer(order.plan);
	const stream = logStreamOf(order.plan.container, launched.taskArn, order.region);
	const mayStop = followed?.isOwn !== false;
	sayStarted(request, stream, mayStop, ports);
	const containerMayPrint = new AbortController();
	const end = new EndOfLog(clock);
	let logEnded = false;
	const reading = readLog$1(order, stream, end, containerMayPrint.signal, ports, signals).finally(() => {
		logEnded = true;
	});
	const states = new StateLines(database, ports);
	let released;
	const onSeen = (task) => {
		states.show(task);
		const digest = containerOf(task, judged.container)?.imageDigest;
		if (digest !== void 0) ports.digests.saw(database, digest);
		if (hasBegun(task)) containerMayPrint.abort();
		if (task.startedAt !== void 0) released ??= onStarted();
	};
	const watched = await watchTask(launched, {
		order,
		mayStop,
		isWrong: wrong !== void 0,
		judged,
		limit,
		ports,
		onSeen,
		cancelled: signals.cancelled
	});
	const { task } = watched;
	const outcome = wrong === void 0 ? watched.outcome : wrongDatabaseOutcome(wrong, task, judged.container);
	const exitSeen = showsExit(task, judged) ? clock.now() : void 0;
	const line = verdictLine(outcome, task, judged.container, logEnded);
	if (line !== void 0) logger.say(database, line);
	end.containerEnded(endingOf(watched.outcome));
	return {
		...watched,
		outcome,
		...exitSeen && { exitSeen },
		...stream && { stream },
		log: reading.then(async (log) => {
			await released;
			return log;
		})
	};
}
function sayStarted({ task, followed, wrong, order, limit }, stream, mayStop, { clock, logger, links }) {
	const { launch, onTimeout } = order;
	const proof = wrong === void 0 ? confirmation(askedTask(order), task) : void 0;
	const until = new Date(clock.now().getTime() + limit.leftMs);
	const started = {
		taskArn: task.taskArn,
		followed,
		stream,
		proof,
		until,
		stops: mayStop && onTimeout === "stop"
	};
	for (const line of startedLines(started, links)) logger.say(launch.database, line);
	if (wrong !== void 0) logger.warn(launch.database, `ECS started the task for another database: ${wrong}. Stopping it.`);
}
function askedTask({ launch, plan, databaseVariable }) {
	return {
		launch,
		container: plan.container.name ?? "",
		databaseVariable
	};
}
function judgedContainer({ container: { name: container = "" }, clone, essential }) {
	return {
		container,
		essential,
		waits: waitsOf(clone.containerDefinitions ?? [], container)
	};
}
async function readLog$1({ launch: { database }, plan, streamLogs }, stream, end, containerMayPrint, ports, { abandoned }) {
	if (!streamLogs) return {
		...NO_LOG,
		note: "The log was not read: stream-logs is false."
	};
	if (stream === void 0) {
		const note = noLogNote(plan.container);
		ports.logger.notice(database, note);
		return {
			...NO_LOG,
			note
		};
	}
	await ports.clock.sleep(LONGEST_UNREAD_MS, containerMayPrint, end.seen, abandoned);
	return followLog(database, stream, end, ports, abandoned);
}
async function watchTask(launched, watching) {
	const { order, mayStop, isWrong, limit, ports, cancelled } = watching;
	const { database } = order.launch;
	const { cluster, container } = order.plan;
	const { stopTimeout } = container;
	const task = {
		database,
		cluster,
		taskArn: launched.taskArn,
		stopTimeout,
		mayStop
	};
	const limits = new Limits({
		...order,
		...task
	}, limit, ports, cancelled);
	ports.running.add(launched.taskArn);
	if (isWrong) limits.endWrong();
	try {
		const watched = await observeTask(launched, limits, watching);
		if (endedBeforeStop(watched.outcome, limits)) ports.logger.notice(database, "The container had ended by itself before the stop reached it: its exit code decides.");
		if (!mayStillRun(watched.outcome) || !limits.stopFailed) ports.runState.settled(database);
		return watched;
	} finally {
		ports.running.delete(launched.taskArn);
		limits.end();
	}
}
async function observeTask(launched, limits, watching) {
	const { order, judged, ports, onSeen } = watching;
	const { database } = order.launch;
	let task = launched;
	let history = NO_HISTORY;
	onSeen(task);
	for await (const observation of ports.watch.observe(launched.taskArn, limits.exhausted)) {
		if (observation.kind === "lost") return {
			outcome: limits.unseenEnd ?? lost(observation),
			task,
			history
		};
		if (observation.kind === "missing") continue;
		task = observation.task;
		onSeen(task);
		const before = history;
		history = remember(before, task, judged, limits.stop !== void 0);
		for (const line of newsLines(before, history, judged)) ports.logger.say(database, line);
		if (before.failedWait === void 0 && history.failedWait !== void 0) limits.endStuck();
		const outcome = judge(task, judged, history, limits.stop);
		if (outcome !== void 0) return {
			outcome: proved(outcome, askedTask(order), task),
			task,
			history
		};
	}
	return {
		outcome: limits.unseenEnd ?? {
			kind: "unknown",
			cause: "missing"
		},
		task,
		history
	};
}
function endedBeforeStop({ kind }, { stop }) {
	return stop !== void 0 && !stop.left && (kind === "succeeded" || kind === "failed");
}
function showsExit(task, { container }) {
	return isOver(task) || containerOf(task, container)?.exitCode !== void 0;
}
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
// src/migration/chain.ts
function tokenOf({ after, refused }, { cluster, database, nonce }, hash) {
	const own = nonce === void 0 ? [] : [nonce];
	return hash([
		cluster.split("/").at(-1),
		database,
		after?.taskArn ?? "none",
		refused,
		...own
	].join("\n"));
}
const FORGETTING = {
	nearMs: 33e5,
	lastRequestMs: 352e4,
	lastRepeatMs: 3532e3,
	overMs: 361e4
};
function memoryOf(agoMs) {
	if (agoMs === void 0 || agoMs < FORGETTING.lastRequestMs) return "known";
	return agoMs < FORGETTING.overMs ? "being-forgotten" : "forgotten";
}
function stoppedFor(task, at) {
	return task?.stoppedAt && at.getTime() - task.stoppedAt.getTime();
}
function isNewer(task, than) {
	if (task === void 0 || task.taskArn === than?.taskArn) return false;
	if (than === void 0) return true;
	return than.createdAt !== void 0 && (task.createdAt?.getTime() ?? 0) > than.createdAt.getTime();
}
// src/migration/launch-position.ts
const LOOK = { kind: "look" };
// src/migration/other-migration.ts
const LONGEST_MISSING_MS = 6e4;
const ASK_AGAIN_MS = 3e3;
const STILL_WAITING_MS = 6e4;
async function describeNamed(taskArn, database, { history, clock, logger }, cancelled) {
	const until = clock.elapsed() + LONGEST_MISSING_MS;
	for (let asked = 0; !cancelled.aborted; asked++) {
		const task = await history.describe(taskArn, cancelled);
		if (task !== void 0) return task;
		const left = until - clock.elapsed();
		if (left <= 0) return await history.lists(taskArn, cancelled) ? { taskArn } : void 0;
		if (asked === 0) logger.say(database, `ECS names ${taskArn} as the latest task for ${database}, and does not show it (MISSING): it was started a moment ago, or ended long ago. Asking again for up to ${spoken(left / 1e3)}.`);
		await clock.sleep(Math.min(left, ASK_AGAIN_MS), cancelled);
	}
	return { taskArn };
}
async function waitSaying(why, ms, database, { clock, logger }, cancelled) {
	if (ms > 0) logger.say(database, `${why} Waiting ${spoken(ms / 1e3)}.`);
	const until = clock.elapsed() + ms;
	for (let left = ms; left > 0 && !cancelled.aborted; left = until - clock.elapsed()) {
		if (left < ms) logger.say(database, `Still waiting, ${spoken(left / 1e3)} left`);
		await clock.sleep(Math.min(left, STILL_WAITING_MS), cancelled);
	}
}
async function waitForTask(taskArn, longestMs, database, { watch, clock, logger }, signal) {
	const over = new AbortController();
	const waited = AbortSignal.any([signal, over.signal]);
	clock.sleep(longestMs, waited).then(() => over.abort());
	sayStillWaiting(database, {
		clock,
		logger
	}, waited);
	try {
		for await (const observation of watch.observe(taskArn, waited)) if (observation.kind === "seen" && isOver(observation.task)) return;
	} finally {
		over.abort();
	}
}
async function sayStillWaiting(database, { clock, logger }, over) {
	for (let minutes = 1;; minutes++) {
		await clock.sleep(STILL_WAITING_MS, over);
		if (over.aborted) return;
		logger.say(database, `Still waiting for the other migration after ${minutes} min`);
	}
}
// src/migration/chain-place.ts
const LONGEST_UNSEEN_MS = 3e5;
async function look(scene, position) {
	const { order, database, history, hash, ecsTime, cancelled } = scene;
	const { failedStart } = order;
	if (order.ifRunning === "allow") return startAt(scene, position, linkAfter(failedStart));
	const marks = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.A)(database, hash);
	const { tasks, ageMs } = await history.of([marks.chained, marks.allowed], cancelled);
	const running = tasks.find((task) => !isOver(task));
	if (running?.taskArn !== void 0) return {
		...position,
		next: {
			kind: "meet",
			taskArn: running.taskArn,
			holder: false
		}
	};
	const remembered = tasks.filter(({ startedBy }) => startedBy === marks.chained).filter(({ taskArn = "" }) => !position.forgotten.includes(taskArn));
	const last = isNewer(failedStart, remembered[0]) ? failedStart : remembered[0];
	const memory = memoryOf(stoppedFor(last, new Date(ecsTime().getTime() - ageMs)));
	if (memory === "being-forgotten") return waitOut(scene, position, last);
	return startAt(scene, position, linkAfter(memory === "known" ? last : void 0));
}
function linkAfter(after) {
	return {
		...after && { after },
		followed: false,
		refused: 0
	};
}
function startAt({ clock }, position, link) {
	return {
		...position,
		next: {
			kind: "start",
			link,
			nameless: 0,
			seenAt: clock.elapsed()
		}
	};
}
async function waitOut(scene, position, task) {
	const { database, history, ecsTime, cancelled } = scene;
	const agoMs = stoppedFor(task, ecsTime()) ?? 0;
	await waitSaying(`The last migration of ${database} ended about an hour ago (${task?.taskArn}), and ECS is about to forget it: two runs that start now could miss each other.`, Math.max(0, FORGETTING.overMs - agoMs), database, scene, cancelled);
	history.forget();
	return {
		...position,
		next: LOOK
	};
}
async function becameStale(scene, position, { link, seenAt }) {
	const { order, clock, history, ecsTime, cancelled } = scene;
	const { after, followed } = link;
	if (order.ifRunning === "allow") return void 0;
	const agoMs = stoppedFor(after, ecsTime());
	const memory = memoryOf(agoMs);
	if (memory === "being-forgotten") return waitOut(scene, position, after);
	if (memory === "forgotten" && !followed) return {
		...position,
		next: LOOK
	};
	if (followed && (memory === "forgotten" || agoMs === void 0) || clock.elapsed() - seenAt > LONGEST_UNSEEN_MS) return somethingNew(scene, position, link);
	if (after?.taskArn === void 0 || followed || (agoMs ?? 0) < FORGETTING.nearMs) return void 0;
	return await history.describe(after.taskArn, cancelled) === void 0 ? forgottenEarly(scene, position, after.taskArn) : void 0;
}
async function somethingNew(scene, position, link) {
	scene.history.forget();
	const seen = await look(scene, position);
	return isElsewhere(seen.next, link) ? seen : void 0;
}
async function forgottenEarly(scene, position, taskArn) {
	const { database, history, cancelled } = scene;
	await waitSaying(`ECS has just forgotten the last migration of ${database} (${taskArn}): two runs that start now could miss each other.`, FORGETTING.overMs - FORGETTING.lastRequestMs, database, scene, cancelled);
	history.forget();
	return {
		...position,
		next: LOOK,
		forgotten: [...position.forgotten, taskArn]
	};
}
function isElsewhere(next, { after }) {
	return next.kind !== "start" || isNewer(next.link.after, after);
}
// src/migration/start-again.ts
const PAUSE_MS = 5e3;
function pauseBeforeStart(starts, clock, cancelled) {
	return clock.sleep(PAUSE_MS * starts, cancelled);
}
function noContainerRan({ stopCode, startedAt, containers = [] }) {
	return stopCode === "TaskFailedToStart" && startedAt === void 0 && containers.every(({ exitCode }) => exitCode === void 0);
}
async function mayStartAgain({ outcome, task }, mayPass, readLog) {
	if (outcome.kind !== "not-started" || !noContainerRan(task) || !mayPass(task)) return false;
	const log = await readLog();
	return log.readable && log.lineCount === 0;
}
function failedStartNote({ starts, task }) {
	return `Start ${starts} failed and no container ran (${task.stoppedReason ?? "no reason given"}). Trying again.`;
}
// src/migration/run-task.ts
const QUOTA_PAUSE_MS = 1e4;
const CONFLICT_PAUSE_MS = 3e3;
const CONFLICT_TRIES = 20;
async function start(scene, before, next) {
	const { link } = next;
	const { database, tasks, runState, starts, clock, cancelled } = scene;
	const position = await reportEnd(scene, before, link);
	const registration = await scene.order.revision();
	if (registration.kind === "ended") return registration;
	await starts.turn(cancelled);
	const stale = await becameStale(scene, position, next);
	if (cancelled.aborted) return { kind: "cancelled" };
	if (stale !== void 0) return stale;
	runState.launching(database);
	const requested = clock.now();
	const limit = repeatLimit(scene, link);
	try {
		return accepted(scene, position, await tasks.run(requestOf(scene, position, link, registration.revision.arn), AbortSignal.any([scene.abandoned, limit.signal])), requested);
	} catch (error) {
		if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_6__.s)) throw error;
		return failed$1(scene, position, next, limit.signal.aborted && !scene.abandoned.aborted && error.facts.kind === "aborted" ? unansweredNearTheHour(error) : error);
	} finally {
		limit.end();
	}
}
async function reportEnd(scene, position, { after }) {
	const { database, logger, following, cancelled } = scene;
	const { awaited, reported } = position;
	if (after?.taskArn === void 0 || after.taskArn === reported) return position;
	for (const line of await following.endOf(after, after.taskArn === awaited, cancelled)) logger.say(database, line);
	return {
		...position,
		reported: after.taskArn
	};
}
function repeatLimit(scene, link) {
	const over = new AbortController();
	const ended = new AbortController();
	const limitMs = repeatsFor(scene, link);
	if (limitMs !== void 0) scene.clock.sleep(limitMs, ended.signal).then(() => {
		if (!ended.signal.aborted) over.abort();
	});
	return {
		signal: over.signal,
		end: () => ended.abort()
	};
}
function repeatsFor({ order, ecsTime }, { after, followed }) {
	const agoMs = stoppedFor(after, ecsTime());
	if (order.ifRunning === "allow" || agoMs === void 0) return void 0;
	if (memoryOf(agoMs) === "known") return FORGETTING.lastRepeatMs - agoMs;
	return followed ? FORGETTING.lastRepeatMs - FORGETTING.lastRequestMs : void 0;
}
function unansweredNearTheHour({ facts }) {
	return new _errors_js__WEBPACK_IMPORTED_MODULE_6__.s("no answer in time. An hour after the last migration ECS forgets it, so RunTask was repeated for seconds only", {
		...facts,
		kind: "unreachable",
		code: "TimeoutError"
	});
}
function requestOf({ order, hash }, position, link, revisionArn) {
	const { launch, ifRunning, nonce } = order;
	const before = position.starts + position.quotaRefusals;
	const again = before === 0 ? [] : [{
		key: _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.T.attempt,
		value: String(before + 1)
	}];
	const place = {
		cluster: launch.request.cluster ?? "default",
		database: launch.database,
		...ifRunning === "allow" && { nonce }
	};
	return {
		...launch.request,
		tags: [...again, ...launch.request.tags ?? []].slice(0, 50),
		taskDefinition: revisionArn,
		clientToken: tokenOf(link, place, hash)
	};
}
async function accepted(scene, position, answer, requested) {
	const { database, runState, transient } = scene;
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
			starts: position.starts + 1
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
	if (transient.isQuota(failures) && scene.running.size > 0) return afterOthers(scene, position, reasons);
	return again(scene, position, transient.ofFailures(failures), reasons, outcome);
}
async function again({ database, clock, logger, cancelled }, position, mayPass, reason, outcome) {
	const starts = position.starts + 1;
	if (!mayPass || starts >= 4) return {
		kind: "ended",
		outcome
	};
	logger.warn(database, `ECS did not start the task (${reason}). Trying again, ${starts} of 3.`);
	await pauseBeforeStart(starts, clock, cancelled);
	return {
		...position,
		starts
	};
}
async function afterOthers({ database, clock, logger, cancelled }, position, reason) {
	if (position.quotaRefusals === 0) logger.say(database, `ECS did not start the task (${reason}). Trying again while other tasks of this step run.`);
	await clock.sleep(QUOTA_PAUSE_MS, cancelled);
	return {
		...position,
		quotaRefusals: position.quotaRefusals + 1
	};
}
async function failed$1(scene, position, next, error) {
	const { database, runState, transient } = scene;
	const { kind } = error.facts;
	if (kind === "aborted") return { kind: "in-doubt" };
	if (mayHaveStarted$1(error)) return {
		kind: "ended",
		outcome: {
			kind: "unknown",
			cause: "aws-error",
			error
		}
	};
	runState.settled(database);
	if (kind === "conflict") return afterConflict(scene, position, next, error);
	const outcome = {
		kind: "not-started",
		cause: "aws-error",
		error
	};
	return again(scene, position, kind === "rejected" && transient.ofError(error), error.inFull, outcome);
}
async function afterConflict(scene, position, next, error) {
	const { database, clock, history, logger, cancelled } = scene;
	const { link } = next;
	const [taskArn] = error.facts.resourceIds ?? [];
	if (taskArn !== void 0) return {
		...position,
		next: {
			kind: "meet",
			taskArn,
			holder: true
		}
	};
	const nameless = next.nameless + 1;
	if (nameless === 1) logger.say(database, `Another RunTask for ${database} is on its way, or was refused a short time ago. Asking again for up to ${spoken(CONFLICT_TRIES * CONFLICT_PAUSE_MS / 1e3)}.`);
	if (nameless < CONFLICT_TRIES) {
		await clock.sleep(CONFLICT_PAUSE_MS, cancelled);
		return {
			...position,
			next: {
				...next,
				nameless
			}
		};
	}
	history.forget();
	const seen = await look(scene, position);
	return isElsewhere(seen.next, link) ? seen : startAt(scene, position, {
		...link,
		refused: link.refused + 1
	});
}
function mayHaveStarted$1(error) {
	return error.facts.kind !== "conflict" && error.mayBeDone;
}
// src/migration/launch.ts
async function launchOnce(order, ports, signals) {
	const waitUntil = ports.clock.elapsed() + order.longestWaitMs;
	const scene = {
		...ports,
		...signals,
		order,
		database: order.launch.database,
		waitUntil
	};
	try {
		let position = {
			next: LOOK,
			starts: order.startsBefore,
			quotaRefusals: 0,
			forgotten: []
		};
		while (!signals.cancelled.aborted) {
			const step = await advance(scene, position);
			if ("kind" in step) return step;
			position = step;
		}
		return { kind: "cancelled" };
	} catch (error) {
		if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_6__.u) return {
			kind: "ended",
			outcome: refusedFor(error.problems)
		};
		if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_6__.s)) throw error;
		if (error.facts.kind === "aborted") return { kind: "cancelled" };
		if (error.facts.kind === "access-denied") return {
			kind: "ended",
			outcome: cannotSeeOthers(order.launch.database, error)
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
function cannotSeeOthers(database, error) {
	return refusedFor([{
		code: "cannot-see-other-migrations",
		reason: `Whether another migration of ${database} runs cannot be seen, because a call is denied: ${error.inFull}`,
		remedy: `Allow ${error.facts.action} to the role of this job, or set if-running to allow, which lets two migrations of one database run at once.`
	}]);
}
function advance(scene, position) {
	switch (position.next.kind) {
		case "look": return look(scene, position);
		case "meet": return meet(scene, position, position.next);
		case "start": return start(scene, position, position.next);
	}
}
async function meet(scene, position, { taskArn, holder }) {
	const { database, history, ecsTime, cancelled } = scene;
	const task = await describeNamed(taskArn, database, scene, cancelled);
	if (cancelled.aborted) return { kind: "cancelled" };
	if (task !== void 0 && !isOver(task)) return standBack(scene, position, task);
	history.forget();
	if (!holder) return {
		...position,
		next: LOOK
	};
	if (task !== void 0 && memoryOf(stoppedFor(task, ecsTime())) === "being-forgotten") return waitOut(scene, position, task);
	return startAt(scene, position, {
		after: task ?? { taskArn },
		followed: true,
		refused: 0
	});
}
async function standBack(scene, position, running) {
	const { order, database, clock, logger, untilOver, waitUntil, cancelled } = scene;
	const { taskArn = "" } = running;
	const meeting = await scene.following.meet(running, order.launch, cancelled);
	if (meeting.kind === "same") return {
		kind: "followed",
		followed: meeting.followed
	};
	if (cancelled.aborted) return { kind: "cancelled" };
	if (meeting.kind === "ending" && position.awaited !== taskArn) {
		const ends = running.desiredStatus === "STOPPED" ? "is being stopped" : "has just ended";
		logger.say(database, `${capitalised(startOf({
			task: running,
			...meeting
		}))} ${ends}. Waiting until ECS shows it as stopped, at most ${spoken(meeting.longestMs / 1e3)}.`);
		await untilOver(taskArn, meeting.longestMs, cancelled);
		return {
			...position,
			awaited: taskArn
		};
	}
	const left = waitUntil - clock.elapsed();
	const differences = meeting.kind === "other" ? meeting.differences : [];
	if (order.ifRunning !== "wait" || left <= 0) return {
		kind: "ended",
		outcome: {
			kind: "refused",
			cause: "busy",
			running,
			...differences.length > 0 && { differences }
		}
	};
	if (position.waitsFor !== taskArn) {
		const other = differences.length === 0 ? "" : ` It is not the same: ${differences.join(", ")}.`;
		logger.say(database, `Another migration of ${database} ${running.desiredStatus === "STOPPED" ? "is being stopped" : "is running"} (${taskArn}).${other} Waiting for it to end, at most ${Math.ceil(left / 6e4)} min.`);
	}
	await untilOver(taskArn, left, cancelled);
	return {
		...position,
		waitsFor: taskArn
	};
}
// src/migration/record.ts
function recordWithoutTask(database, outcome, { container, image, notes = [], taskDefinitionArn, requested, logFile, followed }) {
	return {
		database,
		outcome,
		container,
		image,
		notes,
		...taskDefinitionArn !== void 0 && { taskDefinitionArn },
		...logFile !== void 0 && { logFile },
		...followed && { followed },
		milestones: { ...requested && { requested } },
		lineCount: 0,
		lastLines: []
	};
}
function recordOf(database, { outcome, task, history, exitSeen, stream }, log, known) {
	const { endedEarlier } = history;
	const record = recordWithoutTask(database, outcome, known);
	return {
		...record,
		task,
		lineCount: log.lineCount,
		lastLines: log.lastLines,
		milestones: {
			...record.milestones,
			...exitSeen && { exitSeen },
			...log.until && { logRead: log.until }
		},
		...endedEarlier.length > 0 && { endedEarlier },
		...stream && hasLog(outcome, task, log) && { log: stream },
		...log.note !== void 0 && { logNote: log.note },
		...log.printedNothing && { printedNothing: true },
		...log.servingLine !== void 0 && { servingLine: log.servingLine }
	};
}
function hasLog(outcome, task, { lineCount }) {
	return lineCount > 0 || task.startedAt !== void 0 || outcome.kind !== "not-started";
}
// src/migration/time-limit.ts
const LEAST_FOR_START_MS = 15e3;
var TimeLimit = class {
	clock;
	ms;
	askedAt;
	until;
	waitedMs = 0;
	constructor(clock, ms) {
		this.clock = clock;
		this.ms = ms;
		this.askedAt = clock.elapsed();
	}
	asked() {
		this.askedAt = this.clock.elapsed();
	}
	begin() {
		this.until ??= this.askedAt + this.ms;
	}
	async excluding(wait) {
		const began = this.clock.elapsed();
		try {
			await wait();
		} finally {
			const ms = this.clock.elapsed() - began;
			this.waitedMs += ms;
			if (this.until !== void 0) this.until += ms;
		}
	}
	get leftToWaitMs() {
		return Math.max(0, this.ms - this.waitedMs);
	}
	get leftMs() {
		return this.until === void 0 ? this.ms : Math.max(0, this.until - this.clock.elapsed());
	}
	get allowsStart() {
		return this.leftMs > LEAST_FOR_START_MS;
	}
};
function countedFromLaunch(limit, { runState, transient }) {
	const again = (mayPass) => {
		limit.begin();
		return mayPass && limit.allowsStart;
	};
	return {
		runState: {
			...runState,
			launching: (database) => {
				runState.launching(database);
				limit.asked();
			},
			launched: (database, taskArn) => {
				limit.begin();
				runState.launched(database, taskArn);
			}
		},
		transient: {
			...transient,
			ofFailures: (failures) => again(transient.ofFailures(failures)),
			ofError: (error) => again(transient.ofError(error))
		}
	};
}
// src/migration/migrate.ts
async function migrateDatabase(order, ports, signals, onVerdict) {
	const { launch, plan, revisions } = order;
	const { clock, logger, history } = ports;
	const migration = {
		order,
		limit: new TimeLimit(clock, order.taskTimeoutMinutes * 6e4),
		ports,
		signals
	};
	const failed = [];
	const verdict = once$1(onVerdict);
	let taskDefinitionArn;
	const revision = async () => {
		const registration = await revisions.of(launch);
		if (registration.kind === "registered") taskDefinitionArn = registration.revision.arn;
		return registration;
	};
	const circumstances = (requested, followed) => ({
		container: plan.container.name ?? "",
		image: plan.image,
		notes: failed.map(failedStartNote),
		taskDefinitionArn: followed?.revisionArn ?? taskDefinitionArn,
		requested,
		followed,
		logFile: logger.logFile(launch.database)
	});
	for (;;) {
		const last = failed.at(-1);
		const launched = await launchAfter(last, revision, migration);
		if (launched.kind !== "launched" && launched.kind !== "followed") {
			const outcome = outcomeWithoutTask(launched, signals.cancelled);
			verdict(outcome);
			return recordWithoutTask(launch.database, outcome, circumstances(last?.requested));
		}
		const { task, starts, requested, found } = runningOf(launched, last);
		const followed = await (found === void 0 ? followLaunched(task, migration, verdict) : followFound(found, migration));
		if (!await isToStartAgain(followed, starts, migration)) {
			verdict(followed.outcome);
			return recordOf(launch.database, followed, await followed.log, circumstances(requested, found));
		}
		const start = {
			starts,
			requested,
			task: followed.task
		};
		failed.push(start);
		logger.warn(launch.database, failedStartNote(start));
		history.forget();
		await pauseBeforeStart(starts, clock, signals.cancelled);
	}
}
function once$1(call) {
	let called = false;
	return (outcome) => {
		if (!called) call(outcome);
		called = true;
	};
}
function runningOf(launched, last) {
	if (launched.kind === "launched") return {
		...launched,
		found: void 0
	};
	const { followed } = launched;
	return {
		task: followed.task,
		starts: (last?.starts ?? 0) + 1,
		requested: void 0,
		found: followed
	};
}
function followFound(followed, { order, limit, ports, signals }) {
	const { launch, revisions } = order;
	ports.runState.following(launch.database, followed);
	if (followed.isEarlier) revisions.follow(launch.database, followed.revisionArn);
	limit.asked();
	limit.begin();
	const onStarted = () => revisions.started(launch);
	return followTask({
		task: followed.task,
		followed,
		order,
		limit,
		onStarted
	}, ports, signals);
}
function launchAfter(failed, revision, { order: { launch, followed, ifRunning, nonce }, limit, ports, signals }) {
	if (followed !== void 0 && failed === void 0) return Promise.resolve({
		kind: "followed",
		followed
	});
	const order = {
		launch,
		revision,
		ifRunning,
		nonce,
		longestWaitMs: limit.leftToWaitMs,
		startsBefore: failed?.starts ?? 0,
		...failed && { failedStart: failed.task }
	};
	const untilOver = (taskArn, ms, signal) => limit.excluding(() => waitForTask(taskArn, ms, launch.database, ports, signal));
	return launchOnce(order, {
		...ports,
		...countedFromLaunch(limit, ports),
		untilOver
	}, signals);
}
function outcomeWithoutTask(launched, cancelled) {
	if (launched.kind === "ended") return launched.outcome;
	return {
		...cancelledBy(cancelled),
		inDoubt: launched.kind === "in-doubt"
	};
}
function followLaunched(task, { order, limit, ports, signals }, onVerdict) {
	const { launch, plan, revisions } = order;
	const wrong = wrongAnswer(askedTask(order), task);
	if (wrong !== void 0) onVerdict(wrongDatabaseOutcome(wrong, task, plan.container.name ?? ""));
	return followTask({
		task,
		wrong,
		order,
		limit,
		onStarted: () => revisions.started(launch)
	}, ports, signals);
}
async function isToStartAgain(followed, starts, { order: { launch, streamLogs }, limit, ports, signals }) {
	if (starts >= 4 || signals.cancelled.aborted || !limit.allowsStart) return false;
	return mayStartAgain(followed, ports.transient.ofTask, () => streamLogs ? followed.log : lookAtLog(launch.database, followed.stream, ports, signals.abandoned));
}
// src/migration/register.ts
const MOST_REPEATS = 2;
const LISTED_AFTER_MS = 3e3;
const MOST_LOOKED_AT = 20;
async function registerOnce({ definitions, clock, signal }, clone, owned) {
	for (let repeats = 0;; repeats++) try {
		return {
			...await definitions.register(clone, signal),
			attempts: repeats + 1
		};
	} catch (error) {
		if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_6__.s) || !error.mayBeDone) throw error;
		const found = await findOwn({
			definitions,
			clock,
			signal
		}, owned).catch(() => Promise.reject(error));
		if (found !== void 0) return {
			...found,
			attempts: repeats + 1
		};
		if (repeats === MOST_REPEATS || signal.aborted) throw error;
	}
}
async function findOwn({ definitions, clock, signal }, owned) {
	await clock.sleep(LISTED_AFTER_MS, signal);
	const newest = (await definitions.listActive(owned.family, signal)).slice(0, MOST_LOOKED_AT);
	for (const arn of newest) {
		const described = await definitions.describe(arn, signal);
		if ((0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.n)(described, owned)) return {
			arn,
			definition: described.definition
		};
	}
}
// src/migration/revisions.ts
var Revisions = class {
	order;
	ports;
	registrations = /* @__PURE__ */ new Map();
	gone = /* @__PURE__ */ new Set();
	followed = /* @__PURE__ */ new Map();
	mayBeMade = false;
	constructor(order, ports) {
		this.order = order;
		this.ports = ports;
	}
	of(launch) {
		const { refused } = this.order;
		if (refused !== void 0) return Promise.resolve({
			kind: "ended",
			outcome: refused
		});
		const known = this.registrations.get(launch.clone);
		if (known !== void 0) return known;
		const registering = this.register(launch);
		this.registrations.set(launch.clone, registering);
		return registering;
	}
	follow(database, arn) {
		this.followed.set(database, arn);
	}
	async started(launch) {
		const revision = await this.registered(launch.clone);
		if (revision === void 0 || tagOf(launch) === void 0) return;
		await this.deregister(revision, this.ownedBy(launch));
	}
	async end(records) {
		const settled = await Promise.all([...this.registrations.keys()].map((clone) => this.endOf(clone, records)));
		return await this.endFollowed(records) && settled.every(Boolean);
	}
	async endFollowed(records) {
		const { closing: signal, say, warn } = this.ports;
		const stays = records.filter(keepsRevision).flatMap(({ database }) => this.followed.get(database) ?? []);
		const arns = [...new Set(this.followed.values())].filter((arn) => !stays.includes(arn));
		try {
			for (const arn of [...stays, ...await (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.i)({
				...this.ports,
				signal
			}, this.order.owned, arns)]) say(staysText(arn));
		} catch (error) {
			if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_6__.s)) throw error;
			if (error.facts.kind === "aborted") return false;
			warn(notDeregistered(arns.join(", "), error));
		}
		return true;
	}
	async register(launch) {
		const { definitions, clock, turns, say, registering, cancelled, abandoned } = this.ports;
		try {
			await turns.turn(cancelled);
			if (cancelled.aborted) return {
				kind: "ended",
				outcome: cancelledBy(cancelled)
			};
			registering();
			const revision = await registerOnce({
				definitions,
				clock,
				signal: abandoned
			}, launch.clone, this.ownedBy(launch));
			say(`Registered ${revision.arn}`);
			const problem = this.problemOf(launch, revision);
			if (problem === void 0) return {
				kind: "registered",
				revision
			};
			return {
				kind: "ended",
				outcome: refusedFor([problem]),
				revision
			};
		} catch (error) {
			if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_6__.u) return {
				kind: "ended",
				outcome: refusedFor(error.problems)
			};
			if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_6__.s)) throw error;
			this.mayBeMade ||= error.facts.kind === "aborted" || error.mayBeDone;
			if (error.facts.kind === "aborted") return {
				kind: "ended",
				outcome: cancelledBy(abandoned)
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
	problemOf(launch, { definition }) {
		const { container, databaseVariable: variable } = this.order;
		const answered = definition.containerDefinitions ?? [];
		const wrong = this.launchesOf(launch.clone).length > 1 ? wrongSecret(container, launch.clone, answered) : wrongDatabase$1({
			container,
			variable,
			database: launch.database
		}, answered) ?? wrongSecret(container, launch.clone, answered);
		if (wrong === void 0) return void 0;
		return {
			code: "clone-names-another-database",
			reason: `ECS registered a definition for another database: ${wrong}.`,
			remedy: "Nothing was started. Run the step again; if it happens again, report it with the request id of RegisterTaskDefinition."
		};
	}
	launchesOf(clone) {
		return this.order.launches.filter((launch) => launch.clone === clone);
	}
	ownedBy(launch) {
		const databaseTag = tagOf(launch);
		return {
			...this.order.owned,
			...databaseTag !== void 0 && { databaseTag }
		};
	}
	async registered(clone) {
		return (await this.registrations.get(clone))?.revision;
	}
	async endOf(clone, records) {
		const revision = await this.registered(clone);
		if (revision === void 0) return !this.mayBeMade;
		const launches = this.launchesOf(clone);
		const names = new Set(launches.map(({ database }) => database));
		const its = records.filter(({ database }) => names.has(database));
		if (its.some(keepsRevision)) {
			this.ports.say(staysText(revision.arn));
			return true;
		}
		if (its.some(isInDoubt)) return this.leaveToPost(revision);
		const [first] = launches;
		return this.deregister(revision, first ? this.ownedBy(first) : this.order.owned);
	}
	leaveToPost({ arn }) {
		this.ports.say(`The post step deregisters ${arn}.`);
		return false;
	}
	async deregister(revision, owned) {
		if (this.gone.has(revision.arn)) return true;
		const { definitions, turns, warn, closing } = this.ports;
		try {
			await turns.turn(closing);
			await definitions.deregister(revision.arn, closing);
			this.gone.add(revision.arn);
			if (revision.attempts > 1) await (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.r)(definitions, owned, closing);
		} catch (error) {
			if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_6__.s)) throw error;
			if (error.facts.kind === "aborted") return this.leaveToPost(revision);
			warn(notDeregistered(revision.arn, error));
		}
		return true;
	}
};
function staysText(arn) {
	return `${arn} stays registered: a task of it may still be starting, or AWS cannot be asked. Later: aws ecs deregister-task-definition --region ${(0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.E)(arn).region} --task-definition ${arn}`;
}
function notDeregistered(what, { inFull }) {
	return `${what} could not be deregistered: ${inFull}. It does no harm; deregister it when you can.`;
}
function tagOf({ clone }) {
	return clone.tags?.find(({ key }) => key === _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.T.database)?.value;
}
function keepsRevision({ outcome, task }) {
	if (mayStillRun(outcome) && task?.startedAt === void 0) return true;
	return outcome.kind === "unknown" && outcome.cause === "aws-error" && outcome.error.facts.kind !== "access-denied";
}
function isInDoubt({ outcome }) {
	return outcome.kind === "cancelled" && outcome.inDoubt === true;
}
// src/migration/task-history.ts
const FRESH_MS = 1e4;
const LIST_PAUSE_MS = 1e3;
var TaskHistory = class {
	tasks;
	clock;
	cluster;
	family;
	last;
	constructor(tasks, clock, cluster, family) {
		this.tasks = tasks;
		this.clock = clock;
		this.cluster = cluster;
		this.family = family;
	}
	async of(marks, signal) {
		const { at, listing } = this.read(signal);
		const { tasks } = await listing;
		return {
			tasks: tasks.filter(({ startedBy = "" }) => marks.includes(startedBy)).sort((a, b) => createdAt(b) - createdAt(a)),
			ageMs: this.clock.elapsed() - at
		};
	}
	async lists(taskArn, signal) {
		this.forget();
		return (await this.read(signal).listing).arns.has(taskArn);
	}
	forget() {
		this.last = void 0;
	}
	async describe(taskArn, signal) {
		const ask = () => this.tasks.describe(this.cluster, [taskArn], signal);
		const { tasks } = await (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.u)(ask, this.clock, signal === void 0 ? [] : [signal]);
		return tasks[0];
	}
	read(signal) {
		const now = this.clock.elapsed();
		if (this.last !== void 0 && now - this.last.at <= FRESH_MS) return this.last;
		const signals = signal === void 0 ? [] : [signal];
		const listing = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.u)(() => this.list(signal), this.clock, signals, { pauseMs: LIST_PAUSE_MS });
		this.last = {
			at: now,
			listing
		};
		listing.catch(() => this.forget());
		return this.last;
	}
	async list(signal) {
		const listed = new Set(await this.tasks.list(this.cluster, this.family, "RUNNING", signal));
		for (const arn of await this.tasks.list(this.cluster, this.family, "STOPPED", signal)) listed.add(arn);
		const tasks = [];
		for (const batch of (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.l)([...listed])) tasks.push(...(await this.tasks.describe(this.cluster, batch, signal)).tasks);
		return {
			arns: listed,
			tasks
		};
	}
};
function createdAt(task) {
	return task.createdAt?.getTime() ?? 0;
}
// src/migration/mailbox.ts
var Mailbox = class {
	items = [];
	wake;
	put(item) {
		this.items.push(item);
		this.wake?.();
	}
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
const POLL_MS = 1e3;
const MISSING_TOLERANCE_MS = 6e4;
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
		while (!signal.aborted) {
			const began = this.clock.elapsed();
			const error = await this.pollOnce(signal);
			if (error !== void 0) this.sendAll({
				kind: "lost",
				cause: "aws-error",
				error
			});
			const took = error === void 0 ? this.clock.elapsed() - began : 0;
			await this.clock.sleep(POLL_MS - took, signal);
		}
		this.polling = this.observers.size > 0 ? this.poll() : void 0;
	}
	async pollOnce(signal) {
		try {
			await (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.u)(() => this.look(signal), this.clock, [signal]);
			return;
		} catch (error) {
			if (signal.aborted) return void 0;
			if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_6__.s) return error;
			throw error;
		}
	}
	async look(signal) {
		for (const batch of (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.l)([...this.observers.keys()])) {
			const { tasks } = await this.tasks.describe(this.cluster, batch, signal);
			this.deliver(batch, tasks);
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
	sendAll(observation) {
		for (const { mailbox } of this.observers.values()) mailbox.put(observation);
	}
};
// src/plan/choose-container.ts
function chooseContainer(containers, wanted) {
	if (wanted.containerName !== void 0) return {
		container: named$2(containers, wanted.containerName),
		doubts: []
	};
	const repository = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.V)(wanted.imageUri);
	const candidates = containers.filter(({ image }) => (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.V)(image ?? "") === repository);
	const [first] = candidates;
	if (first !== void 0 && candidates.length === 1) return {
		container: first,
		doubts: []
	};
	if (first !== void 0) return {
		container: onlyEssential(candidates, `containers of ${repository}`),
		doubts: []
	};
	const container = onlyEssential(containers, "containers, none of them of the repository of image-uri");
	return {
		container,
		doubts: [otherRepository(container, wanted.imageUri)]
	};
}
function isEssential({ essential }) {
	return essential !== false;
}
function named$2(containers, name) {
	const chosen = containers.find((container) => container.name === name);
	if (chosen !== void 0) return chosen;
	throw new _errors_js__WEBPACK_IMPORTED_MODULE_6__.u({
		code: "container-unknown",
		reason: `The task definition has no container "${name}".`,
		remedy: `Set the input container-name to one of: ${names(containers)}.`
	});
}
function onlyEssential(containers, which) {
	const essential = containers.filter(isEssential);
	const [only] = essential;
	if (only !== void 0 && essential.length === 1) return only;
	throw new _errors_js__WEBPACK_IMPORTED_MODULE_6__.u({
		code: "container-ambiguous",
		reason: `Of the ${which} (${names(containers)}) ${essential.length === 0 ? "none is essential" : `${essential.length} are essential`}, so it is open which one runs the migration.`,
		remedy: "Name it in the input container-name."
	});
}
function otherRepository({ name, image }, imageUri) {
	return {
		id: "other-repository",
		weight: "warning",
		code: "other-repository",
		reason: `No container of the task definition has an image of ${(0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.V)(imageUri)}: ${name}, the only essential one, gets it instead of ${image}.`,
		remedy: `Set container-name to ${name} if that is meant.`
	};
}
function names(containers) {
	return containers.map(({ name }) => name ?? "(no name)").join(", ") || "none";
}
// src/plan/log-destination.ts
const PREFIX = "run-ecs-migration";
function loggingTo(container, group, { taskDefinitionArn = "" }) {
	if (group === void 0) return container;
	const options = {
		"awslogs-group": group,
		"awslogs-region": (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.E)(taskDefinitionArn).region,
		"awslogs-stream-prefix": PREFIX
	};
	return {
		...container,
		logConfiguration: {
			logDriver: "awslogs",
			options
		}
	};
}
function replacedLog({ name, logConfiguration }, group) {
	if (group === void 0) return [];
	const { logDriver, options } = logConfiguration ?? {};
	return [`The log of ${name} goes to the log group ${group}; in the definition it goes ${logDriver === void 0 ? "nowhere" : logDriver === "awslogs" ? `to the log group ${options?.["awslogs-group"]}` : `by the log driver ${logDriver}`}.`];
}
// src/plan/secrets.ts
function secretsOf(container, { lines, variables, database }) {
	const ours = lines.map(({ name, valueFrom }) => ({
		name,
		valueFrom: (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.N)(valueFrom, database)
	}));
	const taken = /* @__PURE__ */ new Set([...variables, ...ours.map(({ name }) => name)]);
	return [...(container.secrets ?? []).filter(({ name = "" }) => !taken.has(name)), ...ours];
}
function replacedSecrets(container, { lines, variables }) {
	const secrets = new Set((container.secrets ?? []).map(({ name }) => name));
	const environment = new Set((container.environment ?? []).map(({ name }) => name));
	return [
		...variables.filter((name) => secrets.has(name)).map((name) => `The secret ${name} of ${container.name} is replaced by the variable of this step.`),
		...lines.filter(({ name }) => secrets.has(name)).map(({ name }) => `The secret ${name} of ${container.name} is replaced by the one in the input secrets.`),
		...lines.filter(({ name }) => environment.has(name)).map(({ name }) => `The variable ${name} of ${container.name} is replaced by the secret in the input secrets.`)
	];
}
function plainSecrets(container, variables, definition) {
	return (container.secrets ?? []).filter(({ name = "" }) => variables.includes(name)).map(({ name = "", valueFrom = "" }) => ({
		id: "plain-secret",
		weight: "refusal",
		code: "plain-secret",
		reason: `${name} is a secret of the container ${container.name}, and environment-variables has a plain value for it: whoever may describe the task or its definition could read it.`,
		remedy: `For another secret, write the line ${name}=${arnOf(valueFrom, definition)} into the input secrets, with the ARN you mean, and remove ${name} from environment-variables.`
	}));
}
function arnOf(valueFrom, definition) {
	const { partition, region, account } = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.E)(definition);
	if (valueFrom.startsWith("arn:") || account === "") return valueFrom;
	return `arn:${partition}:ssm:${region}:${account}:parameter/${valueFrom.replace(/^\//, "")}`;
}
// src/plan/database-variables.ts
const NAMES = /^(?:DB_NAME|DB_DATABASE|POSTGRES_DB|PGDATABASE|MYSQL_DATABASE|RDS_DB_NAME)$/;
const URLS = /^(?:DATABASE_URL|DATABASE_URI|SQLALCHEMY_DATABASE_URI|DB_URL|SPRING_DATASOURCE_URL|ConnectionStrings__.+)$/;
const PLAIN_NAME = /^[A-Za-z0-9_][\w.-]{0,62}$/;
function databaseNamedBy({ name = "", value = "" }) {
	const text = NAMES.test(name) ? value : pathOf(value);
	return text !== void 0 && PLAIN_NAME.test(text) ? text : void 0;
}
function pathOf(value) {
	const url = URL.parse(value.replace(/^jdbc:/, ""));
	return url === null || url.host === "" ? void 0 : url.pathname.slice(1);
}
function databaseVariablesOf({ environment = [], secrets = [] }) {
	return [...environment, ...secrets].map(({ name = "" }) => name).filter((name) => NAMES.test(name) || URLS.test(name));
}
// src/plan/sidecars.ts
function judgeSidecars(base, chosen, request) {
	const containers = base.containerDefinitions ?? [];
	const companions = new Companions(containers, chosen, base.proxyConfiguration?.containerName, request);
	const judged = containers.filter((container) => container !== chosen).map((container) => ({
		container,
		sidecar: companions.judge(container),
		isOpen: companions.isOpen(container)
	}));
	return {
		sidecars: judged.map(({ sidecar }) => sidecar),
		doubts: judged.filter(({ sidecar }) => sidecar.fate !== "left-out").flatMap(({ container, sidecar, isOpen }) => {
			const variables = databaseVariables(container, request.databaseVariable);
			if (isOpen) return [ownImage(container, sidecar, variables)];
			return variables === "" ? [] : [ownDatabase(container, variables)];
		})
	};
}
function databaseVariables(container, databaseVariable) {
	const { environment = [], secrets = [] } = container;
	const same = [...environment, ...secrets].filter(({ name }) => name !== "" && name === databaseVariable);
	return [.../* @__PURE__ */ new Set([...same.map(({ name = "" }) => name), ...databaseVariablesOf(container)])].join(", ");
}
function ownImage({ name, image }, { because }, variables) {
	return {
		id: "own-image-sidecar",
		weight: "refusal",
		code: "own-image-sidecar",
		reason: `The container ${name} would run beside the migration: ${because}, and it runs the application's own image (${image})${variables === "" ? "" : `, on the database that the definition gives it (${variables})`}.`,
		remedy: `Set the input sidecars to none to leave it out, or to ${name} to keep it.`
	};
}
function ownDatabase({ name }, variables) {
	return {
		id: "sidecar-database",
		weight: "warning",
		code: "sidecar-database",
		reason: `The container ${name} runs beside the migration and has ${variables} of its own: it works on the database that the definition gives it.`,
		remedy: "Leave it out with the input sidecars if the migration can do without it."
	};
}
var Companions = class {
	containers;
	chosen;
	proxy;
	sidecars;
	ownRepositories;
	needed;
	leftOut;
	constructor(containers, chosen, proxy, { sidecars, imageUri }) {
		this.containers = containers;
		this.chosen = chosen;
		this.proxy = proxy;
		this.sidecars = sidecars;
		this.ownRepositories = /* @__PURE__ */ new Set([(0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.V)(chosen.image ?? ""), (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.V)(imageUri)]);
		if (typeof sidecars !== "string") requireKnown(sidecars, containers);
		this.needed = this.closure([chosen]);
		this.leftOut = sidecars === "all" ? /* @__PURE__ */ new Map() : sidecars === "auto" ? this.leftOutByRule() : this.leftOutByChoice();
	}
	judge({ name = "", essential }) {
		const leftOut = this.leftOut.get(name);
		if (leftOut !== void 0) return {
			name,
			fate: "left-out",
			because: leftOut
		};
		if (this.sidecars === "all") return {
			name,
			fate: "kept",
			because: "sidecars is all"
		};
		const needed = this.needed.get(name);
		if (needed !== void 0) return {
			name,
			fate: "kept",
			because: needed
		};
		return {
			name,
			fate: "not-essential",
			because: essential === false ? "not essential" : "not essential any more, so that it cannot end the migration"
		};
	}
	isOpen(container) {
		return this.sidecars === "auto" && this.isOwn(container) && this.needed.has(container.name ?? "");
	}
	isOwn(container) {
		return container !== this.chosen && this.ownRepositories.has((0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.V)(container.image ?? ""));
	}
	isNamed({ name = "" }) {
		return typeof this.sidecars !== "string" && this.sidecars.includes(name);
	}
	closure(roots) {
		const decided = this.sidecars === "none" || typeof this.sidecars !== "string";
		const found = /* @__PURE__ */ new Map();
		const open = [...roots];
		for (let one = open.shift(); one !== void 0; one = open.shift()) for (const [name, because] of this.needsOf(one)) {
			const other = this.containers.find((container) => container.name === name);
			if (other === void 0 || other === this.chosen || found.has(name)) continue;
			if (decided && this.isOwn(other) && !this.isNamed(other)) continue;
			found.set(name, because);
			open.push(other);
		}
		return found;
	}
	needsOf(container) {
		const { name = "" } = container;
		const isChosen = container === this.chosen;
		return new Map([
			...isChosen ? this.fileSharers().map((other) => [other, `it writes files that ${name} reads`]) : [],
			...isChosen && this.proxy !== void 0 ? [[this.proxy, "it is the proxy of the task"]] : [],
			...this.routersOf(container).map((router) => [router, `${name} logs by it`]),
			...mounted(container).map((other) => [other, `${name} mounts its volumes`]),
			...waitedFor(container).map((other) => [other, `${name} waits for it`])
		]);
	}
	fileSharers() {
		const mine = new Set((this.chosen.mountPoints ?? []).map(({ sourceVolume }) => sourceVolume));
		const writes = ({ mountPoints = [] }) => mountPoints.some(({ sourceVolume, readOnly }) => readOnly !== true && mine.has(sourceVolume));
		return this.containers.filter((one) => this.isOwn(one) && writes(one)).map(({ name = "" }) => name);
	}
	routersOf({ logConfiguration }) {
		if (logConfiguration?.logDriver !== "awsfirelens") return [];
		return this.containers.filter(({ firelensConfiguration }) => firelensConfiguration).map(({ name = "" }) => name);
	}
	leftOutByRule() {
		const first = this.leftOutBut(/* @__PURE__ */ new Set());
		const staying = this.containers.filter(({ name = "" }) => !first.has(name));
		const routers = new Set(staying.flatMap((container) => this.routersOf(container)));
		return this.leftOutBut(routers);
	}
	leftOutBut(exempt) {
		const out = /* @__PURE__ */ new Map();
		const candidates = this.containers.filter((one) => one !== this.chosen && !this.needed.has(one.name ?? "") && !exempt.has(one.name ?? ""));
		for (const one of candidates) if (this.isOwn(one)) out.set(one.name ?? "", "it runs the same image");
		for (let before = -1; before !== out.size;) {
			before = out.size;
			for (const one of candidates.filter(({ name = "" }) => !out.has(name))) {
				const after = [...waitedFor(one), ...mounted(one)].find((name) => name === this.chosen.name || out.has(name));
				if (after !== void 0) out.set(one.name ?? "", `it starts only after ${after}`);
			}
		}
		return out;
	}
	leftOutByChoice() {
		const named = this.containers.filter((container) => this.isNamed(container));
		const stay = /* @__PURE__ */ new Set([
			...this.needed.keys(),
			...this.closure(named).keys(),
			...named.map(({ name = "" }) => name)
		]);
		const because = this.sidecars === "none" ? "sidecars is none" : "sidecars does not name it";
		return new Map(this.containers.filter((container) => container !== this.chosen && !stay.has(container.name ?? "")).map(({ name = "" }) => [name, because]));
	}
};
function waitedFor({ dependsOn = [] }) {
	return dependsOn.map(({ containerName = "" }) => containerName);
}
function mounted({ volumesFrom = [] }) {
	return volumesFrom.map(({ sourceContainer = "" }) => sourceContainer);
}
function requireKnown(wanted, containers) {
	const known = containers.map(({ name = "" }) => name);
	const unknown = wanted.filter((name) => !known.includes(name));
	if (unknown.length === 0) return;
	throw new _errors_js__WEBPACK_IMPORTED_MODULE_6__.u({
		code: "sidecar-unknown",
		reason: `The task definition has no container ${unknown.join(", ")}, which the input sidecars names.`,
		remedy: `Set sidecars to auto, all, none, or some of: ${known.join(", ")}.`
	});
}
// src/plan/variables.ts
function hasOwnRevision({ databases, secrets, entrypoint = [] }) {
	const texts = [...secrets.map(({ valueFrom }) => valueFrom), ...entrypoint];
	return databases.length === 1 || texts.some((text) => text.includes("{database}"));
}
function cloneVariables(inputs, database) {
	const own = hasOwnRevision(inputs);
	const others = own ? inputs.environmentVariables.map(({ name, value }) => ({
		name,
		value: (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.N)(value, database)
	})) : inputs.environmentVariables.filter(({ value }) => !value.includes(_errors_js__WEBPACK_IMPORTED_MODULE_6__.c));
	const { databaseVariable } = inputs;
	return databaseVariable === "" ? others : [{
		name: databaseVariable,
		value: own ? database : _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.w
	}, ...others];
}
function overriddenVariables(inputs, database) {
	if (hasOwnRevision(inputs)) return [];
	const others = inputs.environmentVariables.filter(({ value }) => value.includes(_errors_js__WEBPACK_IMPORTED_MODULE_6__.c)).map(({ name, value }) => ({
		name,
		value: (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.N)(value, database)
	}));
	const { databaseVariable } = inputs;
	return databaseVariable === "" ? others : [{
		name: databaseVariable,
		value: database
	}, ...others];
}
function variableNames({ databaseVariable, environmentVariables }) {
	return [...databaseVariable === "" ? [] : [databaseVariable], ...environmentVariables.map(({ name }) => name)];
}
// src/plan/job.ts
function planJob(described, request) {
	const { container: original, doubts } = chooseContainer(described.containerDefinitions ?? [], request);
	const chosen = withSecrets(loggingTo(original, request.logGroup, described), request);
	const containers = (described.containerDefinitions ?? []).map((one) => one === original ? chosen : one);
	const base = {
		...described,
		containerDefinitions: containers
	};
	const judged = judgeSidecars(base, chosen, request);
	const fates = new Map(judged.sidecars.map(({ name, fate }) => [name, fate]));
	const kept = withoutMentions(containers.filter(({ name = "" }) => fates.get(name) !== "left-out").map((container) => container === chosen ? migrating(container) : sidecar(container, fates)));
	requireNoneWaitsForEnd(kept);
	const { proxyConfiguration: proxy, ...rest } = base;
	const proxyStays = kept.some(({ name }) => name === proxy?.containerName);
	return {
		definition: {
			...rest,
			...proxy && proxyStays && { proxyConfiguration: proxy },
			containerDefinitions: kept
		},
		container: kept.find(({ name }) => name === chosen.name) ?? chosen,
		sidecars: judged.sidecars,
		doubts: [
			...doubts,
			...judged.doubts,
			...plainSecrets(original, request.environmentVariables.map(({ name }) => name), described.taskDefinitionArn ?? "")
		],
		notes: [...replacedSecrets(original, {
			lines: request.secrets,
			variables: [request.databaseVariable]
		}), ...replacedLog(original, request.logGroup)]
	};
}
function migrating({ restartPolicy: _, ...container }) {
	return isEssential(container) ? container : {
		...container,
		essential: true
	};
}
function sidecar(container, fates) {
	return fates.get(container.name ?? "") === "kept" || !isEssential(container) ? container : {
		...container,
		essential: false
	};
}
function withoutMentions(containers) {
	const names = new Set(containers.map(({ name = "" }) => name));
	const hasRouter = containers.some(({ firelensConfiguration }) => firelensConfiguration !== void 0);
	return containers.map(({ logConfiguration, dependsOn, volumesFrom, links, ...rest }) => ({
		...rest,
		...logConfiguration && (hasRouter || logConfiguration.logDriver !== "awsfirelens") && { logConfiguration },
		...dependsOn && { dependsOn: dependsOn.filter(({ containerName = "" }) => names.has(containerName)) },
		...volumesFrom && { volumesFrom: volumesFrom.filter(({ sourceContainer = "" }) => names.has(sourceContainer)) },
		...links && { links: links.filter((link) => names.has(link.split(":")[0] ?? "")) }
	}));
}
function requireNoneWaitsForEnd(containers) {
	const essential = new Set(containers.filter(isEssential).map(({ name }) => name));
	for (const { name, dependsOn = [] } of containers) {
		const end = dependsOn.find(({ condition, containerName }) => (condition === "COMPLETE" || condition === "SUCCESS") && essential.has(containerName));
		if (end === void 0) continue;
		throw new _errors_js__WEBPACK_IMPORTED_MODULE_6__.u({
			code: "sidecar-waits-for-end",
			reason: `The container ${name} waits for the end of ${end.containerName} (${end.condition}), which is essential in the clone, and ECS does not accept that.`,
			remedy: `Leave ${name} out: set the input sidecars to none, or to the names of those to keep.`
		});
	}
}
function requireExecutionRole({ executionRoleArn }, { secrets, logGroup }) {
	const input = secrets.length > 0 ? "secrets" : logGroup === void 0 ? void 0 : "log-group";
	if (executionRoleArn !== void 0 || input === void 0) return;
	throw new _errors_js__WEBPACK_IMPORTED_MODULE_6__.u({
		code: "no-execution-role",
		reason: `The task definition has no execution role, with which ECS would ${input === "secrets" ? "read the secrets" : "write the log"} of the input ${input}.`,
		remedy: `Give the task definition an executionRoleArn, or leave out the input ${input}.`
	});
}
function withSecrets(container, request) {
	const [database = ""] = request.databases;
	const secrets = secretsOf(container, {
		lines: request.secrets,
		variables: variableNames(request),
		database
	});
	return secrets.length === 0 && container.secrets === void 0 ? container : {
		...container,
		secrets
	};
}
// src/plan/base.ts
function judgeBase(definition, cluster) {
	requireOneAccount(definition.taskDefinitionArn ?? "", cluster);
	requireNoVolumeOfLaunch(definition);
	return inactive(definition);
}
function requireOneAccount(definition, cluster) {
	const [ours, theirs] = [(0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.E)(definition).account, (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.E)(cluster).account];
	if (ours === "" || theirs === "" || ours === theirs) return;
	throw new _errors_js__WEBPACK_IMPORTED_MODULE_6__.u({
		code: "other-account",
		reason: `The task definition ${definition} is of account ${ours}, and the cluster ${cluster} of account ${theirs}: ECS runs a task only where both are of one account.`,
		remedy: "Correct the input cluster, or use credentials (role-to-assume) of the account of the cluster."
	});
}
function requireNoVolumeOfLaunch({ volumes = [], taskDefinitionArn }) {
	const names = volumes.filter(({ configuredAtLaunch }) => configuredAtLaunch === true).map(({ name }) => name);
	if (names.length === 0) return;
	throw new _errors_js__WEBPACK_IMPORTED_MODULE_6__.u({
		code: "volume-configured-at-launch",
		reason: `The volume ${names.join(", ")} of ${taskDefinitionArn} is configured at launch (configuredAtLaunch), and this action configures no volume when it launches.`,
		remedy: "Give migrations a task definition of their own, without this volume."
	});
}
function requireFargate(definition) {
	const family = definition.family ?? "this one";
	const compatible = definition.compatibilities ?? definition.requiresCompatibilities ?? [];
	if (definition.networkMode === "awsvpc" && compatible.includes("FARGATE")) return;
	throw new _errors_js__WEBPACK_IMPORTED_MODULE_6__.u({
		code: "not-fargate",
		reason: `The task definition ${family} cannot run on Fargate: network mode ${definition.networkMode ?? "not set"}, compatible with ${compatible.join(", ") || "nothing named"}.`,
		remedy: `Leave ${family} to its service, and register a task definition of its own for migrations, such as ${family}-fargate: the container with its variables, secrets and log, "networkMode": "awsvpc", "requiresCompatibilities": ["FARGATE"], cpu and memory at task level, and an executionRoleArn. Name that in task-definition.`
	});
}
function inactive({ status, taskDefinitionArn }) {
	if (status !== "INACTIVE" && status !== "DELETE_IN_PROGRESS") return [];
	return [{
		id: "inactive-revision",
		weight: "warning",
		code: "inactive-revision",
		reason: `The revision ${taskDefinitionArn} is ${status}: it ${status === "INACTIVE" ? "was deregistered" : "is being deleted"}, and its copy runs all the same.`,
		remedy: "Give the family alone in task-definition for its newest active revision, or the revision that is meant."
	}];
}
// src/plan/clone.ts
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
function cloneDefinition(base, request) {
	const { definition } = base;
	const containers = definition.containerDefinitions ?? [];
	return {
		...copied(definition),
		family: request.family,
		containerDefinitions: containers.map((container) => container.name === request.container ? migrationContainer(container, request) : container),
		tags: (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.j)(request.tags, base.tags)
	};
}
function copied(definition) {
	return Object.fromEntries(COPIED.filter((member) => definition[member] !== void 0).map((member) => [member, definition[member]]));
}
function migrationContainer(container, request) {
	const { command: _, ...withoutCommand } = container;
	const secrets = request.secrets ?? container.secrets;
	const isSecret = ({ name }) => request.secrets?.some((one) => one.name === name) ?? false;
	const environment = (container.environment ?? []).filter((variable) => !isSecret(variable));
	return {
		...request.entryPoint ? {
			...withoutCommand,
			entryPoint: [...request.entryPoint]
		} : container,
		image: request.image,
		environment: upsert(environment, request.environment),
		...secrets && { secrets: [...secrets] },
		stopTimeout: container.stopTimeout ?? 120
	};
}
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
// src/plan/other-variable.ts
function judgeOtherVariable(container, startup, request, source) {
	if (showsIntent(startup, request) || has(container, request.databaseVariable)) return [];
	return [...otherVariable(container, request, source), ...unseenFiles(container, request)];
}
function otherVariable(container, request, source) {
	const { databases, databaseVariable } = request;
	const several = databases.length > 1;
	const names = [...new Set(databaseVariablesOf(container))].filter((name) => several || !sets(request, name));
	if (names.length === 0) return [];
	return [{
		id: "other-variable",
		code: "other-variable",
		remedy: `Name the variable that the application reads in database-variable (${databaseVariable} too, if it does), write {database} into environment-variables, secrets or command, or let a shell in command put the URL together from ${databaseVariable} (${(0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.Y)("docs/frameworks.md", source)}).`,
		...several ? ofSeveral(container, names, request) : ofOne$2(container, names, request)
	}];
}
function ofSeveral(container, names, request) {
	return {
		weight: "refusal",
		reason: byAnother(container, names, request, `every one of the ${request.databases.length} databases would be the one that the definition names`)
	};
}
function ofOne$2(container, names, request) {
	const [database = ""] = request.databases;
	const known = plainlyNamed(container, names);
	const other = known.find(({ found }) => found !== database);
	if (other !== void 0) {
		const brief = `the definition's ${other.name} ${other.verb} ${other.found}`;
		return {
			weight: "warning",
			reason: `The definition's ${other.name} ${other.verb} ${other.found}, and ${database} was asked for: if the application reads ${other.name}, the migration runs on ${other.found}, and ${database} stays as it is.`,
			brief
		};
	}
	if (known.length === names.length) return {
		weight: "notice",
		reason: `The container ${container.name} has no ${request.databaseVariable}, and its ${names.join(", ")} ${names.length === 1 ? "names" : "name"} ${database}, as asked for: if the application reads that, it is right for this database alone.`
	};
	return {
		weight: "warning",
		reason: byAnother(container, names, request, `the migration runs on the database that the definition names, not on ${database}`)
	};
}
function byAnother({ name }, names, { databaseVariable }, target) {
	return `The container ${name} has ${names.join(", ")} and no ${databaseVariable}: if the application finds its database by ${names.length === 1 ? "it" : "one of them"}, ${target}.`;
}
function plainlyNamed({ environment = [] }, names) {
	return environment.flatMap((pair) => {
		const { name = "", value } = pair;
		const found = databaseNamedBy(pair);
		return found !== void 0 && names.includes(name) ? [{
			name,
			found,
			verb: found === value ? "is" : "names"
		}] : [];
	});
}
function unseenFiles({ name, environmentFiles = [] }, { databases, databaseVariable }) {
	if (environmentFiles.length === 0) return [];
	return [{
		id: "environment-files",
		weight: databases.length > 1 ? "warning" : "notice",
		code: "environment-files",
		reason: `The container ${name} gets variables from environmentFiles, which this step cannot see. ${databaseVariable} of this step wins over one in a file; if the application finds its database by another variable of a file, such as DATABASE_URL or DB_NAME, it stays the one that the file names.`,
		remedy: "Name the variable that the application reads in database-variable."
	}];
}
function showsIntent({ entryPoint = [], command = [] }, request) {
	const { databaseVariable, databaseVariableGiven } = request;
	const mentioned = new RegExp(`(?<![\\w.-])${(0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.q)(databaseVariable)}(?![\\w.-])`);
	return databaseVariable === "" || databaseVariableGiven || (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.k)(request) || [...entryPoint, ...command].some((word) => mentioned.test(word));
}
function has({ environment = [], secrets = [] }, variable) {
	return [...environment, ...secrets].some(({ name }) => name === variable);
}
function sets({ environmentVariables, secrets }, variable) {
	return [...environmentVariables, ...secrets].some(({ name }) => name === variable);
}
// src/plan/size.ts
function resized(clone, chosen, wanted) {
	if (wanted.cpu === void 0 && wanted.memory === void 0) return clone;
	const cpu = wanted.cpu ?? (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.F)(clone.cpu ?? "") ?? 0;
	const memory = wanted.memory ?? (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.L)(clone.memory ?? "") ?? 0;
	if (!(0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.I)(cpu, memory)) throw noSuchSize(wanted, cpu, memory);
	const containers = (clone.containerDefinitions ?? []).map((container) => container.name === chosen ? withoutLimits(container) : container);
	requireRoom(containers.filter(({ name }) => name !== chosen), cpu, memory);
	return {
		...clone,
		cpu: String(cpu),
		memory: String(memory),
		containerDefinitions: containers
	};
}
function withoutLimits({ cpu: _, memory: __, memoryReservation: ___, ...container }) {
	return container;
}
function noSuchSize(wanted, cpu, memory) {
	const whose = (given) => given === void 0 ? "the definition's " : "";
	return new _errors_js__WEBPACK_IMPORTED_MODULE_6__.u({
		code: "size-not-on-fargate",
		reason: `Fargate has no task of ${whose(wanted.cpu)}${cpu} CPU units and ${whose(wanted.memory)}${memory} MiB.`,
		remedy: `With cpu ${cpu}, memory is ${(0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.R)(cpu)}. Set the inputs cpu and memory to a pair that Fargate offers.`
	});
}
function requireRoom(others, cpu, memory) {
	const sum = (of) => others.reduce((total, one) => total + of(one), 0);
	const wantsCpu = sum((one) => one.cpu ?? 0);
	const wantsMemory = sum((one) => one.memoryReservation ?? one.memory ?? 0);
	const largest = Math.max(0, ...others.map((one) => one.memory ?? 0));
	if (wantsCpu <= cpu && wantsMemory < memory && largest <= memory) return;
	const names = others.map(({ name }) => name).join(", ");
	throw new _errors_js__WEBPACK_IMPORTED_MODULE_6__.u({
		code: "size-too-small",
		reason: `A task of ${cpu} CPU units and ${memory} MiB has no room: the other containers (${names}) reserve ${wantsCpu} CPU units and ${Math.max(wantsMemory, largest)} MiB of it.`,
		remedy: "Raise the inputs cpu and memory, or leave containers out with the input sidecars."
	});
}
// src/example-command.ts
const EXAMPLES = [
	[/\b(?:gunicorn|uvicorn|hypercorn|daphne|granian|uwsgi|waitress|celery|manage\.py|django)/i, "python manage.py migrate"],
	[/\b(?:python|flask|fastapi|rq|arq)\b/i, "alembic upgrade head"],
	[/\b(?:puma|rails|rake|rackup|unicorn|passenger|falcon|sidekiq|ruby)/i, "bundle exec rails db:migrate"],
	[/\b(?:php|artisan|frankenphp)/i, "php artisan migrate --force"],
	[/\b(?:node|nodejs|nodemon|npm|pnpm|yarn|bun|deno|tsx|pm2|next|nuxt|nest|nestapplication)\b/i, "npx prisma migrate deploy"],
	[/\b(?:mix|phx|phoenix|elixir)\b/i, "mix ecto.migrate"],
	[/\b(?:java|catalina|tomcat|spring)/i, "flyway migrate"]
];
function giveCommand(shown) {
	const example = EXAMPLES.find(([trace]) => trace.test(shown))?.[1];
	return `Give the input command: the words that run the migration${example === void 0 ? "" : `, such as ${example}`}.`;
}
// src/plan/programs.ts
const WRAPPERS = [
	{
		name: /^tini(-static)?$/,
		valued: ["-p", "-e"]
	},
	{
		name: /^(dumb-init|catatonit)$/,
		valued: ["-r", "--rewrite"]
	},
	{
		name: /^env$/,
		valued: [
			"-u",
			"--unset",
			"-C",
			"--chdir"
		],
		assigns: true
	},
	{
		name: /^nice$/,
		valued: ["-n", "--adjustment"]
	},
	{
		name: /^ionice$/,
		valued: [
			"-c",
			"-n",
			"--class",
			"--classdata"
		]
	},
	{
		name: /^timeout$/,
		valued: [
			"-k",
			"-s",
			"--kill-after",
			"--signal"
		],
		operands: 1
	},
	{
		name: /^stdbuf$/,
		valued: [
			"-i",
			"-o",
			"-e"
		]
	},
	{
		name: /^(gosu|su-exec)$/,
		operands: 1
	},
	{
		name: /^setpriv$/,
		valued: [
			"--reuid",
			"--regid",
			"--groups"
		]
	},
	{
		name: /^sudo$/,
		valued: [
			"-u",
			"-g",
			"--user",
			"--group"
		],
		assigns: true
	},
	{ name: /^(nohup|setsid|busybox|with-contenv|ddtrace-run|opentelemetry-instrument|xvfb-run)$/ },
	{
		name: /^(npx|bunx)$/,
		valued: ["-p", "--package"]
	},
	{
		name: /^bundle$/,
		subcommand: ["exec"]
	},
	{
		name: /^(poetry|pipenv|pdm|uv|rye|hatch)$/,
		subcommand: ["run"]
	},
	{
		name: /^(npm|pnpm|yarn)$/,
		subcommand: ["exec"]
	},
	{
		name: /^newrelic-admin$/,
		subcommand: ["run-program"]
	},
	{
		name: /^(chamber|aws-vault)$/,
		subcommand: ["exec"],
		dashes: true
	},
	{
		name: /^(doppler|infisical|op)$/,
		subcommand: ["run"],
		dashes: true
	},
	{
		name: /entry-?point(\.\w+)?$/,
		alone: true
	}
];
const KEYWORDS = /* @__PURE__ */ new Set([
	"exec",
	"command",
	"time",
	"then",
	"do",
	"else",
	"if",
	"while",
	"until",
	"!",
	"{"
]);
const ASSIGNMENT = /^[A-Za-z_]\w*=/;
function isAssignment(word) {
	return ASSIGNMENT.test(word);
}
function innermost(words) {
	let rest = words;
	for (;;) {
		const [program = "", ...args] = rest;
		const wrapper = WRAPPERS.find((row) => isCallOf(row, program, args));
		if (wrapper === void 0 || wrapper.alone && args.length === 0) return rest;
		rest = wrapped(wrapper, args.slice(wrapper.subcommand?.length ?? 0));
	}
}
function innermostInScript(words) {
	return innermost(withoutPrefix(words));
}
function withoutPrefix(words) {
	const at = words.findIndex((word) => !KEYWORDS.has(word) && !isAssignment(word));
	return at === -1 ? [] : words.slice(at);
}
function isCallOf({ name, subcommand = [] }, program, args) {
	return name.test((0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.x)(program)) && subcommand.every((word, at) => args[at] === word);
}
function wrapped({ valued = [], operands = 0, assigns, dashes }, args) {
	if (dashes) return args.includes("--") ? args.slice(args.indexOf("--") + 1) : args.slice(args.length);
	let at = 0;
	for (; at < args.length; at++) {
		const word = args[at] ?? "";
		if (valued.includes(word)) at++;
		else if (!word.startsWith("-") && !(assigns && isAssignment(word))) break;
	}
	const rest = args.slice(at + operands);
	return rest[0] === "--" ? rest.slice(1) : rest;
}
const SERVERS = /^(gunicorn|uvicorn|hypercorn|daphne|granian|uwsgi|waitress-serve|puma|pumactl|unicorn|unicorn_rails|thin|rackup|passenger|falcon|php-fpm[\d.]*|apache2|apache2-foreground|apachectl|httpd|httpd-foreground|nginx|openresty|caddy|traefik|envoy|haproxy|frankenphp|supervisord|pm2-runtime|sidekiq|dramatiq|huey_consumer(\.py)?|remix-serve|catalina\.sh|postgres|mysqld|mariadbd|redis-server|mongod|memcached|nodemon)$/;
const SERVING_WORDS = [
	[/^rails$/, /^(server|s)\b/],
	[/^rake$/, /\bjobs:work\b/],
	[/^(npm|pnpm|yarn|bun)$/, /^(run(-script)? )?(start|serve|dev|server|preview)(?!\S*migrat)(:\S+)?\b/],
	[/^(next|nuxt|nest|medusa|strapi|keystone|react-router-serve)$/, /^(start|dev|develop)\b/],
	[/^(node|nodejs|tsx|ts-node|bun|deno)$/, /^(run )?(\S*\/)?(server|www)(\.[cm]?[jt]s)?( |$)/],
	[/^(celery)$/, /(^|\s)(worker|beat|flower)(\s|$)/],
	[/^(rq|arq)$/, /^worker\b/],
	[/^(flask|fastapi|streamlit|mlflow)$/, /^(run|dev|server|ui)(\s|$)/],
	[/^(python[\d.]*|manage\.py)$/, /(^|\/|\s)(manage\.py )?(runserver|runserver_plus|rqworker|qcluster)\b/],
	[/^(php|artisan)$/, /^(artisan )?(serve|octane:\w+|queue:(work|listen)|horizon|schedule:work|reverb:start)\b/],
	[/^mix$/, /^phx\.server\b/],
	[/^pm2$/, /^start\b/],
	[/^(rr|vault|consul|prometheus)$/, /^(serve|server|agent)\b/]
];
function moduleOf([program = "", ...args]) {
	const at = args.indexOf("-m");
	return /^python[\d.]*$/.test((0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.x)(program)) && at !== -1 ? args.slice(at + 1) : void 0;
}
function isServer(words) {
	const ofModule = moduleOf(words);
	if (ofModule !== void 0) return ofModule[0] === "http.server" || isServer(ofModule);
	const [program = "", ...args] = words;
	const name = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.x)(program);
	if (name === "php" && args.includes("-S")) return true;
	const plain = args.filter((word) => !word.startsWith("-")).join(" ");
	return SERVERS.test(name) || SERVING_WORDS.some((row) => row[0].test(name) && row[1].test(plain));
}
const SAYS = "--version|--help";
const INTERPRETERS = [
	{
		name: /^(node|nodejs)$/,
		scripted: RegExp(`^(${SAYS}|-[hv]|-[ep]+|--(eval|print|check|test|run)(=.*)?)$`),
		valued: /^(-r|--require|--import|--loader|-C)$/
	},
	{
		name: /^(python|pypy)[\d.]*$/,
		scripted: RegExp(`^(${SAYS}|-h|-V+|-\\w*[cm].*)$`),
		valued: /^-[WX]$/
	},
	{
		name: /^j?ruby[\d.]*$/,
		scripted: RegExp(`^(${SAYS}|-[hv]|-\\w*[eS].*)$`),
		valued: /^-[rIC]$/
	},
	{
		name: /^php[\d.]*$/,
		scripted: RegExp(`^(${SAYS}|-[hv]|-[rfFBRSimz].*|--(run|file|info|ini|modules).*)$`),
		valued: /^-[dc]$/
	},
	{
		name: /^perl[\d.]*$/,
		scripted: RegExp(`^(${SAYS}|-[hv]|-\\w*[eE].*)$`)
	},
	{
		name: /^psql$/,
		scripted: RegExp(`^(${SAYS}|-V|-[cfl].*|--(command|file|list).*)$`),
		valued: /^-[dhpUvPRTFoL]$/,
		operands: 2
	},
	{
		name: /^(mysql|mariadb)$/,
		scripted: RegExp(`^(${SAYS}|-V|-e.*|--execute.*)$`),
		valued: /^-[hPuDS]$/,
		operands: 1
	}
];
function isBareInterpreter([program = "", ...args]) {
	const kind = INTERPRETERS.find(({ name }) => name.test((0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.x)(program)));
	if (kind === void 0) return false;
	let operands = 0;
	for (let at = 0; at < args.length; at++) {
		const word = args[at] ?? "";
		if (kind.scripted.test(word)) return false;
		if (kind.valued?.test(word)) at++;
		else if (!word.startsWith("-")) operands++;
	}
	return operands <= (kind.operands ?? 0);
}
// src/plan/startup.ts
function startupOf(container, given) {
	const own = notEmpty(container.command);
	const entryPoint = given.entrypoint ?? notEmpty(container.entryPoint);
	const dropped = given.entrypoint !== void 0 && given.command === void 0 ? own : void 0;
	const command = given.command ?? (dropped === void 0 ? own : void 0) ?? (entryPoint && []);
	const words = {
		...entryPoint && { entryPoint },
		...command && { command }
	};
	const programs = programsOf(joined$1(words));
	const [only] = programs;
	const unsplit = programs.map(([program = ""]) => program).find((program) => /\s/.test(program.trim()));
	return {
		...words,
		programs,
		isBare: programs.length === 1 && only !== void 0 && isBare(only),
		...dropped && { dropped },
		...unsplit !== void 0 && { unsplit },
		...container.workingDirectory && { workingDirectory: container.workingDirectory },
		...container.user && { user: container.user }
	};
}
function notEmpty(words) {
	return words?.length ? words : void 0;
}
function joined$1({ entryPoint = [], command = [] }) {
	return entryPoint.length === 1 && entryPoint[0] === "" ? command : [...entryPoint, ...command];
}
function judgeStartup(startup, given) {
	const words = joined$1(startup);
	requireEveryWordRead(startup, words);
	requireAProgram(startup, words);
	return given.command !== void 0 || given.entrypoint !== void 0 ? [] : serverDoubt(words);
}
function requireAProgram({ entryPoint, command }, words) {
	const last = programsOf(words).at(-1) ?? [];
	const isImages = words.length === 0 && entryPoint === void 0;
	const isEnv = command?.length !== 0 && (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.x)(words.at(-1) ?? "") === "env";
	if (last.length > 0 || isImages || isEnv || mayMakeUpArguments(words)) return;
	const why = command?.length === 0 ? ": an entry point that is set makes Docker drop the image's own command" : "";
	throw new _errors_js__WEBPACK_IMPORTED_MODULE_6__.u({
		code: "nothing-to-run",
		reason: `${shownWords(words)} starts the program that its arguments name, and they name none${why}.`,
		remedy: giveCommand(words.join(" "))
	});
}
function mayMakeUpArguments(words) {
	return words.some((word) => /\$#|\$\{[1-9@*#]|\bset\s/.test(word));
}
function requireNoAssignment([first = ""]) {
	if (!isAssignment(first)) return;
	const name = first.slice(0, first.indexOf("="));
	throw new _errors_js__WEBPACK_IMPORTED_MODULE_6__.u({
		code: "assignment-as-program",
		reason: `The container would look for a program whose name begins with "${name}=": only a shell takes that for a variable, and ECS starts the words without one.`,
		remedy: `Set ${name} in the input environment-variables, and begin with the program. For a value that a variable of the container completes, a shell: ["sh","-ec","${name}=… exec program"]`
	});
}
function requireEveryWordRead(startup, words, depth = 0) {
	const inner = innermost(words);
	requireNoAssignment(inner);
	const call = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.S)(inner);
	if (call?.hasC !== true || depth > DEEPEST) return;
	if (call.script === void 0) throw withoutScript(inner);
	const dropped = droppedWord(call.script, call.rest, startup);
	if (dropped !== void 0) throw unread(startup, words, call, dropped);
	for (const command of commandsOf(call.script, call.rest)) requireEveryWordRead({ command }, command, depth + 1);
}
function passesOn(script) {
	return simpleCommands(script).some((words) => {
		const [only = "", ...more] = innermostInScript(words);
		return isAllArguments(only) && more.length === 0;
	});
}
function isPlaceholder(word, next) {
	return /^[-_]{0,2}$/.test(word) || (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.b)(word) && !next?.startsWith("-");
}
function droppedWord(script, [zeroth, ...others], { entryPoint = [], command = [] }) {
	if (zeroth === void 0) return void 0;
	const reads = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.v)(script);
	const [first] = others;
	if (first !== void 0 && !reads.others) return reads.zero || isPlaceholder(zeroth, first) ? first : zeroth;
	if (reads.zero || isPlaceholder(zeroth, first)) return void 0;
	const isFirstOfCommand = entryPoint.length > 0 && command.length === others.length + 1;
	const isAlone = first === void 0 && (!reads.others || passesOn(script));
	return isFirstOfCommand || isAlone ? zeroth : void 0;
}
function withoutScript(words) {
	return new _errors_js__WEBPACK_IMPORTED_MODULE_6__.u({
		code: "shell-without-script",
		reason: `${shownWords(words)} is a shell with -c and without a script: it would end with an error at once.`,
		remedy: "Give the script as one word of the input command, such as [\"alembic upgrade head && ./seed\"]."
	});
}
function unread(startup, words, { script = "", rest }, dropped) {
	return new _errors_js__WEBPACK_IMPORTED_MODULE_6__.u({
		code: "shell-ignores-words",
		reason: `The container would run ${shownWords(words)}, of which the shell takes ${shownWords([script])} alone for its script. The script does not read ${shownWords([dropped])}${rest.length > 1 ? " and what follows it" : ""}, which would do nothing.`,
		remedy: oneWordForm(startup, words, script, rest)
	});
}
function oneWordForm({ command = [] }, words, script, rest) {
	const before = words.slice(0, words.length - rest.length - 1);
	const oneWord = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.y)([script, ...rest]);
	if (command.length === 0) return `Give the script as one word, by the input entrypoint: ${shownWords([...before, oneWord])}`;
	if (command.length <= rest.length) return `Let the script pass its arguments on, by the input entrypoint: ${shownWords([
		...before,
		passingOn(script),
		"--"
	])}`;
	return `Give the script as one word, by the input command: ${shownWords([...command.slice(0, command.length - rest.length - 1), oneWord])}`;
}
function passingOn(script) {
	return (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.v)(script).others ? script : `${script.replace(/[\s;]+$/, "")} && exec "$@"`;
}
function serverDoubt(words) {
	const server = programsOf(words).find(isServer);
	if (server === void 0) return [];
	return [{
		id: "server",
		weight: "refusal",
		code: "server-as-migration",
		reason: `The task definition's own words run ${shownWords(server)}, a server or worker that does not end by itself, and neither command nor entrypoint is given.`,
		remedy: giveCommand(server.join(" "))
	}];
}
const DEEPEST = 8;
function programsOf(words, depth = 0) {
	if (words.length === 0 || depth > DEEPEST) return [];
	const inner = innermost(words);
	const call = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.S)(inner);
	if (call?.hasC !== true || call.script === void 0) return [inner];
	const { script, rest } = call;
	return commandsOf(script, rest).flatMap((command) => command.length > 0 ? programsOf(command, depth + 1) : [command]);
}
function commandsOf(script, args) {
	return simpleCommands(script).flatMap((words) => {
		const own = innermostInScript(words);
		return own.length > 0 ? [evaluated(own.flatMap((word) => filledIn(word, args)), args)] : [];
	});
}
function filledIn(word, args) {
	if (word === "$0") return args.slice(0, 1);
	if (word === "$@") return args.slice(1);
	return word === "$*" ? args.slice(1).flatMap((arg) => arg.split(/\s+/)) : [word];
}
function evaluated(words, args) {
	if (words[0] !== "eval") return words;
	const [command = []] = simpleCommands(words.slice(1).join(" "));
	return innermostInScript(command).flatMap((word) => filledIn(word, args));
}
function isAllArguments(word) {
	return word === "$@" || word === "$*";
}
function simpleCommands(script) {
	const commands = [[]];
	for (const token of (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.C)(script)) if (token.kind === "word") commands.at(-1)?.push(token.splits && token.text === "$@" ? "$*" : token.text);
	else if (commands.at(-1)?.length !== 0) commands.push([]);
	return commands.filter((words) => words.length > 0);
}
function isBare(words) {
	const call = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.S)(words);
	return call ? call.script === void 0 && !call.hasC : isBareInterpreter(words);
}
// src/plan/plan.ts
const LONGEST_OVERRIDES = 7e3;
function makePlan(request, hash) {
	const { inputs, base, image } = request;
	const refused = [];
	const baseDoubts = unless(refused, () => judgeBase(base.definition, inputs.cluster)) ?? [];
	unless(refused, () => requireFargate(base.definition));
	unless(refused, () => requireExecutionRole(base.definition, inputs));
	const job = unless(refused, () => planJob(base.definition, inputs));
	if (job === void 0) throw refusalOf(refused, baseDoubts);
	const { container, definition } = job;
	const name = container.name ?? "";
	const original = base.definition.containerDefinitions?.find((one) => one.name === name) ?? container;
	const startup = startupOf(container, withoutPlaceholder(inputs));
	const doubts = [
		...baseDoubts,
		...job.doubts,
		...unless(refused, () => judgeStartup(startup, inputs)) ?? [],
		...judgeOtherVariable(original, startup, inputs, request.source)
	];
	const make = (database) => cloneFor(database, definition, container, request, hash);
	const [first = "", ...others] = inputs.databases;
	const shared = unless(refused, () => make(first));
	if (shared === void 0 || refused.length > 0) throw refusalOf(refused, doubts);
	const clones = [shared, ...hasOwnRevision(inputs) ? others.map(make) : others.map(() => shared)];
	return {
		doubts,
		startup,
		notes: job.notes,
		sidecars: job.sidecars,
		cluster: inputs.cluster,
		container: shared.containerDefinitions?.find((one) => one.name === name) ?? container,
		essential: essentialNames(shared),
		image,
		clone: shared,
		launches: inputs.databases.map((database, index) => launch(request, name, database, clones[index] ?? shared, hash))
	};
}
function unless(refused, part) {
	try {
		return part();
	} catch (error) {
		if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_6__.u)) throw error;
		refused.push(...error.problems);
		return;
	}
}
function refusalOf([first, ...more], doubts) {
	if (first === void 0) throw new Error("There is nothing to refuse");
	return new _errors_js__WEBPACK_IMPORTED_MODULE_6__.u(first, more, doubts);
}
function cloneFor(database, definition, container, { inputs, base, identity, image }, hash) {
	const own = inputs.databases.length > 1 && hasOwnRevision(inputs);
	return resized(cloneDefinition({
		...base,
		definition
	}, {
		family: (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.D)(definition.family ?? "", hash),
		container: container.name ?? "",
		image,
		environment: cloneVariables(inputs, database),
		...inputs.entrypoint && { entryPoint: inputs.entrypoint.map((word) => (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.N)(word, database)) },
		...container.secrets && { secrets: secretsOf(container, {
			lines: inputs.secrets,
			variables: variableNames(inputs),
			database
		}) },
		tags: [
			{
				key: _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.T.base,
				value: (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.M)(definition.taskDefinitionArn ?? "")
			},
			{
				key: _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.T.run,
				value: (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.M)(identity.runUrl)
			},
			{
				key: _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.T.nonce,
				value: identity.nonce
			},
			...own ? [{
				key: _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.T.database,
				value: (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.O)(database, hash)
			}] : []
		]
	}), container.name ?? "", inputs);
}
function withoutPlaceholder({ databases, command, entrypoint }) {
	const [only] = databases;
	const named = (words) => only === void 0 || databases.length > 1 ? words : words.map((word) => (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.N)(word, only));
	return {
		...command && { command: named(command) },
		...entrypoint && { entrypoint: named(entrypoint) }
	};
}
function essentialNames(clone) {
	const containers = clone.containerDefinitions ?? [];
	return new Set(containers.filter(isEssential).map(({ name }) => name ?? ""));
}
function launch(request, container, database, clone, hash) {
	const { inputs, base, network, identity, image } = request;
	const ours = [
		{
			key: _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.T.nonce,
			value: identity.nonce
		},
		{
			key: _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.T.database,
			value: (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.O)(database, hash)
		},
		{
			key: _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.T.image,
			value: (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.M)(image)
		},
		{
			key: _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.T.repository,
			value: (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.M)(identity.repository)
		},
		{
			key: _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.T.run,
			value: (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.M)(identity.runUrl)
		},
		{
			key: _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.T.actor,
			value: (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.M)(identity.actor)
		},
		{
			key: _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.T.commit,
			value: (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.M)(identity.commit)
		}
	];
	const overrides = taskOverride(inputs, container, database);
	const marks = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.A)(database, hash);
	return {
		database,
		clone,
		request: {
			cluster: inputs.cluster,
			launchType: "FARGATE",
			enableExecuteCommand: false,
			count: 1,
			startedBy: inputs.ifRunning === "allow" ? marks.allowed : marks.chained,
			networkConfiguration: { awsvpcConfiguration: network },
			tags: (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.j)(ours, inputs.tags, base.tags),
			...overrides && { overrides }
		}
	};
}
function taskOverride(inputs, container, database) {
	const environment = overriddenVariables(inputs, database);
	const command = inputs.command?.map((word) => (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.N)(word, database));
	if (environment.length === 0 && command === void 0) return void 0;
	const overrides = { containerOverrides: [{
		name: container,
		...command && { command },
		...environment.length > 0 && { environment: [...environment] }
	}] };
	const length = JSON.stringify(overrides).length;
	if (length <= LONGEST_OVERRIDES) return overrides;
	throw new _errors_js__WEBPACK_IMPORTED_MODULE_6__.u({
		code: "overrides-too-long",
		reason: `Command and variables of ${database} take ${length} characters; ECS accepts about ${LONGEST_OVERRIDES} for each task.`,
		remedy: "Put long values into the task definition or a secret, or the steps of the command into a script in the image."
	});
}
// src/preflight/doubts.ts
const IDS = {
	"cluster-not-active": "doubt-cluster",
	"image-not-cached-yet": "doubt-image",
	"log-class": "log-class"
};
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
// src/preflight/log-mode.ts
function lossRemark({ name, logConfiguration }) {
	const { logDriver, options = {} } = logConfiguration ?? {};
	if (logDriver !== "awslogs" || options.mode === "blocking") return void 0;
	return `The log of ${name} can lose lines when more than ${options["max-buffer-size"] ?? "10m"} wait to be sent: mode is ${options.mode ?? "not set, which means non-blocking"}. In the task definition, set the log option mode to blocking, or raise max-buffer-size.`;
}
// src/preflight/request.ts
function checkRequest(inputs, job, network) {
	const { cluster, imageUri } = inputs;
	return {
		cluster,
		image: imageUri,
		definition: failingElsewhere(job.then(({ definition: { containerDefinitions = [], ...rest } }) => ({
			...rest,
			containerDefinitions
		}))),
		container: failingElsewhere(job.then(({ container }) => container.name ?? "")),
		network: failingElsewhere(network.then(({ subnets = [], securityGroups = [], assignPublicIp }) => ({
			subnets,
			securityGroups,
			assignPublicIp: assignPublicIp === "ENABLED"
		}))),
		account: failingElsewhere(job.then(({ definition }) => (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.E)(definition.taskDefinitionArn ?? "").account || void 0))
	};
}
function failingElsewhere(promise) {
	promise.catch(() => {});
	return promise;
}
// src/report/diff.ts
const SHOWN_IN_DETAIL = /* @__PURE__ */ new Set([
	"family",
	"tags",
	"containerDefinitions",
	"cpu",
	"memory"
]);
const SHOWN_OF_CONTAINER = /* @__PURE__ */ new Set([
	"image",
	"environment",
	"entryPoint",
	"command",
	"stopTimeout",
	"secrets",
	"essential",
	"dependsOn",
	"volumesFrom",
	"cpu",
	"memory",
	"memoryReservation",
	"logConfiguration"
]);
function definitionDiff(base, clone, options) {
	const copied = Object.fromEntries(Object.entries(base).filter(([member]) => !_errors_js__WEBPACK_IMPORTED_MODULE_6__.o.includes(member)));
	return [
		...change("family", base.family ?? "none", clone.family ?? "none"),
		...containers(base.containerDefinitions ?? [], clone.containerDefinitions ?? [], options),
		...change("cpu", base.cpu ?? "not set", clone.cpu ?? "not set"),
		...change("memory", base.memory ?? "not set", clone.memory ?? "not set"),
		...otherMembers(copied, clone, SHOWN_IN_DETAIL),
		...tagLines(byKey(options.baseTags), byKey(clone.tags))
	].map(_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.J);
}
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
		return clone ? containerLines(container, clone, options) : [leftOut(container.name, options)];
	}), ...after.filter(({ name }) => !bases.has(name)).map(({ name }) => `container ${name}: added`)];
}
function containerLines(before, after, options) {
	const lines = [
		...change("image", before.image ?? "none", after.image ?? "none"),
		...change("entryPoint", wordsOrOwn(before.entryPoint), wordsOrOwn(after.entryPoint)),
		...change("command", wordsOrOwn(before.command), before.command?.length && !after.command ? "dropped" : wordsOrOwn(after.command)),
		...variables(byName(before.environment), byName(after.environment), options.databaseVariable),
		...secretLines(before.secrets, after.secrets),
		...change("stopTimeout", stopTimeout(before.stopTimeout), stopTimeout(after.stopTimeout)),
		...change("essential", essential(before), essential(after)),
		...listed("dependsOn", before.dependsOn, after.dependsOn, ({ containerName }) => containerName),
		...listed("volumesFrom", before.volumesFrom, after.volumesFrom, ({ sourceContainer }) => sourceContainer),
		...change("cpu", amount(before.cpu), amount(after.cpu)),
		...change("memory", amount(before.memory), amount(after.memory)),
		...change("memoryReservation", amount(before.memoryReservation), amount(after.memoryReservation)),
		...logLines(before, after),
		...otherMembers(before, after, SHOWN_OF_CONTAINER)
	];
	const head = `container ${after.name ?? before.name}: `;
	return lines.map((line) => line.startsWith(" ") ? `${" ".repeat(head.length)}${line}` : `${head}${line}`);
}
function variables(before, after, databaseVariable) {
	return [.../* @__PURE__ */ new Set([...before.keys(), ...after.keys()])].flatMap((name) => variableLine(name, before.get(name), after.get(name), name === databaseVariable));
}
function variableLine(name, before, after, shown) {
	if (before === after) return [];
	if (after === void 0) return [`variable ${name}: removed`];
	if (before === void 0) return [`variable ${name}: added${shown ? `, ${after}` : " (value not shown)"}`];
	return [`variable ${name}: ${shown ? `now ${after} (old value not shown)` : "changed (values not shown)"}`];
}
function secretLines(before, after) {
	const [was, is] = [sources(before), sources(after)];
	return [.../* @__PURE__ */ new Set([...was.keys(), ...is.keys()])].flatMap((name) => change(`secret ${name}`, was.get(name) ?? "none", is.get(name) ?? "none"));
}
function sources(secrets) {
	return new Map((secrets ?? []).map(({ name = "", valueFrom = "" }) => [name, valueFrom]));
}
function byName(pairs) {
	return new Map((pairs ?? []).map(({ name = "", value = "" }) => [name, value]));
}
function wordsOrOwn(words) {
	return words?.length ? shownWords(words) : "the image's own";
}
function stopTimeout(seconds) {
	return seconds === void 0 ? "not set (30 s on Fargate)" : `${seconds} s`;
}
function essential(container) {
	return container.essential === false ? "false" : "true";
}
function amount(reserved) {
	return reserved ? String(reserved) : "not set";
}
function logLines({ logConfiguration: was }, { logConfiguration: is }) {
	if (canonical(was) === canonical(is)) return [];
	const moved = change("log", destination(was), destination(is));
	return moved.length > 0 ? moved : ["logConfiguration: changed"];
}
function destination({ logDriver, options } = {}) {
	if (logDriver === void 0) return "nowhere";
	return logDriver === "awslogs" ? `log group ${options?.["awslogs-group"]}` : `log driver ${logDriver}`;
}
function listed(member, before = [], after = [], nameOf) {
	const kept = new Set(after.map(canonical));
	const gone = before.filter((item) => !kept.has(canonical(item)));
	if (before.length - gone.length !== after.length) return [`${member}: changed`];
	return gone.length === 0 ? [] : [`${member}: without ${gone.map(nameOf).join(", ")}`];
}
function sidecarLine({ name, fate, because }) {
	return `${name}: ${{
		kept: "stays as it is",
		"not-essential": "stays",
		"left-out": "left out"
	}[fate]}, ${because}`;
}
function leftOut(name, { sidecars = [] }) {
	const known = sidecars.find((sidecar) => sidecar.name === name && sidecar.fate === "left-out");
	return `container ${known ? sidecarLine(known) : `${name}: removed`}`;
}
function otherMembers(before, after, listed) {
	const [was, is] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
	return [.../* @__PURE__ */ new Set([...was.keys(), ...is.keys()])].filter((member) => !listed.has(member) && canonical(was.get(member)) !== canonical(is.get(member))).map((member) => `${member}: ${is.get(member) === void 0 ? "not copied" : "changed"}`);
}
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
// src/report/startup.ts
function startupLines({ entryPoint, command, dropped, workingDirectory, user }) {
	return [
		`Entry point: ${wordsOf(entryPoint)}`,
		`Command: ${wordsOf(command)}`,
		...dropped ? [`Dropped, since entrypoint is given without command: the definition's command ${shownWords(dropped)}`] : [],
		...workingDirectory === void 0 ? [] : [`Working directory: ${workingDirectory}`],
		...user === void 0 ? [] : [`User: ${user}`]
	];
}
function wordsOf(words) {
	if (words === void 0) return "the image's own";
	return words.length === 0 ? "no arguments" : shownWords(words);
}
function portsRemark({ portMappings = [] }, { command, entrypoint }) {
	const ports = portMappings.flatMap(({ containerPort }) => containerPort ?? []);
	if (ports.length === 0 || command !== void 0 || entrypoint !== void 0) return void 0;
	return `The container publishes ${ports.length === 1 ? `port ${ports[0]}` : `ports ${ports.join(", ")}`}, as a service does, and neither command nor entrypoint is given: make sure that what it runs is the migration.`;
}
// src/report/announcement.ts
function announce(log, inputs, { base, network, plan, changes }) {
	const { databases, cluster, region } = inputs;
	const what = databases.length === 1 ? databases[0] : `${databases.length} databases`;
	log.line(`${inputs.dryRun ? "Dry run for" : "Migrating"} ${what} with ${plan.image}`);
	log.line(`Cluster ${cluster} in ${region}, container ${plan.container.name} of ${base.definition.taskDefinitionArn}`);
	log.line(`Subnets ${network.subnets?.join(", ")}; security groups ${network.securityGroups?.join(", ")}; public IP ${network.assignPublicIp === "ENABLED" ? "yes" : "no"}`);
	if (inputs.databaseVariable === "") log.line(databaseLine(inputs));
	for (const line of startupLines(plan.startup)) log.line(line);
	const remark = portsRemark(plan.container, inputs);
	if (remark !== void 0) log.line(remark);
	for (const sidecar of plan.sidecars) log.line(sidecarLine(sidecar));
	for (const note of plan.notes) log.line(note);
	const each = new Set(plan.launches.map(({ clone }) => clone)).size > 1;
	log.group(`What the clone of the task definition changes${each ? `, here that of ${databases[0]}; each database has its own` : ""}`, changes);
}
function changesOf(base, plan, databaseVariable) {
	return definitionDiff(base.definition, plan.clone, {
		container: plan.container.name ?? "",
		databaseVariable,
		baseTags: base.tags,
		sidecars: plan.sidecars
	});
}
function launchLines(inputs, startup) {
	const { environmentVariables, taskTimeoutMinutes, onTimeout } = inputs;
	const variables = environmentVariables.map(({ name }) => name);
	return [
		...startup ? startupLines(startup) : [],
		databaseLine(inputs),
		...variables.length > 0 ? [`more variables: ${variables.join(", ")}`] : [],
		`time limit: ${taskTimeoutMinutes} min, then ${onTimeout}`
	];
}
function databaseLine(inputs) {
	if (inputs.databaseVariable !== "") return `database variable: ${inputs.databaseVariable}; ECS shows whether the container is given it, not whether the program reads it`;
	return (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.k)(inputs) ? "database: where the inputs have {database}" : "database: as the definition says";
}
// src/report/doubts.ts
function printDoubts(log, doubts, accept) {
	const { warnings, notices, accepted, refusals } = judgeDoubts(doubts, accept);
	for (const text of warnings) log.warn("", text);
	for (const text of notices) log.notice("", text);
	for (const text of accepted) log.line(text);
	return refusals;
}
function printPreflight(log, { unchecked }, doubts, accept) {
	for (const line of unchecked) log.line(line);
	printDoubts(log, doubts, accept);
}
// src/explain/log/quiet-table.ts
const ANOTHER_DATABASE = {
	id: "another-database",
	patterns: ["Database: jdbc:postgresql://…/… (PostgreSQL …)", "Datasource \"…\": PostgreSQL database \"…\""],
	cause: "The tool says that it is connected to another database than the one that was asked for.",
	remedy: "Look at what was changed in the database that the line names. Then let the configuration of the tool take its name from `database-variable` or `{database}`, without a default. Where that database only has another name for the tool (a pooler, a prefix), `accept: another-database`.",
	source: "https://documentation.red-gate.com/flyway"
};
const QUIET_STATEMENTS = [
	{
		id: "quiet-no-migrations",
		patterns: [
			"no migrations found. are your locations set up correctly",
			"skipping filesystem location: … (not found)",
			"no migration found in ",
			"apply all migrations: (none)"
		],
		cause: "The tool found no migration at all, and calls that a success.",
		remedy: "Check that the folder of migrations is in the image (.dockerignore) and where the tool looks for it (Flyway: locations, with -failOnMissingLocations=true; Django: INSTALLED_APPS and the folder migrations/__init__.py).",
		source: "https://documentation.red-gate.com/flyway/reference/configuration/flyway-namespace/flyway-fail-on-missing-locations-setting"
	},
	{
		id: "quiet-file-names",
		patterns: ["migrations were detected but not run because they did not follow the filename convention"],
		cause: "Files of migrations were left out because of their names.",
		remedy: "Name them as Flyway wants it (V2__name.sql, with two underscores), and set -validateMigrationNaming=true.",
		source: "https://documentation.red-gate.com/flyway/reference/configuration/flyway-namespace/flyway-validate-migration-naming-setting"
	},
	{
		id: "quiet-failed",
		patterns: ["migration of schema … to version … failed!"],
		cause: "A migration failed, and the tool ended with 0 all the same.",
		remedy: "Use the official image of Flyway, or add the module flyway-reports to the class path: without it, 11.20 ends with 0.",
		source: "https://github.com/flyway/flyway"
	},
	{
		id: "npx-download",
		patterns: ["the following package was not found and will be installed"],
		cause: "The tool is not in the image: npx downloaded its newest version and ran that.",
		remedy: "Put the tool under dependencies and run npm ci when the image is built. `npx --no-install` makes it fail.",
		source: "https://docs.npmjs.com/cli/commands/npx"
	},
	{
		id: "quiet-sqlite",
		patterns: [
			"context impl sqliteimpl",
			"sqlite3.operationalerror",
			"sqlite3.databaseerror",
			"database: jdbc:sqlite:",
			"using sqlite"
		],
		cause: "The tool worked on an SQLite file inside the container, not on your database.",
		remedy: "Set the variable from which its configuration takes the database, and let the configuration fail without it.",
		source: "https://alembic.sqlalchemy.org/en/latest/api/ddl.html"
	}
];
const QUIET_FAILURES = [ANOTHER_DATABASE, ...QUIET_STATEMENTS];
// src/explain/quiet.ts
const KNOWN_AFTERWARDS = [
	"quiet",
	"quiet-failure",
	ANOTHER_DATABASE.id
];
const SHORT_MS = 2e3;
function quietDoubts(all, startup) {
	return [...silent(all, startup), ...againstTheLog(all)];
}
function silent(all, startup) {
	const quiet = all.filter(({ record }) => isQuiet(record, startup)).map(({ record }) => record.database);
	if (quiet.length === 0) return [];
	const why = startup.isBare ? "what ran is a shell or interpreter without a script, which reads its standard input, and that is empty" : `the image alone says what runs, and it ran for less than ${SHORT_MS / 1e3} s`;
	return [{
		id: "quiet",
		weight: "warning",
		code: "printed-nothing",
		reason: `The migration of ${named$1(quiet)} exited 0 and printed nothing; ${why}. It is likely that nothing was done.`,
		remedy: giveCommand([...startup.entryPoint ?? [], ...startup.command ?? []].join(" "))
	}];
}
function againstTheLog(all) {
	const found = all.flatMap(({ record, said }) => said?.reading.kind === "quiet-failure" ? [{
		database: record.database,
		reading: said.reading
	}] : []);
	return found.filter(({ reading }, index) => index === found.findIndex((one) => one.reading.id === reading.id)).map(({ reading }) => {
		return contradiction(found.filter((one) => one.reading.id === reading.id).map(({ database }) => database), reading);
	});
}
function contradiction(databases, { id, line, cause, remedy }) {
	return {
		id: id === ANOTHER_DATABASE.id ? id : "quiet-failure",
		weight: "warning",
		code: id,
		reason: `The migration of ${named$1(databases)} exited 0 and so counts as succeeded, but its log says: "${line}". ${cause}`,
		remedy
	};
}
function named$1([first = "", ...more]) {
	return more.length === 0 ? first : `${first} and ${more.length} more`;
}
function isQuiet(record, { isBare, entryPoint, command }) {
	if (record.outcome.kind !== "succeeded" || !record.printedNothing) return false;
	return isBare || entryPoint === void 0 && command === void 0 && isShort(record);
}
function isShort({ task, milestones }) {
	const ended = task?.executionStoppedAt ?? milestones.exitSeen;
	if (task?.startedAt === void 0 || ended === void 0) return true;
	return ended.getTime() - task.startedAt.getTime() < SHORT_MS;
}
// src/report/dry-run.ts
function printRequest(log, inputs, { launches, clone }) {
	const request = launches[0]?.request;
	const parameters = JSON.stringify({
		...request,
		taskDefinition: `${clone.family} (a new revision)`
	}, shownSafely(inputs, request), 2);
	log.group(`RunTask would be called with this${inputs.databases.length > 1 ? `, and so for each of ${inputs.databases.length} databases` : ""}`, [parameters]);
}
function printCoverage(log, { checked }, unused) {
	const idle = unused.filter((id) => !KNOWN_AFTERWARDS.includes(id));
	if (idle.length > 0) log.line(`The input accept names what does not occur: ${idle.join(", ")}.`);
	log.line(`${checked.length === 0 ? "" : `Checked: ${checked.join(", ")}. `}Not checked: whether this role may register and run.`);
}
function shownSafely({ databaseVariable, databases: [database = ""] }, request) {
	const { startedBy = "", tags = [] } = request ?? {};
	const changed = [startedBy, tags.find(({ key }) => key === _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.T.database)?.value ?? ""].filter((text) => !text.includes(database));
	return (key, value) => {
		if (typeof value === "string" && changed.includes(value)) return "(the name of the database, as AWS allows it)";
		if (key === "command" && Array.isArray(value)) return JSON.parse(shownWords(value));
		if (key !== "environment" || !Array.isArray(value)) return value;
		return value.map(({ name, value }) => ({
			name,
			value: name === databaseVariable ? value : "(not shown)"
		}));
	};
}
// src/report/names.ts
const MOST_NAMED$1 = 10;
function named(names) {
	const others = names.length - MOST_NAMED$1;
	return others > 0 ? `${names.slice(0, MOST_NAMED$1).join(", ")} and ${others} more` : names.join(", ");
}
// src/report/row.ts
const MOST_OF_COMMAND = 80;
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
function outcomeWords({ record }) {
	return WORDS$1[record.outcome.kind];
}
function shortCommand({ command }) {
	const short = command === void 0 ? void 0 : (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.G)((0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.J)(command), MOST_OF_COMMAND);
	return short !== void 0 && short.length > 240 ? "the command of this step" : short;
}
function exitCodeOf(record) {
	const { outcome } = record;
	return ("exitCode" in outcome ? outcome.exitCode : void 0) ?? (outcome.kind === "not-started" ? void 0 : ownContainer(record)?.exitCode);
}
function ownContainer(record) {
	return record.task && containerOf(record.task, record.container);
}
function imageDigestOf(record) {
	const { task, outcome, image } = record;
	const runs = task?.startedAt !== void 0 || outcome.kind === "dry-run";
	return ownContainer(record)?.imageDigest ?? (runs ? /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1] : void 0);
}
function whoStarted({ record }) {
	return record.followed === void 0 ? "" : ", followed";
}
function idleness(row) {
	if (nothingWasPending(row)) return ", nothing was pending";
	return row.record.outcome.kind === "succeeded" && row.record.printedNothing ? ", printed nothing" : "";
}
function butSee({ caveat }) {
	return caveat === void 0 ? "" : `, but see the warning: ${caveat}`;
}
function runningOn({ runsOnSeconds }) {
	return runsOnSeconds === void 0 ? "" : `, and its container may run on for up to ${runsOnSeconds} s`;
}
function nothingWasPending({ record, said }) {
	const isWhole = record.logNote === void 0 && record.lineCount <= record.lastLines.length;
	return record.outcome.kind === "succeeded" && said?.reading.kind === "nothing-to-do" && isWhole;
}
function isFine(row) {
	return !isFailure(row.record.outcome);
}
function wentWrong(row) {
	return !isFine(row) && !isSkipped(row);
}
function isSkipped({ record }) {
	return record.outcome.kind === "skipped";
}
// src/report/tally.ts
function tally(rows) {
	const bad = rows.filter((row) => !isFine(row));
	const ordered = [...bad.filter((row) => !isSkipped(row)), ...bad.filter(isSkipped)];
	return [...new Set(ordered.map(outcomeWords))].map((outcome, index) => {
		const members = ordered.filter((row) => outcomeWords(row) === outcome);
		return {
			text: counted(index === 0 ? `${members.length} of ${rows.length} databases` : `${members.length}`, outcome, index === 0),
			members
		};
	});
}
function counted(count, outcome, isFirst) {
	if (outcome === "not known") return `${isFirst ? "The" : "the"} outcome of ${count} is not known`;
	return `${count} ${outcome === "skipped" ? "not attempted" : outcome}`;
}
const ROOM = 3900;
function errorAnnotation(rows) {
	const bad = rows.filter((row) => !isFine(row));
	const causes = rows.filter(wentWrong);
	const [first] = causes.length > 0 ? causes : bad;
	if (!first) return void 0;
	if (rows.length === 1) return ofOne$1(first);
	const skipped = bad.length - causes.length;
	const note = skipped > 0 && causes.length > 0 ? `\n\n${skipped} not attempted after that.` : "";
	return {
		title: tally(rows).map(({ text }) => text).join(", "),
		message: `${joined(grouped(causes.length > 0 ? causes : bad))}${note}`
	};
}
function fitsAnnotation(row) {
	return ofOneInFull(row).length <= _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.U;
}
function ofOne$1(row) {
	return {
		title: `${row.command === void 0 ? "Migration" : "Command"} ${outcomeWords(row)}`,
		message: (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.G)(ofOneInFull(row), _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.U)
	};
}
function ofOneInFull(row) {
	const database = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.J)(row.record.database);
	return isLine(row) ? `${database}${row.command === void 0 ? " failed" : ""}: ${failureText$1(row)}` : failureText$1(row);
}
function failureText$1(row) {
	const { record, problem } = row;
	if (problem === void 0) return record.outcome.kind;
	const command = isLine(row) ? shortCommand(row) : void 0;
	return `${command === void 0 ? "" : `${command} failed: `}${(0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.J)(problem.reason)}\nWhat to do: ${(0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.J)(problem.remedy)}`;
}
function isLine({ said, problem }) {
	return said?.line !== void 0 && problem?.reason.startsWith(said.line) === true;
}
function joined(groups) {
	const blocks = [];
	let used = 0;
	let leftOut = 0;
	for (const { databases, text } of groups) {
		const block = `${named(databases)}: ${text}`;
		const share = blocks.length === 0 ? (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.G)(block, ROOM) : block;
		if (blocks.length > 0 && used + share.length + 2 > ROOM) leftOut += databases.length;
		else {
			blocks.push(share);
			used += share.length + 2;
		}
	}
	const more = leftOut === 0 ? [] : [`${leftOut} more databases: the job summary has each.`];
	return [...blocks, ...more].join("\n\n");
}
function grouped(rows) {
	const groups = /* @__PURE__ */ new Map();
	for (const row of rows) {
		const text = failureText$1(row);
		groups.set(text, [...groups.get(text) ?? [], row.record.database]);
	}
	return [...groups].map(([text, databases]) => ({
		databases,
		text
	}));
}
function warningAnnotations(warnings) {
	const different = [...new Set(warnings.map(_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.X))];
	const single = different.length <= 9 ? different : different.slice(0, 8);
	const rest = different.slice(single.length);
	return [...single.map((text) => (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.G)(text, ROOM)), ...rest.length > 0 ? [fold(rest)] : []];
}
function fold(texts) {
	const head = `${texts.length} more warnings; each in full in the log of this step.`;
	const each = Math.max(40, Math.floor((ROOM - head.length) / Math.max(1, texts.length)) - 3);
	const fits = Math.floor((ROOM - head.length) / (each + 3));
	return [head, ...texts.slice(0, fits).map((text) => `- ${(0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.G)((0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.J)(text), each)}`)].join("\n");
}
// src/explain/skipped.ts
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
	failure: "Fix what failed, then run it for this database.",
	cancelled: "Run it for this database.",
	"no-place": "Look at the tasks that may still be running, then run it again.",
	"mixed-images": "Name the image by its digest, and run it again.",
	"our-mistake": "Report it with the log of this step, and run it again."
};
// src/report/timeline.ts
function timingsOf(record) {
	const begin = record.milestones.requested ?? record.task?.createdAt;
	const end = record.milestones.exitSeen ?? exitOf(record);
	return {
		...Object.fromEntries(phasesOf(record).map(({ name, from, to }) => [name, seconds(from, to)])),
		...begin && end ? { total: seconds(begin, end) } : {}
	};
}
function exitOf({ task, milestones }) {
	return task?.executionStoppedAt ?? milestones.exitSeen ?? task?.stoppingAt ?? task?.stoppedAt;
}
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
		...phase("start", pulled, running || failedToStart$1(record) ? earliest(running, end) : void 0),
		...phase("run", running, end),
		...phase("stop", task?.executionStoppedAt, task?.stoppedAt),
		...running || record.lineCount > 0 ? phase("log", milestones.exitSeen, milestones.logRead) : []
	];
}
function failedToStart$1({ task }) {
	return [task?.stoppedReason, ...(task?.containers ?? []).map(({ reason }) => reason)].some((reason) => /Cannot(?:Start|Create)Container|ContainerRuntime/.test(reason ?? ""));
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
function closingLines(rows) {
	const [only] = rows;
	if (only && rows.length === 1) return fitsAnnotation(only) ? [headline(only), ...evidenceOf(only)] : failureLines(only);
	return [
		...rows.filter(isFine).map(headline),
		...skippedLines(rows),
		...rows.filter(wentWrong).flatMap(failureLines)
	];
}
function failureLines(row) {
	const { problem } = row;
	const words = problem ? [`  Why: ${(0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.J)(problem.reason)}`, `  What to do: ${(0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.J)(problem.remedy)}`] : [];
	return [
		headline(row),
		...words,
		...evidenceOf(row)
	];
}
function evidenceOf({ problem }) {
	return (problem?.evidence ?? []).map((line) => `    ${(0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.J)(line)}`);
}
function skippedLines(rows) {
	const byReason = /* @__PURE__ */ new Map();
	for (const { record } of rows) {
		if (record.outcome.kind !== "skipped") continue;
		const reason = skipReason(record.outcome.because);
		byReason.set(reason, [...byReason.get(reason) ?? [], (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.J)(record.database)]);
	}
	return [...byReason].map(([reason, names]) => `${named(names)}: skipped, because ${(0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.J)(reason)}`);
}
function headline(row) {
	return `${(0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.J)(row.record.database)}: ${outcomeWords(row)}${ending(row.record)}${idleness(row)}${runningOn(row)}${whoStarted(row)}${butSee(row)}`;
}
function ending(record) {
	const { total } = timingsOf(record);
	const exitCode = exitCodeOf(record);
	const time = (link) => total === void 0 ? "" : ` ${link} ${spoken(total)}`;
	if (exitCode === void 0) return time("after");
	if (record.outcome.kind === "succeeded") return `${time("in")}, exit code ${exitCode}`;
	return `, container exited with ${exitCode}${time("after")}`;
}
function lastLine(rows) {
	const [only] = rows;
	if (only && rows.length === 1 && only.record.outcome.kind !== "dry-run") return void 0;
	const groups = tally(rows).map(({ text, members }) => `${text}: ${named(members.map(({ record }) => (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.J)(record.database)))}`);
	return allAlike(rows) ?? `${groups.join("; ")}.`;
}
function allAlike(rows) {
	const [only] = rows;
	if (rows.length > 0 && rows.every((row) => row.record.outcome.kind === "dry-run")) return "Dry run: nothing was registered and nothing was started.";
	if (rows.length === 1 && only) return `${headline(only)}.`;
	return rows.every(isFine) ? `All ${rows.length} databases succeeded.` : void 0;
}
function verdict(rows) {
	const groups = tally(rows).map(({ text }) => text);
	return allAlike(rows) ?? `${groups.join(", ")}.`;
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
		remedy: `${READ_LOG} Fix that; after a fix in code start a new run, for a re-run keeps the commit.`,
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
		remedy: `${READ_LOG} If it names memory, raise the input memory or the limit of the runtime.`,
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
		remedy: "If nobody stopped it, raise the input `memory`. If it was stopped, let the migration end itself when it receives SIGTERM; an entry point in shell form does not pass the signal on.",
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
		remedy: "Find out who stopped the task: look at the stop reason, or at AWS CloudTrail for StopTask.",
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
function explainExitCode(code) {
	return EXIT_CODES.find((row) => row.code === code) ?? (isSignal$1(code) ? bySignal(code) : byProgram(code));
}
function isSignal$1(code) {
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
		remedy: `${READ_LOG} The documentation of the migration tool says what the code means.`,
		source: SHELL_MANUAL
	};
}
// src/explain/log/statements.ts
const STATEMENT = new RegExp(`\\b(?:alter|create|drop|insert|update|delete|select|truncate|grant|revoke|comment|reindex|refresh|merge|call|lock|vacuum|copy|do|with|set)\\s+(?:[\\w."\`$*(@]+)`, "i");
const MASK = "'…'";
function withoutStatements(line) {
	return [
		failedQuery,
		quoted,
		beforeDash,
		afterLine,
		inBrackets,
		nearMore
	].reduce((text, mask) => mask(text), line);
}
function failedQuery(line) {
	return line.replace(/\b(Failed query): .*/i, `$1: ${MASK}`);
}
function quoted(line) {
	const begin = /\b(?:sql query|query|statement|sql)\s?:?\s?["'`]/i.exec(line);
	if (begin === null) return line;
	const from = begin.index + begin[0].length;
	const quote = line[from - 1] ?? "";
	const close = [
		`${quote}: ERROR:`,
		`${quote}: `,
		quote
	].map((end) => line.lastIndexOf(end)).find((end) => end >= from) ?? -1;
	return close < from || !STATEMENT.test(line.slice(from, close)) ? line : `${line.slice(0, from - 1)}${MASK}${line.slice(close + 1)}`;
}
function beforeDash(line) {
	const dash = line.lastIndexOf(" - ");
	if (dash < 0) return line;
	const begin = STATEMENT.exec(line.slice(0, dash));
	if (begin === null || !/^(?:[\w .'"-]*: )*$/.test(line.slice(0, begin.index))) return line;
	return `${line.slice(0, begin.index)}${MASK}${line.slice(dash)}`;
}
function afterLine(line) {
	const place = / in line \d+: /.exec(line);
	return place === null ? line : `${line.slice(0, place.index + place[0].length)}${MASK}`;
}
function inBrackets(line) {
	const begin = /[([](?:Connection: \w+, |Failed )?SQL: /i.exec(line);
	return begin === null ? line : `${line.slice(0, begin.index).trimEnd()}`;
}
function nearMore(line) {
	const begin = /\bnear (['"])/.exec(line);
	if (begin === null) return line;
	const from = begin.index + begin[0].length;
	const close = line.lastIndexOf(begin[1] ?? "");
	const inside = line.slice(from, close);
	return close <= from || !/\s/.test(inside) ? line : `${line.slice(0, from - 1)}${MASK}${line.slice(close + 1)}`;
}
// src/explain/log/terminal.ts
const MOST_CHARACTERS = 4e3;
const ESCAPES = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\^_])/g;
const ERASED_LINE = /\x1b\[[0-2]?K|\x1b\[1?G/g;
const OTHER_CONTROLS = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
function asShown(line) {
	return bounded(line).replace(ERASED_LINE, "\n").split("\n").map((part) => lastWritten(part.replace(ESCAPES, "")).replace(OTHER_CONTROLS, "").trimEnd()).filter((part) => part.trim() !== "").slice(-8);
}
function lastWritten(line) {
	return line.split("\r").findLast((part) => part.trim() !== "") ?? "";
}
function bounded(line) {
	if (line.length <= MOST_CHARACTERS) return line;
	const half = MOST_CHARACTERS / 2;
	const tail = line.slice(-2e3);
	return `${line.slice(0, lastBreak(line.slice(0, half)))} … ${tail.slice(/^\S*/.exec(tail)?.[0].length)}`;
}
function lastBreak(text) {
	let end = text.length;
	while (end > 0 && !/\s/.test(text[end - 1] ?? "")) end -= 1;
	return Math.max(0, end - 1);
}
// src/explain/log/quote.ts
const MOST_QUOTED = 300;
const PREFIXES = [
	/^\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?\]?\s+/,
	/^\[[A-Z]+\]\s+/,
	/^(?:INFO|DEBUG|WARN(?:ING)?|ERROR)\s+\[[\w.]+\]\s+/,
	/^psql:[^\s:]+:\d+:\s+/,
	/^psql: error:\s+/,
	/^(?:sqlalchemy|django|psycopg2?|asyncpg|pymysql|MySQLdb|mysql|aiomysql|sqlite3)[\w.]*\.\w+: (?:\([\w.]+\) )?/,
	/^\((?:psycopg2?|pymysql|sqlalchemy|MySQLdb)[\w.]*\) /,
	/^<class '[\w.]+'>: /,
	/^(?:ActiveRecord|PG|Mysql2)::\w+(?:::\w+)?: (?=\S)/,
	/^(?:QueryFailedError|DrizzleQueryError|DriverException|PrismaClient\w+): /,
	/^Caused by: (?:[\w.$]+: )?/,
	/^Unexpected error running \w+: /,
	/^(?:goose run|goose|pq|cause|driverError|original|parent|previous)\s*: /,
	/^Message\s+: /,
	/^\[cause\]: /,
	/^(?:[\w$]+\.)+\w*Exception: /,
	/^Reason: /,
	/^ERROR \S+: failed to run \w+ migration: (?:failed to execute SQL query '…': )?/,
	/^\(conn=\d+\) /,
	/^Exception Primary Reason: +/,
	/^Acquire connection error: /,
	/^migration failed with error: /,
	/^(?:ERROR|FATAL|PANIC|FAILED|Error|error|fatal)(?: \[[\w.]+\])?: +/,
	/^'…' - /
];
const IN_BRACKETS = /^\(details: (.*)\)$/;
const TUPLE = /^\((\d+), (['"])((?:\\.|(?!\2)[^\\])*)\2\)$/;
function quote(line, showsValues = false) {
	const message = withoutPrefixes(withoutStatements(withoutUserInfo(withoutDetail(unwrapped(line)))));
	return shortened(showsValues ? withoutValues(message) : message);
}
function asWord(name) {
	return /\s/.test(name) ? `"${name}"` : name;
}
function unwrapped(line) {
	return line.trim().replace(/\s+/g, " ").replace(IN_BRACKETS, "$1");
}
function withoutPrefixes(line) {
	for (let text = line;;) {
		const prefix = PREFIXES.find((pattern) => pattern.test(text) && text.replace(pattern, "") !== "");
		if (prefix === void 0) return once((text === line ? text : text.replace(TUPLE, "$3 ($1)")).replace(/ =+$/, "").trim());
		text = text.replace(prefix, "").trimStart();
	}
}
function once(text) {
	const half = (text.length - 2) / 2;
	return text.slice(half, -half) === "; " && text.slice(0, half) === text.slice(-half) ? text.slice(0, half) : text;
}
function withoutDetail(line) {
	return line.replace(/(?<=\S)\s+DETAIL:.*$/i, "").replace(/\bKey \([^)]*\)=\(.*\)/g, `Key ${MASK}`);
}
const BROKEN_URL = /:\/\/[^\s"'`/:@[\]]+:(?!\d{1,5}(?:[/?"'`,;)]|$))[^"'`:;,.)]/;
function withoutUserInfo(line) {
	return line.replace(/\S+/g, (word) => BROKEN_URL.test(word) ? (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.g)(word) : (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__._)(word)).replace(/\binvalid port ".*" after/g, "invalid port \"***\" after");
}
const VALUES = [
	[/\b(duplicate key value is) \(.*\)/i, `$1 (${MASK})`],
	[/\b(entry|value:?) (['"]).*\2(?= for | is )/i, `$1 ${MASK}`],
	[/(?<!collation|character set): (["']).*\1(?= at row|[).]*$)/, `: ${MASK}`],
	[/\(`[^`]*`\.`[^`]*`, CONSTRAINT.*$/i, `(${MASK})`],
	[/: 0x[0-9a-f]{2}(?: 0x[0-9a-f]{2})*/i, `: ${MASK}`]
];
function withoutValues(line) {
	const [pattern, instead = MASK] = VALUES.find(([known]) => known.test(line)) ?? [];
	return pattern === void 0 ? line : line.replace(pattern, instead);
}
function shortened(text) {
	if (text.length <= MOST_QUOTED) return text;
	const head = text.slice(0, lastBreak(text.slice(0, 299))).trimEnd();
	return head === "" ? "…" : `${head} …`;
}
// src/explain/log/tool-state.ts
const FIRST_RUN = "The cause stands in the log of the run that failed first.";
const PENDING_MIGRATIONS = {
	id: "pending-migrations",
	patterns: [
		"migrations above are not applied",
		"migrations are pending. to resolve",
		"activerecord::pendingmigrationerror",
		"^you have … pending migration:",
		"^you have … pending migrations:",
		"target database is not up to date",
		"database is not on all head revisions",
		"following migration have not yet been applied",
		"following migrations have not yet been applied",
		"to fix this error, either run migrate, or set",
		"detected resolved repeatable migration not applied"
	],
	cause: "Migrations are not applied in this database.",
	remedy: "Run the migration with this image, then check again.",
	source: "https://alembic.sqlalchemy.org/en/latest/api/commands.html",
	example: "FAILED: Target database is not up to date."
};
const TOOL_STATE = [
	{
		id: "another-database-refused",
		patterns: ["connected to the database …, but database_name is …"],
		cause: "The program's own check compared the two names and refused: its settings do not connect to DATABASE_NAME.",
		remedy: "Let the settings of the program take the name of the database from DATABASE_NAME, without a default (Django: \"NAME\" under DATABASES), and look whether a URL or another variable in the task definition names the first one. If it says None, this step sets another variable: check `database-variable`. After the fix build the image and start a new run, since a re-run keeps the commit.",
		source: "https://docs.djangoproject.com/en/stable/ref/settings/#name",
		example: "CommandError: Connected to the database acme, but DATABASE_NAME is globex."
	},
	{
		id: "image-too-old",
		patterns: ["this image does not know migrations that are applied"],
		cause: "The database is ahead of the image: migrations are applied that the image does not have.",
		remedy: "Start a new run with an image that has the migrations that the line names. To undo a migration, the image must be one that has it, usually the newer one that applied it.",
		source: "https://docs.djangoproject.com/en/stable/topics/migrations/#reversing-migrations",
		example: "CommandError: This image does not know migrations that are applied: orders.0003_later."
	},
	{
		id: "nothing-to-undo",
		patterns: ["there is nothing to undo: no migration after this one is applied"],
		cause: "No migration after the one that the command names is applied, so a rollback has nothing to do.",
		remedy: "Check the name of the database and of the migration in `command`: it names the last migration to keep, not the one to undo.",
		source: "https://docs.djangoproject.com/en/stable/topics/migrations/#reversing-migrations",
		example: "CommandError: There is nothing to undo: no migration after this one is applied."
	},
	{
		id: "no-such-migration",
		patterns: [
			"can't find a migration matching '…' from app '…'",
			"more than one migration matches '…' in app '…'",
			"^commanderror: app '…' does not have migrations",
			"no migration with a target version … could be found",
			"no migration with version number"
		],
		codes: ["P3017"],
		cause: "The image has no migration of the name that the command gives, or has several.",
		remedy: "Compare the name in `command` with the files of migrations in the image that ran: an older image has no newer migrations, and to revert one the image must have it.",
		source: "https://docs.djangoproject.com/en/stable/ref/django-admin/#migrate",
		example: "CommandError: Cannot find a migration matching '0009_x' from app 'orders'."
	},
	{
		id: "dirty",
		patterns: [
			"dirty database version",
			"database is dirty",
			"is partially applied"
		],
		cause: `golang-migrate failed half-way in an earlier run and marked the version as dirty. ${FIRST_RUN}`,
		remedy: "See in that log what of the version was applied, repair it by hand, and set the last version that is fully applied: `migrate force VERSION`.",
		source: "https://github.com/golang-migrate/migrate/blob/master/FAQ.md",
		example: "error: Dirty database version 2. Fix and force version."
	},
	{
		id: "failed-earlier",
		patterns: [
			"migrate found failed migrations",
			"detected failed migration to version",
			"detected failed repeatable migration",
			"has a failed migration",
			"contains a failed migration"
		],
		codes: ["P3009"],
		cause: `An earlier run failed, and its record blocks new migrations. ${FIRST_RUN}`,
		remedy: "Repair what it left, then: `prisma migrate resolve --rolled-back NAME` (or --applied NAME), `flyway repair`.",
		source: "https://www.prisma.io/docs/orm/prisma-migrate/workflows/patching-and-hotfixing",
		example: "migrate found failed migrations in the target database, new migrations will not be applied."
	},
	{
		id: "p3018",
		weight: "weak",
		patterns: ["a migration failed to apply. new migrations"],
		codes: ["P3018"],
		cause: "A migration failed; the log names the error of the database below.",
		remedy: "Read \"Database error:\" in the log, repair what the migration left, and run `prisma migrate resolve`.",
		source: "https://www.prisma.io/docs/orm/reference/error-reference",
		example: "Error: P3018"
	},
	{
		id: "baseline",
		patterns: ["the database schema is not empty", "found non-empty schema(s)"],
		codes: ["P3005"],
		cause: "The database has tables, but no history of this tool.",
		remedy: "Check that it is the right database (`database-name`). If it is: `prisma migrate resolve --applied NAME` for what is there already, or `flyway baseline`.",
		source: "https://www.prisma.io/docs/orm/prisma-migrate/workflows/baselining",
		example: "Found non-empty schema(s) \"public\" but no schema history table."
	},
	{
		id: "checksum",
		patterns: [
			"checksum mismatch",
			"^validation failed:",
			"but is now:",
			"changesets check sum",
			"was modified after it was applied",
			"migrations have failed validation",
			"migration checksum",
			"was previously applied but has been modified"
		],
		cause: "A migration that was applied has been edited since.",
		remedy: "Restore its text and write a new migration. Only if the edit means nothing: `flyway repair`, `liquibase clear-checksums`.",
		source: "https://documentation.red-gate.com/flyway/reference/commands/validate",
		example: "Migration checksum mismatch for migration version 1"
	},
	{
		id: "applied-missing",
		patterns: [
			"detected applied migration not resolved locally",
			"migration directory is corrupt",
			"were previously executed but",
			"no file with version",
			"was previously applied but is missing",
			"missing in migrations",
			"no migration file found for",
			"no migration found for version",
			"can't locate revision",
			"read down for version",
			"are missing: "
		],
		cause: "The history in the database and the files in the image do not belong together: an older image, or a migration that was renamed or removed.",
		remedy: "Deploy the image of the newer commit, and do not rename or remove migrations that were applied.",
		source: "https://alembic.sqlalchemy.org/en/latest/branches.html",
		example: "FAILED: Can't locate revision identified by 'abc123'"
	},
	{
		id: "out-of-order",
		patterns: [
			"inconsistentmigrationhistory",
			"is applied before its dependency",
			"detected resolved migration not applied",
			"not run migration … is preceding",
			"found … missing migrations",
			"missing (out-of-order) migration"
		],
		cause: "A migration was added before one that this database has applied already, or two branches were merged.",
		remedy: "Delete the migration that was added before. Move its change into a new migration after the last one; or, with a tool that keeps no checksums (Django, Alembic), into the one that needs it. Do not edit the history table by hand (django_migrations), unless the database has that change already. Where the order does not matter: flyway -outOfOrder=true, goose -allow-missing, node-pg-migrate --no-check-order.",
		source: "https://docs.djangoproject.com/en/stable/topics/migrations/#dependencies",
		example: "django.db.migrations.exceptions.InconsistentMigrationHistory: Migration orders.0003_one_order is applied before its dependency orders.0002a_clean on database"
	},
	PENDING_MIGRATIONS,
	{
		id: "heads",
		patterns: [
			"conflicting migrations detected",
			"multiple head revisions",
			"multiple leaf nodes",
			"multiple heads",
			"overlaps with other requested",
			"multiple migrations have the same",
			"duplicate version",
			"duplicate migration file",
			"found more than one migration with version",
			"duplicatemigrationversionerror",
			"duplicatemigrationnameerror"
		],
		cause: "Two branches each added a migration, and the history forks.",
		remedy: "Join them: manage.py makemigrations --merge, alembic merge heads; or give the one that no database has yet the next number.",
		source: "https://docs.djangoproject.com/en/stable/topics/migrations/#version-control",
		example: "CommandError: Conflicting migrations detected; multiple leaf nodes in the migration graph"
	},
	{
		id: "parent",
		patterns: [
			"nodenotfounderror",
			"reference nonexistent parent node",
			"references nonexistent parent node",
			"revision … referenced from … is not present",
			"circulardependencyerror",
			"unresolved migration dependency"
		],
		cause: "A migration depends on one that is not in the image, or they depend on each other.",
		remedy: "Check that the file is in the image (.dockerignore, .gitignore); otherwise repair the dependency.",
		source: "https://docs.djangoproject.com/en/stable/topics/migrations/#dependencies",
		example: "NodeNotFoundError: Migration shop.0003_x dependencies reference nonexistent parent node"
	},
	{
		id: "precondition",
		patterns: ["preconditions failed", "precondition failed"],
		cause: "A precondition of the changelog does not hold.",
		remedy: "Its message in the log says which one.",
		source: "https://docs.liquibase.com/concepts/changelogs/preconditions.html",
		example: "Caused by: Preconditions Failed"
	},
	{
		id: "migration-file",
		patterns: [
			"requires each migration to define an up block",
			"failed to parse sql migration file",
			"failed to parse migration",
			"syntax error in file",
			"unexpected unfinished sql query",
			"no value provided for placeholder",
			"does not match the one specified in the migration_lock",
			"error parsing … while parsing",
			"error parsing … mapping values",
			"error parsing … cvc-",
			"invalid migration file"
		],
		codes: ["P3019"],
		cause: "A migration file does not have the form that this tool wants.",
		remedy: "The message names the file; compare it with the documentation of the tool.",
		source: "https://pressly.github.io/goose/documentation/annotations/",
		example: "Error: dbmate requires each migration to define an up block with '-- migrate:up'"
	},
	{
		id: "hidden-by-tool",
		weight: "generic",
		patterns: ["using '…' driver for database querying", "reading config file '…drizzle.config"],
		cause: "drizzle-kit ended without a word about the error that it met.",
		remedy: "Run the migrations by a script with `migrate()` of drizzle-orm: it prints what the database said. Until then, look into the log of the database server.",
		source: "https://orm.drizzle.team/docs/migrations",
		example: "Using 'pg' driver for database querying"
	}
];
// src/explain/exit.ts
const SIGNALS = 128;
const NO_NUMBER = 255;
const CONVENTION = 124;
function explainExit({ database, container }, exitCode, said) {
	const reading = said?.reading;
	if (reading?.kind === "failure" && mayBeTheCause(reading, exitCode)) return {
		code: reading.id,
		reason: `${reading.line} (exit code ${exitCode}${whileUnderWay(reading)}). ${reading.cause}${reading.state ?? ""}`,
		remedy: reading.remedy
	};
	const { cause, remedy } = explainExitCode(exitCode);
	const code = `exit-code-${exitCode}`;
	const ended = `The migration of ${database} failed: container ${container} exited with code ${exitCode}`;
	if (reading === void 0) return {
		code,
		reason: `${ended}: ${cause}. Its log was not read.`,
		remedy
	};
	if (reading.kind === "silent" && reading.isCheck) {
		const { cause, remedy } = PENDING_MIGRATIONS;
		return {
			code: PENDING_MIGRATIONS.id,
			reason: `${ended} and printed nothing, as a check does. ${cause}`,
			remedy
		};
	}
	if (reading.kind === "silent") return {
		code,
		reason: `${ended} and printed nothing: ${cause}.`,
		remedy: isSignal(exitCode) ? remedy : "Let the command print more, and run it again."
	};
	if (isSignal(exitCode)) return {
		code,
		reason: `${ended}: ${cause}.${lastLineSaid(said)}`,
		remedy
	};
	const meaning = exitCode >= CONVENTION && exitCode < NO_NUMBER ? `: ${cause}` : "";
	return {
		code,
		reason: `${said?.line} (exit code ${exitCode}${meaning}${whileUnderWay(reading)}). The log names no cause that this action knows.${"state" in reading ? reading.state : ""}`,
		remedy
	};
}
function whileUnderWay(reading) {
	const begun = "underWay" in reading ? reading.underWay : void 0;
	return begun === void 0 ? "" : `, while ${begun.direction} ${asWord(begun.migration)}`;
}
function isSignal(exitCode) {
	return exitCode > SIGNALS && exitCode < NO_NUMBER;
}
function mayBeTheCause({ id }, exitCode) {
	return !isSignal(exitCode) || id === "oom";
}
const WAITS_FOR_A_LOCK = /* @__PURE__ */ new Set(["lock-timeout", "locked"]);
function lastLineSaid(said) {
	const reading = said?.reading;
	if (reading?.kind === "failure" && WAITS_FOR_A_LOCK.has(reading.id)) return ` Its log shows a wait for a lock: ${quotedAtEnd(reading.line)}`;
	return said?.line === void 0 ? "" : ` The last line of its log was: ${quotedAtEnd(said.line)}`;
}
function quotedAtEnd(line) {
	return `"${line}"${/[.!?…]$/.test(line) ? "" : "."}`;
}
// src/explain/next-steps.ts
function afterStop(record, { source }) {
	if (neverBegan(record)) return `Container ${record.container} never started, so it changed nothing.`;
	if (endedWell(record)) return `Container ${record.container} ended with 0 although its task was stopped: most likely everything is applied, unless the program ends so whenever it is told to stop. Run it again: it should say that nothing is pending.`;
	return `The database server may still be executing the last statement and holding its locks. Before you run this again, look. PostgreSQL: \`${activityQuery(record.database)}\`, ${HOW_TO_END} If only a task reaches the database: ${(0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.Y)(QUERY_RECIPE, source)}`;
}
const HOW_TO_END = "then `SELECT pg_terminate_backend(PID);` ends a session. MySQL: `SHOW PROCESSLIST;`, then `KILL ID;`.";
function endedWell({ outcome, servingLine }) {
	return "exitCode" in outcome && outcome.exitCode === 0 && servingLine === void 0;
}
const QUERY_RECIPE = "docs/recipes.md#ask-the-database";
const LOCK_RECIPE = "docs/recipes.md#lock-guard";
function neverBegan({ task, container, lineCount }) {
	if (task === void 0 || !isOver(task) || task.startedAt !== void 0 || lineCount > 0) return false;
	return containerOf(task, container)?.exitCode === void 0;
}
function activityQuery(database) {
	return `SELECT pid, state, now() - query_start AS since, wait_event_type, pg_blocking_pids(pid) AS blocked_by, query FROM pg_stat_activity WHERE datname = '${database.replaceAll("'", "''")}' AND pid <> pg_backend_pid();`;
}
function lookAt(record, context) {
	return record.task?.taskArn ? `aws ecs describe-tasks --cluster ${context.cluster} --region ${context.region} --tasks ${record.task.taskArn}` : `aws ecs list-tasks --cluster ${context.cluster} --region ${context.region} --desired-status RUNNING`;
}
function watchIt({ record, context }) {
	return `Watch it to its end before you run anything else on this database: run the same again with if-running: attach, or \`${lookAt(record, context)}\`. ${afterStop(record, context)}`;
}
function splitRemedy(word) {
	return `"${word}" is one word, and the image has no program of that name. Give each word apart, without brackets, by the input command: ${word}`;
}
// src/explain/task-evidence.ts
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
	const whose = isInjected(container.name) ? " (GuardDuty's, which AWS adds: no part of the migration)" : "";
	return `Container ${container.name ?? "(no name)"}${whose}: ${exit}${container.reason ? `, reason: ${container.reason}` : ""}`;
}
// src/explain/failed.ts
const STOPPERS = {
	UserInitiated: "somebody, or another program, stopped the task",
	SpotInterruption: "Fargate Spot took its capacity back",
	TerminationNotice: "AWS gave notice to the host of the task",
	InfrastructureHealth: "the host of the task was not healthy",
	ServiceSchedulerInitiated: "the scheduler of an ECS service stopped the task"
};
function failed(given) {
	const { outcome } = given;
	if (outcome.cause === "exit-code") return byExitCode(given, outcome.exitCode);
	if (outcome.cause === "other-container") return byOtherContainer(given, outcome);
	if (outcome.cause === "wrong-database") return wrongDatabase(given, outcome);
	if (outcome.cause === "start-failed") return startGivenUp(given);
	return outcome.cause === "no-exit-code" ? withoutExitCode(given) : fromOutside(given);
}
function byExitCode({ record, context }, exitCode) {
	const reason = record.task && containerOf(record.task, record.container)?.reason;
	const killed = reason ? findStopReason(reason) : void 0;
	if (killed === void 0) {
		const unsplit = exitCode === 126 || exitCode === 127 ? context.startup?.unsplit : void 0;
		const exit = explainExit(record, exitCode, context.said);
		return {
			...exit,
			reason: `${exit.reason}${reason ? ` ECS says: ${reason}` : ""}`,
			...unsplit !== void 0 && { remedy: splitRemedy(unsplit) },
			evidence: taskEvidence(record)
		};
	}
	return {
		code: killed.id,
		reason: `The migration of ${record.database} failed: container ${record.container} exited with code ${exitCode}. ${killed.cause}${lastLineSaid(context.said)}`,
		remedy: killed.remedy,
		evidence: taskEvidence(record)
	};
}
function byOtherContainer({ record, context }, outcome) {
	const { container, containerExitCode } = outcome;
	const reason = record.task && containerOf(record.task, container)?.reason;
	const exit = containerExitCode === void 0 ? "" : ` with code ${containerExitCode}`;
	const ours = outcome.exitCode === 0 ? `, which exited with code 0` : "";
	return {
		code: "other-container",
		reason: `${cutOff(record, outcome.exitCode)}: container ${container}, which is essential, ended first${exit}, and ECS stopped ${record.container}${ours} with it.${causeOrWords(reason)}${lastLineSaid(context.said)}`,
		remedy: `Look into the log of container ${container}; in the task definition that migrations use, make it essential: false if the migration can do without it. ${afterStop(record, context)}`,
		evidence: taskEvidence(record)
	};
}
function cutOff(record, exitCode) {
	return exitCode === 0 ? `Whether the migration of ${record.database} was done is not known` : `The migration of ${record.database} was cut off`;
}
function wrongDatabase({ record, context }, { evidence }) {
	const ran = mayHaveRun(record);
	return {
		code: "wrong-database",
		reason: `ECS shows that the task was not given the database ${record.database}, so this counts as failed and no further database is started.${ran ? lastLineSaid(context.said) : " It was stopped before a container ran."}`,
		remedy: ran ? `Find out which database the task worked on before you run anything else: its log and the evidence tell.${endedWell(record) ? "" : ` ${afterStop(record, context)}`}` : "No database was touched. Run it again; if it happens again, report it with the request id of RunTask.",
		evidence: [evidence, ...taskEvidence(record)]
	};
}
function mayHaveRun({ task, lineCount }) {
	if (task === void 0 || !isOver(task) || task.startedAt !== void 0 || lineCount > 0) return true;
	return (task.containers ?? []).some(({ exitCode }) => exitCode !== void 0);
}
function withoutExitCode({ record, context }) {
	return {
		code: "no-exit-code",
		reason: `The task for ${record.database} ended and ECS gave no exit code for container ${record.container}, so whether the migration finished is not known; it counts as failed.${causeOrWords(...reasonsOf(record.task ?? {}))}${lastLineSaid(context.said)}`,
		remedy: `See in the log, and in the table of the migration tool, how far it came. ${afterStop(record, context)}`,
		evidence: taskEvidence(record)
	};
}
function startGivenUp({ record, outcome, context }) {
	const others = (record.task?.containers ?? []).filter(({ name }) => name !== record.container && !isInjected(name));
	const failedContainer = others.find(({ exitCode, reason }) => exitCode === void 0 && reason !== void 0) ?? others.find(({ exitCode }) => exitCode !== void 0 && exitCode !== 0);
	const known = knownReason(record.task);
	return {
		code: "start-given-up",
		reason: `${cutOff(record, outcome.exitCode)}: ECS gave up the start of its task${failedContainer ? ` (${containerFact(failedContainer)})` : ""}, and container ${record.container} exited with code ${outcome.exitCode} meanwhile.${causeOrWords(...reasonsOf(record.task ?? {}))}`,
		remedy: `${known ? `${known.remedy} ` : ""}${afterStop(record, context)}`,
		evidence: taskEvidence(record)
	};
}
function fromOutside({ record, outcome, context }) {
	const stopCode = record.task?.stopCode;
	const known = knownReason(record.task);
	const who = (stopCode && STOPPERS[stopCode]) ?? "the task was stopped from outside";
	const trail = stopCode === "UserInitiated" ? "AWS CloudTrail shows who called StopTask. " : "";
	return {
		code: "stopped-from-outside",
		reason: `${cutOff(record, outcome.exitCode)}: ${who}${outcome.exitCode === 0 ? `, and container ${record.container} exited with code 0` : ""}.${lastLineSaid(context.said)}`,
		remedy: `${known && known.topic === "Stopped while it ran" && !trail ? `${known.remedy} ` : trail}${afterStop(record, context)}`,
		evidence: taskEvidence(record)
	};
}
function causeOrWords(...said) {
	const words = said.filter((text) => text !== void 0 && text !== "");
	const known = words.map((text) => findStopReason(text ?? "")).find((row) => row !== void 0);
	if (known !== void 0) return ` ${known.cause}`;
	return words.length === 0 ? "" : ` ECS says: ${words.join("; ")}`;
}
// src/explain/stopping.ts
const KILLED = 137;
function stoppingOf(clone, { container, followed }) {
	const own = followed === void 0 && clone?.containerDefinitions?.find(({ name }) => name === container);
	if (!own || own.stopTimeout === void 0) return void 0;
	return {
		seconds: own.stopTimeout,
		hasInit: own.linuxParameters?.initProcessEnabled === true
	};
}
function runsOn({ outcome, task, container, lineCount }, stopping) {
	if (outcome.kind !== "cancelled" || outcome.left || outcome.inDoubt || task === void 0 || isOver(task)) return;
	return (task.startedAt !== void 0 || lineCount > 0) && containerOf(task, container)?.exitCode === void 0 ? stopping?.seconds : void 0;
}
function ignoredSigterm({ outcome, task, container }, stopping) {
	if (stopping === void 0 || !("exitCode" in outcome) || outcome.exitCode !== KILLED || task === void 0) return;
	const { reason } = containerOf(task, container) ?? {};
	if (reason !== void 0 && findStopReason(reason) !== void 0) return;
	return {
		reason: ` Container ${container} did not end on SIGTERM, so ECS killed it (SIGKILL, exit code 137) after ${stopping.seconds} s, its stopTimeout.`,
		remedy: stopping.hasInit ? "To make it end at once when it is stopped: let the program end on SIGTERM, which it ignores or handles without ending. " : `To make it end at once when it is stopped: set initProcessEnabled: true in linuxParameters of the container, for a first process such as Python ignores SIGTERM unless it handles it; let an entry script start the program with exec; or let the program handle SIGTERM. `
	};
}
// src/explain/interrupted.ts
function timedOut(given) {
	const { record, outcome, context } = given;
	const said = lastLineSaid(context.said);
	const server = serverRemedy(record, context);
	const killed = ignoredSigterm(record, context.stopping);
	const limit = `The migration of ${record.database} did not end within ${outcome.minutes} ${outcome.minutes === 1 ? "minute" : "minutes"} (task-timeout-minutes)`;
	if (outcome.stopFailed) return notStopped(given, `${limit}; ECS did not confirm that its task was stopped.${said}`);
	return outcome.left ? {
		code: "timed-out-and-left",
		reason: `${limit}; its task was left running, ${whyLeft(record, "on-timeout")}.${said}`,
		remedy: `${server}${watchIt(given)}`,
		evidence: taskEvidence(record)
	} : {
		code: "timed-out",
		reason: `${limit}; its task was asked to stop.${killed?.reason ?? ""}${said}`,
		remedy: `${server || (endedWell(record) ? "" : longer(context))}${killed?.remedy ?? ""}${afterStop(record, context)}`,
		evidence: taskEvidence(record)
	};
}
function cancelled(given) {
	const { record, outcome, context } = given;
	const by = `The run was cancelled (${outcome.signal})`;
	const said = lastLineSaid(context.said);
	const killed = ignoredSigterm(record, context.stopping);
	const run = context.runUrl ? [`Workflow run: ${context.runUrl}`] : [];
	const evidence = [...taskEvidence(record), ...run];
	if (outcome.inDoubt) return {
		code: "cancelled-while-launching",
		reason: `${by} while RunTask for ${record.database} had not answered: a task may have been launched.`,
		remedy: `The post step looks for it and stops it. ${afterStop(record, context)}`,
		evidence
	};
	if (!record.task) return {
		code: "cancelled-before-launch",
		reason: `${by} before a task for ${record.database} was launched.`,
		remedy: "Nothing was started, so nothing has to be undone. Run it again.",
		evidence
	};
	if (outcome.stopFailed) return notStopped(given, `${by}; ECS did not confirm that the task for ${record.database} was stopped.${said}`);
	return outcome.left ? {
		code: "cancelled-and-left",
		reason: `${by}; the task for ${record.database} was left running, ${whyLeft(record, "on-cancel")}.${said}`,
		remedy: watchIt(given),
		evidence
	} : {
		code: "cancelled",
		reason: `${by}; the task for ${record.database} was asked to stop.${mayRunOn(record, context)}${killed?.reason ?? ""}${said}`,
		remedy: `${killed?.remedy ?? ""}${afterStop(record, context)}`,
		evidence
	};
}
function longer({ said, source }) {
	const raise = "Raise task-timeout-minutes if the migration needs longer. ";
	const begun = said !== void 0 && "underWay" in said.reading ? said.reading.underWay : void 0;
	if (begun === void 0) return raise;
	return `${raise}But ${asWord(begun.migration)} was under way and may be waiting for a lock: then no limit is long enough, and blocked_by in the query below names who holds it. To give up sooner: ${(0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.Y)(LOCK_RECIPE, source)} `;
}
function mayRunOn(record, { stopping }) {
	const seconds = runsOn(record, stopping);
	return seconds === void 0 ? "" : ` Its end was not seen: the container may run on for up to ${seconds} s (its stopTimeout), and may still commit.`;
}
function notStopped({ record, context }, reason) {
	const taskArn = record.task?.taskArn;
	const command = taskArn === void 0 ? lookAt(record, context) : (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.s)(context.cluster, taskArn);
	return {
		code: "not-stopped",
		reason: `${reason} It may still be running.`,
		remedy: `The post step tries once more; if it cannot, stop it yourself: \`${command}\`. ${afterStop(record, context)}`,
		evidence: taskEvidence(record)
	};
}
function whyLeft({ followed }, input) {
	return followed?.isOwn === false ? "for another run started it, and it alone may stop it" : `as ${input} asks`;
}
function serverRemedy({ servingLine }, { startup }) {
	if (servingLine === void 0) return "";
	const words = [...startup?.entryPoint ?? [], ...startup?.command ?? []].join(" ");
	return `Its log says "${quote(servingLine)}": most likely a server ran, which does not end however long the limit is. ${giveCommand(`${servingLine} ${words}`)} `;
}
// src/explain/explain-api-error.ts
const UNRESTRICTED = /^(?:ec2:Describe|ecr:GetAuthorizationToken|ecs:(?:DescribeTaskDefinition|DeregisterTaskDefinition|ListTaskDefinitions|ListTasks)$)/;
const PASSED_TO_ECS = { StringEquals: { "iam:PassedToService": "ecs-tasks.amazonaws.com" } };
function explainApiError(error) {
	const row = findApiError(error);
	if (error.facts.kind === "access-denied") return denied(error, row);
	return {
		code: row.id,
		reason: reasonOf(error, row),
		remedy: row.remedy,
		evidence: apiErrorEvidence(error)
	};
}
function reasonOf({ facts, message }, { cause, names, quotes }) {
	return [
		cause,
		...names && facts.about !== void 0 ? [`Asked for: ${facts.about} in ${facts.region}.`] : [],
		...quotes ? [`AWS's answer to ${facts.action}: ${facts.code}: ${message.replace(/\s+/g, " ").trim()}`] : []
	].join(" ");
}
function denied(error, row) {
	const denial = readDenial(error);
	const on = denial.resource === void 0 || denial.resource === "*" ? "" : ` on ${denial.resource}`;
	return {
		code: row.id,
		reason: `${row.cause} Denied: ${denial.action}${on}.`,
		remedy: row.remedy.endsWith(":") ? withStatement(row.remedy, denial) : row.remedy,
		evidence: [...denial.principal ? [`Who: ${denial.principal}`] : [], ...apiErrorEvidence(error)]
	};
}
function withStatement(remedy, denial) {
	const { action, resource } = denial;
	if (resource === void 0 && !UNRESTRICTED.test(action)) return remedy.replace("this statement", `the statement for ${action} in docs/permissions.md of this action`).replace(/:$/, ".");
	const statement = `${remedy} \`${policyStatement(denial)}\``;
	if (resource !== "*" || UNRESTRICTED.test(action)) return statement;
	return `${statement} docs/permissions.md narrows it to a resource; AWS checked this call against every resource (\`*\`), so only that allows it.`;
}
function readDenial(error) {
	const { message, facts } = error;
	const action = /not authorized to perform:? ([a-z0-9-]+:[A-Za-z0-9]+)/i.exec(message)?.[1];
	const resource = /on resource: (arn:[^\s"]+|\*)/.exec(message)?.[1]?.replace(/[.,;]$/, "");
	const principal = /User: (arn:\S+)/.exec(message)?.[1];
	return {
		action: action ?? facts.action,
		...resource === void 0 ? {} : { resource },
		...principal ? { principal } : {}
	};
}
function policyStatement({ action, resource = "*" }) {
	return JSON.stringify({
		Effect: "Allow",
		Action: action,
		Resource: lasting(action, resource),
		...action === "iam:PassRole" ? { Condition: PASSED_TO_ECS } : {}
	});
}
function lasting(action, resource) {
	if (UNRESTRICTED.test(action)) return "*";
	return resource.replace(/(:task-definition\/[^:]+):\d+$/, "$1:*").replace(/(:task\/[^/]+)\/[^/]+$/, "$1/*").replace(/(:log-stream:[^/]+\/).*$/, "$1*");
}
function apiErrorEvidence(error) {
	const { action, region, code, requestId } = error.facts;
	if (code === "CredentialsProviderError") return [`Needed for: ${action} in ${region}`, `Credentials: ${error.message}`];
	return [`AWS call: ${action} in ${region}${requestId ? `, request id ${requestId}` : ""}`, `AWS's answer: ${code}${error.message ? `: ${error.message}` : ""}`];
}
// src/explain/not-started.ts
function notStarted(given) {
	const { record, outcome } = given;
	switch (outcome.cause) {
		case "never-ran": return neverRan(given);
		case "dependency": return dependencyFailed(given, outcome.failed);
		case "run-task-failures": return refusedByRunTask(given, outcome.failures);
		case "aws-error": {
			const problem = explainApiError(outcome.error);
			return {
				...problem,
				reason: `The migration of ${record.database} did not start. ${problem.reason}`,
				evidence: [...problem.evidence ?? [], ...checkEvidence(given.context.preflight)]
			};
		}
	}
}
function dependencyFailed({ record }, failed) {
	const on = record.task && containerOf(record.task, failed.on);
	const known = on?.reason ? findStopReason(on.reason) : void 0;
	return {
		code: "dependency-failed",
		reason: `The migration of ${record.database} did not start: ${failedWaitText(failed, record.container)}${known ? ` ${known.cause}` : ""}`,
		remedy: `Look into the log of container ${failed.on}. The migration itself changed nothing: it did not run.`,
		evidence: taskEvidence(record)
	};
}
function neverRan(given) {
	const { record } = given;
	const said = reasonsOf(record.task ?? {}).join("; ");
	const known = knownReason(record.task) ?? unknownStart(given, said);
	const unsplit = given.context.startup?.unsplit;
	return startProblem(given, known.id === "command-not-found" && unsplit !== void 0 ? {
		...known,
		remedy: splitRemedy(unsplit)
	} : known, taskEvidence(record));
}
function startProblem(given, known, said) {
	const { record, context } = given;
	const proof = context.preflight?.refusals.find((refusal) => isAbout(refusal, known, record));
	return {
		code: known.id,
		reason: `The migration of ${record.database} did not start. ${known.cause}${proof ? ` ${proof.reason}` : ""}`,
		remedy: proof?.remedy ?? known.remedy,
		evidence: [...checkEvidence(context.preflight, proof), ...said]
	};
}
function isAbout({ about }, { topic, byNetwork }, record) {
	if (topic === void 0) return true;
	if (about === "network") return byNetwork === true;
	if (about === "log") return topic === "Log";
	return about === "image" && topic === "Image" && isOfOurImage(record);
}
function isOfOurImage({ task, container }) {
	const withReason = (task?.containers ?? []).filter(({ name, reason }) => reason && !isInjected(name));
	return withReason.length === 0 || withReason.some(({ name }) => name === container);
}
function checkEvidence(preflight, shown) {
	return [
		...(preflight?.refusals ?? []).flatMap((found) => found === shown ? found.evidence ?? [] : findingLines(found)),
		...(preflight?.warnings ?? []).flatMap(findingLines),
		...preflight?.missingPermissions.length ? [`Not checked, permission missing: ${preflight.missingPermissions.join(", ")}`] : [],
		...preflight?.unchecked ?? []
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
function refusedByRunTask(given, failures) {
	const known = failures.map((failure) => findLaunchFailure(failure) ?? findRefusal(failureText(failure))).find((row) => row !== void 0);
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
// src/explain/setup-page.ts
const WAY_OUT = "docs/setup.md#2-a-way-out-for-the-task";
const IN_AWS = "docs/setup.md#3-everything-else-in-aws";
const SETUP_STEPS = {
	"cluster-inactive": IN_AWS,
	"cluster-missing": IN_AWS,
	"cluster-not-found": IN_AWS,
	"definition-inactive": IN_AWS,
	"definition-missing": IN_AWS,
	"execution-role-missing": IN_AWS,
	"image-not-found": "docs/setup.md#5-the-first-migration",
	"image-repository-not-found": IN_AWS,
	"log-group-missing": IN_AWS,
	"log-group-not-found": IN_AWS,
	"nat-not-available": WAY_OUT,
	"nat-without-way-out": WAY_OUT,
	"no-credentials": "docs/setup.md#4-github",
	"no-public-ip": WAY_OUT,
	"no-route": WAY_OUT,
	"route-blackhole": WAY_OUT,
	"security-group-missing": IN_AWS,
	"service-linked-role": IN_AWS,
	"subnet-missing": WAY_OUT,
	"web-identity-denied": IN_AWS,
	"web-identity-provider-missing": IN_AWS
};
function withSetupStep(problem, source) {
	const step = SETUP_STEPS[problem.code];
	if (step === void 0) return problem;
	return {
		...problem,
		remedy: `${problem.remedy} Not made yet? ${(0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.Y)(step, source)}`
	};
}
// src/explain/refused.ts
function refused({ record, outcome, context }) {
	if (outcome.cause === "busy") return busy(record.database, context.cluster, outcome);
	const problems = outcome.problems.map((problem) => withSetupStep(problem, context.source));
	const [first, ...others] = problems;
	if (first && others.length === 0) return first;
	return {
		code: first?.code ?? "refused",
		reason: `The migration of ${record.database} was not started, for ${problems.length} reasons. ${numbered(problems.map(({ reason }) => reason))}`,
		remedy: numbered(problems.map(({ remedy }) => remedy)),
		evidence: problems.flatMap(({ evidence = [] }) => evidence)
	};
}
function numbered(texts) {
	return [...new Set(texts)].map((text) => `${texts.flatMap((one, index) => one === text ? [`(${index + 1})`] : []).join("")} ${text}`).join(" ");
}
function busy(database, cluster, { running, differences = [] }) {
	const evidence = runningEvidence(running);
	if (differences.length > 0) return {
		code: "busy-not-the-same",
		reason: `Another migration of ${database} runs in cluster ${cluster}, and it is not the same, so it was not followed and this one was not started. What differs: ${differences.join("; ")}.`,
		remedy: "Run it again when that task has ended, or set if-running: wait.",
		evidence
	};
	if (running.desiredStatus !== "STOPPED") return {
		code: "busy",
		reason: `Another migration of ${database} runs in cluster ${cluster}, so this one was not started.`,
		remedy: "Run it again when that task has ended, or set if-running: wait, or attach to follow it if it is the same.",
		evidence
	};
	const by = stoppedBy(running);
	const ends = by === void 0 ? "It ends within three minutes" : `It has ended by ${timeOfDay(by)} at the latest`;
	return {
		code: "busy-stopping",
		reason: `Another migration of ${database} ${running.executionStoppedAt === void 0 ? "is being stopped and may still work" : "has just ended"} in cluster ${cluster}, and ECS does not show it as stopped yet, so this one was not started.`,
		remedy: `${ends}: run this one again then, or set if-running: wait.`,
		evidence: [...evidence, ...running.stoppedReason ? [`Why it stops: ${running.stoppedReason}`] : []]
	};
}
function runningEvidence({ taskArn, createdAt, tags }) {
	const run = tags?.find(({ key }) => key === _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.T.run)?.value;
	return [
		`Running task: ${taskArn}`,
		...run ? [`Started by: ${run}`] : [],
		...createdAt ? [`Since: ${createdAt.toISOString().slice(0, 10)} ${timeOfDay(createdAt)}`] : []
	];
}
// src/explain/unknown.ts
function unknown(given) {
	const { record, outcome, context } = given;
	if (outcome.cause === "aws-error" && record.task === void 0) return mayHaveStarted(given, outcome.error);
	const which = record.task?.taskArn ? `task ${record.task.taskArn}` : "its task";
	const still = `The migration of ${record.database} was launched and can no longer be observed: ${which} may still be running. It is not known whether it worked.`;
	if (outcome.cause === "missing") return {
		code: "task-missing",
		reason: `${still} ECS answers that it has no such task (MISSING).`,
		remedy: `Look at the log and the table of the migration tool before you run it again: ECS forgets a task about an hour after its end. ${afterStop(record, context)}`,
		evidence: taskEvidence(record)
	};
	const problem = explainApiError(outcome.error);
	return {
		code: problem.code,
		reason: `${still} ${problem.reason}`,
		remedy: `See how it ended: \`${lookAt(given.record, given.context)}\`. ${afterStop(record, context)} For the next run: ${problem.remedy}`,
		evidence: [...problem.evidence ?? [], ...taskEvidence(record)]
	};
}
function mayHaveStarted(given, error) {
	const { record, context } = given;
	const problem = explainApiError(error);
	return {
		code: problem.code,
		reason: `RunTask for ${record.database} was not answered: a task may have been started. ${problem.reason}`,
		remedy: `The post step looks for it and stops it, unless on-cancel is leave. Look before you run it again: \`${lookAt(record, context)}\`. ${afterStop(record, context)} For the next run: ${problem.remedy}`,
		...problem.evidence && { evidence: problem.evidence }
	};
}
// src/explain/explain.ts
function explain(record, context) {
	const problem = problemOf(record, context);
	const others = othersEnded(record);
	return problem && others.length > 0 ? {
		...problem,
		reason: [problem.reason, ...others].join(" ")
	} : problem;
}
function othersEnded({ outcome, task, container, endedEarlier = [] }) {
	if (!(outcome.kind === "failed" || outcome.kind === "timed-out") || outcome.kind === "failed" && outcome.cause === "start-failed") return [];
	const named = outcome.kind === "failed" && outcome.cause === "other-container" ? outcome.container : void 0;
	const earlier = new Map(endedEarlier.map((ended) => [ended.container, ended.exitCode]));
	const together = (task?.containers ?? []).filter(({ name = "", exitCode }) => name !== "" && name !== container && !isInjected(name) && !earlier.has(name) && ![
		void 0,
		0,
		137,
		143
	].includes(exitCode));
	return [...[...earlier].map(([name, code]) => [name, `had ended before it${code === void 0 ? "" : `, with code ${code}`}`]), ...together.map(({ name = "", exitCode }) => [name, `ended, too, with code ${exitCode}`])].flatMap(([name, end]) => name === named ? [] : [`Container ${name} ${end}.`]);
}
function problemOf(record, context) {
	const { outcome } = record;
	switch (outcome.kind) {
		case "succeeded":
		case "dry-run": return;
		case "failed": return failed({
			record,
			outcome,
			context
		});
		case "not-started": return withSetupStep(notStarted({
			record,
			outcome,
			context
		}), context.source);
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
// src/explain/log/connected.ts
const CONNECTED = [/^Database: jdbc:[\w:-]+:\/\/[^/\s]*\/([^?;\s]+)/, /^Datasource "[^"]+": [\w ]+ database "([^"]+)"/];
function anotherDatabase(lines, { database }) {
	if (database === void 0) return void 0;
	const named = lines.flatMap(({ text }) => {
		const name = CONNECTED.map((words) => words.exec(text)?.[1]).find((found) => found !== void 0);
		return name === void 0 ? [] : [{
			name,
			text
		}];
	});
	const last = named.at(-1);
	const asked = [database, encodeURIComponent(database)];
	if (last === void 0 || named.some(({ name }) => asked.includes(name))) return void 0;
	const { id, remedy } = ANOTHER_DATABASE;
	const cause = `It was connected to the database ${quote(last.name)}, and not to ${database}.`;
	return {
		id,
		line: quote(last.text),
		cause,
		remedy
	};
}
// src/explain/log/image.ts
const BASH = "https://www.gnu.org/software/bash/manual/html_node/Exit-Status.html";
const DEFINITION = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_definition_parameters.html";
const RAISED_BY_CODE = "raised-by-code";
const IMAGE$1 = [
	{
		id: "django-check",
		patterns: [
			"admin",
			"async",
			"auth",
			"caches",
			"commands",
			"compatibility",
			"contenttypes",
			"database",
			"fields",
			"files",
			"gis",
			"models",
			"mysql",
			"postgres",
			"rest_framework",
			"security",
			"sites",
			"staticfiles",
			"templates",
			"translation",
			"urls"
		].map((area) => `: (${area}.e`),
		cause: "Django's system checks found an error in the project, so nothing was migrated.",
		remedy: "Correct what it names and build the image again. `python manage.py check --database default` shows the same before a deployment.",
		source: "https://docs.djangoproject.com/en/stable/ref/checks/",
		example: "orders.Order.buyer: (fields.E304) Reverse accessor 'User.order_set' for 'orders.Order.buyer' clashes with reverse accessor for 'orders.Order.seller'."
	},
	{
		id: "no-files",
		patterns: [
			"path doesn't exist:",
			"first .: file does not exist",
			"no migration files found",
			"no migration files were found",
			"no migrations found",
			"could not find migrations directory",
			"migrations directory … does not exist",
			"no such file or directory, scandir '",
			"can't find meta/_journal.json",
			"failed to open source",
			"directory does not exist$",
			"drizzle.config… file does not exist",
			"was not found in the configured search path",
			"error running liquibase: … does not exist",
			"could not find prisma schema",
			"could not find schema",
			"skipping filesystem location",
			"couldn't find migrations directory",
			"no such file or directory: …migrations"
		],
		cause: "The folder of migrations, or the changelog, is not where the tool looks for it.",
		remedy: "Check that it is copied into the image (.dockerignore), and that the path is relative to WORKDIR.",
		source: DEFINITION,
		example: "Error: could not find migrations directory `./db/migrations`"
	},
	{
		id: "no-gem",
		patterns: [
			"bundler::gemnotfound",
			"could not find gem",
			"can't load such file",
			"bundler could not find",
			"could not find … in any of the sources",
			"could not find … in locally installed gems"
		],
		cause: "A Ruby gem is not in the image.",
		remedy: "Run bundle install when the image is built. BUNDLE_WITHOUT must not leave out the group of the migration tool; check WORKDIR and BUNDLE_PATH.",
		source: "https://bundler.io/man/bundle-install.1.html",
		example: "Could not find gem 'pg' in locally installed gems."
	},
	{
		id: "npx-download",
		patterns: [
			"the following package was not found and will be installed",
			"the following packages are needed and will be installed",
			"no local … install found",
			"unable to resolve … package in",
			"could not determine executable to run"
		],
		cause: "The package is not in the image, and npx tried to download it.",
		remedy: "Run npm ci when the image is built, with the tool under dependencies and not devDependencies. A subnet without a NAT gateway does not reach the registry; with one, the version is whatever is newest.",
		source: "https://docs.npmjs.com/cli/commands/npx",
		example: "npm warn exec The following package was not found and will be installed: knex@3.1.0"
	},
	{
		id: "sh-missing",
		patterns: [
			"sh: … not found$",
			"sh: … no such file or directory$",
			"line … command not found$",
			": command not found$",
			"/entrypoint…: not found$",
			"executable file not found",
			"exec: … not found$",
			"exec: … no such file",
			"exec '…' failed: no such file",
			"exec …: no such file or directory$",
			"env: … no such file or directory$",
			"required file not found",
			"could not read package.json"
		],
		cause: "A command, or the interpreter of a script, is not in the image.",
		remedy: "Check `command`, PATH and WORKDIR. If the script is there: save it with Unix line ends (with CRLF the shell looks for an interpreter of another name), and put the interpreter of its first line into the image.",
		source: BASH,
		example: "sh: 1: ./migrate.sh: not found"
	},
	{
		id: "sh-perm",
		patterns: [
			"sh: … permission denied$",
			": permission denied$",
			"eacces: permission denied",
			"permission denied: unknown",
			"permissionerror: [errno 13]",
			"read-only file system"
		],
		codes: ["EACCES", "EROFS"],
		cause: "A script may not be executed, or a file not be read or written.",
		remedy: "Set the permission in the image (chmod +x). Check the user of the image, and readonlyRootFilesystem of the task definition.",
		source: BASH,
		example: "sh: 1: ./migrate.sh: Permission denied"
	},
	{
		id: "exec-format",
		patterns: [
			"exec format error",
			"can't execute binary file",
			"rosetta error",
			"wrong elf class",
			"qemu-x86_64: could not open",
			"qemu-aarch64: could not open"
		],
		cause: "The image was built for another processor than the task has, or a script lacks its first line (#!).",
		remedy: "Build for the platform of the task (runtimePlatform.cpuArchitecture in the task definition): docker build --platform linux/amd64, or linux/arm64.",
		source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-arm64.html",
		example: "exec /usr/local/bin/python: exec format error"
	},
	{
		id: "manage-py",
		patterns: [
			"can't open file '",
			"could not open input file:",
			"can't open … no such file"
		],
		cause: "The file that the command names is not there.",
		remedy: "The command runs in WORKDIR of the image: check it, and the path in `command`.",
		source: DEFINITION,
		example: "python: can't open file '/app/manage.py': [Errno 2] No such file or directory"
	},
	{
		id: "settings-module",
		patterns: ["no module named … {settings-module}"],
		cause: "The settings module that DJANGO_SETTINGS_MODULE names does not exist in the image.",
		remedy: "Check DJANGO_SETTINGS_MODULE (`environment` of the container, ENV of the image, manage.py), and that WORKDIR or PYTHONPATH leads to the code, which must be in the image.",
		source: "https://docs.djangoproject.com/en/stable/topics/settings/#designating-the-settings",
		example: "mod = importlib.import_module(self.SETTINGS_MODULE)\nModuleNotFoundError: No module named 'shop.settings.prod'"
	},
	{
		id: "py-module",
		patterns: [
			"modulenotfounderror",
			"no module named",
			"importerror:",
			"error loading … module",
			"improperlyconfigured: error loading … module",
			"can't open shared object file",
			"error while loading shared libraries",
			"importing the … failed"
		],
		cause: "A Python module, or a library that it needs, is not in the image.",
		remedy: "Install it when the image is built (requirements; libpq5 for psycopg), and check that PATH and PYTHONPATH lead to the virtual environment and the code.",
		source: "https://docs.python.org/3/library/exceptions.html#ModuleNotFoundError",
		example: "ModuleNotFoundError: No module named 'psycopg'"
	},
	{
		id: "node-module",
		patterns: [
			"can't find module '",
			"can't find package '",
			"err_module_not_found",
			"needs to be installed as a local dependency",
			"can't find dialect",
			"please install … manually",
			"please install … package",
			"npm error 404",
			"npm err! 404",
			"npm error could not determine executable",
			"package has not been found installed",
			"missing script:"
		],
		codes: ["MODULE_NOT_FOUND"],
		cause: "A Node package or file is not in the image.",
		remedy: "Put the tool under dependencies and not devDependencies, run npm ci when the image is built, and check WORKDIR.",
		source: "https://nodejs.org/api/errors.html",
		example: "Error: Cannot find module 'knex'"
	},
	{
		id: "java-class",
		patterns: [
			"could not find or load main class",
			"classnotfoundexception",
			"noclassdeffounderror",
			"no database found to handle",
			"no suitable driver",
			"database plugin found to handle",
			"driver class was not specified",
			"can't find database driver",
			"driver class … could not be found",
			"unable to access jarfile",
			"unsupportedclassversionerror",
			"unable to instantiate jdbc driver"
		],
		cause: "A Java class, a database driver or a module, is missing, or the URL is of a kind that no driver takes.",
		remedy: "The URL must begin with jdbc:postgresql:// or jdbc:mysql://. Put the driver on the class path; from Flyway 10 each database is a module of its own (flyway-database-postgresql).",
		source: "https://documentation.red-gate.com/flyway/reference/database-driver-reference",
		example: "No Flyway database plugin found to handle postgres://db.internal/app"
	},
	{
		id: "config",
		patterns: [
			"improperlyconfigured",
			"settings are not configured",
			"no 'script_location' key found",
			"no config file",
			"no configuration file",
			"no configuration provided",
			"can't find … config",
			"error: error reading",
			"could not find … config",
			"could not find … datasource",
			"environment variable not found",
			"missing environment variable",
			"missing required environment",
			"can't resolve environment variable",
			"environment variable … not set",
			"environment variable … is required",
			"environment variable … missing",
			"env … is not set",
			"prismaconfigenverror",
			"key not found: \"{variable}\"",
			"keyerror: '{variable}'",
			"environment variable \"{variable}\"",
			"environment variable '{variable}'",
			"unbound variable",
			"parameter not set",
			"parameter null or not set",
			"invalid url",
			"invalid database url",
			"database url … invalid",
			"invalid connection string",
			"could not parse sqlalchemy url",
			"expected string or url object",
			"can't load plugin: sqlalchemy",
			"nosuchmoduleerror",
			"unknown driver",
			"unknown database driver",
			"database driver: unknown",
			"unsupported driver",
			"unsupported database scheme",
			"error validating datasource",
			"url must start with",
			"missing required … url",
			"configure the url",
			"missing required argument",
			"invalid port",
			"first path segment in url",
			"no scheme",
			"please set database_url",
			"please supply the",
			"either connection",
			"no database url",
			"no database specified",
			"failed to parse as url",
			"unable to parse url",
			"can't parse `",
			"failed to parse scheme",
			"url can't be empty",
			"did not export",
			"please provide required params",
			"does not exist in … config",
			"config file not found",
			"no config found",
			"no entities … discovered",
			"missing required option",
			"required but not set",
			"adapternotspecified",
			"database configuration specifies nonexistent",
			"connection string is"
		],
		codes: [
			"P1012",
			"P1013",
			"ECONFIG"
		],
		cause: "The configuration is missing or wrong: a variable that is not set, or a URL, settings module or file that is not right.",
		remedy: "Check `environment` and `secrets` of the container in the task definition, and the input environment-variables. \"$NAME\" in `command` is replaced only by a shell (sh -c \"…\").",
		source: DEFINITION,
		example: "KeyError: 'DATABASE_URL'"
	},
	{
		id: "oom",
		patterns: [
			"^memoryerror$",
			"memoryerror:",
			"outofmemoryerror",
			"heap out of memory",
			"can't allocate memory",
			"runtime: out of memory",
			"failed to allocate memory",
			"allowed memory size of",
			"nomemoryerror",
			"out of memory: killed",
			" killed$"
		],
		cause: "The program ran out of memory.",
		remedy: "Give the task more memory (the input `memory`), raise the limit of the runtime with it (-Xmx, --max-old-space-size), or work in batches.",
		source: "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html",
		example: "FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory"
	},
	{
		id: "py-syntax",
		weight: "weak",
		patterns: [
			"syntaxerror:",
			"nomethoderror",
			"sh: … syntax error",
			"referenceerror:",
			"indentationerror:",
			"typeerror:",
			"nameerror:",
			"attributeerror:",
			"nullpointerexception",
			"panic: runtime error"
		],
		cause: "The migration, the settings or a script has a programming error.",
		remedy: "The stack trace in the log names the file and the line: fix it, and start a new run with the new image (a re-run keeps the commit).",
		source: "https://docs.python.org/3/library/exceptions.html",
		example: "AttributeError: 'NoneType' object has no attribute 'split'"
	},
	{
		id: RAISED_BY_CODE,
		weight: "weak",
		patterns: [
			"^exception: ",
			"^keyerror:",
			"^indexerror:",
			"^valueerror:",
			"^assertionerror",
			"^runtimeerror:",
			"^notimplementederror",
			"^zerodivisionerror"
		],
		cause: "The migration raised this itself, or a script or settings around it did.",
		remedy: "Check its code and the data that it met; where the log has a stack trace, that names the file and the line.",
		source: "https://docs.python.org/3/library/exceptions.html",
		example: "ValueError: 3 orders are below the new minimum"
	},
	{
		id: "usage",
		patterns: [
			"unknown command",
			"unrecognized arguments",
			"unrecognized option",
			"invalid choice",
			"unknown argument",
			"unknown option",
			"no such option",
			"no such command",
			"unmatched argument",
			"invalid flag",
			"invalid operation",
			"invalid argument",
			"unknown flag",
			"unknown shorthand flag",
			"flag provided but not defined",
			"no installed app with label",
			"don't know how to build task",
			"arguments are required"
		],
		cause: "The tool does not know this command, option or name.",
		remedy: "Compare `command` with the documentation of this version of the tool.",
		source: DEFINITION,
		example: "Unknown command: 'migrat'. Did you mean migrate?"
	}
];
// src/explain/log/line-kinds.ts
const NOISE = [
	/^[-=+*_.~#|^\u2500-\u257f\s]*$/,
	/^\s*(?:\[?[\u2800-\u28ff|/\\-]\]?)(?:\s|$)/,
	/^npm (?:notice|http|verb|info|sill|timing|warn)\b(?! exec The following)/i,
	/^npm (?:error|ERR!) (?:A complete log|Lifecycle|code|errno|path|command|workspace|syscall|enoent This|\s)/i,
	/^npm (?:error|ERR!)\s*$/i,
	/^npm (?:error|ERR!) 404 (?!Not Found)/i,
	/^Did you mean\? {2}|^\s{8,}"[A-Z_]+"$/,
	/^\s*> \S+@\S+ \S/,
	/^Node\.js v\d/,
	/^\(Background on this error at:/,
	/^For more information, please use the --log-level/,
	/^Tasks: TOP =>/,
	/^\(See full trace/,
	/^The above exception was|^During handling of the above|^Traceback \(most recent/,
	/^SLF4J[:(]/,
	/^WARNING: License service not loaded/,
	/^Loaded Prisma config|^Prisma (?:schema loaded|config detected)/,
	/^(?:rake|rails|bin\/rails) aborted!$/,
	/^\s*Caused by:\s*$/,
	/^\s+(?:Is the server running|This probably means|before or while processing)/,
	/^Picked up (?:_JAVA_OPTIONS|JAVA_TOOL_OPTIONS)/,
	/^\s*[{}[\](),;]+\s*$/
];
const FRAMES = [
	/^\s+at\s/,
	/^at\s\S+\s?\(/,
	/^\s*\/\S+\.rb:\d+/,
	/^\s*from \S+:\d+/,
	/^\S+\.(?:rb|rake|ru):\d+:in\b/,
	/^\s+\S+\.go:\d+/,
	/^goroutine \d+/,
	/^\s*#\d+\s/,
	/^\s*\d+: \S+::/,
	/^\s+with \w+=/,
	/^\s*\.\.\. \d+ (?:more|common frames|levels)/,
	/^\s+\([\w. -]+\) \S+\.exs?:\d+/,
	/^\s*[\^~][\s^~]*$/,
	/^\S+\.(?:js|ts|mjs|cjs):\d+$/
];
const ECHOES = [
	/^\s*\[(?:SQL|parameters):/,
	/^\s*Statement\s*:/,
	/^\s*(?:query|sql|params|parameters|internalQuery):/i,
	/^(?:\S+: )*\s*(?:ERROR )?(?:DETAIL|HINT|CONTEXT|STATEMENT|QUERY|WHERE|LOCATION|DÉTAIL)\s*:/i,
	/^\s*(?:Line|Location|Error Code|SQL State)\s*:/,
	/^(?:\S+: )*\s*LINE \d+:/,
	/^(?:\S*: )*(?:NOTICE|INFO|DEBUG)\s*:/,
	/^\s*(?:create|alter|drop)\s+(?:or\s+replace|table|(?:unique\s+)?index|type|view|materialized|schema|extension|function|trigger|sequence|role|user|database|column|constraint|policy|domain|temp)\b(?!.*\bcan(?:no|')t\b)/i,
	/^\s*(?:insert\s+into|delete\s+from|update\s+\S+\s+set|select\s+.*(?:\bfrom\b|\()|with\s+\S+\s+as\b|do\s+\$|set\s+\S+\s*(?:=|to\b)|grant\s.*\son\s|comment\s+on\s)/i,
	/^\s*(?:begin|commit|rollback)\s*;?$/i,
	/^\s*--\s/
];
const PROPERTY = /^\s+['"]?(?:length|severity|code|detail|hint|position|internalPosition|internalQuery|where|schema|table|column|dataType|constraint|file|line|routine|query|parameters|sql|sqlState|errno|fatal|syscall|address|port|hostname|params|clientVersion|errorCode|meta)['"]?\s*:/;
const PYTHON_FRAME = /^\s+File "/;
function isSourceOf(frame, line) {
	return frame !== void 0 && PYTHON_FRAME.test(frame) && indentOf(line) > indentOf(frame);
}
function indentOf(line) {
	return /^\s*/.exec(line)?.[0].length ?? 0;
}
function classified(lines) {
	let frame;
	return lines.map((text) => {
		if (PYTHON_FRAME.test(text)) frame = text;
		else if (!isSourceOf(frame, text)) frame = void 0;
		return {
			text,
			kind: frame === void 0 ? kindOf(text) : "frame"
		};
	});
}
function kindOf(text) {
	if (isAny(NOISE, text)) return "noise";
	if (isAny(FRAMES, text)) return "frame";
	if (PROPERTY.test(text)) return "property";
	if (isAny(ECHOES, text) || sameSpelling(text).endsWith(", skipping")) return "echo";
	return "message";
}
function isAny(patterns, text) {
	return patterns.some((pattern) => pattern.test(text));
}
// src/explain/log/under-way.ts
const DJANGO = {
	named: /^\s*(?:Una|A)pplying (\w+\.\w+)\.\.\./,
	done: /(?:^|[\s.])(?:OK|FAKED)$/
};
const SAYINGS = [
	DJANGO,
	{
		named: /^== (\d\S*(?: \S+)?): (?:migrating|reverting) =/,
		done: /^== .*: (?:migrated|reverted)\b/
	},
	{ named: /^\s+File "[^"]*\/versions\/([^"/]+)\.py", line \d+, in (?:up|down)grade$/ },
	{ named: /\bMigration of schema \S+ (?:to version|with repeatable migration) "([^"]+)" failed!/ },
	{ named: /\bMigration failed for change ?set (\S+?):(?:\s|$)/ },
	{ named: /^Migration name: (\S+)$/ },
	{ named: /^\s+with migration_name="([^"]+)"/ },
	{ named: /^migration file "([^"]+)" failed$/ },
	{ named: /^Migration "([^"]+)" failed, error:/ },
	{ named: /\bERROR (\d\S*\.(?:sql|go)): failed to run \w+ migration/ },
	{
		named: /\bRead and execute (\d+\/[ud] \S+)/,
		done: /\bFinished \d+\/[ud] /
	},
	{
		named: /^### MIGRATION (\S+) \((?:UP|DOWN)\) ###$/,
		proof: /^> Rolling back attempted migration/
	},
	{ named: /^\s*(\d{4}_\d\d_\d\d_\d+_\w+) \.+ (?:[\d.,]+ ?m?s )?FAIL$/ },
	{
		named: /^Migrating: +(\S+)$/,
		done: /^Migrated: /
	},
	{ named: /^psql:(\S+?):\d+: (?:ERROR|FATAL|PANIC):/ }
];
const REVERTING = /^\s*Unapplying |: reverting =|, in downgrade$|\bRead and execute \d+\/d |\(DOWN\) ###$/;
function underWay(lines) {
	for (const saying of SAYINGS) {
		const found = lastNamed(lines, saying);
		if (found === void 0) continue;
		return {
			migration: quote(found.name),
			direction: REVERTING.test(found.text) ? "reverting" : "applying"
		};
	}
}
const DJANGO_APPLIED = /^\s*Applying (\w+\.\w+)\.\.\. OK$/;
function stateLeft(lines, isConnected) {
	const failed = lastNamed(lines, DJANGO);
	return failed === void 0 ? "" : `${appliedBefore(lines)}${isConnected ? rolledBack(lines, quote(failed.name)) : ""}`;
}
function appliedBefore(lines) {
	const applied = lines.flatMap(({ text }) => DJANGO_APPLIED.exec(text)?.[1] ?? []);
	const last = applied.at(-1);
	if (last === void 0) return "";
	const isWhole = lines.some(({ text }) => text.trim() === "Running migrations:");
	return ` Applied before it in this run: ${quote(last)} ${isWhole ? `(${applied.length} in all)` : "(the last one)"}.`;
}
function rolledBack(lines, migration) {
	return lines.some(({ text }) => /psycopg|postgresql/i.test(text)) ? ` What ${migration} itself changed in the database was rolled back, unless it sets atomic to False.` : "";
}
function lastNamed(lines, { named, done, proof }) {
	const index = lines.findLastIndex(({ text }) => named.test(text));
	if (index < 0) return void 0;
	if (done && lines.slice(index).some(({ text }) => done.test(text))) return void 0;
	if (proof && !lines.some(({ text }) => proof.test(text))) return void 0;
	const { text = "" } = lines[index] ?? {};
	const name = named.exec(text)?.[1];
	return name === void 0 ? void 0 : {
		name,
		text
	};
}
// src/explain/log/python.ts
const IMPORTS_SETTINGS = "import_module(self.SETTINGS_MODULE)";
function importsSettings(lines, index) {
	if (!lines[index]?.text.includes("No module named")) return false;
	const before = lines.slice(0, index);
	const begin = before.findLastIndex(({ text }) => text.includes(IMPORTS_SETTINGS));
	return begin >= 0 && before.slice(begin).every(({ text }) => !PYTHON_FRAME.test(text) || text.includes("importlib"));
}
const MIGRATION = /^\s+File "(?!.*\/django\/db\/)[^"]*\/(?:migrations|versions)\/[^"/]+\.py", line \d/;
const EXCEPTION = /^(?!(?:alembic|asyncpg|django|MySQLdb|oracledb|psycopg2?|pymysql|sqlalchemy|sqlite3)\.)[A-Za-z_][\w.]*(?:: |$)/;
function lastOwnException(lines) {
	const index = endOfTraceback(lines) ?? commandError(lines);
	return index !== void 0 && EXCEPTION.test(lines[index]?.text ?? "") ? index : void 0;
}
function endOfTraceback(lines) {
	const frame = lines.findLastIndex(({ text }) => MIGRATION.test(text));
	return frame < 0 ? void 0 : lines.findIndex(({ text }, index) => index > frame && /^\S/.test(text));
}
function commandError(lines) {
	if (underWay(lines) === void 0) return void 0;
	return lines.findLastIndex(({ text }) => text.startsWith("CommandError: "));
}
function endsTraceback(lines, index) {
	const { text = "", kind } = lines[index - 1] ?? {};
	return kind === "frame" && (PYTHON_FRAME.test(text) || /^ {4}/.test(text)) && /^(?:[a-z_]\w*\.)*[A-Z]\w*(?:: |$)/.test(lines[index]?.text ?? "");
}
const IMPORTED = /^\s+File "([^"]+)", line (\d+)(?:$|(?<=\/(?:migrations|versions)\/[^"/]+\.py", line \d+), in <module>$)/;
const LOADS_MIGRATIONS = /\/django\/db\/migrations\/loader\.py", line \d+, in load_disk$/;
function whereImported(lines, index) {
	const frame = lines.slice(0, index).findLastIndex(({ text }) => PYTHON_FRAME.test(text));
	const [, file, line] = IMPORTED.exec(lines[frame]?.text ?? "") ?? [];
	if (file === void 0) return "";
	const loads = lines.slice(0, frame).some(({ text }) => LOADS_MIGRATIONS.test(text));
	return ` It is in ${quote(file)}, line ${line}.${loads ? " Django imports all migrations before it applies any, so this command applied none." : ""}`;
}
// src/explain/log/signature.ts
const TASK_GROUPS = "{task-security-groups}";
const POSTGRES_CODES = "https://www.postgresql.org/docs/current/errcodes-appendix.html";
const MYSQL_CODES = "https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html";
// src/explain/log/connection.ts
const RDS_GUIDE = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide";
const CONNECT = `${RDS_GUIDE}/CHAP_Troubleshooting.html`;
const TLS = `${RDS_GUIDE}/UsingWithRDS.SSL.html`;
const CONNECTION = [
	{
		id: "auth",
		patterns: [
			"password authentication failed for user",
			"sasl authentication failed",
			"no password supplied",
			"client password must be a string",
			"client password must be a non-empty string",
			"empty password returned by client",
			"but no password was provided",
			"authentication failed against database server",
			"access denied for user … (using password:",
			"scram … authentication failed",
			"login failed for user",
			"ora-01017"
		],
		codes: [
			"28P01",
			"P1000",
			"ER_ACCESS_DENIED_ERROR"
		],
		cause: "The database refused the user name or the password.",
		remedy: "Compare the secret that `secrets` of the task definition names with the user in the database. Is the JSON key in valueFrom (arn:…:secret:NAME:password::)? Without it the whole JSON document becomes the password. In a URL, percent-encode @ : / # % ? of the password. PostgreSQL says the same for a user that does not exist.",
		source: POSTGRES_CODES,
		example: "FATAL:  password authentication failed for user \"app\""
	},
	{
		id: "pam",
		patterns: ["pam authentication failed for user"],
		cause: "The database expected an IAM token and got a password, or a token that has expired or is for another host.",
		remedy: "A user with rds_iam needs a token (aws rds generate-db-auth-token, valid for 15 minutes), TLS, and rds-db:connect in the task role. Take rds_iam from a user that has a password.",
		source: `${RDS_GUIDE}/UsingWithRDS.IAMDBAuth.html`,
		example: "FATAL:  PAM authentication failed for user \"app\""
	},
	{
		id: "no-role",
		patterns: ["role \"…\" does not exist"],
		cause: "The database has no such user.",
		remedy: "Check the user name that the task gets (names made in quotes are case-sensitive), and create the user or use the one of the secret.",
		source: POSTGRES_CODES,
		example: "FATAL:  role \"app\" does not exist"
	},
	{
		id: "no-connect",
		patterns: [
			"user does not have connect privilege",
			"user was denied access on the database",
			"permission denied for database \"",
			"access denied for user … to database"
		],
		codes: ["P1010", "ER_DBACCESS_DENIED_ERROR"],
		cause: "This user may not connect to that database.",
		remedy: "Check `database-name` first: MySQL answers a misspelt name in this way. Otherwise grant CONNECT (MySQL: the privileges on the database) to the user.",
		source: POSTGRES_CODES,
		example: "FATAL:  permission denied for database \"orders\""
	},
	{
		id: "no-database",
		patterns: [
			"database \"…\" does not exist",
			"database `…` does not exist",
			"database '…' does not exist",
			"unknown database '",
			"unknown database \"",
			"postgresql database … does not exist",
			"cannot open database … requested by the login",
			"ora-12514"
		],
		codes: [
			"3D000",
			"P1003",
			"ER_BAD_DB_ERROR"
		],
		cause: "The server has no database of that name.",
		remedy: "Check `database-name` and the variable that carries it (`database-variable`), and that the host is the right instance. Migration tools do not create the database: create it first. Names made in quotes are case-sensitive.",
		source: POSTGRES_CODES,
		example: "FATAL:  database \"orders\" does not exist"
	},
	{
		id: "engine-download",
		patterns: [
			"binaries.prisma.sh",
			"failed to fetch the engine",
			"failed to fetch sha256 checksum"
		],
		cause: "The tool wants to download a part of itself, and the subnets of the task have no way out.",
		remedy: "Download it when the image is built (`npx prisma generate`, binaryTargets), not when the task runs.",
		source: "https://www.prisma.io/docs/orm/more/under-the-hood/engines",
		example: "Error: request to https://binaries.prisma.sh/… failed"
	},
	{
		id: "no-host",
		patterns: [
			"connection to server on socket",
			"could not connect to server: no such file",
			"econnrefused 127.0.0.1:5432",
			"econnrefused ::1:5432",
			"econnrefused 127.0.0.1:3306",
			"econnrefused ::1:3306",
			"at \"127.0.0.1\", port 5432 failed: connection refused",
			"at \"localhost\" … failed: connection refused",
			"dial tcp 127.0.0.1:5432: connect: connection refused",
			"dial tcp [::1]:5432: connect: connection refused",
			"dial tcp 127.0.0.1:3306: connect: connection refused",
			"connection to localhost:5432 refused",
			"connection to 127.0.0.1:5432 refused",
			"connect call failed ('127.0.0.1', 5432",
			"connect call failed ('::1', 5432",
			".s.pgsql.…no such file",
			".s.pgsql.…failed",
			"through socket …mysqld.sock",
			"through socket …mysql.sock",
			"can't reach database server at `localhost",
			"can't connect to mysql server on 'localhost"
		],
		cause: "The client looked for the database inside the task itself: it was given no host, or localhost.",
		remedy: "Set the host in the task definition (`environment` or `secrets`) under the name that the program reads, with the endpoint of the database. Inside a task, localhost and local sockets are the task itself.",
		source: "https://www.postgresql.org/docs/current/libpq-connect.html",
		example: "Error: connect ECONNREFUSED 127.0.0.1:5432"
	},
	{
		id: "dns",
		patterns: [
			"could not translate host name",
			"failed to resolve host",
			"name or service not known",
			"temporary failure in name resolution",
			"name does not resolve",
			"no address associated with hostname",
			"getaddrinfo enotfound",
			"getaddrinfo eai_again",
			"no such host",
			"unknownhostexception",
			"hostname resolving error",
			"nodename nor servname",
			"unknown mysql server host '",
			"unknown server host '",
			"host … could not be resolved",
			"dial tcp: lookup",
			"dial tcp: lookup … on … connect: network is unreachable",
			":nxdomain",
			"non-existing domain",
			"socket.gaierror"
		],
		codes: ["ENOTFOUND", "EAI_AGAIN"],
		cause: "The host name of the database does not resolve from the task.",
		remedy: "Check the host for a scheme, a port, blanks or a quote too many. A private hosted zone must be associated with the VPC of the task, and the VPC needs DNS support and DNS hostnames. \"Temporary failure\" or EAI_AGAIN: no resolver answered, look at the DNS servers of the VPC.",
		source: "https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html",
		example: "could not translate host name \"db.internal\" to address: Name or service not known"
	},
	{
		id: "refused",
		patterns: [
			"connection refused",
			"econnrefused",
			"errno 111",
			"connectionrefusederror"
		],
		codes: ["ECONNREFUSED"],
		cause: "The host answered, but nothing listens on that port.",
		remedy: "Check host and port that the task gets. RDS does not listen while it is stopped, reboots or fails over: look whether the instance is \"available\". Inside a task, localhost is the task itself.",
		source: CONNECT,
		example: "connection to server at \"10.0.1.20\", port 5433 failed: Connection refused"
	},
	{
		id: "no-route",
		patterns: [
			"network is unreachable",
			"enetunreach",
			"no route to host",
			"ehostunreach",
			"network unreachable",
			"[errno 101]",
			"[errno 113]"
		],
		codes: ["ENETUNREACH", "EHOSTUNREACH"],
		cause: "No route leads from the task to the address of the database.",
		remedy: "Check the route tables of `subnets`, VPC peering or the transit gateway, and whether the name resolves to a public or IPv6 address that these subnets do not reach.",
		source: CONNECT,
		example: "dial tcp 10.9.0.4:5432: connect: network is unreachable"
	},
	{
		id: "timeout",
		patterns: [
			"connection timed out",
			"connect timed out",
			"connect timeout",
			"connection timeout",
			"connecting timed out",
			"econnaborted",
			"etimedout",
			"i/o timeout",
			"timeout expired",
			"context deadline exceeded",
			"errno 110",
			"system error: 110",
			"^timeouterror$",
			"^asyncio.exceptions.timeouterror$",
			"^asyncio.timeouterror$",
			"^builtins.timeouterror$",
			"timeout acquiring a connection",
			"timeouterror: knex",
			"sequelizeconnectionacquiretimeouterror",
			"read timed out",
			"timed out)",
			"operation timed out",
			"sockettimeout",
			"connection attempt timed out",
			"tcp connect … timeout",
			"ssl negotiation … timeout"
		],
		codes: ["ETIMEDOUT"],
		cause: "The database did not answer: most often a security group drops the packets.",
		remedy: `The security group of the database must let in ${TASK_GROUPS} on the port of the database. Then check the network ACLs, and that the task runs in the VPC of the database or in one peered with it.`,
		source: CONNECT,
		example: "connection to server at \"10.0.1.20\", port 5432 failed: timeout expired"
	},
	{
		id: "ssl-required",
		patterns: [
			"no pg_hba.conf entry for host … no encryption",
			"no pg_hba.conf entry for host … ssl off",
			"insecure transport are prohibited",
			"connections using insecure transport"
		],
		codes: ["ER_SECURE_TRANSPORT_REQUIRED"],
		cause: "The database takes encrypted connections only (rds.force_ssl, on by default from PostgreSQL 15; MySQL: require_secure_transport), and this one was not.",
		remedy: "Connect with TLS: sslmode=require in the URL or PGSSLMODE=require (libpq, Go, JDBC), ssl: { … } (Node), ssl=require (asyncpg). Or set rds.force_ssl to 0 in the parameter group.",
		source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html",
		example: "FATAL:  no pg_hba.conf entry for host \"10.0.1.5\", user \"app\", database \"orders\", no encryption"
	},
	{
		id: "pg-hba",
		patterns: ["no pg_hba.conf entry for"],
		cause: "The server has no rule that lets this user into this database from this address.",
		remedy: "On RDS: check `database-name` and the user name; both must exist. On a server of your own, add a line to pg_hba.conf.",
		source: "https://www.postgresql.org/docs/current/client-authentication-problems.html",
		example: "FATAL:  no pg_hba.conf entry for host \"10.0.1.5\", user \"app\", database \"orders\", SSL encryption"
	},
	{
		id: "no-ssl",
		patterns: [
			"server does not support ssl",
			"ssl is not enabled on the server",
			"server refused tls connection",
			"rejected ssl upgrade",
			"does not support ssl connection",
			"server does not support secure connection",
			"ssl is required, but the server does not support it",
			"tls requested but server does not support tls"
		],
		codes: ["HANDSHAKE_NO_SSL_SUPPORT"],
		cause: "The client insists on TLS, and the server offers none.",
		remedy: "Is the host a pooler or a tunnel without TLS? Otherwise set sslmode=disable (golang-migrate and other tools with lib/pq insist on TLS by default).",
		source: TLS,
		example: "pq: SSL is not enabled on the server"
	},
	{
		id: "certificate",
		patterns: [
			"certificate verify failed",
			"self-signed certificate",
			"self signed certificate",
			"unable to get local issuer certificate",
			"unable to get issuer certificate",
			"tls: failed to verify certificate",
			"x509:",
			"unable to verify the first certificate",
			"pkix path",
			"root certificate file … does not exist",
			"certificate_verify_failed",
			"err_tls_cert_altname_invalid",
			"does not match certificate",
			"does not match host name",
			"hostname/ip does not match",
			"the hostname … could not be verified",
			"certificate signed by unknown authority",
			"could not open ssl root certificate file",
			"certificate is not trusted",
			"certificate has expired",
			"tls/ssl error: … certificate",
			"unknownissuer"
		],
		codes: [
			"P1011",
			"SELF_SIGNED_CERT_IN_CHAIN",
			"DEPTH_ZERO_SELF_SIGNED_CERT",
			"UNABLE_TO_VERIFY_LEAF_SIGNATURE"
		],
		cause: "The image does not trust the certificate of the database, or the certificate is for another name.",
		remedy: "Put the bundle of RDS (https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem) into the image and name it in PGSSLROOTCERT, sslrootcert or ssl.ca. Connect by the name of the endpoint. sslmode=require encrypts without verifying.",
		source: TLS,
		example: "SSL error: certificate verify failed"
	},
	{
		id: "too-many",
		patterns: [
			"too many clients already",
			"remaining connection slots are reserved",
			"too many connections",
			"too many database connections",
			"max_user_connections",
			"no more connections allowed",
			"maxclientsinsessionmode",
			"max_client_conn"
		],
		codes: [
			"53300",
			"P2037",
			"ER_CON_COUNT_ERROR",
			"ER_TOO_MANY_USER_CONNECTIONS"
		],
		cause: "The database has no connection left: of the instance, of this user, or of this database.",
		remedy: "Find out who holds them (pg_stat_activity; the metric DatabaseConnections), and make the pools of the services smaller or max_connections in the parameter group larger. A user or database may have a CONNECTION LIMIT of its own. With several databases, lower `max-parallel`.",
		source: POSTGRES_CODES,
		example: "FATAL:  remaining connection slots are reserved for roles with the SUPERUSER attribute"
	},
	{
		id: "starting",
		patterns: [
			"the database system is starting up",
			"the database system is shutting down",
			"the database system is in recovery mode",
			"the database system is not yet accepting connections",
			"not accepting connections",
			"server shutdown in progress"
		],
		codes: ["57P03", "ER_SERVER_SHUTDOWN"],
		cause: "The database is starting, stopping, failing over or being restored.",
		remedy: "Wait until the instance is \"available\", and run it again.",
		source: POSTGRES_CODES,
		example: "FATAL:  the database system is starting up"
	},
	{
		id: "closed-connecting",
		weight: "weak",
		patterns: [
			"failed: server closed the connection unexpectedly",
			"could not receive data from server",
			"received invalid response to ssl negotiation",
			"unexpected postmaster connection attempt"
		],
		cause: "The connection was closed before the database answered. psycopg 3 says this also where a security group drops the packets.",
		remedy: `The security group of the database must let in ${TASK_GROUPS} on its port. Then check that the port is the one of the database and not of another service, and the events of the instance.`,
		source: "https://www.postgresql.org/docs/current/libpq-connect.html",
		example: "connection to server at \"10.0.1.20\", port 5432 failed: server closed the connection unexpectedly"
	},
	{
		id: "closed",
		weight: "weak",
		patterns: [
			"connection terminated unexpectedly",
			"connection was closed in the middle of operation",
			"unexpected connection_lost() call",
			"unexpected eof",
			": eof$",
			"^eof$",
			"has been closed unexpectedly",
			"lost connection to mysql server",
			"lost connection to server",
			"server has gone away",
			"econnreset",
			"connection reset by peer",
			"an i/o error occurred while sending",
			"broken pipe",
			"protocol_connection_lost",
			"the connection was closed",
			"invalid connection",
			"connection lost",
			"driver: bad connection",
			"connection does not exist",
			"socket hang up",
			"tcp recv … closed",
			"could not send data to server",
			"connection unexpectedly closed",
			"closed the connection",
			"connectiondoesnotexisterror",
			"unexpected end of stream",
			"communications link failure",
			"connection is lost"
		],
		codes: [
			"08000",
			"08006",
			"08003",
			"08P01",
			"P1017",
			"ECONNRESET",
			"EPIPE"
		],
		cause: "The connection to the database broke.",
		remedy: "Look at the events of the instance at that minute: failover, restart or out of memory. A NAT gateway or load balancer ends what is idle for 350 seconds: set TCP keepalives. If it broke at once, something else than the database listens on that port. See what was committed before you run it again.",
		source: POSTGRES_CODES,
		example: "server closed the connection unexpectedly"
	},
	{
		id: "unreached",
		weight: "generic",
		patterns: [
			"can't reach database server",
			"the connection attempt failed",
			"connection to … refused. check that the hostname and port are correct",
			"connect call failed",
			"can't connect to mysql server on",
			"can't connect to server on",
			"can't connect to local",
			"external error id",
			"could not connect to server",
			"could not connect to the database",
			"could not open connection to the database",
			"failed to connect to the database",
			"unable to connect to the database",
			"unable to obtain connection from database",
			"failed to connect to `",
			"unable to open jdbc connection",
			"connection could not be created to",
			"unable to connect to any of the specified mysql hosts",
			"a network-related or instance-specific error",
			"pool timed out while waiting for an open connection"
		],
		codes: [
			"P1001",
			"08001",
			"08004",
			"2002",
			"2003"
		],
		cause: "The database could not be reached; the tool does not say why.",
		remedy: `Check in this order: host and port that the task gets; that the security group of the database lets in ${TASK_GROUPS}; that the host name resolves in the VPC of the task.`,
		source: MYSQL_CODES,
		example: "Error: P1001: Can't reach database server at `db.internal:5432`"
	}
];
// src/explain/log/database.ts
const PG_DOCS = "https://www.postgresql.org/docs/current";
const CORRECT_IT = "Correct it in this same migration, unless a database of another version has that already; then start a new run, since a re-run keeps the commit.";
const MARK_AS_APPLIED = "First make sure that it is the right database (`database-name`). Then compare it with the migration: drop what is left over, or mark the migration as applied (Django --fake, alembic stamp, prisma migrate resolve --applied, migrate force VERSION).";
const CLEAN_ROWS = "Clean the rows in this database by hand; or in this same migration, before the statement that failed, where no database has it yet or the tool keeps no checksums (Django, Alembic). Add no migration before this one: databases that have this one already would refuse it or pass over it.";
const DATABASE$1 = [
	{
		id: "read-only",
		patterns: [
			"read-only transaction",
			"read only transaction",
			"running with the --read-only option",
			"running with the --super-read-only option",
			"--read-only option so it",
			"can't execute … during recovery",
			"er_option_prevents_statement"
		],
		codes: [
			"25006",
			"ER_OPTION_PREVENTS_STATEMENT",
			"1290",
			"1792"
		],
		cause: "The session may only read: the endpoint is a replica, or default_transaction_read_only is on.",
		remedy: "Use the writer endpoint (Aurora: the cluster endpoint, without -ro). Check the user and the parameter group for default_transaction_read_only. Just after a failover the name may still lead to the old writer: run it again. An RDS instance without storage is read-only, too.",
		source: POSTGRES_CODES,
		example: "ERROR:  cannot execute CREATE TABLE in a read-only transaction"
	},
	{
		id: "ext-perm",
		patterns: [
			"permission denied to create extension",
			"must be superuser to",
			"permission denied for language",
			"must have create privilege on current database to create this extension"
		],
		cause: "This user may not create that extension.",
		remedy: "Let a member of rds_superuser create it once, and write CREATE EXTENSION IF NOT EXISTS in the migration. Check rds.allowed_extensions in the parameter group.",
		source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Extensions.html",
		example: "ERROR:  permission denied to create extension \"hstore\""
	},
	{
		id: "ext-missing",
		patterns: [
			"extension \"…\" is not available",
			"could not open extension control file",
			"must be loaded via shared_preload_libraries",
			"extension \"…\" has no installation script",
			"is not a supported extension",
			"could not access file \"$libdir"
		],
		cause: "The server does not have that extension.",
		remedy: "Look it up in the list for this engine version (SHOW rds.extensions). Some need shared_preload_libraries in the parameter group, and a reboot.",
		source: "https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-extensions.html",
		example: "ERROR:  extension \"postgis\" is not available"
	},
	{
		id: "db-create",
		patterns: ["permission denied for database"],
		cause: "This user may not create a schema in the database, and the tool or the migration wants one.",
		remedy: "GRANT CREATE ON DATABASE … to the user of the migration, or make it the owner of the database.",
		source: `${PG_DOCS}/ddl-priv.html`,
		example: "ERROR:  permission denied for database app"
	},
	{
		id: "schema-perm",
		patterns: [
			"permission denied for schema",
			"permission denied to create database",
			"command denied to user",
			"create command denied to user … for table",
			"access denied; you need"
		],
		codes: ["ER_SPECIFIC_ACCESS_DENIED_ERROR"],
		cause: "This user may not create anything there. From PostgreSQL 15 only the owner of the database may in public.",
		remedy: "GRANT USAGE, CREATE ON SCHEMA public to the user of the migration, or make it the owner of the database. Check search_path.",
		source: `${PG_DOCS}/ddl-schemas.html`,
		example: "ERROR:  permission denied for schema public"
	},
	{
		id: "owner",
		patterns: [
			"must be owner of",
			"must be able to set role",
			"must be member of role"
		],
		cause: "Only the owner of that table may change it, and another user created it.",
		remedy: "Run migrations as one and the same user. ALTER TABLE … OWNER TO it, REASSIGN OWNED, or GRANT the owner role to it.",
		source: `${PG_DOCS}/ddl-priv.html`,
		example: "ERROR:  must be owner of table orders"
	},
	{
		id: "table-perm",
		patterns: [
			"permission denied for table",
			"permission denied for relation",
			"permission denied for sequence",
			"permission denied for view",
			"permission denied for materialized view",
			"permission denied for function",
			"permission denied for type",
			"permission denied for column",
			"command denied to user … for table",
			"permission denied to"
		],
		codes: ["42501", "ER_TABLEACCESS_DENIED_ERROR"],
		cause: "This user lacks a privilege on that object.",
		remedy: "GRANT it, or run migrations as the owner.",
		source: `${PG_DOCS}/ddl-priv.html`,
		example: "ERROR:  permission denied for table orders"
	},
	{
		id: "lock-timeout",
		patterns: [
			"canceling statement due to lock timeout",
			"could not obtain lock on",
			"lock wait timeout exceeded",
			"statement aborted because lock(s) could not be acquired immediately",
			"lock request time out period exceeded",
			"ora-00054"
		],
		codes: [
			"55P03",
			"ER_LOCK_WAIT_TIMEOUT",
			"1205"
		],
		cause: "Another session held a lock on that table for longer than lock_timeout allows.",
		remedy: "This statement changed nothing. Find the session (pg_blocking_pids, pg_stat_activity), end it or wait for a quiet minute, and run it again. Raise lock_timeout only a little: while an ALTER TABLE waits, all traffic on the table waits behind it.",
		source: POSTGRES_CODES,
		example: "ERROR:  canceling statement due to lock timeout"
	},
	{
		id: "statement-timeout",
		patterns: [
			"canceling statement due to statement timeout",
			"maximum statement execution time exceeded",
			"max_statement_time exceeded",
			"canceling statement due to transaction timeout"
		],
		codes: [
			"ER_QUERY_TIMEOUT",
			"ER_STATEMENT_TIMEOUT",
			"3024",
			"1969"
		],
		cause: "One statement took longer than statement_timeout allows.",
		remedy: "Raise it for migrations only: SET statement_timeout in the migration, or environment-variables: PGOPTIONS=-c statement_timeout=0 (libpq, Node pg and Go obey it; asyncpg, Flyway and Liquibase do not). Or work in batches, and build indexes with CONCURRENTLY.",
		source: `${PG_DOCS}/runtime-config-client.html`,
		example: "ERROR:  canceling statement due to statement timeout"
	},
	{
		id: "canceled",
		patterns: [
			"canceling statement due to user request",
			"query execution was interrupted",
			"canceling statement due to conflict with recovery"
		],
		codes: [
			"57014",
			"ER_QUERY_INTERRUPTED",
			"1317"
		],
		cause: "Somebody, or the tool on a signal, cancelled the statement.",
		remedy: "Ask who did: pg_cancel_backend, a watchdog of the database, or the stop of this task.",
		source: POSTGRES_CODES,
		example: "ERROR:  canceling statement due to user request"
	},
	{
		id: "deadlock",
		patterns: [
			"deadlock detected",
			"deadlock found when trying to get lock",
			"write conflict or a deadlock",
			"was deadlocked on",
			"ora-00060"
		],
		codes: [
			"40P01",
			"ER_LOCK_DEADLOCK",
			"1213",
			"P2034"
		],
		cause: "The migration and another session waited for each other, and the database ended the migration.",
		remedy: "Run it again in a quiet minute. Change one table in each transaction, always in the same order.",
		source: POSTGRES_CODES,
		example: "ERROR:  deadlock detected"
	},
	{
		id: "unique",
		showsValues: true,
		patterns: [
			"could not create unique index",
			"duplicate key value violates unique constraint",
			"duplicate entry '",
			"unique constraint failed",
			"uniqueconstrainterror",
			"error: validation error",
			"unique violation",
			"cannot insert duplicate key",
			"ora-00001"
		],
		codes: [
			"23505",
			"ER_DUP_ENTRY",
			"1062",
			"P2002"
		],
		cause: "Rows are not unique where a constraint, an index or an insert needs them to be.",
		remedy: `The DETAIL in the log names the value. ${CLEAN_ROWS}`,
		source: POSTGRES_CODES,
		example: "ERROR:  could not create unique index \"users_email_key\""
	},
	{
		id: "not-null",
		patterns: [
			"contains null values",
			"violates not-null constraint",
			"null value in column",
			"column '…' can't be null",
			"null constraint failed",
			"null constraint violation",
			"invalid use of null value",
			"not null violation",
			"cannot insert the value null into column",
			"ora-01400"
		],
		codes: [
			"23502",
			"ER_BAD_NULL_ERROR",
			"ER_INVALID_USE_OF_NULL",
			"1048",
			"1138",
			"P2011"
		],
		cause: "Rows have NULL in a column that is to be NOT NULL.",
		remedy: `If the migration adds the column: add it with a default or allow NULL, fill it, then require it. If the column was there, fill it. ${CLEAN_ROWS}`,
		source: POSTGRES_CODES,
		example: "ERROR:  column \"age\" of relation \"users\" contains null values"
	},
	{
		id: "foreign-key",
		showsValues: true,
		patterns: [
			"violates foreign key constraint",
			"can't add or update a child row",
			"can't delete or update a parent row",
			"a foreign key constraint fails",
			"foreign key constraint failed",
			"foreign key constraint is incorrectly formed",
			"can't add foreign key constraint",
			"foreign key constraint violated",
			"foreign key constraint violation",
			"there is no unique constraint matching given keys"
		],
		codes: [
			"23503",
			"ER_NO_REFERENCED_ROW_2",
			"ER_ROW_IS_REFERENCED_2",
			"1452",
			"1451",
			"P2003"
		],
		cause: "Rows point to rows that do not exist.",
		remedy: `The DETAIL in the log names one. ${CLEAN_ROWS} Or add the constraint NOT VALID, and validate it in a later migration.`,
		source: POSTGRES_CODES,
		example: "ERROR:  insert or update on table \"orders\" violates foreign key constraint \"orders_user_fk\""
	},
	{
		id: "check",
		patterns: [
			"check constraint … is violated by some row",
			"violates check constraint",
			"constraint … failed for `",
			"check constraint '…' is violated",
			"no partition of relation"
		],
		codes: [
			"23514",
			"ER_CHECK_CONSTRAINT_VIOLATED",
			"3819",
			"4025"
		],
		cause: "Rows break the new check.",
		remedy: `${CLEAN_ROWS} Or add the check NOT VALID, and validate it in a later migration.`,
		source: POSTGRES_CODES,
		example: "ERROR:  check constraint \"id_big\" of relation \"users\" is violated by some row"
	},
	{
		id: "pending-trigger",
		patterns: ["pending trigger events", "is being used by active queries in this session"],
		codes: ["55006"],
		cause: "One transaction changed rows of the table and then the table itself.",
		remedy: "Between the change of the rows and that of the table: SET CONSTRAINTS ALL IMMEDIATE, or end the transaction (Django: atomic = False). Split the migration into two only where no database has it yet.",
		source: POSTGRES_CODES,
		example: "ERROR:  cannot ALTER TABLE \"orders\" because it has pending trigger events"
	},
	{
		id: "in-transaction",
		patterns: [
			"can't run inside a transaction block",
			"can't be executed from a function",
			"can't be executed within a pipeline",
			"detected both transactional and non-transactional statements"
		],
		codes: ["25001"],
		cause: "CREATE INDEX CONCURRENTLY, VACUUM and the like cannot run in a transaction, and the tool opened one.",
		remedy: "Switch the transaction off for this migration, with one statement in it: atomic = False (Django), autocommit_block (Alembic), disable_ddl_transaction! (Rails), -- +goose NO TRANSACTION, transaction:false (dbmate), executeInTransaction=false (Flyway), runInTransaction: false (Liquibase), config = { transaction: false } (Knex), pgm.noTransaction().",
		source: POSTGRES_CODES,
		example: "ERROR:  CREATE INDEX CONCURRENTLY cannot run inside a transaction block"
	},
	{
		id: "enum",
		patterns: [
			"unsafe use of new value",
			"new enum values must be committed",
			"alter type … add can't run inside a transaction"
		],
		codes: ["55P04"],
		cause: "A new value of an enum is used in the transaction that adds it.",
		remedy: "Commit the new value before it is used: outside the transaction (atomic = False in Django, autocommit_block in Alembic); or, where no database has this migration yet, in a migration of its own before it.",
		source: `${PG_DOCS}/sql-altertype.html`,
		example: "ERROR:  unsafe use of new value \"blue\" of enum type color"
	},
	{
		id: "type-exists",
		patterns: [
			"type \"…\" already exists",
			"extension \"…\" already exists",
			"schema \"…\" already exists",
			"constraint \"…\" for relation \"…\" already exists",
			"function \"…\" already exists",
			"function … already exists with same argument types",
			"trigger \"…\" for relation \"…\" already exists",
			"role \"…\" already exists",
			"enum label \"…\" already exists",
			"policy \"…\" for table \"…\" already exists",
			"duplicate key name",
			"duplicate foreign key constraint name"
		],
		codes: [
			"42710",
			"42723",
			"42P06",
			"ER_DUP_KEYNAME",
			"1061"
		],
		cause: "The object exists already: made by hand, or by an earlier run that failed half-way.",
		remedy: MARK_AS_APPLIED,
		source: POSTGRES_CODES,
		example: "ERROR:  type \"color\" already exists"
	},
	{
		id: "column-exists",
		patterns: [
			"column \"…\" of relation \"…\" already exists",
			"column \"…\" specified more than once",
			"duplicate column name"
		],
		codes: [
			"42701",
			"ER_DUP_FIELDNAME",
			"1060"
		],
		cause: "The column exists already: added by hand, or by an earlier run that failed half-way.",
		remedy: MARK_AS_APPLIED,
		source: POSTGRES_CODES,
		example: "ERROR:  column \"email\" of relation \"users\" already exists"
	},
	{
		id: "exists",
		patterns: [
			"relation \"…\" already exists",
			"table … already exists",
			"index \"…\" already exists",
			"database \"…\" already exists",
			"can't create database '…'; database exists",
			"there is already an object named",
			"ora-00955"
		],
		codes: [
			"42P07",
			"42P04",
			"ER_TABLE_EXISTS_ERROR",
			"1050"
		],
		cause: "The table or index exists already: made by hand, or by an earlier run that failed half-way.",
		remedy: MARK_AS_APPLIED,
		source: POSTGRES_CODES,
		example: "ERROR:  relation \"orders\" already exists"
	},
	{
		id: "no-schema",
		patterns: ["schema … does not exist", "no schema has been selected to create in"],
		codes: ["3F000"],
		cause: "The schema does not exist, or search_path names none.",
		remedy: `Is its name spelled wrong in this migration? ${CORRECT_IT} Otherwise create it in the migration (CREATE SCHEMA IF NOT EXISTS), and check search_path of the user.`,
		source: POSTGRES_CODES,
		example: "ERROR:  schema \"reporting\" does not exist"
	},
	{
		id: "no-function",
		patterns: [
			"function … does not exist",
			"procedure … does not exist",
			"operator does not exist",
			"operator class \"…\" does not exist",
			"data type … has no default operator class",
			"function … is not unique"
		],
		codes: [
			"42883",
			"ER_SP_DOES_NOT_EXIST",
			"1305"
		],
		cause: "The function does not exist: its name or the types of its arguments are wrong, its extension is missing, or it is in another schema.",
		remedy: `Is the name wrong in this migration, or does a value need a cast? ${CORRECT_IT} Otherwise CREATE EXTENSION IF NOT EXISTS for the one it comes from ("uuid-ossp", pgcrypto; gen_random_uuid() is built in from PostgreSQL 13), and check search_path.`,
		source: POSTGRES_CODES,
		example: "ERROR:  function uuid_generate_v4() does not exist"
	},
	{
		id: "no-column",
		patterns: [
			"column \"…\" of relation \"…\" does not exist",
			"column … does not exist",
			"unknown column '",
			"can't drop '",
			"can't drop column '",
			"can't drop column `",
			"can't drop index '",
			"column not found",
			"key column '…' doesn't exist",
			"invalid column name",
			"ora-00904"
		],
		codes: [
			"42703",
			"ER_BAD_FIELD_ERROR",
			"ER_CANT_DROP_FIELD_OR_KEY",
			"1054",
			"1091",
			"P2022"
		],
		cause: "The migration names a column that is not there.",
		remedy: `Is the name wrong in this migration? ${CORRECT_IT} Otherwise check that it is the right database (\`database-name\`); or a migration is missing or was applied out of order, or the schema was changed by hand.`,
		source: POSTGRES_CODES,
		example: "ERROR:  column \"nickname\" of relation \"users\" does not exist"
	},
	{
		id: "no-relation",
		patterns: [
			"relation … does not exist",
			"table \"…\" does not exist",
			"table '…' doesn't exist",
			"table `…` does not exist",
			"no such table",
			"unknown table",
			"base table or view not found",
			"index \"…\" does not exist",
			"constraint \"…\" … does not exist",
			"type \"…\" does not exist",
			"view \"…\" does not exist",
			"sequence \"…\" does not exist",
			"missing from-clause entry for table",
			"invalid object name",
			"cannot find the object … because it does not exist",
			"ora-00942"
		],
		codes: [
			"42P01",
			"42704",
			"ER_NO_SUCH_TABLE",
			"ER_BAD_TABLE_ERROR",
			"1146",
			"1051",
			"P2021"
		],
		cause: "The migration names a table that is not there.",
		remedy: `Is the name wrong in this migration? ${CORRECT_IT} Otherwise check that it is the right database and schema (\`database-name\`, search_path); or an earlier migration is missing, or code reads the table when it is loaded, before migrations have run.`,
		source: POSTGRES_CODES,
		example: "ERROR:  relation \"orders\" does not exist"
	},
	{
		id: "syntax",
		patterns: [
			"syntax error at or near",
			"syntax error at end of input",
			"error in your sql syntax",
			"unterminated dollar-quoted",
			"unterminated quoted",
			"unterminated /* comment",
			"can't insert multiple commands into a prepared statement",
			"incorrect syntax near"
		],
		codes: [
			"42601",
			"ER_PARSE_ERROR",
			"1064"
		],
		cause: "The SQL of the migration is not valid for this server.",
		remedy: `Correct the statement at the place that the log quotes (LINE, position, "near"): SQL of another database or version, a word spelled wrong, or a missing semicolon. ${CORRECT_IT}`,
		source: POSTGRES_CODES,
		example: "ERROR:  syntax error at or near \"tabel\""
	},
	{
		id: "type-cast",
		patterns: [
			"can't be cast automatically to type",
			"datatype mismatch",
			"is of type … but expression is of type",
			"can't cast type … to",
			"can't be implemented",
			"default for column … can't be cast"
		],
		codes: ["42804", "42846"],
		cause: "PostgreSQL does not convert that type by itself.",
		remedy: `Add USING column::type to ALTER COLUMN … TYPE. ${CORRECT_IT}`,
		source: `${PG_DOCS}/sql-altertable.html`,
		example: "ERROR:  column \"name\" cannot be cast automatically to type integer"
	},
	{
		id: "bad-value",
		showsValues: true,
		patterns: [
			"invalid input syntax for",
			"invalid input value for enum",
			"incorrect integer value",
			"incorrect datetime value",
			"incorrect date value",
			"incorrect decimal value",
			"incorrect double value",
			"truncated incorrect",
			"malformed array literal",
			"malformed range literal",
			"date/time field value out of range",
			"invalid value for parameter"
		],
		codes: [
			"22P02",
			"22007",
			"ER_TRUNCATED_WRONG_VALUE_FOR_FIELD",
			"ER_TRUNCATED_WRONG_VALUE",
			"1366",
			"1292"
		],
		cause: "A row has a value that the new type does not take.",
		remedy: CLEAN_ROWS,
		source: POSTGRES_CODES,
		example: "ERROR:  invalid input syntax for type integer: \"A\""
	},
	{
		id: "too-long",
		showsValues: true,
		patterns: [
			"value too long for type",
			"data too long for column",
			"data truncated for column",
			"column length too big",
			"provided value for the column is too long",
			"value provided for column … is too long",
			"numeric field overflow",
			"out of range for type",
			"smallint out of range",
			"integer out of range",
			"bigint out of range",
			"out of range value for column",
			"value out of range",
			"row size too large",
			"row is too big",
			"specified key was too long",
			"index row size … exceeds"
		],
		codes: [
			"22001",
			"22003",
			"ER_DATA_TOO_LONG",
			"WARN_DATA_TRUNCATED",
			"ER_WARN_DATA_OUT_OF_RANGE",
			"ER_TOO_BIG_ROWSIZE",
			"1406",
			"1264",
			"1265",
			"1118",
			"1071",
			"P2000",
			"P2020"
		],
		cause: "A value does not fit the type, or a row or key is larger than the database takes.",
		remedy: `Choose a larger type, or change what does not fit. ${CLEAN_ROWS}`,
		source: POSTGRES_CODES,
		example: "ERROR:  value too long for type character varying(2)"
	},
	{
		id: "dependents",
		patterns: [
			"because other objects depend on it",
			"can't alter type of a column used by a view",
			"needed in a foreign key constraint",
			"referenced by a foreign key constraint"
		],
		codes: [
			"2BP01",
			"ER_DROP_INDEX_FK",
			"1553",
			"3730"
		],
		cause: "Views, keys or functions use what the migration drops or changes.",
		remedy: "The DETAIL in the log names them. Drop and create them again in the migration; CASCADE only on purpose.",
		source: `${PG_DOCS}/ddl-depend.html`,
		example: "ERROR:  cannot drop column email of table users because other objects depend on it"
	},
	{
		id: "disk-full",
		patterns: [
			"no space left on device",
			"could not extend file",
			"the table '…' is full",
			"disk full",
			"disk is full",
			"enospc",
			"temporary file size exceeds temp_file_limit"
		],
		codes: [
			"53100",
			"ER_RECORD_FILE_FULL",
			"ER_DISK_FULL",
			"1114",
			"1021"
		],
		cause: "The database has no disk space left (or the task, where the file is one of the task).",
		remedy: "Raise the storage of the instance, or let storage autoscaling do it: a rewritten table needs room for a second copy. For the task: ephemeralStorage in the task definition.",
		source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Troubleshooting.html",
		example: "ERROR:  could not extend file \"base/16384/16399\": No space left on device"
	},
	{
		id: "db-memory",
		patterns: [
			"out of shared memory",
			"max_locks_per_transaction",
			"error: out of memory"
		],
		codes: ["53200"],
		cause: "The database ran out of memory, or of room for locks.",
		remedy: "Touch fewer tables in one transaction, or raise max_locks_per_transaction or the size of the instance.",
		source: POSTGRES_CODES,
		example: "ERROR:  out of shared memory"
	},
	{
		id: "encoding",
		showsValues: true,
		patterns: [
			"invalid byte sequence for encoding",
			"has no equivalent in encoding",
			"unknown collation",
			"incorrect string value",
			"collation \"…\" does not exist",
			"illegal mix of collations",
			"collation … is not valid for character set",
			"unknown character set",
			"unsupported unicode escape"
		],
		codes: [
			"22021",
			"22P05",
			"ER_UNKNOWN_COLLATION",
			"ER_CANT_AGGREGATE_2COLLATIONS",
			"1273",
			"1253",
			"1267"
		],
		cause: "The text has an encoding or a collation that the server does not take.",
		remedy: "Save the files as UTF-8, set client_encoding to UTF8, and use a collation that this engine version has.",
		source: POSTGRES_CODES,
		example: "ERROR:  invalid byte sequence for encoding \"UTF8\": 0xff"
	},
	{
		id: "raised",
		patterns: [
			"errors.raiseexception",
			"pg::raiseexception",
			"exceptions.raiseerror",
			"(raise_exception)"
		],
		codes: [
			"P0001",
			"RAISE",
			"45000",
			"ER_SIGNAL_EXCEPTION"
		],
		cause: "The migration, or a trigger, stopped itself with an error of its own (RAISE, SIGNAL).",
		remedy: "Its own message says why.",
		source: `${PG_DOCS}/plpgsql-errors-and-messages.html`,
		example: "psycopg.errors.RaiseException: backfill not finished: 12 rows left"
	},
	{
		id: "terminated",
		patterns: [
			"terminating connection due to",
			"terminating connection because",
			"adminshutdown",
			"server conn crashed",
			"connection was killed",
			"query was killed",
			"connection has been killed",
			"idle-in-transaction timeout"
		],
		codes: [
			"57P01",
			"57P02",
			"25P03",
			"57P05",
			"ER_CONNECTION_KILLED",
			"1927"
		],
		cause: "The server ended the session: a restart, a failover, an administrator, or an idle limit.",
		remedy: "Look at the events of the instance at that minute, and at what was committed, before you run it again.",
		source: POSTGRES_CODES,
		example: "FATAL:  terminating connection due to administrator command"
	},
	{
		id: "prepared",
		patterns: [
			"prepared statement \"…\" does not exist",
			"prepared statement \"…\" already exists",
			"unsupported startup parameter"
		],
		codes: ["26000", "42P05"],
		cause: "A pooler in transaction mode (PgBouncer, RDS Proxy) stands between the task and the database.",
		remedy: "Give migrations the endpoint of the instance itself, or switch prepared statements off (pgbouncer=true, prepare_threshold=None, statement_cache_size=0).",
		source: "https://www.pgbouncer.org/features.html",
		example: "ERROR:  prepared statement \"s0\" does not exist"
	},
	{
		id: "locked",
		patterns: [
			"could not acquire change log lock",
			"waiting for changelog lock",
			"migration table is already locked",
			"migrationlocked",
			"can't acquire lock",
			"can't acquire database lock",
			"another migration is already running",
			"another migration process is currently running",
			"concurrentmigrationerror",
			"timed out trying to acquire … lock",
			"failed to acquire … lock",
			"unable to acquire … lock",
			"unable to obtain … lock",
			"locktimeout: process",
			"migrations are locked",
			"advisory lock",
			"database is locked"
		],
		codes: ["P1002"],
		cause: "Another migration runs, or one was killed and left its lock.",
		remedy: "Make sure that none runs. Then free the lock: liquibase release-locks, knex migrate:unlock; advisory locks end with their session (pg_locks, pg_terminate_backend).",
		source: `${PG_DOCS}/explicit-locking.html`,
		example: "MigrationLocked: Migration table is already locked"
	}
];
// src/explain/log/table.ts
const SIGNATURES = [
	...inSection("connection", CONNECTION),
	...inSection("database", DATABASE$1),
	...inSection("tool-state", TOOL_STATE),
	...inSection("image", IMAGE$1)
];
function inSection(section, rows) {
	return rows.map((row) => ({
		...row,
		section
	}));
}
// src/explain/log/find-cause.ts
function strong(...sections) {
	return wordingsOf(SIGNATURES.filter((row) => sections.includes(row.section) && row.weight === void 0));
}
function weighing(weight) {
	return wordingsOf(SIGNATURES.filter((row) => row.weight === weight));
}
const STRONG = [
	strong("connection", "database"),
	strong("tool-state"),
	strong("image")
];
const WEAK = [weighing("weak")];
const GENERIC = [weighing("generic")];
const BY_CODE = new Map(SIGNATURES.toReversed().flatMap((row) => (row.codes ?? []).map((code) => [code, row])));
function findCause(lines) {
	const texts = lines.map((line, index) => `${searchable(line)}${importsSettings(lines, index) ? SETTINGS : ""}`);
	return lastOfFirst(STRONG, texts, lines) ?? lastCode(lines) ?? lastRaised(texts, lines) ?? lastOfFirst(WEAK, texts, lines) ?? lastOfItsOwn(lines) ?? lastOfFirst(GENERIC, texts, lines);
}
const SETTINGS = " {settings-module}";
function lastOfFirst(classes, texts, lines) {
	for (const wordings of classes) {
		const index = texts.findLastIndex((text) => anyOccurs(wordings, text));
		const row = longestWording(wordings, texts[index] ?? "");
		if (row !== void 0) return {
			row,
			index,
			line: lines[index]?.text ?? ""
		};
	}
}
function searchable({ text, kind }) {
	if (kind !== "message") return "";
	const said = sameSpelling(withoutStatements(text).replace(VARIABLE, "$1{variable}$1")).replace(HISTORY, "");
	return anyOccurs(CONSEQUENCES, said) ? "" : said;
}
const VARIABLE = /(['"])[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)*\1/g;
const HISTORY = /(?:relation|table|index) ["'`]*(?:[\w$]+["'`]*\.["'`]*)?(?:goose_db_version|schema_migrations|django_migrations|alembic_version|knex_migrations\w*|_prisma_migrations|databasechangelog\w*|flyway_schema_history|_?yoyo_\w+|pgmigrations|sequelizemeta|migrations|mikro_orm_migrations|__drizzle_migrations|ar_internal_metadata|doctrine_migration_versions|_sqlx_migrations|__diesel_schema_migrations|__efmigrationshistory)["'`]* (?:does not|doesn't) exist/g;
const CONSEQUENCES = wordingsOf([{ patterns: [
	"current transaction is aborted",
	"client has encountered a connection error and is not queryable",
	"connection is already closed",
	"connection is closed",
	"this connection has been closed",
	"can't use … after … closed",
	"can't operate on a closed",
	"can't reconnect until invalid transaction is rolled back"
] }]);
const CODE = /(?:\bsql ?state\W{0,4}|\bcode\W{1,4}|\berrno\W{1,4}|\()([0-9A-Z]{5}|\d{4}|[A-Z]+_[A-Z_0-9]+|E[A-Z]+)\b|\b(P\d{4})\b|\berror (\d{4})\b|\bat (RAISE)$/gi;
function lastCode(lines) {
	const rows = lines.map(({ text, kind }) => kind === "noise" || kind === "frame" ? void 0 : rowOfCode(text));
	const index = rows.findLastIndex((row) => row !== void 0);
	const row = rows[index];
	if (row === void 0) return void 0;
	const { text = "", kind } = lines[index] ?? {};
	return {
		row,
		index,
		line: kind === "message" ? text : likeliest(lines) ?? text
	};
}
function rowOfCode(text) {
	return [...text.matchAll(CODE)].map(([, ...groups]) => groups.find((code) => code !== void 0) ?? "").map((code) => BY_CODE.get(code.toUpperCase())).find((row) => row !== void 0);
}
const RAISE = /\braise exception '([^']{8,200})'/gi;
function lastRaised(texts, lines) {
	const wordings = wordingsOf([{ patterns: lines.flatMap(({ text }) => [...text.matchAll(RAISE)].map(([, format = ""]) => format)).slice(-20).map((format) => format.replaceAll("%", "…")) }]);
	const index = texts.findLastIndex((text) => !text.includes("raise exception") && anyOccurs(wordings, text));
	const row = index < 0 ? void 0 : BY_CODE.get("P0001");
	return row && {
		row,
		index,
		line: lines[index]?.text ?? ""
	};
}
function lastOfItsOwn(lines) {
	const index = lastOwnException(lines);
	const row = SIGNATURES.find(({ id }) => id === RAISED_BY_CODE);
	return row && index !== void 0 ? {
		row,
		index,
		line: lines[index]?.text ?? ""
	} : void 0;
}
const LIKE_AN_ERROR = /error|fatal|failed|failure|exception|panic|can't|cannot|could not|unable|denied|invalid|abort|not found|missing/i;
const NO_ERRORS = /\b(?:0|no) (?:errors?|failures?|failed)\b/i;
function likeliest(lines) {
	return (lines.findLast(({ text, kind }, index) => kind === "message" && (LIKE_AN_ERROR.test(text) && !NO_ERRORS.test(text) || endsTraceback(lines, index))) ?? lines.findLast(({ kind }) => kind === "message") ?? lines.findLast(({ kind }) => kind !== "noise"))?.text;
}
// src/explain/log/log-cause.ts
function logCauseOf({ row, line }, { securityGroups = [] }) {
	return {
		id: row.id,
		line: quote(line, row.showsValues),
		cause: row.cause,
		remedy: row.remedy.replace(TASK_GROUPS, groups(securityGroups))
	};
}
function groups(ids) {
	if (ids.length === 0) return "the task's security group";
	return `the task's security ${ids.length === 1 ? "group" : "groups"} (${ids.join(", ")})`;
}
// src/explain/log/success-words.ts
const WORK_DONE = [
	"running upgrade",
	"... ok$",
	"…... faked$",
	"successfully applied",
	"successfully migrated database",
	"migrations applied",
	"following migration(s) have been applied",
	"migrations have been successfully applied",
	"has been executed successfully",
	"batch … run:",
	": migrated (",
	": migrated$",
	"^applied: ",
	" ok …(…s)$",
	"migrated successfully"
];
const ENDED_WELL = [
	"applied successfully",
	"migrations complete",
	"was executed successfully",
	"successfully migrated",
	"up to date",
	"up-to-date"
];
const ANSWERED_WORDS = [
	"accepting connections",
	"is up",
	"is ready",
	"is available",
	"is alive",
	"connected to",
	"connection established",
	"connection successful",
	"succeeded!",
	" open$",
	"^(… row)$",
	"^(… rows)$",
	"^create …",
	"^alter …",
	"^insert 0 …"
];
const NOTHING_TO_DO = [
	"no migrations to apply.",
	"^no change$",
	"no migrations to run",
	"^already up to date$",
	"no migrations were executed, database schema was already up to date",
	"no migrations are pending",
	"no pending migrations to apply",
	"is up to date. no migration necessary",
	"database is up to date, no changesets to execute",
	"nothing to migrate",
	"no migrations to execute",
	"already at the latest version",
	"info [alembic.runtime.migration] will assume transactional ddl.$",
	"info [alembic.runtime.migration] will assume non-transactional ddl.$"
];
const LOOKING_ONLY = /* @__PURE__ */ new Set([
	"--plan",
	"--check",
	"--check-unapplied",
	"--sql",
	"--dry-run",
	"--dry-run-output",
	"--pretend",
	"status",
	"migrate:status",
	"db:migrate:status",
	"migration:show",
	"show",
	"showmigrations",
	"current",
	"history",
	"info",
	"validate",
	"version",
	"update-sql",
	"updatesql"
]);
const DOING_NOTHING = /* @__PURE__ */ new Set([
	"echo",
	"printf",
	"true",
	":",
	"set",
	"cd",
	"export",
	"exit",
	"sleep",
	"test",
	"[",
	"cat",
	"tee",
	"pg_isready"
]);
// src/explain/log/success.ts
const WORK = wordingsOf([{ patterns: WORK_DONE }]);
const NOTHING = wordingsOf([{ patterns: NOTHING_TO_DO }]);
const SUCCESS = wordingsOf([{ patterns: [
	...WORK_DONE,
	...NOTHING_TO_DO,
	...ENDED_WELL
] }]);
const ANSWERED = wordingsOf([{ patterns: ANSWERED_WORDS }]);
function nothingToDo(lines) {
	return lines.some((line) => says(WORK, line)) ? void 0 : lines.findLast((line) => says(NOTHING, line))?.text;
}
function lastWord(lines) {
	return (lines.findLast(({ kind }) => kind === "message") ?? lines.findLast(({ kind }) => kind !== "noise"))?.text;
}
function saysSuccess(line) {
	return says(SUCCESS, line);
}
function saysThatServerAnswers(line) {
	return says(ANSWERED, line);
}
function says(wordings, { text }) {
	return anyOccurs(wordings, sameSpelling(text.trim()));
}
function looksOnly(programs) {
	const acting = programs.filter(([program = ""]) => !DOING_NOTHING.has(program.split("/").at(-1) ?? ""));
	return acting.length > 0 && acting.every((words) => words.some((word) => LOOKING_ONLY.has(word.toLowerCase())));
}
// src/explain/log/quiet-failure.ts
const QUIET = wordingsOf(QUIET_STATEMENTS);
function quietFailure(lines, facts) {
	return byItsOwnStatement(lines) ?? byAnError(lines, facts);
}
function byItsOwnStatement(lines) {
	for (const line of lines.toReversed()) {
		const row = longestWording(QUIET, searchable(line));
		if (row !== void 0) return {
			id: row.id,
			line: quote(line.text),
			cause: row.cause,
			remedy: row.remedy
		};
	}
}
function byAnError(lines, facts) {
	const found = findCause(lines.map(withoutWarning));
	if (found === void 0 || found.row.weight === "generic" || !meansThatNothingRan(found.row)) return void 0;
	const after = lines.slice(found.index + 1);
	if (after.some(saysSuccess)) return void 0;
	if (found.row.section === "connection" && after.some(saysThatServerAnswers)) return void 0;
	return {
		...logCauseOf(found, facts),
		remedy: makeItFail(lines, facts)
	};
}
function withoutWarning(line) {
	return /^\s*WARN(?:ING)?\b/i.test(line.text) ? {
		...line,
		kind: "noise"
	} : line;
}
const PROGRAM_DID_NOT_RUN = /* @__PURE__ */ new Set([
	"no-files",
	"sh-missing",
	"exec-format",
	"manage-py",
	"settings-module",
	"py-module",
	"oom"
]);
function meansThatNothingRan({ section, id }) {
	return section === "image" ? PROGRAM_DID_NOT_RUN.has(id) : id !== PENDING_MIGRATIONS.id;
}
function makeItFail(lines, { words = [] }) {
	const command = words.join(" ");
	if (/\bpsql\b/.test(command) || lines.some(({ text }) => text.startsWith("psql:"))) return "psql goes on after an error and ends with 0: give it -v ON_ERROR_STOP=1.";
	if (/\b(?:mysql|mariadb)\b/.test(command) && /(?:^| )(?:-f|--force)\b/.test(command)) return "The client goes on after an error and ends with 0: leave out --force.";
	if (/\|\|\s*true\b/.test(command)) return "Leave out `|| true`, which hides the exit code.";
	if (command.includes("|")) return "A pipe has the exit code of its last command: begin with `set -o pipefail` (bash).";
	return "A script has the exit code of its last command: begin it, or `command`, with `set -e` (in bash `set -eo pipefail`).";
}
// src/explain/log/read-log.ts
function readLog(lines, facts) {
	const shown = known$1(lines);
	return facts.exitCode === 0 ? readSuccess(shown, facts) : readFailure(shown, facts);
}
function lastSaid(lines) {
	const last = lastWord(known$1(lines));
	return last === void 0 ? void 0 : quote(last);
}
function known$1(lines) {
	return classified(lines.slice(-80).flatMap(asShown));
}
function readFailure(lines, facts) {
	const found = findCause(lines);
	const begun = found?.row.section === "connection" && found.row.id !== "closed" ? void 0 : underWay(lines);
	const state = stateLeft(lines, found?.row.section !== "connection");
	const named = begun !== void 0 && {
		underWay: begun,
		state
	};
	if (found !== void 0) {
		const place = found.row.id === "py-syntax" ? whereImported(lines, found.index) : "";
		const stands = place !== "" && { state: place };
		return {
			kind: "failure",
			section: found.row.section,
			...logCauseOf(found, facts),
			...named,
			...stands
		};
	}
	const line = likeliest(lines);
	if (line === void 0) return {
		kind: "silent",
		...isCheck(facts) && { isCheck: true }
	};
	return {
		kind: "unknown",
		line: quote(line),
		...named
	};
}
function isCheck({ exitCode, programs = [] }) {
	return exitCode === 1 && programs.some((words) => words.includes("migrate") && words.includes("--check"));
}
function readSuccess(lines, facts) {
	const judged = !looksOnly(facts.programs ?? []);
	const quiet = anotherDatabase(lines, facts) ?? (judged ? quietFailure(lines, facts) : void 0);
	if (quiet !== void 0) return {
		kind: "quiet-failure",
		...quiet
	};
	const nothing = judged ? nothingToDo(lines) : void 0;
	if (nothing !== void 0) return {
		kind: "nothing-to-do",
		line: quote(nothing)
	};
	const last = lastWord(lines);
	return last === void 0 ? { kind: "silent" } : {
		kind: "success",
		line: quote(last)
	};
}
// src/explain/what-it-said.ts
function whatItSaid(record, { startup, securityGroups }) {
	const { outcome, lastLines, milestones } = record;
	if (milestones.logRead === void 0 && lastLines.length === 0) return void 0;
	const byItself = outcome.kind === "succeeded" || outcome.kind === "failed" && outcome.cause === "exit-code";
	const reading = readLog(lastLines, {
		...byItself && { exitCode: outcome.exitCode },
		database: record.database,
		words: [...startup?.entryPoint ?? [], ...startup?.command ?? []],
		programs: startup?.programs ?? [],
		...securityGroups && { securityGroups }
	});
	const line = byItself ? "line" in reading ? reading.line : void 0 : lastSaid(lastLines);
	return {
		reading,
		...line !== void 0 && { line }
	};
}
// src/report/explained-row.ts
function explainedRow(record, publication, { linksFor, source }) {
	const { command } = publication.inputs;
	const context = contextOf(record, publication, source);
	const { said, stopping } = context;
	const problem = explain(record, context);
	const runsOnSeconds = runsOn(record, stopping);
	const taskArn = record.task?.taskArn;
	const links = linksFor(taskArn ?? "");
	const taskUrl = taskArn === void 0 ? void 0 : links.task(taskArn);
	const logUrl = record.log && links.log(record.log);
	return {
		record,
		...command !== void 0 && { command: shownCommand(command) },
		...problem && { problem },
		...said && { said },
		...runsOnSeconds !== void 0 && { runsOnSeconds },
		...taskUrl !== void 0 && { taskUrl },
		...logUrl !== void 0 && { logUrl }
	};
}
function contextOf(record, { inputs, planned, preflight }, source) {
	const startup = planned?.plan.startup;
	const stopping = stoppingOf(planned?.plan.clone, record);
	const said = whatItSaid(record, {
		...startup && { startup },
		securityGroups: planned?.network.securityGroups ?? []
	});
	return {
		cluster: inputs.cluster,
		region: inputs.region,
		...source !== void 0 && { source },
		...planned && { runUrl: planned.identity.runUrl },
		...preflight && { preflight },
		...startup && { startup },
		...stopping && { stopping },
		...said && { said }
	};
}
// src/report/first-failure.ts
const FAILED_EARLIER = /* @__PURE__ */ new Set(["dirty", "failed-earlier"]);
async function withFirstFailure(row, tasksOf, linksFor) {
	const { record, problem } = row;
	if (problem === void 0 || !FAILED_EARLIER.has(problem.code)) return row;
	const first = firstOfFailures(await tasksOf(record.database), row);
	if (first?.taskArn === void 0) return row;
	const url = linksFor(first.taskArn).task(first.taskArn);
	const when = first.createdAt === void 0 ? "" : ` started at ${timeOfDay(first.createdAt)}`;
	return {
		...row,
		problem: {
			...problem,
			reason: `${problem.reason} That was task ${url ?? first.taskArn}${when}.`
		},
		...url !== void 0 && { firstFailureUrl: url }
	};
}
function firstOfFailures(tasks, { record }) {
	const before = tasks.filter((task) => isOver(task) && task.taskArn !== record.task?.taskArn);
	const success = before.findIndex((task) => !hasFailed(task, record.container));
	return (success === -1 ? before : before.slice(0, success)).at(-1);
}
function hasFailed(task, container) {
	return ![void 0, 0].includes(containerOf(task, container)?.exitCode);
}
const texts = [HOW_TO_END, ...[
	...SIGNATURES,
	...QUIET_FAILURES,
	...STOP_REASONS,
	...EXIT_CODES,
	...API_ERRORS,
	...Object.values(ERROR_KINDS)
].map(({ cause, remedy }) => `${cause} ${remedy}`)].flatMap((text) => [...text.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code));
const commands = [
	/aws ecs [^`]* (?:RUNNING|arn:aws[\w-]*:ecs:[\w-]+:\d{12}:task\/[\w/-]+)/,
	/SELECT [^`]*pg_backend_pid\(\);/,
	/\{"Effect":"Allow","Action":"[\w:-]+","Resource":"[^\s"`]+"(?:,"Condition":\{[^\s`]+\})?\}/,
	/set -\w+(?: pipefail)?/,
	/\|\| true/,
	/\*/
];
const all = [...new Set(texts.map(_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.q)), ...commands.map(({ source }) => source)];
const OWN_CODE = new RegExp(`(?<=(?:^|\\s)\\(?)\`(${all.join("|")})\`(?=[.,:;)]*(?!\\S))`);
// src/report/markdown.ts
const XML_NAMES = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	"\"": "&quot;",
	"'": "&apos;"
};
function escapeOf(line) {
	return /[&<>]/.test(line) ? (part) => part.replace(/[&<>"']/g, (mark) => XML_NAMES[mark] ?? mark) : (part) => part;
}
function escaped(line) {
	return escapeOf(line)(line);
}
function code(text) {
	return `<code>${escaped((0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.J)(text))}</code>`;
}
function pre(lines) {
	return `<pre>\n${lines.flatMap((line) => (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.X)(line).split("\n")).map(escaped).join("\n")}\n</pre>`;
}
const PLAIN_WORD = /^[("'“]*[-+/.]*[\p{L}\p{M}\p{N}]+(?:(?:[-'’,./=:]_*|_+)[\p{L}\p{M}\p{N}]+)*[()"'”.,:;!?…]*$/u;
const PUNCTUATION = /^[(.,:;)]+$/;
const LINKED = /:.+:|www\.|\bGH-\d|\b[\da-f]{7,40}\b/i;
function prose(text) {
	const line = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.J)(text);
	const escaping = escapeOf(line);
	return line.split(OWN_CODE).map((part, index) => index % 2 === 1 ? `<code>${escaping(part)}</code>` : words$1(part, escaping)).join("");
}
function words$1(text, escaping) {
	return text.replace(/\S+/g, (word) => isPlain(word) ? escaping(word) : `<code>${escaping(word)}</code>`).replace(/<\/code>( +)<code>/g, "$1");
}
function isPlain(word) {
	return word.length <= 64 && (PLAIN_WORD.test(word) || PUNCTUATION.test(word)) && !LINKED.test(word);
}
function link(label, url) {
	return url !== void 0 && /^https:\/\/[^\s"'<>]+$/.test(url) ? `<a href="${url.replace(/&/g, "&amp;")}">${label}</a>` : label;
}
function tableOf(head, rows) {
	return [
		"<table>",
		rowOf(head, "th"),
		...rows,
		"</table>"
	].join("\n");
}
function rowOf(cells, tag = "td") {
	return `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join("")}</tr>`;
}
function paragraph(html) {
	return `<p>${html}</p>`;
}
function list(items) {
	return [
		"<ul>",
		...items.map((item) => `<li>${item}</li>`),
		"</ul>"
	].join("\n");
}
function folded(title, body) {
	return `<details><summary>${title}</summary>\n\n${body}\n\n</details>`;
}
function bytes(text) {
	return Buffer.byteLength(text);
}
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
const SHORTENINGS = [
	(result) => result,
	(result) => isSuccess(result) ? bare(result) : result,
	(result) => isSuccess(result) ? bare(result) : brief(result),
	bare
];
function resultsDocument(rows) {
	return `${JSON.stringify(resultsOf(rows), void 0, 2)}\n`;
}
function resultsOf(rows) {
	return rows.map(resultOf);
}
function resultOf({ record, problem, said, taskUrl, logUrl }) {
	const timings = timingsOf(record);
	return known({
		database: record.database,
		outcome: record.outcome.kind,
		exitCode: exitCodeOf(record),
		reason: text(problem?.reason),
		remedy: text(problem?.remedy),
		cause: problem?.code ?? quietCause(said),
		line: text(said?.line),
		taskArn: record.task?.taskArn,
		taskDefinitionArn: record.taskDefinitionArn,
		followed: record.task && record.followed !== void 0,
		followedRunUrl: record.followed?.runUrl,
		image: ownContainer(record)?.image ?? record.image,
		imageDigest: imageDigestOf(record),
		stopCode: record.task?.stopCode,
		stoppedReason: text(record.task?.stoppedReason),
		logGroup: record.log?.group,
		logStream: record.log?.stream,
		logUrl,
		taskUrl,
		logFile: record.logFile,
		timings: Object.keys(timings).length > 0 ? timings : void 0
	});
}
function quietCause(said) {
	return said?.reading.kind === "quiet-failure" ? said.reading.id : void 0;
}
function known(facts) {
	return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== void 0));
}
function text(value) {
	return value === void 0 ? void 0 : (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.X)(value);
}
function outputsOf(rows, files = {}) {
	const [only, ...more] = resultsOf(rows);
	return known({
		outcome: overallOutcome(rows),
		results: resultsOutput(rows),
		"results-file": files.resultsFile,
		...only && more.length === 0 ? ofOne(only) : {}
	});
}
function overallOutcome(rows) {
	const kinds = rows.map((row) => row.record.outcome.kind);
	const others = kinds.filter((kind) => kind !== "succeeded" && kind !== "dry-run");
	return others.find((kind) => kind !== "skipped") ?? others[0] ?? kinds[0];
}
function resultsOutput(rows) {
	const results = resultsOf(rows);
	for (const step of SHORTENINGS) {
		const json = JSON.stringify(results.map(step));
		if (bytes(json) <= 4e5) return json;
	}
	return asManyAsFit(results.map(bare));
}
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
		cause: result.cause,
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
		cause: result.cause,
		reason: result.reason === void 0 ? void 0 : (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.G)((0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.J)(result.reason), 200),
		taskArn: result.taskArn
	});
}
function isSuccess({ outcome }) {
	return outcome === "succeeded" || outcome === "dry-run";
}
// src/explain/log/excerpt.ts
const FRAME = /^\s+File "|^\s+at |^\s*(?:from )?\/\S+\.rb:\d+/;
const LIBRARY = /\/(?:site|dist)-packages\/|\/lib\/python\d|<frozen |\/node_modules\/|\bnode:|\/gems\/|\/lib\/ruby\//;
function excerpt(lines, most) {
	if (lines.length <= most) return {
		lines,
		span: lines.length
	};
	const runs = withoutLibraries(lines).slice(-most);
	return {
		lines: runs.map((run) => run.length === 1 ? run[0] ?? "" : `    … ${run.length} lines in libraries`),
		span: runs.flat().length
	};
}
function withoutLibraries(lines) {
	const runs = [];
	let head = "";
	let wasLibrary = false;
	for (const line of lines) {
		if (FRAME.test(line) || !isSourceOf(head, line)) head = line;
		const isLibrary = FRAME.test(head) && LIBRARY.test(head);
		if (isLibrary && wasLibrary) runs.at(-1)?.push(line);
		else runs.push([line]);
		wasLibrary = isLibrary;
	}
	return runs;
}
// src/report/chart.ts
const MOST_DATABASES = 10;
const MOST_IN_DETAIL = 3;
const WORDS = {
	provision: "provision",
	pull: "image and secrets",
	start: "start",
	run: "run",
	stop: "stop task",
	log: "wait for late log lines"
};
function timelineChart(rows) {
	if (rows.length > MOST_DATABASES) return void 0;
	const labels = rows.length === 1 ? [""] : rows.map(label);
	const shown = rows.map(({ record }) => {
		const phases = phasesOf(record);
		return rows.length > MOST_IN_DETAIL ? inShort(phases) : phases;
	});
	const times = shown.flat().flatMap(({ from, to }) => [from.getTime(), to.getTime()]);
	if (times.length === 0) return void 0;
	const [first, last] = [Math.min(...times), Math.max(...times)];
	const sections = rows.flatMap((row, index) => {
		const phases = shown[index] ?? [];
		const section = rows.length === 1 ? [] : [`  section ${labels[index]}`];
		return phases.length === 0 ? [] : [...section, ...bars(row, phases, first)];
	});
	return [...head({
		longestName: Math.max(...labels.map(({ length }) => length)),
		bars: shown.flat().length,
		spanMs: last - first
	}), ...sections].join("\n");
}
function inShort(phases) {
	const before = phases.filter(({ name }) => name === "provision" || name === "pull" || name === "start");
	const [first, last] = [before[0], before.at(-1)];
	return [...first && last ? [{
		name: "start",
		from: first.from,
		to: last.to
	}] : [], ...phases.filter(({ name }) => name === "run")];
}
function label({ record }, index) {
	return /^[\p{L}\p{N}_-]{1,40}$/u.test(record.database) ? record.database : `database ${index + 1}`;
}
function bars(row, phases, first) {
	const wrong = isFine(row) ? void 0 : failedPhase(phases);
	return phases.map((phase) => {
		const span = [phase.from, phase.to].map((time) => inUtc(time, first)).join(", ");
		return `    ${WORDS[phase.name]} ${length(phase)} :${phase === wrong ? "crit, " : ""}${span}`;
	});
}
function failedPhase(phases) {
	return phases.filter(({ name }) => name !== "stop" && name !== "log").at(-1);
}
function length({ from, to }) {
	return spoken((to.getTime() - from.getTime()) / 1e3);
}
const DAY_MS = 864e5;
const NEUTRAL_DAY = Date.UTC(2e3, 0, 1);
function inUtc(time, first) {
	return (/* @__PURE__ */ new Date(NEUTRAL_DAY + time.getTime() - Math.floor(first / DAY_MS) * DAY_MS)).toISOString().replace("T", " ").replace("Z", "");
}
const BLUE = "#0969da";
const RED = "#cf222e";
const COLOURS = {
	taskBkgColor: BLUE,
	taskBorderColor: BLUE,
	critBkgColor: RED,
	critBorderColor: RED,
	taskTextColor: "#ffffff",
	sectionBkgColor: "transparent",
	sectionBkgColor2: "transparent",
	altSectionBkgColor: "transparent"
};
const BAR_HEIGHT = 20;
const BAR_GAP = 4;
const TOP = 50;
function head({ longestName, bars, spanMs }) {
	const gantt = {
		leftPadding: 7 * longestName + 24,
		gridLineStartPadding: bars * 24 + TOP,
		topPadding: TOP,
		barHeight: BAR_HEIGHT,
		barGap: BAR_GAP,
		fontSize: 12,
		sectionFontSize: 12
	};
	return [
		`%%{init: ${JSON.stringify({
			gantt,
			themeVariables: COLOURS
		})}}%%`,
		"gantt",
		"  dateFormat YYYY-MM-DD HH:mm:ss.SSS",
		"  axisFormat %H:%M:%S UTC",
		`  tickInterval ${tickInterval(spanMs)}`,
		"  todayMarker off"
	];
}
const STEPS = [
	1,
	2,
	5,
	10,
	15,
	30
];
const MOST_TICKS = 6;
function tickInterval(spanMs) {
	const units = [
		[
			"second",
			STEPS,
			1e3
		],
		[
			"minute",
			STEPS,
			6e4
		],
		[
			"hour",
			[
				1,
				3,
				6,
				12
			],
			36e5
		]
	];
	for (const [unit, counts, ms] of units) {
		const count = counts.find((some) => spanMs / (some * ms) <= MOST_TICKS);
		if (count !== void 0) return `${count}${unit}`;
	}
	return `${Math.ceil(spanMs / MOST_TICKS / DAY_MS)}day`;
}
// src/report/said-column.ts
const SHORT = 80;
function saidColumn(rows) {
	const isLong = rows.length > 10;
	const words = ({ record, said }) => {
		if (record.printedNothing) return "printed nothing";
		return said?.line === void 0 ? "" : code(isLong ? (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.G)(said.line, SHORT) : said.line);
	};
	const fine = rows.filter(isFine);
	const usual = mostSaid(fine.map(words));
	const count = fine.filter((row) => words(row) === usual).length;
	const once = usual !== void 0 && fine.length > 1 && (count === fine.length || isLong) ? usual : void 0;
	return {
		...once !== void 0 && { common: sentence(once, [
			count,
			fine.length,
			rows.length
		]) },
		cell: (row) => {
			const text = words(row);
			if (text === once) return "";
			return usual !== void 0 && isFine(row) && text !== "" && text !== usual ? `<b>${text}</b>` : text;
		}
	};
}
function mostSaid(words) {
	const counts = /* @__PURE__ */ new Map();
	for (const text of words) counts.set(text, (counts.get(text) ?? 0) + 1);
	return [...counts].find(([text, count]) => text !== "" && count > words.length / 2)?.[0];
}
function sentence(words, [count, fine, all]) {
	const total = count < fine ? `${count} of ${fine}` : fine === 2 ? "Both" : `All ${fine}`;
	const who = fine < all ? `${total} that succeeded` : total;
	return words.startsWith("<") ? `${who} say: ${words}` : `${who} ${words}`;
}
// src/report/start-advice.ts
const LEAST_SECONDS = 60;
function startAdvice(rows, facts) {
	const timings = rows.filter(({ record }) => record.task?.startedAt !== void 0).map(({ record }) => timingsOf(record));
	const all = sum(timings.map(({ total }) => total));
	const pull = sum(timings.map((one) => one.pull));
	const provision = sum(timings.map((one) => one.provision));
	const most = Math.max(pull, provision);
	if (most < LEAST_SECONDS || most * 2 <= all) return void 0;
	const share = `${spoken(most)} of ${spoken(all)}${timings.length > 1 ? `, all ${timings.length} tasks together` : ""}`;
	return pull > provision ? pullAdvice(share, facts) : provisionAdvice(share, facts);
}
function pullAdvice(share, { imageBytes, cpu }) {
	return `Image and secrets took ${share}. Fargate fetches the whole image for every task${imageBytes === void 0 ? "" : `, which has ${sizeOf(imageBytes)} compressed`}: make it smaller, keep it in ECR in the Region of the cluster, compress it with zstd, or add a SOCI index.${cpu === void 0 ? "" : ` With more than the ${cpu} CPU units of this task (input cpu) it may also be unpacked faster.`}`;
}
function provisionAdvice(share, { subnets }) {
	return `Until Fargate had a place and a network interface for the task it took ${share}. More subnets${subnets === void 0 ? "" : ` (now ${subnets})`} in other Availability Zones give it more choice.`;
}
function sum(seconds) {
	return seconds.reduce((total, one) => total + (one ?? 0), 0);
}
function sizeOf(count) {
	return count < 1e9 ? `${Math.ceil(count / 1e6)} MB` : `${(count / 1e9).toFixed(1)} GB`;
}
// src/report/summary.ts
const BUDGET_BYTES = {
	table: 18e4,
	failures: 5e5,
	folded: 15e4,
	warnings: 5e4,
	launched: 4e4,
	names: 1e5
};
const MOST_BYTES = {
	name: 2e3,
	text: 15e3,
	line: 6e3,
	fact: 3e3
};
const MOST_CHARACTERS_OF_LINE = 500;
const MOST_CHARACTERS_OF_TEXT = 4e3;
const MOST_EVIDENCE = 30;
const MOST_LINES = 30;
const TOO_LONG = "(too long to show here; the log of this step has it)";
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
const MOST_OPEN = 10;
const SAID = "What it said";
function summary(rows, context) {
	const chart = timelineChart(rows);
	const advice = startAdvice(rows, context.start ?? {});
	const [only] = rows;
	return `${fitting([
		`<h2>${verdictIcon(rows)} ${commandOf(rows)}${heading(rows)}</h2>`,
		...unfolded(context),
		...only && rows.length === 1 ? one(only) : [
			...tables(rows, context),
			...stillToDo(rows, context),
			...failures(rows, context)
		],
		...chart ? [`\`\`\`mermaid\n${chart}\n\`\`\``] : [],
		...advice ? [paragraph(prose(advice))] : [],
		...logsOfSuccesses(rows),
		...keptLogs(rows),
		...warned(context),
		launched(rows, context)
	], 1048575, (part) => `${part}\n`).join("\n")}`;
}
function commandOf([row]) {
	const command = row && shortCommand(row);
	return command === void 0 ? "" : `${code(command)} · `;
}
function heading(rows) {
	const text = verdict(rows);
	const [only] = rows;
	const begin = only && rows.length === 1 ? `${(0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.J)(only.record.database)}: ` : "";
	return only && begin !== "" && text.startsWith(begin) ? `${name(only)}: ${prose(text.slice(begin.length))}` : prose(text);
}
function stillToDo(rows, context) {
	const left = rows.filter((row) => !isFine(row));
	if (rows.length === 1 || left.length === 0) return [];
	const list = pre([left.map(({ record }) => record.database).join(", ")]);
	const isShort = bytes(list) <= BUDGET_BYTES.names;
	return [paragraph(`${`Still to do: ${left.length} of ${rows.length}. ${fixAndRun(left)} ${howToRun(left.length, rows.length)}`}${isShort ? "" : whole(context)}`), isShort ? list : ""];
}
function fixAndRun(rows) {
	return rows.some(({ record }) => ICONS[record.outcome.kind] === "❌" && record.outcome.kind !== "cancelled") ? "Fix what failed, then run" : "Run";
}
const KEEPS_COMMIT = "after a fix in code start a new run, for a re-run keeps the commit.";
const RERUN = `After a fix in the data or the account, “Re-run failed jobs” does that; ${KEEPS_COMMIT}`;
function howToRun(left, all) {
	if (left === all) return `it again. ${RERUN}`;
	return `${left === 1 ? "it for this one." : "it for these: as a list where the input takes one, else one by one."} To run all ${all} again is as good where the command skips what is applied already, as tools with a history table do. ${RERUN}`;
}
function verdictIcon(rows) {
	return rows.every(isFine) ? "✅" : rows.some((row) => ICONS[row.record.outcome.kind] === "❌") ? "❌" : "❓";
}
function one(row) {
	const image = shortDigest(imageDigestOf(row.record));
	const console = links(row);
	const facts = [image && `Image ${image}`, console && `AWS console: ${console}`].filter(Boolean);
	const line = isFine(row) ? row.said?.line : void 0;
	return [
		...facts.length > 0 ? [paragraph(facts.join(" · "))] : [],
		...line === void 0 ? [] : [paragraph(`It said: ${code(line)}`)],
		...isFine(row) ? notes(row) : details(row, runAgain(row))
	];
}
function runAgain({ record: { outcome }, problem }) {
	const mayBeCode = outcome.kind === "failed" && outcome.cause === "exit-code";
	const isSaid = problem?.remedy.includes("keeps the commit") === true;
	return mayBeCode && !isSaid ? [paragraph(`To run it again: ${KEEPS_COMMIT}`)] : [];
}
function tables(rows, context) {
	const said = saidColumn(rows);
	const image = imageOfAll(rows);
	const sentences = [...imageNote(rows, image), ...said.common === void 0 ? [] : [paragraph(said.common)]];
	const make = (some, layout) => table(some, layout, said, context);
	const open = {
		columns: image === void 0 ? [
			DATABASE,
			OUTCOME,
			DURATION,
			IMAGE,
			CONSOLE
		] : [
			DATABASE,
			OUTCOME,
			DURATION,
			CONSOLE
		],
		most: BUDGET_BYTES.table
	};
	if (rows.length <= MOST_OPEN) return [...sentences, make(rows, open)];
	const skipped = rows.filter(isSkipped);
	const fine = rows.filter(isFine);
	const bad = rows.filter(wentWrong);
	const few = (some, word, columns) => some.length > 0 ? [folded(`${some.length} ${word}`, make(some, {
		columns,
		most: BUDGET_BYTES.folded / 2
	}))] : [];
	return [
		...sentences,
		...bad.length > 0 ? [make(bad, open)] : [],
		...few(skipped, "skipped", [DATABASE, OUTCOME]),
		...few(fine, fineWord(fine), [DATABASE, DURATION])
	];
}
function imageNote(rows, digest) {
	const image = shortDigest(digest);
	if (rows.every(nothingWasPending)) return [paragraph(`Nothing was pending in ${rows.length === 2 ? "both" : `all ${rows.length}`}${image && ` (${image})`}.`)];
	return image ? [paragraph(`Image ${image}`)] : [];
}
function imageOfAll(rows) {
	const digests = new Set(rows.flatMap(({ record }) => imageDigestOf(record) ?? []));
	return digests.size > 1 ? void 0 : [...digests][0] ?? "";
}
const DATABASE = {
	head: "Database",
	cell: (row) => `${ICONS[row.record.outcome.kind]}\u00a0${name(row)}`
};
const OUTCOME = {
	head: "Outcome",
	cell: outcomeCell
};
const DURATION = {
	head: "Duration",
	cell: ({ record }) => {
		const { total } = timingsOf(record);
		return total === void 0 ? "" : spoken(total).replaceAll(" ", "\xA0");
	}
};
const IMAGE = {
	head: "Image",
	cell: ({ record }) => shortDigest(imageDigestOf(record))
};
const CONSOLE = {
	head: "Console",
	cell: links
};
function outcomeCell(row) {
	const { outcome } = row.record;
	if (outcome.kind === "skipped") return unlessTooLong(`skipped: ${skipReason(outcome.because)}`, MOST_BYTES.name, prose);
	const exitCode = exitCodeOf(row.record);
	const code = exitCode === void 0 || outcome.kind === "succeeded" ? "" : `, exit code ${exitCode}`;
	return `${outcomeWords(row)}${code}${runningOn(row)}${whoStarted(row)}`;
}
function table(rows, { columns, most }, { cell }, context) {
	const shown = rows.some((row) => cell(row) !== "") ? [...columns, {
		head: SAID,
		cell
	}] : columns;
	const fit = fitting(rows, most, (row) => rowOf(shown.map((column) => column.cell(row))));
	const left = rows.length - fit.length;
	const note = left > 0 ? `\n\n${paragraph(`${left} more did not fit here.${whole(context)}`)}` : "";
	return `${tableOf(shown.map(({ head }) => head), fit)}${note}`;
}
function whole({ resultsFile }) {
	return resultsFile === void 0 ? "" : " The file of the output <code>results-file</code> has all.";
}
function name(row) {
	return unlessTooLong(row.record.database, MOST_BYTES.name, code);
}
function unlessTooLong(text, most, make) {
	const html = text.length <= most ? make(text) : "";
	return text.length <= most && bytes(html) <= most ? html : TOO_LONG;
}
function shortDigest(digest) {
	return digest ? code(digest.replace(/^(sha256:[0-9a-f]{12})[0-9a-f]{52}$/, "$1")) : "";
}
function links({ taskUrl, logUrl }) {
	return [taskUrl && link("task", taskUrl), logUrl && link("log", logUrl)].filter(Boolean).join("\xA0·\xA0");
}
function fineWord(rows) {
	return rows.every((row) => row.record.outcome.kind === "dry-run") ? "checked" : "succeeded";
}
function failures(rows, context) {
	const bad = rows.filter(wentWrong);
	const fit = fitting(bad, BUDGET_BYTES.failures, failure);
	const left = bad.length - fit.length;
	if (left === 0) return fit;
	return [...fit, paragraph(`${left} more that did not succeed did not fit here.${whole(context)}`)];
}
function failure(row) {
	return [`<h3>${ICONS[row.record.outcome.kind]} ${name(row)}: ${outcomeWords(row)}</h3>`, ...details(row)].join("\n\n");
}
function details(row, advice = []) {
	const { problem, record } = row;
	const evidence = problem?.evidence ?? [];
	const shown = shownLines(record);
	return [
		...problem ? words(problem) : [],
		...advice,
		...row.firstFailureUrl ? [paragraph(link("The run that failed first", row.firstFailureUrl))] : [],
		...shown.span > 0 ? [paragraph(`${logTitle(row, shown)}:`), pre(shown.lines)] : [],
		...notes(row),
		...evidence.length > 0 ? [folded("Evidence", facts(evidence))] : [],
		...record.notes.length > 0 ? [folded("What else was done", facts(record.notes))] : []
	];
}
function words({ reason, remedy }) {
	return [paragraph(`<b>Why:</b> ${sentences(reason)}`), paragraph(`<b>What to do:</b> ${sentences(remedy)}`)];
}
function sentences(text) {
	return unlessTooLong((0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.G)(text, MOST_CHARACTERS_OF_TEXT), MOST_BYTES.text, prose);
}
function shownLines({ lastLines }) {
	const { lines, span } = excerpt(lastLines, MOST_LINES);
	return {
		lines: lines.map(shortLine),
		span
	};
}
function logTitle({ record }, { lines, span }, of = "") {
	const { lineCount, logNote, milestones } = record;
	const until = milestones.logRead ? ` until ${code(timeOfDay(milestones.logRead))}` : "";
	const read = logNote === void 0 ? until && `, read${until}` : ` read${until}`;
	const but = lines.length < span ? " without those of libraries" : "";
	return `Log${of}: ${linesShown(span, lineCount, logNote === void 0)}${but}${read}`;
}
function linesShown(shown, all, isWhole) {
	const lines = `${all} ${all === 1 ? "line" : "lines"}`;
	if (shown === 0) return lines;
	if (shown < all) return `the last ${shown} of ${isWhole ? "" : "the "}${lines}`;
	if (!isWhole) return `the ${lines}`;
	return all === 1 ? "the only line" : `all ${lines}`;
}
function shortLine(line) {
	const short = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.G)(line, MOST_CHARACTERS_OF_LINE);
	return short.length <= MOST_BYTES.line && bytes(code(short)) <= MOST_BYTES.line ? short : TOO_LONG;
}
function notes(row) {
	const { lastLines, logNote, milestones } = row.record;
	const lines = [...lastLines.length === 0 && milestones.logRead ? [`${logTitle(row, shownLines(row.record))}.`] : [], ...logNote ? [sentences(logNote)] : []];
	return lines.length > 0 ? [paragraph(lines.join("<br>"))] : [];
}
function logsOfSuccesses(rows) {
	return fitting(rows.length > MOST_OPEN ? [] : rows.filter((row) => isFine(row) && row.record.lastLines.length > 0), BUDGET_BYTES.folded, (row) => {
		const shown = shownLines(row.record);
		return folded(logTitle(row, shown, rows.length > 1 ? ` of ${name(row)}` : ""), pre(shown.lines));
	});
}
function keptLogs(rows) {
	if (!rows.some(({ record }) => record.logFile !== void 0)) return [];
	const [what, path, rest] = rows.length === 1 ? [
		"The full log is in a file",
		"steps.ID.outputs.log-file",
		""
	] : [
		"The full logs are in files",
		"runner.temp",
		"/run-ecs-migration-*/"
	];
	const text = `${what} on the runner, which ends with the job; this step keeps it. GitHub masks no secret in it, and who can read the repository can download it.`;
	const step = [
		"- if: always()",
		"  uses: actions/upload-artifact@v7",
		"  with:",
		"    name: migration-log",
		`    path: \${{ ${path} }}${rest}`
	];
	return [folded("To keep the whole log", [paragraph(text), pre(step)].join("\n\n"))];
}
function facts(lines) {
	const items = lines.slice(0, MOST_EVIDENCE).map((line) => unlessTooLong((0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.G)(line, 1e3), MOST_BYTES.fact, code));
	const left = lines.length - items.length;
	return list(left > 0 ? [...items, `and ${left} more, in the log of this step`] : items);
}
function unfolded({ prominent = [] }) {
	return fitting(prominent, BUDGET_BYTES.warnings, (text) => paragraph(`<b>Warning:</b> ${sentences(text)}`));
}
function warned(context) {
	const warnings = context.warnings.filter((text) => !context.prominent?.includes(text));
	if (warnings.length === 0) return [];
	const items = fitting(warnings, BUDGET_BYTES.warnings, (text) => unlessTooLong((0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.G)(text, 1e3), MOST_BYTES.line, prose));
	const left = warnings.length - items.length;
	return [folded(warnings.length === 1 ? "1 warning" : `${warnings.length} warnings`, list(left > 0 ? [...items, `and ${left} more, in the log of this step`] : items))];
}
function launched(rows, context) {
	const facts = [
		`cluster: ${context.cluster}, in ${context.region}`,
		`image: ${context.image}`,
		...context.baseDefinition ? [`cloned from: ${context.baseDefinition}`] : [],
		...network(context.network),
		...context.launch ?? []
	];
	const changes = context.changes.length > 0 ? [paragraph("What the clone changes:"), block(context.changes)] : [];
	return folded(launchTitle(rows), [block(facts), ...changes].join("\n\n"));
}
function launchTitle(rows) {
	if (rows.some(({ record }) => record.task !== void 0)) return "What was launched";
	return rows.every(({ record }) => record.outcome.kind === "dry-run") ? "What would be launched" : "What was to be launched";
}
function network(config) {
	return config === void 0 ? [] : [
		`subnets: ${(config.subnets ?? []).join(", ")}`,
		`security groups: ${(config.securityGroups ?? []).join(", ")}`,
		`public IP: ${config.assignPublicIp === "ENABLED" ? "yes" : "no"}`
	];
}
function block(lines) {
	const short = lines.map((line) => (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.G)(line, 2e3));
	const fit = fitting(short, BUDGET_BYTES.launched, (line) => pre([line])).length;
	return pre(fit < lines.length ? [...short.slice(0, fit), `and ${lines.length - fit} more`] : short);
}
// src/report/publish.ts
async function publish(publication, ports) {
	const { inputs, records, planned } = publication;
	const { log, results, redact, linksFor, tasksOf } = ports;
	const found = await Promise.all(records.map((record) => withFirstFailure(explainedRow(record, publication, ports), tasksOf, linksFor)));
	const afterwards = planned === void 0 ? [] : quietDoubts(found, planned.plan.startup);
	printDoubts(log, afterwards, inputs.accept);
	const { prominent } = judgeDoubts([...planned?.plan.doubts ?? [], ...afterwards], inputs.accept);
	const rows = shown(found.map((row) => withCaveat(row, prominent)), redact);
	const resultsFile = writeResults(rows, ports);
	const files = resultsFile === void 0 ? {} : { resultsFile };
	await written("The outputs", log, async () => {
		for (const [name, value] of Object.entries(outputsOf(rows, files))) results.output(name, value);
	});
	await written("The job summary", log, () => {
		const context = {
			...summaryContext(publication, log.warnings),
			prominent: prominent.map(({ text }) => text),
			...files
		};
		return results.summary(summary(rows, shown(context, redact)));
	});
	printVerdict(rows, log);
	return records.some(({ outcome }) => isFailure(outcome)) ? 1 : 0;
}
function withCaveat(row, [first]) {
	return first === void 0 || row.record.outcome.kind !== "succeeded" ? row : {
		...row,
		caveat: first.brief
	};
}
function shown(data, redact) {
	return (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.m)(data, (text) => redact((0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.X)(text)));
}
async function written(what, log, write) {
	try {
		await write();
	} catch (error) {
		log.warn("", `${what} could not be written: ${(0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.K)(error)}`);
	}
}
function writeResults(rows, { results, log }) {
	try {
		return results.resultsFile(resultsDocument(rows));
	} catch (error) {
		log.warn("", `The results file could not be written, so the output results-file is not set: ${(0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.K)(error)}`);
		return;
	}
}
function summaryContext({ inputs, planned, imageBytes }, warnings) {
	const baseDefinition = planned?.base.definition.taskDefinitionArn;
	return {
		cluster: inputs.cluster,
		region: inputs.region,
		image: inputs.imageUri,
		changes: planned?.changes ?? [],
		launch: launchLines(inputs, planned?.plan.startup),
		warnings,
		start: {
			imageBytes,
			cpu: planned?.plan.clone.cpu,
			subnets: planned?.network.subnets?.length
		},
		...baseDefinition !== void 0 && { baseDefinition },
		...planned && { network: planned.network }
	};
}
function printVerdict(rows, log) {
	log.line("");
	for (const line of closingLines(rows)) log.line(line);
	for (const warning of warningAnnotations(log.warnings)) log.annotate("warning", warning);
	for (const notice of warningAnnotations(log.notices)) log.annotate("notice", notice);
	const error = errorAnnotation(rows);
	if (error !== void 0) log.annotate("error", error.message, error.title);
	const verdict = lastLine(rows);
	if (verdict !== void 0) log.line(verdict);
}
// src/scheduling/progress.ts
const FEW = 3;
const EVERY_MS = 3e4;
const MOST_NAMED = 3;
var RunProgress = class {
	count;
	clock;
	began;
	running = /* @__PURE__ */ new Map();
	readingLogs = /* @__PURE__ */ new Set();
	succeeded = 0;
	failed = 0;
	unknown = 0;
	skipped = 0;
	constructor(count, clock) {
		this.count = count;
		this.clock = clock;
		this.began = clock.elapsed();
	}
	starts(database) {
		this.running.set(database, this.clock.elapsed());
	}
	judged(database, outcome) {
		this.running.delete(database);
		this.readingLogs.add(database);
		if (outcome.kind === "unknown") this.unknown += 1;
		else if (isFailure(outcome)) this.failed += 1;
		else this.succeeded += 1;
	}
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
	async say(print, over) {
		if (this.count <= FEW) return;
		for (;;) {
			await this.clock.sleep(EVERY_MS, over);
			if (over.aborted) return;
			print(this.line());
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
async function withProgress({ start, skip, halted }, { count, clock, print }, work) {
	const progress = new RunProgress(count, clock);
	const over = new AbortController();
	progress.say(print, over.signal);
	const watched = {
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
		return await work(watched);
	} finally {
		over.abort();
	}
}
// src/scheduling/rate-limiter.ts
function registrationsPerSecond(launches) {
	return launches <= 10 ? 20 : 1;
}
var FifoRateLimiter = class {
	clock;
	intervalMs;
	waiting = /* @__PURE__ */ new Set();
	running = false;
	freeAt = Number.NEGATIVE_INFINITY;
	constructor(clock, callsPerSecond) {
		this.clock = clock;
		this.intervalMs = 1e3 / callsPerSecond;
	}
	turn(signal) {
		if (signal?.aborted === true) return Promise.resolve(0);
		const asked = this.clock.elapsed();
		return new Promise((resolve) => {
			const take = () => {
				this.waiting.delete(take);
				signal?.removeEventListener("abort", take);
				resolve(Math.max(0, this.clock.elapsed() - asked - this.intervalMs));
			};
			this.waiting.add(take);
			signal?.addEventListener("abort", take);
			if (!this.running) this.run();
		});
	}
	async run() {
		this.running = true;
		while (this.waiting.size > 0) {
			const early = this.freeAt - this.clock.elapsed();
			if (early > 0) await this.clock.sleep(early);
			const [next] = this.waiting;
			if (early > 0 || next === void 0) continue;
			this.freeAt = this.clock.elapsed() + this.intervalMs;
			next();
		}
		this.running = false;
	}
};
// src/scheduling/schedule.ts
async function schedule(databases, followed, rules, actions, cancelled) {
	const places = new Places(rules, cancelled);
	const results = /* @__PURE__ */ new Map();
	const begin = (database) => {
		const { result, verdict } = places.occupy(database, (onVerdict) => actions.start(database, onVerdict));
		results.set(database, result);
		return verdict;
	};
	for (const database of databases) if (followed.has(database)) begin(database);
	let canary;
	for (const [index, database] of databases.filter((one) => !followed.has(one)).entries()) {
		if (index === 1 && rules.canary && rules.maxParallel > 1) await canary;
		const refusal = index === 0 && followed.size === 0 ? void 0 : await places.free() ?? actions.halted();
		if (refusal !== void 0) results.set(database, Promise.resolve(actions.skip(database, refusal)));
		else canary = begin(database);
	}
	await Promise.allSettled(results.values());
	return Promise.all(databases.flatMap((database) => results.get(database) ?? []));
}
function longestRunMs(run) {
	const alone = run.canary && run.maxParallel > 1 ? 1 : 0;
	return (alone + Math.ceil((run.databases.length - alone) / run.maxParallel)) * (run.ifRunning === "wait" ? 2 : 1) * run.taskTimeoutMinutes * 6e4;
}
var Places = class {
	rules;
	cancelled;
	running = /* @__PURE__ */ new Set();
	kept = 0;
	halted;
	constructor(rules, cancelled) {
		this.rules = rules;
		this.cancelled = cancelled;
	}
	async free() {
		for (;;) {
			if (this.cancelled.aborted) return { kind: "cancelled" };
			if (this.halted !== void 0) return this.halted;
			const most = this.rules.maxParallel - this.kept;
			if (most <= 0) return { kind: "no-place" };
			if (this.running.size < most) return void 0;
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
		return {
			result,
			verdict: place
		};
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
// src/run.ts
async function runStep(step) {
	const { inputs, target } = step;
	const preflight = startPreflight(step, target);
	let planned;
	let records;
	try {
		planned = await planStep(step, target, preflight.before);
		announce(step.log, inputs, planned);
		const warning = await step.expiryWarning(longestRunMs(inputs));
		if (warning !== void 0) step.log.warn("", warning);
		records = await (inputs.dryRun ? dryRun : registerAndMigrate)(step, planned, preflight.before);
	} catch (error) {
		records = withoutTasks(inputs, planned, outcomeOf(step, error));
	}
	const found = planned && records.some(failedToStart) ? await preflight.afterwards() : void 0;
	const { imageBytes } = records.some(({ task }) => task !== void 0) ? await preflight.before : NOTHING_CHECKED;
	const ports = {
		...step,
		tasksOf: planned ? earlierTasks(step, planned) : async () => []
	};
	return publish({
		inputs,
		records,
		planned,
		preflight: found,
		imageBytes
	}, ports);
}
const LONGEST_LOOK_BACK_MS = 5e3;
function earlierTasks(step, planned) {
	const { hash, signals } = step;
	const history = historyOf(step, planned);
	return async (database) => {
		const signal = AbortSignal.any([signals.cancelled, AbortSignal.timeout(LONGEST_LOOK_BACK_MS)]);
		try {
			return (await history.of([(0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.A)(database, hash).chained], signal)).tasks;
		} catch {
			return [];
		}
	};
}
function historyOf({ tasks, clock, inputs }, { plan }) {
	return new TaskHistory(tasks, clock, inputs.cluster, plan.clone.family ?? "");
}
function startPreflight({ inputs, checks, signals }, { base, network }) {
	const run = () => {
		const job = base.then(({ definition }) => planJob(definition, inputs));
		return checks.run(checkRequest(inputs, job, network), signals.cancelled);
	};
	if (!inputs.preflight) return {
		before: Promise.resolve(NOTHING_CHECKED),
		afterwards: run
	};
	const result = run();
	return {
		before: result,
		afterwards: () => result
	};
}
async function planStep(step, target, preflight) {
	const { inputs, checks, log, identify, signals } = step;
	const [base, network, digest, identity] = await Promise.all([
		target.base,
		target.network,
		checks.resolveDigest(inputs.imageUri, signals.cancelled),
		identify()
	]);
	for (const member of base.unknownMembers) log.warn("", `The task definition has ${member}, which this version of the action does not know: the clone runs without it.`);
	const parsed = (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.z)(inputs.imageUri);
	const plan = await planOf(step, {
		inputs,
		base,
		network,
		identity,
		image: parsed === void 0 || digest === void 0 ? inputs.imageUri : (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.B)(parsed, digest),
		source: step.source
	}, preflight);
	return {
		identity,
		base,
		network,
		plan,
		changes: changesOf(base, plan, inputs.databaseVariable)
	};
}
async function planOf(step, request, preflight) {
	try {
		return makePlan(request, step.hash);
	} catch (error) {
		if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_6__.u && step.inputs.dryRun)) throw error;
		const found = await preflight;
		showChecks(step, found);
		throw new _errors_js__WEBPACK_IMPORTED_MODULE_6__.u(error.problem, [...error.problems.slice(1), ...found.refusals], error.doubts);
	}
}
function showChecks({ inputs, log }, found) {
	printPreflight(log, found, doubtsOf(found), inputs.accept);
}
async function dryRun(step, planned, preflight) {
	const { inputs, log, signals } = step;
	const { plan } = planned;
	const doubtful = printDoubts(log, plan.doubts, inputs.accept);
	printRequest(log, inputs, plan);
	const { followed } = await lookForRunning(step, planned);
	for (const [database, task] of followed) log.line(`${inputs.databases.length > 1 ? `${database}: ` : ""}It would follow ${startOf(task)}, and start none.`);
	const found = await preflight;
	if (signals.cancelled.aborted) return withoutTasks(inputs, planned, cancelledBy(signals.cancelled));
	showChecks(step, found);
	const remark = lossRemark(plan.container);
	if (remark !== void 0) log.line(remark);
	printCoverage(log, found, judgeDoubts([...plan.doubts, ...doubtsOf(found)], inputs.accept).unused);
	const problems = [...doubtful, ...found.refusals];
	return withoutTasks(inputs, planned, problems.length === 0 ? { kind: "dry-run" } : refusedFor(problems));
}
async function registerAndMigrate(step, planned, preflight) {
	const { inputs, log } = step;
	const doubtful = printDoubts(log, planned.plan.doubts, inputs.accept);
	if (doubtful.length > 0) return withoutTasks(inputs, planned, refusedFor(doubtful));
	const [found, running] = await Promise.all([preflight, lookForRunning(step, planned)]);
	showChecks(step, found);
	const { refusals } = found;
	if (refusals.length === 0) return migrateAll(step, planned, running, { databases: inputs.databases });
	const refused = refusedFor(refusals);
	const without = withoutTasks(inputs, planned, refused);
	const { followed } = running;
	if (followed.size === 0) return without;
	const records = await migrateAll(step, planned, running, {
		databases: [...followed.keys()],
		refused
	});
	return without.map((one) => records.find(({ database }) => database === one.database) ?? one);
}
const LONGEST_DIGEST_LOOKUP_MS = 3e5;
async function lookForRunning(step, planned) {
	const { inputs, definitions, checks, hash, signals, linksFor } = step;
	const { identity, base, plan } = planned;
	const history = historyOf(step, planned);
	const links = linksFor(base.definition.taskDefinitionArn ?? "");
	const order = {
		...inputs,
		runUrl: identity.runUrl,
		container: plan.container
	};
	const digestOf = (image, signal) => checks.resolveDigest(image, signal, LONGEST_DIGEST_LOOKUP_MS);
	const following = new Following(order, {
		definitions,
		links,
		digestOf
	});
	return {
		history,
		following,
		followed: await following.find(plan.launches, history, hash, signals.cancelled)
	};
}
async function migrateAll(step, planned, running, { databases, refused }) {
	const { inputs, clock, log, runState, signals } = step;
	const { identity, base, plan } = planned;
	const owned = {
		cluster: inputs.cluster,
		family: plan.clone.family ?? "",
		nonce: identity.nonce
	};
	runState.begin(savedRun(inputs, owned, identity, plan));
	const revisions = revisionsOf(step, owned, plan, refused);
	const digests = new ImageDigests();
	const ports = migrationPorts(step, running, base, digests);
	const order = {
		...inputs,
		plan,
		revisions,
		nonce: identity.nonce,
		runUrl: identity.runUrl
	};
	const launches = new Map(plan.launches.map((launch) => [launch.database, launch]));
	const records = await withProgress({
		start: async (database, onVerdict) => {
			const launch = launches.get(database);
			if (launch === void 0) throw new Error(`no launch is planned for ${database}`);
			const followed = running.followed.get(database);
			return migrateDatabase({
				...order,
				launch,
				...followed && { followed }
			}, ports, signals, onVerdict);
		},
		halted: () => digests.mixed,
		skip: (database, because) => recordWithoutTask(database, {
			kind: "skipped",
			because
		}, subjectOf(inputs, planned))
	}, {
		count: databases.length,
		clock,
		print: (line) => log.line(line)
	}, (watched) => schedule(databases, new Set(running.followed.keys()), inputs, watched, signals.cancelled));
	if (await revisions.end(records)) runState.cloneSettled();
	return records;
}
function savedRun(inputs, owned, { runUrl }, { launches }) {
	const { region, onCancel, onTimeout, taskTimeoutMinutes, roleToAssume } = inputs;
	return {
		...owned,
		region,
		onCancel,
		onTimeout,
		timeoutMinutes: taskTimeoutMinutes,
		runUrl,
		revisions: new Set(launches.map(({ clone }) => clone)).size,
		recordsRegistering: true,
		...roleToAssume !== void 0 && { roleToAssume }
	};
}
function revisionsOf(step, owned, { container, launches }, refused) {
	const { inputs, definitions, tasks, clock, log, runState, signals } = step;
	const { databaseVariable } = inputs;
	return new Revisions({
		owned,
		container: container.name ?? "",
		databaseVariable,
		launches,
		...refused && { refused }
	}, {
		definitions,
		tasks,
		clock,
		turns: new FifoRateLimiter(clock, registrationsPerSecond(launches.length)),
		say: (text) => log.line(text),
		warn: (text) => log.warn("", text),
		registering: runState.registering,
		cancelled: signals.cancelled,
		abandoned: signals.abandoned,
		closing: signals.closing
	});
}
function migrationPorts(step, { history, following }, { definition }, digests) {
	const { inputs, tasks, ecsTime, clock, hash, log, logs, logCalls, runState, transient, linksFor } = step;
	return {
		tasks,
		ecsTime,
		clock,
		hash,
		logger: log,
		logs,
		logCalls,
		runState,
		transient,
		history,
		following,
		watch: new Watch(tasks, clock, inputs.cluster),
		starts: new FifoRateLimiter(clock, 15),
		digests,
		running: /* @__PURE__ */ new Set(),
		links: linksFor(definition.taskDefinitionArn ?? "")
	};
}
function failedToStart({ outcome }) {
	return outcome.kind === "not-started" && outcome.cause !== "aws-error" && outcome.cause !== "dependency";
}
function withoutTasks(inputs, planned, outcome) {
	return inputs.databases.map((database) => recordWithoutTask(database, outcome, subjectOf(inputs, planned)));
}
function subjectOf({ imageUri }, planned) {
	return {
		container: planned?.plan.container.name ?? "",
		image: planned?.plan.image ?? imageUri
	};
}
function outcomeOf({ inputs, log, signals }, error) {
	if (error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_6__.u) return refusedFor([...error.problems, ...printDoubts(log, error.doubts, inputs.accept)]);
	if (!(error instanceof _errors_js__WEBPACK_IMPORTED_MODULE_6__.s)) throw error;
	if (error.facts.kind === "aborted") return cancelledBy(signals.cancelled);
	return {
		kind: "not-started",
		cause: "aws-error",
		error
	};
}
// src/connect.ts
const LOG_CALLS_PER_SECOND = 5;
function connectAndRun({ nonce, folder, config, ecs, ...begun }) {
	const { log } = begun;
	const logCalls = new FifoRateLimiter(_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.p, LOG_CALLS_PER_SECOND);
	return runStep({
		...begun,
		identify: () => readRunIdentity(nonce),
		results: resultChannels(folder),
		definitions: ecs.definitions,
		tasks: ecs.tasks,
		ecsTime: ecs.time,
		checks: createChecks(createLookups(config, ecs.region)),
		logs: createLogs({
			...config,
			retryStrategy: new _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.xt((trouble) => log.line(trouble), { turn: () => logCalls.turn() })
		}),
		logCalls,
		source: sourceUrl(process.env),
		linksFor: (arn) => consoleLinks(partitionOf(arn)),
		runState: (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.d)((text) => log.warn("", text)),
		transient: {
			ofTask: isTransientStartFailure,
			ofFailures: isTransientLaunchFailure,
			isQuota,
			ofError: isTransientApiError
		},
		expiryWarning: async (longestMs) => {
			const identity = await ecs.credentials();
			return identity && (0,_cleanup_js__WEBPACK_IMPORTED_MODULE_0__.ht)(identity, _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.p.now(), longestMs);
		},
		clock: _cleanup_js__WEBPACK_IMPORTED_MODULE_0__.p,
		hash: (text) => (0,node_crypto__WEBPACK_IMPORTED_MODULE_11__.createHash)("sha256").update(text).digest("hex")
	});
}



/***/ })

};
