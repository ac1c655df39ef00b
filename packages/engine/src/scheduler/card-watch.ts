import { mergeIdentities, latest } from '@embargo/core'
import type { CaseState, Instant, Platform, StreamId, World } from '@embargo/core'
import type { RunningEngine } from '../engine.ts'
import { withFindings } from '../documents/content-findings.ts'
import { arrange } from '../projections/world.ts'
import { mailBacklog, pendingLetters } from '../queries/mail-backlog.ts'
import type { Card } from '../ports/card.ts'
import type { ChatPlatform } from '../ports/chat-platform.ts'
import type { Presenter } from '../ports/presenter.ts'
import { realSleep } from '../shared/signal.ts'
import type { Sleep } from '../shared/signal.ts'
import { watchCases } from './case-watch.ts'

export type CardWatchOptions = {
  readonly engine: RunningEngine
  readonly chat: ReadonlyMap<Platform, ChatPlatform>
  readonly presenter: Pick<Presenter, 'pinned'>
  readonly sleep?: Sleep
}

/**
 * Edits pinned cards that are outdated because time passed: fewer days are left, something is overdue, somebody is
 * away. Cards that an event changes are edited by effects instead.
 */
export function createCardWatch({ engine, chat, presenter, sleep = realSleep }: CardWatchOptions): {
  run(signal: AbortSignal): Promise<void>
} {
  const { deps } = engine
  /** For each card, the time of the last check. At that time the card was right, or was edited to be right. */
  const rightAt = new Map<string, Instant>()
  /**
   * Cards to draw once more even if their words have not changed, because the channel may show an outdated card. For
   * example, an older card may have replaced a newer one.
   */
  const doubtful = new Set<string>()

  async function lookAt(stream: StreamId): Promise<void> {
    const { world, state } = await loaded(stream)
    if (state === undefined) return
    for (const [name, platform] of chat) {
      const place = state.channels[name]
      const message = place?.cards['status']
      if (place === undefined || message === undefined || place.gone !== undefined || place.exposed !== undefined)
        continue
      const key = `${stream} ${name}`
      const now = deps.clock.now()
      const kept = await mailBacklog(deps, stream)
      // If the program had no mail relay before this start, the card may still say that mails wait for a relay.
      if (
        !rightAt.has(key) &&
        deps.relayMissing === undefined &&
        (await pendingLetters(deps.outbox, stream)).length > 0
      )
        doubtful.add(key)
      const drawn = async (at: Instant): Promise<Card | undefined> =>
        presenter.pinned({ state, world, platform: name, policy: deps.policy, at, stateOf, ...kept })
      const before = await drawn(latest(rightAt.get(key) ?? state.lastEventAt, state.lastEventAt))
      const card = await drawn(now)
      if (card !== undefined && (doubtful.has(key) || card.fallback !== before?.fallback)) {
        await platform.update({ channel: place.channel, message, card })
        if ((await loaded(stream)).state?.version === state.version) doubtful.delete(key)
        else doubtful.add(key)
      }
      rightAt.set(key, now)
    }
  }

  async function loaded(stream: StreamId): Promise<{ readonly world: World; readonly state: CaseState | undefined }> {
    const world = mergeIdentities(
      deps.policy.policy,
      await withFindings(deps, arrange(await deps.loadWorld(stream), stream)),
    )
    return { world, state: world.case }
  }

  const stateOf = async (stream: StreamId) => (await deps.states.load(stream)).state

  return {
    run: (signal) =>
      watchCases(
        engine,
        {
          lookAt,
          failed: { one: 'a pinned card could not be drawn again', all: 'the pinned cards could not be checked' },
          sleep,
        },
        signal,
      ),
  }
}
