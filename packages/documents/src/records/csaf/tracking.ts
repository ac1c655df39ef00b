import type { CaseRecord } from '../../record.ts'

/** The profiles of CSAF 2.0 (sections 4.4 and 4.5) in which a record can be written. */
export type CsafProfile = 'security-advisory' | 'vex'

/**
 * The id of the document. A publisher must not use an id twice, so each of the two profiles of a case has its own id.
 */
export const trackingId = ({ caseNumber }: Pick<CaseRecord, 'caseNumber'>, profile: CsafProfile): string =>
  profile === 'vex' ? `${caseNumber}-VEX` : caseNumber

/** Id, versions and dates. A draft has version 0; the first publication is version 1 (CSAF 2.0, section 3.1.11.1). */
export function tracking(record: CaseRecord, profile: CsafProfile) {
  const { isPublished, revisions, modified } = record
  const history = isPublished
    ? revisions.map(({ at, summary }, index) => ({ date: time(at), number: String(index + 1), summary }))
    : [{ date: time(modified), number: '0', summary: 'Draft' }]
  const last = history.at(-1)
  return {
    current_release_date: last?.date,
    id: trackingId(record, profile),
    initial_release_date: history[0]?.date,
    revision_history: history,
    status: isPublished ? 'final' : 'draft',
    version: last?.number,
  }
}

const time = (at: number): string => new Date(at).toISOString()
