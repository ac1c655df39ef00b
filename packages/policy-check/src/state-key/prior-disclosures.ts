import { heldReleases, isToldOf } from '@embargo/core'
import type { CaseState, PrenotifiedRecipient, ReleaseId, ReleaseState, World } from '@embargo/core'
import type { ModelState } from '../state.ts'

/**
 * The part of the state key about earlier releases: who has patches from them, and who was suspended in one of them.
 * The earlier releases are combined, because no rule distinguishes them. A fact that the latest release also records is
 * left out.
 */
export function priorDisclosuresKey(state: CaseState, { release, others }: World): string {
  if (state.heldBefore === undefined) return ''
  const [latest = [], ...earlier] = heldReleases(state).map((id) => {
    const candidate = release?.id === id ? release : others.get(id)
    return candidate?.kind === 'release' ? readOf(state, candidate) : []
  })
  return earlier
    .flat()
    .reduce<readonly PrenotifiedRecipient[]>(
      (all, one) => [...all.filter((other) => !isSame(one, other)), mergeDisclosures(one, all)],
      [],
    )
    .filter((one) => !latest.some((other) => saysAll(other, one)))
    .map(inKey)
    .toSorted()
    .join('+')
}

/** Combines what two releases say about a recipient. */
function mergeDisclosures(one: PrenotifiedRecipient, all: readonly PrenotifiedRecipient[]): PrenotifiedRecipient {
  const other = all.find((each) => isSame(one, each))
  return other === undefined ? one : { ...other, ...one }
}

const inKey = ({ list, recipient, sentAt, suspendedAt }: PrenotifiedRecipient): string =>
  `${list}/${recipient}${sentAt === undefined ? '' : '!'}${suspendedAt === undefined ? '' : 'suspended'}`

/**
 * The part of an earlier release that rules read: the recipients who got its mail, and the recipients who were
 * suspended.
 */
const readOf = (
  { id }: Pick<CaseState, 'id'>,
  { prenotified }: Pick<ReleaseState, 'prenotified'>,
): readonly PrenotifiedRecipient[] =>
  prenotified.filter((one) => isToldOf(one, id) && (one.sentAt !== undefined || one.suspendedAt !== undefined))

/**
 * The earlier releases that make a difference to some rule: each records something about a recipient that no later
 * release records.
 */
export function priorReleases({ states }: ModelState, state: CaseState): readonly ReleaseId[] {
  const later: PrenotifiedRecipient[] = []
  const still = heldReleases(state).filter((id) => {
    const candidate = states.get(id)
    const read = candidate?.kind === 'release' ? readOf(state, candidate) : []
    const isNews = read.some((one) => !later.some((other) => saysAll(other, one)))
    later.push(...read)
    return id !== state.heldIn && isNews
  })
  // Returns the same list if no release was left out, so that an unchanged case is recognised.
  return still.length === state.heldBefore?.length ? state.heldBefore : still
}

const isSame = (one: PrenotifiedRecipient, other: PrenotifiedRecipient): boolean =>
  one.list === other.list && one.recipient === other.recipient

const saysAll = (later: PrenotifiedRecipient, one: PrenotifiedRecipient): boolean =>
  isSame(later, one) &&
  (one.sentAt === undefined || later.sentAt !== undefined) &&
  (one.suspendedAt === undefined || later.suspendedAt !== undefined)
