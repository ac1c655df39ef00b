import { isPersonVerb } from '@embargo/core'
import type { PersonVerb } from '@embargo/core'
import type { Step } from './transitions.ts'

/**
 * The commands that carry a case from its report to its end. A policy settles who may run them and what stands before
 * them.
 */
const CARRYING: ReadonlySet<string> = new Set<PersonVerb>([
  'ack',
  'triage',
  'affects',
  'assign-patch',
  'patch-submit',
  'confirm',
  'log-answer',
  'advisory',
  'cve-request',
  'defer',
  'prenotify',
  'disclose',
  'approve',
  'settle',
  'close',
])

export const isCarrying = (verb: PersonVerb): boolean => CARRYING.has(verb)

/** The main line alone: what comes from outside and from clocks belongs to it always. */
export const onTheMainLine = ({ request: { verb } }: Step): boolean => !isPersonVerb(verb) || isCarrying(verb)
