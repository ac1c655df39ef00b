import { join } from 'node:path'
import { policyHash, Secret } from '@embargo/config'
import type { Config } from '@embargo/config'
import { Policy, PROFILES } from '@embargo/core'

/** One maintainer in the terminal: the program as a newcomer has it. */
export const POLICY = Policy.parse({
  ...PROFILES.solo,
  projects: [{ id: 'quillmark', name: 'Quillmark', address: 'security@quillmark.example' }],
  people: [{ id: 'ana', name: 'Ana Example', roles: ['admin', 'team'], osUser: 'ana' }],
  platforms: ['terminal'],
})

export const KEY = new Secret<Uint8Array>(new Uint8Array(32).fill(7))

export function configOf(folder: string): Config {
  return {
    dataFolder: folder,
    database: { is: 'sqlite', file: join(folder, 'embargo.db') },
    masterKey: { is: 'given', key: KEY },
    smtp: { listen: { host: '127.0.0.1', port: 0 } },
    capabilities: new Set(['terminal', 'mail', 'clock']),
    policy: { policy: POLICY, hash: policyHash(POLICY) },
    notices: [],
  }
}

/** What was written so far, and a promise of what is to come. */
export function listener(): { hear(line: string): void; heard(part: string): Promise<void>; all(): readonly string[] } {
  const lines: string[] = []
  const waiting = new Set<() => void>()
  return {
    all: () => lines,
    hear(line) {
      lines.push(line)
      for (const look of waiting) look()
    },
    heard: (part) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!lines.some((line) => line.includes(part))) return
          waiting.delete(look)
          resolve()
        }
        waiting.add(look)
        look()
      }),
  }
}
