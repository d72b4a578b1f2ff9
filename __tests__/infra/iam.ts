/**
 * IAM's decision for identity policies that only allow, with the condition operators our template uses.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export interface Statement {
  readonly Sid?: string
  readonly Effect: 'Allow'
  readonly Action: string | readonly string[]
  readonly Resource: string | readonly string[]
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

/** One authorization question, as AWS asks it when a request arrives. */
export interface Question {
  readonly action: string
  /** ARN, or `*` for actions that know no resource. */
  readonly resource: string
  readonly context?: Readonly<Record<string, string>>
}

export const listOf = (value: string | readonly string[]): readonly string[] =>
  typeof value === 'string' ? [value] : value

const matches = (pattern: string, text: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.')}$`,
  ).test(text)

const operators: Record<string, (expected: string, given: string) => boolean> = {
  StringEquals: (expected, given) => expected === given,
  ArnEquals: matches, // ArnEquals and ArnLike behave alike
  ArnLike: matches,
}

const conditionHolds = (condition: Statement['Condition'], context: Question['context']): boolean =>
  Object.entries(condition ?? {}).every(([name, keys]) => {
    const holds = operators[name]
    if (!holds) throw new Error(`the policy uses the condition operator ${name}, which this test does not know`)
    return Object.entries(keys).every(([key, expected]) => {
      const given = context?.[key]
      return given !== undefined && listOf(expected).some((one) => holds(one, given))
    })
  })

/** Whether some statement allows it; without one, IAM denies. */
export const isAllowed = (statements: readonly Statement[], question: Question): boolean =>
  statements.some(
    (statement) =>
      listOf(statement.Action).some((action) => matches(action.toLowerCase(), question.action.toLowerCase())) &&
      listOf(statement.Resource).some((resource) => matches(resource, question.resource)) &&
      conditionHolds(statement.Condition, question.context),
  )
