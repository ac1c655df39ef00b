import { mkdtempSync, rmSync } from 'node:fs'
import { generateKeyPairSync } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CaseId } from '@embargo/core'
import { DnsError } from '@embargo/mail'
import type { Resolver } from '@embargo/mail'
import { startMailBridge } from '@embargo/mail-bridge'
import { authenticate, dkimSign } from 'mailauth'
import { until } from '../deployment.ts'
import { median, shareOf, timed } from '../figure.ts'
import type { Figure } from '../figure.ts'
import { numberOption } from '../option.ts'
import { plainReport, SmtpClient } from '../smtp-client.ts'
import { startBareServer } from './bare-server.ts'
import { log, openParts } from './parts.ts'
import { ADDRESS } from './program.ts'
import { clock } from '../deployment.ts'

/**
 * Each run starts new processes. With a fifth of this number of reports, the bench would mostly measure how Node
 * compiles the code of these processes.
 */
const DEFAULT_REPORTS = 1_000
const CONNECTIONS = 4
/** The speed of many machines changes from second to second, so the median of three runs would say little. */
const RUNS = 7
const WANTED_SHARE = 0.5
const PATIENCE_MS = 10 * 60_000
/**
 * The pause between two checks of whether Embargo has finished. The last pause counts towards Embargo's time, so the
 * pauses are short. For the bare program, the bench makes no such pauses.
 */
const LOOK_EVERY_MS = 5
const DOMAIN = 'sample.example'
/**
 * The bench sends from this machine, but no SPF record can name this machine's address. So Embargo and the bare program
 * both treat the following address as the sender's.
 */
const CLIENT = { address: '192.0.2.7', helo: 'mx.sample.example' }

type Report = { readonly from: string; readonly raw: string }

const KEY = generateKeyPairSync('rsa', { modulusLength: 2048 })
const PUBLIC_KEY = KEY.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
const DNS: Readonly<Record<string, string[][]>> = {
  [`TXT _dmarc.${DOMAIN}`]: [['v=DMARC1; p=reject']],
  [`TXT ${DOMAIN}`]: [[`v=spf1 ip4:${CLIENT.address} -all`]],
  [`TXT s1._domainkey.${DOMAIN}`]: [[`v=DKIM1; k=rsa; p=${PUBLIC_KEY}`]],
}

async function resolver(name: string, type: string): Promise<string[][]> {
  const found = DNS[`${type} ${name}`]
  if (found === undefined) throw new DnsError('ENOTFOUND')
  return found
}

/**
 * Plain reports, each from another sender. Embargo stores each report before it answers 250, then reads and checks it.
 * In this bench, mail may open only one case. The first report opens it, and all other reports are held for a person.
 * The first report is not measured, so Embargo opens no case for a measured report, just as the bare program opens
 * none. For each report, Embargo also records the start and the end of the reading, and that the report is held.
 */
export async function checkedReports(): Promise<readonly Figure[]> {
  const reports = await signedReports(numberOption('reports', DEFAULT_REPORTS))
  const rates: number[] = []
  const bares: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    bares.push(await throughBareServer(reports))
    rates.push(await throughParts(reports))
  }
  const { share, shown } = shareOf(rates, bares)
  return [
    {
      work: 'plain report: on disk before the 250, then checked with SPF, DKIM and DMARC, and held without a case',
      value: Math.round(median(rates)),
      unit: 'reports/s',
      runs: RUNS,
      target: `${WANTED_SHARE} of the bare libraries; it is ${shown}`,
      met: share >= WANTED_SHARE,
      beside: {
        what: 'smtp-server (one file and one fsync for each mail) and mailauth; no mail is decoded or encrypted',
        value: Math.round(median(bares)),
        unit: 'reports/s',
      },
    },
  ]
}

async function signedReports(count: number): Promise<readonly Report[]> {
  const privateKey = KEY.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const signer = { signingDomain: DOMAIN, selector: 's1', privateKey }
  return Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const from = `robin-${n}@${DOMAIN}`
      const mail = plainReport(`checked-${n}`, ADDRESS, from)
      const { signatures } = await dkimSign(`${mail}\r\n`, { ...signer, signatureData: [signer] })
      return { from, raw: signatures + mail }
    }),
  )
}

/** The first report is not measured: when it comes, Embargo must first start the processes that read mail. */
async function rateOf(
  port: number,
  [first, ...reports]: readonly Report[],
  done: () => Promise<void>,
): Promise<number> {
  const send = async (all: readonly Report[]): Promise<void> => {
    using client = await SmtpClient.connect(port)
    for (const report of all) await client.send({ ...report, to: ADDRESS })
  }
  await send(first === undefined ? [] : [first])
  await done()
  const took = await timed(async () => {
    const parts = Array.from({ length: CONNECTIONS }, (_, part) => reports.filter((_, n) => n % CONNECTIONS === part))
    await Promise.all(parts.map(send))
    await done()
  })
  return (reports.length / took) * 1000
}

async function throughBareServer(reports: readonly Report[]): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'embargo-bench-bare-'))
  const checks: Promise<void>[] = []
  const check = async (raw: Buffer, from: string): Promise<void> => {
    const { dmarc } = await authenticate(raw, {
      ip: CLIENT.address,
      helo: CLIENT.helo,
      sender: from,
      mta: 'mx.quillmark.example',
      disableBimi: true,
      resolver,
    })
    if (!dmarc || dmarc.status.result !== 'pass')
      throw new Error('The bare libraries took a genuine report for a forgery.')
  }
  try {
    await using server = await startBareServer(folder, (raw, from) => void checks.push(check(raw, from)))
    return await rateOf(server.port, reports, async () => void (await Promise.all(checks)))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function throughParts(reports: readonly Report[]): Promise<number> {
  let keys = 0
  const counted: Resolver = async (name, type) => {
    if (name.includes('_domainkey')) keys += 1
    return resolver(name, type)
  }
  await using parts = await openParts({ resolver: counted, newCases: 1 })
  const { store, engine, quota } = parts
  await using bridge = await startMailBridge({
    listen: { host: '127.0.0.1', port: 0 },
    name: 'mx.quillmark.example',
    addresses: [ADDRESS],
    spool: { ...store.spool, store: async (mail) => store.spool.store({ ...mail, client: CLIENT }) },
    quota,
    clock,
    log,
  })
  parts.takeIn()
  const rate = await rateOf(bridge.port, reports, () =>
    until(async () => (await store.spool.waiting(1)).length === 0, PATIENCE_MS, LOOK_EVERY_MS),
  )
  const first = CaseId.parse(`SEC-${new Date().getUTCFullYear()}-0001`)
  const events = await engine.deps.events.read(first)
  if (!JSON.stringify(events).includes('"confirmed"')) throw new Error('Embargo took a genuine report for a forgery.')
  const held = await store.spool.countHeld()
  if (held !== reports.length - 1) throw new Error(`${held} of ${reports.length - 1} reports are held.`)
  if (keys < reports.length) throw new Error(`${keys} of ${reports.length} signatures were checked.`)
  return rate
}
