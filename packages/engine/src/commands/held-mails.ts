import { isRefused, intakeDecider } from '@embargo/core'
import type { Actor, Instant, MessageId, Refusal } from '@embargo/core'
import type { Deps } from '../deps.ts'

/**
 * `open`: the mail opens a case after all. `aside`: the mail stays stored without opening a case, and a person may open
 * a case for it later.
 */
export type HeldMailDecision = {
  readonly actor: Actor
  readonly as: 'open' | 'aside'
  /** The ids of the mails, or all mails that are waiting now. */
  readonly mails: 'all' | readonly MessageId[]
  /** If `mails` is `all`: the decision does not apply to mails that were received after this time. */
  readonly until?: Instant
}

export type HeldMailResult =
  | { readonly ok: true; readonly count: number }
  | { readonly ok: false; readonly refusal: Refusal }

/** How many decisions are sent to the database at a time. The database writes these decisions together. */
const AT_ONCE = 50

/**
 * The most mails that one command decides about, because a flood must not fill the memory with ids. The next command
 * decides about the rest.
 */
const MAX_AT_A_TIME = 10_000

async function waitingUntil({ spool }: Deps, until: Instant | undefined): Promise<readonly MessageId[]> {
  const waiting = await spool.held(MAX_AT_A_TIME)
  return waiting.filter(({ receivedAt }) => until === undefined || receivedAt <= until).map(({ id }) => id)
}

/**
 * Records a person's decision about held mails. The result counts the mails that the decision changed. Repeating the
 * decision for the same mails changes nothing.
 */
export async function decideHeld(deps: Deps, { actor, as, mails, until }: HeldMailDecision): Promise<HeldMailResult> {
  const person = intakeDecider(deps.policy.policy, actor)
  if (isRefused(person)) return { ok: false, refusal: person }
  const ids = mails === 'all' ? await waitingUntil(deps, until) : mails
  const state = as === 'open' ? 'let-in' : 'dismissed'
  let count = 0
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE)
    const done = await Promise.all(some.map((id) => deps.spool.decide(id, state, person.id)))
    count += done.filter(Boolean).length
  }
  deps.log.info('a person decided about mails that waited', { as, count, person: person.id })
  return { ok: true, count }
}
