import { mergeIdentities, EffectId, delayedMentions } from '@embargo/core'
import type { Platform, StreamId } from '@embargo/core'
import type { RunningEngine } from '../engine.ts'
import { arrange } from '../projections/world.ts'
import type { ChatPlatform } from '../ports/chat-platform.ts'
import type { Presenter } from '../ports/presenter.ts'
import { realSleep } from '../shared/signal.ts'
import type { Sleep } from '../shared/signal.ts'
import { watchCases } from './case-watch.ts'

export type CallWatchOptions = {
  readonly engine: RunningEngine
  readonly chat: ReadonlyMap<Platform, ChatPlatform>
  readonly presenter: Pick<Presenter, 'call'>
  readonly sleep?: Sleep
}

/**
 * Mentions people at the start of their working hours if they were asked something outside these hours. Each post
 * carries a hidden mark. By this mark, a restarted program finds the post and does not repeat it.
 */
export function createCallWatch({ engine, chat, presenter, sleep = realSleep }: CallWatchOptions): {
  run(signal: AbortSignal): Promise<void>
} {
  const { deps } = engine
  const called = new Set<string>()

  async function lookAt(stream: StreamId): Promise<void> {
    const { policy } = deps.policy
    const world = mergeIdentities(policy, arrange(await deps.loadWorld(stream), stream))
    const { case: state } = world
    if (state === undefined) return
    const at = deps.clock.now()
    for (const call of delayedMentions(policy, world, at)) {
      for (const [name, platform] of chat) {
        const place = state.channels[name]
        const key = `${stream}/call/${call.key}/${name}`
        if (place === undefined || place.gone !== undefined || place.exposed !== undefined || called.has(key)) continue
        const effect = EffectId.parse(key)
        await platform.post({
          effect,
          channel: place.channel,
          card: await presenter.call({ state, world, platform: name, policy: deps.policy, at, stateOf, call }),
          pin: false,
          lookUp: true,
        })
        called.add(key)
      }
    }
  }

  const stateOf = async (stream: StreamId) => (await deps.states.load(stream)).state

  return {
    run: (signal) =>
      watchCases(
        engine,
        {
          lookAt,
          failed: {
            one: 'a person who was asked could not be mentioned',
            all: 'the people to mention could not be determined',
          },
          sleep,
        },
        signal,
      ),
  }
}
