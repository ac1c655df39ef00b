import type { ExitReason } from '@embargo/core'
import { date, letter } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'

/** How a secret ends before its time. */
export type FailedBy = Extract<ExitReason, 'public' | 'exploit' | 'attacks' | 'leak'>

/**
 * What whoever kept a secret is told when it is out. Who may have let it out has no field, and a link to an exploit
 * neither: `link` is where the vulnerability itself is spoken of.
 */
export type SecrecyFailedFields = LetterBase & {
  reader: 'reporter' | 'recipient'
  by: FailedBy
  endedAt: number
  /** The embargo had ended at its date before, and is not what ends now. */
  expired?: boolean | undefined
  link?: string | undefined
}

/** A sentence for each. */
export const FAILED_WORDS: Readonly<Record<FailedBy, string>> = {
  public: 'The vulnerability has become public.',
  exploit: 'An exploit for the vulnerability has become public.',
  attacks: 'Attacks that use the vulnerability have been seen.',
  leak: 'Details of the vulnerability got out before the planned date.',
}

/** The secret is out: what became public, what we do now, what the reader may say now. No blame. */
export function secrecyFailed(fields: SecrecyFailedFields): Letter {
  return letter({
    base: fields,
    about: fields.expired === true ? 'It has become public' : 'The embargo has ended early',
    automatic: true,
    blocks: [
      fields.expired === true
        ? `${FAILED_WORDS[fields.by]} The embargo on ${fields.caseNumber} in ${fields.project} had ended at its date before, ${date(fields.endedAt, fields)}.`
        : `${FAILED_WORDS[fields.by]} The embargo on ${fields.caseNumber} in ${fields.project} ended because of it, ${date(fields.endedAt, fields)}.`,
      fields.link === undefined ? undefined : { items: [fields.link] },
      'What we do now: we tell people as soon as we can what they need to protect themselves, if it must be before the fix is there. The full advisory follows.',
      ...(fields.reader === 'reporter' ? forReporter : forRecipient),
      'We do not ask whose fault it was, and nobody is blamed for telling what they know. If you have seen something that helps us, a reply reaches us.',
    ],
  })
}

const forReporter = [
  'What you may do now: you are free to speak about it, your own write-up included. If you can, wait for our advisory, and keep a working exploit back for some days: people who run it have had no time to update.',
]

const forRecipient = [
  'What you may do now: build, publish and deploy with the patches that you have, and tell your users. If the patches are not final, you hear from us. Our earlier mails about it stay between us.',
]
