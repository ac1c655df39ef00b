import type { Severity } from '@embargo/core'

export type { Severity } from '@embargo/core'

/** Severities, the most severe first. What GitHub and CVSS call `medium` is `moderate` here. */
export const SEVERITIES: readonly Severity[] = ['critical', 'high', 'moderate', 'low']

/** The highest of these severities; undefined for an empty list. */
export function highest(severities: readonly Severity[]): Severity | undefined {
  return SEVERITIES.find((severity) => severities.includes(severity))
}
