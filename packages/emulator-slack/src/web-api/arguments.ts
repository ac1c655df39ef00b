import type { Json, JsonObject } from '@embargo/emulator-kit'
import { isObject, parseJson } from '@embargo/emulator-kit'
import type { ArgumentKind, Method } from './method.ts'

/** The arguments of a call, already checked for the kinds that the table names. */
export class Arguments {
  readonly #values: JsonObject
  constructor(values: JsonObject) {
    this.#values = values
  }

  /** The string; undefined if the argument is absent. */
  text(name: string): string | undefined {
    const value = this.#values[name]
    return typeof value === 'string' ? value : undefined
  }

  /** The string of a required argument. The table guarantees that it is present. */
  need(name: string): string {
    return this.text(name) ?? ''
  }

  flag(name: string): boolean | undefined {
    const value = this.#values[name]
    return typeof value === 'boolean' ? value : undefined
  }

  number(name: string): number | undefined {
    const value = this.#values[name]
    return typeof value === 'number' ? value : undefined
  }

  json(name: string): Json | undefined {
    return this.#values[name]
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined
  }
}

/** The request as received, before it is checked against the table. */
export const readBody = (contentType: string, body: string, query: URLSearchParams): JsonObject => {
  const fromQuery = Object.fromEntries(query)
  if (contentType.startsWith('application/json')) {
    const parsed = parseJson(body)
    return isObject(parsed) ? { ...fromQuery, ...parsed } : fromQuery
  }
  return { ...fromQuery, ...Object.fromEntries(new URLSearchParams(body)) }
}

type Reading = { readonly ok: true; readonly value: Json } | { readonly ok: false }

const read = (kind: ArgumentKind, raw: Json): Reading => {
  switch (kind) {
    case 'string':
      return typeof raw === 'string' ? { ok: true, value: raw } : { ok: false }
    case 'boolean': {
      if (typeof raw === 'boolean') return { ok: true, value: raw }
      if (raw === 'true' || raw === '1') return { ok: true, value: true }
      return raw === 'false' || raw === '0' ? { ok: true, value: false } : { ok: false }
    }
    case 'integer': {
      const value = typeof raw === 'string' && /^\d+$/.test(raw) ? Number(raw) : raw
      return typeof value === 'number' && Number.isInteger(value) ? { ok: true, value } : { ok: false }
    }
    case 'json': {
      if (typeof raw !== 'string') return { ok: true, value: raw }
      // Text that is not JSON is passed on, because the methods have their own error for it.
      return { ok: true, value: parseJson(raw) ?? raw }
    }
    default:
      return kind satisfies never
  }
}

// Bolt adds the team's id to every call in a listener, even if the method's page does not list it.
const EVERYWHERE: readonly string[] = ['token', 'team_id']

/** Reads the arguments that the table lists. Reports those that are unknown, missing or of the wrong kind. */
export const readArguments = (
  method: Method,
  sent: JsonObject,
): { readonly args: JsonObject; readonly problems: readonly string[] } => {
  const problems: string[] = []
  const args: Record<string, Json> = {}
  for (const [name, raw] of Object.entries(sent)) {
    if (EVERYWHERE.includes(name) || raw === undefined || raw === null) continue
    const kind = method.args[name]
    if (kind === undefined) {
      problems.push(
        method.unsupported.includes(name)
          ? `the emulator does not support the argument \`${name}\``
          : `invalid additional property: ${name} [json-pointer:/${name}]`,
      )
      continue
    }
    const reading = read(kind, raw)
    if (reading.ok) args[name] = reading.value
    if (!reading.ok) problems.push(`must provide a ${kind} [json-pointer:/${name}]`)
  }
  for (const name of method.required) {
    if (args[name] === undefined) problems.push(`missing required field: ${name}`)
  }
  return { args, problems }
}
