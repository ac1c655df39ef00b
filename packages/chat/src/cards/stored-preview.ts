import type { Chat } from '@embargo/core'
import type { Preview } from '@embargo/engine'
import { z } from 'zod'
import { cut } from '../text/safe-text.ts'
import { counted } from '../text/dates.ts'
import { showsReports } from './chat-visibility.ts'

/** What the engine kept of a preview, as it was shown. */
const Shown = z.object({
  sections: z.array(
    z.object({
      title: z.string(),
      text: z.string(),
      mail: z
        .object({
          to: z.string().exactOptional(),
          ofReporter: z.literal(true).exactOptional(),
          subject: z.string(),
          text: z.string(),
          attachments: z.array(z.object({ name: z.string(), sha256: z.string() })),
        })
        .exactOptional(),
    }),
  ),
})

export type ShownSections = Preview['sections']

/** Undefined where nothing was kept, or another program kept it. */
export function readShown(text: string | undefined): ShownSections | undefined {
  if (text === undefined) return undefined
  try {
    return Shown.parse(JSON.parse(text)).sections
  } catch {
    return undefined
  }
}

/** Mails that a card in a channel names; a longer list floods it, and "Show all" has them all. */
const MOST_MAILS = 12

const FIRST_LINES = 2

/** A line of a mail has 72 characters; a longer one is no line that people wrote. */
const LINE_MOST = 100

/**
 * Each mail by its reader, its subject and how it begins. A mail to a reporter, or with their report, names them, has
 * their subject and their words: where a policy keeps any of that out of channels, its title stands for it.
 */
export function inShort(sections: ShownSections, chats: readonly Pick<Chat, 'sender' | 'mailText'>[]): string {
  const ofReporters = chats.every(showsReports)
  return inARow(sections, (section) => sectionInShort(section, ofReporters)).join('\n\n')
}

/** What leaves and what happens, with no word of it. */
export const byTitle = (sections: ShownSections): string => inARow(sections, ({ title }) => title).join('\n')

function inARow(sections: ShownSections, inWords: (section: ShownSections[number]) => string): readonly string[] {
  const left = sections.length - MOST_MAILS
  return [...sections.slice(0, MOST_MAILS).map(inWords), ...(left > 0 ? [`… and ${counted(left, 'more mail')}`] : [])]
}

function sectionInShort({ title, text, mail }: ShownSections[number], ofReporters: boolean): string {
  if (mail === undefined) return [title, ...firstLines(text)].join('\n')
  if (mail.ofReporter === true && !ofReporters) return [title, 'Not shown here'].join('\n')
  return [
    title,
    mail.to === undefined ? 'Cannot be sent' : `To: ${mail.to}`,
    `Subject: ${mail.subject}`,
    ...firstLines(mail.text),
    ...(mail.attachments.length === 0 ? [] : [`${counted(mail.attachments.length, 'file')} attached`]),
  ].join('\n')
}

function firstLines(text: string): readonly string[] {
  const lines = text.split('\n').filter((one) => one.trim() !== '')
  const first = lines.slice(0, FIRST_LINES).map((one) => cut(one, LINE_MOST))
  return lines.length > FIRST_LINES ? [...first, '…'] : first
}
