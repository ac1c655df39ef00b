import { personOf } from '../state/people/directory.ts'
import { isOnePerson } from '../state/people/same-person.ts'
import { rolesFor } from '../policy/roles.ts'
import { isBarred } from '../state/people/access.ts'
import type { Context } from '../gates/gate.ts'
import { isReleaseWide } from '../gates/seat-in-release.ts'
import type { Person } from '../policy/schema.ts'
import { sistersOf } from '../state/release/release-cases.ts'
import type { PersonId } from '../shared/ids.ts'
import { isoInstant } from '../shared/instant.ts'
import { oneOf } from '../text/name-list.ts'
import type { Lift } from '../vocabulary/decision.ts'
import { seatOf, waitingCommand } from '../commands/approvals/index.ts'
import type { Waiting } from '../commands/approvals/index.ts'
import type { Seat } from '../commands/approvals/two-person-rule.ts'

/** What a second yes rests on, as a sentence, and who may give it. */
export type SecondYes = { readonly because: string; readonly liftedBy: readonly Lift[] }

/** Whether it was asked already, by whom, and who says yes to it: now, or as soon as it is asked. */
export function whoSaysYes(context: Context<Waiting>): SecondYes {
  const { state, person, request } = context
  const open = state.approvals.find((one) => one.status === 'open' && waitingCommand(one).verb === request.verb)
  const by = open?.by ?? person?.id
  const name = by === undefined ? 'whoever asks' : (personOf(context.whole, by)?.name ?? by)
  const seat: Seat = open ?? seatOf(context)
  const asked =
    open === undefined ? 'Nobody has asked for it yet.' : `${name} asked for it on ${isoInstant(open.askedAt)}.`
  return seat.mode === 'second-look'
    ? { because: `${asked} The same person looks at it a second time.`, liftedBy: [again(seat, name, state.id)] }
    : byAnother(context, seat, { asked, by, name })
}

type Asked = { readonly asked: string; readonly by: PersonId | undefined; readonly name: string }

function byAnother(context: Context<Waiting>, seat: Seat, { asked, by, name }: Asked): SecondYes {
  const admins = seat.mode === 'second-admin'
  const others = mayApprove(context, by).filter(({ roles }) => !admins || roles.includes('admin'))
  const takes = admins ? 'the yes of another admin' : 'the yes of a second person'
  const alone: readonly Lift[] =
    seat.aloneFrom === undefined
      ? []
      : [{ who: name, how: `goes on alone from ${isoInstant(seat.aloneFrom)} on`, verb: 'approve' }]
  const silence: readonly Lift[] =
    seat.yesFrom === undefined
      ? []
      : [{ who: 'silence', how: `is a yes from ${isoInstant(seat.yesFrom)} on, where nobody said no` }]
  if (others.length > 0)
    return {
      because: `${asked} It takes ${takes}.`,
      liftedBy: [
        { who: oneOf(others.map((one) => one.name)), how: 'approves or refuses', verb: 'approve' },
        ...alone,
        ...silence,
      ],
    }
  return {
    because: `${asked} It takes ${takes}, and nobody but ${name} may say it in this case.`,
    liftedBy: [
      ...alone,
      ...silence,
      { who: 'any team member', how: `invites ${admins ? 'another admin' : 'somebody of the team'}`, verb: 'invite' },
      { who: 'an admin', how: 'adds a person to the policy' },
    ],
  }
}

const again = ({ notBefore }: Seat, name: string, id: string): Lift => ({
  who: name,
  how: `looks again${notBefore === undefined ? '' : ` from ${isoInstant(notBefore)} on`} and types ${id}`,
  verb: 'approve',
})

/**
 * Who is on the case, holds a seat there and has the role, and is surely not the one who asks; of what acts on a whole
 * release, in each case of it.
 */
function mayApprove(context: Context<Waiting>, by: PersonId | undefined): readonly Person[] {
  const { policy, whole, state, request } = context
  const cases = isReleaseWide(request.verb) ? [state, ...sistersOf(context)] : [state]
  return policy.people.filter(
    (one) =>
      cases.every(({ people, ...of }) => people[one.id] !== undefined && !isBarred(whole, of, one.id)) &&
      one.roles.some((role) => rolesFor(policy, 'approve').includes(role)) &&
      (by === undefined || isOnePerson(whole, by, one.id) === 'no'),
  )
}
