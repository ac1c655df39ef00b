import { existsSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import type { ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'

// The official schemas, which are stored outside the repository.
const FOLDER = new URL('../../../../shared/data/', import.meta.url)

/** Whether the official schemas are beside this repository. */
export const haveSchemas = (): boolean => existsSync(FOLDER)

/** A schema by its path; the same object each time, so that it is compiled once. */
export function readSchema(path: string): object {
  const schema = schemas.get(path) ?? (JSON.parse(readFileSync(new URL(path, FOLDER), 'utf8')) as object)
  schemas.set(path, schema)
  return schema
}

const schemas = new Map<string, object>()
const validators = new WeakMap<object, ValidateFunction>()

/**
 * What a schema finds wrong with a value. Formats, such as the format of a URI, are checked with patterns of our own.
 */
export function problemsIn(schema: object, value: unknown, others: readonly object[] = []): readonly string[] {
  const validate = validators.get(schema) ?? validatorOf(schema, others)
  validators.set(schema, validate)
  validate(value)
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`)
}

function validatorOf(schema: object, others: readonly object[]): ValidateFunction {
  const is2020 = '$schema' in schema && String(schema.$schema).includes('2020-12')
  const ajv = new (is2020 ? Ajv2020 : Ajv)({ strict: false, allErrors: true, formats: FORMATS })
  for (const other of others) ajv.addSchema(other)
  return ajv.compile(schema)
}

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/u
/**
 * RFC 3986 and 3987, section 2. Spaces, double quotes, backslashes and all brackets except `[]` and `()` are not
 * allowed.
 */
const URI = /^[a-z][a-z0-9+.-]*:[^\s"<>\\^`{|}]+$/u

const FORMATS = { 'date-time': DATE_TIME, uri: URI, iri: URI }
