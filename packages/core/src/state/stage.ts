import { isToldAhead } from './release/holders.ts'
import { dropQuestion } from './release/drop-question.ts'
import type { ReleaseState } from './release/state.ts'
import { embargoInForce } from './embargo/evolve.ts'
import type { CaseId } from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import { frozenBySignal } from './world/signals.ts'
import type { Branch } from './fix/state.ts'
import type { CaseState } from './state.ts'

export const STAGES = [
  'closed',
  'rejected',
  'deferred',
  'publishing',
  'disclosed',
  'prenotified',
  'ready',
  'confirming',
  'fixing',
  'assessing',
  'acknowledged',
  'received',
] as const
export type Stage = (typeof STAGES)[number]

/** A stage as people write it. */
export const stageInWords = (stage: Stage): string => (stage === 'prenotified' ? 'pre-notified' : stage)

type Row = { readonly stage: Stage; readonly when: (state: CaseState, release: ReleaseState | undefined) => boolean }

/** The first row whose condition is true gives the stage of a case. */
const TABLE: readonly Row[] = [
  { stage: 'closed', when: (state) => state.rm === 'closed' },
  { stage: 'rejected', when: (state) => state.rm === 'invalid' },
  { stage: 'deferred', when: (state) => state.rm === 'deferred' },
  { stage: 'publishing', when: isNothingPublic },
  { stage: 'disclosed', when: (_state, release) => release?.is === 'released' },
  { stage: 'prenotified', when: (state, release) => isToldAhead(release, state) },
  { stage: 'ready', when: (state) => state.rm === 'accepted' && state.cs.fixReady !== undefined },
  { stage: 'confirming', when: (state) => state.rm === 'accepted' && everyBranchHasPatch(state) },
  { stage: 'fixing', when: (state) => state.rm === 'accepted' },
  { stage: 'assessing', when: (state) => state.rm === 'valid' },
  { stage: 'acknowledged', when: (state) => state.acknowledgedAt !== undefined },
]

/**
 * Whether our publication has begun but none of its steps is done, for example while it waits for the fixed versions.
 * False if somebody else made the case public before.
 */
export function isNothingPublic({ cs }: Pick<CaseState, 'cs'>, release: ReleaseState | undefined): boolean {
  const { startedAt, correction, disclosedAt, steps = [] } = release ?? {}
  return (
    startedAt !== undefined &&
    correction === undefined &&
    disclosedAt === undefined &&
    cs.public !== undefined &&
    cs.public >= startedAt &&
    !steps.some(({ doneAt }) => doneAt !== undefined)
  )
}

/**
 * When the public learned of the case. While our own publication waits for the fixed versions, this is undefined,
 * unless the case was public before.
 */
export function publicSince({ cs }: Pick<CaseState, 'cs'>, release: ReleaseState | undefined): Instant | undefined {
  const { startedAt, publicAt } = release ?? {}
  return startedAt === undefined || cs.public === undefined || cs.public < startedAt ? cs.public : publicAt
}

/** The stage that people see: computed, never stored. */
export function stageOf(state: CaseState, release?: ReleaseState): Stage {
  return TABLE.find((row) => row.when(state, release))?.stage ?? 'received'
}

/** Flags that are shown beside the stage. */
export function flagsOf(state: CaseState, release?: ReleaseState): readonly string[] {
  const flags: readonly (readonly [boolean, string])[] = [
    [state.cs.public !== undefined && !isNothingPublic(state, release), 'public'],
    [state.cs.exploit !== undefined, 'exploited'],
    [state.cs.attacks !== undefined, 'attacked'],
    [state.fixWithdrawnAt !== undefined && state.rm === 'accepted', 'fix withdrawn'],
    [state.needsInfo !== undefined, 'needs info'],
    [state.em.is === 'exited', 'embargo over'],
    [state.waiting !== undefined, 'waiting on a party'],
    [state.answeredAfterClosing !== undefined, 'mail after closing'],
    [frozenBySignal(state) || dropQuestion(state) !== undefined, 'frozen'],
    [state.leakUndecidedSince !== undefined, 'leaked'],
    [state.quarantined.length > 0, 'quarantined mail'],
    [state.parked.length > 0, 'needs a decision'],
    [state.undelivered !== undefined, 'mail came back'],
  ]
  return flags.filter(([set]) => set).map(([, name]) => name)
}

/** The branches that a release must fix. */
export const branchesToFix = (state: CaseState): readonly Branch[] =>
  state.branches.filter((branch) => branch.affected && branch.supported)

export const hasLivePatch = (branch: Branch): boolean => branch.fix !== undefined && branch.fix.is !== 'assigned'

function everyBranchHasPatch(state: CaseState): boolean {
  const branches = branchesToFix(state)
  return branches.length > 0 && branches.every((branch) => hasLivePatch(branch) || branch.waived !== undefined)
}

/**
 * F (fix ready): the case is accepted, each affected supported branch is verified or waived, and at least one is really
 * fixed.
 */
export function fixIsReady(state: CaseState): boolean {
  const branches = branchesToFix(state)
  return (
    state.rm === 'accepted' &&
    branches.length > 0 &&
    branches.every((branch) => branch.fix?.is === 'verified' || branch.waived !== undefined) &&
    branches.some((branch) => branch.fix?.is === 'verified' || branch.waived?.kind === 'unverified')
  )
}

export const underEmbargo = (state: CaseState): boolean => embargoInForce(state.em)

/** The case that this case was merged into and that now has its reports. Undefined if no report moved there. */
export const reportsAreIn = ({ mergedInto, moved }: Pick<CaseState, 'mergedInto' | 'moved'>): CaseId | undefined =>
  moved.some(({ to }) => to === mergedInto) ? mergedInto : undefined
