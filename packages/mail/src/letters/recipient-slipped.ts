import { date, letter } from './letter.ts'
import type { Letter, LetterBase } from './letter.ts'

/** What a recipient is told when the date that they prepare for does not hold; one mail each, and no field for the others. */
export type RecipientSlippedFields = LetterBase & {
  /** All case numbers that they were told of. */
  cases: readonly string[]
  was: number
  /** Absent where the release was called off. */
  newDate?: number | undefined
  reason?: string | undefined
  /** What was planned is an advisory: there is nothing to release. */
  nothingToRelease?: boolean | undefined
}

/** The new date, or that there is none; and that the secret stays one. */
export function recipientSlipped(fields: RecipientSlippedFields): Letter {
  const { cases, was, newDate, reason, project, nothingToRelease } = fields
  const comes = nothingToRelease === true ? 'advisory' : 'release'
  const issue = cases.length === 1 ? 'this issue' : 'these issues'
  return letter({
    base: fields,
    cases,
    about: newDate === undefined ? `TLP:AMBER the ${comes} is called off` : `TLP:AMBER the ${comes} has another date`,
    automatic: true,
    blocks: [
      newDate === undefined
        ? `The ${comes} of ${project} that was planned for ${date(was, fields)} does not come on that day. There is no new date yet; you hear of it the same way.`
        : `The ${comes} of ${project} that was planned for ${date(was, fields)} comes ${date(newDate, fields)} instead.`,
      reason === undefined ? undefined : 'The reason:',
      reason === undefined ? undefined : { said: reason },
      newDate === undefined
        ? `The embargo on ${issue} goes on. Please publish nothing, and keep the patches where nobody else sees them.`
        : `The embargo on ${issue} goes on until then, with the same terms. Please publish nothing before.`,
      'Please reply that you have read this: a line is enough. If the new date cannot work for you, say so, and a person answers.',
    ],
  })
}
