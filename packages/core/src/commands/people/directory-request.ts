import type { Request } from '../../vocabulary/command.ts'
import type { DirectoryRequest } from '../../events/people-events.ts'
import type { Decision, World } from '../../vocabulary/decision.ts'
import { unlinkedAccount } from '../../gates/role.ts'
import type { Person, Policy } from '../../policy/schema.ts'
import type { Actor } from '../../shared/actor.ts'
import { assertNever } from '../../shared/assert-never.ts'
import type { Instant } from '../../shared/instant.ts'
import { personOf } from '../../state/people/directory.ts'
import { askLink, claimLink, confirmLink } from './link.ts'
import { lockOut, undoLockout } from './lockout.ts'
import { noticeMember, noticeMembers } from './members.ts'
import { recordAbsence } from './record-absence.ts'
import { peopleIn } from './directory-decision.ts'
import type { DirectoryContext } from './directory-decision.ts'
import { splitIdentities } from './split-identities.ts'
import { unlink } from './unlink.ts'

const DIRECTORY_VERBS: ReadonlySet<string> = new Set<DirectoryRequest['verb']>([
  'absence',
  'link-ask',
  'link-claim',
  'link-confirm',
  'link.remove',
  'tell-apart',
  'lockout',
  'lockout.undo',
  'notice-members',
  'notice-member',
])

export const isDirectoryRequest = (request: Request): request is DirectoryRequest => DIRECTORY_VERBS.has(request.verb)

export function decideDirectory(
  policy: Policy,
  world: World,
  { actor, request }: { readonly actor: Actor; readonly request: DirectoryRequest },
  at: Instant,
): Decision {
  const state = peopleIn(world)
  if (request.verb === 'notice-members') return noticeMembers({ policy, state, actor }, request)
  if (request.verb === 'notice-member') return noticeMember({ policy, state, actor }, request)
  if (actor.kind !== 'person') return { ok: false, refusal: unlinkedAccount(actor) }
  const context: DirectoryContext = { policy, state, actor, at }
  switch (request.verb) {
    case 'absence':
      return recordAbsence(policy, world, { actor, request }, at)
    case 'link-ask':
      return byPerson(context, (person) => askLink(context, person, request.mark))
    case 'link-claim':
      return claimLink(context, request.mark)
    case 'link-confirm':
      return byPerson(context, (person) => confirmLink(context, person, request.agreed))
    case 'link.remove':
      return byPerson(context, (person) => unlink(context, person, request))
    case 'tell-apart':
      return byPerson(context, (person) => splitIdentities(context, person, request.persons))
    case 'lockout':
      return byPerson(context, (person) => lockOut(context, person, request))
    case 'lockout.undo':
      return byPerson(context, (person) => undoLockout(context, person, request.person))
    default:
      return assertNever(request)
  }
}

function byPerson({ policy, actor }: DirectoryContext, decide: (person: Person) => Decision): Decision {
  const person = personOf(policy, actor.person)
  return person === undefined ? { ok: false, refusal: unlinkedAccount(actor) } : decide(person)
}
