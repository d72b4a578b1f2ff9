/**
 * References to container images: `[host[:port]/]path[:tag][@digest]`. The grammar is that of
 * https://github.com/distribution/reference, by which registries and container runtimes read them.
 */

/** The private ECR registry that an image lies in. */
export interface EcrRegistry {
  /** Twelve digits: ECR's registry id. */
  readonly account: string
  readonly region: string
}

export interface ImageReference {
  /** As it was given. */
  readonly uri: string
  /** As it was given, without tag and digest. */
  readonly name: string
  /** Host, with its port: `docker.io` where none is given. */
  readonly registry: string
  /** On Docker Hub with `library/` where no owner is given. */
  readonly repository: string
  /** `latest` where neither tag nor digest is given. */
  readonly tag?: string
  /** `sha256:…` */
  readonly digest?: string
  readonly ecr?: EcrRegistry
}

const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?'
const HOST = `(?:${LABEL}(?:\\.${LABEL})*|\\[[0-9a-fA-F:]+\\])(?::\\d+)?`
const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const DIGEST = '(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})'
const REFERENCE = new RegExp(
  `^(?<name>(?:(?<host>${HOST})/)?(?<path>${COMPONENT}(?:/${COMPONENT})*))` +
    `(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>${DIGEST}))?$`,
)
const LONGEST_PATH = 255
/** By the grammar a repository sha256 on Docker Hub, which nobody means. */
const LONE_DIGEST = /^@?sha\d+:[0-9a-f]*$/i

/** Also FIPS (`dkr.ecr-fips`) and dual-stack (`dkr-ecr.REGION.on.aws`) hosts, in every partition. */
const ECR_HOST = /^(?<account>\d{12})\.dkr[.-]ecr(?:-fips)?\.(?<region>[a-z]{2,}(?:-[a-z]+)+-\d+)\.[a-z.]+$/

/** @returns undefined when the text is no image reference; `whyNoImage` says what is wrong with it */
export function parseImage(uri: string): ImageReference | undefined {
  const parts = LONE_DIGEST.test(uri) ? undefined : REFERENCE.exec(uri)?.groups
  if (parts?.name === undefined || parts.path === undefined) return undefined
  const { host, path } = isHost(parts.host)
    ? { host: parts.host, path: parts.path }
    : { host: 'docker.io', path: parts.name }
  // 64 hexadecimal digits are an image's id; no registry has a repository of such a name.
  if (!PATH.test(path) || path.length > LONGEST_PATH || /^[0-9a-f]{64}$/.test(path)) return undefined
  const onDockerHub = host === 'docker.io' || host === 'index.docker.io'
  const tag = parts.tag ?? (parts.digest === undefined ? 'latest' : undefined)
  const ecr = ECR_HOST.exec(host)?.groups
  return {
    uri,
    name: parts.name,
    registry: host,
    repository: onDockerHub && !path.includes('/') ? `library/${path}` : path,
    ...(tag === undefined ? {} : { tag }),
    ...(parts.digest === undefined ? {} : { digest: parts.digest }),
    ...(ecr?.account && ecr.region ? { ecr: { account: ecr.account, region: ecr.region } } : {}),
  }
}

const PATH = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`)

/** The first part is a host if it has a dot or a port; else it is an owner on Docker Hub. */
function isHost(first: string | undefined): first is string {
  return first !== undefined && (/[.:]/.test(first) || first === 'localhost')
}

/** The reference that always means these bytes: `name@digest`. A tag is left out, since the digest decides. */
export function pinned(image: ImageReference, digest: string): string {
  return `${image.name}@${digest}`
}

/** Registry and repository, so that two images of one repository are equal; of a text that is no reference all before the tag. */
export function repositoryOf(image: string): string {
  const parsed = parseImage(image)
  if (parsed === undefined) return image.replace(/@.*$/, '').replace(/:[^:/]*$/, '')
  const { registry, repository } = parsed
  const isDockerHub = registry === 'docker.io' || registry === 'index.docker.io'
  return isDockerHub ? repository.replace(/^library\/(?=[^/]*$)/, '') : `${registry}/${repository}`
}

/** What is wrong with a text that is no image reference, and what was probably meant. */
interface Flaw {
  readonly when: RegExp
  /** Ends a sentence that shows the text. */
  readonly flaw: string
  readonly hint: string
}

const NO_VALUE = 'an expression without a value leaves such a gap: look whether the variable or the output exists'

/** The first that fits says it. */
const FLAWS: readonly Flaw[] = [
  {
    when: /\*{3}/,
    flaw: "with ***, which is how GitHub's log shows a masked value",
    hint: 'the value itself. An output of another job that holds a masked value arrives empty: pass its parts, or stop masking the account id (mask-aws-account-id, mask-password)',
  },
  {
    when: /\$\{\{/,
    flaw: 'with an expression that GitHub did not evaluate',
    hint: 'an expression in with: is evaluated; in a variable of the environment or a file it is not',
  },
  {
    when: /\$/,
    flaw: 'with a shell variable, and no shell reads the inputs of an action',
    hint: "GitHub's expressions instead, with env.NAME, vars.NAME or steps.ID.outputs.NAME in them",
  },
  { when: /^[a-z]+:\/\//i, flaw: 'with a scheme', hint: 'leave out what stands before the host, // included' },
  {
    when: LONE_DIGEST,
    flaw: 'which is a digest alone',
    hint: 'the repository stands before it: repository@sha256:…',
  },
  { when: /^[0-9a-f]{64}$/, flaw: 'which is an id alone', hint: 'repository@sha256:…' },
  { when: /^[:@]/, flaw: 'without a repository', hint: NO_VALUE },
  { when: /^\/|\/\/|\/[:@]|\/$/, flaw: 'with a part of the name missing beside a /', hint: NO_VALUE },
  { when: /[:@]$|:@/, flaw: 'with nothing after the : or @', hint: NO_VALUE },
  { when: /\s/, flaw: 'with white space', hint: 'one image, without spaces or line ends' },
  {
    when: /@/,
    flaw: 'whose digest is not valid',
    hint: 'after @ stand sha256: and 64 digits and letters from a to f; a tag stands after :',
  },
  {
    when: /:[^/:]*[^\d/:][^/:]*\/|\/[^:]*:[^/]*\//,
    flaw: 'whose tag has a /',
    hint: 'a tag is made of letters, digits, _ . and -: write - for / as docker/metadata-action does (feature/login becomes feature-login)',
  },
  { when: /:[^/:]{129,}$/, flaw: 'whose tag is longer than 128 characters', hint: 'a shorter tag' },
  {
    when: /:[^/:]*[^\w./:-][^/:]*$|:[.-][^/:]*$/,
    flaw: 'whose tag has characters that no tag has',
    hint: 'a tag is made of letters, digits, _ . and -, and begins with none of . and -',
  },
  {
    when: /^[^:]{256,}/,
    flaw: 'whose name is too long',
    hint: `a repository's name has at most ${LONGEST_PATH} characters`,
  },
  { when: /[A-Z]/, flaw: 'whose repository has upper case letters', hint: 'a repository is written in lower case' },
]

/** @param text for which `parseImage` returned undefined */
export function whyNoImage(text: string): Omit<Flaw, 'when'> {
  const hint = 'a repository is made of lower case letters and digits, with . _ - and / between them'
  return FLAWS.find(({ when }) => when.test(text)) ?? { flaw: 'which is no image reference', hint }
}
