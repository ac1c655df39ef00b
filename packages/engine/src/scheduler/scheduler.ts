import { asKnown, CommandId, earliest, later, MINUTE } from '@embargo/core'
import type { Instant, StreamId } from '@embargo/core'
import type { RunningEngine } from '../engine.ts'
import type { DomainClock } from '../domain.ts'
import { arrange } from '../projections/world.ts'
import { orphanedCases } from '../health/orphaned-cases.ts'
import { safeError } from '../shared/safe-error.ts'
import { rowsOf } from '../projections/case-rows.ts'
import { refreshReadModels } from '../projections/refresh.ts'
import type { StalledClocks } from '../health/stalled-clocks.ts'
import { createNotifier, firstOf } from '../shared/signal.ts'

/** Lines in one page of the list of cases. */
const ROWS_AT_ONCE = 500

/** Another process may have started a clock that is due earlier than those known here. */
const LOOK_AGAIN_MS = MINUTE

/** What is told this long after its time was missed: a stop of less, or a sleep of the machine, takes nobody's answer away. */
const MISSED_AFTER_MS = 10 * MINUTE

export type Scheduler = { run(signal: AbortSignal): Promise<void> }

/** Where a test may stop the program: a clock is due and not told, and right after it was told. */
export type SchedulerCrashPoint = 'clock-due-before-told' | 'clock-told'

export type SchedulerOptions = {
  readonly engine: RunningEngine
  readonly crashPoint?: (name: SchedulerCrashPoint) => Promise<void>
  /** Learns in which cases nothing is told, so that people can be told of that. */
  readonly stalledClocks?: StalledClocks
}

/**
 * Tells clocks that are due. It holds no lock and needs no leader: the ids of its commands say which clock, round and
 * fraction, so a second scheduler repeats and changes nothing. A case that cannot be read, or in which a command fails,
 * stops no other: it is tried again with each look.
 */
export function createScheduler({ engine, crashPoint, stalledClocks }: SchedulerOptions): Scheduler {
  const { clock, readModels, log, onCommit } = engine.deps
  const notifier = createNotifier()
  let waitingFor: Instant | undefined
  /** Since when clocks could be told; nothing while the database cannot be reached. */
  let upSince: Instant | undefined
  /** When this was last seen at work. */
  let awakeAt: Instant | undefined
  /** In which cases nothing could be told at the last look, and since when. */
  const troubled = new Map<StreamId, Instant>()

  /** A machine that sleeps, or is halted, stops nothing that could start anew: the time that is missing tells of it. */
  function awake(): Instant {
    const now = clock.now()
    if (awakeAt !== undefined && now - awakeAt > MISSED_AFTER_MS) upSince = undefined
    awakeAt = now
    return now
  }

  /** All that is due is looked at before anything is told: after a long stop what harms most may be the last that came due. */
  async function look(signal: AbortSignal): Promise<Instant> {
    const now = awake()
    const since = (upSince ??= now)
    const failed = new Set<StreamId>()
    const trying = (stream: StreamId): Trying => tried(engine, stream, () => failed.add(stream))
    const streams = await readModels.due(now)
    const due: Due[] = []
    for (const stream of streams) {
      if (signal.aborted) return now
      due.push(...((await trying(stream)(() => dueIn(engine, stream, now))) ?? []))
      awake()
    }
    let told = 0
    for (const one of due.toSorted((a, b) => a.priority - b.priority)) {
      if (signal.aborted) return now
      const { stream } = one
      const heardSince = troubled.has(stream) ? now : since
      const missed = one.at < heardSince && now - one.at > MISSED_AFTER_MS
      await crashPoint?.('clock-due-before-told')
      if ((await trying(stream)(() => fire(engine, one, missed))) === true) told += 1
      await crashPoint?.('clock-told')
      awake()
    }
    if (told === 0)
      for (const stream of streams) {
        if (signal.aborted) return now
        if (!failed.has(stream)) await trying(stream)(() => refreshRow(engine, stream))
      }
    noteTroubled(failed, now)
    if (told > 0) return now
    const next = await readModels.nextDue()
    const again = later(now, LOOK_AGAIN_MS)
    // What stays due although nothing was told is looked at again later, not at once.
    return next === undefined || next <= now ? again : earliest(next, again)
  }

  function noteTroubled(failed: ReadonlySet<StreamId>, now: Instant): void {
    for (const stream of troubled.keys()) {
      if (failed.has(stream)) continue
      troubled.delete(stream)
      stalledClocks?.delete(stream)
      log.info('the clocks of a case run again', { stream })
    }
    for (const stream of failed) {
      const first = troubled.get(stream) ?? now
      troubled.set(stream, first)
      // What a database lacks for a moment is no news.
      if (now - first >= LOOK_AGAIN_MS) stalledClocks?.add(stream)
    }
  }

  return {
    async run(signal) {
      const unsubscribe = onCommit((rows) => {
        if (rows.some(({ nextDue }) => nextDue !== undefined && (waitingFor === undefined || nextDue < waitingFor)))
          notifier.notify()
      })
      let anew = Promise.resolve()
      const beside = (work: () => Promise<void>): void => {
        anew = anew.then(work).catch((error: unknown) => {
          log.error('the list of cases could not be reckoned anew', safeError(error))
        })
      }
      // Who looks after a case, and who may see it, are others when somebody is another: a leaver of a group is a leaver.
      const unheard = engine.deps.people.onChange(() =>
        beside(async () => {
          await refreshOpen(engine, signal)
          notifier.notify()
        }),
      )
      try {
        await refreshOrphaned(engine).catch((error: unknown) => {
          log.error('the cases of who left the policy could not be looked at', safeError(error))
        })
        // Beside the clocks, which must not wait for it: with many cases it takes its time.
        beside(() => refreshReadModels(engine, signal))
        while (!signal.aborted) {
          const until = await look(signal).catch((error: unknown) => {
            log.error('the clocks could not be looked at', safeError(error))
            upSince = undefined
            return later(clock.now(), LOOK_AGAIN_MS)
          })
          waitingFor = until
          await firstOf(
            signal,
            (stop) => clock.wait(until, stop),
            (stop) => notifier.wait(stop),
          )
          waitingFor = undefined
        }
      } finally {
        unsubscribe()
        unheard()
        // Whoever stops us closes the database next.
        await anew
      }
    },
  }
}

/** No more than what names it: after a long stop there are many. */
type Due = Pick<DomainClock, 'clock' | 'stream' | 'round'> & {
  readonly fraction: number
  readonly at: Instant
  readonly priority: number
}

/** What is due in a stream. */
async function dueIn({ deps }: RunningEngine, stream: StreamId, now: Instant): Promise<readonly Due[]> {
  const world = asKnown(deps.policy.policy, arrange(await deps.loadWorld(stream), stream))
  return deps.domain.clocks(deps.policy.policy, world).flatMap((running) => {
    const last = running.stream === stream ? lastDue(running, now) : undefined
    if (last === undefined) return []
    const { clock, round } = running
    return [{ clock, stream, round, ...last, priority: deps.domain.priorityOf?.(world, running) ?? 0 }]
  })
}

type Trying = <T>(work: () => Promise<T>) => Promise<T | undefined>

/** What fails in one case is logged with its number, and is no reason to leave the others. */
const tried =
  ({ deps }: RunningEngine, stream: StreamId, failed?: () => void): Trying =>
  async (work) => {
    try {
      return await work()
    } catch (error) {
      failed?.()
      deps.log.error('the clocks of a case could not be looked at', { stream, ...safeError(error) })
      return undefined
    }
  }

// After a long stop several moments of one clock are past: people hear of the last one only.
function lastDue({ moments }: DomainClock, now: Instant): Pick<Due, 'fraction' | 'at'> | undefined {
  return moments
    .filter(({ at }) => at <= now)
    .toSorted((a, b) => a.fraction - b.fraction)
    .at(-1)
}

async function fire({ deps }: RunningEngine, due: Due, missed: boolean): Promise<boolean> {
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

async function refreshOpen(engine: RunningEngine, signal: AbortSignal): Promise<void> {
  const { readModels } = engine.deps
  for (let offset = 0; !signal.aborted; offset += ROWS_AT_ONCE) {
    const { rows, more } = await readModels.cases({ open: true, limit: ROWS_AT_ONCE, offset })
    for (const { stream } of rows) await tried(engine, stream)(() => refreshRow(engine, stream))
    if (!more) return
  }
}

/** Their next moment was reckoned under another policy. */
async function refreshOrphaned(engine: RunningEngine): Promise<void> {
  for (const stream of await orphanedCases(engine.deps)) await tried(engine, stream)(() => refreshRow(engine, stream))
}

// The line says that something is due and the policy of today says that nothing is: an old line would hide the others.
async function refreshRow({ deps }: RunningEngine, stream: StreamId): Promise<void> {
  const row = rowsOf(deps, await deps.loadWorld(stream)).find((each) => each.stream === stream)
  if (row !== undefined) await deps.readModels.replace(row)
}
