import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, vi } from 'vitest'
import { connectMailbox } from './connect.ts'

type Answers = {
  readonly list: readonly string[]
  readonly extension: string
  /** For some commands: what the server says before it accepts the command. */
  readonly says: Readonly<Record<string, string>>
}

/**
 * A server that accepts only the access token `valid` (XOAUTH2), lists these folders, and accepts every other command.
 */
async function serverFor(valid: string, { list = [], extension = '', says = {} }: Partial<Answers> = {}) {
  const capability = `CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2${extension}`
  const tokens: string[] = []
  const commands: string[] = []
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.write(`* OK [${capability}] hello\r\n`)
    let waiting = ''
    socket.on('data', (bytes) => {
      const lines = (waiting + String(bytes)).split('\r\n')
      waiting = lines.pop() ?? ''
      for (const line of lines) socket.write(answerTo(line))
    })
  })
  function answerTo(line: string): string {
    const [tag = '', command = '', , response = ''] = line.split(' ')
    commands.push(command)
    if (command.toUpperCase() === 'CAPABILITY') return `* ${capability}\r\n${tag} OK done\r\n`
    if (command.toUpperCase() === 'LIST' && !line.endsWith('""'))
      return `${list.map((one) => `* LIST ${one}\r\n`).join('')}${tag} OK done\r\n`
    if (command.toUpperCase() !== 'AUTHENTICATE') return `${says[command] ?? ''}${tag} OK done\r\n`
    const token = /auth=Bearer ([^\u0001]+)/u.exec(Buffer.from(response, 'base64').toString())?.[1] ?? ''
    tokens.push(token)
    return token === valid ? `${tag} OK hello\r\n` : `${tag} NO [AUTHENTICATIONFAILED] no\r\n`
  }
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    tokens,
    commands,
    async [Symbol.asyncDispose]() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
    },
  }
}

const mailbox = (port: number, login: (refused?: string) => Promise<{ readonly accessToken: string }>) =>
  ({ host: '127.0.0.1', port, tls: 'plain', user: 'security@example.org', login }) as const

describe('a mailbox with a login by OAuth 2', () => {
  it('gets another token when it refuses one', async () => {
    await using server = await serverFor('two')
    const refusals: (string | undefined)[] = []
    const login = async (refused?: string) => {
      refusals.push(refused)
      return { accessToken: refused === undefined ? 'one' : 'two' }
    }
    await using session = await connectMailbox(mailbox(server.port, login))
    expect(session).toBeDefined()
    expect([server.tokens, refusals]).toEqual([
      ['one', 'two'],
      [undefined, 'one'],
    ])
  })

  it('that refuses the other token too is not asked again', async () => {
    await using server = await serverFor('none')
    let asked = 0
    const login = async () => ({ accessToken: `token-${(asked += 1)}` })
    await expect(connectMailbox(mailbox(server.port, login))).rejects.toMatchObject({ authenticationFailed: true })
    expect(server.tokens).toEqual(['token-1', 'token-2'])
  })
})

describe('the wait for mail', () => {
  const EXAMINE = '* 1 EXISTS\r\n* OK [UIDVALIDITY 1] valid\r\n* OK [UIDNEXT 2] next\r\n'
  const STATUS = '* STATUS Junk (UIDVALIDITY 7 UIDNEXT 3)\r\n'

  it('ends at once for a mail that came while the folder was read, and does not open the folder again', async () => {
    await using server = await serverFor('one', { says: { EXAMINE, STATUS, NOOP: '* 2 EXISTS\r\n' } })
    await using session = await connectMailbox(mailbox(server.port, async () => ({ accessToken: 'one' })))
    expect(await session.open('INBOX')).toEqual({ uidValidity: 1, uidNext: 2 })
    expect(await session.state('Junk')).toEqual({ uidValidity: 7, uidNext: 3 })
    await session.wait('INBOX', 2 ** 31 - 1, new AbortController().signal)
    expect(server.commands.filter((one) => one === 'EXAMINE')).toHaveLength(1)
  })

  it('lasts for its time if no mail came', async () => {
    await using server = await serverFor('one', { says: { EXAMINE } })
    await using session = await connectMailbox(mailbox(server.port, async () => ({ accessToken: 'one' })))
    await session.open('INBOX')
    const over = new AbortController()
    let ended = false
    const waiting = session.wait('INBOX', 2 ** 31 - 1, over.signal).then(() => {
      ended = true
    })
    await vi.waitFor(() => expect(server.commands).toContain('NOOP'))
    // The server answers this command after NOOP. So once this call has ended, NOOP has been answered.
    await session.state('Junk')
    expect(ended).toBe(false)
    over.abort()
    await waiting
  })

  it('opens the folder again if another one was opened since', async () => {
    const later = EXAMINE.replace('UIDNEXT 2', 'UIDNEXT 3')
    const says = { EXAMINE }
    await using server = await serverFor('one', { says })
    await using session = await connectMailbox(mailbox(server.port, async () => ({ accessToken: 'one' })))
    await session.open('INBOX')
    await session.open('Junk')
    says.EXAMINE = later
    await session.wait('INBOX', 2 ** 31 - 1, new AbortController().signal)
    expect(server.commands.filter((one) => one === 'EXAMINE')).toHaveLength(3)
  })
})

describe('the spam folder', () => {
  it.each([
    ['is the one that the server marks', ' SPECIAL-USE', ['() "/" Spam', '(\\Junk) "/" Filtered'], ['Filtered']],
    [
      'is known by its name at a server that marks none, as Exchange Online does',
      '',
      ['() "/" "Junk Email"'],
      ['Junk Email'],
    ],
    ['is known by its name in another language', '', ['() "/" Spam-Verdacht', '() "/" Junk-E-Mail'], ['Junk-E-Mail']],
    ['is known by its name below INBOX', '', ['() "." INBOX.Spam'], ['INBOX.Spam']],
    ['is not the spam folder of another person, which a server may list', '', ['() "/" "Other Users/bob/Junk"'], []],
    ['is not one that cannot be opened', '', ['(\\Noselect) "/" Junk'], []],
    ['may be missing', '', ['() "/" Archive'], []],
  ])('%s', async (_, extension, list, expected) => {
    await using server = await serverFor('one', { extension, list: ['() "/" INBOX', ...list] })
    await using session = await connectMailbox(mailbox(server.port, async () => ({ accessToken: 'one' })))
    expect(await session.folders()).toEqual([
      { path: 'INBOX', spam: false },
      ...expected.map((path) => ({ path, spam: true })),
    ])
  })
})
