import { createHash } from 'node:crypto'
import { CveId, Instant } from '@embargo/core'
import type { AdvisoryDifference, AdvisoryField, HostedAdvisory } from '@embargo/engine'
import { z } from 'zod'
import type { Document } from './document.ts'

const time = z.iso.datetime({ offset: true }).transform((text) => Instant.parse(Date.parse(text)))
const vector = z.object({ vector_string: z.string().nullable() }).nullish()

/**
 * https://docs.github.com/code-security/security-advisories/working-with-global-security-advisories-from-the-github-advisory-database/about-the-github-advisory-database#about-ghsa-ids
 */
const Ghsa = z.string().regex(/^GHSA(?:-[23456789cfghjmpqrvwx]{4}){3}$/u)

/** The part of GitHub's `repository-advisory` that we read. */
export const Advisory = z.object({
  ghsa_id: Ghsa,
  html_url: z.url({ protocol: /^https?$/u }),
  state: z.enum(['triage', 'draft', 'published', 'closed', 'withdrawn']),
  summary: z.string(),
  description: z.string().nullable(),
  severity: z.string().nullable(),
  cve_id: CveId.nullable(),
  author: z.object({ login: z.string() }).nullish(),
  submission: z.object({ accepted: z.boolean() }).nullish(),
  created_at: time,
  published_at: time.nullable(),
  vulnerabilities: z
    .array(
      z.object({
        package: z.object({ ecosystem: z.string(), name: z.string().nullish() }).nullish(),
        vulnerable_version_range: z.string().nullish(),
        patched_versions: z.string().nullish(),
      }),
    )
    .nullable(),
  cvss_severities: z.object({ cvss_v3: vector, cvss_v4: vector }).nullish(),
  cwe_ids: z.array(z.string()).nullable(),
  credits: z.array(z.object({ login: z.string().nullish(), type: z.string().nullish() })).nullish(),
})
export type Advisory = z.infer<typeof Advisory>

export function hostedAdvisory(advisory: Advisory): HostedAdvisory {
  const { author, published_at: publishedAt, cve_id: cve } = advisory
  return {
    ghsa: advisory.ghsa_id,
    state: advisory.state,
    link: advisory.html_url,
    summary: advisory.summary,
    description: advisory.description ?? '',
    ...(cve !== null && { cve }),
    ...(author !== null && author !== undefined && { author: author.login }),
    isReport: advisory.submission !== null && advisory.submission !== undefined,
    createdAt: advisory.created_at,
    ...(publishedAt !== null && { publishedAt }),
    revision: revisionOf(advisory),
  }
}

type Contents = Readonly<Record<AdvisoryField, string>>

const vectorsOf = ({ cvss_severities: vectors }: Advisory): readonly string[] =>
  [vectors?.cvss_v3?.vector_string, vectors?.cvss_v4?.vector_string].filter((one) => typeof one === 'string')

/** Each field as one text, as people read it. GitHub's editor writes lines with CRLF, its API does not. */
const contentsOf = (advisory: Advisory): Contents => ({
  state: advisory.state,
  summary: advisory.summary,
  description: (advisory.description ?? '').replaceAll('\r\n', '\n'),
  severity: [advisory.severity ?? 'none', ...vectorsOf(advisory)].join(' '),
  affected: affectedText(advisory.vulnerabilities ?? []),
  weaknesses: (advisory.cwe_ids ?? []).toSorted().join(', '),
  cve: advisory.cve_id ?? '',
  credits: creditsText(advisory.credits ?? [], advisory),
})

/** What the fields of an advisory would contain if the document were written to it. */
function contentsWith(advisory: Advisory, document: Document): Contents {
  const now = contentsOf(advisory)
  const { cvss_vector_string: wanted, severity = 'none', cve_id: cve } = document
  const isRated = wanted === undefined ? now.severity === severity : vectorsOf(advisory).includes(wanted)
  return {
    state: now.state,
    summary: document.summary,
    description: document.description.replaceAll('\r\n', '\n'),
    severity: isRated ? now.severity : (wanted ?? severity),
    affected: affectedText(document.vulnerabilities),
    weaknesses: document.cwe_ids.toSorted().join(', '),
    cve: typeof cve === 'string' ? cve : now.cve,
    credits: creditsText(creditsFor(advisory, document), advisory),
  }
}

const affectedText = (rows: Document['vulnerabilities'] | NonNullable<Advisory['vulnerabilities']>): string =>
  rows
    .map(({ package: own, vulnerable_version_range: range, patched_versions: patched }) =>
      [`${own?.ecosystem ?? ''} ${own?.name ?? ''}`, range ?? '', patched ?? ''].join(' | '),
    )
    .join('\n')

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32)

/**
 * The state, and a hash of each other field. With the hashes, a later comparison can name the changed fields without a
 * copy of their texts.
 */
function revisionOf(advisory: Advisory): string {
  const { state, ...contents } = contentsOf(advisory)
  return [`state=${state}`, ...Object.entries(contents).map(([field, text]) => `${field}=${hashOf(text)}`)].join(';')
}

type Revision = ReadonlyMap<string, string>

const readRevision = (line: string): Revision =>
  new Map(
    line.split(';').map((pair): [string, string] => {
      const [field = '', value = ''] = pair.split('=')
      return [field, value]
    }),
  )

/**
 * The fields in which writing the document would overwrite somebody else's change. Such a field differs from the
 * document and from each revision in `seen`, which lists the revisions that we know. Without `seen`, every field that
 * is not empty counts as somebody else's.
 */
export function foreignChanges(
  advisory: Advisory,
  { document, seen }: { readonly document: Document; readonly seen?: string | undefined },
): readonly AdvisoryDifference[] {
  const revisions = seen?.split('\n').map(readRevision)
  const now = contentsOf(advisory)
  const ours = contentsWith(advisory, document)
  const isForeign = (field: AdvisoryField): boolean =>
    revisions === undefined
      ? !MERGED.has(field) && !BLANK.has(now[field])
      : revisions.every((one) => isChange(field, one.get(field), now[field]))
  return FIELDS.filter((field) => (field === 'state' || now[field] !== ours[field]) && isForeign(field)).map(
    (field) => ({ field, now: now[field], ours: ours[field] }),
  )
}

const FIELDS: readonly AdvisoryField[] = [
  'state',
  'summary',
  'description',
  'severity',
  'affected',
  'weaknesses',
  'cve',
  'credits',
]

/** The content of a field that nobody has filled in. */
const BLANK: ReadonlySet<string> = new Set(['', 'none'])

/**
 * Fields that are not overwritten when a document is written: a document does not contain the state, and it keeps the
 * credits that other people gave.
 */
const MERGED: ReadonlySet<AdvisoryField> = new Set<AdvisoryField>(['state', 'credits'])

function isChange(field: AdvisoryField, before: string | undefined, now: string): boolean {
  // A private report that somebody accepts turns from `triage` into `draft`. Its content stays the same.
  if (field === 'state') return before !== now && !(before === 'triage' && now === 'draft')
  // A revision that an earlier version of this program stored has no hash of the credits.
  if (field === 'credits' && before === undefined) return false
  return before !== hashOf(now)
}

/** Whether an advisory has the same content as a document. */
export function hasContent(advisory: Advisory, document: Document): boolean {
  const now = contentsOf(advisory)
  const ours = contentsWith(advisory, document)
  return (
    FIELDS.every((field) => now[field] === ours[field]) &&
    loginsOf(advisory.credits ?? []) === loginsOf(creditsFor(advisory, document))
  )
}

/**
 * The credits with which an advisory is written: those of the document, and those that other people added. GitHub
 * automatically credits the author of a private report; we do so only if the author agreed.
 */
export function creditsFor(
  { credits, author, submission }: Pick<Advisory, 'credits' | 'author' | 'submission'>,
  document: Pick<Document, 'credits'>,
): Document['credits'] {
  const reporter = submission === null || submission === undefined ? undefined : author?.login
  const ours = [reporter, ...document.credits.map(({ login }) => login)].map((login) => login?.toLowerCase())
  const others = (credits ?? []).flatMap(({ login, type }) =>
    typeof login === 'string' && typeof type === 'string' && !ours.includes(login.toLowerCase())
      ? [{ login, type }]
      : [],
  )
  return [...document.credits, ...others]
}

/**
 * The credits as one text, without the author of a private report. GitHub credits the author automatically, so this
 * credit is not somebody's change.
 */
function creditsText(
  credits: NonNullable<Advisory['credits']>,
  { author, submission }: Pick<Advisory, 'author' | 'submission'>,
): string {
  const reporter = submission === null || submission === undefined ? undefined : author?.login.toLowerCase()
  return credits
    .map(({ login, type }) => ({ login: login?.toLowerCase() ?? '', type: type ?? '' }))
    .filter(({ login }) => login !== reporter)
    .map(({ login, type }) => `${login} (${type})`)
    .toSorted()
    .join(', ')
}

const loginsOf = (credits: NonNullable<Advisory['credits']>): string =>
  credits
    .map(({ login }) => login?.toLowerCase() ?? '')
    .toSorted()
    .join(' ')

/** Whether an advisory has the summary and the description of a document. */
export function hasTexts(advisory: Advisory, { summary, description }: Document): boolean {
  const contents = contentsOf(advisory)
  return contents.summary === summary && contents.description === description.replaceAll('\r\n', '\n')
}

/** Whether the advisory has a CVSS vector. While it has one, GitHub refuses a severity. */
export const hasVector = (advisory: Advisory): boolean => vectorsOf(advisory).length > 0
