import type { ApiErrorName } from './errors.ts'

/**
 * The faults of one request. `lose-answer`: the request has its effect, but the response does not arrive.
 * `lose-request`: the connection breaks before the request has an effect. `hang`: the request has its effect at once,
 * but the response takes `ms`. `banned`: from this call on, the caller's address is banned for `ms`.
 */
export type Fault =
  | { readonly kind: 'rate-limited'; readonly retryAfterSeconds: number; readonly global?: boolean }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'error'; readonly error: ApiErrorName }
  | { readonly kind: 'lose-answer' }
  | { readonly kind: 'lose-request' }
  | { readonly kind: 'hang'; readonly ms: number }
  | { readonly kind: 'banned'; readonly ms: number }

type PlannedFault = { readonly fault: Fault; left: number }

/** The parts of the gateway and the guild that faults need. */
export type FaultTargets = {
  readonly drop: () => void
  readonly reconnect: () => void
  readonly invalidate: () => void
  readonly deliverTwice: () => void
  readonly setDown: (isDown: boolean) => void
  readonly setAvailable: (isAvailable: boolean, refusesCalls: boolean) => void
  readonly setBanned: (isBanned: boolean) => void
}

/** Faults on demand. A `method` is the name of an operation in Discord's API description, such as `create_message`. */
export class Faults {
  readonly #planned = new Map<string, PlannedFault[]>()
  readonly #breakable: FaultTargets

  constructor(breakable: FaultTargets) {
    this.#breakable = breakable
  }

  /** Applies `fault` to the next call of `method`, or with `.times(n)` to the next n calls. */
  next(method: string, fault: Fault): { times(n: number): void } {
    const planned: PlannedFault = { fault, left: 1 }
    this.#planned.set(method, [...(this.#planned.get(method) ?? []), planned])
    return {
      times: (n) => {
        planned.left = n
      },
    }
  }

  /** Delivers the next gateway event twice. */
  deliverTwice(): void {
    this.#breakable.deliverTwice()
  }

  /** Loses the first answer to the next interaction: the person sees that the app did not respond. */
  loseNextAck(): void {
    this.next('create_interaction_response', { kind: 'lose-request' })
  }

  /** Breaks every gateway socket without a close frame. The sessions can be resumed. */
  dropSockets(): void {
    this.#breakable.drop()
  }

  /** Asks every session to reconnect and resume, as Discord often does. */
  refreshSockets(): void {
    this.#breakable.reconnect()
  }

  /** Forgets every session. Events until the next session are never sent. */
  invalidateSessions(): void {
    this.#breakable.invalidate()
  }

  /** Stops the gateway from accepting connections, or lets it accept them again. */
  gatewayDown(isDown: boolean): void {
    this.#breakable.setDown(isDown)
  }

  /**
   * Begins or ends an outage of the guild. At its beginning, sessions get GUILD_DELETE with `unavailable`; at its end,
   * they get GUILD_CREATE. Sessions that begin during the outage get both, too. With `refusesCalls`, every call about
   * the guild gets a 503.
   */
  guildOutage(isOut: boolean, { refusesCalls = false }: { readonly refusesCalls?: boolean } = {}): void {
    this.#breakable.setAvailable(!isOut, refusesCalls)
  }

  /**
   * Begins or ends a ban of the caller's address, like the ban after ten thousand refused requests. During the ban,
   * every API request gets a 429 that is not JSON.
   */
  banAddress(isBanned: boolean): void {
    this.#breakable.setBanned(isBanned)
  }

  /** Takes the fault that was planned for this call. The server applies it. */
  take(method: string): Fault | undefined {
    const planned = this.#planned.get(method)?.find((each) => each.left > 0)
    if (!planned) return undefined
    planned.left -= 1
    return planned.fault
  }
}
