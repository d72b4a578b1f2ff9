import { DescribeClustersCommand, ECSClient } from '@aws-sdk/client-ecs'
import { fromWebToken } from '@aws-sdk/credential-provider-web-identity'
import { describe, expect, it } from '@jest/globals'
import { clientOptions, pause, type Setup, setup } from './local-aws-setup.ts'

const roleArn = 'arn:aws:iam::123456789012:role/migrate'

async function idToken(local: Setup, audience = 'sts.amazonaws.com'): Promise<Response> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } = local.aws.oidcEnvironment
  return await fetch(`${url}&audience=${encodeURIComponent(audience)}`, {
    headers: { authorization: `Bearer ${bearer}` },
  })
}

const tokenFor = async (local: Setup, audience?: string) =>
  ((await (await idToken(local, audience)).json()) as { value: string }).value

const assume = (local: Setup, webIdentityToken: string, role = roleArn, durationSeconds = 900) =>
  fromWebToken({
    roleArn: role,
    webIdentityToken,
    durationSeconds,
    roleSessionName: 'run-1',
    clientConfig: { endpoint: local.aws.url, region: local.aws.region, maxAttempts: 1 },
  })()

const ask = async (
  local: Setup,
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string },
) => {
  const ecs = new ECSClient({ ...clientOptions(local.aws), credentials })
  try {
    return (await ecs.send(new DescribeClustersCommand({}))).clusters?.length
  } finally {
    ecs.destroy()
  }
}

describe("a role assumed with GitHub's token", () => {
  it('gives credentials that work until they expire', async () => {
    await using local = await setup({ timeScale: 900 })
    const credentials = await assume(local, await tokenFor(local))
    expect(credentials.accessKeyId).toMatch(/^ASIA/)
    const lifeSeconds = ((credentials.expiration?.getTime() ?? 0) - local.aws.now()) / 1000
    expect(lifeSeconds).toBeGreaterThan(600)
    expect(lifeSeconds).toBeLessThanOrEqual(900)
    expect(await ask(local, credentials)).toBe(1)
    expect(local.aws.journal.at(-1)?.accessKeyId).toBe(credentials.accessKeyId)
    await pause(1000)
    await expect(ask(local, credentials)).rejects.toMatchObject({
      name: 'ExpiredTokenException',
      message: 'The security token included in the request is expired',
    })
    const renewed = await assume(local, await tokenFor(local))
    expect(await ask(local, renewed)).toBe(1)
  })

  it('lasts as long as the local AWS was configured', async () => {
    await using local = await setup({ sessionMs: 100 })
    const credentials = await assume(local, await tokenFor(local))
    await pause(120)
    await expect(ask(local, credentials)).rejects.toThrow('expired')
  })

  it('journals the token request and the assumption', async () => {
    await using local = await setup()
    await assume(local, await tokenFor(local))
    expect(local.aws.journal.map(({ service, operation }) => `${service}:${operation}`)).toEqual([
      'oidc:GetIdToken',
      'sts:AssumeRoleWithWebIdentity',
    ])
    expect(local.aws.journal[0]?.input).toEqual({ audience: 'sts.amazonaws.com' })
  })

  it('is refused for another audience, a forged or expired token, a foreign role, a wrong duration', async () => {
    await using local = await setup({ timeScale: 600, roles: [roleArn] })
    const token = await tokenFor(local)
    await expect(assume(local, await tokenFor(local, 'elsewhere'))).rejects.toThrow('Incorrect token audience')
    await expect(assume(local, `${token}x`)).rejects.toThrow("Couldn't retrieve verification key")
    await expect(assume(local, token, 'arn:aws:iam::123456789012:role/other')).rejects.toMatchObject({
      name: expect.stringContaining('AccessDenied'),
    })
    await expect(assume(local, token, roleArn, 60)).rejects.toThrow('greater than or equal to 900')
    await pause(600)
    await expect(assume(local, token)).rejects.toThrow('Token expired')
  })

  it('can be made to fail', async () => {
    await using local = await setup()
    local.aws.faults.add({ operation: 'GetIdToken', kind: 'server-error', times: 1 })
    expect((await idToken(local)).status).toBe(500)
    local.aws.faults.add({ operation: 'AssumeRoleWithWebIdentity', kind: 'access-denied', times: 1 })
    await expect(assume(local, await tokenFor(local))).rejects.toThrow('not authorized')
    expect((await assume(local, await tokenFor(local))).sessionToken).toBeDefined()
  })

  it('needs the bearer token of the job', async () => {
    await using local = await setup()
    const url = local.aws.oidcEnvironment.ACTIONS_ID_TOKEN_REQUEST_URL ?? ''
    expect((await fetch(`${url}&audience=x`)).status).toBe(401)
  })
})

describe('credentials', () => {
  it('can be issued to expire in the middle of something', async () => {
    await using local = await setup()
    const issued = local.aws.issueCredentials(1_500)
    const credentials = {
      accessKeyId: issued.AWS_ACCESS_KEY_ID,
      secretAccessKey: issued.AWS_SECRET_ACCESS_KEY,
      sessionToken: issued.AWS_SESSION_TOKEN,
    }
    expect(await ask(local, credentials)).toBe(1)
    await pause(1_600)
    await expect(ask(local, credentials)).rejects.toMatchObject({ name: 'ExpiredTokenException' })
    await expect(ask(local, { ...credentials, sessionToken: 'other' })).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    })
  })

  it('must be of the region, and signed within five minutes of now', async () => {
    await using local = await setup()
    const elsewhere = new ECSClient({ ...clientOptions(local.aws), region: 'eu-west-1' })
    await expect(elsewhere.send(new DescribeClustersCommand({}))).rejects.toThrow('Credential should be scoped')
    elsewhere.destroy()
    const slow = new ECSClient({ ...clientOptions(local.aws), systemClockOffset: -6 * 60 * 1000 })
    await expect(slow.send(new DescribeClustersCommand({}))).rejects.toThrow('Signature expired')
    // The SDK has learnt the right time from that answer.
    expect((await slow.send(new DescribeClustersCommand({}))).clusters).toHaveLength(1)
    slow.destroy()
  })

  it('must be there', async () => {
    await using local = await setup()
    const headers = { 'x-amz-target': 'AmazonEC2ContainerServiceV20141113.DescribeClusters' }
    const response = await fetch(local.aws.url, { method: 'POST', headers, body: '{}' })
    expect(await response.json()).toMatchObject({ __type: 'MissingAuthenticationTokenException' })
  })
})
