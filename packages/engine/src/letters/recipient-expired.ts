import { recipientExpired as write } from '@embargo/letters'
import { NotNeeded } from '../dispatch/effect-errors.ts'
import { base } from './parts.ts'
import type { LetterRenderer } from './material.ts'
import { stillPlanned } from './secrecy-corrected.ts'

export const recipientExpired: LetterRenderer = {
  letter: 'recipient-expired',
  render(material) {
    const { cs, em } = material.case
    if (cs.public !== undefined) throw new NotNeeded('It has become public since, and its readers were told so.')
    if (em.is !== 'exited') throw new NotNeeded('An embargo is in force again.')
    return write({ ...base(material), endedAt: em.at, releaseAt: stillPlanned(material) })
  },
}
