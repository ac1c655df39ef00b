import { CommandId } from '@embargo/core'
import type { Answered } from './engine.ts'
import type { RunningEngine } from './create-engine.ts'
import { GIVE_UP_AFTER, MAILS_AT_ONCE, PAUSE_AFTER_FAILURE_MS, POLL_MS } from './intake/limits.ts'
import { placeAsNew, placeMail } from './intake/place-mail.ts'
import type { Placement } from './intake/place-mail.ts'
import { placeOf } from './place-of.ts'
import type { SpooledMail } from './ports/mail-spool.ts'
import { createBell, firstOf, realSleep } from './waking.ts'
import type { Sleep } from './waking.ts'

export type Intake = { run(signal: AbortSignal): Promise<void> }

/** Where a test may stop the program: before a placed mail is committed to its case, and right after. */
export type IntakeCrashPoint = 'mail-placed-before-case' | 'mail-in-case'

export type IntakeOptions = {
  readonly engine: RunningEngine
  readonly sleep?: Sleep
  readonly crashPoint?: (name: IntakeCrashPoint) => Promise<void>
}

/**
 * Brings stored mails to their cases. A mail is taken once: its command carries its id, and the transaction that takes
 * it in marks it.
 */
export function createIntake({ engine, sleep = realSleep, crashPoint }: IntakeOptions): Intake {
  const { spool, log } = engine.inside
  const bell = createBell()

  /** True when the spool may hold more; a failure is a reason to pause. */
  async function round(): Promise<'more' | 'empty' | 'failed'> {
    const mails = await spool.waiting(MAILS_AT_ONCE)
    let failed = false
    for (const mail of mails) {
      await take(engine, mail, crashPoint).catch((error: unknown) => {
        failed = true
        log.error('a mail could not be taken in and stays in the spool', { message: mail.id, ...placeOf(error) })
      })
    }
    if (failed) return 'failed'
    return mails.length > 0 ? 'more' : 'empty'
  }

  return {
    async run(signal) {
      const unsubscribe = spool.onStore(() => bell.ring())
      try {
        while (!signal.aborted) {
          const left = await round().catch((error: unknown) => {
            log.error('the mail spool could not be read', placeOf(error))
            return 'failed' as const
          })
          if (left === 'empty')
            await firstOf(
              signal,
              (stop) => bell.rung(stop),
              (stop) => sleep(POLL_MS, stop),
            )
          if (left === 'failed') await sleep(PAUSE_AFTER_FAILURE_MS, signal)
        }
      } finally {
        unsubscribe()
      }
    },
  }
}

async function take(engine: RunningEngine, mail: SpooledMail, crashPoint: IntakeOptions['crashPoint']): Promise<void> {
  const { inside } = engine
  const attempt = await inside.spool.attempt(mail.id)
  if (attempt > GIVE_UP_AFTER) {
    // Even its bare bytes found no place. It is kept and listed; going on would hold up every other mail.
    inside.log.error('a mail found no place and was set aside', { message: mail.id, attempt })
    await inside.spool.setAside(mail.id, 'it could not be taken in; the log says why')
    return
  }
  const placement = await placeMail(inside, mail, attempt)
  await crashPoint?.('mail-placed-before-case')
  const answer = await carryOut(engine, mail, placement, '')
  if (answer?.ok === false) await carryOut(engine, mail, await placeAsNew(inside, mail), ':new')
  await crashPoint?.('mail-in-case')
}

async function carryOut(
  { inside }: RunningEngine,
  mail: SpooledMail,
  placement: Placement,
  suffix: string,
): Promise<Answered | undefined> {
  if (placement.is === 'aside') {
    await inside.spool.setAside(mail.id, placement.because)
    // It opens no case (RFC 3834), and must not vanish either: whoever watches the log looks at it.
    inside.log.warn('a mail opened no case and is kept; "embargo mail" lists it', {
      message: mail.id,
      because: placement.because,
    })
    return undefined
  }
  const { request, reporter } = placement
  return inside.handle(
    {
      commandId: CommandId.parse(`mail:${mail.id}${suffix}`),
      actor: { kind: 'system', part: 'mail' },
      at: inside.clock.now(),
      request,
    },
    { mail: { message: mail.id, ...(reporter !== undefined && { reporter }) } },
  )
}
