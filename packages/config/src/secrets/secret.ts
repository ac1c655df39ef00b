import { inspect } from 'node:util'

const REDACTED = '[secret]'

/** A value that logs, error texts and JSON show as `[secret]`. Only `reveal` returns the value itself. */
export class Secret<T = string> {
  readonly #value: T
  constructor(value: T) {
    this.#value = value
  }
  /** The value itself. Use it at once, and do not store it. */
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
