/**
 * The faults of one request. `lose-answer`: the request has its effect, but the answer does not arrive. `lose-request`:
 * the connection breaks before the request has an effect. `hang`: the request has its effect at once, but the answer
 * takes `ms`. `status`: an error of GitHub, without an effect. `rate-limited`: the primary or the secondary limit.
 */
export type Fault =
  | { readonly kind: 'status'; readonly status: 403 | 404 | 422 | 500 | 502 | 503 }
  | { readonly kind: 'rate-limited'; readonly limit: 'primary' | 'secondary'; readonly seconds: number }
  | { readonly kind: 'lose-answer' }
  | { readonly kind: 'lose-request' }
  | { readonly kind: 'hang'; readonly ms: number }

type PlannedFault = { readonly routes: readonly string[]; readonly fault: Fault; left: number }

/** Faults on demand. A route is named as in `POST /repos/{owner}/{repo}/security-advisories`, or is `*` for all. */
export class Faults {
  readonly #planned: PlannedFault[] = []

  /** Applies `fault` to the next call of one of these routes, or with `.times(n)` to the next n calls. */
  next(routes: string | readonly string[], fault: Fault): { times(n: number): void } {
    const planned: PlannedFault = { routes: [routes].flat(), fault, left: 1 }
    this.#planned.push(planned)
    return {
      times: (n) => {
        planned.left = n
      },
    }
  }

  /** Takes the fault that was planned for this call. The server applies it. */
  take(route: string): Fault | undefined {
    const planned = this.#planned.find(
      ({ left, routes }) => left > 0 && (routes.includes('*') || routes.includes(route)),
    )
    if (planned === undefined) return undefined
    planned.left -= 1
    return planned.fault
  }
}
