import type { CaseId, PersonId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'
import type { RoleName } from '../../shared/role-name.ts'

/** Who is on the case and who owns it. `case` is always the case whose channel or number it was typed for. */
export type PeopleRequest =
  /** Counts when the other one takes it. */
  | { readonly verb: 'people.handoff'; readonly case: CaseId; readonly to: PersonId; readonly note?: string }
  | { readonly verb: 'take'; readonly case: CaseId }
  | { readonly verb: 'people.remove'; readonly case: CaseId; readonly person: PersonId; readonly reason?: string }
  | { readonly verb: 'people.invite'; readonly case: CaseId; readonly person: PersonId; readonly role?: RoleName }
  /** By the invited person themself. */
  | { readonly verb: 'people.consent'; readonly case: CaseId; readonly agreed: boolean }
  | { readonly verb: 'away'; readonly case: CaseId; readonly from?: Instant; readonly until: Instant | 'back' }
  /** Without a person: one's own. */
  | { readonly verb: 'people.conflict'; readonly case: CaseId; readonly person?: PersonId; readonly reason: string }
