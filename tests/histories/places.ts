import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Sha256 } from '@embargo/core'
import { createEngine } from '@embargo/engine'
import type { Clock, Commit, EventStore } from '@embargo/engine'
import { createParser } from '@embargo/mail'
import { openStore } from '@embargo/store'
import type { Store } from '@embargo/store'
import { startPostgres } from '@embargo/testkit'
import { quillmark } from '@embargo/testkit/policy'
import fc from 'fast-check'
import { begin, History } from './play.ts'
import type { House } from './play.ts'
import { step } from './steps.ts'
import type { Tally } from './tally.ts'
import { Witness } from './witness.ts'

export type PlaceName = 'SQLite' | 'PostgreSQL'
export const PLACES: readonly PlaceName[] = ['SQLite', 'PostgreSQL']

const MASTER_KEY = new Uint8Array(32).fill(7)
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const policy = { policy: quillmark('team', { platforms: ['terminal'] }), hash: Sha256.parse('0'.repeat(64)) }

/**
 * The address of each store in a history. For SQLite there is one file and one store, because only one process can open
 * the file. For PostgreSQL, two stores use the same database.
 */
async function addresses(stack: AsyncDisposableStack, name: PlaceName): Promise<readonly string[]> {
  if (name === 'PostgreSQL') {
    const address = await stack.use(await startPostgres()).database()
    return [address, address]
  }
  const folder = mkdtempSync(join(tmpdir(), 'embargo-histories-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  return [`file:${join(folder, 'embargo.db')}`]
}

async function house(stack: AsyncDisposableStack, name: PlaceName): Promise<House> {
  const hand = begin()
  const clock: Clock = { now: () => hand.now, wait: () => Promise.resolve() }
  const all = await addresses(stack, name)
  const parser = stack.use(createParser())
  const witness = new Witness(policy.policy)
  let written = 0
  const count = (commit: Commit): void => {
    written += commit.appends.flatMap((append) => append.events).length
    witness.committed(commit)
  }
  const engineOn = (store: Store) =>
    createEngine({ ...store, events: counting(store.events, count), policy, parser, clock, log: silent })
  const stores: Store[] = []
  for (const database of all) stores.push(stack.use(await openStore({ database, masterKey: MASTER_KEY, log: silent })))
  const [first] = stores
  if (first === undefined) throw new Error('no store')
  // The first store gets a second engine. So even if there is only one store, each engine has cached states that
  // another engine changes.
  return {
    writers: [...stores.map(engineOn), engineOn(first)],
    events: first.events,
    written: () => written,
    witness,
    clock: hand,
  }
}

/** Wraps the log `events`. The wrapped log calls `count` with each commit that was written. */
const counting = (events: EventStore, count: (commit: Commit) => void): EventStore => ({
  commit: async (commit) => {
    const result = await events.commit(commit)
    if (result.is === 'committed') count(commit)
    return result
  },
  read: (stream, after) => events.read(stream, after),
  version: (stream) => events.version(stream),
  handled: (command) => events.handled(command),
  nextNumber: (prefix, year) => events.nextNumber(prefix, year),
  streams: () => events.streams(),
  verify: (stream) => events.verify(stream),
  verifyLog: (since) => events.verifyLog(since),
})

/** Plays one history with `steps` steps, drawn at random from a seed. Throws if a check at its end fails. */
export async function playOn(name: PlaceName, steps: number, seed: number): Promise<Tally> {
  const tallies: Tally[] = []
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: steps, maxLength: steps, size: 'max' }), async (drawn) => {
      await using stack = new AsyncDisposableStack()
      const history = new History(await house(stack, name))
      await history.play(drawn)
      tallies.push(history.tally)
    }),
    { numRuns: 1, seed, endOnFailure: true },
  )
  const [tally] = tallies
  if (tally === undefined) throw new Error('nothing was played')
  return tally
}
