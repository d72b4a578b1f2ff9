/** Words that hold a secret by their form. What nobody gave a name to cannot be seen here. */

/**
 * Keys of connection strings and query strings whose value is secret, at the end of longer names too. An ARN after
 * one is no secret: the input `secrets` is made of such lines, and a message shows the one to write.
 */
const SECRET_KEY =
  /(?:password|passwd|passphrase|pwd|token|secret|signature|api[-_]?key|access[-_]?key)(?:=|%3d|["']:)(?!arn:aws[a-z-]*:(?:secretsmanager|ssm):)./i
/** What stays of a starred word: what opens it, and the name of a variable that holds a URL. */
const OPENING = /^["'`([{<]{0,3}(?:[A-Z][A-Z\d_]*=(?=["']?[a-z][a-z\d+.:-]*:\/\/))?/

/** What follows `://`: `user:`; a port (`host:8080/…`) is no password. */
const USER_AND_COLON = /[^:@/?#[]*:(?!\d{1,5}(?:[/?#]|$))/y

/**
 * A word without white space, starred where it holds the password of a URL (`postgres://user:secret@host`) or the value
 * of a key such as `password=`. It is replaced whole, except for what opens it: GitHub may know all of it as one secret, and
 * would no longer find it if only the password were gone.
 */
export function starredWord(word: string): string {
  return SECRET_KEY.test(word) || holdsPassword(word) ? starred(word) : word
}

export function starred(word: string): string {
  return `${OPENING.exec(word)?.[0] ?? ''}***`
}

/** Is there a `://user:` with an `@` after it? A password may hold anything, `@`, `/` and `://` too. */
function holdsPassword(word: string): boolean {
  const lastAt = word.lastIndexOf('@')
  const user = new RegExp(USER_AND_COLON)
  for (let at = word.indexOf('://'); at >= 0 && at < lastAt; at = word.indexOf('://', at + 3)) {
    user.lastIndex = at + 3
    if (user.test(word) && user.lastIndex <= lastAt) return true
  }
  return false
}
