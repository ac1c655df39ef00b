import { weakness } from '../cwe/cwe.ts'
import type { Block } from '@embargo/core'
import { oneLine, packageKey } from '@embargo/core'
import type { AdvisoryRecord } from '../record.ts'

/**
 * The CVE id, or “CVE pending” if the id is still expected, because texts are sent without waiting for it. Undefined if
 * no id will come.
 */
function cveOf({ cve }: Pick<AdvisoryRecord, 'cve'>): string | undefined {
  return cve === null ? undefined : (cve ?? 'CVE pending')
}

/**
 * The names of a vulnerability: `SEC-2026-0042, CVE-1900-0042`, or `SEC-2026-0042, CVE pending`. Only the case number
 * if no CVE id will come.
 */
export function namesOf(record: Pick<AdvisoryRecord, 'caseNumber' | 'cve'>): string {
  return [record.caseNumber, cveOf(record)].filter((name) => name !== undefined).join(', ')
}

/**
 * The known CVE ids, for the subject of a mail. If no id is known yet, one entry says that an id is pending. Empty if
 * no id will come.
 */
export function idsOf(records: readonly Pick<AdvisoryRecord, 'cve'>[]): readonly string[] {
  const known = records.flatMap(({ cve }) => (cve === undefined || cve === null ? [] : [cve]))
  if (known.length > 0) return known
  return records
    .map(cveOf)
    .filter((name) => name !== undefined)
    .slice(0, 1)
}

/**
 * The kind of vulnerability in plain words, from the table of weaknesses. If the table does not have the CWE, the CWE's
 * own name.
 */
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
 * The workaround as the team wrote it. If nobody wrote one, the text leaves the workaround out. To say that there is
 * none could be wrong, because one may exist.
 */
export function workaround(record: Pick<AdvisoryRecord, 'workaround'>): Block[] {
  return record.workaround === undefined ? [] : ['Workaround:', { said: record.workaround }]
}
