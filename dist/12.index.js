export const id = 12;
export const ids = [12];
export const modules = {

/***/ 1012:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   a: () => (/* binding */ readLeftOver),
/* harmony export */   createLedger: () => (/* binding */ createLedger)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1659);

const RUN = 'run';
const DONE = 'done';
const LAUNCH_COUNT = 'launches';
function createLedger() {
    const indexes = new Map();
    const open = new Set();
    const save = (database, state) => {
        const index = indexes.get(database) ?? indexes.size;
        if (!indexes.has(database))
            (0,_actions_core__WEBPACK_IMPORTED_MODULE_0__/* .saveState */ .LZ)(LAUNCH_COUNT, index + 1);
        indexes.set(database, index);
        if ('state' in state && state.state === 'settled')
            open.delete(database);
        else
            open.add(database);
        (0,_actions_core__WEBPACK_IMPORTED_MODULE_0__/* .saveState */ .LZ)(launchKey(index), state);
    };
    return {
        begin: (run) => (0,_actions_core__WEBPACK_IMPORTED_MODULE_0__/* .saveState */ .LZ)(RUN, run),
        done: () => (0,_actions_core__WEBPACK_IMPORTED_MODULE_0__/* .saveState */ .LZ)(DONE, true),
        launching: (database) => save(database, { state: 'launching' }),
        launched: (database, taskArn) => save(database, { taskArn }),
        settled: (database) => save(database, { state: 'settled' }),
        get open() {
            return open.size > 0;
        },
    };
}
/** @returns what main left to undo; undefined after a normal end, or when main never got so far */
function readLeftOver() {
    const run = saved(RUN);
    if (run === undefined || saved(DONE) === true)
        return undefined;
    const count = saved(LAUNCH_COUNT) ?? 0;
    const launches = Array.from({ length: count }, (_, index) => saved(launchKey(index)));
    return {
        run,
        taskArns: launches.flatMap((launch) => (launch !== undefined && 'taskArn' in launch ? [launch.taskArn] : [])),
        // The count is saved before the launch: a record that is missing was cut off.
        inDoubt: launches.filter((launch) => launch === undefined || ('state' in launch && launch.state === 'launching'))
            .length,
    };
}
function saved(name) {
    const text = (0,_actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getState */ .Gu)(name);
    return text === '' ? undefined : JSON.parse(text);
}
function launchKey(index) {
    return `launch-${index}`;
}


/***/ })

};
