import { layout, LINUX_DISTROS, oneLine } from '@embargo/core'
import type { PublicRecord } from '../record.ts'
import { fixedVersions, idsOf, kindOf } from './advisory-body.ts'
import { mailText, opening, reportsTo } from './announcement.ts'
import type { AnnouncementFields } from './announcement.ts'
import { issueSections, rangeInPlainWords } from './issue.ts'
import { listed } from './text.ts'
import type { PublicText } from './text.ts'

/**
 * The content of the mail to oss-security: the public records of one release. There is no field for steps to reproduce
 * a vulnerability, for patches, or for people.
 */
export type OssSecurityFields = Pick<AnnouncementFields, 'about' | 'template'> & {
  /**
   * The ids of the vulnerabilities for which an exploit was shared with the mailing list of the Linux distributions.
   */
  exploitOf?: readonly string[] | undefined
  records: readonly [PublicRecord, ...PublicRecord[]]
}

/**
 * The mail to the oss-security list, one for each release, with a section for each vulnerability. As the list asks, the
 * subject names software, versions and kind of vulnerability, and the mail can be understood without any link.
 */
export function ossSecurity(fields: OssSecurityFields): PublicText {
  const { records, about } = fields
  const [{ project, contact }] = records
  const release = { ...fields, project, contact }
  const exploit = exploitFollows(fields)
  const own = mailText(release)
  return {
    subject: oneLine(`${ids(records)}${[project, ...subjectVersions(records), kinds(records)].join(' ')}`),
    text: `${layout(
      own === undefined
        ? [about, ...opening(release), ...issueSections(records), ...exploit, reportsTo(release)]
        : [{ verbatim: own.trimEnd() }, ...exploit],
    )}\n`,
    attachments: [],
  }
}

/** The mailing list of the Linux distributions requires this sentence, even if the project has its own template. */
function exploitFollows({ exploitOf = [] }: OssSecurityFields): readonly string[] {
  if (exploitOf.length === 0) return []
  const { amount, unit } = LINUX_DISTROS.exploitWithin
  return [
    `An exploit of ${listed(exploitOf)} was shared with the list of the Linux distributions, and will be posted here within ${amount} ${unit}.`,
  ]
}

const ids = (records: readonly PublicRecord[]): string => {
  const known = idsOf(records)
  return known.length === 0 ? '' : `${listed(known)}: `
}

const kinds = (records: readonly PublicRecord[]): string => listed([...new Set(records.map(kindOf))])

/** Longer notes on versions do not fit into a subject. */
const LONGEST_RANGES = 40

/**
 * The affected versions. If these are unknown or too long for a subject, the subject says `before` and the fixed
 * versions instead.
 */
function subjectVersions(records: readonly PublicRecord[]): readonly string[] {
  const ranges = records.flatMap(({ affected }) => affected.flatMap(({ range }) => range ?? []))
  // A subject leaves out the word "from": `2.0 before 2.4.1`.
  const written = [...new Set(ranges.map((range) => rangeInPlainWords(range).replace(/^from /u, '')))].join(', ')
  const versions = fixedVersions(records)
  if (versions.length > 0 && (written === '' || written.length > LONGEST_RANGES)) return [`before ${listed(versions)}`]
  return written === '' ? [] : [written]
}
