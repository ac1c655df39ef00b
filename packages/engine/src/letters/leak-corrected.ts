import { leakCorrected as write } from '@embargo/letters'
import { NotNeeded } from '../dispatch/effect-errors.ts'
import { base, embargoTerms } from './parts.ts'
import type { LetterRenderer } from './material.ts'
import { stillPlanned } from './secrecy-corrected.ts'

export const leakCorrected: LetterRenderer = {
  letter: 'leak-corrected',
  render(material) {
    if (material.case.cs.public !== undefined)
      throw new NotNeeded('It has become public since, and its readers were told so.')
    return write({ ...base(material), embargo: embargoTerms(material), releaseAt: stillPlanned(material) })
  },
}
