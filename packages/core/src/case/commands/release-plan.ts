import type { PersonRequest } from '../command.ts'
import { caseOpen } from '../../policy/gates/case-open.ts'
import { dateAhead } from '../../policy/gates/date-ahead.ts'
import { asksLike } from '../../policy/gates/gate.ts'
import type { Gate } from '../../policy/gates/gate.ts'
import { insideEmbargo } from '../../policy/gates/inside-embargo.ts'
import { leadTime } from '../../policy/gates/lead-time.ts'
import { inNoRelease } from '../../policy/gates/one-live-release.ts'
import { publicationNotBegun } from '../../policy/gates/publication-not-begun.ts'
import { releaseWindow } from '../../policy/gates/release-window.ts'
import { validityDecided } from '../../policy/gates/validity-decided.ts'
import { freeRelease } from '../../release/stream.ts'
import { isoInstant } from '../../shared/instant.ts'
import { senseless, you } from './handler.ts'
import type { Handler } from './handler.ts'

type Plan = Extract<PersonRequest, { verb: 'release-plan' }>

/** The same release again is no second one: it passes, and says what there is. */
const notAgain = (gate: Gate): Gate => asksLike(gate, (context) => (isPlanned(context) ? undefined : gate(context)))

const isPlanned = ({ release, state, request }: Pick<Parameters<Gate>[0], 'release' | 'state' | 'request'>): boolean =>
  request.verb === 'release-plan' &&
  release !== undefined &&
  release.is === 'scheduled' &&
  release.at === request.at &&
  release.cases.includes(state.id)

const notTwice: Gate = notAgain(inNoRelease)

/** A security release of one day, which begins with this case; others are added. */
export const releasePlan: Handler<Plan> = {
  gates: [
    caseOpen,
    validityDecided,
    publicationNotBegun,
    notTwice,
    notAgain(dateAhead),
    insideEmbargo,
    leadTime,
    releaseWindow,
  ],
  decide: (context) => {
    const { state, request, others, whole } = context
    if (isPlanned(context))
      return { ok: true, appends: [], note: `It is planned for ${isoInstant(request.at)} already.` }
    if (request.releaser !== undefined && !whole.people.some(({ id }) => id === request.releaser))
      return senseless('Nobody in the policy is called that.', you('name a releaser of the policy', 'release-plan'))
    const release = freeRelease(state.id, request.at, (id) => others.has(id))
    return {
      ok: true,
      appends: [
        { stream: state.id, events: [{ type: 'ReleaseJoined', release }] },
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
}
