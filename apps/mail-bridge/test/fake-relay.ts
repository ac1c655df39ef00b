import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'

export type Script = {
  greeting?: string
  /** The size in bytes that the relay announces as its limit (RFC 1870). */
  size?: string
  mail?: string
  rcpt?: string
  data?: string
  starttls?: string
  /** The reply after the final dot. */
  dot?: string
  /** At this step, the relay closes the connection instead of answering (`drop`), or never answers (`silent`). */
  drop?: 'greeting' | 'mail' | 'data' | 'in-data' | 'dot' | 'after-dot-reply'
  silent?: 'greeting' | 'mail' | 'dot'
  /** How the connection continues after its first mail. */
  later?: Script
}

export type FakeRelay = AsyncDisposable & {
  readonly port: number
  readonly taken: readonly Buffer[]
  /** Every command that came, in order. */
  readonly commands: readonly string[]
  connections(): number
  /** Closes every connection and waits until they are closed. */
  hangUp(): Promise<unknown>
}

/**
 * A relay that follows a script and keeps the mails that it accepted. Each connection has its own script; the last
 * script serves all later connections.
 */
export async function fakeRelay(...scripts: Script[]): Promise<FakeRelay> {
  const taken: Buffer[] = []
  const commands: string[] = []
  let connections = 0
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    talk(socket, scripts[Math.min(connections, scripts.length - 1)] ?? {}, { taken, commands })
    connections += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    taken,
    commands,
    connections: () => connections,
    hangUp: async () =>
      Promise.all(
        [...sockets].map(
          async (socket) =>
            new Promise<void>((resolve) =>
              socket.destroyed ? resolve() : socket.once('close', () => resolve()).end(),
            ),
        ),
      ),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

type ReceivedBytes = { readonly taken: Buffer[]; readonly commands: string[] }

function talk(socket: Socket, first: Script, { taken, commands }: ReceivedBytes): void {
  let script = first
  let data: Buffer | undefined
  let rest = Buffer.alloc(0)
  const say = (point: string, text: string): void => {
    if (script.drop === point) socket.destroy()
    else if (script.silent !== point) socket.write(`${text}\r\n`)
  }
  say('greeting', script.greeting ?? '220 relay.example ESMTP')
  socket.on('data', (chunk) => {
    rest = Buffer.concat([rest, Buffer.from(chunk)])
    for (;;) {
      if (data !== undefined) {
        if (script.drop === 'in-data') return void socket.destroy()
        const end = rest.indexOf('\r\n.\r\n')
        if (end === -1) return
        const mail = rest.subarray(0, end + 2)
        rest = rest.subarray(end + 5)
        data = undefined
        if ((script.dot ?? '250').startsWith('2')) taken.push(mail)
        say('dot', script.dot ?? '250 2.0.0 Ok: queued as 4711')
        if (script.drop === 'after-dot-reply') socket.end()
        script = script.later ?? script
        continue
      }
      const end = rest.indexOf('\r\n')
      if (end === -1) return
      const line = rest.subarray(0, end).toString().toUpperCase()
      rest = rest.subarray(end + 2)
      commands.push(line)
      if (line.startsWith('EHLO'))
        say('ehlo', `250-relay.example\r\n250-SIZE ${script.size ?? '1000000'}\r\n250 8BITMIME`)
      else if (line.startsWith('MAIL')) say('mail', script.mail ?? '250 2.1.0 Ok')
      else if (line.startsWith('RCPT')) say('rcpt', script.rcpt ?? '250 2.1.5 Ok')
      else if (line.startsWith('DATA')) {
        const reply = script.data ?? '354 go on'
        if (reply.startsWith('3')) data = Buffer.alloc(0)
        say('data', reply)
      } else if (line.startsWith('STARTTLS')) say('other', script.starttls ?? '502 5.5.1 not here')
      else if (line.startsWith('QUIT')) socket.end('221 bye\r\n')
      else say('other', '250 Ok')
    }
  })
}
