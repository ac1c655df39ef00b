import { accountOn, CommandId, mayBeSamePerson, PEOPLE, PersonId, PLATFORMS } from '@embargo/core'
import type { Person, Platform, Policy, Refusal } from '@embargo/core'
import { liftInWords } from '@embargo/chat'
import { randomUUID } from 'node:crypto'
import { userInfo } from 'node:os'
import { z } from 'zod'
import type { ProgramParts } from '../program/program.ts'
import { belongsToNobody } from './nobody.ts'

export type PersonFacts = {
  readonly person: string
  readonly name: string
  readonly roles: readonly string[]
  readonly accounts: readonly {
    readonly platform: Platform
    readonly account: string
    /** How the account is known: from the policy, a link that both accounts agreed to, or a group of the platform. */
    readonly from: 'policy' | 'link' | 'group'
  }[]
  /** This person is locked out: they can run no commands and get no messages. */
  readonly lockedOut?: true
  /**
   * Other persons who may be the same human being as this one. If a rule requires two people, this person and one of
   * those others do not satisfy the rule.
   */
  readonly mayBe: readonly string[]
}

type Engine = ProgramParts['engine']

/**
 * Everybody with a role, with their accounts. Only people in the policy may see this: an account that belongs to nobody
 * is refused.
 */
export async function peopleFacts({ engine }: ProgramParts): Promise<readonly PersonFacts[]> {
  const { person, account } = await typing(engine)
  if (person === undefined) throw new Error(belongsToNobody(account))
  const { policy } = engine.policy
  return policy.people.map((one) => factsOf(policy, one))
}

const typing = (engine: Engine) => engine.queries.actorNow(engine.queries.actorOf('terminal', userInfo().username))

function factsOf(policy: Policy, person: Person): PersonFacts {
  return {
    person: person.id,
    name: person.name,
    roles: person.roles,
    accounts: PLATFORMS.flatMap((platform) => {
      const account = accountOn(person, platform)
      return account === undefined ? [] : [{ platform, account, from: sourceOf(person, platform) }]
    }),
    ...(person.lockedOut === undefined ? {} : { lockedOut: true as const }),
    mayBe: policy.people.filter((other) => mayBeSamePerson(person, other)).map(({ id }) => id),
  }
}

function sourceOf({ known, linked = [] }: Person, platform: Platform): 'policy' | 'link' | 'group' {
  if (linked.includes(platform)) return 'link'
  return known ?? 'policy'
}

export type DistinctPeopleReply =
  | { readonly note?: string }
  | { readonly refusal: string; readonly liftedBy: readonly string[] }

const ApartInput = z.object({ persons: z.tuple([PersonId, PersonId]) })

/** Records the caller's statement that two persons are different people. Core decides whether the caller may say so. */
export async function recordDistinctPeople({ engine }: ProgramParts, raw: unknown): Promise<DistinctPeopleReply> {
  const { persons } = ApartInput.parse(raw)
  const answered = await engine.commands.handle({
    commandId: CommandId.parse(`terminal:${randomUUID()}`),
    actor: await typing(engine),
    at: engine.now(),
    request: { verb: 'tell-apart', stream: PEOPLE, persons },
  })
  if (!answered.ok) return refusedWith(answered.refusal)
  return answered.note === undefined ? {} : { note: answered.note }
}

const refusedWith = ({ because, liftedBy }: Refusal): DistinctPeopleReply => ({
  refusal: because,
  liftedBy: liftedBy.map(liftInWords),
})
