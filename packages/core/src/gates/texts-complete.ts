import { anyTeamMember, defineGate, refuse } from './gate.ts'

/**
 * What the public texts need. They do not need the answer about the credit, because a reporter who has not answered
 * is anonymous. A CVE id from a test instance must not be published, because it names no vulnerability.
 */
export const textsComplete = defineGate({
  id: 'texts-complete',
  rule: 'The public texts must have a component and an impact, and must not have a CVE id of a test instance.',
  check: ({ state: { advisory, cve } }) => {
    if (advisory === undefined)
      return refuse(
        'texts-complete',
        'The advisory has no component and impact yet.',
        anyTeamMember('writes them', 'advisory'),
      )
    if (cve?.test !== true || cve.id === undefined) return undefined
    return refuse(
      'texts-complete',
      `${cve.id} is from a test instance, so it names no vulnerability and must not be in a text that is sent or published.`,
      anyTeamMember('rejects it; then a real one can be requested', 'cve.reject'),
    )
  },
  passes: ({ state }) =>
    state.advisory === undefined ? 'The advisory is not written.' : 'The advisory has its component and impact.',
  means: 'No text of the publication can be written without the component and the impact.',
  instead:
    'Any team member or maintainer writes the component and the impact with `advisory`. An id of a test instance is rejected with `cve reject`.',
})
