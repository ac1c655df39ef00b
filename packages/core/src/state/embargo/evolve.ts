import type { EmState, InForce, Proposal } from './state.ts'
import type { EmbargoEvent } from '../../events/case/embargo.ts'
import type { RecordedEvent } from '../../events/recorded-event.ts'
import { assertNever } from '../../shared/assert-never.ts'
import { earliest } from '../../shared/instant.ts'
import type { Instant } from '../../shared/instant.ts'

export function withEmbargoEvent(
  em: EmState,
  event: EmbargoEvent,
  recorded: Pick<RecordedEvent, 'at' | 'actor'>,
): EmState {
  switch (event.type) {
    case 'EmbargoProposed':
      return embargoInForce(em)
        ? {
            is: 'revise',
            ...endMeanwhile(em, event),
            proposedEnd: event.end,
            ...proposalOf(event, recorded),
          }
        : { is: 'proposed', end: event.end, ...proposalOf(event, recorded) }
    case 'EmbargoAccepted':
      return { is: 'active', end: event.end }
    case 'EmbargoRejected':
      return embargoInForce(em) ? { is: 'active', ...inForce(em.end, agreedEnd(em)) } : { is: 'none' }
    case 'EmbargoExited':
      return { is: 'exited', reason: event.reason, at: recorded.at, ...(embargoInForce(em) ? { end: em.end } : {}) }
    case 'EmbargoRoundBegun':
      return { is: 'none' }
    default:
      return assertNever(event)
  }
}

/**
 * The date on which the embargo ends while a proposed date waits for an answer. If the reporter proposes an earlier
 * date, that date counts at once, because a reporter is never bound for longer than they want. If the team proposes an
 * earlier date, the date must wait for the reporter's answer.
 */
const endMeanwhile = (em: InForce, event: Extract<EmbargoEvent, { type: 'EmbargoProposed' }>): InForce =>
  inForce(event.by === 'reporter' ? earliest(em.end, event.end) : em.end, agreedEnd(em))

const inForce = (end: Instant, agreed: Instant): InForce => ({ end, ...(agreed === end ? {} : { agreed }) })

/** The end that both sides agreed on. An earlier end may be in force. */
export const agreedEnd = ({ end, agreed = end }: InForce): Instant => agreed

function proposalOf(
  event: Extract<EmbargoEvent, { type: 'EmbargoProposed' }>,
  { at, actor }: Pick<RecordedEvent, 'at' | 'actor'>,
): Proposal {
  const { proposal, by, reason, report } = event
  const proposer =
    by === 'team' && actor.kind === 'person' && actor.person !== undefined ? { proposer: actor.person } : {}
  return {
    proposal,
    by,
    proposedAt: at,
    ...proposer,
    ...(reason === undefined ? {} : { reason }),
    ...(report === undefined ? {} : { report }),
  }
}

/** Whether an agreed embargo is in force. While a revision is discussed, the old end remains valid. */
export const embargoInForce = (em: EmState): em is Extract<EmState, { is: 'active' | 'revise' }> =>
  em.is === 'active' || em.is === 'revise'
