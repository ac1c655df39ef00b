import { inspect } from 'node:util'

const REDACTED = '[secret]'

/** A value that no log, error text or JSON shows. Only `reveal` gives it, at the place that needs it. */
export class Secret<T = string> {
  readonly #value: T
  constructor(value: T) {
    this.#value = value
  }
  /** The value itself: pass it on, store it nowhere. */
  reveal(): T {
    return this.#value
  }
  toString(): string {
    return REDACTED
  }
  toJSON(): string {
    return REDACTED
  }
  [inspect.custom](): string {
    return REDACTED
  }
}
