/** A command as people see it. */

const SECRET_NAME = /(pass|pwd|secret|token|key|credential|auth)/i

/** Words as JSON, without the values of what is named like a secret. */
export function shownWords(words: readonly string[]): string {
  return JSON.stringify(starredWords(words))
}

/** The same to read rather than to copy: words apart. */
export function shownCommand(words: readonly string[]): string {
  return starredWords(words).join(' ')
}

function starredWords(words: readonly string[]): readonly string[] {
  return words.map((word, at) => (isSecretOption(words[at - 1]) ? '***' : withoutSecrets(word)))
}

/** `--password hunter2` */
function isSecretOption(word: string | undefined): boolean {
  return word !== undefined && /^--?[a-z][\w-]*$/i.test(word) && SECRET_NAME.test(word)
}

/** `PGPASSWORD=hunter2 psql`, `--password=hunter2`; what a variable will fill in is no secret yet. */
function withoutSecrets(word: string): string {
  return word.replace(/([\w-]+=)("[^"$]*"|'[^']*'|[^\s$'"][^\s;&|]*)/g, (all, name: string) =>
    SECRET_NAME.test(name) ? `${name}***` : all,
  )
}
