import { CommandId, DAY, HOUR, later, MINUTE } from '@embargo/core'
import type { DomainVerdict, Instant, MessageId, StreamId } from '@embargo/core'
import { trustOf } from '@embargo/mail'
import type { Deps } from '../deps.ts'
import type { RunningEngine } from '../engine.ts'
import { safeError } from '../shared/safe-error.ts'
import { realSleep } from '../shared/signal.ts'
import type { Sleep } from '../shared/signal.ts'
import { domainVerdict } from './authenticate.ts'
import { MAX_MOVES } from './current-thread.ts'

/**
 * The ages of a mail at which a domain that did not answer is asked again. A name server that is down for a day is down for
 * more than mail; and a key may be replaced by then.
 */
const AGES = [MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, DAY]

/** Mails that are checked at once. Each may keep its bytes in memory for as long as a slow domain takes. */
const AT_ONCE = 4

/** How often it looks for mails that are due, milliseconds. */
const POLL_MS = 15_000

/** When a mail is checked again that was checked now; undefined if that was the last time. */
const nextCheck = ({ receivedAt }: { readonly receivedAt: Instant }, now: Instant): Instant | undefined =>
  AGES.map((age) => later(receivedAt, age)).find((at) => at > now)

/** When a mail is first checked again: it may have waited longer than a day for a person to let it in. */
export const firstCheck = (mail: { readonly receivedAt: Instant }, now: Instant): Instant =>
  nextCheck(mail, now) ?? later(now, MINUTE)

/** Checks the mails again whose sender's domain did not answer when they came. */
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

async function checkOne(deps: Deps, id: MessageId): Promise<void> {
  const { spool, clock } = deps
  const stored = await spool.find(id)
  const mail = stored && (await deps.readMail(id))
  if (stored?.stream === undefined || mail === undefined) return spool.checkAgain(id, undefined)
  const verdict = await domainVerdict(deps, stored, mail)
  const next = verdict.is === 'not-yet' ? nextCheck(stored, clock.now()) : undefined
  if (next === undefined)
    await record(
      deps,
      { id, stream: stored.stream },
      verdict.is === 'not-yet' ? { ...verdict, is: 'unproven' } : verdict,
    )
  await spool.checkAgain(id, next)
}

/** In the case that the mail came to, and in those that its report moved to since. */
async function record(
  deps: Deps,
  { id, stream }: { readonly id: MessageId; readonly stream: StreamId },
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
          trust: trustOf(domain, taken.checks?.signature ?? { is: 'none' }),
        },
      })
    at = state.moved.find(({ report }) => report.message === id || report.id === taken?.report)?.to
  }
}
