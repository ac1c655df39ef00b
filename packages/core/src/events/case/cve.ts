import { z } from 'zod'
import { CveId, CveSource } from '../../shared/words.ts'
import { fact } from '../fact.ts'
import { BlobId, Sha256 } from '../../shared/ids.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { RoleSet } from '../../shared/role-set.ts'

/** What CVE Services says about an id that is reserved for us. */
export type CveAtService = {
  /** Set if the id is from a test instance, and therefore names no vulnerability. */
  readonly test?: true
}

/** Requests about a CVE id. With most of them, a person records what happened to the id outside Embargo. */
export type CveRequest =
  | {
      readonly verb: 'cve.request'
      readonly case: CaseId
      readonly link?: string
      /**
       * Set if Embargo itself must get the id. It gets the id from CVE Services if credentials are set, or from GitHub
       * if the project publishes there.
       */
      readonly reserve?: true
    }
  | {
      readonly verb: 'cve.set'
      readonly case: CaseId
      readonly cve: CveId
      readonly link?: string
      /** Set if the service confirms that we reserved the id. */
      readonly reserved?: CveAtService
    }
  | { readonly verb: 'cve.published'; readonly case: CaseId; readonly link: string }
  /** Records that another CNA was asked, through its web form, to update or reject its record after a correction. */
  | { readonly verb: 'cve.update'; readonly case: CaseId }
  | { readonly verb: 'cve.reject'; readonly case: CaseId; readonly reason: string }

/** The set of roles that may make each request. */
export const cveRoles = {
  'cve.request': 'coordinate',
  'cve.set': 'coordinate',
  'cve.published': 'coordinate',
  'cve.update': 'coordinate',
  'cve.reject': 'coordinate',
} satisfies Record<CveRequest['verb'], RoleSet>

const link = z.string().max(2000)

/** Events about the CVE id of a case. */
export const cve = [
  /** `from`: the project's source of ids at that time. `reserve`: Embargo itself requests the id from that source. */
  fact(
    'CveRequested',
    { link: link.exactOptional(), from: CveSource.exactOptional(), reserve: z.literal(true).exactOptional() },
    'both',
  ),
  /**
   * `reserved`: the service confirms that the id is ours. `test`: the id is from a test instance. `kept` is set if
   * texts without the id were already being sent. Its value says whether these texts mention that an id was requested.
   * `late`: the published record does not contain the id.
   */
  fact(
    'CveAssigned',
    {
      cve: CveId,
      link: link.exactOptional(),
      reserved: z.literal(true).exactOptional(),
      test: z.literal(true).exactOptional(),
      kept: z.enum(['requested', 'unrequested']).exactOptional(),
      late: z.literal(true).exactOptional(),
    },
    'both',
  ),
  /** A mail to the CNA of the project: the request for an id, or a later mail about it. */
  fact('CnaWritten', { to: z.string().max(320), text: BlobId, sha256: Sha256 }, 'both'),
  /** The service, or GitHub, refused to assign an id. It is certain that no id was assigned. */
  fact('CveReservationRefused', { because: z.string().max(500) }, 'both'),
  fact('CvePublished', { cve: CveId, link }, 'both'),
  /** Another CNA was asked, through its web form, to update or reject its record. */
  fact('CveUpdateRequested', {}, 'both'),
  /**
   * The id will not be used, or no id was assigned. `atService`: Embargo also rejects the id at the service, and the
   * rejection is public.
   */
  fact(
    'CveRejected',
    {
      cve: CveId.exactOptional(),
      reason: z.string().max(2000),
      atService: z.literal(true).exactOptional(),
      test: z.literal(true).exactOptional(),
    },
    'both',
  ),
] as const
export type CveEvent = z.infer<(typeof cve)[number]>
