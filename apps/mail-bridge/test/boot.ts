import { instant } from '@embargo/core'
import { startMailBridge } from '../src/bridge.ts'
import type { MailBridge, MailBridgeOptions } from '../src/bridge.ts'
import { MemorySpool } from './memory-spool.ts'

export type House = AsyncDisposable & {
  readonly bridge: MailBridge
  readonly spool: MemorySpool
  /** The entries of the log, each as a JSON text. */
  readonly lines: readonly string[]
}

/** A listener on a free port with a spool in memory. */
export async function boot(change: Partial<MailBridgeOptions> = {}): Promise<House> {
  const spool = new MemorySpool()
  const lines: string[] = []
  const write =
    (level: string) =>
    (message: string, data?: object): void =>
      void lines.push(JSON.stringify([level, message, data]))
  const bridge = await startMailBridge({
    listen: { host: '127.0.0.1', port: 0 },
    name: 'mx.example.org',
    addresses: ['security@example.org'],
    spool: spool.asSpool(),
    quota: { isKnown: async () => false, refuses: async () => undefined, stored: () => undefined },
    clock: { now: () => instant(1_000) },
    log: { info: write('info'), warn: write('warn'), error: write('error') },
    ...change,
  })
  return { bridge, spool, lines, [Symbol.asyncDispose]: async () => bridge[Symbol.asyncDispose]() }
}

export const text = (raw: Uint8Array | undefined): string => Buffer.from(raw ?? []).toString('latin1')
