import { split as write } from '@embargo/mail'
import { base, embargoTerms, nextWordBy } from './base.ts'
import type { LetterRenderer } from './material.ts'

export const split: LetterRenderer = {
  letter: 'split',
  render(material) {
    const { policy, now, event } = material
    return write({
      ...base(material),
      is: event?.type === 'ReportJoined' && event.by === 'division' ? 'more' : 'again',
      embargo: embargoTerms(material),
      nextWordBy: nextWordBy(policy, now),
    })
  },
}
