import { CommandId } from '@embargo/core'
import type { Effect } from '@embargo/core'
import { OutsideError } from '../ports/chat-platform.ts'
import type { ClaimedEffect } from '../ports/outbox.ts'
import { safeError } from '../shared/safe-error.ts'
import { awayFor, reportFailure } from './availability.ts'
import type { DispatchContext, Progress } from './context.ts'
import { noticeDelay } from './delay-notice.ts'
import { bindEffect } from './effects/index.ts'
import { FIRST_BACKOFF_MS, MAX_REASON } from './limits.ts'
import { recordOutcome } from './record-outcome.ts'
import { decideRetry } from './retry-policy.ts'

/** Decides what happens after an attempt threw. */
export async function handleFailure(
  performing: DispatchContext,
  claimed: ClaimedEffect,
  error: unknown,
  { begun, channel }: Progress,
): Promise<void> {
  const { engine, worker, monotonic, random, rateLimits } = performing
  const { outbox, log } = engine.deps
  const { effect, attempt, inDoubt } = claimed
  if (await channelIsGone(performing, effect, error, channel)) {
    // The post waits for the next channel. If no next channel was requested, the post is dropped.
    const notBeforeMs = monotonic() + FIRST_BACKOFF_MS
    const because = 'The channel is gone.'
    await outbox.putBack(effect.id, worker, { notBeforeMs, because, counts: true, inDoubt: false })
    return
  }
  const awayForMs = awayFor(performing, effect, error)
  const next = decideRetry({
    effect: bindEffect(effect),
    error,
    attempt,
    inDoubt,
    begun,
    random,
    ...(awayForMs !== undefined && { awayForMs }),
  })
  // The reason is logged too, because people can read it only in the log while the platform is unreachable.
  const reasonPart = error instanceof OutsideError && (error.forAPerson || error.away) ? { why: error.message } : {}
  log.warn('an effect failed', {
    effect: effect.id,
    kind: effect.kind,
    attempt,
    next: next.do,
    ...safeError(error),
    ...reasonPart,
  })
  reportFailure(performing, effect, error)
  if (next.do === 'again' && awayForMs === undefined && error instanceof OutsideError && error.forAll)
    rateLimits.hold(effect, monotonic() + next.delayMs)
  switch (next.do) {
    case 'nothing':
      return
    case 'again': {
      const { delayMs, because, counts } = next
      const again = { notBeforeMs: monotonic() + delayMs, because, counts, inDoubt: next.inDoubt }
      await outbox.putBack(effect.id, worker, again)
      await noticeDelay(performing, claimed, error)
      return
    }
    case 'park':
      await park(performing, claimed, next.doubt, next.because)
      return
    case 'fail':
      await refuse(performing, claimed, next.because)
  }
}

/**
 * Records in the case that its channel is gone. Somebody may have deleted it while the program was not running, so the
 * first effect that needs the channel records the loss.
 */
async function channelIsGone(
  { engine }: DispatchContext,
  effect: Effect,
  error: unknown,
  attempted: string | undefined,
): Promise<boolean> {
  if (!(error instanceof OutsideError) || error.gone === undefined) return false
  const { caseChannelOn: platform, waitsForNextChannel } = bindEffect(effect)
  if (platform === undefined || attempted === undefined) return false
  const { deps } = engine
  const state = await engine.queries.state(effect.case)
  const known = state?.kind === 'case' ? state.channels[platform] : undefined
  // Another channel has already replaced the channel that this attempt used. The next attempt uses the new channel.
  if (known?.channel !== attempted) return true
  const answer = await deps.handle({
    commandId: CommandId.parse(`gone:${effect.case}:${platform}:${state?.version}`),
    actor: { kind: 'system', part: 'chat' },
    at: deps.clock.now(),
    request: {
      verb: 'notice-channel',
      case: effect.case,
      platform,
      channel: attempted,
      what: error.gone,
      ...(waitsForNextChannel && { waits: true }),
    },
  })
  return answer.ok
}

/** Asks a person what happened, or what to do. */
export async function park(
  performing: DispatchContext,
  claimed: ClaimedEffect,
  doubt: boolean,
  because: string,
): Promise<void> {
  const reason = because.slice(0, MAX_REASON)
  await recordEarly(performing, claimed)
  await recordOutcome(performing, claimed, { outcome: { is: 'parked', doubt, because: reason }, evidence: reason })
}

async function recordEarly({ engine: { deps } }: DispatchContext, { effect }: ClaimedEffect): Promise<void> {
  const early = bindEffect(effect).beforeParking((await deps.outbox.find(effect.id))?.rendered)
  if (early === undefined) return
  await deps.handle({
    commandId: early.commandId,
    actor: { kind: 'system', part: 'dispatcher' },
    at: deps.clock.now(),
    request: { verb: 'record-outcome', stream: effect.case, effect: effect.id, outcome: early.outcome },
  })
}

async function refuse(performing: DispatchContext, claimed: ClaimedEffect, because: string): Promise<void> {
  const reason = because.slice(0, MAX_REASON)
  const outcome = bindEffect(claimed.effect).refused(reason)
  if (outcome === undefined) return park(performing, claimed, false, reason)
  await recordOutcome(performing, claimed, { outcome, evidence: reason })
}
