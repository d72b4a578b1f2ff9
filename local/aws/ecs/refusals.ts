import { ServiceError } from '../service.ts'

/** A refusal that names what the client did wrong. */
export const clientError = (message: string) => new ServiceError('ClientException', message)
/** A refusal that names an input that ECS does not accept. */
export const invalidParameter = (message: string) => new ServiceError('InvalidParameterException', message)
export const clusterNotFound = (message = 'Cluster not found.') => new ServiceError('ClusterNotFoundException', message)
