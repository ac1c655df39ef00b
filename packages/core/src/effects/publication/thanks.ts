import { answerableReports } from '../../state/report/reachability.ts'
import type { MailStep } from './step.ts'

export const thanks: MailStep = {
  kind: 'mail',
  id: 'thanks',
  title: 'Thanks to the reporter',
  short: 'reporter',
  words: 'thanks to the reporter',
  letter: 'thanks',
  isPublic: false,
  addressees: ({ cases }) =>
    cases.flatMap((one) => answerableReports(one).map((report) => ({ kind: 'report', report: report.id }))),
}
