import type { CaseRecord, ScoredVector } from '../record.ts'
import type { VersionRange } from '@embargo/core'
import { byPackage, missingPackages, missingRanges, rangedBranches } from './affected-ranges.ts'
import { missingFacts } from './format.ts'
import type { FormatResult } from './format.ts'
import { sections, titleOf } from './markdown.ts'
import { packageUrl } from './package-url.ts'
import { REFERENCES } from './references.ts'

const SCHEMA_VERSION = '1.7.5'

/**
 * The record in the format of OSV. The ids of GitHub and CVE are aliases. https://ossf.github.io/osv-schema/
 */
export function osv(record: CaseRecord): FormatResult<object> {
  const missing = missingFacts([
    missingPackages(record),
    ...missingRanges(record),
    { name: 'the impact', source: 'advisory', isKnown: record.impact !== undefined },
  ])
  if (missing.length > 0) return { ok: false, missing }
  const { dates, cvss } = record
  const aliases = [record.ghsa, record.cve].filter((id) => id !== undefined && id !== null)
  return {
    ok: true,
    document: {
      schema_version: SCHEMA_VERSION,
      id: osvId(record),
      modified: time(record.modified),
      ...(record.isPublished ? { published: time(dates.published) } : {}),
      ...(record.withdrawn === undefined ? {} : { withdrawn: time(record.withdrawn.at) }),
      ...(aliases.length === 0 ? {} : { aliases }),
      summary: titleOf(record),
      details: sections(record),
      severity: [...scoreOf('CVSS_V4', cvss.v40), ...scoreOf('CVSS_V3', cvss.v31)],
      affected: byPackage(rangedBranches(record)).map(({ package: own, branches }) => {
        const purl = packageUrl(own)
        return {
          package: { ecosystem: own.ecosystem, name: own.name, ...(purl === undefined ? {} : { purl }) },
          ranges: branches.flatMap(({ ranges }) =>
            ranges.map((range) => ({ type: 'ECOSYSTEM', events: events(range) })),
          ),
        }
      }),
      references: record.references.map(({ kind, url }) => ({ type: REFERENCES[kind].osv, url })),
      credits: record.credits.map(({ text }) => ({ name: text, type: 'REPORTER' })),
      database_specific: {
        severity: record.severity,
        cwe_ids: record.cwe === undefined ? [] : [`CWE-${record.cwe.id}`],
        ...(record.isPublished ? {} : { draft: true }),
      },
    },
  }
}

/** Ids of a project that has no registered prefix begin with `x_`. */
export function osvId({ caseNumber, product }: CaseRecord): string {
  const prefix = product?.osvPrefix ?? `x_${product?.id}`
  return caseNumber.startsWith(`${prefix}-`) ? caseNumber : `${prefix}-${caseNumber}`
}

const time = (at: number): string => new Date(at).toISOString()

const scoreOf = (type: string, scored: ScoredVector | undefined) =>
  scored === undefined ? [] : [{ type, score: scored.vector }]

const events = ({ introduced, fixed, lastAffected }: VersionRange) => [
  { introduced },
  ...(fixed === undefined ? [] : [{ fixed }]),
  ...(lastAffected === undefined ? [] : [{ last_affected: lastAffected }]),
]
