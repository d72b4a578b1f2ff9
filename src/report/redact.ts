const MARK = '://'

/** `user:` at the head of what follows `://`; a port (`host:8080/…`) is no password. */
const USER_AND_COLON = /^[^:@/?#[]*:(?!\d{1,5}(?:[/?#]|$))/

/**
 * Stars the passwords in URLs: `postgres://user:secret@host` becomes `postgres://user:***@host`.
 * A password that holds `@`, `/` or `://`, which no URL should, is starred whole.
 * The time it takes grows with the length of the text, no faster: a container may print 250 kB in one line.
 */
export function redact(text: string): string {
  return text.includes(MARK) && text.includes('@') ? text.replace(/[^\s'"`<>]+/g, starToken) : text
}

function starToken(token: string): string {
  const [scheme = '', ...rest] = token.split(MARK)
  return [scheme, ...whole(rest).map(starred)].join(MARK)
}

/** Puts together again what `://` inside a password has torn apart: `user:pa://ss@host`. */
function whole(parts: readonly string[]): readonly string[] {
  const out: string[] = []
  for (const part of parts) {
    const open = out.at(-1)
    const torn = open !== undefined && !open.includes('@') && USER_AND_COLON.test(open)
    if (torn) out[out.length - 1] = open + MARK + part
    else out.push(part)
  }
  return out
}

/** `user:secret@host` without its password: up to the last `@`, since a password may hold one. */
function starred(authority: string): string {
  const at = authority.lastIndexOf('@')
  const user = at < 0 ? undefined : USER_AND_COLON.exec(authority)?.[0]
  return user === undefined || user.length > at ? authority : `${user}***${authority.slice(at)}`
}
