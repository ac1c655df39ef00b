import { projectOf } from '../state/project.ts'
import { defineGate, refuse } from './gate.ts'
import { on } from './facts.ts'
import type { CveSource } from '../shared/words.ts'
import type { WaiverSubject } from './gate.ts'

/** What a person does to get an id, for each source of a project's ids. */
const WAYS: Readonly<Record<Exclude<CveSource, 'none'>, string>> = {
  github: 'asks for one in the draft advisory at GitHub and records it',
  own: 'reserves one as the project’s own CNA and records it',
  other: 'asks the CNA for one by mail and records it',
  form: 'asks for one in the web form of a CNA, such as cveform.mitre.org, and records it',
}

/**
 * Recipients use the CVE id in their preparations, so it must be requested before they are told. A pending request is
 * enough. A case that is only hardening gets no CVE id.
 */
export const cve = defineGate({
  id: 'cve',
  rule: 'A CVE id must be requested first.',
  inFact: true,
  check: ({ policy, state }) => {
    if (state.cve !== undefined || state.disposition === 'defense-in-depth') return undefined
    const source = projectOf(policy, state).cve
    if (source === 'none') return undefined
    return refuse('cve', 'No CVE id is requested yet.', [
      { who: 'any team member', how: WAYS[source], verb: 'cve.request' },
      { who: 'an admin', how: 'says in the policy that the project uses no CVE ids' },
    ])
  },
  passes: ({ state, policy }) => {
    if (state.cve?.id !== undefined) return `The CVE id is ${state.cve.id}.`
    if (state.cve !== undefined) return `A CVE id was requested${on(state.cve.requestedAt)}.`
    if (state.disposition === 'defense-in-depth') return 'Hardening gets no CVE id.'
    return projectOf(policy, state).cve === 'none' ? 'The project uses no CVE ids.' : 'No CVE id is requested.'
  },
  waiverSubject: () => NO_CVE_ID,
  means: 'Recipients and readers need an id to refer to. A pending request is enough.',
  instead:
    'Request an id and record the request with `cve request`; or, if the project uses no CVE ids, set `cve: none` in the policy.',
})

export const NO_CVE_ID: WaiverSubject = { key: 'cve', about: 'this case, until it is reopened' }
