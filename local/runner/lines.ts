/**
 * Cuts the bytes of one output stream into lines as the runner does: .NET's StreamReader.ReadLine, so LF, CR LF and
 * also a lone CR end a line (ProcessInvoker.cs, StartReadStream). Bytes are UTF-8; what is not becomes U+FFFD, and a
 * byte order mark counts as nothing, but only where the stream begins.
 */
export class LineReader {
  private readonly decoder = new TextDecoder('utf-8')
  private partial = ''
  /** The last line ended with CR; an LF that comes next belongs to it. */
  private afterCarriageReturn = false

  /** @returns the lines that `bytes` completes, without their ends */
  push(bytes: Uint8Array): string[] {
    return this.cut(this.decoder.decode(bytes, { stream: true }))
  }

  /** The stream is over. @returns the last line, if it had no end */
  end(): string[] {
    const lines = this.cut(this.decoder.decode())
    return this.partial === '' ? lines : [...lines, this.partial]
  }

  private cut(decoded: string): string[] {
    if (decoded === '') return []
    const text = this.afterCarriageReturn && decoded.startsWith('\n') ? decoded.slice(1) : decoded
    this.afterCarriageReturn = decoded.endsWith('\r')
    const lines = (this.partial + text).split(/\r\n|\r|\n/)
    this.partial = lines.pop() ?? ''
    return lines
  }
}

/** The lines of a whole stream, for text at hand. */
export function splitLines(text: string): string[] {
  const reader = new LineReader()
  return [...reader.push(new TextEncoder().encode(text)), ...reader.end()]
}
