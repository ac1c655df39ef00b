import { z } from 'zod'
import type { Append, Refusal } from '../vocabulary/decision.ts'
import type { PersonRequest } from '../vocabulary/command.ts'
import type { CaseEvent } from '../events/case-events.ts'
import { WAIVABLE_GATES } from '../shared/gate-id.ts'
import { GATES } from '../gates/index.ts'
import { caseOpen } from '../gates/case-open.ts'
import { refuse } from '../gates/gate.ts'
import type { Context, Gate, WaiverSubject } from '../gates/gate.ts'
import { waiverAllowed } from '../gates/waiver-allowed.ts'
import { publicationNotBegun } from '../gates/publication-not-begun.ts'
import { isWaived } from '../gates/waivers/ask.ts'
import { subjectOf } from '../gates/waivers/subject.ts'
import { CaseId } from '../shared/ids.ts'
import { Instant } from '../shared/instant.ts'
import { BranchName } from '../shared/words.ts'
import { approverByPolicy } from './approvals/required-approver.ts'
import type { ApprovedContent, TwoPersonRule, PendingContext } from './approvals/two-person-rule.ts'
import { askForApproval } from './approval.ts'
import { nothingToDo, refused, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import { withReadiness } from './readiness.ts'
import { branchWaiver } from './waive-branch.ts'

export type Waive = Extract<PersonRequest, { verb: 'waive' }>

const WAIVE_GATES: readonly Gate[] = [caseOpen, publicationNotBegun, waiverAllowed]

export const waiveTwice: TwoPersonRule<Waive> = {
  waits: z.object({
    verb: z.literal('waive'),
    case: CaseId,
    rule: z.enum(WAIVABLE_GATES),
    reason: z.string(),
    branch: BranchName.exactOptional(),
    at: Instant.exactOptional(),
    key: z.string().exactOptional(),
  }),
  gates: WAIVE_GATES,
  approver: approverByPolicy,
  complete: (seen) => {
    const waiver = waiverOf(seen)
    return 'because' in waiver ? waiver : { ...seen.request, key: waiver.key }
  },
  preview: (seen) => {
    const waiver = waiverOf(seen)
    if ('because' in waiver) return [waiver.because]
    const { rule, reason } = seen.request
    return [
      `The rule “${rule}” is waived for ${waiver.about}.`,
      `The rule: ${GATES[rule].rule}`,
      `The reason: ${reason}`,
      'This waiver covers nothing else, and the status of the case always shows it.',
    ]
  },
  mails: () => [],
  releaseAt: () => undefined,
  run: waived,
}

/** Waives one rule in this case, for one subject, with a reason and a second person. */
export const waive = defineRequest({
  verb: 'waive',
  content: 'checked',
  gates: WAIVE_GATES,
  decide: (context) => {
    const waiver = waiverOf(context)
    if ('because' in waiver) return refused(waiver)
    if (waiver.already) return nothingToDo(`This is waived already, for ${waiver.about}.`)
    const request: Waive = { ...context.request, key: waiver.key }
    return askForApproval({ ...context, request }, waiveTwice)
  },
  twoPeople: waiveTwice,
  inputs: ({ id, branches, dates, preview }) => {
    const base = { verb: 'waive', case: id, reason: 'because' } as const
    const ofBranches = branches.flatMap((branch) =>
      (['fix', 'reporter-check'] as const).map((rule) => ({ ...base, rule, branch })),
    )
    const ofDates = dates().others.flatMap((at) =>
      (['notice', 'hours'] as const).map((rule) => ({ ...base, rule, at })),
    )
    return [...ofBranches, ...ofDates, { ...base, rule: 'cve' } as const].map((bare) => ({
      ...bare,
      shown: preview(bare),
    }))
  },
})

type Waiver = WaiverSubject & {
  readonly already: boolean
  readonly event?: Extract<CaseEvent, { type: 'BranchWaived' }>
}

/** The requested waiver, or why there is nothing to waive. */
function waiverOf(seen: PendingContext<Waive>): Waiver | Refusal {
  const { state, request } = seen
  if (request.rule === 'fix') return branchWaiver(seen)
  const subject = subjectOf(request.rule, { ...seen, request: passing(request) })
  if (subject !== undefined) return { ...subject, already: isWaived(state, request.rule, subject) }
  return refuse(
    'makes-sense',
    NOTHING[request.rule] ?? `The rule “${request.rule}” stops nothing here, so there is nothing to waive.`,
    [...you('look at what is still missing', 'status')],
  )
}

const NOTHING: Readonly<Partial<Record<Waive['rule'], string>>> = {
  notice: 'This waiver is for a date that is too soon for the promised notice. Name the refused date with --at.',
  hours: 'No release date is named. Name the refused date with --at.',
  'reporter-check': 'Either no patch waits for the reporter, or several do. If several do, name the branch.',
  'plain-text':
    'This waiver cannot help: either every recipient has a key or accepts plain text, or a recipient on linux-distros has no key, and that list takes only encrypted mail.',
  wording: 'The check of the public texts stops no sentence.',
  credit: 'Every reporter who can be reached was asked how to be credited, so there is nothing to waive.',
}

/** The request that the rule refuses now and that would pass with this waiver. */
function passing({ rule, case: id, branch, at }: Waive): PersonRequest {
  if (rule === 'reporter-check')
    return { verb: 'confirm', case: id, fixed: true, ...(branch === undefined ? {} : { branch }) }
  return { verb: 'prenotify', case: id, ...(at === undefined ? {} : { at }) }
}

/** The events after the second person's approval. */
function waived(context: Context<Waive>, { asker }: ApprovedContent): readonly Append[] {
  const { state, person, request } = context
  const waiver = waiverOf(context)
  if ('because' in waiver || waiver.already) return []
  const { key, about, event } = waiver
  const { rule: gate, reason } = request
  const by = person === undefined ? {} : { by: person.id }
  const granted: CaseEvent = { type: 'GateWaived', gate, key, about, reason, askedBy: asker, ...by }
  return event === undefined ? [{ stream: state.id, events: [granted] }] : withReadiness(context, [granted, event])
}
