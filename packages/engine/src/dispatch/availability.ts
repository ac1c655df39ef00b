import { TARGET_NAMES } from '@embargo/core'
import type { Capability, Effect, TargetName } from '@embargo/core'
import type { OutsideName } from '../health/outages.ts'
import { OutsideError } from '../ports/chat-platform.ts'
import type { DispatchContext } from './context.ts'
import { bindEffect } from './effects/index.ts'
import { MAX_RETRY_AFTER_MS } from './limits.ts'

/** Records that the external service answered, whatever the answer was. */
export function reportSuccess({ outages, breaker }: DispatchContext, effect: Effect): void {
  breaker.worked(effect)
  const outside = outsideOf(effect)
  if (outages === undefined || outside === undefined) return
  outages.resolve({ outside, what: 'all', by: 'effect' })
  if (bindEffect(effect).opensChannel) outages.resolve({ outside, what: 'opening', by: 'effect' })
  outages.resolve({ outside, what: 'channel', of: effect.case, by: 'effect' })
}

/**
 * Reports an outage if the failure shows that other effects for the same service would fail too. If a person must
 * change a setting, people are told at once.
 */
export function reportFailure({ outages }: DispatchContext, effect: Effect, error: unknown): void {
  const outside = outsideOf(effect)
  if (outages === undefined || outside === undefined || !(error instanceof OutsideError)) return
  const { code, forAPerson, forAll, noRoom, gone, away, message: why } = error
  const limited = code === 'rate-limited'
  if (away || limited)
    return outages.report({ outside, what: 'all', why, by: 'effect', passing: limited || !forAPerson })
  if (code !== 'refused') return
  outages.resolve({ outside, what: 'all', by: 'effect' })
  if (!forAPerson) return
  if (forAll) outages.report({ outside, what: noRoom ? 'opening' : 'all', why, by: 'effect' })
  else if (gone === undefined) outages.report({ outside, what: 'channel', of: effect.case, why, by: 'effect' })
}

/**
 * A failing target of a publication is not reported as an outage, because the card of the publication shows what is
 * wrong.
 */
const isTarget = (capability: Capability): capability is TargetName => TARGET_NAMES.some((one) => one === capability)

/** The effects of practice cases use no external service. */
const outsideOf = ({ capability }: Effect): OutsideName | undefined =>
  capability === 'clock' || capability === 'practice' || isTarget(capability) ? undefined : capability

/**
 * How long all effects for this service must wait. Undefined if the failure shows that the service can be reached, or
 * says nothing about that.
 */
export function awayFor({ breaker, monotonic }: DispatchContext, effect: Effect, error: unknown): number | undefined {
  if (!(error instanceof OutsideError)) return undefined
  if (!error.away) {
    // These answers show that the service can be reached, so the other effects need not wait.
    if (error.code === 'refused' || error.code === 'rate-limited') breaker.worked(effect)
    return undefined
  }
  const nowMs = monotonic()
  const retryAfterMs = error.retryAfterMs === undefined ? undefined : Math.min(error.retryAfterMs, MAX_RETRY_AFTER_MS)
  const found = breaker.failed(effect, { nowMs, retryAfterMs })
  return found.counts ? undefined : Math.max(1, found.untilMs - nowMs)
}
