/** The ARNs of one account and region. */
export interface Arns {
  readonly region: string
  readonly accountId: string
  cluster(name: string): string
  service(cluster: string, name: string): string
  task(cluster: string, id: string): string
  container(cluster: string, taskId: string, id: string): string
  definition(family: string, revision: number): string
}

export function createArns(region: string, accountId: string): Arns {
  const ecs = `arn:aws:ecs:${region}:${accountId}`
  return {
    region,
    accountId,
    cluster: (name) => `${ecs}:cluster/${name}`,
    service: (cluster, name) => `${ecs}:service/${cluster}/${name}`,
    task: (cluster, id) => `${ecs}:task/${cluster}/${id}`,
    container: (cluster, taskId, id) => `${ecs}:container/${cluster}/${taskId}/${id}`,
    definition: (family, revision) => `${ecs}:task-definition/${family}:${revision}`,
  }
}

/** The part of an ARN, or of a plain name, after its last slash. */
export const lastPart = (arnOrName: string): string => arnOrName.slice(arnOrName.lastIndexOf('/') + 1)
