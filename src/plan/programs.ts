/** What programs do with their words: who runs other programs, who serves and does not end, who does nothing without a script. */
import { programName } from '../shell.ts'

/** A program whose last words are another program with its own: `tini -- php artisan migrate`. */
interface Wrapper {
  readonly name: RegExp
  /** Words that make it one: `bundle exec`. */
  readonly subcommand?: readonly string[]
  /** Options that take the next word. */
  readonly valued?: readonly string[]
  /** Words of its own before the other program: `timeout 60`. */
  readonly operands?: number
  /** Words like NAME=value before the other program. */
  readonly assigns?: true
  /** The other program begins after `--`, and there alone. */
  readonly dashes?: true
  /** Without words it is a program like any other. */
  readonly alone?: true
}

const WRAPPERS: readonly Wrapper[] = [
  { name: /^tini(-static)?$/, valued: ['-p', '-e'] },
  { name: /^(dumb-init|catatonit)$/, valued: ['-r', '--rewrite'] },
  { name: /^env$/, valued: ['-u', '--unset', '-C', '--chdir'], assigns: true },
  { name: /^nice$/, valued: ['-n', '--adjustment'] },
  { name: /^ionice$/, valued: ['-c', '-n', '--class', '--classdata'] },
  { name: /^timeout$/, valued: ['-k', '-s', '--kill-after', '--signal'], operands: 1 },
  { name: /^stdbuf$/, valued: ['-i', '-o', '-e'] },
  { name: /^(gosu|su-exec)$/, operands: 1 },
  { name: /^setpriv$/, valued: ['--reuid', '--regid', '--groups'] },
  { name: /^sudo$/, valued: ['-u', '-g', '--user', '--group'], assigns: true },
  { name: /^(nohup|setsid|busybox|with-contenv|ddtrace-run|opentelemetry-instrument|xvfb-run)$/ },
  { name: /^(npx|bunx)$/, valued: ['-p', '--package'] },
  { name: /^bundle$/, subcommand: ['exec'] },
  { name: /^(poetry|pipenv|pdm|uv|rye|hatch)$/, subcommand: ['run'] },
  { name: /^(npm|pnpm|yarn)$/, subcommand: ['exec'] },
  { name: /^newrelic-admin$/, subcommand: ['run-program'] },
  { name: /^(chamber|aws-vault)$/, subcommand: ['exec'], dashes: true },
  { name: /^(doppler|infisical|op)$/, subcommand: ['run'], dashes: true },
  // By custom such a script ends with exec "$@".
  { name: /entry-?point(\.\w+)?$/, alone: true },
]

/** In a script, before a program. */
const KEYWORDS: ReadonlySet<string> = new Set([
  'exec',
  'command',
  'time',
  'then',
  'do',
  'else',
  'if',
  'while',
  'until',
  '!',
  '{',
])
const ASSIGNMENT = /^[A-Za-z_]\w*=/

export function isAssignment(word: string): boolean {
  return ASSIGNMENT.test(word)
}

/** The words of the program that runs in the end, without those that only start it. */
export function innermost(words: readonly string[]): readonly string[] {
  let rest = words
  for (;;) {
    const [program = '', ...args] = rest
    const wrapper = WRAPPERS.find((row) => isCallOf(row, program, args))
    if (wrapper === undefined || (wrapper.alone && args.length === 0)) return rest
    rest = wrapped(wrapper, args.slice(wrapper.subcommand?.length ?? 0))
  }
}

/** The same in a script: the shell that reads the words knows assignments and keywords. */
export function innermostInScript(words: readonly string[]): readonly string[] {
  return innermost(withoutPrefix(words))
}

function withoutPrefix(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word) => !KEYWORDS.has(word) && !isAssignment(word))
  return at === -1 ? [] : words.slice(at)
}

function isCallOf({ name, subcommand = [] }: Wrapper, program: string, args: readonly string[]): boolean {
  return name.test(programName(program)) && subcommand.every((word, at) => args[at] === word)
}

function wrapped({ valued = [], operands = 0, assigns, dashes }: Wrapper, args: readonly string[]): readonly string[] {
  if (dashes) return args.includes('--') ? args.slice(args.indexOf('--') + 1) : args.slice(args.length)
  let at = 0
  for (; at < args.length; at++) {
    const word = args[at] ?? ''
    if (valued.includes(word)) at++
    else if (!word.startsWith('-') && !(assigns && isAssignment(word))) break
  }
  const rest = args.slice(at + operands)
  return rest[0] === '--' ? rest.slice(1) : rest
}

/** Programs that serve by their name alone. */
const SERVERS =
  /^(gunicorn|uvicorn|hypercorn|daphne|granian|uwsgi|waitress-serve|puma|pumactl|unicorn|unicorn_rails|thin|rackup|passenger|falcon|php-fpm[\d.]*|apache2|apache2-foreground|apachectl|httpd|httpd-foreground|nginx|openresty|caddy|traefik|envoy|haproxy|frankenphp|supervisord|pm2-runtime|sidekiq|dramatiq|huey_consumer(\.py)?|remix-serve|catalina\.sh|postgres|mysqld|mariadbd|redis-server|mongod|memcached|nodemon)$/

/** Programs that serve by what follows them: the words, options left out, match. */
const SERVING_WORDS: readonly (readonly [program: RegExp, words: RegExp])[] = [
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
  [/^(rr|vault|consul|prometheus)$/, /^(serve|server|agent)\b/],
]

/** `python -m gunicorn` runs gunicorn. */
function moduleOf([program = '', ...args]: readonly string[]): readonly string[] | undefined {
  const at = args.indexOf('-m')
  return /^python[\d.]*$/.test(programName(program)) && at !== -1 ? args.slice(at + 1) : undefined
}

/** Does this program serve or work until somebody ends it? */
export function isServer(words: readonly string[]): boolean {
  const ofModule = moduleOf(words)
  if (ofModule !== undefined) return ofModule[0] === 'http.server' || isServer(ofModule)
  const [program = '', ...args] = words
  const name = programName(program)
  if (name === 'php' && args.includes('-S')) return true
  const plain = args.filter((word) => !word.startsWith('-')).join(' ')
  return SERVERS.test(name) || SERVING_WORDS.some((row) => row[0].test(name) && row[1].test(plain))
}

/** A program that reads its script from standard input where no word gives one; ECS gives it an empty one. */
interface Interpreter {
  readonly name: RegExp
  /** Options that give the script, or make it say something and end. */
  readonly scripted: RegExp
  /** Options that take the next word. */
  readonly valued?: RegExp
  /** Words besides that are no script: a client's database. */
  readonly operands?: number
}

const SAYS = '--version|--help'
const INTERPRETERS: readonly Interpreter[] = [
  {
    name: /^(node|nodejs)$/,
    scripted: RegExp(`^(${SAYS}|-[hv]|-[ep]+|--(eval|print|check|test|run)(=.*)?)$`),
    valued: /^(-r|--require|--import|--loader|-C)$/,
  },
  { name: /^(python|pypy)[\d.]*$/, scripted: RegExp(`^(${SAYS}|-h|-V+|-\\w*[cm].*)$`), valued: /^-[WX]$/ },
  { name: /^j?ruby[\d.]*$/, scripted: RegExp(`^(${SAYS}|-[hv]|-\\w*[eS].*)$`), valued: /^-[rIC]$/ },
  {
    name: /^php[\d.]*$/,
    scripted: RegExp(`^(${SAYS}|-[hv]|-[rfFBRSimz].*|--(run|file|info|ini|modules).*)$`),
    valued: /^-[dc]$/,
  },
  { name: /^perl[\d.]*$/, scripted: RegExp(`^(${SAYS}|-[hv]|-\\w*[eE].*)$`) },
  {
    name: /^psql$/,
    scripted: RegExp(`^(${SAYS}|-V|-[cfl].*|--(command|file|list).*)$`),
    valued: /^-[dhpUvPRTFoL]$/,
    operands: 2,
  },
  { name: /^(mysql|mariadb)$/, scripted: RegExp(`^(${SAYS}|-V|-e.*|--execute.*)$`), valued: /^-[hPuDS]$/, operands: 1 },
]

/** Does it read its script from standard input? */
export function isBareInterpreter([program = '', ...args]: readonly string[]): boolean {
  const kind = INTERPRETERS.find(({ name }) => name.test(programName(program)))
  if (kind === undefined) return false
  let operands = 0
  for (let at = 0; at < args.length; at++) {
    const word = args[at] ?? ''
    if (kind.scripted.test(word)) return false
    if (kind.valued?.test(word)) at++
    else if (!word.startsWith('-')) operands++
  }
  return operands <= (kind.operands ?? 0)
}
