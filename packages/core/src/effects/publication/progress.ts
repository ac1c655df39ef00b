import { addresseeKey } from '../../vocabulary/addressee.ts'
import type { ReleaseEvent } from '../../events/release-events.ts'
import type { EffectId } from '../../shared/ids.ts'
import { STEPS } from './steps.ts'
import type { ReleaseState } from '../../state/release/state.ts'

export type Taken = { readonly letter: string; readonly to: string; readonly evidence: string }

/**
 * The events after one mail of a release is done: a recipient was told, the heads-up is out, or, after the last mail of
 * a step, that step or the whole publication is done. The approval says which mails a step has; today's policy might
 * give it other mails.
 */
export function mailTaken(release: ReleaseState, taken: Taken): readonly ReleaseEvent[] {
  if (taken.letter === 'prenotification') return recipientTold(taken)
  if (taken.letter === 'heads-up') return [{ type: 'HeadsUpPosted', messageId: taken.evidence }]
  const step = STEPS.find((one) => one.letter === taken.letter)
  const planned = step === undefined ? undefined : release.steps.find((one) => one.step === step.id)
  if (step === undefined || planned === undefined || planned.doneAt !== undefined) return []
  const delivered = new Set([...release.delivered, `${taken.letter}>${taken.to}`])
  const missing = release.approved.filter(
    ({ letter, to }) => letter === step.letter && !delivered.has(`${letter}>${addresseeKey(to)}`),
  )
  if (missing.length > 0) return []
  // A step that a bounce reopened was done before, so what follows it has already begun.
  const again = planned.again === true ? { again: true as const } : {}
  const done: ReleaseEvent = { type: 'StepDone', step: step.id, evidence: taken.evidence, ...again }
  const rest = release.steps.filter((one) => one.step !== step.id && one.doneAt === undefined)
  return rest.length === 0 && release.disclosedAt === undefined ? [done, { type: 'Disclosed' }] : [done]
}

export type NotMailed = Pick<Taken, 'letter' | 'to'> & { readonly effect: EffectId; readonly because: string }

/** The events after one mail of a release reached nobody: its step is not done, and a person decides. */
export function notMailed(release: ReleaseState, { effect, letter, to, because }: NotMailed): readonly ReleaseEvent[] {
  const step = STEPS.find((one) => one.letter === letter)?.id
  const failed: readonly ReleaseEvent[] =
    step !== undefined && release.steps.some((one) => one.step === step) ? [{ type: 'StepFailed', step, because }] : []
  return [...failed, { type: 'EffectParked', effect, letter, to, doubt: false, because }]
}

function recipientTold({ to, evidence }: Taken): readonly ReleaseEvent[] {
  const [list = '', recipient = ''] = to.replace(/^recipient:/, '').split('/')
  return [{ type: 'PrenotificationSent', list, recipient, messageId: evidence }]
}
