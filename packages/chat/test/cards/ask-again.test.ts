import { describe, expect, it } from 'vitest'
import { MessageId, ReporterId, ReportId } from '@embargo/core'
import type { EncryptionVerdict, MailFrom } from '@embargo/core'
import { ana } from '../fixtures/policy.ts'
import { CASE, cardOf, MAIL, press, SmallHouse, START } from '../fixtures/small-house.ts'

const checksOf = (encryption: EncryptionVerdict) => ({ signature: { is: 'none' as const }, encryption })

function opened(encryption: EncryptionVerdict): SmallHouse {
  return new SmallHouse({ mail: { ...MAIL, text: '', attachments: [] } }).comes({
    verb: 'open-case',
    case: CASE,
    project: 'quillmark',
    message: MessageId.parse('mail-1'),
    receivedAt: START,
    reporter: ReporterId.parse('rep-1'),
    identity: { name: 'Rafi', address: 'rafi@reporter.example' },
    trust: 'nothing-proven',
    checks: checksOf(encryption),
    automatic: false,
  })
}

const takes = (house: SmallHouse, from: MailFrom, encryption: EncryptionVerdict): SmallHouse =>
  house.comes({
    verb: 'take-in-message',
    case: CASE,
    message: MessageId.parse('mail-2'),
    from,
    ...(from === 'reporter' ? { report: ReportId.parse(`${CASE}/r1`) } : {}),
    trust: 'nothing-proven',
    checks: checksOf(encryption),
    automatic: false,
  })

const lettersOf = (house: SmallHouse) =>
  house.recorded.flatMap((_, index) =>
    house.effectsOf(index).flatMap((effect) => (effect.kind === 'send-mail' ? [effect.letter] : [])),
  )

describe('the button under a mail that nobody here can open', () => {
  it.each(['no-key', 's-mime', 'unprotected', 'too-large', 'damaged', 'file'] as const)(
    'asks the reporter with one click to send the mail again (%s)',
    async (encryption) => {
      const house = opened(encryption)
      const { input } = press(await house.lastCard('report'), 'Ask again')
      expect(cardOf(await house.asks(ana, 'reply', input)).fallback).toContain('told how to encrypt it')
      expect(lettersOf(house)).toEqual(['receipt', 'resend'])
      expect((await house.lastCard('change')).fallback).toBe('Ana asked the reporter to send their mail again.')
      await house.asks(ana, 'reply', input)
      expect(lettersOf(house)).toEqual(['receipt', 'resend'])
    },
  )

  it('is also under a later mail of the reporter, but not under a readable mail or a mail of somebody else', async () => {
    const labels = async (house: SmallHouse) => (await house.lastCard('mail')).actions.map(({ label }) => label)
    expect(await labels(takes(opened('none'), 'reporter', 'no-key'))).toContain('Ask again')
    expect(await labels(takes(opened('none'), 'reporter', 'openpgp'))).not.toContain('Ask again')
    expect(await labels(takes(opened('none'), 'unverified', 'no-key'))).not.toContain('Ask again')
    expect((await opened('openpgp').lastCard('report')).actions.map(({ label }) => label)).not.toContain('Ask again')
  })
})

describe('a mail that is signed by S/MIME', () => {
  it('is shown as signed by S/MIME and as not checked', async () => {
    const house = takes(opened('none'), 'reporter', 'none')
    expect((await house.lastCard('mail')).fallback).not.toContain('S/MIME')
    house.comes({
      verb: 'take-in-message',
      case: CASE,
      message: MessageId.parse('mail-3'),
      from: 'unverified',
      trust: 'nothing-proven',
      checks: { signature: { is: 's-mime' }, encryption: 'none' },
      automatic: false,
    })
    expect((await house.lastCard('mail')).fallback).toContain('Signed by S/MIME, not checked.')
  })
})
