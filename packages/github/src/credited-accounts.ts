import { OutsideError } from '@embargo/engine'
import type { RepositoryRef } from '@embargo/engine'
import { z } from 'zod'
import type { Client } from './client.ts'

type Credited = { readonly repository: RepositoryRef; readonly credits: readonly { readonly login: string }[] }

/**
 * Writes an advisory. GitHub refuses credits of accounts that do not exist, but the refusal does not always name the
 * accounts. So the error that we throw names them.
 */
export async function namingCredits<T>(client: Client, credited: Credited, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!(error instanceof OutsideError) || error.code !== 'refused' || error.forAPerson) throw error
    const gone = await goneAccounts(client, credited)
    if (gone.length === 0) throw error
    throw new OutsideError(
      'refused',
      `GitHub refuses the credit, because it has no account ${gone.join(', ')}. Publish the advisory there by hand without this credit, then record its link: done github-advisory https://… Or go on without the advisory: settle github-advisory withdrawn WHY`,
    )
  }
}

/** The credited accounts that GitHub does not have. If GitHub cannot be asked, the list is empty. */
async function goneAccounts(client: Client, { repository, credits }: Credited): Promise<readonly string[]> {
  const gone: string[] = []
  try {
    for (const { login } of credits) {
      const parameters = { username: login }
      const request = { kind: 'read', repository, route: 'GET /users/{username}', parameters } as const
      if ((await client.find(z.unknown(), request)) === undefined) gone.push(login)
    }
  } catch (error) {
    if (!(error instanceof OutsideError)) throw error
  }
  return gone
}
