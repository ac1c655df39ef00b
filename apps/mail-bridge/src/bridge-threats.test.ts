import { describe, expect, it } from 'vitest'
import { boot } from '../test/boot.ts'
import { Wire } from '../test/wire.ts'

const SECRET = 'kumquat'

describe('the mail listener under attack', () => {
  it.each([
    'rae@reporter.example',
    'other@example.org',
    'security@example.net',
    'security@sub.example.org',
    'security%reporter.example@example.org',
    '"security"@example.org',
    'securityx+y@example.org',
  ])('relays nothing to %s', async (address) => {
    await using house = await boot()
    const wire = new Wire(house.bridge.port)
    await wire.reply()
    await wire.say('EHLO x')
    await wire.say('MAIL FROM:<a@example.net>')
    expect(await wire.say(`RCPT TO:<${address}>`)).toMatch(/^5/u)
    expect(await wire.say('DATA')).toMatch(/^503/u)
    wire.close()
  })

  it('offers neither AUTH nor STARTTLS by default, and announces its size', async () => {
    await using house = await boot({ limits: { mailBytes: 5_000 } })
    const wire = new Wire(house.bridge.port)
    await wire.reply()
    const hello = await wire.say('EHLO x')
    expect(hello).toContain('SIZE 5000')
    expect(hello).not.toMatch(/AUTH|STARTTLS/u)
    expect(await wire.say('AUTH PLAIN AGEAYQ==')).toMatch(/^5/u)
    expect(await wire.say('MAIL FROM:<a@example.net> SIZE=5001')).toMatch(/^552/u)
    wire.close()
  })

  it('refuses what is larger than it said, keeps none of it, and takes the next mail', async () => {
    await using house = await boot({ limits: { mailBytes: 5_000 } })
    const wire = new Wire(house.bridge.port)
    await wire.open()
    wire.write('x'.repeat(200_000))
    expect(await wire.say('\r\n.')).toMatch(/^552/u)
    expect(house.spool.mails).toEqual([])
    for (const line of ['MAIL FROM:<a@example.net>', 'RCPT TO:<security@example.org>', 'DATA']) await wire.say(line)
    expect(await wire.say('x\r\n.')).toMatch(/^250/u)
    wire.close()
  })

  it('answers 452 when too much mail is under way at once, and has the room back after it', async () => {
    await using house = await boot({ limits: { mailBytes: 5_000, bytesInFlight: 6_000 } })
    const [first, second] = [new Wire(house.bridge.port), new Wire(house.bridge.port)]
    const held: (() => void)[] = []
    const arrived = new Promise<void>((resolve) => {
      house.spool.answer = async (mail) => {
        await new Promise<void>((done) => {
          held.push(done)
          resolve()
        })
        house.spool.answer = undefined
        return house.spool.store(mail)
      }
    })
    await first.open()
    first.write(`${'x'.repeat(4_000)}\r\n.\r\n`)
    await arrived
    await second.open()
    expect(await second.say(`${'y'.repeat(4_000)}\r\n.`)).toMatch(/^452/u)
    for (const release of held) release()
    expect(await first.reply()).toMatch(/^250/u)
    for (const line of ['MAIL FROM:<a@example.net>', 'RCPT TO:<security@example.org>', 'DATA']) await second.say(line)
    expect(await second.say(`${'y'.repeat(4_000)}\r\n.`)).toMatch(/^250/u)
    first.close()
    second.close()
  })

  it('limits recipients and connections of one origin', async () => {
    await using house = await boot({ limits: { recipients: 2, connectionsPerAddress: 1 } })
    const wire = new Wire(house.bridge.port)
    await wire.reply()
    const second = new Wire(house.bridge.port)
    expect(await second.reply()).toMatch(/^421/u)
    await wire.say('EHLO x')
    await wire.say('MAIL FROM:<a@example.net>')
    expect(
      [
        await wire.say('RCPT TO:<security+a@example.org>'),
        await wire.say('RCPT TO:<security+b@example.org>'),
        await wire.say('RCPT TO:<security+c@example.org>'),
      ].map((reply) => reply.slice(0, 3)),
    ).toEqual(['250', '250', '452'])
    wire.close()
    second.close()
  })

  it('ends a connection that lives too long, though it never falls silent', async () => {
    await using house = await boot({ limits: { sessionMs: 150 } })
    const wire = new Wire(house.bridge.port)
    expect((await wire.readToClose()).at(-1)).toMatch(/^421/u)
  })

  // SMTP smuggling: what one server takes for the end of a mail and another for text gives a second, forged mail.
  it.each([
    ['LF . LF', '\n.\n'],
    ['LF . CRLF', '\n.\r\n'],
    ['CR . CR', '\r.\r'],
    ['CR . CRLF', '\r.\r\n'],
    ['CRLF . LF', '\r\n.\n'],
    ['CRLF . CR', '\r\n.\r'],
    ['CRLF NUL . CRLF', '\r\n\0.\r\n'],
  ])('is not smuggled a second mail behind %s', async (_, end) => {
    await using house = await boot()
    const wire = new Wire(house.bridge.port)
    await wire.open()
    wire.write(
      `first${end}MAIL FROM:<forged@example.org>\r\nRCPT TO:<security@example.org>\r\nDATA\r\nsecond\r\n.\r\nQUIT\r\n`,
    )
    expect((await wire.readToClose()).map((reply) => reply.slice(0, 3))).toEqual(['250', '221'])
    expect(house.spool.mails).toHaveLength(1)
    expect(house.spool.mails[0]?.envelopeFrom).toBe('rae@reporter.example')
  })

  it('has no word of a mail or an address in its log', async () => {
    await using house = await boot({ limits: { mailBytes: 2_000 } })
    for (const body of [`Subject: ${SECRET}\r\n\r\n${SECRET}`, SECRET.repeat(1_000)]) {
      const wire = new Wire(house.bridge.port)
      await wire.open(`security+${SECRET}@example.org`, `${SECRET}@${SECRET}.example`)
      await wire.say(`${body}\r\n.`)
      wire.close()
    }
    const wire = new Wire(house.bridge.port)
    await wire.reply()
    await wire.say(`EHLO ${SECRET}`)
    await wire.say(SECRET)
    await wire.say(`RCPT TO:<${SECRET}@example.net>`)
    wire.close()
    expect(house.lines.length).toBeGreaterThan(2)
    expect(house.lines.join('\n').toLowerCase()).not.toContain(SECRET)
    expect(house.lines.join('\n')).not.toContain('127.0.0.1')
  })
})
