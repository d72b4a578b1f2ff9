import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { parse } from 'yaml'
import { startMoto } from '../acceptance/moto.ts'
import { toolsVenv } from './act-run.ts'
import { variables } from './act-stage.ts'

interface Rds {
  /** For whatever calls RDS by the AWS CLI. */
  readonly environment: Readonly<Record<string, string>>
  /** One command of `aws rds`. @returns its output as text */
  readonly call: (...words: readonly string[]) => string
  /** A script of bash. @throws where it fails */
  readonly shell: (script: string, more?: Readonly<Record<string, string>>) => string
}

/** RDS as moto plays it, with the instance that the workflows name. */
export const withRds = async (work: (rds: Rds) => Promise<void>): Promise<void> => {
  const moto = await startMoto()
  try {
    const rds = client(moto.url)
    rds.shell(INSTANCE, { NAME: variables.DATABASE_INSTANCE })
    await work(rds)
  } finally {
    await moto.close()
  }
}

/** In the default VPC, as docs/setup.md makes it. */
const INSTANCE = `
  subnets=$(aws ec2 describe-subnets --query 'Subnets[].SubnetId' --output text)
  group=$(aws ec2 describe-security-groups --query 'SecurityGroups[0].GroupId' --output text)
  aws rds create-db-subnet-group --db-subnet-group-name default --db-subnet-group-description default --subnet-ids $subnets
  aws rds create-db-instance --db-instance-identifier "$NAME" --engine postgres --db-instance-class db.t4g.micro \\
    --db-subnet-group-name default --vpc-security-group-ids "$group"
`

const client = (url: string): Rds => {
  const environment = {
    AWS_ENDPOINT_URL_RDS: url,
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
    // In us-east-1 the AWS CLI 1 goes to https://rds.amazonaws.com, whatever the variables say.
    AWS_DEFAULT_REGION: 'eu-west-1',
  }
  const shell: Rds['shell'] = (script, more = {}) => {
    const env = {
      HOME: tmpdir(),
      AWS_ENDPOINT_URL_EC2: url,
      ...environment,
      ...more,
      PATH: [toolsVenv, process.env.PATH].join(delimiter),
    }
    const { status, stdout, stderr } = spawnSync('bash', ['-eo', 'pipefail', '-c', script], { env, encoding: 'utf8' })
    if (status !== 0) throw new Error(stderr)
    return stdout.trim()
  }
  const call: Rds['call'] = (...words) =>
    shell(['aws rds', ...words.map((word) => `'${word}'`), '--output text'].join(' '))
  return { environment, call, shell }
}

/** What the step of snapshot.yml writes into the summary as the way back, run here once more for a snapshot of its own. */
export const restoreCommand = (rds: Rds): string => {
  const folder = mkdtempSync(join(tmpdir(), 'snapshot-step-'))
  try {
    const workflow = parse(readFileSync('examples/workflows/snapshot.yml', 'utf8'))
    const step = workflow.jobs.migrate.steps.find(({ name }: { name: string }) => name === 'Take a snapshot')
    const page = join(folder, 'summary')
    rds.shell(step.run, { INSTANCE: variables.DATABASE_INSTANCE, SNAPSHOT: 'before-a-test', GITHUB_STEP_SUMMARY: page })
    return /```sh\n([\s\S]*?)```/.exec(readFileSync(page, 'utf8'))?.[1] ?? ''
  } finally {
    rmSync(folder, { recursive: true })
  }
}
