import type { Readable } from 'node:stream'

/** Room for mails that are being received, shared by all connections. */
export type Room = {
  /** Takes `bytes` if they still fit. */
  take(bytes: number): boolean
  give(bytes: number): void
}

export function createRoom(total: number): Room {
  let free = total
  return {
    take(bytes) {
      if (bytes > free) return false
      free -= bytes
      return true
    },
    give(bytes) {
      free += bytes
    },
  }
}

/** What became of a mail on its way in. `use` gives the bytes; the room is given back when it is done. */
export type Collected =
  | { readonly is: 'whole'; readonly raw: Uint8Array }
  | { readonly is: 'too-large' }
  | { readonly is: 'no-room' }
  | { readonly is: 'broken-off' }

/**
 * Reads a mail to its end, byte for byte, and hands it to `use`. Beyond a limit the rest is read and thrown away: the
 * other side gets its answer only after its last byte (RFC 5321 section 4.2.5), and memory stays bounded.
 */
export async function collect<T>(
  stream: Readable,
  limits: { readonly bytes: number; readonly room: Room },
  use: (collected: Collected) => Promise<T>,
): Promise<T> {
  let chunks: Buffer[] = []
  let length = 0
  let taken = 0
  let refused: 'too-large' | 'no-room' | undefined
  try {
    try {
      for await (const chunk of stream) {
        const bytes = Buffer.from(chunk)
        length += bytes.length
        if (refused !== undefined) continue
        if (length > limits.bytes) refused = 'too-large'
        else if (!limits.room.take(bytes.length)) refused = 'no-room'
        else {
          taken += bytes.length
          chunks.push(bytes)
          continue
        }
        chunks = []
        limits.room.give(taken)
        taken = 0
      }
    } catch {
      return await use({ is: 'broken-off' })
    }
    if (refused !== undefined) return await use({ is: refused })
    return await use({ is: 'whole', raw: new Uint8Array(Buffer.concat(chunks, length)) })
  } finally {
    limits.room.give(taken)
  }
}
