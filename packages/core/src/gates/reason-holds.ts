import type { Lift } from '../vocabulary/decision.ts'
import type { CaseState } from '../state/state.ts'
import { hasNoReporterToAsk } from '../state/embargo/terms.ts'
import { counted } from '../state/world/signals.ts'
import type { TerminationReason } from '../shared/words.ts'
import { anyTeamMember, defineGate, refuse } from './gate.ts'
import { countedSignalsFact } from './facts.ts'

const FACT: Readonly<Record<TerminationReason, string>> = {
  attacks: 'No attacks are recorded.',
  leak: 'No leak is recorded.',
  unreachable: 'A reporter can be reached and asked whether to continue in public.',
}

const LIFTED: Readonly<Record<TerminationReason, readonly Lift[]>> = {
  attacks: anyTeamMember('says what was seen', 'signal.attack'),
  leak: anyTeamMember('says what was seen', 'signal.leak'),
  unreachable: [
    { who: 'the reporter', how: 'is asked, and answers by mail' },
    ...anyTeamMember('logs the reporter’s answer, and names the mail that contains it', 'log-answer'),
  ],
}

const isSo = (state: CaseState, reason: TerminationReason): boolean =>
  reason === 'unreachable'
    ? hasNoReporterToAsk(state)
    : counted(state, reason === 'leak' ? 'leak' : 'attack').length > 0

/** An embargo may end early only for one of the listed reasons, and only if the reason is a recorded fact. */
export const reasonHolds = defineGate({
  id: 'reason-holds',
  rule: 'An embargo can be ended early only because of a fact in the log.',
  check: ({ state, request }) => {
    if (request.verb !== 'embargo.end') return undefined
    const { reason } = request
    if (isSo(state, reason)) return undefined
    return refuse(
      'reason-holds',
      `${FACT[reason]} An embargo can be ended early only because of a fact in the log.`,
      LIFTED[reason],
    )
  },
  passes: countedSignalsFact,
  means:
    'Two people can end an embargo early for attacks or a leak, but only after somebody recorded the attacks or the leak.',
  instead: 'Any team member runs `signal attack` or `signal leak` to say what was seen.',
})
