import type { Decision } from '../../vocabulary/decision.ts'
import type { Context } from '../../gates/gate.ts'
import type { Approval } from '../../state/state.ts'
import { listAnd } from '../../text/name-list.ts'
import { nothingToDo, senseless, you } from '../decisions.ts'

const BECAME: Readonly<Record<Exclude<Approval['status'], 'open'>, string>> = {
  given: 'This is approved already.',
  refused: 'This is refused already.',
  void: 'This request is void, because something changed since it was made.',
}

/**
 * Answers a command about an approval that is no longer open. Repeating the recorded answer changes nothing. Any other
 * answer is refused.
 */
export function answerClosedApproval(context: Context, outcome: 'given' | 'refused'): Decision {
  const { approvals } = context.state
  const named = 'approval' in context.request ? context.request.approval : undefined
  const known = approvals.find(({ id }) => id === named)
  if (known !== undefined && known.status !== 'open')
    return known.status === outcome
      ? nothingToDo(BECAME[outcome])
      : senseless(BECAME[known.status], you('look at what is open, or ask again', 'status'))
  const open = approvals.filter(({ status }) => status === 'open')
  return open.length > 1
    ? senseless(
        'Several requests wait for approval, so name one of them.',
        you(`answer on the card of the one that you mean, or name it: ${listAnd(open.map(({ id }) => id))}`, 'status'),
      )
    : senseless('Nothing waits for approval.', you('look at what is open', 'status'))
}
