import type SMTPConnection from 'nodemailer/lib/smtp-connection'
import { OutsideError } from '@embargo/engine'

export type PooledConnection = {
  readonly connection: SMTPConnection
  /** The connection has already carried a mail. */ readonly used: boolean
}

/** Open connections, at most `max`. If all are busy, a caller waits for its turn. */
export type Pool = AsyncDisposable & {
  /** Takes a connection. With `fresh`, it opens a new connection even if another is idle. Throws what `open` throws. */
  take(options?: { readonly fresh?: boolean }): Promise<PooledConnection>
  /** Gives a connection back. Without `keep`, the connection is closed. */
  give(connection: SMTPConnection, keep: boolean): void
}

export function createPool({
  max,
  open,
}: {
  readonly max: number
  readonly open: () => Promise<SMTPConnection>
}): Pool {
  const idle = new Set<SMTPConnection>()
  const waiting: (() => void)[] = []
  let busy = 0
  let closed = false

  function release(): void {
    busy -= 1
    waiting.shift()?.()
  }

  return {
    async take({ fresh = false } = {}) {
      while (busy >= max && !closed) await new Promise<void>((resolve) => waiting.push(resolve))
      if (closed) throw new OutsideError('unreachable', 'The program is shutting down. The next start sends the mail.')
      busy += 1
      const [kept] = idle
      if (kept !== undefined) {
        idle.delete(kept)
        if (!fresh) return { connection: kept, used: true }
        kept.close()
      }
      try {
        const connection = await open()
        // An idle connection with an error is only dropped. A connection in use reports the error to its user.
        connection.on('error', () => idle.delete(connection))
        connection.on('end', () => idle.delete(connection))
        return { connection, used: false }
      } catch (error) {
        release()
        throw error
      }
    },
    give(connection, keep) {
      if (keep && !closed) idle.add(connection)
      else connection.close()
      release()
    },
    async [Symbol.asyncDispose]() {
      closed = true
      for (const wake of waiting.splice(0)) wake()
      for (const connection of idle) connection.close()
      idle.clear()
    },
  }
}
