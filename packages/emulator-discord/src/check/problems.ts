import type { z } from 'zod'
import type { Problem } from '../errors.ts'
import { UnsupportedError, invalidForm } from '../errors.ts'

type Issue = z.core.$ZodIssue

const REQUIRED = { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }

const length = (issue: Extract<Issue, { code: 'too_big' | 'too_small' }>): Omit<Problem, 'path'> => {
  if (issue.origin === 'string' && issue.code === 'too_big') {
    return { code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${issue.maximum} or fewer in length.` }
  }
  if (issue.origin === 'string' || issue.origin === 'array') {
    const bound = issue.code === 'too_big' ? `${issue.maximum} or fewer` : `${issue.minimum} or more`
    return { code: 'BASE_TYPE_BAD_LENGTH', message: `Must be ${bound} in length.` }
  }
  return issue.code === 'too_big'
    ? { code: 'NUMBER_TYPE_MAX', message: `int value should be less than or equal to ${issue.maximum}.` }
    : { code: 'NUMBER_TYPE_MIN', message: `int value should be greater than or equal to ${issue.minimum}.` }
}

const KINDS: Readonly<Record<string, Omit<Problem, 'path'>>> = {
  string: { code: 'STRING_TYPE_CONVERT', message: 'Could not interpret value as string.' },
  number: { code: 'NUMBER_TYPE_COERCE', message: 'Value is not int.' },
  int: { code: 'NUMBER_TYPE_COERCE', message: 'Value is not int.' },
  boolean: { code: 'BOOLEAN_TYPE_CONVERT', message: 'Must be either true or false.' },
  array: { code: 'LIST_TYPE_CONVERT', message: 'Only iterables may be used in a ListType' },
  object: { code: 'MODEL_TYPE_CONVERT', message: 'Only dictionaries may be used in a ModelType' },
}

const read = (issue: Issue): Omit<Problem, 'path'> => {
  switch (issue.code) {
    case 'too_big':
    case 'too_small':
      return length(issue)
    case 'invalid_type':
      return issue.input === undefined ? REQUIRED : (KINDS[issue.expected] ?? REQUIRED)
    case 'invalid_value':
      if (issue.input === undefined) return REQUIRED
      return { code: 'BASE_TYPE_CHOICES', message: `Value must be one of {${issue.values.map(String).join(', ')}}.` }
    case 'invalid_union':
      return { code: 'UNION_TYPE_CHOICES', message: 'Value of field "type" must be one of those that fit here.' }
    case 'custom': {
      const code: unknown = issue.params?.['code']
      return { code: typeof code === 'string' ? code : 'BASE_TYPE_INVALID', message: issue.message }
    }
    default:
      return { code: 'BASE_TYPE_INVALID', message: issue.message }
  }
}

/** Turns zod's issues into Discord's codes and texts. */
const problemsOf = (error: z.ZodError): readonly Problem[] =>
  error.issues.map((issue) => ({ path: issue.path, ...read(issue) }))

/** Refuses fields that Discord reads but the emulator does not support, if they are set. @throws UnsupportedError */
export const refuseUnsupported = (body: unknown, fields: readonly string[]): void => {
  if (typeof body !== 'object' || body === null) return
  for (const [name, value] of Object.entries(body)) {
    const isSet = value !== null && value !== undefined && value !== false && value !== 0
    const isFilled = !Array.isArray(value) || value.length > 0
    if (fields.includes(name) && isSet && isFilled) throw new UnsupportedError(`the field ${name}`)
  }
}

/**
 * Parses the body with `schema`.
 * @throws ApiError 50035 with the place of each fault
 */
export const checked = <T>(schema: z.ZodType<T>, body: unknown, path: readonly PropertyKey[] = []): T => {
  const parsed = schema.safeParse(body, { reportInput: true })
  if (parsed.success) return parsed.data
  throw invalidForm(problemsOf(parsed.error).map((each) => ({ ...each, path: [...path, ...each.path] })))
}
