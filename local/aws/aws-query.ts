/** AWS's query protocol: the operation and its parameters as a form, the answer as XML. STS speaks it. */
import type { HttpRequest, Operation } from './request.ts'
import { type HttpAnswer, type Service, ServiceError } from './service.ts'

type Protocol = Pick<Service, 'read' | 'write' | 'writeError'>

/** @param version the API's version, which distinguishes the query services: `2011-06-15` */
export function awsQuery(version: string, namespace: string): Protocol {
  return {
    read: (request) => readForm(request, version),
    write: (call, output, requestId): HttpAnswer => ({
      status: 200,
      contentType: 'text/xml',
      body:
        `<${call.operation}Response xmlns="${namespace}"><${call.operation}Result>${toXml(output)}` +
        `</${call.operation}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>` +
        `</${call.operation}Response>`,
    }),
    writeError: (_call, error, requestId): HttpAnswer => ({
      status: error.status,
      contentType: 'text/xml',
      body:
        `<ErrorResponse xmlns="${namespace}"><Error><Type>${error.status < 500 ? 'Sender' : 'Receiver'}</Type>` +
        `<Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message></Error>` +
        `<RequestId>${requestId}</RequestId></ErrorResponse>`,
    }),
  }
}

/** A form with this version as an operation and flat parameters; undefined for anything else. */
export function readForm(request: HttpRequest, version: string): Operation | undefined {
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  const form = isForm ? new URLSearchParams(request.body) : request.query
  const operation = form.get('Action')
  if (operation === null || form.get('Version') !== version) return undefined
  const { Action: _, Version: __, ...input } = Object.fromEntries(form)
  return { operation, input }
}

/** Members as elements; a Date in ISO form. */
function toXml(value: unknown): string {
  if (value instanceof Date) return value.toISOString()
  if (typeof value !== 'object' || value === null) return escapeXml(String(value))
  return Object.entries(value)
    .map(([name, inner]) => `<${name}>${toXml(inner)}</${name}>`)
    .join('')
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

export const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (character) => entities[character] ?? '')

/** A parameter as the number it is written as; other parameters stay text. */
export function wholeNumber(text: unknown, name: string): number | undefined {
  if (text === undefined) return undefined
  const number = Number(text)
  if (!Number.isSafeInteger(number)) throw new ServiceError('MalformedInput', `${name} is not a whole number.`)
  return number
}
