import { Worker } from 'node:worker_threads'
import type { protectMail } from './protect.ts'

type Arguments = Parameters<typeof protectMail>

export type ProtectRequest = {
  readonly id: number
  readonly mail: Arguments[0]
  readonly protection: Arguments[1]
  readonly at: Arguments[2]
}

export type ProtectAnswer =
  | { readonly id: number; readonly is: 'protected'; readonly mail: Uint8Array }
  | { readonly id: number; readonly is: 'failed'; readonly message: string }

export type MailProtector = AsyncDisposable & {
  /** Does what `protectMail` does. @throws Error as `protectMail` does, or if the thread could not be started */
  readonly protect: typeof protectMail
}

type Pending = PromiseWithResolvers<Uint8Array>
type Thread = { readonly worker: Worker; readonly pending: Map<number, Pending> }

/**
 * Encrypts and signs mails in a thread of its own. So a pre-notification to many recipients does not delay the answers
 * to commands. The thread starts with the first mail, and does not keep our process alive while it is idle.
 */
export function createProtector(): MailProtector {
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
    worker.on('message', (answer: ProtectAnswer) => {
      const asked = pending.get(answer.id)
      pending.delete(answer.id)
      if (pending.size === 0) worker.unref()
      if (answer.is === 'protected') asked?.resolve(answer.mail)
      else asked?.reject(new Error(answer.message))
    })
    worker.on('error', (cause) => ended(new Error('The thread that encrypts mails stopped.', { cause })))
    worker.on('exit', () => ended(new Error('The thread that encrypts mails stopped.')))
    thread = started
    return started
  }

  return {
    async protect(mail, protection, at) {
      const { worker, pending } = running()
      const asked = Promise.withResolvers<Uint8Array>()
      last += 1
      pending.set(last, asked)
      worker.ref()
      worker.postMessage({ id: last, mail, protection, at } satisfies ProtectRequest)
      return asked.promise
    },
    async [Symbol.asyncDispose]() {
      await thread?.worker.terminate()
    },
  }
}

/** Finds the thread's file, both in the sources (with type stripping) and in the build. */
function workerScript(): URL {
  return new URL(import.meta.url.endsWith('.ts') ? './protect-worker.ts' : './protect-worker.js', import.meta.url)
}
