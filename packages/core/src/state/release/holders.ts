import type { CaseState } from '../state.ts'
import type { RecipientName } from '../../events/answers.ts'
import type { World } from '../../vocabulary/decision.ts'
import type { CaseId, ReleaseId } from '../../shared/ids.ts'
import { suspectedRecipients } from '../world/signals.ts'
import { announcesHeadsUp } from './heads-up.ts'
import type { Prenotified, ReleaseState } from './state.ts'

type Seen = { readonly release?: ReleaseState | undefined; readonly others: World['others'] }

/**
 * Whether a recipient was told of a case. A list of one project, or one that hears only of severe cases, was not told
 * of the others.
 */
export const isToldOf = ({ cases }: Pick<Prenotified, 'cases'>, id: CaseId): boolean =>
  cases === undefined || cases.includes(id)

/**
 * The recipients who were told of a case of a release and get the later mails. Those who may have leaked it get nothing
 * more.
 */
export const toldOf = (
  { prenotified }: Pick<ReleaseState, 'prenotified'>,
  { id }: Pick<CaseState, 'id'>,
): readonly Prenotified[] => prenotified.filter((one) => one.suspendedAt === undefined && isToldOf(one, id))

/**
 * Whether any recipient was told of a case of a release before the public, including those who were suspended later.
 */
export const anybodyToldOf = (
  { prenotified }: Pick<ReleaseState, 'prenotified'>,
  { id }: Pick<CaseState, 'id'>,
): boolean => prenotified.some((one) => isToldOf(one, id))

/**
 * Whether a case of a pre-notified release counts as told. A list that hears only of severe cases knows nothing of a
 * mild one. If the release has no recipients at all, its heads-up is the advance notice.
 */
export const isToldAhead = (release: ReleaseState | undefined, state: Pick<CaseState, 'id'>): boolean =>
  release?.is === 'prenotified' &&
  (release.prenotified.length === 0 ? announcesHeadsUp(release) : anybodyToldOf(release, state))

/** The releases of this round whose recipients hold patches of a case, the latest first. */
export const heldReleases = ({
  heldIn,
  heldBefore = [],
}: Pick<CaseState, 'heldIn' | 'heldBefore'>): readonly ReleaseId[] =>
  heldIn === undefined ? [] : [heldIn, ...heldBefore]

export const isSameRecipient = (one: RecipientName, other: RecipientName): boolean =>
  one.list === other.list && one.recipient === other.recipient

type Held = Pick<CaseState, 'id' | 'heldIn' | 'heldBefore'>
type Suspected = Held & Pick<CaseState, 'signals'>

/** Everybody whom one of the releases with patches of a case names, the first release first. */
const toldIn = (state: Held, { release, others }: Seen): readonly Prenotified[] =>
  heldReleases(state)
    .toReversed()
    .flatMap((id) => {
      const one = release?.id === id ? release : others.get(id)
      return one?.kind === 'release' ? one.prenotified.filter((each) => isToldOf(each, state.id)) : []
    })

/**
 * The recipients who received patches of a case, each once and in the order in which they were told: in its release, or
 * in an earlier one whose patches they still hold.
 */
export function everHeld(state: Held, seen: Seen): readonly Prenotified[] {
  const held = toldIn(state, seen).filter(({ sentAt }) => sentAt !== undefined)
  return held.filter((one, at) => held.findIndex((other) => isSameRecipient(one, other)) === at)
}

/** The recipients who may have leaked details of a case, whether or not a release has suspended them. */
const suspectsOf = (state: Suspected, seen: Seen): readonly RecipientName[] => [
  ...suspectedRecipients(state),
  ...toldIn(state, seen).filter(isSuspended),
]

const isSuspended = ({ suspendedAt }: Prenotified): boolean => suspendedAt !== undefined

/** Whether a recipient gets nothing more of a case or its release, because they may have leaked details. */
export const getsNothingMore = (state: Suspected, seen: Seen, to: RecipientName): boolean =>
  [...suspectsOf(state, seen), ...(seen.release?.prenotified.filter(isSuspended) ?? [])].some((one) =>
    isSameRecipient(one, to),
  )

/** The holders of patches who get the later mails, without those who may have leaked. */
export function holdersOf(state: Suspected, seen: Seen): readonly Prenotified[] {
  const out = suspectsOf(state, seen)
  return everHeld(state, seen).filter((one) => !out.some((other) => isSameRecipient(one, other)))
}

/** Whether somebody outside still keeps this case secret because we asked. Nobody need keep secret what is public. */
export const bindsRecipients = (state: CaseState, world: Seen): boolean =>
  state.cs.public === undefined && holdersOf(state, world).length > 0
