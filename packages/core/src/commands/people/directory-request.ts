import type { Request } from '../../vocabulary/command.ts'
import type { StandingRequest } from '../../vocabulary/requests/directory.ts'
import type { Decision, World } from '../../vocabulary/decision.ts'
import { unlinkedAccount } from '../../gates/role.ts'
import type { Person, Policy } from '../../policy/schema.ts'
import type { Actor } from '../../shared/actor.ts'
import { assertNever } from '../../shared/assert-never.ts'
import type { Instant } from '../../shared/instant.ts'
import { personOf } from '../../state/people/directory.ts'
import { askLink, claimLink, confirmLink } from './link.ts'
import { noticeMember, noticeMembers } from './members.ts'
import { recordAbsence } from './record-absence.ts'
import { peopleIn } from './directory-decision.ts'
import type { Standing } from './directory-decision.ts'
import { splitIdentities } from './split-identities.ts'
import { unlink } from './unlink.ts'

const STANDING_VERBS: ReadonlySet<string> = new Set<StandingRequest['verb']>([
  'absence',
  'link-ask',
  'link-claim',
  'link-confirm',
  'link.remove',
  'tell-apart',
  'notice-members',
  'notice-member',
])

export const isStanding = (request: Request): request is StandingRequest => STANDING_VERBS.has(request.verb)

export function decideStanding(
  policy: Policy,
  world: World,
  { actor, request }: { readonly actor: Actor; readonly request: StandingRequest },
  at: Instant,
): Decision {
  const state = peopleIn(world)
  if (request.verb === 'notice-members') return noticeMembers({ policy, state, actor }, request)
  if (request.verb === 'notice-member') return noticeMember({ policy, state, actor }, request)
  if (actor.kind !== 'person') return { ok: false, refusal: unlinkedAccount(actor) }
  const standing: Standing = { policy, state, actor, at }
  switch (request.verb) {
    case 'absence':
      return recordAbsence(policy, world, { actor, request }, at)
    case 'link-ask':
      return byPerson(standing, (person) => askLink(standing, person, request.mark))
    case 'link-claim':
      return claimLink(standing, request.mark)
    case 'link-confirm':
      return byPerson(standing, (person) => confirmLink(standing, person, request.agreed))
    case 'link.remove':
      return byPerson(standing, (person) => unlink(standing, person, request))
    case 'tell-apart':
      return byPerson(standing, (person) => splitIdentities(standing, person, request.persons))
    default:
      return assertNever(request)
  }
}

function byPerson({ policy, actor }: Standing, decide: (person: Person) => Decision): Decision {
  const person = personOf(policy, actor.person)
  return person === undefined ? { ok: false, refusal: unlinkedAccount(actor) } : decide(person)
}
