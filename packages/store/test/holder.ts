import { openStore } from '../src/open-store.ts'
import { acknowledged, commitOf, MASTER_KEY, newCase, post, silent } from '../src/contract/samples.ts'

// Opens the given SQLite file, leases two effects, begins one of them, and waits to be killed.
const [database = ''] = process.argv.slice(2)
const store = await openStore({ database, masterKey: MASTER_KEY, log: silent })
const stream = newCase()
const [begun, calm] = [post(stream, 'begun', { lane: 'a' }), post(stream, 'calm', { lane: 'b' })]
await store.events.commit(commitOf(stream, { events: [acknowledged('held')], effects: [begun, calm] }))
await store.outbox.claim({ capabilities: ['slack'], worker: 'holder', nowMs: 1, leaseMs: 1e9, limit: 10 })
await store.outbox.begin(begun.id, 'holder', { nowMs: 1, leaseMs: 1e9 })
process.stdout.write(`${stream}\n`)
setInterval(() => store, 1_000)
