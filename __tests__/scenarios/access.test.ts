/** How the step gets to AWS: through a proxy, and with credentials that outlive a long migration. */
import { expect, test } from '@jest/globals'
import { violations } from '../faults/invariants.ts'
import { called, containerRuns, type OpenWorld, openWorld, type Step, type StepEvidence } from '../faults/stage.ts'
import { type Company, host, startCompany } from './proxy.ts'
import { log, scenario } from './scenario.ts'

const role = 'arn:aws:iam::123456789012:role/deploy'
const limitMs = 120_000

async function inCompany(
  story: Parameters<typeof openWorld>[0],
  step: (company: Company, world: OpenWorld) => Step,
  check: (company: Company, played: StepEvidence) => void,
): Promise<void> {
  const world = await openWorld({ scale: 4, ...story })
  const company = await startCompany(world.aws.url)
  try {
    const played = await world.run(step(company, world))
    expect(violations(played, await world.evidence())).toEqual([])
    check(company, played)
  } finally {
    await company.close()
    await world.close()
  }
}

/** Everything that the action needs, AWS and GitHub's token endpoint, is behind the proxy. */
const behindProxy = ({ endpoint, proxy, caFile }: Company): Readonly<Record<string, string>> => ({
  AWS_ENDPOINT_URL: endpoint,
  HTTPS_PROXY: proxy,
  NODE_EXTRA_CA_CERTS: caFile,
})

scenario('GitHub and STS have hiccups while a role is renewed', {
  about: 'Two minutes of errors from the token endpoint, then two of STS.',
  scale: 60,
  container: 'echo "Applying 0001_initial"; sleep 8',
  aws: { sessionMs: 6 * 60_000 },
  idToken: true,
  inputs: { 'role-to-assume': role },
  faults: [
    { operation: 'GetIdToken', kind: 'server-error', afterMatches: 1, forMs: 120_000 },
    { operation: 'AssumeRoleWithWebIdentity', kind: 'reset', afterMatches: 2, forMs: 120_000 },
  ],
  approved: false,
  check: (step) => expect(step.run.outputs.outcome).toBe('succeeded'),
})

scenario('a role that is assumed, and renewed while the migration runs', {
  about: 'The migration takes 8 minutes, the credentials live for 6.',
  scale: 60,
  container: 'echo "Applying 0001_initial"; sleep 8; echo "Applying 0001_initial... OK"',
  aws: { sessionMs: 6 * 60_000 },
  idToken: true,
  inputs: { 'role-to-assume': role },
  approved: false,
  check: (step, { journal }) => {
    const assumed = journal.filter(({ operation }) => operation === 'AssumeRoleWithWebIdentity')
    const keys = new Set(journal.filter(({ service }) => service === 'ecs').map(({ accessKeyId }) => accessKeyId))
    expect(assumed.length).toBeGreaterThan(2)
    expect(keys.size).toBeGreaterThan(2)
    expect(journal.filter(({ outcome }) => outcome?.error?.code === 'ExpiredTokenException')).toEqual([])
    expect(step.run.outputs.outcome).toBe('succeeded')
    // Commands are switched off between a container's lines: a token must not be printed as text there.
    expect(log(step)).not.toMatch(/add-mask|eyJ/)
  },
})

test.concurrent(
  'a CONNECT that is refused proves that RunTask was not sent',
  async () => {
    let refuse = (): void => {}
    await inCompany(
      { faults: [{ operation: 'RegisterTaskDefinition', kind: 'answer-late', delayMs: 6_000 }] },
      (company) => {
        refuse = company.refuse
        return {
          env: behindProxy(company),
          events: [{ when: called('RegisterTaskDefinition', 'arrived', 1), happens: () => refuse() }],
        }
      },
      (_company, step) => {
        expect(step.run.outputs.outcome).toBe('not-started')
        expect(log(step)).toMatch(/ecs:RunTask[\s\S]*answered HTTP 403 to CONNECT aws\.invalid/)
        expect((step.endedAt - step.startedAt) / 1_000).toBeLessThan(60)
      },
    )
  },
  limitMs,
)

test.concurrent(
  'HTTPS_PROXY leads every call, TLS and all, and the token endpoint too',
  () =>
    inCompany(
      {},
      (company, { aws }) => {
        const { ACTIONS_ID_TOKEN_REQUEST_URL = '', ACTIONS_ID_TOKEN_REQUEST_TOKEN = '' } = aws.oidcEnvironment
        return {
          inputs: { 'role-to-assume': role },
          env: behindProxy(company),
          runner: {
            idToken: {
              url: ACTIONS_ID_TOKEN_REQUEST_URL.replace(aws.url, company.endpoint),
              token: ACTIONS_ID_TOKEN_REQUEST_TOKEN,
            },
          },
        }
      },
      ({ connects, endpoint }, { run }) => {
        expect(run.outputs.outcome).toBe('succeeded')
        expect(new Set(connects)).toEqual(new Set([new URL(endpoint).host]))
      },
    ),
  limitMs,
)

/** A step that ends because of what stands in between, before anything was launched, and within 15 s. */
function inTheWay(title: string, env: (company: Company) => Readonly<Record<string, string>>, said: RegExp): void {
  test.concurrent(
    title,
    () =>
      inCompany(
        {},
        (company) => ({ env: { ...behindProxy(company), ...env(company) } }),
        ({ connects }, step) => {
          expect(step.run.outputs.outcome).toBe('not-started')
          expect(log(step)).toMatch(said)
          // And what a busy machine takes, which counts fourfold.
          expect((step.endedAt - step.startedAt) / 1_000).toBeLessThan(15 + 15)
          if (title.startsWith('NO_PROXY')) expect(connects).toEqual([])
        },
      ),
    limitMs,
  )
}

inTheWay(
  'NO_PROXY is honoured: the name is looked up by the runner itself, and not for long',
  () => ({ NO_PROXY: `.internal,${host}` }),
  /(ENOTFOUND|EAI_AGAIN) aws\.invalid[\s\S]*its name is not resolved/,
)

inTheWay(
  'a proxy that wants another password is named, with its status',
  ({ proxy }) => ({ HTTPS_PROXY: proxy.replace(/\/\/.*@/, '//migrator:wrong@') }),
  /the proxy 127\.0\.0\.1:\d+ answered HTTP 407 to CONNECT aws\.invalid:\d+[\s\S]*HTTPS_PROXY/,
)

inTheWay(
  'a proxy that ends each connection without an answer is named, and AWS is not said to have answered',
  (company) => {
    company.refuse('nothing')
    return {}
  },
  /the proxy 127\.0\.0\.1:\d+ gave no answer to CONNECT aws\.invalid:\d+[\s\S]*HTTPS_PROXY/,
)

inTheWay(
  'a certificate that Node does not trust is called that, and NODE_EXTRA_CA_CERTS the remedy',
  () => ({ NODE_EXTRA_CA_CERTS: '' }),
  /UNABLE_TO_VERIFY_LEAF_SIGNATURE[\s\S]*does not trust the certificate[\s\S]*NODE_EXTRA_CA_CERTS/,
)

scenario('a role that is assumed, and the process is killed', {
  about: 'Post assumes it again, to stop the task.',
  scale: 10,
  container: 'trap "exit 143" TERM; sleep 60 & wait',
  idToken: true,
  inputs: { 'role-to-assume': role },
  events: [{ when: containerRuns, happens: 'kill' }],
  approved: false,
  check: (_step, { journal }) => expect(journal.filter(({ operation }) => operation === 'StopTask')).toHaveLength(1),
})

scenario('a role without permission for the token', {
  about: 'permissions: id-token: write is missing.',
  inputs: { 'role-to-assume': role },
})

/**
 * The SDK renews 5 minutes before the end: 2 real seconds after the start, when the task must run. A request is given up
 * after 10 s, which are then 330 real ms: with fewer, a busy machine alone has the first token asked for twice.
 */
const renewed = {
  scale: 30,
  container: 'echo "Applying 0001_initial"; sleep 4',
  aws: { sessionMs: 6 * 60_000 },
  idToken: true,
  inputs: { 'role-to-assume': role },
  approved: false,
} as const

scenario("the job's own token ends while a role is renewed", {
  ...renewed,
  about: 'GitHub refuses the next OIDC token about 6 hours after the start of a job.',
  faults: [
    { operation: 'GetIdToken', kind: 'error', afterMatches: 1, error: { code: 'Forbidden', message: '', status: 403 } },
  ],
  check(step) {
    expect(step.run.outputs.outcome).toBe('unknown')
    expect(log(step)).toContain("the job's own token has ended")
    expect(log(step)).not.toContain('id-token: write')
  },
})

scenario('a role that may not be assumed', {
  about: 'The trust policy does not fit.',
  idToken: true,
  aws: { roles: [] },
  inputs: { 'role-to-assume': role },
})

scenario('STS cannot read the keys of GitHub for a moment while a role is renewed', {
  ...renewed,
  about: 'Known to be intermittent.',
  faults: [
    {
      operation: 'AssumeRoleWithWebIdentity',
      kind: 'error',
      afterMatches: 1,
      times: 2,
      error: {
        code: 'InvalidIdentityToken',
        message: "Couldn't retrieve verification key from your identity provider",
      },
    },
  ],
  check: (step) => expect(step.run.outputs.outcome).toBe('succeeded'),
})

scenario('the token of GitHub expires before STS looks at it', {
  ...renewed,
  about: 'A fresh one is fetched, once.',
  faults: [
    {
      operation: 'AssumeRoleWithWebIdentity',
      kind: 'error',
      afterMatches: 1,
      times: 1,
      error: {
        code: 'ExpiredTokenException',
        message: 'Token expired: current date/time 1764331200 must be before the expiration date/time 1764330900',
      },
    },
  ],
  check: (step, { journal }) => {
    expect(step.run.outputs.outcome).toBe('succeeded')
    const asked = journal.filter(({ operation }) => /^(GetIdToken|AssumeRoleWithWebIdentity)$/.test(operation))
    const expired = asked.findIndex(({ outcome }) => outcome?.error?.code === 'ExpiredTokenException')
    expect(asked[expired + 1]?.operation).toBe('GetIdToken')
  },
})

scenario('STS cannot read the keys of GitHub', {
  about: 'From the first call on. Said after 15 s; the provider is not what is missing.',
  scale: 5,
  idToken: true,
  inputs: { 'role-to-assume': role },
  faults: [
    {
      operation: 'AssumeRoleWithWebIdentity',
      kind: 'error',
      error: {
        code: 'InvalidIdentityToken',
        message: "Couldn't retrieve verification key from your identity provider",
      },
    },
  ],
  approved: false,
  check: (step) => {
    expect(step.run.outputs.outcome).toBe('not-started')
    expect(log(step)).not.toContain('Create the OIDC provider')
    expect(log(step)).toContain("AWS could not fetch GitHub's keys")
  },
})
