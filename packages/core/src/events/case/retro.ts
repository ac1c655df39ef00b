import { z } from 'zod'
import { fact } from '../fact.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { RoleSet } from '../../shared/role-set.ts'

/** What the team learnt: why the vulnerability could happen, and what is to change. */
export type RetroRequest = {
  readonly verb: 'retro'
  readonly case: CaseId
  readonly rootCause: string
  readonly change?: string
}

/** The set of roles that may make each request. */
export const retroRoles = {
  retro: 'coordinate',
} satisfies Record<RetroRequest['verb'], RoleSet>

/** The lessons learnt from a case. The latest entry counts. */
export const retro = [
  fact(
    'RetrospectiveRecorded',
    { rootCause: z.string().max(4000), change: z.string().max(4000).exactOptional() },
    'both',
  ),
] as const
export type RetroEvent = z.infer<(typeof retro)[number]>
