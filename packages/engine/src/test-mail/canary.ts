import { DAY, EffectId, HOUR, instant, MINUTE } from '@embargo/core'
import { effectMark } from '@embargo/mail'
import { z } from 'zod'
import type { RunningEngine } from '../engine.ts'
import type { Outages } from '../health/outages.ts'
import type { MailOut } from '../ports/mail-out.ts'
import type { Settings } from '../ports/settings.ts'
import { safeError } from '../shared/safe-error.ts'
import { realSleep } from '../shared/signal.ts'
import type { Sleep } from '../shared/signal.ts'
import { findTestMail, sendTestMail } from './test-mail.ts'

export type CanaryOptions = {
  readonly engine: RunningEngine
  readonly mailOut: MailOut
  readonly settings: Settings
  readonly outages: Outages
  readonly sleep?: Sleep
}

const LOOK_AGAIN_MS = 5 * MINUTE

/**
 * A test mail that takes longer counts as lost. Such a delay is as bad as a loss for people who wait for an answer to
 * their mail.
 */
const LOST_AFTER_MS = HOUR

/** The setting with the last test mail, so a restart sends no second one. */
const SETTING = 'canary'
const LastTest = z.object({
  id: z.string(),
  at: z.number().transform(instant),
  from: z.string(),
  to: z.string(),
  messageId: z.string(),
  state: z.enum(['under-way', 'returned', 'lost']),
})

/**
 * If the policy says so, sends a test mail to ourselves once a day. If it does not come back, reports an outage, and
 * sends another one every hour until one comes back.
 */
export function createCanary({ engine, mailOut, settings, outages, sleep = realSleep }: CanaryOptions): {
  run(signal: AbortSignal): Promise<void>
  look(): Promise<void>
} {
  const { deps } = engine

  async function look(): Promise<void> {
    if (deps.policy.policy.intake.canary !== 'daily') return
    const read = LastTest.safeParse(await settings.read(SETTING))
    const last = read.success ? read.data : undefined
    const now = deps.clock.now()
    if (last?.state === 'under-way') {
      if ((await findTestMail(deps, last)) !== undefined) {
        outages.resolve({ outside: 'mail', what: 'return', by: 'connection' })
        await settings.write(SETTING, { ...last, state: 'returned' })
      } else if (now - last.at > LOST_AFTER_MS) {
        outages.report({ outside: 'mail', what: 'return', by: 'connection', why: WHY })
        await settings.write(SETTING, { ...last, state: 'lost' })
      }
      return
    }
    if (last !== undefined && now - last.at < (last.state === 'lost' ? HOUR : DAY)) return
    const sent = await sendTestMail(deps, mailOut, effectMark(EffectId.parse(`${SETTING}/${now}`)))
    if (sent !== undefined) await settings.write(SETTING, { ...sent, state: 'under-way' })
  }

  return {
    look,
    async run(signal) {
      while (!signal.aborted) {
        // If the relay does not accept the test mail, no outage is reported here. A relay that does not work is
        // reported when letters cannot be sent.
        await look().catch((error: unknown) => deps.log.warn('the test mail of the day failed', safeError(error)))
        await sleep(LOOK_AGAIN_MS, signal)
      }
    },
  }
}

const WHY =
  'The daily test mail to our own address did not arrive within an hour. Find out where it is: embargo doctor mail'
