import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

/** What the runner needs of a JavaScript action's action.yml. */
export interface ActionMetadata {
  readonly name: string
  /** `node24`, `node20`. */
  readonly using: string
  /** Scripts, relative to the action's folder. */
  readonly main: string
  readonly post?: string
  readonly postIf: string
  readonly inputs: readonly InputMetadata[]
}

interface InputMetadata {
  readonly name: string
  /** As written; may hold `${{ github.… }}`. */
  readonly default?: string
  readonly deprecationMessage?: string
}

export type Conclusion = 'success' | 'failure' | 'cancelled'

interface RawMetadata {
  readonly name?: string
  readonly inputs?: Readonly<
    Record<string, { readonly default?: unknown; readonly deprecationMessage?: string } | null>
  >
  readonly runs?: {
    readonly using?: string
    readonly main?: string
    readonly pre?: string
    readonly post?: string
    readonly 'post-if'?: string
  }
}

/**
 * Reads action.yml of a JavaScript action.
 *
 * @param root the action's folder
 * @throws when it is not a JavaScript action, or has a `pre` step, which this stand-in does not run
 */
export function readActionMetadata(root: string): ActionMetadata {
  const file = join(root, 'action.yml')
  const raw = parse(readFileSync(file, 'utf8')) as RawMetadata
  const { using, main, pre, post, 'post-if': postIf } = raw.runs ?? {}
  if (!using?.startsWith('node') || main === undefined) throw new Error(`${file} does not describe a JavaScript action`)
  if (pre !== undefined) throw new Error(`${file} has a pre step, which the runner stand-in does not run`)
  return {
    name: raw.name ?? '',
    using,
    main,
    ...(post === undefined ? {} : { post }),
    postIf: postIf ?? 'always()',
    inputs: Object.entries(raw.inputs ?? {}).map(([name, input]) => ({
      name,
      ...(input?.default === undefined || input.default === null ? {} : { default: String(input.default) }),
      ...(input?.deprecationMessage === undefined ? {} : { deprecationMessage: input.deprecationMessage }),
    })),
  }
}

/** Puts values of the `github` context into `${{ github.x }}`, the only expressions a default of ours may hold. */
export function evaluateDefault(text: string, github: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{(.*?)\}\}/g, (expression, inner: string) => {
    const name = /^\s*github\.(\w+)\s*$/.exec(inner)?.[1]
    if (name === undefined) throw new Error(`The runner stand-in cannot evaluate ${expression}`)
    return github[name] ?? ''
  })
}

/** Whether a post step with this `post-if` runs after a job that stands so. */
export function postRuns(condition: string, job: Conclusion): boolean {
  const [, not, name] =
    /^\s*(?:\$\{\{)?\s*(!?)\s*(always|success|failure|cancelled)\(\)\s*(?:\}\})?\s*$/.exec(condition) ?? []
  if (name === undefined) throw new Error(`The runner stand-in cannot evaluate post-if: ${condition}`)
  const holds = name === 'always' || name === job
  return not === '!' ? !holds : holds
}
