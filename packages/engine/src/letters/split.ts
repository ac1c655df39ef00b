import { split as write } from '@embargo/letters'
import { base, embargoTerms, nextWordBy } from './parts.ts'
import type { LetterRenderer } from './material.ts'

const IS = { division: 'more', project: 'elsewhere', split: 'again', merge: 'again' } as const

export const split: LetterRenderer = {
  letter: 'split',
  render(material) {
    const { event } = material
    return write({
      ...base(material),
      is: IS[event?.type === 'ReportJoined' ? event.by : 'split'],
      embargo: embargoTerms(material),
      nextWordBy: nextWordBy(material),
    })
  },
}
