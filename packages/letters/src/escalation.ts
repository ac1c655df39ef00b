import { date, letter } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'

/**
 * What a person of the team is told when a clock goes to the next in line. It is not encrypted, so it says which case,
 * which deadline and where to look, and there is no field for anything else.
 */
export type EscalationFields = LetterBase & {
  /** What was to be done, in words that say nothing of the vulnerability. */
  what: string
  due: number
  /** Whether the time is up, so that nobody else is told after them. */
  last: boolean
  /** Who is told next, where the time is not up; absent where nobody waits for it any more. */
  next?: 'admins' | 'another' | 'again' | 'nobody' | undefined
  /** It is told once more, each day, until somebody acts. */
  daily?: boolean
  /** Who was told before, by name. */
  before?: string | undefined
}

export function escalation(fields: EscalationFields): Letter {
  const { caseNumber, what, due, before, now, last } = fields
  const late = due > now ? 'is due' : 'was due'
  return letter({
    base: fields,
    about: last ? 'A deadline has passed' : 'A deadline needs you',
    automatic: true,
    blocks: [
      `${caseNumber} has a deadline that ${late} ${date(due, fields)}: ${what}.`,
      before === undefined ? 'Nobody has done it yet.' : `${before} was reminded and has not done it yet.`,
      `Please look at the case in its channel, or with "embargo case ${caseNumber}".`,
      whatFollows(fields),
      'A program wrote this mail. It says nothing of the case on purpose; please answer in the channel and not here.',
    ],
  })
}

function whatFollows({ last, daily, next }: EscalationFields): string | undefined {
  if (last && daily === true)
    return 'Nobody else is told after you. You are told again each day, until it is done or the date is another.'
  if (last || next === 'nobody') return 'Nobody else is told after you, and this is the last mail about this deadline.'
  if (next === undefined) return undefined
  return {
    admins: 'Without it, the admins of the case are told next.',
    another: 'Without it, somebody else of the team is asked next.',
    again: 'Without it, you are told again.',
  }[next]
}
