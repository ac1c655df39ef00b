import { inspect } from 'node:util'

const REDACTED = '[secret]'

/** A value that logs, error texts and JSON show as `[secret]`. Only `reveal` returns it, where it is needed. */
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
