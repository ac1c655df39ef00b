import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { SMTPServer } from 'smtp-server'
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server'

export type BareServer = AsyncDisposable & { readonly port: number }

/**
 * A server made with `smtp-server`. It writes each mail to a file of its own, and answers 250 when the file is on disk.
 */
export async function startBareServer(
  folder: string,
  onMail: (raw: Buffer, from: string) => void,
): Promise<BareServer> {
  let received = 0
  async function store(
    stream: SMTPServerDataStream,
    { envelope: { mailFrom } }: SMTPServerSession,
    answer: (error?: Error | null, message?: string) => void,
  ): Promise<void> {
    const raw = await wholeOf(stream)
    await durable(join(folder, `mail-${received++}`), raw)
    answer(null, 'stored')
    onMail(raw, mailFrom === false ? '' : mailFrom.address)
  }
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, callback) {
      void store(stream, session, callback)
    },
  })
  const listener = server.listen(0, '127.0.0.1')
  await new Promise((resolve) => listener.once('listening', resolve))
  const address = listener.address()
  if (address === null || typeof address === 'string') throw new Error('the listener has no port')
  return {
    port: address.port,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

/** Writes a file, and resolves when it is on disk. */
export async function durable(path: string, bytes: Uint8Array): Promise<void> {
  await using file = await open(path, 'w')
  await file.writeFile(bytes)
  await file.datasync()
}

async function wholeOf(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}
