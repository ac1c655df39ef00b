import { DAY, later } from '@embargo/core'
import type { Project } from '@embargo/core'
import { createKey } from '@embargo/mail'
import type { OwnKey } from '@embargo/mail'
import { confirmProjectKey } from '../../src/keys/project-keys.ts'
import type { House } from '../house.ts'

export const projectOf = ({ engine }: House): Project => {
  const [project] = engine.policy.policy.projects
  if (project === undefined) throw new Error('the policy has no project')
  return project
}

/**
 * Stores a key for the project. Nobody has confirmed yet that copies of the key are stored elsewhere. Unlike
 * `createProjectKey`, this function makes no copy that is encrypted with a passphrase. That encryption is slow on
 * purpose.
 */
export async function storeProjectKey(house: House): Promise<OwnKey> {
  const { clock, ownKeys } = house.engine.deps
  const { id, address } = projectOf(house)
  const createdAt = clock.now()
  const key = await createKey({
    name: `${id} security`,
    address,
    at: createdAt,
    expiresAt: later(createdAt, 3 * 365 * DAY),
  })
  const { fingerprint, secret, public: open } = key
  await ownKeys.add({ project: id, serial: 1, createdAt, fingerprint, secret, public: open })
  return key
}

/** Stores a key for the project, and confirms that copies of the key are stored elsewhere. */
export async function storeConfirmedKey(house: House): Promise<OwnKey> {
  const key = await storeProjectKey(house)
  await confirmProjectKey(house.engine.deps, projectOf(house))
  return key
}
