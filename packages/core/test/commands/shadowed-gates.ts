import type { PersonVerb } from '../../src/index.ts'

/** A rule by its name, and why no state makes it the first that refuses. */
type Never = readonly [rule: string, why: string]

const SAME_LISTS = 'the cases of a release have the lists of one project, so the case at hand meets it first'
const WORKED_ON = 'a case whose recipients wait for the release is neither deferred nor closed'

/** Rules that stand behind another one, which refuses first wherever they would, in their order. */
export const NEVER_FIRST: Readonly<Partial<Record<PersonVerb, readonly Never[]>>> = {
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
