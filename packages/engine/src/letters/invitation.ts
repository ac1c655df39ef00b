import { personOf } from '@embargo/core'
import { invitation as write } from '@embargo/mail'
import { CannotPerform } from '../dispatch/trouble.ts'
import { base, embargoTerms } from './base.ts'
import type { LetterRenderer } from './material.ts'

export const invitation: LetterRenderer = {
  letter: 'invitation',
  render(material) {
    const { event, policy, case: theCase, project, to } = material
    if (event?.type !== 'PersonInvited') throw new CannotPerform('Nobody was invited by what asks for this mail.')
    const zone = to.kind === 'person' ? personOf(policy, to.person)?.zone : undefined
    return write({
      ...base(material),
      from: { kind: 'team', address: project.address },
      ...(zone === undefined ? {} : { zone }),
      by: personOf(policy, event.by)?.name,
      as: event.role,
      embargo: embargoTerms(theCase),
    })
  },
}
