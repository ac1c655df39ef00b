import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { actorOf, CaseId, CommandId, CveId, instant, Sha256 } from '@embargo/core'
import type { PersonRequest } from '@embargo/core'
import { createEngine } from '@embargo/engine'
import type { RunningEngine } from '@embargo/engine'
import { createParser } from '@embargo/mail'
import { openStore } from '@embargo/store'
import { startPostgres } from '@embargo/testkit'
import { quillmark } from '@embargo/testkit/policy'
import { expect, it } from 'vitest'

const NOW = instant(Date.UTC(2026, 4, 4, 9))
const POLICY = quillmark('team', { platforms: ['terminal'] })
const ATTEMPTS = 3
/** The test starts PostgreSQL, and the machine may be busy with other tests. */
const TIMEOUT_MS = 120_000
const caseOf = (number: number) => CaseId.parse(`SEC-2026-000${number}`)

/**
 * For SQLite there is one file and one store, because only one store can open the file. For PostgreSQL, two stores use
 * the same database.
 */
const PLACES = {
  async SQLite(stack: AsyncDisposableStack) {
    const folder = mkdtempSync(join(tmpdir(), 'embargo-one-cve-'))
    stack.defer(() => rmSync(folder, { recursive: true, force: true }))
    const store = stack.use(await open(`file:${join(folder, 'embargo.db')}`))
    return [store, store] as const
  },
  async PostgreSQL(stack: AsyncDisposableStack) {
    const database = await stack.use(await startPostgres()).database()
    return [stack.use(await open(database)), stack.use(await open(database))] as const
  },
}

const log = { info: () => undefined, warn: () => undefined, error: () => undefined }
const open = (database: string) => openStore({ database, masterKey: new Uint8Array(32).fill(7), log })

let commands = 0
const asks = (engine: RunningEngine, request: PersonRequest) =>
  engine.commands.handle({
    commandId: CommandId.parse(`test:${++commands}`),
    actor: actorOf(POLICY, 'terminal', 'ana'),
    at: NOW,
    request,
  })

it.each(Object.entries(PLACES))(
  'two processes on %s that give one CVE id to two cases at the same moment: one is refused',
  async (_name, place) => {
    await using stack = new AsyncDisposableStack()
    const parser = stack.use(createParser())
    const clock = { now: () => NOW, wait: () => Promise.resolve() }
    const policy = { policy: POLICY, hash: Sha256.parse('0'.repeat(64)) }
    const stores = await place(stack)
    const [one, two] = [
      createEngine({ ...stores[0], policy, parser, clock, log }),
      createEngine({ ...stores[1], policy, parser, clock, log }),
    ]
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const pair = [caseOf(2 * attempt - 1), caseOf(2 * attempt)] as const
      for (const id of pair) {
        expect(await asks(one, { verb: 'open', case: id, project: 'quillmark' })).toMatchObject({ ok: true })
        const valid = { disposition: 'valid', severity: 'high' } as const
        expect(await asks(one, { verb: 'triage', case: id, ...valid })).toMatchObject({ ok: true })
      }
      const cve = CveId.parse(`CVE-1900-${1000 + attempt}`)
      const answers = await Promise.all([
        asks(one, { verb: 'cve.set', case: pair[0], cve }),
        asks(two, { verb: 'cve.set', case: pair[1], cve }),
      ])
      expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
      expect(answers.find(({ ok }) => !ok)).toMatchObject({ refusal: { because: `Another case has ${cve}.` } })
    }
  },
  TIMEOUT_MS,
)
