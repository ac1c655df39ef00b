import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import type { ValidateFunction } from 'ajv'
import { asJson, isObject } from '@embargo/emulator-kit'
import type { Json, JsonObject } from '@embargo/emulator-kit'

/** A date and time as in RFC 3339. The time zone may be missing, because the CVE schema's own pattern allows that. */
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/u
/** RFC 3986, section 2: a URI contains no spaces, double quotes, angle brackets or braces. */
const URI = /^[a-z][a-z0-9+.-]*:[^\s"<>\\^`{|}]+$/iu

/** The official schema of a container, version 5.1.1 (https://github.com/CVEProject/cve-schema). */
const schemaOf = (state: 'published' | 'rejected'): ValidateFunction =>
  new Ajv({ strict: false, allErrors: false, formats: { 'date-time': DATE_TIME, uri: URI } }).compile(
    JSON.parse(readFileSync(new URL(`../schemas/cna-${state}-container-5.1.1.json`, import.meta.url), 'utf8')),
  )

const published = schemaOf('published')
const rejected = schemaOf('rejected')

const wrongIn = (validate: ValidateFunction, container: JsonObject): Json | undefined =>
  validate(container) ? undefined : asJson(validate.errors)

/** What the schema finds wrong with a container that describes a vulnerability. */
export const wrongInPublished = (container: JsonObject): Json | undefined => wrongIn(published, container)

/** What the schema finds wrong with a container that says why an id is not used. */
export const wrongInRejected = (container: JsonObject): Json | undefined => wrongIn(rejected, container)

/**
 * What the service refuses although the schema allows it: a date of publication in the future, or two descriptions in
 * English.
 */
export function badParameter(container: JsonObject, now: number): { param: string; msg: string } | undefined {
  const { datePublic, descriptions } = container
  if (typeof datePublic === 'string' && Date.parse(datePublic) > now)
    return { param: 'cnaContainer.datePublic', msg: 'datePublic cannot be a future date' }
  const english = (Array.isArray(descriptions) ? descriptions : [])
    .map((one) => (isObject(one) && typeof one.lang === 'string' ? one.lang.toLowerCase() : ''))
    .filter((lang) => lang === 'en' || lang.startsWith('en-'))
  if (new Set(english).size === english.length) return undefined
  return {
    param: 'cnaContainer.descriptions',
    msg: "Cannot have more than one English language entry in 'cnaContainer.descriptions'",
  }
}
