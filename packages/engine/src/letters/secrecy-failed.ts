import { secrecyFailed as write } from '@embargo/mail'
import { CannotPerform } from '../dispatch/trouble.ts'
import { base } from './base.ts'
import type { LetterRenderer } from './material.ts'

export const secrecyFailed: LetterRenderer = {
  letter: 'secrecy-failed',
  render(material) {
    const { event, to } = material
    const { em, signals } = material.case
    const reason = event?.type === 'EmbargoExited' ? event.reason : undefined
    if (reason !== 'public' && reason !== 'exploit' && reason !== 'attacks' && reason !== 'leak')
      throw new CannotPerform('The embargo did not end early.')
    // Where an exploit or a leak is found is not passed on.
    const link =
      reason === 'public' ? signals.findLast(({ what, is }) => what === 'public' && is === 'counted')?.link : undefined
    return write({
      ...base(material),
      reader: to.kind === 'recipient' ? 'recipient' : 'reporter',
      by: reason,
      endedAt: em.is === 'exited' ? em.at : material.now,
      link,
    })
  },
}
