import { letter } from './letter.ts'
import type { Letter, LetterBase } from './letter.ts'

/** What a recipient is told when a case that they hold patches of is rated otherwise; one mail each. */
export type RecipientRatedFields = LetterBase & { severity: string; was: string }

/** The new severity. Date, patches and terms are what they were. */
export function recipientRated(fields: RecipientRatedFields): Letter {
  const { caseNumber, severity, was, project } = fields
  return letter({
    base: fields,
    about: 'TLP:AMBER another severity',
    automatic: true,
    blocks: [
      `We told you that ${caseNumber} in ${project} is rated ${was}. It is rated ${severity} now.`,
      'The date, the patches and the terms stay as they are. Please publish nothing before.',
      'If you see it otherwise, a reply reaches us.',
    ],
  })
}
