import type { CaseState } from '../state.ts'
import type { RecipientName } from '../../events/answers.ts'
import type { World } from '../../vocabulary/decision.ts'
import type { CaseId, ReleaseId } from '../../shared/ids.ts'
import { suspectedRecipients } from '../world/signals.ts'
import { announcesHeadsUp } from './heads-up.ts'
import type { PrenotifiedRecipient, ReleaseState } from './state.ts'

type ReleaseContext = { readonly release?: ReleaseState | undefined; readonly others: World['others'] }

/** Whether a recipient was told about a case. A list can be limited to one project or to severe cases. */
export const isToldOf = ({ cases }: Pick<PrenotifiedRecipient, 'cases'>, id: CaseId): boolean =>
  cases === undefined || cases.includes(id)

/**
 * The recipients who were told about a case of a release. Those who may have leaked details are left out, because they
 * get no further mails.
 */
export const toldOf = (
  { prenotified }: Pick<ReleaseState, 'prenotified'>,
  { id }: Pick<CaseState, 'id'>,
): readonly PrenotifiedRecipient[] => prenotified.filter((one) => one.suspendedAt === undefined && isToldOf(one, id))

/**
 * Whether any recipient was told about a case of a release before the public. Recipients who were suspended later count
 * too.
 */
export const anybodyToldOf = (
  { prenotified }: Pick<ReleaseState, 'prenotified'>,
  { id }: Pick<CaseState, 'id'>,
): boolean => prenotified.some((one) => isToldOf(one, id))

/**
 * Whether people outside were told about a case of a pre-notified release. If the release has no recipients, the public
 * heads-up counts.
 */
export const isToldAhead = (release: ReleaseState | undefined, state: Pick<CaseState, 'id'>): boolean =>
  release?.is === 'prenotified' &&
  (release.prenotified.length === 0 ? announcesHeadsUp(release) : anybodyToldOf(release, state))

/**
 * The releases whose recipients have patches of a case, the latest first. Releases from before a reopening do not
 * count.
 */
export const heldReleases = ({
  heldIn,
  heldBefore = [],
}: Pick<CaseState, 'heldIn' | 'heldBefore'>): readonly ReleaseId[] =>
  heldIn === undefined ? [] : [heldIn, ...heldBefore]

export const isSameRecipient = (one: RecipientName, other: RecipientName): boolean =>
  one.list === other.list && one.recipient === other.recipient

type HeldCase = Pick<CaseState, 'id' | 'heldIn' | 'heldBefore'>
type SuspectedCase = HeldCase & Pick<CaseState, 'signals'>

/** Everybody who was told about a case in one of these releases, the earliest release first. */
const toldIn = (state: HeldCase, { release, others }: ReleaseContext): readonly PrenotifiedRecipient[] =>
  heldReleases(state)
    .toReversed()
    .flatMap((id) => {
      const one = release?.id === id ? release : others.get(id)
      return one?.kind === 'release' ? one.prenotified.filter((each) => isToldOf(each, state.id)) : []
    })

/**
 * The recipients who got patches of a case, in its release or an earlier one. Each is listed once, in the order in
 * which they were told.
 */
export function everHeld(state: HeldCase, seen: ReleaseContext): readonly PrenotifiedRecipient[] {
  const held = toldIn(state, seen).filter(({ sentAt }) => sentAt !== undefined)
  return held.filter((one, at) => held.findIndex((other) => isSameRecipient(one, other)) === at)
}

/** The recipients who may have leaked details of a case, whether or not a release has suspended them. */
const suspectsOf = (state: SuspectedCase, seen: ReleaseContext): readonly RecipientName[] => [
  ...suspectedRecipients(state),
  ...toldIn(state, seen).filter(isSuspended),
]

const isSuspended = ({ suspendedAt }: PrenotifiedRecipient): boolean => suspendedAt !== undefined

/** Whether a recipient gets no further mails about a case or its release, because they may have leaked details. */
export const getsNothingMore = (state: SuspectedCase, seen: ReleaseContext, to: RecipientName): boolean =>
  [...suspectsOf(state, seen), ...(seen.release?.prenotified.filter(isSuspended) ?? [])].some((one) =>
    isSameRecipient(one, to),
  )

/** The recipients who have patches and still get mails. Those who may have leaked details are left out. */
export function holdersOf(state: SuspectedCase, seen: ReleaseContext): readonly PrenotifiedRecipient[] {
  const out = suspectsOf(state, seen)
  return everHeld(state, seen).filter((one) => !out.some((other) => isSameRecipient(one, other)))
}

/** Whether we still ask recipients to keep this case secret. What is public need not be kept secret. */
export const bindsRecipients = (state: CaseState, world: ReleaseContext): boolean =>
  state.cs.public === undefined && holdersOf(state, world).length > 0
