import type { JsonObject } from '@embargo/emulator-kit'
import { z } from 'zod'
import { DESCRIPTION_MAX, SUMMARY_MAX } from '../limits.ts'

const ECOSYSTEMS = [
  'rubygems',
  'npm',
  'pip',
  'maven',
  'nuget',
  'composer',
  'go',
  'rust',
  'erlang',
  'actions',
  'pub',
  'other',
  'swift',
] as const

const CREDIT_TYPES = [
  'analyst',
  'finder',
  'reporter',
  'coordinator',
  'remediation_developer',
  'remediation_reviewer',
  'remediation_verifier',
  'tool',
  'sponsor',
  'other',
] as const

/** A range of versions: one comparison, such as `>= 1.0`, or a lower and an upper bound. */
const RANGE = /^(?:(?:>=|>|<=|<|=) [^\s,<>=]+)(?:, (?:<=|<) [^\s,<>=]+)?$/

const vulnerability = z.strictObject({
  package: z.strictObject({ ecosystem: z.enum(ECOSYSTEMS), name: z.string().nullish() }),
  vulnerable_version_range: z.string().regex(RANGE, 'is not a version range').nullish(),
  patched_versions: z.string().nullish(),
  vulnerable_functions: z.array(z.string()).nullish(),
})

const summary = z.string().min(1).max(SUMMARY_MAX)
const description = z.string().min(1).max(DESCRIPTION_MAX)

const rating = {
  severity: z.enum(['critical', 'high', 'medium', 'low']).nullish(),
  cvss_vector_string: z.string().nullish(),
}

const content = {
  cve_id: z
    .string()
    .regex(/^CVE-\d{4}-\d{4,19}$/, 'is not a CVE id')
    .nullish(),
  cwe_ids: z.array(z.string().regex(/^CWE-\d+$/, 'is not a CWE id')).nullish(),
  credits: z.array(z.strictObject({ login: z.string(), type: z.enum(CREDIT_TYPES) })).nullish(),
  ...rating,
}

/** https://docs.github.com/rest/security-advisories/repository-advisories#create-a-repository-security-advisory */
export const Creation = z.strictObject({
  summary,
  description,
  vulnerabilities: z.array(vulnerability),
  ...content,
})

/** https://docs.github.com/rest/security-advisories/repository-advisories#update-a-repository-security-advisory */
export const Update = z.strictObject({
  summary: summary.optional(),
  description: description.optional(),
  vulnerabilities: z.array(vulnerability).optional(),
  ...content,
  state: z.enum(['published', 'closed', 'draft']).optional(),
  collaborating_users: z.array(z.string()).nullish(),
})

/** https://docs.github.com/rest/security-advisories/repository-advisories#privately-report-a-security-vulnerability */
export const Report = z.strictObject({
  summary,
  description,
  vulnerabilities: z.array(vulnerability).nullish(),
  cwe_ids: content.cwe_ids,
  ...rating,
})

export type SentVulnerability = z.infer<typeof vulnerability>
/** The fields of all three bodies: `Creation`, `Update` and `Report`. */
export type AdvisoryBody = Omit<z.infer<typeof Update>, 'vulnerabilities'> & {
  vulnerabilities?: readonly SentVulnerability[] | null | undefined
}

/** The checked body, or its first mistake with the name of the field. */
export function readBody<T>(
  schema: z.ZodType<T>,
  body: JsonObject,
): { readonly ok: true; readonly body: T } | { readonly ok: false; readonly field: string; readonly mistake: string } {
  const read = schema.safeParse(body)
  if (read.success) return { ok: true, body: read.data }
  const [issue] = read.error.issues
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.join(', ') : ''
  const field = [...(issue?.path ?? []), ...(unknown === '' ? [] : [unknown])].join('.')
  return { ok: false, field: field === '' ? 'body' : field, mistake: issue?.message ?? 'is wrong' }
}
