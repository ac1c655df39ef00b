import type { CaseRecord } from '../../record.ts'
import { trackingId } from './tracking.ts'
import type { CsafProfile } from './tracking.ts'

/** The folder of the CSAF documents, which has a folder for each year. */
export const CSAF_FOLDER = 'csaf'

/**
 * The place of a record's document in the file tree: a folder for each year, and a file named after the tracking id
 * (CSAF 2.0, sections 5.1 and 7.1.11).
 */
export function csafPath(record: Pick<CaseRecord, 'caseNumber' | 'dates'>, profile: CsafProfile): string {
  const name = trackingId(record, profile)
    .toLowerCase()
    .replaceAll(/[^+\-a-z0-9]+/gu, '_')
  return `${CSAF_FOLDER}/${new Date(record.dates.published).getUTCFullYear()}/${name}.json`
}
