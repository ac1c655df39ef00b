import type { Invocation, Reply } from '@embargo/chat'
import { EffectId } from '@embargo/core'
import type { Command } from '@embargo/core'
import type { DiscordEmulator, DiscordEmulatorOptions } from '@embargo/emulator-discord'
import { afterEach, beforeEach } from 'vitest'
import type { DiscordBot, DiscordBotOptions } from '../src/index.ts'
import { startDiscordBot } from '../src/index.ts'
import { card } from './cards.ts'
import { ANA, GUILD, person, policy, recordingLog, scriptedEngine, scriptedRouter, server, TOKEN } from './server.ts'

/** What the router answers by default. */
export const done = (more: Partial<Parameters<typeof card>[0]> = {}): Reply => ({
  audience: 'caller',
  card: card({ title: 'Done', ...more }),
})

type Boot = {
  readonly server?: Partial<DiscordEmulatorOptions>
  readonly bot?: Partial<DiscordBotOptions>
}

/** A server with the bot, and the channel of a case with Ana in it. All of them are new in each test. */
export class BootedDiscord {
  opened = { channel: '', name: '' }
  engine = scriptedEngine(() => this.opened)
  /** What the router answers. */
  reply: (invocation: Invocation) => Reply | Promise<Reply> = () => done()
  readonly log = recordingLog()
  readonly router = scriptedRouter((invocation) => this.reply(invocation))
  #discord: DiscordEmulator | undefined
  #bot: DiscordBot | undefined
  readonly #boot: Boot

  constructor(boot: Boot) {
    this.#boot = boot
  }

  get discord(): DiscordEmulator {
    return running(this.#discord)
  }

  get bot(): DiscordBot {
    return running(this.#bot)
  }

  get channel(): string {
    return this.opened.channel
  }

  readonly ana = () => this.discord.person(ANA)
  /** The requests that core got, without the ids that only tell commands apart. */
  readonly told = (): readonly Command['request'][] => this.engine.handled.map(({ request }) => request)

  /** Starts the bot, for the first time or again. */
  readonly start = async (more: Partial<DiscordBotOptions> = {}): Promise<void> => {
    this.#bot = await startDiscordBot({
      config: { token: TOKEN, guild: GUILD, apiUrl: this.discord.apiUrl },
      policy,
      router: this.router,
      engine: this.engine,
      log: this.log,
      ...this.#boot.bot,
      ...more,
    })
  }

  /** Stops the bot after it has handled everything that it has received. */
  readonly stop = async (): Promise<void> => {
    await this.bot[Symbol.asyncDispose]()
    await this.discord.until((state) => state.connections === 0)
  }

  /**
   * Sends one more command, waits for its answer, and stops the bot. By then, the bot has handled everything that was
   * sent before the command.
   */
  readonly settled = async (): Promise<void> => {
    await (await this.ana().command('/ack', {}, this.channel)).shown()
    await this.bot[Symbol.asyncDispose]()
  }

  async open(): Promise<void> {
    this.opened = { channel: '', name: '' }
    this.engine = scriptedEngine(() => this.opened)
    this.reply = () => done()
    this.log.lines.length = 0
    this.router.heard.length = 0
    this.router.asked.length = 0
    this.router.choices = []
    this.router.refusal = undefined
    this.#discord = await server(this.#boot.server)
    await this.start()
    const effect = EffectId.parse('e1/open-channel/discord')
    this.opened = await this.bot.platform.openChannel({ effect, name: 'SEC-2026-0042', lookUp: false })
    await this.bot.platform.invite({ channel: this.channel, people: [person('ana')] })
  }

  async close(): Promise<void> {
    await this.bot[Symbol.asyncDispose]()
    await this.discord.close()
  }
}

/**
 * Starts the server and the bot before each test, and stops them after the test. This applies to the tests of the file
 * or the `describe` that calls the function.
 */
export function bootDiscord(boot: Boot = {}): BootedDiscord {
  const on = new BootedDiscord(boot)
  beforeEach(() => on.open())
  afterEach(() => on.close())
  return on
}

function running<T>(one: T | undefined): T {
  if (one === undefined) throw new Error('nothing is running before the first test')
  return one
}
