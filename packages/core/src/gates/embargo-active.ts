import { openProposal } from '../state/embargo/terms.ts'
import { underEmbargo } from '../state/stage.ts'
import type { Lift } from '../vocabulary/decision.ts'
import { defineGate, nobody, refuse } from './gate.ts'
import type { Context } from './gate.ts'
import { embargoNegotiable } from './embargo-negotiable.ts'
import { secrecyIntact } from './secrecy-intact.ts'
import { releaseDate } from './release-date.ts'
import { embargoFact } from './facts.ts'

/** This gate can never be waived: if no embargo is in force, recipients are not told in advance. */
export const embargoActive = defineGate({
  id: 'embargo-active',
  rule: 'An embargo must be in force.',
  inFact: true,
  check: (context) =>
    underEmbargo(context.state)
      ? undefined
      : refuse(
          'embargo-active',
          'No embargo is in force, so nobody could be told in confidence.',
          remainingLifts(context),
          {
            embargo: context.state.em.is,
          },
        ),
  passes: embargoFact,
  means: 'An embargo must bind everybody who is told before the public.',
  instead:
    'If secrecy is over, disclose instead. Otherwise agree on a new embargo with `embargo until`; this is also possible after an embargo expired, or ended because of a signal that was corrected later.',
})

/**
 * What people can do about the refusal. If a new embargo is still possible, the team can propose an embargo. If a
 * proposal is open already, the side that did not make the proposal can accept it. The team can also publish instead,
 * if no promised date delays the publication.
 */
function remainingLifts(context: Context): readonly Lift[] {
  const another = embargoNegotiable.check(context) === undefined && secrecyIntact.check(context) === undefined
  if (!another) return nobody('disclose instead')
  const proposal = openProposal(context.state.em)
  return [
    proposal === undefined
      ? { who: 'any team member', how: 'proposes an embargo, and the other side agrees', verb: 'embargo.until' }
      : proposal.by === 'reporter'
        ? { who: 'any team member', how: 'accepts the embargo that the reporter proposes', verb: 'embargo.accept' }
        : { who: 'the reporter', how: 'agrees to the embargo that the team proposes' },
    ...(releaseDate.check(context) === undefined
      ? [{ who: 'the team', how: 'discloses instead', verb: 'disclose', here: true } as const]
      : []),
  ]
}
