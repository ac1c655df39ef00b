import { instant } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { MemorySpool } from '../test/memory-spool.ts'
import { Wire } from '../test/wire.ts'
import { startMailBridge } from './bridge.ts'
import type { MailBridgeOptions } from './bridge.ts'
import { createRelay } from './relay.ts'

const SECRET = 'kumquat'

async function boot(change: Partial<MailBridgeOptions> = {}) {
  const spool = new MemorySpool()
  const lines: string[] = []
  const write = (level: string) => (message: string, data?: object): void => void lines.push(JSON.stringify([level, message, data]))
  const bridge = await startMailBridge({
    listen: { host: '127.0.0.1', port: 0 },
    name: 'mx.example.org',
    addresses: ['security@example.org'],
    spool: spool.asSpool(),
    clock: { now: () => instant(1_000) },
    log: { info: write('info'), warn: write('warn'), error: write('error') },
    ...change,
  })
  return { bridge, spool, lines, [Symbol.asyncDispose]: async () => bridge[Symbol.asyncDispose]() }
}

const text = (raw: Uint8Array | undefined): string => Buffer.from(raw ?? []).toString('latin1')

describe('the mail listener', () => {
  it('stores the bytes as they came, then answers 250', async () => {
    await using house = await boot()
    const wire = new Wire(house.bridge.port)
    await wire.open('Security+sec-2026-0042.r1.abc@Example.ORG')
    const body = 'Subject: x\r\n\r\n..dot\r\n\u00ff\u0000 bytes\nlone\rends\r\n'
    wire.write(`${body.replaceAll(/^\./gmu, '..')}.\r\n`)
    expect(await wire.reply()).toMatch(/^250 2\.6\.0 Stored/u)
    expect(text(house.spool.mails[0]?.raw)).toBe(body)
    expect(house.spool.mails[0]).toMatchObject({ envelopeFrom: 'rae@reporter.example', envelopeTo: ['Security+sec-2026-0042.r1.abc@Example.ORG'], receivedAt: 1_000 })
    wire.close()
  })

  it('takes a bounce (empty return path) and tells deliveries of one connection apart', async () => {
    await using house = await boot()
    const wire = new Wire(house.bridge.port)
    await wire.reply()
    await wire.say('EHLO x')
    for (const body of ['one', 'two']) {
      await wire.say('MAIL FROM:<>')
      await wire.say('RCPT TO:<security@example.org>')
      await wire.say('DATA')
      expect(await wire.say(`${body}\r\n.`)).toMatch(/^250/u)
    }
    expect(house.spool.mails.map((mail) => mail.envelopeFrom)).toEqual(['', ''])
    expect(new Set(house.spool.mails.map((mail) => mail.delivery)).size).toBe(2)
    wire.close()
  })

  it('has not answered while the spool is still writing', async () => {
    await using house = await boot()
    const wire = new Wire(house.bridge.port)
    let finish: () => void = () => undefined
    const begun = new Promise<void>((resolve) => {
      house.spool.answer = async (mail) => {
        resolve()
        await new Promise<void>((done) => {
          finish = done
        })
        house.spool.answer = undefined
        return house.spool.store(mail)
      }
    })
    await wire.open()
    wire.write('x\r\n.\r\n')
    await begun
    let answered = false
    const reply = wire.reply().then((given) => {
      answered = true
      return given
    })
    await new Promise(setImmediate)
    expect(answered).toBe(false)
    finish()
    expect(await reply).toMatch(/^250/u)
    wire.close()
  })

  it.each([
    ['452', 'the disk is full', async () => ({ is: 'full' }) as const],
    ['451', 'anything else goes wrong', async () => Promise.reject(new Error(`disk broke over ${SECRET}`))],
  ])('answers %s when %s, says so in the log, and goes on', async (code, _, answer) => {
    await using house = await boot()
    house.spool.answer = answer
    const wire = new Wire(house.bridge.port)
    await wire.open()
    expect(await wire.say('x\r\n.')).toMatch(new RegExp(`^${code} 4`, 'u'))
    expect(house.lines.some((line) => line.startsWith('["error"'))).toBe(true)
    expect(house.lines.join()).not.toContain(SECRET)
    house.spool.answer = undefined
    for (const line of ['MAIL FROM:<a@example.net>', 'RCPT TO:<security@example.org>', 'DATA']) await wire.say(line)
    expect(await wire.say('x\r\n.')).toMatch(/^250/u)
    wire.close()
  })

  it.each(['rae@reporter.example', 'other@example.org', 'security@example.net', 'security@sub.example.org', 'security%reporter.example@example.org', '"security"@example.org', 'securityx+y@example.org'])(
    'relays nothing to %s',
    async (address) => {
      await using house = await boot()
      const wire = new Wire(house.bridge.port)
      await wire.reply()
      await wire.say('EHLO x')
      await wire.say('MAIL FROM:<a@example.net>')
      expect(await wire.say(`RCPT TO:<${address}>`)).toMatch(/^5/u)
      expect(await wire.say('DATA')).toMatch(/^503/u)
      wire.close()
    },
  )

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
    expect([await wire.say('RCPT TO:<security+a@example.org>'), await wire.say('RCPT TO:<security+b@example.org>'), await wire.say('RCPT TO:<security+c@example.org>')].map((reply) => reply.slice(0, 3))).toEqual(['250', '250', '452'])
    wire.close()
    second.close()
  })

  it('ends a connection that lives too long, though it never falls silent', async () => {
    await using house = await boot({ limits: { sessionMs: 150 } })
    const wire = new Wire(house.bridge.port)
    expect((await wire.readToClose()).at(-1)).toMatch(/^421/u)
  })

  it('takes pipelined commands and answers each', async () => {
    await using house = await boot()
    const wire = new Wire(house.bridge.port)
    await wire.reply()
    wire.write('EHLO x\r\nMAIL FROM:<a@example.net>\r\nRCPT TO:<security@example.org>\r\nDATA\r\n')
    const replies = [await wire.reply(), await wire.reply(), await wire.reply(), await wire.reply()]
    expect(replies.map((reply) => reply.slice(0, 3))).toEqual(['250', '250', '250', '354'])
    wire.write('x\r\n.\r\nMAIL FROM:<b@example.net>\r\nQUIT\r\n')
    expect((await wire.readToClose()).map((reply) => reply.slice(0, 3))).toEqual(['250', '250', '221'])
    expect(house.spool.mails).toHaveLength(1)
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
    wire.write(`first${end}MAIL FROM:<forged@example.org>\r\nRCPT TO:<security@example.org>\r\nDATA\r\nsecond\r\n.\r\nQUIT\r\n`)
    expect((await wire.readToClose()).map((reply) => reply.slice(0, 3))).toEqual(['250', '221'])
    expect(house.spool.mails).toHaveLength(1)
    expect(house.spool.mails[0]?.envelopeFrom).toBe('rae@reporter.example')
  })

  it('stores nothing of a mail that breaks off', async () => {
    await using house = await boot()
    const wire = new Wire(house.bridge.port)
    await wire.open()
    wire.write('half a mail')
    wire.close()
    const next = new Wire(house.bridge.port)
    await next.open()
    expect(await next.say('x\r\n.')).toMatch(/^250/u)
    expect(house.spool.mails.map((mail) => text(mail.raw))).toEqual(['x\r\n'])
    next.close()
  })

  it('calls the crash points in order, the second before the 250', async () => {
    const points: string[] = []
    let after: () => void = () => undefined
    const last = new Promise<void>((resolve) => {
      after = resolve
    })
    await using house = await boot({ crashPoints: (name) => (points.push(name), name === 'mail-answered-250' ? after() : undefined) })
    const wire = new Wire(house.bridge.port)
    await wire.open()
    expect(await wire.say('x\r\n.')).toMatch(/^250/u)
    await last
    expect(points).toEqual(['mail-received-before-store', 'mail-stored-before-250', 'mail-answered-250'])
    wire.close()
  })

  it('takes 20 senders at once, each mail byte for byte', async () => {
    await using house = await boot()
    await using relay = createRelay({ host: '127.0.0.1', port: house.bridge.port, timeoutMs: 10_000, name: 'reporter.example', maxConnections: 20 })
    const mails = Array.from({ length: 60 }, (_, at) => `Subject: ${at}\r\n\r\n${'line\r\n.\r\n..\r\n'.repeat(at * 20)}end ${at}\r\n`)
    await Promise.all(mails.map(async (mail, at) => relay.send({ raw: Buffer.from(mail), envelopeFrom: `r${at}@reporter.example`, envelopeTo: 'security@example.org', messageId: `<${at}@x>` })))
    expect(house.spool.mails.map((mail) => text(mail.raw)).toSorted()).toEqual(mails.toSorted())
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

  it('finishes the mail under way when it is shut down, and says goodbye to the others', async () => {
    const house = await boot()
    const [busy, idle] = [new Wire(house.bridge.port), new Wire(house.bridge.port)]
    await idle.reply()
    let finish: () => void = () => undefined
    const begun = new Promise<void>((resolve) => {
      house.spool.answer = async (mail) => {
        resolve()
        await new Promise<void>((done) => {
          finish = done
        })
        house.spool.answer = undefined
        return house.spool.store(mail)
      }
    })
    await busy.open()
    busy.write('x\r\n.\r\n')
    await begun
    const down = house.bridge[Symbol.asyncDispose]()
    expect(await idle.reply()).toMatch(/^421/u)
    finish()
    expect(await busy.reply()).toMatch(/^250/u)
    await down
    expect(house.spool.mails).toHaveLength(1)
  })
})

describe('startMailBridge refuses', () => {
  it.each([
    ['not-loopback', { listen: { host: '0.0.0.0', port: 0 } }],
    ['no-addresses', { addresses: [] }],
  ])('%s', async (code, change) => {
    await expect(boot(change)).rejects.toMatchObject({ code })
  })

  it('a port that is taken, with a reason', async () => {
    await using house = await boot()
    await expect(boot({ listen: { host: '127.0.0.1', port: house.bridge.port } })).rejects.toMatchObject({ code: 'cannot-listen' })
  })
})
