import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { interpretOutput } from '../../local/runner/step-output.ts'
import { LogFiles, makeFolder } from '../../src/github/log-files.ts'
import { StepLog } from '../../src/github/step-log.ts'
import { redactor } from '../../src/report/redact.ts'
import { cut, plain } from '../../src/text.ts'
import { hostileText } from './hostile-text.ts'

const folder = mkdtempSync(join(tmpdir(), 'step-log-'))
afterAll(() => rmSync(folder, { recursive: true }))
let folders = 0
const redact = redactor()

function open(prefixed = false) {
  let text = ''
  const own = join(folder, String(folders++))
  makeFolder(own)
  const files = new LogFiles(own)
  const write = (more: string): void => {
    text += more
  }
  const log = new StepLog({ write, files, redact, prefixed })
  return { log, written: () => text }
}

const databaseName = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 20 })
  .filter((name) => !/[\s,\u0000-\u001f\u007f-\u009f]/.test(name))

/** One of the things that the action prints, and the commands of our own in it. */
interface Act {
  readonly print: (log: StepLog, database: string) => void
  readonly commands: readonly (readonly [name: string, data: string])[]
}

const annotated = (text: string): string => cut(redact(plain(text)), 4_096)

const words = hostileText.chain((text) =>
  fc.constantFrom<Act>(
    { print: (log, database) => log.container(database, [text, 'next']), commands: [] },
    { print: (log, database) => log.say(database, text), commands: [] },
    { print: (log, database) => log.warn(database, text), commands: [] },
    { print: (log, database) => log.notice(database, text), commands: [] },
    { print: (log) => log.line(text), commands: [] },
    {
      print: (log) => log.group('our words', [text, text]),
      commands: [
        ['group', 'our words'],
        ['endgroup', ''],
      ],
    },
    { print: (log) => log.annotate('error', text, 'our words'), commands: [['error', annotated(text)]] },
    { print: (log) => log.annotate('warning', text), commands: [['warning', annotated(text)]] },
  ),
)

describe('what the step prints', () => {
  it('is obeyed only where it is our own command, whatever container, AWS and database names say', () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 12 }), databaseName, fc.boolean(), (acts, database, prefixed) => {
        const { log, written } = open(prefixed)
        for (const { print } of acts) print(log, database)
        const { output, aborted } = interpretOutput(written())
        // Stops and their ends beside; the token is random.
        const obeyed = output.commands.filter(({ name }) => name !== 'stop-commands' && !/^[0-9a-f-]{36}$/.test(name))
        expect(aborted).toBe(false)
        expect(obeyed.map(({ name, data }) => [name, data])).toEqual(acts.flatMap(({ commands }) => commands))
        expect(output.failed).toBe(false)
        expect([...Object.keys(output.env), ...output.path]).toEqual([])
      }),
      { numRuns: 400 },
    )
  })

  it('cannot be resumed by who does not know the token, and each stop has another', () => {
    const tokens = new Set<string>()
    for (let round = 0; round < 20; round++) {
      const { log, written } = open()
      log.container('shop', ['a'])
      const token = /::stop-commands::(.*)/.exec(written())?.[1] ?? ''
      expect(token.length).toBeGreaterThan(30)
      tokens.add(token)
      log.container('shop', [`::${token}::`, `::${token.toUpperCase()}::`, '::set-output name=a::b'])
      expect(interpretOutput(written()).output.commands.map(({ name }) => name)).toEqual(['stop-commands'])
    }
    expect(tokens.size).toBe(20)
  })

  it('switches our own commands on again between two lines of a container', () => {
    const { log, written } = open()
    log.container('shop', ['one'])
    log.annotate('error', 'what\nhappened: 100%', 'a, b: c')
    log.container('shop', ['::error::forged'])
    const { output } = interpretOutput(written())
    expect(output.annotations).toEqual([
      { type: 'error', message: 'what\nhappened: 100%', properties: { title: 'a, b: c' } },
    ])
  })

  it('prints a page of any length', () => {
    const { log, written } = open()
    const messages = Array.from({ length: 300_000 }, (_, index) => `line ${index}`)
    log.container('shop', messages)
    log.group('All of it', messages)
    expect(written().match(/^line \d+$/gm)).toHaveLength(600_000)
  })

  it('begins every line about a database with its name, where several are migrated', () => {
    const { log, written } = open(true)
    log.say('crm', 'Started')
    log.container('shop', ['one\ntwo', 'three'])
    log.line('about the run')
    const lines = written()
      .split('\n')
      .filter((line) => !line.startsWith('::'))
    expect(lines).toEqual(['[crm] Started', '[shop] one', '[shop] two', '[shop] three', 'about the run', ''])
  })

  it('stars a database’s name that holds a password, before every line', () => {
    const { log, written } = open(true)
    for (const print of [log.say, log.warn, log.notice]) print.call(log, 'postgres://u:s3cret@db/shop', 'words')
    log.container('postgres://u:s3cret@db/shop', ['one'])
    expect(written()).not.toContain('s3cret')
    expect(written()).toContain('[***] one\n')
  })

  it('stars passwords in our own words', () => {
    const { log, written } = open()
    log.warn('shop', 'cannot reach postgres://app:s3cret@db/shop')
    log.annotate('error', 'postgres://app:s3cret@db/shop')
    expect(written()).not.toContain('s3cret')
    expect(log.warnings).toEqual(['cannot reach ***'])
  })
})

describe('the log file', () => {
  it('holds the container’s words as they were, one file a database', () => {
    const { log } = open(true)
    log.container('a/b', ['::error::x', 'postgres://u:p@h'])
    log.container('a:b', ['\u001b[31mred'])
    log.container('a/b', ['end'])
    const [first, second] = ['a/b', 'a:b'].map((database) => log.logFile(database) ?? '')
    expect(readFileSync(first ?? '', 'utf8')).toBe('::error::x\npostgres://u:p@h\nend\n')
    expect(readFileSync(second ?? '', 'utf8')).toBe('\u001b[31mred\n')
  })

  it('is not named by a changed name, which could be a secret that GitHub no longer finds', () => {
    const { log } = open(true)
    for (const database of ['shop_prod', 'S3cr-et/pa:word']) log.container(database, ['x'])
    expect(basename(log.logFile('shop_prod') ?? '')).toBe('1-shop_prod.log')
    expect(basename(log.logFile('S3cr-et/pa:word') ?? '')).toBe('2.log')
  })

  it('stays in its folder, whatever the database is called', () => {
    const { log } = open(true)
    for (const database of ['../../etc/passwd', '..', '/', 'x'.repeat(128), '🐘'.repeat(128)]) {
      log.container(database, ['x'])
      expect(log.logFile(database)).toMatch(/\/step-log-[^/]+\/\d+\/\d+(?:-[\w.-]*)?\.log$/)
    }
  })

  it('that cannot be written is said once, and ends nothing', () => {
    const blocked = join(folder, 'no-folder')
    writeFileSync(blocked, '')
    let text = ''
    const write = (more: string): void => {
      text += more
    }
    const log = new StepLog({ write, files: new LogFiles(join(blocked, 'x')), redact, prefixed: false })
    log.container('shop', ['one'])
    log.container('shop', ['two'])
    expect(text).toContain('one\ntwo\n')
    expect(log.warnings).toHaveLength(1)
    expect(log.logFile('shop')).toBeUndefined()
  })

  it('is unset for a database that printed nothing', () => {
    expect(open().log.logFile('shop')).toBeUndefined()
  })
})
