import type { ApiErrorName } from './errors.ts'

/**
 * The faults of one request. `lose-answer`: the effect happens, the answer does not arrive. `lose-request`: the
 * connection breaks before anything happens. `hang`: the answer takes `ms`, the effect happens at once. `banned`: from
 * this call on their address is banned, for `ms`.
 */
export type Fault =
  | { readonly kind: 'rate-limited'; readonly retryAfterSeconds: number; readonly global?: boolean }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'error'; readonly error: ApiErrorName }
  | { readonly kind: 'lose-answer' }
  | { readonly kind: 'lose-request' }
  | { readonly kind: 'hang'; readonly ms: number }
  | { readonly kind: 'banned'; readonly ms: number }

type Planned = { readonly fault: Fault; left: number }

/** The parts of the gateway and the guild that faults need. */
export type Breakable = {
  readonly drop: () => void
  readonly reconnect: () => void
  readonly invalidate: () => void
  readonly deliverTwice: () => void
  readonly setDown: (isDown: boolean) => void
  readonly setAvailable: (isAvailable: boolean, refusesCalls: boolean) => void
  readonly setBanned: (isBanned: boolean) => void
}

/** Faults on demand. A method is an operation of Discord's API description, such as `create_message`. */
export class Faults {
  readonly #planned = new Map<string, Planned[]>()
  readonly #breakable: Breakable

  constructor(breakable: Breakable) {
    this.#breakable = breakable
  }

  /** The next call of `method` meets `fault`; `.times(n)` makes it the next n calls. */
  next(method: string, fault: Fault): { times(n: number): void } {
    const planned: Planned = { fault, left: 1 }
    this.#planned.set(method, [...(this.#planned.get(method) ?? []), planned])
    return {
      times: (n) => {
        planned.left = n
      },
    }
  }

  /** The next gateway event arrives twice. */
  deliverTwice(): void {
    this.#breakable.deliverTwice()
  }

  /** The first answer to the next interaction gets lost on its way: the person sees that the app did not respond. */
  loseNextAck(): void {
    this.next('create_interaction_response', { kind: 'lose-request' })
  }

  /** Breaks every gateway socket without a word; the sessions can be resumed. */
  dropSockets(): void {
    this.#breakable.drop()
  }

  /** Asks every session to reconnect and resume, as Discord does all day. */
  refreshSockets(): void {
    this.#breakable.reconnect()
  }

  /** Forgets every session: what happened meanwhile is never told. */
  invalidateSessions(): void {
    this.#breakable.invalidate()
  }

  /** The gateway takes no connection, or does again. */
  gatewayDown(isDown: boolean): void {
    this.#breakable.setDown(isDown)
  }

  /** The guild has an outage, or comes back: GUILD_DELETE with `unavailable`, also at a start; then GUILD_CREATE. `refusesCalls`: 503 to every call about it. */
  guildOutage(isOut: boolean, { refusesCalls = false }: { readonly refusesCalls?: boolean } = {}): void {
    this.#breakable.setAvailable(!isOut, refusesCalls)
  }

  /** The address is shut out, as after ten thousand refused requests: 429 to everything, and not in JSON. */
  banAddress(isBanned: boolean): void {
    this.#breakable.setBanned(isBanned)
  }

  /** For the server: the fault that this call meets. */
  take(method: string): Fault | undefined {
    const planned = this.#planned.get(method)?.find((each) => each.left > 0)
    if (!planned) return undefined
    planned.left -= 1
    return planned.fault
  }
}
