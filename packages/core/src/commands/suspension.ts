import type { Append } from '../vocabulary/decision.ts'
import type { Suspect } from '../events/case/world.ts'
import type { Context } from '../gates/gate.ts'
import { heldReleases } from '../state/release/holders.ts'
import type { ReleaseState } from '../state/release/state.ts'
import { suspectedRecipients } from '../state/world/signals.ts'

export type Recipient = { readonly list: string; readonly recipient: string }

export const isSame = (one: Recipient, other: Recipient): boolean =>
  one.list === other.list && one.recipient === other.recipient

/**
 * Suspends a recipient who may have leaked details: they get no further mails about this release or a later release of
 * the case.
 */
export function suspension({ release }: Context, suspect: Suspect | undefined, because: string): readonly Append[] {
  if (release === undefined || suspect?.kind !== 'recipient') return []
  const { list, recipient } = suspect
  const holder = release.prenotified.find((one) => isSame(one, suspect))
  if (holder === undefined || holder.suspendedAt !== undefined) return []
  return [{ stream: release.id, events: [{ type: 'RecipientSuspended', list, recipient, because }] }]
}

/**
 * Reinstates recipients who were suspended for a leak, because two people decided that nothing leaked. They are
 * reinstated in the case's release, and in earlier releases whose recipients have the case's patches. A recipient who
 * is still suspected in another case of a release stays suspended in that release.
 */
export function reinstatement(
  { state, release, others }: Omit<Context, 'actor' | 'person'>,
  cleared: readonly Recipient[],
): readonly Append[] {
  const held = heldReleases(state).flatMap((id) => {
    const one = id === release?.id ? undefined : others.get(id)
    return one?.kind === 'release' ? [one] : []
  })
  const known = [release, ...held]
  return known.flatMap((one) => {
    const back = one === undefined ? [] : suspended(one).filter((recipient) => isCleared(one, recipient))
    return one === undefined || back.length === 0
      ? []
      : [
          {
            stream: one.id,
            events: back.map(({ list, recipient }) => ({ type: 'RecipientReinstated', list, recipient }) as const),
          },
        ]
  })

  function isCleared({ cases }: ReleaseState, recipient: Recipient): boolean {
    const elsewhere = cases.flatMap((id) => {
      const other = id === state.id ? undefined : others.get(id)
      return other?.kind === 'case' ? suspectedRecipients(other) : []
    })
    return cleared.some((one) => isSame(one, recipient)) && !elsewhere.some((one) => isSame(one, recipient))
  }
}

const suspended = ({ prenotified }: ReleaseState) => prenotified.filter(({ suspendedAt }) => suspendedAt !== undefined)
