import type { RepositoryRef } from '@embargo/engine'
import { z } from 'zod'
import type { GitHubAccess } from './client.ts'
import { createClient } from './client.ts'
import { PERMISSIONS, REPORT_EVENT } from './manifest.ts'

/** What our login may do in one repository, and who else sees its draft advisories. */
export type AccessReport = {
  /** The name of the app, or the login of the token's owner. */
  readonly login: string
  readonly kind: 'app' | 'classic-token' | 'fine-grained-token'
  /** Permissions or scopes that the login needs but does not have. */
  readonly missing: readonly string[]
  /** Permissions or scopes that the login has but does not need. */
  readonly excess: readonly string[]
  /** Whether everybody can see the repository. */
  readonly isPublic: boolean
  /** Administrators and owners, who see draft advisories; undefined if GitHub does not name them to us. */
  readonly administrators: readonly string[] | undefined
  /** Whether GitHub delivers private reports to a webhook of ours; undefined for a token, which has no webhook. */
  readonly deliversReports?: boolean
}

const Installation = z.object({
  app_slug: z.string(),
  permissions: z.record(z.string(), z.string()),
  events: z.array(z.string()),
})
const User = z.object({ login: z.string() })
const Repository = z.object({ private: z.boolean() })

/** A classic token with one of these scopes may write advisories. With `repo`, it may do much more. */
const ENOUGH = 'repository_advisories:write'
const MORE_THAN_ENOUGH = 'repo'

/** @throws OutsideError if GitHub does not accept our app or token, or does not show us the repository */
export async function inspectAccess(access: GitHubAccess, repository: RepositoryRef): Promise<AccessReport> {
  const client = createClient(access)
  const { private: isPrivate } = await client.call(Repository, {
    kind: 'read',
    repository,
    route: 'GET /repos/{owner}/{repo}',
  })
  const administrators = await client
    .all(User, {
      kind: 'read',
      repository,
      route: 'GET /repos/{owner}/{repo}/collaborators',
      parameters: { permission: 'admin', affiliation: 'all' },
    })
    .then(
      (users) => users.map(({ login }) => login),
      () => undefined,
    )
  const common = { isPublic: !isPrivate, administrators }
  if (access.login.is === 'app') {
    const route = 'GET /repos/{owner}/{repo}/installation'
    const { data } = await client.asApp({ kind: 'read', repository, route })
    const { app_slug: login, permissions, events } = Installation.parse(data)
    const deliversReports = events.includes(REPORT_EVENT)
    return { ...common, login, kind: 'app', deliversReports, ...compared(permissions) }
  }
  const request = { kind: 'read', repository, route: 'GET /user' } as const
  const { login } = await client.call(User, request)
  const scopes = (await client.headersOf(request))['x-oauth-scopes']
  // GitHub does not say what a fine-grained token may do.
  if (scopes === undefined) return { ...common, login, kind: 'fine-grained-token', missing: [], excess: [] }
  const named = scopes.split(',').map((scope) => scope.trim())
  const has = named.includes(ENOUGH) || named.includes(MORE_THAN_ENOUGH)
  const excess = named.filter((scope) => scope !== ENOUGH && scope !== '')
  return { ...common, login, kind: 'classic-token', missing: has ? [] : [ENOUGH], excess }
}

function compared(has: Readonly<Record<string, string>>): Pick<AccessReport, 'missing' | 'excess'> {
  const needed = new Map<string, string>(Object.entries(PERMISSIONS))
  const missing = [...needed].filter(([name, level]) => has[name] !== level && has[name] !== 'write')
  const excess = Object.entries(has).filter(([name, level]) => level === 'write' && needed.get(name) !== 'write')
  const unneeded = Object.entries(has).filter(([name, level]) => level !== 'write' && !needed.has(name))
  return { missing: missing.map(written), excess: [...excess, ...unneeded].map(written) }
}

const written = ([name, level]: readonly [string, string]): string => `${name.replaceAll('_', ' ')}: ${level}`
