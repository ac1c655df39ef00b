import { statusInWords } from '@embargo/core'
import type { CaseEvent, CaseState, EffectId } from '@embargo/core'
import type { Action, Card } from '@embargo/engine'
import { changeCard } from './change.ts'
import { doubtActions } from './doubt.ts'
import { addresseeInWords, letterInWords } from './letters.ts'

/** A bounced mail: which one, to whom by their part in the case, why, and what people can do now. */
export function bounceCard(
  state: CaseState | undefined,
  { effect, status, letter, to, kind = 'soft' }: Extract<CaseEvent, { type: 'MailBounced' }>,
): Card {
  const mail =
    letter === undefined || to === undefined
      ? 'A mail'
      : `The ${letterInWords(letter)} to ${addresseeInWords(to, state)}`
  const reason = statusInWords(status, kind)
  return changeCard({
    state,
    said:
      kind === 'delayed'
        ? [`… ${mail} is late: ${reason}. Their server keeps trying; there is nothing to do yet.`]
        : [`✗ ${mail} came back: ${reason}. ${nextStep(state, to, kind)}`],
    ...(kind === 'delayed' ? {} : { actions: seeingTo(state, effect) }),
  })
}

/**
 * Whether this card settles it: what waits in the case is settled here, what waits in its release has a card of its
 * own.
 */
export function seeingTo(state: CaseState | undefined, effect: EffectId): readonly Action[] {
  const waits = state?.undelivered?.find((one) => one.effect === effect)
  return state === undefined || waits === undefined ? [] : doubtActions(state, waits)
}

function nextStep(state: CaseState | undefined, to: string | undefined, kind: 'hard' | 'soft'): string {
  if (to?.startsWith('vendor:') === true) return 'Look for another security contact of theirs, and forward it there.'
  if (to?.startsWith('report:') !== true)
    return kind === 'hard'
      ? 'Correct their address in the policy, or reach them in another way.'
      : 'Send it again later, or reach them in another way.'
  const other = 'look for another way in their report or their profile'
  if (kind === 'soft') return `Send it again in a day, or ${other}. Until then nobody counts as silent.`
  const alone = state?.rm === 'accepted' ? ' A team member who did not write the patch may confirm it.' : ''
  return `Mail does not reach them any more: ${other}.${alone} When they write, they count as reachable again.`
}
