import { LoopbackServer, systemClock } from '@embargo/emulator-kit'
import { Delivery } from './delivery.ts'
import { EventFeed } from './events.ts'
import { Faults } from './faults.ts'
import { FilesDesk } from './files-desk.ts'
import type { RequestUrl } from './http-delivery.ts'
import { Interactions } from './interactions.ts'
import { ACK_MS, EVENT_RETRY_MS, REQUEST_BYTES_MAX } from './limits.ts'
import type { CommandSeed, SlackEmulatorOptions } from './options.ts'
import type { Commands } from './people/person.ts'
import { Person } from './people/person.ts'
import { NotPossible } from './people/not-possible.ts'
import { seededRandom } from './random.ts'
import { RateLimits } from './rate-limits.ts'
import { renderMessage, renderView } from './render/message.ts'
import { route } from './routes.ts'
import { Sockets } from './sockets.ts'
import type { EphemeralMessage, Home, Message, OpenView, SlackState } from './state.ts'
import type { Platform } from './web-api/call.ts'
import { Workspace } from './workspace.ts'

/** How long `until` and `connected` wait by default. */
const UNTIL_MS = 15_000

/** A running Slack emulator. It must be disposed, because its sockets keep the process alive. */
export type SlackEmulator = AsyncDisposable & {
  /** The value for `clientOptions.slackApiUrl`. */
  readonly apiUrl: string
  readonly state: SlackState
  readonly faults: Faults
  /** The member with this id. The methods of the result do what a person can do in Slack. */
  person(userId: string): Person
  /**
   * Calls `look` now and after each change, and resolves with its first truthy value. Rejects with UntilTimeout if the
   * time is over before.
   */
  until<T>(
    look: (state: SlackState) => T | undefined | null | false,
    options?: { readonly timeoutMs?: number; readonly wanted?: string },
  ): Promise<T>
  /**
   * Sets the Request URL of the app, as in the app's settings when Socket Mode is off. Rejects if the app fails the
   * challenge.
   */
  deliverTo(request: RequestUrl): Promise<void>
  /** Resolves when the app has this many sockets open. */
  connected(options?: { readonly sockets?: number; readonly timeoutMs?: number }): Promise<void>
  /** A message or a modal as people see it, with names for ids. */
  render(item: Message | EphemeralMessage | OpenView | Home): string
  close(): Promise<void>
}

const commandMap = (seeds: readonly CommandSeed[] | undefined): Commands =>
  seeds &&
  new Map(seeds.map((seed) => (typeof seed === 'string' ? [seed, true] : [seed.command, seed.shouldEscape ?? true])))

/**
 * Starts a Slack workspace on 127.0.0.1 with one app installed: Web API, Socket Mode, response URLs and uploads. The
 * emulator refuses what Slack refuses.
 */
export const startSlackEmulator = async (options: SlackEmulatorOptions): Promise<SlackEmulator> => {
  const clock = { wall: options.now ?? systemClock.wall, monotonic: options.monotonic ?? systemClock.monotonic }
  const workspace = new Workspace(options, clock)
  const base = (): string => server.base
  const scopes = new Set(options.scopes)
  const ackMs = options.timing?.ackMs ?? ACK_MS
  const sockets = new Sockets(workspace, { base, random: seededRandom(options.seed ?? 1), ackMs })
  const delivery = new Delivery(workspace, { sockets, ackMs })
  const faults = new Faults({ drop: () => sockets.drop(), refresh: (options) => sockets.refresh(options) })
  sockets.obey(faults)
  delivery.obey(faults)
  const events = new EventFeed(workspace, delivery, {
    scopes,
    subscribed: options.events,
    retryMs: options.timing?.eventRetryMs ?? EVENT_RETRY_MS,
  })
  const platform: Platform = {
    workspace,
    scopes,
    sockets,
    delivery,
    events,
    interactions: new Interactions(workspace, base),
    files: new FilesDesk(workspace, base),
  }
  const limits = new RateLimits(options.limits ?? 'off', clock.monotonic)
  const tokens = { app: options.appToken, bot: options.botToken }
  const server = new LoopbackServer({
    requestBytesMax: REQUEST_BYTES_MAX,
    answer: (received) => route({ platform, faults, limits, tokens }, received),
    upgrade: (request, socket, head) => sockets.upgrade(request, socket, head),
  })
  await server.listen()

  const commands = commandMap(options.commands)
  const nameOf = (id: string): string | undefined => workspace.nameOf(id)
  const close = async (): Promise<void> => {
    workspace.changes.end()
    events.close()
    delivery.close()
    await sockets.close()
    await server.close()
  }
  return {
    apiUrl: `${server.base}/api/`,
    state: workspace,
    faults,
    person: (userId) => {
      const user = workspace.users.get(userId)
      if (!user || user.isDeleted) throw new NotPossible(`There is no member ${userId}.`)
      return new Person(user, platform, { commands, shortcuts: options.shortcuts })
    },
    until: (look, { timeoutMs = UNTIL_MS, wanted = look.toString() } = {}) =>
      workspace.changes.until(() => look(workspace), timeoutMs, wanted),
    deliverTo: (request) => delivery.toUrl(request),
    connected: async ({ sockets: count = 1, timeoutMs = UNTIL_MS } = {}) => {
      await workspace.changes.until(() => workspace.connections >= count, timeoutMs, `${count} sockets of the app`)
    },
    render: (item) => ('view' in item ? renderView(item.view, nameOf) : renderMessage(item, nameOf)),
    close,
    [Symbol.asyncDispose]: close,
  }
}
