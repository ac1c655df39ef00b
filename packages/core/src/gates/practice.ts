import type { PersonVerb } from '../vocabulary/command.ts'
import type { Refusal } from '../vocabulary/decision.ts'
import type { StreamId } from '../shared/ids.ts'
import { nobody, refuse } from './gate.ts'
import type { Context } from './gate.ts'

/** Commands that would link a practice case to real cases, or request something from an outside service. */
const NOT_PRACTISED: ReadonlySet<PersonVerb> = new Set<PersonVerb>([
  'release.plan',
  'release.add',
  'prenotify',
  'triage.duplicate',
  'open.report',
  'party.forward',
  'cve.request',
  'cve.set',
  'cve.published',
  'cve.reject',
])

/** A practice case must not affect a real case or anything outside. */
export function refusalOfPractice({ state, request, others }: Context): Refusal | undefined {
  if (state.practice === true && NOT_PRACTISED.has(request.verb))
    return refuse(
      'fits-the-stage',
      'This is a practice case: it cannot join another case or a release, and nobody outside is told about it.',
      nobody('go on with what the case needs next'),
    )
  const named = caseNamed(request)
  const other = named === undefined ? undefined : others.get(named)
  return other?.kind === 'case' && other.practice === true && state.practice !== true
    ? refuse('makes-sense', `${other.id} is a practice case.`, [{ who: 'you', how: 'name a real one' }])
    : undefined
}

function caseNamed(request: Context['request']): StreamId | undefined {
  if (request.verb === 'triage.duplicate') return request.of
  return request.verb === 'open' ? request.follows : undefined
}
