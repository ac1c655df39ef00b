import { DAY } from '../shared/instant.ts'
import { craReport } from './cra-report.ts'
import { defineDeadline } from './definition.ts'

export const craNotification = defineDeadline({
  name: 'cra-notification',
  words: 'send the notification that the Cyber Resilience Act asks for',
  priority: 6,
  afterClosing: 'also',
  owedTo: 'authority',
  runs: (context) => craReport(context, { duty: 'cra-notification', within: 3 * DAY }),
})
