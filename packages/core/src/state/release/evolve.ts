import { withDoubtSettled, withDoubt } from '../delivery-doubts.ts'
import type { Doubt } from '../state.ts'
import type { ApprovedMail } from '../../events/approved-mail.ts'
import type { HeadsUp } from '../../events/heads-up.ts'
import type { RecordedEvent } from '../../events/recorded-event.ts'
import type { ReleaseEvent } from '../../events/release-events.ts'
import type { ApprovedDocument, StepId } from '../../events/step-id.ts'
import { assertNever } from '../../shared/assert-never.ts'
import { ReleaseId } from '../../shared/ids.ts'
import type { Sha256 } from '../../shared/ids.ts'
import { isSameDay } from '../../shared/instant.ts'
import type { Instant } from '../../shared/instant.ts'
import type { PrenotifiedRecipient, ReleaseState } from './state.ts'
import { isEnded, withBegun } from './steps.ts'
import type { StepState } from './steps.ts'
import { releaseAfter } from './transitions.ts'

const initialRelease = (id: ReleaseId, at: Instant): ReleaseState => ({
  kind: 'release',
  id,
  version: 0,
  is: 'planned',
  implicit: true,
  lastEventAt: at,
  cases: [],
  prenotified: [],
  approved: [],
  steps: [],
  delivered: [],
  parked: [],
})

const approved = (state: ReleaseState, mails: readonly ApprovedMail[], policy: Sha256): ReleaseState['approved'] => [
  ...state.approved,
  ...mails.map((mail) => ({ ...mail, policy })),
]

function withoutAhead(state: ReleaseState): ReleaseState {
  const { ahead: _over, ...rest } = state
  return rest
}

/** Removes the release notes, because a release that moves to another day is built again. */
function withoutNotes({ notes: _former, ...state }: ReleaseState): ReleaseState {
  return state
}

function withoutHold({ held: _over, ...state }: ReleaseState): ReleaseState {
  return state
}

const withHeadsUp = (headsUp: HeadsUp | undefined): Pick<ReleaseState, 'headsUp'> =>
  headsUp === undefined ? {} : { headsUp }

/** Applies one event to the state of a security release. */
export function evolveRelease(
  state: ReleaseState | undefined,
  recorded: RecordedEvent,
  event: ReleaseEvent,
): ReleaseState {
  const before = state ?? initialRelease(ReleaseId.parse(recorded.stream), recorded.at)
  const is = releaseAfter(before.is, event)
  const after = withBegun(applied(before, event, recorded), recorded, event)
  return { ...after, is, version: recorded.version, lastEventAt: recorded.at }
}

function applied(
  state: ReleaseState,
  event: ReleaseEvent,
  { at, policy }: Pick<RecordedEvent, 'at' | 'policy'>,
): ReleaseState {
  switch (event.type) {
    case 'ReleasePlanned':
      return {
        ...state,
        implicit: event.implicit,
        ...(event.releaser === undefined ? {} : { releaser: event.releaser }),
      }
    case 'CaseAdded':
      return { ...state, cases: [...state.cases, event.case] }
    case 'CaseDropped':
      return {
        ...state,
        ...withHeadsUp(event.headsUp?.now),
        cases: state.cases.filter((id) => id !== event.case),
        ...(state.prenotified.length === 0 ? {} : { dropped: [...(state.dropped ?? []), event.case] }),
      }
    case 'ReleaseScheduled':
      return { ...state, at: event.at, datedAt: state.datedAt ?? at }
    case 'ReleaseRescheduled':
      return withoutAhead({
        ...(isSameDay(event.was, event.at) ? state : withoutNotes(state)),
        at: event.at,
        ...withHeadsUp(event.headsUp?.now),
        approved: approved(state, event.mails ?? [], policy),
      })
    case 'PrenotificationQueued':
      return {
        ...state,
        ...withHeadsUp(event.headsUp),
        prenotifiedAt: at,
        prenotified: event.recipients,
        ...(event.exploit === undefined ? {} : { exploit: event.exploit }),
        approved: approved(state, event.mails, policy),
      }
    case 'PrenotificationUpdated':
      return { ...state, ...withHeadsUp(event.headsUp?.now), approved: approved(state, event.mails, policy) }
    case 'PrenotificationAcknowledged':
      return {
        ...state,
        prenotified: state.prenotified.map((one) =>
          one.list === event.list && one.recipient === event.recipient
            ? { ...one, acknowledgedAt: one.acknowledgedAt ?? at }
            : one,
        ),
      }
    case 'PrenotificationSent':
      return {
        ...state,
        prenotified: state.prenotified.map((one) =>
          one.list === event.list && one.recipient === event.recipient ? { ...one, sentAt: at } : one,
        ),
      }
    case 'HeadsUpPosted':
      return { ...state, headsUpAt: at }
    case 'DisclosureApproved': {
      const { type: _type, ...ahead } = event
      return { ...state, ahead }
    }
    case 'DisclosureHeld':
      return withoutAhead(state)
    case 'ReleaseNotesGiven':
      return { ...state, notes: event.cases }
    case 'ReleaseHeld':
      return { ...state, held: { at, ...(event.reason === undefined ? {} : { reason: event.reason }) } }
    case 'ReleaseResumed':
      return withoutHold(state)
    case 'DisclosureStarted':
      return {
        ...withoutAhead(state),
        startedAt: at,
        ...(event.steps.includes('fixed-versions') ? {} : { publicAt: at }),
        steps: event.steps.map((step) => ({ step })),
        approved: approved(state, event.mails, policy),
        ...(event.documents === undefined
          ? {}
          : { documents: event.documents.map((document) => ({ ...document, policy })) }),
      }
    case 'CorrectionStarted':
      return withCorrection(state, event, { at, policy })
    case 'InterimDisclosed':
      return {
        ...state,
        interim: [...(state.interim ?? []), { case: event.case, at }],
        approved: approved(state, event.mails, policy),
      }
    case 'RecipientSuspended':
      return {
        ...state,
        prenotified: state.prenotified.map((one) =>
          one.list === event.list && one.recipient === event.recipient ? { ...one, suspendedAt: at } : one,
        ),
      }
    case 'RecipientReinstated':
      return {
        ...state,
        prenotified: state.prenotified.map((one) =>
          one.list === event.list && one.recipient === event.recipient ? withoutSuspension(one) : one,
        ),
      }
    case 'StepDone':
      return {
        ...withPublicAt(state, event.step, at),
        steps: state.steps.map((one) =>
          one.step === event.step ? { ...stillOpen(one), doneAt: at, evidence: event.evidence } : one,
        ),
      }
    case 'DocumentDelivered':
      return withDocument(state, event)
    case 'StepPassed':
      return { ...state, steps: withStep(state, event.step, (one) => ({ ...one, passedAt: at })) }
    case 'StepLeftOut':
      return {
        ...withPublicAt(state, event.step, at),
        steps: withStep(state, event.step, (one) => ({
          ...stillOpen(one),
          leftOut: { because: event.because, at },
        })),
      }
    case 'StepAhead':
      return state
    case 'StepFailed':
      return withStepFailed(state, event)
    case 'Disclosed':
      return { ...state, disclosedAt: at }
    case 'ReleaseCancelled':
      return withoutAhead({ ...state, approved: approved(state, event.mails ?? [], policy) })
    case 'EffectParked':
      return { ...state, parked: withDoubt(state.parked, event, at) }
    case 'DoubtSettled':
      return withSettled(state, event)
    case 'MailAccepted':
      // The bounce of a mail may be recorded before the relay's acceptance. The mail then waits for a person, and the
      // acceptance does not make it count as delivered.
      return state.parked.some(({ effect, doubt }) => effect === event.effect && !doubt)
        ? state
        : withDelivered(state, event)
    case 'ChannelOpened':
    case 'CardPlaced':
    case 'MailFailed':
    case 'MailWithdrawn':
      return state
    case 'MailBounced':
      return withReturned(state, event)
    default:
      return assertNever(event)
  }
}

const withDelivered = (state: ReleaseState, { letter, to }: { readonly letter: string; readonly to: string }) => ({
  ...state,
  delivered: [...state.delivered, `${letter}>${to}`],
})

const withPublicAt = (state: ReleaseState, step: StepId, at: Instant): ReleaseState =>
  step === 'fixed-versions' ? { ...state, publicAt: state.publicAt ?? at } : state

type Change = (step: StepState) => StepState

const withStep = ({ steps }: ReleaseState, step: StepId, change: Change): ReleaseState['steps'] =>
  steps.map((one) => (one.step === step ? change(one) : one))

const stillOpen = ({ failed: _failed, again: _again, ...step }: StepState): StepState => step

function withDocument(
  state: ReleaseState,
  { step, case: of, link, mark }: Extract<ReleaseEvent, { type: 'DocumentDelivered' }>,
): ReleaseState {
  const others = (state.deliveries ?? []).filter((one) => one.step !== step || one.case !== of)
  const delivery = { step, case: of, ...(link === undefined ? {} : { link }), ...(mark === undefined ? {} : { mark }) }
  return { ...state, deliveries: [...others, delivery] }
}

/**
 * The steps of a correction replace those of the publication, which are all done. Documents that are published again
 * count as undelivered. The marks that identify their old contents are kept. With these marks, Embargo notices whether
 * somebody else has changed a document at its target since.
 */
function withCorrection(
  { disclosedAt: _open, ...state }: ReleaseState,
  event: Extract<ReleaseEvent, { type: 'CorrectionStarted' }>,
  { at, policy }: Pick<RecordedEvent, 'at' | 'policy'>,
): ReleaseState {
  const documents = event.documents ?? []
  const isAgain = (one: Pick<ApprovedDocument, 'step' | 'case'>): boolean =>
    documents.some(({ step, case: of }) => step === one.step && of === one.case)
  const before = (state.deliveries ?? []).filter(isAgain)
  const marked = before.flatMap(({ step, case: of, mark }) => (mark === undefined ? [] : [{ step, case: of, mark }]))
  const redone = (one: Pick<ApprovedDocument, 'step' | 'case'>): boolean =>
    before.some(({ step, case: of }) => step === one.step && of === one.case)
  return {
    ...state,
    correction: { case: event.case, at },
    steps: event.steps.map((step) => ({ step })),
    approved: approved(
      { ...state, approved: state.approved.filter(({ letter }) => letter !== 'correction') },
      event.mails,
      policy,
    ),
    documents: documents.map((document) => ({ ...document, policy })),
    deliveries: (state.deliveries ?? []).filter((one) => !isAgain(one)),
    former: [...(state.former ?? []).filter((one) => !redone(one)), ...marked],
    delivered: state.delivered.filter((one) => !one.startsWith('correction>')),
  }
}

/**
 * Marks a step as failed. If the step was done before, it is open again, so the publication is not finished any more.
 */
function withStepFailed(state: ReleaseState, event: Extract<ReleaseEvent, { type: 'StepFailed' }>): ReleaseState {
  const steps = state.steps.map((one) => (one.step === event.step ? withFailed(one, event.because) : one))
  const { disclosedAt: _open, ...rest } = state
  return steps.every(isEnded) ? { ...state, steps } : { ...rest, steps }
}

function withFailed({ doneAt, evidence: _void, ...step }: StepState, failed: string): StepState {
  return { ...step, failed, ...(doneAt === undefined ? {} : { again: true }) }
}

/** The mail did not arrive, so its recipient was not told. */
function withReturned(state: ReleaseState, event: Extract<ReleaseEvent, { type: 'MailBounced' }>): ReleaseState {
  const { letter, to, kind } = event
  if (kind === undefined || kind === 'delayed' || letter === undefined || to === undefined) return state
  const { headsUpAt, ...rest } = state
  return {
    ...rest,
    ...(headsUpAt === undefined || letter === 'heads-up' ? {} : { headsUpAt }),
    delivered: state.delivered.filter((one) => one !== `${letter}>${to}`),
    prenotified: state.prenotified.map((one) =>
      letter === 'prenotification' && to === `recipient:${one.list}/${one.recipient}` ? withoutSent(one) : one,
    ),
  }
}

const withoutSuspension = ({ suspendedAt: _lifted, ...one }: PrenotifiedRecipient): PrenotifiedRecipient => one

const withoutSent = ({ sentAt: _lost, ...one }: PrenotifiedRecipient): PrenotifiedRecipient => one

/**
 * A mail that a person settled as sent counts like a mail that a server accepted. If the person withdrew the mail, the
 * release no longer waits for its recipient.
 */
function withSettled(
  state: ReleaseState,
  { effect, outcome }: Extract<ReleaseEvent, { type: 'DoubtSettled' }>,
): ReleaseState {
  const { letter, to } = state.parked.find((one) => one.effect === effect) ?? {}
  const settled = { ...state, parked: withDoubtSettled(state.parked, effect) }
  if (outcome === 'withdrawn') return withoutWordAhead(settled, { letter, to })
  return outcome === 'again' || letter === undefined || to === undefined
    ? settled
    : withDelivered(settled, { letter, to })
}

function withoutWordAhead(state: ReleaseState, { letter, to }: Partial<Pick<Doubt, 'letter' | 'to'>>): ReleaseState {
  if (letter === 'heads-up') return { ...state, headsUpWithdrawn: true }
  if (letter !== 'prenotification') return state
  // Removes the recipient of the withdrawn mail. A suspended recipient stays, because the suspicion must stay on
  // record.
  const prenotified = state.prenotified.filter(
    ({ list, recipient, suspendedAt }) => suspendedAt !== undefined || to !== `recipient:${list}/${recipient}`,
  )
  return { ...state, prenotified }
}
