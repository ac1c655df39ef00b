import type { PersonVerb } from '../vocabulary/command.ts'
import { isLive } from '../state/release/release-cases.ts'
import type { Instant } from '../shared/instant.ts'
import type { CaseContext, Context } from './gate.ts'

type PlannedDate = { readonly at: Instant; readonly verb: PersonVerb }

/** The release date that a command would set or join, and the command with which people can name another date. */
export function plannedDate({ request, release: own, others }: Context): PlannedDate | undefined {
  switch (request.verb) {
    case 'prenotify':
      // If the case is in a release already, people can name another date only by moving that release.
      return request.at === undefined ? undefined : { at: request.at, verb: isLive(own) ? 'release.move' : 'prenotify' }
    case 'release.plan':
    case 'release.move':
      return request.at === undefined ? undefined : { at: request.at, verb: request.verb }
    case 'release.add': {
      const release = others.get(request.release)
      return release?.kind === 'release' && release.at !== undefined
        ? { at: release.at, verb: 'release.plan' }
        : undefined
    }
    default:
      return undefined
  }
}

/** The date that a command names or, if it names none, the planned date of the release. */
export const dateToWaive = ({ request, release }: CaseContext): Instant | undefined =>
  ('at' in request && typeof request.at === 'number' ? request.at : undefined) ?? release?.at

const NAMES_A_DATE: Readonly<Partial<Record<PersonVerb, string>>> = {
  prenotify: 'name a date',
  'release.plan': 'name a date',
  'release.move': 'name a date',
  'release.add': 'name a release that has a date',
}

/** What is missing, if the command must name a date before the gates about dates can be checked. */
export const noDateNamed = (context: Context): string | undefined =>
  plannedDate(context) === undefined ? NAMES_A_DATE[context.request.verb] : undefined
