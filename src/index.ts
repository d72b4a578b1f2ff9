/** The one bundle: `dist/index.js` is the main step, `dist/post.js` loads the same bundle and is the post step. */

import { error as annotateError, debug } from '@actions/core'
import { CommandSwitch } from './github/command-switch.ts'
import { main } from './main.ts'
import { post } from './post.ts'
import { errorText } from './text.ts'

// The runner starts each by its own file. Saved state would not do: a main step that is killed before it saves any
// would be run a second time as post.
const isPost = process.argv[1]?.endsWith('post.js') === true
const write = (text: string): void => void process.stdout.write(text)
const commands = new CommandSwitch(write)
const unread = new AbortController()
// Nobody reads any more what is printed: that is no error, but ends the main step as a cancel does.
process.stdout.on('error', () => unread.abort())
process.stderr.on('error', () => {})
process.on('unhandledRejection', ended)
process.on('uncaughtException', ended)
void run()

async function run(): Promise<void> {
  try {
    process.exitCode = await (isPost ? post(write) : main({ write, commands, unread: unread.signal }))
  } catch (error) {
    ended(error)
  }
  // A connection that hangs must not keep the step alive.
  setTimeout(() => process.exit(), 500).unref()
}

/** What is left here is our mistake, never the user's: it says so, and the post step still cleans up. */
function ended(error: unknown): void {
  commands.on()
  const reason = errorText(error)
  annotateError(
    `The action itself failed: ${reason}. Whether a task still runs is not known here; the post step looks for it. Please report this with the debug log (re-run with debug logging enabled).`,
    { title: 'run-ecs-migration: a bug of the action' },
  )
  debug(error instanceof Error ? (error.stack ?? reason) : reason)
  process.exit(1)
}
