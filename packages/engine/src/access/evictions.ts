import { DAY, keyOf, later, maySee, PEOPLE, personOfOne, readableChannels } from '@embargo/core'
import type { Account, CaseId, CaseState, Instant, PersonId, Platform, RecordedEvent } from '@embargo/core'
import type { RunningEngine } from '../engine.ts'
import { allCases } from '../queries/all-cases.ts'

/**
 * For this long after an account lost its access, each start of the program tries to remove the account from archived
 * channels, too. Without this limit, every start would repeat attempts that can never succeed: some platforms refuse to
 * change archived channels, and the log does not say which platforms do.
 */
const ARCHIVED_FOR_MS = 30 * DAY

/** An account that no longer belongs to `was`, and the cases in whose channels it may still be. */
export type Eviction = Account & {
  readonly was: PersonId
  readonly cases: ReadonlySet<CaseId>
}

/** `since`: when the log last said that the account gives no role, is unlinked or is locked out. */
type LostAccess = Account & { readonly was: PersonId; readonly since: Instant }

/**
 * The accounts that must still be removed from channels: according to the log, they lost their link or role or were
 * locked out, and have not been removed since. Because they are found in the log, no account is forgotten if the
 * program stops before it has removed the account.
 */
export async function findEvictions(
  engine: RunningEngine,
  platforms: Pick<ReadonlySet<Platform>, 'has'>,
): Promise<readonly Eviction[]> {
  const lost = lostAccess(await engine.queries.history(PEOPLE)).filter(
    ({ platform, account, was }) =>
      platforms.has(platform) && engine.queries.personOfAccount(platform, account)?.id !== was,
  )
  if (lost.length === 0) return []
  const found = new Map<LostAccess, Set<CaseId>>(lost.map((one) => [one, new Set()]))
  for await (const state of allCases(engine))
    for (const [one, cases] of found) if (await isPossiblyIn(engine, state, one)) cases.add(state.id)
  return [...found].flatMap(([{ since: _since, ...one }, cases]) => (cases.size === 0 ? [] : [{ ...one, cases }]))
}

/** Each account that lost access, with every person to whom it has belonged. */
function lostAccess(history: readonly RecordedEvent[]): readonly LostAccess[] {
  const were = new Map<string, Account & { readonly persons: Set<PersonId>; since?: Instant }>()
  const of = ({ platform, account }: Account) => {
    const known = were.get(keyOf({ platform, account })) ?? { platform, account, persons: new Set() }
    were.set(keyOf(known), known)
    return known
  }
  for (const { event, at } of history)
    switch (event.type) {
      case 'AccountLinked':
        of(event).persons.add(event.person)
        break
      case 'AccountUnlinked':
        of(event).persons.add(event.person)
        of(event).since = at
        break
      case 'PersonLockedOut':
        for (const account of event.accounts) {
          of(account).persons.add(event.person)
          of(account).since = at
        }
        break
      case 'MembershipChanged':
        of(event).persons.add(personOfOne(event))
        if (event.roles.length === 0) of(event).since = at
        break
      default:
    }
  return [...were.values()].flatMap(({ platform, account, persons, since }) =>
    since === undefined ? [] : [...persons].map((was) => ({ platform, account, was, since })),
  )
}

async function isPossiblyIn(engine: RunningEngine, state: CaseState, lost: LostAccess): Promise<boolean> {
  const { platform, account, was, since } = lost
  const is = engine.queries.personOfAccount(platform, account)?.id
  const place = state.channels[platform]
  if (place === undefined || state.people[was] === undefined) return false
  if (maySee(state, is)) return false
  const isOld = later(since, ARCHIVED_FOR_MS) < engine.now()
  const over = new Set(
    (await engine.queries.history(state.id)).flatMap(({ event, at }): readonly (string | undefined)[] => {
      if (event.type === 'ChannelArchived' && event.platform === platform && isOld) return [event.channel]
      const isOut = event.type === 'StrangerLeft' && event.platform === platform && event.account === account
      return isOut && at >= since ? [event.channel] : []
    }),
  )
  return readableChannels(place).some(({ channel }) => !over.has(channel))
}
