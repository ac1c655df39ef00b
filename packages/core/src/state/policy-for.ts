import type { CaseState } from './state.ts'
import type { Severity } from '../shared/words.ts'
import { Duration } from '../policy/duration.ts'
import { overlay } from '../policy/overlay.ts'
import type { Policy } from '../policy/schema.ts'

/** The parts of a case that decide which policy applies to it. A case that is about to be opened has only a project. */
export type PolicyOf = Pick<CaseState, 'project' | 'severity'> &
  Partial<Pick<CaseState, 'people' | 'invited' | 'cs' | 'links' | 'practice'>>

/** An unrated case is treated as high. */
const UNRATED: Severity = 'high'

const MADE = new WeakMap<Policy, Map<string, Policy>>()

/**
 * The policy for one case: the settings of its project override the general ones, and only the lists and people that
 * concern the case remain.
 */
export function policyFor(policy: Policy, theCase: PolicyOf): Policy {
  const key = keyOf(policy, theCase)
  const made = MADE.get(policy) ?? new Map<string, Policy>()
  const known = made.get(key)
  if (known !== undefined) return known
  const policyOfCase = theCase.practice === true ? practised(make(policy, theCase)) : make(policy, theCase)
  MADE.set(policy, made.set(key, policyOfCase))
  // If the policy that was made for this case is passed in again, it is returned unchanged. Making it a second time
  // would give the same policy, and would only take time.
  MADE.set(policyOfCase, new Map([[keyOf(policyOfCase, theCase), policyOfCase]]))
  return policyOfCase
}

/**
 * Whether the case is too urgent for the usual lead time, because attacks were observed or because the case follows a
 * public one.
 */
const pressing = ({ cs, links = [] }: PolicyOf): boolean =>
  cs?.attacks !== undefined || links.some(({ as }) => as === 'follows')

function keyOf(policy: Policy, theCase: PolicyOf): string {
  const { project, severity = UNRATED } = theCase
  return [project, severity, pressing(theCase), theCase.practice === true, ...guests(policy, theCase)].join(' ')
}

/** The people who were invited to the case from outside its project. */
function guests(policy: Policy, { project, people = {}, invited = {} }: PolicyOf): readonly string[] {
  const own = policy.projects.find(({ id }) => id === project)?.people
  if (own === undefined) return []
  const names: readonly string[] = own
  return Object.keys({ ...people, ...invited })
    .filter((id) => !names.includes(id))
    .toSorted()
}

/** The policy for one project: the project's own settings override the general ones. */
export const policyOfProject = (policy: Policy, project: string): Policy => {
  const settled = policy.projects.find(({ id }) => id === project)?.policy
  // The result is a valid policy, because the schema of the project's settings is derived from the policy's schema.
  return overlay(policy, { ...settled, templates: policy.projectTemplates[project] }) as Policy
}

function make(policy: Policy, theCase: PolicyOf): Policy {
  const { project } = theCase
  const whole = policyOfProject(policy, project)
  const own = policy.projects.find(({ id }) => id === project)?.people
  const staying = own === undefined ? undefined : new Set<string>([...own, ...guests(policy, theCase)])
  return {
    ...whole,
    people: staying === undefined ? whole.people : whole.people.filter((person) => staying.has(person.id)),
    prenotification: prenotificationFor(whole, theCase),
  }
}

function prenotificationFor({ prenotification }: Policy, theCase: PolicyOf): Policy['prenotification'] {
  const { project, severity = UNRATED } = theCase
  const lists = prenotification.lists.filter(
    (list) => list.severities.includes(severity) && (list.projects === undefined || list.projects.includes(project)),
  )
  if (!pressing(theCase)) return { ...prenotification, lists }
  // If attacks are observed, or a public fix does not work, every list gets the urgent lead time instead of the
  // promised one.
  const { urgent } = prenotification.lead
  const lead = { critical: urgent, high: urgent, moderate: urgent, low: urgent, urgent }
  return { ...prenotification, lead, lists: lists.map(({ lead: _promised, ...list }) => list) }
}

const MINUTE = Duration.parse('1 minute')

/**
 * A practice case is played in one session, so every waiting time is a minute. No list, authority or CNA is told about
 * the case.
 */
const practised = (policy: Policy): Policy => ({
  ...policy,
  projects: policy.projects.map((project) => ({ ...project, cve: 'none' })),
  clocks: {
    ...policy.clocks,
    reporterVerification: { critical: MINUTE, high: MINUTE, moderate: MINUTE, low: MINUTE },
    signalSilence: MINUTE,
    cra: false,
  },
  prenotification: { ...policy.prenotification, headsUp: [], lists: [] },
  approvals: { ...policy.approvals, secondLookAfter: MINUTE },
})
