import { releaseCases, dropQuestion, embargoInForce, frozenBySignal, isSecret } from '@embargo/core'
import type { Addressee, CaseState, LetterName, World } from '@embargo/core'
import type { SendMail } from './mail-context.ts'
import { CannotPerform } from '../dispatch/effect-errors.ts'

/** Letters with an embargoed patch that are correct whether or not the secret holds. */
const HELD_BY_A_SIGNAL: ReadonlySet<LetterName> = new Set<LetterName>(['verification-request'])

/** Letters that leave under embargo, or prepare for a date that holds only while the secret does. */
const UNDER_EMBARGO: ReadonlySet<LetterName> = new Set<LetterName>([
  'prenotification',
  'prenotification-update',
  'heads-up',
])

/**
 * The last check before a mail is sent under embargo. The mail may have been approved before somebody reported that the
 * vulnerability is no longer secret.
 *
 * @throws CannotPerform with what stops the mail, and what to do
 */
export function requireDisclosable({ letter, to }: SendMail, world: World): void {
  const { case: state, release, others } = world
  if (state === undefined) return
  if (HELD_BY_A_SIGNAL.has(letter)) requireNoSignal(state, 'When that is done, send this again.')
  if (!UNDER_EMBARGO.has(letter)) return
  if (isSuspended(to, release))
    throw new CannotPerform(
      'Details may have got out through this recipient, who gets nothing more. Say that it is seen to; or let two people say that the signal was wrong, and send it again.',
    )
  for (const theCase of releaseCases({ state, release, others })) requireSecrecy(theCase)
}

function requireNoSignal(theCase: CaseState, then: string): void {
  if (frozenBySignal(theCase))
    throw new CannotPerform(
      `Somebody says that secrecy failed, so nothing leaves under embargo. Answer that first. ${then}`,
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
      `Somebody asked to take ${theCase.id} out of this release, so nothing of it leaves. Answer that first. If the answer is no, send this again.`,
    )
  requireNoSignal(theCase, 'If the answer is no, send this again.')
  if (!isSecret(theCase))
    throw new CannotPerform(
      'It is no secret any more, so nobody is told in confidence. Say that this is not needed any more, and publish instead.',
    )
  if (!embargoInForce(theCase.em))
    throw new CannotPerform(
      'Its embargo has ended, so nobody is told in confidence any more. Say that this is not needed any more; or agree on another date with the reporter, and send it again.',
    )
}
