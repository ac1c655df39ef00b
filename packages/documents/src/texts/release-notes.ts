import { listAnd } from '@embargo/core'
import type { PublicRecord } from '../record.ts'
import { fixedVersions } from './advisory-body.ts'
import { ofVersions, page, pageText } from './blog-post.ts'
import type { PageFields } from './blog-post.ts'
import { affectedLines, issueTitle } from './issue.ts'
import { escaped } from './own-words.ts'

/**
 * The section about security for the notes of a release, in Markdown. It is written before the release is built, so it
 * says nothing about the publication.
 */
export function releaseNotes(fields: PageFields): string {
  const lines = fields.records.map(note).join('\n')
  return page(pageText(fields, lines) ?? `${title(fields)}\n\n${lines}`, fields)
}

function title({ project, records }: PageFields): string {
  const versions = fixedVersions(records)
  return `## Security fixes${versions.length === 0 ? '' : ` in ${project} ${listAnd(versions)}`}`
}

function note(record: PublicRecord): string {
  const credits = record.credits.map(({ text }) => escaped(text))
  const parts = [
    `**${issueTitle(record)}:** ${oneParagraph(record.impact)}`,
    record.affected.length === 0 ? undefined : `Affected: ${affectedLines(record).map(ofVersions).join('; ')}.`,
    record.workaround === undefined ? undefined : `Workaround: ${oneParagraph(record.workaround)}`,
    credits.length === 0 ? undefined : `Reported by ${listAnd(credits)}.`,
  ]
  return `- ${parts.filter((part) => part !== undefined).join(' ')}`
}

const oneParagraph = (text: string): string => text.trim().replaceAll(/\s+/gu, ' ')
