import { anyTeamMember, defineGate, refuse } from './gate.ts'
import { nameOf, on } from './facts.ts'

export const acknowledged = defineGate({
  id: 'acknowledged',
  rule: 'A report must be acknowledged first.',
  inFact: true,
  check: ({ state }) =>
    state.acknowledgedAt === undefined
      ? refuse('acknowledged', 'Nobody has acknowledged the report yet.', anyTeamMember('acknowledges it', 'ack'))
      : undefined,
  passes: (context) => {
    const { acknowledgedAt, acknowledgedBy } = context.state
    const name = acknowledgedBy === undefined ? 'Somebody' : nameOf(context, acknowledgedBy)
    return acknowledgedAt === undefined ? 'Nobody acknowledged it.' : `${name} acknowledged it${on(acknowledgedAt)}.`
  },
  means: 'With the acknowledgment, the reporter hears from a person, and somebody owns the case.',
  instead: 'Any team member runs `ack`.',
})
