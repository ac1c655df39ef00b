import type { z } from 'zod'

/** A fault in blocks or a view, with the text and the pointer that Slack returns for it. */
export type Problem = { readonly text: string; readonly path: readonly PropertyKey[] }

type Issue = z.core.$ZodIssue

const textOf = (issue: Issue): string => {
  if (issue.code === 'too_big' && issue.origin === 'array') return `no more than ${issue.maximum} items allowed`
  if (issue.code === 'too_small' && issue.origin === 'array') return 'no fewer than 1 items allowed'
  if (issue.code === 'too_big' && issue.origin === 'string') {
    return `must be less than ${Number(issue.maximum) + 1} characters`
  }
  if (issue.code === 'too_small' && issue.origin === 'string') return 'must be more than 0 characters'
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}`
  if (issue.code === 'too_small') return `must be at least ${issue.minimum}`
  if (issue.code === 'unrecognized_keys') return `invalid additional property: ${issue.keys.join(', ')}`
  if (issue.code === 'invalid_union') return 'unsupported type'
  if (issue.code === 'invalid_value') return `must be one of: ${issue.values.join(', ')}`
  if (issue.code === 'invalid_type') return `must provide an ${issue.expected}`
  return 'invalid value'
}

/** Turns zod's issues into Slack's texts. */
export const problemsOf = (error: z.ZodError): readonly Problem[] =>
  error.issues.map((issue) => ({ text: textOf(issue), path: issue.path }))

/** The fault as Slack returns it: `no more than 50 items allowed [json-pointer:/blocks]` */
export const sayProblem = (problem: Problem, root: string): string =>
  `${problem.text} [json-pointer:/${[root, ...problem.path].map(String).join('/')}]`
