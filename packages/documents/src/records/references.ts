import type { Reference } from '../record.ts'

type ReferenceWords = {
  /** What people read beside the link. */
  readonly name: string
  /** The tags of a CVE record; an empty list is not allowed there. */
  readonly cve?: readonly string[]
  /** https://ossf.github.io/osv-schema/#references-field */
  readonly osv: string
}

/** The name of each kind of link in each format. */
export const REFERENCES: Readonly<Record<Reference['kind'], ReferenceWords>> = {
  advisory: { name: 'Advisory', cve: ['vendor-advisory'], osv: 'ADVISORY' },
  release: { name: 'Release', cve: ['release-notes', 'patch'], osv: 'FIX' },
  'cve-record': { name: 'CVE record', osv: 'ADVISORY' },
  fix: { name: 'Fix', cve: ['patch'], osv: 'FIX' },
  report: { name: 'Report', cve: ['issue-tracking'], osv: 'REPORT' },
  article: { name: 'Article', cve: ['technical-description'], osv: 'ARTICLE' },
  discussion: { name: 'Discussion', cve: ['mailing-list'], osv: 'DISCUSSION' },
  'third-party-advisory': { name: 'Third-party advisory', cve: ['third-party-advisory'], osv: 'ADVISORY' },
  web: { name: 'Web page', osv: 'WEB' },
}
