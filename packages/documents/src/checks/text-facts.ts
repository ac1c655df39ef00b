import { day } from '@embargo/core'
import type { CaseRecord } from '../record.ts'
import { rangeInPlainWords } from '../texts/issue.ts'
import { objectsIn, stringsOf } from './json.ts'
import { factsOfRecord } from './stated-facts.ts'

/** A fact that a text for people must have. `also`: another way in which the text may write it. */
type Spelling = { readonly fact: string; readonly also?: () => string }

const SPELLINGS = {
  // A vulnerability is called by its case number only if it has no CVE id.
  ids: ({ cve, caseNumber }) => [{ fact: cve ?? caseNumber }],
  versions: (record) =>
    record.nothingToInstall === true ? [] : (factsOfRecord(record).fixedVersions ?? []).map((fact) => ({ fact })),
  ranges: ({ affected }) =>
    affected.flatMap(({ range }) =>
      range === undefined ? [] : [{ fact: range, also: () => rangeInPlainWords(range) }],
    ),
  credits: ({ credits }) => credits.map(({ text }) => ({ fact: text })),
  vectors: ({ cvss }) => [cvss.v40, cvss.v31].flatMap((one) => (one === undefined ? [] : [{ fact: one.vector }])),
} as const satisfies Readonly<Record<string, (record: CaseRecord) => readonly Spelling[]>>

export type TextFact = keyof typeof SPELLINGS

/** The facts that a text must have by default. Vectors are not among them, because a mail may leave them out. */
export const TEXT_FACTS = ['ids', 'versions', 'ranges', 'credits'] as const satisfies readonly TextFact[]

/**
 * `lacking`: facts of the records that are not in the text. `foreign`: facts in the text that are in none of the
 * records.
 */
export type TextFindings = { readonly lacking: readonly string[]; readonly foreign: readonly string[] }

/** `known`: words of the text that are not from its records, such as the planned date. */
export function findingsInText(
  text: string,
  records: readonly CaseRecord[],
  {
    states = TEXT_FACTS,
    known = [],
  }: { readonly states?: readonly TextFact[] | undefined; readonly known?: readonly string[] | undefined },
): TextFindings {
  const flat = flattened(text)
  return { lacking: lackingFacts(flat, records, states), foreign: foreignFacts(flat, records, known) }
}

function lackingFacts(flat: string, records: readonly CaseRecord[], states: readonly TextFact[]): readonly string[] {
  const has = (words: string | undefined): boolean => {
    if (words === undefined) return false
    const plain = flattened(words)
    return flat.includes(plain) || (plain !== words && flat.includes(words))
  }
  const needed = states.flatMap((name) => records.flatMap((record): readonly Spelling[] => SPELLINGS[name](record)))
  return [...new Set(needed.filter(({ fact, also }) => !has(fact) && !has(also?.())).map(({ fact }) => fact))]
}

const IDS = /\b(?:CVE-\d{4}-\d{4,19}|GHSA(?:-[23456789cfghjmpqrvwx]{4}){3})\b/gu
const VECTORS = /\bCVSS:[34]\.\d\/[A-Z0-9a-z:/]+/gu
const MONTHS = new Set(
  'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec January February March April June July August September October November December'.split(
    ' ',
  ),
)
/** What may be a date: as our texts write it, with or without a year, or in ISO 8601. */
const DATES = /\b(?:\d{1,2} ([A-Z][a-z]{2,8})\b(?: \d{4}\b)?|\d{4}-\d{2}-\d{2}(?=T|\b))/gu
const VERSION = String.raw`\d+(?:\.\d+)+(?:[-+][0-9A-Za-z.-]*[0-9A-Za-z])?`
const VERSIONS = new RegExp(String.raw`(?<![\w.])v?${VERSION}`, 'gu')

/** The ids, vectors, versions and dates of a text that are in none of its records. */
function foreignFacts(flat: string, records: readonly CaseRecord[], known: readonly string[]): readonly string[] {
  const facts = records.map(factsOfRecord)
  const ids = [
    ...facts.flatMap((one) => one.ids ?? []),
    // The reason of a correction may name the id of another record, if the corrected record is a duplicate of that
    // record.
    ...records.flatMap(({ revisions }) => revisions.flatMap(({ summary }) => summary.match(IDS) ?? [])),
  ]
  const vectors = facts.flatMap((one) => one.vectors ?? [])
  const named = tokensOf(known)
  const isKnown = (one: string) =>
    named.versions.has(one) ||
    named.dates.has(one) ||
    records.some((record) => datesOf(record).has(one)) ||
    records.map(wordsIn).some(({ versions, dates }) => versions.has(one) || dates.has(one))
  return [
    ...new Set([
      ...(flat.match(IDS) ?? []).filter((one) => !ids.includes(one)),
      ...(flat.match(VECTORS) ?? []).filter((one) => !vectors.includes(one)),
      ...[...versionsNamed(flat, records), ...datesIn(flat)].filter((one) => !isKnown(one)),
    ]),
  ]
}

type Tokens = { readonly versions: ReadonlySet<string>; readonly dates: ReadonlySet<string> }

/** The versions and dates in some words. Each date is listed a second time without its year. */
function tokensOf(words: readonly string[]): Tokens {
  const flat = flattened(words.join(' '))
  const dates = datesIn(flat)
  return {
    versions: new Set(versionsIn(flat)),
    dates: new Set([...dates, ...dates.map((date) => date.replace(/ \d{4}$/u, ''))]),
  }
}

/** A cache, because several texts are compared with the same record. */
const READ = new WeakMap<CaseRecord, Tokens>()

function wordsIn(record: CaseRecord): Tokens {
  const known = READ.get(record) ?? tokensOf(wordsOf(record))
  READ.set(record, known)
  return known
}

const datesIn = (text: string): readonly string[] =>
  [...text.matchAll(DATES)].flatMap(([date, month]) => {
    if (month === undefined) return date
    return MONTHS.has(month) ? date.replace(month, month.slice(0, 3)) : []
  })

const versionsIn = (text: string): readonly string[] =>
  (text.match(VERSIONS) ?? []).map((version) => version.replace(/^v/u, ''))

/**
 * The versions that a text names. A number of three or more parts always counts. A number of two parts counts only
 * after a name of the product, because elsewhere it may be a score or the version of a standard.
 */
function versionsNamed(text: string, records: readonly CaseRecord[]): readonly string[] {
  const names = records.flatMap(({ project, product }) => [
    project,
    ...(product === undefined ? [] : [product.name, ...product.packages.map(({ name }) => name)]),
  ])
  const patterns = [...new Set(names)].map((name) => name.replaceAll(/[\^$\\.*+?()[\]{}|/]/gu, String.raw`\$&`))
  const after = new RegExp(String.raw`(?<!\w)(?:${patterns.join('|')})[\s@=:]{1,3}v?(${VERSION})`, 'gu')
  const ofProduct = patterns.length === 0 ? [] : [...text.matchAll(after)].flatMap(([, version = '']) => version)
  return [...ofProduct, ...versionsIn(text).filter((version) => /^\d+\.\d+\.\d/u.test(version))]
}

const wordsOf = (record: CaseRecord): readonly string[] =>
  objectsIn(record).flatMap((one) => Object.values(one).flatMap(stringsOf))

const DATES_OF = new WeakMap<CaseRecord, ReadonlySet<string>>()

/** The dates of a record as texts write them. */
function datesOf(record: CaseRecord): ReadonlySet<string> {
  const known = DATES_OF.get(record) ?? writtenDates(record)
  DATES_OF.set(record, known)
  return known
}

const writtenDates = ({ dates, revisions, modified, withdrawn }: CaseRecord): ReadonlySet<string> =>
  tokensOf(
    [...Object.values(dates), ...revisions.map(({ at }) => at), modified, withdrawn?.at]
      .filter((at) => at !== undefined)
      .flatMap((at) => [day(at), new Date(at).toISOString()]),
  ).dates

/** Undoes what wrapping and Markdown change: line breaks between words, and backslashes before characters. */
export const flattened = (text: string): string => text.replaceAll('\\', '').replaceAll(/\s+/gu, ' ')
