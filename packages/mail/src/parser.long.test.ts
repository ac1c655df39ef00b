import { createMessage, encrypt, readKey } from 'openpgp'
import { describe, expect, it } from 'vitest'
import { bytes, plain, withPatch } from '../test/samples.ts'
import { MailError } from './errors.ts'
import { MAX_TEXT } from './limits.ts'
import { createKey, extendKey } from './openpgp/own-key.ts'
import { parse } from './parse.ts'
import { createParser } from './parser.ts'

const killer = (kind: string): URL => new URL(`../test/${kind}-worker.ts`, import.meta.url)

const NESTED = `From: rea@reporter.example\r\n${Array.from({ length: 29 }, (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`).join('')}\r\n`

describe('createParser', () => {
  it('parses many mails in one worker as parse does', async () => {
    await using parser = createParser()
    const mails = await Promise.all(Array.from({ length: 20 }, async () => parser.parse(withPatch)))
    expect(mails.every((mail) => mail.text === 'café' && mail.attachments[0]?.name === 'fix.patch')).toBe(true)
    expect(mails[0]?.headers.get('subject')).toEqual(['with a patch'])
    expect(withPatch.length).toBeGreaterThan(0)
  })

  it('passes a mail of many pieces on whole, and the next mail too', async () => {
    const body = Array.from({ length: 70_000 }, (_, line) => `line ${line} of a large mail, 0123456789`).join('\r\n')
    const large = bytes(
      `From: rea@reporter.example\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=log.txt\r\n\r\n${body}`,
    )
    await using parser = createParser()
    const [first, next] = await Promise.all([parser.parse(large), parser.parse(plain)])
    expect(first).toEqual(await parse(large))
    expect(next.text).toBe('A long header overflows.')
  })

  it('reports whether a worker waits for a mail and, if none does, why', async () => {
    await using parser = createParser()
    await parser.ready()
    await expect(parser.parse(plain)).resolves.toMatchObject({ text: 'A long header overflows.' })
    await using leaving = createParser({ script: killer('absent') })
    await expect(leaving.ready()).rejects.toThrow('The mail parser could not be started.')
    await parser[Symbol.asyncDispose]()
    await expect(parser.ready()).rejects.toThrow('The mail parser was shut down.')
  })

  it('passes on the code of the rule that the mail broke', async () => {
    await using parser = createParser()
    await expect(parser.parse(bytes('\r\nno header'))).rejects.toMatchObject({ code: 'unparsable' })
    await expect(parser.parse(plain)).resolves.toMatchObject({ text: 'A long header overflows.' })
  })

  it.each(['endless', 'greedy', 'leaving'])('oversize: survives a mail that makes the worker %s', async (kind) => {
    await using parser = createParser({
      script: killer(kind),
      timeoutMs: kind === 'endless' ? 200 : 20_000,
      heapMb: 32,
    })
    const outcomes = await Promise.allSettled([
      parser.parse(bytes('kill')),
      parser.parse(bytes('fine')),
      parser.parse(bytes('kill')),
      parser.parse(bytes('fine')),
    ])
    expect(
      outcomes.map((outcome) =>
        outcome.status === 'fulfilled' ? outcome.value.subject : (outcome.reason as { code: string }).code,
      ),
    ).toEqual(['parser-died', 'fine', 'parser-died', 'fine'])
  })

  // Each of these mails once crashed a parser with 256 MB of memory. With more memory, 24 MB of `a b c` lines took 166
  // s and 3 GB.
  it.each([
    ['short lines', 'From: rea@reporter.example\r\n\r\n', 'a b c\r\n'],
    ['quote lines', 'From: rea@reporter.example\r\n\r\n', '> \r\n>> On x\r\n'],
    ['line ends', 'From: rea@reporter.example\r\n\r\n', '\r'],
    ['lines that begin with dashes', NESTED, '--b\r\n'],
    ['padded base64 lines', 'From: rea@reporter.example\r\nContent-Transfer-Encoding: base64\r\n\r\n', 'YQo=\r\n'],
    ['lines of a file', 'From: rea@reporter.example\r\nContent-Type: application/octet-stream\r\n\r\n', '\n'],
    ['lines of HTML', 'From: rea@reporter.example\r\nContent-Type: text/html\r\n\r\n', '<b>a\r\n'],
  ])(
    'oversize: reads 24 MB of %s in a small memory',
    async (_, head, line) => {
      // This tests the use of memory, not the speed. The time depends on what else the machine does, so the timeouts
      // are long.
      await using parser = createParser({ heapMb: 64, timeoutMs: 10 * 60_000 })
      const raw = bytes(`${head}${line.repeat((24 * 1024 * 1024) / line.length)}`)
      const { attachments, textCut, text } = await parser.parse(raw)
      expect(textCut || attachments.length === 1).toBe(true)
      expect(text.length).toBeLessThanOrEqual(MAX_TEXT)
    },
    10 * 60_000,
  )

  it('adds to a known key what a copy contains, in a separate process', async () => {
    const day = 24 * 60 * 60 * 1_000
    const at = Date.UTC(2026, 5, 1)
    const key = await createKey({ name: 'Rea', address: 'rea@reporter.example', at: at - day, expiresAt: at + day })
    const longer = await extendKey(key, at + 2 * day, at)
    await using parser = createParser()
    const { facts } = await parser.refresh({ kept: key.public, copy: longer.public, at })
    expect(facts.expiresAt).toBe(at + 2 * day)
    await expect(parser.refresh({ kept: key.public, copy: bytes('no key'), at })).rejects.toThrow(MailError)
    await using slow = createParser({ script: killer('endless'), timeoutMs: 200 })
    await expect(slow.refresh({ kept: key.public, copy: longer.public, at })).rejects.toMatchObject({
      code: 'parser-died',
    })
  })

  it('reads our own keys only for an encrypted mail, and blames no mail if they cannot be read', async () => {
    await using parser = createParser()
    const at = Date.UTC(2026, 5, 1)
    const key = await createKey({
      name: 'Quillmark',
      address: 'security@quillmark.example',
      at: at - 1_000,
      expiresAt: at + 86_400_000,
    })
    const message = await createMessage({ text: 'the secret' })
    const block = await encrypt({
      message,
      encryptionKeys: await readKey({ binaryKey: key.public }),
      date: new Date(at),
    })
    const encrypted = bytes(`From: rea@reporter.example\r\n\r\n${block}`)
    let reads = 0
    const own = async () => {
      reads += 1
      return [key.secret]
    }
    const find = async () => []
    await parser.parse(plain, { keyring: { own, find }, at })
    expect(reads).toBe(0)
    expect((await parser.parse(encrypted, { keyring: { own, find }, at })).text).toContain('the secret')
    expect(reads).toBe(1)
    const unreachable = async () => Promise.reject(new Error('the database is away'))
    await expect(parser.parse(encrypted, { keyring: { own: unreachable, find }, at })).rejects.toThrow(
      'the database is away',
    )
    await expect(parser.parse(plain)).resolves.toMatchObject({ text: 'A long header overflows.' })
  })

  it('says that it was shut down instead of waiting for ever', async () => {
    const parser = createParser()
    await parser[Symbol.asyncDispose]()
    await expect(parser.parse(plain)).rejects.toThrow('shut down')
  })

  it('blames no mail if no worker starts', async () => {
    await using parser = createParser({ script: new URL('./there-is-no-such-worker.ts', import.meta.url) })
    const failed = await parser.parse(plain).catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(Error)
    expect(failed).not.toBeInstanceOf(MailError)
  })
})
