import {
  acknowledgedCase,
  earlyApprovedCase,
  prenotifyingCase,
  prenotifiedCase,
  publishingCase,
  ratedCase,
  receivedCase,
  spamCase,
} from './states.ts'

/** Refusals that belong in the tables of many commands. */

export const CLOSED = { when: 'it is closed', given: spamCase, gate: 'case-open' } as const

export const UNSEEN = { when: 'nobody acknowledged it', given: receivedCase, gate: 'acknowledged' } as const

export const UNDECIDED = {
  when: 'nobody decided what it is',
  given: acknowledgedCase,
  gate: 'validity-decided',
  facts: { rm: 'received' },
} as const

export const NOT_ACCEPTED = {
  when: 'it is not accepted',
  given: ratedCase,
  gate: 'fits-the-stage',
  facts: { rm: 'valid' },
} as const

export const BEGUN = {
  when: 'the publication has begun',
  given: publishingCase,
  gate: 'publication-not-begun',
} as const

export const AHEAD = { when: 'the publication is approved ahead', given: earlyApprovedCase, gate: 'frozen' } as const

export const LEAVING = {
  when: 'mails are leaving',
  given: prenotifyingCase,
  gate: 'frozen',
  facts: { waiting: 3 },
} as const

export const WAITED_FOR = {
  when: 'recipients wait for the release',
  given: prenotifiedCase,
  gate: 'fits-the-stage',
  facts: { release: 'REL-SEC-2026-0001-1' },
} as const
