import { affectedPackages, branchesToFix, policyFor, projectOf, publishedSince, targetModes } from '@embargo/core'
import type { CaseState, Instant, Policy, TargetName, World } from '@embargo/core'
import { cveRequest, cveUpdate, FORMAT_NAMES, recordDocument, releaseText } from '@embargo/documents'
import type { CaseRecord, MissingFact, RecordFormat, ReleaseText, FormatResult } from '@embargo/documents'
import { caseRecord, exploitOf, recordOf } from '@embargo/letters'
import { releaseCases } from '../letters/gather-material.ts'
import type { Deps } from '../deps.ts'

/** The record of a case in one format. `isPublished` is false while the record is only a draft. */
export type CaseDocument = FormatResult<string> & { readonly isPublished: boolean }

/** The record of a case as it is now, in one format. Undefined if the case does not exist. */
export function caseDocument(deps: RecordDeps, world: World, format: RecordFormat): CaseDocument | undefined {
  const record = wholeRecord(deps, world)
  return record && { ...recordDocument(format, record), isPublished: record.isPublished }
}

/** A public text about the release of a case as it is now, or about the case alone if it has no release. */
export function releaseDocument(deps: RecordDeps, world: World, name: ReleaseText): CaseDocument | undefined {
  const { case: theCase, release } = world
  if (theCase === undefined) return undefined
  const policy = policyFor(deps.policy.policy, theCase)
  const project = projectOf(policy, theCase)
  const publishedAt = publishedOn(theCase, release) ?? release?.at ?? deps.clock.now()
  const cases = releaseCases(world, theCase)
  const isPublished = cases.every((each) => publishedSince(release, each) !== undefined)
  const missing = cases.flatMap(({ id, advisory, severity }) => [
    ...(advisory === undefined ? [{ name: `the impact of ${id}`, source: 'advisory' as const }] : []),
    ...(severity === undefined ? [{ name: `a severity of ${id}`, source: 'severity' as const }] : []),
  ])
  if (missing.length > 0) return { ok: false, missing, isPublished }
  const records = cases.map((each) => recordOf({ policy, project, publishedAt, release }, each))
  const { contact = project.address, about } = project
  const fields = { project: project.name, contact, about, records, isPublished, template: policy.templates[name] }
  return {
    ok: true,
    document: releaseText(name, { ...fields, exploitOf: exploitOf({ policy, release }, cases) }),
    isPublished,
  }
}

/** The text that asks another CNA for an id. Undefined if the case does not exist. */
export function cveRequestText(deps: RecordDeps, world: World): CveRequestText | undefined {
  const record = wholeRecord(deps, world)
  return record && cveRequest(record)
}

/** The text that asks another CNA to update the record of an id. Undefined if the case has no id, or does not exist. */
export function cveUpdateText(deps: RecordDeps, world: World): CveRequestText | undefined {
  const record = wholeRecord(deps, world)
  const cve = world.case?.cve?.id
  return record && cve && cveUpdate({ ...record, cve })
}

/** A fact that nobody has entered, and the names of the formats that cannot be written without it. */
export type FormatGap = MissingFact & { readonly formats: readonly string[] }

/**
 * The facts that are missing for the formats that the project publishes. Facts that will come are pending, not missing:
 * a requested CVE id, a fixed version whose patch is not checked yet, and what the publication itself adds.
 */
export function formatGaps(deps: RecordDeps, world: World): readonly FormatGap[] {
  const record = wholeRecord(deps, world)
  const { case: theCase } = world
  if (record === undefined || theCase === undefined || record.isPublished || theCase.publication === 'none') return []
  const policy = policyFor(deps.policy.policy, theCase)
  const modes = targetModes(projectOf(policy, theCase))
  const gaps = new Map<string, FormatGap>()
  for (const [target, formats] of FORMATS_AT) {
    if (modes[target] === 'off') continue
    for (const format of formats) {
      const written = recordDocument(format, record)
      for (const fact of written.ok ? [] : written.missing) {
        if (fact.source === 'publication' || (fact.source === 'cve' && record.cve !== null)) continue
        if (fact.source === 'workaround' && namesEveryFix(policy, theCase)) continue
        const known = gaps.get(fact.name)?.formats ?? []
        gaps.set(fact.name, { ...fact, formats: [...known, FORMAT_NAMES[format]] })
      }
    }
  }
  return [...gaps.values()]
}

/**
 * Whether a fixed version is known for every affected package. The records name a fixed version once its patch is
 * checked.
 */
const namesEveryFix = (policy: Policy, theCase: CaseState): boolean => {
  const { packages } = projectOf(policy, theCase)
  const affected = branchesToFix(theCase).flatMap((branch) => affectedPackages(branch, packages))
  return affected.length > 0 && affected.every(({ fixedVersion }) => fixedVersion !== undefined)
}

const FORMATS_AT: readonly (readonly [target: TargetName, formats: readonly RecordFormat[]])[] = [
  ['github', ['ghsa']],
  ['files', ['markdown', 'osv', 'openvex', 'csaf', 'csaf-vex']],
  ['cve', ['cve']],
]

export type CveRequestText = { readonly subject: string; readonly text: string }

/** When a case was published; undefined while its publication waits for the fixed versions. */
const publishedOn = ({ publishedAt }: CaseState, release: World['release']): Instant | undefined =>
  release?.startedAt === undefined ? publishedAt : release.publicAt

type RecordDeps = Pick<Deps, 'policy'> & { readonly clock: Pick<Deps['clock'], 'now'> }

function wholeRecord(deps: RecordDeps, { case: theCase, release }: World): CaseRecord | undefined {
  if (theCase === undefined) return undefined
  const policy = policyFor(deps.policy.policy, theCase)
  const publishedAt = publishedOn(theCase, release) ?? deps.clock.now()
  return caseRecord({ policy, project: projectOf(policy, theCase), publishedAt, release }, theCase)
}
