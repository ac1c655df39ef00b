import { day, FIRST_VERSION, hasWord, packageKey } from '@embargo/core'
import type { WrongFact } from '@embargo/core'
import { severityOf } from '../cvss/score.ts'
import type { CaseRecord } from '../record.ts'
import { rangedBranches } from '../records/affected-ranges.ts'
import { FORMAT_NAMES } from '../records/format.ts'
import type { RecordFormat } from '../records/format.ts'
import { listed } from '../texts/text.ts'
import { fixesInRanges } from './fix-in-range.ts'
import { factsOfDocument, factsOfRecord } from './stated-facts.ts'
import type { StatedFacts } from './stated-facts.ts'
import { findingsInText, flattened, TEXT_FACTS } from './text-facts.ts'
import type { TextFact, TextFindings } from './text-facts.ts'

/** A written document of a case. */
export type WrittenDocument = { readonly caseNumber: string; readonly format: RecordFormat; readonly text: string }

/** The name of the text that announces a release in advance. `HeadsUpFields` has everything that this text may say. */
export const HEADS_UP = 'heads-up'

/** A text for people, with the cases that it is about. */
export type WrittenText = {
  readonly name: string
  readonly cases: readonly string[]
  readonly text: string
  /**
   * The facts that the text must have; every fact if absent. A mail about a correction, for example, has few of them.
   */
  readonly states?: readonly TextFact[] | undefined
  /** Words of the text that are not from the records, such as the planned date. */
  readonly known?: readonly string[] | undefined
}

/** Everything that a release publishes, and what it is compared with. */
export type ReleaseContent = {
  readonly records: readonly CaseRecord[]
  readonly documents: readonly WrittenDocument[]
  readonly texts: readonly WrittenText[]
  /**
   * For each package (`packageKey`), the versions that exist or will appear on the day of the release. Packages without
   * an entry are not compared.
   */
  readonly versions?: ReadonlyMap<string, readonly string[]> | undefined
  /** Names of people who did not agree to be named. */
  readonly unnamed?: readonly string[] | undefined
}

/**
 * A disagreement: its case, its place, and what is wrong. A text about several cases counts as a text about the first
 * case.
 */
export type Disagreement = {
  readonly caseNumber: string
  readonly where: string
  readonly because: string
  /** Set if the fact in the case itself is wrong. Absent if only a text or document is wrong. */
  readonly fact?: WrongFact
}

export const documentName = ({ caseNumber, format }: Pick<WrittenDocument, 'caseNumber' | 'format'>): string =>
  `${FORMAT_NAMES[format]} of ${caseNumber}`

/**
 * Checks everything that a release publishes: each document and text against the record of its case, the ranges against
 * the versions that exist, and the credits against what people agreed to. It reads each document back from its text, so
 * it also finds what a template or a person changed.
 */
export function crossCheck(content: ReleaseContent): readonly Disagreement[] {
  const { records, documents, texts } = content
  const byNumber = new Map(records.map((record) => [record.caseNumber, { record, facts: factsOfRecord(record) }]))
  return [
    ...documents.flatMap((document) => ofDocument(document, byNumber.get(document.caseNumber))),
    ...texts.flatMap((text) => ofText(text, content)),
    ...[
      ...documents.map((one) => ({ caseNumber: one.caseNumber, where: documentName(one), text: one.text })),
      ...texts.map(({ name, cases: [first = ''], text }) => ({ caseNumber: first, where: name, text })),
    ].flatMap((written) => peopleIn(written, content)),
    ...records.flatMap((record) => ofVersions(record, content)),
    ...records
      .filter(({ withdrawn }) => withdrawn === undefined)
      .flatMap((one) => [...ofFixes(one), ...ofSeverity(one)]),
  ]
}

function ofDocument(
  { caseNumber, format, text }: WrittenDocument,
  ofCase: { readonly record: CaseRecord; readonly facts: StatedFacts } | undefined,
): readonly Disagreement[] {
  const place = { caseNumber, where: documentName({ caseNumber, format }) }
  if (ofCase === undefined) return [{ ...place, because: `${caseNumber} is not in the release.` }]
  const { record } = ofCase
  const [said, known] = [factsOfDocument(format, text), factsIn(format, ofCase)]
  // A withdrawn record only has to say why it was withdrawn. Facts that it still repeats must be right.
  const isBrief = record.withdrawn !== undefined
  return [
    ...LISTS.flatMap(({ name, of }) => {
      // GitHub accepts only one of the vectors.
      const mayLack = (isBrief && name !== 'ids') || (format === 'ghsa' && name === 'vectors')
      return compared({ ...place, mayLack }, name, of(said), of(known))
    }),
    ...TIMES.flatMap(({ name, of }) => {
      const wrong = without(of(said) ?? [], of(known) ?? [])
      const [right] = of(known) ?? []
      const truth = right === undefined ? 'is not published' : `says ${right}`
      return wrong.map((time) => ({
        ...place,
        because: `It says “${name} ${time}”, but the record ${truth}.`,
      }))
    }),
    ...severityIn(said, record)
      .filter((severity) => severity !== known.severity)
      .map((severity) => ({
        ...place,
        because: `Its severity is ${severity}, but the record says ${known.severity}.`,
      })),
    ...(said.isDraft === undefined || said.isDraft === known.isDraft
      ? []
      : [{ ...place, because: known.isDraft === true ? 'It is not marked as a draft.' : 'It is marked as a draft.' }]),
    ...(said.prose === undefined ? [] : inText(place, findingsInText(said.prose, [record], { states: PROSE[format] }))),
  ]
}

/** The severity that a document says, or that GitHub derives from its vector. */
function severityIn({ severity, vectors = [], isRatedByVector }: StatedFacts, { cvss }: CaseRecord): readonly string[] {
  if (isRatedByVector !== true) return severity === undefined ? [] : [severity]
  return [cvss.v31, cvss.v40].flatMap((one) =>
    one !== undefined && vectors.includes(one.vector) ? severityOf(one.score) : [],
  )
}

/** The facts of the record, as a document in this format gives them. */
const factsIn = (
  format: RecordFormat,
  { record, facts }: { readonly record: CaseRecord; readonly facts: StatedFacts },
): StatedFacts => {
  // An advisory at GitHub does not repeat its own id.
  if (format === 'ghsa') return { ...facts, ids: facts.ids?.filter((id) => id !== record.ghsa) }
  const published = record.isPublished ? day(record.dates.published) : 'not yet'
  return format === 'markdown' ? { ...facts, published: [published] } : facts
}

/** The facts that the prose of a document must have, because its format has no fields for them. */
const PROSE: Readonly<Partial<Record<RecordFormat, readonly TextFact[]>>> = {
  ghsa: ['versions', 'credits'],
  markdown: [...TEXT_FACTS, 'vectors'],
}

type Fact = { readonly name: string; readonly of: (facts: StatedFacts) => readonly string[] | undefined }

const LISTS: readonly Fact[] = [
  { name: 'ids', of: ({ ids }) => ids },
  { name: 'affected versions', of: ({ ranges }) => ranges },
  { name: 'fixed versions', of: ({ fixedVersions }) => fixedVersions },
  { name: 'vectors', of: ({ vectors }) => vectors },
  { name: 'credits', of: ({ credits }) => credits },
  { name: 'credited accounts', of: ({ accounts }) => accounts },
]

const TIMES: readonly Fact[] = [
  { name: 'published', of: ({ published }) => published },
  { name: 'last changed', of: ({ modified }) => modified },
]

type Place = Pick<Disagreement, 'caseNumber' | 'where'>

/** Lists what the document has that the record lacks, and what the record has that the document lacks. */
function compared(
  { mayLack, ...place }: Place & { readonly mayLack: boolean },
  name: string,
  said: readonly string[] | undefined,
  known: readonly string[] = [],
): readonly Disagreement[] {
  if (said === undefined) return []
  const [more, less] = [without(said, known), mayLack ? [] : without(known, said)]
  return [
    ...(more.length === 0
      ? []
      : [{ ...place, because: `Its ${name} include ${listed(more)}, which the record does not have.` }]),
    ...(less.length === 0 ? [] : [{ ...place, because: `Its ${name} lack ${listed(less)}.` }]),
  ]
}

const without = (these: readonly string[], those: readonly string[]): readonly string[] => [
  ...new Set(these.filter((one) => !those.includes(one))),
]

function ofText({ name, cases, text, ...facts }: WrittenText, { records }: ReleaseContent): readonly Disagreement[] {
  const [first = ''] = cases
  const about = records.filter(({ caseNumber }) => cases.includes(caseNumber))
  return inText({ caseNumber: first, where: name }, findingsInText(text, about, facts))
}

/** Lists the facts that a text for people lacks, and the facts that are in the text but in none of its records. */
const inText = (place: Place, { lacking, foreign }: TextFindings): readonly Disagreement[] => [
  ...(lacking.length === 0 ? [] : [{ ...place, because: `It lacks ${listed(lacking)}.` }]),
  ...(foreign.length === 0
    ? []
    : [{ ...place, because: `It has ${listed(foreign)}, which the record does not have.` }]),
]

/**
 * Finds names of people who did not agree to be named. Such a name may appear only in the agreed words of a credit, and
 * as the account in a credit at GitHub.
 */
function peopleIn(
  { text, ...place }: Place & { readonly text: string },
  { records, unnamed = [] }: ReleaseContent,
): readonly Disagreement[] {
  if (unnamed.length === 0) return []
  const credits = records.flatMap((record) =>
    record.credits.flatMap(({ text: words, login }) => [
      flattened(words),
      ...(login === undefined ? [] : [`"login": "${login}"`]),
    ]),
  )
  // In JSON, a line break is a backslash and an n.
  const flat = flattened(text.replaceAll(String.raw`\n`, ' '))
  const bare = credits.reduce((rest, credit) => rest.replaceAll(credit, ''), flat)
  const named = unnamed.filter((name) => hasWord(bare, name))
  return named.length === 0 ? [] : [{ ...place, because: `It names ${listed(named)}, who did not agree to that.` }]
}

/** Finds versions that do not exist, although a range or a fix names them. */
function ofVersions(record: CaseRecord, { versions }: ReleaseContent): readonly Disagreement[] {
  return rangedBranches(record).flatMap(({ branch, package: own, ranges, fixedVersion }) => {
    const known = own === undefined ? undefined : versions?.get(packageKey(own))
    if (own === undefined || known === undefined) return []
    const named = [
      ...ranges.flatMap(({ introduced, fixed, lastAffected }) => [introduced, fixed, lastAffected]),
      fixedVersion,
    ]
    const absent = without(
      named.flatMap((version) => (version === undefined || version === FIRST_VERSION ? [] : [version])),
      known,
    )
    return absent.length === 0
      ? []
      : [
          {
            caseNumber: record.caseNumber,
            where: versionsOf(branch, record),
            because: `${packageKey(own)} has no version ${listed(absent, 'or')}.`,
          },
        ]
  })
}

const ofFixes = (record: CaseRecord): readonly Disagreement[] =>
  fixesInRanges(record).map(({ branch, fixedIn, fixedVersion }) => ({
    caseNumber: record.caseNumber,
    where: versionsOf(branch, record),
    because: `They include ${fixedVersion}, the fixed version of ${fixedIn}.`,
    fact: { is: 'versions', branch },
  }))

/** Finds a severity that differs from the severity of the CVSS vector that counts. */
function ofSeverity({ caseNumber, severity, cvss, product }: CaseRecord): readonly Disagreement[] {
  const both = product?.severityFrom === 'v3.1' ? [cvss.v31, cvss.v40] : [cvss.v40, cvss.v31]
  const counts = both.find((one) => one !== undefined)
  if (severity === undefined || counts === undefined || severityOf(counts.score) === severity) return []
  const { vector, score } = counts
  const because = `It is ${severity}, but ${vector} scores ${score.toFixed(1)}, which is ${severityOf(score)}.`
  return [{ caseNumber, where: `severity of ${caseNumber}`, because, fact: { is: 'severity' } }]
}

const versionsOf = (branch: string, { caseNumber }: CaseRecord): string => `versions of ${branch} in ${caseNumber}`
