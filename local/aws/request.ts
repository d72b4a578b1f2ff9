/** A request as it arrived, its signature read but not verified. */
export interface HttpRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
  /** From the signature's credential scope. */
  readonly accessKeyId?: string
  readonly region?: string
}

/** Which operation, and its input as plain data. */
export interface Operation {
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
}

/** A request understood. */
export interface ServiceRequest extends Operation {
  readonly service: string
  readonly request: HttpRequest
  /** The region it was signed for. */
  readonly region: string
}
