/**
 * The faults of one request. `lose-answer`: the request has its effect, but the response does not arrive.
 * `lose-request`: the connection breaks before the request has an effect. `hang`: the request has its effect at once,
 * but the response takes `ms`.
 */
export type Fault =
  | { readonly kind: 'rate-limited'; readonly retryAfterSeconds: number }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'error'; readonly error: string }
  | { readonly kind: 'lose-answer' }
  | { readonly kind: 'lose-request' }
  | { readonly kind: 'hang'; readonly ms: number }

/** How the emulator asks sockets to reconnect. */
export type Refresh = { readonly reason: 'warning' | 'refresh_requested'; readonly sockets?: number }

type PlannedFault = { readonly fault: Fault; left: number }

/** The faults that a test plans. A method is named as in the Web API, or is `response_url` or `upload`. */
export class Faults {
  readonly #planned = new Map<string, PlannedFault[]>()
  readonly #dropSockets: () => void
  readonly #refreshSockets: (options: Refresh) => void
  #twice = 0
  #lostAcks = 0
  #team: string | undefined

  constructor(sockets: { readonly drop: () => void; readonly refresh: (options: Refresh) => void }) {
    this.#dropSockets = sockets.drop
    this.#refreshSockets = sockets.refresh
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

  /** Delivers the next payload twice, as Slack does if it misses the acknowledgement. */
  deliverTwice(): void {
    this.#twice += 1
  }

  /**
   * Loses the acknowledgement of the next payload. If the payload is an event, it is sent again. If it comes from an
   * action of a person, the person sees a failure.
   */
  loseNextAck(): void {
    this.#lostAcks += 1
  }

  /**
   * Makes the next payload claim to come from another workspace, as payloads from the other side of a shared channel
   * do.
   */
  fromTeam(team: string): void {
    this.#team = team
  }

  /** Breaks every socket without a close frame. */
  dropSockets(): void {
    this.#dropSockets()
  }

  /**
   * Asks sockets to reconnect, as Slack does every few hours: every socket, or as many as `sockets` says. `warning`
   * comes some seconds before `refresh_requested`: https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect
   */
  refreshSockets(options: Partial<Refresh> = {}): void {
    this.#refreshSockets({ reason: options.reason ?? 'refresh_requested', ...options })
  }

  /** Takes the fault that was planned for this call. The server applies it. */
  take(method: string): Fault | undefined {
    const planned = this.#planned.get(method)?.find((each) => each.left > 0)
    if (!planned) return undefined
    planned.left -= 1
    return planned.fault
  }

  /** Whether the next payload must be delivered twice. */
  takeTwice(): boolean {
    if (this.#twice === 0) return false
    this.#twice -= 1
    return true
  }

  /** Whether the next acknowledgement must be lost. */
  takeLostAck(): boolean {
    if (this.#lostAcks === 0) return false
    this.#lostAcks -= 1
    return true
  }

  /** The team from which the next payload must claim to come. */
  takeTeam(): string | undefined {
    const team = this.#team
    this.#team = undefined
    return team
  }
}
