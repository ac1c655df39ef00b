import { DAY } from '../shared/instant.ts'
import { craReport } from './cra-report.ts'
import { defineDeadline, LAST } from './definition.ts'

/** The final report is due only after our publication, which makes a fix or a workaround public. */
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
    const { publishedAt } = context.state
    if (publishedAt === undefined) return []
    return craReport(context, { duty: 'cra-final', within: 14 * DAY, from: publishedAt })
  },
})
