import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { basename } from 'node:path'
import { StoreError } from '@embargo/store'

/**
 * How many characters of a process name are shown. The name is hostile text, because any program can choose its own.
 */
const NAME_MAX = 40
/** The state `TCP_LISTEN` in /proc/net/tcp. */
const LISTENING = '0A'

/** Names the process that holds the database file or the port, or tells how to find it. */
export function holdingProcess(error: unknown): string | undefined {
  for (let layer = error; layer instanceof Error; layer = layer.cause) {
    if (layer instanceof StoreError && layer.heldFile !== undefined) return ofFile(layer.heldFile)
    const [code, port]: readonly unknown[] = [Reflect.get(layer, 'code'), Reflect.get(layer, 'port')]
    if (code === 'EADDRINUSE' && typeof port === 'number') return ofPort(port)
  }
  return undefined
}

function ofFile(path: string): string {
  const pid = processWith(new Set([unlessRefused(() => realpathSync(path)) ?? path]))
  return pid === undefined
    ? `This finds the process that holds it: lsof ${path}`
    : `The file is held by ${named(pid)}; "kill ${pid}" stops it, and nothing is lost.`
}

function ofPort(port: number): string {
  const pid = processWith(socketsOf(port))
  return pid === undefined
    ? `This finds the process that has port ${port} (as root for other users' processes): lsof -nP -iTCP:${port} -sTCP:LISTEN`
    : `Port ${port} is held by ${named(pid)}.`
}

/** The links in /proc/<pid>/fd that belong to listeners on the port. Empty on systems other than Linux. */
function socketsOf(port: number): ReadonlySet<string> {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const lines = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap(
    (table) => unlessRefused(() => readFileSync(table, 'utf8').split('\n')) ?? [],
  )
  return new Set(
    lines
      .map((line) => line.trim().split(/\s+/u))
      .filter(([, local, , state]) => local?.endsWith(suffix) === true && state === LISTENING)
      .map((columns) => `socket:[${columns[9] ?? ''}]`),
  )
}

/** Another process of this user that has one of these files or sockets open. Each is named as in `/proc/<pid>/fd`. */
function processWith(links: ReadonlySet<string>): number | undefined {
  if (links.size === 0) return undefined
  const pids = (unlessRefused(() => readdirSync('/proc')) ?? []).map(Number).filter((pid) => pid > 0)
  return pids.find((pid) => pid !== process.pid && linksOf(pid).some((link) => links.has(link)))
}

function linksOf(pid: number): readonly string[] {
  const folder = `/proc/${pid}/fd`
  return (unlessRefused(() => readdirSync(folder)) ?? []).flatMap(
    (fd) => unlessRefused(() => readlinkSync(`${folder}/${fd}`)) ?? [],
  )
}

function named(pid: number): string {
  const [program = ''] = unlessRefused(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')) ?? []
  const name = basename(program)
    .replace(/[^\w.+-]/gu, '')
    .slice(0, NAME_MAX)
  return `process ${pid}${name === '' ? '' : ` (${name})`}`
}

/** The result of `look`. Undefined if the process has just ended or belongs to another user. */
function unlessRefused<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}
