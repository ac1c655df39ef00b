import type { EffectHandler } from '../context.ts'
import { registryOf } from './cve-registry.ts'

/** Tells CVE Services that a reserved id will not be used. If the id is rejected already, that counts as success. */
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
