import { BlobId, Sha256 } from '@embargo/core'
import type { Instant, ReporterId } from '@embargo/core'
import { createHash, createHmac } from 'node:crypto'
import type { BlobStore } from '../../src/ports/blob-store.ts'
import type { KeyVault } from '../../src/ports/key-vault.ts'
import type { OwnKeys, StoredOwnKey } from '../../src/ports/own-keys.ts'
import type { Settings } from '../../src/ports/settings.ts'
import type { Clock, Ids, Log } from '../../src/ports/time.ts'

export function createMemoryBlobs(): BlobStore {
  const blobs = new Map<BlobId, Uint8Array>()
  return {
    async put(stream, bytes) {
      const sha256 = Sha256.parse(createHash('sha256').update(bytes).digest('hex'))
      const blob = BlobId.parse(`${stream}/${sha256}`)
      blobs.set(blob, bytes)
      return { blob, sha256 }
    },
    get: async (blob) => blobs.get(blob),
  }
}

export function createMemoryKeys(): KeyVault & { readonly erased: Set<ReporterId> } {
  const erased = new Set<ReporterId>()
  return {
    erased,
    mac: (purpose, text) => createHmac('sha256', `test key for ${purpose}`).update(text).digest(),
    async eraseReporter(reporter) {
      erased.add(reporter)
    },
  }
}

export function createMemoryOwnKeys(): OwnKeys {
  const keys = new Map<string, StoredOwnKey>()
  const nameOf = ({ project, serial }: StoredOwnKey): string => `${project}/${serial}`
  return {
    list: async () => [...keys.values()],
    async add(key) {
      if (keys.has(nameOf(key))) return false
      keys.set(nameOf(key), key)
      return true
    },
    async replace(key) {
      keys.set(nameOf(key), key)
    },
  }
}

/** A clock that stands still until a test moves it; the move wakes all waiters. */
export function createHandClock(
  start: Instant,
): Clock & { moveTo(now: Instant): void; readonly waits: (Instant | undefined)[] } {
  let now = start
  const waiting = new Set<() => void>()
  const waits: (Instant | undefined)[] = []
  return {
    waits,
    now: () => now,
    moveTo(to) {
      now = to
      for (const wake of waiting) wake()
    },
    wait(until, signal) {
      waits.push(until)
      if (signal.aborted || (until !== undefined && until <= now)) return Promise.resolve()
      return new Promise((resolve) => {
        const wake = (): void => {
          waiting.delete(wake)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        waiting.add(wake)
        signal.addEventListener('abort', wake)
      })
    },
  }
}

export function createCountingIds(): Ids {
  let n = 0
  return { next: () => `id-${(n += 1)}` }
}

export type LogLine = {
  readonly level: 'info' | 'warn' | 'error'
  readonly message: string
  readonly data: Readonly<Record<string, string | number | boolean>>
}

export function createMemoryLogLines(): Log & { readonly lines: LogLine[] } {
  const lines: LogLine[] = []
  const write =
    (level: LogLine['level']) =>
    (message: string, data: LogLine['data'] = {}): void => {
      lines.push({ level, message, data })
    }
  return { lines, info: write('info'), warn: write('warn'), error: write('error') }
}

/** Settings in memory. A value comes back as from a database, without anything that JSON cannot express. */
export function createMemorySettings(): Settings {
  const kept = new Map<string, string>()
  return {
    read: async (name) => JSON.parse(kept.get(name) ?? 'null') ?? undefined,
    write: async (name, value) => void kept.set(name, JSON.stringify(value)),
  }
}
