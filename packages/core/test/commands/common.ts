import { acknowledged, ahead, leaving, prenotified, publishing, rated, received, spam } from './states.ts'

/** Lines that stand in the tables of many commands. */

export const CLOSED = {
  when: 'it is closed',
  given: () => spam(),
  gate: 'case-open',
  because: 'The case is closed.',
} as const

export const UNSEEN = {
  when: 'nobody acknowledged it',
  given: () => received(),
  gate: 'acknowledged',
  because: 'Nobody has acknowledged the report yet.',
} as const

export const UNDECIDED = {
  when: 'nobody decided what it is',
  given: () => acknowledged(),
  gate: 'validity-decided',
  because: 'Nobody has decided whether the report is valid.',
} as const

export const NOT_ACCEPTED = {
  when: 'it is not accepted',
  given: () => rated(),
  gate: 'fits-the-stage',
  because: 'The case is valid, not accepted.',
} as const

export const BEGUN = {
  when: 'the publication has begun',
  given: () => publishing(),
  gate: 'publication-not-begun',
  because: 'The publication has begun, so patches and texts are frozen.',
} as const

export const AHEAD = {
  when: 'the publication is approved ahead',
  given: () => ahead(),
  gate: 'frozen',
  because: 'The publication is approved and begins 2026-05-12T14:00:00.000Z, so texts and patches stand still.',
} as const

export const LEAVING = {
  when: 'mails are leaving',
  given: () => leaving(),
  gate: 'frozen',
  because: 'What was approved is still leaving: 3 of its mails are not out yet.',
} as const

export const WAITED_FOR = {
  when: 'recipients wait for the release',
  given: () => prenotified(),
  gate: 'fits-the-stage',
  because: 'Pre-notifications are out, and who got them waits for the release.',
} as const
