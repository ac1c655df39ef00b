import { z } from 'zod'
import { CveId } from '../../shared/words.ts'
import { fact } from '../fact.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { RoleSet } from '../../shared/role-set.ts'

/** A person's record of what happened to a CVE id outside, with the link that shows it. */
export type CveRequest =
  | { readonly verb: 'cve.request'; readonly case: CaseId; readonly link?: string }
  | { readonly verb: 'cve.set'; readonly case: CaseId; readonly cve: CveId; readonly link?: string }
  | { readonly verb: 'cve.published'; readonly case: CaseId; readonly link: string }
  | { readonly verb: 'cve.reject'; readonly case: CaseId; readonly reason: string }

/** The set of roles that may make each request. */
export const cveRoles = {
  'cve.request': 'coordinate',
  'cve.set': 'coordinate',
  'cve.published': 'coordinate',
  'cve.reject': 'coordinate',
} satisfies Record<CveRequest['verb'], RoleSet>

const link = z.string().max(2000)

/** The CVE id of a case. A person requests it from the CNA and records the link. */
export const cve = [
  fact('CveRequested', { link: link.exactOptional() }, 'both'),
  /** `kept`: the texts were approved and on their way, so they keep saying what they said before about an id. */
  fact(
    'CveAssigned',
    { cve: CveId, link: link.exactOptional(), kept: z.enum(['requested', 'unrequested']).exactOptional() },
    'both',
  ),
  fact('CvePublished', { cve: CveId, link }, 'both'),
  /** The id is not used, or none was assigned. */
  fact('CveRejected', { cve: CveId.exactOptional(), reason: z.string().max(2000) }, 'both'),
] as const
export type CveEvent = z.infer<(typeof cve)[number]>
