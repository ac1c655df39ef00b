import { acknowledgment as write } from '@embargo/letters'
import type { Question } from '@embargo/letters'
import type { Report } from '@embargo/core'
import { base, embargoTerms, nextWordBy, reportOf } from './parts.ts'
import type { LetterRenderer } from './material.ts'

export const acknowledgment: LetterRenderer = {
  letter: 'acknowledgment',
  render(material) {
    return write({
      ...base(material),
      nextWordBy: nextWordBy(material),
      embargo: embargoTerms(material),
      ask: open(reportOf(material)),
    })
  },
}

// What was answered before anybody asked is not asked.
function open({ credit, willing, aiUse }: Report): readonly Question[] {
  return [
    ...(credit === undefined ? (['credit'] as const) : []),
    ...(willing === undefined ? (['patch'] as const) : []),
    ...(aiUse === undefined ? (['ai'] as const) : []),
  ]
}
