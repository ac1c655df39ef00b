/** GitHub's names for permissions of apps and fine-grained tokens, as far as this API needs them. */
export type PermissionName = 'metadata' | 'contents' | 'repository_advisories' | 'administration'
export type Permissions = Readonly<Partial<Record<PermissionName, 'read' | 'write'>>>

export type RepositorySeed = {
  /** `owner/name` */
  readonly name: string
  readonly isPrivate?: boolean
  /** Accounts that administer the repository. */
  readonly admins?: readonly string[]
}

/** The app that is installed in the account of `installedOn`. */
export type AppSeed = {
  readonly id: number
  readonly slug: string
  /** The app's public key in PEM, which verifies the app's JSON web tokens. */
  readonly publicKey: string
  readonly permissions: Permissions
  readonly events?: readonly string[]
  /** The repositories, `owner/name`. */
  readonly installedOn: readonly string[]
}

/** A personal access token of an account. Without `permissions` it is a classic token with `scopes`. */
export type TokenSeed = {
  readonly token: string
  readonly login: string
  readonly permissions?: Permissions
  readonly scopes?: readonly string[]
}

/**
 * `windowMs`: the length of the primary limit's window in a test. At GitHub, this window is an hour. The window of the
 * secondary limit, a minute, is shortened in proportion.
 */
export type RateLimitOption = 'off' | { readonly calls?: number; readonly writes?: number; readonly windowMs: number }

export type GitHubEmulatorOptions = {
  readonly repositories: readonly RepositorySeed[]
  readonly app?: AppSeed
  readonly tokens?: readonly TokenSeed[]
  readonly limits?: RateLimitOption
  /** Unix milliseconds; the machine's clock by default. */
  readonly now?: () => number
}
