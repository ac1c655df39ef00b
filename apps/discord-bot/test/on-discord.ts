import { OutsideError } from '@embargo/engine'
import type { ChatPlatform } from '@embargo/engine'
import type { DiscordEmulator, DiscordEmulatorOptions } from '@embargo/emulator-discord'
import { createDiscordPlatform, discordRest } from '../src/index.ts'
import { card } from './cards.ts'
import { effect, GUILD, policy, recordingLog, server, TOKEN } from './server.ts'

export const THREADS = ['CREATE_PUBLIC_THREADS', 'CREATE_PRIVATE_THREADS', 'SEND_MESSAGES_IN_THREADS'] as const

/** Returns the `OutsideError` with which a call failed. Throws if the call ended in another way. */
export const ending = async (call: Promise<unknown>): Promise<OutsideError> => {
  const error = await call.then(
    () => undefined,
    (why: unknown) => why,
  )
  if (error instanceof OutsideError) return error
  throw new Error('the call did not end with an OutsideError', { cause: error })
}

/** A server, and `platform`, through which the engine uses the server. A test may replace `platform`. */
export async function onDiscord(more: Partial<DiscordEmulatorOptions> = {}) {
  const discord = await server(more)
  const log = recordingLog()
  const connect = (to: DiscordEmulator, token = TOKEN): ChatPlatform =>
    createDiscordPlatform({ rest: discordRest({ token, apiUrl: to.apiUrl }), guild: GUILD, policy, log })
  const on = {
    discord,
    log,
    connect,
    platform: connect(discord),
    open: (more: Partial<Parameters<ChatPlatform['openChannel']>[0]> = {}) =>
      on.platform.openChannel({
        effect: effect('e1/open-channel/discord'),
        name: 'SEC-2026-0042',
        lookUp: false,
        ...more,
      }),
    post: (channel: string, more: Partial<Parameters<ChatPlatform['post']>[0]> = {}) =>
      on.platform.post({
        effect: effect('e2/post/discord'),
        channel,
        card: card(),
        pin: false,
        lookUp: false,
        ...more,
      }),
    calls: (method: string) => discord.state.requests.filter((each) => each.method === method),
  }
  return on
}
export type OnDiscord = Awaited<ReturnType<typeof onDiscord>>
