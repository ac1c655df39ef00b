import { isSecret } from '@embargo/core'
import { leakNotice as write } from '@embargo/letters'
import { NotNeeded } from '../dispatch/effect-errors.ts'
import { base, embargoTerms } from './parts.ts'
import type { LetterRenderer } from './material.ts'

export const leakNotice: LetterRenderer = {
  letter: 'leak-notice',
  render(material) {
    if (!isSecret(material.case)) throw new NotNeeded('It is no secret any more, and its readers were told so.')
    return write({ ...base(material), embargo: embargoTerms(material) })
  },
}
