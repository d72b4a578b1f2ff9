/** What comes in the place of AWS's answer, from a proxy, a portal or a broken gateway: without AWS's request id. */
import type { ServerResponse } from 'node:http'
import type { FaultSpec } from './faults.ts'
import type { HttpAnswer } from './service.ts'

const page = '<html><head><title>Welcome</title></head><body>Please sign in to use this network.</body></html>'

export function sendInstead(response: ServerResponse, fault: FaultSpec, answer: HttpAnswer): void {
  switch (fault.kind) {
    case 'empty':
      response.writeHead(200, { 'Content-Length': 0 }).end()
      break
    case 'foreign': {
      const {
        status = 200,
        body = page,
        headers = { 'Content-Type': 'text/html', Server: 'squid' },
      } = fault.answer ?? {}
      response.writeHead(status, headers).end(body)
      break
    }
    case 'wrong-type':
      response.writeHead(200, { 'Content-Type': answer.contentType }).end(wrongTypes(answer.body))
      break
    case 'redirect':
      response.writeHead(302, { Location: 'http://portal.invalid/login', 'Content-Type': 'text/html' }).end(page)
      break
    default:
      response.socket?.end('220 mail.example.com ESMTP\r\n')
  }
}

/** Names as they are, and the other type below each; XML knows no types, so its answer becomes text. */
function wrongTypes(body: string): string {
  if (body.startsWith('<')) return body.replace(/(<(\w+Response)\b[^>]*>).*(<\/\2>)/s, '$1text$3')
  return JSON.stringify(
    Object.fromEntries(
      Object.entries(JSON.parse(body) as object).map(([name, value]) => [name, Array.isArray(value) ? {} : [value]]),
    ),
  )
}
