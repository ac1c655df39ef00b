import { affectedPackages, assertNever, branchesToFix, isoInstant, policyFor, projectOf } from '@embargo/core'
import type { CaseState, DocumentStepId, Instant, PolicyInForce, ReleaseState } from '@embargo/core'
import { FORMAT_NAMES, recordDocument, treePath } from '@embargo/documents'
import type { CaseRecord, MissingFact, RecordFormat, TreeFormat } from '@embargo/documents'
import { caseRecord } from '@embargo/letters'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import type { FixedVersion, TargetDocument } from '../ports/publication-target.ts'

/** What a step publishes for a case: its documents, and the versions that it looks for. */
export type StepContent = {
  readonly documents: readonly (TargetDocument & { readonly format: RecordFormat })[]
  readonly versions: readonly FixedVersion[]
  /** The formats that are left out, with what each of them lacks. */
  readonly leftOut: readonly string[]
}

type Source = {
  readonly policy: PolicyInForce
  readonly state: CaseState
  readonly release: ReleaseState | undefined
  /**
   * The time of the publication that the documents state. When a step is performed, this is `publicAt` of the release,
   * or `startedAt` as long as the release has no `publicAt`.
   */
  readonly publishedAt: Instant
}

/** The content as it is sent. @throws CannotPerform if the step has nothing to publish */
export function contentOf(step: DocumentStepId, source: Source): StepContent {
  const record = recordOf(source)
  return written(step, source, isCorrected(source) ? record : firstRevision(record, source.publishedAt))
}

const isCorrected = ({ state }: Pick<Source, 'state'>): boolean => state.corrections !== undefined

/**
 * The content as people approve it, with fixed times, and without the ids and links that exist only after the
 * publication. So it changes only when somebody changes a fact.
 */
export function approvedContentOf(step: DocumentStepId, source: Omit<Source, 'publishedAt'>, at: Instant): StepContent {
  const contents = contentsAt(source, at)
  const known = contents.get(step)
  if (known !== undefined) return known
  const content = written(step, { ...source, publishedAt: publishedIn(source, at) }, approvedRecord(step, source, at))
  contents.set(step, content)
  return content
}

type Contents = Map<DocumentStepId, StepContent>

function contentsAt({ policy, state, release }: Omit<Source, 'publishedAt'>, at: Instant): Contents {
  const before = lastContents.get(state)
  const isSame = before?.policy === policy.hash && before.release === release
  const byTime = isSame ? before.byTime : new Map<Instant, Contents>()
  if (!isSame) lastContents.set(state, { policy: policy.hash, release, byTime })
  const contents = byTime.get(at) ?? new Map()
  byTime.delete(at)
  byTime.set(at, contents)
  for (const oldest of byTime.keys()) if (byTime.size > MAX_TIMES) byTime.delete(oldest)
  return contents
}

/** Contents are kept for two times: the fixed time of the digests, and the time that is shown to people. */
const MAX_TIMES = 2

/** The last contents of each case. They are needed often, for approvals, findings and each card of a release. */
const lastContents = new WeakMap<
  CaseState,
  {
    readonly policy: string
    readonly release: ReleaseState | undefined
    readonly byTime: Map<Instant, Contents>
  }
>()

/** The record from which the approved content is written. */
export function approvedRecord(step: DocumentStepId, source: Omit<Source, 'publishedAt'>, at: Instant): CaseRecord {
  const { ghsa: _ghsa, ...record } = recordOf({ ...source, publishedAt: publishedIn(source, at) })
  // A CVE record must have a link, so this placeholder replaces the link that does not exist yet.
  const brought: CaseRecord['references'] =
    step === 'cve-record' ? [{ kind: 'advisory', url: 'https://advisory.invalid/' }] : []
  const references = [...brought, ...(source.state.advisory?.references ?? [])]
  const revised = isCorrected(source) ? lastRevision(record, at) : firstRevision(record, at)
  return { ...revised, references, isPublished: true }
}

/**
 * The time of the publication that the record states. After a correction, this is `publicAt` of the release, if there
 * is one. In all other cases, it is `at`.
 */
const publishedIn = (source: Omit<Source, 'publishedAt'>, at: Instant): Instant =>
  (isCorrected(source) ? source.release?.publicAt : undefined) ?? at

/**
 * Gives the record one revision, the first publication. Facts that the running publication adds, such as links, make no
 * further revision.
 */
const firstRevision = <R extends Pick<CaseRecord, 'revisions' | 'modified'>>(record: R, at: Instant): R => ({
  ...record,
  revisions: [{ at, summary: 'First publication' }],
  modified: at,
})

/** Gives the time `at` to the last revision of the record. That revision is the newest correction. */
const lastRevision = <R extends Pick<CaseRecord, 'revisions' | 'modified' | 'withdrawn'>>(
  record: R,
  at: Instant,
): R => ({
  ...record,
  revisions: record.revisions.map((one, index) => (index === record.revisions.length - 1 ? { ...one, at } : one)),
  modified: at,
  ...(record.withdrawn === undefined ? {} : { withdrawn: { ...record.withdrawn, at } }),
})

function recordOf({ policy: { policy: whole }, state, release, publishedAt }: Source): CaseRecord {
  const policy = policyFor(whole, state)
  // Facts that become known while approved documents are being published do not change these documents.
  const signalsUntil = state.corrections?.at(-1)?.at ?? release?.startedAt
  return caseRecord({ policy, project: projectOf(policy, state), publishedAt, release, signalsUntil }, state)
}

function written(step: DocumentStepId, source: Source, record: CaseRecord): StepContent {
  switch (step) {
    case 'fixed-versions':
      return { documents: [], versions: versionsOf(source), leftOut: [] }
    case 'github-advisory':
      return only('ghsa', record)
    case 'cve-record':
      return only('cve', record)
    case 'file-tree':
      return files(['markdown'], record)
    case 'records':
      return withPage(files(['osv', 'openvex', 'csaf', 'csaf-vex'], record), record)
    default:
      return assertNever(step)
  }
}

function versionsOf({ policy, state }: Source): readonly FixedVersion[] {
  const { packages } = projectOf(policy.policy, state)
  const all = branchesToFix(state)
    .filter(({ waived }) => waived?.kind !== 'not-fixed')
    .flatMap((branch) => affectedPackages(branch, packages))
    .flatMap(({ package: own, fixedVersion: version }): readonly FixedVersion[] =>
      version === undefined ? [] : [{ ...(own === undefined ? {} : { package: own }), version }],
    )
  const keys = all.map((one) => versionInWords(one))
  return all.filter((_one, index) => keys.indexOf(keys[index] ?? '') === index)
}

export const versionInWords = ({ package: own, version }: FixedVersion): string =>
  own === undefined ? version : `${own.ecosystem} ${own.name} ${version}`

/**
 * Adds the page of the step `file-tree`. That step comes before the CVE record, and may come before the advisory. So
 * the page gets the links to both only now, in the last step.
 */
const withPage = (records: StepContent, record: CaseRecord): StepContent => ({
  ...records,
  documents: [...records.documents, ...files(['markdown'], record).documents],
})

/** One file for each format. A format that lacks a fact is left out. */
function files(formats: readonly TreeFormat[], record: CaseRecord): StepContent {
  const texts = formats.map((format) => ({ format, text: recordDocument(format, record) }))
  const documents = texts.flatMap(({ format, text }): StepContent['documents'] => {
    return text.ok ? [{ format, name: treePath(format, record), text: text.document }] : []
  })
  const leftOut = texts.flatMap(({ format, text }) => (text.ok ? [] : [lacks(format, text.missing)]))
  if (documents.length === 0) throw new CannotPerform(leftOut.join(' '))
  return { documents, versions: [], leftOut }
}

function only(format: RecordFormat, record: CaseRecord): StepContent {
  const text = recordDocument(format, record)
  if (!text.ok) throw new CannotPerform(lacks(format, text.missing))
  return { documents: [{ format, name: format, text: text.document }], versions: [], leftOut: [] }
}

const lacks = (format: RecordFormat, missing: readonly MissingFact[]): string =>
  `No ${FORMAT_NAMES[format]}: nobody entered ${missing.map(({ name }) => name).join(', ')}.`

/**
 * The content as shown to people. The exact time at which it will be published is not known yet, so the content shows
 * another time, and a note says so.
 */
export function contentInWords({ documents, versions, leftOut }: StepContent, at: Instant): string {
  const looks = versions.map((one) => `Looks for ${versionInWords(one)}.`)
  const texts = documents.map(({ name, text }) => `${name}:\n${text.trimEnd()}`)
  const times =
    documents.length === 0
      ? []
      : [
          `The exact time at which this will be published is not known yet: these texts show ${isoInstant(at)} in its place.`,
        ]
  return [...looks, ...texts, ...leftOut.map((why) => `Left out. ${why}`), ...times].join('\n\n')
}
