import { dateInWords, deadlineWords, layout } from '@embargo/core'
import type { DigestItem } from '@embargo/core'
import { signature } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'

/**
 * What is due for one person of the team, in all cases. The mail is not encrypted, so it names only cases and
 * deadlines.
 */
export type DigestFields = Omit<LetterBase, 'caseNumber' | 'now'> & { readonly items: readonly DigestItem[] }

/** A subject has at most this many case numbers, so that it can be read at a glance. */
const NUMBERS_IN_SUBJECT = 3

const PARTS = [
  ['overdue', 'Overdue', 'since'],
  ['today', 'Today', 'by'],
  ['this week', 'This week', 'by'],
] as const

export function digest(fields: DigestFields): Letter {
  const items = fields.items.toSorted((a, b) => a.due - b.due)
  const [first] = items
  const parts = PARTS.flatMap(([part, title, until]) => {
    const lines = items
      .filter((item) => item.when === part)
      .map(
        (item) =>
          `${item.case}: ${deadlineWords(item.clock)}, ${until} ${dateInWords(item.due, { zone: fields.zone })}`,
      )
    return lines.length === 0 ? [] : [`${title}:`, { items: lines }]
  })
  return {
    subject: subjectOf(items),
    text: `${layout([
      'Hello,',
      ...parts,
      ...(first === undefined ? [] : [`Start with "embargo ${first.case}", or in the channel of that case.`]),
      'Are you away? Say so with "away" and a date, in chat or with "embargo away".',
      'A program wrote this mail; nobody reads an answer to it. Details are left out on purpose.',
    ])}\n\n${signature(fields)}\n`,
    attachments: [],
    automatic: true,
  }
}

/** `[SEC-2026-0042, SEC-2026-0039] 3 things for you, 1 overdue` */
function subjectOf(items: readonly DigestItem[]): string {
  const numbers = [...new Set(items.map((item) => item.case))]
  const more = numbers.length - NUMBERS_IN_SUBJECT
  const named = [...numbers.slice(0, NUMBERS_IN_SUBJECT), ...(more > 0 ? [`${more} more`] : [])]
  const overdue = items.filter(({ when }) => when === 'overdue').length
  const things = items.length === 1 ? '1 thing' : `${items.length} things`
  return `[${named.join(', ')}] ${things} for you${overdue === 0 ? '' : `, ${overdue} overdue`}`
}
