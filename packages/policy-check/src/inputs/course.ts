import { Sha256 } from '@embargo/core'
import type { CourseRequest } from '@embargo/core'
import { CASE } from '../scenario.ts'
import { BLOB } from '../view.ts'
import type { InputsOf } from './inputs-by-verb.ts'

const QUESTION = Sha256.parse('4'.repeat(64))

/** Questions, pauses, letters and later rounds. */
export const COURSE: InputsOf<CourseRequest> = {
  ask: () => [{ verb: 'ask', case: CASE, text: BLOB, sha256: QUESTION }],
  defer: () => [{ verb: 'defer', case: CASE, reason: 'because' }],
  reopen: () => [{ verb: 'reopen', case: CASE, reason: 'because' }],
  update: () => [{ verb: 'update', case: CASE }],
  wait: ({ state }) => [{ verb: 'wait', case: CASE, ...(state.waiting === undefined ? { party: 'an upstream' } : {}) }],
  publication: ({ state }) => [
    {
      verb: 'publication',
      case: CASE,
      publication: state.publication === 'none' ? 'release' : 'none',
      reason: 'because',
    },
  ],
}
