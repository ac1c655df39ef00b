import { embargoExpired as write } from '@embargo/letters'
import { base, nextWordBy } from './parts.ts'
import type { LetterRenderer } from './material.ts'
import { standing } from './update.ts'

export const embargoExpired: LetterRenderer = {
  letter: 'embargo-expired',
  render(material) {
    const { case: theCase, now } = material
    return write({
      ...base(material),
      endedAt: theCase.em.is === 'exited' ? theCase.em.at : now,
      ...standing(material),
      nextWordBy: nextWordBy(material),
    })
  },
}
