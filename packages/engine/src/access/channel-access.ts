import { accountOn, CommandId, keyOf, maySee, MINUTE, PLATFORMS, readableChannels, strangersIn } from '@embargo/core'
import type { Account, CaseId, CaseState, PersonId, Platform, Policy } from '@embargo/core'
import type { RunningEngine } from '../engine.ts'
import { allCases } from '../queries/all-cases.ts'
import { safeError } from '../shared/safe-error.ts'
import { OutsideError } from '../ports/chat-platform.ts'
import type { ChatPlatform } from '../ports/chat-platform.ts'
import { findEvictions } from './evictions.ts'
import { createNotifier, firstOf, realSleep } from '../shared/signal.ts'
import type { Sleep } from '../shared/signal.ts'

/**
 * How often we check without being notified: another process may have linked an account, or an unreachable platform may
 * be reachable again.
 */
const LOOK_AGAIN_MS = MINUTE

/**
 * An account that changed hands. `was`: the person to whom it belonged before. The present owner is looked up only when
 * the account is invited or removed.
 */
type AccountChange = Account & { readonly was?: PersonId }

/** `cases`: the cases in which the change failed in some channel. Absent for a new change, which concerns all cases. */
type PendingChange = AccountChange & { readonly cases?: ReadonlySet<CaseId> }

export type ChannelAccessOptions = {
  readonly engine: RunningEngine
  readonly chat: ReadonlyMap<Platform, ChatPlatform>
  readonly sleep?: Sleep
}

/**
 * Updates the members of case channels when an account changes hands: after a link is made or removed, or a platform
 * group changes. The account is invited to the channel of each open case that its present owner may see. If the
 * present owner may not see a case, or if nobody owns the account any more, the account is removed from all channels of
 * the case. While a platform is unreachable, the change waits. The delay breaks no rule, because being in a channel
 * gives no right to act.
 *
 * Changes are noticed as soon as this object exists. `run` first finds in the log the accounts that had not been
 * removed when the program last stopped.
 */
export function createChannelAccess({ engine, chat, sleep = realSleep }: ChannelAccessOptions): {
  run(signal: AbortSignal): Promise<void>
} {
  const { people, log } = engine.deps
  const notifier = createNotifier()
  let pending: readonly PendingChange[] = []
  let evictionsLoaded = false
  const unsubscribe = people.onChange((before, after) => {
    pending = [...pending, ...changedAccounts(before, after)]
    notifier.notify()
  })

  async function loadEvictions(): Promise<void> {
    const evictions = await findEvictions(engine, chat)
    const isKnown = (one: AccountChange): boolean =>
      pending.some((each) => keyOf(each) === keyOf(one) && each.was === one.was)
    pending = [...pending, ...evictions.filter((one) => !isKnown(one))]
    evictionsLoaded = true
  }

  async function applyPending(): Promise<void> {
    const now = pending
    pending = []
    for (const change of now) {
      const platform = chat.get(change.platform)
      if (platform === undefined) continue
      await applyToCases(engine, platform, change).then(
        (cases) => {
          if (cases.size > 0) pending = [...pending, { ...change, cases }]
        },
        (error: unknown) => {
          log.warn('the cases of an account could not be read yet', safeError(error))
          pending = [...pending, change]
        },
      )
    }
  }

  return {
    async run(signal) {
      try {
        while (!signal.aborted) {
          await people.refresh().catch((error: unknown) => {
            log.warn('the people and their accounts could not be read', safeError(error))
          })
          if (!evictionsLoaded)
            await loadEvictions().catch((error: unknown) => {
              log.warn('the accounts to remove from channels could not be read yet', safeError(error))
            })
          await applyPending()
          await firstOf(
            signal,
            (stop) => sleep(LOOK_AGAIN_MS, stop),
            (stop) => notifier.wait(stop),
          )
        }
      } finally {
        unsubscribe()
      }
    },
  }
}

/** The accounts that moved to another person, are new, or no longer belong to anybody. */
export function changedAccounts(before: Policy, after: Policy): readonly AccountChange[] {
  const [were, are] = [ownersOf(before), ownersOf(after)]
  const all = new Map([...were, ...are])
  return [...all].flatMap(([key, { platform, account }]): readonly AccountChange[] => {
    const was = were.get(key)?.person
    if (was === are.get(key)?.person) return []
    return [{ platform, account, ...(was === undefined ? {} : { was }) }]
  })
}

function ownersOf({ people }: Policy): ReadonlyMap<string, Account & { readonly person: PersonId }> {
  return new Map(
    people.flatMap((person) =>
      PLATFORMS.flatMap((platform) => {
        const account = accountOn(person, platform)
        return account === undefined ? [] : [[keyOf({ platform, account }), { platform, account, person: person.id }]]
      }),
    ),
  )
}

/**
 * Applies the change in every channel, and returns the cases in which that failed. A failure in one channel does not
 * stop the others.
 */
async function applyToCases(
  engine: RunningEngine,
  platform: ChatPlatform,
  { cases, ...change }: PendingChange,
): Promise<ReadonlySet<CaseId>> {
  const failed = new Set<CaseId>()
  for await (const state of cases === undefined ? allCases(engine) : casesOf(engine, cases)) {
    await applyToCase(engine, platform, { state, change }).catch((error: unknown) => {
      failed.add(state.id)
      engine.deps.log.warn('the access of an account to a channel could not be changed yet', {
        platform: platform.platform,
        case: state.id,
        ...safeError(error),
      })
    })
  }
  return failed
}

type CaseChange = { readonly state: CaseState; readonly change: AccountChange }

/**
 * Invites the account to the channel in use, or removes it from every channel that can be read. It is also removed from
 * channels of closed cases, and from channels in which nothing may be posted.
 */
async function applyToCase(
  engine: RunningEngine,
  platform: ChatPlatform,
  { state, change }: CaseChange,
): Promise<void> {
  const { account, was } = change
  const is = engine.queries.personOfAccount(platform.platform, account)?.id
  const place = state.channels[platform.platform]
  if (place === undefined) return
  if (is !== undefined && maySee(state, is)) {
    if (place.gone !== undefined || state.rm === 'closed') return
    return ignoreGoneChannel(() => platform.invite({ channel: place.channel, people: [is] }))
  }
  if (was === undefined || state.people[was] === undefined) return
  for (const { channel } of readableChannels(place)) {
    const isHere = await ignoreGoneChannel(async () => {
      await platform.remove({ channel, people: [], accounts: [account] })
      return true
    })
    // Some platforms never let us change a channel that we archived, and every closed case has an archived channel. So
    // this failure is expected.
    const isOurs = channel === place.channel && place.gone === 'closed'
    const about = { state, channel, account }
    if (isHere === true) await recordStranger(engine, platform, { ...about, left: true })
    else if (!isOurs) await reportStranger(engine, platform, about)
  }
}

/** Runs the call. Returns undefined if the channel is gone or we no longer have access to it. */
async function ignoreGoneChannel<T>(pass: () => Promise<T>): Promise<T | undefined> {
  try {
    return await pass()
  } catch (error) {
    if (error instanceof OutsideError && error.gone !== undefined) return undefined
    throw error
  }
}

type Stranger = { readonly state: CaseState; readonly channel: string; readonly account: string }

/** Reports somebody who could not be removed, so the team can remove them by hand. */
async function reportStranger(engine: RunningEngine, platform: ChatPlatform, about: Stranger): Promise<void> {
  const { state, channel, account } = about
  const known = strangersIn(await engine.queries.history(state.id), { platform: platform.platform, channel })
  if (!known.has(account)) await recordStranger(engine, platform, about)
}

/**
 * Without `left`: records that a stranger's account is in the channel. The team is told about this. With `left`:
 * records that the account is out, so the program need not remove it again after a restart.
 */
async function recordStranger(
  { deps }: RunningEngine,
  { platform }: ChatPlatform,
  { state, channel, account, left }: Stranger & { readonly left?: true },
): Promise<void> {
  const one = `${state.id}:${platform}:${channel}:${account}:${state.version}`
  await deps.handle({
    commandId: CommandId.parse(left === true ? `doors:left:${one}` : `doors:${one}`),
    actor: { kind: 'system', part: 'chat' },
    at: deps.clock.now(),
    request: { verb: 'notice-stranger', case: state.id, platform, channel, account, ...(left && { left }) },
  })
}

async function* casesOf(engine: RunningEngine, ids: ReadonlySet<CaseId>): AsyncIterable<CaseState> {
  for (const id of ids) {
    const state = await engine.queries.state(id)
    if (state?.kind === 'case') yield state
  }
}
