import type { CaseState } from './state.ts'
import type { Severity } from '../shared/words.ts'
import { overlay } from '../policy/overlay.ts'
import type { Policy, ProjectOverrides } from '../policy/schema.ts'

/** The parts of a case that decide which policy applies to it. A case that is about to be opened has only a project. */
export type PolicyOf = Pick<CaseState, 'project' | 'severity'> &
  Partial<Pick<CaseState, 'people' | 'invited' | 'cs' | 'links'>>

/** Unrated counts as high (process, section 5). */
const UNRATED: Severity = 'high'

const MADE = new WeakMap<Policy, Map<string, Policy>>()

/**
 * The policy as it holds for one case: what its severity and its project settle otherwise is laid over the rest, and
 * the lists and people are those that it concerns. Asked once, where a command, a clock or an outlook begins, so that no
 * gate knows of it. The nearer to the case, the later: the severity, then the project, then the project's severity.
 */
export function policyFor(policy: Policy, theCase: PolicyOf): Policy {
  const key = keyOf(policy, theCase)
  const made = MADE.get(policy) ?? new Map<string, Policy>()
  const known = made.get(key)
  if (known !== undefined) return known
  const policyOfCase = make(policy, theCase)
  MADE.set(policy, made.set(key, policyOfCase))
  // What was made already holds for the same case: laying it over twice changes nothing, but costs.
  MADE.set(policyOfCase, new Map([[keyOf(policyOfCase, theCase), policyOfCase]]))
  return policyOfCase
}

/** Attacks, and what follows a public case, leave no time for the usual lead (process, section 5). */
const pressing = ({ cs, links = [] }: PolicyOf): boolean =>
  cs?.attacks !== undefined || links.some(({ as }) => as === 'follows')

function keyOf(policy: Policy, theCase: PolicyOf): string {
  const { project, severity = UNRATED } = theCase
  return [project, severity, pressing(theCase), ...guests(policy, theCase)].join(' ')
}

/** Those who were invited to the case from outside its project. */
function guests(policy: Policy, { project, people = {}, invited = {} }: PolicyOf): readonly string[] {
  const own = policy.projects.find(({ id }) => id === project)?.people
  if (own === undefined) return []
  const names: readonly string[] = own
  return Object.keys({ ...people, ...invited })
    .filter((id) => !names.includes(id))
    .toSorted()
}

/** The policy with what one project settles for all of its cases; what a severity settles is still to be laid over it. */
export function policyOfProject(policy: Policy, project: string): Policy {
  const { severities: _ofEach, ...settled }: Partial<ProjectOverrides> =
    policy.projects.find(({ id }) => id === project)?.policy ?? {}
  return laidOver(policy, [settled])
}

// Laying parsed changes over a parsed policy gives a policy: the schema of the changes is made from the policy's own.
const laidOver = (policy: Policy, layers: readonly unknown[]): Policy =>
  layers.reduce<unknown>(overlay, policy) as Policy

function make(policy: Policy, theCase: PolicyOf): Policy {
  const { project: id, severity = UNRATED } = theCase
  const project = policy.projects.find((one) => one.id === id)
  const { severities: ofProject, ...settled }: Partial<ProjectOverrides> = project?.policy ?? {}
  const whole = laidOver(policy, [policy.severities[severity], settled, ofProject?.[severity]])
  const own = project?.people
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
  // With attacks observed, or after a public fix that was none, a day must do, whatever a list was promised (process, section 5).
  const { urgent } = prenotification.lead
  const lead = { critical: urgent, high: urgent, moderate: urgent, low: urgent, urgent }
  return { ...prenotification, lead, lists: lists.map(({ lead: _promised, ...list }) => list) }
}
