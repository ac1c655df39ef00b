import { duplicate as write } from '@embargo/mail'
import { base, embargoTerms, nextWordBy, reportOf } from './base.ts'
import type { LetterRenderer } from './material.ts'

export const duplicate: LetterRenderer = {
  letter: 'duplicate',
  render(material) {
    const { case: theCase, policy, now, event } = material
    const { id, free } = reportOf(material)
    const came = event?.type === 'CasesMerged' ? event.reports : []
    const earlier = theCase.reports.filter((report) => !came.includes(report.id)).map(({ receivedAt }) => receivedAt)
    return write({
      ...base(material),
      reader: came.includes(id) ? 'second' : 'first',
      isValid: theCase.disposition === 'valid',
      // What nobody reported was found inside: then only that it was known can be said.
      reportedBefore: earlier.length === 0 ? undefined : Math.min(...earlier),
      embargo: embargoTerms(material),
      free: free === true || (came.includes(id) && event?.type === 'CasesMerged' && event.free === true),
      nextWordBy: nextWordBy(policy, now),
    })
  },
}
