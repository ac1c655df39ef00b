import { projectOf, policyFor } from '@embargo/core'
import type { World } from '@embargo/core'
import { cveRequest, recordDocument, releaseText } from '@embargo/documents'
import type { CaseRecord, RecordFormat, ReleaseText, Written } from '@embargo/documents'
import { caseRecord, recordOf } from '@embargo/letters'
import { releaseCases } from '../letters/gather-material.ts'
import type { Deps } from '../deps.ts'

/** The record of a case in one format, and whether it is published: until then, it is a draft. */
export type CaseDocument = Written<string> & { readonly isPublished: boolean }

/** The record of a case as it is now. Undefined if the case does not exist. */
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
  const publishedAt = theCase.publishedAt ?? release?.startedAt ?? release?.at ?? deps.clock.now()
  const cases = releaseCases(world, theCase)
  const isPublished = cases.every((each) => each.publishedAt !== undefined)
  const missing = cases.flatMap(({ id, advisory, severity }) => [
    ...(advisory === undefined ? [`the impact of ${id}`] : []),
    ...(severity === undefined ? [`a severity of ${id}`] : []),
  ])
  if (missing.length > 0) return { ok: false, missing, isPublished }
  const records = cases.map((each) => recordOf({ policy, project, publishedAt, release }, each))
  const { contact = project.address, about } = project
  const fields = { project: project.name, contact, about, records, isPublished, template: policy.templates[name] }
  return { ok: true, document: releaseText(name, fields), isPublished }
}

/** The text that asks another CNA for an id. Undefined if the case does not exist. */
export function cveRequestText(deps: RecordDeps, world: World): CveRequestText | undefined {
  const record = wholeRecord(deps, world)
  return record && cveRequest(record)
}

export type CveRequestText = { readonly subject: string; readonly text: string }

type RecordDeps = Pick<Deps, 'policy' | 'clock'>

function wholeRecord(deps: RecordDeps, { case: theCase, release }: World): CaseRecord | undefined {
  if (theCase === undefined) return undefined
  const policy = policyFor(deps.policy.policy, theCase)
  const publishedAt = theCase.publishedAt ?? release?.startedAt ?? deps.clock.now()
  return caseRecord({ policy, project: projectOf(policy, theCase), publishedAt, release }, theCase)
}
