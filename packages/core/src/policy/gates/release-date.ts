import { underEmbargo } from '../../case/stage.ts'
import type { CaseState } from '../../case/state.ts'
import { isoInstant } from '../../shared/instant.ts'
import { endedEarly } from '../../embargo/terms.ts'
import { awaitedSignal, onceItCounts } from './frozen-by-signal.ts'
import { nobody, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** Whether a promised date holds a publication back: not once it is public, or the embargo was ended early. */
export const bindsToDate = (state: CaseState): boolean => state.cs.public === undefined && !endedEarly(state)

/** Nothing of ours is public before the date that people outside were promised, unless it is public or no embargo holds. */
export const releaseDate: Gate = ({ state, release, at }) => {
  if (!bindsToDate(state)) return undefined
  if (release?.at !== undefined && release.is !== 'cancelled') {
    if (at >= release.at) return undefined
    return refuse(
      'release-date',
      `The release date, ${isoInstant(release.at)}, is not reached.`,
      nobody('wait for it'),
      {
        releaseAt: release.at,
      },
    )
  }
  if (!underEmbargo(state)) return undefined
  const counting = awaitedSignal(state)?.what === 'attack' ? [] : onceItCounts(state, 'this may be asked')
  return refuse(
    'release-date',
    'An embargo is in force and no release date is set.',
    counting.length > 0
      ? counting
      : [{ who: 'any team member', how: 'pre-notifies, which sets the date', verb: 'prenotify' }],
  )
}
