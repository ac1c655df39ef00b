import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { instant } from '@embargo/core'
import { sendRawMail, startSmtpSink } from '@embargo/emulator-smtp'
import type { ReceivedMail, SmtpSink } from '@embargo/emulator-smtp'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { onePerson } from '../fixtures/one-person.ts'

const POLICY = [
  'profile: solo',
  'projects: [{ id: quillmark, name: Quillmark, address: security@quillmark.example }]',
].join('\n')

describe('embargo doctor mail', () => {
  let folder: string
  let relay: SmtpSink
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'embargo-doctor-'))
    relay = await startSmtpSink()
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    await relay[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true, force: true })
  })

  const person = async () =>
    onePerson({ folder, policy: POLICY, relayPort: relay.port, setVariable: (name, value) => vi.stubEnv(name, value) })

  /**
   * Runs `embargo doctor mail`. Takes its test mail from the relay, changes the mail with `back`, and sends the result
   * to the listener.
   */
  async function diagnosed(
    back: (mail: ReceivedMail) => { readonly envelopeFrom: string; readonly envelopeTo: string; readonly raw: string },
    ...words: readonly string[]
  ) {
    await using someone = await person()
    const done = someone.types(['doctor', 'mail', ...words])
    const mail = await relay.until(() => true)
    await sendRawMail(someone.program.smtpPort ?? 0, back(mail))
    const { code, out } = await done
    const { rows } = await someone.program.engine.queries.cases({ limit: 10, offset: 0 })
    return { code, out, mail, cases: rows.length }
  }

  const asIs = ({ envelopeFrom, envelopeTo, raw }: ReceivedMail) => ({
    envelopeFrom,
    envelopeTo: envelopeTo[0] ?? '',
    raw,
  })

  it('says that all is well if nothing was changed, and opens no case', async () => {
    const { code, out, mail, cases } = await diagnosed(asIs)
    expect(mail.envelopeTo[0]).toMatch(/^security\+test\.[a-z2-7]{10}\.[a-z2-7]{16}@quillmark\.example$/u)
    expect(mail.envelopeFrom).toMatch(/^security\+b[a-z2-7]{14}test-00-0@quillmark\.example$/u)
    expect(out.split('\n').slice(1).join('\n')).toMatchInlineSnapshot(`
      "ok       The relay is reached over TLS (not needed: the relay is on this machine)
      ok       The mail came back (after 0 seconds)
      ok       The extension address (+…) is kept
      ok       The Message-ID is left as it is
      ok       Each mail has a return path of its own
      ok       Mail comes in by TLS
      warning  quillmark.example says who may send its mail (SPF)
               It has no SPF record, so our mails look forged to others. Publish one as a TXT record of quillmark.example. It must name your relay, whose provider says what to write.
      warning  quillmark.example says what to do with forged mail (DMARC)
               It has no DMARC record, so anyone can write in your name. Publish one as a TXT record of _dmarc.quillmark.example: v=DMARC1; p=quarantine.
      warning  A mail from our relay passes SPF, DKIM and DMARC
               This test cannot tell: the mail had no DKIM signature of quillmark.example, and SPF cannot be checked behind your own mail server. Make the relay sign with DKIM for quillmark.example, and name the relay in the SPF record. Send a mail from the relay to a mailbox at a large provider, and look at the field Authentication-Results there.
      "
    `)
    expect([code, cases]).toEqual([0, 0])
  })

  it('says what a relay and a mail server change, and opens no case', async () => {
    const { code, out, cases } = await diagnosed(
      ({ raw }) => ({
        envelopeFrom: 'bounces@relay.example',
        envelopeTo: 'security@quillmark.example',
        raw: raw.replace(/^Message-ID: .*$/mu, 'Message-ID: <1@relay.example>'),
      }),
      '--json',
    )
    expect(JSON.parse(out)).toMatchObject({
      is: 'mail-doctor',
      checks: [
        { what: 'The relay is reached over TLS', state: 'ok' },
        { what: 'The mail came back', state: 'ok' },
        {
          what: 'The extension address (+…) is kept',
          state: 'warning',
          todo: expect.stringContaining('kept only in "To"'),
        },
        { what: 'The Message-ID is left as it is', state: 'warning', todo: expect.stringContaining('replaces it') },
        { what: 'Each mail has a return path of its own', state: 'warning' },
        { what: 'Mail comes in by TLS', state: 'ok' },
        { what: 'quillmark.example says who may send its mail (SPF)', state: 'warning' },
        { what: 'quillmark.example says what to do with forged mail (DMARC)', state: 'warning' },
        { what: 'A mail from our relay passes SPF, DKIM and DMARC', state: 'warning' },
      ],
    })
    expect([code, cases]).toEqual([0, 0])
  })

  it('says that replies will open new cases if the extension is lost in the header too', async () => {
    const { code, out, cases } = await diagnosed(({ envelopeFrom, raw }) => ({
      envelopeFrom,
      envelopeTo: 'security@quillmark.example',
      raw: raw.replace(/^To: .*$/mu, 'To: security@quillmark.example'),
    }))
    expect(out).toMatch(/^wrong {4}The extension address \(\+…\) is kept\n {9}It is lost/mu)
    expect([code, cases]).toEqual([1, 0])
  })

  it('says where to look if the mail does not come back', async () => {
    await using someone = await person()
    const { code, out } = await someone.types(['doctor', 'mail', '--wait', '0'])
    expect(out).toMatch(
      /^wrong {4}The mail came back\n {9}It did not come back in time\. Look for <test\..*> in the queue/mu,
    )
    expect(code).toBe(1)
  })

  it('says what is wrong with a mailbox, and which mails could not be taken out of it', async () => {
    vi.stubEnv('EMBARGO_IMAP', 'imap+plain://box:secret@127.0.0.1:1/')
    await using someone = await person()
    await someone.program.store.mailboxCursors.advance(
      {
        mailbox: 'box@127.0.0.1',
        folder: 'INBOX',
        version: 0,
        uidValidity: 1,
        uid: 7,
        newest: instant(0),
        unread: [{ uid: 7, bytes: 10, because: 'no-bytes', receivedAt: instant(0) }],
      },
      [],
    )
    const { code, out } = await someone.types(['doctor', 'mail', '--wait', '0'])
    expect(out).toMatch(/^wrong {4}The mailbox box@127\.0\.0\.1 is read\n {9}The server cannot be reached/mu)
    expect(out).toMatch(/^warning {2}Every mail in box@127\.0\.0\.1, INBOX is taken in\n {9}UID 7: /mu)
    expect(code).toBe(1)
  })

  it('sends nothing without a relay', async () => {
    vi.stubEnv('EMBARGO_SMTP_RELAY', '')
    await using someone = await onePerson({
      folder,
      policy: POLICY,
      setVariable: (name, value) => vi.stubEnv(name, value),
    })
    expect(await someone.types(['doctor', 'mail'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('No relay is set, so no mail leaves. Set EMBARGO_SMTP_RELAY'),
    })
    expect(await someone.types(['doctor', 'mail', '--wait', 'long'])).toMatchObject({ code: 2 })
  })
})
