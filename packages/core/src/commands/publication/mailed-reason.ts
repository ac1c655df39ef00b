import { refuse } from '../../gates/gate.ts'
import { releaseCases } from '../../state/release/release-cases.ts'
import { secretWords } from '../../state/stated-texts.ts'
import { shortened, WORDING_PROBLEMS, wordingFindings } from '../../text/wording.ts'
import type { Refusal } from '../../vocabulary/decision.ts'
import type { PendingContext } from '../approvals/two-person-rule.ts'
import { you } from '../decisions.ts'

/**
 * Refuses a reason with a line that a public text must not have, because everybody who is mailed would read it. There
 * is no waiver, because the caller can simply type the reason in other words.
 */
export function leakyReason(
  { whole, state, release, others, request }: PendingContext,
  reason: string | undefined,
): Refusal | undefined {
  if (reason === undefined) return undefined
  const secret = secretWords(whole, state, releaseCases({ state, release, others }))
  const [first] = wordingFindings(reason, secret)
  return first === undefined
    ? undefined
    : refuse(
        'wording',
        `The reason goes into the mails, and it says "${shortened(first.line)}", which ${WORDING_PROBLEMS[first.problem]}.`,
        you('say it in other words', request.verb),
      )
}
