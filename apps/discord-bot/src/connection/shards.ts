import { setTimeout as pause } from 'node:timers/promises'
import type { ClientOptions } from 'discord.js'
import { SimpleShardingStrategy, WebSocketShardStatus } from 'discord.js'

type Manager = Parameters<NonNullable<NonNullable<ClientOptions['ws']>['buildStrategy']>>[0]

/** How long an end waits for a connection that is just being made. */
const MOST_MS = 5000
const STEP_MS = 20

/**
 * Connects as the library does, and never again once it was told to end. Between two connections the library is idle for
 * half a second, and does not hear that it should end: it would connect for nobody, and hold the process.
 */
export class Shards extends SimpleShardingStrategy {
  #isOver = false

  constructor(manager: Manager) {
    super(manager)
    const { options } = manager
    const known = options.retrieveSessionInfo.bind(options)
    // Asked right before each connection: without an answer no connection is made.
    options.retrieveSessionInfo = (shard) => (this.#isOver ? new Promise(() => {}) : known(shard))
  }

  /** Before a first connection the library destroys what there is not yet, and spawns. */
  override spawn(shards: number[]): Promise<void> {
    this.#isOver = false
    return super.spawn(shards)
  }

  override async destroy(options?: Parameters<SimpleShardingStrategy['destroy']>[0]): Promise<void> {
    this.#isOver = true
    // One that is being made cannot be ended before it is there.
    for (let waited = 0; waited < MOST_MS && (await this.#isConnecting()); waited += STEP_MS) await pause(STEP_MS)
    await super.destroy(options)
  }

  async #isConnecting(): Promise<boolean> {
    return (await this.fetchStatus()).some(
      (status) => status === WebSocketShardStatus.Connecting || status === WebSocketShardStatus.Resuming,
    )
  }
}
