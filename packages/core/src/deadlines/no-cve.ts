import type { CaseState } from '../state/state.ts'
import { projectOf } from '../state/project.ts'
import type { Policy } from '../policy/schema.ts'
import { isWaived } from '../gates/waivers/ask.ts'
import { NO_CVE_ID } from '../gates/cve.ts'

/**
 * Whether the case needs no CVE id. This is so if the project uses no ids, if the case is only hardening, or if two
 * people waived the id and nobody requested one later.
 */
export const getsNoCve = (policy: Policy, state: CaseState): boolean =>
  projectOf(policy, state).cve === 'none' ||
  state.disposition === 'defense-in-depth' ||
  (state.cve === undefined && isWaived(state, 'cve', NO_CVE_ID))
