import { layout, oneLine } from '@embargo/core'
import type { PublicRecord } from '../record.ts'
import { advisoryBody, advisoryClosing, cveOf, fixedVersions, kindOf } from './advisory-body.ts'
import { listed } from './text.ts'
import type { PublicText } from './text.ts'

/** What goes to oss-security: one public record. Reproduction, patches and people have no field. */
export type OssSecurityFields = { record: PublicRecord }

/**
 * The mail to the oss-security list, one for each vulnerability. As the list asks, the subject has software, versions
 * and kind of vulnerability, and the essentials stand in the mail itself, so that the archive keeps them.
 */
export function ossSecurity({ record }: OssSecurityFields): PublicText {
  const versions = fixedVersions([record])
  return {
    subject: oneLine(`${cveOf(record)}: ${record.project} ${subjectVersions(record, versions)}: ${kindOf(record)}`),
    text: `${layout([
      'Hello,',
      ...advisoryBody(record),
      versions.length === 0
        ? 'There is no fixed release at this time.'
        : `Fixed releases: ${record.project} ${listed(versions)}. Please upgrade.`,
      ...advisoryClosing(record),
      `Security contact of ${record.project}: ${record.contact}`,
    ])}\n`,
    attachments: [],
  }
}

function subjectVersions(record: PublicRecord, versions: readonly string[]): string {
  if (versions.length > 0) return `before ${listed(versions)}`
  return record.affected.map(({ range }) => range).join(', ')
}
