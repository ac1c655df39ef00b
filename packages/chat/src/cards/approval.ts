import { approvalMentions, forkQuestion, releaseCases, fastPath, policyFor, visibilityOf } from '@embargo/core'
import type { Approval, CaseState, Visibility, Instant, Policy, World } from '@embargo/core'
import type { Card, Line } from '@embargo/engine'
import type { Place } from '../types.ts'
import { typedAt } from '../usage.ts'
import { relatedCases } from '../redact/policy.ts'
import { nameOf } from '../people/names.ts'
import { time } from '../text/times.ts'
import { waitingCommandOf, askedDate, approvalInWords } from './waiting-command.ts'
import { buildCard, notificationOf } from './card.ts'
import { fastPathLines } from './fast-path.ts'
import { titlesOnly, summarize, readableWarning, readStoredPreview } from './stored-preview.ts'
import type { PreviewSections } from './stored-preview.ts'
import { cannotBeUndone } from './irreversible.ts'
import { code, faint, line, strong } from './spans.ts'
import type { LineParts } from './spans.ts'
import { missingFacts } from './missing-facts.ts'

export type ApprovalRequest = {
  readonly state: CaseState
  readonly approval: Approval
  /** What was shown to the person who asks for approval, as the engine stored it. */
  readonly shown: string | undefined
  readonly policy: Policy
  readonly at: Instant
  /** The case with its release, needed for the plan of what happens if secrecy has failed. */
  readonly world?: World
  /** The cases from which this case, or another case of its release, got reports by a merge or a split. */
  readonly before?: readonly CaseState[]
  /** Where the card is read: commands are printed as they are typed there. */
  readonly where: Pick<Place, 'platform' | 'root'>
}

/** A request to the second person: what exactly will happen, what cannot be undone, and who may answer. */
export function approvalCard(request: ApprovalRequest): Card {
  const { state, approval, shown, policy, at } = request
  const open = approval.status === 'open'
  const date = askedDate(approval)
  const sections = open ? readStoredPreview(shown) : undefined
  const readable = sections && readableWarning(sections)
  const input = { case: state.id, approval: approval.id }
  const asker = nameOf(policy, approval.by)
  return buildCard({
    kind: 'approval',
    title: `${state.id} · ${asker} ${approval.mode === 'second-look' ? 'looks again' : 'asks'}: ${approvalInWords(approval)}?`,
    lines: [
      ...(open ? [line(strong(cannotBeUndone(waitingCommandOf(approval)?.verb, { state, policy })))] : []),
      ...(readable === undefined ? [] : [line(readable)]),
      ...(date === undefined ? [] : [line('Release ', time(date, at), '.')]),
      ...(open
        ? [...forkLines(request), ...openLines(request, asker), ...missingFactLines(request), ...planLines(request)]
        : [line(closedLine(approval))]),
      line(faint(`shown ${approval.digest.slice(0, DIGEST_SHOWN)}`)),
    ],
    ...(sections === undefined
      ? {}
      : { quote: { label: 'What will happen, in short', text: whatHappens(request, sections) } }),
    ...(open ? { mentions: approvalMentions(policy, state, approval, at) } : {}),
    actions: open
      ? [
          { label: 'Look and approve', verb: 'approve', input, style: 'primary' },
          { label: 'Refuse', verb: 'approve.no', input, style: 'danger', form: true },
          { label: 'Show all', verb: 'approve', input: { ...input, all: 'yes' } },
        ]
      : [],
    notification: notificationOf(state),
  })
}

/**
 * Says in short what will happen. If the request is about several cases, the card shows titles only: the texts contain
 * details of each case, and everyone on this case, now or later, can read this channel. The button “Show all” shows the
 * texts to people who are on all of these cases.
 */
function whatHappens(request: ApprovalRequest, sections: PreviewSections): string {
  const { state, policy, world, before = [] } = request
  const cases = casesOf(request)
  if (cases.length > 1)
    return `${titlesOnly(sections)}

Only people on all ${cases.length} cases may read the text: press “Show all”.`
  return summarize(
    sections,
    [...(world === undefined ? cases : relatedCases(state, world)), ...before].map((one): Visibility =>
      visibilityOf(policyFor(policy, one).chat),
    ),
  )
}

const casesOf = ({ state, world }: ApprovalRequest): readonly CaseState[] =>
  world === undefined ? [state] : releaseCases({ state, release: world.release, others: world.others })

/**
 * Asks whether the work in the private fork at GitHub is merged. The preview asks this too, but this card shows only
 * the preview's first lines.
 */
function forkLines(request: ApprovalRequest): readonly Line[] {
  const asks = waitingCommandOf(request.approval)?.verb === 'disclose'
  const question = asks ? forkQuestion(request.policy, casesOf(request)) : undefined
  return question === undefined ? [] : [line(question)]
}

/**
 * Facts that nobody has entered for this case. Before somebody approves, they see a preview, which also names the
 * missing facts of the other cases of a release.
 */
function missingFactLines({ approval, state, policy, where }: ApprovalRequest): readonly Line[] {
  const command = waitingCommandOf(approval)
  return command === undefined
    ? []
    : missingFacts(state, { verb: command.verb, policy, where }).map((fact) => line(`⚠ ${fact}`))
}

/** What happens if secrecy has failed. Shown to the second person, who is asked to confirm that it has failed. */
function planLines({ approval, policy, world, at }: ApprovalRequest): readonly Line[] {
  const isSignal = waitingCommandOf(approval)?.verb.startsWith('signal.') === true
  const plan = isSignal && world !== undefined ? fastPath(policy, world, at) : undefined
  return plan === undefined ? [] : fastPathLines(plan)
}

/** How many digits of the digest a card shows: enough to distinguish it from every other digest. */
const DIGEST_SHOWN = 16

function openLines({ approval, state, where }: ApprovalRequest, asker: string): readonly Line[] {
  const { aloneFrom, yesFrom } = approval
  return [
    line(...whoAnswers(approval, asker)),
    ...(aloneFrom === undefined
      ? []
      : [
          line(
            `Without an answer, ${asker} may go on alone from `,
            time(aloneFrom),
            ', with ',
            code(typedAt({ ...where, case: state.id }, 'approve')),
            '.',
          ),
        ]),
    ...(yesFrom === undefined
      ? []
      : [line(strong('Silence counts as a yes: unless somebody refuses, this takes effect '), time(yesFrom), '.')]),
  ]
}

const AGAIN = 'If anything changes first, we ask again.'

function whoAnswers({ mode, notBefore }: Approval, asker: string): LineParts {
  switch (mode) {
    case 'second-look':
      return ['From ', time(notBefore), `, ${asker} looks again and types the case number. `, AGAIN]
    case 'second-admin':
      return [`Any admin on this case but ${asker} can answer. ${AGAIN}`]
    case 'second-person':
      return [`Any team member on this case but ${asker} can answer. ${AGAIN}`]
  }
}

function closedLine(approval: Approval): string {
  if (approval.status === 'given')
    return approval.givenBy === undefined ? 'Approved by silence: nobody refused in time.' : 'Approved.'
  return approval.status === 'refused'
    ? 'Refused. Nothing was done.'
    : 'Something changed after the request, so nothing was done. Ask again.'
}
