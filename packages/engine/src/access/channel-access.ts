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

/** Another process may have linked an account, or a platform that could not be reached may answer again. */
const LOOK_AGAIN_MS = MINUTE

/** Whose an account was. Whose it is, counts when it is let in or put out. */
type AccountChange = Account & { readonly was?: PersonId }

/** `cases`: those whose channel could not be passed yet, or not for all that is known; all of them where it is new. */
type PendingChange = AccountChange & { readonly cases?: ReadonlySet<CaseId> }

export type ChannelAccessOptions = {
  readonly engine: RunningEngine
  readonly chat: ReadonlyMap<Platform, ChatPlatform>
  readonly sleep?: Sleep
}

/**
 * Lets accounts into the channels of open cases, and puts them out of every channel of a case, when it is said of people
 * whose they are: a link, a link that was taken back, a group that somebody came into or left. Being in a channel gives no right to act, so what
 * waits here because a platform cannot be reached is no hole in a rule.
 *
 * Listens from when it is made. Whom the program still had to put out when it stopped, it finds in the log as it begins.
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
            log.warn('what people said could not be read', safeError(error))
          })
          if (!evictionsLoaded)
            await loadEvictions().catch((error: unknown) => {
              log.warn('who must be put out of channels could not be read yet', safeError(error))
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

/** The accounts that are another person's than before. */
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
 * Lets the account in and out everywhere, and gives the cases where that failed: one channel that fails keeps nobody out
 * of the others, and in none. Who is let into the next channel of a case comes with its opening.
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
      engine.deps.log.warn('an account could not be let in or put out yet', {
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
 * Let in to where people talk; put out of wherever somebody can read: a closed case's channel too, and one in which
 * nothing more is said.
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
    // One that we archived ourselves is out of our reach for good on some platforms, and each closed case has one.
    const isOurs = channel === place.channel && place.gone === 'closed'
    const about = { state, channel, account }
    if (isHere === true) await recordStranger(engine, platform, { ...about, left: true })
    else if (!isOurs) await reportStranger(engine, platform, about)
  }
}

/** Undefined where the channel is not there, or not ours any more. */
async function ignoreGoneChannel<T>(pass: () => Promise<T>): Promise<T | undefined> {
  try {
    return await pass()
  } catch (error) {
    if (error instanceof OutsideError && error.gone !== undefined) return undefined
    throw error
  }
}

type Stranger = { readonly state: CaseState; readonly channel: string; readonly account: string }

/** People can take them out by hand, where we cannot. */
async function reportStranger(engine: RunningEngine, platform: ChatPlatform, about: Stranger): Promise<void> {
  const { state, channel, account } = about
  const known = strangersIn(await engine.queries.history(state.id), { platform: platform.platform, channel })
  if (!known.has(account)) await recordStranger(engine, platform, about)
}

/** Without `left` people are told. With it nobody is, and no later start has to put them out again. */
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
