import type { Tlp } from '@embargo/core'
import { base, labelOf, upcomingRelease } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { NothingToSay } from './shared/errors.ts'
import { date, letter } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, embargoExit, time } from './shared/template-values.ts'

/**
 * The notice that the embargo has run out. Each recipient who has patches gets a mail of their own, and no field names
 * another recipient.
 */
export type RecipientExpiredFields = LetterBase & {
  endedAt: number
  tlp: Tlp
  /** The planned date of a release that is still to come. */
  releaseAt?: number | undefined
}

/**
 * Tells a recipient that nobody is bound any longer, although the vulnerability is still secret. It also says what we
 * ask of them, and what to be ready for.
 */
export const recipientExpired = defineLetter({
  name: 'recipient-expired',
  label: 'notice that the embargo has run out',
  obsoleteAfter: ['publication'],
  facts,
  words,
  templateFields: (material) => ({
    ...common(material),
    ...embargoExit(material),
    releaseAt: time(upcomingRelease(material)),
  }),
})

function facts(material: LetterMaterial): RecipientExpiredFields {
  const { cs, em } = material.case
  if (cs.public !== undefined)
    throw new NothingToSay('The vulnerability has become public since, and the readers of this mail were told so.')
  if (em.is !== 'exited') throw new NothingToSay('An embargo is in force again.')
  return { ...base(material), endedAt: em.at, tlp: labelOf(material), releaseAt: upcomingRelease(material) }
}

function words(fields: RecipientExpiredFields): Letter {
  const { caseNumber, project, endedAt, releaseAt } = fields
  return letter({
    base: fields,
    about: `${fields.tlp} the embargo has ended, and nothing is public yet`,
    automatic: true,
    blocks: [
      `You have patches from us for ${caseNumber} in ${project}. The embargo on it reached its end date, ${date(endedAt, fields)}. As far as we know, nothing is public. Anyone who found it is free to publish now, and may do so at any time.`,
      releaseAt === undefined
        ? 'No release is planned at the moment. When one is, we will tell you its date by mail.'
        : `The release is planned for ${date(releaseAt, fields)}.`,
      'What we ask: please publish nothing before we do, keep the patches and our mails to yourselves as before, and be ready to publish at short notice. We will tell you at once when it becomes public.',
      'A program wrote this mail. If you see any of it in public, or cannot wait any longer, reply: a person reads it.',
    ],
  })
}
