import type { CveId, Instant } from '@embargo/core'

/** A repository, as in `https://github.com/owner/name`. */
export type RepositoryRef = { readonly owner: string; readonly name: string }

/** One advisory of a repository. */
export type AdvisoryRef = { readonly repository: RepositoryRef; readonly ghsa: string }

/**
 * `triage`: reported in private, not accepted yet. A published advisory never returns to an earlier state; only the
 * staff of the host can withdraw it.
 */
export type AdvisoryState = 'triage' | 'draft' | 'published' | 'closed' | 'withdrawn'

/** A part of an advisory that people can edit at the host. */
export type AdvisoryField =
  | 'state'
  | 'summary'
  | 'description'
  | 'severity'
  | 'affected'
  | 'weaknesses'
  | 'cve'
  | 'credits'

/** An advisory as it is at its host. */
export type HostedAdvisory = {
  readonly ghsa: string
  readonly state: AdvisoryState
  /** The page of the advisory. */
  readonly link: string
  readonly summary: string
  readonly description: string
  readonly cve?: CveId
  /** The account that wrote the advisory. For a private report: the reporter. */
  readonly author?: string
  /** The advisory began as a private report. */
  readonly isReport: boolean
  readonly createdAt: Instant
  readonly publishedAt?: Instant
  /**
   * Identifies the content as it is now: it changes exactly when the content changes. Store it, and pass it to `update`
   * and `publish`.
   */
  readonly revision: string
}

/** A field that somebody else has changed at the host. `ours` is what the document would write there. */
export type AdvisoryDifference = { readonly field: AdvisoryField; readonly now: string; readonly ours: string }

/**
 * `changed`: somebody else changed the advisory after the revision `seen`, and nothing was written. A changed field
 * does not count if it now has the value that the document has. To write all the same, show a person the differences
 * first. Then call again, and pass as `seen` the revision of the advisory that is returned here.
 */
export type AdvisoryChange =
  | { readonly is: 'done'; readonly advisory: HostedAdvisory }
  | {
      readonly is: 'changed'
      readonly advisory: HostedAdvisory
      readonly differences: readonly AdvisoryDifference[]
    }

/**
 * The host of a project's advisories. A call that fails throws `OutsideError`: `refused` if it will never succeed,
 * `rate-limited` or `unreachable` if nothing happened and a retry may succeed, `unknown` if the change may have been
 * made. A retry after `unknown` is safe, because it first checks what the host already has.
 */
export type AdvisoryHost = {
  /** Reads an advisory. Undefined if the repository has no such advisory, or does not show it to us. */
  read(ref: AdvisoryRef): Promise<HostedAdvisory | undefined>
  /** The advisories in one of these states, oldest first. */
  list(repository: RepositoryRef, states: readonly AdvisoryState[]): Promise<readonly HostedAdvisory[]>
  /**
   * Opens a draft advisory. `lookUp` says that an earlier try may already have opened it. Then the adapter first
   * searches for an advisory that has exactly the summary and description of the document and is not in `known`. The
   * adapter leaves no hidden mark in an advisory to find it by, because the mark would become public.
   */
  open(request: {
    readonly repository: RepositoryRef
    /** The body of the advisory, as `recordDocument('ghsa', …)` writes it. */
    readonly document: string
    /** The ids of all advisories of this repository that are in our log. */
    readonly known: readonly string[]
    readonly lookUp: boolean
    /**
     * With `lookUp`, the search includes drafts, and advisories that were published after this time. If no time is
     * given, the search includes only drafts.
     */
    readonly publishedSince?: Instant
  }): Promise<HostedAdvisory>
  /**
   * Replaces the content of the advisory by the document. If the document has no CVE id, the advisory keeps its own. It
   * is no failure if the advisory already has this content. `seen` has one or more revisions, one per line. A field
   * counts as changed by somebody else unless it has the same content as in one of these revisions. Without `seen`,
   * only empty fields are filled in.
   */
  update(request: AdvisoryRef & { readonly document: string; readonly seen?: string }): Promise<AdvisoryChange>
  /** Accepts a private report, which makes it a draft. An advisory that is no longer in triage is returned as it is. */
  accept(ref: AdvisoryRef): Promise<HostedAdvisory>
  /** Asks the host for a CVE id, unless the advisory already has an id or somebody has already asked for one. */
  requestCve(ref: AdvisoryRef): Promise<{ readonly is: 'requested' } | { readonly is: 'assigned'; readonly cve: CveId }>
  /**
   * Publishes the advisory. This cannot be undone, and it deletes the advisory's private fork. It is no failure if the
   * advisory is already published. In an advisory that is not published yet, each field must have the same content as
   * in the revision `seen` or in the document. Otherwise nothing is published, and the answer is `changed`.
   */
  publish(request: AdvisoryRef & { readonly document: string; readonly seen: string }): Promise<AdvisoryChange>
}
