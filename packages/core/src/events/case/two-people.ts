import { z } from 'zod'
import { WAIVABLE_GATES } from '../../shared/gate-id.ts'
import { ApprovalId, BlobId, PersonId, Sha256 } from '../../shared/ids.ts'
import { Instant } from '../../shared/instant.ts'
import { fact } from '../fact.ts'
import type { WaivableGate } from '../../shared/gate-id.ts'
import type { CaseId, EffectId } from '../../shared/ids.ts'
import type { Rendering } from '../rendering.ts'
import type { RoleSet } from '../../shared/role-set.ts'

/** Requests to approve or refuse, to decide about a mail that may not have been sent, and to waive a gate. */
export type TwoPeopleRequest =
  | {
      readonly verb: 'approve'
      readonly case: CaseId
      readonly approval?: ApprovalId
      readonly typedCase?: string
      readonly shown?: Rendering
    }
  | { readonly verb: 'approve.no'; readonly case: CaseId; readonly approval?: ApprovalId; readonly reason: string }
  | {
      readonly verb: 'settle'
      readonly case: CaseId
      readonly effect: EffectId
      /**
       * `went`: the mail was sent. `again`: it is sent again. `withdrawn`: it was not sent, and is no longer needed.
       */
      readonly outcome: 'went' | 'again' | 'withdrawn'
    }
  | {
      readonly verb: 'waive'
      readonly case: CaseId
      readonly rule: WaivableGate
      readonly reason: string
      readonly branch?: string
      /** The release date that the waiver is for. */
      readonly at?: Instant
      /** The exact subject of the waiver, as it was shown. */
      readonly key?: string
      readonly shown?: Rendering
    }

/** The set of roles that may make each request. */
export const twoPeopleRoles = {
  approve: 'coordinate',
  'approve.no': 'coordinate',
  settle: 'publish',
  waive: 'coordinate',
} satisfies Record<TwoPeopleRequest['verb'], RoleSet>

/** Approval requests to a second person, and their outcome. */
export const twoPeople = [
  fact(
    'ApprovalRequested',
    {
      approval: ApprovalId,
      mode: z.enum(['second-person', 'second-look', 'second-admin']),
      asked: z.string(),
      notBefore: Instant,
      aloneFrom: Instant.exactOptional(),
      yesFrom: Instant.exactOptional(),
      digest: Sha256,
      shown: BlobId,
      by: PersonId,
    },
    'status',
  ),
  /** If `by` is absent, nobody said no in time, so silence counted as a yes. */
  fact(
    'ApprovalGiven',
    {
      approval: ApprovalId,
      by: PersonId.exactOptional(),
      /** Set if the requester continued without an answer, as announced when they asked. */
      alone: z.literal(true).exactOptional(),
    },
    'both',
  ),
  fact('ApprovalRefused', { approval: ApprovalId, by: PersonId, reason: z.string().max(2000) }, 'both'),
  fact('ApprovalVoided', { approval: ApprovalId, because: z.string().max(500) }, 'both'),
  /**
   * Who asked for the waiver and who approved it. `key` names the subject of the waiver. The waiver applies to nothing
   * else.
   */
  fact(
    'GateWaived',
    {
      gate: z.enum(WAIVABLE_GATES),
      // For the gate `wording`, the key lists every finding that the waiver covers, in full, so it can be long.
      key: z.string().max(100_000),
      about: z.string().max(10_000),
      reason: z.string().max(2000),
      askedBy: PersonId,
      by: PersonId.exactOptional(),
    },
    'both',
  ),
] as const
export type TwoPeopleEvent = z.infer<(typeof twoPeople)[number]>
