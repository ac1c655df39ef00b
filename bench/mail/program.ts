import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { policyHash, Secret } from '@embargo/config'
import { PersonId, Policy, PROFILES } from '@embargo/core'
import type { Actor } from '@embargo/core'
import { startProgram } from 'embargo'
import type { Program } from 'embargo'
import { clock } from '../deployment.ts'

export const ADDRESS = 'security@quillmark.example'
export const PROJECT = 'quillmark'
export const ANA: Actor = { kind: 'person', person: PersonId.parse('ana'), platform: 'terminal', account: 'ana' }

export const policy = Policy.parse({
  ...PROFILES.team,
  projects: [{ id: PROJECT, name: 'Quillmark', address: ADDRESS }],
  people: [{ id: 'ana', name: 'Ana', roles: ['admin', 'team'], osUser: 'ana' }],
  platforms: ['terminal'],
  // A bench sends many reports on purpose, so the limit must not apply.
  intake: { ...PROFILES.team.intake, newCases: 40_000 },
})

/** The whole program on SQLite, without a chat platform. */
export async function startWithMail(relayPort: number): Promise<Program> {
  await using stack = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'embargo-bench-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  const masterKey = new Secret<Uint8Array>(randomBytes(32))
  const program = stack.use(
    await startProgram({
      config: {
        dataFolder: folder,
        database: { is: 'sqlite', file: join(folder, 'embargo.db') },
        masterKey: { is: 'given', key: masterKey },
        smtp: {
          listen: { host: '127.0.0.1', port: 0 },
          relay: { host: '127.0.0.1', port: relayPort, tls: 'plain' },
        },
        capabilities: new Set(['terminal', 'mail', 'clock']),
        policy: { policy, hash: policyHash(policy) },
        notices: [],
      },
      secrets: { masterKey },
      clock,
      log: { info: () => undefined, warn: console.error, error: console.error },
      say: () => undefined,
    }),
  )
  const owned = stack.move()
  return { ...program, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
