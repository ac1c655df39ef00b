import type { SMTPServer, SMTPServerSession } from 'smtp-server'
import type { BridgeLimits } from './limits.ts'

/** Counts connections by their source. Closes a connection that lasts too long, or whose place another source needs. */
export type Connections = Disposable & {
  /** Returns false if the connection must be refused, because this source already has as many as it may have. */
  opened(id: string, source: string): boolean
  /**
   * Marks the connection of a sender who writes to an open case. Among the sources with the most connections, a
   * stranger's connection is closed before a marked one.
   */
  known(id: string): void
  closed(id: string): void
}

type OpenConnection = { readonly id: string; readonly source: string; readonly timer: NodeJS.Timeout; known: boolean }

/** `end` closes a connection that lasts too long, or that must make room for a source with fewer connections. */
export function trackConnections(
  limits: Pick<BridgeLimits, 'connections' | 'connectionsPerSource' | 'sessionMs'>,
  end: (id: string) => void,
): Connections {
  const open = new Map<string, OpenConnection>()
  const countOf = (source: string): number => [...open.values()].filter((one) => one.source === source).length

  /**
   * The connection to close to make room. Only connections of the sources with the most connections are considered. If
   * some of these are strangers' connections, the oldest connection of a stranger is closed, otherwise the oldest of
   * all connections of these sources.
   */
  function inTheWayOf(count: number): OpenConnection | undefined {
    let found: OpenConnection | undefined
    let most = count
    for (const one of open.values()) {
      const held = countOf(one.source)
      if (held <= count || held < most) continue
      if (found !== undefined && held === most && (one.known || !found.known)) continue
      found = one
      most = held
    }
    return found
  }

  function closed(id: string): void {
    clearTimeout(open.get(id)?.timer)
    open.delete(id)
  }

  return {
    opened(id, source) {
      const count = countOf(source)
      if (count >= limits.connectionsPerSource) return false
      if (open.size >= limits.connections) {
        const other = inTheWayOf(count)
        if (other === undefined) return false
        closed(other.id)
        end(other.id)
      }
      open.set(id, { id, source, timer: setTimeout(() => end(id), limits.sessionMs), known: false })
      return true
    },
    known(id) {
      const one = open.get(id)
      if (one !== undefined) one.known = true
    },
    closed,
    [Symbol.dispose]() {
      for (const { timer } of open.values()) clearTimeout(timer)
      open.clear()
    },
  }
}

/** An id of a connection. The socket of the connection and its SMTP session give the same id. */
export function connectionId(of: {
  readonly remoteAddress?: string | undefined
  readonly remotePort?: number | undefined
  readonly localPort?: number | undefined
}): string {
  return `${(of.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/u, '')} ${of.remotePort ?? 0} ${of.localPort ?? 0}`
}

/** Closes connections with a 421, the code of a server that is about to close the connection (RFC 5321 section 3.8). */
export function hangUp(
  server: SMTPServer,
  matches: (session: Pick<SMTPServerSession, 'id' | 'remoteAddress' | 'remotePort' | 'localPort'>) => boolean,
  words: string,
): void {
  for (const connection of server.connections) {
    if (!matches(connection.session)) continue
    connection.send(421, words)
    connection.close()
  }
}
