import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const LAUNCHER = fileURLToPath(new URL('../bin/embargo.js', import.meta.url))

export type Ran = { readonly code: number | null; readonly out: string; readonly err: string }

export type Place = Disposable & {
  readonly folder: string
  readonly data: string
  readonly env: Readonly<Record<string, string>>
  /** Runs one command line to its end. */
  run(...args: readonly string[]): Promise<Ran>
  /** Starts the program and waits until it says that it is ready, or ends. `through` is what runs the launcher's line. */
  start(through?: readonly [program: string, ...args: string[]]): Promise<Running>
}

export type Running = {
  readonly pid: number
  readonly said: () => string
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>
}

/** A folder, a key and a port of its own: nothing of the machine's own set-up is seen by the program. */
export async function newPlace(more: Readonly<Record<string, string>> = {}): Promise<Place> {
  const folder = mkdtempSync(join(tmpdir(), 'embargo-program-'))
  const data = join(folder, 'data')
  const port = await freePort()
  const env = { HOME: folder, EMBARGO_DATA: data, EMBARGO_SMTP_LISTEN: `127.0.0.1:${port}`, ...more }
  const children = new Set<ChildProcess>()
  const launch = ([program, ...args]: readonly [string, ...string[]]) => {
    const child = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
    children.add(child)
    return child
  }
  return {
    folder,
    data,
    env,
    run: (...args) => ended(launch([process.execPath, LAUNCHER, ...args])),
    start: (through = [process.execPath, LAUNCHER, 'start']) => ready(launch(through)),
    [Symbol.dispose]() {
      for (const child of children) child.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function ended(child: ChildProcess): Promise<Ran> {
  const out = collect(child.stdout)
  const err = collect(child.stderr)
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out: out(), err: err() })))
}

async function ready(child: ChildProcess): Promise<Running> {
  const out = collect(child.stdout)
  const err = collect(child.stderr)
  const said = () => out() + err()
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve))
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', () => {
      if (out().includes('Stop with Ctrl-C')) resolve()
    })
    void closed.then((code) => reject(new Error(`it ended with ${code ?? 'a signal'}: ${said()}`)))
  })
  return {
    pid: child.pid ?? 0,
    said,
    stop: (signal) => {
      child.kill(signal)
      return closed
    },
  }
}

function collect(stream: ChildProcess['stdout']): () => string {
  const chunks: Buffer[] = []
  stream?.on('data', (chunk: Buffer) => chunks.push(chunk))
  return () => Buffer.concat(chunks).toString('utf8')
}

function freePort(): Promise<number> {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        typeof address === 'object' && address !== null ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
