import type { Severity } from '../shared/words.ts'
import type { CaseEvent } from '../events/case-events.ts'
import { caseOpen } from '../gates/case-open.ts'
import { noSignalPendingAtClosing } from '../gates/no-signal-pending.ts'
import { frozen } from '../gates/frozen.ts'
import type { Context, Gate } from '../gates/gate.ts'
import { publicationNotBegun } from '../gates/publication-not-begun.ts'
import { bindsRecipients } from '../state/release/holders.ts'
import { leaveRelease } from './publication/leave-release.ts'
import { endingEmbargo } from '../state/embargo/ending.ts'
import { maybeSpam, rmAfterDisposition } from '../state/report/disposition.ts'
import { tooLowForAttacks } from '../state/report/severity-floor.ts'
import { rmAllows } from '../state/report/transitions.ts'
import type { Append, Decision } from '../vocabulary/decision.ts'
import { maySee } from '../state/people/need-to-know.ts'
import type { CaseId } from '../shared/ids.ts'
import { exclusions } from './people/exclusions.ts'
import { mergeAppends } from '../vocabulary/merge-appends.ts'
import type { CaseState } from '../state/state.ts'
import type { Disposition } from '../shared/words.ts'
import { acknowledgment } from './ack.ts'
import { VOID_CAUSES, voidedBy } from './approvals/void-causes.ts'
import { nothingToDo, onStreams, refused, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import { readiness } from './readiness.ts'
import { branchRecorded } from './triage-affects.ts'

const DEFERS: ReadonlySet<Disposition> = new Set(['info-only', 'already-fixed', 'other-vendor'])
/** Dispositions whose letter makes no sense without the team's own reason. */
const SAYS_WHY: ReadonlySet<Disposition> = new Set(['invalid', 'out-of-scope', 'info-only', 'defense-in-depth'])
const ENDS_AT_ONCE: ReadonlySet<Disposition> = new Set([
  'invalid',
  'out-of-scope',
  'spam',
  'info-only',
  'already-fixed',
  'other-vendor',
])

/** Refuses a decision that would end the case while a signal waits. Other decisions are possible. */
const noSignalLost: Gate = {
  id: 'frozen',
  check: (context) =>
    context.request.verb === 'triage' && ENDS_AT_ONCE.has(context.request.disposition)
      ? noSignalPendingAtClosing.check(context)
      : undefined,
}

/**
 * Records validity, severity, CVSS and CWE. If the report describes no vulnerability, this one command acknowledges it,
 * answers it and closes the case.
 */
export const triage = defineRequest({
  verb: 'triage',
  gates: [caseOpen, publicationNotBegun, frozen, noSignalLost],
  decide: (context) => {
    const { state, request } = context
    const { disposition, severity, cvss3, cvss4, cwe, reason, vendor, contact, fixedIn, branches = [] } = request
    const goesOn = disposition === 'valid' || disposition === 'defense-in-depth'
    if (disposition === 'spam' && state.disposition !== disposition && !maybeSpam(state)) return moreThanSpam(state)
    if (state.rm === 'accepted' && !goesOn) {
      return senseless('The case is accepted and worked on.', you('close it with the reason instead', 'close'))
    }
    if (!goesOn && bindsRecipients(state, context)) {
      return senseless(
        'Recipients have patches of this case, and are told when it closes.',
        you('close it, with a reason that the recipients will read', 'close'),
      )
    }
    if (!rmAllows(state.rm, rmAfterDisposition(state.rm, disposition))) {
      return senseless(
        `The case was found valid and is ${state.rm}.`,
        you('close it with the reason; a new report opens a new case', 'close'),
      )
    }
    if (SAYS_WHY.has(disposition) && reason === undefined && state.disposition !== disposition) {
      return senseless(
        'The reporter must be told why, and no reason is given.',
        you('add a reason that the reporter will read', 'triage'),
      )
    }
    if (disposition === 'duplicate' && state.disposition !== disposition) {
      return senseless(
        'A duplicate needs the number of the earlier case.',
        you('name the earlier case', 'triage.duplicate'),
      )
    }
    if (disposition === 'other-vendor' && contact === undefined && state.disposition !== disposition) {
      return senseless(
        'The reporter must be told whom to contact, and no contact is given.',
        you('add the vendor’s contact', 'triage'),
      )
    }
    if (severity !== undefined && state.cs.attacks !== undefined && tooLowForAttacks(severity)) {
      return senseless('Attacks are observed, so the severity is at least high.', [
        ...you('rate it high or critical', 'triage'),
        { who: 'two people', how: 'record that there were no attacks', verb: 'signal.wrong' },
      ])
    }
    if (branches.length > 0 && !goesOn) {
      return senseless(
        'Branches can be affected only if the report is valid, or a reason to harden the software.',
        you('leave the branches out', 'triage'),
      )
    }
    const named = branches.flatMap((branch) => branchRecorded(context, branch) ?? [])
    const unknown = named.find((one) => 'gate' in one)
    if (unknown !== undefined) return refused(unknown)
    const affecting = named.flatMap((one) => ('gate' in one ? [] : [one]))
    const following = request.follows === undefined ? NOTHING_FOLLOWED : follow(context, request.follows, goesOn)
    if ('ok' in following) return following
    const already = state.disposition === disposition
    const words = {
      ...(reason === undefined ? {} : { reason }),
      ...(vendor === undefined ? {} : { vendor }),
      ...(contact === undefined ? {} : { contact }),
      ...(fixedIn === undefined ? {} : { fixedIn }),
    }
    const decided: readonly CaseEvent[] = already ? [] : [{ type: 'DispositionSet', disposition, ...words }]
    const rated: readonly CaseEvent[] =
      severity === undefined || isRated(state, { severity, cvss3, cvss4 })
        ? []
        : [
            {
              type: 'SeverityRated',
              severity,
              ...ratedBefore(state, severity),
              ...(cvss3 === undefined ? {} : { cvss3 }),
              ...(cvss4 === undefined ? {} : { cvss4 }),
              ...(already && reason !== undefined ? { reason } : {}),
            },
          ]
    const classified: readonly CaseEvent[] =
      cwe === undefined || cwe === state.cwe ? [] : [{ type: 'WeaknessClassified', cwe }]
    const deferred: readonly CaseEvent[] =
      DEFERS.has(disposition) && state.rm !== 'deferred' ? [{ type: 'CaseDeferred' }] : []
    const ends: readonly CaseEvent[] = ENDS_AT_ONCE.has(disposition) ? closing(state, reason) : []
    const greeted = goesOn ? acknowledgment(context) : quietAcknowledgment(context)
    // The severity is recorded before the disposition, because the disposition sends the outcome mail, and this mail
    // names the severity.
    const allEvents = [
      ...following.here,
      ...greeted,
      ...rated,
      ...classified,
      ...decided,
      ...affecting,
      ...deferred,
      ...ends,
    ]
    const events = affecting.length === 0 ? allEvents : [...allEvents, ...readiness(context, allEvents)]
    if (events.length === 0) return nothingToDo(`The case is triaged as ${disposition} already, with the same values.`)
    const departure = ends.length === 0 ? [] : leaveRelease(context, 'the case is closed')
    return onStreams(mergeAppends([...departure, { stream: state.id, events }, ...following.there]))
  },
  // Two severities are enough for `packages/policy-check`, because severities differ only in lead times and waiting
  // times.
  inputs: ({ id }) => [
    ...(['high', 'low'] as const).map(
      (severity) => ({ verb: 'triage', case: id, disposition: 'valid', severity }) as const,
    ),
    { verb: 'triage', case: id, disposition: 'valid' },
    ...(['invalid', 'spam', 'info-only', 'duplicate', 'defense-in-depth'] as const).map(
      (disposition) => ({ verb: 'triage', case: id, disposition, reason: 'because' }) as const,
    ),
    { verb: 'triage', case: id, disposition: 'invalid' },
  ],
})

type FollowUpEvents = { readonly here: readonly CaseEvent[]; readonly there: readonly Append[] }

const NOTHING_FOLLOWED: FollowUpEvents = { here: [], there: [] }

/**
 * Links this case to a public case that it follows, for example because the public case's fix is incomplete. People who
 * are barred from the public case become barred from this case too.
 */
function follow(context: Context, id: CaseId, goesOn: boolean): FollowUpEvents | Decision {
  const { state, others, person, whole } = context
  if (state.links.some((one) => one.as === 'follows' && one.case === id)) return NOTHING_FOLLOWED
  const followed = others.get(id)
  if (followed?.kind !== 'case' || followed.id === state.id || !maySee(followed, person?.id))
    return senseless(
      'There is no such case, or you do not work on it.',
      you('name the case that this one follows', 'triage'),
    )
  if (!goesOn || followed.cs.public === undefined || followed.practice !== state.practice)
    return senseless(
      `Only a valid report can follow ${followed.id}, and only once that case is public.`,
      you('leave out --follows, or merge the two cases', 'triage.duplicate'),
    )
  return {
    here: [
      ...exclusions(whole, { from: followed, into: state, coming: [] }),
      { type: 'CaseLinked', case: followed.id, as: 'follows' },
    ],
    there: [{ stream: followed.id, events: [{ type: 'CaseLinked', case: state.id, as: 'followed-by' }] }],
  }
}

/**
 * Refuses to mark a case as spam if there is more to it. Spam closes a case without an answer, so an old button must
 * not close a case on which people work.
 */
function moreThanSpam({ rm, reports }: CaseState): Decision {
  if (reports.length > 1)
    return senseless(
      `The case has ${reports.length} reports, and closing it as spam would leave every reporter without an answer.`,
      you('split the spam report off into a separate case, and triage that case as spam', 'open.report'),
    )
  return rm === 'accepted'
    ? senseless('The case is accepted and worked on.', you('close it with the reason instead', 'close'))
    : senseless('Spam is closed without an answer, and this case was already found to be more than spam.', [
        ...you('say that it is invalid, with a reason that the reporter will read', 'triage'),
        ...you('close it with the reason', 'close'),
      ])
}

const ratedBefore = ({ severity: was }: CaseState, severity: Severity): { readonly was?: Severity } =>
  was === undefined || was === severity ? {} : { was }

type Rating = Pick<CaseState, 'severity' | 'cvss3' | 'cvss4'>

/** Whether the request changes nothing. A value that the request leaves out stays as it is. */
const isRated = (
  state: CaseState,
  { severity, cvss3, cvss4 }: { [K in keyof Rating]: Rating[K] | undefined },
): boolean =>
  state.severity === severity &&
  (cvss3 === undefined || cvss3 === state.cvss3) &&
  (cvss4 === undefined || cvss4 === state.cvss4)

/** An acknowledgment that sends no mail, because the outcome mail of the same command is enough. */
function quietAcknowledgment(context: Parameters<typeof acknowledgment>[0]): readonly CaseEvent[] {
  const { state, person } = context
  if (state.acknowledgedAt !== undefined || person === undefined) return []
  return [{ type: 'CoordinatorSet', person: person.id }]
}

/**
 * The events that close a case. Before the closing itself, they void open approval requests, end the embargo and reject
 * an open proposal.
 */
export function closing(state: Pick<CaseState, 'em' | 'approvals'>, reason: string | undefined): readonly CaseEvent[] {
  const ended = [...voidedBy(VOID_CAUSES.closing, state, {}), ...endingEmbargo(state.em, 'closed')]
  return [...ended, { type: 'CaseClosed', ...(reason === undefined ? {} : { reason }) }]
}
