import { DAY, later } from '@embargo/core'
import type { Instant, Project } from '@embargo/core'
import {
  armoredPublicKey,
  createKey,
  directoryPlaces,
  extendKey,
  importKey,
  lockedCopy,
  readPublicKeys,
} from '@embargo/mail'
import type { ImportRefusal } from '@embargo/mail'
import type { Deps } from '../deps.ts'
import type { StoredOwnKey } from '../ports/own-keys.ts'

/** The facts about one of our keys that are shown to people. */
export type ProjectKey = {
  readonly project: string
  readonly serial: number
  readonly fingerprint: string
  readonly address: string
  readonly createdAt: Instant
  readonly expiresAt?: Instant
  /**
   * `current`: reporters encrypt to it, and we sign with it. `unconfirmed`: nobody has confirmed yet that a backup is
   * stored. `former`: it is only used to decrypt.
   */
  readonly state: 'current' | 'unconfirmed' | 'former'
}

/** The backup of a key, which must be stored separately from the database. Both texts are armored. */
export type KeyCopies = { readonly secret: string; readonly revocation: string }

export type CreatedKey =
  | { readonly is: 'created'; readonly key: ProjectKey; readonly copies: KeyCopies }
  | { readonly is: 'unconfirmed'; readonly key: ProjectKey }
  | { readonly is: 'taken' }

export type ImportedKey =
  | { readonly is: 'imported'; readonly key: ProjectKey; readonly extends: boolean }
  | { readonly is: 'refused'; readonly because: ImportRefusal }
  | { readonly is: 'taken' }

/** A file to put on a web server, with its path there. */
export type KeyFile = { readonly path: string; readonly content: Uint8Array }

/** How long a new key is valid. It must be extended before it expires. */
const VALID_FOR = 3 * 365 * DAY

type Parts = Pick<Deps, 'ownKeys' | 'policy' | 'clock'>

/** The keys of all projects, grouped by project. In each group, the newest key is last. */
export async function projectKeys(deps: Parts): Promise<readonly ProjectKey[]> {
  const kept = await deps.ownKeys.list()
  return Promise.all(kept.map(async (key) => factsOf(deps, key, kept)))
}

/**
 * Makes a key for a project. The key is neither published nor used until somebody confirms with `confirmProjectKey`
 * that its backup is stored outside the database. If another process makes a key at the same moment, the result is
 * `taken`.
 */
export async function createProjectKey(deps: Parts, project: Project, passphrase: string): Promise<CreatedKey> {
  const kept = await keysOf(deps, project)
  const last = kept.at(-1)
  if (last !== undefined && last.confirmedAt === undefined)
    return { is: 'unconfirmed', key: await factsOf(deps, last, kept) }
  const at = deps.clock.now()
  const made = await createKey({
    name: `${project.name ?? project.id} security`,
    address: project.address,
    at,
    expiresAt: later(at, VALID_FOR),
  })
  const key: StoredOwnKey = {
    project: project.id,
    serial: (last?.serial ?? 0) + 1,
    createdAt: at,
    fingerprint: made.fingerprint,
    secret: made.secret,
    public: made.public,
  }
  if (!(await deps.ownKeys.add(key))) return { is: 'taken' }
  return {
    is: 'created',
    key: await factsOf(deps, key, [...kept, key]),
    copies: { secret: await lockedCopy(made, passphrase), revocation: made.revocationCertificate },
  }
}

/**
 * Imports a key that the team has used elsewhere. Nobody needs to confirm that a backup exists, because the team still
 * has the original.
 */
export async function importProjectKey(
  deps: Parts,
  project: Project,
  block: Uint8Array,
  passphrase: string | undefined,
): Promise<ImportedKey> {
  const at = deps.clock.now()
  const read = await importKey(block, passphrase, at)
  if (read.is === 'refused') return read
  const kept = await keysOf(deps, project)
  const key: StoredOwnKey = {
    project: project.id,
    serial: (kept.at(-1)?.serial ?? 0) + 1,
    createdAt: at,
    ...read.key,
    confirmedAt: at,
  }
  if (!(await deps.ownKeys.add(key))) return { is: 'taken' }
  return { is: 'imported', key: await factsOf(deps, key, [...kept, key]), extends: read.can.extends }
}

/**
 * Records that the backup of the project's newest key is stored. Undefined if no key of the project waits for this
 * confirmation.
 */
export async function confirmProjectKey(deps: Parts, project: Project): Promise<ProjectKey | undefined> {
  const kept = await keysOf(deps, project)
  const waiting = kept.find(({ confirmedAt }) => confirmedAt === undefined)
  if (waiting === undefined) return undefined
  const confirmed = { ...waiting, confirmedAt: deps.clock.now() }
  await deps.ownKeys.replace(confirmed)
  return factsOf(deps, confirmed, [...kept.filter((key) => key !== waiting), confirmed])
}

export type ExtendedKey =
  | { readonly is: 'extended'; readonly key: ProjectKey }
  | { readonly is: 'no-key' }
  /** The primary part of the key, which is needed to extend it, is not stored. */
  | { readonly is: 'cannot-extend' }

/**
 * Extends the validity of the project's current key, counted from now. Afterwards the public part of the key must be
 * published again.
 */
export async function extendProjectKey(deps: Parts, project: Project): Promise<ExtendedKey> {
  const kept = await keysOf(deps, project)
  const current = kept.find((key) => stateOf(key, kept) === 'current')
  if (current === undefined) return { is: 'no-key' }
  const at = deps.clock.now()
  const extended = await extendKey(current, later(at, VALID_FOR), at).catch(() => undefined)
  if (extended === undefined) return { is: 'cannot-extend' }
  const key = { ...current, ...extended }
  await deps.ownKeys.replace(key)
  return { is: 'extended', key: await factsOf(deps, key, kept.with(kept.indexOf(current), key)) }
}

/**
 * The files through which mail programs find the projects' current keys: a Web Key Directory in the advanced and the
 * direct form (draft-koch-openpgp-webkey-service), and an armored key to which `security.txt` can link.
 */
export async function publishedKeys(deps: Parts): Promise<readonly KeyFile[]> {
  const kept = await deps.ownKeys.list()
  const current = kept.filter((key) => stateOf(key, kept) === 'current')
  const files = await Promise.all(
    current.map(async (key) => {
      const address = addressOf(deps, key)
      const armored = new TextEncoder().encode(await armoredPublicKey(key))
      return [{ path: `${key.project}.asc`, content: armored }, ...directoryFiles(address, key.public)]
    }),
  )
  return files.flat()
}

function directoryFiles(address: string, key: Uint8Array): readonly KeyFile[] {
  const places = directoryPlaces(address)
  if (places === undefined) return []
  return [places.advanced, places.direct].flatMap(({ folder }) => [
    { path: `${folder}/hu/${places.file}`, content: key },
    { path: `${folder}/policy`, content: new Uint8Array(0) },
  ])
}

/** The key that a project signs with, and that others encrypt to. */
export async function currentKey(
  ownKeys: Pick<Deps['ownKeys'], 'list'>,
  { id }: Project,
): Promise<StoredOwnKey | undefined> {
  const kept = await ownKeys.list()
  return kept.find((key) => key.project === id && stateOf(key, kept) === 'current')
}

const keysOf = async ({ ownKeys }: Parts, { id }: Project): Promise<readonly StoredOwnKey[]> =>
  (await ownKeys.list()).filter(({ project }) => project === id)

const addressOf = ({ policy }: Parts, { project }: StoredOwnKey): string =>
  policy.policy.projects.find(({ id }) => id === project)?.address ?? ''

function stateOf(key: StoredOwnKey, kept: readonly StoredOwnKey[]): ProjectKey['state'] {
  if (key.confirmedAt === undefined) return 'unconfirmed'
  const newest = kept.filter((one) => one.project === key.project && one.confirmedAt !== undefined).at(-1)
  return newest?.serial === key.serial ? 'current' : 'former'
}

async function factsOf(deps: Parts, key: StoredOwnKey, kept: readonly StoredOwnKey[]): Promise<ProjectKey> {
  const read = await readPublicKeys(key.public, deps.clock.now())
  const expiresAt = read.is === 'keys' ? read.keys[0]?.facts.expiresAt : undefined
  return {
    project: key.project,
    serial: key.serial,
    fingerprint: key.fingerprint,
    address: addressOf(deps, key),
    createdAt: key.createdAt,
    ...(expiresAt !== undefined && { expiresAt: later(key.createdAt, expiresAt - key.createdAt) }),
    state: stateOf(key, kept),
  }
}
