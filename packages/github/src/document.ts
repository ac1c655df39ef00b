import { OutsideError } from '@embargo/engine'
import { z } from 'zod'
import { DESCRIPTION_MAX, SUMMARY_MAX } from './limits.ts'

const AffectedPackage = z.strictObject({
  package: z.strictObject({ ecosystem: z.string(), name: z.string().nullish() }),
  vulnerable_version_range: z.string().nullish(),
  patched_versions: z.string().nullish(),
})

/** The body of an advisory, as `recordDocument('ghsa', …)` writes it. */
const Document = z.strictObject({
  summary: z.string().min(1).max(SUMMARY_MAX),
  description: z.string().min(1).max(DESCRIPTION_MAX),
  cve_id: z.string().nullish(),
  vulnerabilities: z.array(AffectedPackage),
  cwe_ids: z.array(z.string()).default([]),
  credits: z.array(z.strictObject({ login: z.string(), type: z.string() })).default([]),
  severity: z.enum(['critical', 'high', 'medium', 'low']).optional(),
  cvss_vector_string: z.string().optional(),
})
export type Document = z.infer<typeof Document>

/** @throws OutsideError `refused` if GitHub would refuse the document; the error does not quote the document */
export function readDocument(text: string): Document {
  const read = Document.safeParse(parsed(text))
  if (read.success) return read.data
  const places = read.error.issues.map(({ path }) => path.join('.')).join(', ')
  throw new OutsideError('refused', `The advisory does not have the form that GitHub takes: ${places}.`)
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The body of a request. If the document has no CVE id, the advisory keeps the CVE id that it has. */
export function bodyOf({ cve_id: cve, ...document }: Document, change: { readonly removesVector: boolean }): object {
  return {
    ...document,
    ...(typeof cve === 'string' && { cve_id: cve }),
    ...(change.removesVector && { cvss_vector_string: null }),
  }
}
