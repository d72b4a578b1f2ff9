/** What a container's exit code says. */
interface ExitCodeMeaning {
  readonly code: number
  /** Ends the sentence "the container exited with code 137: …". */
  readonly cause: string
  readonly remedy: string
  readonly source: string
}

const SHELL_MANUAL = 'https://www.gnu.org/software/bash/manual/html_node/Exit-Status.html'
const SIGNALS_MANUAL = 'https://man7.org/linux/man-pages/man7/signal.7.html'
const DOCKER_MANUAL = 'https://docs.docker.com/engine/containers/run/#exit-status'
const STOP_TASK = 'https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_StopTask.html'
const READ_LOG = "Read the last lines of the container's log: the first error there is most often the cause."

export const EXIT_CODES: readonly ExitCodeMeaning[] = [
  {
    code: 1,
    cause: 'the program reported an error',
    remedy: `${READ_LOG} Fix that; after a fix in code start a new run, for a re-run keeps the commit.`,
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
    remedy: `${READ_LOG} If it names memory, raise the input memory or the limit of the runtime.`,
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
    remedy:
      'If nobody stopped it, raise the input `memory`. If it was stopped, let the migration end itself when it receives SIGTERM; an entry point in shell form does not pass the signal on.',
    source: STOP_TASK,
  },
  {
    code: 139,
    cause: 'the program crashed (SIGSEGV)',
    remedy:
      'Update the program and its native libraries (database drivers above all), and check the platform of the image.',
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
    remedy: 'Find out who stopped the task: look at the stop reason, or at AWS CloudTrail for StopTask.',
    source: STOP_TASK,
  },
  {
    code: 255,
    cause: 'the program ended with an error it gives no number of its own',
    remedy: `${READ_LOG} If the log is empty, check that the image was built for the platform of the task.`,
    source: SHELL_MANUAL,
  },
]

const SIGNAL_NAMES: Readonly<Record<number, string>> = {
  1: 'SIGHUP',
  3: 'SIGQUIT',
  5: 'SIGTRAP',
  10: 'SIGUSR1',
  12: 'SIGUSR2',
  14: 'SIGALRM',
  24: 'SIGXCPU',
  25: 'SIGXFSZ',
}

/** What an exit code other than 0 says; by convention, since a program may give any number any meaning. */
export function explainExitCode(code: number): ExitCodeMeaning {
  return EXIT_CODES.find((row) => row.code === code) ?? (isSignal(code) ? bySignal(code) : byProgram(code))
}

/** The highest signal on Linux is 64. */
function isSignal(code: number): boolean {
  return code > 128 && code <= 128 + 64
}

function bySignal(code: number): ExitCodeMeaning {
  const signal = code - 128
  const name = SIGNAL_NAMES[signal]
  return {
    code,
    cause: `it was ended by signal ${signal}${name ? ` (${name})` : ''}, if it keeps to the convention of 128 plus the signal`,
    remedy: READ_LOG,
    source: SIGNALS_MANUAL,
  }
}

function byProgram(code: number): ExitCodeMeaning {
  return {
    code,
    cause: 'what that means is up to the program',
    remedy: `${READ_LOG} The documentation of the migration tool says what the code means.`,
    source: SHELL_MANUAL,
  }
}
