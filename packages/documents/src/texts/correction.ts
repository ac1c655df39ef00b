import { layout, oneLine } from '@embargo/core'
import type { Block, CorrectedPart } from '@embargo/core'
import type { PublicRecord } from '../record.ts'
import { affected, idsOf, namesOf, workaround } from './advisory-body.ts'
import { factLines } from './fact-lines.ts'
import { detailFacts, linksOf } from './issue.ts'
import { inOwnWords, statement } from './own-words.ts'
import { listed } from './text.ts'
import type { PublicText } from './text.ts'

/** The correction of a published record: what changed, why, and the present values of the changed facts. */
export type CorrectionFields = {
  project: string
  record: Pick<
    PublicRecord,
    'caseNumber' | 'cve' | 'component' | 'impact' | 'workaround' | 'severity' | 'cvss' | 'cwe' | 'affected'
  > &
    Pick<PublicRecord, 'nothingToInstall' | 'references'>
  parts: readonly CorrectedPart[]
  /** The reason, in the words of the person who wrote it. */
  reason: string
  /** The number of the revision. The publication is the first revision. */
  revision: number
  withdrawn?: boolean | undefined
  /** The address for further reports. */
  contact: string
  /** The project's own template for a correction or, if `withdrawn` is set, for a withdrawal. */
  template?: string | undefined
}

const NAMES: Readonly<Record<CorrectedPart, string>> = {
  versions: 'affected versions',
  severity: 'severity',
  weakness: 'weakness',
  text: 'description',
  links: 'links',
  cve: 'CVE id',
  credit: 'credit',
}

/** The corrected parts in words: `affected versions and severity`. */
export const partsInWords = ({ parts }: Pick<CorrectionFields, 'parts'>): string =>
  parts.length === 0 ? 'security advisory' : listed([...new Set(parts)].map((part) => NAMES[part]))

/** The mail to the public lists. */
export function correction(fields: CorrectionFields): PublicText {
  const { project, record, contact, withdrawn } = fields
  const ids = idsOf([record])
  const name = `${project} security advisory${ids.length === 0 ? '' : ` (${listed(ids)})`}`
  const about = withdrawn === true ? `Withdrawn: ${name}` : `Correction: ${name}: ${partsInWords(fields)}`
  return {
    subject: oneLine(about),
    text:
      fields.template === undefined
        ? `${layout([...correctionBody(fields), `If you find something in ${project}, please tell us before you tell others: ${contact}`])}\n`
        : ownWords(fields, fields.template),
    attachments: [],
  }
}

/** The part that is the same for all readers. */
export function correctionBody(fields: CorrectionFields): Block[] {
  if (fields.template !== undefined) return [{ verbatim: ownWords(fields, fields.template).trimEnd() }]
  const { project, record, reason, revision, withdrawn } = fields
  const links = linksOf(record)
  const where: Block[] = links.length === 0 ? [] : [{ items: links }]
  const name = `${nameInSentence(record)} in ${project}`
  if (withdrawn === true) return [`The security advisory about ${name} is withdrawn.`, { said: reason }, ...where]
  return [
    `The security advisory about ${name} is corrected (revision ${revision}).`,
    { said: reason },
    ...changes(fields),
    ...where,
  ]
}

/**
 * `SEC-2026-0042 (CVE pending)`. In the sentence, the words "in Quillmark" follow. With a comma instead of parentheses,
 * they would seem to belong to "CVE pending".
 */
const nameInSentence = (record: CorrectionFields['record']): string =>
  record.cve === undefined ? `${record.caseNumber} (CVE pending)` : namesOf(record)

/** The facts that changed, as they are now. */
function changes({ record, parts }: CorrectionFields): Block[] {
  const isRated = parts.includes('severity') || parts.includes('weakness')
  return [
    ...(parts.includes('text') ? [record.impact, ...workaround(record)] : []),
    ...(isRated ? [factLines([{ label: 'Severity', lines: [record.severity] }, ...detailFacts(record)])] : []),
    ...(parts.includes('versions') ? affected(record) : []),
  ]
}

function ownWords(fields: CorrectionFields, template: string): string {
  const { project, contact, record, reason, revision } = fields
  return inOwnWords({
    template,
    form: 'mail',
    fields: {
      project: [project],
      contact: [contact],
      id: [namesOf(record)],
      severity: [record.severity],
      what: [partsInWords(fields)],
      revision: [String(revision)],
      reason: statement(reason),
      changes: layout(changes(fields)),
      links: linksOf(record),
    },
    issues: [],
  })
}
