import { date, letter } from './letter.ts'
import type { Letter, LetterBase } from './letter.ts'

/** What a recipient is told when a case that they hold patches of is taken out of its release; one mail each. */
export type RecipientDroppedFields = LetterBase & {
  /** The instant of the release, epoch milliseconds. */
  was: number
  reason?: string | undefined
}

/** The case does not come with the release, and the secret stays one. Of the other cases nothing changes. */
export function recipientDropped(fields: RecipientDroppedFields): Letter {
  const { caseNumber, was, reason, project } = fields
  return letter({
    base: fields,
    about: 'TLP:AMBER this case is taken out of the release',
    automatic: true,
    blocks: [
      `The release of ${project} that is planned for ${date(was, fields)} comes without ${caseNumber}. There is no new date for ${caseNumber} yet; you hear of it the same way.`,
      reason === undefined ? undefined : 'The reason:',
      reason === undefined ? undefined : { said: reason },
      `The embargo on ${caseNumber} goes on. Please publish nothing of it, do not ship its patches with that release, and keep them where nobody else sees them. For everything else that we told you of that release nothing changes.`,
      'Please reply that you have read this: a line is enough.',
    ],
  })
}
