import { SMTPServer } from 'smtp-server'
import type { SMTPServerDataStream } from 'smtp-server'
import { Changes } from '@embargo/emulator-kit'
import { receivedMail } from './received-mail.ts'
import type { ReceivedMail } from './received-mail.ts'

/** How long `until` waits by default. */
const UNTIL_MS = 5000

/**
 * A fault of the relay for one mail. `lost-answer`: the relay accepts the mail and disconnects before it says so.
 * `lost-request`: the relay disconnects and does not keep the mail. With `to`, the fault applies only to a mail to that
 * address.
 */
export type SmtpFault = { readonly to?: string } & (
  | { readonly is: 'reply'; readonly code: number; readonly text: string }
  | { readonly is: 'lost-answer' | 'lost-request' }
)

/** A relay that stores the mails that it accepts. It must be disposed, because its listener keeps the process alive. */
export type SmtpSink = AsyncDisposable & {
  readonly port: number
  /** The accepted mails, in order. The list grows. */
  readonly mails: readonly ReceivedMail[]
  /** The faults of the next mails, each for one mail. */
  readonly faults: SmtpFault[]
  /**
   * Resolves with the first mail that matches, whether it was accepted already or comes later. Rejects with
   * UntilTimeout.
   */
  until(
    fits: (mail: ReceivedMail) => boolean,
    options?: { readonly timeoutMs?: number; readonly wanted?: string },
  ): Promise<ReceivedMail>
  /** Calls `look` with all accepted mails, now and after each new one, and resolves with its first truthy value. */
  untilAll<T>(
    look: (mails: readonly ReceivedMail[]) => T | undefined | null | false,
    options?: { readonly timeoutMs?: number; readonly wanted?: string },
  ): Promise<T>
}

/**
 * Starts a relay on 127.0.0.1 that accepts every mail (RFC 5321) without a login, in plain text or, with a certificate,
 * by STARTTLS.
 */
export async function startSmtpSink(tls?: { readonly key: string; readonly cert: string }): Promise<SmtpSink> {
  const mails: ReceivedMail[] = []
  const faults: SmtpFault[] = []
  const changes = new Changes()
  const server = new SMTPServer({
    logger: false,
    disabledCommands: tls === undefined ? ['AUTH', 'STARTTLS'] : ['AUTH'],
    ...tls,
    authOptional: true,
    disableReverseLookup: true,
    onData(stream, session, answer) {
      void collect(stream).then((raw) => {
        const { mailFrom, rcptTo } = session.envelope
        const envelope = { from: mailFrom === false ? '' : mailFrom.address, to: rcptTo.map((each) => each.address) }
        const met = faults.findIndex(({ to }) => to === undefined || envelope.to.includes(to))
        const [fault] = met === -1 ? [] : faults.splice(met, 1)
        if (fault?.is === 'reply') return answer(Object.assign(new Error(fault.text), { responseCode: fault.code }))
        if (fault?.is !== 'lost-request') {
          mails.push(receivedMail(raw, envelope))
          changes.announce()
        }
        if (fault === undefined) return answer(undefined, `Taken as ${mails.length}`)
        for (const connection of server.connections) connection.close()
      }, answer)
    },
  })
  // Errors are ignored, because some tests disconnect a client on purpose.
  server.on('error', () => undefined)
  const port = await new Promise<number>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  const untilAll: SmtpSink['untilAll'] = (look, { timeoutMs = UNTIL_MS, wanted = look.toString() } = {}) =>
    changes.until(() => look(mails), timeoutMs, wanted)
  return {
    port,
    mails,
    faults,
    untilAll,
    until: (fits, { timeoutMs = UNTIL_MS, wanted = fits.toString() } = {}) =>
      untilAll((all) => all.find(fits), { timeoutMs, wanted: `a mail: ${wanted}` }),
    [Symbol.asyncDispose]: async () => {
      changes.end()
      const closed = new Promise<void>((resolve) => server.close(resolve))
      for (const connection of server.connections) connection.close()
      await closed
    },
  }
}

async function collect(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}
