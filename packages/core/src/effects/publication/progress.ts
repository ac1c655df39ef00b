import { addresseeKey } from '../../vocabulary/addressee.ts'
import type { ReleaseEvent } from '../../events/release-events.ts'
import type { DocumentStepId, StepId } from '../../events/step-id.ts'
import type { CaseId, EffectId } from '../../shared/ids.ts'
import { MAIL_STEPS } from './steps.ts'
import type { ReleaseState } from '../../state/release/state.ts'
import { fixedVersionsPublicAt, isEnded } from '../../state/release/steps.ts'

export type SentMail = { readonly letter: string; readonly to: string; readonly evidence: string }

/**
 * The events that follow when one mail of a release was sent. They record that a recipient was told or that the
 * heads-up was posted. After the last mail of a step, they record that the step is done. If this was the last open
 * step, they also record the end of the publication. The approval says which mails a step has, because the policy may
 * have changed since the approval.
 */
export function mailTaken(release: ReleaseState, taken: SentMail): readonly ReleaseEvent[] {
  if (taken.letter === 'prenotification') return recipientTold(taken)
  if (taken.letter === 'heads-up') return [{ type: 'HeadsUpPosted', messageId: taken.evidence }]
  const step = MAIL_STEPS.find((one) => one.letter === taken.letter)
  if (step === undefined) return []
  const delivered = new Set([...release.delivered, `${taken.letter}>${taken.to}`])
  const missing = release.approved.filter(
    ({ letter, to }) => letter === step.letter && !delivered.has(`${letter}>${addresseeKey(to)}`),
  )
  return missing.length > 0 ? [] : stepDone(release, step.id, taken.evidence)
}

/** A document that has reached its target, and the link at which people can see it. */
export type DeliveredDocument = {
  readonly step: DocumentStepId
  readonly case: CaseId
  readonly link?: string
  readonly mark?: string
  /** The effect that delivered the document. Absent if a person published it by hand. */
  readonly effect?: EffectId
}

/** The events that follow when a step is done for one or more cases. */
export function documentDelivered(
  release: ReleaseState,
  documents: readonly DeliveredDocument[],
  evidence: string,
): readonly ReleaseEvent[] {
  const [first] = documents
  if (first === undefined) return []
  const done = [...documents, ...(release.deliveries ?? [])]
  const missing = (release.documents ?? []).filter(
    ({ step, case: of }) => step === first.step && !done.some((one) => one.step === step && one.case === of),
  )
  const delivered = documents.map((one): ReleaseEvent => ({ type: 'DocumentDelivered', ...one }))
  return missing.length > 0 ? delivered : [...delivered, ...stepDone(release, first.step, evidence)]
}

function stepDone(release: ReleaseState, step: StepId, evidence: string): readonly ReleaseEvent[] {
  const planned = release.steps.find((one) => one.step === step)
  if (planned === undefined || isEnded(planned)) return []
  // `again`: this step was done before, and a bounce reopened it. The publication went on to the next step when this
  // step was done for the first time.
  const again = planned.again === true ? { again: true as const } : {}
  return [{ type: 'StepDone', step, evidence, ...again }, ...disclosedWithout(release, step)]
}

/** The event that ends the publication, if every other step is done or left out. */
export const disclosedWithout = (release: ReleaseState, step: StepId): readonly ReleaseEvent[] =>
  release.disclosedAt === undefined && release.steps.every((one) => one.step === step || isEnded(one))
    ? [{ type: 'Disclosed' }]
    : []

export type NotMailed = Pick<SentMail, 'letter' | 'to'> & { readonly effect: EffectId; readonly because: string }

/**
 * The events that follow when one mail of a release was not sent. They say that its step failed, and that a person must
 * decide about the mail.
 */
export function notMailed(release: ReleaseState, { effect, letter, to, because }: NotMailed): readonly ReleaseEvent[] {
  const step = stepOfLetter(release, letter)
  const failed: readonly ReleaseEvent[] = step === undefined ? [] : [{ type: 'StepFailed', step, because }]
  return [
    ...failed,
    { type: 'EffectParked', effect, letter, to, doubt: false, because },
    ...(step === undefined ? [] : recipientsAhead(release, step)),
  ]
}

/** The step of the publication that sends this letter. */
export function stepOfLetter(release: ReleaseState, letter: string | undefined): StepId | undefined {
  const step = MAIL_STEPS.find((one) => one.letter === letter)?.id
  return release.steps.some((one) => one.step === step) ? step : undefined
}

/**
 * The events that follow when the step `parked` of a publication begins to wait for a person. The step
 * `embargo-lifted`, which sends the mails to recipients, does not wait for another step that is parked: it begins now
 * if the fixed versions are public.
 */
export const recipientsAhead = (release: ReleaseState, parked: StepId): readonly ReleaseEvent[] =>
  // While the release is on hold, nothing of it is sent or published.
  release.held === undefined && parked !== 'embargo-lifted' ? aheadOfTheirTurn(release) : []

/**
 * The events that follow when a held release continues. If a step waits for a person, the mails to recipients do not
 * wait for that step: they are sent now if the fixed versions are public.
 */
export const recipientsAfterHold = (release: ReleaseState): readonly ReleaseEvent[] =>
  release.parked.some(({ step, letter }) => step !== undefined || stepOfLetter(release, letter) !== undefined)
    ? aheadOfTheirTurn(release)
    : []

function aheadOfTheirTurn(release: ReleaseState): readonly ReleaseEvent[] {
  const recipients = release.steps.find(({ step }) => step === 'embargo-lifted')
  const waits = recipients !== undefined && recipients.begunAt === undefined && !isEnded(recipients)
  return waits && fixedVersionsPublicAt(release) !== undefined ? [{ type: 'StepAhead', step: 'embargo-lifted' }] : []
}

function recipientTold({ to, evidence }: SentMail): readonly ReleaseEvent[] {
  const [list = '', recipient = ''] = to.replace(/^recipient:/, '').split('/')
  return [{ type: 'PrenotificationSent', list, recipient, messageId: evidence }]
}
