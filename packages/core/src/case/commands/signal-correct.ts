import { z } from 'zod'
import type { PersonRequest } from '../command.ts'
import { isSecretAgain } from '../../embargo/terms.ts'
import { refuse } from '../../policy/gates/gate.ts'
import type { Context, Gate } from '../../policy/gates/gate.ts'
import { isToldOf } from '../../release/holders.ts'
import { isKeptStill, wasToldOfLeak } from '../../release/told-of-leak.ts'
import { CaseId } from '../../shared/ids.ts'
import { SignalKind } from '../../shared/words.ts'
import { inARow } from '../../text/in-a-row.ts'
import { counted, suspectedRecipients, withSignalsAs } from '../../world/signals.ts'
import { seatByPolicy } from '../second/seat.ts'
import type { Second } from '../second/second.ts'
import { askForApproval } from './approval.ts'
import type { CaseState } from '../state.ts'
import { onCase, senseless, you } from './handler.ts'
import type { Handler } from './handler.ts'
import { reinstatement } from './suspension.ts'

type SignalCorrect = Extract<PersonRequest, { verb: 'signal-correct' }>

/** Only what somebody said can have been wrong: what we published ourselves stays public. */
const signalCounts: Gate = ({ state, request }) =>
  request.verb !== 'signal-correct' || counted(state, request.what).length > 0
    ? undefined
    : refuse('signal-counts', 'No signal of that kind counts in this case.', [
        { who: 'you', how: 'look at what is recorded', verb: 'status' },
        { who: 'any team member', how: 'says no to a signal that still waits', verb: 'refuse' },
      ])

const GATES: readonly Gate[] = [signalCounts]

const WRONG: Readonly<Record<SignalKind, string>> = {
  public: 'that the vulnerability is public',
  exploit: 'that an exploit is public',
  attack: 'that attacks were observed',
  leak: 'that details got out',
}

export const correctTwice: Second<SignalCorrect> = {
  waits: z.object({ verb: z.literal('signal-correct'), case: CaseId, what: SignalKind, reason: z.string() }),
  gates: GATES,
  seat: (context) => seatByPolicy(context, ({ signal }) => signal),
  complete: ({ request }) => request,
  foretold: ({ policy, state, release, others, request }) => [
    `It was wrong ${WRONG[request.what]}: ${request.reason}`,
    'It counts as never reached; the history keeps both. An ended embargo does not come back by itself: a new one may be agreed on.',
    ...toldSo(state, request.what),
    ...(request.what === 'leak' && policy.prenotification.leak === 'tell-others'
      ? toldThatNone(state, { release, others })
      : []),
    ...(request.what === 'leak' ? trustedAgain(state) : []),
  ],
  mails: () => [],
  releaseAt: () => undefined,
  run: (context) => {
    const { state, request } = context
    const { what, reason } = request
    return [
      {
        stream: state.id,
        events: [{ type: 'SignalCorrected', signals: counted(state, what).map(({ id }) => id), what, reason }],
      },
      ...(what === 'leak' ? reinstatement(context) : []),
    ]
  },
}

/** Whoever was told that the secret is out hears that it is not, where nothing else says so still. */
function toldSo(state: CaseState, what: SignalKind): readonly string[] {
  const wrong = counted(state, what).map(({ id }) => id)
  return isSecretAgain(state, withSignalsAs(state, wrong, 'corrected'))
    ? [
        'The reporter and every recipient who were told that the secret is out hear that it is not, and are asked to keep it.',
      ]
    : []
}

/** Whoever was told of a leak, and of nothing worse since. */
function toldThatNone(state: CaseState, { release, others }: Pick<Context, 'release' | 'others'>): readonly string[] {
  const wrong = counted(state, 'leak').map(({ id }) => id)
  const after = withSignalsAs(state, wrong, 'corrected')
  const heldIn = [release, ...others.values()].find((one) => one?.kind === 'release' && one.id === state.heldIn)
  const heard =
    heldIn?.kind === 'release' &&
    heldIn.prenotified.some((one) => isToldOf(one, state.id) && wasToldOfLeak(state, wrong, one))
  return heard && isKeptStill(after) && !isSecretAgain(state, after)
    ? ['Every recipient who was told that details got out hears that none did.']
    : []
}

const trustedAgain = (state: CaseState): readonly string[] => {
  const names = [...new Set(suspectedRecipients(state).map(({ recipient }) => recipient))]
  return names.length === 0
    ? []
    : [`From then on ${inARow(names)} is told like the others again. What went out meanwhile they do not have.`]
}

/** Two people record that a signal was wrong. */
export const signalCorrect: Handler<SignalCorrect> = {
  gates: GATES,
  decide: (context) => askForApproval(context, correctTwice),
}

/** The team goes on under embargo in spite of a leak; the other decision is to end it. */
export const leakOutlive: Handler<Extract<PersonRequest, { verb: 'leak-outlive' }>> = {
  gates: [],
  decide: (context) =>
    context.state.leakUndecidedSince === undefined
      ? senseless('No leak waits for a decision.', you('look at what is recorded', 'status'))
      : onCase(context, [{ type: 'LeakOutlived', reason: context.request.reason }]),
}
