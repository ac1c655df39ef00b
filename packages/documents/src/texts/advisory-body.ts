import { weakness } from '../cwe/cwe.ts'
import type { Block } from '@embargo/core'
import { oneLine, packageKey } from '@embargo/core'
import { day } from '@embargo/core'
import type { AdvisoryRecord, PublicRecord } from '../record.ts'

/** The section of an advisory about one vulnerability: the parts below, in order. */
export function advisoryBody(record: PublicRecord): Block[] {
  return [
    heading(record),
    ...interimNote(record),
    record.impact,
    ...exploitNote(record),
    ...facts(record),
    ...affected(record),
    ...uncheckedNote(record),
    ...workaround(record),
  ]
}

const interimNote = ({ dates }: Pick<PublicRecord, 'dates'>): Block[] =>
  dates.interim === undefined ? [] : [`This replaces the interim advisory of ${day(dates.interim)}.`]

const exploitNote = ({ dates }: Pick<PublicRecord, 'dates'>): Block[] =>
  dates.exploitPublic === undefined ? [] : ['An exploit is public.']

const uncheckedNote = ({ unchecked }: Pick<PublicRecord, 'unchecked'>): Block[] =>
  unchecked === true ? ['Nobody except its author had checked the fix when it was published.'] : []

/** The end of a public text, after the facts: credit, timeline and references. */
export function advisoryClosing(record: PublicRecord): Block[] {
  return [...credit(record), ...timeline(record), ...references(record)]
}

/**
 * The CVE id, or “CVE pending” while it is still to come; undefined if none will come. A text is never delayed to wait
 * for the id.
 */
function cveOf({ cve }: Pick<AdvisoryRecord, 'cve'>): string | undefined {
  return cve === null ? undefined : (cve ?? 'CVE pending')
}

/** `SEC-2026-0042, CVE-1900-0042` */
export function namesOf(record: Pick<AdvisoryRecord, 'caseNumber' | 'cve'>): string {
  return [record.caseNumber, cveOf(record)].filter((name) => name !== undefined).join(', ')
}

/**
 * The known CVE ids, for a subject. If no id is known yet, the only entry says that an id is pending. Empty if no id
 * will come.
 */
export function idsOf(records: readonly Pick<AdvisoryRecord, 'cve'>[]): readonly string[] {
  const known = records.flatMap(({ cve }) => (cve === undefined || cve === null ? [] : [cve]))
  if (known.length > 0) return known
  return records
    .map(cveOf)
    .filter((name) => name !== undefined)
    .slice(0, 1)
}

/** The kind of vulnerability in plain words, from the table; if the table does not have it, the CWE's own name. */
export function kindOf(record: Pick<AdvisoryRecord, 'cwe'>): string {
  if (record.cwe === undefined) return 'security issue'
  return weakness(record.cwe.id)?.kind ?? record.cwe.name
}

/** The versions that contain a fix, each once, in the order of the branches. */
export function fixedVersions(records: readonly Pick<AdvisoryRecord, 'affected'>[]): string[] {
  const versions = records.flatMap((record) => record.affected.map((branch) => branch.fixedVersion))
  return [...new Set(versions.filter((version) => version !== undefined))]
}

/** Whether a fix exists, released or not. */
export const isFixed = (record: Pick<AdvisoryRecord, 'affected'>): boolean =>
  record.affected.some(({ fixedVersion, fixed }) => fixedVersion !== undefined || fixed === true)

type Heading = Pick<AdvisoryRecord, 'caseNumber' | 'cve' | 'project' | 'cwe' | 'severity'>

/** `SEC-2026-0042, CVE-1900-0042: path traversal in Quillmark (high)`, underlined. */
export function heading(record: Heading): Block {
  const title = `${namesOf(record)}: ${kindOf(record)} in ${record.project} (${record.severity})`
  return { title }
}

type Facts = Pick<AdvisoryRecord, 'component' | 'severity' | 'cvss' | 'cwe'>

/** Component, severity with its scores and vectors, weakness. */
export function facts({ component, severity, cvss, cwe }: Facts): Block[] {
  const scored = [
    ...(cvss.v40 === undefined ? [] : [{ ...cvss.v40, version: '4.0' }]),
    ...(cvss.v31 === undefined ? [] : [{ ...cvss.v31, version: '3.1' }]),
  ]
  const scores = scored.map(({ score, version }) => `, ${score.toFixed(1)} (CVSS ${version})`).join('')
  const rows = [
    ['Component', component],
    ['Severity', `${severity}${scores}`],
    ...(cwe === undefined ? [] : [['Weakness', `CWE-${cwe.id}, ${cwe.name}`] as const]),
  ] as const
  // Each vector is on a line of its own, so that it fits the columns and can be copied whole.
  return scored.length === 0
    ? [{ rows }]
    : [{ rows }, { verbatim: scored.map(({ vector }) => oneLine(vector)).join('\n') }]
}

/** Affected and fixed versions by branch. */
export function affected(record: Pick<AdvisoryRecord, 'affected' | 'nothingToInstall'>): Block[] {
  if (record.affected.length === 0) return []
  const unreleased = record.nothingToInstall === true ? 'fixed, nothing to install' : 'no fixed release'
  const rows = record.affected.map(({ branch, package: of, range, fixedVersion, fixed }) => {
    const state = fixed === true && record.nothingToInstall !== true ? 'fixed' : unreleased
    const fix = fixedVersion === undefined ? state : `fixed in ${fixedVersion}`
    return [
      oneLine(of === undefined ? branch : `${branch}, ${packageKey(of)}`),
      range === undefined ? fix : `${range}; ${fix}`,
    ] as const
  })
  return ['Affected:', { rows }]
}

/**
 * The workaround as the team wrote it. Empty if nobody wrote one: there may be one nevertheless, so the text claims
 * nothing.
 */
export function workaround(record: Pick<AdvisoryRecord, 'workaround'>): Block[] {
  return record.workaround === undefined ? [] : ['Workaround:', { said: record.workaround }]
}

// Empty if nobody wants to be named: even “a reporter who wants no name” would reveal that there was a reporter.
function credit(record: Pick<AdvisoryRecord, 'credits'>): Block[] {
  if (record.credits.length === 0) return []
  return ['Credit:', { items: record.credits.map(({ text }) => text) }]
}

function timeline({ dates }: Pick<PublicRecord, 'dates'>): Block[] {
  const steps = [
    ['Reported', dates.reported],
    ['Acknowledged', dates.acknowledged],
    ['Fix ready', dates.fixReady],
    ['Exploit public', dates.exploitPublic],
    ['Interim advisory', dates.interim],
    ['Published', dates.published],
  ] as const
  const rows = steps
    .flatMap(([name, at]) => (at === undefined ? [] : [{ name, at }]))
    .toSorted((a, b) => a.at - b.at)
    .map(({ name, at }) => [name, day(at)] as const)
  return ['Timeline (UTC):', { rows }]
}

function references(record: Pick<AdvisoryRecord, 'references'>): Block[] {
  return record.references.length === 0 ? [] : ['References:', { items: record.references.map(({ url }) => url) }]
}
