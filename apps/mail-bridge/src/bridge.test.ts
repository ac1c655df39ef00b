import { describe, expect, it } from 'vitest'
import { boot, text } from '../test/boot.ts'
import { Wire } from '../test/wire.ts'
import { checkListen } from './listen.ts'
import { createRelay } from './relay.ts'

const SECRET = 'kumquat'

describe('the mail listener', () => {
  it('stores the bytes as they came, then answers 250', async () => {
    await using house = await boot()
    const wire = new Wire(house.bridge.port)
    await wire.open('Security+sec-2026-0042.r1.abc@Example.ORG')
    const body = 'Subject: x\r\n\r\n..dot\r\n\u00ff\u0000 bytes\nlone\rends\r\n'
    wire.write(`${body.replaceAll(/^\./gmu, '..')}.\r\n`)
    expect(await wire.reply()).toMatch(/^250 2\.6\.0 Stored/u)
    expect(text(house.spool.mails[0]?.raw)).toBe(body)
    expect(house.spool.mails[0]).toMatchObject({
      envelopeFrom: 'rae@reporter.example',
      envelopeTo: ['Security+sec-2026-0042.r1.abc@Example.ORG'],
      receivedAt: 1_000,
    })
    wire.close()
  })

  it('stores with the mail which client sent it, because later checks need that', async () => {
    await using house = await boot()
    const wire = new Wire(house.bridge.port)
    await wire.open()
    await wire.say('x\r\n.')
    expect(house.spool.mails[0]?.client).toEqual({ address: '127.0.0.1', helo: 'reporter.example' })
    wire.close()
  })

  it('accepts a bounce (empty return path), and gives each mail of a connection its own delivery id', async () => {
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

  it('does not answer while the spool is still writing', async () => {
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
  ])('answers %s when %s, says so in the log, and continues', async (code, _, answer) => {
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

  it('accepts pipelined commands and answers each', async () => {
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
    await using house = await boot({
      crashPoints: (name) => (points.push(name), name === 'mail-answered-250' ? after() : undefined),
    })
    const wire = new Wire(house.bridge.port)
    await wire.open()
    expect(await wire.say('x\r\n.')).toMatch(/^250/u)
    await last
    expect(points).toEqual(['mail-received-before-store', 'mail-stored-before-250', 'mail-answered-250'])
    wire.close()
  })

  it('accepts mail from 20 senders at once, each byte for byte', async () => {
    await using house = await boot()
    await using relay = createRelay({
      host: '127.0.0.1',
      tls: 'plain',
      port: house.bridge.port,
      timeoutMs: 10_000,
      name: 'reporter.example',
      connections: 20,
    })
    const mails = Array.from(
      { length: 60 },
      (_, at) => `Subject: ${at}\r\n\r\n${'line\r\n.\r\n..\r\n'.repeat(at * 20)}end ${at}\r\n`,
    )
    await Promise.all(
      mails.map(async (mail, at) =>
        relay.send({
          raw: Buffer.from(mail),
          envelopeFrom: `r${at}@reporter.example`,
          envelopeTo: 'security@example.org',
          messageId: `<${at}@x>`,
        }),
      ),
    )
    expect(house.spool.mails.map((mail) => text(mail.raw)).toSorted()).toEqual(mails.toSorted())
  })

  it('finishes receiving a mail when it is shut down, and closes the other connections', async () => {
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

  it('a port that another program uses, with the reason', async () => {
    await using house = await boot()
    const lines: string[] = []
    const log = { info: () => undefined, warn: (line: string) => void lines.push(line), error: () => undefined }
    const { port } = house.bridge
    const taken = { code: 'cannot-listen', message: expect.stringContaining(`uses it. Set EMBARGO_SMTP_LISTEN to`) }
    await expect(boot({ listen: { host: '127.0.0.1', port }, log })).rejects.toMatchObject(taken)
    await expect(checkListen({ host: '127.0.0.1', port })).rejects.toMatchObject(taken)
    expect(lines).toEqual([])
  })

  it('an address of another machine, but not a free address of its own', async () => {
    await expect(checkListen({ host: '192.0.2.1', port: 2525 })).rejects.toMatchObject({
      message: expect.stringContaining('to an address of this machine'),
    })
    await checkListen({ host: '127.0.0.1', port: 0 })
  })
})
