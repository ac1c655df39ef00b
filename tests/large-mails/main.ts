import { randomFillSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { instant } from '@embargo/core'
import { openStore } from '@embargo/store'

/**
 * `npm run large-mails`: stores 200 mails of 20 MB each. Exits with 1 if the memory does not return to its earlier
 * size.
 */
const MAILS = 200
const MEGABYTE = 1024 * 1024
const MAIL_BYTES = 20 * MEGABYTE
const REPORT_EVERY = 20

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

async function held(): Promise<number> {
  for (let round = 0; round < 3; round += 1) {
    collect()
    await new Promise(setImmediate)
  }
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

const folder = mkdtempSync(join(tmpdir(), 'embargo-large-mails-'))
const raw = new Uint8Array(MAIL_BYTES)
try {
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
  await using store = await openStore({
    database: `file:${join(folder, 'embargo.db')}`,
    masterKey: new Uint8Array(32).fill(1),
    log: silent,
  })
  const before = await held()
  console.log(`before: ${Math.round(before / MEGABYTE)} MB`)
  let after = before
  for (let mail = 1; mail <= MAILS; mail += 1) {
    randomFillSync(raw)
    await store.spool.store({
      raw,
      envelopeFrom: 'sender@reporter.example',
      envelopeTo: ['security@example.org'],
      receivedAt: instant(mail),
      delivery: `${mail}`,
    })
    if (mail % REPORT_EVERY !== 0) continue
    after = await held()
    console.log(`after ${mail} mails: ${Math.round(after / MEGABYTE)} MB`)
  }
  process.exitCode = after - before < MAIL_BYTES ? 0 : 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
