import type { CaseEvent } from '../../events/case-events.ts'
import type { ApprovalId, CaseId, PersonId, Sha256 } from '../../shared/ids.ts'
import { isDropQuestion } from '../../state/release/drop-question.ts'
import type { Approval, CaseState } from '../../state/state.ts'
import type { PendingCommand, PersonRequest } from '../../vocabulary/command.ts'

export type VoidCause<Facts> = {
  /** The cause in a sentence, as docs/rules.md shows it. */
  readonly when: string
  /** Whether the cause voids this approval request. */
  readonly voids: (approval: Approval, facts: Facts) => boolean
  /** The reason that the log states. */
  readonly because: (facts: Facts) => string
}

const defineCause = <Facts>(cause: VoidCause<Facts>): VoidCause<Facts> => cause

type VoidedApproval = { readonly approval: ApprovalId; readonly because: string }

/**
 * Whether the request is not a signal. A request has `yesFrom` if it is a signal, because silence counts as a yes to a
 * signal. A signal reports a fact, so it stays valid after the case is reopened or merged, and after its author has
 * left.
 */
const isNoSignal = ({ yesFrom }: Approval): boolean => yesFrom === undefined

/**
 * Requests that stay open when a case is published or closed. They report facts, correct the record, or send mail to
 * single people.
 */
const OUTLIVES_CASE: ReadonlySet<unknown> = new Set<PendingCommand['verb']>([
  'signal.public',
  'signal.exploit',
  'signal.attack',
  'signal.leak',
  'signal.wrong',
  'log-answer.address',
  'party.forward',
  'correct',
  'correct.cve',
  'correct.withdraw',
])

function verbOf(asked: string): unknown {
  const { verb }: { readonly verb?: unknown } = Object(JSON.parse(asked))
  return verb
}

/**
 * Everything that voids a pending approval request. `../publication/hold-causes.ts` lists what stops a publication that
 * was approved in advance.
 */
export const VOID_CAUSES = {
  newerQuestion: defineCause<{ readonly request: PersonRequest }>({
    when: 'The same approval is requested again, with other values or texts.',
    voids: ({ asked }, { request }) => questionOf(JSON.parse(asked)) === questionOf(request),
    because: () => 'a newer question took its place',
  }),
  questionElsewhere: defineCause<{ readonly request: PersonRequest; readonly of: CaseId }>({
    when: 'The same approval about a release is requested in another of its cases.',
    voids: ({ asked }, { request }) => questionOf(JSON.parse(asked)) === questionOf(request),
    because: ({ of }) => `it is asked in ${of} now`,
  }),
  changedPreview: defineCause<{ readonly approval: ApprovalId }>({
    when: 'When the second person approves, the preview differs in any word from the one that was shown.',
    voids: ({ id }, { approval }) => id === approval,
    because: () => 'what would happen is no longer what was shown',
  }),
  askerWithoutRole: defineCause<VoidedApproval>({
    when: 'When the second person approves, the requester no longer has the role for the command. Requests to record a signal remain.',
    voids: (approval, refused) => approval.id === refused.approval && isNoSignal(approval),
    because: ({ because }) => because,
  }),
  brokenRule: defineCause<VoidedApproval>({
    when: 'When the second person approves, or when silence would count as a yes, a rule refuses the command.',
    voids: ({ id }, { approval }) => id === approval,
    because: ({ because }) => because,
  }),
  askerGone: defineCause<{ readonly people: readonly PersonId[]; readonly because: string }>({
    when: 'The requester leaves the case or is removed from it. Requests to record a signal remain.',
    voids: (approval, { people }) => people.includes(approval.by) && isNoSignal(approval),
    because: ({ because }) => because,
  }),
  reopening: defineCause<object>({
    when: 'The case is reopened. Requests to record a signal remain.',
    voids: isNoSignal,
    because: () => 'the case was reopened',
  }),
  merge: defineCause<object>({
    when: 'The case is merged into another. Requests to record a signal remain.',
    voids: isNoSignal,
    because: () => 'the case was merged',
  }),
  publication: defineCause<{ readonly approved: Sha256 }>({
    when: 'The case is published. These requests remain: to record a signal, to log an answer about a reporter’s address, or to forward the report to another vendor.',
    voids: ({ asked, digest }, { approved }) => {
      const verb = verbOf(asked)
      return !OUTLIVES_CASE.has(verb) && !(verb === 'disclose' && digest === approved)
    },
    because: () => 'the publication has begun',
  }),
  closing: defineCause<object>({
    when: 'The case is closed. These requests remain: to record a signal, to log an answer about a reporter’s address, to forward the report to another vendor, or to correct the published record.',
    voids: ({ asked }) => !OUTLIVES_CASE.has(verbOf(asked)),
    because: () => 'the case was closed',
  }),
  otherWayOut: defineCause<object>({
    when: 'The request is to take the case out of a release, and the case has already left the release in another way.',
    voids: isDropQuestion,
    because: () => 'the case is not in that release any more',
  }),
} as const

/** For each open approval request of a case, the event that voids the request, if this cause applies to it. */
export const voidedBy = <Facts>(
  cause: VoidCause<Facts>,
  { approvals }: Pick<CaseState, 'approvals'>,
  facts: Facts,
): readonly CaseEvent[] =>
  approvals
    .filter((one) => one.status === 'open' && cause.voids(one, facts))
    .map(({ id }) => ({ type: 'ApprovalVoided', approval: id, because: cause.because(facts) }))

/** The kind of a request. A newer request replaces only an older one of the same kind. */
export function questionOf(request: unknown): string {
  const { verb, rule, branch, what, suspect, report }: Readonly<Record<string, unknown>> = Object(request)
  return JSON.stringify([verb, rule, branch, what, suspect, report])
}
