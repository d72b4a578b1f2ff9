import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { platformsOf } from '../../src/aws/manifests.ts'
import { type ImageReference, parseImage, pinned, repositoryOf, whyNoImage } from '../../src/image-reference.ts'
import { type ImageLookup, judgeImage, uncheckedImage, wantedPlatform } from '../../src/preflight/image.ts'

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`
const host = '123456789012.dkr.ecr.eu-west-1.amazonaws.com'

function parsed(uri: string): ImageReference {
  const image = parseImage(uri)
  if (image === undefined) throw new Error(`${uri} was not understood`)
  return image
}

describe('an image URI', () => {
  test('in ECR by tag', () => {
    expect(parseImage(`${host}/team/app:v1.2`)).toEqual({
      uri: `${host}/team/app:v1.2`,
      name: `${host}/team/app`,
      registry: host,
      repository: 'team/app',
      tag: 'v1.2',
      ecr: { account: '123456789012', region: 'eu-west-1' },
    })
  })

  test('in ECR by digest', () => {
    expect(parseImage(`${host}/app@${digest}`)).toEqual({
      uri: `${host}/app@${digest}`,
      name: `${host}/app`,
      registry: host,
      repository: 'app',
      digest,
      ecr: { account: '123456789012', region: 'eu-west-1' },
    })
  })

  test('with tag and digest', () => {
    expect(parseImage(`${host}/app:v1@${digest}`)).toMatchObject({ name: `${host}/app`, tag: 'v1', digest })
  })

  test.each([
    ['123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com/app', 'us-gov-west-1'],
    ['123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/app', 'cn-north-1'],
    ['123456789012.dkr-ecr.eu-central-2.on.aws/app', 'eu-central-2'],
    ['123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu/app', 'eusc-de-east-1'],
  ])('%s is in ECR', (uri, region) => {
    expect(parseImage(uri)?.ecr).toEqual({ account: '123456789012', region })
  })

  test.each([
    ['postgres', 'docker.io', 'library/postgres', 'latest'],
    ['acme/app:1', 'docker.io', 'acme/app', '1'],
    ['docker.io/postgres:16', 'docker.io', 'library/postgres', '16'],
    ['ghcr.io/acme/app:sha-1', 'ghcr.io', 'acme/app', 'sha-1'],
    ['public.ecr.aws/x1y2z3/app', 'public.ecr.aws', 'x1y2z3/app', 'latest'],
    ['localhost:5000/app:1', 'localhost:5000', 'app', '1'],
    ['12345.dkr.ecr.eu-west-1.amazonaws.com/app', '12345.dkr.ecr.eu-west-1.amazonaws.com', 'app', 'latest'],
  ])('%s is in %s, not in ECR', (uri, registry, repository, tag) => {
    expect(parseImage(uri)).toEqual({ uri, name: uri.replace(/:[^:/]+$/, ''), registry, repository, tag })
  })

  test.each([
    '',
    ' ',
    'https://example.com/app',
    'App:1',
    `${host}/app:`,
    `${host}/app@sha256:123`,
    `${host}/app:tag with space`,
    `${host}/`,
    `${host}/app:v1\n`,
  ])('%j is none', (uri) => {
    expect(parseImage(uri)).toBeUndefined()
  })

  test.each([
    ['', 'no image reference'],
    [':1.4', 'without a repository'],
    ['/billing:1.4', 'part of the name missing'],
    ['ghcr.io//billing:1.4', 'part of the name missing'],
    [`${host}/`, 'part of the name missing'],
    [`${host}/:sha-77aa`, 'part of the name missing'],
    ['ghcr.io/acme/billing:', 'nothing after the :'],
    ['ghcr.io/acme/billing@', 'nothing after the :'],
    [`ghcr.io/acme/billing:@${digest}`, 'nothing after the :'],
    ['ghcr.io/acme/billing:fix/42-null', 'whose tag has a /'],
    ['billing:fix/42', 'whose tag has a /'],
    [`localhost:5000/billing:2/3`, 'whose tag has a /'],
    [digest, 'a digest alone'],
    [`@${digest}`, 'a digest alone'],
    ['a'.repeat(64), 'an id alone'],
    ['http://ghcr.io/acme/billing:1', 'with a scheme'],
    ['docker://acme/billing:1', 'with a scheme'],
    ['$REGISTRY/billing:$SHA', 'with a shell variable'],
    ['$' + '{REGISTRY}/billing', 'with a shell variable'],
    ['$' + '{{ vars.IMAGE }}', 'an expression that GitHub did not evaluate'],
    ['***.dkr.ecr.eu-north-1.amazonaws.com/billing:1', 'with ***'],
    ['ghcr.io/AcmeCorp/billing:1', 'upper case'],
    ['AcmeCorp/billing:1', 'upper case'],
    ['Billing', 'upper case'],
    ['ghcr.io/acme/billing:v2+arm', 'characters that no tag has'],
    ['ghcr.io/acme/billing:-v2', 'characters that no tag has'],
    [`ghcr.io/acme/billing:${'t'.repeat(129)}`, 'longer than 128'],
    [`ghcr.io/${'b'.repeat(256)}:1`, 'too long'],
    ['ghcr.io/acme/billing@latest', 'whose digest is not valid'],
    [`ghcr.io/acme/billing@${digest.slice(0, -1)}`, 'whose digest is not valid'],
    ['ghcr.io/acme/billing :1', 'white space'],
    ['ghcr.io/acme/billing:1\nghcr.io/acme/other:1', 'white space'],
    ['ghcr.io/acme/-billing', 'no image reference'],
    ['ghcr.io/acme/bil___ling', 'no image reference'],
  ])('%j is none: %s', (uri, flaw) => {
    expect(parseImage(uri)).toBeUndefined()
    expect(whyNoImage(uri).flaw).toContain(flaw)
  })

  test.each([
    `ghcr.io/acme/billing:${'t'.repeat(128)}`,
    `ghcr.io/${'b'.repeat(255)}:1`,
    '[fd00::17]:5000/billing:1',
    'Registry.Example.com:5000/billing:_V2.x-y',
    `billing@sha512:${'0a'.repeat(64)}`,
    'acme/bil__ling---x.y_z:1',
  ])('%j is one', (uri) => {
    expect(parseImage(uri)?.uri).toBe(uri)
  })

  test('has one repository, however it is written', () => {
    for (const uri of [
      'redis',
      'redis:7',
      'docker.io/redis',
      'index.docker.io/library/redis:7',
      `library/redis@${digest}`,
    ])
      expect(repositoryOf(uri)).toBe('redis')
    expect(repositoryOf(`${host}/team/app:v1@${digest}`)).toBe(`${host}/team/app`)
    expect(repositoryOf('ghcr.io/library/redis')).toBe('ghcr.io/library/redis')
    expect(repositoryOf('<IMAGE1_NAME>')).toBe('<IMAGE1_NAME>')
  })

  test('is put together and taken apart again', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,8}([._-][a-z0-9]{1,8}){0,2}$/)
    const registry = fc.constantFrom('', 'ghcr.io/', 'localhost/', 'localhost:5000/', `${host}/`, '10.1.2.3:5000/')
    const tag = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/)
    fc.assert(
      fc.property(
        registry,
        fc.array(part, { minLength: 1, maxLength: 3 }),
        tag,
        fc.boolean(),
        (where, path, tag, fixed) => {
          // A first part with a dot is a host.
          if (where === '' && path.length > 1) fc.pre(!path[0]?.includes('.') && path[0] !== 'localhost')
          const uri = `${where}${path.join('/')}:${tag}${fixed ? `@${digest}` : ''}`
          expect(parseImage(uri)).toMatchObject({ name: `${where}${path.join('/')}`, tag, ...(fixed && { digest }) })
        },
      ),
    )
  })

  test('pinned, it is the same image by its digest', () => {
    expect(pinned(parsed(`${host}/app:v1`), digest)).toBe(`${host}/app@${digest}`)
    expect(parseImage(pinned(parsed('localhost:5000/app:v1'), digest))).toMatchObject({
      name: 'localhost:5000/app',
      digest,
    })
  })
})

describe('the platforms of a manifest', () => {
  const list = (...platforms: readonly (object | undefined)[]) =>
    JSON.stringify({ schemaVersion: 2, manifests: platforms.map((platform) => ({ digest, platform })) })

  test('are those that it lists, without attestations', () => {
    const amd = { os: 'linux', architecture: 'amd64' }
    const attestation = { os: 'unknown', architecture: 'unknown' }
    expect(platformsOf(list(amd, { os: 'linux', architecture: 'arm64', variant: 'v8' }, attestation))).toEqual([
      amd,
      { os: 'linux', architecture: 'arm64' },
    ])
  })

  test.each([
    ['an image for one platform', JSON.stringify({ schemaVersion: 2, layers: [] })],
    ['an entry that does not tell', list({ os: 'linux', architecture: 'arm64' }, undefined)],
    ['an empty list', list()],
    ['no JSON', '<html>'],
  ])('%s: nothing is known', (_what, manifest) => {
    expect(platformsOf(manifest)).toBeUndefined()
  })
})

test.each([
  [undefined, 'linux', 'amd64'],
  [{}, 'linux', 'amd64'],
  [{ cpuArchitecture: 'X86_64' as const }, 'linux', 'amd64'],
  [{ cpuArchitecture: 'ARM64' as const, operatingSystemFamily: 'LINUX' as const }, 'linux', 'arm64'],
  [{ operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' as const }, 'windows', 'amd64'],
])('the runtime platform %j asks for %s/%s', (runtime, os, architecture) => {
  expect(wantedPlatform(runtime)).toEqual({ os, architecture })
})

describe('the judgement', () => {
  const image = parsed(`${host}/app:v1`)
  const found = { found: true as const, digest }
  const both = [
    { os: 'linux', architecture: 'amd64' },
    { os: 'linux', architecture: 'arm64' },
  ]

  test.each<[string, ImageLookup]>([
    ['is there', found],
    ['is active', { ...found, status: 'ACTIVE' }],
    ['is being restored from the archive', { ...found, status: 'ACTIVATING' }],
    ['has the platform', { ...found, platforms: both }],
  ])('passes an image that %s', (_what, lookup) => {
    expect(judgeImage(image, lookup, undefined)).toEqual({ refusals: [], warnings: [] })
  })

  test.each<[string, ImageLookup, string, string]>([
    [
      'image-repository-not-found',
      { found: false, missing: 'repository' },
      `There is no ECR repository app in account 123456789012, Region eu-west-1, so the image ${host}/app:v1 cannot be pulled.`,
      'Check account, Region and repository in image-uri; create the repository and push the image if they are right.',
    ],
    [
      'image-not-found',
      { found: false, missing: 'image' },
      'The ECR repository app in account 123456789012, Region eu-west-1 has no image tagged v1.',
      'Push the image before this step, or give one that exists. If it was there before, a lifecycle policy may have expired it.',
    ],
    [
      'image-archived',
      { ...found, status: 'ARCHIVED' },
      `The image ${host}/app:v1 is archived in ECR, and archived images cannot be pulled.`,
      'Restore it in repository app (aws ecr update-image-storage-class --target-storage-class STANDARD), or push it again.',
    ],
    [
      'image-platform',
      { ...found, platforms: [{ os: 'linux', architecture: 'arm64' }] },
      `The task runs on linux/amd64, and the image ${host}/app:v1 has only linux/arm64.`,
      'Build the image for linux/amd64 (docker buildx build --platform linux/amd64), or set runtimePlatform.cpuArchitecture in the task definition to what the image has.',
    ],
  ])('refuses: %s', (code, lookup, reason, remedy) => {
    const { refusals, warnings } = judgeImage(image, lookup, undefined)
    expect(warnings).toEqual([])
    expect(refusals).toMatchObject([{ code, reason, remedy }])
  })

  test('warns where a cache rule may fetch it', () => {
    const { refusals, warnings } = judgeImage(image, { found: false, missing: 'image', cacheRule: 'hub' }, undefined)
    expect(refusals).toEqual([])
    expect(warnings.map(({ reason }) => reason)).toEqual([
      `The image ${host}/app:v1 is not in ECR yet: the pull-through cache rule hub fetches it at its first pull, so whether it exists upstream is not known.`,
    ])
  })
})

test('an image elsewhere is said to be unchecked', () => {
  expect(uncheckedImage(parsed('ghcr.io/acme/app:1'))).toBe(
    'Image ghcr.io/acme/app:1 is in ghcr.io: only images in Amazon ECR are looked up, so whether it exists was not checked.',
  )
})
