import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** How long a test waits for something before it fails. */
const WAIT_MS = 20_000
/** A server that does not end within this time is killed. */
const STOP_MS = 5_000
const LOOK_AGAIN_MS = 50

export type ProgramResult = { readonly code: number | null; readonly out: Buffer; readonly err: string }

/** Runs a program to its end. */
export async function run(
  [program, ...args]: readonly [string, ...string[]],
  { input = '', env = {} }: { readonly input?: string | Uint8Array; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<ProgramResult> {
  const child = spawn(program, args, { env: { ...process.env, ...env } })
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk))
  // A program that does not read its input can end before all of the input is written.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  await once(child, 'close')
  return { code: child.exitCode, out: Buffer.concat(out), err: Buffer.concat(err).toString() }
}

/**
 * Runs a program to its end, and returns what it printed.
 * @throws with the program's errors if it fails
 */
export async function output(
  command: readonly [string, ...string[]],
  options: Parameters<typeof run>[1] = {},
): Promise<Buffer> {
  const { code, out, err } = await run(command, options)
  if (code !== 0) throw new Error(`${command.join(' ')} ended with ${code}:\n${err}`)
  return out
}

/**
 * Starts a server in a separate process group, and waits until it listens. Disposing it stops all of its processes,
 * which ends its connections.
 */
export async function startServer(
  [program, ...args]: readonly [string, ...string[]],
  port: number,
): Promise<AsyncDisposable> {
  const child = spawn(program, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (printed += chunk.toString()))
  const ended = once(child, 'exit')
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null
  for (const until = Date.now() + WAIT_MS; !(await listens(port)); await pause(LOOK_AGAIN_MS))
    if (isOver() || Date.now() > until) {
      child.kill('SIGKILL')
      throw new Error(`${program} does not listen on port ${port}:\n${printed}`)
    }
  return {
    async [Symbol.asyncDispose]() {
      if (isOver() || child.pid === undefined) return
      process.kill(-child.pid, 'SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
      await ended
      clearTimeout(timer)
    },
  }
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

/**
 * Calls `look` again and again, and returns the first value that it finds.
 * @throws if it finds nothing within the time limit
 */
export async function until<T>(look: () => T | undefined, wanted: () => string, waitMs = WAIT_MS): Promise<T> {
  for (const end = Date.now() + waitMs; Date.now() < end; await pause(LOOK_AGAIN_MS)) {
    const found = look()
    if (found !== undefined) return found
  }
  throw new Error(`waited in vain for ${wanted()}`)
}

/** A port on loopback that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('the listener has no port')
  return address.port
}

/**
 * A folder that the servers can enter, although they run as other users. Its path must be short, because the path of a
 * socket has at most 107 characters.
 */
export function temporaryFolder(name: string): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), `embargo-${name}-`))
  chmodSync(path, 0o755)
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true, maxRetries: 3 }) }
}
