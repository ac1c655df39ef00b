import type { Lift } from '../vocabulary/decision.ts'
import { underEmbargo } from '../state/stage.ts'
import type { CaseState } from '../state/state.ts'
import { noneToAsk } from '../state/embargo/terms.ts'
import { bindsRecipients } from '../state/release/holders.ts'
import { counted } from '../state/world/signals.ts'
import type { TerminationReason } from '../shared/words.ts'
import { anyTeamMember, asksLike, nobody, refuse, refusesAs } from './gate.ts'
import type { Gate } from './gate.ts'

/** Only what is in force can be ended. */
export const embargoToEnd: Gate = refusesAs('embargo-active', ({ state }) =>
  underEmbargo(state)
    ? undefined
    : refuse('embargo-active', 'No embargo is in force, so there is none to end.', nobody('nothing is left to do'), {
        embargo: state.em.is,
      }),
)

const FACT: Readonly<Record<TerminationReason, string>> = {
  attacks: 'No attacks are recorded.',
  leak: 'No leak is recorded.',
  unreachable: 'A reporter can be asked whether they would go on in public.',
}

const LIFTED: Readonly<Record<TerminationReason, readonly Lift[]>> = {
  attacks: anyTeamMember('says what was seen', 'signal-attack'),
  leak: anyTeamMember('says what was seen', 'signal-leak'),
  unreachable: [
    { who: 'the reporter', how: 'is asked, and answers by mail' },
    ...anyTeamMember('logs the reporter’s answer with the message it rests on', 'log-answer'),
  ],
}

const isSo = (state: CaseState, reason: TerminationReason): boolean =>
  reason === 'unreachable' ? noneToAsk(state) : counted(state, reason === 'leak' ? 'leak' : 'attack').length > 0

/** An embargo is ended early for a listed reason, and the reason is a recorded fact. */
export const reasonHolds: Gate = ({ state, request }) => {
  if (request.verb !== 'embargo-terminate') return undefined
  const { reason } = request
  if (isSo(state, reason)) return undefined
  return refuse('reason-holds', `${FACT[reason]} An embargo ends early for a fact that is in the log.`, LIFTED[reason])
}

/** Recipients were told in confidence, so what they keep is not opened by others. */
export const embargoBindsNoRecipient: Gate = refusesAs('one-live-release', (context) => {
  if (context.release?.is === 'prenotified')
    return refuse('one-live-release', 'Recipients were told under this embargo, and it ends for them at the release.', [
      { who: 'the team', how: 'waits for the release', verb: 'disclose' },
    ])
  if (!bindsRecipients(context.state, context)) return undefined
  return refuse('one-live-release', 'Recipients hold patches of this case under this embargo.', [
    { who: 'the team', how: 'plans another release, and they get it with a date', verb: 'release-plan' },
    { who: 'any team member', how: 'closes the case with a reason, which tells them', verb: 'close' },
  ])
})

/** Without attacks or a leak nothing forces anybody’s hand: recipients keep what they were told until their date. */
export const embargoBindsNoRecipientIfUnreachable: Gate = asksLike(embargoBindsNoRecipient, (context) =>
  context.request.verb === 'embargo-terminate' && context.request.reason === 'unreachable'
    ? embargoBindsNoRecipient(context)
    : undefined,
)
