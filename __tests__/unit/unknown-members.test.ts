import { DescribeTaskDefinitionCommand, DescribeTasksCommand } from '@aws-sdk/client-ecs'
import { describe, expect, it } from '@jest/globals'
import { keepRawAnswers, unknownMembers, withWholeOverrides } from '../../src/aws/unknown-members.ts'
import { answeringClient } from './answering-client.ts'

function clientAnswering(answer: unknown, command = 'DescribeTaskDefinitionCommand') {
  const client = answeringClient(answer)
  return { client, raw: keepRawAnswers(client, command) }
}

const arn = 'arn:aws:ecs:eu-central-1:123456789012:task-definition/shop:1'

const ask = async (members: object): Promise<readonly string[]> => {
  const taskDefinition = { taskDefinitionArn: arn, containerDefinitions: [], ...members }
  const { client, raw } = clientAnswering({ taskDefinition })
  const output = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'shop' }))
  return unknownMembers(output.taskDefinition, raw(output)?.taskDefinition)
}

describe('members that this SDK does not know', () => {
  it('are named by their paths', async () => {
    const definition = {
      family: 'shop',
      newThing: true,
      containerDefinitions: [{ name: 'app' }, { name: 'log', newer: { a: 1 }, linuxParameters: { newest: [1] } }],
    }
    expect(await ask(definition)).toEqual([
      'containerDefinitions[1].newer',
      'containerDefinitions[1].linuxParameters.newest',
      'newThing',
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
        null,
        { name: 'app', environment: [{ name: 'A', value: '' }, null], cpu: 0, dockerLabels: { x: 'y' } },
      ],
    }
    expect(await ask(definition)).toEqual([])
  })

  it('may be a word of a command: without it another command would run', async () => {
    expect(await ask({ containerDefinitions: [{ name: 'app', command: ['migrate', null, '--all'] }] })).toEqual([
      'containerDefinitions[0].command[1]',
    ])
  })

  it('stay in the overrides of a task, whose other members are as the SDK reads them', async () => {
    const taskArn = 'arn:aws:ecs:eu-central-1:123456789012:task/default/0a1b'
    const overrides = { newThing: { on: true }, containerOverrides: [null, { name: 'app', newer: 1, cpu: null }] }
    const { client, raw } = clientAnswering(
      { tasks: [{ taskArn, createdAt: 1.5, overrides, newest: 1 }, null] },
      'DescribeTasksCommand',
    )
    const output = await client.send(new DescribeTasksCommand({ tasks: [taskArn] }))
    expect(withWholeOverrides(output.tasks ?? [], raw, output)).toEqual([
      {
        taskArn,
        createdAt: new Date(1500),
        overrides: { newThing: { on: true }, containerOverrides: [{ name: 'app', newer: 1 }] },
      },
    ])
  })

  it('are looked for in answers to the operations that were named alone', async () => {
    const taskArn = 'arn:aws:ecs:eu-central-1:123456789012:task/default/0a1b'
    const { client, raw } = clientAnswering({ tasks: [{ taskArn, newThing: 1 }] })
    const output = await client.send(new DescribeTasksCommand({ tasks: [taskArn] }))
    expect(raw(output)).toBeUndefined()
  })
})
