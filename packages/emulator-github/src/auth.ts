import { createPublicKey, randomBytes, verify } from 'node:crypto'
import type { JsonObject } from '@embargo/emulator-kit'
import { isObject, parseJson } from '@embargo/emulator-kit'
import { CLOCK_SKEW_SECONDS, INSTALLATION_TOKEN_MS, JWT_LIFE_MAX_SECONDS } from './limits.ts'
import type { AppSeed, GitHubEmulatorOptions, PermissionName, Permissions, TokenSeed } from './options.ts'
import type { Platform } from './platform.ts'
import type { Repository } from './state.ts'

/** The id of the installation. There is one app, and it is installed once. */
export const INSTALLATION_ID = 1

/** Who calls. */
export type Caller =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'app'; readonly app: AppSeed }
  | {
      readonly kind: 'installation'
      readonly app: AppSeed
      readonly repositories: readonly string[]
      readonly permissions: Permissions
    }
  | { readonly kind: 'token'; readonly token: TokenSeed }

type IssuedToken = { readonly caller: Caller; readonly expiresAt: number }

/** The login that a write is attributed to. */
export function loginOf(caller: Caller): string {
  switch (caller.kind) {
    case 'installation':
    case 'app':
      return `${caller.app.slug}[bot]`
    case 'token':
      return caller.token.login
    case 'nobody':
      return 'anonymous'
    default:
      return caller satisfies never
  }
}

/** Checks who calls, and issues the tokens of installations. */
export class Access {
  readonly #options: GitHubEmulatorOptions
  readonly #platform: Platform
  readonly #issued = new Map<string, IssuedToken>()

  constructor(options: GitHubEmulatorOptions, platform: Platform) {
    this.#options = options
    this.#platform = platform
  }

  get app(): AppSeed | undefined {
    return this.#options.app
  }

  /** The caller of a request, or GitHub's refusal of the credentials. */
  callerOf(authorization: string | undefined): Caller | { readonly kind: 'refused'; readonly message: string } {
    if (authorization === undefined) return { kind: 'nobody' }
    const [, scheme = '', token = ''] = /^(\S+) (\S+)$/.exec(authorization) ?? []
    if (!/^(?:bearer|token)$/i.test(scheme)) return { kind: 'refused', message: 'Bad credentials' }
    const issued = this.#issued.get(token)
    if (issued !== undefined && issued.expiresAt > this.#platform.now()) return issued.caller
    const own = this.#options.tokens?.find((one) => one.token === token)
    if (own !== undefined) return { kind: 'token', token: own }
    return token.split('.').length === 3 ? this.#byJwt(token) : { kind: 'refused', message: 'Bad credentials' }
  }

  #byJwt(token: string): Caller | { readonly kind: 'refused'; readonly message: string } {
    const { app } = this.#options
    const [header = '', payload = '', signature = ''] = token.split('.')
    const claims = decoded(payload)
    const signed = Buffer.from(`${header}.${payload}`)
    const isOurs =
      app !== undefined &&
      decoded(header)['alg'] === 'RS256' &&
      verify('RSA-SHA256', signed, createPublicKey(app.publicKey), Buffer.from(signature, 'base64url'))
    if (!isOurs) return { kind: 'refused', message: 'A JSON web token could not be decoded' }
    const now = this.#platform.now() / 1000
    const [iat, exp] = [Number(claims['iat']), Number(claims['exp'])]
    if (String(claims['iss']) !== String(app.id))
      return { kind: 'refused', message: "'Issuer' claim ('iss') must be the app's id" }
    if (!(iat <= now + CLOCK_SKEW_SECONDS))
      return {
        kind: 'refused',
        message: "'Issued at' claim ('iat') must be an Integer representing a time in the past",
      }
    if (!(exp > now)) return { kind: 'refused', message: "'Expiration time' claim ('exp') must be in the future" }
    if (exp > now + JWT_LIFE_MAX_SECONDS + CLOCK_SKEW_SECONDS)
      return { kind: 'refused', message: "'Expiration time' claim ('exp') is too far in the future" }
    return { kind: 'app', app }
  }

  /** A token of the installation, valid for an hour. It cannot have a permission that the installation lacks. */
  issue(
    app: AppSeed,
    wish: { readonly repositories: readonly string[] | undefined; readonly permissions: Permissions | undefined },
  ): { readonly token: string; readonly expiresAt: number; readonly permissions: Permissions } | undefined {
    const permissions = wish.permissions ?? app.permissions
    const exceeds = Object.entries(permissions).some(([name, level]) => !covers(app.permissions, name, level))
    const own = app.installedOn.filter(
      (fullName) => wish.repositories === undefined || wish.repositories.includes(fullName.split('/')[1] ?? ''),
    )
    if (exceeds || (wish.repositories !== undefined && own.length < wish.repositories.length)) return undefined
    const token = `ghs_${randomBytes(18).toString('hex')}`
    const expiresAt = this.#platform.now() + INSTALLATION_TOKEN_MS
    this.#issued.set(token, { expiresAt, caller: { kind: 'installation', app, repositories: own, permissions } })
    return { token, expiresAt, permissions }
  }

  /** Ends every installation token, as GitHub does when the app is suspended. */
  revokeTokens(): void {
    this.#issued.clear()
  }
}

/** Whether the caller may use one permission in a repository. */
export function may(
  caller: Caller,
  repository: Repository,
  permission: { readonly name: PermissionName; readonly level: 'read' | 'write' },
): boolean {
  const fullName = `${repository.owner}/${repository.name}`
  switch (caller.kind) {
    case 'installation':
      return caller.repositories.includes(fullName) && covers(caller.permissions, permission.name, permission.level)
    case 'token': {
      const { permissions, scopes = [], login } = caller.token
      if (!repository.admins.has(login)) return false
      if (permissions !== undefined) return covers(permissions, permission.name, permission.level)
      const fine = permission.name === 'repository_advisories' ? `repository_advisories:${permission.level}` : 'repo'
      return scopes.includes('repo') || scopes.includes(fine)
    }
    case 'app':
    case 'nobody':
      return false
    default:
      return caller satisfies never
  }
}

function covers(permissions: Permissions, name: string, level: string): boolean {
  const own = Object.entries(permissions).find(([key]) => key === name)?.[1]
  // Every app and every fine-grained token may read metadata.
  if (name === 'metadata' && level === 'read') return true
  return own === 'write' || (own === 'read' && level === 'read')
}

function decoded(part: string): JsonObject {
  const value = parseJson(Buffer.from(part, 'base64url').toString())
  return isObject(value) ? value : {}
}
