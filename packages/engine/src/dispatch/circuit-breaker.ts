import type { Capability, EffectId } from '@embargo/core'
import { Lru } from '../shared/lru.ts'
import { FIRST_PROBE_MS, MOST_PROBE_MS } from './limits.ts'

/** Effects of which it is remembered what had worked by their last failure: more fail at once only where all do. */
const MOST_REMEMBERED = 5000

type Claimed = { readonly capability: Capability; readonly id: EffectId }

/** An outside that is away. */
type Open = {
  /** Failed probes in a row. */
  readonly failures: number
  readonly probeAtMs: number
  /** The one effect that is tried meanwhile. */
  readonly probe?: EffectId
}

/**
 * One circuit for each outside: each chat platform, and the relay. It opens when an effect finds the outside away. One
 * effect at a time is tried then, and all go on when one of them found it there again.
 */
export class CircuitBreaker {
  readonly #open = new Map<Capability, Open>()
  /** How often each outside has worked. */
  readonly #worked = new Map<Capability, number>()
  readonly #workedBefore = new Lru<EffectId, number>(MOST_REMEMBERED)
  readonly #random: () => number

  constructor(random: () => number) {
    this.#random = random
  }

  /** How many effects may be tried at this moment, of `room` for which there is room. */
  room(capability: Capability, { nowMs, room }: { readonly nowMs: number; readonly room: number }): number {
    const open = this.#open.get(capability)
    if (open === undefined) return room
    return open.probe === undefined && open.probeAtMs <= nowMs ? Math.min(room, 1) : 0
  }

  isOpen(capability: Capability): boolean {
    return this.#open.has(capability)
  }

  /** When the next of the outsides that are away may be tried. */
  nextProbeMs(): number {
    const waiting = [...this.#open.values()].filter(({ probe }) => probe === undefined)
    return Math.min(...waiting.map(({ probeAtMs }) => probeAtMs))
  }

  claimed({ capability, id }: Claimed): void {
    const open = this.#open.get(capability)
    if (open !== undefined) this.#open.set(capability, { ...open, probe: id })
  }

  /** The outside answered, whatever it said. */
  worked({ capability, id }: Claimed): void {
    this.#open.delete(capability)
    this.#worked.set(capability, this.#times(capability) + 1)
    this.#workedBefore.delete(id)
  }

  /**
   * This effect found the outside away. `counts`: it worked for others since this effect last failed so, which says that
   * it is the effect that fails. Otherwise all wait until `untilMs`.
   */
  failed(
    { capability, id }: Claimed,
    { nowMs, retryAfterMs }: { readonly nowMs: number; readonly retryAfterMs: number | undefined },
  ): { readonly counts: true } | { readonly counts: false; readonly untilMs: number } {
    const open = this.#open.get(capability)
    const before = this.#workedBefore.get(id)
    const times = this.#times(capability)
    this.#workedBefore.set(id, times)
    if (open === undefined && before !== undefined && before < times) return { counts: true }
    if (open !== undefined && open.probe !== id) return { counts: false, untilMs: open.probeAtMs }
    const failures = open === undefined ? 0 : open.failures + 1
    const probeAtMs = nowMs + (retryAfterMs ?? this.#backoffMs(failures))
    this.#open.set(capability, { failures, probeAtMs })
    return { counts: false, untilMs: probeAtMs }
  }

  /** It ended without a word of the outside: another may be tried in its place. */
  ended({ capability, id }: Claimed): void {
    const open = this.#open.get(capability)
    if (open?.probe === id) this.#open.set(capability, { failures: open.failures, probeAtMs: open.probeAtMs })
  }

  #times(capability: Capability): number {
    return this.#worked.get(capability) ?? 0
  }

  /** Between half of it and all of it, so that processes on one database do not probe in step. */
  #backoffMs(failures: number): number {
    const most = Math.min(MOST_PROBE_MS, FIRST_PROBE_MS * 2 ** Math.min(failures, 30))
    return Math.ceil((most * (1 + this.#random())) / 2)
  }
}
