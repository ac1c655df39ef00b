import type { JsonObject, Reply } from '@embargo/emulator-kit'
import type { Access, Caller } from '../auth.ts'
import { may } from '../auth.ts'
import { forbidden, notFound } from '../errors.ts'
import type { PermissionName } from '../options.ts'
import type { Platform } from '../platform.ts'
import type { Advisory, Repository } from '../state.ts'

/** A request that matches one of the routes. */
export type Call = {
  readonly platform: Platform
  readonly access: Access
  readonly caller: Caller
  readonly version: string
  /** The parts of the path by name. */
  readonly path: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly body: JsonObject
}

export type Handler = (call: Call) => Reply

type Lookup<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reply: Reply }

/** The repository in the path. The answer is a 404 if the caller may not see the repository. */
export function repositoryOf(call: Call): Lookup<Repository> {
  const found = call.platform.find(`${call.path['owner']}/${call.path['repo']}`)
  const isVisible = found !== undefined && (!found.isPrivate || allows(call, found, 'metadata', 'read'))
  return isVisible ? { ok: true, value: found } : { ok: false, reply: notFound() }
}

/** The repository, if the caller has a permission in it. */
export function permitted(call: Call, name: PermissionName, level: 'read' | 'write'): Lookup<Repository> {
  const found = repositoryOf(call)
  if (!found.ok) return found
  if (allows(call, found.value, name, level)) return found
  return { ok: false, reply: notPermitted(call, `${name}=${level}`) }
}

/** The advisory in the path. The answer is a 404 if the caller may not read the advisory. */
export function readableAdvisory(call: Call): Lookup<{ repository: Repository; advisory: Advisory }> {
  const found = repositoryOf(call)
  if (!found.ok) return found
  const repository = found.value
  const advisory = repository.advisories.get(call.path['ghsa_id'] ?? '')
  const isVisible =
    advisory !== undefined &&
    (advisory.state === 'published' || allows(call, repository, 'repository_advisories', 'read'))
  return isVisible ? { ok: true, value: { repository, advisory } } : { ok: false, reply: notFound() }
}

/** The advisory in the path, if the caller may change it. */
export function writableAdvisory(call: Call): Lookup<{ repository: Repository; advisory: Advisory }> {
  const found = readableAdvisory(call)
  if (!found.ok || allows(call, found.value.repository, 'repository_advisories', 'write')) return found
  return { ok: false, reply: notPermitted(call, 'repository_advisories=write') }
}

export const allows = (
  { caller }: Call,
  repository: Repository,
  name: PermissionName,
  level: 'read' | 'write',
): boolean => may(caller, repository, { name, level })

/** https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api#resource-not-accessible */
const notPermitted = ({ caller }: Call, needed: string): Reply =>
  caller.kind === 'nobody'
    ? notFound()
    : forbidden(
        `Resource not accessible by ${caller.kind === 'token' ? 'personal access token' : 'integration'}`,
        needed,
      )
