import type { Invocation, Reply } from '@embargo/chat'
import { EffectId, PersonId } from '@embargo/core'
import type { SlackEmulator, SlackEmulatorOptions } from '@embargo/emulator-slack'
import { afterEach, beforeEach } from 'vitest'
import type { BotRouter, SlackBot, SlackBotOptions } from '../src/index.ts'
import { startSlackBot } from '../src/index.ts'
import { card } from './cards.ts'
import {
  ANA,
  APP_TOKEN,
  BOT_TOKEN,
  policy,
  recordingLog,
  scriptedEngine,
  scriptedRouter,
  workspace,
} from './workspace.ts'

/** What the router answers by default. */
export const done = (more: Partial<Parameters<typeof card>[0]> = {}): Reply => ({
  audience: 'caller',
  card: card({ title: 'Done', ...more }),
})

type Boot = {
  readonly workspace?: Partial<SlackEmulatorOptions>
  readonly bot?: Partial<SlackBotOptions>
  readonly router?: Partial<Pick<BotRouter, 'refuses' | 'suggest' | 'home'>>
}

/** A workspace with the bot, and the channel of a case with Ana in it. All of them are new in each test. */
export class BootedSlack {
  channel = ''
  engine = scriptedEngine(() => this.channel)
  /** What the router answers. */
  reply: (invocation: Invocation) => Reply | Promise<Reply> = () => done()
  readonly log = recordingLog()
  readonly router: ReturnType<typeof scriptedRouter>
  #slack: SlackEmulator | undefined
  #bot: SlackBot | undefined
  readonly #boot: Boot

  constructor(boot: Boot) {
    this.#boot = boot
    this.router = scriptedRouter((invocation) => this.reply(invocation), boot.router)
  }

  get slack(): SlackEmulator {
    return running(this.#slack)
  }

  get bot(): SlackBot {
    return running(this.#bot)
  }

  readonly ana = () => this.slack.person(ANA)

  /** Starts the bot, for the first time or again. */
  async start(more: Partial<SlackBotOptions> = {}): Promise<void> {
    this.#bot = await startSlackBot({
      config: { appToken: APP_TOKEN, botToken: BOT_TOKEN, apiUrl: this.slack.apiUrl },
      policy,
      router: this.router,
      engine: this.engine,
      log: this.log,
      ...this.#boot.bot,
      ...more,
    })
  }

  async open(more: Partial<SlackEmulatorOptions> = {}): Promise<void> {
    this.channel = ''
    this.engine = scriptedEngine(() => this.channel)
    this.reply = () => done()
    this.log.lines.length = 0
    this.router.heard.length = 0
    this.#slack = await workspace({
      timing: { ackMs: 2000, eventRetryMs: [0, 0] },
      ...this.#boot.workspace,
      ...more,
    })
    await this.start()
    const effect = EffectId.parse('e1/open-channel/slack')
    const opened = await this.bot.platform.openChannel({ effect, name: 'SEC-2026-0042', lookUp: false })
    this.channel = opened.channel
    await this.bot.platform.invite({ channel: this.channel, people: [PersonId.parse('ana')] })
  }

  async close(): Promise<void> {
    await this.bot[Symbol.asyncDispose]()
    await this.slack.close()
  }
}

/**
 * Starts the workspace and the bot before each test, and stops them after the test. This applies to the tests of the
 * file or the `describe` that calls the function.
 */
export function bootSlack(boot: Boot = {}): BootedSlack {
  const on = new BootedSlack(boot)
  beforeEach(() => on.open())
  afterEach(() => on.close())
  return on
}

function running<T>(one: T | undefined): T {
  if (one === undefined) throw new Error('nothing is running before the first test')
  return one
}
