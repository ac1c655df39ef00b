import { describe, expect, it } from 'vitest'
import { boot } from '../test/boot.ts'
import { Wire } from '../test/wire.ts'
import { trackConnections } from './connections.ts'
import { sourceOf } from './source.ts'

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

  it('offers neither AUTH nor STARTTLS by default, and announces the largest size it accepts', async () => {
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

  it('refuses a mail larger than the announced size, stores nothing of it, and accepts the next mail', async () => {
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

  it('answers 452 while too much mail is being received at once, and accepts mail again afterwards', async () => {
    await using house = await boot({ limits: { mailBytes: 5_000, bytesInFlight: 6_000, bytesForKnown: 0 } })
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

  it('limits the recipients of one mail and the connections of one source', async () => {
    await using house = await boot({ limits: { recipients: 2, connectionsPerSource: 1 } })
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

  it('accepts a connection from a new source, however many connections another source has', async () => {
    const ended: string[] = []
    using places = trackConnections({ connections: 4, connectionsPerSource: 3, sessionMs: 60_000 }, (id) =>
      ended.push(id),
    )
    const taken = ['a1', 'a2', 'a3', 'a4', 'b1', 'c1', 'd1', 'e1', 'a5'].filter((id) =>
      places.opened(id, id.slice(0, 1)),
    )
    expect(taken).toEqual(['a1', 'a2', 'a3', 'b1', 'c1', 'd1', 'e1', 'a5'])
    expect(ended).toEqual(['a1', 'a2', 'a3', 'b1'])
  })

  it('closes the connection of a stranger before that of somebody who writes to an open case', () => {
    const ended: string[] = []
    using places = trackConnections({ connections: 3, connectionsPerSource: 3, sessionMs: 60_000 }, (id) =>
      ended.push(id),
    )
    for (const id of ['a1', 'a2', 'b1']) places.opened(id, id.slice(0, 1))
    places.known('a1')
    places.opened('c1', 'c')
    expect(ended).toEqual(['a2'])
  })

  it('closes a connection of the source with the most connections, even if all of them write to open cases', () => {
    const ended: string[] = []
    using places = trackConnections({ connections: 5, connectionsPerSource: 3, sessionMs: 60_000 }, (id) =>
      ended.push(id),
    )
    for (const id of ['a1', 'a2', 'b1', 'b2', 'a3']) places.opened(id, id.slice(0, 1))
    for (const id of ['a1', 'a2', 'a3']) places.known(id)
    places.opened('c1', 'c')
    expect(ended).toEqual(['a1'])
  })

  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ])('counts %s as %s', (address, source) => {
    expect(sourceOf(address)).toBe(source)
  })

  it.each(['unread', 'day', 'disk'] as const)('leaves mail with its sender when the quota says %s', async (because) => {
    const asked: (readonly [boolean, number])[] = []
    await using house = await boot({
      quota: {
        isKnown: async ([to]) => to !== 'security@example.org',
        refuses: async ({ known }, bytes) => {
          asked.push([known, bytes])
          return known ? undefined : because
        },
        stored: () => undefined,
      },
    })
    const wire = new Wire(house.bridge.port)
    await wire.reply()
    await wire.say('EHLO x')
    await wire.say('MAIL FROM:<a@example.net> SIZE=1234')
    expect(await wire.say('RCPT TO:<security@example.org>')).toMatch(/^452 4/u)
    expect(await wire.say('RCPT TO:<security+case@example.org>')).toMatch(/^250/u)
    await wire.say('DATA')
    expect(await wire.say('x\r\n.')).toMatch(/^250/u)
    expect(asked).toEqual([
      [false, 1_234],
      [true, 1_234],
      [true, 3],
    ])
    wire.close()
  })

  it('closes a connection that lasts too long, even if it is never silent', async () => {
    await using house = await boot({ limits: { sessionMs: 150 } })
    const wire = new Wire(house.bridge.port)
    expect((await wire.readToClose()).at(-1)).toMatch(/^421/u)
  })

  // SMTP smuggling: if one server takes a byte sequence for the end of a mail and another takes it for text, the rest
  // becomes a second, forged mail.
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

  it('logs no words of a mail and no address', async () => {
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
