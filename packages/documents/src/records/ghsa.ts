import { ecosystemOf, rangeInWords } from '@embargo/core'
import { severityOf } from '../cvss/score.ts'
import type { CaseRecord } from '../record.ts'
import { missingPackages, missingRanges, rangedBranches } from './affected-ranges.ts'
import { DRAFT_NOTE, missingFacts } from './format.ts'
import type { FormatResult } from './format.ts'
import { sections, titleOf } from './markdown.ts'

/**
 * The body with which GitHub's API creates or updates a repository's advisory. `credits` takes only accounts of GitHub,
 * so the description names everybody who is credited.
 */
export function ghsa(record: CaseRecord): FormatResult<object> {
  const missing = missingFacts([
    missingPackages(record),
    ...missingRanges(record),
    { name: 'the impact', source: 'advisory', isKnown: record.impact !== undefined },
    { name: 'a severity', source: 'severity', isKnown: record.severity !== undefined },
  ])
  if (missing.length > 0) return { ok: false, missing }
  return {
    ok: true,
    document: {
      summary: titleOf(record),
      description: [
        ...(record.isPublished ? [] : [`> ${DRAFT_NOTE}`]),
        sections({ ...record, references: otherLinks(record) }),
        ourNumber(record),
      ].join('\n\n'),
      cve_id: record.cve ?? null,
      vulnerabilities: rangedBranches(record).flatMap(({ package: own, ranges, fixedVersion }) =>
        ranges.map((range) => ({
          package: { ecosystem: ecosystemOf(own?.ecosystem ?? '')?.github ?? 'other', name: own?.name },
          vulnerable_version_range: rangeInWords(range),
          patched_versions: fixedVersion ?? null,
        })),
      ),
      cwe_ids: record.cwe === undefined ? [] : [`CWE-${record.cwe.id}`],
      credits: record.credits.flatMap(({ login }) => (login === undefined ? [] : [{ login, type: 'reporter' }])),
      ...rating(record),
    },
  }
}

/**
 * The links for the description, because GitHub has no field for them. A link to the advisory itself is useless there,
 * and the advisory's patched versions already name the release.
 */
const otherLinks = ({ references }: CaseRecord): CaseRecord['references'] =>
  references.filter(({ kind }) => kind !== 'advisory' && kind !== 'release')

/**
 * Our number for the case. With it, no two cases have the same description, so the description shows to which case an
 * advisory at GitHub belongs.
 */
const ourNumber = ({ caseNumber, project }: CaseRecord): string => `${caseNumber} at ${project}`

/**
 * GitHub accepts either a severity, or a vector from which it derives the severity. A vector is sent only if it gives
 * the severity that people decided on.
 */
function rating({ severity, cvss, product }: CaseRecord) {
  const both = product?.severityFrom === 'v4.0' ? [cvss.v40, cvss.v31] : [cvss.v31, cvss.v40]
  const vector = both.find((one) => one !== undefined && severityOf(one.score) === severity)
  if (vector !== undefined) return { cvss_vector_string: vector.vector }
  return { severity: severity === 'moderate' ? 'medium' : severity }
}
