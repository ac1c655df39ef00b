import { embargoInForce } from '../../embargo/evolve.ts'
import type { Approval, Branch, CaseState, CsState, Fix, Report } from '../../case/state.ts'
import type { World } from '../../case/decision.ts'
import { addresseeKey } from '../../case/addressee.ts'
import { questionOf } from '../../case/commands/approval.ts'
import { waitingCommand } from '../../case/second/index.ts'
import type { Waiting } from '../../case/second/index.ts'
import { stepOf } from '../../release/steps/index.ts'
import type { ReleaseState } from '../../release/state.ts'
import { inReleaseWindow } from '../calendar.ts'
import type { Policy } from '../schema.ts'
import { isOwnPatch } from '../gates/verification.ts'
import type { Arena } from './arena.ts'
import { deadlinesOf } from './moments.ts'
import { legalRelease } from './legal-release.ts'
import type { Place } from './place.ts'
import { worldAt } from './place.ts'
import { rendered } from './digest.ts'
import { foldWhole } from './fold-whole.ts'
import { openApprovals } from './view.ts'

/**
 * The canonical text of a place: two places with the same text can do the same things, so only one is explored further.
 * A field that is not named here is kept whole, so a new one costs places and never hides one.
 *
 * What is abstracted, and why no finding is lost (every command's outcome is checked before it is folded):
 *
 * - An instant is only past or to come, and the deadlines to come keep their order: rules compare the time with a
 *   deadline, never two distances. The one distance that rules measure, whether a legal release date still fits into the
 *   embargo, is kept as such.
 * - Ids, versions, counters and hashes name things; rules ask only whether two are the same, which is kept where it is asked.
 * - A text is there or not. What an approval covers is kept as: still what would leave, or not.
 * - Who wrote a patch is kept as: whose own it is; a verified one no longer says who looked.
 */
export function keyOf(arena: Arena, place: Place): string {
  const world = worldAt(place)
  const { case: state, release } = world
  if (state === undefined) return 'nothing'
  if (state.rm === 'closed' || release?.startedAt !== undefined) return overKey(state, release, place)
  return [
    caseKey(state),
    state.branches.map((branch) => branchKey(branch, arena, place)).join(';'),
    openApprovals(state)
      .map((one) => approvalKey(arena, one, world, place))
      .join(';'),
    release === undefined ? '-' : releaseKey(release),
    owed(place),
    timeKey(arena, state, release, place),
    rest(state, CASE_FIELDS, place.now),
    release === undefined ? '' : rest(release, RELEASE_NAMED, place.now),
  ].join('|')
}

/** Who is on the case and who is barred from it. */
const people = ({ people: on, conflicts = {} }: CaseState): string =>
  `${Object.entries(on)
    .map(([id, role]) => `${id} ${role}`)
    .toSorted()
    .join()}/${Object.keys(conflicts).toSorted().join()}`

/** Closed, or published: patches, texts and questions stand still from here on, and no rule reads them. */
function overKey(state: CaseState, release: ReleaseState | undefined, place: Place): string {
  const { rm, em, cs, disposition, acceptedAt, reports } = state
  const again = rm === 'closed' && release?.startedAt === undefined
  const open = again ? [state.severity, state.branches.map(({ name, affected }) => `${name}${affected}`).join()] : []
  const head = [
    rm,
    em.is,
    ...open,
    letters(cs),
    found(disposition),
    acceptedAt !== undefined,
    ...reports.map(reportKey),
  ]
  return [head.join(), release === undefined ? '-' : releaseKey(release), owed(place), people(state)].join('|')
}

const owed = ({ pending }: Place): string =>
  pending
    .filter((one) => !one.held)
    .map((one) => `${one.letter}>${addresseeKey(one.to)}`)
    .toSorted()
    .join()

function caseKey(state: CaseState): string {
  const { rm, em, cs, disposition, severity, coordinator, acknowledgedAt, acceptedAt, advisory } = state
  return [
    rm,
    em.is,
    em.is === 'exited' ? em.reason : '',
    'by' in em ? `${em.by} ${em.proposer ?? ''}` : '',
    letters(cs),
    found(disposition),
    severity ?? '',
    coordinator === undefined ? '' : 'owned',
    acknowledgedAt === undefined ? '' : 'acknowledged',
    acceptedAt === undefined ? '' : 'accepted once',
    advisory === undefined ? '' : 'texts',
    state.reports.map(reportKey).join(';'),
    state.parked.map((one) => `${one.letter}>${one.to}`).join(),
    state.signals.map((one) => `${one.what} ${one.is}`).join(),
    state.waivers
      .map((one) => `${one.gate} ${one.key}`)
      .toSorted()
      .join(),
    state.offer === undefined ? '' : 'offered',
    state.needsInfo === undefined ? '' : 'asked',
  ].join()
}

const letters = (cs: CsState): string =>
  `${cs.vendorAware === undefined ? 'v' : 'V'}${cs.fixReady === undefined ? 'f' : 'F'}${cs.fixDeployed === undefined ? 'd' : 'D'}${cs.public === undefined ? 'p' : 'P'}${cs.exploit === undefined ? 'x' : 'X'}${cs.attacks === undefined ? 'a' : 'A'}`

const reportKey = ({ answerable, person }: Report): string => `${answerable}${person ?? ''}`

/** Found worth working on: valid and defense in depth go the same way. */
const found = (disposition: CaseState['disposition']): string =>
  disposition === 'valid' || disposition === 'defense-in-depth' ? 'worth it' : (disposition ?? '')

function branchKey({ name, affected, supported, fix, waived }: Branch, arena: Arena, { now }: Place): string {
  const head = `${name}${affected ? '+' : '-'}${supported ? '' : 'u'}`
  return `${head}${fix === undefined ? '' : fixKey(fix, arena, now)}${waived === undefined ? '' : waived.kind}`
}

function fixKey(fix: Fix, { policy, people }: Arena, now: number): string {
  if (fix.is === 'assigned') return 'assigned'
  const own = policy.people.filter((one) => people.includes(one.id) && isOwnPatch(fix, one, policy)).map(({ id }) => id)
  const whose = `${fix.is} own of ${own.join('+')}`
  if (fix.is !== 'submitted' || fix.verification === undefined) return whose
  const { of, dueAt } = fix.verification
  return of === 'team' ? `${whose}, asks the team` : `${whose}, asks the reporter ${dueAt <= now ? 'late' : ''}`
}

function approvalKey({ policy }: Arena, one: Approval, world: World, { now }: Place): string {
  const waiting = waitingCommand(one)
  const fresh = rendered(policy, world, waiting, now).digest === one.digest
  return `${questionOf(waiting)} by ${one.by} ${one.mode} ${fresh} ${one.notBefore <= now} ${isPast(one.aloneFrom, now)} ${isPast(one.yesFrom, now)} ${dateKey(policy, world, waiting)}`
}

/** What a date that waits for a yes is asked about again when the yes comes. */
function dateKey(policy: Policy, { case: state }: World, waiting: Waiting): string {
  if (!('at' in waiting) || waiting.at === undefined) return ''
  const late = state !== undefined && embargoInForce(state.em) && waiting.at > state.em.end
  return `${late ? 'late' : ''}${inReleaseWindow(policy, waiting.at) ? '' : 'shut'}`
}

const isPast = (at: number | undefined, now: number): boolean => at !== undefined && at <= now

function releaseKey(release: ReleaseState): string {
  const told = release.prenotified.map(
    (one) =>
      `${one.list}/${one.recipient}${one.sentAt === undefined ? '' : '!'}${one.suspendedAt === undefined ? '' : 'suspended'}`,
  )
  const open = release.steps.filter((one) => one.doneAt === undefined).map(({ step }) => stepOf(step)?.letter)
  return [
    release.is,
    release.headsUpAt === undefined ? '' : 'heads-up',
    release.startedAt === undefined ? '' : 'started',
    release.ahead === undefined ? '' : 'ahead',
    release.dropped === undefined || release.dropped.length === 0 ? '' : 'dropped',
    Object.keys(release.interim ?? {}).length === 0 ? '' : 'interim',
    release.disclosedAt === undefined ? '' : 'disclosed',
    ...told,
    ...open,
    ...new Set(release.delivered.filter((one) => open.some((letter) => one.startsWith(`${letter}>`))).toSorted()),
    release.parked
      .map((one) => `${one.letter}>${one.to}`)
      .toSorted()
      .join(),
  ].join()
}

/** Past or to come, the order of what is to come, and whether a legal date fits before the embargo's end. */
function timeKey(arena: Arena, state: CaseState, release: ReleaseState | undefined, { now }: Place): string {
  const deadlines = deadlinesOf(state, release)
  const over = deadlines.filter(({ at }) => at <= now).map(({ name }) => name)
  const coming = deadlines
    .filter(({ at }) => at > now)
    .toSorted((a, b) => a.at - b.at)
    .map(({ name, at }, index, all) => `${all[index - 1]?.at === at ? '=' : '<'}${name}`)
  const legal = embargoInForce(state.em) ? legalRelease(arena.policy, state, now) : undefined
  const fits = legal === undefined || !embargoInForce(state.em) || legal <= state.em.end
  return `${over.join()}:${coming.join('')}:${fits}`
}

/** Everything that is not named above, kept whole. A new field is kept until somebody says here what of it matters. */
function rest(state: CaseState | ReleaseState, named: ReadonlySet<string>, now: number): string {
  return foldWhole(Object.fromEntries(Object.entries(state).filter(([name]) => !named.has(name))), now)
}

/** Fields that the key shows in its own words. */
const SHOWN: readonly (keyof CaseState)[] = [
  'rm',
  'em',
  'cs',
  'signals',
  'acknowledgedAt',
  'coordinator',
  'disposition',
  'severity',
  'acceptedAt',
  'advisory',
  'reports',
  'branches',
  'release',
  'approvals',
  'waivers',
  'parked',
  'offer',
  'needsInfo',
]

/**
 * Fields that no key shows. What names and counts: nothing is decided by it. When something was: only clocks measure from
 * it, and what a clock tells is not kept; where a clock changes the case, what it changes is shown. Links, evidence and
 * rests of reminders: shown to people alone.
 */
const UNSHOWN: readonly (keyof CaseState)[] = [
  'kind',
  'id',
  'project',
  'openedAt',
  'round',
  'releasesSoFar',
  'movedAt',
  'decidedAt',
  'ratedAt',
  'upToDate',
  'reopenedAt',
  'ownedSince',
  'unownedSince',
  'embargoFrom',
  'publishedAt',
  'links',
  'duties',
  'snoozed',
]

const CASE_NAMED: ReadonlySet<string> = new Set([...SHOWN, ...UNSHOWN])

const RELEASE_NAMED: ReadonlySet<string> = new Set<keyof ReleaseState>([
  'kind',
  'id',
  'version',
  'is',
  'lastEventAt',
  'at',
  'cases',
  'prenotified',
  'prenotifiedAt',
  'headsUpAt',
  'startedAt',
  'steps',
  'delivered',
  'disclosedAt',
  'parked',
  'approved',
  'ahead',
  'dropped',
  'interim',
  'releaser',
])

/** Fields of a case that no key looks at. */
const UNSEEN: ReadonlySet<string> = new Set<keyof CaseState>([
  'version',
  'lastEventAt',
  'acknowledgedBy',
  'cvss3',
  'cvss4',
  'cwe',
  'closedAt',
  'messages',
  'quarantined',
  'lastMailOutAt',
  'lastReply',
  'divided',
  'reminded',
  'unanswered',
  'channels',
  'told',
])

/** All fields that are not kept whole. */
const CASE_FIELDS: ReadonlySet<string> = new Set([...CASE_NAMED, ...UNSEEN])

/** Whether a place differs from the one before in nothing that its key could show: most commands change a text. */
export function foldsAlike(before: Place, after: Place): boolean {
  const { case: was, release: wasRelease } = worldAt(before)
  const { case: is, release: isRelease } = worldAt(after)
  if (was === undefined || is === undefined || wasRelease !== isRelease || before.now !== after.now) return false
  if (before.pending !== after.pending && (before.pending.length > 0 || after.pending.length > 0)) return false
  return Object.entries(is).every(([name, value]) => UNSEEN.has(name) || value === Object(was)[name])
}
