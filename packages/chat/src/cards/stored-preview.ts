import type { Visibility } from '@embargo/core'
import type { Preview } from '@embargo/engine'
import { z } from 'zod'
import { cut } from '../text/safe-text.ts'
import { counted } from '../text/dates.ts'
import { showsReports } from './chat-visibility.ts'

/** A preview as the engine stored it. */
const StoredPreview = z.object({
  sections: z.array(
    z.object({
      title: z.string(),
      text: z.string(),
      mail: z
        .object({
          to: z.string().exactOptional(),
          ofReporter: z.literal(true).exactOptional(),
          readable: z.literal(true).exactOptional(),
          subject: z.string(),
          text: z.string(),
          attachments: z.array(z.object({ name: z.string(), sha256: z.string() })),
        })
        .exactOptional(),
    }),
  ),
})

export type PreviewSections = Preview['sections']

/** The stored preview; undefined if nothing was stored, or another version of the program stored it. */
export function readStoredPreview(text: string | undefined): PreviewSections | undefined {
  if (text === undefined) return undefined
  try {
    return StoredPreview.parse(JSON.parse(text)).sections
  } catch {
    return undefined
  }
}

/**
 * A card in a channel names at most this many mails, because a longer list would flood the channel. “Show all” lists
 * all of them.
 */
const MAX_MAILS = 12

/**
 * The warning above mails that need the approval of two people, if outsiders could read some of these mails on their
 * way.
 */
export function readableWarning(sections: PreviewSections): string | undefined {
  const count = sections.filter(({ mail }) => mail?.readable === true).length
  return count === 0
    ? undefined
    : `⚠ A report came encrypted, but ${count === 1 ? 'one of these mails is not encrypted and could be read on its' : `${count} of these mails are not encrypted and could be read on their`} way.`
}

const FIRST_LINES = 2

/** Longer lines are cut. Our mails have lines of 72 characters, and a much longer line was not written by hand. */
const LINE_MAX = 100

/**
 * Summarizes each mail by its recipient, its subject and its first lines. A mail to a reporter contains the reporter's
 * name, subject or words, and so does a mail that forwards a report. Only the titles of these two kinds of mail are
 * shown, unless the policy of every case lets channels show whole reports and their senders.
 */
export function summarize(sections: PreviewSections, chats: readonly Visibility[]): string {
  const ofReporters = chats.every(showsReports)
  return inARow(sections, (section) => summarizeSection(section, ofReporters)).join('\n\n')
}

/** The titles of everything that would be sent or done, without any text. */
export const titlesOnly = (sections: PreviewSections): string => inARow(sections, ({ title }) => title).join('\n')

function inARow(sections: PreviewSections, inWords: (section: PreviewSections[number]) => string): readonly string[] {
  const hidden = sections.length - MAX_MAILS
  return [
    ...sections.slice(0, MAX_MAILS).map(inWords),
    ...(hidden > 0 ? [`… and ${counted(hidden, 'more mail')}`] : []),
  ]
}

function summarizeSection({ title, text, mail }: PreviewSections[number], ofReporters: boolean): string {
  if (mail === undefined) return [title, ...firstLines(text)].join('\n')
  if (mail.ofReporter === true && !ofReporters) return [title, 'Not shown here'].join('\n')
  return [
    title,
    mail.to === undefined ? 'Cannot be sent' : `To: ${mail.to}`,
    `Subject: ${mail.subject}`,
    ...(mail.readable === true ? ['Not encrypted'] : []),
    ...firstLines(mail.text),
    ...(mail.attachments.length === 0 ? [] : [`${counted(mail.attachments.length, 'file')} attached`]),
  ].join('\n')
}

function firstLines(text: string): readonly string[] {
  const lines = text.split('\n').filter((one) => one.trim() !== '')
  const first = lines.slice(0, FIRST_LINES).map((one) => cut(one, LINE_MAX))
  return lines.length > FIRST_LINES ? [...first, '…'] : first
}
