import { Worker } from 'node:worker_threads'
import { MailError } from './errors.ts'
import type { MailErrorCode } from './errors.ts'
import type { KeyReading, readPublicKeys } from './openpgp/key-facts.ts'
import { writeMail } from './write-mail.ts'
import type { MailDraft } from './write-mail.ts'

export type WriterRequest =
  | { readonly id: number; readonly is: 'write'; readonly draft: MailDraft }
  | { readonly id: number; readonly is: 'read-keys'; readonly block: Uint8Array; readonly at: number }

export type WriterAnswer =
  | { readonly id: number; readonly is: 'written'; readonly mail: Uint8Array }
  | { readonly id: number; readonly is: 'keys-read'; readonly reading: KeyReading }
  /** `code` is set for a `MailError`. */
  | { readonly id: number; readonly is: 'failed'; readonly code?: MailErrorCode; readonly message: string }

/** Writes outgoing mails, and reads the keys to which they are encrypted. */
export type MailWriter = {
  /** Does what `writeMail` does, with the same errors. @throws Error if the thread could not be started */
  readonly write: typeof writeMail
  /** Does what `readPublicKeys` does. @throws Error if the thread could not be started */
  readonly readKeys: typeof readPublicKeys
}

type Pending = PromiseWithResolvers<WriterAnswer>
type Thread = { readonly worker: Worker; readonly pending: Map<number, Pending> }

/**
 * A mail that is encrypted or signed is written in a separate thread. So a pre-notification to many recipients does not
 * delay the answers to commands. The thread starts when it is first needed, and does not keep our process alive while
 * it is idle.
 */
export function createMailWriter(): MailWriter & AsyncDisposable {
  let thread: Thread | undefined
  let last = 0

  function running(): Thread {
    if (thread !== undefined) return thread
    const started: Thread = { worker: new Worker(workerScript()), pending: new Map() }
    const { worker, pending } = started
    const ended = (error: Error): void => {
      if (thread === started) thread = undefined
      for (const { reject } of pending.values()) reject(error)
      pending.clear()
    }
    worker.on('message', (answer: WriterAnswer) => {
      const requested = pending.get(answer.id)
      pending.delete(answer.id)
      if (pending.size === 0) worker.unref()
      requested?.resolve(answer)
    })
    worker.on('error', (cause) => ended(new Error('The thread that writes mails stopped.', { cause })))
    worker.on('exit', () => ended(new Error('The thread that writes mails stopped.')))
    thread = started
    return started
  }

  async function answerTo(requestOf: (id: number) => WriterRequest): Promise<WriterAnswer> {
    const { worker, pending } = running()
    const requested: Pending = Promise.withResolvers()
    last += 1
    pending.set(last, requested)
    worker.ref()
    worker.postMessage(requestOf(last))
    const answer = await requested.promise
    if (answer.is !== 'failed') return answer
    throw answer.code === undefined ? new Error(answer.message) : new MailError(answer.code, answer.message)
  }

  return {
    async write(draft) {
      // Writing a mail without encryption or signature takes a millisecond or two, so no thread is started for it.
      if (draft.protection === undefined) return writeMail(draft)
      const answer = await answerTo((id) => ({ id, is: 'write', draft }))
      return answer.is === 'written' ? answer.mail : wrong(answer)
    },
    async readKeys(block, at) {
      const answer = await answerTo((id) => ({ id, is: 'read-keys', block, at }))
      return answer.is === 'keys-read' ? answer.reading : wrong(answer)
    },
    async [Symbol.asyncDispose]() {
      await thread?.worker.terminate()
    },
  }
}

function wrong({ is }: WriterAnswer): never {
  throw new Error(`The thread that writes mails gave a wrong answer: ${is}.`)
}

/** Finds the thread's file, both in the sources (with type stripping) and in the build. */
function workerScript(): URL {
  return new URL(
    import.meta.url.endsWith('.ts') ? './mail-writer-worker.ts' : './mail-writer-worker.js',
    import.meta.url,
  )
}
