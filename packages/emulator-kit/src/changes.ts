/** Thrown when something that a test waits for does not happen in time. */
export class UntilTimeout extends Error {
  readonly code = 'until-timeout'
  constructor(timeoutMs: number, condition: string) {
    super(`Waited ${timeoutMs} ms in vain for: ${condition}.`)
    this.name = 'UntilTimeout'
  }
}

type Waiter = { readonly check: () => void; readonly fail: (error: Error) => void }

/** Lets callers wait for a change without polling. */
export class Changes {
  readonly #waiters = new Set<Waiter>()

  /** Must be called after each change. */
  announce(): void {
    for (const waiter of [...this.#waiters]) waiter.check()
  }

  /** Calls `look` now and after each change, and resolves with its first truthy value. */
  until<T>(look: () => T | undefined | null | false, timeoutMs: number, condition: string): Promise<T> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer)
        this.#waiters.delete(waiter)
      }
      const fail = (error: Error): void => {
        leave()
        reject(error)
      }
      const check = (): void => {
        try {
          const found = look()
          if (found === undefined || found === null || found === false) return
          leave()
          resolve(found)
        } catch (error) {
          fail(error instanceof Error ? error : new Error(String(error)))
        }
      }
      const timer = setTimeout(() => fail(new UntilTimeout(timeoutMs, condition)), timeoutMs)
      const waiter: Waiter = { check, fail }
      this.#waiters.add(waiter)
      check()
    })
  }

  /** Ends all waiting, because the emulator closes. */
  end(): void {
    for (const waiter of [...this.#waiters]) waiter.fail(new Error('The emulator was closed while something waited.'))
  }
}
