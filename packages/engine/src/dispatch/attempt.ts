import type { Outcome } from '@embargo/core'
import type { ClaimedEffect } from '../ports/outbox.ts'
import { reportSuccess } from './availability.ts'
import type { Attempt, EffectResult, DispatchContext, Progress } from './context.ts'
import { AlreadyEnded, LeaseLost, NotNeeded, PossiblySent } from './effect-errors.ts'
import { bindEffect } from './effects/index.ts'
import { handleFailure, park } from './failure.ts'
import { renewLease } from './lease.ts'
import { LEASE_MS, RENEW_MS } from './limits.ts'
import { hasPriorOutcome } from './prior-outcome.ts'
import { OVER } from '../shared/signal.ts'
import { recordOutcome } from './record-outcome.ts'
import { loadSituation } from './situation.ts'

/**
 * Makes one attempt at an effect that this worker claimed, and writes the outcome. Throws only if the outcome could not
 * be written. The effect can then be claimed again as soon as its lease ends.
 */
export async function performEffect(performing: DispatchContext, claimed: ClaimedEffect): Promise<void> {
  const { effect } = claimed
  const over = new AbortController()
  const renewing = renewLease(performing, effect, over.signal)
  try {
    await attempt(performing, claimed)
  } finally {
    over.abort(OVER)
    await renewing
  }
}

async function attempt(performing: DispatchContext, claimed: ClaimedEffect): Promise<void> {
  const { effect } = claimed
  const handler = bindEffect(effect)
  const progress: Progress = { begun: false }
  let performed: EffectResult
  try {
    performed = await handler.perform(await contextOf(performing, claimed, progress))
  } catch (error) {
    if (error instanceof AlreadyEnded) return endedBefore(performing, claimed)
    if (!progress.begun && mayHaveGone(claimed))
      return park(
        performing,
        claimed,
        true,
        'The program stopped while this was being sent, so it may or may not have been sent.',
      )
    if (!(error instanceof NotNeeded)) return handleFailure(performing, claimed, error, progress)
    const outcome: Outcome = claimed.inDoubt ? { is: 'done' } : handler.notNeeded(error.message)
    performed = { outcome, evidence: error.message }
  }
  if (progress.begun) reportSuccess(performing, effect)
  await performing.crashPoint?.('after-outside-before-record', effect)
  await recordOutcome(performing, claimed, performed)
  await performing.crashPoint?.('after-record', effect)
}

/** Whether an earlier attempt may have succeeded, for an effect that is repeated only if a person says so. */
const mayHaveGone = ({ effect, inDoubt }: ClaimedEffect): boolean => inDoubt && effect.doubt === 'park'

async function endedBefore({ engine, worker }: DispatchContext, { effect }: ClaimedEffect): Promise<void> {
  const { outbox, log } = engine.deps
  log.error('a finished effect was marked as pending again in the outbox: somebody wrote into the database', {
    effect: effect.id,
    kind: effect.kind,
  })
  await outbox.done(effect.id, worker, 'The log says how it ended.')
}

async function contextOf(performing: DispatchContext, claimed: ClaimedEffect, progress: Progress): Promise<Attempt> {
  const { engine, worker, monotonic, crashPoint, chat, mailOut, presenter, shown, targets } = performing
  const { deps } = engine
  const { effect } = claimed
  const { loaded, ...situation } = await loadSituation(deps, effect)
  if (await hasPriorOutcome(deps, effect, loaded)) throw new AlreadyEnded()
  if (mayHaveGone(claimed)) throw new PossiblySent()
  const { caseChannelOn: platform } = bindEffect(effect)
  const channel = platform === undefined ? undefined : situation.world.case?.channels[platform]?.channel
  if (channel !== undefined) progress.channel = channel
  const now = deps.clock.now()
  // Both clocks must show that little time has passed, because the monotonic clock may stop while the machine sleeps.
  const isFresh = (): boolean =>
    claimed.begunAtMs !== undefined && monotonic() - claimed.begunAtMs < RENEW_MS && deps.clock.now() - now < RENEW_MS
  return {
    ...situation,
    policy: deps.policy,
    now,
    lookUp: claimed.inDoubt && effect.doubt === 'look-up',
    mayHaveGone: claimed.inDoubt,
    ...(claimed.rendered && { rendered: claimed.rendered }),
    deps,
    outside: { chat, presenter, ...(mailOut && { mailOut }), ...(targets && { targets }) },
    shown,
    async keepRendered(bytes) {
      if (!(await deps.outbox.keepRendered(effect.id, worker, bytes))) throw new LeaseLost()
    },
    async begin(bytes) {
      await crashPoint?.('before-effect', effect)
      if (bytes === undefined && isFresh()) {
        progress.begun = true
        return
      }
      const mark = { nowMs: monotonic(), leaseMs: LEASE_MS, ...(bytes && { rendered: bytes }) }
      if (!(await deps.outbox.begin(effect.id, worker, mark))) throw new LeaseLost()
      progress.begun = true
    },
  }
}
