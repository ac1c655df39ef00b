import { z } from 'zod'
import { fact } from '../fact.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { RoleSet } from '../../shared/role-set.ts'

/** Requests with which a person records the link of an advisory at an outside service. */
export type AdvisoryLinkRequest =
  | { readonly verb: 'done.advisory-opened'; readonly case: CaseId; readonly link: string }
  | { readonly verb: 'done.advisory-published'; readonly case: CaseId; readonly link: string }

/** The set of roles that may make each request. */
export const advisoryLinkRoles = {
  'done.advisory-opened': 'contribute',
  'done.advisory-published': 'contribute',
} satisfies Record<AdvisoryLinkRequest['verb'], RoleSet>

const link = z.string().max(2000)

/** Events about the advisory at an outside service. */
export const advisoryLink = [
  /**
   * A draft of the advisory, visible only to people who were given access. If the case was opened from a private
   * report, the link leads to that report, and `revision` identifies the version of it that the case has taken in.
   */
  fact('AdvisoryOpened', { link, revision: z.string().max(2000).exactOptional() }, 'both'),
  /** `late`: the publication was already complete, so no published record contains the link. */
  fact('AdvisoryPublished', { link, late: z.literal(true).exactOptional() }, 'both'),
] as const
export type AdvisoryLinkEvent = z.infer<(typeof advisoryLink)[number]>
