import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import {
  allProblems,
  brokenLinks,
  brokenPaths,
  brokenReferences,
  type Published,
  problemsOfSnippet,
  problemsOfUse,
  readPublished,
  snippetsIn,
  wholeWorkflow,
  workflows,
} from '../../scripts/check-docs.ts'
import { staleIn } from '../../scripts/generated.ts'

describe('what README, docs and examples tell people to copy', () => {
  it('parses, uses inputs that exist with those that are required, links lead somewhere, generated parts are up to date', () => {
    expect(allProblems()).toEqual([])
  })
})

it('README shows a refusal as the approved transcript has it', () => {
  const oneLine = (text: string): string => text.replace(/\s+/g, ' ')
  const transcript = readFileSync('__tests__/scenarios/approved/subnets-without-a-way-out.txt', 'utf8')
  const samples = snippetsIn('README.md', readFileSync('README.md', 'utf8')).filter(
    ({ language }) => language === 'text',
  )
  expect(samples).toHaveLength(1)
  expect(oneLine(transcript)).toContain(oneLine(samples[0]?.text.replace('Error: ', '##[error]') ?? ''))
})

describe('the check itself', () => {
  const published: Published = { action: { image: { required: true }, size: {} }, workflow: { image: {} } }
  const page = ['# Title', '- item:', '', '  ```yaml', '  a: 1', '  ```', '```sh', 'true', '```'].join('\n')

  it('finds fenced blocks with their lines, also in a list', () => {
    expect(snippetsIn('p.md', page)).toEqual([
      { file: 'p.md', line: 5, language: 'yaml', text: 'a: 1\n' },
      { file: 'p.md', line: 8, language: 'sh', text: 'true\n' },
    ])
  })

  it('names an input that does not exist and one that is missing, however deep', () => {
    const document = { jobs: { a: { steps: [{ uses: 'org/run-ecs-migration@v1', with: { colour: 'red' } }] } } }
    expect(problemsOfUse(document, published)).toEqual([
      'org/run-ecs-migration@v1 has no input colour',
      'org/run-ecs-migration@v1 needs the input image',
    ])
  })

  it('holds calls of the reusable workflow to its own inputs', () => {
    const uses = 'org/run-ecs-migration/.github/workflows/migrate.yml@v1'
    expect(problemsOfUse({ uses, with: { size: 1 } }, published)).toEqual([`${uses} has no input size`])
  })

  it('names what a command would write anew', () => {
    const page = readFileSync('README.md', 'utf8')
    expect(staleIn('readme', { 'README.md': page })).toEqual([])
    expect(staleIn('readme', { 'README.md': `${page}x` })).toEqual([
      'README.md: not what its source says. Run: npm run readme',
    ])
  })

  it('leaves other actions alone', () => {
    expect(problemsOfUse({ uses: 'actions/checkout@v7', with: { colour: 'red' } }, published)).toEqual([])
  })

  it('says where YAML or JSON does not parse', () => {
    const broken = { file: 'p.md', line: 7, text: '{"a": [}' }
    for (const language of ['yaml', 'json']) {
      expect(problemsOfSnippet({ ...broken, language }, published)).toEqual([
        expect.stringMatching(new RegExp(`^p\\.md:7: the ${language} does not parse: `)),
      ])
    }
  })

  it('finds a link to a file or a heading that is not there', () => {
    const links =
      '[a](setup.md) [b](nowhere.md) [c](setup.md#4-github) [d](setup.md#no-such) [e](https://example.com) <img src="no.png">'
    expect(brokenLinks('docs/page.md', links)).toEqual([
      'docs/page.md: the link to nowhere.md leads nowhere',
      'docs/page.md: docs/setup.md has no heading #no-such',
      'docs/page.md: the link to no.png leads nowhere',
    ])
  })

  it('finds files that a page names and that are not there', () => {
    const text = 'In `src/index.ts`, `watch.ts` and `src/nowhere/`; `lost.ts` and `__tests__/gone.test.ts` are not.'
    expect(brokenPaths('p.md', text, new Set(['watch.ts']))).toEqual([
      'p.md: there is no src/nowhere/',
      'p.md: there is no lost.ts',
      'p.md: there is no __tests__/gone.test.ts',
    ])
  })

  it('finds references in comments that lead nowhere', () => {
    const source = '// docs/platform-facts.md#client-token docs/nowhere.md docs/platform-facts.md#no-such'
    expect(brokenReferences('src/x.ts', source)).toEqual([
      'src/x.ts: docs/nowhere.md leads nowhere',
      'src/x.ts: docs/platform-facts.md has no heading #no-such',
    ])
  })

  it('makes steps and jobs into whole workflows, and nothing else', () => {
    expect(parse(wholeWorkflow('- run: true') ?? '')).toMatchObject({ jobs: { snippet: { needs: expect.anything() } } })
    expect(parse(wholeWorkflow('notify: {steps: []}') ?? '')).toMatchObject({ jobs: { notify: { steps: [] } } })
    expect(wholeWorkflow('command: flyway migrate')).toBeUndefined()
  })
})

describe('.github/workflows/migrate.yml', () => {
  interface Reusable {
    readonly jobs: {
      readonly migrate: { readonly steps: readonly [{ readonly with: Readonly<Record<string, string>> }] }
    }
  }
  const workflow = parse(readFileSync('.github/workflows/migrate.yml', 'utf8')) as Reusable
  const passed = workflow.jobs.migrate.steps[0].with
  const { action, workflow: offered } = readPublished()

  it('passes every input of the action on', () => {
    expect(Object.keys(passed).sort()).toEqual(Object.keys(action).sort())
  })

  it.each(Object.keys(action).filter((name) => name !== 'image-uri'))('offers %s under its own name', (name) => {
    expect(passed[name]).toBe(`\${{ inputs.${name} }}`)
  })

  it('has the defaults of the action', () => {
    const shared = Object.keys(offered).filter((name) => name in action && offered[name]?.required !== true)
    const defaults = (inputs: Published['action']) =>
      Object.fromEntries(shared.map((name) => [name, String(inputs[name]?.default ?? '')]))
    expect(defaults(offered)).toEqual(defaults(action))
  })
})

it('every example that names the subnets of the set-up takes its way out too', () => {
  const examples = workflows().map((file) => readFileSync(file, 'utf8'))
  const count = (use: RegExp) => examples.map((example) => [...example.matchAll(use)].length)
  expect(count(/ assign-public-ip: .* vars\.MIGRATION_PUBLIC_IP \|\| 'false' /g)).toEqual(
    count(/ subnets: .* vars\.MIGRATION_SUBNETS /g),
  )
})

describe('third-party actions', () => {
  const uses = workflows().flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^\s*(?:- )?uses: (.+)$/gm)].map(([, text = '']) => text),
  )

  it('are pinned by commit, with the version beside it', () => {
    const unpinned = uses.filter(
      (text) =>
        !/^[\w-]+\/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(text) &&
        !text.startsWith('org/run-ecs-migration') &&
        text !== './', // this repository, as it is checked out
    )
    expect(unpinned).toEqual([])
  })

  it('are the same commit wherever they are used', () => {
    const commits = new Map<string, Set<string>>()
    for (const text of uses) {
      const [repository = '', commit = ''] = text.split('@')
      const key = repository.split('/').slice(0, 2).join('/')
      commits.set(key, (commits.get(key) ?? new Set()).add(commit))
    }
    expect([...commits].filter(([, found]) => found.size > 1)).toEqual([])
  })
})

describe('action-types.yml', () => {
  interface Described {
    readonly inputs: Readonly<Record<string, unknown>>
    readonly outputs: Readonly<Record<string, unknown>>
  }
  const described = parse(readFileSync('action.yml', 'utf8')) as Described
  const typed = parse(readFileSync('action-types.yml', 'utf8')) as Described

  it('types every input and output of action.yml', () => {
    expect(Object.keys(typed.inputs)).toEqual(Object.keys(described.inputs))
    expect(Object.keys(typed.outputs)).toEqual(Object.keys(described.outputs))
  })
})
