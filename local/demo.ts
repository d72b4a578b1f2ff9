/** `npm run demo`: what this action does, shown on this machine. */
import { type DemoOptions, readOptions } from './demo/options.ts'
import { play, type Stage } from './demo/scene.ts'
import { bold, chapter, READING, type Screen, terminal } from './demo/screen.ts'
import { SIGN_UPS, scenes } from './demo/story.ts'
import { interruptible } from './interruptible.ts'
import { type Shop, startShop, TENANT_DATABASES } from './shop.ts'

const options = readOptions(process.argv.slice(2))
process.exitCode = await interruptible((interrupted) => run(options, interrupted))

async function run(options: DemoOptions, interrupted: AbortSignal): Promise<number> {
  const screen = terminal()
  const started = performance.now()
  const databases = [...new Set([...TENANT_DATABASES, ...options.databases])]
  const shop = await startShop({ databases, nat: !options.noNat })
  try {
    introduce(screen, shop, databases)
    const failed = await playAll({ shop, screen, options, interrupted })
    if (!interrupted.aborted) conclude(screen, failed, performance.now() - started)
    if (!interrupted.aborted && !options.fail) screen.write('See one that fails: npm run demo -- --fail')
    return failed.length === 0 ? 0 : 1
  } finally {
    await shop.close()
  }
}

function introduce(screen: Screen, { postgres, aws }: Shop, databases: readonly string[]): void {
  const parts = [
    ['PostgreSQL', `${postgres.host}:${postgres.port}`, databases.join(', ')],
    ['AWS', aws.url, 'ECS and CloudWatch Logs; a container is a real process'],
    ['runner', 'node dist/index.js', 'starts the built action as GitHub does, and reads its log by the same rules'],
    ['application', 'examples/app', 'what the container runs: the shop with its migrations'],
  ] as const
  chapter(
    screen,
    'A database migration as a one-off Fargate task, on this machine',
    'A shop serves several tenants from one server. Each has a database of its own with the same tables, and one image',
    "carries the migrations. In production they run as a task in the shop's private network. Here AWS is simulated on",
    'this machine, and what happens in it is real:',
    '',
    ...parts.map(([who, where, what]) => `  ${who.padEnd(12)} ${where.padEnd(24)} ${what}`),
    '',
    ...READING,
    'npm run demo -- --verbose unfolds the groups.',
  )
}

/** @returns the titles of the scenes that did not end as they must */
async function playAll(stage: Stage): Promise<readonly string[]> {
  const failed: string[] = []
  for (const scene of scenes(stage.options)) {
    if (stage.interrupted.aborted) break
    if (scene.ends === 'failed') for (const database of scene.databases) await stage.shop.query(database, SIGN_UPS)
    if (!(await play(stage, scene))) failed.push(scene.title)
  }
  return failed
}

function conclude(screen: Screen, failed: readonly string[], ms: number): void {
  screen.write('')
  const seconds = `${(ms / 1000).toFixed(0)} s`
  if (failed.length === 0) screen.write(bold(screen, `Everything ended as it should, in ${seconds}.`))
  else screen.write(bold(screen, `Not as it should (✗ above): ${failed.join('; ')}. ${seconds}.`))
}
