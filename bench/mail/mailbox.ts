import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { open, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { instant } from '@embargo/core'
import { Outages } from '@embargo/engine'
import { connectMailbox, keepMailbox, mailboxOutages } from '@embargo/mail-bridge'
import { ImapFlow } from 'imapflow'
import { startDovecot } from '../../tests/servers/dovecot.ts'
import type { Dovecot } from '../../tests/servers/dovecot.ts'
import { clock } from '../deployment.ts'
import { median, shareOf, timed } from '../figure.ts'
import type { Figure } from '../figure.ts'
import { numberOption } from '../option.ts'
import { plainReport } from '../smtp-client.ts'
import { log, openParts } from './parts.ts'
import { ADDRESS } from './program.ts'

const DEFAULT_MAILS = 10_000
const RUNS = 3
const WANTED_SHARE = 0.5
/** How many mails the bare client fetches and writes to the disk at once. The number is the same in Embargo. */
const MAILS_AT_ONCE = 50
const LOOK_EVERY_MS = 20
const DOVECOT = '/usr/sbin/dovecot'

/**
 * Reads a mailbox of Dovecot: fetches each mail, and stores it together with the position up to which the mailbox has
 * been read.
 */
export async function mailboxTakenIn(): Promise<readonly Figure[]> {
  if (!existsSync(DOVECOT))
    throw new Error('This bench reads a mailbox of Dovecot. On Debian: apt-get install -y dovecot-imapd dovecot-lmtpd')
  const count = numberOption('mails', DEFAULT_MAILS)
  await using dovecot = await startDovecot()
  await fill(dovecot, count)
  const rates: number[] = []
  const bares: number[] = []
  for (let run = 0; run < RUNS; run += 1) {
    bares.push((count / (await timed(() => throughImapflow(dovecot, count)))) * 1000)
    rates.push(await throughParts(dovecot, count))
  }
  const { share, shown } = shareOf(rates, bares)
  return [
    {
      work: `mailbox of ${count} mails taken in from Dovecot by IMAP`,
      value: Math.round(median(rates)),
      unit: 'mails/s',
      runs: RUNS,
      target: `${WANTED_SHARE} of bare imapflow; it is ${shown}`,
      met: share >= WANTED_SHARE,
      beside: {
        what: `imapflow and one fsync for ${MAILS_AT_ONCE} mails`,
        value: Math.round(median(bares)),
        unit: 'mails/s',
      },
    },
  ]
}

/** Writes the mails directly into the maildir, because delivering them one by one would take minutes. */
async function fill({ maildir, doveadm }: Dovecot, count: number): Promise<void> {
  const mail = (n: number): string =>
    `Delivered-To: ${ADDRESS}\r\n${plainReport(`imap-${n}`, ADDRESS, `robin-${n}@sample.example`)}\r\n`
  await doveadm(['save'], [], Buffer.from(mail(0)))
  for (let n = 1; n < count; n += 1) await writeFile(join(maildir, 'new', `${1_700_000_000 + n}.M${n}.bench`), mail(n))
}

async function throughImapflow({ imapPort, user, password }: Dovecot, count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'embargo-bench-bare-'))
  const auth = { user, pass: password }
  const client = new ImapFlow({ host: '127.0.0.1', port: imapPort, secure: false, auth, logger: false })
  try {
    await using file = await open(join(folder, 'mails'), 'a')
    await client.connect()
    await client.mailboxOpen('INBOX', { readOnly: true })
    const uids = await client.search({ all: true }, { uid: true })
    if (!Array.isArray(uids) || uids.length !== count)
      throw new Error('The mailbox has mails that this bench did not send.')
    for (let at = 0; at < uids.length; at += MAILS_AT_ONCE) {
      const part = uids.slice(at, at + MAILS_AT_ONCE).join(',')
      for await (const { source } of client.fetch(part, { uid: true, source: true }, { uid: true }))
        await file.writeFile(source ?? '')
      await file.datasync()
    }
  } finally {
    client.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Mails per second, from the first connection until the last mail is stored. */
async function throughParts({ imapPort, user, password }: Dovecot, count: number): Promise<number> {
  await using parts = await openParts()
  const { store, quota } = parts
  const host = '127.0.0.1'
  const stopping = new AbortController()
  const mailbox = `${user}@${host}`
  const took = await timed(async () => {
    const reading = keepMailbox(
      {
        connect: () =>
          connectMailbox({ host, port: imapPort, tls: 'plain', user, login: async () => ({ pass: password }) }),
        mailbox,
        addresses: [ADDRESS],
        since: instant(0),
        cursors: store.mailboxCursors,
        quota,
        clock,
        log,
        outages: mailboxOutages(new Outages(() => clock.now())),
      },
      stopping.signal,
    )
    while (((await store.mailboxCursors.find(mailbox, 'INBOX'))?.uid ?? 0) < count) await pause(LOOK_EVERY_MS)
    stopping.abort()
    await reading
  })
  const stored = await store.spool.waiting(count)
  if (stored.length !== count) throw new Error(`${count - stored.length} mails were not stored.`)
  return (count / took) * 1000
}
