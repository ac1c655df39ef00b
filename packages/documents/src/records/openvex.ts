import { packageKey } from '@embargo/core'
import type { CaseRecord } from '../record.ts'
import { listed } from '../texts/text.ts'
import { byPackage, missingPackages, missingRanges, rangedBranches } from './affected-ranges.ts'
import type { RangedBranch } from './affected-ranges.ts'
import { DRAFT_NOTE, missingFacts } from './format.ts'
import type { FormatResult } from './format.ts'
import { titleOf } from './markdown.ts'
import { packageUrl, rangeUrl, versionUrl } from './package-url.ts'

/**
 * The record as an OpenVEX document: for each package, which versions are affected, what users can do, and which
 * versions are fixed. https://github.com/openvex/spec
 */
export function openvex(record: CaseRecord): FormatResult<object> {
  const packages = byPackage(rangedBranches(record))
  const { publisher } = record.product ?? {}
  const missing = missingFacts([
    { name: 'the publisher of the project in the policy', source: 'policy', isKnown: publisher !== undefined },
    missingPackages(record),
    ...missingRanges(record),
    ...packages.flatMap(({ package: own, branches }) => [
      {
        name: `a package URL of ${packageKey(own)} in the policy`,
        source: 'policy' as const,
        isKnown: packageUrl(own) !== undefined,
      },
      {
        name: `a fixed version of ${packageKey(own)}, or a workaround`,
        source: 'workaround' as const,
        isKnown: action(record, branches) !== undefined,
      },
    ]),
  ])
  if (missing.length > 0 || publisher === undefined) return { ok: false, missing }
  const aliases = [record.caseNumber, record.ghsa, record.cve].filter((id) => id !== undefined && id !== null)
  const name = record.cve ?? record.ghsa ?? record.caseNumber
  const vulnerability = { name, description: titleOf(record), aliases: aliases.filter((id) => id !== name) }
  const note = record.isPublished ? {} : { status_notes: DRAFT_NOTE }
  return {
    ok: true,
    document: {
      '@context': 'https://openvex.dev/ns/v0.2.0',
      '@id': `${publisher.namespace.replace(/\/$/u, '')}/vex/${record.caseNumber}`,
      author: publisher.name,
      timestamp: new Date(record.isPublished ? record.dates.published : record.modified).toISOString(),
      last_updated: new Date(record.modified).toISOString(),
      // A draft has version 1 too, because the schema allows no lower version.
      version: Math.max(1, record.revisions.length),
      statements: packages.flatMap(({ package: own, branches }): readonly object[] => {
        const purl = packageUrl(own) ?? ''
        const affected = branches.map(({ ranges }) => product(rangeUrl(purl, ranges)))
        if (record.withdrawn !== undefined)
          return [{ vulnerability, products: affected, ...withdrawnFrom(record.withdrawn.reason) }]
        const fixed = fixedIn(branches)
        return [
          {
            vulnerability,
            products: affected,
            status: 'affected',
            ...note,
            action_statement: action(record, branches),
          },
          ...(fixed.length === 0
            ? []
            : [
                {
                  vulnerability,
                  products: fixed.map((version) => product(versionUrl(purl, version))),
                  status: 'fixed',
                  ...note,
                },
              ]),
        ]
      }),
    },
  }
}

const withdrawnFrom = (reason: string): object => ({
  status: 'not_affected',
  impact_statement: `The record is withdrawn: ${reason}`,
})

const product = (purl: string) => ({ '@id': purl, identifiers: { purl } })

const fixedIn = (branches: readonly RangedBranch[]): readonly string[] => [
  ...new Set(branches.flatMap(({ fixedVersion }) => fixedVersion ?? [])),
]

/**
 * What users can do: upgrade, use the workaround, or both. Undefined if nobody stated a fixed version or a workaround.
 */
function action({ workaround }: CaseRecord, branches: readonly RangedBranch[]): string | undefined {
  const fixed = fixedIn(branches)
  const actions = [
    ...(fixed.length === 0 ? [] : [`Upgrade to ${listed(fixed, 'or')}.`]),
    ...(workaround === undefined ? [] : [workaround]),
  ]
  return actions.length === 0 ? undefined : actions.join(' ')
}
