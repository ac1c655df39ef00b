import { addresseeKey, isReleaseStream } from '@embargo/core'
import type { ApprovedMail, ReleaseState, World } from '@embargo/core'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { aboutOne } from './subject-case.ts'
import { knownAgain } from './content-digest.ts'
import { toldBy } from './reschedule-reason.ts'
import type { MailContext } from './render-mail.ts'

/**
 * The last look before a mail of a release leaves: its address and its words are what two people approved. The policy
 * or the program may be another since, and what nobody saw does not leave.
 *
 * @throws CannotPerform with what differs, why, and what to do
 */
export async function mustBeAsApproved({ effect, world, inside, recorded }: MailContext): Promise<void> {
  if (!isReleaseStream(effect.stream)) return
  // A mail of the same kind may have gone before: what was approved last counts.
  const approved = approvedFor(recorded, world).findLast(
    ({ letter, to }) => letter === effect.letter && addresseeKey(to) === addresseeKey(effect.to),
  )
  if (approved === undefined) throw new CannotPerform('Nobody approved this mail, so it does not leave.')
  const releaseAt = world.release?.at
  const about = aboutOne(effect.stream, recorded.event)
  const gathered = {
    inside,
    world,
    ...(releaseAt !== undefined && { releaseAt }),
    ...toldBy(recorded.event),
    ...(about !== undefined && { about }),
  }
  const now = await knownAgain(approved, gathered)
  const differs = whatDiffers(approved, now)
  if (differs === undefined) return
  const [why, back] =
    approved.policy === inside.policy.hash
      ? [
          'The policy is the same, so the program was changed since, or a reporter was erased.',
          'Go back to that program',
        ]
      : ['The policy was changed since.', 'Put back in the policy what concerns it, restart']
  throw new CannotPerform(
    `${differs} not what was approved, so nothing was sent. ${why} ${back} and try again; or send it by hand as it was approved.`,
  )
}

/** What is of one case was approved with its event, and what was approved of another takes nothing back of it. */
function approvedFor({ event, policy }: MailContext['recorded'], { release }: World): ReleaseState['approved'] {
  return event.type === 'InterimDisclosed' || event.type === 'CaseDropped'
    ? (event.mails ?? []).map((mail) => ({ ...mail, policy }))
    : (release?.approved ?? [])
}

function whatDiffers(approved: ApprovedMail, now: ApprovedMail): string | undefined {
  const elsewhere = approved.address !== now.address
  const otherwise = approved.words !== now.words
  if (elsewhere && otherwise) return 'Its address and its text are'
  if (elsewhere) return 'Its address is'
  return otherwise ? 'Its sender or its text is' : undefined
}
