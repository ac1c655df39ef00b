import { addresseeKey, canonicalJson, deadlineOf, getsNothingMore, HOUR, isRunning } from '@embargo/core'
import type { LetterName } from '@embargo/core'
import { LETTERS } from '@embargo/letters'
import type { Milestone } from '@embargo/letters'
import type { MailContext } from './mail-context.ts'
import { headsUpCorrection, rescheduleReason } from './reschedule-reason.ts'

/** Letters that announce the outcome of a report. */
const LAST_WORD: ReadonlySet<LetterName> = new Set<LetterName>(['outcome', 'closed'])

/**
 * Letters that this file does not drop if their recipient is suspended. Two of them, the news that the embargo is over
 * and a correction, are sent anyway. The other two, a pre-notification and its update, are stopped in
 * `disclosure-guard.ts`, where a person decides.
 */
const THOUGH_SUSPENDED: ReadonlySet<LetterName> = new Set<LetterName>([
  'embargo-lifted',
  'correction',
  'prenotification',
  'prenotification-update',
])

/**
 * A receipt that waited for less than this, for example because of a crash, is sent even if a later letter to the same
 * reporter exists.
 */
const OLD_RECEIPT_MS = HOUR

const isObsoleteAfter = (letter: LetterName, milestone: Milestone): boolean =>
  LETTERS[letter].obsoleteAfter?.includes(milestone) ?? false

/**
 * Why a mail that waited, for example for a relay, must no longer be sent. Undefined if its content is still correct.
 */
export async function supersession(mail: MailContext): Promise<string | undefined> {
  return bySuspension(mail) ?? byEvents(mail) ?? byCompletion(mail) ?? (await byLaterLetter(mail))
}

/** A suspended recipient gets only a few letters, and mails that a person writes to that recipient alone. */
function bySuspension({ effect: { letter, to }, recorded: { event }, world }: MailContext): string | undefined {
  if (to.kind !== 'recipient' || world.case === undefined || THOUGH_SUSPENDED.has(letter)) return undefined
  if (event.type === 'RecipientsWritten' && event.to.length === 1) return undefined
  return getsNothingMore(world.case, world, to)
    ? 'Details may have leaked through this recipient, who gets nothing more.'
    : undefined
}

function byEvents({ effect: { letter }, recorded, world }: MailContext): string | undefined {
  const { case: state, release } = world
  const { event } = recorded
  // If a case has left the release, the interim advisory about that case stays valid after the release is published.
  const stays = event.type === 'InterimDisclosed' && release?.cases.includes(event.case) === false
  const publishedAt = stays ? undefined : release?.startedAt
  if (publishedAt !== undefined && recorded.at < publishedAt && isObsoleteAfter(letter, 'publication'))
    return 'The publication began before this mail could be sent.'
  const { decidedAt, disposition } = state ?? {}
  const isSpam = disposition === 'spam' && decidedAt !== undefined && recorded.at < decidedAt
  if (isSpam && (isObsoleteAfter(letter, 'spam') || isObsoleteAfter(letter, 'closing')))
    return 'The report is spam, which gets no answer.'
  const { closedAt, mergedInto } = state ?? {}
  if (mergedInto !== undefined && closedAt !== undefined && recorded.at < closedAt && isObsoleteAfter(letter, 'merge'))
    return `This mail names a case that was merged into ${mergedInto}. Another mail tells the reporter about the merge.`
  if (closedAt !== undefined && recorded.at < closedAt && isObsoleteAfter(letter, 'closing'))
    return 'The case was closed before this mail could be sent.'
  const moved = rescheduleReason(recorded.event)
  if (
    isObsoleteAfter(letter, 'new-date') &&
    moved?.at !== undefined &&
    release?.at !== undefined &&
    release.at !== moved.at
  )
    return 'The date was moved again before this mail could be sent.'
  const { now: correction } = headsUpCorrection(recorded.event) ?? {}
  const { headsUp } = release ?? {}
  if (
    letter === 'heads-up-corrected' &&
    correction !== undefined &&
    canonicalJson(correction) !== canonicalJson(headsUp)
  )
    return 'The heads-up was corrected again before this mail could be sent.'
  return undefined
}

/** Drops a reminder if its task has been done or its date has changed since. */
function byCompletion({ effect: { letter }, recorded: { event }, world, deps }: MailContext): string | undefined {
  if (letter !== 'escalation' || (event.type !== 'ReminderDue' && event.type !== 'ClockBreached')) return undefined
  // Some deadlines have an `atEnd`: when such a deadline passes, Embargo acts on its own, and this action stops the
  // clock. The mail about the missed deadline is still correct.
  if (event.type === 'ClockBreached' && deadlineOf(event.clock)?.atEnd !== undefined) return undefined
  return isRunning(deps.policy.policy, world, event)
    ? undefined
    : 'The task of this reminder was done, or got another date, before this mail could be sent.'
}

async function byLaterLetter(mail: MailContext): Promise<string | undefined> {
  const { letter } = mail.effect
  if (mail.recorded.at >= mail.now) return undefined
  const isOld = mail.now - mail.recorded.at >= OLD_RECEIPT_MS
  if (letter === 'receipt' && isOld && (await laterLetters(mail)).length > 0)
    return 'A later letter to the same reporter was written before this mail could be sent.'
  if (!endsWithCase(mail)) return undefined
  const ended = (await laterLetters(mail)).some((later) =>
    letter === 'outcome' ? later === 'closed' : LAST_WORD.has(later),
  )
  return ended ? 'The case was closed before this mail could be sent.' : undefined
}

function endsWithCase({ effect: { letter }, recorded: { at, event }, world }: MailContext): boolean {
  const { closedAt } = world.case ?? {}
  if (closedAt === undefined || at >= closedAt) return false
  return isObsoleteAfter(letter, 'last-word') || (event.type === 'DispositionSet' && event.disposition === 'valid')
}

/** Later letters to the same addressee, sent or pending. */
async function laterLetters({ effect, deps }: MailContext): Promise<readonly LetterName[]> {
  const rows = await deps.outbox.ofStream(effect.stream)
  const place = rows.findIndex((row) => row.effect.id === effect.id)
  return rows.flatMap(({ effect: other, state }, at) =>
    at > place &&
    other.kind === 'send-mail' &&
    addresseeKey(other.to) === addresseeKey(effect.to) &&
    state !== 'failed' &&
    state !== 'parked'
      ? [other.letter]
      : [],
  )
}
