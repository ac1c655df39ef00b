import { listOr } from '@embargo/core'
import type { CaseId } from '@embargo/core'
import type { FactSource, FormatGap } from '@embargo/engine'
import type { Place } from '../types.ts'
import { typedAt } from '../usage.ts'

/**
 * What a person types to enter a missing fact. Undefined if only the operator can add it, in the policy or the
 * settings.
 */
const USAGES: Readonly<Record<FactSource, (branch: string, ofPackage: string) => string | undefined>> = {
  policy: () => undefined,
  publication: () => undefined,
  advisory: () => 'advisory',
  severity: () => 'triage valid SEVERITY',
  'affected-branch': () => 'triage affects BRANCH yes VERSIONS',
  range: (branch, ofPackage) => `triage affects ${branch} yes VERSIONS${ofPackage}`,
  'fixed-version': (branch) => `triage affects ${branch} yes --fixed-version VERSION`,
  workaround: () => 'advisory --workaround "TEXT"',
  cve: () => 'cve request',
}

/** A missing fact, the documents that are left out without it, and the command that enters it. */
export function formatGapLine(
  { name, source, branch = 'BRANCH', package: own, formats }: FormatGap,
  { place, id }: { readonly place: Pick<Place, 'platform' | 'root'>; readonly id: CaseId },
): string {
  const usage = USAGES[source](branch, own === undefined ? '' : ` --package ${own}`)
  const how = usage === undefined ? 'the operator adds it' : typedAt({ ...place, case: id }, usage)
  return `Without ${name}, there is no ${listOr(formats)}: ${how}`
}
