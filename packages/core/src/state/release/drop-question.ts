import type { Approval, CaseState } from '../state.ts'

const isAboutDropping = (request: unknown): boolean =>
  typeof request === 'object' && request !== null && 'verb' in request && request.verb === 'release.drop'

/** Whether an approval request is about taking the case out of its release. */
export const isDropQuestion = ({ asked }: Pick<Approval, 'asked'>): boolean => isAboutDropping(JSON.parse(asked))

/** The open request to take the case out of a release whose recipients have already been told. */
export const dropQuestion = ({ approvals }: Pick<CaseState, 'approvals'>): Approval | undefined =>
  approvals.find((one) => one.status === 'open' && isDropQuestion(one))
