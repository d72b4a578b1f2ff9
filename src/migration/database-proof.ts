/**
 * The first difference between what was asked and what ECS answered about the database's variable, or undefined.
 * Three runs once migrated the wrong database because nobody looked.
 */
export function wrongDatabase(
  expected: { readonly container: string; readonly variable: string; readonly database: string },
  answered: readonly {
    readonly name?: string | undefined
    readonly environment?: readonly { name?: string | undefined; value?: string | undefined }[] | undefined
  }[],
): string | undefined {
  if (expected.variable === '') return undefined
  const container = answered.find(({ name }) => name === expected.container)
  const values =
    container?.environment?.filter(({ name }) => name === expected.variable).map(({ value }) => value) ?? []
  if (values.length === 1 && values[0] === expected.database) return undefined
  return `asked for ${expected.variable}=${expected.database} in ${expected.container}, ECS shows ${values.length === 0 ? 'no such variable' : values.join(', ')}`
}
