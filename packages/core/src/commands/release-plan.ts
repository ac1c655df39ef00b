import { rolesFor } from '../policy/roles.ts'
import { isBarred, mayPublish } from '../state/people/access.ts'
import type { Policy } from '../policy/schema.ts'
import type { PersonId } from '../shared/ids.ts'
import type { Decision } from '../vocabulary/decision.ts'
import type { CaseState } from '../state/state.ts'
import { caseOpen } from '../gates/case-open.ts'
import { dateAhead } from '../gates/date-ahead.ts'
import { onlyIf } from '../gates/for-each-case.ts'
import type { Context, Gate } from '../gates/gate.ts'
import { insideEmbargo } from '../gates/inside-embargo.ts'
import { notice } from '../gates/notice.ts'
import { inNoRelease } from '../gates/one-live-release.ts'
import { publicationNotBegun } from '../gates/publication-not-begun.ts'
import { hours } from '../gates/hours.ts'
import { validityDecided } from '../gates/validity-decided.ts'
import { freeRelease } from '../vocabulary/stream.ts'
import { isoInstant } from '../shared/instant.ts'
import { nothingToDo, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'

/**
 * Applies the gate unless the request plans the same release again. Such a request changes nothing, and the answer says
 * what is planned.
 */
const unlessPlanned = (gate: Gate): Gate => onlyIf((context) => !isPlanned(context), gate)

const isPlanned = ({ release, state, request }: Pick<Context, 'release' | 'state' | 'request'>): boolean =>
  request.verb === 'release.plan' &&
  release !== undefined &&
  release.is === 'scheduled' &&
  release.at === request.at &&
  release.cases.includes(state.id)

const inNoOtherRelease: Gate = unlessPlanned(inNoRelease)

/** Plans a release for one day, with this case as its first case. Other cases can be added. */
export const releasePlan = defineRequest({
  verb: 'release.plan',
  gates: [
    caseOpen,
    validityDecided,
    publicationNotBegun,
    inNoOtherRelease,
    unlessPlanned(dateAhead),
    insideEmbargo,
    notice,
    hours,
  ],
  decide: (context) => {
    const { state, request, others, whole } = context
    if (isPlanned(context)) return nothingToDo(`It is planned for ${isoInstant(request.at)} already.`)
    const cannot = request.releaser === undefined ? undefined : cannotPublish(whole, state, request.releaser)
    if (cannot !== undefined) return cannot
    const release = freeRelease(state.id, request.at, (id) => others.has(id))
    return {
      ok: true,
      appends: [
        { stream: state.id, events: [{ type: 'ReleaseJoined', release, at: request.at }] },
        {
          stream: release,
          events: [
            {
              type: 'ReleasePlanned',
              implicit: false,
              ...(request.releaser === undefined ? {} : { releaser: request.releaser }),
            },
            { type: 'CaseAdded', case: state.id },
            { type: 'ReleaseScheduled', at: request.at },
          ],
        },
      ],
    }
  },
  inputs: ({ id, dates }) => {
    const { legal, others } = dates()
    return [...(legal === undefined ? [] : [legal]), ...others].map((at) => ({ verb: 'release.plan', case: id, at }))
  },
})

/** The named releaser publishes on the day of the release, so that person must be allowed to publish. */
function cannotPublish(whole: Policy, state: CaseState, releaser: PersonId): Decision | undefined {
  const another = you('name somebody who is allowed to publish', 'release.plan')
  const person = whole.people.find(({ id }) => id === releaser)
  if (person === undefined) return senseless('Nobody of that name is in the policy.', another)
  if (!mayPublish(whole, person))
    return senseless(
      `Publishing requires the role ${rolesFor(whole, 'disclose').join(' or ')}; ${person.name} has ${person.roles.join(' and ')}.`,
      [...another, { who: 'an admin', how: 'gives the role in the policy' }],
    )
  return isBarred(whole, state, releaser)
    ? senseless(`${person.name} is not allowed to act in ${state.id}, so they cannot publish it either.`, another)
    : undefined
}
