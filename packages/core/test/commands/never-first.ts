import type { PersonVerb } from '../../src/index.ts'

type Reasons = Readonly<Record<string, string>>

const SAME_LISTS = 'the cases of a release have the lists of one project, so the case at hand meets it first'

/** Rules that stand behind another one, which refuses first wherever they would: by name, with the reason, in their order. */
export const NEVER_FIRST: Readonly<Partial<Record<PersonVerb, Reasons>>> = {
  prenotify: { 'recipient-consent of the others': SAME_LISTS, 'recipient-keys of the others': SAME_LISTS },
}
