/** Steps of the built action on the example shop, with a real tool as the container, shown as GitHub shows them. */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Check, chapter, quote, type Screen, showChecks, terminal } from '../../local/demo/screen.ts'
import { interruptible } from '../../local/interruptible.ts'
import { repositoryRoot } from '../../local/repository.ts'
import { logPrinter } from '../../local/runner/print.ts'
import { runAction, type StepRun } from '../../local/runner/run-action.ts'
import { summaryText } from '../../local/runner/summary-text.ts'
import { NAMES, type Shop } from '../../local/shop.ts'
import { buildPythonStage } from './dockerfile.ts'

export const root = repositoryRoot()

/** What is installed for these scripts is kept here from run to run. */
export function toolFolder(name: string): string {
  const folder = join(root, 'build', 'tools', name)
  mkdirSync(folder, { recursive: true })
  return folder
}

/** A stage of examples/django, as far as it can be built without Docker. */
export const djangoStage = (stage: 'development' | 'production') =>
  buildPythonStage(join(root, 'examples', 'django'), stage, toolFolder(`django-${stage}`))

export interface Play {
  readonly screen: Screen
  readonly shop: Shop
  readonly interrupted: AbortSignal
}

/** One step with these inputs besides the shop's own; shows its log and the job summary. */
export async function playStep(play: Play, title: string, inputs: Readonly<Record<string, string>>): Promise<StepRun> {
  const { screen, shop, interrupted } = play
  chapter(screen, title)
  const step = await runAction({
    root,
    uses: 'org/run-ecs-migration@v1',
    inputs: {
      'image-uri': NAMES.image,
      'task-definition': NAMES.taskDefinition,
      cluster: NAMES.cluster,
      subnets: NAMES.subnets.join(','),
      'security-groups': NAMES.securityGroup,
      ...inputs,
    },
    env: shop.aws.environment,
    secrets: [shop.aws.environment.AWS_SECRET_ACCESS_KEY ?? ''],
    cancel: interrupted,
    onLine: logPrinter({ write: (line) => quote(screen, line), colour: screen.colour }),
  })
  screen.write('')
  screen.write('The job summary, on the page of the run:')
  quote(screen, summaryText(step.summary ?? ''))
  screen.write('')
  return step
}

/** Runs the scenes; each gives what must hold of it. @returns the exit code */
export function playAll(work: (screen: Screen, interrupted: AbortSignal) => AsyncIterable<readonly Check[]>) {
  return interruptible(async (interrupted) => {
    const screen = terminal()
    let held = true
    for await (const checks of work(screen, interrupted)) {
      showChecks(screen, checks)
      held &&= checks.every((check) => check.held)
      if (interrupted.aborted) break
    }
    screen.write(held ? '\nEverything ended as it should.' : '\nNot as it should: ✗ above.')
    return held ? 0 : 1
  })
}

/** Installs a tool where it is not there already. */
export async function installOnce(file: string, install: () => Promise<unknown>): Promise<string> {
  if (!existsSync(file)) await install()
  return file
}
