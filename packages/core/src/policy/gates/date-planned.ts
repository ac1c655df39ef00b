import type { PersonVerb } from '../../case/command.ts'
import type { Instant } from '../../shared/instant.ts'
import type { Context } from './gate.ts'

type Planned = { readonly at: Instant; readonly verb: PersonVerb }

/** The date of a release that a command would set or join, and the command that names another. */
export function datePlanned({ request, others }: Context): Planned | undefined {
  switch (request.verb) {
    case 'prenotify':
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
