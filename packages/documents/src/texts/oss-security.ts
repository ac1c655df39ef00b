import { layout, oneLine } from '@embargo/core'
import type { Block } from '@embargo/core'
import type { PublicRecord } from '../record.ts'
import { advisoryBody, advisoryClosing, fixedVersions, idsOf, isFixed, kindOf } from './advisory-body.ts'
import { issues, listed } from './text.ts'
import type { PublicText } from './text.ts'

/**
 * The content of the mail to oss-security: the public records of one release. There is no field for reproduction,
 * patches or people.
 */
export type OssSecurityFields = { records: readonly [PublicRecord, ...PublicRecord[]] }

/**
 * The mail to the oss-security list, one for each release, with a section for each vulnerability. As the list asks, the
 * subject has software, versions and kind of vulnerability, and the essentials are in the mail itself, so that the
 * archive keeps them.
 */
export function ossSecurity({ records }: OssSecurityFields): PublicText {
  const [first] = records
  return {
    subject: oneLine(`${ids(records)}${[first.project, ...subjectVersions(records)].join(' ')}: ${kinds(records)}`),
    text: `${layout([
      'Hello,',
      ...opening(records),
      ...records.flatMap(section),
      `Security contact of ${first.project}: ${first.contact}`,
    ])}\n`,
    attachments: [],
  }
}

function opening(records: OssSecurityFields['records']): Block[] {
  const [{ project }] = records
  return records.length === 1 ? [] : [`This is about ${issues(records.length)} in ${project}, fixed together.`]
}

function section(record: PublicRecord): Block[] {
  return [...advisoryBody(record), ...fixedReleases(record), ...advisoryClosing(record)]
}

function fixedReleases(record: PublicRecord): Block[] {
  const versions = fixedVersions([record])
  if (versions.length > 0) return [`Fixed releases: ${record.project} ${listed(versions)}. Please upgrade.`]
  if (record.nothingToInstall === true) return ['It is fixed in the hosted service: there is nothing to install.']
  return isFixed(record) ? [] : ['There is no fixed release at this time.']
}

const ids = (records: readonly PublicRecord[]): string => {
  const known = idsOf(records)
  return known.length === 0 ? '' : `${listed(known)}: `
}

const kinds = (records: readonly PublicRecord[]): string => listed([...new Set(records.map(kindOf))])

function subjectVersions(records: readonly PublicRecord[]): readonly string[] {
  const versions = fixedVersions(records)
  if (versions.length > 0) return [`before ${listed(versions)}`]
  const ranges = records.flatMap(({ affected }) => affected.flatMap(({ range }) => range ?? []))
  return ranges.length === 0 ? [] : [[...new Set(ranges)].join(', ')]
}
