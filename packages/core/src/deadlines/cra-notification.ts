import { DAY } from '../shared/instant.ts'
import { craReport } from './cra-report.ts'
import { defineDeadline } from './definition.ts'

export const craNotification = defineDeadline({
  name: 'cra-notification',
  words: 'send the notification that the Cyber Resilience Act requires',
  starts:
    'somebody signals that the vulnerability is being exploited, and the Cyber Resilience Act applies to the project',
  due: '3 days later',
  priority: 6,
  mailedAtOnce: true,
  afterClosing: 'also',
  owedTo: 'authority',
  dutyLabel: 'CRA notification',
  runs: (context) => craReport(context, { duty: 'cra-notification', within: 3 * DAY }),
})
