import { CommandId } from '@embargo/core'
import type { MessageId } from '@embargo/core'
import type { CommandResult } from '../commands/command.ts'
import type { RunningEngine } from '../engine.ts'
import { EngineError } from '../shared/engine-error.ts'
import { firstCheck } from './check-again.ts'
import { createLimiter } from './limiter.ts'
import type { Limiter } from './limiter.ts'
import { GIVE_UP_AFTER, MAILS_AT_ONCE, PAUSE_AFTER_FAILURE_MS, POLL_MS } from './limits.ts'
import { createPatience } from './patience.ts'
import type { Patience } from './patience.ts'
import { runPipeline } from './pipeline.ts'
import { placeAsNew } from './place.ts'
import type { Placement } from './place.ts'
import { createSenders } from './senders.ts'
import type { Senders } from './senders.ts'
import { safeError } from '../shared/safe-error.ts'
import { SMALL_MAIL_BYTES } from '../ports/mail-spool.ts'
import type { SpooledMail } from '../ports/mail-spool.ts'
import { createNotifier, firstOf, realSleep } from '../shared/signal.ts'
import type { Sleep } from '../shared/signal.ts'

export type Intake = { run(signal: AbortSignal): Promise<void> }

/**
 * Points at which a test may stop the program: before a placed mail is committed to its case, and right after. Bounces
 * have points of their own, because a bounce changes what is known about a recipient.
 */
export type IntakeCrashPoint = `${'mail' | 'bounce'}-${'placed-before-case' | 'in-case'}`

export type IntakeOptions = {
  readonly engine: RunningEngine
  readonly sleep?: Sleep
  readonly patience?: Patience
  readonly crashPoint?: (name: IntakeCrashPoint) => Promise<void>
}

/**
 * Brings stored mails to their cases. A mail is recorded only once, because its command has an id made from the mail's
 * id, and the transaction that records the mail also marks it as placed.
 */
export function createIntake({
  engine,
  sleep = realSleep,
  patience = createPatience(),
  crashPoint,
}: IntakeOptions): Intake {
  const { spool, log } = engine.deps
  const notifier = createNotifier()
  const limiter = createLimiter(engine.deps)
  const senders = createSenders(engine.deps)
  /** How often each waiting mail has failed since this process started. */
  const failures = new Map<MessageId, number>()
  /** How often each mail has crashed its parser. Such mails are read again only when no other mail waits. */
  const deaths = new Map<MessageId, number>()

  /** Places the next mails. `more` if the spool may have more; `failed` if the intake should pause. */
  async function round(): Promise<'more' | 'empty' | 'failed'> {
    const unsuspected = await spool.waiting(MAILS_AT_ONCE, [...deaths.keys()])
    const mails = unsuspected.length > 0 || deaths.size === 0 ? unsuspected : (await spool.waiting(1)).slice(0, 1)
    let failed = false
    for (const mail of mails) {
      try {
        const parts = { engine, crashPoint, limiter, senders, patience, deaths }
        const bytes = await take(parts, mail.id, failures.get(mail.id) ?? 0)
        failures.delete(mail.id)
        // A small mail that came meanwhile goes first, so that no report waits for several large mails.
        if (bytes > SMALL_MAIL_BYTES) break
      } catch (error) {
        failed = true
        if (!isFull(error)) failures.set(mail.id, (failures.get(mail.id) ?? 0) + 1)
        log.error('a mail could not be placed and stays in the spool', { message: mail.id, ...safeError(error) })
      }
    }
    if (failed) return 'failed'
    return mails.length > 0 ? 'more' : 'empty'
  }

  return {
    async run(signal) {
      const unsubscribe = spool.onStore(() => notifier.notify())
      try {
        while (!signal.aborted) {
          const remaining = await round().catch((error: unknown) => {
            log.error('the mail spool could not be read', safeError(error))
            return 'failed' as const
          })
          if (remaining === 'empty')
            await firstOf(
              signal,
              (stop) => notifier.wait(stop),
              (stop) => sleep(POLL_MS, stop),
            )
          if (remaining === 'failed') await sleep(PAUSE_AFTER_FAILURE_MS, signal)
        }
      } finally {
        unsubscribe()
      }
    },
  }
}

const isFull = (error: unknown): boolean => error instanceof EngineError && error.code === 'full'

type Taking = {
  readonly engine: RunningEngine
  readonly crashPoint: IntakeOptions['crashPoint']
  readonly limiter: Limiter
  readonly senders: Senders
  readonly patience: Patience
  readonly deaths: Map<MessageId, number>
}

/** Takes one mail in, and returns its size; 0 if the mail cannot be opened. */
async function take(
  { engine, crashPoint, limiter, senders, patience, deaths }: Taking,
  id: MessageId,
  failures: number,
): Promise<number> {
  const { deps } = engine
  const { spool, log } = deps
  const mail = await spool.open(id)
  // Another process took the mail, or it cannot be read from the spool and was set aside.
  if (mail === undefined) return 0
  const bytes = mail.raw.length
  if (failures >= GIVE_UP_AFTER) {
    // Not even the raw bytes of this mail could be placed. It stays stored and listed, but is not tried again, because
    // that would delay every other mail.
    log.error('a mail could not be placed and was set aside', { message: mail.id, failures })
    await spool.setAside(mail.id, 'it could not be placed; the log says why')
    return bytes
  }
  const died = deaths.get(id) ?? 0
  const placed = await runPipeline(deps, mail, { deaths: died, patience })
  if (placed === undefined) {
    deaths.set(id, died + 1)
    return bytes
  }
  deaths.delete(id)
  const { placement } = placed
  // Scheduled before the mail is recorded in its case, so that a crash in between does not leave it unchecked.
  if (placed.domain.is === 'not-yet') await deps.spool.checkAgain(id, firstCheck(mail, deps.clock.now()))
  const what = placement.is === 'command' && placement.request.verb === 'record-bounce' ? 'bounce' : 'mail'
  await crashPoint?.(`${what}-placed-before-case`)
  const answer = await placeOrHold({ engine, limiter, senders }, mail, { placement, suffix: '' })
  if (answer?.ok === false && placement.is === 'command')
    await placeOrHold({ engine, limiter, senders }, mail, {
      placement: await placeAsNew(deps, placed, placement.request),
      suffix: ':new',
    })
  await crashPoint?.(`${what}-in-case`)
  return bytes
}

type PlacementRequest = { readonly placement: Placement; readonly suffix: string }

/**
 * Places a mail, or holds it for a person if it would open one case too many. A held mail stays stored unchanged, and
 * is announced.
 */
async function placeOrHold(
  { engine, limiter, senders }: Pick<Taking, 'engine' | 'limiter' | 'senders'>,
  mail: SpooledMail,
  { placement, suffix }: PlacementRequest,
): Promise<CommandResult | undefined> {
  const { spool, log } = engine.deps
  if (await limiter.holds(mail, placement)) {
    await spool.hold(mail.id)
    log.info('a mail is held for a person: more cases were opened than the policy allows in an hour', {
      message: mail.id,
    })
    return undefined
  }
  const known = await senders.recognize(placement)
  const answer = await carryOut(engine, mail, known, suffix)
  if (answer?.ok === true) {
    limiter.opened(mail, placement)
    senders.opened(known, answer.stream)
  }
  return answer
}

async function carryOut(
  { deps }: RunningEngine,
  mail: SpooledMail,
  placement: Placement,
  suffix: string,
): Promise<CommandResult | undefined> {
  if (placement.is === 'aside') {
    await deps.spool.setAside(mail.id, placement.because)
    // The mail opens no case (RFC 3834), but must not vanish either, so operators find it in the log.
    deps.log.warn('a mail opened no case and is kept; "embargo read mails" lists it', {
      message: mail.id,
      because: placement.because,
    })
    return undefined
  }
  const { request, reporter } = placement
  return deps.handle(
    {
      commandId: CommandId.parse(`mail:${mail.id}${suffix}`),
      actor: { kind: 'system', part: 'mail' },
      at: deps.clock.now(),
      request,
    },
    { mail: { message: mail.id, ...(reporter !== undefined && { reporter }) } },
  )
}
