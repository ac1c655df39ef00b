import { LoopbackServer } from '@embargo/emulator-kit'
import { Faults } from './faults.ts'
import type { CveEmulatorOptions } from './options.ts'
import { route } from './routes.ts'
import { CveService } from './service.ts'

/** How long `until` waits by default. */
const UNTIL_MS = 5000

/** CVE Services accepts at most 16 MB in a request. */
const REQUEST_BYTES_MAX = 16 * 1024 * 1024

/** A running emulator of CVE Services. It must be disposed, because its listener keeps the process alive. */
export type CveEmulator = AsyncDisposable & {
  /** The value for `EMBARGO_CVE_API_URL`. */
  readonly apiUrl: string
  readonly service: CveService
  readonly faults: Faults
  /** The calls so far, as `POST /api/cve-id?amount=1`, in order. The list grows. */
  readonly calls: readonly string[]
  /** Calls `look` now and after each API call that the emulator answers, and resolves with its first truthy value. */
  until<T>(
    look: (service: CveService) => T | undefined | null | false,
    options?: { readonly timeoutMs?: number; readonly wanted?: string },
  ): Promise<T>
}

/** Starts the emulator of CVE Services on 127.0.0.1. The emulator refuses what the real service refuses. */
export async function startCveEmulator(options: CveEmulatorOptions): Promise<CveEmulator> {
  const service = new CveService(options)
  const faults = new Faults()
  const calls: string[] = []
  const server = new LoopbackServer({
    requestBytesMax: REQUEST_BYTES_MAX,
    answer: async (received) => {
      const query = received.query.toString()
      calls.push(`${received.verb} ${received.path}${query === '' ? '' : `?${query}`}`)
      return route(service, faults, received)
    },
    upgrade: (_request, socket) => void socket.destroy(),
  })
  await server.listen()
  return {
    apiUrl: `${server.base}/api/`,
    service,
    faults,
    calls,
    until: (look, { timeoutMs = UNTIL_MS, wanted = look.toString() } = {}) =>
      service.changes.until(() => look(service), timeoutMs, wanted),
    [Symbol.asyncDispose]: async () => {
      service.changes.end()
      await server.close()
    },
  }
}
