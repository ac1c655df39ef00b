import type { EffectId, Recorded } from '@embargo/core'
import { createHash } from 'node:crypto'

/** Hexadecimal digits of an effect id's hash. Effects that follow from outcomes would else grow their ids without end. */
const DIGITS = 40

/** What an effect is called in the ids of the commands that record how it ended. */
export const effectHash = (effect: EffectId): string =>
  createHash('sha256').update(effect).digest('hex').slice(0, DIGITS)

/** By the names of effects: whether the log has how one ended, or that a person sends it again since. */
export type EffectEnds = ReadonlyMap<string, 'ended' | 'again'>

export const NO_ENDS: EffectEnds = new Map()

const OUTCOME_COMMAND = /^outcome:([0-9a-f]+):/u

export function withEffectEnds(ends: EffectEnds, recorded: readonly Recorded[]): EffectEnds {
  const found = recorded.flatMap(({ commandId, event }): readonly (readonly [string, 'ended' | 'again'])[] => {
    if (event.type === 'DoubtSettled')
      return [[effectHash(event.effect), event.outcome === 'again' ? 'again' : 'ended'] as const]
    const name = OUTCOME_COMMAND.exec(commandId)?.[1]
    return name === undefined ? [] : [[name, 'ended'] as const]
  })
  return found.length === 0 ? ends : new Map([...ends, ...found])
}
