import { layout, oneLine } from '@embargo/core'
import type { Block } from '@embargo/core'
import type { PublicRecord } from '../record.ts'
import { advisoryBody, advisoryClosing, fixedVersions, idsOf, isFixed } from './advisory-body.ts'
import { issues, listed } from './text.ts'
import type { PublicText } from './text.ts'

/**
 * The content of the announcement: the public records of a release. There is no field for reproduction, patches or
 * people.
 */
export type AnnouncementFields = {
  project: string
  records: readonly PublicRecord[]
  /** The address for further reports. */
  contact: string
}

/** The announcement of a security release, or of an advisory if nothing is released. */
export function announcement(fields: AnnouncementFields): PublicText {
  const versions = fixedVersions(fields.records)
  return {
    subject: oneLine(subject(fields, versions)),
    text: `${layout([
      ...opening(fields, versions),
      ...fields.records.flatMap((record) => [...advisoryBody(record), ...advisoryClosing(record)]),
      { title: 'The next report' },
      `If you find something in ${fields.project}, please tell us before you tell others: ${fields.contact}`,
    ])}\n`,
    attachments: [],
  }
}

function subject({ project, records }: AnnouncementFields, versions: readonly string[]): string {
  const ids = idsOf(records)
  const idList = ids.length === 0 ? '' : ` (${listed(ids)})`
  const noun = records.length === 1 ? 'security fix' : 'security fixes'
  if (versions.length === 0) return `${project} security advisory${idList}`
  return `${project} ${listed(versions)}: ${noun}${idList}`
}

/** Says only what is true of all the vulnerabilities; the details of each follow below. */
function fixSummary(records: readonly PublicRecord[]): string {
  if (records.every(isFixed)) return records.length === 1 ? ' It is fixed.' : ' They are fixed.'
  if (records.some(isFixed)) return ''
  const advice = records.some(({ workaround }) => workaround !== undefined)
  return ` There is no fixed release${advice ? '; see below for what you can do' : ''}.`
}

function opening({ project, records }: AnnouncementFields, versions: readonly string[]): Block[] {
  if (versions.length === 0 && records.every(({ nothingToInstall }) => nothingToInstall === true)) {
    return [
      `This is about ${issues(records.length)} in ${project}, fixed in the service that we run. You have nothing to install.`,
    ]
  }
  if (versions.length === 0) {
    return [`This is about ${issues(records.length)} in ${project}.${fixSummary(records)}`]
  }
  const fixes = versions.length === 1 ? 'is released and fixes' : 'are released and fix'
  return [
    `${project} ${listed(versions)} ${fixes} ${issues(records.length)}.`,
    `Please upgrade to ${project} ${listed(versions, 'or')}.`,
  ]
}
