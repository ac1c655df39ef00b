import { DAY } from '../shared/instant.ts'
import { craReport } from './cra-report.ts'
import { defineDeadline } from './definition.ts'

export const craEarlyWarning = defineDeadline({
  name: 'cra-early-warning',
  words: 'send the early warning that the Cyber Resilience Act asks for',
  priority: 0,
  afterClosing: 'also',
  owedTo: 'authority',
  runs: (context) => craReport(context, { duty: 'cra-early-warning', within: DAY }),
})
