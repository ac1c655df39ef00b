import { after } from '../policy/calendar.ts'
import { inThisRound } from './clock.ts'
import { defineDeadline } from './definition.ts'

/** The time from the acknowledgment to the decision whether the report is valid. */
export const decideValidity = defineDeadline({
  name: 'decide-validity',
  words: 'decide whether the report is valid',
  starts: 'the report is acknowledged',
  due: '{clocks.decideValidity} later',
  priority: 13,
  button: { label: 'Triage', verb: 'triage', form: true },
  verbs: ['triage'],
  runs: ({ policy, state }) => {
    if (state.acknowledgedAt === undefined || state.rm !== 'received') return []
    const start = inThisRound(state, state.acknowledgedAt)
    return [{ start, due: after(policy.calendar, start, policy.clocks.decideValidity) }]
  },
})
