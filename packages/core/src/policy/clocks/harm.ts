import type { CaseState } from '../../case/state.ts'
import { severityOf } from './clock.ts'
import type { Clock } from './clock.ts'

/** What is told first after a stop: what ends secrecy or holds back a release, then what nobody has seen, then the rest. */
const KINDS: readonly string[] = [
  'cra-early-warning',
  'embargo-end',
  'release',
  'signal',
  'acknowledge',
  'oss-security-duty',
  'cra-notification',
  'prenotify',
  'acknowledge-prenotification',
  'publish-cve',
  'fix-ready',
  'request-cve',
  'offer-owner',
  'decide-validity',
  'reporter-verification',
  'consent-silence',
  'needs-info',
  'update-reporter',
]

const SEVERITIES = ['critical', 'high', 'moderate', 'low'] as const

/** Smaller is told earlier: attacked cases, then by severity, then by what the clock is about. */
export function harmOf(state: CaseState, { clock }: Pick<Clock, 'clock'>): number {
  const rank = state.cs.attacks === undefined ? SEVERITIES.indexOf(severityOf(state)) + 1 : 0
  const kind = KINDS.indexOf(clock.split('/')[0] ?? clock)
  return rank * 100 + (kind < 0 ? KINDS.length : kind)
}
