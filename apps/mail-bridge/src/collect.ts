import type { Readable } from 'node:stream'

/** The sender of a mail that is being received. `known`: the mail is for the address of an open case. */
export type Sender = { readonly source: string; readonly known: boolean }

/** One mail that is being received. */
export type Place = {
  /** Asks for room for this many more bytes. False if there is no room. */
  take(bytes: number): boolean
  /** The mail is complete: it can no longer be dropped to make room. */
  keep(): void
  leave(): void
}

/** Room in memory for the mails that are being received. */
export type Room = { enter(sender: Sender, dropped: () => void): Place }

export type RoomLimits = {
  readonly total: number
  /** The part of the total that is reserved for mails to open cases. */
  readonly forKnown: number
  readonly perSource: number
}

type HeldMail = Sender & { bytes: number; whole: boolean; readonly dropped: () => void }

/**
 * Shares the room for unfinished mails, so no source keeps others out. When the room is full, the largest unfinished
 * mail of the source with the most bytes is dropped. If no other source has more bytes than the source of the new mail,
 * the new mail is refused. Mail to an open case may also use the room that is reserved for such mail. Such mail has
 * no other advantage, because anyone gets the address of an open case by sending one report.
 */
export function createRoom({ total, forKnown, perSource }: RoomLimits): Room {
  const held = new Set<HeldMail>()
  const sum = (matches: (one: HeldMail) => boolean): number =>
    [...held].filter(matches).reduce((bytes, one) => bytes + one.bytes, 0)
  const ofSource = (source: string): number => sum((one) => one.source === source)
  const full = (): boolean => sum(() => true) > total
  const fits = (known: boolean): boolean => !full() && (known || sum((one) => !one.known) <= total - forKnown)

  function largest(than: HeldMail): HeldMail | undefined {
    const most = ofSource(than.source)
    return [...held]
      .filter((one) => !one.whole && one !== than && (full() || !one.known) && ofSource(one.source) > most)
      .toSorted((one, other) => ofSource(other.source) - ofSource(one.source) || other.bytes - one.bytes)[0]
  }

  function take(one: HeldMail, bytes: number): boolean {
    one.bytes += bytes
    let room = ofSource(one.source) <= perSource
    while (room && !fits(one.known)) {
      const other = largest(one)
      if (other === undefined) room = false
      else {
        held.delete(other)
        other.dropped()
      }
    }
    if (!room) one.bytes -= bytes
    return room
  }

  return {
    enter(sender, dropped) {
      const one: HeldMail = { ...sender, bytes: 0, whole: false, dropped }
      held.add(one)
      return {
        take: (bytes) => take(one, bytes),
        keep() {
          one.whole = true
        },
        leave: () => void held.delete(one),
      }
    },
  }
}

/**
 * A block is so large that its overhead does not matter, and so small that each of a hundred connections can have one.
 */
const BLOCK_BYTES = 64 * 1024

/**
 * Keeps bytes in few large pieces, because smtp-server passes a mail in pieces of two bytes if each line begins with a
 * dot.
 */
class Blocks {
  #blocks: Uint8Array[] = []
  #length = 0

  add(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const used = this.#length % BLOCK_BYTES
      if (used === 0) this.#blocks.push(new Uint8Array(BLOCK_BYTES))
      const part = bytes.subarray(at, at + BLOCK_BYTES - used)
      this.#blocks.at(-1)?.set(part, used)
      this.#length += part.length
      at += part.length
    }
  }

  /** Returns all bytes in one array and empties the blocks. */
  take(): Uint8Array {
    const raw = new Uint8Array(this.#length)
    for (const [index, block] of this.#blocks.entries())
      raw.set(block.subarray(0, this.#length - index * BLOCK_BYTES), index * BLOCK_BYTES)
    this.clear()
    return raw
  }

  clear(): void {
    this.#blocks = []
    this.#length = 0
  }
}

/**
 * The result of receiving a mail, which `collect` passes to its callback `use`. The bytes of a `whole` mail count
 * towards the limits until `use` has finished.
 */
export type CollectResult =
  | { readonly is: 'whole'; readonly raw: Uint8Array }
  | { readonly is: 'too-large' }
  | { readonly is: 'no-room' }
  | { readonly is: 'broken-off' }

/**
 * Reads a mail to its end, byte for byte, and passes it to `use`. Once a limit is exceeded, the rest is read and
 * dropped, because the client reads the answer only after it has sent the last byte (RFC 5321 section 4.2.5).
 */
export async function collect<T>(
  stream: Readable,
  limits: { readonly bytes: number; readonly room: Room; readonly sender: Sender },
  use: (collected: CollectResult) => Promise<T>,
): Promise<T> {
  const blocks = new Blocks()
  let length = 0
  let refused: 'too-large' | 'no-room' | undefined
  const refuse = (because: typeof refused): void => {
    refused = because
    blocks.clear()
    place.leave()
  }
  const place = limits.room.enter(limits.sender, () => refuse('no-room'))
  try {
    try {
      for await (const chunk of stream) {
        const bytes = Buffer.from(chunk)
        length += bytes.length
        if (refused !== undefined) continue
        if (length > limits.bytes) refuse('too-large')
        else if (place.take(bytes.length)) blocks.add(bytes)
        else refuse('no-room')
      }
    } catch {
      return await use({ is: 'broken-off' })
    }
    if (refused !== undefined) return await use({ is: refused })
    place.keep()
    return await use({ is: 'whole', raw: blocks.take() })
  } finally {
    place.leave()
  }
}
