import { explorePolicy, instant, lookAtPolicy } from '@embargo/core'
import type { PolicyFinding } from '@embargo/core'
import type { CliContext } from './context.ts'

/** With an answer from the reporter and without one: the two ways that a case takes. */
const REPORTERS = ['reachable', 'silent'] as const

/** `embargo policy check`: what is wrong with the policy, before a case finds it. Exit code 1 when something is. */
export function check({ output, config }: CliContext, json: boolean): number {
  const { policy } = config().policy
  const now = instant(Date.now())
  const found: PolicyFinding[] = [...lookAtPolicy(policy, now)]
  let places = 0
  let transitions = 0
  for (const { id, name } of policy.projects) {
    for (const reporter of REPORTERS) {
      if (!json) output.err(`Exploring every place that a case of ${name} can come to, with a ${reporter} reporter …`)
      const explored = explorePolicy(policy, id, reporter, now)
      places += explored.places
      transitions += explored.transitions
      found.push(...explored.findings)
    }
  }
  const findings = once(found)
  if (json) {
    output.out(JSON.stringify({ is: 'policy-check', places, transitions, findings }))
    return findings.length === 0 ? 0 : 1
  }
  for (const { rule, what, why, instead, path = [] } of findings) {
    output.out(`${rule}: ${what}`)
    output.out(`  Why: ${why}`)
    output.out(`  Do: ${instead}`)
    for (const [index, step] of path.entries()) output.out(`  ${String(index + 1).padStart(3)}. ${step}`)
  }
  const sum =
    findings.length === 0
      ? 'Nothing is wrong'
      : `${findings.length} ${findings.length === 1 ? 'thing is' : 'things are'} wrong`
  output.out(`${sum}: ${places} places and ${transitions} ways between them were looked at.`)
  return findings.length === 0 ? 0 : 1
}

/** Two reporters often meet the same wall; it is told once. */
function once(findings: readonly PolicyFinding[]): readonly PolicyFinding[] {
  const told = new Set<string>()
  return findings.filter(({ rule, what }) => {
    const key = `${rule} ${what}`
    if (told.has(key)) return false
    told.add(key)
    return true
  })
}
