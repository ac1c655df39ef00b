import { z } from 'zod'
import { ReleaseId, Sha256 } from '../../shared/ids.ts'
import { Instant } from '../../shared/instant.ts'
import { BranchName } from '../../shared/words.ts'
import { fact } from '../fact.ts'
import type { CaseId, MessageId, PersonId } from '../../shared/ids.ts'
import type { Rendering } from '../rendering.ts'
import type { RoleSet } from '../../shared/role-set.ts'

/** Requests about a security release and its cases. */
export type ReleaseRequest =
  | { readonly verb: 'release.plan'; readonly case: CaseId; readonly at: Instant; readonly releaser?: PersonId }
  | { readonly verb: 'release.add'; readonly case: CaseId; readonly release: ReleaseId }
  | { readonly verb: 'release.drop'; readonly case: CaseId; readonly reason?: string; readonly shown?: Rendering }
  | {
      readonly verb: 'release.move'
      readonly case: CaseId
      readonly at: Instant
      readonly reason?: string
      readonly shown?: Rendering
    }
  | { readonly verb: 'release.cancel'; readonly case: CaseId; readonly reason?: string; readonly shown?: Rendering }
  /**
   * Gives the releaser the content of the release notes. A CVE id that comes later changes no text of the release;
   * after the publication, `correct.cve` puts the id into the records.
   */
  | { readonly verb: 'release.notes'; readonly case: CaseId }
  /** Puts the release on hold at once. */
  | { readonly verb: 'hold'; readonly case: CaseId; readonly reason?: string }
  | { readonly verb: 'hold.off'; readonly case: CaseId; readonly shown?: Rendering }
  | {
      readonly verb: 'prenotify'
      readonly case: CaseId
      readonly at?: Instant
      /** Set if somebody shares an exploit with the recipients. */
      readonly exploit?: 'shared'
      readonly shown?: Rendering
    }
  /** Sends the changed patches and texts to everybody who has an earlier version of them. */
  | { readonly verb: 'prenotify.update'; readonly case: CaseId; readonly reason?: string; readonly shown?: Rendering }
  /** A recipient confirmed the pre-notification. */
  | {
      readonly verb: 'log-answer.has-it'
      readonly case: CaseId
      readonly recipient: string
      readonly list?: string
      readonly message?: MessageId
    }
  | {
      readonly verb: 'disclose'
      readonly case: CaseId
      /** The instant at which the publication begins, if it is approved in advance. */
      readonly from?: Instant
      /** Why there is no fix. If this is set, the case is published without a fixed version. */
      readonly unfixed?: string
      readonly shown?: Rendering
    }

/** The set of roles that may make each request. */
export const releaseRoles = {
  'release.plan': 'publish',
  'release.add': 'publish',
  'release.drop': 'publish',
  'release.move': 'publish',
  'release.cancel': 'publish',
  'release.notes': 'publish',
  hold: 'publish',
  'hold.off': 'publish',
  prenotify: 'publish',
  'prenotify.update': 'publish',
  'log-answer.has-it': 'publish',
  disclose: 'publish',
} satisfies Record<ReleaseRequest['verb'], RoleSet>

/** Events about the release that a case is in, and about what the recipients have of the case. */
export const release = [
  /** `at`: the planned instant, which the reporters are told. */
  fact('ReleaseJoined', { release: ReleaseId, at: Instant.exactOptional() }, 'status'),
  /** `was`: the planned instant, if the reporter was told it and must now be told that it no longer applies. */
  fact('ReleaseLeft', { release: ReleaseId, was: Instant.exactOptional() }, 'status'),
  /** Records which patches and texts of this case the recipients of the release have. */
  fact(
    'CasePrenotified',
    {
      release: ReleaseId,
      patches: z.array(z.object({ branch: BranchName, sha256: Sha256 })).readonly(),
      /** The texts that people wrote about the case, as the recipients got them. */
      texts: z
        .array(z.object({ name: z.string(), text: z.string() }))
        .readonly()
        .exactOptional(),
    },
    'neither',
  ),
] as const
export type CaseReleaseEvent = z.infer<(typeof release)[number]>
