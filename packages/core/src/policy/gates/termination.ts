import { underEmbargo } from '../../case/stage.ts'
import { bindsRecipients } from '../../release/holders.ts'
import { counted } from '../../world/signals.ts'
import type { TerminationReason } from '../../shared/words.ts'
import { nobody, refuse, refusesAs } from './gate.ts'
import type { Gate } from './gate.ts'

/** Only what is in force can be ended. */
export const inForce: Gate = refusesAs('embargo-active', ({ state }) =>
  underEmbargo(state)
    ? undefined
    : refuse('embargo-active', 'No embargo is in force, so there is none to end.', nobody('nothing is left to do'), {
        embargo: state.em.is,
      }),
)

const FACT: Readonly<Record<TerminationReason, string>> = {
  attacks: 'No attacks are recorded.',
  leak: 'No leak is recorded.',
}

/** An embargo is ended early for a listed reason, and the reason is a recorded fact. */
export const reasonHolds: Gate = ({ state, request }) => {
  if (request.verb !== 'embargo-terminate') return undefined
  const { reason } = request
  if (counted(state, reason === 'leak' ? 'leak' : 'attack').length > 0) return undefined
  return refuse('reason-holds', `${FACT[reason]} An embargo ends early for a fact that is in the log.`, [
    { who: 'any team member', how: 'says what was seen', verb: reason === 'leak' ? 'signal-leak' : 'signal-attack' },
  ])
}

/** Recipients were told in confidence, so what they keep is not opened by others. */
export const nobodyElseBound: Gate = refusesAs('one-live-release', (context) => {
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
