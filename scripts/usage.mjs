/**
 * What `npm run NAME -- --help` prints, for each command of package.json: usage, what it does, how long it takes on two
 * cores once everything is installed, and its options. bootstrap.mjs takes for an option what a line begins with.
 */
export const USAGES = {
  acceptance: `npm run acceptance -- [options]

Plays the acceptance stories: the built action as real steps, and what is assumed of AWS beside what was seen.
Without --account they are played against the AWS in local/, which shows that the stories hold, and nothing of AWS.
Takes under a minute locally; how long in an account, and what it costs: docs/acceptance.md. Needs openssl.

  --only STORY        this one alone; may be repeated
  --slow              also those that wait for hours (locally the clock is set forward)
  --out FOLDER        where the recording goes (on AWS build/recorded/DATE, locally nowhere)

In an account of AWS, with the credentials of the shell:

  --account NUMBER    the account; another one's credentials are refused
  --region REGION     where
  --prefix NAME       begins the names of all that is made (migration-acceptance)
  --image URI         a public image made from acceptance/image; without it docker builds and pushes it
  --yes               do not ask
  --keep              take nothing down in the end
  --down              only take down what a run with this prefix has left
  --boundary ARN      a policy that bounds every role that is made

A real database, for the story that asks one; all four or none:

  --database-secret ARN
  --database-name NAME
  --database-subnets IDS
  --database-security-groups IDS
`,

  adopt: `npm run adopt -- OWNER/REPOSITORY

Writes the repository in which this action is published into README, examples, pages and checks, in place of the one
that stands there: at first the placeholder org/…. Changes the working tree and commits nothing. Takes seconds.
`,

  bench: `npm run bench -- [options] [part …]

Measures dist/ against a local AWS and prints a table. Takes 26 minutes: AWS's waiter is late by minutes.
Parts, all of them when none is named:

  start      node start to the first AWS call; size of dist
  exit       container exit to step end, and to the next launch
  latency    log line readable to printed, for 1, 10 and 100 streams
  lines      10,000 and 100,000 log lines: how far behind, memory, CPU
  calls      API calls and time for 1, 10, 100 and 500 databases
  hostile    1 MB of hostile text in one line against 100 kB, in this process

  --quick        fewer and shorter runs: 2 minutes
  --node PATH    the Node that runs the action (this one)
  --write        also put the table into docs/performance.md; with some parts only, nothing but their rows would be
                 left there, so it wants all of them
`,

  build: `npm run build

Writes dist/, which is committed, from src/. Takes 5 seconds.
`,

  check: `npm run check

Types (tsc) and lint (biome) of everything. Takes 5 seconds; \`npx biome check --write\` fixes the formatting.
`,

  'check-docs': `npm run check-docs -- [options]

Checks README.md, docs/ and the example workflows: snippets parse and use inputs that exist, links and file names lead
somewhere, generated parts are what their commands make. Takes a second, and is part of npm test.

  --extract FOLDER    also write each snippet there as a file, for actionlint and shellcheck
`,

  demo: `npm run demo -- [options]

Migrates the databases of a small shop with this action, on this machine: a real PostgreSQL, real migrations, the built
dist/ in a stand-in for the GitHub runner, and a local AWS. Needs no account, no Docker, and leaves nothing behind.
Takes half a minute.

  --database NAME       a database to migrate, may be repeated
                        (fintech_experiment, healthtech_experiment, startupwebapp_prod)
  --fail                show a migration that fails, on the first database only
  --no-nat              show what happens when the private subnets have no way out
  --dry-run             show what would be registered and run, and start nothing
  --all-at-once [N]     all databases in one step, N at the same time (default: all)
  --command '…'         another command for the container, e.g. 'node dist/migrate.js --also dist/rehearsals/slow'
  --cancel-after S      cancel the workflow S seconds after a container has started
  --input NAME=VALUE    any other input of the action, may be repeated
  --verbose             what is folded (▶) is shown, too: the step's inputs, and what is changed for it
  --debug               as with debug logging enabled on GitHub
  --timestamps          the time before each line

Exits 0 when everything ended as it should; with --fail that means that the step failed.
`,

  django: `npm run django

examples/django as its Dockerfile makes it, without Docker: its tests run, and its image migrates three databases of a
real PostgreSQL as tasks of a local AWS. Takes a minute; the first time it installs Django below build/tools. Needs
Python with venv.
`,

  faults: `npm run faults -- [options]

The fault matrix: runs dist/ once for each cell (an operation, a kind of fault, how often; or two of them) and judges
each by the same invariants. Prints for each red cell the command that plays it again, then the matrix and its counts.
All cells take hours, in an order that the seed decides; --minutes or --cells take a sample.

  --minutes M       begin no cell after that
  --cells N         so many cells
  --seed S          the order (a new one each time, printed)
  --at-once K       so many at the same time (6)
  --only PATTERN    cells whose id the regular expression finds
  --cell ID         this one, with all that it printed
`,

  interleavings: `npm run interleavings -- [options]

Two or three steps of the action for one database at once, under lags, faults and cancels that each seed decides: never
two containers at once. Takes a minute or two for 20 runs.

  --runs N       so many (20)
  --seed S       of the first run (a new one each time, printed)
  --at-once K    so many at the same time (3)
  --show         print the whole account of each run
`,

  local: `npm run local -- [options]

Keeps an AWS (ECS, CloudWatch Logs, STS, EC2, ECR) and a PostgreSQL up on this machine until Ctrl-C, with the cluster,
the task definition and the empty databases of the example shop, and prints how to use them. Is up after 3 seconds.

  --port N                 where the AWS listens (any free port)
  --image URI=FOLDER       another image: a folder in which its command is run, may be repeated. The command is that of the
                           step: npm run step -- image-uri=URI command='venv/bin/python manage.py migrate' …
  --secret ARN=VALUE       another secret, a JSON object where a definition picks a key, may be repeated
`,

  mutations: `npm run mutations -- [NAME …]

Takes one guard at a time out of a copy of the source, builds that, and shows that a named test turns red. The guards are
in scripts/guards.ts; all of them when none is named. Takes about a minute for each.
`,

  pictures: `npm run pictures -- [NAME …]

Draws the example summaries as GitHub shows them, below build/summaries, and those of README; checks the pages. Takes a
minute, and installs a Markdown parser and mermaid the first time. Needs Chromium.

CHROMIUM names the browser (/usr/bin/chromium); OPEN=yes unfolds everything.
`,

  readme: `npm run readme -- [options]

Writes the tables of inputs and outputs in README.md from action.yml. Takes a second.

  --check    write nothing, and exit 1 where README.md is another
`,

  settled: `npm run settled -- [options]

Writes into README.md and docs/ what recordings of a real account have shown. Takes a second.

  --check    write nothing, and exit 1 where a page is another
`,

  step: `npm run step -- [options] INPUT=VALUE …

Runs the action with these inputs (the names of action.yml) and shows its log as GitHub does, then its outputs and the
job summary. The AWS_* variables of the shell are given to it, as those for proxies are: \`npm run local\` prints some to
try it with. Exits 0 when the step passed. Takes as long as the migration.

  --verbose    unfold the log's groups (▶)
  --debug      as with debug logging enabled on GitHub
`,

  test: `npm test -- [file or name …] [options of jest]

Builds dist/ where src/ has changed, for the scenarios run what is built; then runs the tests. All of them take 3 minutes
on two quiet cores, and one file seconds. -t 'WORDS' chooses by title; npx jest --help has the rest.
`,

  tools: `npm run tools

Migrations that fail for real: Django, node-pg-migrate and golang-migrate run as the container against a PostgreSQL, on a
conflict that only the database knows, and the step must name the cause. Takes a minute; the first time it installs the
tools below build/tools. Needs Python with venv, npm and Go.
`,

  troubleshooting: `npm run troubleshooting -- [options]

Writes docs/troubleshooting.md from the tables in src/explain/. Takes a second.

  --check    write nothing, and exit 1 where the page is another
`,
}
