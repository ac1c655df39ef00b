import { currentStep, isDocumentStep, isEnded, LONGEST_WAIT, later, stepOf, waitingSince } from '@embargo/core'
import type { CaseState, ReleaseState, StepId } from '@embargo/core'
import type { Action, Card, Line } from '@embargo/engine'
import { time } from '../text/times.ts'
import { buildCard, notificationOf } from './card.ts'
import { publicLink } from './advisory-link.ts'
import { doubtActions, documentInWords } from './doubt.ts'
import { line, outside, plain, strong } from './spans.ts'

type Request = { readonly state: CaseState | undefined; readonly release: ReleaseState }

/** The progress of a publication: one message, edited after each step. */
export function publicationCard({ state, release }: Request): Card {
  const done = release.steps.filter(isEnded).length
  const [running, over, ended] =
    release.correction === undefined
      ? ['publishing', 'published', 'Disclosed ']
      : ['correcting', 'corrected', 'Corrected ']
  return buildCard({
    kind: 'publication',
    title: `${state?.id ?? release.id} · ${release.disclosedAt === undefined ? `${running}, ${done} of ${release.steps.length} steps` : over}`,
    lines: [
      ...release.steps.flatMap((step) => [stepLine(step, release), ...documentLines(step, release)]),
      ...nextLine(release),
      ...(release.disclosedAt === undefined ? [] : [line(strong(ended), time(release.disclosedAt), strong('.'))]),
      ...release.parked.map((doubt) =>
        line(
          'Waits for a person: ',
          ...(doubt.step === undefined ? [] : [`${documentInWords(doubt)}: `]),
          outside(doubt.because),
        ),
      ),
    ],
    actions: state === undefined ? [] : actionsOf(state, release),
    notification: notificationOf(state),
  })
}

type Step = ReleaseState['steps'][number]

function stepLine(step: Step, release: ReleaseState): Line {
  const name = stepOf(step.step).words
  if (step.doneAt !== undefined) {
    // The evidence begins with the link. The name of the person who did the step follows.
    const [, link = '', rest = ''] = /^(\S*) ?(.*)$/su.exec(step.evidence ?? '') ?? []
    return line(plain(`✓ ${name} · done · `), publicLink(link), ...(rest === '' ? [] : [plain(' '), outside(rest)]))
  }
  if (step.leftOut !== undefined) return line(plain(`– ${name} · left out: `), outside(step.leftOut.because))
  if (step.failed !== undefined) return line(plain(`✗ ${name} · failed: `), outside(step.failed))
  // A step that has not begun is shown as waiting for the previous step, except the first step that is not done.
  const first = release.steps.find((one) => one.doneAt === undefined)?.step
  if (step.begunAt === undefined && step.step !== first) return line(`  ${name} · waits for the previous step`)
  if (isByHand(step.step, release)) return line(`? ${name} · waits for a person`)
  return line(release.parked.length > 0 ? `? ${name} · waits for a person` : `… ${name} · running`)
}

const isByHand = (id: StepId, { documents = [], deliveries = [] }: ReleaseState): boolean =>
  documents.some(
    ({ step, case: of, mode }) =>
      step === id && mode === 'prepare' && !deliveries.some((one) => one.step === id && one.case === of),
  )

/** The links of the documents that have reached their targets, one line for each case. */
function documentLines({ step: id, doneAt }: Step, { documents = [], deliveries = [] }: ReleaseState): readonly Line[] {
  const own = documents.filter(({ step }) => step === id)
  const done = deliveries.filter(({ step }) => step === id)
  if (done.length === 0 || (own.length === 1 && doneAt !== undefined)) return []
  return done.map(({ case: of, link }) => line(plain(`   ${of} ✓ `), publicLink(link ?? 'done')))
}

/** Says when the next step begins at the latest, if something keeps the publication waiting. */
function nextLine(release: ReleaseState): readonly Line[] {
  const waiting = waitingSince(release)
  const next = release.steps.find(({ step, begunAt }) => step !== waiting?.step && begunAt === undefined)
  // Mails are usually sent within seconds, so the card mentions a wait only if something causes one.
  const isLong = waiting !== undefined && (isDocumentStep(waiting.step) || release.parked.length > 0)
  if (!isLong || next === undefined) return []
  return [line(plain('The next step begins no later than '), time(later(waiting.since, LONGEST_WAIT)), plain('.'))]
}

/**
 * The buttons of a step that a person does. One shows the text to publish, and one opens the form that records the
 * link. For each effect that waits for a person, also the buttons that decide what happens with it.
 */
function actionsOf(state: CaseState, release: ReleaseState): readonly Action[] {
  const current = currentStep(release.steps)
  const open = release.steps.filter((step) => !isEnded(step) && (step.begunAt !== undefined || step === current))
  const byHand = open
    .filter(({ step }) => isByHand(step, release))
    .flatMap(({ step }): readonly Action[] => [
      { label: `Text: ${stepOf(step).short}`, verb: 'done', input: { case: state.id, what: step } },
      { label: `Done: ${stepOf(step).short}`, verb: 'done', input: { case: state.id, what: step }, form: true },
    ])
  return [...byHand, ...release.parked.flatMap((doubt) => doubtActions(state, doubt))]
}
