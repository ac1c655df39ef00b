import { day, oneLine, packageKey, ReferenceKind, versionRanges, wrap } from '@embargo/core'
import type { Block, VersionRange } from '@embargo/core'
import type { AdvisoryRecord, AffectedBranch, PublicRecord, Reference } from '../record.ts'
import { REFERENCES } from '../records/references.ts'
import { isFixed, kindOf } from './advisory-body.ts'
import { factLines } from './fact-lines.ts'
import type { Fact } from './fact-lines.ts'
import { listed } from './text.ts'

/** The sections of a public text, one for each vulnerability: its id and severity, its impact, and its facts. */
export const issueSections = (records: readonly PublicRecord[]): Block[] =>
  records.flatMap((record) => [
    { verbatim: `${wrap(titleAmong(records, record))}\n${wrap(record.impact)}` },
    factLines(publicFacts(record)),
    ...workaroundOfSeveralLines(record),
  ])

/** If a text is about several vulnerabilities, each title says what kind of vulnerability it is. */
export const titleAmong = (records: readonly PublicRecord[], record: PublicRecord): string =>
  issueTitle(record, records.length > 1 && record.cwe !== undefined ? `${kindOf(record)}, ` : '')

/** What people stated about a vulnerability. A fact that nobody stated has no lines. */
export const publicFacts = (record: PublicRecord): readonly Fact[] => [
  ...exposureFacts(record),
  { label: 'Exploitation', lines: [exploitation(record)] },
  ...detailFacts(record),
  { label: 'Credit', lines: record.credits.map(({ text }) => text) },
  { label: 'Timeline', lines: timelineLines(record) },
  { label: 'Links', lines: linksOf(record) },
]

/** Links to more information. The links to the fix are shown beside the fix, so they are left out. */
export const linksOf = ({ references }: Pick<PublicRecord, 'references'>): readonly string[] =>
  references
    .filter(isNoRelease)
    .map(({ kind, url }) => (ADDED.has(kind) ? `${url} (${REFERENCES[kind].name.toLowerCase()})` : url))

/**
 * The kinds of links that people add. A text names the kind, because readers cannot guess what is behind such a link.
 */
const ADDED: ReadonlySet<Reference['kind']> = new Set<Reference['kind']>(ReferenceKind.options)

/** `CVE-1900-0042 (high, CVSS 7.5)`. Without a CVE id, the title begins with the case number instead. */
export function issueTitle({ caseNumber, cve, severity, cvss }: TitleFacts, kind = ''): string {
  const id = cve ?? (cve === null ? caseNumber : `${caseNumber}, CVE pending`)
  return `${id} (${kind}${[severity, ...scores(cvss)].join(', ')})`
}

type TitleFacts = Pick<PublicRecord, 'caseNumber' | 'cve' | 'severity' | 'cvss'>

function scores({ v31, v40 }: AdvisoryRecord['cvss']): readonly string[] {
  if (v31 === undefined || v40 === undefined)
    return [v31, v40].flatMap((one) => (one ? `CVSS ${one.score.toFixed(1)}` : []))
  return [`CVSS 4.0: ${v40.score.toFixed(1)}`, `CVSS 3.1: ${v31.score.toFixed(1)}`]
}

type ExposureRecord = Pick<PublicRecord, 'affected' | 'nothingToInstall' | 'unchecked' | 'workaround'> & {
  /** The links. Absent until they are public. */
  references?: PublicRecord['references'] | undefined
}

/** Who is affected, where the vulnerability is fixed, and what else helps. */
export const exposureFacts = (record: ExposureRecord): readonly Fact[] => [
  { label: 'Am I affected?', lines: affectedLines(record) },
  { label: 'Fix', lines: fixLines(record) },
  { label: 'Workaround', lines: isOneLine(record.workaround) ? [record.workaround] : [] },
]

/** Component, vectors and weakness. */
export const detailFacts = (record: Pick<PublicRecord, 'component' | 'cvss' | 'cwe'>): readonly Fact[] => {
  const { v31, v40 } = record.cvss
  const label = v31 === undefined && v40 === undefined ? 'Weakness' : 'Vector'
  return [
    { label: 'Component', lines: [record.component] },
    { label, lines: vectorLines(record) },
  ]
}

/** The vectors, with the weakness after the last of them. */
export function vectorLines({ cvss, cwe }: Pick<PublicRecord, 'cvss' | 'cwe'>): readonly string[] {
  const vectors = [cvss.v40, cvss.v31].flatMap((one) => (one === undefined ? [] : [oneLine(one.vector)]))
  const last = [...vectors.slice(-1), ...(cwe === undefined ? [] : [`CWE-${cwe.id}`])].join(', ')
  return [...vectors.slice(0, -1), ...(last === '' ? [] : [last])]
}

const isOneLine = (text: string | undefined): text is string => text !== undefined && !text.trim().includes('\n')

/** A workaround that needs its own lines, such as commands. */
export const workaroundOfSeveralLines = ({ workaround }: Pick<PublicRecord, 'workaround'>): Block[] =>
  workaround === undefined || isOneLine(workaround) ? [] : ['Workaround:', { said: workaround }]

/** The affected versions of each branch and package, in words. */
export function affectedLines({
  affected,
  nothingToInstall,
}: Pick<PublicRecord, 'affected' | 'nothingToInstall'>): readonly string[] {
  const branches = new Set(affected.map(({ branch }) => branch))
  const someFixed = affected.some(hasFix)
  return affected.map((row) => {
    const name = [
      row.package === undefined ? undefined : packageKey(row.package),
      branches.size === 1 ? undefined : row.branch,
    ]
      .filter((part) => part !== undefined)
      .join(', ')
    const range = row.range === undefined ? undefined : rangeInPlainWords(row.range)
    const what = name === '' ? (range ?? row.branch) : [name, range].filter((part) => part !== undefined).join(': ')
    // If no version at all is fixed, the line about the fix says so, and the lines of the branches do not repeat it.
    return someFixed && !hasFix(row) && nothingToInstall !== true ? `${what} (no fixed release)` : what
  })
}

const hasFix = ({ fixedVersion, fixed }: AffectedBranch): boolean => fixedVersion !== undefined || fixed === true

/** Writes the range `>= 2.0, < 2.4.1` as `from 2.0 before 2.4.1`. A text that is not a range stays as it is. */
export function rangeInPlainWords(range: string): string {
  const ranges = versionRanges(range)
  return ranges === undefined ? oneLine(range) : listed(ranges.map(oneRange))
}

function oneRange({ introduced, fixed, lastAffected }: VersionRange): string {
  const isFirst = introduced === '0'
  if (introduced === lastAffected) return introduced
  if (lastAffected !== undefined) return isFirst ? `up to ${lastAffected}` : `${introduced} to ${lastAffected}`
  if (fixed !== undefined) return isFirst ? `before ${fixed}` : `from ${introduced} before ${fixed}`
  return isFirst ? 'all versions' : `${introduced} and later`
}

/** The versions that contain the fix, and the links to them. */
export function fixLines({
  affected,
  nothingToInstall,
  unchecked,
  references = [],
}: Omit<ExposureRecord, 'workaround'>): readonly string[] {
  const links = references.filter((one) => !isNoRelease(one)).map(({ url }) => url)
  const unverified = unchecked === true ? ['Nobody except its author had checked the fix when it was published.'] : []
  return [...fixedIn({ affected, nothingToInstall }), ...links, ...unverified]
}

function fixedIn({
  affected,
  nothingToInstall,
}: Pick<PublicRecord, 'affected' | 'nothingToInstall'>): readonly string[] {
  if (nothingToInstall === true) return ['in the service that we run; there is nothing to install']
  const rows = affected.flatMap(({ branch, package: own, fixedVersion: version }) =>
    version === undefined ? [] : [{ version, of: own === undefined ? branch : packageKey(own) }],
  )
  const versions = [...new Set(rows.map(({ version }) => version))]
  if (versions.length === 0) return [isFixed({ affected }) ? 'there is a fix' : 'none released']
  if (versions.length === 1) return versions
  return [...new Set(rows.map(({ version, of }) => `${version} (${of})`))]
}

const isNoRelease = ({ kind }: PublicRecord['references'][number]): boolean => kind !== 'release'

/**
 * What is known of attacks. Users may be attacked without the team's knowledge, so “none known” comes with the day on
 * which that was true.
 */
export function exploitation({ dates: { attacks, exploitPublic, published } }: Pick<PublicRecord, 'dates'>): string {
  const known = [
    ...(attacks === undefined ? [] : [`attacks since ${date(attacks)}`]),
    ...(exploitPublic === undefined ? [] : [`public exploit since ${date(exploitPublic)}`]),
  ]
  if (known.length > 0) return known.join(', ')
  return published === undefined ? 'none known' : `none known on ${date(published)}`
}

/** `2 Jun 2026 reported and validated, 5 Jun fix ready, 16 Jun published` */
export const timeline = (record: Pick<PublicRecord, 'dates'>): string => timelineSteps(record).join(', ')

/** The longest line of the timeline. Lines end only between steps, so that no date is divided. */
const TIMELINE_COLUMNS = 56

/** The timeline in lines that fit beside its label in a mail. */
export function timelineLines(record: Pick<PublicRecord, 'dates'>): readonly string[] {
  const steps = timelineSteps(record)
  const lines: string[] = []
  for (const [index, step] of steps.entries()) {
    const text = index === steps.length - 1 ? step : `${step},`
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + text.length <= TIMELINE_COLUMNS)
      lines[lines.length - 1] = `${last} ${text}`
    else lines.push(text)
  }
  return lines
}

function timelineSteps({ dates }: Pick<PublicRecord, 'dates'>): readonly string[] {
  const steps = [
    ['reported', dates.reported],
    ['validated', dates.validated],
    ['fix ready', dates.fixReady],
    ['recipients told', dates.prenotified],
    ['exploit public', dates.exploitPublic],
    ['attacks seen', dates.attacks],
    ['interim advisory', dates.interim],
    ['published', dates.published],
  ] as const
  const known = steps
    .flatMap(([name, at]) => (at === undefined ? [] : [{ name, at, on: date(at) }]))
    .toSorted((a, b) => a.at - b.at)
  const years = new Set<string>()
  return [...Map.groupBy(known, ({ on }) => on)].map(([on, names]) => {
    const year = on.slice(-4)
    const shown = years.has(year) ? on.slice(0, -5) : on
    years.add(year)
    return `${shown} ${listed(names.map(({ name }) => name))}`
  })
}

/** `16 Jun 2026`, in UTC. */
export const date = (at: number): string => day(at).slice(4)
