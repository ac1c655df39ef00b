import {
  branchesToFix,
  deadlineOf,
  doubtsOf,
  missingFactsOf,
  openProposal,
  openSignals,
  policyFor,
  publicSince,
  reporterName,
  stepOf,
  unreadMails,
  unreadOfRecipients,
  unreadOfVendors,
} from '@embargo/core'
import type {
  Branch,
  CaseState,
  GateId,
  Instant,
  Outlook,
  Refusal,
  ReleaseState,
  SignalKind,
  Stage,
} from '@embargo/core'
import type { Line, Span } from '@embargo/engine'
import { nameOf } from '../people/names.ts'
import { typedAt } from '../usage.ts'
import { cut } from '../text/safe-text.ts'
import { shortDay } from '../text/dates.ts'
import { askedByMail } from '../text/mail-backlog.ts'
import { distanceOf, timeNow } from '../text/times.ts'
import { progressLines } from './pinned-progress.ts'
import { clockAbout } from './clock-about.ts'
import { headsUpLines } from './heads-up.ts'
import { addresseeInWords, letterInWords } from './letters.ts'
import { line, outside, strong } from './spans.ts'
import type { LineParts } from './spans.ts'
import type { PinnedRequest } from './status.ts'

/** A line of the pinned card. If not all lines fit, those with the highest rank are left out first. */
export type RankedLine = { readonly rank: number; readonly line: Line }

/** The rank of lines that are never left out. */
export const ALWAYS = 0
const TROUBLE = 1
const EMBARGO = 2
const MISSING = 3
const PROGRESS = 4
const ASKED = 5

type CaseProgress = { readonly stage: Stage; readonly seen: Outlook | undefined; readonly columns: number }

/** The lines above and below the next step, and whether any of them is about a problem. */
type PinnedFacts = {
  readonly above: readonly RankedLine[]
  readonly below: readonly RankedLine[]
  readonly troubled: boolean
}

export function pinnedFacts(request: PinnedRequest, known: CaseProgress): PinnedFacts {
  const { state, world, at } = request
  const signals = ranked(TROUBLE, signalLines(request))
  const troubles = ranked(TROUBLE, [...troubleLines(state, world.release), ...outdatedLines(request)])
  const { stage } = known
  return {
    above: [...signals, ...ranked(PROGRESS, publicLine(request, stage))],
    below: [
      ...ranked(MISSING, missingLines(request, known)),
      ...ranked(PROGRESS, progressLines(request, stage)),
      ...ranked(ASKED, askedLines(request)),
      ...ranked(ASKED, isOut(stage) ? laterLines(known) : []),
      ...ranked(MISSING, mailLines(request)),
      ...ranked(EMBARGO, isOut(stage) || stage === 'closed' ? [] : embargoLines(state, at)),
      ...troubles,
    ],
    troubled: signals.length + troubles.length > 0,
  }
}

/** Whether our publication has ended the embargo. */
const isOut = (stage: Stage): boolean => stage === 'publishing' || stage === 'disclosed'

/** Says since when the case is public. If a publication has begun but nothing is public yet, says when it began. */
function publicLine({ state, world: { release }, at }: PinnedRequest, stage: Stage): readonly LineParts[] {
  if (stage === 'publishing' && release?.startedAt !== undefined) {
    // Nothing else becomes public before the fixed versions do, so a publication may have to wait for them.
    const waits = release.steps[0]?.step === 'fixed-versions'
    return [[waits ? 'Publication waiting since ' : 'Publication began ', timeNow(release.startedAt, at)]]
  }
  const since = stage === 'disclosed' ? publicSince(state, release) : undefined
  return since === undefined ? [] : [['Public since ', timeNow(since, at)]]
}

const ranked = (rank: number, lines: readonly LineParts[]): readonly RankedLine[] =>
  lines.map((parts) => ({ rank, line: line(...parts) }))

const REPORTED: Readonly<Record<SignalKind, string>> = {
  public: 'that it is public',
  exploit: 'an exploit',
  attack: 'attacks',
  leak: 'a leak',
}

const signalLines = ({ state, policy }: PinnedRequest): readonly LineParts[] =>
  openSignals(state)
    .slice(0, 1)
    .map(({ what, approval }) => {
      const by = state.approvals.find(({ id }) => id === approval)?.by
      return [`${nameOf(policy, by)} reports ${REPORTED[what]}. Embargoed mail held.`]
    })

/** What a rule waits for, in a word or two. Rules that the next step already mentions are not in this list. */
const MISSED: Readonly<Partial<Record<GateId, string>>> = {
  'texts-complete': 'advisory text',
  cve: 'CVE id',
  credit: 'credit question',
  'recipient-consent': 'consent of recipients',
  'plain-text': 'keys of recipients',
}

function missingLines(request: PinnedRequest, { stage, seen }: CaseProgress): readonly LineParts[] {
  const { state, policy } = request
  if (!['fixing', 'confirming', 'ready', 'prenotified'].includes(stage)) return []
  const refusals = (seen?.missing ?? []).map(({ refusal }) => refusal)
  const { rangesOf, versionsOf, cve } = missingFactsOf(state, policyFor(policy, state))
  const words = [
    ...branchesToFix(state).flatMap(missingOfBranch),
    ...refusals.flatMap((refusal) =>
      refusal.gate === 'wording' ? rewording(refusal, request) : (MISSED[refusal.gate] ?? []),
    ),
    ...(cve ? [MISSED.cve ?? ''] : []),
    ...versionsOf.map((name) => `fixed version of ${name}`),
    ...rangesOf.map((name) => `affected versions of ${name}`),
  ]
  return words.length === 0 ? [] : [[strong('Missing: '), [...new Set(words)].join(', ')]]
}

/**
 * Says what must be reworded before the publication: an affected range, with the command that changes the range, or a
 * text.
 */
function rewording({ facts }: Refusal, { state, platform, root }: PinnedRequest): readonly string[] {
  const { case: of, branch, text } = facts
  if (of !== undefined && of !== state.id) return [`new wording in ${of}`]
  if (typeof branch !== 'string') return [`new wording in the ${text ?? 'advisory'}`]
  const range = state.branches.find(({ name }) => name === branch)?.range
  const place = { platform, case: state.id, ...(root === undefined ? {} : { root }) }
  const wrong = range === undefined ? '' : `, not ${range}`
  return [`versions of ${branch}${wrong}: ${typedAt(place, `triage affects ${branch}`)}`]
}

function missingOfBranch({ name, fix, waived }: Branch): readonly string[] {
  if (waived !== undefined || fix?.is === 'verified') return []
  return fix === undefined || fix.is === 'assigned' ? [`${name} patch`] : [`check of ${name}`]
}

/** The people outside the team whom we asked something, what we asked, and when. */
function askedLines({ state, policy, at, mailBacklog }: PinnedRequest): readonly LineParts[] {
  const { needsInfo, waiting, offer } = state
  const proposal = openProposal(state.em)
  const mailed = (letter: Parameters<typeof askedByMail>[0], time: Instant, undelivered?: boolean): LineParts =>
    undelivered === true
      ? [' (it did not arrive)']
      : askedByMail(letter, mailBacklog, '') === ''
        ? [' (', distanceOf(time, at), ')']
        : [' (not mailed yet)']
  return [
    ...(needsInfo === undefined
      ? []
      : [
          [
            strong('Asked: '),
            `${reporterName(state, needsInfo.report)}, our question`,
            ...mailed('question', needsInfo.askedAt, needsInfo.undelivered),
          ],
        ]),
    ...(proposal?.by === 'team'
      ? [[strong('Asked: '), 'the reporter, about a new date (', distanceOf(proposal.proposedAt, at), ')']]
      : []),
    ...(proposal?.by === 'reporter' ? [['They ask for ', timeNow(proposal.end, at)]] : []),
    ...state.branches.flatMap(({ name, fix, waived }): readonly LineParts[] => {
      const verification = waived === undefined && fix?.is === 'submitted' ? fix.verification : undefined
      return verification?.of === 'reporter'
        ? [
            [
              strong('Asked: '),
              `${reporterName(state, verification.report)}, check ${name}`,
              ...mailed('verification-request', verification.askedAt, verification.undelivered),
            ],
          ]
        : []
    }),
    ...(offer === undefined
      ? []
      : [[strong('Asked: '), `${nameOf(policy, offer.to)}, take the case? (`, distanceOf(offer.at, at), ')']]),
    ...(waiting === undefined
      ? []
      : [[strong('Waiting: '), outside(waiting.party, 'another party'), ' (', distanceOf(waiting.since, at), ')']]),
  ]
}

/** The soonest deadline besides the one that the next step ends. */
function laterLines({ seen, columns }: CaseProgress): readonly LineParts[] {
  const [one] = (seen?.clocks ?? []).filter((clock) => !isNext(clock, seen?.next))
  if (one === undefined) return []
  const [begin, end] = ['Then: ', ` by ${shortDay(one.due)}`]
  const about = clockAbout(one)
  // If the line is too long, the task is cut and the date stays, because the date says when to look again.
  return [[strong(begin), { ...about, text: cut(about.text, columns - begin.length - end.length) }, end]]
}

/** Whether the next step ends this deadline. If so, the card names the deadline already. */
const isNext = ({ clock, about, due }: Outlook['clocks'][number], next: Outlook['next'] | undefined): boolean =>
  next?.due === due &&
  (about === next.action || (next.verb !== undefined && deadlineOf(clock)?.verbs?.includes(next.verb) === true))

function mailLines({ state, world, mailBacklog }: PinnedRequest): readonly LineParts[] {
  const unread =
    unreadMails(state).length + unreadOfRecipients(state, world.release).length + unreadOfVendors(state).length
  const words = [
    ...(unread === 0 ? [] : [`${unread} unanswered`]),
    ...(mailBacklog === undefined ? [] : [`${mailBacklog.letters.length} not sent (no relay is set)`]),
  ]
  return words.length === 0 ? [] : [[strong('Mail: '), words.join(', ')]]
}

/** `Embargo ends Mon 24 Aug, 11:00 (in 61 days)` */
function embargoLines({ em }: CaseState, at: Instant): readonly LineParts[] {
  const until = (end: Instant): Span => timeNow(end, at)
  switch (em.is) {
    case 'none':
      return [['No embargo']]
    case 'proposed':
      return [['Embargo asked until ', until(em.end)]]
    case 'exited':
      return [['Embargo over since ', { ...until(em.at), at: { instant: em.at } }]]
    case 'active':
    case 'revise':
      return [['Embargo ends ', until(em.end)]]
  }
}

/** The first mail or step that failed, or that may have failed. “More” shows the others. */
const troubleLines = (state: CaseState, release: ReleaseState | undefined): readonly LineParts[] =>
  doubtsOf(state, release)
    .slice(0, 1)
    .map(({ letter, step, to, doubt, because }) => {
      const ofStep = step === undefined ? 'something' : stepOf(step).short
      const topic = letter === undefined ? ofStep : letterInWords(letter)
      const addressee = to === undefined ? '' : ` to ${addresseeInWords(to, state)}`
      const done = letter === undefined ? 'done' : 'sent'
      return [doubt ? `? ${topic}${addressee} may have been ${done}: ` : `✗ ${topic}${addressee}: `, outside(because)]
    })

const outdatedLines = ({ state, world, platform }: PinnedRequest): readonly LineParts[] =>
  headsUpLines(world, { platform, case: state.id }).length === 0 ? [] : [['✗ The public heads-up is no longer true']]
