import { caseOpen } from '../gates/case-open.ts'
import { dateAhead } from '../gates/date-ahead.ts'
import { publicationPlanned } from '../gates/publication-planned.ts'
import { insideEmbargo } from '../gates/inside-embargo.ts'
import { notice } from '../gates/notice.ts'
import { inNoRelease } from '../gates/one-live-release.ts'
import { publicationNotBegun } from '../gates/publication-not-begun.ts'
import { hours } from '../gates/hours.ts'
import { validityDecided } from '../gates/validity-decided.ts'
import type { ReleaseState } from '../state/release/state.ts'
import type { World } from '../vocabulary/decision.ts'
import type { CaseState } from '../state/state.ts'
import { nothingToDo, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import { implicitRelease } from '../vocabulary/stream.ts'

/** Adds this case to a planned release. */
export const releaseAdd = defineRequest({
  verb: 'release.add',
  gates: [
    caseOpen,
    validityDecided,
    publicationNotBegun,
    publicationPlanned,
    inNoRelease,
    dateAhead,
    insideEmbargo,
    notice,
    hours,
  ],
  decide: ({ state, request, others }) => {
    const release = others.get(request.release)
    if (release?.kind !== 'release')
      return senseless(`There is no release ${request.release}.`, you('name one that is planned', 'release.add'))
    if (release.cases.includes(state.id)) return nothingToDo(`It is in ${release.id} already.`)
    const because = whyNot(release, state, others)
    if (because !== undefined) return senseless(because, you('plan another release, or move this one', 'release.plan'))
    return {
      ok: true,
      appends: [
        { stream: state.id, events: [{ type: 'ReleaseJoined', release: release.id, ...planned(release) }] },
        { stream: release.id, events: [{ type: 'CaseAdded', case: state.id }] },
      ],
    }
  },
  inputs: ({ id, state, release }) => [
    { verb: 'release.add', case: id, release: release?.id ?? implicitRelease(state.id, state.releasesSoFar + 1) },
  ],
})

const planned = ({ at }: ReleaseState) => (at === undefined ? {} : { at })

/** Why this case cannot be added to the release. */
function whyNot(release: ReleaseState, state: CaseState, others: World['others']): string | undefined {
  if (release.is === 'prenotified')
    return `Recipients were told which cases are in ${release.id}, so no other case can join it.`
  if (release.is !== 'planned' && release.is !== 'scheduled') return `${release.id} is ${release.is}.`
  const elsewhere = release.cases.some((id) => {
    const one = others.get(id)
    return one?.kind === 'case' && one.project !== state.project
  })
  return elsewhere ? `${release.id} is a release of another project.` : undefined
}
