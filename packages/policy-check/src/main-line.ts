import { isPersonVerb } from '@embargo/core'
import type { PersonVerb } from '@embargo/core'
import type { Step } from './transitions.ts'

/**
 * The commands that carry a case from its report to its end. A policy settles who may run them and what stands before
 * them.
 */
const MAIN_LINE: ReadonlySet<string> = new Set<PersonVerb>([
  'ack',
  'triage',
  'triage.affects',
  'assign-patch',
  'patch',
  'confirm',
  'log-answer',
  'advisory',
  'cve.request',
  'triage.not-now',
  'prenotify',
  'disclose',
  'approve',
  'settle',
  'close',
])

export const isMainLine = (verb: PersonVerb): boolean => MAIN_LINE.has(verb)

/** The main line alone: what comes from outside and from clocks belongs to it always. */
export const isMainLineStep = ({ request: { verb } }: Step): boolean => !isPersonVerb(verb) || isMainLine(verb)
