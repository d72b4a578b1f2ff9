import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { checkDefinition } from '../../local/aws/ecs/definition-rules.ts'
import { repositoryOf } from '../../src/image-reference.ts'
import { type Doubt, Refusal } from '../../src/model.ts'
import { chooseContainer } from '../../src/plan/choose-container.ts'
import { cloneDefinition } from '../../src/plan/clone.ts'
import { type Job, type JobRequest, planJob } from '../../src/plan/job.ts'
import { definitionDiff, sidecarLine } from '../../src/report/diff.ts'
import { APPLICATION, anyJobDefinition, NAMES } from './any-definition.ts'

const ECR = '111122223333.dkr.ecr.us-east-1.amazonaws.com'
const request = (change: Partial<JobRequest> = {}): JobRequest => ({
  imageUri: `${ECR}/billing:8`,
  sidecars: 'auto',
  databaseVariable: 'DATABASE_NAME',
  databases: ['billing_live'],
  secrets: [],
  environmentVariables: [],
  ...change,
})
const own = (name: string, more: ContainerDefinition = {}): ContainerDefinition => ({
  name,
  image: `${ECR}/billing:7`,
  ...more,
})
const other = (name: string, more: ContainerDefinition = {}): ContainerDefinition => ({
  name,
  image: `public.ecr.aws/tools/${name}:3`,
  ...more,
})
const needs = (containerName: string, condition: 'START' | 'HEALTHY' | 'COMPLETE' | 'SUCCESS' = 'START') => ({
  dependsOn: [{ containerName, condition }],
})
const byRouter = { logConfiguration: { logDriver: 'awsfirelens' as const } }
const router = { firelensConfiguration: { type: 'fluentbit' as const } }

const job = (containerDefinitions: ContainerDefinition[], change: Partial<JobRequest> = {}, base = {}): Job =>
  planJob({ ...base, containerDefinitions }, request(change))
const linesOf = ({ sidecars }: Job): readonly string[] => sidecars.map(sidecarLine)
const names = ({ definition }: Job): (string | undefined)[] =>
  (definition.containerDefinitions ?? []).map(({ name }) => name)
const ids = ({ doubts }: Job): string[] => doubts.map(({ id }) => id)
const container = ({ definition }: Job, name: string): ContainerDefinition | undefined =>
  definition.containerDefinitions?.find((one) => one.name === name)

const refusal = (work: () => unknown): Refusal['problem'] => {
  try {
    work()
  } catch (error) {
    if (error instanceof Refusal) return error.problem
    throw error
  }
  throw new Error('nothing was refused')
}

describe('the container that runs the migration', () => {
  const chosen = (containers: readonly ContainerDefinition[], imageUri = `${ECR}/billing:8`, containerName?: string) =>
    chooseContainer(containers, { imageUri, ...(containerName !== undefined && { containerName }) })

  it('is the named one, whatever it is', () => {
    expect(chosen([own('web'), other('tool', { essential: false })], undefined, 'tool').container.name).toBe('tool')
    expect(refusal(() => chosen([own('web'), other('otel')], undefined, 'job')).remedy).toContain('web, otel')
  })

  it('is the only one of the repository, also beside other essential ones', () => {
    const choice = chosen([other('nginx'), other('otel'), own('web', { essential: false })])
    expect(choice).toMatchObject({ container: { name: 'web' }, doubts: [] })
  })

  it('is the only essential one of several of the repository', () => {
    expect(chosen([own('cron', { essential: false }), other('nginx'), own('web')]).container.name).toBe('web')
    const { code, reason } = refusal(() => chosen([own('web'), own('cron'), other('nginx')]))
    expect(code).toBe('container-ambiguous')
    expect(reason).toContain('billing (web, cron) 2 are essential')
    expect(refusal(() => chosen([own('a', { essential: false }), own('b', { essential: false })])).reason).toContain(
      'none is essential',
    )
  })

  it('is, with a warning, the only essential one where none is of the repository', () => {
    const { container, doubts } = chosen([other('agent', { essential: false }), other('placeholder')])
    expect(container.name).toBe('placeholder')
    expect(doubts).toMatchObject([{ id: 'other-repository', weight: 'warning' }])
    expect(doubts[0]?.remedy).toContain('container-name to placeholder')
    expect(refusal(() => chosen([other('a'), other('b')])).reason).toContain('(a, b) 2 are essential')
    expect(refusal(() => chosen([])).reason).toContain('(none)')
  })
})

describe('beside it', () => {
  it('nothing stays that runs its image, or starts only after it or one of those', () => {
    const made = job([
      own('web'),
      own('queue', { essential: false }),
      other('proxy', needs('web', 'HEALTHY')),
      other('exporter', needs('queue')),
      other('files', { volumesFrom: [{ sourceContainer: 'proxy' }] }),
      other('agent'),
    ])
    expect(linesOf(made)).toEqual([
      'queue: left out, it runs the same image',
      'proxy: left out, it starts only after web',
      'exporter: left out, it starts only after queue',
      'files: left out, it starts only after proxy',
      'agent: stays, not essential any more, so that it cannot end the migration',
    ])
    expect(names(made)).toEqual(['web', 'agent'])
    expect(container(made, 'agent')?.essential).toBe(false)
    expect(made.doubts).toEqual([])
  })

  it('containers of the image that the chosen one had are of its own image, too', () => {
    const made = job([other('web'), { ...other('web'), name: 'cron', essential: false }], { containerName: 'web' })
    expect(linesOf(made)).toEqual(['cron: left out, it runs the same image'])
  })

  it('what it needs stays as it is, step by step', () => {
    const made = job(
      [
        own('web', { ...needs('wait', 'SUCCESS'), ...byRouter, volumesFrom: [{ sourceContainer: 'assets' }] }),
        other('wait', { essential: false, ...needs('tunnel', 'HEALTHY') }),
        other('tunnel', { restartPolicy: { enabled: true } }),
        other('assets', { essential: false }),
        other('logs', router),
        other('mesh'),
      ],
      {},
      { proxyConfiguration: { containerName: 'mesh' } },
    )
    expect(linesOf(made)).toEqual([
      'wait: stays as it is, web waits for it',
      'tunnel: stays as it is, wait waits for it',
      'assets: stays as it is, web mounts its volumes',
      'logs: stays as it is, web logs by it',
      'mesh: stays as it is, it is the proxy of the task',
    ])
    expect(container(made, 'tunnel')).toEqual(other('tunnel', { restartPolicy: { enabled: true } }))
    expect(made.definition.proxyConfiguration).toEqual({ containerName: 'mesh' })
  })

  it('a log router stays for whatever stays and logs by it, even if it is of the image', () => {
    const made = job([own('web'), other('agent', byRouter), own('logs', { ...router, ...needs('web') })], {
      containerName: 'web',
    })
    expect(linesOf(made)).toEqual([
      'agent: stays, not essential any more, so that it cannot end the migration',
      'logs: stays, not essential any more, so that it cannot end the migration',
    ])
    expect(linesOf(job([own('web'), own('logs', router)], { containerName: 'web' }))).toEqual([
      'logs: left out, it runs the same image',
    ])
  })

  const waits = own('seed', { essential: false })
  const shares = { mountPoints: [{ sourceVolume: 'run', containerPath: '/r' }] }
  const readsOnly = { mountPoints: [{ sourceVolume: 'run', containerPath: '/r', readOnly: true }] }
  it.each<[string, ContainerDefinition[]]>([
    ['is waited for', [own('web', needs('seed', 'SUCCESS')), waits]],
    [
      'is waited for by what is waited for',
      [own('web', needs('gate')), other('gate', needs('seed', 'COMPLETE')), waits],
    ],
    ['lends its volumes', [own('web', { volumesFrom: [{ sourceContainer: 'seed' }] }), waits]],
    ['writes files that are read', [own('web', readsOnly), { ...waits, ...shares }]],
  ])('one of its image that %s is refused until sidecars says which', (_what, containers) => {
    const wanted = { containerName: 'web' }
    const [doubt] = job(containers, wanted).doubts as [Doubt]
    expect(doubt).toMatchObject({ id: 'own-image-sidecar', weight: 'refusal' })
    expect(doubt.reason).toContain('The container seed')
    expect(names(job(containers, wanted))).toContain('seed')

    const without = job(containers, { ...wanted, sidecars: 'none' })
    expect(names(without)).not.toContain('seed')
    expect(JSON.stringify(without.definition)).not.toContain('seed')
    const kept = job(containers, { ...wanted, sidecars: ['seed'] })
    expect(container(kept, 'seed')).toEqual(containers.find(({ name }) => name === 'seed'))
    for (const decided of [without, kept]) expect(decided.doubts).toEqual([])
  })

  it('one of its image that only reads the same files is left out', () => {
    expect(linesOf(job([own('web', shares), { ...waits, ...readsOnly }], { containerName: 'web' }))).toEqual([
      'seed: left out, it runs the same image',
    ])
  })

  it('sidecars decides: all, none, or names and what those need', () => {
    const containers = [
      own('web', needs('tunnel')),
      other('tunnel'),
      own('queue'),
      other('agent', needs('config', 'COMPLETE')),
      other('config', { essential: false }),
      other('nginx', needs('web')),
    ]
    const wanted = { containerName: 'web' }
    expect(job(containers, { ...wanted, sidecars: 'all' }).definition.containerDefinitions).toEqual(containers)
    expect(names(job(containers, { ...wanted, sidecars: 'none' }))).toEqual(['web', 'tunnel'])
    const some = job(containers, { ...wanted, sidecars: ['agent', 'nginx'] })
    expect(linesOf(some)).toEqual([
      'tunnel: stays as it is, web waits for it',
      'queue: left out, sidecars does not name it',
      'agent: stays, not essential any more, so that it cannot end the migration',
      'config: stays, not essential',
      'nginx: stays, not essential any more, so that it cannot end the migration',
    ])
    expect(refusal(() => job(containers, { ...wanted, sidecars: ['agent', 'ngnix'] }))).toMatchObject({
      code: 'sidecar-unknown',
      reason: expect.stringContaining('ngnix'),
      remedy: expect.stringContaining('nginx'),
    })
  })

  it('nothing waits for the end of the migration: ECS would not take it', () => {
    const containers = [own('web', { essential: false }), other('app', needs('web', 'SUCCESS'))]
    expect(names(job(containers))).toEqual(['web'])
    for (const sidecars of ['all', ['app']] as const) {
      expect(refusal(() => job(containers, { sidecars }))).toMatchObject({
        code: 'sidecar-waits-for-end',
        reason: expect.stringContaining('app waits for the end of web (SUCCESS)'),
      })
    }
  })

  it('what is left out is mentioned nowhere', () => {
    const made = job(
      [own('web', { ...byRouter, ...needs('mesh') }), own('mesh'), own('logs', router), other('agent', byRouter)],
      { containerName: 'web', sidecars: ['agent'] },
      { proxyConfiguration: { containerName: 'mesh' } },
    )
    expect(made.definition).toEqual({
      containerDefinitions: [own('web', { dependsOn: [] }), other('agent', { essential: false })],
    })
  })

  it('one with a database of its own is named in a warning', () => {
    const pooler = other('pooler', {
      environment: [{ name: 'LOG', value: '1' }],
      secrets: [{ name: 'DATABASE_URL', valueFrom: 'arn' }],
    })
    const made = job([own('web', { environment: [{ name: 'DB_NAME', value: 'x' }] }), pooler])
    expect(ids(made)).toEqual(['sidecar-database'])
    expect(made.doubts[0]?.reason).toContain('pooler runs beside the migration and has DATABASE_URL of its own')
    const variable = [{ name: 'TENANT', value: 'live' }]
    expect(ids(job([own('web'), other('x', { environment: variable })], { databaseVariable: 'TENANT' }))).toEqual([
      'sidecar-database',
    ])
    expect(ids(job([own('web'), own('x', { essential: false, environment: variable })]))).toEqual([])
  })

  it('the diff says each', () => {
    const containers = [
      own('web', { ...needs('seed'), essential: false, restartPolicy: { enabled: true } }),
      own('seed'),
      other('agent'),
    ]
    const made = job(containers, { containerName: 'web', sidecars: ['agent'] })
    const lines = definitionDiff({ containerDefinitions: containers }, made.definition as never, {
      container: 'web',
      baseTags: [],
      sidecars: made.sidecars,
    })
    expect(lines).toEqual([
      'container web: essential: false → true',
      'container web: dependsOn: without seed',
      'container web: restartPolicy: not copied',
      'container seed: left out, sidecars does not name it',
      'container agent: essential: true → false',
    ])
  })
})

describe('whatever ECS accepts', () => {
  const anyRequest: fc.Arbitrary<JobRequest> = fc.record(
    {
      imageUri: fc.constantFrom(`${APPLICATION}:42`, 'nginx:2', 'elsewhere/app:1'),
      sidecars: fc.oneof(
        { weight: 3, arbitrary: fc.constant('auto' as const) },
        fc.constantFrom('all' as const, 'none' as const),
        fc.subarray([...NAMES], { minLength: 1 }),
      ),
      databaseVariable: fc.constantFrom('DATABASE_NAME', ''),
      databases: fc.constant(['billing_live']),
      secrets: fc.constant([]),
      environmentVariables: fc.constant([]),
      containerName: fc.constantFrom(...NAMES),
    },
    { requiredKeys: ['imageUri', 'sidecars', 'databaseVariable', 'databases', 'secrets', 'environmentVariables'] },
  )

  /** What may differ in a container that stays. */
  const rest = ({
    essential: _,
    restartPolicy: __,
    dependsOn: ___,
    volumesFrom: ____,
    ...others
  }: ContainerDefinition) => others

  type Fate = 'chosen' | 'kept' | 'not-essential' | 'left-out' | undefined

  const isAsItWas = (one: ContainerDefinition, was: ContainerDefinition, fateOf: (name?: string) => Fate): void => {
    const fate = fateOf(one.name)
    expect(fate).not.toBe('left-out')
    // A driver that needs a router goes with the router.
    expect({ logConfiguration: was.logConfiguration, ...rest(one) }).toEqual({
      logConfiguration: undefined,
      ...rest(was),
    })
    expect(one.essential).toBe(fate === 'chosen' || (fate === 'kept' && was.essential))
    expect(one.restartPolicy).toEqual(fate === 'chosen' ? undefined : was.restartPolicy)
    const mentions = ({ dependsOn = [], volumesFrom = [] }: ContainerDefinition) => [...dependsOn, ...volumesFrom]
    const gone = mentions(was).filter((mention) => !mentions(one).includes(mention))
    for (const mention of gone) expect(fateOf(Object.values(mention)[0])).toBe('left-out')
  }

  const holds = (base: TaskDefinition, made: Job, wanted: JobRequest): void => {
    const clone = cloneDefinition(
      { definition: made.definition, tags: [], unknownMembers: [] },
      { family: 'clone', container: made.container.name ?? '', image: wanted.imageUri, environment: [], tags: [] },
    )
    expect(() => checkDefinition(clone as never)).not.toThrow()
    const fateOf = (name?: string): Fate =>
      name === made.container.name ? 'chosen' : made.sidecars.find((sidecar) => sidecar.name === name)?.fate
    for (const one of made.definition.containerDefinitions ?? [])
      isAsItWas(one, base.containerDefinitions?.find(({ name }) => name === one.name) ?? {}, fateOf)
    const { containerDefinitions: _, proxyConfiguration: __, ...others } = made.definition
    expect(base).toMatchObject(others)
  }

  /** By rule nothing of the application's image runs beside it but a log router, or what a doubt names. */
  const isOneJob = ({ definition, container: { name: chosen }, doubts }: Job, imageUri: string): void => {
    const same = (definition.containerDefinitions ?? []).filter(
      ({ name, image, firelensConfiguration }) =>
        name !== chosen && repositoryOf(image ?? '') === repositoryOf(imageUri) && !firelensConfiguration,
    )
    const named = doubts.filter(({ id }) => id === 'own-image-sidecar').map(({ reason }) => reason)
    for (const { name } of same) expect(named).toContainEqual(expect.stringContaining(`The container ${name} `))
  }

  it('is refused with a remedy, or is a clone that ECS accepts, with nothing else changed and one job', () => {
    let accepted = 0
    fc.assert(
      fc.property(anyJobDefinition, anyRequest, (base, wanted) => {
        expect(() => checkDefinition(base as never)).not.toThrow()
        const frozen = JSON.stringify(base)
        let made: Job
        try {
          made = planJob(base, wanted)
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          expect(error.problem.remedy).not.toBe('')
          return
        }
        accepted += 1
        holds(base, made, wanted)
        if (wanted.sidecars === 'auto') isOneJob(made, wanted.imageUri)
        expect(JSON.stringify(base)).toBe(frozen)
      }),
      { numRuns: 600 },
    )
    expect(accepted).toBeGreaterThan(200)
  })
})
