import type { CaseState } from '../case/state.ts'
import { projectOf } from './project.ts'
import type { Policy } from './schema.ts'
import { isWaived } from './waivers/ask.ts'
import { THE_CASE } from './waivers/subject.ts'

/** No id is asked for: the project uses none, nothing is vulnerable, or two people waived it and nobody asked since. */
export const getsNoCve = (policy: Policy, state: CaseState): boolean =>
  projectOf(policy, state).cve === 'none' ||
  state.disposition === 'defense-in-depth' ||
  (state.cve === undefined && isWaived(state, 'cve-requested', THE_CASE))
