import type { Preview } from '@embargo/engine'
import { z } from 'zod'
import { cut } from '../text/safe-text.ts'
import { counted } from '../text/dates.ts'

/** What the engine kept of a preview, as it was shown. */
const Shown = z.object({
  sections: z.array(
    z.object({
      title: z.string(),
      text: z.string(),
      mail: z
        .object({
          to: z.string().exactOptional(),
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

/** Each mail by its reader, its subject and how it begins. */
export function inShort(sections: ShownSections): string {
  const left = sections.length - MOST_MAILS
  return [
    ...sections.slice(0, MOST_MAILS).map(sectionInShort),
    ...(left > 0 ? [`… and ${counted(left, 'more mail')}`] : []),
  ].join('\n\n')
}

function sectionInShort({ title, text, mail }: ShownSections[number]): string {
  if (mail === undefined) return [title, ...firstLines(text)].join('\n')
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
