import { LOOKUP_MS, MAX_ANSWER, MAX_LOOKUPS, MAX_RECORDS, STEP_MS } from './limits.ts'

/** A mail host of a domain. */
export type MxRecord = { readonly exchange: string; readonly priority: number }

/**
 * The records in an answer. TXT records have strings, MX records have mail hosts, and A, AAAA, CNAME and PTR records
 * are names or addresses.
 */
export type DnsAnswer = readonly (string | readonly string[] | MxRecord)[]

/**
 * Queries the DNS as `node:dns` does. Throws an error with a `code`: ENOTFOUND or ENODATA mean that there is no such
 * record, and any other code means that there was no answer.
 */
export type Resolver = (name: string, type: string) => Promise<DnsAnswer>

/** How long one query may take, and how long all queries of a step together. */
export type DnsLimits = { readonly lookupMs: number; readonly stepMs: number }

/** Answers the queries of one step of a mail's checks. */
export type BoundedResolver = (name: string, type: string) => Promise<string[][] | string[]>

export class DnsError extends Error {
  override readonly name = 'DnsError'
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

const NO_RECORD: ReadonlySet<string> = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME'])

/** Whether a check failed because the DNS did not answer. A later check may succeed. */
export const isUnanswered = (error: unknown): boolean => error instanceof DnsError && !NO_RECORD.has(error.code)

/** Sends each query once, within the limits. */
export function boundedResolver(
  resolver: Resolver,
  { lookupMs, stepMs }: DnsLimits = { lookupMs: LOOKUP_MS, stepMs: STEP_MS },
): BoundedResolver {
  const answers = new Map<string, Promise<string[][] | string[]>>()
  const end = performance.now() + stepMs

  async function lookUp(name: string, type: string): Promise<string[][] | string[]> {
    try {
      const left = Math.min(lookupMs, end - performance.now())
      if (left <= 0) throw new DnsError('ETIMEOUT')
      return checked(await within(resolver(name, type), left))
    } catch (error) {
      throw new DnsError(codeOf(error))
    }
  }

  return async (name, type) => {
    const question = `${type} ${name.toLowerCase()}`
    const known = answers.get(question)
    if (known !== undefined) return known
    // Too many queries must not count as a temporary error: a mail that causes them must not get a better verdict than
    // other mail.
    if (answers.size >= MAX_LOOKUPS) throw new DnsError('ENOTFOUND')
    const answer = lookUp(name, type)
    answers.set(question, answer)
    return answer
  }
}

async function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DnsError('ETIMEOUT')), milliseconds)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

function checked(answer: DnsAnswer): string[][] | string[] {
  const records = answer.slice(0, MAX_RECORDS)
  const size = records.reduce((sum, record) => sum + sizeOf(record), 0)
  if (size > MAX_ANSWER || !isAnswer(records)) throw new DnsError('ENODATA')
  return records
}

const sizeOf = (record: DnsAnswer[number]): number =>
  typeof record === 'string' ? record.length : 'exchange' in record ? record.exchange.length : record.join('').length

/** The type of an answer in mailauth lacks MX records, but mailauth reads them in the form that `node:dns` returns. */
const isAnswer = (records: unknown): records is string[][] | string[] => Array.isArray(records)

export function codeOf(error: unknown): string {
  const code = error !== null && typeof error === 'object' && 'code' in error ? error.code : undefined
  return typeof code === 'string' ? code : 'ESERVFAIL'
}
