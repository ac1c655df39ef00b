import type { EffectId, RecordedEvent } from '@embargo/core'
import { createHash } from 'node:crypto'

/**
 * How many hexadecimal digits of an effect id's hash are used. The outcome of an effect can cause another effect, whose
 * id names the first. A hash keeps such ids from growing without end.
 */
const DIGITS = 40

/**
 * The hash of an effect's id. When the dispatcher records an outcome of the effect, the id of the command contains this
 * hash.
 */
export const effectHash = (effect: EffectId): string =>
  createHash('sha256').update(effect).digest('hex').slice(0, DIGITS)

/**
 * For each effect, by its hash: `ended` if the log says that the effect ended, `again` if a person later had the effect
 * performed again.
 */
export type EffectEnds = ReadonlyMap<string, 'ended' | 'again'>

export const NO_ENDS: EffectEnds = new Map()

const OUTCOME_COMMAND = /^outcome:([0-9a-f]+):/u

export function withEffectEnds(ends: EffectEnds, recorded: readonly RecordedEvent[]): EffectEnds {
  const found = recorded.flatMap(({ commandId, event }): readonly (readonly [string, 'ended' | 'again'])[] => {
    if (event.type === 'DoubtSettled')
      return [[effectHash(event.effect), event.outcome === 'again' ? 'again' : 'ended'] as const]
    const name = OUTCOME_COMMAND.exec(commandId)?.[1]
    return name === undefined ? [] : [[name, 'ended'] as const]
  })
  return found.length === 0 ? ends : new Map([...ends, ...found])
}
