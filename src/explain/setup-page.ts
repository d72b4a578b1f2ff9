import type { Problem } from '../model.ts'
import { page } from '../text.ts'

const WAY_OUT = 'docs/setup.md#2-a-way-out-for-the-task'
const IN_AWS = 'docs/setup.md#3-everything-else-in-aws'
const IN_GITHUB = 'docs/setup.md#4-github'
const FIRST = 'docs/setup.md#5-the-first-migration'

/** What may not have been made yet, by the code of the problem, and the step that makes it. */
export const SETUP_STEPS: Readonly<Record<string, string>> = {
  'cluster-inactive': IN_AWS,
  'cluster-missing': IN_AWS,
  'cluster-not-found': IN_AWS,
  'definition-inactive': IN_AWS,
  'definition-missing': IN_AWS,
  'execution-role-missing': IN_AWS,
  'image-not-found': FIRST,
  'image-repository-not-found': IN_AWS,
  'log-group-missing': IN_AWS,
  'log-group-not-found': IN_AWS,
  'nat-not-available': WAY_OUT,
  'nat-without-way-out': WAY_OUT,
  'no-credentials': IN_GITHUB,
  'no-public-ip': WAY_OUT,
  'no-route': WAY_OUT,
  'route-blackhole': WAY_OUT,
  'security-group-missing': IN_AWS,
  'service-linked-role': IN_AWS,
  'subnet-missing': WAY_OUT,
  'web-identity-denied': IN_AWS,
  'web-identity-provider-missing': IN_AWS,
}

/**
 * A problem with the step of the set-up in its remedy, where what is missing is made by one.
 * @param source this action's repository at its version, as a URL; undefined where the step uses a folder
 */
export function withSetupStep(problem: Problem, source: string | undefined): Problem {
  const step = SETUP_STEPS[problem.code]
  if (step === undefined) return problem
  return { ...problem, remedy: `${problem.remedy} Not made yet? ${page(step, source)}` }
}
