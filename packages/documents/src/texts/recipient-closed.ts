import { layout, oneLine } from '@embargo/core'
import type { Text } from './text.ts'

/** What a recipient is told who holds patches of a case that closes without a release; one mail each. */
export type RecipientClosedFields = {
  caseNumber: string
  project: string
  /** Why, in the team's words. */
  reason: string
  /** Whom to ask: an address of the team. */
  contact: string
}

/** Nothing comes of it: what they keep for us they need not keep any longer, and the patches are none. */
export function recipientClosed({ caseNumber, project, reason, contact }: RecipientClosedFields): Text {
  return {
    subject: oneLine(`[${caseNumber}] closed without a release`),
    text: `${layout([
      `You have patches from us for ${caseNumber} in ${project}, and kept them to yourself because we asked you to. The case is closed: no release of ours comes for it, and the embargo on it has ended.`,
      'The reason:',
      { said: reason },
      'Please throw the patches away and build nothing from them: none of them is released. Our earlier mails about it stay between us; beyond that nothing binds you any more.',
      `If you see it otherwise, or have to tell somebody because of it, please write to us first: ${contact}, or reply to this mail. Thank you for keeping it.`,
    ])}\n`,
    attachments: [],
  }
}
