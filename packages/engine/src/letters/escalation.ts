import { deadlineWords, nextReminder, personOf } from '@embargo/core'
import type { Event } from '@embargo/core'
import { escalation as write } from '@embargo/letters'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { base } from './parts.ts'
import type { LetterMaterial, LetterRenderer } from './material.ts'

export const escalation: LetterRenderer = {
  letter: 'escalation',
  render(material) {
    const { event, policy, case: theCase, project, to } = material
    if (event?.type !== 'ReminderDue' && event?.type !== 'ClockBreached')
      throw new CannotPerform('No clock asks for this mail.')
    const before = personOf(policy, event.named ?? theCase.coordinator)
    const zone = to.kind === 'person' ? personOf(policy, to.person)?.zone : undefined
    return write({
      ...base(material),
      from: { kind: 'team', address: project.address },
      ...(zone === undefined ? {} : { zone }),
      what: deadlineWords(event.clock),
      due: event.due,
      last: event.type === 'ClockBreached',
      next: event.type === 'ReminderDue' ? nextOf(material, event) : undefined,
      daily: event.type === 'ClockBreached' && event.fraction !== undefined,
      before: to.kind === 'person' && before?.id === to.person ? undefined : before?.name,
    })
  },
}

/** Who is told of it next, as its clock has it. */
function nextOf(
  { policy, case: theCase, release }: LetterMaterial,
  event: Extract<Event, { type: 'ReminderDue' }>,
): 'admins' | 'another' | 'again' | 'nobody' | undefined {
  const world = { case: theCase, ...(release === undefined ? {} : { release }), others: new Map() }
  const next = nextReminder(policy, world, event)
  if (next === undefined || next === 'nobody') return next
  if (next.hears === 'admins') return 'admins'
  return event.clock === 'offer-owner' ? 'another' : 'again'
}
