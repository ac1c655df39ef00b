import type { EffectHandler } from '../context.ts'
import { registryOf } from './cve-registry.ts'

/** Says at the service that a reserved id is not used. An id that is rejected already counts as success. */
export const rejectCve: EffectHandler<'reject-cve'> = {
  kind: 'reject-cve',
  async perform({ deps, effect, lookUp, begin }) {
    const registry = registryOf(deps)
    if (lookUp && (await registry.find(effect.cve))?.state === 'rejected')
      return { outcome: { is: 'done' }, evidence: `${effect.cve} is rejected` }
    await begin()
    await registry.reject(effect.cve, effect.reason)
    return { outcome: { is: 'done' }, evidence: `${effect.cve} is rejected` }
  },
}
