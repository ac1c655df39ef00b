import { secrecyFailed as write } from '@embargo/letters'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { base } from './parts.ts'
import type { LetterMaterial, LetterRenderer } from './material.ts'

export const secrecyFailed: LetterRenderer = {
  letter: 'secrecy-failed',
  render(material) {
    const reader = material.to.kind === 'recipient' ? 'recipient' : 'reporter'
    return write({ ...base(material), reader, ...failure(material) })
  },
}

/** What ended the secret, and when. @throws CannotPerform */
export function failure({ event, now, case: { em, signals } }: LetterMaterial) {
  // Whoever was asked to keep it once more is bound by nothing: what we asked ends with this.
  if (event?.type === 'VulnerabilityPublic') {
    const signal = signals.find(({ id }) => id === event.signal)
    const isExploit = signal?.what === 'exploit'
    const said = { by: isExploit ? 'exploit' : 'public', link: isExploit ? undefined : event.link } as const
    const expired = em.is === 'exited' && em.reason === 'expired'
    return { ...said, endedAt: expired ? em.at : now, expired } as const
  }
  const by = event?.type === 'EmbargoExited' ? event.reason : undefined
  if (by !== 'public' && by !== 'exploit' && by !== 'attacks' && by !== 'leak')
    throw new CannotPerform('The embargo did not end early.')
  // Where an exploit or a leak is found is not passed on.
  const link =
    by === 'public' ? signals.findLast(({ what, is }) => what === 'public' && is === 'counted')?.link : undefined
  return { by, endedAt: em.is === 'exited' ? em.at : now, link, expired: false }
}
