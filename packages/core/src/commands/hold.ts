import { releaseToHold } from '../gates/not-held.ts'
import type { ReleaseEvent } from '../events/release-events.ts'
import { HOLD_CAUSES } from './publication/hold-causes.ts'
import { nothingToDo } from './decisions.ts'
import { defineRequest } from './define-request.ts'

/**
 * Stops a release at once; one person is enough. A publication that was approved in advance does not begin. A running
 * publication sends no further mail.
 */
export const hold = defineRequest({
  verb: 'hold',
  gates: [releaseToHold],
  decide: ({ release, request: { reason } }) => {
    if (release === undefined || release.held !== undefined) return nothingToDo('The release is on hold already.')
    const reasonPart = reason === undefined ? {} : { reason }
    const ahead: readonly ReleaseEvent[] =
      release.ahead === undefined ? [] : [{ type: 'DisclosureHeld', because: HOLD_CAUSES.hold.because(reasonPart) }]
    return {
      ok: true,
      appends: [{ stream: release.id, events: [{ type: 'ReleaseHeld', ...reasonPart }, ...ahead] }],
    }
  },
  inputs: ({ id, release }) =>
    release === undefined || release.held !== undefined ? [] : [{ verb: 'hold', case: id, reason: 'because' }],
})
