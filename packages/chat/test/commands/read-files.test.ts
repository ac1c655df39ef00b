import { describe, expect, it } from 'vitest'
import { MessageId, ReporterId } from '@embargo/core'
import type { EncryptionVerdict, Policy } from '@embargo/core'
import { ana, policyOf } from '../fixtures/policy.ts'
import { CASE, cardOf, press, SmallHouse, START } from '../fixtures/small-house.ts'

const FILES = [{ name: 'poc.html', bytes: new TextEncoder().encode('<script>alert(1)</script>') }]

const hiding = (content: Policy['chat']['content']): Policy => ({
  ...policyOf(),
  chat: { ...policyOf().chat, content },
})

function reported(options: ConstructorParameters<typeof SmallHouse>[0] = {}, encryption: EncryptionVerdict = 'none') {
  const house = new SmallHouse(options).comes({
    verb: 'open-case',
    case: CASE,
    project: 'quillmark',
    message: MessageId.parse('m-0123456789abcdef'),
    receivedAt: START,
    reporter: ReporterId.parse('rep-1'),
    identity: { name: 'Rafi', address: 'rafi@reporter.example' },
    trust: 'nothing-proven',
    checks: { signature: { is: 'none' }, encryption },
    automatic: false,
  })
  house.files = FILES
  return house
}

describe('the files of a mail', () => {
  it('are sent only to the caller, in an archive', async () => {
    const house = reported()
    const { input } = press(await house.lastCard('report'), 'Get the files')
    const reply = await house.asks(ana, 'read.files', input)
    if (!('audience' in reply)) throw new Error('there is no answer')
    expect([reply.audience, reply.files?.map(({ name }) => name)]).toEqual(['caller', [`${CASE}-mail-1.zip`]])
    expect(Buffer.from(reply.files?.[0]?.bytes ?? []).toString('latin1')).toContain('<script>alert(1)</script>')
    expect(reply.card.fallback).toContain('Nobody has checked the files')
  })

  it.each([
    ['the policy keeps content out of chat', { policy: hiding('metadata') }, 'none'],
    ['the policy hides who reported', { policy: hiding('without-senders') }, 'none'],
    ['the mail came encrypted', {}, 'openpgp'],
  ] as const)('stay out of chat, with the command of the terminal, if %s', async (_, options, encryption) => {
    const house = reported(options, encryption)
    const reply = await house.asks(ana, 'read.files', { message: '1' })
    expect('reason' in reply && reply.reason.because).toBe('The policy keeps the files of this mail out of chat.')
    expect(cardOf(reply).fallback).toContain('embargo read mails m-0123456789 --files ./evidence')
    expect((await house.lastCard('report')).actions.map(({ label }) => label)).not.toContain('Get the files')
  })

  it('are refused if they are too large for chat, or if the mail has no files', async () => {
    const house = reported()
    house.files = [{ name: 'core.dump', bytes: new Uint8Array(11 * 1024 * 1024) }]
    const large = await house.asks(ana, 'read.files', { message: 'last' })
    expect('reason' in large && large.reason.because).toContain(
      'The files are 11.5 MB in total; at most 10.5 MB can be sent through chat',
    )
    house.files = []
    expect(cardOf(await house.asks(ana, 'read.files', { message: 'last' })).fallback).toContain(
      'That mail has no files.',
    )
  })

  it('are written into a folder in the terminal', async () => {
    const reply = await reported().asks(ana, 'read files 1', '', { platform: 'terminal', case: CASE })
    expect(cardOf(reply).fallback).toContain('embargo read mails m-0123456789 --files ./evidence')
  })
})
