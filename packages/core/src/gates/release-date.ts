import { underEmbargo } from '../state/stage.ts'
import type { CaseState } from '../state/state.ts'
import type { Lift } from '../vocabulary/decision.ts'
import { DAY, isoInstant, later } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import { endedEarly } from '../state/embargo/terms.ts'
import { tellsAnybody } from '../state/release/advance-notice.ts'
import { pendingSignal, timeoutLifts } from './no-signal-pending.ts'
import { defineGate, refuse } from './gate.ts'
import { embargoFact, publicityFact, releaseFact } from './facts.ts'

/**
 * Whether the publication must wait for a promised date. It need not wait if the case is public or the embargo was
 * ended early.
 */
export const bindsToDate = (state: CaseState): boolean => state.cs.public === undefined && !endedEarly(state)

/** The earliest instant at which a publication can be approved in advance. It then begins automatically on its date. */
export const approvableFrom = (releaseAt: Instant): Instant => later(releaseAt, -DAY)

/**
 * We publish nothing before the promised date, unless the vulnerability is public already or the embargo was ended
 * early.
 */
export const releaseDate = defineGate({
  id: 'release-date',
  rule: 'Nothing is published before the date that was promised.',
  check: ({ whole, state, release, request, at }) => {
    if (!bindsToDate(state)) return undefined
    if (release?.at !== undefined && release.is !== 'cancelled') {
      if (at >= release.at) return undefined
      return refuse(
        'release-date',
        `The release date, ${isoInstant(release.at)}, is not reached.`,
        [
          ...untilItCounts(state, 'the publication need not wait for the date'),
          {
            who: 'time',
            how: `allows the approval from ${isoInstant(approvableFrom(release.at))} on; the publication then begins automatically on its date`,
          },
          { who: 'any team member', how: 'moves the release to another date', verb: 'release.move' },
        ],
        {
          releaseAt: release.at,
        },
      )
    }
    if (!underEmbargo(state) || !tellsAnybody(whole, [state])) return undefined
    const counting = untilItCounts(state, 'this command is allowed')
    return refuse(
      'release-date',
      'An embargo is in force and no release date is set.',
      counting.length > 0
        ? counting
        : request.verb === 'disclose' && request.unfixed !== undefined
          ? [{ who: 'any team member', how: 'plans the release, which sets the date', verb: 'release.plan' }]
          : [{ who: 'any team member', how: 'pre-notifies, which sets the date', verb: 'prenotify' }],
    )
  },
  passes: (context) => `${releaseFact(context)} ${publicityFact(context)} ${embargoFact(context)}`,
  means:
    'Recipients and the reporter were promised a date, and nothing is published before that date. If neither a list nor a heads-up tells anybody in advance, no date is needed.',
  instead:
    'Wait for the date, or move it with `release move`. If secrecy failed, say so with `signal`. If no date is set yet, run `prenotify`, which sets one.',
})

/**
 * Says that the refusal ends once a pending signal counts. Empty for a signal of attacks: such a signal ends no
 * embargo, and the publication waits for the date even after the signal counts.
 */
const untilItCounts = (state: CaseState, then: string): readonly Lift[] =>
  pendingSignal(state)?.what === 'attack' ? [] : timeoutLifts(state, then)
