import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { type ActionRequest, runAction, type StageRun, type StepRun } from '../../local/runner/run-action.ts'

const actionYml = `
name: fake
inputs:
  who: { default: '\${{ github.actor }} and co' }
  two words: {}
  old: { deprecationMessage: use who }
runs: { using: node24, main: main.mjs, post: post.mjs }
`

const run = async (main: string, request: Partial<ActionRequest> = {}, post = ''): Promise<StepRun> => {
  const root = mkdtempSync(join(tmpdir(), 'fake-action-'))
  try {
    writeFileSync(join(root, 'action.yml'), actionYml)
    writeFileSync(join(root, 'main.mjs'), main)
    writeFileSync(join(root, 'post.mjs'), post)
    return await runAction({ root, ...request })
  } finally {
    rmSync(root, { recursive: true })
  }
}

const texts = (stage: StageRun | undefined): string[] => stage?.lines.map(({ text }) => text) ?? []
/** What the process itself printed. */
const printed = (stage: StageRun): string[] => texts(stage).slice(texts(stage).indexOf('##[endgroup]') + 1)

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const append = (file: string, text: string): string =>
  `import { appendFileSync } from 'node:fs'\nappendFileSync(process.env.GITHUB_${file}, ${JSON.stringify(text)})\n`

describe('the environment of a step', () => {
  test.concurrent('inputs, defaults, contexts and files, and nothing of this process', async () => {
    process.env.AWS_SECRET_ACCESS_KEY = 'leaked'
    const step = await run(`for (const [name, value] of Object.entries(process.env)) console.log(name + '=' + value)`, {
      inputs: { 'two words': ' x ', unknown: 'y' },
      env: { AWS_REGION: 'eu-west-1' },
      github: { run_id: '77' },
      debug: true,
    })
    delete process.env.AWS_SECRET_ACCESS_KEY
    const environment = printed(step)
    expect(environment).toEqual(
      expect.arrayContaining([
        'INPUT_WHO=octocat and co',
        'INPUT_TWO_WORDS= x ',
        'INPUT_OLD=',
        'INPUT_UNKNOWN=y',
        'AWS_REGION=eu-west-1',
        'GITHUB_ACTIONS=true',
        'CI=true',
        'GITHUB_RUN_ID=77',
        'GITHUB_RUN_ATTEMPT=1',
        'RUNNER_DEBUG=1',
        'RUNNER_OS=Linux',
        // A hosted runner's Node is new enough; this one may not be.
        'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED=true',
      ]),
    )
    for (const file of ['ENV', 'OUTPUT', 'PATH', 'STATE', 'STEP_SUMMARY']) {
      expect(environment.join('\n')).toMatch(
        new RegExp(`^GITHUB_${file}=.*/_runner_file_commands/\\w+_[0-9a-f-]{36}$`, 'm'),
      )
    }
    expect(environment.join('\n')).not.toContain('leaked')
    expect(step.annotations).toEqual([
      {
        type: 'warning',
        message: "Unexpected input(s) 'unknown', valid inputs are ['who', 'two words', 'old']",
        properties: {},
      },
    ])
  })

  test.concurrent('the log begins with what is run', async () => {
    const step = await run('console.log("out")', { inputs: { who: 'me' }, env: { A: 'b' }, uses: 'o/r@v1' })
    expect(texts(step)).toEqual(['##[group]Run o/r@v1', 'with:', '  who: me', 'env:', '  A: b', '##[endgroup]', 'out'])
    expect(texts(step.post)).toEqual(['Post job cleanup.'])
  })

  test.concurrent('there is no standard input, and the job folder is gone afterwards', async () => {
    const step = await run(`
      process.stdin.resume().on('end', () => console.log(process.env.RUNNER_TEMP))`)
    expect(printed(step)).toHaveLength(1)
    expect(existsSync(printed(step)[0] ?? '')).toBe(false)
  })

  test.concurrent('a given job folder stays', async () => {
    const jobFolder = mkdtempSync(join(tmpdir(), 'job-'))
    await run(`import { writeFileSync } from 'node:fs'\nwriteFileSync(process.env.RUNNER_TEMP + '/kept', 'x')`, {
      jobFolder,
    })
    expect(readFileSync(join(jobFolder, '_temp', 'kept'), 'utf8')).toBe('x')
    rmSync(jobFolder, { recursive: true })
  })
})

describe('values for the runner', () => {
  test.concurrent('outputs, state, variables, paths and summary come from the files', async () => {
    const step = await run(
      append('OUTPUT', 'a=1\nb<<X\n2\n3\nX\n') +
        append('STATE', 's=4\n').replace(/^import.*$/m, '') +
        append('ENV', 'E=5\nnode_options=x\n').replace(/^import.*$/m, '') +
        append('PATH', '/six\n/seven\n').replace(/^import.*$/m, '') +
        append('STEP_SUMMARY', '# 8 topsecret\n').replace(/^import.*$/m, ''),
      { secrets: ['topsecret'] },
      `console.log(process.env.STATE_s, process.env.E, process.env.PATH.split(':').slice(0, 2).join(':'), process.env.NODE_OPTIONS)`,
    )
    expect(step).toMatchObject({
      conclusion: 'success',
      outputs: { a: '1', b: '2\n3' },
      state: { s: '4' },
      env: { E: '5' },
      path: ['/six', '/seven'],
      summary: '# 8 ***\n',
    })
    expect(step.annotations[0]?.message).toBe("Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.")
    expect(texts(step.post)).toEqual(['Post job cleanup.', '4 5 /seven:/six undefined'])
  })

  test.concurrent('a file cut off in the middle fails the step and keeps what came before', async () => {
    const step = await run(append('STATE', 'a=1\nb<<X\n2'), {}, 'console.log(process.env.STATE_a, process.env.STATE_b)')
    expect(step.conclusion).toBe('failure')
    expect(step.annotations.map(({ message }) => message)).toEqual([
      "Unable to process file command 'state' successfully.",
      'Invalid value. EOF marker missing new line.',
    ])
    expect(texts(step.post)).toContain('1 undefined')
  })

  test.concurrent('a summary above 1 MiB is not shown, which does not fail the step', async () => {
    const exact = await run(append('STEP_SUMMARY', 'x'.repeat(1024 * 1024)))
    expect(exact.summary).toHaveLength(1024 * 1024)
    const above = await run(append('STEP_SUMMARY', 'x'.repeat(1024 * 1024 + 1)))
    expect(above).toMatchObject({ conclusion: 'success', annotations: [{ type: 'error' }] })
    expect(above.summary).toBeUndefined()
  })

  test.concurrent('stderr is read by the same rules as stdout', async () => {
    const step = await run(`
      import { writeSync } from 'node:fs'
      writeSync(1, 'one\\n::set-output name=a::1\\n')
      writeSync(2, 'two\\n::set-output name=b::2\\n')`)
    expect({ ...step.outputs }).toEqual({ a: '1', b: '2' })
    expect(
      printed(step)
        .filter((line) => !line.startsWith('##['))
        .sort(),
    ).toEqual(['one', 'two'])
  })
})

describe('a step', () => {
  test.concurrent('ends by its exit code: 0 is success, another code failure', async () => {
    expect(await run('')).toMatchObject({ conclusion: 'success', exitCode: 0 })
    expect(await run('process.exit(3)')).toMatchObject({ conclusion: 'failure', exitCode: 3 })
  })

  test.concurrent('fails by a command that fails, though it exits 0', async () => {
    expect(await run(`console.log('::set-env name=a::b')`)).toMatchObject({ conclusion: 'failure', exitCode: 0 })
  })

  test.concurrent('ends at once by a refused token, while its process lives', async () => {
    let pid = 0
    const step = await run(
      `console.log('::stop-commands::')\nconsole.log('::set-output name=late::x')\nsetInterval(() => {}, 1000)`,
      {
        onStart: (stage, started) => {
          if (stage === 'main') pid = started
        },
      },
    )
    expect(step).toMatchObject({ conclusion: 'failure', outputs: {} })
    expect(step.post?.conclusion).toBe('success')
    expect(alive(pid)).toBe(false)
  })

  test.concurrent('is waited for no longer than 5 s where a grandchild keeps its output open', async () => {
    const step = await run(`
      import { spawn } from 'node:child_process'
      spawn('sleep', ['60'], { stdio: 'inherit' })
      console.log('done')
      process.exit(0)`)
    expect(step.conclusion).toBe('success')
    expect(step.durationMs).toBeGreaterThan(4900)
    expect(step.durationMs).toBeLessThan(7000)
  }, 15_000)

  test.concurrent('without such a node binary is an error of the stand-in', async () => {
    await expect(run('', { node: '/no/such/node' })).rejects.toThrow('ENOENT')
  })

  const listening = `console.log('ready')\nsetInterval(() => {}, 1000)\n`
  /** Aborts when the step has printed `ready`. */
  const whenReady = () => {
    const abort = new AbortController()
    const onLine: ActionRequest['onLine'] = ({ text }) => {
      if (text === 'ready') abort.abort()
    }
    return { signal: abort.signal, onLine }
  }

  test.concurrent('that is cancelled gets SIGINT, may write its files, and post runs with its state', async () => {
    const { signal, onLine } = whenReady()
    const main = `
      import { appendFileSync } from 'node:fs'
      process.on('SIGINT', () => { appendFileSync(process.env.GITHUB_STATE, 's=x\\n'); process.exit(0) })
      ${listening}`
    const step = await run(main, { cancel: signal, onLine }, 'console.log(process.env.STATE_s)')
    expect(step).toMatchObject({
      conclusion: 'cancelled',
      exitCode: 0,
      annotations: [{ message: 'The operation was canceled.' }],
    })
    expect(texts(step.post)).toContain('x')
  })

  test.concurrent('that is cancelled gets SIGTERM after 7.5 s and SIGKILL after 2.5 s more', async () => {
    const { signal, onLine } = whenReady()
    const main = `
      for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => console.log(name))
      ${listening}`
    const step = await run(main, { cancel: signal, onLine })
    expect(step).toMatchObject({ conclusion: 'cancelled', signal: 'SIGKILL' })
    const at = (wanted: string) => step.lines.find(({ text }) => text === wanted)?.at ?? Number.NaN
    expect(at('SIGINT') - at('ready')).toBeLessThan(500)
    expect(at('SIGTERM') - at('SIGINT')).toBeGreaterThan(7300)
    expect(at('SIGTERM') - at('SIGINT')).toBeLessThan(8000)
    expect(step.durationMs).toBeLessThan(11_500)
  }, 20_000)

  test.concurrent('that is killed has a post step all the same', async () => {
    const { signal, onLine } = whenReady()
    const main = append('STATE', 's=x\n') + listening
    const step = await run(main, { kill: signal, onLine }, 'console.log(process.env.STATE_s)')
    expect(step).toMatchObject({ conclusion: 'failure', signal: 'SIGKILL' })
    expect(texts(step.post)).toContain('x')
  })

  test.concurrent('that is cancelled in a container lives on unaware while post runs, and ends with the job', async () => {
    const { signal, onLine } = whenReady()
    let pid = 0
    let livedInPost = false
    const step = await run(`process.on('SIGINT', () => console.log('signalled'))\n${listening}`, {
      cancel: signal,
      jobContainer: true,
      onLine,
      onStart: (stage, started) => {
        if (stage === 'main') pid = started
        else livedInPost = alive(pid)
      },
    })
    expect(step.conclusion).toBe('cancelled')
    expect(texts(step)).not.toContain('signalled')
    expect(livedInPost).toBe(true)
    expect(alive(pid)).toBe(false)
  })

  test.concurrent('that takes longer than timeout-minutes fails, saying so', async () => {
    const step = await run(listening, { timeoutMinutes: 0.01 })
    expect(step).toMatchObject({ conclusion: 'failure', signal: 'SIGINT' })
    expect(texts(step)).toContain("##[error]The action 'Run ./' has timed out after 0.01 minutes.")
  })

  test.concurrent('has no post where the machine is gone', async () => {
    expect((await run('', { post: false })).post).toBeUndefined()
  })
})
