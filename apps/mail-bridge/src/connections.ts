import type { SMTPServer } from 'smtp-server'
import { SmtpReply } from './errors.ts'
import type { BridgeLimits } from './limits.ts'

/** Counts connections by their origin and ends those that stay too long. */
export type Connections = Disposable & {
  /** @throws SmtpReply 421 when the origin has too many */
  opened(id: string, origin: string): void
  closed(id: string): void
}

export function trackConnections(
  limits: Pick<BridgeLimits, 'connectionsPerAddress' | 'sessionMs'>,
  end: (id: string) => void,
): Connections {
  const open = new Map<string, { readonly origin: string; readonly timer: NodeJS.Timeout }>()
  return {
    opened(id, origin) {
      const same = [...open.values()].filter((connection) => connection.origin === origin).length
      if (same >= limits.connectionsPerAddress)
        throw new SmtpReply(421, 'Too many connections from your address, try again later')
      open.set(id, { origin, timer: setTimeout(() => end(id), limits.sessionMs) })
    },
    closed(id) {
      clearTimeout(open.get(id)?.timer)
      open.delete(id)
    },
    [Symbol.dispose]() {
      for (const { timer } of open.values()) clearTimeout(timer)
      open.clear()
    },
  }
}

/** Ends connections with a 421, the code for a server that goes away (RFC 5321 section 3.8). */
export function hangUp(server: SMTPServer, which: (id: string) => boolean, words: string): void {
  for (const connection of server.connections) {
    if (!which(connection.session.id)) continue
    connection.send(421, words)
    connection.close()
  }
}
