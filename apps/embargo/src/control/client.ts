import { connect } from 'node:net'
import { firstLine } from './line.ts'
import { Answer } from './protocol.ts'
import type { Question } from './protocol.ts'

/**
 * Asks the running program. Returns 'nothing-runs' if no program is running.
 * @throws the program's own message if it refuses
 */
export async function askRunning(
  path: string,
  question: Question,
): Promise<{ readonly value: unknown } | 'nothing-runs'> {
  const socket = connect(path)
  const connected = await new Promise<boolean>((resolve, reject) => {
    socket.once('connect', () => resolve(true))
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(false)
      reject(
        new Error(`The running program cannot be reached at ${path}: ${error.code ?? error.message}.`, {
          cause: error,
        }),
      )
    })
  })
  if (!connected) return 'nothing-runs'
  const line = firstLine(socket)
  socket.write(`${JSON.stringify(question)}\n`)
  const answer = Answer.parse(JSON.parse(await line))
  socket.destroy()
  if (!answer.ok) throw new Error(answer.message)
  return { value: answer.value }
}
