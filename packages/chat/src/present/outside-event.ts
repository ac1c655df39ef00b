import { assertNever } from '@embargo/core'
import type { CaseEvent, ReleaseEvent } from '@embargo/core'
import type { Card, CardMaterial } from '@embargo/engine'
import { bounceCard, settlingActions } from '../cards/bounce.ts'
import { changeCard } from '../cards/change.ts'
import { doubtCard } from '../cards/doubt.ts'
import { addresseeInWords, letterInWords } from '../cards/letters.ts'
import { outside, plain } from '../cards/spans.ts'
import { actorName } from '../people/names.ts'
import { caseOf } from './material.ts'

/** Outcomes of effects. Streams of cases and of releases both record them. */
export type OutsideEvent = Extract<CaseEvent, ReleaseEvent>

const SETTLED = {
  went: 'it went out.',
  again: 'it is tried again.',
  withdrawn: 'it did not go out, and is no longer needed.',
} as const

export function presentOutsideEvent(material: CardMaterial, event: OutsideEvent): Card | undefined {
  const state = caseOf(material)
  switch (event.type) {
    case 'ChannelOpened':
    case 'CardPlaced':
      return undefined
    case 'MailAccepted':
      // A line for each recipient of a list would flood the channel. The status card counts the recipients instead.
      if (event.to.startsWith('recipient:') || event.to.startsWith('person:')) return undefined
      return changeCard({
        state,
        said: [`✓ The mail server took the ${letterInWords(event.letter)} to ${addresseeInWords(event.to, state)}.`],
      })
    case 'MailFailed':
      return changeCard({
        state,
        said: [
          `✗ The ${letterInWords(event.letter)} to ${addresseeInWords(event.to, state)} was not sent: `,
          outside(event.because),
          plain('. Check the address, or find another way to reach them.'),
        ],
        actions: settlingActions(state, event.effect),
      })
    case 'MailWithdrawn':
      return changeCard({
        state,
        said: [
          `The ${letterInWords(event.letter)} to ${addresseeInWords(event.to, state)} is withdrawn and was not sent: `,
          outside(event.because),
        ],
      })
    case 'MailBounced':
      return bounceCard(state, event)
    case 'EffectParked':
      return state === undefined ? undefined : doubtCard({ state, doubt: event })
    case 'DoubtSettled': {
      const name = actorName(material.policy.policy, material.recorded.actor)
      return changeCard({ state, said: [`${name}: ${SETTLED[event.outcome]}`] })
    }
    default:
      return assertNever(event)
  }
}
