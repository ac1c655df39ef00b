import { instant } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { composeMail } from './compose.ts'
import { expectedSize } from './mail-size.ts'
import { createKey } from './openpgp/own-key.ts'
import { protectMail } from './openpgp/protect.ts'

const AT = instant(Date.UTC(2026, 5, 2))
const YEAR = 365 * 24 * 60 * 60 * 1_000
const MIB = 1024 * 1024

const envelope = {
  from: { name: 'Lantern security', address: 'security@lantern.example' },
  replyTo: 'security+token@lantern.example',
  to: 'north@distro.example',
  messageId: '<1.2@lantern.example>',
  date: AT,
}

const letter = (text: string, bytes: number) => ({
  subject: 'Patch',
  text,
  attachments: [{ filename: 'fix.patch', contentType: 'text/x-patch', content: 'x'.repeat(bytes) }],
  automatic: false,
})

describe('the expected size of a mail', () => {
  it.each([
    ['plain text', letter('We ship it.\n'.repeat(100), 0)],
    ['text of other letters', letter('Привет, мир = здравствуй\n'.repeat(400), 10)],
    ['text in one line', letter('ä'.repeat(20_000), 10)],
    ['a patch of 1 MiB', letter('The patch is attached.', MIB)],
  ])('is at least that of the mail, and not much more: %s', async (_, content) => {
    const key = await createKey({ name: 'North', address: 'north@distro.example', at: AT, expiresAt: AT + YEAR })
    const mail = await composeMail(content, envelope)
    const sealed = await protectMail(mail, { is: 'encrypted', to: [key.public], signer: key.secret }, AT)
    for (const [raw, isEncrypted] of [
      [mail, false],
      [sealed, true],
    ] as const) {
      const expected = expectedSize(content, isEncrypted)
      expect(expected).toBeGreaterThanOrEqual(raw.length)
      expect(expected).toBeLessThan(raw.length * 1.15 + 24 * 1024)
    }
  })

  it('is some 19 MiB for an encrypted patch of 10 MiB', () => {
    expect(Math.round(expectedSize(letter('', 10 * MIB), true) / MIB)).toBe(19)
  })
})
