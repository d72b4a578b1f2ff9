export const id = 779;
export const ids = [779,12];
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


/***/ }),

/***/ 5779:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   post: () => (/* binding */ post)
/* harmony export */ });
/* harmony import */ var _aws_client_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(177);
/* harmony import */ var _aws_credentials_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2717);
/* harmony import */ var _aws_ecs_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8696);
/* harmony import */ var _clock_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(8179);
/* harmony import */ var _github_log_files_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(9361);
/* harmony import */ var _github_state_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1012);
/* harmony import */ var _github_step_log_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(8874);
/* harmony import */ var _migration_cleanup_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(4922);
/* harmony import */ var _migration_ports_js__WEBPACK_IMPORTED_MODULE_8__ = __webpack_require__(722);
/* harmony import */ var _report_redact_js__WEBPACK_IMPORTED_MODULE_9__ = __webpack_require__(7615);
/** Undoes what a main step that was killed or cancelled left behind. It lists and stops; it never calls RunTask. */










/** @returns the exit code of the post step: a clean-up that fails is said, and fails nothing that succeeded */
async function post() {
    const left = (0,_github_state_js__WEBPACK_IMPORTED_MODULE_5__/* .readLeftOver */ .a)();
    if (left === undefined)
        return 0;
    const write = (text) => void process.stdout.write(text);
    const log = new _github_step_log_js__WEBPACK_IMPORTED_MODULE_6__/* .StepLog */ .J({ write, files: new _github_log_files_js__WEBPACK_IMPORTED_MODULE_4__/* .LogFiles */ .a('.'), redact: _report_redact_js__WEBPACK_IMPORTED_MODULE_9__/* .redact */ .E, prefixed: false });
    const { region, roleToAssume } = left.run;
    const tell = (trouble) => log.line(trouble);
    const mask = (secret) => log.mask(secret);
    const ecs = (0,_aws_ecs_js__WEBPACK_IMPORTED_MODULE_2__/* .createEcs */ .C)((0,_aws_client_js__WEBPACK_IMPORTED_MODULE_0__/* .clientConfig */ .y)({ region, tell, ...(0,_aws_credentials_js__WEBPACK_IMPORTED_MODULE_1__/* .credentialsOf */ .Y)({ role: roleToAssume, region, tell, mask }) }));
    log.line('Cleaning up what the main step left.');
    const tasks = left.taskArns.join(', ') || `those of family ${left.run.family} in cluster ${left.run.cluster}`;
    await attempt(log, () => stopLeftOver(left, ecs, log), `A task may run on: look at ${tasks}.`);
    await attempt(log, () => retire(left, ecs, log), `A revision of ${left.run.family} may stay registered; it does no harm.`);
    return 0;
}
async function stopLeftOver({ run, taskArns, inDoubt }, ecs, log) {
    if (taskArns.length === 0 && inDoubt === 0)
        return;
    if (run.onCancel === 'leave') {
        log.line(`Left running, as on-cancel asks: ${taskArns.join(', ') || 'a task whose ARN was never learnt'}.`);
        return;
    }
    const options = { reason: `The workflow step ended: ${run.runUrl}`, known: taskArns, inDoubt };
    const found = await (0,_migration_cleanup_js__WEBPACK_IMPORTED_MODULE_7__/* .stopTasks */ .z1)({ tasks: ecs.tasks, clock: _clock_js__WEBPACK_IMPORTED_MODULE_3__/* .systemClock */ .m }, run, options, ({ taskArn }) => {
        log.line(`Stopped ${taskArn}. The database server may still be executing its last statement and holding locks.`);
    });
    if (found < inDoubt)
        log.line('No task was found for a launch whose answer was never learnt: it started none, as far as ECS lists.');
}
async function retire({ run }, ecs, log) {
    for (const arn of await (0,_migration_cleanup_js__WEBPACK_IMPORTED_MODULE_7__/* .findAndRetireClones */ .QS)({ definitions: ecs.definitions, clock: _clock_js__WEBPACK_IMPORTED_MODULE_3__/* .systemClock */ .m }, run))
        log.line(`Deregistered ${arn}.`);
}
async function attempt(log, work, consequence) {
    try {
        await work();
    }
    catch (error) {
        if (!(error instanceof _migration_ports_js__WEBPACK_IMPORTED_MODULE_8__/* .AwsError */ .G))
            throw error;
        const { action, region, requestId } = error.facts;
        log.annotate('warning', `${action} in ${region}: ${error.message} (request ${requestId ?? 'without id'}). ${consequence}`, 'Cleaning up failed');
    }
}


/***/ })

};
