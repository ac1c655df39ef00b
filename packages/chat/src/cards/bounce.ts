import { statusInWords } from '@embargo/core'
import type { CaseEvent, CaseState, EffectId } from '@embargo/core'
import type { Action, Card } from '@embargo/engine'
import { changeCard } from './change.ts'
import { doubtActions } from './doubt.ts'
import { addresseeInWords, letterInWords } from './letters.ts'

const THEIR_SERVER = 'Their server keeps trying; there is nothing to do yet.'
const OWN_RELAY =
  'Your mail relay does not accept it at the moment. Embargo tries again for five days; then you decide. Other mails may wait for the same reason.'

/**
 * A bounced mail: which letter it was, whom it was for (as a role, not an address), why it bounced, and what people can
 * do now.
 */
export function bounceCard(
  state: CaseState | undefined,
  { effect, status, letter, to, kind = 'soft', message }: Extract<CaseEvent, { type: 'MailBounced' }>,
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
        ? [`… ${mail} is late: ${reason}. ${message === undefined ? OWN_RELAY : THEIR_SERVER}`]
        : [`✗ ${mail} came back: ${reason}. ${nextStep(state, to, kind)}`],
    ...(kind === 'delayed' ? {} : { actions: settlingActions(state, effect) }),
  })
}

/**
 * The buttons that decide about a bounced mail, if it waits for a decision in this case. A mail that waits in the
 * case's release has its own card.
 */
export function settlingActions(state: CaseState | undefined, effect: EffectId): readonly Action[] {
  const waits = state?.undelivered?.find((one) => one.effect === effect)
  return state === undefined || waits === undefined ? [] : doubtActions(state, waits)
}

function nextStep(state: CaseState | undefined, to: string | undefined, kind: 'hard' | 'soft'): string {
  if (to?.startsWith('vendor:') === true)
    return 'Look for another security contact of the vendor, and forward the report there.'
  if (to?.startsWith('report:') !== true)
    return kind === 'hard'
      ? 'Correct their address in the policy, or reach them in another way.'
      : 'Send it again later, or reach them in another way.'
  const other = 'look in their report or their profile for another way to reach them'
  if (kind === 'soft') return `Send it again in a day, or ${other}. Meanwhile, the reporter does not count as silent.`
  const alone =
    state?.rm === 'accepted'
      ? ' Instead of the reporter, a team member who did not write the patch may confirm the fix.'
      : ''
  return `Mail no longer reaches the reporter: ${other}.${alone} When the reporter writes, they count as reachable again.`
}
