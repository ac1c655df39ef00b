import { CommandId } from '@embargo/core'
import type { Deps } from '../deps.ts'
import { effectHash } from '../projections/effect-ends.ts'
import { safeError } from '../shared/safe-error.ts'
import type { DamagedEffect } from '../ports/outbox.ts'

const BECAUSE =
  'What should have been done here cannot be read: somebody wrote into the database. "embargo audit verify" names what is damaged.'

/**
 * If an effect cannot be read, sets the effect aside until a person decides about it, and tells the people of its case.
 */
export async function reportDamage(deps: Deps, { effect, stream }: DamagedEffect, random: () => number): Promise<void> {
  try {
    await deps.handle({
      // The id is random. A person may request that the effect is sent again. If it is still damaged then, it must be
      // reported again.
      commandId: CommandId.parse(`outcome:${effectHash(effect)}:damaged:${random().toString(36).slice(2)}`),
      actor: { kind: 'system', part: 'dispatcher' },
      at: deps.clock.now(),
      request: {
        verb: 'record-outcome',
        stream,
        effect,
        outcome: { is: 'parked', doubt: true, because: BECAUSE },
      },
    })
  } catch (error) {
    deps.log.error('a damaged effect could not be recorded in its case', { effect, ...safeError(error) })
  }
}
