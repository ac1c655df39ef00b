import { z } from 'zod'
import type { PersonRequest } from '../vocabulary/command.ts'
import { isSecretAgain } from '../state/embargo/terms.ts'
import { Suspect } from '../events/case/world.ts'
import type { Context, Gate } from '../gates/gate.ts'
import { signalCounts, suspectName, wrongSignals } from '../gates/signal-counts.ts'
import { heldReleases, isToldOf } from '../state/release/holders.ts'
import { getsNoLeakLetter } from '../effects/publication/leak-audience.ts'
import { CaseId } from '../shared/ids.ts'
import { SignalKind } from '../shared/words.ts'
import { listAnd } from '../text/name-list.ts'
import { suspectedRecipients, withSignalsAs } from '../state/world/signals.ts'
import { approverByPolicy } from './approvals/required-approver.ts'
import type { TwoPersonRule } from './approvals/two-person-rule.ts'
import { askForApproval } from './approval.ts'
import type { CaseState } from '../state/state.ts'
import { onCase, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import { isSame, reinstatement } from './suspension.ts'
import type { Recipient } from './suspension.ts'

type SignalCorrect = Extract<PersonRequest, { verb: 'signal.wrong' }>

const GATES: readonly Gate[] = [signalCounts]

const WRONG: Readonly<Record<SignalKind, string>> = {
  public: 'that the vulnerability is public',
  exploit: 'that an exploit is public',
  attack: 'that attacks were observed',
  leak: 'that details got out',
}

export const correctTwice: TwoPersonRule<SignalCorrect> = {
  waits: z.object({
    verb: z.literal('signal.wrong'),
    case: CaseId,
    what: SignalKind,
    suspect: Suspect.exactOptional(),
    reason: z.string(),
  }),
  gates: GATES,
  approver: approverByPolicy,
  complete: ({ request }) => request,
  preview: ({ whole, state, release, others, request }) => [
    `It is not true ${WRONG[request.what]}${request.suspect === undefined ? '' : ` through ${suspectName(whole, request.suspect)}`}: ${request.reason}`,
    'The signal then counts as if it had never been true; the history keeps the signal and the correction. An embargo that ended stays ended; a new one can be agreed on.',
    ...correctionSentences(state, request),
    ...(request.what === 'leak'
      ? [...noLeakSentences(state, { release, others }, request), ...restoredRecipientSentences(state, request)]
      : []),
  ],
  mails: () => [],
  releaseAt: () => undefined,
  run: (context) => {
    const { state, request } = context
    const { what, reason, suspect } = request
    const named = suspect === undefined ? {} : { suspect }
    const signals = [...wrongSignals(state, request)]
    return [
      { stream: state.id, events: [{ type: 'SignalCorrected', signals, what, ...named, reason }] },
      ...(what === 'leak' ? reinstatement(context, clearedBy(state, request)) : []),
    ]
  },
}

/**
 * Says who gets a correction: everyone who was told that the secret is out. If another signal still says that the
 * secret is out, nobody gets a correction.
 */
function correctionSentences(state: CaseState, request: SignalCorrect): readonly string[] {
  const wrong = wrongSignals(state, request)
  return isSecretAgain(state, withSignalsAs(state, wrong, 'corrected'))
    ? [
        'Everyone who was told that the secret is out (the reporter and recipients) gets a correction, and is asked to keep the secret.',
      ]
    : []
}

/**
 * Says that recipients who were told about a leak will be told that there was none. Recipients who were told that the
 * vulnerability is no longer secret get another letter.
 */
function noLeakSentences(
  state: CaseState,
  { release, others }: Pick<Context, 'release' | 'others'>,
  request: SignalCorrect,
): readonly string[] {
  const wrong = wrongSignals(state, request)
  const after = withSignalsAs(state, wrong, 'corrected')
  const held = new Set<string>(heldReleases(state))
  const isPrenotified = [release, ...others.values()].some(
    (candidate) =>
      candidate?.kind === 'release' &&
      held.has(candidate.id) &&
      candidate.prenotified.some((one) => isToldOf(one, state.id) && getsNoLeakLetter(state, after, wrong, one)),
  )
  return isPrenotified ? ['Every recipient who was told of a leak is told that there was none.'] : []
}

/** The recipients who are no longer suspected after this correction. */
function clearedBy(state: CaseState, request: SignalCorrect): readonly Recipient[] {
  const still = suspectedRecipients(withSignalsAs(state, wrongSignals(state, request), 'corrected'))
  return suspectedRecipients(state).filter((one) => !still.some((other) => isSame(one, other)))
}

const restoredRecipientSentences = (state: CaseState, request: SignalCorrect): readonly string[] => {
  const names = [...new Set(clearedBy(state, request).map(({ recipient }) => recipient))]
  return names.length === 0
    ? []
    : [
        `From then on, new mails to recipients go to ${listAnd(names)} again. The mails that were sent in between do not.`,
      ]
}

/** Two people record that a signal was wrong. */
export const signalWrong = defineRequest({
  verb: 'signal.wrong',
  gates: GATES,
  decide: (context) => askForApproval(context, correctTwice),
  twoPeople: correctTwice,
  inputs: ({ id, preview }) =>
    SignalKind.options.map((kind) => {
      const bare = { verb: 'signal.wrong', case: id, what: kind, reason: 'because' } as const
      return { ...bare, shown: preview(bare) }
    }),
})

/** Records the decision to continue under embargo in spite of a leak. The alternative is `embargo end`. */
export const embargoKeep = defineRequest({
  verb: 'embargo.keep',
  gates: [],
  decide: (context) =>
    context.state.leakUndecidedSince === undefined
      ? senseless('No leak is waiting for a decision.', you('look at what is recorded', 'status'))
      : onCase(context, [{ type: 'LeakOutlived', reason: context.request.reason }]),
  inputs: ({ id }) => [{ verb: 'embargo.keep', case: id, reason: 'because' }],
})
