import { z } from 'zod'
import { CorrectionAudience, CORRECTION_REASON_MAX } from '../events/case/correction.ts'
import type { CorrectionEvent } from '../events/case/correction.ts'
import type { CaseEvent } from '../events/case-events.ts'
import { leftOutCves } from '../effects/publication/cve-gap.ts'
import { correctionDocuments, correctionMails } from '../effects/publication/correction.ts'
import type { Context, Gate } from '../gates/gate.ts'
import { anyTeamMember, refuse } from '../gates/gate.ts'
import { waiverAllowed } from '../gates/waiver-allowed.ts'
import { notHeld } from '../gates/not-held.ts'
import { isWaived } from '../gates/waivers/ask.ts'
import { keyOf, refusalOf, subjectFor, wordingStops } from '../gates/wording.ts'
import { keepsContentOut } from '../state/chat-content.ts'
import { publishedRecord } from '../gates/published-record.ts'
import { CaseId } from '../shared/ids.ts'
import { CveId } from '../shared/words.ts'
import { reservationDoubt } from '../state/delivery-doubts.ts'
import { withCorrectionEvent } from '../state/evolve/correction.ts'
import { withCveEvent } from '../state/evolve/cve.ts'
import { targetModes } from '../policy/target-modes.ts'
import { projectOf } from '../state/project.ts'
import type { CaseState } from '../state/state.ts'
import type { Project } from '../policy/schema.ts'
import type { PersonRequest } from '../vocabulary/command.ts'
import type { Append, Refusal } from '../vocabulary/decision.ts'
import { askForApproval } from './approval.ts'
import { approverByPolicy } from './approvals/required-approver.ts'
import type { ApprovedContent, PendingContext, TwoPersonRule } from './approvals/two-person-rule.ts'
import { nothingToDo, onStreams, refused, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import { documentsIn, stepsIn } from './publication/begin.ts'
import { Changes, changesOf } from './record-changes.ts'

type Correct = Extract<PersonRequest, { verb: 'correct' }>
type CorrectCve = Extract<PersonRequest, { verb: 'correct.cve' }>
type Withdraw = Extract<PersonRequest, { verb: 'correct.withdraw' }>

const GATES: readonly Gate[] = [publishedRecord, notHeld]
const GATES_OF_TEXTS: readonly Gate[] = [...GATES, waiverAllowed]

/** What a correction would do: the events that it appends to the case, and the case after these events. */
type PlannedCorrection = {
  readonly events: readonly CaseEvent[]
  readonly corrected: CorrectionEvent
  readonly after: CaseState
}

type CorrectionContext<R extends PersonRequest> = PendingContext<R>

const plannedBy = (state: CaseState, corrected: CorrectionEvent, at: Context['at']): PlannedCorrection => ({
  events: [corrected],
  corrected,
  after: withCorrectionEvent(state, corrected, { at }),
})

/** The parts of the two-person rule that all correction requests share. */
function ruleOf<R extends Correct | CorrectCve | Withdraw>(
  planned: (seen: CorrectionContext<R>) => PlannedCorrection | Refusal,
) {
  const checked = (seen: CorrectionContext<R>): PlannedCorrection | Refusal => {
    const plan = planned(seen)
    return 'gate' in plan ? plan : (tellsTooMuch(seen, plan.after) ?? plan)
  }
  const made = (seen: CorrectionContext<R>): PlannedCorrection | undefined => {
    const plan = planned(seen)
    return 'gate' in plan ? undefined : plan
  }
  return {
    gates: GATES,
    approver: approverByPolicy,
    complete: (seen: CorrectionContext<R>) => {
      const plan = checked(seen)
      return 'gate' in plan ? plan : seen.request
    },
    preview: (seen: CorrectionContext<R>) => [...sentences(seen, made(seen)), ...passedBy(seen, made(seen))],
    mails: (seen: CorrectionContext<R>) => {
      const plan = made(seen)
      return plan === undefined ? [] : correctionMails(seen.whole, seen.state, { ...seen, tell: plan.corrected.tell })
    },
    documents: (seen: CorrectionContext<R>) => {
      const plan = made(seen)
      return plan === undefined
        ? []
        : correctionDocuments(
            seen.whole,
            { before: seen.state, after: plan.after },
            { ...seen, tell: plan.corrected.tell },
          )
    },
    about: ({ state }: CorrectionContext<R>) => [state.id],
    after: (seen: CorrectionContext<R>) => made(seen)?.after,
    releaseAt: () => undefined,
    run: (context: Context<R>, approved: ApprovedContent) => started(context, made(context), approved),
  }
}

/**
 * Findings about the corrected texts: sentences that must not be public, or that contradict each other. Findings that
 * were there before the correction, and findings that two people have waived, are left out.
 */
function stopsIn(seen: CorrectionContext<PersonRequest>, after: CaseState): ReturnType<typeof wordingStops> {
  const passed = new Set(wordingStops({ ...seen, findings: [] }).map(keyOf))
  return wordingStops({ ...seen, state: after }).filter((finding) => {
    const key = keyOf(finding)
    return !passed.has(key) && !isWaived(after, 'wording', { key, about: key })
  })
}

/**
 * Refuses a correction with findings, unless the request gives a reason to waive them. Two people must approve that
 * waiver.
 */
function tellsTooMuch(seen: CorrectionContext<PersonRequest>, after: CaseState): Refusal | undefined {
  const { verb } = seen.request
  if (reasonToPass(seen) !== undefined) return undefined
  const refusal = refusalOf(stopsIn(seen, after), !keepsContentOut(seen.whole, after), seen)
  if (refusal === undefined) return refusal
  const passes = 'adds `--waive` with a reason to this correction, and a second person approves'
  return { ...refusal, liftedBy: [...refusal.liftedBy, ...anyTeamMember(passes, verb)] }
}

/** The caller's reason for waiving the findings about this correction. */
const reasonToPass = ({ request }: Pick<Context, 'request'>): string | undefined =>
  'waive' in request ? request.waive : undefined

/** The findings that two people waive with this correction, and the reason. */
function waiverIn(seen: CorrectionContext<PersonRequest>, plan: PlannedCorrection | undefined) {
  const reason = reasonToPass(seen)
  if (reason === undefined || plan === undefined) return undefined
  const subject = subjectFor(stopsIn(seen, plan.after), !keepsContentOut(seen.whole, plan.after))
  return subject && { ...subject, reason }
}

function started(context: Context, plan: PlannedCorrection | undefined, approved: ApprovedContent): readonly Append[] {
  const { state, release, person } = context
  if (plan === undefined || release === undefined) return []
  const { digest, mails, documents, asker } = approved
  const waiver = waiverIn(context, plan)
  const by = person === undefined ? {} : { by: person.id }
  const waived: readonly CaseEvent[] =
    waiver === undefined ? [] : [{ type: 'GateWaived', gate: 'wording', ...waiver, askedBy: asker, ...by }]
  const steps = stepsIn(mails, documents)
  return [
    { stream: state.id, events: [...waived, ...plan.events] },
    {
      stream: release.id,
      events: [
        { type: 'CorrectionStarted', case: state.id, steps, digest, mails, ...documentsIn(documents) },
        ...(steps.length === 0 ? [{ type: 'Disclosed' } as const] : []),
      ],
    },
  ]
}

function sentences(
  { state, whole }: Pick<Context, 'state' | 'whole'>,
  plan: PlannedCorrection | undefined,
): readonly string[] {
  if (plan === undefined) return []
  const { reason, withdrawn, tell } = plan.corrected
  const revision = (plan.after.corrections?.length ?? 0) + 1
  return [
    withdrawn === true
      ? `Withdraws the record of ${state.id}: ${reason}`
      : `Publishes the record of ${state.id} again, as revision ${revision}: ${reason}`,
    ...byOthers(plan, projectOf(whole, state)),
    ...leftOutCves(whole, [plan.after], true),
    TOLD[tell],
  ]
}

function passedBy(seen: CorrectionContext<PersonRequest>, plan: PlannedCorrection | undefined): readonly string[] {
  const waiver = waiverIn(seen, plan)
  return waiver === undefined ? [] : [`The rule “wording” is waived for ${waiver.about}: ${waiver.reason}`]
}

/** Sentences about what people must do themselves at other services, because Embargo cannot do it there. */
function byOthers(
  { corrected: { withdrawn }, after: { cve } }: PlannedCorrection,
  project: Project,
): readonly string[] {
  const isElsewhere = cve?.id !== undefined && cve.publishedAt !== undefined && project.cve !== 'own'
  return [
    ...(withdrawn === true && targetModes(project).github !== 'off' ? [AT_GITHUB] : []),
    ...(isElsewhere ? [elsewhere(cve.id, withdrawn === true ? 'reject' : 'update')] : []),
  ]
}

const elsewhere = (id: string, what: 'update' | 'reject'): string =>
  `Another CNA writes the record of ${id}: once this correction is public, "cve update" asks them to ${what} it.`

/** Only the staff of GitHub can withdraw a published advisory. */
const AT_GITHUB =
  'No program can withdraw an advisory at GitHub. The advisory’s title and text will say that it is withdrawn; to have it marked as withdrawn, ask at https://support.github.com.'

const TOLD: Readonly<Record<CorrectionAudience, string>> = {
  everybody: 'The lists, the recipients and the reporter who were told of the publication get a mail.',
  recipients: 'The recipients and the reporter who were told of the publication get a mail; the public lists do not.',
  nobody: 'No list and no recipient gets a mail.',
}

const reason = z.string().min(1).max(CORRECTION_REASON_MAX)
const waive = z.string().min(1).max(CORRECTION_REASON_MAX).exactOptional()

export const correctTwice: TwoPersonRule<Correct> = {
  waits: z.object({
    verb: z.literal('correct'),
    case: CaseId,
    reason,
    changes: Changes,
    tell: CorrectionAudience,
    waive,
  }),
  ...ruleOf<Correct>((seen) => {
    const changes = changesOf(seen)
    if ('gate' in changes) return changes
    const { reason: why, tell } = seen.request
    return plannedBy(seen.state, { type: 'RecordCorrected', reason: why, changes, tell }, seen.at)
  }),
  gates: GATES_OF_TEXTS,
}

/** Publishes the record again with the corrected facts. It takes two people, as the publication did. */
export const correct = defineRequest({
  verb: 'correct',
  content: 'sent',
  gates: GATES_OF_TEXTS,
  decide: (context) => {
    const whole = correctTwice.complete(context)
    return 'gate' in whole ? refused(whole) : askForApproval(context, correctTwice)
  },
  twoPeople: correctTwice,
  inputs: () => [],
})

export const cveCorrection: TwoPersonRule<CorrectCve> = {
  waits: z.object({
    verb: z.literal('correct.cve'),
    case: CaseId,
    cve: CveId.exactOptional(),
    link: z.string().max(2000).exactOptional(),
    reserved: z.object({ test: z.literal(true).exactOptional() }).exactOptional(),
    waive,
  }),
  ...ruleOf<CorrectCve>(({ state, request, at }) => {
    const known = state.cve?.id
    const cve = request.cve ?? known
    if (cve === undefined) return refuse('makes-sense', 'The case has no CVE id.', you('record the id', 'cve.set'))
    if (known !== undefined && known !== cve)
      return refuse(
        'makes-sense',
        `The case has ${known}, and a vulnerability gets only one id.`,
        you('reject the wrong one first, with the reason', 'cve.reject'),
      )
    if ((request.reserved?.test ?? state.cve?.test) === true)
      return refuse(
        'makes-sense',
        `${cve} is from a test instance, and names no vulnerability.`,
        you('name the id that was assigned to this vulnerability', 'cve.set'),
      )
    const { link, reserved } = request
    const doubt = reservationDoubt(state)
    const assigned: readonly CaseEvent[] =
      known === cve
        ? []
        : [
            {
              type: 'CveAssigned',
              cve,
              ...(link === undefined ? {} : { link }),
              ...(reserved === undefined ? {} : { reserved: true }),
            },
            ...(doubt === undefined ? [] : [{ type: 'DoubtSettled', effect: doubt.effect, outcome: 'went' } as const]),
          ]
    const corrected: CorrectionEvent = {
      type: 'RecordCorrected',
      reason: `The CVE id is ${cve}.`,
      changes: {},
      tell: 'nobody',
      cve,
    }
    const withId =
      known === cve
        ? state
        : withCveEvent(state, { type: 'CveAssigned', cve, ...(reserved && { reserved: true }) }, { at })
    return {
      events: [...assigned, corrected],
      corrected,
      after: withCorrectionEvent(withId, corrected, { at }),
    }
  }),
  gates: GATES_OF_TEXTS,
}

/**
 * Puts a late CVE id into every published record. Nothing else changes and no list is mailed, so one person who has
 * seen the records can confirm it alone. Only a waiver of a finding takes a second person.
 */
export const correctCve = defineRequest({
  verb: 'correct.cve',
  content: 'sent',
  gates: GATES_OF_TEXTS,
  decide: (context) => {
    const whole = cveCorrection.complete(context)
    if ('gate' in whole) return refused(whole)
    const { person, request } = context
    if (isInRecords(context)) return nothingToDo(`Every record of this case has ${context.state.cve?.id} already.`)
    if (request.waive !== undefined) return askForApproval(context, cveCorrection)
    if (request.shown?.mails === undefined || person === undefined)
      return senseless('Nothing was shown yet.', you('name the id and look at the records', 'cve.set'))
    const { digest, now = digest, mails, documents = [] } = request.shown
    if (now !== digest)
      return senseless('The records have changed since they were shown.', you('look at them again', 'correct.cve'))
    return onStreams(cveCorrection.run(context, { digest, mails, documents, asker: person.id }))
  },
  twoPeople: cveCorrection,
  inputs: () => [],
})

/**
 * Whether the published records contain the CVE id. They do if the id was assigned before the publication, or before a
 * later correction of the records.
 */
function isInRecords({ state, release }: Context): boolean {
  const { cve, corrections = [], unpublished = [] } = state
  const { assignedAt } = cve ?? {}
  if (assignedAt === undefined || release?.startedAt === undefined || unpublished.includes('cve')) return false
  return assignedAt < release.startedAt || corrections.some(({ at }) => at >= assignedAt)
}

export const withdrawTwice: TwoPersonRule<Withdraw> = {
  waits: z.object({ verb: z.literal('correct.withdraw'), case: CaseId, reason, tell: CorrectionAudience, waive }),
  ...ruleOf<Withdraw>(({ state, request, at }) =>
    plannedBy(
      state,
      { type: 'RecordCorrected', reason: request.reason, changes: {}, tell: request.tell, withdrawn: true },
      at,
    ),
  ),
  gates: GATES_OF_TEXTS,
}

/** Marks every record as withdrawn, with the reason. */
export const correctWithdraw = defineRequest({
  verb: 'correct.withdraw',
  content: 'sent',
  gates: GATES_OF_TEXTS,
  decide: (context) => {
    const whole = withdrawTwice.complete(context)
    return 'gate' in whole ? refused(whole) : askForApproval(context, withdrawTwice)
  },
  twoPeople: withdrawTwice,
  inputs: () => [],
})
