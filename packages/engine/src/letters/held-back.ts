import { casesOf, frozenBySignal } from '@embargo/core'
import type { CaseState, LetterName, World } from '@embargo/core'
import type { EffectOf } from '../dispatch/context.ts'
import { CannotPerform } from '../dispatch/trouble.ts'

/** What leaves under embargo, or prepares a date that holds only while the secret does. */
const UNDER_EMBARGO: ReadonlySet<LetterName> = new Set<LetterName>([
  'prenotification',
  'prenotification-update',
  'heads-up',
])

/**
 * The last look before a mail leaves under embargo: it was approved when the secret held, and somebody says since that
 * it is out.
 *
 * @throws CannotPerform with what holds it back, and what to do
 */
export function mustNotBeHeldBack({ letter }: EffectOf<'send-mail'>, { case: state, release, others }: World): void {
  if (state === undefined || !UNDER_EMBARGO.has(letter)) return
  for (const theCase of casesOf({ state, release, others })) hold(theCase)
}

function hold(theCase: CaseState): void {
  if (frozenBySignal(theCase))
    throw new CannotPerform(
      'Somebody says that secrecy failed, so nothing leaves under embargo. Answer that first; if the answer is no, send this again.',
    )
  if (theCase.cs.public !== undefined)
    throw new CannotPerform('It is public, so nobody is told in confidence any more. Publish instead.')
}
