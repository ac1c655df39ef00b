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
  /** The reason that was given then. */
  by: FailureCause
  endedAt: number
  /** The embargo had ended at its date before that. */
  expired?: boolean | undefined
  /** The planned date of a release that is still to come. */
  releaseAt?: number | undefined
}

/** The secret is not out after all: what was wrong, and what we ask for now. A mail cannot bind anybody again. */
export const secrecyCorrected = defineLetter({
  name: 'secrecy-corrected',
  label: 'word that the secret is not out',
  facts,
  words,
  templateFields: (material) => {
    const { by, endedAt } = mistakeOf(material)
    return {
      ...common(material),
      what: FAILURE_WORDS[by],
      endedAt: time(material, endedAt),
      releaseAt: time(material, upcomingRelease(material)),
    }
  },
})

function facts(material: LetterMaterial): SecrecyCorrectedFields {
  if (material.case.cs.public !== undefined)
    throw new NothingToSay('It has become public since, and its readers were told so.')
  const reader = material.to.kind === 'recipient' ? 'recipient' : 'reporter'
  return { ...base(material), reader, ...mistakeOf(material), releaseAt: upcomingRelease(material) }
}

/** The wrong reason for the secret's end, and its time. @throws CannotWrite */
function mistakeOf({ case: { em }, event }: LetterMaterial) {
  const kind = event?.type === 'SignalCorrected' ? event.what : undefined
  if (em.is === 'exited' && em.reason === 'expired' && (kind === 'public' || kind === 'exploit'))
    return { by: kind, endedAt: em.at, expired: true }
  const by = em.is === 'exited' ? em.reason : undefined
  if (em.is !== 'exited' || (by !== 'public' && by !== 'exploit' && by !== 'attacks' && by !== 'leak'))
    throw new CannotWrite('An embargo is in force again, which its readers were asked about or told of.')
  return { by, endedAt: em.at, expired: false }
}

function words(fields: SecrecyCorrectedFields): Letter {
  return letter({
    base: fields,
    about: fields.expired === true ? 'What we wrote was wrong' : 'What we wrote about the embargo was wrong',
    automatic: true,
    blocks: [
      `${formerMail(fields)} We have looked again, and that was wrong. As far as we know, it is still secret.`,
      ...(fields.reader === 'reporter' ? forReporter : forRecipient(fields)),
      'If you have published or told something since, please tell us what and where, so that we can act on it: a reply is enough. It was our mistake, and nobody is blamed for what they did on our word.',
    ],
  })
}

function formerMail(fields: SecrecyCorrectedFields): string {
  const { caseNumber, project, by, endedAt, expired } = fields
  return expired === true
    ? `We wrote to you this of ${caseNumber} in ${project}, whose embargo had ended at its date: ${FAILURE_WORDS[by]}`
    : `We wrote to you that the embargo on ${caseNumber} in ${project} ended ${date(endedAt, fields)}, because of this: ${FAILURE_WORDS[by]}`
}

const forReporter = [
  'What we ask you now: please keep it to yourself until the fix is public. You agreed to nothing by this mail; if we want to agree on a new embargo, we ask you about its date.',
]

const forRecipient = ({ releaseAt, ...base }: SecrecyCorrectedFields): readonly string[] => [
  `What we ask you now: please stop what you began on our word, publish and deploy nothing with the patches, and keep them and our mails to yourselves again, ${until(releaseAt, base)}.`,
]

const until = (releaseAt: number | undefined, base: LetterBase): string =>
  releaseAt === undefined
    ? 'until you hear from us that it is public'
    : `until the release, which is planned for ${date(releaseAt, base)}`
