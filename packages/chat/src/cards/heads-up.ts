import { releaseCases, outdatedHeadsUp } from '@embargo/core'
import type { CaseId, World } from '@embargo/core'
import type { Line } from '@embargo/engine'
import type { Place } from '../types.ts'
import { typedAt } from '../usage.ts'
import { code, line } from './spans.ts'

type CaseLocation = Pick<Place, 'platform' | 'root'> & { readonly case: CaseId }

/** Lines saying that a public heads-up is no longer true, with the command that corrects it. */
export function headsUpLines({ case: seenFrom, release, others }: World, place: CaseLocation): readonly Line[] {
  const one = seenFrom?.id === place.case ? seenFrom : others.get(place.case)
  if (one?.kind !== 'case' || release?.cases.includes(one.id) !== true) return []
  if (outdatedHeadsUp(release, releaseCases({ state: one, release, others: withCase(others, seenFrom) })) === undefined)
    return []
  return [line('The public heads-up is no longer true. Correct it: ', code(typedAt(place, 'prenotify update')))]
}

const withCase = (others: World['others'], state: World['case']): World['others'] =>
  state === undefined ? others : new Map([...others, [state.id, state]])
