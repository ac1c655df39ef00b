import { leadOf, policyFor, Severity } from '@embargo/core'
import type { Policy } from '@embargo/core'

/**
 * The order in which severities are compared. Of the severities that a policy treats alike, the first in this order
 * represents all. The most usual severity comes first.
 */
const ORDER: readonly Severity[] = ['high', 'low', 'critical', 'moderate']

/**
 * The severities that a policy distinguishes, each with the severities that it represents. The lengths of deadlines and
 * lead times do not matter here, because they neither allow nor forbid a transition.
 */
export function distinctSeverities(policy: Policy, project: string): ReadonlyMap<Severity, readonly Severity[]> {
  const alike = new Map<Severity, readonly Severity[]>()
  const firstByRules = new Map<string, Severity>()
  for (const severity of ORDER) {
    const rules = JSON.stringify(rulesOf(policyFor(policy, { project, severity }), severity))
    const first = firstByRules.get(rules) ?? severity
    firstByRules.set(rules, first)
    alike.set(first, [...(alike.get(first) ?? []), severity])
  }
  return new Map([...alike].map(([first, all]) => [first, all.toSorted((a, b) => rank(a) - rank(b))] as const))
}

const rank = (severity: Severity): number => Severity.options.indexOf(severity)

function rulesOf(policy: Policy, severity: Severity): unknown {
  const { lists, headsUp } = policy.prenotification
  return [lists.map(({ id }) => id), headsUp.includes(severity), leadOf(policy, { severity }).dates > 0]
}
