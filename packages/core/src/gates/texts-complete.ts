import { anyTeamMember, defineGate, refuse } from './gate.ts'

/** What the public texts need. A credit question may remain unanswered, because the reporter is then anonymous. */
export const textsComplete = defineGate({
  id: 'texts-complete',
  rule: 'The public texts need a component and an impact.',
  check: ({ state }) =>
    state.advisory === undefined
      ? refuse(
          'texts-complete',
          'The advisory has no component and impact yet.',
          anyTeamMember('writes them', 'advisory'),
        )
      : undefined,
  passes: ({ state }) =>
    state.advisory === undefined ? 'The advisory is not written.' : 'The advisory has its component and impact.',
  means: 'No text of the publication can be written without the component and the impact.',
  instead: 'Any team member or maintainer writes the component and the impact with `advisory`.',
})
