/**
 * Every operation that the local AWS serves, called as AWS's model allows. Where LOCAL_AWS_JOURNAL_DIR and
 * LOCAL_AWS_JOURNAL_OUTPUTS are set, as in CI, scripts/check-requests.py then holds the answers against the model.
 */
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  GetLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import {
  DeregisterTaskDefinitionCommand,
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopTaskCommand,
} from '@aws-sdk/client-ecs'
import { fromWebToken } from '@aws-sdk/credential-provider-web-identity'
import { expect, it } from '@jest/globals'
import { type LocalAws, startLocalAws } from '../../local/aws/index.ts'
import {
  clientOptions,
  definition,
  group,
  image,
  instant,
  isRunning,
  isStopped,
  launch,
  until,
} from '../unit/local-aws-setup.ts'

it('serves every operation of service-model.json', async () => {
  const aws = await startLocalAws({ images: { [image]: { folder: tmpdir() } }, timing: instant })
  const [ecs, logs] = [new ECSClient(clientOptions(aws)), new CloudWatchLogsClient(clientOptions(aws))]
  try {
    await callEcs(aws, ecs, logs)
    await callSts(aws)
    const called = aws.journal.map(({ service, operation }) => `${service}:${operation}`)
    expect(servedOperations().filter((operation) => !called.includes(operation))).toEqual([])
    expect(aws.journal.filter(({ outcome }) => outcome?.status !== 200)).toEqual([])
  } finally {
    ecs.destroy()
    logs.destroy()
    await aws.close()
  }
})

function servedOperations(): string[] {
  const file = new URL('../../local/aws/service-model.json', import.meta.url)
  const { services } = JSON.parse(readFileSync(file, 'utf8')) as { services: Record<string, { operations: object }> }
  return Object.entries(services).flatMap(([service, { operations }]) =>
    Object.keys(operations).map((operation) => `${service}:${operation}`),
  )
}

async function callEcs(aws: LocalAws, ecs: ECSClient, logs: CloudWatchLogsClient): Promise<void> {
  const tags = [{ key: 'team', value: 'shop' }]
  await logs.send(new CreateLogGroupCommand({ logGroupName: group }))
  await ecs.send(new DescribeClustersCommand({ clusters: ['default', 'none'] }))
  aws.seedService({ serviceName: 'web', subnets: ['subnet-1'] })
  await ecs.send(new DescribeServicesCommand({ services: ['web', 'none'] }))

  await ecs.send(new RegisterTaskDefinitionCommand({ ...definition('echo one; sleep 1000'), tags }))
  await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'migration', include: ['TAGS'] }))
  await ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: 'migration' }))

  const taskArn = (await ecs.send(new RunTaskCommand({ ...launch, tags }))).tasks?.[0]?.taskArn ?? ''
  await until(ecs, taskArn, isRunning)
  await ecs.send(new ListTasksCommand({ family: 'migration' }))
  await readLogs(logs, `migration/app/${taskArn.split('/').at(-1)}`)
  aws.outOfMemory(taskArn)
  await until(ecs, taskArn, isStopped)
  await ecs.send(new StopTaskCommand({ task: taskArn, reason: 'late' }))
  await ecs.send(new DescribeTasksCommand({ tasks: [taskArn, '0'.repeat(32)], include: ['TAGS'] }))

  await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: 'migration:1' }))
}

async function readLogs(logs: CloudWatchLogsClient, logStreamName: string): Promise<void> {
  await logs.send(new DescribeLogGroupsCommand({}))
  await logs.send(new GetLogEventsCommand({ logGroupName: group, logStreamName, startFromHead: true }))
}

async function callSts(aws: LocalAws): Promise<void> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } = aws.oidcEnvironment
  const headers = { authorization: `Bearer ${bearer}` }
  const { value } = (await (await fetch(`${url}&audience=sts.amazonaws.com`, { headers })).json()) as { value: string }
  const credentials = await fromWebToken({
    roleArn: `arn:aws:iam::${aws.accountId}:role/migrate`,
    roleSessionName: 'run-1',
    durationSeconds: 3600,
    webIdentityToken: value,
    clientConfig: { endpoint: aws.url, region: aws.region },
  })()
  expect(credentials.accessKeyId).toMatch(/^ASIA/)
}
