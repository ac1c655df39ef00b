import type { CaseId, CveId, DocumentStepId, EffectId, Instant, Package, Project, TargetName } from '@embargo/core'

/** A file of a delivery, or a text for a form. `name` is a relative path without `..`, made by us. */
export type TargetDocument = { readonly name: string; readonly text: string }

/** A version in which a case is fixed. */
export type FixedVersion = { readonly package?: Package; readonly version: string }

/** What one step of a publication does at a target for one case. */
export type Delivery = {
  readonly effect: EffectId
  readonly step: DocumentStepId
  readonly case: CaseId
  readonly project: Project
  readonly documents: readonly TargetDocument[]
  /** When the publication began. Content that is older than this cannot come from an earlier attempt of this step. */
  readonly startedAt: Instant
  readonly cve?: CveId
  /** The versions to look for; only for the target `versions`. */
  readonly versions: readonly FixedVersion[]
  /** The link of what is at the target already, such as a draft. */
  readonly opened?: string
  /**
   * For a private report at `opened`: identifies the content that the case has taken in, so that later changes by other
   * people are noticed.
   */
  readonly seen?: string
  /** The key that signed the documents, and where readers fetch it. */
  readonly signingKey?: { readonly url: string; readonly fingerprint: string }
  /**
   * The marks of the content that this program put at the target earlier (`mark` in `DeliveryResult`), one per line.
   * Only content with such a mark is replaced.
   */
  readonly former?: string
  /** Set if the delivery corrects what was published before. */
  readonly correction?: Correction
}

/** A later revision of the content that a target has. */
export type Correction = {
  /** Why the record is withdrawn, if it is. */
  readonly withdrawn?: string
}

/**
 * `done`: the content is at the target. `link` leads to the content, and `mark` lets the target recognise it later.
 * `later`: nothing happened yet, and the delivery is tried again. `changed`: somebody else changed what is there, and
 * nothing was overwritten. `unknown`: an earlier attempt may have succeeded, and the target cannot tell. `because` is
 * written for people.
 */
export type DeliveryResult =
  | { readonly is: 'done'; readonly link?: string; readonly evidence: string; readonly mark?: string }
  | { readonly is: 'later' | 'changed' | 'unknown'; readonly because: string }

/**
 * A place, other than mail, where a publication puts documents or looks for versions. A call that fails throws
 * `OutsideError`. If the text is already at the target, the delivery counts as a success. With `lookUp`, an earlier
 * attempt may have succeeded, so the adapter must look before it does anything that cannot be repeated.
 */
export type PublicationTarget = {
  readonly target: TargetName
  deliver(delivery: Delivery & { readonly lookUp: boolean }): Promise<DeliveryResult>
  /**
   * The CVE id that the target assigned to an advisory at this target; undefined while the advisory has none. Only for
   * a target that is a CNA. With `asks`, the target is first asked for an id, unless it was asked before. If the
   * advisory is a private report, the call with `asks` also accepts the report, so that it becomes a draft.
   */
  cveOf?(advisory: {
    readonly project: Project
    readonly opened: string
    readonly asks: boolean
  }): Promise<CveId | undefined>
  /**
   * Whether this version of the package is public; undefined if the target cannot look there. Only for the target
   * `versions`.
   */
  hasVersion?(version: FixedVersion, project: Project): Promise<boolean | undefined>
  /** The HTTP status of a page on a host of the project. Only for the target `versions`. */
  statusOf?(link: string, project: Project): Promise<number>
}

/** A target that takes the place of the real one in a rehearsal. */
export type RehearsalTarget = PublicationTarget & {
  /** How the real publication differs, in a sentence. */
  readonly differs: string
  /** Set if everybody can read what is put at this target. In that case, the content must contain nothing secret. */
  readonly isPublic?: true
}
