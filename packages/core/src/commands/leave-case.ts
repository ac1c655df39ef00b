import type { Append, Decision, Refusal } from '../vocabulary/decision.ts'
import type { CaseEvent } from '../events/case-events.ts'
import { possibleAliases } from '../state/people/same-person.ts'
import { personOf } from '../state/people/directory.ts'
import { freeTeam } from '../state/people/access.ts'
import { refuse } from '../gates/gate.ts'
import type { Context } from '../gates/gate.ts'
import { releaseCases } from '../state/release/release-cases.ts'
import type { PersonId } from '../shared/ids.ts'
import { listAnd } from '../text/name-list.ts'
import { VOID_CAUSES, voidedBy } from './approvals/void-causes.ts'
import { onStreams } from './decisions.ts'
import { HOLD_CAUSES } from './publication/hold-causes.ts'
import { somebodyElse } from './somebody-else.ts'

/**
 * The people on the case, or invited to it, who may be the same human as the given person. They leave the case
 * together.
 */
export const aliasesOnCase = (
  { whole, state }: Pick<Context, 'whole' | 'state'>,
  person: PersonId,
): readonly PersonId[] => possibleAliases(whole, { ...state.people, ...state.invited }, person)

/**
 * Refuses to let the last member who may act leave the case, because otherwise nobody could finish the case. Another
 * member who may act must join first.
 */
export function refuseLastMember(context: Context, leaving: PersonId): Refusal | undefined {
  const { policy, whole, state } = context
  const team = freeTeam(policy, state)
  const also = aliasesOnCase(context, leaving)
  if (team.some(({ id }) => id !== leaving && !also.includes(id)) || team.length === 0) return undefined
  return refuse('on-the-case', 'No team member who can work on this case would be left.', [
    ...somebodyElse(context),
    ...also.map((id) => ({
      who: 'an admin who is neither of the two',
      how: `records that ${nameOf(whole, leaving)} and ${nameOf(whole, id)} are two people, if that is true: embargo people apart ${leaving} ${id}`,
    })),
  ])
}

/**
 * Takes a person off the case, with everybody who may be the same human, because otherwise a second account would keep
 * the access. This voids the approvals and scheduled publications of these people. Signals that they raised remain,
 * because a signal reports a fact.
 */
export function leaveCase(
  context: Context,
  person: PersonId,
  { left, because }: { readonly left: CaseEvent; readonly because: string },
): Decision {
  const { state, whole } = context
  const also = aliasesOnCase(context, person)
  const all = [person, ...also]
  const voided = voidedBy(VOID_CAUSES.askerGone, state, { people: all, because })
  const others = also.map((id): CaseEvent => ({ type: 'PersonRemoved', person: id, mayBe: person }))
  const appends = [{ stream: state.id, events: [left, ...others, ...voided] }, ...heldBack(context, all, because)]
  if (also.length === 0) return onStreams(appends)
  const names = listAnd(also.map((id) => nameOf(whole, id)))
  const note = `${names} may be ${nameOf(whole, person)} with another account, and ${also.length === 1 ? 'is' : 'are'} off the case too. If they are different people, an admin who is neither of them records that: ${also.map((id) => `embargo people apart ${person} ${id}`).join(', ')}. Then invite them.`
  return { ok: true, appends, note }
}

const nameOf = (policy: Context['whole'], id: PersonId): string => personOf(policy, id)?.name ?? id

function heldBack(context: Context, people: readonly PersonId[], because: string): readonly Append[] {
  const { release } = context
  const ahead = release?.ahead
  if (release === undefined || ahead === undefined) return []
  const cases = releaseCases(context)
    .flatMap(({ approvals }) => approvals)
    .filter((one) => one.status === 'given' && one.digest === ahead.digest)
    .some(({ by, givenBy }) => people.some((one) => one === by || one === givenBy))
  const held = { type: 'DisclosureHeld', because: HOLD_CAUSES.approverGone.because({ because }) } as const
  return cases ? [{ stream: release.id, events: [held] }] : []
}
