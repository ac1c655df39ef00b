import { once } from 'node:events'
import { createServer } from 'node:net'
import type { Socket } from 'node:net'

/**
 * A mailbox at a provider, with one folder that stays when the program dies. It has only the parts of IMAP4rev1 that
 * our reader uses.
 */
export type ImapServer = AsyncDisposable & {
  readonly port: number
  /** Puts a mail into INBOX, and notifies the open connections. */
  deliver(raw: string, at: number): void
}

type StoredMail = { readonly raw: Buffer; readonly at: number }

const UID_VALIDITY = 7

export async function startImapServer(): Promise<ImapServer> {
  const mails: StoredMail[] = []
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    // Errors are ignored, because the program is killed on purpose.
    socket.on('error', () => undefined)
    serve(socket, mails)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    deliver(raw, at) {
      mails.push({ raw: Buffer.from(raw), at })
      for (const socket of open) socket.write(`* ${mails.length} EXISTS\r\n`)
    },
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function serve(socket: Socket, mails: readonly StoredMail[]): void {
  let text = ''
  let idle: string | undefined
  socket.setEncoding('latin1')
  socket.write('* OK [CAPABILITY IMAP4rev1 IDLE] ready\r\n')
  socket.on('data', (chunk: string) => {
    text += chunk
    for (let end = text.indexOf('\r\n'); end >= 0; end = text.indexOf('\r\n')) {
      const line = text.slice(0, end)
      text = text.slice(end + 2)
      if (idle !== undefined && line.toUpperCase() === 'DONE') {
        socket.write(`${idle} OK done\r\n`)
        idle = undefined
        continue
      }
      const [tag = '', ...words] = line.split(' ')
      if (words[0]?.toUpperCase() === 'IDLE') {
        idle = tag
        socket.write('+ idling\r\n')
        continue
      }
      const untagged = answer(words, mails)
      for (const one of untagged ?? []) socket.write(one)
      socket.write(untagged === undefined ? `${tag} BAD unknown\r\n` : `${tag} OK done\r\n`)
    }
  })
}

/** The untagged responses to a command. Undefined if there is no such command. */
function answer(words: readonly string[], mails: readonly StoredMail[]): readonly (string | Buffer)[] | undefined {
  const command = words
    .slice(0, words[0]?.toUpperCase() === 'UID' ? 2 : 1)
    .join(' ')
    .toUpperCase()
  switch (command) {
    case 'CAPABILITY':
      return ['* CAPABILITY IMAP4rev1 IDLE\r\n']
    case 'LOGIN':
    case 'NOOP':
    case 'LOGOUT':
      return []
    case 'LIST':
    case 'LSUB':
      return [`* ${command} (\\HasNoChildren) "/" "INBOX"\r\n`]
    case 'EXAMINE':
      return [
        '* FLAGS (\\Seen)\r\n',
        `* ${mails.length} EXISTS\r\n`,
        '* 0 RECENT\r\n',
        `* OK [UIDVALIDITY ${UID_VALIDITY}] valid\r\n`,
        `* OK [UIDNEXT ${mails.length + 1}] next\r\n`,
      ]
    case 'UID SEARCH':
      // Lists all mails and ignores the search criteria, because the reader checks each mail itself.
      return [`* SEARCH${mails.map((_, at) => ` ${at + 1}`).join('')}\r\n`]
    case 'UID FETCH':
      return (words[2] ?? '').split(',').flatMap((uid) => fetched(Number(uid), mails, words.join(' ')))
    default:
      return undefined
  }
}

function fetched(uid: number, mails: readonly StoredMail[], asked: string): readonly (string | Buffer)[] {
  const mail = mails[uid - 1]
  if (mail === undefined) return []
  if (asked.includes('BODY.PEEK[]'))
    return [`* ${uid} FETCH (UID ${uid} BODY[] {${mail.raw.length}}\r\n`, mail.raw, ')\r\n']
  return [`* ${uid} FETCH (UID ${uid} RFC822.SIZE ${mail.raw.length} INTERNALDATE "${dateOf(mail.at)}")\r\n`]
}

/** RFC 3501 section 9, date-time. */
function dateOf(at: number): string {
  const [, day, month, year, time] = new Date(at).toUTCString().split(' ')
  return `${day}-${month}-${year} ${time} +0000`
}
