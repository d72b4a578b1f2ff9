/** Inputs that name something in AWS. */
import { parseImage, whyNoImage } from '../image-reference.ts'
import type { Surroundings } from '../model.ts'
import { quoted, type Reading } from './reading.ts'

export function readImage(read: Reading): string {
  const text = read.text('image-uri')
  if (parseImage(text) !== undefined) return text
  const form = 'registry/repository with :tag or @sha256:…'
  if (text === '') {
    read.reject('image-uri', quoted(text), form)
    return text
  }
  const { flaw, hint } = whyNoImage(text)
  read.reject('image-uri', `${quoted(text)}, ${flaw}`, `${form}; ${hint}`)
  return text
}

/** @param service the service of network-from-service: where nothing is given, the revision that it runs is meant */
export function readTaskDefinition(read: Reading, service: string | undefined): string | undefined {
  const text = read.text('task-definition')
  if (text === '' && service !== undefined) return undefined
  if (/\.json$/i.test(text)) {
    const accepted =
      'the family, family:revision or ARN of a definition that is registered in ECS; a file is not read: register it first (aws ecs register-task-definition --cli-input-json file://…)'
    read.reject('task-definition', quoted(text), accepted)
  } else if (!/^(arn:[^:\s]+:ecs:[^:\s]+:\d{12}:task-definition\/)?[A-Za-z0-9_-]{1,255}(:\d+)?$/.test(text)) {
    const accepted = 'family, family:revision or ARN of a task definition'
    read.reject(
      'task-definition',
      quoted(text),
      text === '' ? `${accepted}; it may be empty with network-from-service, for what that service runs` : accepted,
    )
  }
  return text
}

export function readCluster(read: Reading): string {
  return read.matching(
    'cluster',
    /^(arn:[^:\s]+:ecs:[^:\s]+:\d{12}:cluster\/)?[A-Za-z0-9_-]{1,255}$/,
    'the name or ARN of an ECS cluster',
  )
}

export function readPublicIp(read: Reading): boolean {
  const accepted = 'true, false, ENABLED or DISABLED'
  const text = read.matching('assign-public-ip', /^(true|True|TRUE|ENABLED|false|False|FALSE|DISABLED)$/, accepted)
  return /^(true|enabled)$/i.test(text)
}

const REGION = /^[a-z]{2,}(-[a-z0-9]+)+$/

/** @returns '' where none is known, which is a problem */
export function readRegion(read: Reading, surroundings: Surroundings): string {
  const accepted = 'an AWS Region such as eu-central-1'
  if (read.text('aws-region') !== '') return read.matching('aws-region', REGION, accepted)
  const { region = '' } = surroundings
  if (region === '') {
    const elsewhere = 'or AWS_REGION in the environment, as aws-actions/configure-aws-credentials sets it'
    read.reject('aws-region', `${quoted('')}, and the environment has no AWS_REGION`, `${accepted}, ${elsewhere}`)
  }
  return region
}

export function readRole(read: Reading, { hasCredentials }: Surroundings): string | undefined {
  const accepted = 'the ARN of an IAM role'
  if (read.text('role-to-assume') !== '') {
    return read.matching('role-to-assume', /^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/, accepted)
  }
  if (!hasCredentials) {
    const elsewhere = 'or a step before this one that gives credentials (aws-actions/configure-aws-credentials)'
    read.reject('role-to-assume', `${quoted('')}, and the job has no AWS credentials`, `${accepted}, ${elsewhere}`)
  }
  return undefined
}
