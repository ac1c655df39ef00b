import { setTimeout as pause } from 'node:timers/promises'
import type { ClientOptions } from 'discord.js'
import { SimpleShardingStrategy, WebSocketShardStatus } from 'discord.js'

type Manager = Parameters<NonNullable<NonNullable<ClientOptions['ws']>['buildStrategy']>>[0]

/** How long the bot, when it stops, waits for a connection in progress. */
const MAX_MS = 5000
const STEP_MS = 20

/**
 * Connects as the library does, but never after the bot was told to stop. The library pauses for half a second between
 * two connections. Without this class, a bot that is stopped in this pause would still connect, and the process would
 * stay alive.
 */
export class Shards extends SimpleShardingStrategy {
  #isOver = false

  constructor(manager: Manager) {
    super(manager)
    const { options } = manager
    const known = options.retrieveSessionInfo.bind(options)
    // The library calls this function right before each connection, and makes no connection without an answer.
    options.retrieveSessionInfo = (shard) => (this.#isOver ? new Promise(() => {}) : known(shard))
  }

  /** Before its first connection the library calls `destroy`, then `spawn`, so `spawn` allows connections again. */
  override spawn(shards: number[]): Promise<void> {
    this.#isOver = false
    return super.spawn(shards)
  }

  override async destroy(options?: Parameters<SimpleShardingStrategy['destroy']>[0]): Promise<void> {
    this.#isOver = true
    // A connection in progress can be closed only once it is established.
    for (let waited = 0; waited < MAX_MS && (await this.#isConnecting()); waited += STEP_MS) await pause(STEP_MS)
    await super.destroy(options)
  }

  async #isConnecting(): Promise<boolean> {
    return (await this.fetchStatus()).some(
      (status) => status === WebSocketShardStatus.Connecting || status === WebSocketShardStatus.Resuming,
    )
  }
}
