import { isPersonVerb } from '@embargo/core'
import type { PersonVerb } from '@embargo/core'
import type { Step } from './transitions.ts'

/**
 * The commands that take a case from its report to its end. A policy decides who may run these commands and what they
 * require.
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

/** Whether a step is on the main line. Steps that no person takes, such as mails and deadlines, always are. */
export const isMainLineStep = ({ request: { verb } }: Step): boolean => !isPersonVerb(verb) || isMainLine(verb)
