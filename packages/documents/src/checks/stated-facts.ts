import { FIRST_VERSION, rangeInWords } from '@embargo/core'
import type { VersionRange } from '@embargo/core'
import type { CaseRecord } from '../record.ts'
import { rangedBranches } from '../records/affected-ranges.ts'
import { DRAFT_NOTE } from '../records/format.ts'
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
  /** The accounts at GitHub that are credited. */
  readonly accounts?: readonly string[] | undefined
  readonly severity?: string | undefined
  /** Set if the severity follows from the vector. */
  readonly isRatedByVector?: boolean | undefined
  /** Every publication time in the document. */
  readonly published?: readonly string[] | undefined
  /** The times that the document gives for its last change. */
  readonly modified?: readonly string[] | undefined
  readonly isDraft?: boolean | undefined
  /** The text for people, if the document is such a text or contains one. */
  readonly prose?: string | undefined
}

type RecordFacts = Omit<StatedFacts, 'prose' | 'isRatedByVector'>

/** A cache, because every document and text is compared with the facts of its record. */
const READ = new WeakMap<CaseRecord, RecordFacts>()

/** The facts in the record itself. */
export function factsOfRecord(record: CaseRecord): RecordFacts {
  const facts = READ.get(record) ?? readRecord(record)
  READ.set(record, facts)
  return facts
}

function readRecord(record: CaseRecord): RecordFacts {
  const { caseNumber, cve, ghsa, cvss, credits, severity, dates, modified, isPublished } = record
  const branches = rangedBranches(record)
  return {
    ids: [caseNumber, ...(typeof cve === 'string' ? [cve] : []), ...(ghsa === undefined ? [] : [ghsa])],
    vectors: [cvss.v31, cvss.v40].flatMap((one) => one?.vector ?? []),
    ranges: branches.flatMap(({ ranges }) => ranges.map(rangeInWords)),
    fixedVersions: branches.flatMap(({ fixedVersion }) => fixedVersion ?? []),
    credits: credits.map(({ text }) => text),
    accounts: credits.flatMap(({ login }) => login ?? []),
    severity,
    published: isPublished ? [new Date(dates.published).toISOString()] : [],
    modified: [new Date(modified).toISOString()],
    isDraft: !isPublished,
  }
}

/** What a written document says, read back from its text. */
export const factsOfDocument = (format: RecordFormat, text: string): StatedFacts =>
  format === 'markdown' ? factsOfMarkdown(text) : READERS[format](JSON.parse(text))

const READERS: Readonly<Record<Exclude<RecordFormat, 'markdown'>, (document: unknown) => StatedFacts>> = {
  csaf: factsOfCsaf,
  'csaf-vex': factsOfCsaf,
  osv: (document) => ({
    ids: [...stringsOf(valueAt(document, ['id'])).map(caseNumberIn), ...stringsOf(valueAt(document, ['aliases']))],
    vectors: objectsIn(valueAt(document, ['severity'])).flatMap(({ score }) => stringsOf(score)),
    ranges: objectsIn(valueAt(document, ['affected'])).flatMap(({ events }) => rangeOfEvents(events)),
    credits: objectsIn(valueAt(document, ['credits'])).flatMap(({ name }) => stringsOf(name)),
    severity: stringsOf(valueAt(document, ['database_specific', 'severity']))[0],
    published: stringsOf(valueAt(document, ['published'])),
    modified: stringsOf(valueAt(document, ['modified'])),
    isDraft: valueAt(document, ['database_specific', 'draft']) === true,
  }),
  openvex: (document) => {
    const statements = objectsIn(document).filter(({ status }) => status !== undefined)
    const purls = (wanted: string) =>
      statements.filter(({ status }) => status === wanted).flatMap(({ products }) => stringsNamed(products, '@id'))
    const known = statements.map(({ vulnerability }) => vulnerability)
    const isDraft = statements.some(({ status_notes: notes }) => notes !== undefined)
    return {
      ids: [...stringsNamed(known, 'name'), ...stringsNamed(known, 'aliases')],
      ranges: purls('affected').flatMap((purl) => rangesOfVers(decodeURIComponent(purl.split('?vers=')[1] ?? ''))),
      fixedVersions: purls('fixed').map((purl) => decodeURIComponent(purl.slice(purl.lastIndexOf('@') + 1))),
      published: isDraft ? [] : stringsOf(valueAt(document, ['timestamp'])),
      modified: stringsOf(valueAt(document, ['last_updated'])),
      isDraft,
    }
  },
  cve: (document) => {
    const all = objectsIn(document)
    return {
      vectors: stringsIn(all, 'vectorString'),
      ranges: all.flatMap(({ version, status, lessThan, lessThanOrEqual }) =>
        status === 'affected' ? rangeOfCve({ version, lessThan, lessThanOrEqual }) : [],
      ),
      credits: objectsIn(valueAt(document, ['cnaContainer', 'credits'])).flatMap(({ value }) => stringsOf(value)),
      published: stringsIn(all, 'datePublic'),
      isDraft: valueAt(document, ['cnaContainer', 'x_draft']) === true,
    }
  },
  ghsa: (document) => ({
    ids: [
      ...stringsOf(valueAt(document, ['cve_id'])),
      ...stringsOf(valueAt(document, ['description'])).flatMap((text) => lastLine(text).split(' ').slice(0, 1)),
    ],
    vectors: stringsOf(valueAt(document, ['cvss_vector_string'])),
    severity: stringsOf(valueAt(document, ['severity'])).map((one) => (one === 'medium' ? 'moderate' : one))[0],
    isRatedByVector: valueAt(document, ['cvss_vector_string']) !== undefined,
    accounts: stringsNamed(valueAt(document, ['credits']), 'login'),
    prose: stringsOf(valueAt(document, ['description']))[0],
    ranges: stringsNamed(valueAt(document, ['vulnerabilities']), 'vulnerable_version_range'),
    fixedVersions: stringsNamed(valueAt(document, ['vulnerabilities']), 'patched_versions'),
  }),
}

function factsOfCsaf(document: unknown): StatedFacts {
  const inside = objectsIn(valueAt(document, ['vulnerabilities']))
  const products = objectsIn(valueAt(document, ['product_tree']))
  const tracking = valueAt(document, ['document', 'tracking'])
  const times = (name: string) => stringsOf(valueAt(tracking, [name]))
  const isDraft = valueAt(tracking, ['status']) === 'draft'
  const named = (wanted: string) =>
    stringsIn(
      products.filter(({ category }) => category === wanted),
      'name',
    )
  return {
    ids: [
      ...stringsIn(inside, 'cve'),
      ...inside.flatMap(({ ids }) => (ids === undefined ? [] : stringsNamed(ids, 'text'))),
    ],
    vectors: [
      ...stringsIn(inside, 'vectorString'),
      ...inside.flatMap(({ title, text }) =>
        title === 'CVSS 4.0' ? stringsOf(text).flatMap((one) => one.split(' ').slice(0, 1)) : [],
      ),
    ],
    ranges: named('product_version_range').flatMap(rangesOfVers),
    fixedVersions: named('product_version'),
    credits: stringsIn(inside, 'names'),
    severity: stringsOf(valueAt(document, ['document', 'aggregate_severity', 'text']))[0],
    published: [...stringsIn(inside, 'release_date'), ...(isDraft ? [] : times('initial_release_date'))],
    modified: times('current_release_date'),
    isDraft,
  }
}

/** The Markdown page of an advisory has some facts in its table, and all others in its text. */
function factsOfMarkdown(text: string): StatedFacts {
  const cells = (name: string) =>
    [...text.matchAll(new RegExp(`^\\| ${name} \\| (.*) \\|$`, 'gmu'))].flatMap(([, cell = '']) => cell)
  return {
    severity: cells('Severity')[0],
    published: cells('Published'),
    isDraft: text.includes(DRAFT_NOTE),
    prose: text,
  }
}

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? ''

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
