import { FIRST_VERSION, rangeInWords } from '@embargo/core'
import type { VersionRange } from '@embargo/core'
import type { CaseRecord } from '../record.ts'
import { rangedBranches } from '../records/affected-ranges.ts'
import { objectsIn, stringsIn, stringsNamed, stringsOf, valueAt } from './json.ts'
import type { RecordFormat } from '../records/format.ts'

/** The facts that several formats repeat. A fact for which a format has no place is absent. */
export type StatedFacts = {
  readonly ids?: readonly string[] | undefined
  readonly vectors?: readonly string[] | undefined
  /** Ranges as GitHub writes them. */
  readonly ranges?: readonly string[] | undefined
  readonly fixedVersions?: readonly string[] | undefined
  readonly credits?: readonly string[] | undefined
  readonly published?: string | undefined
  readonly isDraft?: boolean | undefined
}

/** What the record itself says. */
export function factsOfRecord(record: CaseRecord): Required<StatedFacts> {
  const { caseNumber, cve, ghsa, cvss, credits, dates, isPublished } = record
  const branches = rangedBranches(record)
  return {
    ids: [caseNumber, ...(typeof cve === 'string' ? [cve] : []), ...(ghsa === undefined ? [] : [ghsa])],
    vectors: [cvss.v31, cvss.v40].flatMap((one) => one?.vector ?? []),
    ranges: branches.flatMap(({ ranges }) => ranges.map(rangeInWords)),
    fixedVersions: branches.flatMap(({ fixedVersion }) => fixedVersion ?? []),
    credits: credits.map(({ text }) => text),
    published: isPublished ? new Date(dates.published).toISOString() : undefined,
    isDraft: !isPublished,
  }
}

/** What a written document says, read back from its text. */
export const factsOfDocument = (format: Exclude<RecordFormat, 'markdown'>, text: string): StatedFacts =>
  READERS[format](JSON.parse(text))

const READERS: Readonly<Record<Exclude<RecordFormat, 'markdown'>, (document: unknown) => StatedFacts>> = {
  csaf: factsOfCsaf,
  'csaf-vex': factsOfCsaf,
  osv: (document) => ({
    ids: [...stringsOf(valueAt(document, ['id'])).map(caseNumberIn), ...stringsOf(valueAt(document, ['aliases']))],
    vectors: objectsIn(valueAt(document, ['severity'])).flatMap(({ score }) => stringsOf(score)),
    ranges: objectsIn(valueAt(document, ['affected'])).flatMap(({ events }) => rangeOfEvents(events)),
    credits: objectsIn(valueAt(document, ['credits'])).flatMap(({ name }) => stringsOf(name)),
    published: stringsOf(valueAt(document, ['published']))[0],
    isDraft: valueAt(document, ['database_specific', 'draft']) === true,
  }),
  openvex: (document) => {
    const statements = objectsIn(document).filter(({ status }) => status !== undefined)
    const purls = (wanted: string) =>
      statements.filter(({ status }) => status === wanted).flatMap(({ products }) => stringsNamed(products, '@id'))
    const known = statements.map(({ vulnerability }) => vulnerability)
    return {
      ids: [...stringsNamed(known, 'name'), ...stringsNamed(known, 'aliases')],
      ranges: purls('affected').flatMap((purl) => rangesOfVers(decodeURIComponent(purl.split('?vers=')[1] ?? ''))),
      fixedVersions: purls('fixed').map((purl) => decodeURIComponent(purl.slice(purl.lastIndexOf('@') + 1))),
      isDraft: statements.some(({ status_notes: notes }) => notes !== undefined),
    }
  },
  cve: (document) => ({
    vectors: stringsNamed(document, 'vectorString'),
    ranges: objectsIn(document).flatMap(({ version, status, lessThan, lessThanOrEqual }) =>
      status === 'affected' ? rangeOfCve({ version, lessThan, lessThanOrEqual }) : [],
    ),
    credits: objectsIn(valueAt(document, ['cnaContainer', 'credits'])).flatMap(({ value }) => stringsOf(value)),
    published: stringsNamed(document, 'datePublic')[0],
    isDraft: valueAt(document, ['cnaContainer', 'x_draft']) === true,
  }),
  ghsa: (document) => ({
    ranges: stringsNamed(document, 'vulnerable_version_range'),
    fixedVersions: stringsNamed(document, 'patched_versions'),
  }),
}

function factsOfCsaf(document: unknown): StatedFacts {
  const inside = objectsIn(valueAt(document, ['vulnerabilities']))
  const products = objectsIn(valueAt(document, ['product_tree']))
  const named = (wanted: string) =>
    stringsIn(
      products.filter(({ category }) => category === wanted),
      'name',
    )
  return {
    ids: [...stringsIn(inside, 'cve'), ...inside.flatMap(({ ids }) => stringsNamed(ids, 'text'))],
    vectors: [
      ...stringsIn(inside, 'vectorString'),
      ...inside.flatMap(({ title, text }) =>
        title === 'CVSS 4.0' ? stringsOf(text).flatMap((one) => one.split(' ').slice(0, 1)) : [],
      ),
    ],
    ranges: named('product_version_range').flatMap(rangesOfVers),
    fixedVersions: named('product_version'),
    credits: stringsIn(inside, 'names'),
    published: stringsIn(inside, 'release_date')[0],
    isDraft: valueAt(document, ['document', 'tracking', 'status']) === 'draft',
  }
}

/** The number of the case in an id of OSV: `x_quillmark-SEC-2026-0042`. */
const caseNumberIn = (id: string): string => /[A-Z][A-Z0-9]{1,9}-\d{4}-\d+$/u.exec(id)?.[0] ?? id

function rangeOfEvents(events: unknown): readonly string[] {
  if (!Array.isArray(events)) return []
  const [introduced] = stringsNamed(events, 'introduced')
  const [fixed] = stringsNamed(events, 'fixed')
  const [lastAffected] = stringsNamed(events, 'last_affected')
  return introduced === undefined ? [] : [inWords({ introduced, fixed, lastAffected })]
}

function rangeOfCve(written: Readonly<Record<'version' | 'lessThan' | 'lessThanOrEqual', unknown>>): readonly string[] {
  const [introduced] = stringsOf(written.version)
  const [fixed] = stringsOf(written.lessThan)
  const [lastAffected] = stringsOf(written.lessThanOrEqual)
  if (introduced === undefined) return []
  const isOne = fixed === undefined && lastAffected === undefined
  return [
    inWords({
      introduced,
      fixed: fixed === '*' ? undefined : fixed,
      lastAffected: isOne ? introduced : lastAffected,
    }),
  ]
}

type Bounds = {
  readonly introduced: string
  readonly fixed: string | undefined
  readonly lastAffected: string | undefined
}

const inWords = ({ introduced, fixed, lastAffected }: Bounds): string =>
  rangeInWords({
    introduced,
    ...(fixed === undefined ? {} : { fixed }),
    ...(lastAffected === undefined ? {} : { lastAffected }),
  })

/** `vers:npm/>=1.0|<1.4|0.9`: a lower bound begins a range, which the next upper bound ends. */
function rangesOfVers(vers: string): readonly string[] {
  const bounds = vers
    .slice(vers.indexOf('/') + 1)
    .split('|')
    .map(decodeURIComponent)
  const found: VersionRange[] = []
  let open: string | undefined
  for (const bound of bounds) {
    const [, sign = '', version = ''] = /^(>=|<=|<)?(.*)$/u.exec(bound) ?? []
    if (sign === '>=') {
      if (open !== undefined) found.push({ introduced: open })
      open = version
      continue
    }
    if (sign === '') {
      found.push(version === '*' ? { introduced: FIRST_VERSION } : { introduced: version, lastAffected: version })
      continue
    }
    const introduced = open ?? FIRST_VERSION
    found.push(sign === '<' ? { introduced, fixed: version } : { introduced, lastAffected: version })
    open = undefined
  }
  return [...found, ...(open === undefined ? [] : [{ introduced: open }])].map(rangeInWords)
}
