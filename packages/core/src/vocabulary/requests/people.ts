import type { CaseId, PersonId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'
import type { RoleName } from '../../shared/role-name.ts'

/**
 * Requests about the people on the case and its owner. `case` is always the case for whose channel or number it was
 * typed.
 */
export type PeopleRequest =
  /** Takes effect when the other person accepts. */
  | { readonly verb: 'people.handoff'; readonly case: CaseId; readonly to: PersonId; readonly note?: string }
  | { readonly verb: 'take'; readonly case: CaseId }
  | { readonly verb: 'people.remove'; readonly case: CaseId; readonly person: PersonId; readonly reason?: string }
  | { readonly verb: 'people.invite'; readonly case: CaseId; readonly person: PersonId; readonly role?: RoleName }
  /** By the invited person themself. */
  | { readonly verb: 'people.consent'; readonly case: CaseId; readonly agreed: boolean }
  | { readonly verb: 'away'; readonly case: CaseId; readonly from?: Instant; readonly until: Instant | 'back' }
  /** Without a person: the caller's own. */
  | { readonly verb: 'people.conflict'; readonly case: CaseId; readonly person?: PersonId; readonly reason: string }
