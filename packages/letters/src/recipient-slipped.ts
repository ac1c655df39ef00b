import { day } from '@embargo/core'
import type { Tlp } from '@embargo/core'
import { nothingToRelease } from './shared/advisory-record.ts'
import { base, labelOf, secrecyOf } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { CannotWrite } from './shared/errors.ts'
import { date, letter, listed } from './shared/letter.ts'
import type { Letter, LetterBase, Secrecy } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, movedDate } from './shared/template-values.ts'

/**
 * The notice to a recipient that the date of the release has changed, or that the release is cancelled. Each recipient
 * gets a mail of their own, and no field names another recipient.
 */
export type RecipientSlippedFields = LetterBase & {
  /** All case numbers that the recipient was told of. */
  cases: readonly string[]
  /**
   * The previous date. Only its day is mentioned: the recipient may know another hour, because nobody is mailed if only
   * the hour changes.
   */
  was: number
  /** Absent if the release was cancelled. */
  newDate?: number | undefined
  reason?: string | undefined
  /** For each case, what still keeps the recipient silent. */
  secrecy: Readonly<Record<string, Secrecy>>
  tlp: Tlp
  /** Set if an advisory was planned, but no new version. */
  nothingToRelease?: boolean | undefined
}

/**
 * Tells the recipient the new date, or that no new date is set yet. It also says how secret the cases are until then.
 */
export const recipientSlipped = defineLetter({
  name: 'recipient-slipped',
  label: 'notice that the date has changed',
  obsoleteAfter: ['publication', 'new-date'],
  facts,
  words,
  templateFields: (material) => ({
    ...common(material),
    cases: material.cases.map(({ id }) => id).join(', '),
    ...movedDate(material),
  }),
})

function facts(material: LetterMaterial): RecipientSlippedFields {
  const { moved, cases } = material
  if (moved === undefined) throw new CannotWrite('No planned date was moved.')
  return {
    ...base(material),
    cases: cases.map(({ id }) => id),
    was: moved.was,
    newDate: moved.at,
    reason: moved.reason,
    nothingToRelease: nothingToRelease(cases),
    tlp: labelOf(material),
    secrecy: Object.fromEntries(cases.map((one) => [one.id, secrecyOf({ case: one })])),
  }
}

function words(fields: RecipientSlippedFields): Letter {
  const { cases, was, newDate, reason, project, nothingToRelease } = fields
  const comes = nothingToRelease === true ? 'advisory' : 'release'
  const tlp = cases.every((one) => fields.secrecy[one] === 'over') ? '' : `${fields.tlp} `
  return letter({
    base: fields,
    cases,
    about: `${tlp}the ${comes} ${newDate === undefined ? 'is cancelled' : 'has another date'}`,
    automatic: true,
    blocks: [
      newDate === undefined
        ? `The ${comes} of ${project} that was planned for ${day(was)} will not come on that day. There is no new date yet; we will tell you in the same way.`
        : `The ${comes} of ${project} that was planned for ${day(was)} comes ${date(newDate, fields)} instead.`,
      reason === undefined ? undefined : 'The reason:',
      reason === undefined ? undefined : { said: reason },
      ...(['bound', 'asked', 'over'] as const).map((secrecy) => holds(fields, secrecy)),
      newDate === undefined
        ? 'Please reply that you have read this: a line is enough.'
        : 'Please reply that you have read this: a line is enough. If the new date cannot work for you, say so, and a person answers.',
    ],
  })
}

/** What the recipient may say about the cases with this kind of secrecy; undefined if there is no such case. */
function holds({ cases, newDate, secrecy }: RecipientSlippedFields, kind: Secrecy): string | undefined {
  const some = cases.filter((one) => (secrecy[one] ?? 'bound') === kind)
  if (some.length === 0) return undefined
  const all = cases.length === 1 ? 'this issue' : 'these issues'
  const on = `The embargo on ${some.length === cases.length ? all : listed(some)}`
  switch (kind) {
    case 'bound':
      return newDate === undefined
        ? `${on} goes on. Please publish nothing, and keep the patches where nobody else sees them.`
        : `${on} goes on until then, with the same terms. Please publish nothing before.`
    case 'asked':
      return `${on} has ended, and as far as we know nothing is public. Even so, we ask you: please publish nothing before we do, and keep the patches where nobody else sees them.`
    case 'over':
      return `${on} is over, and that does not change: you may publish and deploy with the patches that you have.`
  }
}
