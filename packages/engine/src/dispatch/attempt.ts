import { assertNever, CommandId } from '@embargo/core'
import type { Effect, Outcome } from '@embargo/core'
import { keptTranscript } from './effects/archive-channel.ts'
import { perform } from './effects/index.ts'
import { OutsideError } from '../ports/chat-platform.ts'
import type { ClaimedEffect } from '../ports/outbox.ts'
import { safeError } from '../shared/safe-error.ts'
import type { OutsideName } from '../health/outages.ts'
import { decideRetry } from './retry-policy.ts'
import type { Attempt, Performed, Performing } from './context.ts'
import { FIRST_BACKOFF_MS, LEASE_MS, MOST_REASON, MOST_RETRY_AFTER_MS, RENEW_MS } from './limits.ts'
import { hasPriorOutcome } from './prior-outcome.ts'
import { recordOutcome } from './record-outcome.ts'
import { loadSituation } from './situation.ts'
import { AlreadyEnded, LeaseLost, PossiblySent, NotNeeded } from './effect-errors.ts'

/** One attempt from claim to outcome. Throws only when the outcome could not be written: then the lease runs out. */
export async function performEffect(performing: Performing, claimed: ClaimedEffect): Promise<void> {
  const { effect } = claimed
  const over = new AbortController()
  const renewing = renew(performing, effect, over.signal)
  try {
    await attempt(performing, claimed)
  } finally {
    over.abort()
    await renewing
  }
}

async function attempt(performing: Performing, claimed: ClaimedEffect): Promise<void> {
  const { effect } = claimed
  const progress: Progress = { begun: false }
  let performed: Performed
  try {
    performed = await perform(await contextOf(performing, claimed, progress), effect)
  } catch (error) {
    if (error instanceof AlreadyEnded) return endedBefore(performing, claimed)
    if (!progress.begun && mayHaveGone(claimed))
      return park(
        performing,
        claimed,
        true,
        'The program stopped while this was leaving, so it may or may not have gone.',
      )
    if (!(error instanceof NotNeeded)) return failed(performing, claimed, error, progress)
    performed = { outcome: notNeeded(claimed, error.message), evidence: error.message }
  }
  if (progress.begun) worked(performing, effect)
  await performing.crashPoint?.('after-outside-before-record', effect)
  await recordOutcome(performing, claimed, performed)
  await performing.crashPoint?.('after-record', effect)
}

/** A mail that nobody needs any more is told as withdrawn; one that may have left before is not. */
const notNeeded = ({ effect, inDoubt }: ClaimedEffect, because: string): Outcome =>
  effect.kind === 'send-mail' && !inDoubt
    ? { is: 'mail-withdrawn', letter: effect.letter, to: effect.to, because }
    : { is: 'done' }

/** An earlier attempt may have gone, and such an effect is never repeated without a person. */
const mayHaveGone = ({ effect, inDoubt }: ClaimedEffect): boolean => inDoubt && effect.doubt === 'park'

async function endedBefore({ engine, worker }: Performing, { effect }: ClaimedEffect): Promise<void> {
  const { outbox, log } = engine.deps
  log.error('an effect that had ended was pending in the outbox: somebody wrote into the database', {
    effect: effect.id,
    kind: effect.kind,
  })
  await outbox.done(effect.id, worker, 'The log has how it ended.')
}

function worked({ outages, breaker }: Performing, effect: Effect): void {
  breaker.worked(effect)
  const outside = outsideOf(effect)
  if (outages === undefined || outside === undefined) return
  outages.resolve({ outside, what: 'all', by: 'effect' })
  if (effect.kind === 'open-channel') outages.resolve({ outside, what: 'opening', by: 'effect' })
  outages.resolve({ outside, what: 'channel', of: effect.case, by: 'effect' })
}

/** What no effect can do there is told where people look: at once where a person must turn a switch. */
function met({ outages }: Performing, effect: Effect, error: unknown): void {
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

const outsideOf = ({ capability }: Effect): OutsideName | undefined => (capability === 'clock' ? undefined : capability)

type Progress = {
  begun: boolean
  /** The case's channel, where this attempt uses it: another may have taken its place by the time it fails. */
  channel?: string
}

async function contextOf(performing: Performing, claimed: ClaimedEffect, progress: Progress): Promise<Attempt> {
  const { engine, worker, monotonic, crashPoint, chat, mailOut, presenter, shown } = performing
  const { deps } = engine
  const { effect } = claimed
  const { loaded, ...situation } = await loadSituation(deps, effect)
  if (await hasPriorOutcome(deps, effect, loaded)) throw new AlreadyEnded()
  if (mayHaveGone(claimed)) throw new PossiblySent()
  const channel = usesChannel(effect) ? situation.world.case?.channels[effect.platform]?.channel : undefined
  if (channel !== undefined) progress.channel = channel
  return {
    ...situation,
    policy: deps.policy,
    now: deps.clock.now(),
    lookUp: claimed.inDoubt && effect.doubt === 'look-up',
    mayHaveGone: claimed.inDoubt,
    ...(claimed.rendered && { rendered: claimed.rendered }),
    deps,
    outside: { chat, presenter, ...(mailOut && { mailOut }) },
    shown,
    async keepRendered(bytes) {
      if (!(await deps.outbox.keepRendered(effect.id, worker, bytes))) throw new LeaseLost()
    },
    async begin() {
      await crashPoint?.('before-effect', effect)
      if (!(await deps.outbox.begin(effect.id, worker, monotonic(), LEASE_MS))) throw new LeaseLost()
      progress.begun = true
    },
  }
}

async function failed(
  performing: Performing,
  claimed: ClaimedEffect,
  error: unknown,
  { begun, channel }: Progress,
): Promise<void> {
  const { engine, worker, monotonic, random, rateLimits } = performing
  const { outbox, log } = engine.deps
  const { effect, attempt, inDoubt } = claimed
  if (await channelIsGone(performing, effect, error, channel)) {
    // What waits to be said goes into the next channel, or nowhere where none is asked for.
    const notBeforeMs = monotonic() + FIRST_BACKOFF_MS
    const because = 'The channel is gone.'
    await outbox.putBack(effect.id, worker, { notBeforeMs, because, counts: true, inDoubt: false })
    return
  }
  const awayForMs = awayFor(performing, effect, error)
  const next = decideRetry({
    effect,
    error,
    attempt,
    inDoubt,
    begun,
    random,
    ...(awayForMs !== undefined && { awayForMs }),
  })
  // What a person must do is said in words: on a platform that is away, the log is the only place for them.
  const why = error instanceof OutsideError && (error.forAPerson || error.away) ? { why: error.message } : {}
  log.warn('an effect failed', {
    effect: effect.id,
    kind: effect.kind,
    attempt,
    next: next.do,
    ...safeError(error),
    ...why,
  })
  met(performing, effect, error)
  if (next.do === 'again' && awayForMs === undefined && error instanceof OutsideError && error.forAll)
    rateLimits.hold(effect, monotonic() + next.delayMs)
  switch (next.do) {
    case 'nothing':
      return
    case 'again': {
      const { delayMs, because, counts } = next
      const again = { notBeforeMs: monotonic() + delayMs, because, counts, inDoubt: next.inDoubt }
      await outbox.putBack(effect.id, worker, again)
      return
    }
    case 'park':
      await park(performing, claimed, next.doubt, next.because)
      return
    case 'fail':
      await fail(performing, claimed, next.because)
  }
}

/** How long everything that is to be done there waits; undefined where the outside is there, or says nothing of itself. */
function awayFor({ breaker, monotonic }: Performing, effect: Effect, error: unknown): number | undefined {
  if (!(error instanceof OutsideError)) return undefined
  if (!error.away) {
    // One that did not get through says nothing of the others.
    if (error.code === 'refused' || error.code === 'rate-limited') breaker.worked(effect)
    return undefined
  }
  const nowMs = monotonic()
  const retryAfterMs = error.retryAfterMs === undefined ? undefined : Math.min(error.retryAfterMs, MOST_RETRY_AFTER_MS)
  const found = breaker.failed(effect, { nowMs, retryAfterMs })
  return found.counts ? undefined : Math.max(1, found.untilMs - nowMs)
}

type InChannel = Extract<Effect, { kind: 'post' | 'place-card' | 'update-card' | 'invite' | 'remove' }>

/** What is done in the case's present channel, whichever that is by then. */
const usesChannel = (effect: Effect): effect is InChannel => {
  switch (effect.kind) {
    case 'post':
    case 'place-card':
    case 'update-card':
    case 'invite':
      return true
    case 'remove':
      return effect.channel === undefined
    case 'open-channel':
    case 'archive-channel':
    case 'keep-talk':
    case 'tell-team':
    case 'send-mail':
      return false
    default:
      return assertNever(effect)
  }
}

/** The first to find out tells the case: nobody may have told us when we were not running. */
async function channelIsGone(
  { engine }: Performing,
  effect: Effect,
  error: unknown,
  attempted: string | undefined,
): Promise<boolean> {
  if (!(error instanceof OutsideError) || error.gone === undefined) return false
  if (!usesChannel(effect) || attempted === undefined) return false
  const { deps } = engine
  const state = await engine.queries.state(effect.case)
  const known = state?.kind === 'case' ? state.channels[effect.platform] : undefined
  // Another has taken its place already, and the next attempt uses that.
  if (known?.channel !== attempted) return true
  const waits = effect.kind === 'post' || effect.kind === 'place-card'
  const answer = await deps.handle({
    commandId: CommandId.parse(`gone:${effect.case}:${effect.platform}:${state?.version}`),
    actor: { kind: 'system', part: 'chat' },
    at: deps.clock.now(),
    request: {
      verb: 'notice-channel',
      case: effect.case,
      platform: effect.platform,
      channel: attempted,
      what: error.gone,
      ...(waits && { waits: true }),
    },
  })
  return answer.ok
}

async function park(performing: Performing, claimed: ClaimedEffect, doubt: boolean, because: string): Promise<void> {
  const reason = because.slice(0, MOST_REASON)
  await nameTalk(performing, claimed)
  await recordOutcome(performing, claimed, { outcome: { is: 'parked', doubt, because: reason }, evidence: reason })
}

/** A channel that a person closes by hand is read no more: what this attempt has kept of it is in the log by then. */
async function nameTalk({ engine: { deps } }: Performing, { effect }: ClaimedEffect): Promise<void> {
  if (effect.kind !== 'archive-channel') return
  const outcome = keptTranscript(effect, (await deps.outbox.find(effect.id))?.rendered)
  if (outcome === undefined) return
  await deps.handle({
    commandId: CommandId.parse(`talk:${effect.case}:${effect.platform}:${effect.channel}:${outcome.transcript.sha256}`),
    actor: { kind: 'system', part: 'dispatcher' },
    at: deps.clock.now(),
    request: { verb: 'record-outcome', stream: effect.case, effect: effect.id, outcome },
  })
}

async function fail(performing: Performing, claimed: ClaimedEffect, because: string): Promise<void> {
  const { effect } = claimed
  const reason = because.slice(0, MOST_REASON)
  if (effect.kind !== 'send-mail') return park(performing, claimed, false, reason)
  const { letter, to } = effect
  await recordOutcome(performing, claimed, {
    outcome: { is: 'mail-failed', letter, to, because: reason },
    evidence: reason,
  })
}

/** Keeps the lease while the attempt runs; a renewal that fails once is tried again before the lease ends. */
async function renew(
  { engine, worker, monotonic, sleep }: Performing,
  effect: Effect,
  over: AbortSignal,
): Promise<void> {
  const { outbox, log } = engine.deps
  for (;;) {
    await sleep(RENEW_MS, over)
    if (over.aborted) return
    try {
      if (!(await outbox.renew(effect.id, worker, monotonic(), LEASE_MS))) {
        log.warn('a lease was lost while its effect was running', { effect: effect.id, kind: effect.kind })
        return
      }
    } catch (error) {
      log.warn('a lease could not be renewed', { effect: effect.id, ...safeError(error) })
    }
  }
}
