import { ANA, BEN } from '@embargo/testkit/policy'
import { PersonId, personOf } from '../../src/index.ts'
import type { Actor, Platform, Policy } from '../../src/index.ts'
import { bothPlatforms } from '../fixtures/linking.ts'

/**
 * A human, with all accounts that belong to them. Core does not know humans. It knows only accounts, and what people
 * say about the accounts.
 */
export type Human = { readonly name: string; readonly accounts: readonly (readonly [Platform, string])[] }

const BENS_SECOND = '100000000000000011'
const CEMS = '100000000000000012'

/**
 * The policy lists Ana and Dora on both platforms, and Ben only on Slack. Ben's second account and Cem are in the
 * Discord group that gives the role `team`. Ben and Cem also have accounts that neither the policy nor the group lists.
 */
export const HUMANS: readonly Human[] = [
  {
    name: 'Ana',
    accounts: [
      ['slack', 'U0ANA'],
      ['terminal', 'ana'],
    ],
  },
  {
    name: 'Dora',
    accounts: [
      ['slack', 'U0DORA'],
      ['discord', '100000000000000014'],
    ],
  },
  {
    name: 'Ben',
    accounts: [
      ['slack', 'U0BEN'],
      ['terminal', 'ben'],
      ['discord', BENS_SECOND],
      ['discord', '100000000000000021'],
    ],
  },
  {
    name: 'Cem',
    accounts: [
      ['discord', CEMS],
      ['slack', 'U0CEMTOO'],
    ],
  },
]

/**
 * Two more entries for Ben, so he is picked as often as all others together. One of his accounts is in the policy and
 * another in the group, so this one human can seem to be two.
 */
export const TWOFOLD: readonly Human[] = HUMANS.filter(({ name }) => name === 'Ben').flatMap((ben) => [ben, ben])

/** The members of the Discord group that gives the role `team`: each account, with its name. */
export const GROUP = { [BENS_SECOND]: 'benny', [CEMS]: 'Cem' }

const DORA = {
  id: PersonId.parse('dora'),
  name: 'Dora',
  roles: ['admin' as const, 'team' as const],
  slack: 'U0DORA',
  discord: '100000000000000014',
}

export type CveKind = Policy['projects'][number]['cve']
export const CVE_KINDS: readonly CveKind[] = ['form', 'own', 'none']

export function policyWith(cve: CveKind): Policy {
  const people = [{ ...ANA, discord: '100000000000000013' }, BEN, DORA]
  const written = bothPlatforms({ platforms: ['slack', 'discord', 'terminal'], people })
  return { ...written, projects: written.projects.map((project) => ({ ...project, cve })) }
}

/**
 * Finds the human to whom a person id belongs: by the accounts that the policy lists for this id, or by the account in
 * the id.
 */
export function humanOf(policy: Policy, id: PersonId): string {
  const person = personOf(policy, id)
  const accounts = [person?.slack, person?.discord, person?.osUser, id.split('-').at(-1)]
  const owner = HUMANS.find((human) => human.accounts.some(([, account]) => accounts.includes(account)))
  if (owner === undefined) throw new Error(`nobody is ${id}`)
  return owner.name
}

/** The human who owns the acting account. */
export const humanActing = (actor: Actor): string | undefined =>
  actor.kind === 'person'
    ? HUMANS.find((human) => human.accounts.some(([, account]) => account === actor.account))?.name
    : undefined
