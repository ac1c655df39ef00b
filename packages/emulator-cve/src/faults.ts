/** The calls that a fault can concern. */
export type CveCall =
  | 'reserve'
  | 'list'
  | 'read-id'
  | 'change-id'
  | 'read-record'
  | 'publish'
  | 'update'
  | 'reject'
  | 'organization'
  | 'quota'

/**
 * What goes wrong with one call. `lose-answer`: the call has its effect, but its answer does not arrive.
 * `lose-request`: the connection breaks before the call has an effect. `hang`: the call has its effect at once, and its
 * answer takes `ms`. `status`: an HTML answer from the proxy in front of the service. `endless`: an answer that is
 * larger than any client should read. `elsewhere`: a redirect to another server.
 */
export type CveFault =
  | { readonly is: 'lose-answer' }
  | { readonly is: 'lose-request' }
  | { readonly is: 'hang'; readonly ms: number }
  | { readonly is: 'status'; readonly status: number; readonly retryAfterSeconds?: number }
  | { readonly is: 'refused'; readonly status: number; readonly error: string; readonly message: string }
  | { readonly is: 'endless' }
  | { readonly is: 'elsewhere'; readonly to: string }
  | { readonly is: 'not-json' }

/** Faults on demand, each for the next call of its kind. */
export class Faults {
  readonly #planned: { readonly call: CveCall; readonly fault: CveFault }[] = []

  /** Plans a fault for the next call of this kind. Faults that are already planned for this kind come first. */
  next(call: CveCall, fault: CveFault): void {
    this.#planned.push({ call, fault })
  }

  /** The fault of this call. It is removed from the plan. */
  take(call: CveCall): CveFault | undefined {
    const at = this.#planned.findIndex((planned) => planned.call === call)
    return at === -1 ? undefined : this.#planned.splice(at, 1)[0]?.fault
  }
}
