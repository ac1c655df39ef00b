import type { PersonRequest } from '../vocabulary/command.ts'
import type { Append } from '../vocabulary/decision.ts'
import { reservationDoubt } from '../state/delivery-doubts.ts'
import { doubtsOf } from '../state/evolve/delivery.ts'
import type { Doubt } from '../state/state.ts'
import type { ReleaseEvent } from '../events/release-events.ts'
import type { Context } from '../gates/gate.ts'
import { documentDelivered, mailTaken } from '../effects/publication/progress.ts'
import { factsOfDelivery } from './publication/delivery-facts.ts'
import { advanceNoticeMoot } from '../gates/advance-notice.ts'
import { releaseOfParkedMail } from '../state/release/release-of-parked-mail.ts'
import { onStreams, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'

type Settle = Extract<PersonRequest, { verb: 'settle' }>

/**
 * Records a person's decision about a mail that failed or may not have been sent: it was sent, it should be sent again,
 * or it is no longer needed.
 */
export const settle = defineRequest({
  verb: 'settle',
  gates: [advanceNoticeMoot],
  decide: (context) => {
    const { state, request } = context
    const release = releaseOfParkedMail(context, request.effect)
    const ofCase = doubtsOf(state, undefined).find((one) => one.effect === request.effect)
    const ofRelease = release?.parked.find((one) => one.effect === request.effect)
    if (ofCase !== undefined && request.outcome === 'went' && ofCase === reservationDoubt(state))
      return senseless('To settle a reservation, record the id that was reserved.', you('record that id', 'cve.set'))
    if (ofCase !== undefined) return onStreams([{ stream: state.id, events: [settled(request)] }])
    if (ofRelease === undefined || release === undefined) {
      return senseless('Nothing of that name waits for a decision.', you('look at what is parked', 'status'))
    }
    return onStreams([
      { stream: release.id, events: [settled(request), ...progress({ ...context, release }, ofRelease)] },
      ...(request.outcome === 'went' && ofRelease.step !== undefined && ofRelease.case !== undefined
        ? factsOfDelivery(context, [{ step: ofRelease.step, case: ofRelease.case }])
        : []),
    ] satisfies Append[])
  },
  inputs: ({ id, state, release }) =>
    [...state.parked, ...(release?.parked ?? [])].flatMap(({ effect }) =>
      (['went', 'again', 'withdrawn'] as const).map(
        (outcome) => ({ verb: 'settle', case: id, effect, outcome }) as const,
      ),
    ),
})

const settled = (request: Settle) =>
  ({ type: 'DoubtSettled', effect: request.effect, outcome: request.outcome }) as const

/** A mail that a person marks as sent advances the publication like a mail that the relay accepted. */
function progress({ release, request, person }: Context<Settle>, doubt: Doubt): readonly ReleaseEvent[] {
  if (request.outcome !== 'went' || release === undefined) return []
  const evidence = `${person?.name ?? 'a person'} says that it was sent`
  if (doubt.step !== undefined && doubt.case !== undefined)
    return documentDelivered(release, [{ step: doubt.step, case: doubt.case }], evidence)
  if (doubt.letter === undefined || doubt.to === undefined) return []
  return mailTaken(release, { letter: doubt.letter, to: doubt.to, evidence })
}
