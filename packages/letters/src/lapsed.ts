import type { Instant } from '@embargo/core'
import { base, secrecyOf } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { date, letter } from './shared/letter.ts'
import type { Letter, LetterBase, Secrecy } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, eventOf, time } from './shared/template-values.ts'

/** The letter about a report that is closed because a question went unanswered. */
export type LapsedFields = LetterBase & { askedAt: number; secrecy: Secrecy }

/**
 * Tells the reporter that the report is closed because nobody answered. It also says that this is no verdict, and how
 * to come back.
 */
export const lapsed = defineLetter({
  name: 'lapsed',
  label: 'notice that the report is closed because no answer came',
  facts,
  words,
  templateFields: (material) => ({ ...common(material), askedAt: time(askedAt(material)) }),
})

function facts(material: LetterMaterial): LapsedFields {
  return {
    ...base(material),
    secrecy: secrecyOf(material),
    askedAt: askedAt(material),
  }
}

const askedAt = (material: LetterMaterial): Instant =>
  eventOf(material, 'InfoMissed')?.askedAt ?? material.case.openedAt

function words(fields: LapsedFields): Letter {
  return letter({
    base: fields,
    about: 'Closed without an answer',
    automatic: true,
    blocks: [
      `On ${date(fields.askedAt, fields)} we asked you a question about your report, and reminded you of it. No answer came, so the report is closed on our side.`,
      'That says nothing about whether you are right. We could not go on without the answer, and that is all.',
      'If you can answer later, reply to this mail, however late it is. A person reads it and can open the report again.',
      fields.secrecy === 'over'
        ? 'No embargo with us is in force: you are free to speak and to publish.'
        : 'There is no longer an embargo with us. If you think that the problem is real, please tell us before you tell others.',
      'Thank you for writing to us.',
    ],
  })
}
