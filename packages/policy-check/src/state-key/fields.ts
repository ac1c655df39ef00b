import type { CaseState, ReleaseState } from '@embargo/core'

// The fields that the state key has in an abstract form, and the fields that it leaves out. The key has all other
// fields in full.

/** Fields that the key contains in an abstract form. */
const PREVIEWS: readonly (keyof CaseState)[] = [
  'rm',
  'em',
  'cs',
  'signals',
  'acknowledgedAt',
  'coordinator',
  'disposition',
  'severity',
  'acceptedAt',
  'advisory',
  'publishedAt',
  'reports',
  'branches',
  'release',
  'approvals',
  'waivers',
  'parked',
  'offer',
  'needsInfo',
  'held',
  'heldTexts',
  'heldIn',
  'heldBefore',
  'away',
]

/**
 * Fields that no key contains. No rule decides by a name or a count. The time of an event matters only to deadlines,
 * and what a deadline changes is in the key. Links and snoozes are only shown to people.
 */
const UNSHOWN: readonly (keyof CaseState)[] = [
  'kind',
  'id',
  'project',
  'openedAt',
  'awayAtOpening',
  'round',
  'releasesSoFar',
  'lastRelease',
  'movedAt',
  'decidedAt',
  'firstDecidedAt',
  'ratedAt',
  'severeSince',
  'upToDate',
  'reopenedAt',
  'ownedSince',
  'unownedSince',
  'embargoFrom',
  'fixWithdrawnAt',
  'links',
  'duties',
  'snoozed',
]

const CASE_NAMED: ReadonlySet<string> = new Set([...PREVIEWS, ...UNSHOWN])

/** Fields of a release that the key contains in an abstract form, or that no rule reads. */
export const RELEASE_NAMED: ReadonlySet<string> = new Set<keyof ReleaseState>([
  'datedAt',
  'kind',
  'id',
  'version',
  'is',
  'lastEventAt',
  'at',
  'cases',
  'prenotified',
  'prenotifiedAt',
  'headsUpAt',
  'headsUp',
  'startedAt',
  'publicAt',
  'steps',
  'documents',
  'deliveries',
  'former',
  'correction',
  'delivered',
  'disclosedAt',
  'parked',
  'approved',
  'ahead',
  'dropped',
  'interim',
  'notes',
  'releaser',
])

/**
 * Fields of a case that the key leaves out. One exception: the key of a scenario with corrections has `corrections`.
 */
export const UNSEEN: ReadonlySet<string> = new Set<keyof CaseState>([
  'version',
  'lastEventAt',
  'acknowledgedBy',
  'advisoryLink',
  'corrections',
  'unpublished',
  'vendor',
  'cvss3',
  'cvss4',
  'cwe',
  'closedAt',
  'messages',
  'quarantined',
  'lastReply',
  'lastToRecipients',
  'lastToVendor',
  'vendorReferences',
  'cna',
  'divided',
  'fixBefore',
  'reminded',
  'toldLast',
  'releaseSince',
  'dateTold',
  'channels',
  'told',
])

/** All fields of a case that the key contains in an abstract form or leaves out. */
export const CASE_FIELDS: ReadonlySet<string> = new Set([...CASE_NAMED, ...UNSEEN])
