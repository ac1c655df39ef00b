import { CommandId, DAY, HOUR, later } from '@embargo/core'
import type { CaseState, Instant, PublicKey, Report, ReportId, StreamId } from '@embargo/core'
import type { Deps } from '../deps.ts'
import type { RunningEngine } from '../engine.ts'
import type { KeyDirectory } from '../ports/key-directory.ts'
import { Lru } from '../shared/lru.ts'
import { safeError } from '../shared/safe-error.ts'
import { createNotifier } from '../shared/signal.ts'
import { readingAt } from './reading.ts'
import { reporterKeyIn } from './reporter-key.ts'

/**
 * How long until an address is looked up again. `none`: the directory had no key for it. `unreachable`: the directory
 * did not answer.
 */
const AGAIN = { none: DAY, unreachable: HOUR } as const

/** The most addresses whose answers are remembered, so a flood of invented senders cannot fill the memory. */
const MAX_REMEMBERED = 10_000

/**
 * At most this many cases wait for a lookup of keys. If a further case changes meanwhile, it does not join the waiting
 * cases, and its keys are looked up only after it changes again.
 */
const MAX_WAITING = 1_000

/**
 * Looks up the keys of reporters who sent no key, if the policy says so. The lookup for a case begins after a change of
 * the case was stored, so no mail has to wait for a stranger's server. Addresses are looked up one after the other, and
 * each address about once a day.
 */
export function createKeyLookup({
  engine: { deps },
  directory,
}: {
  readonly engine: RunningEngine
  readonly directory: KeyDirectory
}) {
  const { states, clock, log } = deps
  const waiting = new Set<StreamId>()
  const notAgainBefore = new Lru<string, Instant>(MAX_REMEMBERED)

  async function lookIn(stream: StreamId, signal: AbortSignal): Promise<void> {
    if (deps.policy.policy.intake.keyLookup !== 'wkd') return
    const { state } = await states.load(stream)
    if (state?.kind !== 'case' || state.closedAt !== undefined || state.practice === true) return
    for (const report of state.reports) {
      const address = addressWithoutKey(report)
      if (address !== undefined && !signal.aborted) await lookUp(state, { report: report.id, address }, signal)
    }
  }

  async function lookUp(
    { id }: CaseState,
    { report, address }: { readonly report: ReportId; readonly address: string },
    signal: AbortSignal,
  ): Promise<void> {
    const now = clock.now()
    if ((notAgainBefore.get(address) ?? now) > now) return
    const answer = await directory.find(address, signal)
    notAgainBefore.set(address, later(now, AGAIN[answer.is === 'found' ? 'none' : answer.is]))
    const key = answer.is === 'found' ? await keyIn(deps, address, answer.bytes) : undefined
    if (key === undefined) return
    await deps.handle({
      // Each command id is handled only once, so a key that a person has dropped is not recorded again.
      commandId: CommandId.parse(`key-directory:${report}:${key.fingerprint}`),
      actor: { kind: 'system', part: 'mail' },
      at: clock.now(),
      request: { verb: 'record-key', case: id, report, key },
    })
  }

  return {
    /** Looks up keys for those reporters of one case whose key is not known. */
    lookIn,
    async run(signal: AbortSignal): Promise<void> {
      const notifier = createNotifier()
      const unsubscribe = deps.onCommit((rows) => {
        for (const { stream, open } of rows) if (open && waiting.size < MAX_WAITING) waiting.add(stream)
        if (waiting.size > 0) notifier.notify()
      })
      try {
        while (!signal.aborted) {
          const [next] = waiting
          if (next === undefined) await notifier.wait(signal)
          else {
            waiting.delete(next)
            await lookIn(next, signal).catch((error: unknown) =>
              log.warn('the keys of reporters could not be looked up', { case: next, ...safeError(error) }),
            )
          }
        }
      } finally {
        unsubscribe()
      }
    },
  }
}

/**
 * The address for which a key is looked up. Undefined if the reporter has a key, cannot be answered, is a person of the
 * policy, or may get unencrypted answers.
 */
function addressWithoutKey({ answerable, person, plain, key, identity }: Report): string | undefined {
  if (!answerable || person !== undefined || plain === true || key !== undefined) return undefined
  return identity.value?.address.toLowerCase()
}

/**
 * The answer of the key directory for an address. `unusable`: the directory sent a file, but it has no usable key that
 * names the address.
 */
export type FoundKey =
  | { readonly is: 'found'; readonly key: PublicKey }
  | { readonly is: 'none' | 'unreachable' | 'unusable' }

/**
 * Looks up the key of somebody whom the policy names, such as a recipient. The result is only a suggestion: a person
 * puts the key into the policy.
 */
export async function findKey(
  { deps }: Pick<RunningEngine, 'deps'>,
  directory: KeyDirectory,
  address: string,
): Promise<FoundKey> {
  const answer = await directory.find(address, new AbortController().signal)
  if (answer.is !== 'found') return answer
  const key = await keyIn(deps, address, answer.bytes)
  return key === undefined ? { is: 'unusable' } : { is: 'found', key }
}

/**
 * Reads the key as if it had come with a mail from this address. That happens in the parser's process, because a
 * hostile key may crash it. The key counts only if it names the address.
 */
async function keyIn(deps: Deps, address: string, bytes: Uint8Array): Promise<PublicKey | undefined> {
  const now = deps.clock.now()
  await deps.parser.ready()
  return reporterKeyIn(deps, await deps.parser.parse(asMail(address, bytes), readingAt(deps.ownKeys, now)), [], now)
}

function asMail(address: string, key: Uint8Array): Uint8Array {
  const head = [`From: ${address}`, 'Content-Type: application/pgp-keys', 'Content-Transfer-Encoding: base64']
  return Buffer.from([...head, '', Buffer.from(key).toString('base64'), ''].join('\r\n'))
}
