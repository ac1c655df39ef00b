import { isoInstant } from '../../shared/instant.ts'
import type { Instant } from '../../shared/instant.ts'
import { inARow } from '../../text/in-a-row.ts'
import { datesBetween } from '../../policy/calendar.ts'
import type { WaivableGate } from '../../shared/gate-id.ts'
import { unaskedOfCredit } from '../credit-decided.ts'
import type { Context } from '../gate.ts'
import { branchToConfirm } from '../branch-to-confirm.ts'
import { leadOf } from '../../state/lead.ts'

/**
 * What a waiver is for. A waiver holds for exactly this: another date, another patch or one more recipient is another
 * subject, so the old waiver is void for it and nobody has to take it back.
 */
export type Subject = {
  /** The same text for the same subject, whenever it is computed. */
  readonly key: string
  /** In words, as both people see it. Instants are ISO. */
  readonly about: string
}

type Seen = Omit<Context, 'actor' | 'person'>

/** Nothing where there is nothing that a waiver could be for. */
type SubjectOf = (seen: Seen) => Subject | undefined

/** The date that a command names, or else the one that is planned. */
const dateOf = ({ request, release }: Seen): Instant | undefined =>
  ('at' in request && typeof request.at === 'number' ? request.at : undefined) ?? release?.at

/** The lead that recipients are promised. How long a list keeps a secret at the most is the list's own rule: no waiver. */
const leadTime: SubjectOf = (seen) => {
  const date = dateOf(seen)
  const { dates: needed } = leadOf(seen.policy, seen.state)
  if (date === undefined || datesBetween(seen.at, date) >= needed) return undefined
  return { key: `${date}/${needed}`, about: `the release on ${isoInstant(date)}, ${needed} days being promised` }
}

const releaseWindow: SubjectOf = (seen) => {
  const date = dateOf(seen)
  return date === undefined ? undefined : { key: `${date}`, about: `the release on ${isoInstant(date)}` }
}

/** The patch that the reporter was asked about: a changed one is asked about anew. */
const reporterVerified: SubjectOf = (seen) => {
  const branch = branchToConfirm(seen)
  if (branch?.fix === undefined || branch.fix.is === 'assigned') return undefined
  const { sha256 } = branch.fix
  return { key: `${branch.name}/${sha256}`, about: `the patch for ${branch.name}, sha256 ${sha256.slice(0, 16)}` }
}

/** Those who have no key now. */
const recipientKeys: SubjectOf = ({ policy }) => {
  const without = policy.prenotification.lists.flatMap(({ id, recipients }) =>
    recipients.filter(({ plaintext }) => plaintext !== 'accepted').map((recipient) => ({ list: id, recipient })),
  )
  if (without.length === 0) return undefined
  return {
    key: without
      .map(({ list, recipient }) => `${list}/${recipient.id}`)
      .toSorted()
      .join(),
    about: `mail without encryption to ${inARow(without.map(({ recipient }) => recipient.id))}`,
  }
}

/** Those whom nobody asked. */
const creditDecided: SubjectOf = ({ state }) => {
  const unasked = unaskedOfCredit(state.reports).map(({ id }) => id)
  return unasked.length === 0
    ? undefined
    : { key: unasked.join(), about: `publishing with no name for ${inARow(unasked)}, whom nobody asked` }
}

/** A case without a CVE id. */
export const THE_CASE: Subject = { key: 'cve', about: 'this case, until it is reopened' }

const SUBJECTS: Readonly<Record<Exclude<WaivableGate, 'fix-ready'>, SubjectOf>> = {
  'reporter-verified': reporterVerified,
  'cve-requested': () => THE_CASE,
  'lead-time': leadTime,
  'release-window': releaseWindow,
  'recipient-keys': recipientKeys,
  'credit-decided': creditDecided,
}

/** What a waiver of this gate would be for, as the command stands. A missing fix is waived branch by branch, not here. */
export const subjectOf = (gate: WaivableGate, seen: Seen): Subject | undefined =>
  gate === 'fix-ready' ? undefined : SUBJECTS[gate](seen)
