import type { Answer } from '../events/answers.ts'
import type { Report } from '../case/state.ts'
import { assertNever } from '../shared/assert-never.ts'

/** What an answer changes on its report. A verification changes the fix, not the report. */
export function withAnswer(report: Report, answer: Answer): Report {
  switch (answer.about) {
    case 'credit':
      return { ...report, credit: { kind: answer.credit, ...(answer.name === undefined ? {} : { name: answer.name }) } }
    case 'patch-offer':
      return { ...report, willing: answer.willing }
    case 'ai-use':
      return { ...report, aiUse: answer }
    case 'consent':
      return { ...report, consent: answer.agreed ? 'agreed' : 'declined' }
    case 'verification':
      return report
    default:
      return assertNever(answer)
  }
}
