import { EffectId } from '@embargo/core'
import type { Platform, StreamId } from '@embargo/core'
import type { RunningEngine } from '../engine.ts'
import type { Card } from '../ports/card.ts'
import type { ChatPlatform } from '../ports/chat-platform.ts'
import type { StalledClocks } from './stalled-clocks.ts'
import { createTeamMessage } from './team-message.ts'
import type { TeamMessage } from './team-message.ts'
import { pollUntilAborted, realSleep } from '../shared/signal.ts'
import type { Sleep } from '../shared/signal.ts'

/** Cases whose deadlines have stalled, or run again. */
export type StalledClocksNews = { readonly cases: readonly StreamId[]; readonly runAgain: boolean }

export type StalledClocksAlertOptions = {
  readonly engine: RunningEngine
  readonly chat: ReadonlyMap<Platform, ChatPlatform>
  readonly stalledClocks: StalledClocks
  readonly card: (news: StalledClocksNews) => Card
  readonly sleep?: Sleep
}

export type StalledClocksAlert = { run(signal: AbortSignal): Promise<void> }

/**
 * Tells the team in which cases the deadlines have stalled: no reminder comes, and nothing ends automatically. The
 * team's own channel on each platform has one message for all cases that were found stalled at the same time. The
 * message is edited when the deadlines of all its cases run again. The message is not requested by an event, because
 * nothing can be written into the log of a stalled case. An unreachable platform gets the message later.
 */
export function createStalledClocksAlert(options: StalledClocksAlertOptions): StalledClocksAlert {
  const { chat, stalledClocks, sleep = realSleep } = options
  const desks = [...chat.values()].map((on) => createDesk(on, options))

  /** Tells the team on every platform. Returns false if the message could not be posted on some platform yet. */
  async function look(): Promise<boolean> {
    const stalledCases = stalledClocks.all
    return (await Promise.all(desks.map((desk) => desk.tell(stalledCases)))).every(Boolean)
  }

  return {
    run: (signal) =>
      pollUntilAborted(signal, { look, onChange: (listener) => stalledClocks.onChange(listener), sleep }),
  }
}

/** `runAgain`: whether the message says that the deadlines run again; undefined while we do not know what it says. */
type StalledClocksMessage = {
  readonly cases: readonly StreamId[]
  readonly message: TeamMessage
  readonly runAgain?: boolean
}

/** Tells the team on one platform. `tell` returns false if the message could not be posted there yet. */
type Desk = { tell(stalledCases: readonly StreamId[]): Promise<boolean> }

function createDesk(on: ChatPlatform, { engine, card }: StalledClocksAlertOptions): Desk {
  let messages: readonly StalledClocksMessage[] = []

  const begin = (cases: readonly StreamId[]): StalledClocksMessage => ({
    cases,
    message: createTeamMessage(on, {
      engine,
      effect: EffectId.parse(`stalled-clocks/${cases[0] ?? ''}/${on.platform}/${engine.now()}`),
      failed: 'deadlines have stalled or are running again, and this could not be posted in chat yet',
    }),
  })

  return {
    async tell(stalledCases) {
      // If a message certainly did not arrive, a new one is posted, with the cases that are stalled now.
      const begun = messages.filter(({ message }) => message.presence !== 'no')
      const fresh = stalledCases.filter((each) => !begun.some(({ cases }) => cases.includes(each)))
      const remaining: StalledClocksMessage[] = []
      let whole = true
      for (const { cases, message, runAgain: earlierRunAgain } of fresh.length === 0
        ? begun
        : [...begun, begin(fresh)]) {
        const runAgain = !cases.some((each) => stalledCases.includes(each))
        const shown =
          earlierRunAgain === runAgain || (await message.show(card({ cases, runAgain }), { isOver: runAgain }))
        if (!shown) whole = false
        if (!shown) remaining.push({ cases, message })
        else if (!runAgain) remaining.push({ cases, message, runAgain })
      }
      messages = remaining
      return whole
    },
  }
}
