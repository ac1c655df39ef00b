import { LoopbackServer, systemClock } from '@embargo/emulator-kit'
import { Admin } from './admin.ts'
import { Edge } from './edge.ts'
import { Faults } from './faults.ts'
import { Gateway } from './gateway/gateway.ts'
import { Guild } from './guild.ts'
import { Interactions } from './interactions.ts'
import { setAvailable } from './life/members.ts'
import { ANSWER_MS, HEARTBEAT_MS, REQUEST_BYTES_MAX } from './limits.ts'
import type { DiscordEmulatorOptions } from './options.ts'
import { NotPossible } from './people/not-possible.ts'
import { DiscordPerson } from './people/person.ts'
import { RateLimits } from './rate-limits.ts'
import { renderMessage, renderModal } from './render/message.ts'
import type { Platform } from './rest/call.ts'
import { route } from './routes.ts'
import type { DiscordState, Message, OpenModal } from './state.ts'

/** How long `until` and `connected` wait by default. */
const UNTIL_MS = 15_000

/** A running Discord emulator. It must be disposed, because its sockets keep the process alive. */
export type DiscordEmulator = AsyncDisposable & {
  /** The value for `rest.api` of discord.js, which adds `/v10`: `http://127.0.0.1:<port>/api`. */
  readonly apiUrl: string
  readonly guildId: string
  readonly applicationId: string
  readonly botUserId: string
  readonly state: DiscordState
  readonly faults: Faults
  /** The owner of the server and of the application. */
  readonly admin: Admin
  /** The member with this id, with everything that a person can do in Discord's own client. */
  person(userId: string): DiscordPerson
  /** Calls `look` now and after each change, and resolves with its first truthy value. Rejects with UntilTimeout. */
  until<T>(
    look: (state: DiscordState) => T | undefined | null | false,
    options?: { readonly timeoutMs?: number; readonly wanted?: string },
  ): Promise<T>
  /** Resolves when the app has a gateway session open and identified. */
  connected(options?: { readonly timeoutMs?: number }): Promise<void>
  /** A message or a modal as people see it, with names in place of ids. */
  render(item: Message | OpenModal): string
  /** Sets for how many milliseconds new links to attachments are valid; a day by default. */
  linksLive(ms: number): void
  close(): Promise<void>
}

/**
 * Starts a Discord server on 127.0.0.1, with the HTTP API v10, the gateway, interactions and attachments. By default,
 * its one application is invited. The emulator refuses what Discord refuses.
 */
export const startDiscordEmulator = async (options: DiscordEmulatorOptions): Promise<DiscordEmulator> => {
  const clock = { wall: options.now ?? systemClock.wall, monotonic: options.monotonic ?? systemClock.monotonic }
  const base = (): string => server.base
  const guild = new Guild(options, { clock, base })
  const gateway = new Gateway(guild, {
    base,
    token: options.botToken,
    heartbeatMs: options.timing?.heartbeatMs ?? HEARTBEAT_MS,
  })
  const interactions = new Interactions(guild, options.timing?.answerMs ?? ANSWER_MS)
  const limits = new RateLimits(options.limits ?? 'off', clock.monotonic)
  const edge = new Edge(clock.monotonic)
  const platform: Platform = { guild, gateway, interactions, limits }
  const faults = new Faults({
    drop: () => gateway.drop(),
    reconnect: () => gateway.reconnect(),
    invalidate: () => gateway.invalidate(),
    deliverTwice: () => gateway.deliverTwice(),
    setDown: (isDown) => {
      gateway.isDown = isDown
    },
    setAvailable: (isAvailable, refusesCalls) => setAvailable(guild, isAvailable, refusesCalls),
    setBanned: (isBanned) => edge.force(isBanned),
  })
  const server = new LoopbackServer({
    requestBytesMax: REQUEST_BYTES_MAX,
    answer: (received) => route({ platform, faults, token: options.botToken }, edge, received),
    upgrade: (request, socket, head) => gateway.upgrade(request, socket, head),
  })
  await server.listen()

  const nameOf = (id: string): string | undefined => guild.nameOf(id)
  const close = async (): Promise<void> => {
    guild.changes.end()
    interactions.close()
    await gateway.close()
    await server.close()
  }
  return {
    apiUrl: `${server.base}/api`,
    guildId: guild.id,
    applicationId: guild.application.id,
    botUserId: guild.bot.id,
    state: guild,
    faults,
    admin: new Admin(guild, options),
    person: (userId) => {
      const member = guild.members.get(userId)
      if (!member || member.user.isBot) throw new NotPossible(`There is no member ${userId}.`)
      return new DiscordPerson(member.user, platform)
    },
    until: (look, { timeoutMs = UNTIL_MS, wanted = look.toString() } = {}) =>
      guild.changes.until(() => look(guild), timeoutMs, wanted),
    connected: async ({ timeoutMs = UNTIL_MS } = {}) => {
      await guild.changes.until(() => guild.connections > 0, timeoutMs, 'a gateway session of the app')
    },
    render: (item) => ('modal' in item ? renderModal(item.modal, nameOf) : renderMessage(item, nameOf)),
    linksLive: (ms) => guild.cdn.linksLive(ms),
    close,
    [Symbol.asyncDispose]: close,
  }
}
