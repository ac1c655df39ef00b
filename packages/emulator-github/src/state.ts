import type { JsonObject } from '@embargo/emulator-kit'

/** Only the staff of GitHub can set `withdrawn`. */
export type AdvisoryState = 'triage' | 'draft' | 'published' | 'closed' | 'withdrawn'

export type Severity = 'critical' | 'high' | 'medium' | 'low'

export type Account = { readonly login: string; readonly id: number; readonly type: 'User' | 'Bot' | 'Organization' }

/** One affected package. */
export type Vulnerability = {
  readonly ecosystem: string
  readonly name: string | null
  readonly range: string | null
  readonly patched: string | null
  readonly functions: readonly string[]
}

export type Credit = { readonly login: string; readonly type: string }

/** The CVSS vectors by major version. */
export type Vectors = { readonly v3?: string; readonly v4?: string }

/** A repository security advisory. */
export type Advisory = {
  readonly ghsa: string
  readonly author: string
  readonly createdAt: number
  /** Whether a private report was accepted; undefined if the advisory is not a private report. */
  accepted: boolean | undefined
  state: AdvisoryState
  summary: string
  description: string
  severity: Severity | undefined
  vectors: Vectors
  vulnerabilities: readonly Vulnerability[]
  cwes: readonly string[]
  credits: readonly Credit[]
  cve: string | undefined
  /** Who requested a CVE id. There is at most one entry, because GitHub accepts one request for each advisory. */
  readonly cveRequests: string[]
  collaborators: readonly string[]
  /** The name of the temporary private fork. */
  fork: string | undefined
  publisher: string | undefined
  updatedAt: number
  publishedAt: number | undefined
  closedAt: number | undefined
  /** Every write: who wrote which fields. */
  readonly edits: { readonly by: string; readonly fields: readonly string[] }[]
}

export type Release = {
  readonly id: number
  readonly tag: string
  readonly name: string
  readonly isDraft: boolean
  readonly isPrerelease: boolean
  readonly at: number
}

export type Repository = {
  readonly id: number
  readonly owner: string
  readonly name: string
  isPrivate: boolean
  /** Accounts with the role of an administrator, including owners of the organisation. */
  readonly admins: Set<string>
  readonly advisories: Map<string, Advisory>
  readonly releases: Release[]
  /** Commits by tag, oldest first. */
  readonly tags: Map<string, string>
}

/** One request that reached GitHub. Tokens are not recorded. */
export type RequestRecord = {
  /**
   * The key in `ROUTES`, such as `PATCH /repos/{owner}/{repo}/security-advisories/{ghsa_id}`. If no route matches the
   * request: its HTTP method and its path.
   */
  readonly route: string
  readonly path: string
  readonly by: string
  readonly body: JsonObject
  /** The status, or the effect of a fault, such as `200, answer lost`. */
  outcome: string
}

/** A webhook that was delivered, with the status of the answer. */
export type DeliveryRecord = { readonly id: string; readonly event: string; readonly status: number }

/** Everything that tests assert on. It is live: a later read shows what has happened since. */
export type GitHubState = {
  readonly requests: readonly RequestRecord[]
  readonly deliveries: readonly DeliveryRecord[]
  repository(fullName: string): Repository
  /** An advisory of any repository. */
  advisory(ghsa: string): Advisory
}
