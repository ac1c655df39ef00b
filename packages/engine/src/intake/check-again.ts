import { CommandId, DAY, HOUR, later, MINUTE } from '@embargo/core'
import type { DomainVerdict, EarlierKey, Instant, MessageId, PublicKey, StreamId } from '@embargo/core'
import { trustOf } from '@embargo/mail'
import type { Deps } from '../deps.ts'
import type { RunningEngine } from '../engine.ts'
import { earlierKeyOf, keysOfSender, knownKeys, presentKeys } from '../keys/known-keys.ts'
import { reporterKeyIn } from '../keys/reporter-key.ts'
import { safeError } from '../shared/safe-error.ts'
import { realSleep } from '../shared/signal.ts'
import type { Sleep } from '../shared/signal.ts'
import { domainVerdict } from './authenticate.ts'
import { MAX_MOVES } from './current-thread.ts'

/**
 * The ages at which a mail is checked again if its sender's domain did not answer. The last age is a day, because later
 * the domain may have replaced its key.
 */
const AGES = [MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, DAY]

/**
 * How many mails are checked at once. The number is small because each mail is kept in memory until its domain answers.
 */
const AT_ONCE = 4

/** How often we look for mails that are due, in milliseconds. */
const POLL_MS = 15_000

/** The time of the next check of a mail that is being checked now; undefined if this is its last check. */
const nextCheck = ({ receivedAt }: { readonly receivedAt: Instant }, now: Instant): Instant | undefined =>
  AGES.map((age) => later(receivedAt, age)).find((at) => at > now)

/**
 * The time of the first check after the intake of a mail. If a person let the mail in more than a day after the mail
 * was received, the check is due in a minute.
 */
export const firstCheck = (mail: { readonly receivedAt: Instant }, now: Instant): Instant =>
  nextCheck(mail, now) ?? later(now, MINUTE)

/** Checks mails again if the sender's domain did not answer when they arrived. */
export function createCheckAgain({ engine, sleep = realSleep }: { engine: RunningEngine; sleep?: Sleep }) {
  const { deps } = engine
  const { spool, clock, log } = deps

  async function round(): Promise<number> {
    const due = await spool.toCheck(clock.now(), AT_ONCE)
    await Promise.all(
      due.map(async (id) =>
        checkOne(deps, id).catch(async (error: unknown) => {
          log.error('the domain of a mail could not be checked again', { message: id, ...safeError(error) })
          await spool.checkAgain(id, later(clock.now(), HOUR))
        }),
      ),
    )
    return due.length
  }

  return {
    async run(signal: AbortSignal): Promise<void> {
      while (!signal.aborted) {
        const checked = await round().catch((error: unknown) => {
          log.error('the mails to be checked again could not be read', safeError(error))
          return 0
        })
        if (checked < AT_ONCE) await sleep(POLL_MS, signal)
      }
    },
  }
}

type SeenKeys = { readonly key?: PublicKey; readonly earlierKey?: EarlierKey }

async function checkOne(deps: Deps, id: MessageId): Promise<void> {
  const { spool, clock } = deps
  const stored = await spool.find(id)
  const mail = stored && (await deps.readMail(id))
  if (stored?.stream === undefined || mail === undefined) return spool.checkAgain(id, undefined)
  const verdict = await domainVerdict(deps, stored, mail)
  const next = verdict.is === 'not-yet' ? nextCheck(stored, clock.now()) : undefined
  if (next === undefined) {
    const known = presentKeys([...(await knownKeys(deps, stored)), ...(await keysOfSender(deps, mail))])
    const key = await reporterKeyIn(deps, mail, known, stored.receivedAt)
    const earlierKey = earlierKeyOf(known, mail.from)
    await record(
      deps,
      { id, stream: stored.stream, ...(key && { key }), ...(earlierKey && { earlierKey }) },
      verdict.is === 'not-yet' ? { ...verdict, is: 'unproven' } : verdict,
    )
  }
  await spool.checkAgain(id, next)
}

/** Records the verdict in the case in which the mail arrived, and in each case to which its report has moved since. */
async function record(
  deps: Deps,
  { id, stream, ...keys }: SeenKeys & { readonly id: MessageId; readonly stream: StreamId },
  domain: DomainVerdict,
): Promise<void> {
  let at: StreamId | undefined = stream
  for (let turn = 0; turn < MAX_MOVES && at !== undefined; turn += 1) {
    const { state } = await deps.states.load(at)
    if (state?.kind !== 'case') return
    const taken = state.messages.find(({ message }) => message === id)
    if (taken !== undefined)
      await deps.handle({
        commandId: CommandId.parse(`mail-domain:${id}:${state.id}`),
        actor: { kind: 'system', part: 'mail' },
        at: deps.clock.now(),
        request: {
          verb: 'record-domain',
          case: state.id,
          message: id,
          domain,
          ...keys,
          trust: trustOf(domain, taken.checks?.signature ?? { is: 'none' }),
        },
      })
    at = state.moved.find(({ report }) => report.message === id || report.id === taken?.report)?.to
  }
}
