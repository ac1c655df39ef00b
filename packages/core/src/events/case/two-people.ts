import { z } from 'zod'
import { WAIVABLE_GATES } from '../../shared/gate-id.ts'
import { ApprovalId, BlobId, PersonId, Sha256 } from '../../shared/ids.ts'
import { Instant } from '../../shared/instant.ts'
import { fact } from '../fact.ts'

/** What waits for a second person, and what became of it. */
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
  /** Without `by`: nobody said no in time, where silence is a yes. */
  fact(
    'ApprovalGiven',
    {
      approval: ApprovalId,
      by: PersonId.exactOptional(),
      /** The asker went on without an answer, as announced when they asked. */
      alone: z.literal(true).exactOptional(),
    },
    'both',
  ),
  fact('ApprovalRefused', { approval: ApprovalId, by: PersonId, reason: z.string().max(2000) }, 'both'),
  fact('ApprovalVoided', { approval: ApprovalId, because: z.string().max(500) }, 'both'),
  /** Who asked and who said yes; `key` names what it was for, and it holds for nothing else. */
  fact(
    'GateWaived',
    {
      gate: z.enum(WAIVABLE_GATES),
      key: z.string().max(10_000),
      about: z.string().max(10_000),
      reason: z.string().max(2000),
      askedBy: PersonId,
      by: PersonId.exactOptional(),
    },
    'both',
  ),
] as const
export type TwoPeopleEvent = z.infer<(typeof twoPeople)[number]>
