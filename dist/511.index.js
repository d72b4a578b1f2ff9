export const id = 511;
export const ids = [511];
export const modules = {

/***/ 5511:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  publish: () => (/* binding */ publish)
});

// EXTERNAL MODULE: external "node:fs"
var external_node_fs_ = __webpack_require__(3024);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 11 modules
var core = __webpack_require__(1659);
// EXTERNAL MODULE: ./build/src/aws/console-links.js
var console_links = __webpack_require__(5386);
// EXTERNAL MODULE: ./build/src/migration/outcome.js
var migration_outcome = __webpack_require__(3950);
// EXTERNAL MODULE: ./build/src/diagnosis/api-errors.js
var api_errors = __webpack_require__(6219);
;// CONCATENATED MODULE: ./build/src/diagnosis/exit-codes.js
const SHELL_MANUAL = 'https://www.gnu.org/software/bash/manual/html_node/Exit-Status.html';
const SIGNALS_MANUAL = 'https://man7.org/linux/man-pages/man7/signal.7.html';
const DOCKER_MANUAL = 'https://docs.docker.com/engine/containers/run/#exit-status';
const STOP_TASK = 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html';
const READ_LOG = 'Read the last lines of its log: the first error there is most often the cause.';
const EXIT_CODES = [
    {
        code: 1,
        cause: 'the program reported an error',
        remedy: `${READ_LOG} Mend the migration and run it again.`,
        source: SHELL_MANUAL,
    },
    {
        code: 2,
        cause: 'the program was used wrongly, or a shell found an error in its command',
        remedy: 'Check `command` and the options in it against what the migration tool takes.',
        source: SHELL_MANUAL,
    },
    {
        code: 124,
        cause: 'a time limit inside the container ended the program (the command `timeout`)',
        remedy: 'Raise that limit, or let the migration do less at once.',
        source: 'https://man7.org/linux/man-pages/man1/timeout.1.html',
    },
    {
        code: 125,
        cause: 'the container could not be run at all',
        remedy: 'Check the entryPoint and command of the task definition against the image.',
        source: DOCKER_MANUAL,
    },
    {
        code: 126,
        cause: 'the command was found, but may not be executed',
        remedy: 'Set its permission in the image (chmod +x), and check that it is a program and not a folder.',
        source: SHELL_MANUAL,
    },
    {
        code: 127,
        cause: 'the command was not found in the image',
        remedy: 'Check the spelling of `command`, the PATH in the image, and that the image contains the migration tool.',
        source: SHELL_MANUAL,
    },
    {
        code: 130,
        cause: 'it was interrupted (SIGINT)',
        remedy: 'Find out what sent the signal: a wrapper in the image, or a person.',
        source: SIGNALS_MANUAL,
    },
    {
        code: 132,
        cause: 'the program met an instruction that its processor does not know (SIGILL)',
        remedy: 'Build the image for the platform of the task, without tuning it for one processor.',
        source: SIGNALS_MANUAL,
    },
    {
        code: 134,
        cause: 'the program aborted itself (SIGABRT): a failed assertion, or memory that ran out inside its runtime',
        remedy: `${READ_LOG} If it tells of memory, raise memory of the task definition or the limit of the runtime.`,
        source: SIGNALS_MANUAL,
    },
    {
        code: 135,
        cause: 'the program failed to access memory (SIGBUS)',
        remedy: 'Update the program or its libraries; a shared memory that is too small does this too.',
        source: SIGNALS_MANUAL,
    },
    {
        code: 136,
        cause: 'the program failed in arithmetic (SIGFPE)',
        remedy: READ_LOG,
        source: SIGNALS_MANUAL,
    },
    {
        code: 137,
        cause: 'it was killed (SIGKILL): out of memory, or it did not end within stopTimeout after it was asked to stop',
        remedy: 'If nobody stopped it, raise memory of the task definition. If it was stopped, let the migration end itself when it receives SIGTERM; an entry point in shell form does not pass the signal on.',
        source: STOP_TASK,
    },
    {
        code: 139,
        cause: 'the program crashed (SIGSEGV)',
        remedy: 'Update the program and its native libraries (database drivers above all), and check the platform of the image.',
        source: SIGNALS_MANUAL,
    },
    {
        code: 141,
        cause: 'it wrote to a pipe that nobody read any more (SIGPIPE)',
        remedy: 'Check the pipes in `command`.',
        source: SIGNALS_MANUAL,
    },
    {
        code: 143,
        cause: 'it was asked to stop and did (SIGTERM)',
        remedy: 'Find out who stopped the task: the stop reason, or AWS CloudTrail for StopTask, tells.',
        source: STOP_TASK,
    },
    {
        code: 255,
        cause: 'the program ended with an error it gives no number of its own',
        remedy: `${READ_LOG} If the log is empty, check that the image was built for the platform of the task.`,
        source: SHELL_MANUAL,
    },
];
const SIGNAL_NAMES = {
    1: 'SIGHUP',
    3: 'SIGQUIT',
    5: 'SIGTRAP',
    10: 'SIGUSR1',
    12: 'SIGUSR2',
    14: 'SIGALRM',
    24: 'SIGXCPU',
    25: 'SIGXFSZ',
};
/** What an exit code other than 0 says; by convention, since a program may give any number any meaning. */
function explainExitCode(code) {
    return EXIT_CODES.find((row) => row.code === code) ?? (isSignal(code) ? bySignal(code) : byProgram(code));
}
/** The highest signal on Linux is 64. */
function isSignal(code) {
    return code > 128 && code <= 128 + 64;
}
function bySignal(code) {
    const signal = code - 128;
    const name = SIGNAL_NAMES[signal];
    return {
        code,
        cause: `it was ended by signal ${signal}${name ? ` (${name})` : ''}, if it keeps to the convention of 128 plus the signal`,
        remedy: READ_LOG,
        source: SIGNALS_MANUAL,
    };
}
function byProgram(code) {
    return {
        code,
        cause: 'the program chose this number',
        remedy: `The documentation of the migration tool tells what it means. ${READ_LOG}`,
        source: SHELL_MANUAL,
    };
}

// EXTERNAL MODULE: ./build/src/diagnosis/stop-reasons.js
var stop_reasons = __webpack_require__(1959);
;// CONCATENATED MODULE: ./build/src/diagnosis/explain.js




const STOPPERS = {
    UserInitiated: 'somebody, or another program, stopped the task',
    SpotInterruption: 'Fargate Spot took its capacity back',
    TerminationNotice: 'AWS gave notice to the host of the task',
    InfrastructureHealth: 'the host of the task was not healthy',
    ServiceSchedulerInitiated: 'the scheduler of an ECS service stopped the task',
};
/**
 * Why a migration did not end well and what to do, in words, with what they rest on.
 * @returns undefined when there is nothing to explain: it succeeded, or was a dry run
 */
function explain(record, context) {
    const { outcome } = record;
    switch (outcome.kind) {
        case 'succeeded':
        case 'dry-run':
            return undefined;
        case 'failed':
            return failed({ record, outcome, context });
        case 'not-started':
            return notStarted({ record, outcome, context });
        case 'timed-out':
            return timedOut({ record, outcome, context });
        case 'cancelled':
            return cancelled({ record, outcome, context });
        case 'refused':
            return refused({ record, outcome, context });
        case 'unknown':
            return unknown({ record, outcome, context });
        case 'skipped':
            return skipped({ record, outcome, context });
    }
}
function failed(given) {
    const { outcome } = given;
    if (outcome.cause === 'exit-code')
        return byExitCode(given, outcome.exitCode);
    if (outcome.cause === 'other-container')
        return byOtherContainer(given, outcome);
    if (outcome.cause === 'wrong-database')
        return wrongDatabase(given, outcome);
    return outcome.cause === 'no-exit-code' ? withoutExitCode(given) : fromOutside(given);
}
function byExitCode({ record }, exitCode) {
    const reason = own(record)?.reason;
    const killed = reason ? (0,stop_reasons/* findStopReason */.Iy)(reason) : undefined;
    const meaning = explainExitCode(exitCode);
    const why = killed ? killed.cause : `${meaning.cause}.`;
    return {
        code: killed?.id ?? `exit-code-${exitCode}`,
        reason: `The migration of ${record.database} failed: container ${record.container} exited with code ${exitCode}: ${why}`,
        remedy: killed?.remedy ?? meaning.remedy,
        evidence: taskEvidence(record),
    };
}
function own(record) {
    return record.task && (0,migration_outcome/* containerOf */.t8)(record.task, record.container);
}
/** What ECS said, whole and unchanged. */
function taskEvidence({ task, log }) {
    return [
        ...(task?.stopCode ? [`Stop code: ${task.stopCode}`] : []),
        ...(task?.stoppedReason ? [`Stop reason: ${task.stoppedReason}`] : []),
        ...(task?.containers ?? []).map(containerFact),
        ...(task?.taskArn ? [`Task: ${task.taskArn}`] : []),
        ...(log ? [`Log: ${log.group}, stream ${log.stream}, in ${log.region}`] : []),
    ];
}
function containerFact(container) {
    const exit = container.exitCode === undefined ? 'no exit code' : `exit code ${container.exitCode}`;
    return `Container ${container.name}: ${exit}${container.reason ? `, reason: ${container.reason}` : ''}`;
}
function byOtherContainer({ record }, outcome) {
    const { container, containerExitCode } = outcome;
    const reason = record.task && (0,migration_outcome/* containerOf */.t8)(record.task, container)?.reason;
    const known = reason ? (0,stop_reasons/* findStopReason */.Iy)(reason) : undefined;
    const exit = containerExitCode === undefined ? '' : ` with code ${containerExitCode}`;
    return {
        code: 'other-container',
        reason: `The migration of ${record.database} was cut off: container ${container}, which is essential, ended first${exit}, and ECS stopped ${record.container} with it.${known ? ` ${known.cause}` : ''}`,
        remedy: `Look into the log of container ${container}; in the task definition that migrations use, make it essential: false if the migration can do without it. ${serverMayStillWork(record)}`,
        evidence: taskEvidence(record),
    };
}
/** A client that is gone does not end the statement it sent: the server finds out when it next writes to it. */
function serverMayStillWork(record) {
    return `The database server may still be executing the last statement and holding its locks. Before you run this again, look: \`${activityQuery(record.database)}\``;
}
/** How to see what a PostgreSQL server still does for a database; in a literal `'` is written twice. */
function activityQuery(database) {
    return `SELECT pid, state, now() - query_start AS since, wait_event_type, query FROM pg_stat_activity WHERE datname = '${database.replaceAll("'", "''")}' AND pid <> pg_backend_pid();`;
}
function wrongDatabase({ record }, { evidence }) {
    return {
        code: 'wrong-database',
        reason: `ECS shows that the task was not given the database ${record.database}, so this counts as failed and no further database is started.`,
        remedy: `Find out which database the task worked on before you run anything else: its log and the evidence tell. ${serverMayStillWork(record)}`,
        evidence: [evidence, ...taskEvidence(record)],
    };
}
function withoutExitCode({ record }) {
    const known = knownReason(record.task);
    return {
        code: 'no-exit-code',
        reason: `The task for ${record.database} ended and ECS gave no exit code for container ${record.container}, so whether the migration finished is not known; it counts as failed.${known ? ` ${known.cause}` : ''}`,
        remedy: `See in the log, and in the table of the migration tool, how far it came. ${serverMayStillWork(record)}`,
        evidence: taskEvidence(record),
    };
}
function fromOutside({ record }) {
    const stopCode = record.task?.stopCode;
    const known = knownReason(record.task);
    const who = (stopCode && STOPPERS[stopCode]) ?? 'the task was stopped from outside';
    const trail = stopCode === 'UserInitiated' ? 'AWS CloudTrail tells who called StopTask. ' : '';
    return {
        code: 'stopped-from-outside',
        reason: `The migration of ${record.database} was cut off: ${who}.`,
        remedy: `${known && known.topic === 'Stopped while it ran' && !trail ? `${known.remedy} ` : trail}${serverMayStillWork(record)}`,
        evidence: taskEvidence(record),
    };
}
/** The first of the reasons ECS gives that is known. */
function knownReason(task) {
    return (0,stop_reasons/* reasonsOf */.zM)(task ?? {})
        .map(stop_reasons/* findStopReason */.Iy)
        .find((row) => row !== undefined);
}
function notStarted(given) {
    const { record, outcome } = given;
    switch (outcome.cause) {
        case 'never-ran':
            return neverRan(given);
        case 'run-task-failures':
            return refusedByRunTask(given, outcome.failures);
        case 'aws-error': {
            const problem = (0,api_errors/* explainApiError */.cU)(outcome.error);
            return {
                ...problem,
                reason: `The migration of ${record.database} did not start. ${problem.reason}`,
                evidence: [...(problem.evidence ?? []), ...checkEvidence(given.context.findings)],
            };
        }
    }
}
function neverRan(given) {
    const { record } = given;
    const said = (0,stop_reasons/* reasonsOf */.zM)(record.task ?? {}).join('; ');
    return startProblem(given, knownReason(record.task) ?? unknownStart(given, said), taskEvidence(record));
}
/** A known cause with what the checks proved; the checks' own remedy is the closer one. */
function startProblem(given, known, said) {
    const { record, context } = given;
    const proof = context.findings?.refusals[0];
    return {
        code: known.id,
        reason: `The migration of ${record.database} did not start. ${known.cause}${proof ? ` ${proof.reason}` : ''}`,
        remedy: proof?.remedy ?? known.remedy,
        evidence: [...checkEvidence(context.findings), ...said],
    };
}
/** What the checks found that bears on a task that did not start. */
function checkEvidence(findings) {
    return [
        ...(findings?.refusals ?? []).flatMap(findingLines),
        ...(findings?.warnings ?? []).flatMap(findingLines),
        ...(findings?.missingPermissions.length
            ? [`Not checked, permission missing: ${findings.missingPermissions.join(', ')}`]
            : []),
        ...(findings?.unchecked ?? []),
    ];
}
function findingLines(problem) {
    return [problem.reason, ...(problem.evidence ?? [])];
}
function unknownStart(given, said) {
    return {
        id: 'not-started',
        cause: said ? `ECS says: ${said}` : 'ECS gave no reason.',
        remedy: `Look at the task within the hour that ECS remembers it: \`${lookAt(given.record, given.context)}\`. AWS explains its messages in https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html`,
    };
}
/** Where to look at a task: ECS forgets it about an hour after its end. */
function lookAt(record, context) {
    return record.task?.taskArn
        ? `aws ecs describe-tasks --cluster ${context.cluster} --region ${context.region} --tasks ${record.task.taskArn}`
        : `aws ecs list-tasks --cluster ${context.cluster} --region ${context.region} --desired-status RUNNING`;
}
function refusedByRunTask(given, failures) {
    const known = failures.map(stop_reasons/* findLaunchFailure */.rh).find((row) => row !== undefined);
    const said = failures.map(failureText);
    return startProblem(given, known ?? unknownStart(given, said.join('; ')), said.map((line) => `RunTask's answer: ${line}`));
}
function failureText({ reason, detail, arn }) {
    return [reason ?? 'no reason given', detail, arn].filter(Boolean).join(', ');
}
function timedOut(given) {
    const { record, outcome } = given;
    const limit = `The migration of ${record.database} did not end within ${outcome.minutes} ${outcome.minutes === 1 ? 'minute' : 'minutes'} (task-timeout-minutes)`;
    return outcome.left
        ? {
            code: 'timed-out-and-left',
            reason: `${limit}; its task was left running, as on-timeout asks.`,
            remedy: `Watch it to its end before you run anything else on this database: \`${lookAt(given.record, given.context)}\`. ${serverMayStillWork(record)}`,
            evidence: taskEvidence(record),
        }
        : {
            code: 'timed-out',
            reason: `${limit}; its task was told to stop.`,
            remedy: `Raise task-timeout-minutes if the migration needs longer. ${serverMayStillWork(record)}`,
            evidence: taskEvidence(record),
        };
}
function cancelled(given) {
    const { record, outcome, context } = given;
    const by = `The run was cancelled (${outcome.signal})`;
    const run = context.runUrl ? [`Workflow run: ${context.runUrl}`] : [];
    const evidence = [...taskEvidence(record), ...run];
    if (outcome.inDoubt)
        return {
            code: 'cancelled-while-launching',
            reason: `${by} while RunTask for ${record.database} had not answered: a task may have been launched.`,
            remedy: `The post step looks for it and stops it. ${serverMayStillWork(record)}`,
            evidence,
        };
    if (!record.task)
        return {
            code: 'cancelled-before-launch',
            reason: `${by} before a task for ${record.database} was launched.`,
            remedy: 'Nothing was started, so nothing has to be undone. Run it again.',
            evidence,
        };
    return outcome.left
        ? {
            code: 'cancelled-and-left',
            reason: `${by}; the task for ${record.database} was left running, as on-cancel asks.`,
            remedy: `Watch it to its end before you run anything else on this database: \`${lookAt(given.record, given.context)}\`. ${serverMayStillWork(record)}`,
            evidence,
        }
        : {
            code: 'cancelled',
            reason: `${by}; the task for ${record.database} was told to stop.`,
            remedy: serverMayStillWork(record),
            evidence,
        };
}
function refused({ record, outcome, context }) {
    if (outcome.cause === 'busy')
        return {
            code: 'busy',
            reason: `Another migration of ${record.database} runs in cluster ${context.cluster}, so this one was not started.`,
            remedy: 'Run it again when that task has ended, or set if-running: wait.',
            evidence: [`Running task: ${outcome.runningTaskArn}`],
        };
    const [first, ...others] = outcome.problems;
    if (first && others.length === 0)
        return first;
    return {
        code: first?.code ?? 'refused',
        reason: `The migration of ${record.database} was not started, because it could not work: ${outcome.problems.map(({ reason }) => reason).join(' ')}`,
        remedy: [...new Set(outcome.problems.map(({ remedy }) => remedy))].join(' '),
        evidence: outcome.problems.flatMap(({ evidence = [] }) => evidence),
    };
}
function unknown(given) {
    const { record, outcome } = given;
    const which = record.task?.taskArn ? `task ${record.task.taskArn}` : 'its task';
    const still = `The migration of ${record.database} was launched and can no longer be observed: ${which} may still be running. It is not known whether it worked.`;
    if (outcome.cause === 'missing')
        return {
            code: 'task-missing',
            reason: `${still} ECS answers that it has no such task (MISSING).`,
            remedy: `Look at the log and the table of the migration tool before you run it again: ECS forgets a task about an hour after its end. ${serverMayStillWork(record)}`,
            evidence: taskEvidence(record),
        };
    const problem = (0,api_errors/* explainApiError */.cU)(outcome.error);
    return {
        code: problem.code,
        reason: `${still} ${problem.reason}`,
        remedy: `See how it ended: \`${lookAt(given.record, given.context)}\`. ${serverMayStillWork(record)} For the next run: ${problem.remedy}`,
        evidence: [...(problem.evidence ?? []), ...taskEvidence(record)],
    };
}
function skipped({ record, outcome }) {
    return {
        code: 'skipped',
        reason: `The migration of ${record.database} was not attempted: ${outcome.because}${/[.!]$/.test(outcome.because) ? '' : '.'}`,
        remedy: 'Mend what failed and run it again: a database that is migrated already has nothing to do then.',
    };
}

// EXTERNAL MODULE: ./build/src/report/markdown.js
var markdown = __webpack_require__(75);
;// CONCATENATED MODULE: ./build/src/report/names.js
/** More than that on one line are counted. */
const MOST_NAMED = 10;
/** `a, b, c`; of many the first ten: `a, b, … and 3 more`. */
function named(names) {
    const others = names.length - MOST_NAMED;
    return others > 0 ? `${names.slice(0, MOST_NAMED).join(', ')} and ${others} more` : names.join(', ');
}

;// CONCATENATED MODULE: ./build/src/report/row.js

/** The exit code ECS showed, or undefined: never made up. */
function exitCodeOf(record) {
    const { outcome } = record;
    const told = 'exitCode' in outcome ? outcome.exitCode : undefined;
    return told ?? ownContainer(record)?.exitCode;
}
/** The container whose exit code counts, as ECS described it last. */
function ownContainer(record) {
    return record.task && (0,migration_outcome/* containerOf */.t8)(record.task, record.container);
}
/** `sha256:…` of the image that ran, or of the one that was to run when it was given by digest. */
function imageDigestOf(record) {
    return ownContainer(record)?.imageDigest ?? /@(sha256:[0-9a-f]{64})$/.exec(record.image)?.[1];
}
/** Did this database end as it was meant to? */
function isFine(row) {
    return !(0,migration_outcome/* isFailure */.N6)(row.record.outcome);
}
/** Did something go wrong with this very database? One that was skipped only suffers from what went wrong with another. */
function wentWrong(row) {
    return !isFine(row) && row.record.outcome.kind !== 'skipped';
}

;// CONCATENATED MODULE: ./build/src/report/annotations.js



/** The runner cuts an annotation there without a word (facts C), so nothing longer is handed to it. */
const MOST_CHARACTERS = 4096;
/** The runner keeps 10 of a kind for each step; one is left for what the toolkit may say itself. */
const MOST_WARNINGS = 9;
const ROOM = 3900;
/**
 * The one error of the step: what happened, why, what to do. Skipped databases are counted, not explained.
 * @returns undefined when every database is fine
 */
function errorAnnotation(rows) {
    const bad = rows.filter((row) => !isFine(row));
    const causes = rows.filter(wentWrong);
    const [first] = causes.length > 0 ? causes : bad;
    if (!first)
        return undefined;
    if (rows.length === 1)
        return ofOne(first);
    const skipped = bad.length - causes.length;
    const note = skipped > 0 && causes.length > 0 ? `\n\n${skipped} skipped: not attempted after that.` : '';
    return {
        title: `${bad.length} of ${rows.length} databases not migrated`,
        message: `${joined(grouped(causes.length > 0 ? causes : bad))}${note}`,
    };
}
function ofOne(row) {
    return {
        title: (0,markdown/* shortened */.vI)(`${(0,markdown/* oneLine */.TN)(row.record.database)}: ${row.record.outcome.kind}`, 200),
        message: (0,markdown/* shortened */.vI)(told(row), MOST_CHARACTERS),
    };
}
function told({ record, problem }) {
    return problem ? `${(0,markdown/* oneLine */.TN)(problem.reason)}\nWhat to do: ${(0,markdown/* oneLine */.TN)(problem.remedy)}` : record.outcome.kind;
}
/** As many blocks as fit, and a last line that says how many databases are told of elsewhere. */
function joined(groups) {
    const blocks = [];
    let used = 0;
    let leftOut = 0;
    for (const { databases, text } of groups) {
        const block = `${named(databases)}: ${text}`;
        const share = blocks.length === 0 ? (0,markdown/* shortened */.vI)(block, ROOM) : block;
        if (used + share.length + 2 > ROOM)
            leftOut += databases.length;
        else {
            blocks.push(share);
            used += share.length + 2;
        }
    }
    const more = leftOut === 0 ? [] : [`${leftOut} more databases: the job summary tells of each.`];
    return [...blocks, ...more].join('\n\n');
}
/** Databases of which the same is to be said, in the order of their first. */
function grouped(rows) {
    const groups = new Map();
    for (const row of rows) {
        const text = told(row);
        groups.set(text, [...(groups.get(text) ?? []), row.record.database]);
    }
    return [...groups].map(([text, databases]) => ({ databases, text }));
}
/**
 * Warnings as annotations: equal ones once, at most 9, the last of which folds the rest.
 * The step's log has to carry each in full; an annotation that is shortened says so.
 */
function warningAnnotations(warnings) {
    const different = [...new Set(warnings.map(markdown/* plain */.pj))];
    const single = different.length <= MOST_WARNINGS ? different : different.slice(0, MOST_WARNINGS - 1);
    const rest = different.slice(single.length);
    return [...single.map((text) => (0,markdown/* shortened */.vI)(text, ROOM)), ...(rest.length > 0 ? [fold(rest)] : [])];
}
function fold(texts) {
    const head = `${texts.length} more warnings; each in full in the log of this step.`;
    const each = Math.max(40, Math.floor((ROOM - head.length) / Math.max(1, texts.length)) - 3);
    const fits = Math.floor((ROOM - head.length) / (each + 3));
    return [head, ...texts.slice(0, fits).map((text) => `- ${(0,markdown/* shortened */.vI)((0,markdown/* oneLine */.TN)(text), each)}`)].join('\n');
}

// EXTERNAL MODULE: ./build/src/report/duration.js
var report_duration = __webpack_require__(598);
;// CONCATENATED MODULE: ./build/src/report/timeline.js
/** How long each known phase took, in seconds to a tenth. A phase that did not happen has no number. */
function timingsOf(record) {
    const begin = record.milestones.requested ?? record.task?.createdAt;
    const end = record.milestones.exitSeen ?? exitOf(record);
    return {
        ...Object.fromEntries(phasesOf(record).map(({ name, from, to }) => [name, seconds(from, to)])),
        ...(begin && end ? { total: seconds(begin, end) } : {}),
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
        ...phase('provision', asked, earliest(pulling, running, end)),
        ...phase('pull', pulling, earliest(pulled, running, end)),
        ...phase('start', pulled, earliest(running, end)),
        ...phase('run', running, end),
        ...phase('stop', task?.executionStoppedAt, task?.stoppedAt),
        ...phase('log', milestones.exitSeen, milestones.logRead),
    ];
}
function phase(name, from, to) {
    return from && to && to > from ? [{ name, from, to }] : [];
}
function earliest(...dates) {
    return dates.filter((date) => date !== undefined).sort((a, b) => a.getTime() - b.getTime())[0];
}
function seconds(from, to) {
    return Math.max(0, Math.round((to.getTime() - from.getTime()) / 100) / 10);
}

;// CONCATENATED MODULE: ./build/src/report/closing.js





const WORDS = {
    succeeded: 'migrated',
    failed: 'failed',
    'not-started': 'not started',
    'timed-out': 'timed out',
    cancelled: 'cancelled',
    refused: 'refused',
    unknown: 'not known',
    skipped: 'skipped',
    'dry-run': 'dry run',
};
/** The last lines about one database: how it ended and, if badly, why and what to do, with the evidence. */
function databaseLines(row) {
    const { problem } = row;
    if (!problem)
        return [headline(row)];
    return [
        headline(row),
        `  Why: ${(0,markdown/* oneLine */.TN)(problem.reason)}`,
        `  What to do: ${(0,markdown/* oneLine */.TN)(problem.remedy)}`,
        ...(problem.evidence ?? []).map((line) => `    ${(0,markdown/* oneLine */.TN)(line)}`),
    ];
}
/** `shop: migrated in 42 s, exit code 0` */
function headline(row) {
    const { total } = timingsOf(row.record);
    const exitCode = exitCodeOf(row.record);
    const link = row.record.outcome.kind === 'succeeded' ? 'in' : 'after';
    const duration = total === undefined ? '' : ` ${link} ${(0,report_duration/* spoken */.v)(total)}`;
    const facts = exitCode === undefined ? '' : `, exit code ${exitCode}`;
    return `${(0,markdown/* oneLine */.TN)(row.record.database)}: ${outcomeWords(row)}${duration}${facts}`;
}
/** The outcome as a person says it. */
function outcomeWords({ record }) {
    return WORDS[record.outcome.kind];
}
/** The verdict as the last line of the step: names who is not well. */
function lastLine(rows) {
    const bad = rows.filter((row) => !isFine(row));
    const groups = byOutcome(bad, (outcome, members) => `${outcome}: ${named(members.map((row) => (0,markdown/* oneLine */.TN)(row.record.database)))}`);
    return allAlike(rows) ?? `${share(rows)}; ${groups.join('; ')}.`;
}
/** Each outcome with those that had it, in the order of their first. */
function byOutcome(rows, say) {
    return [...new Set(rows.map(outcomeWords))].map((outcome) => say(outcome, rows.filter((row) => outcomeWords(row) === outcome)));
}
function allAlike(rows) {
    const [only] = rows;
    if (rows.length > 0 && rows.every((row) => row.record.outcome.kind === 'dry-run'))
        return 'Dry run: nothing was registered and nothing was started.';
    if (rows.length === 1 && only)
        return `${headline(only)}.`;
    return rows.every(isFine) ? `All ${rows.length} databases were migrated.` : undefined;
}
function share(rows) {
    return `${rows.filter(isFine).length} of ${rows.length} databases migrated`;
}
/** The verdict as a heading: counts, since the table below has the names. */
function verdict(rows) {
    const bad = rows.filter((row) => !isFine(row));
    const groups = byOutcome(bad, (outcome, members) => `${members.length} ${outcome}`);
    return allAlike(rows) ?? `${share(rows)}: ${groups.join(', ')}.`;
}

;// CONCATENATED MODULE: ./build/src/report/outputs.js



/** The `results` output may take this many bytes. A job's outputs may take 1 MB, counted in UTF-16. */
const MOST_RESULT_BYTES = 400_000;
/** The steps by which the results are made smaller: the successes first. */
const SHORTENINGS = [
    (result) => result,
    (result) => (isSuccess(result) ? bare(result) : result),
    (result) => (isSuccess(result) ? bare(result) : brief(result)),
    bare,
];
/** The content of `results-file`. */
function resultsDocument(rows) {
    return `${JSON.stringify(resultsOf(rows), undefined, 2)}\n`;
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
        reason: outputs_text(problem?.reason),
        remedy: outputs_text(problem?.remedy),
        taskArn: record.task?.taskArn,
        taskDefinitionArn: record.taskDefinitionArn,
        image: ownContainer(record)?.image ?? record.image,
        imageDigest: imageDigestOf(record),
        stopCode: record.task?.stopCode,
        stoppedReason: outputs_text(record.task?.stoppedReason),
        logGroup: record.log?.group,
        logStream: record.log?.stream,
        logUrl,
        taskUrl,
        logFile: record.logFile,
        timings: Object.keys(timings).length > 0 ? timings : undefined,
    });
}
/** Leaves out what is undefined, so that no output ever says "undefined" or "null". */
function known(facts) {
    return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}
function outputs_text(value) {
    return value === undefined ? undefined : (0,markdown/* plain */.pj)(value);
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
        'results-file': files.resultsFile,
        ...(only && more.length === 0 ? outputs_ofOne(only) : {}),
    });
}
/** `succeeded` or `dry-run` when that is true of all, else the first other outcome; a cause before what it caused. */
function overallOutcome(rows) {
    const kinds = rows.map((row) => row.record.outcome.kind);
    const others = kinds.filter((kind) => kind !== 'succeeded' && kind !== 'dry-run');
    return others.find((kind) => kind !== 'skipped') ?? others[0] ?? kinds[0];
}
/** The `results` output: every database, the successes shortened first where it would exceed 400 kB. */
function resultsOutput(rows) {
    const results = resultsOf(rows);
    for (const step of SHORTENINGS) {
        const json = JSON.stringify(results.map(step));
        if ((0,markdown/* bytes */.ee)(json) <= MOST_RESULT_BYTES)
            return json;
    }
    return asManyAsFit(results.map(bare));
}
/** As many objects as fit, and one that says how many are left out: nothing is lost silently. */
function asManyAsFit(results) {
    const kept = (0,markdown/* fitting */._Q)(results, MOST_RESULT_BYTES - 200, (result) => JSON.stringify(result));
    const note = JSON.stringify({ omitted: results.length - kept.length, see: 'results-file' });
    return `[${[...kept, note].join(',')}]`;
}
function bare({ database, outcome }) {
    return { database, outcome };
}
function outputs_ofOne(result) {
    return known({
        'exit-code': result.exitCode?.toString(),
        'task-arn': result.taskArn,
        'task-id': idOf(result.taskArn),
        'task-definition-arn': result.taskDefinitionArn,
        'image-digest': result.imageDigest,
        'stop-code': result.stopCode,
        'stopped-reason': result.stoppedReason,
        'log-group': result.logGroup,
        'log-stream': result.logStream,
        'log-url': result.logUrl,
        'task-url': result.taskUrl,
        'log-file': result.logFile,
        'duration-seconds': result.timings?.total?.toString(),
    });
}
function idOf(arn) {
    return arn?.split('/').at(-1);
}
function brief(result) {
    return known({
        ...bare(result),
        exitCode: result.exitCode,
        reason: result.reason === undefined ? undefined : (0,markdown/* shortened */.vI)((0,markdown/* oneLine */.TN)(result.reason), 200),
        taskArn: result.taskArn,
    });
}
function isSuccess({ outcome }) {
    return outcome === 'succeeded' || outcome === 'dry-run';
}

;// CONCATENATED MODULE: ./build/src/report/chart.js




/** A picture of more databases than that is no help; contract section 7. */
const MOST_DATABASES = 10;
/** With more databases than that, each gets two bars only: until the container ran, and its run. */
const MOST_IN_DETAIL = 3;
const chart_WORDS = {
    provision: 'provision',
    pull: 'image and secrets',
    start: 'start',
    run: 'run',
    stop: 'stop task',
    log: 'read log',
};
/**
 * A Gantt diagram in mermaid of the phases of up to 10 databases; times are those of the viewer's clock.
 * @returns undefined for more databases, or when nothing is known to have taken time
 */
function timelineChart(rows) {
    if (rows.length > MOST_DATABASES)
        return undefined;
    const sections = rows.flatMap((row) => {
        const all = phasesOf(row.record);
        const phases = rows.length > MOST_IN_DETAIL ? inShort(all) : all;
        return phases.length === 0 ? [] : [`  section ${label(row.record.database)}`, ...bars(row, phases)];
    });
    const longest = Math.max(0, ...rows.map(({ record }) => label(record.database).length));
    return sections.length === 0
        ? undefined
        : [settings(longest), 'gantt', '  dateFormat x', '  axisFormat %H:%M:%S', '  todayMarker off', ...sections].join('\n');
}
/** Until the container ran, and its run. */
function inShort(phases) {
    const before = phases.filter(({ name }) => name === 'provision' || name === 'pull' || name === 'start');
    const [first, last] = [before[0], before.at(-1)];
    const starting = first && last ? [{ name: 'start', from: first.from, to: last.to }] : [];
    return [...starting, ...phases.filter(({ name }) => name === 'run')];
}
/** A name that no diagram reads as anything but a name: other marks than letters, digits, `_`, `-` become `·`. */
function label(text) {
    const safe = (0,markdown/* oneLine */.TN)(text).replace(/[^\p{L}\p{N}_-]+/gu, '·') || '·';
    return (0,markdown/* shortened */.vI)(safe, 40);
}
function bars(row, phases) {
    const wrong = isFine(row) ? undefined : culprit(phases);
    return phases.map((phase) => {
        const tag = phase === wrong ? 'crit, ' : phase.name === 'run' ? 'active, ' : 'done, ';
        const span = `${phase.from.getTime()}, ${phase.to.getTime()}`;
        return `    ${chart_WORDS[phase.name]} ${chart_length(phase)} :${tag}${span}`;
    });
}
/** The phase in which it went wrong is the last but those that come after every end. */
function culprit(phases) {
    return phases.filter(({ name }) => name !== 'stop' && name !== 'log').at(-1);
}
function chart_length({ from, to }) {
    return (0,report_duration/* spoken */.v)((to.getTime() - from.getTime()) / 1000);
}
/** Room at the left for the names, which mermaid would draw across the bars; 7 px a character at this size. */
function settings(longest) {
    return `%%{init: ${JSON.stringify({ gantt: { leftPadding: 7 * longest + 24, fontSize: 12, sectionFontSize: 12, barHeight: 20 } })}}%%`;
}

;// CONCATENATED MODULE: ./build/src/report/summary.js






/** GitHub uploads nothing at all of a summary above 1 MiB (facts C). */
const MOST_SUMMARY_BYTES = 1_048_576;
/** Bytes for each part; together they stay below the limit. */
const BUDGET_BYTES = { table: 180_000, failures: 500_000, folded: 150_000, warnings: 50_000, launched: 40_000 };
const MOST_CHARACTERS_OF_LINE = 500;
const MOST_CHARACTERS_OF_TEXT = 4_000;
const MOST_EVIDENCE = 30;
const ICONS = {
    succeeded: '✅',
    'dry-run': '✅',
    failed: '❌',
    'not-started': '❌',
    'timed-out': '❌',
    cancelled: '❌',
    refused: '❌',
    unknown: '❓',
    skipped: '⏭️',
};
const TABLE_HEAD = '| Database | Outcome | Exit code | Duration | Image | AWS console |\n|:--|:--|--:|--:|:--|:--|';
/**
 * The job summary: verdict, a row for each database, the timeline, what went wrong and what to do, what was launched.
 * Under 1 MiB for any number of databases; what does not fit is counted.
 */
function summary(rows, context) {
    const chart = timelineChart(rows);
    const parts = [
        `## ${verdictIcon(rows)} ${(0,markdown/* inline */.mG)(verdict(rows))}`,
        ...tables(rows, context),
        ...(chart ? [(0,markdown/* fence */.EU)(chart.split('\n'), 'mermaid')] : []),
        ...failures(rows, context),
        ...successNotes(rows),
        ...warned(context),
        launched(context),
    ];
    return `${(0,markdown/* fitting */._Q)(parts, MOST_SUMMARY_BYTES - 1, (part) => `${part}\n`).join('\n')}`;
}
function verdictIcon(rows) {
    return rows.every(isFine) ? '✅' : rows.some((row) => ICONS[row.record.outcome.kind] === '❌') ? '❌' : '❓';
}
/** Failures come first and open; of more than ten databases the successes are folded. */
function tables(rows, context) {
    if (rows.length <= 10)
        return [table(rows, context)];
    const skipped = rows.filter((row) => row.record.outcome.kind === 'skipped');
    const fine = rows.filter(isFine);
    const bad = rows.filter(wentWrong);
    return [
        ...(bad.length > 0 ? [table(bad, context)] : []),
        ...(skipped.length > 0 ? [(0,markdown/* folded */.TM)(`${skipped.length} skipped`, shortTable(skipped, context))] : []),
        ...(fine.length > 0 ? [(0,markdown/* folded */.TM)(`${fine.length} ${fineWord(fine)}`, shortTable(fine, context))] : []),
    ];
}
function table(rows, context) {
    return cut(rows, { head: TABLE_HEAD, most: BUDGET_BYTES.table, make: tableRow }, context);
}
/** Rows under their head, as many as fit, and how many did not. */
function cut(rows, { head, most, make }, context) {
    const fit = (0,markdown/* fitting */._Q)(rows, most, make);
    const left = rows.length - fit.length;
    const note = left > 0 ? `\n\n${left} more did not fit here.${whole(context)}` : '';
    return `${head}\n${fit.join('\n')}${note}`;
}
function whole({ resultsFile }) {
    return resultsFile === undefined ? '' : ` All results are in ${(0,markdown/* code */.aY)(resultsFile)} on the runner.`;
}
function tableRow(row) {
    const { total } = timingsOf(row.record);
    const cells = [
        `${ICONS[row.record.outcome.kind]} ${summary_name(row)}`,
        outcomeWords(row),
        exitCodeOf(row.record)?.toString() ?? '',
        total === undefined ? '' : (0,report_duration/* spoken */.v)(total),
        row.record.outcome.kind === 'skipped' ? '' : shortDigest(imageDigestOf(row.record)),
        links(row),
    ];
    return `| ${cells.join(' | ')} |`;
}
function summary_name(row) {
    return (0,markdown/* code */.aY)((0,markdown/* shortened */.vI)((0,markdown/* oneLine */.TN)(row.record.database), 128));
}
function shortDigest(digest) {
    return digest === undefined ? '' : (0,markdown/* code */.aY)(digest.replace(/^(sha256:.{12}).*$/, '$1'));
}
function links({ taskUrl, logUrl }) {
    return [taskUrl && (0,markdown/* link */.nf)('task', taskUrl), logUrl && (0,markdown/* link */.nf)('log', logUrl)].filter(Boolean).join(' · ');
}
/** Without links and image, so that a thousand have room. */
function shortTable(rows, context) {
    return cut(rows, { head: '| Database | Duration |\n|:--|--:|', most: BUDGET_BYTES.folded / 2, make: shortRow }, context);
}
function shortRow(row) {
    const { total } = timingsOf(row.record);
    return `| ${summary_name(row)} | ${total === undefined ? '' : (0,report_duration/* spoken */.v)(total)} |`;
}
function fineWord(rows) {
    return rows.every((row) => row.record.outcome.kind === 'dry-run') ? 'checked' : 'migrated';
}
function failures(rows, context) {
    const bad = rows.filter(wentWrong);
    const fit = (0,markdown/* fitting */._Q)(bad, BUDGET_BYTES.failures, failure);
    const left = bad.length - fit.length;
    return left > 0 ? [...fit, `${left} more that are not well did not fit here.${whole(context)}`] : fit;
}
function failure(row) {
    const { problem, record } = row;
    const evidence = problem?.evidence ?? [];
    return [
        `### ${ICONS[record.outcome.kind]} ${summary_name(row)}: ${outcomeWords(row)}`,
        ...(problem ? words(problem) : []),
        ...lastLines(row),
        [...logNotes(row), links(row)].filter(Boolean).join('<br>'),
        ...(evidence.length > 0 ? [(0,markdown/* folded */.TM)('Evidence', list(evidence))] : []),
        ...(record.notes.length > 0 ? [(0,markdown/* folded */.TM)('What was done besides', list(record.notes))] : []),
    ]
        .filter(Boolean)
        .join('\n\n');
}
function words({ reason, remedy }) {
    return [
        `**Why:** ${(0,markdown/* prose */.CS)((0,markdown/* shortened */.vI)((0,markdown/* oneLine */.TN)(reason), MOST_CHARACTERS_OF_TEXT))}`,
        `**What to do:** ${(0,markdown/* prose */.CS)((0,markdown/* shortened */.vI)((0,markdown/* oneLine */.TN)(remedy), MOST_CHARACTERS_OF_TEXT))}`,
    ];
}
function lastLines({ record }) {
    const lines = record.lastLines.slice(-30).map((line) => (0,markdown/* shortened */.vI)((0,markdown/* plain */.pj)(line), MOST_CHARACTERS_OF_LINE));
    if (lines.length === 0)
        return [];
    const title = lines.length === 1
        ? 'The last line of the log:'
        : `The last ${lines.length} of ${record.lineCount} lines of the log:`;
    return [title, (0,markdown/* fence */.EU)(lines)];
}
/** How the log was read: a summary never pretends to more than was seen. */
function logNotes({ record }) {
    const { logRead } = record.milestones;
    const count = `${record.lineCount} ${record.lineCount === 1 ? 'line' : 'lines'}`;
    return [
        ...(logRead ? [`Log read until ${(0,markdown/* inline */.mG)(logRead.toISOString())}, ${count}.`] : []),
        ...(record.logNote ? [(0,markdown/* inline */.mG)((0,markdown/* shortened */.vI)((0,markdown/* oneLine */.TN)(record.logNote), MOST_CHARACTERS_OF_TEXT))] : []),
        ...(record.logFile ? [`Full log, unmasked, on the runner: ${(0,markdown/* code */.aY)(record.logFile)}`] : []),
    ];
}
/** Facts as a list; a line each. */
function list(lines) {
    const items = lines.slice(0, MOST_EVIDENCE).map((line) => `- ${(0,markdown/* code */.aY)((0,markdown/* shortened */.vI)((0,markdown/* oneLine */.TN)(line), 1_000))}`);
    const more = lines.length > MOST_EVIDENCE ? [`- and ${lines.length - MOST_EVIDENCE} more, in the log of this step`] : [];
    return [...items, ...more].join('\n');
}
function successNotes(rows) {
    const [only] = rows;
    if (rows.length !== 1 || !only || !isFine(only))
        return [];
    const notes = logNotes(only);
    return notes.length > 0 ? [notes.join('<br>')] : [];
}
function warned({ warnings }) {
    if (warnings.length === 0)
        return [];
    const lines = (0,markdown/* fitting */._Q)(warnings, BUDGET_BYTES.warnings, (line) => `- ${(0,markdown/* inline */.mG)((0,markdown/* shortened */.vI)((0,markdown/* oneLine */.TN)(line), 1_000))}`);
    const left = warnings.length - lines.length;
    const more = left > 0 ? [`- and ${left} more, in the log of this step`] : [];
    const title = warnings.length === 1 ? '1 warning' : `${warnings.length} warnings`;
    return [(0,markdown/* folded */.TM)(title, [...lines, ...more].join('\n'))];
}
function launched(context) {
    const facts = [
        `cluster: ${context.cluster}, in ${context.region}`,
        `image: ${context.image}`,
        ...(context.baseDefinition ? [`cloned from: ${context.baseDefinition}`] : []),
        ...network(context.network),
        ...(context.launch ?? []),
    ];
    const changes = context.changes.length > 0 ? ['What the clone changes:', linesFence(context.changes)] : [];
    return (0,markdown/* folded */.TM)('What was launched', [linesFence(facts), ...changes].join('\n\n'));
}
function network(config) {
    return config === undefined
        ? []
        : [
            `subnets: ${(config.subnets ?? []).join(', ')}`,
            `security groups: ${(config.securityGroups ?? []).join(', ')}`,
            `public IP: ${config.assignPublicIp === 'ENABLED' ? 'yes' : 'no'}`,
        ];
}
function linesFence(lines) {
    const fit = (0,markdown/* fitting */._Q)(lines, BUDGET_BYTES.launched, (line) => (0,markdown/* shortened */.vI)((0,markdown/* plain */.pj)(line), 2_000));
    return (0,markdown/* fence */.EU)(fit.length < lines.length ? [...fit, `and ${lines.length - fit.length} more`] : fit);
}

;// CONCATENATED MODULE: ./build/src/publish.js
/** The end of the step: outcomes become words, outputs, annotations and the job summary. */










/** @returns the exit code of the step */
async function publish(publication) {
    const { records, log } = publication;
    const rows = records.map((record) => rowOf(record, publication));
    const resultsFile = writeResults(publication, rows);
    const files = resultsFile === undefined ? {} : { resultsFile };
    for (const [name, value] of Object.entries(outputsOf(rows, files)))
        (0,core/* setOutput */.uH)(name, value);
    await writeSummary(rows, publication, files);
    tell(rows, log);
    return records.some(({ outcome }) => (0,migration_outcome/* isFailure */.N6)(outcome)) ? 1 : 0;
}
function rowOf(record, { inputs, identity, region, findings }) {
    const context = {
        cluster: inputs.cluster,
        region,
        ...(identity && { runUrl: identity.runUrl }),
        ...(findings && { findings }),
    };
    const problem = explain(record, context);
    const taskArn = record.task?.taskArn;
    const links = (0,console_links/* consoleLinks */.t)((0,console_links/* partitionOf */.i)(taskArn ?? ''));
    return {
        record,
        ...(problem && { problem }),
        ...(taskArn !== undefined && { taskUrl: links.task(taskArn) }),
        ...(record.log && { logUrl: links.log(record.log) }),
    };
}
/** @returns the file, or undefined where it could not be written: the outputs are set all the same */
function writeResults({ folder, log }, rows) {
    const path = (0,external_node_path_.join)(folder, 'results.json');
    try {
        (0,external_node_fs_.mkdirSync)(folder, { recursive: true });
        (0,external_node_fs_.writeFileSync)(path, resultsDocument(rows));
        return path;
    }
    catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        log.warn('', `The results file could not be written, so the output results-file is not set: ${reason}`);
        return undefined;
    }
}
async function writeSummary(rows, publication, files) {
    // Not set where the action runs outside of a workflow.
    if ((process.env.GITHUB_STEP_SUMMARY ?? '') === '')
        return;
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
        ...(baseArn !== undefined && { baseDefinition: baseArn }),
        ...(prepared && { network: prepared.network }),
    });
    await core/* summary */.z.addRaw(text).write();
}
/** Values of variables may be secret: only names are shown. */
function launchLines({ command, environmentVariables, databaseVariable, taskTimeoutMinutes, onTimeout, }) {
    const variables = environmentVariables.map(({ name }) => name);
    return [
        command === undefined ? "command: the definition's" : `command: ${JSON.stringify(command)}`,
        `database variable: ${databaseVariable || 'none'}`,
        ...(variables.length > 0 ? [`more variables: ${variables.join(', ')}`] : []),
        `time limit: ${taskTimeoutMinutes} min, then ${onTimeout}`,
    ];
}
function tell(rows, log) {
    log.line('');
    for (const row of rows)
        for (const line of databaseLines(row))
            log.line(line);
    for (const warning of warningAnnotations(log.warnings))
        log.annotate('warning', warning);
    const error = errorAnnotation(rows);
    if (error !== undefined)
        log.annotate('error', error.message, error.title);
    log.line(lastLine(rows));
}


/***/ })

};
