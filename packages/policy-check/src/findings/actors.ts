import { accountOn, listAnd, listOr, PLATFORMS } from '@embargo/core'
import type { Person, Policy } from '@embargo/core'

/**
 * Whether a person has an account from which they can type a command: in the terminal, which exists under every policy,
 * or on a chat platform in use. A person without such an account cannot link a new account either, because the code
 * that links two accounts must be requested from an account that Embargo already knows.
 */
export const canAct =
  ({ platforms }: Pick<Policy, 'platforms'>) =>
  (person: Person): boolean =>
    PLATFORMS.some(
      (platform) =>
        (platform === 'terminal' || platforms.includes(platform)) && accountOn(person, platform) !== undefined,
    )

/** A sentence about the people who cannot type any command, with a space in front. Empty if all can. */
export function missingAccountsNote(policy: Pick<Policy, 'platforms'>, people: readonly Person[]): string {
  const without = people.filter((person) => !canAct(policy)(person))
  if (without.length === 0) return ''
  const chat = policy.platforms.filter((platform) => platform !== 'terminal')
  const lacks = [...(chat.length === 0 ? [] : [`no account on ${listOr(chat)}`]), 'no osUser']
  return ` ${listAnd(without.map(({ name }) => name))} ${without.length === 1 ? 'has' : 'have'} ${listAnd(lacks)}.`
}
