import type { Package, ReferenceKind } from '@embargo/core'
import type { Severity } from './severity.ts'

/**
 * A CVSS vector with its score. `baseScore` is the score of the base metrics alone. Machine-readable records contain
 * this base score.
 */
export type ScoredVector = { vector: string; score: number; baseScore?: number | undefined }

/** An affected branch, or one package of it. `range`: the affected versions (`>= 4.0, < 4.2.7`, or a note in prose). */
export type AffectedBranch = {
  branch: string
  /** The package that this entry is about, if the project names its packages. */
  package?: Package | undefined
  /** Absent if nobody entered the versions. Absent does not mean that all versions are affected. */
  range?: string | undefined
  fixedVersion?: string | undefined
  /** Set if the fix exists, but nobody entered the version that contains it. */
  fixed?: boolean | undefined
}

/** The patch of one branch; `sha256` is the lower-case hexadecimal digest of the UTF-8 bytes of `patch`. */
export type Fix = { branch: string; sha256: string; fileName: string; patch: string }

/** A credit as the reporter chose it. A reporter who chose no credit, or did not answer, is not in the list. */
export type Credit = {
  kind: 'named' | 'pseudonym'
  text: string
  /** The reporter's account at GitHub. Set only if its name is part of what the reporter agreed to publish. */
  login?: string | undefined
}

/** The days of the timeline, epoch milliseconds. A case without a report has no `reported`. */
export type RecordDates = {
  reported?: number | undefined
  /** When the report was found to be a vulnerability. */
  validated?: number | undefined
  fixReady?: number | undefined
  /** When the recipients of a pre-notification were told. */
  prenotified?: number | undefined
  exploitPublic?: number | undefined
  /** When attacks were first known. */
  attacks?: number | undefined
  /** When the interim advisory, which this advisory replaces, was sent. */
  interim?: number | undefined
  published: number
}

/**
 * A public link and its kind. The publication adds the links to the advisory, the release and the CVE record. People
 * add links of the other kinds.
 */
export type Reference = { kind: 'advisory' | 'release' | 'cve-record' | ReferenceKind; url: string }

/** Who publishes the records. `records` is the web address under which the file tree of the records is served. */
export type Publisher = { name: string; namespace: string; records?: string | undefined }

/** The product as the policy describes it. */
export type Product = {
  /** The project's id in the policy. */
  id: string
  /** The name in CVE records. */
  name: string
  vendor?: string | undefined
  /** The prefix that OSV has registered for the ids of the project. */
  osvPrefix?: string | undefined
  /**
   * If the two CVSS vectors of a case give different severities, the vector of this version counts. If this field is
   * absent, the vector of version 4.0 counts.
   */
  severityFrom?: 'v3.1' | 'v4.0' | undefined
  repository?: string | undefined
  publisher?: Publisher | undefined
  packages: readonly Package[]
}

/**
 * The record of a vulnerability. Every text and every machine format is made from it, so they agree. It has no field
 * for reproduction, exploit, people of the team, channels, recipients or the report.
 */
export type AdvisoryRecord = {
  caseNumber: string
  project: string
  component: string
  /** What an attacker can do, in one sentence: "By doing … an attacker may …". */
  impact: string
  workaround?: string | undefined
  severity: Severity
  cvss: { v31?: ScoredVector | undefined; v40?: ScoredVector | undefined }
  cwe?: { id: number; name: string } | undefined
  affected: readonly AffectedBranch[]
  fixes: readonly Fix[]
  credits: readonly Credit[]
  /**
   * The CVE id. Absent if it was requested and has not been assigned yet; `null` if no id was requested or no id will
   * come.
   */
  cve?: string | null | undefined
  /** Set if the vulnerability is fixed in a hosted service, so that users have nothing to install. */
  nothingToInstall?: boolean | undefined
  /** Set if, at the time of the publication, nobody except the author had checked the fix. */
  unchecked?: boolean | undefined
  dates: RecordDates
  references: readonly Reference[]
  /** The id of the advisory at GitHub. */
  ghsa?: string | undefined
  /** The names of the product in machine-readable records. Texts for people do not need them. */
  product?: Product | undefined
  /** The address for further reports. */
  contact: string
}

/** The public part: the record without the patches, because their tests may show how to attack. */
export type PublicRecord = Omit<AdvisoryRecord, 'fixes' | 'dates'> & {
  /** `published` is absent in a text that is shown before the day of the publication is known. */
  dates: Omit<RecordDates, 'published'> & { published?: number | undefined }
}

/** A copy of the record without the patches, because patches must not end up in a public text. */
export function publicRecord(record: AdvisoryRecord): Omit<AdvisoryRecord, 'fixes'> {
  const { fixes: _kept, ...rest } = record
  return rest
}

type WrittenField = 'component' | 'impact' | 'severity'

/** A change of the published record, in one sentence. */
export type Revision = { at: number; summary: string }

/** The public record of a case at any time: what nobody has entered yet is absent. */
export type CaseRecord = Omit<PublicRecord, WrittenField | 'dates'> & {
  [name in WrittenField]?: PublicRecord[name] | undefined
} & {
  dates: RecordDates
  /** The publication and each later change of what is published, in order. Empty until the publication. */
  revisions: readonly Revision[]
  /** When something in the record last changed. */
  modified: number
  /** Whether the case is published. Until then, every document is a draft. */
  isPublished: boolean
  /** When and why the record was withdrawn. */
  withdrawn?: { at: number; reason: string } | undefined
}
