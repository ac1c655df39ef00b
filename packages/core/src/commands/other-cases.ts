import type { StreamId } from '../shared/ids.ts'
import type { Request } from '../vocabulary/command.ts'
import type { World } from '../vocabulary/decision.ts'

/**
 * The streams of the other cases that a command concerns. For a merge, they include the stream of the release that the
 * receiving case is in.
 */
export function otherCases(request: Request, world: World): readonly StreamId[] {
  switch (request.verb) {
    case 'open':
    case 'triage':
      return request.follows === undefined ? [] : [request.follows]
    case 'triage.duplicate': {
      const into = world.others.get(request.of)
      return [request.of, ...(into?.kind === 'case' && into.release !== undefined ? [into.release] : [])]
    }
    case 'open.report': {
      const home = world.case?.reports.find(({ id }) => id === request.report)?.joined?.case
      return [home, request.into].filter((id) => id !== undefined)
    }
    default:
      return []
  }
}
