/** The clone is made for one job: which of a service's containers run beside the migration. */
import type { ContainerDefinition, RegisterTaskDefinitionCommandInput } from '@aws-sdk/client-ecs'
import { expect } from '@jest/globals'
import { image, sidecarImage } from '../faults/stage.ts'
import { log, scenario } from './scenario.ts'

/** The service's own definition: `app` changed, and others beside it. */
const service =
  (app: ContainerDefinition, ...others: readonly ContainerDefinition[]) =>
  (definition: RegisterTaskDefinitionCommandInput): RegisterTaskDefinitionCommandInput => ({
    ...definition,
    containerDefinitions: [
      ...(definition.containerDefinitions ?? []).map((container) => ({ ...container, ...app })),
      ...others,
    ],
  })

const says = (text: string) => ['sh', '-c', `echo ${text}; trap 'exit 0' TERM; while :; do sleep 0.1; done`]
const worker: ContainerDefinition = {
  name: 'worker',
  image: `${image}:1.2.2`,
  essential: false,
  command: says('consuming jobs'),
}
const seed: ContainerDefinition = {
  name: 'seed',
  image: `${image}:1.2.2`,
  essential: false,
  command: ['sh', '-c', 'echo "Applying to $DATABASE_NAME"'],
  environment: [{ name: 'DATABASE_NAME', value: 'shop_live' }],
}
const tunnel: ContainerDefinition = { name: 'tunnel', image: `${sidecarImage}:3`, command: says('tunnel is open') }

scenario('siblings of the same image', {
  about:
    'A service with a worker, a web server in front and a collector. The worker would run old code on live jobs, and the web server waits for app: both are left out.',
  container: 'sleep 0.3; echo "Applying 0001_initial... OK"',
  definition: service(
    {},
    worker,
    {
      name: 'nginx',
      image: `${sidecarImage}:3`,
      command: says('listening'),
      dependsOn: [{ containerName: 'app', condition: 'START' }],
    },
    { name: 'collector', image: `${sidecarImage}:3`, command: says('collecting') },
  ),
  check: (_step, { containers }) => {
    expect(containers.map(({ name }) => name).sort()).toEqual(['app', 'collector'])
  },
})

scenario('a container of the same image that it waits for', {
  about: 'seed would run first, with the old image, on shop_live. The step does not guess.',
  definition: service({ dependsOn: [{ containerName: 'seed', condition: 'SUCCESS' }] }, seed),
  check: (_step, { journal }) => {
    expect(journal.map(({ operation }) => operation)).not.toContain('RegisterTaskDefinition')
  },
})

scenario('a container of the same image that sidecars leaves out', {
  about: 'sidecars is none: app does not wait for seed any more, and the tunnel that it needs stays.',
  container: 'sleep 0.3; echo "Applying 0001_initial... OK"',
  definition: service(
    {
      dependsOn: [
        { containerName: 'seed', condition: 'SUCCESS' },
        { containerName: 'tunnel', condition: 'START' },
      ],
    },
    seed,
    tunnel,
  ),
  inputs: { sidecars: 'none' },
  check: (_step, { containers }) => {
    expect(containers.map(({ name }) => name)).toEqual(['tunnel', 'app'])
  },
})

scenario('a container that it waits for fails', {
  about: 'wait-for-db gives up. ECS reports exit code 143 for app, which never ran.',
  definition: service(
    { dependsOn: [{ containerName: 'wait-for-db', condition: 'SUCCESS' }] },
    { name: 'wait-for-db', image: `${sidecarImage}:3`, essential: false, command: ['sh', '-c', 'sleep 0.4; exit 9'] },
  ),
  check: (step, { containers }) => {
    expect(containers.map(({ name }) => name)).toEqual(['wait-for-db'])
    expect(log(step)).toContain('wait-for-db exited with 9; app waits for its success and cannot start.')
    expect(log(step)).not.toContain('may still be executing')
  },
})

scenario('a sidecar that stops before a migration that fails', {
  about: 'The tunnel to the database breaks. It is not essential, so the migration runs on, and fails.',
  container: 'sleep 4; echo "connection refused"; exit 1',
  definition: service({}, { ...tunnel, command: ['sh', '-c', 'sleep 0.5; exit 255'] }),
  check: (step) => {
    expect(log(step)).toMatch(/Container tunnel ended with code 255 before app\..*Container app exited/s)
    expect(step.run.outputs.outcome).toBe('failed')
  },
})

scenario('the container is ambiguous', {
  about: 'Two essential containers of the image, and container-name is not set: the error lists both.',
  definition: service({}, { ...worker, essential: true }),
  check: (step, { journal }) => {
    expect(log(step)).toMatch(/app, worker/)
    expect(journal.map(({ operation }) => operation)).not.toContain('RegisterTaskDefinition')
  },
})

scenario('the container restarts itself', {
  about: 'An enabled restart policy could run the migration again: the clone has none.',
  definition: service({ restartPolicy: { enabled: true } }),
  container: 'echo "Applying 0001_initial... OK"',
})

scenario('no container has an image of the repository', {
  about: 'The definition was made with a placeholder: the only essential container gets the image, with a warning.',
  container: 'echo "Applying 0001_initial... OK"',
  definition: service({ image: 'amazon/amazon-ecs-sample:latest' }, { ...tunnel, essential: false }),
})
