import { z } from 'zod'
import { ApprovalId, BlobId, PersonId, Sha256 } from '../../shared/ids.ts'
import { Instant } from '../../shared/instant.ts'
import { fact } from '../fact.ts'

/** What waits for a second person, and what became of it. */
export const twoPeople = [
  fact('ApprovalRequested', {
    approval: ApprovalId,
    mode: z.enum(['second-person', 'second-look']),
    asked: z.string(),
    notBefore: Instant,
    digest: Sha256,
    shown: BlobId,
    by: PersonId,
  }),
  fact('ApprovalGiven', { approval: ApprovalId, by: PersonId }),
  fact('ApprovalRefused', { approval: ApprovalId, by: PersonId, reason: z.string().max(2000) }),
  fact('ApprovalVoided', { approval: ApprovalId, because: z.string().max(500) }),
] as const
