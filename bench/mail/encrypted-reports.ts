import { CaseId, CommandId, instant } from '@embargo/core'
import { composeMail, importKey, protectMail } from '@embargo/mail'
import type { Program } from 'embargo'
import type { PrivateKey } from 'openpgp'
import { median, shareOf, timed } from '../figure.ts'
import type { Figure } from '../figure.ts'
import { numberOption } from '../option.ts'
import { SmtpClient } from '../smtp-client.ts'
import { AT_ONCE, startPipeline } from './bare-pipeline.ts'
import type { EncryptedReport } from './bare-pipeline.ts'
import { ADDRESS, ANA, PROJECT, startWithMail } from './program.ts'
import { Relay } from './relay.ts'
import { rsaKey, rsaKeys } from './rsa-keys.ts'

/**
 * With fewer reports, the bench would mostly measure how long Node takes to compile the code of a program that starts.
 */
const DEFAULT_REPORTS = 300
const REPORT_BYTES = 4 * 1024
const MAILS_FOR_EACH = 2
const CONNECTIONS = 4
const RUNS = 5
const WANTED_SHARE = 0.6

/**
 * Measures encrypted and signed reports, each from another reporter. Each report opens a case and is answered with a
 * receipt. Then a person acknowledges the report, which sends a second mail. Both mails leave encrypted and signed.
 */
export async function encryptedReports(): Promise<readonly Figure[]> {
  const count = numberOption('reports', DEFAULT_REPORTS)
  const own = await rsaKey(ADDRESS)
  const rates: number[] = []
  const bares: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    // Each run has other reporters, because this process keeps the keys of earlier reporters in memory.
    const reports = await reportsTo(own, count)
    bares.push(await throughPipeline(own, reports))
    rates.push(await throughProgram(own, reports))
  }
  const { share, shown } = shareOf(rates, bares)
  return [
    {
      work: 'encrypted and signed report of 4 KiB (RSA-4096) in, two encrypted and signed mails out',
      value: tenths(median(rates)),
      unit: 'reports/s',
      runs: RUNS,
      target: `${WANTED_SHARE} of the bare pipeline; it is ${shown}`,
      met: share >= WANTED_SHARE,
      beside: {
        what: 'smtp-server, postal-mime, openpgp and nodemailer with files and fsync',
        value: tenths(median(bares)),
        unit: 'reports/s',
      },
    },
  ]
}

const tenths = (value: number): number => Math.round(value * 10) / 10

async function reportsTo(own: PrivateKey, count: number): Promise<readonly EncryptedReport[]> {
  const addresses = Array.from({ length: count }, (_, n) => `robin-${n}@sample.example`)
  const keys = await rsaKeys(addresses)
  const to = [own.toPublic().write()]
  const reports: EncryptedReport[] = []
  for (const [n, key] of keys.entries()) {
    const from = addresses[n] ?? ''
    const sentence = `Report ${n}: the include directive follows a relative path out of the template folder.\n`
    const mail = await composeMail(
      {
        subject: `Reads files outside its folder (${n})`,
        text: sentence.repeat(Math.ceil(REPORT_BYTES / sentence.length)).slice(0, REPORT_BYTES),
        attachments: [{ filename: 'key.asc', contentType: 'application/pgp-keys', content: key.toPublic().armor() }],
        automatic: false,
      },
      {
        from: { name: 'Robin Sample', address: from },
        replyTo: from,
        to: ADDRESS,
        messageId: `<report-${n}@sample.example>`,
        date: instant(Date.now()),
      },
    )
    const raw = await protectMail(mail, { is: 'encrypted', to, signer: key.write() }, Date.now())
    reports.push({ from, raw })
  }
  return reports
}

/**
 * Sends all reports over several connections, and waits until each report is answered with two mails. Returns the
 * number of reports per second. The first report is not measured: when it comes, Embargo must first start the process
 * that reads mail.
 */
async function rateOf(relay: Relay, port: number, reports: readonly EncryptedReport[]): Promise<number> {
  let next = 0
  const sender = async (count = Number.POSITIVE_INFINITY): Promise<void> => {
    using client = await SmtpClient.connect(port)
    for (let sent = 0; sent < count; sent += 1) {
      const report = reports[next++]
      if (report === undefined) return
      await client.send({ from: report.from, to: ADDRESS, raw: Buffer.from(report.raw).toString('latin1') })
    }
  }
  await sender(1)
  await relay.until(({ mails }) => mails >= MAILS_FOR_EACH)
  const took = await timed(async () => {
    await Promise.all(Array.from({ length: CONNECTIONS }, async () => sender()))
    await relay.until(({ mails }) => mails >= reports.length * MAILS_FOR_EACH)
  })
  if (relay.readable > 0) throw new Error(`${relay.readable} mails left unencrypted.`)
  return ((reports.length - 1) / took) * 1000
}

async function throughPipeline(own: PrivateKey, reports: readonly EncryptedReport[]): Promise<number> {
  await using relay = await Relay.start()
  await using pipeline = await startPipeline({ own, relayPort: relay.port })
  return await rateOf(relay, pipeline.port, reports)
}

async function throughProgram(own: PrivateKey, reports: readonly EncryptedReport[]): Promise<number> {
  await using relay = await Relay.start()
  await using program = await startWithMail(relay.port)
  const imported = await importKey(own.write(), undefined, Date.now())
  if (imported.is !== 'imported') throw new Error('The key of the project was not imported.')
  const at = instant(Date.now())
  await program.store.ownKeys.add({ project: PROJECT, serial: 1, createdAt: at, confirmedAt: at, ...imported.key })
  const acknowledged = acknowledge(program, relay, reports.length)
  const rate = await rateOf(relay, program.smtpPort ?? 0, reports)
  await acknowledged
  return rate
}

/**
 * Acknowledges one case for each receipt, in the order of the case numbers, which is the order in which the cases were
 * opened. It acknowledges as many at once as the bare pipeline does.
 */
async function acknowledge({ engine }: Program, relay: Relay, count: number): Promise<void> {
  let next = 1
  const person = async (): Promise<void> => {
    for (let n = next++; n <= count; n = next++) {
      await relay.until(({ recipients }) => recipients.size >= n)
      const number = CaseId.parse(`SEC-${new Date().getUTCFullYear()}-${String(n).padStart(4, '0')}`)
      const done = await engine.commands.handle({
        commandId: CommandId.parse(`ack:${n}`),
        actor: ANA,
        at: engine.now(),
        request: { verb: 'ack', case: number },
      })
      if (!done.ok) throw new Error(`${number} was not acknowledged.`)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, person))
}
