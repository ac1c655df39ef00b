import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import MailComposer from 'nodemailer/lib/mail-composer'
import { createMessage, encrypt, readKey, readMessage } from 'openpgp'
import type { Key, PrivateKey } from 'openpgp'
import PostalMime from 'postal-mime'
import type { Email } from 'postal-mime'
import { durable, startBareServer } from './bare-server.ts'
import type { BareServer } from './bare-server.ts'
import { ADDRESS } from './program.ts'

/** How many reports are worked on at once. A larger number made the pipeline no faster on any machine that we tried. */
export const AT_ONCE = 4
const CRLF = '\r\n'
const SENTENCE = 'Thank you for your report. We read it and will answer within three days.\n'
/** With this many sentences, the text is about as long as Embargo's receipt and acknowledgment. */
const SENTENCES = 20

/** A report to which the sender's public key is attached. */
export type EncryptedReport = { readonly from: string; readonly raw: Uint8Array }

type PipelineOptions = { readonly own: PrivateKey; readonly relayPort: number }

/**
 * The smallest program that answers an encrypted report with two encrypted mails, with the libraries that Embargo uses.
 * It takes the sender's key from the report, as Embargo does, and its mails are as long as those of Embargo. It stores
 * each mail as a file and each step as a line in a log, and continues only when these are on disk.
 */
export async function startPipeline({ own, relayPort }: PipelineOptions): Promise<BareServer> {
  const folder = mkdtempSync(join(tmpdir(), 'embargo-bench-bare-'))
  const ownKey = own.toPublic().armor()
  const log = await open(join(folder, 'log'), 'a')
  const relay = createTransport({ host: '127.0.0.1', port: relayPort, pool: true, ignoreTLS: true })
  const failed = (error: unknown): void => console.error('the bare pipeline failed', error)

  async function note(line: string): Promise<void> {
    await log.write(`${JSON.stringify({ at: Date.now(), line })}\n`)
    await log.datasync()
  }

  let answered = 0
  async function answer(raw: Buffer): Promise<void> {
    const n = answered++
    const mail = await PostalMime.parse(raw, { attachmentEncoding: 'utf8' })
    const from = mail.from?.address ?? ''
    const armored = mail.attachments.find(({ mimeType }) => mimeType === 'application/octet-stream')?.content
    const message = await readMessage({ armoredMessage: typeof armored === 'string' ? armored : '' })
    const decrypted = await message.decrypt([own])
    const report = await PostalMime.parse(decrypted.getLiteralData() ?? '', { attachmentEncoding: 'utf8' })
    const theirs = await attachedKey(report)
    const signatures = await decrypted.verify([theirs])
    await Promise.all(signatures.map(async ({ verified }) => verified))
    await note(`${n} opened`)
    for (const letter of ['receipt', 'acknowledgment']) {
      const composed = new MailComposer({
        subject: `Re: ${report.subject ?? ''}`,
        from: ADDRESS,
        to: from,
        text: SENTENCE.repeat(SENTENCES),
        attachments: letter === 'receipt' ? [{ filename: 'key.asc', content: ownKey }] : [],
      })
      const block = await encrypt({
        message: await createMessage({ binary: await composed.compile().build() }),
        encryptionKeys: theirs,
        signingKeys: own,
      })
      const sent = protectedMail(`${letter}-${n}`, from, block)
      await durable(join(folder, `${letter}-${n}`), Buffer.from(sent))
      await relay.sendMail({ envelope: { from: ADDRESS, to: from }, raw: sent })
      await note(`${n} ${letter} sent`)
    }
  }

  const waiting: Buffer[] = []
  const working = new Set<Promise<void>>()
  function next(): void {
    const one = working.size < AT_ONCE ? waiting.shift() : undefined
    if (one === undefined) return
    const work = answer(one)
      .catch(failed)
      .finally(() => {
        working.delete(work)
        next()
      })
    working.add(work)
  }

  const server = await startBareServer(folder, (raw) => {
    waiting.push(raw)
    next()
  })
  return {
    port: server.port,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await Promise.all(working)
      relay.close()
      await log.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function attachedKey({ attachments }: Email): Promise<Key> {
  const content = attachments.find(({ mimeType }) => mimeType === 'application/pgp-keys')?.content
  return readKey({ armoredKey: typeof content === 'string' ? content : '' })
}

const protectedMail = (id: string, to: string, block: string): string =>
  [
    `From: <${ADDRESS}>`,
    `To: <${to}>`,
    'Subject: [...]',
    `Message-ID: <${id}@quillmark.example>`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="b"',
    '',
    '--b',
    'Content-Type: application/pgp-encrypted',
    '',
    'Version: 1',
    '',
    '--b',
    'Content-Type: application/octet-stream',
    '',
    ...block.trimEnd().split(/\r?\n/u),
    '--b--',
    '',
  ].join(CRLF)
