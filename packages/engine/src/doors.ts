import { accountOn, isBarred, keyOf, MINUTE, PLATFORMS } from '@embargo/core'
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
 * Lets accounts into the channels of open cases, and puts them out, when it is said of people whose they are: a link, a
 * link that was taken back, a group that somebody came into or left. Being in a channel gives no right to act, so what
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
  for await (const state of openCases(engine)) {
    if (cases !== undefined && !cases.has(state.id)) continue
    await passOne(platform, state, moved).catch((error: unknown) => {
      if (error instanceof OutsideError && error.gone !== undefined) return
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

async function passOne(platform: ChatPlatform, state: CaseState, { account, was, is }: Moved): Promise<void> {
  const place = state.channels[platform.platform]
  if (place === undefined || place.gone !== undefined) return
  if (is !== undefined && state.people[is] !== undefined && !isBarred(state, is))
    await platform.invite({ channel: place.channel, people: [is] })
  else if (was !== undefined && state.people[was] !== undefined)
    await platform.remove({ channel: place.channel, people: [], accounts: [account] })
}

async function* openCases(engine: RunningEngine): AsyncIterable<CaseState> {
  for (let offset = 0; ; offset += AT_ONCE) {
    const { rows, more } = await engine.cases({ open: true, limit: AT_ONCE, offset })
    for (const { stream } of rows) {
      const state = await engine.state(stream)
      if (state?.kind === 'case') yield state
    }
    if (!more) return
  }
}
