import { DescribeTaskDefinitionCommand, DescribeTasksCommand, ECSClient } from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import { keepUnknownMembers } from '../../src/aws/unknown-members.ts'

/** A client whose every answer is this JSON. */
function clientAnswering(answer: unknown) {
  const client = new ECSClient({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    requestHandler: {
      handle: async () => ({
        response: {
          statusCode: 200,
          headers: { 'content-type': 'application/x-amz-json-1.1' },
          body: new TextEncoder().encode(JSON.stringify(answer)),
        },
      }),
    } as never,
  })
  return { client, unknown: keepUnknownMembers(client, 'DescribeTaskDefinitionCommand') }
}

const ask = async (taskDefinition: unknown): Promise<readonly string[]> => {
  const { client, unknown } = clientAnswering({ taskDefinition })
  const output = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'shop' }))
  return unknown(output, 'taskDefinition')
}

describe('members that this SDK does not know', () => {
  it('are named by their paths', async () => {
    const definition = {
      family: 'shop',
      newThing: true,
      containerDefinitions: [{ name: 'app' }, { name: 'log', newer: { a: 1 }, linuxParameters: { newest: [1] } }],
    }
    expect(await ask(definition)).toEqual([
      'newThing',
      'containerDefinitions[1].newer',
      'containerDefinitions[1].linuxParameters.newest',
    ])
  })

  it('are none in a definition as ECS gives it today', async () => {
    const definition = {
      family: 'shop',
      revision: 7,
      registeredAt: 1_700_000_000.123,
      compatibilities: ['EC2', 'FARGATE'],
      volumes: [],
      cpu: '256',
      ephemeralStorage: null,
      containerDefinitions: [
        { name: 'app', environment: [{ name: 'A', value: '' }], cpu: 0, dockerLabels: { x: 'y' } },
      ],
    }
    expect(await ask(definition)).toEqual([])
  })

  it('are looked for in answers to that operation alone', async () => {
    const { client, unknown } = clientAnswering({ tasks: [{ taskArn: 'arn', newThing: 1 }] })
    const output = await client.send(new DescribeTasksCommand({ tasks: ['arn'] }))
    expect(output.tasks?.[0]?.taskArn).toBe('arn')
    expect(unknown(output, 'tasks')).toEqual([])
  })
})
