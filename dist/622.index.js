export const id = 622;
export const ids = [622];
export const modules = {

/***/ 5622:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   IdTokenError: () => (/* binding */ IdTokenError),
/* harmony export */   fetchIdToken: () => (/* binding */ fetchIdToken)
/* harmony export */ });
/* harmony import */ var node_stream_consumers__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8321);
/* harmony import */ var _actions_http_client__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2779);
/* harmony import */ var _actions_http_client_lib_auth__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2145);



const ANSWER_MS = 10_000;
/** GitHub gave no token. */
class IdTokenError extends Error {
    name = 'IdTokenError';
    /** The next request may succeed. */
    mayPass;
    constructor(message, mayPass) {
        super(message);
        this.mayPass = mayPass;
    }
}
/**
 * The job's OIDC token for an audience. Not by `core.getIDToken`: that prints `::add-mask::` with the token by itself,
 * and between a container's lines, where commands are switched off, the runner would show it.
 * @param mask told the token before anybody else
 * @throws IdTokenError
 */
async function fetchIdToken(audience, mask) {
    const url = variable('ACTIONS_ID_TOKEN_REQUEST_URL');
    const bearer = new _actions_http_client_lib_auth__WEBPACK_IMPORTED_MODULE_2__/* .BearerCredentialHandler */ .tZ(variable('ACTIONS_ID_TOKEN_REQUEST_TOKEN'));
    const client = new _actions_http_client__WEBPACK_IMPORTED_MODULE_1__/* .HttpClient */ .Qq('run-ecs-migration', [bearer], { socketTimeout: ANSWER_MS });
    const token = await ask(client, `${url}&audience=${encodeURIComponent(audience)}`);
    if (token === undefined)
        throw new IdTokenError('the answer holds no token.', false);
    mask(token);
    return token;
}
function variable(name) {
    const value = process.env[name] ?? '';
    if (value === '')
        throw new IdTokenError(`${name} is not set.`, false);
    return value;
}
/** Reads the answer itself: `getJson` waits for ever where a connection breaks in the middle of one. */
async function ask(client, url) {
    const { status, body } = await answerOf(client, url);
    if (status !== 200)
        throw new IdTokenError(`HTTP ${status}.`, isPassing(status));
    return JSON.parse(body).value;
}
async function answerOf(client, url) {
    try {
        const { message } = await client.get(url, { accept: 'application/json' });
        return { status: message.statusCode ?? 0, body: await (0,node_stream_consumers__WEBPACK_IMPORTED_MODULE_0__.text)(message) };
    }
    catch (error) {
        throw new IdTokenError(`${error instanceof Error ? error.message : String(error)}.`, true);
    }
}
/** Too many requests, or GitHub's own trouble. */
function isPassing(status) {
    return status === 429 || status >= 500;
}


/***/ })

};
