import { documentDelivered, disclosedWithout, mailTaken, stepOfLetter } from '../effects/publication/progress.ts'
import { stepOf } from '../effects/publication/steps.ts'
import type { ReleaseEvent } from '../events/release-events.ts'
import { isDocumentStep, StepId } from '../events/step-id.ts'
import type { ReleaseState } from '../state/release/state.ts'
import { isEnded } from '../state/release/steps.ts'
import type { StepState } from '../state/release/steps.ts'
import type { CaseState, Doubt } from '../state/state.ts'
import { projectOf } from '../state/project.ts'
import type { Policy } from '../policy/schema.ts'
import { foreignLink, sampleLink } from '../gates/public-link.ts'
import { addresseeKey } from '../vocabulary/addressee.ts'
import type { Decision, Refusal } from '../vocabulary/decision.ts'
import type { PersonRequest } from '../vocabulary/command.ts'
import type { SampleView } from './sample-view.ts'
import { nothingToDo, onStreams, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import { factsOfDelivery } from './publication/delivery-facts.ts'

/** Records that a person did the step by hand, and the link that shows it. */
export const doneStep = defineRequest({
  verb: 'done.step',
  gates: [],
  decide: (context) => {
    const { request, state, release, person } = context
    const found = openStep(release, request.step)
    if (!('step' in found)) return found
    const { running } = found
    const waiting = doubtsIn(running, request.step)
    const evidence = `${request.link} (${person?.name ?? 'a person'})`
    if (isDocumentStep(request.step)) {
      const document = { step: request.step, case: state.id, link: request.link }
      const isPlanned = running.documents?.some(({ step, case: of }) => step === request.step && of === state.id)
      if (isPlanned !== true)
        return senseless(`This step does nothing for ${state.id}.`, you('name another step', 'done.step'))
      if (running.deliveries?.some(({ step, case: of }) => step === request.step && of === state.id) === true)
        return nothingToDo('This is recorded already.')
      const foreign = foreignLinkOf(context.policy, state, request)
      if (foreign !== undefined) return { ok: false, refusal: foreign }
      return onStreams([
        {
          stream: running.id,
          events: [
            ...waiting.filter((one) => one.case === state.id).map(settledAs('went')),
            ...documentDelivered(running, [document], evidence),
          ],
        },
        ...factsOfDelivery(context, [document]),
      ])
    }
    if (waiting.length === 0)
      return senseless(
        'The mails of this step are on their way, so nobody needs to send them by hand.',
        you('wait a little', 'status'),
      )
    return onStreams([{ stream: running.id, events: waiting.flatMap(mailByHand(running, waiting, evidence)) }])
  },
  inputs: (view) =>
    stepsOf(view).map((step) => ({
      verb: 'done.step',
      case: view.id,
      step,
      link: sampleLink(view.project, step === 'cve-record' ? step : 'advisory'),
    })),
})

/** Refuses a link to a place that does not belong to the project, because mails to the public contain the link. */
function foreignLinkOf(policy: Policy, state: CaseState, { step, link }: DoneStep): Refusal | undefined {
  if (step === 'cve-record') return foreignLink(projectOf(policy, state), link, 'cve-record')
  if (step === 'fixed-versions') return foreignLink(projectOf(policy, state), link, 'fixed-versions')
  return step === 'github-advisory' || step === 'file-tree'
    ? foreignLink(projectOf(policy, state), link, 'advisory')
    : undefined
}

type DoneStep = Extract<PersonRequest, { verb: 'done.step' }>

/** Retries what failed in one step, or leaves the step out. */
export const settleStep = defineRequest({
  verb: 'settle.step',
  gates: [],
  decide: ({ request, release }) => {
    const found = openStep(release, request.step)
    if (!('step' in found)) return found
    const { running } = found
    const waiting = doubtsIn(running, request.step)
    if (request.outcome === 'again') {
      if (waiting.length === 0) return nothingToDo('Nothing of this step failed or is in doubt.')
      return onStreams([{ stream: running.id, events: waiting.map(settledAs('again')) }])
    }
    if (mailsOnTheirWay(running, request.step, waiting))
      return senseless(
        'The mails of this step are on their way.',
        you('wait until it is known whether they arrive', 'status'),
      )
    const left: ReleaseEvent = { type: 'StepLeftOut', step: request.step, because: request.reason }
    return onStreams([
      {
        stream: running.id,
        events: [...waiting.map(settledAs('withdrawn')), left, ...disclosedWithout(running, request.step)],
      },
    ])
  },
  inputs: (view) =>
    stepsOf(view).flatMap((step) => [
      { verb: 'settle.step', case: view.id, step, outcome: 'again' } as const,
      { verb: 'settle.step', case: view.id, step, outcome: 'withdrawn', reason: 'because' } as const,
    ]),
})

type StepInRelease = { readonly step: StepState; readonly running: ReleaseState }

function openStep(release: ReleaseState | undefined, id: StepId): StepInRelease | Decision {
  const step = release?.steps.find((one) => one.step === id)
  if (release === undefined || step === undefined)
    return senseless(
      `No publication of this case has the step "${stepOf(id).words}".`,
      you('look at the steps that it has', 'status'),
    )
  return isEnded(step) ? nothingToDo('This step is done, or left out.') : { step, running: release }
}

const doubtsIn = (release: ReleaseState, step: StepId): readonly Doubt[] =>
  release.parked.filter((one) => one.step === step || stepOfLetter(release, one.letter) === step)

const settledAs =
  (outcome: 'went' | 'again' | 'withdrawn') =>
  ({ effect }: Doubt): ReleaseEvent => ({ type: 'DoubtSettled', effect, outcome })

/** Records that a person sent this mail by hand. This completes the step if no other mail of the step is missing. */
const mailByHand =
  (release: ReleaseState, waiting: readonly Doubt[], evidence: string) =>
  (doubt: Doubt, index: number): readonly ReleaseEvent[] => {
    const { letter, to } = doubt
    if (letter === undefined || to === undefined) return [settledAs('went')(doubt)]
    const before = waiting.slice(0, index).map((one) => `${one.letter}>${one.to}`)
    const progressed = { ...release, delivered: [...release.delivered, ...before] }
    return [settledAs('went')(doubt), ...mailTaken(progressed, { letter, to, evidence })]
  }

/** Whether Embargo may still send a mail of this step. If so, the step cannot be left out. */
function mailsOnTheirWay({ approved, delivered }: ReleaseState, id: StepId, waiting: readonly Doubt[]): boolean {
  const step = stepOf(id)
  if (step.kind === 'document') return false
  const settled = [...delivered, ...waiting.map((one) => `${one.letter}>${one.to}`)]
  return approved.some(({ letter, to }) => letter === step.letter && !settled.includes(`${letter}>${addresseeKey(to)}`))
}

/** The steps for sample inputs: all open steps, and one step that is not open. */
function stepsOf({ release }: SampleView): readonly StepId[] {
  const steps = release?.steps ?? []
  const open = steps.filter((step) => !isEnded(step)).map(({ step }) => step)
  const other = StepId.options.find((step) => !open.includes(step))
  return release?.startedAt === undefined || other === undefined ? open : [...open, other]
}
