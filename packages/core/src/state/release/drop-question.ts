import type { Approval, CaseState } from '../state.ts'

const isAboutDropping = (asked: unknown): boolean =>
  typeof asked === 'object' && asked !== null && 'verb' in asked && asked.verb === 'release.drop'

/** Whether it asks if the case leaves its release. */
export const isDropQuestion = ({ asked }: Pick<Approval, 'asked'>): boolean => isAboutDropping(JSON.parse(asked))

/** The open question whether a case leaves a release of which recipients were told. */
export const dropQuestion = ({ approvals }: Pick<CaseState, 'approvals'>): Approval | undefined =>
  approvals.find((one) => one.status === 'open' && isDropQuestion(one))
