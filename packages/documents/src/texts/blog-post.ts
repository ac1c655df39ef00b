import type { PublicRecord } from '../record.ts'
import { DRAFT_NOTE } from '../records/format.ts'
import { announcementTitle, opening } from './announcement.ts'
import type { AnnouncementFields } from './announcement.ts'
import { publicFacts, titleAmong } from './issue.ts'
import type { Fact } from './fact-lines.ts'
import { escaped, inOwnWords, issueFields, linked, publicFields } from './own-words.ts'

/** Text for a website: a page of Markdown. `isPublished` is false until the publication. */
export type PageFields = AnnouncementFields & { isPublished: boolean }

/** The announcement as a page for the project's website. */
export function blogPost(fields: PageFields): string {
  const { records, contact } = fields
  const written = sections(records)
  const ours = [`# ${announcementTitle(fields)}`, ...opening(fields), written, `Reports: ${contact}`].join('\n\n')
  return page(pageText(fields, written) ?? ours, fields)
}

/** The text as a page, which is marked as a draft until it is published. */
export const page = (text: string, { isPublished }: Pick<PageFields, 'isPublished'>): string =>
  `${isPublished ? '' : `> ${DRAFT_NOTE}\n\n`}${text.trim()}\n`

/** The page in the project's own words, if the project has any. */
export function pageText(fields: AnnouncementFields, written: string): string | undefined {
  const { template, records, about } = fields
  if (template === undefined) return undefined
  return inOwnWords({
    template,
    form: 'markdown',
    fields: publicFields(fields, { about, summary: opening(fields), sections: written, form: 'markdown' }),
    issues: records.map((record) => issueFields(record, 'markdown')),
  })
}

const sections = (records: readonly PublicRecord[]): string =>
  records
    .map((record) =>
      [`## ${titleAmong(records, record)}`, record.impact.trim(), facts(record), ...commands(record)].join('\n\n'),
    )
    .join('\n\n')

/** A workaround of several lines, such as a list of commands, is copied unchanged, because it is already Markdown. */
const commands = ({ workaround }: PublicRecord): readonly string[] =>
  workaround?.trim().includes('\n') === true ? [`**Workaround:**\n\n${workaround.trim()}`] : []

const facts = (record: PublicRecord): string =>
  publicFacts(record)
    .filter(({ lines }) => lines.length > 0)
    .map(item)
    .join('\n')

function item({ label, lines }: Fact): string {
  const name = `- **${label}${label.endsWith('?') ? '' : ':'}**`
  // The timeline is broken into lines for the columns of a mail. A page has no columns, so the lines are joined again.
  const values = label === 'Timeline' ? [lines.join(' ')] : lines
  const written = values.map((line) => inMarkdown(label, line))
  return written.length === 1
    ? `${name} ${written.join('')}`
    : [name, ...written.map((line) => `  - ${line}`)].join('\n')
}

/** In notes on versions, such as `4.*` and `< 3`, escapes the characters that Markdown would interpret. */
export const ofVersions = (line: string): string => line.replaceAll(/[<>*_[\]]/gu, String.raw`\$&`)

/** Escapes the words of a reporter. The team's own words may use Markdown. */
function inMarkdown(label: string, line: string): string {
  if (label === 'Credit') return escaped(line)
  if (label === 'Am I affected?') return ofVersions(line)
  return line.startsWith('CVSS:') ? line.replace(/^(\S*?)(,|$)/u, '`$1`$2') : linked(line)
}
