import { isSameReporter } from '@embargo/core'
import { duplicate as write } from '@embargo/letters'
import { base, embargoTerms, nextWordBy, reportOf } from './parts.ts'
import type { LetterRenderer } from './material.ts'

export const duplicate: LetterRenderer = {
  letter: 'duplicate',
  render(material) {
    const { case: theCase, event } = material
    const report = reportOf(material)
    const { id, free } = report
    const came = event?.type === 'CasesMerged' ? event.reports : []
    const earlier = theCase.reports.filter((report) => !came.includes(report.id)).map(({ receivedAt }) => receivedAt)
    // Their own other report is on the other side of the merge.
    const isOwn = theCase.reports.some(
      (other) => came.includes(other.id) !== came.includes(id) && isSameReporter(report, other),
    )
    const reader = isOwn ? 'both' : came.includes(id) ? 'second' : 'first'
    return write({
      ...base(material),
      reader,
      isValid: theCase.disposition === 'valid',
      // What nobody reported was found inside: then only that it was known can be said.
      reportedBefore: earlier.length === 0 ? undefined : Math.min(...earlier),
      embargo: embargoTerms(material),
      free: free === true || (reader !== 'first' && event?.type === 'CasesMerged' && event.free === true),
      nextWordBy: nextWordBy(material),
    })
  },
}
