import { mergeIdentities, CommandId, MINUTE } from '@embargo/core'
import type { Instant, StreamId } from '@embargo/core'
import type { Deps } from '../deps.ts'
import type { DomainClock } from '../domain.ts'
import { arrange } from '../projections/world.ts'

/**
 * How often we check without being notified: another process may have started a deadline that is due earlier than every
 * deadline that this process knows.
 */
export const LOOK_AGAIN_MS = MINUTE

/**
 * If a reminder or deadline is noticed later than this, because the program was stopped or the machine slept, it counts
 * as missed. A shorter delay is ignored, because it takes away hardly any of the time that people have to answer.
 */
export const MISSED_AFTER_MS = 10 * MINUTE

/** A due deadline. It has only a few fields, because after a long stop many due deadlines are kept in memory. */
export type DueClock = Pick<DomainClock, 'clock' | 'stream' | 'round'> & {
  readonly fraction: number
  readonly at: Instant
  readonly priority: number
}

/** The deadlines that are due in a stream. */
export async function dueIn(deps: Deps, stream: StreamId, now: Instant): Promise<readonly DueClock[]> {
  const world = mergeIdentities(deps.policy.policy, arrange(await deps.loadWorld(stream), stream))
  return deps.domain.clocks(deps.policy.policy, world).flatMap((running) => {
    const last = running.stream === stream ? lastDue(running, now) : undefined
    if (last === undefined) return []
    const { clock, round } = running
    return [{ clock, stream, round, ...last, priority: deps.domain.priorityOf?.(world, running) ?? 0 }]
  })
}

// After a long stop, several moments of one deadline may have passed: people are notified only of the last one.
function lastDue({ moments }: DomainClock, now: Instant): Pick<DueClock, 'fraction' | 'at'> | undefined {
  return moments
    .filter(({ at }) => at <= now)
    .toSorted((a, b) => a.fraction - b.fraction)
    .at(-1)
}

/** Announces a deadline that is due. Returns true if no earlier command had announced it. */
export async function fire(deps: Deps, due: DueClock, missed: boolean): Promise<boolean> {
  const { clock, stream, round, fraction } = due
  const answer = await deps.handle({
    commandId: CommandId.parse(`${stream}:${clock}:${round}:${fraction}`),
    actor: { kind: 'system', part: 'clock' },
    at: deps.clock.now(),
    request: { verb: 'fire-clock', stream, clock, round, fraction, ...(missed ? { missed } : {}) },
  })
  if (!answer.ok && !answer.repeated) deps.log.warn('a clock was refused', { stream, clock, gate: answer.refusal.gate })
  return answer.ok && !answer.repeated
}
