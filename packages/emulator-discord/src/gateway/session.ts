import type { WebSocket } from 'ws'
import type { Json } from '@embargo/emulator-kit'
import { REPLAY_MAX } from '../limits.ts'

/** A gateway session. It outlives its socket, so that RESUME can deliver the events that the app missed. */
export class Session {
  readonly id: string
  readonly intents: number
  /** The current socket; undefined while the app is disconnected. */
  socket: WebSocket | undefined
  #sequence = 0
  readonly #sent: { readonly sequence: number; readonly text: string }[] = []

  constructor(id: string, intents: number, socket: WebSocket) {
    this.id = id
    this.intents = intents
    this.socket = socket
  }

  get isOpen(): boolean {
    return this.socket !== undefined && this.socket.readyState === this.socket.OPEN
  }

  /** Sends an event, and stores it for RESUME. */
  dispatch(name: string, data: Json): void {
    this.#sequence += 1
    const text = JSON.stringify({ op: 0, t: name, s: this.#sequence, d: data })
    this.#sent.push({ sequence: this.#sequence, text })
    if (this.#sent.length > REPLAY_MAX) this.#sent.shift()
    if (this.isOpen) this.socket?.send(text)
  }

  /** Continues on another socket after event `after`; false if that is no longer possible. */
  resume(socket: WebSocket, after: number): boolean {
    const oldest = this.#sent[0]?.sequence ?? 1
    if (after > this.#sequence || after < oldest - 1) return false
    this.socket = socket
    for (const { sequence, text } of this.#sent) if (sequence > after) socket.send(text)
    this.dispatch('RESUMED', {})
    return true
  }
}
