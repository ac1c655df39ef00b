import type { Instant } from '@embargo/core'

/**
 * The clock by which deadlines run and events are dated. The demo moves this clock and signals the jump, so leases and
 * timeouts must not use it.
 */
export type Clock = {
  now(): Instant
  /** Resolves when `until` is reached, the clock jumps or the signal aborts. The caller must then check what is due. */
  wait(until: Instant | undefined, signal: AbortSignal): Promise<void>
}

/** Makes unique ids for commands from the terminal, because no chat platform gives these commands an id. */
export type Ids = { next(): string }

/**
 * A log with constant messages; what varies goes into the metadata. Report text, addresses and tokens must not be
 * logged.
 */
export type Log = {
  info(message: string, data?: Readonly<Record<string, string | number | boolean>>): void
  warn(message: string, data?: Readonly<Record<string, string | number | boolean>>): void
  error(message: string, data?: Readonly<Record<string, string | number | boolean>>): void
}
