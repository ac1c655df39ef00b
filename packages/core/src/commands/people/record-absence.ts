import type { Command } from '../../vocabulary/command.ts'
import type { DirectoryRequest } from '../../events/people-events.ts'
import type { Append, Decision, World } from '../../vocabulary/decision.ts'
import type { CaseEvent } from '../../events/case-events.ts'
import { unlinkedAccount } from '../../gates/role.ts'
import type { Policy } from '../../policy/schema.ts'
import { isCaseStream } from '../../vocabulary/stream.ts'
import { PEOPLE, PersonId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'
import { changedAbsence } from './absence.ts'
import { personOf } from '../../state/people/directory.ts'
import { peopleIn } from './directory-decision.ts'
import type { PeopleState } from '../../state/people/people-state.ts'

/** People record only their own absence, and it applies to every case they are on. */
export function recordAbsence(
  policy: Policy,
  world: World,
  { actor, request }: Pick<Command, 'actor'> & { readonly request: Extract<DirectoryRequest, { verb: 'absence' }> },
  at: Instant,
): Decision {
  const person = actor.kind === 'person' ? personOf(policy, actor.person) : undefined
  if (person === undefined) return { ok: false, refusal: unlinkedAccount(actor) }
  const absence = changedAbsence(peopleIn(world)?.away[person.id], request, at)
  if ('ok' in absence) return absence
  return { ok: true, appends: [{ stream: PEOPLE, events: [{ type: 'AbsenceSaid', person: person.id, ...absence }] }] }
}

/**
 * If people who are away join a case, records their absence in the case too. So the case's own log shows who was away,
 * even if the absence changes later.
 */
export function withAbsences(decision: Decision, world: World, at: Instant): Decision {
  const people = peopleIn(world)
  if (people === undefined || !decision.ok) return decision
  return { ...decision, appends: decision.appends.map((append) => withAbsencesIn(append, people, world, at)) }
}

function withAbsencesIn(append: Append, people: PeopleState, { others }: World, at: Instant): Append {
  if (!isCaseStream(append.stream)) return append
  const state = others.get(append.stream)
  const known = state?.kind === 'case' ? state : undefined
  const absent = [...new Set(append.events.flatMap((event) => joiningPeople(event, known?.people)))].flatMap(
    (person): readonly CaseEvent[] => {
      const absence = people.away[person]
      const here = known?.away?.[person]
      // An absence that is over is recorded only if, according to this case's own record, the person is still away.
      const matters = absence !== undefined && (absence.until > at || (here !== undefined && here.until > at))
      const same = absence?.from === here?.from && absence?.until === here?.until
      return matters && !same ? [{ type: 'PersonAway', person, ...absence }] : []
    },
  )
  return absent.length === 0 ? append : { ...append, events: [...append.events, ...absent] }
}

/** The people who join the case because of an event. */
function joiningPeople(
  event: Append['events'][number],
  already: Readonly<Record<string, unknown>> = {},
): readonly PersonId[] {
  switch (event.type) {
    case 'PersonInvited':
      return event.consent === 'asked' ? [] : [event.person]
    case 'ConsentGiven':
      return [event.person]
    case 'CaseReopened':
      return Object.keys(already).map((id) => PersonId.parse(id))
    default:
      return []
  }
}
