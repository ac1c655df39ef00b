import { secrecyCorrected as write } from '@embargo/letters'
import { CannotPerform, NotNeeded } from '../dispatch/effect-errors.ts'
import { base } from './parts.ts'
import type { LetterMaterial, LetterRenderer } from './material.ts'

export const secrecyCorrected: LetterRenderer = {
  letter: 'secrecy-corrected',
  render(material) {
    if (material.case.cs.public !== undefined)
      throw new NotNeeded('It has become public since, and its readers were told so.')
    const reader = material.to.kind === 'recipient' ? 'recipient' : 'reporter'
    return write({ ...base(material), reader, ...mistaken(material), releaseAt: stillPlanned(material) })
  },
}

/** What was said to have ended the secret, and when. @throws CannotPerform */
export function mistaken({ case: { em }, event }: LetterMaterial) {
  const what = event?.type === 'SignalCorrected' ? event.what : undefined
  if (em.is === 'exited' && em.reason === 'expired' && (what === 'public' || what === 'exploit'))
    return { by: what, endedAt: em.at, expired: true }
  const by = em.is === 'exited' ? em.reason : undefined
  if (em.is !== 'exited' || (by !== 'public' && by !== 'exploit' && by !== 'attacks' && by !== 'leak'))
    throw new CannotPerform('An embargo is in force again, which its readers were asked about or told of.')
  return { by, endedAt: em.at, expired: false }
}

/** The date of a release that is still to come. */
export const stillPlanned = ({ release, now }: LetterMaterial) =>
  release?.at !== undefined && release.is !== 'cancelled' && release.startedAt === undefined && release.at > now
    ? release.at
    : undefined
