import { listAnd, policyFor, Severity } from '@embargo/core'
import type { Policy, Project } from '@embargo/core'
import type { PolicyFinding } from './finding.ts'

/** A finding of some cases, as it is told once they have a name. */
export type FindingOf = (cases: string) => PolicyFinding

/**
 * Looks at the policy as it holds for the cases of each severity of a project. What all of them meet is told once, of the
 * project; the rest of the cases that meet it.
 */
export function bySeverity(
  whole: Policy,
  project: Project,
  look: (policy: Policy) => readonly FindingOf[],
): readonly PolicyFinding[] {
  const met = new Map<string, { readonly finding: FindingOf; readonly severities: Severity[] }>()
  for (const severity of Severity.options) {
    for (const finding of look(policyFor(whole, { project: project.id, severity }))) {
      const key = JSON.stringify(finding(''))
      const known = met.get(key) ?? { finding, severities: [] }
      known.severities.push(severity)
      met.set(key, known)
    }
  }
  return [...met.values()].map(({ finding, severities }) =>
    finding(
      severities.length === Severity.options.length ? project.name : `${listAnd(severities)} cases of ${project.name}`,
    ),
  )
}
