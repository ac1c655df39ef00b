import { projectOf, policyFor } from '@embargo/core'
import type { World } from '@embargo/core'
import { cveRequest, recordDocument } from '@embargo/documents'
import type { CaseRecord, RecordFormat, Written } from '@embargo/documents'
import { caseRecord } from '@embargo/letters'
import type { Deps } from '../deps.ts'

/** The record of a case in one format, and whether it is published: until then, it is a draft. */
export type CaseDocument = Written<string> & { readonly isPublished: boolean }

/** The record of a case as it is now. Undefined if the case does not exist. */
export function caseDocument(deps: RecordDeps, world: World, format: RecordFormat): CaseDocument | undefined {
  const record = recordOf(deps, world)
  return record && { ...recordDocument(format, record), isPublished: record.isPublished }
}

/** The text that asks another CNA for an id. Undefined if the case does not exist. */
export function cveRequestText(deps: RecordDeps, world: World): CveRequestText | undefined {
  const record = recordOf(deps, world)
  return record && cveRequest(record)
}

export type CveRequestText = { readonly subject: string; readonly text: string }

type RecordDeps = Pick<Deps, 'policy' | 'clock'>

function recordOf(deps: RecordDeps, { case: theCase, release }: World): CaseRecord | undefined {
  if (theCase === undefined) return undefined
  const policy = policyFor(deps.policy.policy, theCase)
  const publishedAt = theCase.publishedAt ?? release?.startedAt ?? deps.clock.now()
  return caseRecord({ policy, project: projectOf(policy, theCase), publishedAt, release }, theCase)
}
