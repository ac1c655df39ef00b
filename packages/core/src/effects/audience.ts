import type { RecordedEvent } from '../events/recorded-event.ts'
import type { ReleaseState } from '../state/release/state.ts'
import { isCaseStream, isReleaseStream } from '../vocabulary/stream.ts'
import type { CaseId } from '../shared/ids.ts'
import type { World } from '../vocabulary/decision.ts'
import type { CaseState } from '../state/state.ts'

/** The release whose stream has this event, if the world has that release. */
export function releaseOf({ stream }: Pick<RecordedEvent, 'stream'>, world: World): ReleaseState | undefined {
  const other = world.others.get(stream)
  if (other?.kind === 'release') return other
  return world.release?.id === stream ? world.release : undefined
}

/**
 * The cases in whose channels an event is shown. An event of a case is shown in that case, and an event of a release in
 * every case of the release.
 */
export function casesInAudience(recorded: RecordedEvent, world: World): readonly CaseState[] {
  const find = (id: CaseId): readonly CaseState[] => {
    const one = world.case?.id === id ? world.case : world.others.get(id)
    return one?.kind === 'case' ? [one] : []
  }
  const { stream, event } = recorded
  if (isCaseStream(stream)) return find(stream)
  if (!isReleaseStream(stream)) return []
  const cases = releaseOf(recorded, world)?.cases ?? []
  // The first case of a release is not shown as added, because the event that plans the release already names it.
  if (event.type === 'CaseAdded' && cases.length === 1) return []
  const dropped = event.type === 'CaseDropped' && !cases.includes(event.case) ? [event.case] : []
  return [...cases, ...dropped].flatMap(find)
}
