import { base } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { CannotWrite } from './shared/errors.ts'
import { letter } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, eventOf } from './shared/template-values.ts'

export type ClosedFields = LetterBase & {
  /** The reason, as the person who closed the case wrote it. */
  reason?: string | undefined
  /** Whether the problem is fixed and the team has decided to publish nothing about it. */
  fixed: boolean
}

/**
 * Tells the reporter that their valid report is closed and that we publish nothing about it. It also says what holds
 * now, and how to come back.
 */
export const closed = defineLetter({
  name: 'closed',
  label: 'notice that the case is closed',
  facts,
  words,
  templateFields: (material) => ({ ...common(material), reason: eventOf(material, 'CaseClosed')?.reason ?? '' }),
})

function facts(material: LetterMaterial): ClosedFields {
  const { case: theCase, event } = material
  if (event?.type !== 'CaseClosed') throw new CannotWrite('The case was not closed, so there is nothing to tell.')
  return {
    ...base(material),
    reason: event.reason,
    fixed: theCase.publication === 'none' && theCase.cs.fixReady !== undefined,
  }
}

function words(fields: ClosedFields): Letter {
  const { reason, fixed, caseNumber, project } = fields
  return letter({
    base: fields,
    about: 'Closed',
    automatic: false,
    blocks: [
      fixed
        ? `What you reported in ${project} is fixed. We decided that there is nothing to publish about it, so ${caseNumber} is closed.`
        : `We have closed ${caseNumber} in ${project}, and will publish nothing about it ourselves.`,
      ...(reason === undefined ? [] : ['The reason:', { said: reason }]),
      'There is no longer an embargo with us: you are free to speak and to publish. If you do, we would be glad to know beforehand.',
      'If you think that this is wrong, or if you know more by now, reply to this mail. A person reads it and can open the case again.',
      'Thank you for your report, and for your patience with us.',
    ],
  })
}
