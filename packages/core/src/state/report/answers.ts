import type { Answer } from '../../events/answers.ts'
import type { Report } from '../state.ts'
import { assertNever } from '../../shared/assert-never.ts'

/**
 * The report after an answer of its reporter. What an answer says about a patch or a date is recorded in the fix or the
 * embargo.
 */
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
      return withoutFree(report)
    case 'verification':
      return report
    default:
      return assertNever(answer)
  }
}

/** A reporter who accepts the embargo, or proposes a date for it, is bound again. */
function withoutFree(report: Report): Report {
  const { free: _free, ...rest } = report
  return rest
}

/** If the reporter says no to a proposed date, the terms that they accepted before remain in force. */
function withConsent(before: Report, { agreed, proposal }: Extract<Answer, { about: 'consent' }>): Report {
  const report = agreed ? withoutFree(before) : before
  if (proposal === undefined) return { ...report, consent: agreed ? 'agreed' : 'declined' }
  return agreed ? { ...report, consent: 'agreed', agreedTo: proposal } : report
}
