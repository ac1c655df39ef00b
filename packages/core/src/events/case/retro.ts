import { z } from 'zod'
import { fact } from '../fact.ts'
import type { CaseId } from '../../shared/ids.ts'

/** What the team learnt: why it could happen, and what is to change. */
export type RetroRequest = {
  readonly verb: 'retro'
  readonly case: CaseId
  readonly rootCause: string
  readonly change?: string
}

/** The lessons learnt from a case. The latest entry counts. */
export const retro = [
  fact(
    'RetrospectiveRecorded',
    { rootCause: z.string().max(4000), change: z.string().max(4000).exactOptional() },
    'both',
  ),
] as const
export type RetroEvent = z.infer<(typeof retro)[number]>
