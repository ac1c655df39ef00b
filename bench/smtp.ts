import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { instant } from '@embargo/core'
import { startMailBridge } from '@embargo/mail-bridge'
import { openStore } from '@embargo/store'
import { SMTPServer } from 'smtp-server'
import { median, timed } from './figure.ts'
import type { Bench } from './figure.ts'
import { plainReport, SmtpClient } from './smtp-client.ts'

const ADDRESS = 'security@quillmark.example'
const CONNECTIONS = 8
const MAILS = 1000
const RUNS = 7
const WANTED_SHARE = 0.5

type Listener = AsyncDisposable & { readonly port: number }

/** Plain reports over SMTP, durable before the 250: our bridge and spool, and a bare listener that fsyncs a file for each. */
export const smtpBench: Bench = {
  name: 'smtp',
  async measure() {
    const folder = mkdtempSync(join(tmpdir(), 'embargo-bench-'))
    try {
      await using ours = await bridge(join(folder, 'spool.db'))
      await using bare = await bareListener(join(folder, 'mails'))
      const rates: { readonly ours: number; readonly bare: number }[] = []
      // One after the other in every run, and each is first in turn, so that a busy moment of the machine meets both. The
      // first run warms up.
      for (let run = 0; run <= RUNS; run += 1) {
        const before = run % 2 === 0 ? await rate(bare.port, `bare-${run}`) : undefined
        const measured = await rate(ours.port, `ours-${run}`)
        const beside = before ?? (await rate(bare.port, `bare-${run}`))
        if (run > 0) rates.push({ ours: measured, bare: beside })
      }
      const value = Math.round(median(rates.map((one) => one.ours)))
      const beside = Math.round(median(rates.map((one) => one.bare)))
      const share = median(rates.map((one) => one.ours / one.bare))
      return [
        {
          work: `plain report over SMTP, durable before the 250, ${CONNECTIONS} connections`,
          value,
          unit: 'mails/s',
          runs: RUNS,
          target: `${WANTED_SHARE} of the bare listener; it is ${share.toFixed(2)}`,
          met: share >= WANTED_SHARE,
          beside: { what: 'bare smtp-server, one file and fsync a mail', value: beside, unit: 'mails/s' },
        },
      ]
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function rate(port: number, name: string): Promise<number> {
  const clients = await Promise.all(Array.from({ length: CONNECTIONS }, () => SmtpClient.connect(port)))
  let next = 0
  const took = await timed(() =>
    Promise.all(
      clients.map(async (client) => {
        for (let n = next++; n < MAILS; n = next++) {
          await client.send({ from: 'robin@sample.example', to: ADDRESS, raw: plainReport(`${name}-${n}`, ADDRESS) })
        }
      }),
    ),
  )
  for (const client of clients) client[Symbol.dispose]()
  return (MAILS / took) * 1000
}

async function bridge(database: string): Promise<Listener> {
  await using stack = new AsyncDisposableStack()
  const log = { info: () => undefined, warn: () => undefined, error: console.error }
  const store = stack.use(await openStore({ database: `file:${database}`, masterKey: new Uint8Array(32).fill(7), log }))
  const listen = { host: '127.0.0.1', port: 0 }
  const clock = { now: () => instant(Date.now()) }
  const quota = { isKnown: async () => false, refuses: async () => undefined, stored: () => undefined }
  const { port } = stack.use(
    await startMailBridge({
      listen,
      name: 'bench.example.org',
      addresses: [ADDRESS],
      spool: store.spool,
      quota,
      clock,
      log,
    }),
  )
  const owned = stack.move()
  return { port, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}

async function bareListener(folder: string): Promise<Listener> {
  mkdirSync(folder)
  let mails = 0
  const server = new SMTPServer({
    logger: false,
    disabledCommands: ['AUTH', 'STARTTLS'],
    authOptional: true,
    disableReverseLookup: true,
    onData(stream, _session, answer) {
      const written = async (): Promise<void> => {
        await using file = await open(join(folder, `${++mails}.eml`), 'wx')
        for await (const chunk of stream) await file.write(chunk)
        await file.sync()
      }
      void written().then(() => answer(), answer)
    },
  })
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const address = server.server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(resolve)),
  }
}
