import { releaseCases, dropQuestion, embargoInForce, frozenBySignal, isSecret } from '@embargo/core'
import type { Addressee, CaseState, LetterName, World } from '@embargo/core'
import type { SendMail } from './mail-context.ts'
import { CannotPerform } from '../dispatch/effect-errors.ts'

/**
 * Letters that contain an embargoed patch. After a signal, such as a leak, these letters wait until two people have
 * answered the signal.
 */
const HELD_BY_A_SIGNAL: ReadonlySet<LetterName> = new Set<LetterName>(['verification-request'])

/** Letters that are sent under embargo, or announce a date that is valid only while the vulnerability is secret. */
const UNDER_EMBARGO: ReadonlySet<LetterName> = new Set<LetterName>([
  'prenotification',
  'prenotification-update',
  'heads-up',
])

/**
 * Letters that are sent with the pre-notification or the publication of a release. They are not sent while the release
 * is on hold. All other letters of a release announce a change, and a hold does not stop them.
 */
const HELD_WITH_THE_RELEASE: ReadonlySet<LetterName> = new Set<LetterName>([
  'prenotification',
  'prenotification-update',
  'heads-up',
  'announcement',
  'oss-security',
  'embargo-lifted',
  'thanks',
])

/**
 * The last check before a mail is sent under embargo. Since its approval, somebody may have reported that the
 * vulnerability is no longer secret.
 *
 * @throws CannotPerform with what stops the mail, and what to do
 */
export function requireDisclosable({ letter, to }: SendMail, world: World): void {
  const { case: state, release, others } = world
  if (state === undefined) return
  if (release?.held !== undefined && HELD_WITH_THE_RELEASE.has(letter))
    throw new CannotPerform(
      'The release is on hold, so nothing of it is sent. When two people have let it go on, send this again.',
    )
  if (HELD_BY_A_SIGNAL.has(letter)) requireNoSignal(state, 'After that, send this again.')
  if (!UNDER_EMBARGO.has(letter)) return
  if (isSuspended(to, release))
    throw new CannotPerform(
      'Details may have leaked through this recipient, who gets nothing more. Settle this mail as not needed; or let two people record that the signal was wrong, and send it again.',
    )
  for (const theCase of releaseCases({ state, release, others })) requireSecrecy(theCase)
}

function requireNoSignal(theCase: CaseState, then: string): void {
  if (frozenBySignal(theCase))
    throw new CannotPerform(
      `Somebody signalled that the vulnerability is no longer secret, so nothing is sent under embargo. Answer the signal first. ${then}`,
    )
}

const isSuspended = (to: Addressee, release: World['release']): boolean =>
  to.kind === 'recipient' &&
  (release?.prenotified.some(
    ({ list, recipient, suspendedAt }) => list === to.list && recipient === to.recipient && suspendedAt !== undefined,
  ) ??
    false)

function requireSecrecy(theCase: CaseState): void {
  if (dropQuestion(theCase) !== undefined)
    throw new CannotPerform(
      `Somebody requested to drop ${theCase.id} from this release, so nothing of the release is sent. Answer the request first. If the case stays, send this again.`,
    )
  requireNoSignal(theCase, 'If the signal is wrong, send this again.')
  if (!isSecret(theCase))
    throw new CannotPerform(
      'The vulnerability is no longer secret, so nobody else is told in confidence. Settle this mail as not needed, and publish instead.',
    )
  if (!embargoInForce(theCase.em))
    throw new CannotPerform(
      'The embargo has ended, so nobody else is told in confidence. Settle this mail as not needed; or agree on another date with the reporter, and send it again.',
    )
}
