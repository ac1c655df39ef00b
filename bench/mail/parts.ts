import { clocks, decide, evolveRecorded, react, rowOf, streamsFor } from '@embargo/core'
import { policyHash } from '@embargo/config'
import { createEngine, createIntake, createMailQuota } from '@embargo/engine'
import type { Log, MailQuota, RunningEngine } from '@embargo/engine'
import { createParser } from '@embargo/mail'
import type { Resolver } from '@embargo/mail'
import { openStore } from '@embargo/store'
import type { Store } from '@embargo/store'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clock } from '../deployment.ts'
import { policy } from './program.ts'

export const log: Log = { info: () => undefined, warn: console.error, error: console.error }

export type Parts = AsyncDisposable & {
  readonly store: Store
  readonly engine: RunningEngine
  readonly quota: MailQuota
  /** Starts to process the stored mails. The processing ends when the parts are disposed. */
  readonly takeIn: () => void
}

/**
 * The parts of the program that a received mail passes through. No effects are dispatched. `newCases`: how many cases
 * mail may open in an hour; further reports wait for a person.
 */
export async function openParts({
  resolver,
  newCases = policy.intake.newCases,
}: { readonly resolver?: Resolver; readonly newCases?: number } = {}): Promise<Parts> {
  const limited = { ...policy, intake: { ...policy.intake, newCases } }
  await using stack = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'embargo-bench-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  const database = `file:${join(folder, 'embargo.db')}`
  const store = stack.use(await openStore({ database, masterKey: new Uint8Array(32).fill(7), log }))
  const parser = stack.use(createParser())
  const verifier = stack.use(createParser())
  await Promise.all([parser.ready(), verifier.ready()])
  const engine = createEngine({
    ...store,
    policy: { policy: limited, hash: policyHash(limited) },
    domain: { streamsFor, decide, evolve: evolveRecorded, react, clocks, rowOf },
    parser,
    domainLookup: { resolver, verify: async (request) => verifier.verify(request) },
    clock,
    log,
  })
  const stopping = new AbortController()
  const loops: Promise<void>[] = []
  stack.defer(async () => {
    stopping.abort()
    await Promise.all(loops)
  })
  const owned = stack.move()
  return {
    store,
    engine,
    quota: createMailQuota(engine.deps),
    takeIn: () => void loops.push(createIntake({ engine }).run(stopping.signal)),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
