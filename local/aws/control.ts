/**
 * For hand use: `GET /_local/journal`, `GET /_local/containers`, `POST /_local/faults` with a fault as JSON,
 * `DELETE /_local/faults`; and `GET /v4/TASK-ID`, the container metadata endpoint that tasks are given.
 */
import type { ContainerRun } from './container/life.ts'
import type { Ecs } from './ecs/ecs.ts'
import type { FaultSpec, Faults } from './faults.ts'
import type { Journal } from './journal.ts'
import type { HttpRequest } from './request.ts'
import type { HttpAnswer } from './service.ts'

interface Controlled {
  readonly journal: Journal
  readonly faults: Faults
  readonly runs: readonly ContainerRun[]
  readonly ecs: Ecs
}

const json = (value: unknown, status = 200): HttpAnswer => ({
  status,
  contentType: 'application/json',
  body: `${JSON.stringify(value, null, 2)}\n`,
})

export function controlPlane(controlled: Controlled): (request: HttpRequest) => HttpAnswer | undefined {
  const { journal, faults, runs, ecs } = controlled
  return (request) => {
    switch (`${request.method} ${request.path}`) {
      case 'GET /_local/journal':
        return json(journal.entries.map(({ body: _, ...entry }) => entry))
      case 'GET /_local/containers':
        return json(runs)
      case 'POST /_local/faults':
        return addFault(faults, request.body)
      case 'DELETE /_local/faults':
        faults.clear()
        return json({ faults: 'cleared' })
      default:
        return metadata(ecs, request.path)
    }
  }
}

function addFault(faults: Faults, body: string): HttpAnswer {
  try {
    const fault = JSON.parse(body) as FaultSpec
    if (!fault.operation || !fault.kind) return json({ error: 'A fault needs "operation" and "kind".' }, 400)
    faults.add(fault)
    return json(fault)
  } catch (error) {
    return json({ error: `The fault is no JSON: ${String(error)}` }, 400)
  }
}

function metadata(ecs: Ecs, path: string): HttpAnswer | undefined {
  const id = /^\/v4\/([0-9a-f]+)(\/task)?$/.exec(path)?.[1]
  const task = id === undefined ? undefined : ecs.tasks.find(id)
  if (!task) return undefined
  const { clusterArn, lastStatus, desiredStatus, availabilityZone } = task.record
  const { family, number } = task.revision
  return json({
    Cluster: clusterArn,
    TaskARN: task.arn,
    Family: family,
    Revision: String(number),
    DesiredStatus: desiredStatus,
    KnownStatus: lastStatus,
    AvailabilityZone: availabilityZone,
    LaunchType: 'FARGATE',
    Containers: task.record.containers?.map(({ name, image, imageDigest }) => ({
      Name: name,
      Image: image,
      ImageID: imageDigest,
    })),
  })
}
