import { Sha256 } from '@embargo/core'
import type { CourseRequest } from '@embargo/core'
import { CASE } from '../scenario.ts'
import { BLOB } from '../view.ts'
import type { InputsOf } from './inputs-by-verb.ts'

const QUESTION = Sha256.parse('4'.repeat(64))

/** Questions, pauses, letters and later rounds. */
export const COURSE: InputsOf<CourseRequest> = {
  'reply.question': () => [{ verb: 'reply.question', case: CASE, text: BLOB, sha256: QUESTION }],
  'triage.not-now': () => [{ verb: 'triage.not-now', case: CASE, reason: 'because' }],
  reopen: () => [{ verb: 'reopen', case: CASE, reason: 'because' }],
  'reply.progress': () => [{ verb: 'reply.progress', case: CASE }],
  'party.wait': ({ state }) => [
    { verb: 'party.wait', case: CASE, ...(state.waiting === undefined ? { party: 'an upstream' } : {}) },
  ],
  'advisory.as': ({ state }) => [
    {
      verb: 'advisory.as',
      case: CASE,
      publication: state.publication === 'none' ? 'release' : 'none',
      reason: 'because',
    },
  ],
}
