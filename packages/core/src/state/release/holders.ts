import type { CaseState } from '../state.ts'
import type { RecipientName } from '../../events/answers.ts'
import type { World } from '../../vocabulary/decision.ts'
import type { CaseId, ReleaseId } from '../../shared/ids.ts'
import { suspectedRecipients } from '../world/signals.ts'
import { announcesHeadsUp } from './heads-up.ts'
import type { Prenotified, ReleaseState } from './state.ts'

type Seen = { readonly release?: ReleaseState | undefined; readonly others: World['others'] }

/** Whether a recipient was told of a case: a list of one project, or of what is severe, hears of no other. */
export const isToldOf = ({ cases }: Pick<Prenotified, 'cases'>, id: CaseId): boolean =>
  cases === undefined || cases.includes(id)

/** Who was told of a case of a release, and gets what comes after it. Who may have let it out gets nothing more. */
export const toldOf = (
  { prenotified }: Pick<ReleaseState, 'prenotified'>,
  { id }: Pick<CaseState, 'id'>,
): readonly Prenotified[] => prenotified.filter((one) => one.suspendedAt === undefined && isToldOf(one, id))

/** Whether a recipient was told of a case of a release before the public, also one who was suspended since. */
export const anybodyToldOf = (
  { prenotified }: Pick<ReleaseState, 'prenotified'>,
  { id }: Pick<CaseState, 'id'>,
): boolean => prenotified.some((one) => isToldOf(one, id))

/**
 * Whether a case of a pre-notified release counts as told: a list that hears of severe cases alone knows nothing of a low
 * one. Where the release has no recipient at all, its heads-up is the word ahead.
 */
export const isToldAhead = (release: ReleaseState | undefined, state: Pick<CaseState, 'id'>): boolean =>
  release?.is === 'prenotified' &&
  (release.prenotified.length === 0 ? announcesHeadsUp(release) : anybodyToldOf(release, state))

/** The releases of the round whose recipients hold patches of a case, the latest first. */
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
 * The recipients whom a mail with patches of a case has reached, each once and as they were told first: of its release, or
 * of one that it left when they had them already, also where a later one has not reached them.
 */
export function everHeld(state: Held, seen: Seen): readonly Prenotified[] {
  const held = toldIn(state, seen).filter(({ sentAt }) => sentAt !== undefined)
  return held.filter((one, at) => held.findIndex((other) => isSameRecipient(one, other)) === at)
}

/** Who may have let details of a case out, whether a release suspended them or none was there to do it. */
const suspectsOf = (state: Suspected, seen: Seen): readonly RecipientName[] => [
  ...suspectedRecipients(state),
  ...toldIn(state, seen).filter(isSuspended),
]

const isSuspended = ({ suspendedAt }: Prenotified): boolean => suspendedAt !== undefined

/** Whether a recipient gets nothing more of a case or of its release, because details may have got out through them. */
export const getsNothingMore = (state: Suspected, seen: Seen, to: RecipientName): boolean =>
  [...suspectsOf(state, seen), ...(seen.release?.prenotified.filter(isSuspended) ?? [])].some((one) =>
    isSameRecipient(one, to),
  )

/** Those of them who get what comes after it: who may have let it out is not among them. */
export function holdersOf(state: Suspected, seen: Seen): readonly Prenotified[] {
  const out = suspectsOf(state, seen)
  return everHeld(state, seen).filter((one) => !out.some((other) => isSameRecipient(one, other)))
}

/** Whether somebody outside still keeps this case secret because we asked: what became public binds nobody. */
export const bindsRecipients = (state: CaseState, world: Seen): boolean =>
  state.cs.public === undefined && holdersOf(state, world).length > 0
