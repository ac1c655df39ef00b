import type { Approval, CaseState } from '../state.ts'
import type { CaseEvent } from '../../events/case-events.ts'

const isAboutDropping = (asked: unknown): boolean =>
  typeof asked === 'object' && asked !== null && 'verb' in asked && asked.verb === 'release.drop'

/** The open question whether a case leaves its release, whose recipients were told of it. */
export const dropQuestion = ({ approvals }: Pick<CaseState, 'approvals'>): Approval | undefined =>
  approvals.find(({ status, asked }) => status === 'open' && isAboutDropping(JSON.parse(asked)))

/** The case left its release some other way, so there is nothing left to ask. */
export function withoutDropQuestion(state: Pick<CaseState, 'approvals'>): readonly CaseEvent[] {
  const open = dropQuestion(state)
  return open === undefined
    ? []
    : [{ type: 'ApprovalVoided', approval: open.id, because: 'the case is not in that release any more' }]
}
