import { CommandId } from '@embargo/core'
import type { Effect, Outcome, StreamId } from '@embargo/core'
import { effectHash } from '../projections/effect-ends.ts'
import type { CommandExtras } from '../commands/command.ts'
import type { ClaimedEffect } from '../ports/outbox.ts'
import type { EffectResult, DispatchContext } from './context.ts'
import { bindEffect } from './effects/index.ts'
import { LEASE_MS } from './limits.ts'

/** Records the outcome of an effect by a command. The same transaction finishes the effect's row in the outbox. */
export async function recordOutcome(
  performing: DispatchContext,
  claimed: ClaimedEffect,
  performed: EffectResult,
): Promise<void> {
  const { engine, worker } = performing
  const { deps } = engine
  const { effect } = claimed
  const { outcome, evidence } = performed
  if (outcome.is === 'done') {
    await deps.outbox.done(effect.id, worker, evidence)
    return
  }
  if (outcome.is === 'parked' && (await tellsOfParking(performing, effect))) {
    // This effect itself announces a parked effect. Its failure is not announced in turn, because that could go on
    // without end.
    deps.log.error('a parked effect could not be announced', { effect: effect.id, kind: effect.kind })
    await deps.outbox.done(effect.id, worker, `could not be announced: ${evidence}`)
    return
  }
  const answer = await deps.handle(
    {
      commandId: await outcomeId(performing, claimed, outcome),
      actor: { kind: 'system', part: 'dispatcher' },
      at: deps.clock.now(),
      request: {
        verb: 'record-outcome',
        stream: streamFor(effect, outcome),
        effect: effect.id,
        outcome: outcome.is === 'parked' ? { ...outcome, ...bindEffect(effect).parked() } : outcome,
      },
    },
    { settles: { effect: effect.id, as: settledAs(outcome), evidence } },
  )
  if (!answer.ok)
    deps.log.warn('an outcome was refused', { effect: effect.id, outcome: outcome.is, gate: answer.refusal.gate })
  // Another worker recorded the outcome first, and the transaction of that worker finished the row. But a person may
  // since have requested that the effect is sent again. Then the row is open again and must be finished here.
  if (answer.repeated) await deps.outbox.done(effect.id, worker, evidence)
}

// The outcome for a card or a channel is recorded in the log of its case. A release has a card in the channel of each
// of its cases.
const streamFor = (effect: Effect, { is }: Outcome): StreamId =>
  is === 'card-placed' || is === 'channel-opened' || is === 'channel-archived' ? effect.case : effect.stream

async function tellsOfParking({ engine }: DispatchContext, effect: Effect): Promise<boolean> {
  if (!bindEffect(effect).announces) return false
  const recorded = await engine.deps.states.event(effect.stream, effect.event)
  return recorded?.event.type === 'EffectParked'
}

function settledAs(outcome: Exclude<Outcome, { is: 'done' }>): NonNullable<CommandExtras['settles']>['as'] {
  if (outcome.is === 'parked') return 'parked'
  return outcome.is === 'mail-failed' ? 'failed' : 'done'
}

/**
 * Gives the same id to the same outcome, so two workers record it only once. But an outcome can happen again. For
 * example, if a mail bounced and a person requests that it is sent again, the relay accepts it a second time. Only the
 * worker that holds the effect's row can tell a new outcome from a repeated one.
 */
async function outcomeId(performing: DispatchContext, claimed: ClaimedEffect, outcome: Outcome): Promise<CommandId> {
  const { effect, attempt } = claimed
  const { engine, worker, random, monotonic } = performing
  const { events, outbox } = engine.deps
  const base = `outcome:${effectHash(effect.id)}:${outcome.is}`
  if (outcome.is === 'parked' || outcome.is === 'mail-failed')
    return CommandId.parse(`${base}:${attempt}:${random().toString(36).slice(2)}`)
  let id = CommandId.parse(base)
  if (outcome.is !== 'mail-accepted') return id
  for (let time = 2; (await events.handled(id)) !== undefined; time += 1) {
    if (!(await outbox.renew(effect.id, worker, monotonic(), LEASE_MS))) return id
    id = CommandId.parse(`${base}:${time}`)
  }
  return id
}
