import { latestAgreed, needsTwoAdmins, openProposal } from '../state/embargo/terms.ts'
import type { Refusal } from '../vocabulary/decision.ts'
import { isoInstant } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import { defineGate, refuse } from './gate.ts'
import type { Context } from './gate.ts'
import { embargoFact } from './facts.ts'

/**
 * The reporter and the team can agree on an end of the embargo up to the cap. A later end takes two admins. The admin
 * who asked must still be an admin at the approval. The gate `second-person` checks the admin who approves.
 */
export const embargoCap = defineGate({
  id: 'embargo-cap',
  rule: 'The reporter and the team can agree on an embargo only up to a maximum length.',
  check: (context) => {
    const { request, state, policy, at, person, asker = person } = context
    if (request.verb === 'embargo.until') return beyond(context, request.end)
    if (request.verb === 'embargo.accept') {
      const proposal = openProposal(state.em)
      return proposal === undefined ? undefined : beyond(context, proposal.end)
    }
    if (request.verb !== 'embargo.extend') return undefined
    if (needsTwoAdmins(policy, state, request.end, at) === undefined)
      return refuse('embargo-cap', 'The reporter and the team can agree on that end without admins.', [
        { who: 'any team member', how: 'proposes it to the reporter', verb: 'embargo.until', instead: true },
      ])
    if (asker?.roles.includes('admin') === true || policy.approvals.by === 'second-look') return undefined
    const notAdmin =
      asker === undefined || asker.id === person?.id
        ? 'you are not an admin'
        : `${asker.name}, who asked, is not an admin`
    return refuse('embargo-cap', `An embargo that long takes two admins, and ${notAdmin}.`, [
      { who: 'an admin', how: 'asks for it, and another admin approves', verb: 'embargo.extend' },
    ])
  },
  passes: embargoFact,
  means:
    '`embargo.agreedMost` is the longest embargo that the reporter and the team can agree on; a longer one takes two admins.',
  instead: 'Name an earlier end, or let two admins run `embargo until` with a reason.',
})

function beyond({ policy, state, at }: Context, end: Instant): Refusal | undefined {
  if (needsTwoAdmins(policy, state, end, at) !== 'cap') return undefined
  const latest = latestAgreed(policy, state.em.is === 'exited' ? { ...state, embargoFrom: at } : state)
  return refuse(
    'embargo-cap',
    `${isoInstant(end)} is after ${isoInstant(latest)}, the latest end that the reporter and the team can agree on without admins.`,
    [
      { who: 'any team member', how: 'names an earlier end', verb: 'embargo.until' },
      { who: 'two admins', how: 'extend it, with a reason', verb: 'embargo.extend', instead: true },
    ],
    { end, latest },
  )
}
