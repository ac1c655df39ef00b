import { z } from 'zod'
import { ReleaseId, Sha256 } from '../../shared/ids.ts'
import { Instant } from '../../shared/instant.ts'
import { BranchName } from '../../shared/words.ts'
import { fact } from '../fact.ts'

/** The release of a case, and what recipients hold of the case. */
export const release = [
  fact('ReleaseJoined', { release: ReleaseId }, 'status'),
  /** `was`: the planned instant, if the reporter was told of it and must hear that it no longer holds. */
  fact('ReleaseLeft', { release: ReleaseId, was: Instant.exactOptional() }, 'status'),
  /** What the recipients of its release hold of this case. */
  fact(
    'CasePrenotified',
    {
      release: ReleaseId,
      patches: z.array(z.object({ branch: BranchName, sha256: Sha256 })).readonly(),
    },
    'neither',
  ),
] as const
export type CaseReleaseEvent = z.infer<(typeof release)[number]>
