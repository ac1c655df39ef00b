import type { PersonVerb } from '../vocabulary/command.ts'
import { isLive } from '../state/release/cases-of.ts'
import type { Instant } from '../shared/instant.ts'
import type { Context } from './gate.ts'

type Planned = { readonly at: Instant; readonly verb: PersonVerb }

/** The date of a release that a command would set or join, and the command that names another. */
export function plannedDate({ request, release: own, others }: Context): Planned | undefined {
  switch (request.verb) {
    case 'prenotify':
      // A release has one date, which only moving it changes.
      return request.at === undefined ? undefined : { at: request.at, verb: isLive(own) ? 'reschedule' : 'prenotify' }
    case 'release-plan':
    case 'reschedule':
      return request.at === undefined ? undefined : { at: request.at, verb: request.verb }
    case 'release-add': {
      const release = others.get(request.release)
      return release?.kind === 'release' && release.at !== undefined
        ? { at: release.at, verb: 'release-plan' }
        : undefined
    }
    default:
      return undefined
  }
}
