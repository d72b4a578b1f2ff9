import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliDecompressSync } from 'node:zlib'

/** One run of a migration tool; see README.md. */
export interface Output {
  readonly name: string
  readonly version: string
  readonly command: string
  readonly exitCode: number
  readonly provoked: boolean
  readonly cause: string | null
  readonly lines: readonly string[]
}

const FILE = join(dirname(fileURLToPath(import.meta.url)), 'outputs.jsonl.br')

export function outputs(): readonly Output[] {
  const text = brotliDecompressSync(readFileSync(FILE)).toString()
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Output)
}

export function toolOf({ name }: Output): string {
  return name.slice(0, name.indexOf('/'))
}
