import type { PersonRequest } from '../vocabulary/command.ts'
import type { Suspect } from '../events/case/world.ts'
import type { Policy } from '../policy/schema.ts'
import { personOf } from '../state/people/directory.ts'
import type { CaseState } from '../state/state.ts'
import { counted, openSignals } from '../state/world/signals.ts'
import { defineGate, refuse } from './gate.ts'
import { countedSignalsFact } from './facts.ts'
import { approvalOf } from './no-signal-pending.ts'
import { noEarlierCaseNamed } from './other-case.ts'

type SignalCorrect = Extract<PersonRequest, { verb: 'signal.wrong' }>

export const signalCounts = defineGate({
  id: 'signal-counts',
  rule: 'Only a confirmed signal can be corrected, and a signal that is confirmed in a duplicate must be confirmed in the earlier case before the merge.',
  check: ({ state, request, whole }) => {
    if (request.verb !== 'signal.wrong' || wrongSignals(state, request).length > 0) return undefined
    const { suspect } = request
    const because =
      suspect === undefined
        ? 'This case has no confirmed signal of that kind.'
        : `This case has no confirmed leak through ${suspectName(whole, suspect)}.`
    return refuse('signal-counts', because, [
      { who: 'you', how: 'look at what is recorded', verb: 'status' },
      ...openSignals(state)
        .filter(({ what }) => what === request.what)
        .slice(0, 1)
        .map((signal) => ({
          who: 'any team member',
          how: 'says no to the signal that still waits',
          verb: 'approve.no',
          ...approvalOf(signal),
          instead: true as const,
        })),
    ])
  },
  passes: countedSignalsFact,
  notAsked: noEarlierCaseNamed,
  means:
    'A signal that still waits for a second person cannot be corrected; it can be answered with no. A signal is confirmed only when a second person agrees, or when nobody refuses it in time. A merge takes only one person, so it cannot bring a signal into the earlier case.',
  instead:
    'Look at the signals in `status`, and answer a pending signal with `approve no`. Before a merge, any team member records the signal in the earlier case too, with `signal`.',
})

/** The ids of the signals to correct. For a leak with a named suspect, only the leaks through that suspect. */
export const wrongSignals = (
  state: CaseState,
  { what, suspect }: Pick<SignalCorrect, 'what' | 'suspect'>,
): readonly string[] =>
  counted(state, what)
    .filter((one) => suspect === undefined || JSON.stringify(one.suspect) === JSON.stringify(suspect))
    .map(({ id }) => id)

export const suspectName = (whole: Policy, suspect: Suspect): string =>
  suspect.kind === 'recipient' ? suspect.recipient : (personOf(whole, suspect.person)?.name ?? suspect.person)
