import { chmodSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { Socket } from 'node:net'
import type { Log } from '@embargo/engine'
import { firstLine } from './line.ts'
import { Question } from './protocol.ts'
import type { Answer } from './protocol.ts'

export type Operate = (question: Question) => Promise<unknown>

/**
 * Lets the command line ask a running program, through a Unix socket of mode 0600 in the data folder. Only the
 * program's own user, and root, can use it. A socket that a killed program left is replaced, because the lock on the
 * database shows that no other program is running.
 */
export async function serveControl(path: string, operate: Operate, log: Log): Promise<AsyncDisposable> {
  rmSync(path, { force: true })
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket))
    socket.on('error', () => undefined)
    void answer(socket, operate, log)
  })
  const before = process.umask(0o177)
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(path, resolve)
    })
    chmodSync(path, 0o600)
  } finally {
    process.umask(before)
  }
  return {
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of open) socket.destroy()
      await closed
      rmSync(path, { force: true })
    },
  }
}

async function answer(socket: Socket, operate: Operate, log: Log): Promise<void> {
  let answer: Answer
  try {
    answer = { ok: true, value: await operate(Question.parse(JSON.parse(await firstLine(socket)))) }
  } catch (error) {
    log.warn('a command of the command line failed', { error: error instanceof Error ? error.name : 'unknown' })
    answer = { ok: false, message: error instanceof Error ? error.message : 'It failed for an unknown reason.' }
  }
  if (!socket.destroyed) socket.end(`${JSON.stringify(answer)}\n`)
}
