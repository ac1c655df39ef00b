import { addresseeKey, isReleaseStream } from '@embargo/core'
import type { ApprovedMail, ReleaseState, World } from '@embargo/core'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import { subjectCase } from './subject-case.ts'
import { contentDigest } from './content-digest.ts'
import { letterReason } from './reschedule-reason.ts'
import type { MailContext } from './mail-context.ts'

/**
 * The last check before a mail of a release is sent: its address and text must be those that two people approved. The
 * policy or the program may have changed since.
 *
 * @throws CannotPerform with what differs, why, and what to do
 */
export async function requireApprovedContent({ effect, world, deps, recorded }: MailContext): Promise<void> {
  if (!isReleaseStream(effect.stream)) return
  // A mail of the same kind may have been approved and sent before, so the last approval counts.
  const approved = approvedMails(recorded, world).findLast(
    ({ letter, to }) => letter === effect.letter && addresseeKey(to) === addresseeKey(effect.to),
  )
  if (approved === undefined) throw new CannotPerform('Nobody approved this mail, so it is not sent.')
  const releaseAt = world.release?.at
  const about = subjectCase(effect, recorded.event, world.release)
  const context = {
    deps,
    world,
    ...(releaseAt !== undefined && { releaseAt }),
    ...letterReason(recorded.event),
    ...(about !== undefined && { about }),
  }
  const now = await contentDigest(approved, context)
  const differs = differenceOf(approved, now)
  if (differs === undefined) return
  const [why, back] =
    approved.policy === deps.policy.hash
      ? [
          'The policy is unchanged since the approval: either Embargo was changed, or the data of a reporter was erased.',
          'Go back to the earlier version of Embargo',
        ]
      : ['The policy was changed since the approval.', 'Undo the policy change that affects this mail, restart']
  throw new CannotPerform(
    `${differs} not what was approved, so nothing was sent. ${why} ${back} and send it again; or send it by hand as it was approved.`,
  )
}

/**
 * The approvals that count for a mail. A mail about one case was approved together with the event about that case, so
 * only the approvals in that event count.
 */
function approvedMails({ event, policy }: MailContext['recorded'], { release }: World): ReleaseState['approved'] {
  return event.type === 'InterimDisclosed' || event.type === 'CaseDropped'
    ? (event.mails ?? []).map((mail) => ({ ...mail, policy }))
    : (release?.approved ?? [])
}

function differenceOf(approved: ApprovedMail, now: ApprovedMail): string | undefined {
  const elsewhere = approved.address !== now.address
  const otherwise = approved.words !== now.words
  if (elsewhere && otherwise) return 'Its address and its text are'
  if (elsewhere) return 'Its address is'
  return otherwise ? 'Its sender or its text is' : undefined
}
