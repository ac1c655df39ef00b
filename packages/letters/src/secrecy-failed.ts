import type { ExitReason } from '@embargo/core'
import { base } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { CannotWrite } from './shared/errors.ts'
import { date, letter } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, time } from './shared/template-values.ts'

/** The ways in which a secret ends early. */
export type FailureCause = Extract<ExitReason, 'public' | 'exploit' | 'attacks' | 'leak'>

/**
 * The letter that tells reporters and recipients that the secret is out. It names nobody who may have leaked it, and
 * links to no exploit: `link` is a page about the vulnerability itself.
 */
export type SecrecyFailedFields = LetterBase & {
  reader: 'reporter' | 'recipient'
  by: FailureCause
  endedAt: number
  /** Set if the embargo had already expired on its date when the secret got out. */
  expired?: boolean | undefined
  link?: string | undefined
}

/** A sentence for each cause. */
export const FAILURE_WORDS: Readonly<Record<FailureCause, string>> = {
  public: 'The vulnerability has become public.',
  exploit: 'An exploit for the vulnerability has become public.',
  attacks: 'Attacks that use the vulnerability have been seen.',
  leak: 'Details of the vulnerability got out before the planned date.',
}

/**
 * Says that the secret is out: what became public, what we do now, and what the reader may say now. It blames nobody.
 */
export const secrecyFailed = defineLetter({
  name: 'secrecy-failed',
  label: 'notice that the secret is out',
  facts,
  words,
  templateFields: (material) => {
    const { by, endedAt, link } = failure(material)
    return { ...common(material), what: FAILURE_WORDS[by], endedAt: time(endedAt), link: link ?? '' }
  },
})

function facts(material: LetterMaterial): SecrecyFailedFields {
  return {
    ...base(material),
    reader: material.to.kind === 'recipient' ? 'recipient' : 'reporter',
    ...failure(material),
  }
}

/** What ended the secret, and when. @throws CannotWrite */
function failure({ event, now, case: { em, signals } }: LetterMaterial) {
  // A letter about `VulnerabilityPublic` comes after the end of the embargo: the reader was no longer bound, but asked
  // to keep the secret. Our request ends with this event.
  if (event?.type === 'VulnerabilityPublic') {
    const signal = signals.find(({ id }) => id === event.signal)
    const isExploit = signal?.what === 'exploit'
    const details = { by: isExploit ? 'exploit' : 'public', link: isExploit ? undefined : event.link } as const
    const expired = em.is === 'exited' && em.reason === 'expired'
    return { ...details, endedAt: expired ? em.at : now, expired } as const
  }
  const by = event?.type === 'EmbargoExited' ? event.reason : undefined
  if (by !== 'public' && by !== 'exploit' && by !== 'attacks' && by !== 'leak')
    throw new CannotWrite('The embargo did not end early.')
  // The link to an exploit or a leak is not passed on.
  const link =
    by === 'public' ? signals.findLast(({ what, is }) => what === 'public' && is === 'counted')?.link : undefined
  return { by, endedAt: em.is === 'exited' ? em.at : now, link, expired: false }
}

function words(fields: SecrecyFailedFields): Letter {
  return letter({
    base: fields,
    about: fields.expired === true ? 'It has become public' : 'The embargo has ended early',
    automatic: true,
    blocks: [
      fields.expired === true
        ? `${FAILURE_WORDS[fields.by]} The embargo on ${fields.caseNumber} in ${fields.project} had already reached its end date, ${date(fields.endedAt, fields)}.`
        : `${FAILURE_WORDS[fields.by]} The embargo on ${fields.caseNumber} in ${fields.project} therefore ended ${date(fields.endedAt, fields)}.`,
      fields.link === undefined ? undefined : { items: [fields.link] },
      'We will now tell people as soon as possible how to protect themselves, if necessary before the fix is ready. The full advisory follows.',
      ...(fields.reader === 'reporter' ? forReporter : forRecipient),
      'We do not ask whose fault it was, and nobody will be blamed for what they tell us. If you have seen something that could help us, please reply.',
    ],
  })
}

const forReporter = [
  'You are now free to speak about it and to publish your own write-up. If you can, wait for our advisory, and hold back a working exploit for some days, because users have had no time to update.',
]

const forRecipient = [
  'You may now build, publish and deploy with the patches that you have, and tell your users. If the patches are not final, we will tell you. Please keep our earlier mails about it to yourselves.',
]
