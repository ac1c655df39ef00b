import type { EffectId } from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import type { CaseState, Doubt } from './state.ts'

export function withDoubt(parked: readonly Doubt[], event: Omit<Doubt, 'at'>, at: Instant): readonly Doubt[] {
  const { effect, letter, to, step, case: of, doubt, because } = event
  const mail = letter === undefined || to === undefined ? {} : { letter, to }
  const document = step === undefined || of === undefined ? {} : { step, case: of }
  return [...parked.filter((one) => one.effect !== effect), { effect, ...mail, ...document, doubt, because, at }]
}

export const withDoubtSettled = (parked: readonly Doubt[], effect: EffectId): readonly Doubt[] =>
  parked.filter((one) => one.effect !== effect)

/**
 * The request for a CVE id that a person must decide about, because Embargo gave up or cannot know whether the request
 * arrived.
 */
export const reservationDoubt = ({ parked }: Pick<CaseState, 'parked'>): Doubt | undefined =>
  parked.find(({ effect }) => effect.endsWith('/reserve-cve') || effect.endsWith('/request-cve'))
