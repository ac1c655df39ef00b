import { METRICS } from './metrics.ts'
import type { CvssVersion, Metric } from './metrics.ts'
import { listed } from '../texts/text.ts'

/** The longest v4.0 vector has about 200 characters. A longer text cannot be a vector and is not parsed. */
export const MAX_VECTOR_LENGTH = 256

/**
 * A wrong metric name or value is cut to this length before a message repeats it. No correct name or value is longer.
 */
const MAX_ECHO = 12

export type CvssProblemCode =
  | 'not-a-vector'
  | 'unsupported-version'
  | 'malformed-metric'
  | 'unknown-metric'
  | 'unknown-value'
  | 'repeated-metric'
  | 'wrong-order'
  | 'missing-metric'

/** The problem with a vector: the first wrong metric by name, and a sentence for the person who typed it. */
export type CvssProblem = { code: CvssProblemCode; metric?: string; message: string }

export type ParsedVector = { version: CvssVersion; metrics: ReadonlyMap<string, string> }

export type ParseResult = { ok: true; parsed: ParsedVector } | { ok: false; problem: CvssProblem }

/**
 * Reads a CVSS v3.1 or v4.0 vector as strictly as the specifications' own JSON schemas: upper case, each metric once,
 * all base metrics, nothing else. The order is fixed only in v4.0.
 */
export function parseVector(text: string): ParseResult {
  if (text.length > MAX_VECTOR_LENGTH) {
    return wrong(
      'not-a-vector',
      `A CVSS vector has at most ${MAX_VECTOR_LENGTH} characters; this text has ${text.length}.`,
    )
  }
  const [prefix = '', ...parts] = text.split('/')
  if (!prefix.startsWith('CVSS:')) {
    return wrong('not-a-vector', 'A CVSS vector begins with "CVSS:3.1/" or "CVSS:4.0/"; this text does not.')
  }
  const version = prefix.slice('CVSS:'.length)
  if (version !== '3.1' && version !== '4.0') {
    const echo = JSON.stringify(version.slice(0, MAX_ECHO))
    return wrong('unsupported-version', `CVSS version ${echo} is not supported. Score it again as 3.1 or 4.0.`)
  }
  return readMetrics(version, parts)
}

function readMetrics(version: CvssVersion, parts: readonly string[]): ParseResult {
  const known = METRICS[version]
  const found = new Map<string, string>()
  let furthest = -1
  for (const part of parts) {
    const [name = '', value, ...rest] = part.split(':')
    if (value === undefined || rest.length > 0) return malformed(part)
    const at = known.findIndex((metric) => metric.name === name)
    const metric = known[at]
    if (metric === undefined) return unknownMetric(version, name)
    if (!metric.values.includes(value)) return unknownValue(metric, value)
    if (found.has(name)) return wrong('repeated-metric', `The metric ${name} is given twice. Remove one.`, name)
    if (version === '4.0' && at < furthest) return wrongOrder(known, name)
    furthest = at
    found.set(name, value)
  }
  const [missing, ...others] = known.filter((metric) => metric.required && !found.has(metric.name))
  if (missing !== undefined) return missingMetrics([missing, ...others])
  return { ok: true, parsed: { version, metrics: found } }
}

function missingMetrics(missing: readonly [Metric, ...Metric[]]): ParseResult {
  const [first, ...others] = missing
  const choices = missing.map(({ name, values }) => values.map((value) => `${name}:${value}`).join(' or '))
  const message =
    others.length === 0
      ? `The metric ${first.name} is missing. Add ${choices.join('')}.`
      : `The metrics ${listed(missing.map(({ name }) => name))} are missing. Add ${choices.join('; ')}.`
  return wrong('missing-metric', message, first.name)
}

function malformed(part: string): ParseResult {
  const echo = part.slice(0, MAX_ECHO)
  return wrong('malformed-metric', `${JSON.stringify(echo)} is not a metric. A metric looks like AV:N.`, echo)
}

function unknownMetric(version: CvssVersion, name: string): ParseResult {
  const echo = name.slice(0, MAX_ECHO)
  return wrong('unknown-metric', `CVSS ${version} has no metric ${JSON.stringify(echo)}.`, echo)
}

function unknownValue({ name, values }: Metric, value: string): ParseResult {
  const echo = JSON.stringify(value.slice(0, MAX_ECHO))
  return wrong('unknown-value', `The metric ${name} cannot be ${echo}. It can be ${values.join(', ')}.`, name)
}

function wrongOrder(known: readonly Metric[], name: string): ParseResult {
  const order = known.map((metric) => metric.name).join(' ')
  return wrong('wrong-order', `The metric ${name} is in the wrong place. The order of CVSS 4.0 is ${order}.`, name)
}

function wrong(code: CvssProblemCode, message: string, metric?: string): ParseResult {
  return { ok: false, problem: metric === undefined ? { code, message } : { code, metric, message } }
}
