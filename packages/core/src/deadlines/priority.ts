import type { CaseState } from '../state/state.ts'
import { severityOf } from './clock.ts'
import { nameIn } from './name.ts'
import type { ClockName } from './name.ts'

/** What is told first after a stop: what ends secrecy or holds back a release, then what nobody has seen, then the rest. */
const KINDS: Readonly<Record<ClockName, number>> = {
  'cra-early-warning': 0,
  'embargo-end': 1,
  release: 2,
  signal: 3,
  acknowledge: 4,
  'late-mail': 4,
  'oss-security-duty': 5,
  'cra-notification': 6,
  prenotify: 7,
  'acknowledge-prenotification': 8,
  'publish-cve': 9,
  'fix-ready': 10,
  'request-cve': 11,
  'offer-owner': 12,
  'decide-validity': 13,
  'reporter-verification': 14,
  'consent-silence': 15,
  'needs-info': 16,
  'update-reporter': 17,
  'waiting-on-party': 18,
  stale: 18,
  retrospective: 18,
  'cra-final': 18,
  'archive-channel': 18,
}

/** Of a clock that an older version wrote down. */
const LAST = 18

const SEVERITIES = ['critical', 'high', 'moderate', 'low'] as const

/** Smaller is told earlier: attacked cases, then by severity, then by what the clock is about. */
export function priorityOf(state: CaseState, { clock }: { readonly clock: string }): number {
  const rank = state.cs.attacks === undefined ? SEVERITIES.indexOf(severityOf(state)) + 1 : 0
  const name = nameIn(clock, KINDS)
  return rank * 100 + (name === undefined ? LAST : KINDS[name])
}
