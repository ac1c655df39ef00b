import type { CaseId } from '../../shared/ids.ts'

/** What the team learnt: why it could happen, and what is to change. */
export type RetroRequest = {
  readonly verb: 'retro'
  readonly case: CaseId
  readonly rootCause: string
  readonly change?: string
}
