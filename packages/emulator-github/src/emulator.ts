import { LoopbackServer, systemClock } from '@embargo/emulator-kit'
import { Access } from './auth.ts'
import { Faults } from './faults.ts'
import { REQUEST_BYTES_MAX } from './limits.ts'
import type { GitHubEmulatorOptions } from './options.ts'
import type { Person } from './person.ts'
import { NotPossible, personIn } from './person.ts'
import { Platform } from './platform.ts'
import { RateLimits } from './rate-limits.ts'
import { answer } from './routes.ts'
import type { GitHubState } from './state.ts'
import type { Webhook } from './webhooks.ts'
import { deliver, payloadOf } from './webhooks.ts'

/** How long `until` waits by default. */
const UNTIL_MS = 5000

/** A running GitHub emulator. It must be disposed, because its server keeps the process alive. */
export type GitHubEmulator = AsyncDisposable & {
  /** The base URL of the REST API. */
  readonly apiUrl: string
  readonly state: GitHubState
  readonly faults: Faults
  /** A person in the web interface. */
  person(login: string): Person
  /** Answers the request for a CVE id, as GitHub does after days or weeks. */
  assignCve(ghsa: string, cve: string): void
  /** Closes an account: nobody has its login any longer, and it cannot be credited. */
  closeAccount(login: string): void
  /** Makes installation tokens invalid, as if their hour were over. */
  revokeTokens(): void
  /** Delivers the webhook of an advisory, and returns the status of the answer. */
  deliver(
    webhook: Webhook,
    ghsa: string,
    options?: { readonly action?: 'reported' | 'published'; readonly event?: string; readonly id?: string },
  ): Promise<number>
  /** Calls `look` now and after each change, and resolves with its first truthy value. */
  until<T>(
    look: (state: GitHubState) => T | undefined | null | false,
    options?: { readonly timeoutMs?: number },
  ): Promise<T>
  close(): Promise<void>
}

/** Starts GitHub's advisory API on 127.0.0.1. The emulator refuses what GitHub refuses. */
export async function startGitHubEmulator(options: GitHubEmulatorOptions): Promise<GitHubEmulator> {
  const platform = new Platform(options, options.now ?? systemClock.wall)
  const access = new Access(options, platform)
  const faults = new Faults()
  const limits = new RateLimits(options.limits ?? 'off', platform.now)
  const server = new LoopbackServer({
    requestBytesMax: REQUEST_BYTES_MAX,
    answer: (received) => Promise.resolve(answer({ platform, access, faults, limits }, received)),
    upgrade: (_request, socket) => socket.destroy(),
  })
  await server.listen()
  const close = async (): Promise<void> => {
    platform.changes.end()
    await server.close()
  }
  return {
    apiUrl: server.base,
    state: platform,
    faults,
    person: (login) => personIn(platform, login),
    assignCve(ghsa, cve) {
      const { advisory } = platform.home(ghsa)
      if (advisory.cveRequests.length === 0) throw new NotPossible('Nobody asked for a CVE id.')
      advisory.cve = cve
      platform.touch(advisory, 'github', ['cve_id'])
    },
    closeAccount: (login) => platform.closeAccount(login),
    revokeTokens: () => access.revokeTokens(),
    deliver: (webhook, ghsa, { action = 'reported', ...more } = {}) =>
      deliver(platform, webhook, payloadOf(platform, ghsa, action), more),
    until: (look, { timeoutMs = UNTIL_MS } = {}) =>
      platform.changes.until(() => look(platform), timeoutMs, look.toString()),
    close,
    [Symbol.asyncDispose]: close,
  }
}
