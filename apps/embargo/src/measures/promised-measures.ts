import { DAY, plainMilliseconds, policyFor, Severity, writtenDuration } from '@embargo/core'
import type { Duration, Measure, Measures, Policy } from '@embargo/core'

/**
 * A measure with the time that the policy promises, in words: `24 hours`, or `7 to 75 days` if severities or projects
 * differ.
 */
export type PromisedMeasure = Measure & { readonly promised: string }
export type PromisedMeasures = Omit<Measures, 'measures'> & { readonly measures: readonly PromisedMeasure[] }

const TIMES: Readonly<Record<Measure['measure'], (policy: Policy, severity: Severity) => Duration>> = {
  acknowledgment: ({ clocks }) => clocks.acknowledge.target,
  validity: ({ clocks }) => clocks.decideValidity,
  fix: ({ clocks }, severity) => clocks.fixReady[severity],
  disclosure: ({ embargo }) => embargo.standing,
}

/** Adds to each measure what the policy promises today, over all of its projects and severities. */
export function withPromises(policy: Policy, { measures, ...rest }: Measures): PromisedMeasures {
  return { ...rest, measures: measures.map((one) => ({ ...one, promised: promised(policy, TIMES[one.measure]) })) }
}

function promised(policy: Policy, time: (policy: Policy, severity: Severity) => Duration): string {
  const times = policy.projects
    .flatMap(({ id }) =>
      Severity.options.map((severity) => time(policyFor(policy, { project: id, severity }), severity)),
    )
    .toSorted((a, b) => roughly(a) - roughly(b))
  const [shortest, longest] = [times[0], times.at(-1)]
  if (shortest === undefined || longest === undefined) return ''
  const [least, most] = [writtenDuration(shortest), writtenDuration(longest)]
  if (least === most) return most
  return shortest.unit === longest.unit ? `${shortest.amount} to ${most}` : `${least} to ${most}`
}

/**
 * An approximate length, used only for sorting. The exact length would depend on the calendar, which says which days
 * are working days.
 */
const roughly = (duration: Duration): number => plainMilliseconds(duration) ?? (duration.amount * 7 * DAY) / 5
