/** Every deadline, by its name in stored events and in `deadlines/index.ts`. */
export type DeadlineName =
  | 'acknowledge'
  | 'offer-owner'
  | 'decide-validity'
  | 'update-reporter'
  | 'fix-ready'
  | 'reporter-verification'
  | 'prenotify'
  | 'acknowledge-prenotification'
  | 'release'
  | 'fixed-versions'
  | 'publication-step'
  | 'needs-info'
  | 'waiting-on-party'
  | 'request-cve'
  | 'publish-cve'
  | 'stale'
  | 'consent-silence'
  | 'embargo-end'
  | 'retrospective'
  | 'oss-security-duty'
  | 'exploit-duty'
  | 'cra-early-warning'
  | 'cra-notification'
  | 'cra-final'
  | 'signal'
  | 'late-mail'
  | 'archive-channel'

/**
 * The id of a clock. If a deadline can run more than once in a case, the id names the subject:
 * `reporter-verification/4.2`.
 */
export type ClockId = DeadlineName | `${DeadlineName}/${string}`

export const clockId = (name: DeadlineName, of: string): ClockId => `${name}/${of}`

/** The subject of a clock. Undefined if the clock's deadline runs only once in a case. */
export function subjectOf(clock: string): string | undefined {
  const slash = clock.indexOf('/')
  return slash === -1 ? undefined : clock.slice(slash + 1)
}
