import type { PendingCommand } from '../vocabulary/command.ts'
import { personOf } from '../state/people/directory.ts'
import { isSamePerson } from '../state/people/same-person.ts'
import { rolesFor } from '../policy/roles.ts'
import { isBarred } from '../state/people/access.ts'
import type { Context } from '../gates/gate.ts'
import { isReleaseWide } from '../gates/seat-in-release.ts'
import type { Person } from '../policy/schema.ts'
import { siblingCases } from '../state/release/release-cases.ts'
import type { PersonId } from '../shared/ids.ts'
import { isoInstant } from '../shared/instant.ts'
import { listOr } from '../text/name-list.ts'
import type { Lift } from '../vocabulary/decision.ts'
import { requiredApprover, pendingCommand } from '../commands/approvals/index.ts'
import type { RequiredApprover } from '../commands/approvals/two-person-rule.ts'

/**
 * `because`: whether somebody has requested the approval, and whose approval it takes. `liftedBy`: what people can do
 * about the approval.
 */
export type Approvers = { readonly because: string; readonly liftedBy: readonly Lift[] }

export function eligibleApprovers(context: Context<PendingCommand>): Approvers {
  const { state, person, request } = context
  const open = state.approvals.find((one) => one.status === 'open' && pendingCommand(one).verb === request.verb)
  const by = open?.by ?? person?.id
  const name = by === undefined ? 'the person who asks' : (personOf(context.whole, by)?.name ?? by)
  const seat: RequiredApprover = open ?? requiredApprover(context)
  const sentence =
    open === undefined ? 'Nobody has asked for it yet.' : `${name} asked for it on ${isoInstant(open.askedAt)}.`
  return seat.mode === 'second-look'
    ? {
        because: `${sentence} The same person looks at it a second time.`,
        liftedBy: [liftBySecondLook(seat, name, state.id)],
      }
    : byAnother(context, seat, { asked: sentence, by, name })
}

type Question = { readonly asked: string; readonly by: PersonId | undefined; readonly name: string }

function byAnother(context: Context<PendingCommand>, seat: RequiredApprover, { asked, by, name }: Question): Approvers {
  const admins = seat.mode === 'second-admin'
  const others = mayApprove(context, by).filter(({ roles }) => !admins || roles.includes('admin'))
  const takes = admins ? 'another admin’s approval' : 'a second person’s approval'
  const alone: readonly Lift[] =
    seat.aloneFrom === undefined
      ? []
      : [
          {
            who: name,
            how: `continues alone from ${isoInstant(seat.aloneFrom)} on`,
            verb: 'approve',
            from: seat.aloneFrom,
          },
        ]
  const silence: readonly Lift[] =
    seat.yesFrom === undefined
      ? []
      : [{ who: 'silence', how: `counts as a yes from ${isoInstant(seat.yesFrom)} on, if nobody says no` }]
  if (others.length > 0)
    return {
      because: `${asked} It takes ${takes}.`,
      liftedBy: [
        { who: listOr(others.map((one) => one.name)), how: 'approves or refuses', verb: 'approve' },
        ...alone,
        ...silence,
      ],
    }
  return {
    because: `${asked} It takes ${takes}, and only ${name} has the role for that in this case.`,
    liftedBy: [
      ...alone,
      ...silence,
      {
        who: 'any team member',
        how: `invites ${admins ? 'another admin' : 'somebody from the team'}`,
        verb: 'people.invite',
      },
      { who: 'an admin', how: 'adds a person to the policy' },
    ],
  }
}

const liftBySecondLook = ({ notBefore }: RequiredApprover, name: string, id: string): Lift => ({
  who: name,
  how: `looks again${notBefore === undefined ? '' : ` from ${isoInstant(notBefore)} on`} and types ${id}`,
  verb: 'approve',
})

/**
 * The people who may approve. They have the role, and `isSamePerson` rules out that they are the requester. They are on
 * the case and not barred from it. If the command is on a whole release, they are on each case of the release and
 * barred from none.
 */
function mayApprove(context: Context<PendingCommand>, by: PersonId | undefined): readonly Person[] {
  const { policy, whole, state, request } = context
  const cases = isReleaseWide(request.verb) ? [state, ...siblingCases(context)] : [state]
  return policy.people.filter(
    (one) =>
      cases.every(({ people, ...of }) => people[one.id] !== undefined && !isBarred(whole, of, one.id)) &&
      one.roles.some((role) => rolesFor(policy, 'approve').includes(role)) &&
      (by === undefined || isSamePerson(whole, by, one.id) === 'no'),
  )
}
