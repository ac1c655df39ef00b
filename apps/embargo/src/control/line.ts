import type { Socket } from 'node:net'
import { MAX_LINE_BYTES } from './protocol.ts'

/**
 * The first line that a peer sends.
 * @throws if the line is too long, or if the peer closes the connection before the line ends
 */
export function firstLine(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    socket.on('data', (chunk: Buffer) => {
      const end = chunk.indexOf(10)
      chunks.push(end < 0 ? chunk : chunk.subarray(0, end))
      size += chunk.length
      if (size > MAX_LINE_BYTES) socket.destroy(new Error('the line is too long'))
      if (end >= 0) resolve(Buffer.concat(chunks).toString('utf8'))
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('the other side left')))
  })
}
