import { day, fieldsNamed, layout, oneLine } from '@embargo/core'
import type { Block } from '@embargo/core'
import type { PublicRecord } from '../record.ts'
import { highest } from '../severity.ts'
import { fixedVersions, isFixed, kindOf } from './advisory-body.ts'
import { issueSections } from './issue.ts'
import { inOwnWords, issueFields, publicFields } from './own-words.ts'
import { issues, listed } from './text.ts'
import type { PublicText } from './text.ts'

/**
 * The content of a public text about a release: its public records. There is no field for steps to reproduce a
 * vulnerability, for patches, or for people.
 */
export type AnnouncementFields = {
  project: string
  records: readonly PublicRecord[]
  /** The address for further reports. */
  contact: string
  /** What the software is, for readers who do not know it. */
  about?: string | undefined
  /** The number of issues in the public heads-up, if one was sent to the readers. */
  announced?: number | undefined
  /** The project's own template, if the project has one. */
  template?: string | undefined
}

/** The announcement of a security release, or of an advisory if nothing is released. */
export function announcement(fields: AnnouncementFields): PublicText {
  const text =
    mailText(fields) ??
    `${layout([...opening(fields), ...leftOut(fields), ...issueSections(fields.records), reportsTo(fields)])}\n`
  return { subject: announcementTitle(fields), text, attachments: [] }
}

/** The text of a mail in the project's own words, if the project has any. */
export function mailText(fields: AnnouncementFields): string | undefined {
  const { template, records, about } = fields
  if (template === undefined) return undefined
  const summary = [...opening(fields), ...leftOut(fields)]
  const written = { about, summary, sections: layout(issueSections(records)), form: 'mail' } as const
  const text = inOwnWords({
    template,
    form: 'mail',
    fields: publicFields(fields, written),
    issues: records.map((record) => issueFields(record, 'mail')),
  })
  const isSaid = fieldsNamed(template).some(({ name }) => name === 'summary')
  return isSaid || leftOut(fields).length === 0
    ? text
    : `${layout([...leftOut(fields), { verbatim: text.trimEnd() }])}\n`
}

/**
 * Says that the heads-up counted more issues than this text has. Otherwise readers would look in this text for the
 * missing issues.
 */
function leftOut({ records, announced = 0 }: AnnouncementFields): readonly string[] {
  const others = announced - records.length
  if (others <= 0) return []
  const rest = others === 1 ? 'other one is' : 'others are'
  return [`Our heads-up counted ${issues(announced)}. The ${rest} not part of this announcement.`]
}

export const reportsTo = ({ contact }: Pick<AnnouncementFields, 'contact'>): Block => `Reports: ${contact}`

/** If there are more ids than this, the subject gives only their number. */
const IDS_IN_TITLE = 3

/** `Quillmark 2.4.1 fixes CVE-1900-0042 (high)` */
export function announcementTitle({ project, records }: Pick<AnnouncementFields, 'project' | 'records'>): string {
  const versions = fixedVersions(records)
  const ids = records.flatMap(({ cve }) => cve ?? [])
  const areNamed = ids.length === records.length && ids.length <= IDS_IN_TITLE
  const most = highest(records.map(({ severity }) => severity))
  const severity = most === undefined ? '' : ` (${records.length > 1 ? 'up to ' : ''}${most})`
  const what = `${areNamed ? listed(ids) : counted(records.length)}${severity}`
  if (versions.length === 0) {
    const named = areNamed || records.length > 1 ? `: ${what}` : severity
    return oneLine(`${project} security advisory${named}`)
  }
  return oneLine(`${project} ${listed(versions)} ${versions.length === 1 ? 'fixes' : 'fix'} ${what}`)
}

const counted = (count: number): string => (count === 1 ? 'a security issue' : issues(count))

/**
 * The first paragraph: what is fixed in which versions, and what readers should do. If the text is about several
 * vulnerabilities, the paragraph says only what is true of all of them.
 */
export function opening({ project, records }: Pick<AnnouncementFields, 'project' | 'records'>): readonly string[] {
  const versions = fixedVersions(records)
  const [first] = records
  const kind = first?.cwe === undefined || records.length > 1 ? '' : `: ${kindOf(first)}`
  const what = `${counted(records.length)}${kind}`
  const replaced = records.flatMap(({ dates }) => dates.interim ?? [])
  const replaces = replaced.map((at) => ` This replaces the interim advisory of ${day(at)}.`)
  const note = [...new Set(replaces)].join('')
  if (versions.length > 0) {
    const fixes = versions.length === 1 ? 'fixes' : 'fix'
    return [`${project} ${listed(versions)} ${fixes} ${what}. Please upgrade.${note}`]
  }
  if (records.every(({ nothingToInstall }) => nothingToInstall === true))
    return [`The service of ${project} had ${what}. It is fixed, and you have nothing to install.${note}`]
  return [`This is about ${what} in ${project}.${fixSummary(records)}${note}`]
}

function fixSummary(records: readonly PublicRecord[]): string {
  if (records.every(isFixed)) return records.length === 1 ? ' It is fixed.' : ' They are fixed.'
  if (records.some(isFixed)) return ''
  const advice = records.some(({ workaround }) => workaround !== undefined)
  return ` There is no fixed release${advice ? '; see below for what you can do' : ''}.`
}
