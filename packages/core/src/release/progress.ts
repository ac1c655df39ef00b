import { addresseeKey } from '../case/addressee.ts'
import type { CaseState } from '../case/state.ts'
import type { ReleaseEvent } from '../events/release-events.ts'
import { projectOf } from '../policy/project.ts'
import type { Policy } from '../policy/schema.ts'
import { STEPS, stepOf } from './steps/index.ts'
import type { ReleaseState } from './state.ts'

export type Publishing = {
  readonly policy: Policy
  readonly release: ReleaseState
  readonly cases: readonly CaseState[]
}

export type Taken = { readonly letter: string; readonly to: string; readonly evidence: string }

/**
 * What follows when one mail of a release is over: a recipient was told, the heads-up stands, a step of the publication
 * is done (when it was the step's last mail), or the whole publication is.
 */
export function mailTaken(publishing: Publishing, taken: Taken): readonly ReleaseEvent[] {
  const { release } = publishing
  if (taken.letter === 'prenotification') return recipientTold(taken)
  if (taken.letter === 'heads-up') return [{ type: 'HeadsUpPosted', messageId: taken.evidence }]
  const step = STEPS.find((one) => one.letter === taken.letter)
  const planned = step === undefined ? undefined : release.steps.find((one) => one.step === step.id)
  if (step === undefined || planned === undefined || planned.doneAt !== undefined) return []
  const delivered = new Set([...release.delivered, `${taken.letter}>${taken.to}`])
  const missing = addresseesOf(publishing, step.id).filter((key) => !delivered.has(`${step.letter}>${key}`))
  if (missing.length > 0) return []
  const done: ReleaseEvent = { type: 'StepDone', step: step.id, evidence: taken.evidence }
  const rest = release.steps.filter((one) => one.step !== step.id && one.doneAt === undefined)
  return rest.length === 0 ? [done, { type: 'Disclosed' }] : [done]
}

/** The addressees of a step, by key. */
export function addresseesOf(
  { policy, release, cases }: Publishing,
  id: Parameters<typeof stepOf>[0],
): readonly string[] {
  const [first] = cases
  if (first === undefined) return []
  const context = { policy, project: projectOf(policy, first), release, cases }
  return (stepOf(id)?.addressees(context) ?? []).map(addresseeKey)
}

function recipientTold({ to, evidence }: Taken): readonly ReleaseEvent[] {
  const [list = '', recipient = ''] = to.replace(/^recipient:/, '').split('/')
  return [{ type: 'PrenotificationSent', list, recipient, messageId: evidence }]
}
