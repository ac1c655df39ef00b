import type { Answer } from '../events/answers.ts'
import type { Report } from '../case/state.ts'
import { assertNever } from '../shared/assert-never.ts'

/** What an answer changes on its report. A verification changes the fix, and a named date the embargo, not the report. */
export function withAnswer(report: Report, answer: Answer): Report {
  switch (answer.about) {
    case 'credit':
      return { ...report, credit: { kind: answer.credit, ...(answer.name === undefined ? {} : { name: answer.name }) } }
    case 'patch-offer':
      return { ...report, willing: answer.willing }
    case 'ai-use':
      return { ...report, aiUse: answer }
    case 'consent':
      return withConsent(report, answer)
    case 'open':
      return { ...report, openly: answer.agreed }
    case 'forwarding':
      return { ...report, forwarding: !answer.agreed ? 'no' : answer.named ? 'named' : 'unnamed' }
    case 'embargo-date':
    case 'verification':
      return report
    default:
      return assertNever(answer)
  }
}

/** A no to a proposed date leaves the terms that they agreed to before. */
function withConsent(report: Report, { agreed, proposal }: Extract<Answer, { about: 'consent' }>): Report {
  if (proposal === undefined) return { ...report, consent: agreed ? 'agreed' : 'declined' }
  return agreed ? { ...report, consent: 'agreed', agreedTo: proposal } : report
}
