import { DAY } from '../shared/instant.ts'
import { craReport } from './cra-report.ts'
import { defineDeadline } from './definition.ts'

export const craEarlyWarning = defineDeadline({
  name: 'cra-early-warning',
  words: 'send the early warning that the Cyber Resilience Act requires',
  starts:
    'somebody signals that the vulnerability is being exploited, and the Cyber Resilience Act applies to the project',
  due: '24 hours later',
  priority: 0,
  mailedAtOnce: true,
  afterClosing: 'also',
  owedTo: 'authority',
  dutyLabel: 'CRA early warning',
  runs: (context) => craReport(context, { duty: 'cra-early-warning', within: DAY }),
})
