/** Inputs that change the task besides its image and variables: secrets, size, log. */
import { cpuUnits, FARGATE_CPUS, mebibytes } from '../fargate-size.ts'
import { readPairs, VARIABLE_NAME } from './pairs.ts'
import { quoted, type Reading } from './reading.ts'

/** A line of the input `secrets`. */
export interface SecretLine {
  readonly name: string
  /** ARN of a secret or parameter, or a parameter's name; `{database}` stands for the database's name. */
  readonly valueFrom: string
}

/** `NAME=valueFrom` a line. */
export function readSecrets(read: Reading): readonly SecretLine[] {
  const accepted =
    'NAME=valueFrom a line, each name once; valueFrom is the ARN of a secret or parameter, or the name of a parameter'
  const lines = readPairs(read, 'secrets', { accepted, name: VARIABLE_NAME }).map(({ name, value }) => ({
    name,
    valueFrom: value.trim(),
  }))
  for (const { name, valueFrom } of lines) {
    if (!/^(arn:\S+|[\w./{}-]+)$/.test(valueFrom))
      read.reject('secrets', `${name} without an ARN or a name after = (an expression that has no value?)`, accepted)
  }
  return lines
}

/** @returns CPU units */
export function readCpu(read: Reading): number | undefined {
  const accepted = `CPU units, ${FARGATE_CPUS.join(', ')}, or vCPU as in 0.5 vCPU`
  return readAmount(read, 'cpu', (text) => FARGATE_CPUS.find((units) => units === cpuUnits(text)), accepted)
}

/** @returns MiB */
export function readMemory(read: Reading): number | undefined {
  return readAmount(read, 'memory', mebibytes, 'MiB as in 2048, or GB as in 2 GB')
}

function readAmount(
  read: Reading,
  name: string,
  parse: (text: string) => number | undefined,
  accepted: string,
): number | undefined {
  const text = read.optional(name)
  if (text === undefined) return undefined
  const amount = parse(text)
  if (amount === undefined) read.reject(name, quoted(text), accepted)
  return amount
}

export function readLogGroup(read: Reading): string | undefined {
  const group = read.optional('log-group')
  if (group !== undefined)
    read.matching('log-group', /^[\w./#-]{1,512}$/, 'the name of a CloudWatch log group that exists')
  return group
}
