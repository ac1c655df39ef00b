import { existsSync, readFileSync } from 'node:fs'
import type { ValidateFunction } from 'ajv'
import { Ajv } from 'ajv'

// GitHub's own description of its API, which is stored outside the repository.
const FILE = new URL('../../../../shared/data/github/openapi-advisories-subset.json', import.meta.url)
const HOOKS = new URL('../../../../shared/data/github/webhook-repository-advisory-schemas.json', import.meta.url)

/** Whether the description is stored beside this repository. */
export const haveDescription = (): boolean => existsSync(FILE)

const FORMATS = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/u,
  uri: /^[a-z][a-z0-9+.-]*:[^\s"<>\\^`|]+$/u,
  email: /@/u,
  int64: true,
} as const

type Any = ReturnType<typeof JSON.parse>

const cache = new Map<string, ValidateFunction>()
let description: Any
let hooks: Any

const load = (): void => {
  description ??= withNull(JSON.parse(readFileSync(FILE, 'utf8')))
  hooks ??= withNull(JSON.parse(readFileSync(HOOKS, 'utf8')))
}

/** OpenAPI 3.0 writes `nullable: true` where JSON Schema has a second type. */
function withNull(value: Any): Any {
  if (Array.isArray(value)) return value.map(withNull)
  if (typeof value !== 'object' || value === null) return value
  const { nullable, ...rest }: Any = Object.fromEntries(
    Object.entries(value).map(([key, part]) => [key, withNull(part)]),
  )
  // In the description of webhooks, some fields have `type: ["null"]` beside an `allOf`. No value satisfies both.
  const isContradiction = Array.isArray(rest.type) && rest.type.length === 1 && 'allOf' in rest
  if (isContradiction) delete rest.type
  return nullable === true || isContradiction ? { anyOf: [rest, { type: 'null' }] } : rest
}

function problemsIn(key: string, schema: Any, value: unknown): readonly string[] {
  const components = key.startsWith('hook') ? hooks.components : description.components
  const validate =
    cache.get(key) ?? new Ajv({ strict: false, allErrors: true, formats: FORMATS }).compile({ ...schema, components })
  cache.set(key, validate)
  validate(value)
  return (validate.errors ?? []).map(({ instancePath, message }) => `${key}: ${instancePath} ${message}`)
}

const resolved = (part: Any): Any =>
  part?.$ref === undefined ? part : description.components.responses[String(part.$ref).split('/').at(-1) ?? '']

/** How an answer differs from the description. Empty if the description does not have the route. */
export function answerProblems(route: string, answer: { status: number; body: unknown }): readonly string[] {
  if (!haveDescription()) return []
  load()
  const [verb = '', path = ''] = route.split(' ')
  const operation = description.paths[path]?.[verb.toLowerCase()]
  if (operation === undefined || [400, 401, 403].includes(answer.status)) return errorProblems(answer)
  const response = resolved(operation.responses[String(answer.status)])
  if (response === undefined) return [`${route}: the description has no answer ${answer.status}`]
  const schema = response.content?.['application/json']?.schema ?? {}
  return problemsIn(`${route} ${answer.status}`, schema, answer.body)
}

const errorProblems = ({ status, body }: { status: number; body: unknown }): readonly string[] =>
  status < 400 ? [] : problemsIn('error', { $ref: '#/components/schemas/basic-error', required: ['message'] }, body)

/** How the body of a request differs from the description. */
export function bodyProblems(schema: string, body: unknown): readonly string[] {
  load()
  return problemsIn(`body ${schema}`, { $ref: `#/components/schemas/${schema}` }, body)
}

/** How the payload of a webhook differs from the description. */
export function hookProblems(schema: string, payload: unknown): readonly string[] {
  if (!haveDescription()) return []
  load()
  return problemsIn(`hook ${schema}`, { $ref: `#/components/schemas/${schema}` }, payload)
}
