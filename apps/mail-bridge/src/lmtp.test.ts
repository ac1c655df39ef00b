import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { boot, text } from '../test/boot.ts'
import { Wire } from '../test/wire.ts'

const HOUSE = { lmtp: { host: '127.0.0.1', port: 0 } }
const OURS = 'RCPT TO:<security@example.org>'
const OF_A_CASE = 'RCPT TO:<security+case@example.org>'
const STRANGE = 'RCPT TO:<rae@reporter.example>'

/** The code of the server's answer to each line. The first code is from its greeting. */
async function say(at: number | string | undefined, ...lines: readonly string[]): Promise<string[]> {
  const wire = new Wire(at ?? 0)
  const codes = [await wire.reply()]
  for (const line of lines) codes.push(await wire.say(line))
  wire.close()
  return codes.map((reply) => reply.slice(0, 3))
}

describe('LMTP', () => {
  it('stores a mail once, and answers for each of its recipients', async () => {
    await using house = await boot(HOUSE)
    const wire = new Wire(house.bridge.ports.lmtp ?? 0)
    expect(await wire.reply()).toMatch(/^220 \S+ LMTP/u)
    for (const line of ['LHLO mta.example.org', 'MAIL FROM:<rae@reporter.example>', OURS]) await wire.say(line)
    expect(await wire.say(STRANGE)).toMatch(/^550/u)
    await wire.say(OF_A_CASE)
    await wire.say('DATA')
    expect(await wire.say('x\r\n.')).toMatch(/^250 2\.6\.0 Stored/u)
    expect(await wire.reply()).toMatch(/^250 2\.6\.0 Stored/u)
    expect(await wire.say('NOOP')).toMatch(/^250/u)
    wire.close()
    expect(house.spool.mails).toHaveLength(1)
    expect(house.spool.mails[0]).toMatchObject({
      envelopeFrom: 'rae@reporter.example',
      envelopeTo: ['security@example.org', 'security+case@example.org'],
      delivery: expect.stringMatching(/^lmtp:/u),
      client: { address: '127.0.0.1', helo: 'mta.example.org', relay: true },
    })
    expect(text(house.spool.mails[0]?.raw)).toBe('x\r\n')
  })

  it.each([
    ['LHLO', 'lmtp'],
    ['EHLO', 'smtp'],
  ] as const)(
    'answers 452 for a stranger and 250 for an open case while the quota is used up, and stores the mail once (%s)',
    async (hello, protocol) => {
      let isFull = true
      await using house = await boot({
        ...HOUSE,
        quota: {
          isKnown: async (to) => to.includes('security+case@example.org'),
          refuses: async ({ known }) => (known || !isFull ? undefined : 'day'),
          stored: () => undefined,
        },
      })
      const port = house.bridge.ports[protocol]
      const begin = [`${hello} x`, 'MAIL FROM:<a@example.net>']
      expect(await say(port, ...begin, OURS, OF_A_CASE, 'DATA', 'x\r\n.', 'NOOP')).toEqual(
        '220 250 250 452 250 354 250 250'.split(' '),
      )
      const both = ['security+case@example.org', 'security@example.org']
      expect(house.spool.mails.map(({ envelopeTo }) => envelopeTo)).toEqual([both])
      // The sender delivers the mail again for the recipient who was put off. The first delivery was stored for both
      // recipients, so no second mail is stored.
      isFull = false
      expect(await say(port, ...begin, OURS, 'DATA', 'x\r\n.')).toEqual('220 250 250 250 354 250'.split(' '))
      expect(house.spool.mails).toHaveLength(1)
      expect(await say(port, ...begin, OURS, 'DATA', 'another\r\n.')).toEqual('220 250 250 250 354 250'.split(' '))
      expect(house.spool.mails).toHaveLength(2)
    },
  )

  it('remembers after a restart that a mail was stored for a recipient who was put off (smtp)', async () => {
    const kept = new Map<string, unknown>()
    const settings = {
      read: async (name: string) => kept.get(name),
      write: async (name: string, value: unknown) => void kept.set(name, value),
    }
    let isFull = true
    const quota = {
      isKnown: async (to: readonly string[]) => to.includes('security+case@example.org'),
      refuses: async ({ known }: { readonly known: boolean }) => (known || !isFull ? undefined : ('day' as const)),
      stored: () => undefined,
    }
    const begin = ['EHLO x', 'MAIL FROM:<a@example.net>']
    await using before = await boot({ quota, settings })
    await say(before.bridge.port, ...begin, OURS, OF_A_CASE, 'DATA', 'x\r\n.', 'NOOP')
    isFull = false
    await using after = await boot({ quota, settings, spool: before.spool.asSpool() })
    expect(await say(after.bridge.port, ...begin, OURS, 'DATA', 'x\r\n.')).toEqual('220 250 250 250 354 250'.split(' '))
    expect(before.spool.mails).toHaveLength(1)
  })

  it('does not store a mail for a recipient at another address who was put off', async () => {
    await using house = await boot({
      ...HOUSE,
      addresses: ['security@example.org', 'security@example.net'],
      quota: {
        isKnown: async (to) => to.includes('security+case@example.org'),
        refuses: async ({ known }) => (known ? undefined : 'day'),
        stored: () => undefined,
      },
    })
    const other = 'RCPT TO:<security@example.net>'
    const lines = ['LHLO x', 'MAIL FROM:<a@example.net>', other, OF_A_CASE, 'DATA', 'x\r\n.']
    expect(await say(house.bridge.ports.lmtp, ...lines)).toEqual('220 250 250 452 250 354 250'.split(' '))
    expect(house.spool.mails.map(({ envelopeTo }) => envelopeTo)).toEqual([['security+case@example.org']])
  })

  it('counts large and small mails separately, each for all senders behind one server', async () => {
    const asked: (readonly [string, number])[] = []
    const quota = {
      isKnown: async () => false,
      refuses: async ({ source }: { readonly source: string }, bytes: number) => (
        asked.push([source, bytes]),
        undefined
      ),
      stored: () => undefined,
    }
    await using house = await boot({ ...HOUSE, quota, networks: ['192.0.2.0/24'] })
    const large = 2 * 1024 * 1024
    for (const [hello, port] of [
      ['LHLO', house.bridge.ports.lmtp],
      ['EHLO', house.bridge.port],
    ] as const)
      await say(port, `${hello} x`, `MAIL FROM:<a@example.net> SIZE=${large}`, OURS, 'DATA', 'x\r\n.')
    const one = [
      ['127.0.0.1 large', large],
      ['127.0.0.1 small', 3],
    ]
    expect(asked).toEqual([...one, ...one])
  })

  it('refuses a mail that is too large for each of its recipients', async () => {
    await using house = await boot({ ...HOUSE, limits: { mailBytes: 1_000 } })
    const wire = new Wire(house.bridge.ports.lmtp ?? 0)
    await wire.reply()
    for (const line of ['LHLO x', 'MAIL FROM:<a@example.net>', OURS, OF_A_CASE, 'DATA']) await wire.say(line)
    expect(await wire.say(`${'x'.repeat(2_000)}\r\n.`)).toMatch(/^552/u)
    expect(await wire.reply()).toMatch(/^552/u)
    wire.close()
    expect(house.spool.mails).toEqual([])
  })

  it('answers 451 for every recipient when the mail cannot be stored, so that the sender keeps it', async () => {
    await using house = await boot(HOUSE)
    house.spool.answer = async () => ({ is: 'full' })
    const wire = new Wire(house.bridge.ports.lmtp ?? 0)
    await wire.reply()
    for (const line of ['LHLO x', 'MAIL FROM:<a@example.net>', OURS, OF_A_CASE, 'DATA']) await wire.say(line)
    expect(await wire.say('x\r\n.')).toMatch(/^452/u)
    expect(await wire.reply()).toMatch(/^452/u)
    wire.close()
  })

  it('accepts no data without a recipient, and not the greeting of SMTP (RFC 2033 section 4.1)', async () => {
    await using house = await boot(HOUSE)
    const lines = ['EHLO x', 'LHLO x', 'MAIL FROM:<a@example.net>', STRANGE, 'DATA']
    expect(await say(house.bridge.ports.lmtp, ...lines)).toEqual('220 500 250 250 550 503'.split(' '))
  })

  it('shares the limits of bytes and connections with SMTP', async () => {
    await using house = await boot({ ...HOUSE, limits: { connectionsPerSource: 1 } })
    const first = new Wire(house.bridge.port)
    await first.reply()
    expect(await say(house.bridge.ports.lmtp)).toEqual(['421'])
    first.close()
  })
})

describe('LMTP at a Unix socket', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'embargo-lmtp-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))
  const path = (): string => join(folder, 'lmtp')
  const mail = ['LHLO x', 'MAIL FROM:<a@example.net>', OURS, 'DATA', 'x\r\n.']
  const taken = '220 250 250 250 354 250'.split(' ')

  it('takes mail from this machine alone, whatever networks are named', async () => {
    await using house = await boot({ lmtp: { path: path() }, networks: ['192.0.2.0/24'] })
    expect(await say(path(), ...mail)).toEqual(taken)
    expect(await say(path(), ...mail.with(-1, 'y\r\n.'))).toEqual(taken)
    expect(house.spool.mails.map(({ client }) => client?.relay)).toEqual([true, true])
    expect(statSync(path()).mode & 0o777).toBe(0o660)
  })

  it('takes the place of a socket that a killed program left behind, and of no other file', async () => {
    const script = `require('node:net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))`
    spawnSync(process.execPath, ['-e', script, path()])
    expect(statSync(path()).isSocket()).toBe(true)
    {
      await using _house = await boot({ lmtp: { path: path() } })
      expect(await say(path(), ...mail)).toEqual(taken)
      await expect(boot({ lmtp: { path: path() } })).rejects.toMatchObject({ code: 'cannot-listen' })
      expect(await say(path(), ...mail)).toEqual(taken)
    }
    writeFileSync(path(), 'a file of somebody')
    await expect(boot({ lmtp: { path: path() } })).rejects.toThrow(/cannot listen on the socket/u)
    expect(statSync(path()).isFile()).toBe(true)
  })
})

describe('the postmaster', () => {
  it.each(['postmaster@example.org', 'Postmaster@EXAMPLE.org', 'postmaster'])(
    'is reached at %s (RFC 5321 section 4.5.1)',
    async (address) => {
      await using house = await boot()
      const lines = ['EHLO x', 'MAIL FROM:<>', `RCPT TO:<${address}>`, 'DATA', 'x\r\n.']
      expect(await say(house.bridge.port, ...lines)).toEqual('220 250 250 250 354 250'.split(' '))
    },
  )

  it.each(['postmaster@example.net', 'postmaster+x@example.org', 'postmaster@sub.example.org'])(
    'is not reached at %s',
    async (address) => {
      await using house = await boot()
      expect(await say(house.bridge.port, 'EHLO x', 'MAIL FROM:<>', `RCPT TO:<${address}>`)).toContain('550')
    },
  )
})

describe('the networks from which mail is accepted', () => {
  it('are this machine and those of the setting', async () => {
    await using house = await boot({ networks: ['192.0.2.0/24'] })
    expect(await say(house.bridge.port, 'EHLO x')).toEqual(['220', '250'])
  })
})
