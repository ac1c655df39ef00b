import { DAY, day, HOUR, later, publicKeyOf, shortFingerprint } from '@embargo/core'
import type { Instant, Policy } from '@embargo/core'
import type { RunningEngine } from '../engine.ts'
import { projectKeys } from '../keys/project-keys.ts'
import { openCases } from '../queries/all-cases.ts'
import { safeError } from '../shared/safe-error.ts'
import { realSleep } from '../shared/signal.ts'
import type { Sleep } from '../shared/signal.ts'
import type { Outages } from './outages.ts'

/** People need this much time to make a key, send it and have its fingerprint compared. */
const WARNED_BEFORE = 30 * DAY

const LOOK_AGAIN_MS = HOUR

/** The most keys that one warning names. */
const MAX_NAMED = 5

type Key = { readonly of: string; readonly fingerprint: string; readonly expiresAt: Instant; readonly remedy: string }

/**
 * Warns the team before an OpenPGP key expires: the current key of a project, a key that the policy pins, or the key of
 * a reporter of an open case. The team gets one message, as for an outage, and one more when no key is about to expire
 * any more.
 */
export function createKeyExpiry({
  engine,
  outages,
  sleep = realSleep,
}: {
  readonly engine: RunningEngine
  readonly outages: Outages
  readonly sleep?: Sleep
}): { look(): Promise<void>; run(signal: AbortSignal): Promise<void> } {
  const { deps } = engine

  async function look(): Promise<void> {
    const now = deps.clock.now()
    const ending = [...(await ofProjects()), ...pinned(deps.policy.policy), ...(await ofReporters())]
      .filter(({ expiresAt }) => expiresAt <= later(now, WARNED_BEFORE))
      .toSorted((one, other) => one.expiresAt - other.expiresAt)
    const news = { outside: 'mail', what: 'keys', by: 'connection' } as const
    if (ending.length === 0) outages.resolve(news)
    else outages.report({ ...news, why: inWords(ending, now) })
  }

  async function ofProjects(): Promise<readonly Key[]> {
    const { projects } = deps.policy.policy
    return (await projectKeys(deps)).flatMap(({ project, fingerprint, expiresAt, state }) =>
      expiresAt === undefined || state !== 'current' || !projects.some(({ id }) => id === project)
        ? []
        : [{ of: `project ${project}`, fingerprint, expiresAt, remedy: OURS }],
    )
  }

  /** The keys of the reporters of open cases. The warning names the case, but not the reporter. */
  async function ofReporters(): Promise<readonly Key[]> {
    const keys: Key[] = []
    for await (const { id, reports } of openCases(engine))
      for (const { key } of reports) {
        const { fingerprint, expiresAt } = key?.key.value ?? {}
        if (fingerprint !== undefined && expiresAt !== undefined)
          keys.push({ of: `a reporter of ${id}`, fingerprint, expiresAt, remedy: REPORTERS })
      }
    return keys
  }

  return {
    look,
    async run(signal) {
      while (!signal.aborted) {
        await look().catch((error: unknown) =>
          deps.log.error('the keys that expire soon could not be found', safeError(error)),
        )
        await sleep(LOOK_AGAIN_MS, signal)
      }
    },
  }
}

const OURS = 'extend it (embargo keys extend), then publish it again'
const REPORTERS = 'ask them for another one'
const THEIRS = 'ask them for another one, and put that into the policy'

function pinned(policy: Policy): readonly Key[] {
  const owners = [
    ...policy.parties.map(({ name, address }) => ({ of: name, address })),
    ...policy.people.map(({ name, mail }) => ({ of: name, address: mail })),
    ...policy.prenotification.lists.flatMap(({ recipients }) =>
      recipients.map(({ id, address }) => ({ of: `recipient ${id}`, address })),
    ),
  ]
  return owners.flatMap(({ of, address }) => {
    const { fingerprint = '', expiresAt } = (address === undefined ? undefined : publicKeyOf(policy, address)) ?? {}
    return expiresAt === undefined ? [] : [{ of, fingerprint, expiresAt, remedy: THEIRS }]
  })
}

function inWords(keys: readonly Key[], now: Instant): string {
  const named = keys
    .slice(0, MAX_NAMED)
    .map(
      ({ of, fingerprint, expiresAt, remedy }) =>
        `The OpenPGP key of ${of} (${shortFingerprint(fingerprint)}) ${expiresAt <= now ? 'expired' : 'expires'} on ${day(expiresAt)}: ${remedy}.`,
    )
  const more = keys.length - named.length
  return [...named, ...(more > 0 ? [`${more} more end soon.`] : [])].join(' ')
}
