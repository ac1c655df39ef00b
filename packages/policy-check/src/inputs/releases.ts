import { DAY, implicitRelease, later } from '@embargo/core'
import type { ReleaseRequest, PendingCommand } from '@embargo/core'
import { CASE } from '../scenario.ts'
import { datesOf, previewFor } from '../view.ts'
import type { View } from '../view.ts'
import type { InputsOf } from './inputs-by-verb.ts'

const withPreview = <R extends PendingCommand>(view: View, bare: R): R => ({ ...bare, shown: previewFor(view, bare) })

/**
 * The case goes alone or in a release that was planned for it. Two cases in one release have an exploration of their
 * own.
 */
export const RELEASES: InputsOf<ReleaseRequest> = {
  'release.plan': (view) => {
    const { legal, others } = datesOf(view)
    return [...(legal === undefined ? [] : [legal]), ...others].map((at) => ({ verb: 'release.plan', case: CASE, at }))
  },
  'release.add': ({ state, release }) => [
    { verb: 'release.add', case: CASE, release: release?.id ?? implicitRelease(state.id, state.releasesSoFar + 1) },
  ],
  'release.drop': (view) => [withPreview(view, { verb: 'release.drop', case: CASE, reason: 'because' })],
  'release.cancel': (view) => [withPreview(view, { verb: 'release.cancel', case: CASE, reason: 'because' })],
  'release.move': (view) => {
    const { legal } = datesOf(view)
    if (legal === undefined) return []
    // If dates are never moved, the key does not contain the later one.
    return (view.scenario.unmoved === true ? [legal] : [legal, later(legal, 7 * DAY)]).map((at) =>
      withPreview(view, { verb: 'release.move', case: CASE, at, reason: 'because' }),
    )
  },
  'prenotify.update': (view) => [withPreview(view, { verb: 'prenotify.update', case: CASE, reason: 'because' })],
  'log-answer.has-it': ({ release }) =>
    (release?.prenotified ?? []).slice(0, 1).map(({ list, recipient }) => ({
      verb: 'log-answer.has-it',
      case: CASE,
      list,
      recipient,
    })),
}
