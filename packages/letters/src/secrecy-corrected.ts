import { FAILURE_WORDS } from './secrecy-failed.ts'
import type { FailureCause } from './secrecy-failed.ts'
import { base, upcomingRelease } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { CannotWrite, NothingToSay } from './shared/errors.ts'
import { date, letter } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, time } from './shared/template-values.ts'

/** Corrects an earlier `secrecy-failed` letter. No field names the person who made the mistake. */
export type SecrecyCorrectedFields = LetterBase & {
  reader: 'reporter' | 'recipient'
  /** The reason that the earlier letter gave. */
  by: FailureCause
  endedAt: number
  /** Set if the embargo had already ended on its date before the earlier letter. */
  expired?: boolean | undefined
  /** The planned date of a release that is still to come. */
  releaseAt?: number | undefined
}

/**
 * Says that the secret is not out after all, what was wrong in the earlier letter, and what we ask now. A mail cannot
 * bind anybody to a new embargo.
 */
export const secrecyCorrected = defineLetter({
  name: 'secrecy-corrected',
  label: 'notice that the secret is not out',
  facts,
  words,
  templateFields: (material) => {
    const { by, endedAt } = mistakeOf(material)
    return {
      ...common(material),
      what: FAILURE_WORDS[by],
      endedAt: time(endedAt),
      releaseAt: time(upcomingRelease(material)),
    }
  },
})

function facts(material: LetterMaterial): SecrecyCorrectedFields {
  if (material.case.cs.public !== undefined)
    throw new NothingToSay(
      'Since the mistake, the vulnerability has become public, and everybody to whom this mail would go has been told.',
    )
  const reader = material.to.kind === 'recipient' ? 'recipient' : 'reporter'
  return { ...base(material), reader, ...mistakeOf(material), releaseAt: upcomingRelease(material) }
}

/**
 * The reason that the earlier letter wrongly gave for the end of the secret, and when that end was. @throws CannotWrite
 */
function mistakeOf({ case: { em }, event }: LetterMaterial) {
  const kind = event?.type === 'SignalCorrected' ? event.what : undefined
  if (em.is === 'exited' && em.reason === 'expired' && (kind === 'public' || kind === 'exploit'))
    return { by: kind, endedAt: em.at, expired: true }
  const by = em.is === 'exited' ? em.reason : undefined
  if (em.is !== 'exited' || (by !== 'public' && by !== 'exploit' && by !== 'attacks' && by !== 'leak'))
    throw new CannotWrite(
      'An embargo is in force again, and the readers of this mail were told about it or asked to agree to it.',
    )
  return { by, endedAt: em.at, expired: false }
}

function words(fields: SecrecyCorrectedFields): Letter {
  return letter({
    base: fields,
    about: fields.expired === true ? 'What we wrote was wrong' : 'What we wrote about the embargo was wrong',
    automatic: true,
    blocks: [
      `${formerMail(fields)} We have looked again, and that was wrong. As far as we know, the vulnerability is still secret.`,
      ...(fields.reader === 'reporter' ? forReporter : forRecipient(fields)),
      'If you have published anything or told anybody since, please reply and tell us what and where, so that we can act on it. It was our mistake, and we blame nobody for relying on our mail.',
    ],
  })
}

function formerMail(fields: SecrecyCorrectedFields): string {
  const { caseNumber, project, by, endedAt, expired } = fields
  return expired === true
    ? `About ${caseNumber} in ${project}, whose embargo had reached its end date, we wrote to you: ${FAILURE_WORDS[by]}`
    : `We wrote to you that the embargo on ${caseNumber} in ${project} ended ${date(endedAt, fields)}, for this reason: ${FAILURE_WORDS[by]}`
}

const forReporter = [
  'We now ask you to keep it to yourself until the fix is public. This mail does not bind you: if we want to agree on a new embargo, we will ask you about its date.',
]

const forRecipient = ({ releaseAt, ...base }: SecrecyCorrectedFields): readonly string[] => [
  `We now ask you to stop anything that you began because of our mail, not to publish or deploy anything with the patches, and to keep the patches and our mails to yourselves again, ${until(releaseAt, base)}.`,
]

const until = (releaseAt: number | undefined, base: LetterBase): string =>
  releaseAt === undefined
    ? 'until you hear from us that it is public'
    : `until the release, which is planned for ${date(releaseAt, base)}`
