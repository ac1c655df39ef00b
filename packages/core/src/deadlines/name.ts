/** Every clock that there is. What it is called, and its place among others, follow from its name. */
export type ClockName =
  | 'acknowledge'
  | 'offer-owner'
  | 'decide-validity'
  | 'update-reporter'
  | 'waiting-on-party'
  | 'needs-info'
  | 'stale'
  | 'fix-ready'
  | 'reporter-verification'
  | 'prenotify'
  | 'signal'
  | 'acknowledge-prenotification'
  | 'release'
  | 'embargo-end'
  | 'request-cve'
  | 'publish-cve'
  | 'oss-security-duty'
  | 'retrospective'
  | 'consent-silence'
  | 'cra-early-warning'
  | 'cra-notification'
  | 'cra-final'
  | 'late-mail'
  | 'archive-channel'

/** A clock that runs more than once in a case says of what behind a slash: `reporter-verification/4.2`. */
export type ClockId = ClockName | `${ClockName}/${string}`

/** The name in a clock's id; nothing for what an older version may have written. */
export function nameIn<T>(clock: string, names: Readonly<Record<ClockName, T>>): ClockName | undefined {
  const name = clock.split('/')[0] ?? clock
  return isIn(name, names) ? name : undefined
}

const isIn = <T>(name: string, names: Readonly<Record<ClockName, T>>): name is ClockName => Object.hasOwn(names, name)
