import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { OutsideError } from '@embargo/engine'
import { describe, expect, it } from 'vitest'
import { fakeRelay } from '../test/fake-relay.ts'
import type { Script } from '../test/fake-relay.ts'
import { createRelay } from './relay.ts'

const SECRET = 'kumquat'
const mail = (body = 'text') => ({
  raw: Buffer.from(`Subject: x\r\n\r\n${body}\r\n`),
  envelopeFrom: 'security+b.x@example.org',
  envelopeTo: `${SECRET}@reporter.example`,
  messageId: '<1@example.org>',
})
const relayTo = (port: number, timeoutMs = 5_000) =>
  createRelay({ host: '127.0.0.1', port, tls: 'plain', timeoutMs, name: 'example.org' })

async function outcome(...scripts: Script[]) {
  await using server = await fakeRelay(...scripts)
  await using relay = relayTo(server.port, scripts.some((script) => script.silent !== undefined) ? 200 : 5_000)
  const result = await relay.send(mail()).then(
    ({ response }) => ({ is: 'sent', response }) as const,
    (error: unknown) => ({ is: 'failed', error }) as const,
  )
  if (result.is === 'failed') {
    expect(result.error).toBeInstanceOf(OutsideError)
    expect(`${String(result.error)} ${JSON.stringify(result.error)}`).not.toContain(SECRET)
  }
  return {
    code: result.is === 'sent' ? 'sent' : (result.error as OutsideError).code,
    away: result.is === 'sent' ? false : (result.error as OutsideError).away,
    taken: server.taken.length,
    connections: server.connections(),
  }
}

/** A port on which nothing listens. */
async function closedPort(): Promise<number> {
  const closed = createServer()
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
  const { port } = closed.address() as AddressInfo
  await new Promise<void>((resolve) => closed.close(() => resolve()))
  return port
}

describe('createRelay', () => {
  it('sends the bytes unchanged and returns the relay’s answer', async () => {
    await using server = await fakeRelay({})
    await using relay = relayTo(server.port)
    const body = `.\r\n..two\r\n${'ü'.repeat(50_000)}`
    expect(await relay.send(mail(body))).toEqual({ response: '250 2.0.0 Ok: queued as 4711' })
    // Dots are doubled on the wire (RFC 5321 section 4.5.2).
    expect(server.taken[0]?.toString()).toBe(`Subject: x\r\n\r\n${body}\r\n`.replaceAll(/^\./gmu, '..'))
  })

  it('uses its connection again', async () => {
    await using server = await fakeRelay({})
    await using relay = relayTo(server.port)
    for (const body of ['one', 'two', 'three']) await relay.send(mail(body))
    expect([server.taken.length, server.connections()]).toEqual([3, 1])
  })

  it('opens a new connection when the relay has closed the previous one', async () => {
    await using server = await fakeRelay({})
    await using relay = relayTo(server.port)
    await relay.send(mail('one'))
    await server.hangUp()
    await relay.send(mail('two'))
    expect([server.taken.length, server.connections()]).toEqual([2, 2])
  })

  it('tries once more on a new connection when the previous one turns out to be dead', async () => {
    await using server = await fakeRelay({ later: { drop: 'mail' } }, {})
    await using relay = relayTo(server.port)
    await relay.send(mail('one'))
    await relay.send(mail('two'))
    expect([server.taken.length, server.connections()]).toEqual([2, 2])
  })

  it('never repeats a mail that may have been accepted, even on a connection that is used again', async () => {
    await using server = await fakeRelay({ later: { drop: 'dot' } }, {})
    await using relay = relayTo(server.port)
    await relay.send(mail('one'))
    await expect(relay.send(mail('two'))).rejects.toMatchObject({ code: 'unknown' })
    expect([server.taken.length, server.connections()]).toEqual([2, 1])
  })

  it('does not try again after a refusal on a connection that is used again', async () => {
    await using server = await fakeRelay({ later: { rcpt: '450 4.2.0 later' } }, {})
    await using relay = relayTo(server.port)
    await relay.send(mail('one'))
    await expect(relay.send(mail('two'))).rejects.toMatchObject({ code: 'unreachable' })
    expect(server.connections()).toBe(1)
  })

  it.each<[string, string, Script]>([
    ['refused', 'the recipient is unknown', { rcpt: `550 5.1.1 <${SECRET}@reporter.example> unknown` }],
    ['refused', 'the recipient takes no such mail', { rcpt: `550 5.7.1 <${SECRET}@reporter.example> policy` }],
    ['refused', 'the mail is refused for good', { dot: `554 5.6.0 ${SECRET}` }],
    ['refused', 'the mail is too large', { mail: '552 5.3.4 message size exceeds fixed limit' }],
    ['unreachable', 'the recipient is greylisted', { rcpt: '450 4.2.0 later' }],
    ['unreachable, away', 'the relay refuses our sender', { mail: `550 5.7.1 <${SECRET}@reporter.example> no` }],
    ['unreachable, away', 'the relay wants a login', { mail: '530 5.7.0 Authentication required' }],
    ['unreachable, away', 'the relay wants TLS', { mail: '530 5.7.0 Must issue a STARTTLS command first' }],
    ['unreachable, away', 'the relay says so at the recipient alone', { rcpt: '530 5.7.0 Authentication required' }],
    [
      'unreachable, away',
      'the relay does not relay for us',
      { rcpt: `554 5.7.1 <${SECRET}@reporter.example>: Relay access denied` },
    ],
    [
      'unreachable, away',
      'the relay refuses our sender at the recipient',
      { rcpt: `554 5.7.1 <${SECRET}@reporter.example>: Sender address rejected: Access denied` },
    ],
    ['unreachable, away', 'the relay lets us send as nobody else', { dot: '550 5.7.60 SMTP; not as this sender' }],
    ['unreachable, away', 'the relay has trouble with every recipient', { rcpt: '451 4.3.0 Temporary lookup failure' }],
    ['unreachable, away', 'the relay is full', { dot: '452 4.3.1 full' }],
    ['unreachable, away', 'the relay takes no mail now', { mail: '451 4.7.1 try later' }],
    ['unreachable', 'the relay does not want the data of this mail now', { data: '451 4.2.0 later' }],
    ['unreachable, away', 'the relay turns everybody away', { greeting: '554 5.3.2 no service' }],
    ['unreachable, away', 'the relay is busy', { greeting: '421 4.3.2 too many connections' }],
    ['unreachable, away', 'the relay goes away before the greeting', { drop: 'greeting' }],
    ['unreachable, away', 'the connection breaks at MAIL', { drop: 'mail' }],
    ['unreachable, away', 'the connection breaks at DATA', { drop: 'data' }],
    ['unreachable, away', 'the relay is silent from the start', { silent: 'greeting' }],
    ['unreachable, away', 'the relay falls silent before the data', { silent: 'mail' }],
    [
      'unreachable, away',
      'the relay hangs up with a 421 after the dot',
      { dot: '421 4.3.2 shutting down', drop: 'after-dot-reply' },
    ],
    ['unknown, away', 'the answer after the dot is lost', { drop: 'dot' }],
    ['unknown, away', 'the relay falls silent after the dot', { silent: 'dot' }],
  ])('says %s when %s', async (expected, _, script) => {
    const { code, away } = await outcome(script)
    expect(away ? `${code}, away` : code).toBe(expected)
  })

  it('does not send again when the answer was lost', async () => {
    expect(await outcome({ drop: 'dot' }, {})).toEqual({ code: 'unknown', away: true, taken: 1, connections: 1 })
  })

  it('reports unreachable when the connection breaks in the middle of a large mail', async () => {
    await using server = await fakeRelay({ drop: 'in-data' })
    await using relay = relayTo(server.port)
    const large = { ...mail(), raw: Buffer.alloc(900_000, 'line of text\r\n') }
    await expect(relay.send(large)).rejects.toMatchObject({ code: expect.stringMatching(/^(?:unreachable|unknown)$/u) })
    expect(server.taken).toHaveLength(0)
  })

  it('reports refused when the mail exceeds the size that the relay announced', async () => {
    await using server = await fakeRelay({})
    await using relay = relayTo(server.port)
    await expect(relay.send({ ...mail(), raw: Buffer.alloc(1_000_001, 'x') })).rejects.toMatchObject({
      code: 'refused',
    })
  })

  it('says unreachable when nothing listens', async () => {
    await using relay = relayTo(await closedPort())
    await expect(relay.send(mail())).rejects.toMatchObject({ code: 'unreachable' })
  })

  it.each(['rae@reporter.example>\r\nRCPT TO:<eve@evil.example', 'rae@reporter.example\r\nDATA', '<eve@evil.example>'])(
    'lets the recipient %j add no command',
    async (envelopeTo) => {
      await using server = await fakeRelay({})
      await using relay = relayTo(server.port)
      await expect(relay.send({ ...mail(), envelopeTo })).rejects.toMatchObject({ code: 'refused' })
      expect(server.connections()).toBe(0)
    },
  )

  it('sends many at once over few connections', async () => {
    await using server = await fakeRelay({})
    await using relay = relayTo(server.port)
    await Promise.all(Array.from({ length: 40 }, async (_, at) => relay.send(mail(`${at}`))))
    expect(server.taken).toHaveLength(40)
    expect(server.connections()).toBeLessThanOrEqual(4)
  })

  it('sends no more mails in an hour than its limit, and says when the next may go', async () => {
    await using server = await fakeRelay({})
    let now = 0
    await using relay = createRelay({
      host: '127.0.0.1',
      port: server.port,
      tls: 'plain',
      timeoutMs: 5_000,
      name: 'example.org',
      mailsPerHour: 2,
      monotonic: () => now,
    })
    await relay.send(mail())
    now = 60_000
    await relay.send(mail())
    await expect(relay.send(mail())).rejects.toMatchObject({
      code: 'rate-limited',
      retryAfterMs: 59 * 60_000,
      forAll: true,
    })
    now = 60 * 60_000
    await relay.send(mail())
    await expect(relay.send(mail())).rejects.toMatchObject({ code: 'rate-limited', retryAfterMs: 60_000 })
    expect(server.taken).toHaveLength(3)
  })

  it('uses one connection where one is set', async () => {
    await using server = await fakeRelay({})
    await using relay = createRelay({
      host: '127.0.0.1',
      port: server.port,
      tls: 'plain',
      timeoutMs: 5_000,
      name: 'example.org',
      connections: 1,
    })
    await Promise.all(Array.from({ length: 8 }, async (_, at) => relay.send(mail(`${at}`))))
    expect([server.taken.length, server.connections()]).toEqual([8, 1])
  })

  it.each([
    ['what the relay announces', '1000000', undefined, 1_000_000],
    ['the setting, if that is less', '1000000', 500_000, 500_000],
    ['what the relay announces, if the setting is more', '1000000', 2_000_000, 1_000_000],
    ['the setting, if the relay announces no limit', '0', 500_000, 500_000],
    ['nothing, if neither is known', '0', undefined, undefined],
  ])('knows the largest size before it sends a mail: %s', async (_, size, mailBytes, expected) => {
    await using server = await fakeRelay({ size })
    const options = {
      host: '127.0.0.1',
      port: server.port,
      tls: 'plain',
      timeoutMs: 5_000,
      name: 'example.org',
    } as const
    await using relay = createRelay({ ...options, mailBytes })
    expect([await relay.sizeLimit(), await relay.sizeLimit()]).toEqual([expected, expected])
    await relay.send(mail())
    expect(server.connections()).toBe(1)
  })

  it('knows no size while the relay is away, unless one is set', async () => {
    await using relay = createRelay({
      host: '127.0.0.1',
      port: await closedPort(),
      tls: 'plain',
      timeoutMs: 5_000,
      name: 'example.org',
      mailBytes: 7,
    })
    await using unset = relayTo(await closedPort())
    expect([await relay.sizeLimit(), await unset.sizeLimit()]).toEqual([7, undefined])
  })

  it('refuses to begin another mail once it is shut down', async () => {
    await using server = await fakeRelay({})
    const relay = relayTo(server.port)
    await relay[Symbol.asyncDispose]()
    await expect(relay.send(mail())).rejects.toMatchObject({ code: 'unreachable' })
  })
})
