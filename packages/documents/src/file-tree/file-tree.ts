import type { CaseRecord } from '../record.ts'
import { CSAF_FOLDER, csafPath } from '../records/csaf/csaf-path.ts'
import { recordDocument } from '../records/documents.ts'
import { RECORD_FORMATS } from '../records/format.ts'
import type { RecordFormat } from '../records/format.ts'
import { osvId } from '../records/osv.ts'
import { CHANGES, csafChanges, csafHashes, csafIndex, INDEX } from './csaf-listing.ts'
import { PROVIDER, providerMetadata } from './provider-metadata.ts'
import type { SigningKey } from './provider-metadata.ts'

/** Files by their path. The content is text that is written as UTF-8. */
export type Files = ReadonlyMap<string, string>

export type FileTree = {
  readonly files: Files
  /** The documents that could not be written, because the record lacks facts for that format. */
  readonly leftOut: readonly {
    readonly caseNumber: string
    readonly format: RecordFormat
    readonly missing: readonly string[]
  }[]
}

export type FileTreeRequest = {
  /** A record that is not published gets no file. */
  readonly records: readonly CaseRecord[]
  /** The lists that are in the folder already, in which the records of earlier releases stay. */
  readonly existing?: Files | undefined
  /** The key of a trusted provider, with which `pathsToSign` are signed. */
  readonly key?: SigningKey | undefined
}

/**
 * The documents of a release as a folder, or as the content of a Git working copy: advisories as Markdown, OSV, OpenVEX
 * and CVE records, and CSAF as a provider lays it out (CSAF 2.0, section 7.1): a folder for each year, hashes, the list
 * of all documents and of their changes.
 */
export function fileTree({ records, existing = new Map(), key }: FileTreeRequest): FileTree {
  const published = records.filter(({ isPublished }) => isPublished)
  const written = published.flatMap((record) =>
    RECORD_FORMATS.flatMap((format) => {
      const path = pathOf(format, record)
      return path === undefined ? [] : [{ record, format, path, result: recordDocument(format, record) }]
    }),
  )
  const files = new Map(written.flatMap(({ path, result }) => (result.ok ? [[path, result.document] as const] : [])))
  const csaf = written.flatMap(({ record, path, result }) =>
    result.ok && path.startsWith(`${CSAF_FOLDER}/`) ? [{ path, text: result.document, at: record.modified }] : [],
  )
  const [first] = published
  if (csaf.length > 0) {
    for (const [path, text] of csaf.flatMap(csafHashes)) files.set(path, text)
    files.set(INDEX, csafIndex(csaf, existing.get(INDEX)))
    files.set(CHANGES, csafChanges(csaf, existing.get(CHANGES)))
    const metadata =
      first === undefined ? undefined : providerMetadata(first, Math.max(...csaf.map(({ at }) => at)), key)
    if (metadata !== undefined) files.set(PROVIDER, metadata)
  }
  return {
    files,
    leftOut: written.flatMap(({ record: { caseNumber }, format, result }) =>
      result.ok ? [] : [{ caseNumber, format, missing: result.missing }],
    ),
  }
}

/** The files that a trusted provider signs; a signature is beside its file, with `.asc` after the name. */
export const pathsToSign = (files: Files): readonly string[] =>
  [...files.keys()].filter((path) => new RegExp(String.raw`^${CSAF_FOLDER}/\d{4}/[^/]+\.json$`, 'u').test(path))

export const signaturePath = (path: string): string => `${path}.asc`

/** Where a document lies; the body of an advisory at GitHub is no file. */
function pathOf(format: RecordFormat, record: CaseRecord): string | undefined {
  const { caseNumber, cve, dates } = record
  switch (format) {
    case 'csaf':
      return csafPath(record, 'security-advisory')
    case 'csaf-vex':
      return csafPath(record, 'vex')
    case 'osv':
      return `osv/${osvId(record)}.json`
    case 'openvex':
      return `vex/${caseNumber}.json`
    case 'cve':
      return cve === null ? undefined : `cve/${cve ?? caseNumber}.json`
    case 'markdown':
      return `advisories/${new Date(dates.published).getUTCFullYear()}/${caseNumber}.md`
    case 'ghsa':
      return undefined
  }
}
