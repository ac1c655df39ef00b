import { accountOn, CommandId, isBarred, keyOf, MINUTE, PLATFORMS, readableChannels } from '@embargo/core'
import type { Account, CaseId, CaseState, PersonId, Platform, Policy } from '@embargo/core'
import type { RunningEngine } from './create-engine.ts'
import { placeOf } from './place-of.ts'
import { OutsideError } from './ports/chat-platform.ts'
import type { ChatPlatform } from './ports/chat-platform.ts'
import { createBell, firstOf, realSleep } from './waking.ts'
import type { Sleep } from './waking.ts'

/** Another process may have linked an account, or a platform that could not be reached may answer again. */
const LOOK_AGAIN_MS = MINUTE

/** Lines looked at in one turn. */
const AT_ONCE = 200

/** Whose an account was, and whose it is now. */
type Moved = Account & { readonly was?: PersonId; readonly is?: PersonId }

/** `cases`: those whose channel could not be passed yet; all of them where it is new. */
type Waiting = Moved & { readonly cases?: ReadonlySet<CaseId> }

export type DoorsOptions = {
  readonly engine: RunningEngine
  readonly chat: ReadonlyMap<Platform, ChatPlatform>
  readonly sleep?: Sleep
}

/**
 * Lets accounts into the channels of open cases, and puts them out of every channel of a case, when it is said of people
 * whose they are: a link, a link that was taken back, a group that somebody came into or left. Being in a channel gives no right to act, so what
 * waits here because a platform cannot be reached is no hole in a rule.
 */
export function createDoors({ engine, chat, sleep = realSleep }: DoorsOptions): {
  run(signal: AbortSignal): Promise<void>
} {
  const { people, log } = engine.inside
  const bell = createBell()
  let waiting: readonly Waiting[] = []

  async function look(): Promise<void> {
    const now = waiting
    waiting = []
    for (const moved of now) {
      const platform = chat.get(moved.platform)
      if (platform === undefined) continue
      await passing(engine, platform, moved).then(
        (cases) => {
          if (cases.size > 0) waiting = [...waiting, { ...moved, cases }]
        },
        (error: unknown) => {
          log.warn('the cases of an account could not be read yet', placeOf(error))
          waiting = [...waiting, moved]
        },
      )
    }
  }

  return {
    async run(signal) {
      const unsubscribe = people.onChange((before, after) => {
        waiting = [...waiting, ...movedBetween(before, after)]
        bell.ring()
      })
      try {
        while (!signal.aborted) {
          await firstOf(
            signal,
            (stop) => sleep(LOOK_AGAIN_MS, stop),
            (stop) => bell.rung(stop),
          )
          if (signal.aborted) return
          await people.refresh().catch((error: unknown) => {
            log.warn('what people said could not be read', placeOf(error))
          })
          await look()
        }
      } finally {
        unsubscribe()
      }
    },
  }
}

/** The accounts that are another person's than before. */
export function movedBetween(before: Policy, after: Policy): readonly Moved[] {
  const [were, are] = [ownersOf(before), ownersOf(after)]
  const all = new Map([...were, ...are])
  return [...all].flatMap(([key, { platform, account }]): readonly Moved[] => {
    const was = were.get(key)?.person
    const is = are.get(key)?.person
    if (was === is) return []
    return [{ platform, account, ...(was === undefined ? {} : { was }), ...(is === undefined ? {} : { is }) }]
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
async function passing(
  engine: RunningEngine,
  platform: ChatPlatform,
  { cases, ...moved }: Waiting,
): Promise<ReadonlySet<CaseId>> {
  const failed = new Set<CaseId>()
  for await (const state of everyCase(engine)) {
    if (cases !== undefined && !cases.has(state.id)) continue
    await passOne(engine, platform, { state, moved }).catch((error: unknown) => {
      failed.add(state.id)
      engine.inside.log.warn('an account could not be let in or put out yet', {
        platform: platform.platform,
        case: state.id,
        ...placeOf(error),
      })
    })
  }
  return failed
}

type Passing = { readonly state: CaseState; readonly moved: Moved }

/**
 * Let in to where people talk; put out of wherever somebody can read: a closed case's channel too, and one in which
 * nothing more is said.
 */
async function passOne(engine: RunningEngine, platform: ChatPlatform, { state, moved }: Passing): Promise<void> {
  const { account, was, is } = moved
  const place = state.channels[platform.platform]
  if (place === undefined) return
  if (is !== undefined && state.people[is] !== undefined && !isBarred(state, is)) {
    if (place.gone !== undefined || state.rm === 'closed') return
    return whereItIs(() => platform.invite({ channel: place.channel, people: [is] }))
  }
  if (was === undefined || state.people[was] === undefined) return
  for (const { channel } of readableChannels(place)) {
    const isHere = await whereItIs(async () => {
      await platform.remove({ channel, people: [], accounts: [account] })
      return true
    })
    // One that we archived ourselves is out of our reach for good on some platforms, and each closed case has one.
    const isOurs = channel === place.channel && place.gone === 'closed'
    if (isHere !== true && !isOurs) await tell(engine, platform, { state, channel, account })
  }
}

/** Undefined where the channel is not there, or not ours any more. */
async function whereItIs<T>(pass: () => Promise<T>): Promise<T | undefined> {
  try {
    return await pass()
  } catch (error) {
    if (error instanceof OutsideError && error.gone !== undefined) return undefined
    throw error
  }
}

/** People can take them out by hand, where we cannot. */
async function tell(
  { inside }: RunningEngine,
  { platform }: ChatPlatform,
  { state, channel, account }: { readonly state: CaseState; readonly channel: string; readonly account: string },
): Promise<void> {
  await inside.handle({
    commandId: CommandId.parse(`doors:${state.id}:${platform}:${channel}:${account}:${state.version}`),
    actor: { kind: 'system', part: 'chat' },
    at: inside.clock.now(),
    request: { verb: 'notice-stranger', case: state.id, platform, channel, account },
  })
}

/** The open ones first: there people wait. */
async function* everyCase(engine: RunningEngine): AsyncIterable<CaseState> {
  for (const open of [true, false])
    for (let offset = 0; ; offset += AT_ONCE) {
      const { rows, more } = await engine.cases({ open, limit: AT_ONCE, offset })
      for (const { stream } of rows) {
        const state = await engine.state(stream)
        if (state?.kind === 'case') yield state
      }
      if (!more) break
    }
}
