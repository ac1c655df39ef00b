/**
 * The faults of one request. `lose-answer`: the effect happens, the answer does not arrive. `lose-request`: the
 * connection breaks before anything happens. `hang`: the answer takes `ms`, the effect happens at once.
 */
export type Fault =
  | { readonly kind: 'rate-limited'; readonly retryAfterSeconds: number }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'lose-answer' }
  | { readonly kind: 'lose-request' }
  | { readonly kind: 'hang'; readonly ms: number }

/** How sockets are asked to reconnect. */
export type Refresh = { readonly reason: 'warning' | 'refresh_requested'; readonly sockets?: number }

type Planned = { readonly fault: Fault; left: number }

/** Faults on demand. A method is named as in the Web API, or `response_url`, or `upload`. */
export class Faults {
  readonly #planned = new Map<string, Planned[]>()
  readonly #dropSockets: () => void
  readonly #refreshSockets: (options: Refresh) => void
  #twice = 0
  #lostAcks = 0
  #team: string | undefined

  constructor(sockets: { readonly drop: () => void; readonly refresh: (options: Refresh) => void }) {
    this.#dropSockets = sockets.drop
    this.#refreshSockets = sockets.refresh
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

  /** The next payload to the app arrives twice, as it does when Slack does not see the acknowledgement. */
  deliverTwice(): void {
    this.#twice += 1
  }

  /** The acknowledgement of the next payload gets lost: the person sees a failure, an event is sent again. */
  loseNextAck(): void {
    this.#lostAcks += 1
  }

  /** The next payload claims to come from another workspace, as those from the other side of a shared channel do. */
  fromTeam(team: string): void {
    this.#team = team
  }

  /** Breaks every socket without a word. */
  dropSockets(): void {
    this.#dropSockets()
  }

  /**
   * Asks sockets to reconnect, as Slack does every few hours, every one unless `sockets` says how many. `warning` comes
   * some seconds before `refresh_requested`: https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect
   */
  refreshSockets(options: Partial<Refresh> = {}): void {
    this.#refreshSockets({ reason: options.reason ?? 'refresh_requested', ...options })
  }

  /** For the server: the fault that this call meets. */
  take(method: string): Fault | undefined {
    const planned = this.#planned.get(method)?.find((each) => each.left > 0)
    if (!planned) return undefined
    planned.left -= 1
    return planned.fault
  }

  /** For the sockets. */
  takeTwice(): boolean {
    if (this.#twice === 0) return false
    this.#twice -= 1
    return true
  }

  /** For the sockets. */
  takeLostAck(): boolean {
    if (this.#lostAcks === 0) return false
    this.#lostAcks -= 1
    return true
  }

  /** For the delivery. */
  takeTeam(): string | undefined {
    const team = this.#team
    this.#team = undefined
    return team
  }
}
