import { DAY } from '../shared/instant.ts'
import { publishedSince } from '../state/release/release-cases.ts'
import { craReport } from './cra-report.ts'
import { defineDeadline, LAST } from './definition.ts'

/**
 * The time for the final report starts with our publication, because the publication makes a fix or a workaround
 * public.
 */
export const craFinal = defineDeadline({
  name: 'cra-final',
  words: 'send the final report that the Cyber Resilience Act requires',
  starts: 'our publication, if the Cyber Resilience Act applies to the project',
  due: '14 days later',
  priority: LAST,
  afterClosing: 'also',
  owedTo: 'authority',
  dutyLabel: 'CRA final report',
  runs: (context) => {
    const from = publishedSince(context.release, context.state)
    if (from === undefined) return []
    return craReport(context, { duty: 'cra-final', within: 14 * DAY, from })
  },
})
