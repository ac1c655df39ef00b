import type { EffectHandler } from '../context.ts'
import { NotNeeded, NotYet } from '../effect-errors.ts'
import { registryOf } from './cve-registry.ts'

/**
 * Reserves a CVE id for the case. The service stores no reference of ours, so after a lost answer a person must look
 * through the unused ids.
 */
export const reserveCve: EffectHandler<'reserve-cve'> = {
  kind: 'reserve-cve',
  notNeeded: () => ({ is: 'done' }),
  refused: (_effect, because) => ({ is: 'cve-refused', because }),
  async perform({ deps, world, now, begin }) {
    const registry = registryOf(deps)
    const { reservation, id } = world.case?.cve ?? {}
    if (reservation === undefined || id !== undefined)
      throw new NotNeeded('The case has an id already, or needs none any more.')
    // Every text contains the CVE id. If the id came while people are asked for an approval, the texts would change and
    // the approval request would be void.
    if (world.case?.approvals.some(({ status }) => status === 'open') === true)
      throw new NotYet('Somebody is asked for an approval in this case. The id is reserved afterwards.')
    await begin()
    const reserved = await registry.reserve(new Date(now).getUTCFullYear())
    const { is, host } = registry.instance
    return {
      outcome: { is: 'cve-reserved', cve: reserved.id, ...(is === 'test' ? { test: true } : {}) },
      evidence: `${reserved.id} at ${host}`,
    }
  },
}
