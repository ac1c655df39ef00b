import { ecosystemOf, packageKey, rangeInWords } from '@embargo/core'
import type { Package, VersionRange } from '@embargo/core'
import type { CaseRecord } from '../record.ts'
import { kindOf } from '../texts/advisory-body.ts'
import { missingRanges, rangedBranches } from './affected-ranges.ts'
import { cvssOf } from './cvss-of.ts'
import { missingFacts } from './format.ts'
import type { FormatResult } from './format.ts'
import { knownExploitation, titleOf } from './markdown.ts'
import { packageUrl } from './package-url.ts'
import { REFERENCES } from './references.ts'

const VERSION_TYPES: Readonly<Record<string, string>> = {
  npm: 'semver',
  cargo: 'semver',
  golang: 'semver',
  pypi: 'python',
  maven: 'maven',
}

/**
 * The CNA container of the CVE record, as CVE Services accepts it. The service adds the id and the name of the CNA. The
 * container follows schema 5.1, with `packageURL` from 5.2. No description names a person (CNA rules), but credits do.
 */
export function cve(record: CaseRecord): FormatResult<object> {
  const { product, impact, component, withdrawn } = record
  if (withdrawn !== undefined && typeof record.cve === 'string')
    return { ok: true, document: { cnaContainer: { rejectedReasons: [english(withdrawn.reason)] } } }
  const links = record.references.filter(({ kind }) => kind !== 'cve-record')
  const missing = missingFacts([
    { name: 'the CVE id', source: 'cve', isKnown: typeof record.cve === 'string' },
    { name: 'the vendor of the project in the policy', source: 'policy', isKnown: product?.vendor !== undefined },
    { name: 'the impact', source: 'advisory', isKnown: impact !== undefined },
    ...missingRanges(record),
    { name: 'the public link of the advisory', source: 'publication', isKnown: links.length > 0 },
  ])
  if (missing.length > 0 || product === undefined) return { ok: false, missing }
  const kind = kindOf(record)
  const subject = `${kind.charAt(0).toUpperCase()}${kind.slice(1)} in ${component === undefined ? '' : `${withArticle(component)} of `}${product.name}.`
  return {
    ok: true,
    document: {
      cnaContainer: {
        title: titleOf(record),
        ...(record.isPublished ? { datePublic: new Date(record.dates.published).toISOString() } : { x_draft: true }),
        descriptions: [english(`${subject} ${impact}`)],
        affected: packagesOf(record).map(({ package: own, ranges }) => ({
          vendor: product.vendor,
          product: product.name,
          ...(product.repository === undefined ? {} : { repo: product.repository }),
          ...(own === undefined ? {} : inPackage(own)),
          defaultStatus: 'unaffected',
          versions: ranges.map((range) => versions(range, own)),
        })),
        ...(record.cwe === undefined
          ? {}
          : {
              problemTypes: [
                {
                  descriptions: [
                    {
                      lang: 'en',
                      type: 'CWE',
                      cweId: `CWE-${record.cwe.id}`,
                      description: `CWE-${record.cwe.id} ${record.cwe.name}`,
                    },
                  ],
                },
              ],
            }),
        ...metrics(record),
        ...(record.workaround === undefined ? {} : { workarounds: [english(record.workaround)] }),
        ...exploits(record),
        references: links.map(({ kind: what, url }) => {
          const { cve: tags } = REFERENCES[what]
          return { url, ...(tags === undefined ? {} : { tags }) }
        }),
        ...(record.credits.length === 0
          ? {}
          : { credits: record.credits.map(({ text }) => ({ lang: 'en', type: 'reporter', value: text })) }),
        source: { discovery: record.dates.reported === undefined ? 'INTERNAL' : 'EXTERNAL' },
      },
    },
  }
}

/** What is known of attacks. A record stays for years, so it does not say that no attacks are known. */
function exploits(record: CaseRecord) {
  const known = knownExploitation(record)
  return known === undefined ? {} : { exploits: [english(known)] }
}

/** Adds the article, unless the person who named the component has already written it. */
const withArticle = (component: string): string => (/^the /iu.test(component) ? component : `the ${component}`)

/**
 * Puts the ranges of each package into one entry. Two entries for one package would contradict each other, because each
 * says that all other versions are unaffected.
 */
const packagesOf = (
  record: CaseRecord,
): readonly { readonly package?: Package | undefined; readonly ranges: readonly VersionRange[] }[] =>
  [
    ...Map.groupBy(rangedBranches(record), (one) =>
      one.package === undefined ? '' : packageKey(one.package),
    ).values(),
  ].map((rows) => {
    // Two branches may have the same versions, and the schema allows each range only once.
    const ranges = new Map(rows.flatMap((row) => row.ranges).map((one) => [rangeInWords(one), one]))
    return { package: rows[0]?.package, ranges: [...ranges.values()] }
  })

const english = (value: string) => ({ lang: 'en', value })

function inPackage(own: Package) {
  const purl = packageUrl(own)
  return { packageName: own.name, ...(purl === undefined ? {} : { packageURL: purl }) }
}

function versions({ introduced, fixed, lastAffected }: VersionRange, own: Package | undefined) {
  const status = 'affected'
  if (lastAffected === introduced) return { version: introduced, status }
  const purlType = own === undefined ? undefined : ecosystemOf(own.ecosystem)?.purl
  return {
    version: introduced,
    status,
    versionType: VERSION_TYPES[purlType ?? ''] ?? 'custom',
    ...(lastAffected === undefined ? { lessThan: fixed ?? '*' } : { lessThanOrEqual: lastAffected }),
  }
}

/** The vectors with their base scores, because the schema asks for base scores. */
function metrics(record: CaseRecord) {
  const { v31, v40 } = cvssOf(record)
  const found = [
    ...(v40 === undefined ? [] : [{ format: 'CVSS', cvssV4_0: v40 }]),
    ...(v31 === undefined ? [] : [{ format: 'CVSS', cvssV3_1: v31 }]),
  ]
  return found.length === 0 ? {} : { metrics: found }
}
