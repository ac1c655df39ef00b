import type { ReleaseRequest } from '../../../case/requests/releases.ts'
import { CASE } from '../arena.ts'
import type { InputsOf } from './inputs.ts'

/**
 * Inputs of the releases. The exploration has one case, which goes alone: its release is the one that a pre-notification
 * or a publication makes, so planning and moving releases is left to the histories of several cases.
 */
export const RELEASES: InputsOf<ReleaseRequest> = {
  'release-plan': () => [],
  'release-add': () => [],
  'release-drop': () => [{ verb: 'release-drop', case: CASE }],
  'release-cancel': () => [{ verb: 'release-cancel', case: CASE }],
  reschedule: () => [],
  'prenotify-update': () => [{ verb: 'prenotify-update', case: CASE }],
  'prenotify-acknowledged': () => [],
}
