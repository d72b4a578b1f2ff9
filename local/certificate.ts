/** TLS for servers on this machine that stand for others: a certificate authority of their own, made by openssl. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Authority {
  readonly ca: Buffer
  readonly key: Buffer
  readonly cert: Buffer
  /** The authority's certificate, for NODE_EXTRA_CA_CERTS. */
  readonly caFile: string
  /** Deletes its files. */
  readonly remove: () => void
}

/** @param hosts names of the certificate, a star for one label allowed */
export function makeAuthority(hosts: readonly string[]): Authority {
  const folder = mkdtempSync(join(tmpdir(), 'authority-'))
  const path = (name: string): string => join(folder, name)
  const openssl = (...args: readonly string[]): void =>
    void execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  writeFileSync(path('ext'), `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(',')}\n`)
  openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Local CA')
  openssl('req', ...newKey, '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=local')
  const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'ext']
  openssl('x509', '-req', '-in', 'server.csr', ...signing, '-out', 'server.pem')
  return {
    ca: readFileSync(path('ca.pem')),
    key: readFileSync(path('server.key')),
    cert: readFileSync(path('server.pem')),
    caFile: path('ca.pem'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
