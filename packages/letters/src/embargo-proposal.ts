import { CONSENT_SILENCE, later, openProposal } from '@embargo/core'
import type { Instant } from '@embargo/core'
import { base, embargoTerms } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { CannotWrite, NothingToSay } from './shared/errors.ts'
import { date, letter } from './shared/letter.ts'
import type { EmbargoTerms, Letter, LetterBase } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, embargoEnd, eventOf, time } from './shared/template-values.ts'

/**
 * The question to a reporter about a new end of the embargo. There is no field for the team member who proposes that
 * end.
 */
export type EmbargoProposalFields = LetterBase & {
  embargo: EmbargoTerms
  /** The proposed end. */
  proposed: number
  /** The team's reason, in a line. */
  reason?: string | undefined
  /** When the team looks at the proposal again. Nothing happens automatically at that time. */
  answerBy: number
}

/**
 * Asks the reporter about a new end of the embargo. It also says what agreeing means, what else they may do, and what
 * silence means.
 */
export const embargoProposal = defineLetter({
  name: 'embargo-proposal',
  label: 'question about the embargo’s end',
  obsoleteAfter: ['publication', 'closing'],
  facts,
  words,
  templateFields: (material) => ({
    ...common(material),
    proposedEnd: time(eventOf(material, 'EmbargoProposed')?.end),
    reason: eventOf(material, 'EmbargoProposed')?.reason ?? '',
    answerBy: time(answerBy(material)),
    ...embargoEnd(material),
  }),
})

function facts(material: LetterMaterial): EmbargoProposalFields {
  const { event, case: theCase } = material
  if (event?.type !== 'EmbargoProposed') throw new CannotWrite('No date was proposed.')
  if (openProposal(theCase.em)?.proposal !== event.proposal)
    throw new NothingToSay('The proposed date was answered, or the embargo ended, before the mail left.')
  return {
    ...base(material),
    embargo: embargoTerms(material),
    proposed: event.end,
    reason: event.reason,
    answerBy: answerBy(material),
  }
}

const answerBy = ({ now }: LetterMaterial): Instant => later(now, CONSENT_SILENCE)

function words(fields: EmbargoProposalFields): Letter {
  return letter({
    base: fields,
    about: 'Another date for the end of the embargo?',
    automatic: false,
    blocks: [
      `We would like to agree with you on another date. ${dateNow(fields)}`,
      `The date that we propose is ${date(fields.proposed, fields)}.`,
      fields.reason === undefined ? undefined : 'Why:',
      fields.reason === undefined ? undefined : { said: fields.reason },
      'What agreeing means: until that date, or until the fix is public if that comes first, neither side makes anything public. That date is a limit: the fix may be published earlier.',
      'Until then:',
      {
        items: [
          'you may continue your research, keep your notes and your write-up, and talk with us about all of it;',
          'you may share it with a person whose help you need, if they know that it is secret;',
          'please publish nothing about it, no hint and no exploit, and use it against nobody.',
        ],
      },
      `A yes, a no or another date are all fine: one line in a reply is enough. It would help to have it by ${date(fields.answerBy, fields)}.`,
      `If you do not answer, we take that neither as a yes nor as a no. ${dateStays(fields)}`,
    ],
  })
}

const dateNow = ({ embargo, ...base }: EmbargoProposalFields): string =>
  embargo === 'none' ? 'No embargo is in force now.' : `At present, the embargo ends ${date(embargo.end, base)}.`

const dateStays = ({ embargo }: EmbargoProposalFields): string =>
  embargo === 'none'
    ? 'Then nothing is agreed, and we will ask again.'
    : 'Then the date stays as it is, and we will ask again.'
