import { embargoInForce } from '../state/embargo/evolve.ts'
import type { Policy } from '../policy/schema.ts'
import { isoInstant } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import type { Branch } from '../state/fix/state.ts'
import { listAnd } from '../text/name-list.ts'
import { branchToConfirm } from './branch-to-confirm.ts'
import type { Context } from './gate.ts'
import { listedRecipients } from './listed-recipients.ts'
import { plannedDate } from './planned-date.ts'

/* Sentences about facts of a case. Several gates use them to say why they let a command pass. */

export const nameOf = ({ whole }: { readonly whole: Pick<Policy, 'people'> }, id: string): string =>
  whole.people.find((one) => one.id === id)?.name ?? id

export const callerName = ({ person }: Pick<Context, 'person'>): string => person?.name ?? 'the account'

export const since = (at: Instant | undefined): string => (at === undefined ? '' : ` since ${isoInstant(at)}`)

export const on = (at: Instant | undefined): string => (at === undefined ? '' : ` on ${isoInstant(at)}`)

export function embargoFact({ state: { em } }: Context): string {
  if (embargoInForce(em)) return `The embargo is in force until ${isoInstant(em.end)}.`
  return em.is === 'exited' ? `The embargo ended${on(em.at)} (${em.reason}).` : 'No embargo is in force.'
}

export function releaseFact({ release: one }: Context): string {
  if (one?.startedAt !== undefined) return `The publication began${on(one.startedAt)}.`
  if (one === undefined || one.is === 'cancelled') return 'It is in no release.'
  return `It is in release ${one.id}, ${one.is}${one.at === undefined ? '' : ` for ${isoInstant(one.at)}`}.`
}

export function publicityFact({ state: { cs } }: Context): string {
  const facts = [
    ...(cs.public === undefined ? [] : [`It is public${since(cs.public)}.`]),
    ...(cs.exploit === undefined ? [] : [`An exploit is public${since(cs.exploit)}.`]),
    ...(cs.attacks === undefined ? [] : [`Attacks are observed${since(cs.attacks)}.`]),
  ]
  return facts.length === 0 ? 'Nothing is public, and no attacks are observed.' : facts.join(' ')
}

export function dateFact(context: Context): string {
  const planned = plannedDate(context)
  return planned === undefined ? 'No date is named.' : `The date is ${isoInstant(planned.at)}.`
}

export function branchFact(context: Context, { name, fix, waived }: Branch): string {
  if (waived !== undefined)
    return `${waived.kind === 'unverified' ? 'The check of the patch' : 'The fix'} for ${name} is waived.`
  if (fix === undefined || fix.is === 'assigned') return `${name} has no patch.`
  const by = fix.author.kind === 'reporter' ? 'the reporter' : nameOf(context, fix.author.person)
  if (fix.is !== 'verified') return `The patch for ${name}, by ${by}, is ${fix.is}.`
  const verifier = fix.verifier.kind === 'reporter' ? 'the reporter' : nameOf(context, fix.verifier.person)
  return `The patch for ${name}, by ${by}, is verified by ${verifier}.`
}

/** The patch that the request confirms or refuses. */
export function patchToConfirmFact(context: Context): string {
  const one = branchToConfirm(context)
  return one === undefined ? 'No patch waits to be judged.' : branchFact(context, one)
}

/**
 * A sentence about all recipients. `one` is the end of the sentence for one recipient, `all` is the end for several.
 */
export function recipientsFact({ policy }: Context, one: string, all: string): string {
  const { length } = listedRecipients(policy)
  if (length === 0) return 'The lists have no recipients.'
  return length === 1 ? `The one recipient ${one}.` : `All ${length} recipients ${all}.`
}

export function countedSignalsFact({ state }: Context): string {
  const counts = state.signals.filter(({ is }) => is === 'counted').map(({ what }) => what)
  return counts.length === 0 ? 'No signal is confirmed here.' : `Confirmed: ${listAnd(counts)}.`
}
