import { deadlineOf, deadlineWords, nextReminder, personOf } from '@embargo/core'
import type { Event } from '@embargo/core'
import { base } from './shared/base.ts'
import { defineLetter } from './shared/define-letter.ts'
import { CannotWrite } from './shared/errors.ts'
import { date, letter } from './shared/letter.ts'
import type { Letter, LetterBase } from './shared/letter.ts'
import type { LetterMaterial } from './shared/material.ts'
import { common, eventOf, time } from './shared/template-values.ts'

/**
 * The mail to a team member about a deadline that has been passed on to them. It is not encrypted, so it says only
 * which case, which deadline and where to look.
 */
export type EscalationFields = LetterBase & {
  /** What was to be done, in words that say nothing about the vulnerability. */
  what: string
  due: number
  /** Whether this is the mail that says that the deadline has passed. After that mail, nobody else is told. */
  last: boolean
  /** Who is reminded next, if the deadline has not passed; absent if the task is no longer needed. */
  next?: 'admins' | 'another' | 'again' | 'nobody' | undefined
  /** Set if the reminder is repeated in the channel until somebody acts. */
  repeats?: boolean
  /** The name of the person who was reminded before. */
  before?: string | undefined
}

export const escalation = defineLetter({
  name: 'escalation',
  label: 'mail about a deadline',
  facts,
  words,
  templateFields: (material) => {
    const notice = eventOf(material, 'ReminderDue') ?? eventOf(material, 'ClockBreached')
    return {
      ...common(material),
      what: notice === undefined ? '' : deadlineWords(notice.clock),
      due: time(notice?.due),
    }
  },
})

function facts(material: LetterMaterial): EscalationFields {
  const { event, policy, case: theCase, project, to } = material
  if (event?.type !== 'ReminderDue' && event?.type !== 'ClockBreached')
    throw new CannotWrite('No deadline calls for this mail.')
  const before = personOf(policy, event.named ?? theCase.coordinator)
  const zone = to.kind === 'person' ? personOf(policy, to.person)?.zone : undefined
  return {
    ...base(material),
    from: { kind: 'team', address: project.address },
    ...(zone === undefined ? {} : { zone }),
    what: deadlineWords(event.clock),
    due: event.due,
    last: event.type === 'ClockBreached',
    next: event.type === 'ReminderDue' ? nextOf(material, event) : undefined,
    repeats: event.type === 'ClockBreached' && event.fraction !== undefined,
    before: to.kind === 'person' && before?.id === to.person ? undefined : before?.name,
  }
}

/** Who is reminded next of the same deadline. */
function nextOf(
  { policy, case: theCase, release }: LetterMaterial,
  event: Extract<Event, { type: 'ReminderDue' }>,
): EscalationFields['next'] {
  const world = { case: theCase, ...(release === undefined ? {} : { release }), others: new Map() }
  const next = nextReminder(policy, world, event)
  if (next === undefined || next === 'nobody') return next
  if (next.hears === 'admins') return 'admins'
  return deadlineOf(event.clock)?.rotation === undefined ? 'again' : 'another'
}

function words(fields: EscalationFields): Letter {
  const { caseNumber, what, due, before, now, last } = fields
  const late = due > now ? 'is due' : 'was due'
  return letter({
    base: fields,
    about: last ? `Overdue: ${what}` : `Needs you: ${what}`,
    automatic: true,
    blocks: [
      `${caseNumber} has a deadline that ${late} ${date(due, fields)}: ${what}.`,
      before === undefined ? 'Nobody has done it yet.' : `${before} was reminded and has not done it yet.`,
      `Please look at the case in its channel, or with "embargo ${caseNumber}".`,
      nextStep(fields),
      'A program wrote this mail. On purpose, it says nothing about the case; please answer in the channel, not here.',
    ],
  })
}

function nextStep({ last, repeats, next }: EscalationFields): string | undefined {
  if (last && repeats === true)
    return 'Nobody else is told after you. The reminder is repeated in the channel until the task is done or its date is moved.'
  if (last || next === 'nobody') return 'Nobody else is told after you, and this is the last mail about this deadline.'
  if (next === undefined) return undefined
  return {
    admins: 'If nobody does it, the admins of the case are told next.',
    another: 'If nobody does it, somebody else on the team is asked next.',
    again: 'If nobody does it, you are told again.',
  }[next]
}
