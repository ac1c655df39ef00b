import type { TargetName } from '@embargo/core'
import { OutsideError } from '../../src/index.ts'
import type { Delivery, DeliveryResult, PublicationTarget } from '../../src/index.ts'

/** What happens to the next delivery. `lost`: the delivery succeeds, but its answer does not arrive. */
export type Fate = 'lost' | 'refused' | 'unreachable' | DeliveryResult

/** A target in memory that never publishes twice, like the real ones. */
export function createFakeTarget(target: TargetName) {
  /** The published documents: the name of each, and its text. */
  const published = new Map<string, string>()
  const calls: (Delivery & { readonly lookUp: boolean })[] = []
  const fates: Fate[] = []
  const real: PublicationTarget = {
    target,
    async deliver(delivery) {
      calls.push(delivery)
      const fate = fates.shift()
      if (fate === 'refused') throw new OutsideError('refused', 'It says no.')
      if (fate === 'unreachable') throw new OutsideError('unreachable', 'It does not answer.')
      if (typeof fate === 'object') return fate
      const ours = delivery.former?.split('\n') ?? []
      for (const { name, text } of delivery.documents) {
        const isOther = published.has(name) && published.get(name) !== text
        if (isOther && !delivery.lookUp && !ours.includes(name)) throw new Error(`${name} would be published twice`)
        published.set(name, text)
      }
      if (fate === 'lost') throw new OutsideError('unknown', 'The connection broke.')
      const mark = delivery.documents.map(({ name }) => name).join('\n')
      return { is: 'done', link: `https://${target}.example/${delivery.case}`, evidence: 'done', mark }
    },
  }
  return { ...real, published, calls, fates }
}
