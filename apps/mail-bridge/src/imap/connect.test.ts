import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { connectMailbox } from './connect.ts'

type Folders = { readonly list: readonly string[]; readonly extension: string }

/**
 * A server that accepts only the access token `valid` (XOAUTH2), lists these folders, and accepts every other command.
 */
async function serverFor(valid: string, { list = [], extension = '' }: Partial<Folders> = {}) {
  const capability = `CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2${extension}`
  const tokens: string[] = []
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
    if (command.toUpperCase() === 'CAPABILITY') return `* ${capability}\r\n${tag} OK done\r\n`
    if (command.toUpperCase() === 'LIST' && !line.endsWith('""'))
      return `${list.map((one) => `* LIST ${one}\r\n`).join('')}${tag} OK done\r\n`
    if (command.toUpperCase() !== 'AUTHENTICATE') return `${tag} OK done\r\n`
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
