/** Inputs that name something in AWS. */
import { quoted, type Reading } from './reading.ts'

export function readImage(read: Reading): string {
  return read.matching('image-uri', /^[^\s@]+(@sha256:[0-9a-f]{64})?$/, 'an image URI with a tag or a sha256 digest')
}

export function readTaskDefinition(read: Reading): string {
  const text = read.text('task-definition')
  if (/\.json$/i.test(text)) {
    const accepted =
      'the family, family:revision or ARN of a definition that is registered in ECS; a file is not read: register it first (aws ecs register-task-definition --cli-input-json file://…)'
    read.reject('task-definition', quoted(text), accepted)
  } else if (!/^(arn:\S+:task-definition\/)?[A-Za-z0-9_-]{1,255}(:\d+)?$/.test(text)) {
    read.reject('task-definition', quoted(text), 'family, family:revision or ARN of a task definition')
  }
  return text
}

export function readCluster(read: Reading): string {
  return read.matching('cluster', /^(arn:[^\s]+:cluster\/)?[A-Za-z0-9_-]{1,255}$/, 'the name or ARN of an ECS cluster')
}

export function readPublicIp(read: Reading): boolean {
  const accepted = 'true, false, ENABLED or DISABLED'
  const text = read.matching('assign-public-ip', /^(true|True|TRUE|ENABLED|false|False|FALSE|DISABLED)$/, accepted)
  return /^(true|enabled)$/i.test(text)
}

export function readRegion(read: Reading): string | undefined {
  return read.optionalMatching('aws-region', /^[a-z]{2,}(-[a-z0-9]+)+$/, 'an AWS Region such as eu-central-1')
}

export function readRole(read: Reading): string | undefined {
  return read.optionalMatching('role-to-assume', /^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/, 'the ARN of an IAM role')
}
