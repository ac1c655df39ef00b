import { clockInWords, personOf } from '@embargo/core'
import { escalation as write } from '@embargo/mail'
import { CannotPerform } from '../dispatch/trouble.ts'
import { base } from './base.ts'
import type { LetterRenderer } from './material.ts'

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
      what: clockInWords(event.clock),
      due: event.due,
      last: event.type === 'ClockBreached',
      daily: event.type === 'ClockBreached' && event.fraction !== undefined,
      before: to.kind === 'person' && before?.id === to.person ? undefined : before?.name,
    })
  },
}
