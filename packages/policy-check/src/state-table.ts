import { fingerprint } from './fingerprint.ts'

const FIRST_SLOTS = 1 << 12
const FULL = 0.6

/**
 * Numbers the states seen so far, and keeps only 96 bits of each state's key. It uses typed arrays with open
 * addressing, because a `Map` holds at most 16 million entries.
 */
export class StateTable {
  #slots = new Int32Array(FIRST_SLOTS).fill(-1)
  #parts = new Uint32Array(3 * FIRST_SLOTS)
  size = 0

  /** The number of a key, and whether it is new. Numbers count from 0 in the order of arrival. */
  add(key: string): { readonly index: number; readonly isNew: boolean } {
    const [a, b, c] = fingerprint(key)
    const slot = this.#find(a, b, c)
    const found = this.#slots[slot] ?? -1
    if (found >= 0) return { index: found, isNew: false }
    const index = this.size
    this.#slots[slot] = index
    this.#parts = withRoom(this.#parts, 3 * (index + 1))
    this.#parts.set([a, b, c], 3 * index)
    this.size += 1
    if (this.size > this.#slots.length * FULL) this.#grow()
    return { index, isNew: true }
  }

  /** The number of a key that was added. */
  of(key: string): number | undefined {
    const [a, b, c] = fingerprint(key)
    const index = this.#slots[this.#find(a, b, c)] ?? -1
    return index < 0 ? undefined : index
  }

  #find(a: number, b: number, c: number): number {
    const mask = this.#slots.length - 1
    let slot = (a ^ c) & mask
    for (;;) {
      const index = this.#slots[slot] ?? -1
      if (index < 0) return slot
      const at = 3 * index
      if (this.#parts[at] === a && this.#parts[at + 1] === b && this.#parts[at + 2] === c) return slot
      slot = (slot + 1) & mask
    }
  }

  #grow(): void {
    const { size } = this
    this.#slots = new Int32Array(this.#slots.length * 2).fill(-1)
    for (let index = 0; index < size; index += 1) {
      const at = 3 * index
      this.#slots[this.#find(this.#parts[at] ?? 0, this.#parts[at + 1] ?? 0, this.#parts[at + 2] ?? 0)] = index
    }
  }
}

/**
 * Returns the array if it has room for `length` numbers. Otherwise returns a copy that is at least twice as long, so
 * copies are rare.
 */
export function withRoom(array: Uint32Array<ArrayBuffer>, length: number): Uint32Array<ArrayBuffer> {
  if (length <= array.length) return array
  const larger = new Uint32Array(Math.max(length, array.length * 2))
  larger.set(array)
  return larger
}
