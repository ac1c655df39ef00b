import type { CaseRecord } from '../record.ts'
import { csaf } from './csaf/csaf.ts'
import { cve } from './cve.ts'
import type { RecordFormat, FormatResult } from './format.ts'
import { ghsa } from './ghsa.ts'
import { markdown } from './markdown.ts'
import { openvex } from './openvex.ts'
import { osv } from './osv.ts'

const WRITERS: Readonly<Record<RecordFormat, (record: CaseRecord) => FormatResult<object | string>>> = {
  csaf: (record) => csaf(record, 'security-advisory'),
  'csaf-vex': (record) => csaf(record, 'vex'),
  osv,
  openvex,
  cve,
  ghsa,
  markdown,
}

/** The record of a case as text in one format, or the facts that are missing for this format. */
export function recordDocument(format: RecordFormat, record: CaseRecord): FormatResult<string> {
  const written = WRITERS[format](record)
  if (!written.ok) return written
  const { document } = written
  return { ok: true, document: typeof document === 'string' ? document : `${JSON.stringify(document, undefined, 2)}\n` }
}
