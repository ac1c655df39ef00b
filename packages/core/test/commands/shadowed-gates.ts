import type { PersonVerb } from '../../src/index.ts'

/** The name of a rule, and why it is never the first rule to refuse. */
type ShadowedGate = readonly [rule: string, why: string]

const SAME_LISTS = 'all cases of a release have the same lists, so the check of the command’s own case refuses first'
const WORKED_ON = 'a case whose recipients wait for the release is neither deferred nor closed'

/**
 * The rules of a command that are never the first to refuse. Whenever one of these rules would refuse, an earlier rule
 * refuses too. The rules are listed in the order in which they are checked.
 */
export const NEVER_FIRST: Readonly<Partial<Record<PersonVerb, readonly ShadowedGate[]>>> = {
  prenotify: [
    ['recipient-consent of the others', SAME_LISTS],
    ['plain-text of the others', SAME_LISTS],
  ],
  'prenotify.update': [
    ['fits-the-stage', WORKED_ON],
    ['fits-the-stage of the others', WORKED_ON],
    ['recipient-consent of the others', SAME_LISTS],
    ['plain-text of the others', SAME_LISTS],
  ],
}
