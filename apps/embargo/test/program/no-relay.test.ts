import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CaseId } from '@embargo/core'
import type { EffectId } from '@embargo/core'
import { sendMail, startSmtpSink } from '@embargo/emulator-smtp'
import { expect, it } from 'vitest'
import type { Program } from '../../src/program/program.ts'
import { configOf, listener, startIn } from '../fixtures/in-process.ts'

const NUMBER = CaseId.parse(`SEC-${new Date().getUTCFullYear()}-0001`)

async function receiptOf({ engine }: Program): Promise<{ readonly id: EffectId; readonly state: string }> {
  const receipts = (await engine.queries.effects(NUMBER)).flatMap(({ effect, state }) =>
    effect.kind === 'send-mail' && effect.letter === 'receipt' ? [{ id: effect.id, state }] : [],
  )
  const [receipt] = receipts
  if (receipt === undefined) throw new Error('there is no receipt')
  return receipt
}

it('keeps mails waiting without a relay, records no recipient as informed, and sends the mails once there is a relay', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'embargo-no-relay-'))
  const output = listener()
  const config = configOf(folder)
  const start = (relay?: { readonly host: string; readonly port: number; readonly tls: 'plain' }) =>
    startIn(folder, {
      config: { ...config, smtp: { ...config.smtp, ...(relay && { relay }) } },
      say: output.hear,
    })
  const events = async (program: Program) =>
    (await program.engine.queries.history(NUMBER)).map(({ event }) => event.type)
  try {
    {
      await using program = await start()
      await sendMail(program.smtpPort ?? 0, {
        from: { name: 'Rea', address: 'rea@reporter.example' },
        to: 'security@quillmark.example',
        subject: 'A template can read any file',
        text: 'It follows "../".',
        messageId: '<no-relay-1@reporter.example>',
        date: new Date(0),
      })
      await output.heard(NUMBER)
      const receipt = await receiptOf(program)
      expect(receipt.state).toBe('pending')
      expect(new TextDecoder().decode(await program.engine.texts.draft(receipt.id))).toContain(`Subject: [${NUMBER}]`)
      expect(await events(program)).not.toContain('MailAccepted')
    }
    await using sink = await startSmtpSink()
    await using program = await start({ host: '127.0.0.1', port: sink.port, tls: 'plain' })
    const mail = await sink.until(({ envelopeTo }) => envelopeTo.includes('rea@reporter.example'), {
      timeoutMs: 30_000,
    })
    expect(mail.header('subject')).toContain(NUMBER)
    await expect.poll(async () => (await receiptOf(program)).state, { timeout: 30_000 }).toBe('done')
    expect(await events(program)).toContain('MailAccepted')
    expect(sink.mails).toHaveLength(1)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}, 60_000)
