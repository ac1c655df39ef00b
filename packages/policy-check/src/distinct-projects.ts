import { listAnd, policyFor, Severity, targetModes } from '@embargo/core'
import type { Policy, Project } from '@embargo/core'

/** At most this many projects are named individually. */
const MAX_NAMED = 3

/**
 * Of several projects with the same rules, keeps only one. Its name stands for all of them. Names, addresses, the
 * number of branches and the length of deadlines do not matter, because they neither allow nor forbid a transition.
 */
export function withDistinctProjects(policy: Policy): Policy {
  const alike = Map.groupBy(policy.projects, (project) => JSON.stringify(rulesOf(policy, project)))
  const projects = [...alike.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ ...first, name: nameOf(first, others) }],
  )
  return { ...policy, projects }
}

const nameOf = (first: Project, others: readonly Project[]): string =>
  others.length < MAX_NAMED
    ? listAnd([first, ...others].map(({ name }) => name))
    : `${first.name} and ${others.length} more like it`

function rulesOf(policy: Policy, project: Project): unknown {
  const { id, cve, branches, announce, ossSecurity } = project
  const bySeverity = Severity.options.map((severity) => {
    const { projects: _every, clocks: _howLong, ...rest } = policyFor(policy, { project: id, severity })
    return rest
  })
  const isMaintained = branches.some(({ supported }) => supported)
  // Rules ask only whether the project is its own CNA and whether it uses CVE ids at all.
  const ids = cve === 'own' || cve === 'none' ? cve : 'requested'
  return [bySeverity, ids, isMaintained, announce !== undefined, ossSecurity !== undefined, targetModes(project)]
}
