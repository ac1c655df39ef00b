import { date, letter } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'

export type VerificationNudgeFields = LetterBase & {
  branch: string
  /** The SHA-256 of the patch that was sent, so that it is clear which. */
  sha256: string
  askedAt: number
  answerBy: number
}

/** Asks once more, without hurry or blame, whether the patch fixes what was reported. */
export function verificationNudge(fields: VerificationNudgeFields): Letter {
  return letter({
    base: fields,
    about: 'Did you have time to look at the fix?',
    automatic: true,
    blocks: [
      `On ${date(fields.askedAt, fields)} we sent you the patch for the branch ${fields.branch} and asked whether it fixes what you reported. We have not heard from you yet, and that is fine.`,
      `If you can look at it by ${date(fields.answerBy, fields)}, it helps: nobody knows the problem better. "Yes, it does" is enough. If you need longer, say so.`,
      'If you would rather not check it, there is nothing to do: somebody on our side who did not write it looks at it then, and the work goes on. You are told and credited all the same.',
      'The patch that we sent has the SHA-256',
      { verbatim: fields.sha256 },
      'A program wrote this mail, and it is the only one of its kind. The answer is read by a person.',
    ],
  })
}
