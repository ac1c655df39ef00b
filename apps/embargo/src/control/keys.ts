import type { Project } from '@embargo/core'
import {
  confirmProjectKey,
  createProjectKey,
  extendProjectKey,
  findKey,
  importProjectKey,
  projectKeys,
  publishedKeys,
} from '@embargo/engine'
import type { CreatedKey, ExtendedKey, FoundKey, ImportedKey, ProjectKey } from '@embargo/engine'
import { armoredKey } from '@embargo/mail'
import { createKeyDirectory } from '@embargo/mail-bridge'
import { userInfo } from 'node:os'
import { z } from 'zod'
import type { ProgramParts } from '../program/program.ts'
import { createDnsResolver } from '../program/dns-resolver.ts'
import { belongsToNobody } from './nobody.ts'

type Engine = ProgramParts['engine']

/** `project` is needed only if there are several projects. */
const ProjectInput = z.object({ project: z.string().max(100).optional() })
const MAX_PASSPHRASE = 1_000
const MAX_KEY_TEXT = 700_000

/** The keys of all projects. Everybody in the policy may see them, because they are public. */
export async function listKeys({ engine }: ProgramParts): Promise<readonly ProjectKey[]> {
  await caller(engine)
  return projectKeys(engine.deps)
}

/**
 * Creates a key for a project. Returns the backup that an admin must store elsewhere: the secret key, and the
 * certificate that revokes the key. Admins only.
 */
export async function createKeyFor({ engine }: ProgramParts, raw: unknown): Promise<CreatedKey> {
  const { project, passphrase } = ProjectInput.extend({
    passphrase: z.string().min(1).max(MAX_PASSPHRASE),
  }).parse(raw)
  await admin(engine)
  return createProjectKey(engine.deps, projectNamed(engine, project), passphrase)
}

/** Confirms that the backup of a new key is stored elsewhere. The key is used from then on. Admins only. */
export async function confirmKeyOf({ engine }: ProgramParts, raw: unknown): Promise<{ readonly key?: ProjectKey }> {
  const { project } = ProjectInput.parse(raw)
  await admin(engine)
  const key = await confirmProjectKey(engine.deps, projectNamed(engine, project))
  return key === undefined ? {} : { key }
}

/** Moves the expiry date of the current key. Admins only. */
export async function extendKeyOf({ engine }: ProgramParts, raw: unknown): Promise<ExtendedKey> {
  const { project } = ProjectInput.parse(raw)
  await admin(engine)
  return extendProjectKey(engine.deps, projectNamed(engine, project))
}

/** Imports a key that another program made. Admins only. */
export async function importKeyFor({ engine }: ProgramParts, raw: unknown): Promise<ImportedKey> {
  const { project, key, passphrase } = ProjectInput.extend({
    key: z.base64().max(MAX_KEY_TEXT),
    passphrase: z.string().max(MAX_PASSPHRASE).optional(),
  }).parse(raw)
  await admin(engine)
  return importProjectKey(engine.deps, projectNamed(engine, project), Buffer.from(key, 'base64'), passphrase)
}

/** The files in which mail programs find the current keys: paths, with contents in base 64. */
export async function keyFiles({ engine }: ProgramParts): Promise<readonly { path: string; content: string }[]> {
  await caller(engine)
  const files = await publishedKeys(engine.deps)
  return files.map(({ path, content }) => ({ path, content: Buffer.from(content).toString('base64') }))
}

const MAX_ADDRESS = 254

/** Looks up somebody else's key in the directory of their mail domain. The domain learns that somebody asked. */
export async function findKeyOf(
  { engine }: ProgramParts,
  raw: unknown,
): Promise<FoundKey & { readonly armored?: string }> {
  const { address } = z.object({ address: z.string().max(MAX_ADDRESS) }).parse(raw)
  await caller(engine)
  const found = await findKey(engine, createKeyDirectory({ resolver: createDnsResolver() }), address)
  return found.is === 'found' ? { ...found, armored: armoredKey(Buffer.from(found.key.file, 'base64')) } : found
}

async function caller(engine: Engine): Promise<string> {
  const { person, account } = await engine.queries.actorNow(engine.queries.actorOf('terminal', userInfo().username))
  if (person === undefined) throw new Error(belongsToNobody(account))
  return person
}

async function admin(engine: Engine): Promise<void> {
  const person = await caller(engine)
  const { people } = engine.policy.policy
  if (people.find(({ id }) => id === person)?.roles.includes('admin') === true) return
  const admins = people.filter(({ roles }) => roles.includes('admin')).map(({ name }) => name)
  const named = admins.length === 0 ? '' : ` (${admins.join(', ')})`
  throw new Error(`Only an admin${named} can change keys. Nothing was changed.`)
}

function projectNamed({ policy }: Engine, name: string | undefined): Project {
  const { projects } = policy.policy
  const [only, ...more] = projects
  const found = name === undefined && more.length === 0 ? only : projects.find(({ id }) => id === name)
  if (found !== undefined) return found
  const names = projects.map(({ id }) => id).join(', ')
  throw new Error(
    name === undefined ? `For which project? One of ${names}.` : `There is no project ${name}, only ${names}.`,
  )
}
