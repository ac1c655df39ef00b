/** Severity as this project says it, most severe first. GitHub's and CVSS's `medium` is `moderate` here. */
export const SEVERITIES = ['critical', 'high', 'moderate', 'low'] as const
export type Severity = (typeof SEVERITIES)[number]

/** The most severe of several; nothing when there are none. */
export function highest(severities: readonly Severity[]): Severity | undefined {
  return SEVERITIES.find((severity) => severities.includes(severity))
}
