import type { Approval, CaseState } from '../state.ts'
import type { CaseEvent } from '../../events/case-events.ts'

const isAboutDropping = (asked: unknown): boolean =>
  typeof asked === 'object' && asked !== null && 'verb' in asked && asked.verb === 'release.drop'

/** The open question whether a case leaves a release of which recipients were told. */
export const dropQuestion = ({ approvals }: Pick<CaseState, 'approvals'>): Approval | undefined =>
  approvals.find(({ status, asked }) => status === 'open' && isAboutDropping(JSON.parse(asked)))

/** Removes that question, because the case left its release in another way. */
export function withoutDropQuestion(state: Pick<CaseState, 'approvals'>): readonly CaseEvent[] {
  const open = dropQuestion(state)
  return open === undefined
    ? []
    : [{ type: 'ApprovalVoided', approval: open.id, because: 'the case is not in that release any more' }]
}
