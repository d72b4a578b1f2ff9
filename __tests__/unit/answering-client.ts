import { ECSClient } from '@aws-sdk/client-ecs'
import { checked } from '../../src/aws/answers.ts'

/** A client whose every answer is this JSON, and that asks once. */
export function answeringClient(answer: unknown): ECSClient {
  const client = new ECSClient({
    region: 'eu-central-1',
    maxAttempts: 1,
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
  return checked('ecs', client)
}
