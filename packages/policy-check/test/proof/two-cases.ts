import { clocks, CveId, DAY, later, mergeTerms, MessageId, pendingCommand } from '@embargo/core'
import type {
  Actor,
  CaseId,
  CaseState,
  Instant,
  PersonRequest,
  ReleaseState,
  State,
  StreamId,
  PendingCommand,
} from '@embargo/core'
import type { Scenario } from '../../src/scenario.ts'
import { hashOf, previewOf } from '../../src/preview.ts'
import type { ExploreOptions } from '../../src/explore.ts'
import { stateKey } from '../../src/state-key/state-key.ts'
import type { Model } from '../../src/model.ts'
import { deadlinesOf } from '../../src/deadlines.ts'
import { outcomesOf } from '../../src/transitions.ts'
import type { Transition } from '../../src/transitions.ts'
import { worldIn } from '../../src/state.ts'
import type { ModelState } from '../../src/state.ts'
import { withLiveApprovals } from '../../src/normalise.ts'
import { openApprovals } from '../../src/view.ts'
import { ana, ben, BLOB, HASH, person } from '../sample-policy.ts'
import { startOfTwoCases, DATE, NEXT_WEEK, ONE, RELEASE, TWO } from './two-cases-start.ts'

/**
 * Two cases of one project with one release day. The first case is ready. The second has a patch that may still be
 * unchecked on the release day. Releases are planned, moved and cancelled, and cases are added to them and dropped from
 * them. One case can be merged into the other and split off again.
 */
export const twoCases = (scenario: Scenario): Model => ({
  start: normalised(startOfTwoCases(scenario)),
  transitions: (current) => [
    ...CASES.flatMap((id) => asked(scenario, current, id)),
    ...told(scenario, current),
    ...mailed(current),
  ],
  key: (current) => [...CASES.map((id) => stateKey(scenario, current, id)), together(current)].join('##'),
  sameKey: () => false,
  // Every state counts as an end, so it is not checked whether the cases can still end. In this model they often
  // cannot: a case that misses the last release date can never be published.
  over: () => true,
  normalise: normalised,
  instants: ({ now, states }) =>
    [...CASES.flatMap((id) => deadlines(scenario, worldIn(states, id))), NEXT_WEEK]
      .filter((at) => at > now)
      .toSorted((a, b) => a - b),
})

const CASES = [ONE, TWO] as const
const PEOPLE = [ana, ben] as const
const LINK = 'https://www.cve.org/CVERecord'

function deadlines(scenario: Scenario, { case: state, release }: ReturnType<typeof worldIn>): readonly Instant[] {
  return state === undefined ? [] : deadlinesOf(scenario, state, release).map(({ at }) => at)
}

/** Which releases there are, and which cases each contains. */
const together = ({ states }: ModelState): string =>
  [...states.values()]
    .flatMap((state) =>
      state.kind === 'release'
        ? [`${state.id === RELEASE ? 'planned' : 'other'} ${state.is} ${state.cases.join('+')}`]
        : [],
    )
    .toSorted()
    .join()

/** Removes what no rule reads, and releases that contain no case. */
function normalised(current: ModelState): ModelState {
  const states = new Map<StreamId, State>()
  const inUse = new Set(CASES.map((id) => worldIn(current.states, id).release?.id))
  for (const [stream, state] of current.states) {
    if (state.kind === 'release' ? inUse.has(state.id) : CASES.some((id) => id === stream))
      states.set(stream, state.kind === 'case' ? plain(state, worldIn(current.states, state.id).release) : state)
  }
  return { ...current, states, pending: current.pending.filter(({ stream }) => states.has(stream)) }
}

const plain = (state: CaseState, release: ReleaseState | undefined): CaseState => ({
  ...withLiveApprovals(state, release?.ahead?.digest),
  told: {},
  channels: {},
  quarantined: [],
})

/** The commands that people try in one case. */
function asked(scenario: Scenario, current: ModelState, id: CaseId): readonly Transition[] {
  const { policy } = scenario
  const world = worldIn(current.states, id)
  const { case: state } = world
  if (state === undefined) return []
  const withPreview = <R extends PendingCommand>(bare: R): R => ({
    ...bare,
    shown: previewOf(policy, world, bare, current.now),
  })
  const because = { case: id, reason: 'because' } as const
  const other = id === ONE ? TWO : ONE
  const requests: readonly PersonRequest[] = [
    { verb: 'release.plan', case: id, at: DATE },
    { verb: 'release.add', case: id, release: RELEASE },
    { verb: 'release.drop', ...because },
    withPreview({ verb: 'release.cancel', ...because }),
    withPreview({ verb: 'release.move', ...because, at: NEXT_WEEK }),
    withPreview({ verb: 'prenotify', case: id }),
    withPreview({ verb: 'prenotify', case: id, at: DATE }),
    withPreview({ verb: 'prenotify.update', ...because }),
    withPreview({ verb: 'disclose', case: id }),
    withPreview({ verb: 'disclose', case: id, unfixed: 'because' }),
    withPreview({ verb: 'signal.public', case: id, link: LINK }),
    ...openApprovals(state).flatMap((approval): readonly PersonRequest[] => {
      const now = previewOf(policy, world, pendingCommand(approval), current.now)
      const yes = { verb: 'approve', case: id, approval: approval.id, typedCase: id } as const
      return [
        { ...yes, shown: { ...now, digest: approval.digest } },
        { ...yes, shown: { ...now, digest: hashOf(now.digest) } },
      ]
    }),
    { verb: 'approve.no', ...because },
    { verb: 'confirm', case: id, fixed: true, note: 'because' },
    { verb: 'confirm', case: id, fixed: false, note: 'because' },
    { verb: 'patch', case: id, sha256: HASH, blob: BLOB, fileName: 'fix.patch' },
    { verb: 'advisory', case: id, component: 'one', impact: 'bad' },
    { verb: 'triage.duplicate', case: id, of: other, end: endOf(current, id, other) },
    ...state.reports.map(
      ({ id: report }) => ({ verb: 'open.report', ...because, report, project: state.project }) as const,
    ),
    { verb: 'cve.request', case: id },
    { verb: 'cve.set', case: id, cve: CveId.parse('CVE-1900-0001') },
    { verb: 'cve.published', case: id, link: LINK },
    { verb: 'cve.reject', ...because },
    { verb: 'close', ...because },
    { verb: 'triage.not-now', ...because },
    { verb: 'reopen', ...because },
  ]
  return PEOPLE.flatMap((who) => requests.map((request): Transition => [{ actor: person(who), request }]))
}

/** The end of the embargo that the engine shows to people before they merge two cases. */
function endOf(current: ModelState, from: CaseId, into: CaseId): Instant | 'none' {
  const mine = worldIn(current.states, from).case
  const { case: theirs, release } = worldIn(current.states, into)
  return mine === undefined || theirs === undefined ? 'none' : (mergeTerms(mine, theirs, release).end ?? 'none')
}

const by = (part: 'clock' | 'dispatcher' | 'mail'): Actor => ({ kind: 'system', part })

/** The reminders and deadlines of each case that are due by now. */
const told = (scenario: Scenario, current: ModelState): readonly Transition[] =>
  CASES.flatMap((id) => clocks(scenario.policy, worldIn(current.states, id))).flatMap(
    ({ stream, clock, round, moments }) =>
      moments
        .filter(({ at }) => at <= current.now)
        .map(({ fraction }): Transition => [
          { actor: by('clock'), request: { verb: 'fire-clock', stream, clock, round, fraction } },
        ]),
  )

/** The possible outcomes of the next mail of a release, and an incoming mail from each reporter. */
const mailed = ({ pending, states }: ModelState): readonly Transition[] => [
  ...pending.slice(0, 1).flatMap((one) =>
    outcomesOf(one)
      .filter(({ is }) => is !== 'parked')
      .map((outcome): Transition => [
        {
          actor: by('dispatcher'),
          request: { verb: 'record-outcome', stream: one.stream, effect: one.effect, outcome },
        },
      ]),
  ),
  ...CASES.flatMap((id) =>
    (worldIn(states, id).case?.reports ?? []).slice(0, 1).map(({ id: report }): Transition => [
      {
        actor: by('mail'),
        request: {
          verb: 'take-in-message',
          case: id,
          message: MessageId.parse(`next-${id}`),
          from: 'reporter',
          report,
          trust: 'nothing-proven',
          automatic: false,
        },
      },
    ]),
  ),
]

export const TWO_CASES_BOUND =
  'two cases, one release day: mails that are taken in order, one merge and one split, one question open in both, until the first is published; moving, cancelling, closing, CVE ids, signals and changed texts are tried everywhere and followed nowhere'

const NOT_FOLLOWED: ReadonlySet<string> = new Set([
  'cve.request',
  'cve.set',
  'cve.published',
  'cve.reject',
  'signal.public',
  'advisory',
  'take-in-message',
  'patch',
  'release.cancel',
  'release.move',
  'prenotify.update',
  'approve.no',
  'close',
  'triage.not-now',
  'reopen',
])

/**
 * Commands about the release. The exploration continues after such a command only if it was given in the first case.
 */
const FROM_THE_FIRST: ReadonlySet<string> = new Set(['prenotify', 'release.plan'])

/** The exploration ends at this time: two weeks after the first release date. */
const LAST = later(DATE, 14 * DAY)

export const followsTwoCases: NonNullable<ExploreOptions['follows']> = ({ request, actor }, after) => {
  if (NOT_FOLLOWED.has(request.verb)) return false
  if (FROM_THE_FIRST.has(request.verb) && 'case' in request && request.case !== ONE) return false
  if (actor.kind === 'person' && actor.person === ben && request.verb !== 'approve') return false
  if (request.verb === 'confirm' && !request.fixed) return false
  if (request.verb === 'record-outcome' && request.outcome.is !== 'mail-accepted') return false
  const states = CASES.flatMap((id) => worldIn(after.states, id).case ?? [])
  return (
    after.now <= LAST &&
    states.reduce((sum, state) => sum + openApprovals(state).length, 0) <= 1 &&
    states.reduce((sum, { moved }) => sum + moved.length, 0) <= 1
  )
}
