import { CaseId } from '@embargo/core'
import type { MergingRequest } from '@embargo/core'
import { CASE } from '../scenario.ts'
import { REPORT } from '../view.ts'
import type { InputsOf } from './inputs-by-verb.ts'

const NEXT = CaseId.parse('SEC-2026-0002')

/** Requests of this kind for one case. Two cases that are merged and split again have an exploration of their own. */
export const MERGING: InputsOf<MergingRequest> = {
  open: ({ project }) => [{ verb: 'open', case: NEXT, project: project.id, follows: CASE }],
  'triage.duplicate': () => [
    { verb: 'triage.duplicate', case: CASE, of: CASE, end: 'none' },
    { verb: 'triage.duplicate', case: CASE, of: NEXT, end: 'none' },
  ],
  'open.report': ({ project }) => [
    { verb: 'open.report', case: CASE, report: REPORT, into: NEXT, project: project.id, reason: 'because' },
  ],
}
