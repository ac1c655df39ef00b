import {
  bindsRecipients,
  deadlineOf,
  holdersOf,
  fastPath,
  flagsOf,
  isoInstant,
  outlook,
  stageOf,
  isToldOf,
  reporterName,
} from '@embargo/core'
import type {
  CaseState,
  Instant,
  NextAction,
  Outlook,
  PersonId,
  Platform,
  Policy,
  ReleaseState,
  World,
} from '@embargo/core'
import type { Card, Field, FormatGap, Line, MailBacklog } from '@embargo/engine'
import { ownerName } from '../people/names.ts'
import { counted, fromNow, shortDay } from '../text/dates.ts'
import { askedByMail, mailBacklogLine, waitingForRelay } from '../text/mail-backlog.ts'
import { timeThisYear, withTimes } from '../text/times.ts'
import type { ChatCommand } from '../chat-command.ts'
import { typedAt } from '../usage.ts'
import type { TypedPlace } from '../usage.ts'
import { typedRequest } from '../verbs.ts'
import { WAIVED } from './waiver-words.ts'
import { approvalInWords, openApprovals, shortNameOf } from './waiting-command.ts'
import { branchLine } from './branches.ts'
import { buildCard, notificationOf } from './card.ts'
import { furtherActions } from './further-actions.ts'
import { clockAbout } from './clock-about.ts'
import { embargoLine } from './embargo-line.ts'
import { fastPathLines } from './fast-path.ts'
import { waySpans } from './refusal.ts'
import { formatGapLine } from './format-gaps.ts'
import { headsUpLines } from './heads-up.ts'
import { faint, joined, line, outside, plain, sentence } from './spans.ts'
import type { LineParts } from './spans.ts'
import { statusActions } from './status-actions.ts'
import { advisoryLine, awaited, cveLine, linksLine, notMailedLine, unansweredLine } from './status-lines.ts'

export type PinnedRequest = {
  readonly state: CaseState
  readonly world: World
  readonly policy: Policy
  readonly at: Instant
  readonly mailBacklog?: MailBacklog | undefined
  readonly platform: Platform
  /** The root command's name on this platform, if it was renamed. */
  readonly root?: string
}

export type StatusRequest = PinnedRequest & {
  readonly viewer?: PersonId
  /** What the documents of the publication lack. */
  readonly gaps?: readonly FormatGap[]
  /**
   * The commands that are offered where the card is read. Ways to lift a refusal are printed as people type them there.
   */
  readonly commands: readonly ChatCommand[]
}

/** If secrecy has failed: lines that say what happens now. */
function planLines({ policy, world, at }: StatusRequest): readonly Line[] {
  const plan = fastPath(policy, world, at)
  return plan === undefined ? [] : fastPathLines(plan)
}

/** The whole status of a case: what the pinned card has behind “More”. */
export function statusCard(request: StatusRequest): Card {
  const { state, world, policy, at, viewer, mailBacklog } = request
  const seen = outlook(policy, world, at, viewer)
  const next = waitingForRelay(seen?.next, mailBacklog)
  const stage = stageOf(state, world.release)
  const flags = flagsOf(state, world.release)
  const head = [state.id, stage, state.severity ?? 'not rated'].join(' · ')
  const actionable = { state, world, policy, at, next }
  const actions = statusActions(actionable, stage)
  return buildCard({
    kind: 'status',
    title: flags.length === 0 ? head : `${head}   ⚑ ${flags.join(', ')}`,
    fields: [
      ...field('Embargo ends', embargoLine(state, at)),
      ...field('Next', nextLine(policy, next, at)),
      ...field('Branches', [
        state.branches.map((branch) => branchLine({ policy, state }, branch, { authors: true })).join(' · '),
      ]),
      ...field('Release', world.release === undefined ? [] : releaseLine(world.release, state)),
      ...field('Patches held', heldLine(state, world)),
      ...field('Not mailed', notMailedLine(world)),
      ...field('Mail', mailBacklog === undefined ? [] : [mailBacklogLine(mailBacklog)]),
      ...field('Waiting on', waitingLine(request)),
      ...field('Unanswered', unansweredLine(state, world.release)),
      ...waivedFields(state, policy),
      ...field('Linked', linksLine(state)),
      ...field('CVE', cveLine(state)),
      ...field('Advisory', advisoryLine(state)),
      ...(request.gaps ?? []).map((gap) => ({
        label: 'Not entered',
        value: line(sentence(formatGapLine(gap, { place: placeOf(request), id: state.id }))),
      })),
      ...(seen === undefined
        ? []
        : [...missingFields(seen, request), ...field('Clocks', clocksLine(seen, at, mailBacklog))]),
    ],
    lines: [
      ...planLines(request),
      ...headsUpLines(world, { ...placeOf(request), case: state.id }),
      line(faint(`More in ${typedAt(placeOf(request), 'help')}`)),
    ],
    // A terminal prints a command for each action. There, commands for the further actions would hide the next step.
    actions: request.platform === 'terminal' ? actions : [...actions, ...furtherActions(actionable, actions)],
    notification: notificationOf(state),
  })
}

const placeOf = ({ platform, root, state }: StatusRequest): TypedPlace => ({
  platform,
  case: state.id,
  ...(root === undefined ? {} : { root }),
})

function field(label: string, parts: LineParts): readonly Field[] {
  const value = line(...parts).filter((span) => span.text !== '')
  return value.length === 0 ? [] : [{ label, value }]
}

const dueInWords = (due: Instant, now: Instant): string => `${due < now ? 'overdue since' : 'due'} ${shortDay(due)}`

/** `Ana: submit the patch for 4.2 · due Fri 3 Jul`; `Ben: approve or refuse (or any team member but Ana)` */
export function nextLine(policy: Policy, next: NextAction | undefined, now: Instant): LineParts {
  if (next === undefined) return []
  const due = next.due === undefined ? '' : ` · ${dueInWords(next.due, now)}`
  const others = next.others === undefined ? '' : ` (or ${next.others})`
  return [`${ownerName(policy, next.owner)}: `, ...withTimes(next.action, plain), others, due]
}

/**
 * The waivers: which rules this case is allowed to skip, for what, why, and who decided that. They stay in the status.
 */
function waivedFields({ waivers }: CaseState, policy: Policy): readonly Field[] {
  return waivers.map(({ gate, about, reason, askedBy, by }) => ({
    label: 'Waived',
    value: line(
      plain(`${WAIVED[gate]}, for `),
      ...withTimes(about, sentence),
      plain(': '),
      outside(reason),
      faint(` (${[...new Set([askedBy, by ?? askedBy])].map((one) => ownerName(policy, one)).join(' and ')})`),
    ),
  }))
}

/** What the case still lacks, in the words of a refusal, so that the status and the refusals always agree. */
function missingFields({ missing }: Outlook, request: StatusRequest): readonly Field[] {
  const { state, world, commands } = request
  const ways = { place: placeOf(request), commands, seen: { id: state.id, state, world, before: [] } }
  return missing.map(({ toward, refusal }) => ({
    label: 'Still missing',
    value: line(
      plain(`to ${typedRequest(toward)}: `),
      ...withTimes(refusal.because, sentence),
      plain(' '),
      ...joined(
        refusal.liftedBy.map((lift) => waySpans(lift, { refusal, ...ways })),
        ' · ',
      ),
    ),
  }))
}

/** Whether the clock waits for an answer to a mail that has not been sent. */
function isOfKeptMail(clock: string, kept: MailBacklog | undefined): boolean {
  const { askedBy } = deadlineOf(clock) ?? {}
  return askedBy !== undefined && kept?.letters.includes(askedBy) === true
}

/** The most clocks that are shown. More clocks would not help a reader to find the next thing to do. */
const CLOCKS_SHOWN = 3

/** The clocks, the soonest first, except the end of the embargo, which has a line of its own. */
function clocksLine({ clocks }: Outlook, now: Instant, kept: MailBacklog | undefined): LineParts {
  const all = clocks.filter(({ clock }) => clock !== 'embargo-end' && !isOfKeptMail(clock, kept))
  const more = all.length - CLOCKS_SHOWN
  const shown = all
    .slice(0, CLOCKS_SHOWN)
    .map((one) => [clockAbout(one), ` · ${one.due < now ? 'overdue since' : 'due'} `, timeThisYear(one.due)])
  return joined(more > 0 ? [...shown, [`and ${counted(more, 'more clock')}`]] : shown, ' · ')
}

function releaseLine(release: ReleaseState, { id }: CaseState): LineParts {
  const cases = counted(release.cases.length, 'case')
  const ofIt = release.prenotified.filter((one) => isToldOf(one, id))
  const of = ofIt.length
  const sentCount = ofIt.filter((one) => one.sentAt !== undefined).length
  const have = ofIt.filter((one) => one.acknowledgedAt !== undefined).length
  const parts: readonly LineParts[] = [
    // A release of several cases is shown by its month. The state `scheduled` is left out, because the date already
    // shows that the release is planned.
    release.implicit || release.at === undefined ? [] : [isoInstant(release.at).slice(0, 7)],
    release.implicit || release.is !== 'scheduled' ? [release.is === 'released' ? 'published' : release.is] : [],
    release.at === undefined ? [] : [timeThisYear(release.at)],
    [cases],
    of === 0
      ? release.prenotified.length === 0
        ? []
        : ['no recipient list is told of this case']
      : [`recipients notified ${sentCount} of ${of}`],
    have === 0 ? [] : [`acknowledged ${have} of ${of}`],
    release.ahead === undefined ? [] : ['approved, begins automatically'],
  ]
  return joined(parts, ' · ')
}

/** If the case is in no release now, names recipients who still have its patches from an earlier release. */
function heldLine(state: CaseState, world: World): LineParts {
  const holders = state.release === undefined && bindsRecipients(state, world) ? holdersOf(state, world) : []
  return holders.length === 0
    ? []
    : [`by ${holders.map(({ recipient }) => recipient).join(', ')}, from an earlier release`]
}

function waitingLine({ state, policy, at, mailBacklog }: StatusRequest): LineParts {
  const open = openApprovals(state)
  const questions = open.map((approval): LineParts => {
    const name = open.length > 1 ? `(${shortNameOf(approval)}) ` : ''
    const request = `${name}to ${approvalInWords(approval)}`
    return approval.mode !== 'second-look'
      ? [`a second person ${request} (${ownerName(policy, approval.by)} asked ${fromNow(approval.askedAt, at)})`]
      : [`a second look by ${ownerName(policy, approval.by)} ${request}, from `, timeThisYear(approval.notBefore)]
  })
  const verifying = state.branches.flatMap((branch): readonly LineParts[] => {
    const waits = branch.waived === undefined && branch.fix?.is === 'submitted'
    if (!waits || branch.fix?.verification === undefined) return []
    const { of, report, askedAt } = branch.fix.verification
    return of === 'reporter'
      ? [
          [
            `${reporterName(state, report)}: does the patch for ${branch.name} fix it? (${askedByMail('verification-request', mailBacklog, `asked ${fromNow(askedAt, at)}`)})`,
          ],
        ]
      : []
  })
  if (state.rm === 'closed') return joined(questions, ' · ')
  const { offer } = state
  const offered: readonly LineParts[] =
    offer === undefined ? [] : [[`${ownerName(policy, offer.to)}: take the case? (asked ${fromNow(offer.at, at)})`]]
  return joined([...questions, ...verifying, ...awaited(state, at, mailBacklog), ...offered], ' · ')
}
