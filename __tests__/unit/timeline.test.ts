import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { spoken } from '../../src/duration.ts'
import { timelineChart } from '../../src/report/chart.ts'
import { startAdvice } from '../../src/report/start-advice.ts'
import { phasesOf, timingsOf } from '../../src/report/timeline.ts'
import { at, ranTask, recordOf, succeeded } from './report-rows.ts'

const ended = { kind: 'succeeded', exitCode: 0 } as const

describe('timings', () => {
  it('are seconds between what ECS and we saw', () => {
    expect(timingsOf(succeeded().record)).toEqual({ provision: 10, pull: 15, start: 5, run: 20, log: 5.5, total: 52 })
  })

  it('know the stop only when the task was seen to the end of it', () => {
    const task = { ...ranTask, stoppedAt: at(75) }
    expect(timingsOf(recordOf(ended, { task })).stop).toBe(24)
  })

  it('count the pull to the end of a task that never ran', () => {
    const task = { createdAt: at(1), pullStartedAt: at(11), stoppedAt: at(290) }
    const record = recordOf({ kind: 'not-started', cause: 'never-ran' }, { task, milestones: { requested: at(0) } })
    expect(timingsOf(record)).toEqual({ provision: 10, pull: 279, total: 290 })
  })

  it.each([
    ['CannotPullContainerError: pull image manifest has been retried 5 time(s)', undefined],
    ['ResourceInitializationError: unable to pull secrets or registry auth', undefined],
    ['CannotStartContainerError: exec: "migrate": executable file not found in $PATH', 2],
  ])('have no start where the image did not come, and no log where nothing ran: %s', (reason, start) => {
    const task = {
      createdAt: at(1),
      pullStartedAt: at(11),
      pullStoppedAt: at(18),
      executionStoppedAt: at(20),
      stoppedAt: at(30),
      stoppedReason: 'Task failed to start',
      containers: [{ name: 'app', reason }],
    }
    const milestones = { requested: at(0), exitSeen: at(21), logRead: at(24) }
    const record = recordOf({ kind: 'not-started', cause: 'never-ran' }, { task, milestones, lineCount: 0 })
    const { provision, pull, start: started, log, stop } = timingsOf(record)
    expect({ provision, pull, started, log, stop }).toEqual({
      provision: 10,
      pull: 7,
      started: start,
      log: undefined,
      stop: 10,
    })
  })

  it('have no number for what is not known', () => {
    expect(timingsOf(recordOf(ended))).toEqual({})
    expect(timingsOf(recordOf({ kind: 'unknown', cause: 'missing' }, { milestones: { requested: at(0) } }))).toEqual({})
    expect(timingsOf(recordOf(ended, { task: { startedAt: at(3) } })).run).toBeUndefined()
  })

  it('are never negative, whatever two clocks say', () => {
    const when = fc.option(fc.date({ noInvalidDate: true }), { nil: undefined })
    const times = fc.record({
      createdAt: when,
      pullStartedAt: when,
      pullStoppedAt: when,
      startedAt: when,
      executionStoppedAt: when,
      stoppedAt: when,
    })
    const milestones = fc.record({ requested: when, exitSeen: when, logRead: when })
    fc.assert(
      fc.property(times, milestones, (task, seen) => {
        const record = recordOf(ended, { task: task as typeof ranTask, milestones: seen as { requested?: Date } })
        for (const { from, to } of phasesOf(record)) expect(to.getTime()).toBeGreaterThan(from.getTime())
        for (const seconds of Object.values(timingsOf(record))) expect(seconds).toBeGreaterThanOrEqual(0)
      }),
    )
  })
})

describe('what took the minutes', () => {
  const row = (pull: number, provision: number, run: number) => {
    const task = {
      createdAt: at(0),
      pullStartedAt: at(provision),
      pullStoppedAt: at(provision + pull),
      startedAt: at(provision + pull),
      executionStoppedAt: at(provision + pull + run),
    }
    return { record: recordOf(ended, { task, milestones: { requested: at(0) } }) }
  }

  it.each([
    [[row(90, 10, 60)], 'Image and secrets took 1 min 30 s of 2 min 40 s.'],
    [[row(59, 1, 10)], undefined],
    [[row(100, 10, 95)], undefined],
    [[row(40, 5, 10), row(40, 5, 10)], 'Image and secrets took 1 min 20 s of 1 min 50 s, all 2 tasks together.'],
    [
      [row(10, 75, 20)],
      'Until Fargate had a place and a network interface for the task it took 1 min 15 s of 1 min 45 s.',
    ],
    [
      [{ record: recordOf(ended, { task: { createdAt: at(0), pullStartedAt: at(9), stoppedAt: at(200) } }) }],
      undefined,
    ],
  ])('is said where it was more than half, and a minute at least: %#', (rows, begins) => {
    const advice = startAdvice(rows, {})
    expect(begins === undefined ? advice : advice?.slice(0, begins.length)).toBe(begins)
  })

  it('is said with the numbers that are known', () => {
    const facts = { imageBytes: 1_420_000_000, cpu: '512', subnets: 1 }
    expect(startAdvice([row(90, 10, 60)], facts)).toMatch(/1\.4 GB compressed.*512 CPU units/)
    expect(startAdvice([row(10, 90, 60)], facts)).toContain('More subnets (now 1)')
    expect(startAdvice([row(90, 10, 60)], {})).not.toMatch(/undefined|compressed:|CPU/)
  })
})

describe('spoken', () => {
  it.each([
    [0, '0 s'],
    [0.44, '0.4 s'],
    [9.94, '9.9 s'],
    [9.96, '10 s'],
    [59.4, '59 s'],
    [59.6, '1 min'],
    [185, '3 min 5 s'],
    [3599.7, '1 h'],
    [3720, '1 h 2 min'],
    [7200, '2 h'],
  ])('%f is %s', (seconds, text) => {
    expect(spoken(seconds)).toBe(text)
  })
})

/** What mermaid reads line by line: settings, the kind, four kinds of statement. Nothing else may occur. */
const statements = [
  /^%%\{init: \{[A-Za-z0-9"#:,{}]+\}%%$/,
  /^gantt$/,
  /^ {2}(?:dateFormat YYYY-MM-DD HH:mm:ss\.SSS|axisFormat %H:%M:%S UTC|tickInterval \d+[a-z]+|todayMarker off)$/,
  /^ {2}section (?:[\p{L}\p{N}_-]+|database \d+)$/u,
  /^ {4}[a-z ]+[0-9.]+ (?:s|min|h)(?: [0-9]+ (?:s|min))? :(?:crit, )?[-\d]+ [:.\d]+, [-\d]+ [:.\d]+$/,
]

describe('the picture', () => {
  it('is one for up to ten databases and none for more, or when nothing took time', () => {
    expect(timelineChart(Array.from({ length: 10 }, () => succeeded()))).toContain('gantt')
    expect(timelineChart(Array.from({ length: 11 }, () => succeeded()))).toBeUndefined()
    expect(timelineChart([{ record: recordOf(ended) }])).toBeUndefined()
  })

  it('marks where it went wrong', () => {
    const record = recordOf(
      { kind: 'not-started', cause: 'never-ran' },
      { task: { createdAt: at(1), pullStartedAt: at(11), stoppedAt: at(290) } },
    )
    const lines = timelineChart([{ record }])?.split('\n') ?? []
    expect(lines.filter((line) => line.includes(':crit,'))).toEqual([
      '    image and secrets 4 min 39 s :crit, 2000-01-01 03:00:11.000, 2000-01-01 03:04:50.000',
    ])
  })

  it('shows two bars a database where there are more than three', () => {
    const chart = timelineChart(Array.from({ length: 4 }, (_, index) => succeeded(`db${index}`))) ?? ''
    expect(chart.match(/^ {4}/gm)).toHaveLength(8)
  })

  it('says UTC, over midnight too, and names at most six times', () => {
    const late = recordOf(ended, { task: { startedAt: new Date('2026-03-29T23:59:50Z') } })
    for (const [seconds, interval, end] of [
      [20, '5second', '2000-01-02 00:00:10.000'],
      [3600, '10minute', '2000-01-02 00:59:50.000'],
      [86_400 * 3, '12hour', '2000-01-04 23:59:50.000'],
      [86_400 * 30, '5day', '2000-01-31 23:59:50.000'],
    ] as const) {
      const executionStoppedAt = new Date(Date.parse('2026-03-29T23:59:50Z') + seconds * 1000)
      const chart = timelineChart([{ record: { ...late, task: { ...late.task, executionStoppedAt } } }])
      expect(chart).toContain(`tickInterval ${interval}\n`)
      expect(chart).toContain(`:2000-01-01 23:59:50.000, ${end}`)
    }
  })

  it('cannot be broken out of by a name', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'a\nsection b',
        'x :crit, 0, 1',
        'click x call alert(1)',
        '%%{init: {}}%%',
        '```\n',
        '"; end',
        '#35;',
        '',
      ),
    )
    fc.assert(
      fc.property(fc.array(nasty, { minLength: 1, maxLength: 10 }), (names) => {
        const lines = timelineChart(names.map((name) => succeeded(name)))?.split('\n') ?? []
        for (const line of lines) expect(statements.some((statement) => statement.test(line)) ? '' : line).toBe('')
        expect(lines.filter((line) => line.startsWith('  section'))).toHaveLength(names.length > 1 ? names.length : 0)
      }),
    )
  })
})
