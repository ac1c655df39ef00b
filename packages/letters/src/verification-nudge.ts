import { base } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { NothingToSay } from './shared/errors.ts'
import { date, letter } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, time } from './shared/template-values.ts'

export type VerificationNudgeFields = LetterBase & {
  branch: string
  /** The SHA-256 of the patch that was sent, to identify it. */
  sha256: string
  askedAt: number
  answerBy: number
}

/** Asks the reporter once more, without hurry or blame, whether the patch fixes what they reported. */
export const verificationNudge = defineLetter({
  name: 'verification-nudge',
  label: 'reminder to verify the patch',
  obsoleteAfter: ['publication', 'closing'],
  facts,
  words,
  templateFields: (material) => {
    const { branch, sha256, askedAt, answerBy } = pendingPatch(material)
    return {
      ...common(material),
      branch,
      sha256,
      askedAt: time(askedAt),
      answerBy: time(answerBy),
    }
  },
})

function facts(material: LetterMaterial): VerificationNudgeFields {
  return { ...base(material), ...pendingPatch(material) }
}

/** The patch that still waits for the reporter's check. @throws NothingToSay if no patch waits any longer */
function pendingPatch({ event, case: theCase }: LetterMaterial) {
  const name = event?.type === 'ReminderDue' ? event.clock.split('/').slice(1).join('/') : undefined
  const fix = theCase.branches.find((branch) => branch.name === name)?.fix
  if (name === undefined || fix?.is !== 'submitted' || fix.verification?.of !== 'reporter')
    throw new NothingToSay('The patch no longer waits for its reporter’s check.')
  const { askedAt, dueAt: answerBy } = fix.verification
  return { branch: name, sha256: fix.sha256, askedAt, answerBy }
}

function words(fields: VerificationNudgeFields): Letter {
  return letter({
    base: fields,
    about: 'Did you have time to look at the fix?',
    automatic: true,
    blocks: [
      `On ${date(fields.askedAt, fields)} we sent you the patch for the branch ${fields.branch} and asked whether it fixes what you reported. We have not heard from you yet, and that is fine.`,
      `If you can look at it by ${date(fields.answerBy, fields)}, it helps: nobody knows the problem better. "Yes, it does" is enough. If you need longer, say so.`,
      'If you would rather not check it, you need not do anything: somebody on our side who did not write it will check it, and the work goes on. You will still be told the outcome and credited.',
      'The patch that we sent has the SHA-256',
      { verbatim: fields.sha256 },
      'A program wrote this mail, and it will not remind you again. A person reads your answer.',
    ],
  })
}
