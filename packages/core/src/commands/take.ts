import type { CaseEvent } from '../events/case-events.ts'
import { coordinatorOf, isAway } from '../state/people/access.ts'
import { severityOf } from '../deadlines/clock.ts'
import { silenceFor } from '../deadlines/stale.ts'
import { caseOpen } from '../gates/case-open.ts'
import { refuse } from '../gates/gate.ts'
import type { Context } from '../gates/gate.ts'
import { isoInstant, later } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import { nothingToDo, onCase, refused, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'

/** Makes the caller the owner of a case that is offered to them, that nobody owns, or that its owner has neglected. */
export const take = defineRequest({
  verb: 'take',
  gates: [caseOpen],
  decide: (context) => {
    const { policy, state, person, at } = context
    if (person === undefined)
      return senseless(
        'This account belongs to nobody in the policy, so it cannot own a case.',
        you('use an account of yours', 'take'),
      )
    if (state.coordinator === person.id) return nothingToDo('You coordinate this case already.')
    const owner = coordinatorOf(policy, state)
    const idleFrom = idleSince(context)
    const free = owner === undefined || isAway(state, owner, at) || (idleFrom !== undefined && idleFrom <= at)
    if (state.offer?.to !== person.id && !free) {
      return refused(
        refuse('fits-the-stage', `${owner.name} coordinates this case.`, [
          { who: owner.name, how: 'hands it over', verb: 'people.handoff' },
          ...(idleFrom === undefined
            ? []
            : [
                {
                  who: 'any team member',
                  how: `takes it after ${isoInstant(idleFrom)}, if nothing happens until then`,
                },
              ]),
          { who: 'an admin', how: 'offers it to you', verb: 'people.handoff' },
        ]),
      )
    }
    const taken: CaseEvent = {
      type: 'HandoffAccepted',
      ...(state.coordinator === undefined ? {} : { from: state.coordinator }),
    }
    return onCase(context, [taken, { type: 'CoordinatorSet', person: person.id }])
  },
  inputs: ({ id }) => [{ verb: 'take', case: id }],
})

/**
 * The instant from which anybody may take the case because nothing has happened in it for a long time. Undefined if the
 * case's severity does not allow this.
 */
function idleSince({ state }: Context): Instant | undefined {
  const silence = silenceFor(severityOf(state))
  return silence === undefined ? undefined : later(state.movedAt ?? state.openedAt, silence)
}
