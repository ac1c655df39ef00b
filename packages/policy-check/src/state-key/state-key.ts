import { holdersOf, isDocumentStep, isEnded, isOwnPatch, mailStepOf, outdatedTexts } from '@embargo/core'
import { reportsWithoutCreditQuestion } from '@embargo/core'
import type {
  Branch,
  CaseId,
  CaseState,
  CsState,
  DocumentStepId,
  Fix,
  Instant,
  ReleaseState,
  Remediator,
  Report,
  World,
} from '@embargo/core'
import { CASE } from '../scenario.ts'
import type { Scenario } from '../scenario.ts'
import { approvalKey } from './approvals.ts'
import { requestableEndsKey } from './embargo.ts'
import { CASE_FIELDS, RELEASE_NAMED, UNSEEN } from './fields.ts'
import { timeKey, closedTimeKey, finishedTimeKey, stepTimeKey } from './time.ts'
import type { ModelState } from '../state.ts'
import { pendingName, worldAt, worldIn } from '../state.ts'
import { priorDisclosuresKey } from './prior-disclosures.ts'
import { wholeFieldKey } from './whole-fields.ts'
import { openApprovals } from '../view.ts'

/**
 * The canonical text of a state. Two states with the same key allow the same transitions, so only one of them is
 * explored further. A field that is not named in `fields.ts` is in the key in full. So a new field can add states to
 * explore, but hides no state.
 *
 * Every command's outcome is checked before the key is computed, so no finding is lost. The key simplifies these:
 *
 * - Instants: the key says only which are past, and in which order future deadlines come. Rules never compare two
 *   lengths of time, except to see whether a legal release date still fits into the embargo; the key says that, too.
 * - Ids, versions, counters and hashes: rules ask only whether two of them are the same. Where a rule asks, the key has
 * the answer.
 * - Texts and approvals: the key says only whether a text exists, and whether an approval still covers what would be
 *   sent.
 * - Patches: the key says who counts as the author of a patch, but not who verified it.
 */
export function stateKey(scenario: Scenario, current: ModelState, stream: CaseId = CASE): string {
  const world = worldIn(current.states, stream)
  const { case: state, release } = world
  if (state === undefined) return 'nothing'
  if (release?.startedAt !== undefined || (scenario.coarse === true && state.rm === 'closed'))
    return finishedKey(scenario, state, world, current)
  if (state.rm === 'closed') return closedKey(scenario, world, current)
  return [
    caseKey(scenario, state, world, current.now),
    state.branches.map((branch) => branchKey(branch, scenario, current)).join(';'),
    openApprovals(state)
      .map((one) => approvalKey(scenario, one, world, current))
      .join(';'),
    release === undefined ? '-' : releaseKey(release, state),
    pendingKey(current),
    timeKey(scenario, state, release, current),
    rest(state, CASE_FIELDS, current.now),
    release === undefined ? '' : rest(release, RELEASE_NAMED, current.now),
  ].join('|')
}

/** The people on the case, and the people who are barred from it. */
const people = ({ people: on, conflicts = {} }: CaseState): string =>
  `${Object.entries(on)
    .map(([id, role]) => `${id} ${role}`)
    .toSorted()
    .join()}/${Object.keys(conflicts).toSorted().join()}`

/** A time after every deadline. */
const ENDED = { now: Infinity }

/** The key of a closed case. The case can be reopened, but no deadline of its branches runs. */
function closedKey(scenario: Scenario, world: World, current: ModelState): string {
  const { case: state, release } = world
  if (state === undefined) return 'nothing'
  return [
    caseKey(scenario, state, world, current.now),
    state.branches.map((branch) => branchKey(branch, scenario, ENDED)).join(';'),
    openApprovals(state)
      .map((one) => approvalKey(scenario, one, world, current))
      .join(';'),
    release === undefined ? '-' : releaseKey(release, state),
    held(release),
    pendingKey(current),
    closedTimeKey(scenario, state, release, current),
    rest(state, CASE_FIELDS, current.now),
  ].join('|')
}

/**
 * The open approvals of a case that is closed or published. Most of these approvals can only be refused or found void.
 * But a signal that waits for its approval can still begin to count.
 */
const openQuestions = (scenario: Scenario, world: World, current: ModelState): readonly string[] =>
  scenario.coarse === true || world.case === undefined
    ? []
    : openApprovals(world.case).map((one) => approvalKey(scenario, one, world, current))

/**
 * The key of a closed or published case. Patches and texts are left out: they no longer change, and no rule reads them.
 */
function finishedKey(scenario: Scenario, state: CaseState, world: World, current: ModelState): string {
  const { release } = world
  const { rm, em, cs, disposition, acceptedAt, reports } = state
  const again = rm === 'closed' && release?.startedAt === undefined
  const open = again ? [state.severity, state.branches.map(({ name, affected }) => `${name}${affected}`).join()] : []
  const head = [
    rm,
    em.is,
    ...open,
    letters(cs),
    dispositionKey(disposition),
    acceptedAt !== undefined,
    ...reports.map((report) => reportKey(scenario, report)),
  ]
  return [
    head.join(),
    release === undefined ? '-' : releaseKey(release, state),
    held(release),
    stepTimeKey(scenario, release, current.now),
    pendingKey(current),
    people(state),
    ...(scenario.coarse === true
      ? []
      : [
          state.coordinator ?? '',
          offered(scenario, state),
          signals(state),
          undecided(state),
          parked(state),
          wholeFieldKey({ ...state.cve, none: state.withoutCve }, current.now),
          wholeFieldKey({ removed: state.removed, invited: state.invited }, current.now),
          away(state, current.now),
          finishedTimeKey(scenario, state, current.now),
        ]),
    ...openQuestions(scenario, world, current),
  ].join('|')
}

/** Whether somebody holds the release. */
const held = (release: World['release']): string => (release?.held === undefined ? '' : 'held')

const pendingKey = ({ pending }: ModelState): string =>
  pending
    .filter((one) => !one.held)
    .map(pendingName)
    .toSorted()
    .join()

function caseKey(scenario: Scenario, state: CaseState, world: World, now: Instant): string {
  const { rm, em, cs, disposition, severity, coordinator, acknowledgedAt, acceptedAt, advisory } = state
  return [
    rm,
    em.is,
    em.is === 'exited' ? em.reason : '',
    'by' in em ? `${em.by} ${em.proposer ?? ''}` : '',
    requestableEndsKey(scenario, state, now),
    letters(cs),
    dispositionKey(disposition),
    severity ?? '',
    scenario.coarse === true && coordinator !== undefined ? 'owned' : (coordinator ?? ''),
    acknowledgedAt === undefined ? '' : 'acknowledged',
    acceptedAt === undefined ? '' : 'accepted once',
    advisory === undefined ? '' : 'texts',
    state.publishedAt === undefined ? '' : 'facts out',
    state.reports.map((report) => reportKey(scenario, report)).join(';'),
    parked(state),
    signals(state),
    waivers(state),
    offered(scenario, state),
    state.needsInfo === undefined ? '' : 'asked',
    heldPatchesKey(state),
    outdatedNotice(state, world),
    heldElsewhere(state, world),
    priorDisclosuresKey(state, world),
    away(state, now),
    corrections(scenario, state),
  ].join()
}

/** How often the published record was corrected, and whether it is withdrawn. */
const corrections = ({ corrects }: Scenario, { corrections: made = [] }: CaseState): string =>
  corrects === true ? `${made.length} corrections${made.some(({ withdrawn }) => withdrawn) ? ', withdrawn' : ''}` : ''

/** The person to whom the case is offered. */
const offered = ({ coarse }: Scenario, { offer }: CaseState): string =>
  offer === undefined ? '' : coarse === true ? 'offered' : `offered to ${offer.to}`

/** Who is away now; a past absence changes nothing. */
const away = ({ away: absences = {} }: CaseState, now: Instant): string =>
  Object.entries(absences)
    .filter(([, { until }]) => until > now)
    .map(([who]) => who)
    .toSorted()
    .join('+')

/**
 * The signals, each with its suspect, its status (open, in force or refused), and whether a second person must still
 * decide.
 */
const signals = (state: CaseState): string =>
  state.signals
    .map(({ what, is, approval, suspect }) => {
      const through = suspect?.kind === 'recipient' ? ` through ${suspect.list}/${suspect.recipient}` : ''
      return `${what} ${is}${approval === undefined ? '' : ' asked'}${through}`
    })
    .join()

/** Whether the team has not decided yet about a leak. */
const undecided = ({ leakUndecidedSince }: CaseState): string => (leakUndecidedSince === undefined ? '' : 'undecided')

/** Mails about which a person must say whether they were sent. */
const parked = (state: CaseState): string => state.parked.map((one) => `${one.letter}>${one.to}`).join()

const letters = (cs: CsState): string =>
  `${cs.vendorAware === undefined ? 'v' : 'V'}${cs.fixReady === undefined ? 'f' : 'F'}${cs.fixDeployed === undefined ? 'd' : 'D'}${cs.public === undefined ? 'p' : 'P'}${cs.exploit === undefined ? 'x' : 'X'}${cs.attacks === undefined ? 'a' : 'A'}`

function reportKey({ coarse }: Scenario, report: Report): string {
  const { answerable, person, willing, consent, openly, forwarding, free } = report
  const answers = coarse === true ? [] : [willing ?? '', consent ?? '', openly ?? '', forwarding ?? '']
  const unasked = reportsWithoutCreditQuestion([report]).length > 0 ? 'unasked' : ''
  return [answerable, person ?? '', unasked, free === true ? 'free' : '', ...answers].join(' ')
}

/**
 * The waivers that count. A waiver for an older patch is left out: a patch never changes back, so that waiver never
 * counts again.
 */
const waivers = ({ waivers: given, branches }: CaseState): string =>
  given
    .flatMap(({ gate, key }) => {
      const of = branches.find(({ name }) => key.startsWith(`${name}/`))
      const live = of?.fix !== undefined && 'sha256' in of.fix ? of.fix.sha256 : undefined
      const [, sha = ''] = /\b([0-9a-f]{64})$/u.exec(key) ?? []
      if (sha === '') return [`${gate} ${key}`]
      return sha === live ? [`${gate} ${of?.name} live`] : []
    })
    .toSorted()
    .join()

/** Whether recipients have the current patches, and whether they got these patches with another release. */
const heldPatchesKey = ({ held: patches = [], heldIn, release, branches }: CaseState): string =>
  patches.length === 0
    ? ''
    : `${heldIn === undefined ? '' : heldIn === release ? 'held' : 'held elsewhere'} ${patches
        .map(({ branch, sha256 }) => {
          const fix = branches.find(({ name }) => name === branch)?.fix
          return `${branch} ${fix !== undefined && 'sha256' in fix && fix.sha256 === sha256}`
        })
        .join()}`

/**
 * Whether the texts have changed since recipients got them. After the publication has begun, this no longer matters,
 * because no update is sent to recipients.
 */
const outdatedNotice = (state: CaseState, { release }: World): string =>
  release?.startedAt !== undefined || outdatedTexts(state).length === 0 ? '' : 'outdated texts'

/** Which recipients have patches from a release to which the case no longer belongs. */
const heldElsewhere = (state: CaseState, world: World): string =>
  state.heldIn === undefined || state.heldIn === state.release
    ? ''
    : holdersOf(state, world)
        .map(({ list, recipient }) => `by ${list}/${recipient}`)
        .join()

/** The disposition. `valid` and `defense-in-depth` share one value, because their cases go through the same steps. */
const dispositionKey = (disposition: CaseState['disposition']): string =>
  disposition === 'valid' || disposition === 'defense-in-depth' ? 'worth it' : (disposition ?? '')

function branchKey(
  { name, affected, supported, fix, waived }: Branch,
  scenario: Scenario,
  { now }: { readonly now: number },
): string {
  const head = `${name}${affected ? '+' : '-'}${supported ? '' : 'u'}`
  return `${head}${fix === undefined ? '' : fixKey(fix, scenario, now)}${waived === undefined ? '' : waived.kind}`
}

function fixKey(fix: Fix, scenario: Scenario, now: number): string {
  const { policy, people, coarse } = scenario
  if (fix.is === 'assigned') return coarse === true ? 'assigned' : `assigned to ${remediatorName(fix.remediator)}`
  const own = policy.people.filter((one) => people.includes(one.id) && isOwnPatch(fix, one, policy)).map(({ id }) => id)
  const fixKey = `${fix.is}${remediatorKey(scenario, fix)} own of ${own.join('+')}`
  if (fix.verification === undefined || (coarse === true && fix.is !== 'submitted')) return fixKey
  const { of, dueAt, unread } = fix.verification
  const late = dueAt <= now ? 'late' : ''
  const wrote = unread === undefined ? '' : ' who wrote'
  return of === 'team' ? `${fixKey}, asks the team` : `${fixKey}, asks the reporter${wrote} ${late}`
}

/** Who was asked for a patch. Asking somebody else counts as progress, so a stale case is then no longer stale. */
const remediatorKey = ({ idle }: Scenario, { remediator }: Fix): string =>
  idle === true ? ` of ${remediatorName(remediator)}` : ''

const remediatorName = (remediator: Remediator): string =>
  remediator.kind === 'person' ? remediator.person : 'the reporter'

function releaseKey(release: ReleaseState, state: CaseState): string {
  const recipients = release.prenotified.map(
    (one) =>
      `${one.list}/${one.recipient}${one.cases?.join('+') ?? ''}${one.sentAt === undefined ? '' : '!'}${one.suspendedAt === undefined ? '' : 'suspended'}`,
  )
  const steps = release.steps.filter((one) => !isEnded(one))
  const open = steps.flatMap(({ step }) => (isDocumentStep(step) ? [] : [mailStepOf(step).letter]))
  return [
    release.is,
    release.headsUpAt === undefined ? '' : `heads-up ${release.headsUp?.severity} ${release.headsUp?.count}`,
    release.startedAt === undefined ? '' : 'started',
    aheadKey(release, state),
    release.dropped === undefined || release.dropped.length === 0 ? '' : 'dropped',
    Object.keys(release.interim ?? {}).length === 0 ? '' : 'interim',
    release.disclosedAt === undefined ? '' : 'disclosed',
    ...recipients,
    ...steps.map(stepKey),
    ...(release.documents ?? [])
      .filter(({ step }) => steps.some((one) => one.step === step))
      .map(({ step, case: of, mode }) => `${mode} ${step}>${of}${isDelivered(release, step, of) ? ' done' : ''}`),
    ...new Set(release.delivered.filter((one) => open.some((letter) => one.startsWith(`${letter}>`))).toSorted()),
    release.parked
      .map(({ letter, to, step, case: of, doubt }) =>
        step === undefined ? `${letter}>${to}` : `${step}>${of}${doubt ? '?' : ''}`,
      )
      .toSorted()
      .join(),
  ].join()
}

/** Whether a step has begun, and whether the publication still waits for it. */
const stepKey = ({ step, begunAt, passedAt, again }: ReleaseState['steps'][number]): string =>
  `${step}${begunAt === undefined ? '' : ' begun'}${passedAt === undefined && again === undefined ? '' : ' passed'}`

const isDelivered = ({ deliveries = [] }: ReleaseState, step: DocumentStepId, of: CaseId): boolean =>
  deliveries.some((one) => one.step === step && one.case === of)

/** The scheduled publication: its cases, whether they have a fix, and who approved it. */
function aheadKey({ ahead }: ReleaseState, { approvals }: CaseState): string {
  if (ahead === undefined) return ''
  const given = approvals.find(({ status, digest }) => status === 'given' && digest === ahead.digest)
  return `ahead of ${ahead.cases.join('+')}${ahead.unfixed === undefined ? '' : ' unfixed'} by ${given?.by ?? ''} and ${given?.givenBy ?? ''}`
}

/** Every other field, in full. A new field stays in the key in full until somebody decides which part of it matters. */
function rest(state: CaseState | ReleaseState, named: ReadonlySet<string>, now: number): string {
  return wholeFieldKey(Object.fromEntries(Object.entries(state).filter(([name]) => !named.has(name))), now)
}

/**
 * Whether the key is certainly the same as before. It often is, because many commands change nothing that is in the
 * key.
 */
export function keepsKey(before: ModelState, after: ModelState): boolean {
  const { case: was, release: wasRelease } = worldAt(before)
  const { case: is, release: isRelease } = worldAt(after)
  if (was === undefined || is === undefined || wasRelease !== isRelease || before.now !== after.now) return false
  if (before.pending !== after.pending && (before.pending.length > 0 || after.pending.length > 0)) return false
  return sameIn(was, is) && sameIn(is, was)
}

/** Whether each field of `one` has the same value in `other`. Fields that no key contains are not compared. */
function sameIn(one: CaseState, other: CaseState): boolean {
  const values: Readonly<Record<string, unknown>> = other
  for (const [name, value] of Object.entries(one)) if (value !== values[name] && !UNSEEN.has(name)) return false
  return true
}
