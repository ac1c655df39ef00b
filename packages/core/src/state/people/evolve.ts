import type { Branch } from '../fix/state.ts'
import type { CaseState } from '../state.ts'
import type { CasePeopleEvent } from '../../events/case/people.ts'
import type { RecordedEvent } from '../../events/recorded-event.ts'
import { assertNever } from '../../shared/assert-never.ts'
import { withMergedIdentity } from './merge-identities.ts'
import type { PersonId } from '../../shared/ids.ts'

/** Applies an event about the people on the case, or about its owner, to the state of the case. */
export function withPeopleEvent(state: CaseState, event: CasePeopleEvent, { at, actor }: RecordedEvent): CaseState {
  switch (event.type) {
    case 'PersonInvited':
      return event.consent === 'asked'
        ? { ...askedBack(state, event.person), invited: { ...state.invited, [event.person]: event.role } }
        : { ...askedBack(state, event.person), people: { ...state.people, [event.person]: event.role } }
    case 'ConsentGiven': {
      const role = state.invited?.[event.person] ?? 'observer'
      return { ...uninvited(state, event.person), people: { ...state.people, [event.person]: role } }
    }
    case 'ConsentDeclined':
      return uninvited(state, event.person)
    case 'PersonAway': {
      const away = { ...state.away, [event.person]: { from: event.from, until: event.until } }
      return at === state.openedAt ? { ...state, away, awayAtOpening: away } : { ...state, away }
    }
    case 'PersonRemoved':
      // Somebody who may be the same human as a removed person leaves the case too, but is not recorded as removed.
      // Such a person can be invited again once an admin confirms that the two are different humans.
      return event.mayBe === undefined
        ? { ...without(state, event.person, at), removed: { ...state.removed, [event.person]: at } }
        : without(state, event.person, at)
    case 'ConflictDeclared':
      return { ...without(state, event.person, at), conflicts: { ...state.conflicts, [event.person]: at } }
    case 'HandoffOffered': {
      const from = actor.kind === 'person' && actor.person !== undefined ? { from: actor.person } : {}
      return { ...state, offer: { to: event.to, ...from, at } }
    }
    case 'HandoffAccepted':
      return withoutOffer(state)
    case 'CoordinatorSet': {
      const { unownedSince: _owned, ...rest } = withoutOffer(state)
      return { ...rest, coordinator: event.person, ownedSince: at }
    }
    case 'StrangerNoticed':
    case 'StrangerLeft':
      return state
    case 'PersonKnownAs':
      return withMergedIdentity(state, event.was, event.is)
    default:
      return assertNever(event)
  }
}

function uninvited(state: CaseState, person: PersonId): CaseState {
  const { invited = {}, ...rest } = state
  const { [person]: _answered, ...others } = invited
  return Object.keys(others).length === 0 ? rest : { ...rest, invited: others }
}

function askedBack(state: CaseState, person: PersonId): CaseState {
  const { removed, ...rest } = state
  if (removed?.[person] === undefined) return state
  const { [person]: _back, ...others } = removed
  return Object.keys(others).length === 0 ? rest : { ...rest, removed: others }
}

/** Removes an offer that nobody accepted. */
export function withoutOffer(state: CaseState): CaseState {
  const { offer: _lapsed, ...rest } = state
  return rest
}

/**
 * The person leaves the case. Patches that were assigned to them and are not written yet become unassigned. What they
 * wrote or reviewed stays in their name.
 */
function without(state: CaseState, person: PersonId, at: CaseState['openedAt']): CaseState {
  const { [person]: _gone, ...people } = state.people
  const { offer, coordinator, ...rest } = uninvited(state, person)
  const stays = offer !== undefined && offer.to !== person && offer.from !== person
  return {
    ...rest,
    people,
    branches: state.branches.map((branch) => unassigned(branch, person)),
    ...(stays ? { offer } : {}),
    ...(coordinator === undefined ? {} : coordinator === person ? { unownedSince: at } : { coordinator }),
  }
}

function unassigned(branch: Branch, person: PersonId): Branch {
  const { fix, ...rest } = branch
  const isTheirs = fix?.is === 'assigned' && fix.remediator.kind === 'person' && fix.remediator.person === person
  return isTheirs ? rest : branch
}
