import type { Capability, EffectId } from '@embargo/core'
import { Lru } from '../shared/lru.ts'
import { FIRST_PROBE_MS, MAX_PROBE_MS } from './limits.ts'

/**
 * How many failed effects are remembered at most. For each, we remember how many answers its service had given when the
 * effect failed. If more effects than this fail at the same time, their service is down, so forgetting some of them
 * does no harm.
 */
const MAX_REMEMBERED = 5000

type EffectToTry = { readonly capability: Capability; readonly id: EffectId }

/** An external service that cannot be reached. */
type OpenCircuit = {
  /** How many probes in a row have failed. */
  readonly failures: number
  readonly probeAtMs: number
  /** The single effect that is tried while the service is unreachable. */
  readonly probe?: EffectId
}

/**
 * One circuit for each external service: each chat platform, and the relay. A circuit opens when an effect cannot reach
 * its service. Then only one effect at a time is tried. As soon as an effect gets an answer, all effects for
 * that service continue.
 */
export class CircuitBreaker {
  readonly #open = new Map<Capability, OpenCircuit>()
  /** How many times each service has answered. */
  readonly #worked = new Map<Capability, number>()
  readonly #workedBefore = new Lru<EffectId, number>(MAX_REMEMBERED)
  readonly #random: () => number

  constructor(random: () => number) {
    this.#random = random
  }

  /**
   * How many more effects may be tried at this moment: `room` if the service is reachable, at most one if it is not.
   */
  room(capability: Capability, { nowMs, room }: { readonly nowMs: number; readonly room: number }): number {
    const open = this.#open.get(capability)
    if (open === undefined) return room
    return open.probe === undefined && open.probeAtMs <= nowMs ? Math.min(room, 1) : 0
  }

  isOpen(capability: Capability): boolean {
    return this.#open.has(capability)
  }

  /** When an effect may next be tried on an unreachable service. */
  nextProbeMs(): number {
    const waiting = [...this.#open.values()].filter(({ probe }) => probe === undefined)
    return Math.min(...waiting.map(({ probeAtMs }) => probeAtMs))
  }

  claimed({ capability, id }: EffectToTry): void {
    const open = this.#open.get(capability)
    if (open !== undefined) this.#open.set(capability, { ...open, probe: id })
  }

  /** Records that the service answered this effect, whatever the answer was. */
  worked({ capability, id }: EffectToTry): void {
    this.#open.delete(capability)
    this.#worked.set(capability, this.#times(capability) + 1)
    this.#workedBefore.delete(id)
  }

  /**
   * Records that an effect could not reach its service. If the service has answered other effects since this effect
   * last failed, this effect itself must be at fault, and the failure counts as one of its tries (`counts`). Otherwise
   * all effects for the service wait until `untilMs`.
   */
  failed(
    { capability, id }: EffectToTry,
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

  /** Records that an effect ended without an answer from the service, so another effect may be tried instead. */
  ended({ capability, id }: EffectToTry): void {
    const open = this.#open.get(capability)
    if (open?.probe === id) this.#open.set(capability, { failures: open.failures, probeAtMs: open.probeAtMs })
  }

  #times(capability: Capability): number {
    return this.#worked.get(capability) ?? 0
  }

  /**
   * A random wait of at least half of the longest wait. The longest wait doubles with each failure, up to
   * `MAX_PROBE_MS`. The wait is random so that processes that share a database do not probe at the same moments.
   */
  #backoffMs(failures: number): number {
    const most = Math.min(MAX_PROBE_MS, FIRST_PROBE_MS * 2 ** Math.min(failures, 30))
    return Math.ceil((most * (1 + this.#random())) / 2)
  }
}
