import type { RecordedEvent } from '../../events/recorded-event.ts'
import { EffectId } from '../../shared/ids.ts'
import type { ReleaseState } from '../../state/release/state.ts'
import type { World } from '../../vocabulary/decision.ts'
import type { Effect } from '../../vocabulary/effect.ts'
import type { DocumentStep } from './step.ts'

/**
 * The effects of a step that begins, one for each case for which Embargo does the step. If a person does the step for a
 * case, no effect is made for that case.
 */
export function deliveriesOf(
  { id, target }: DocumentStep,
  { documents = [], deliveries = [] }: ReleaseState,
  { eventId, stream }: RecordedEvent,
  { others }: World,
): readonly Effect[] {
  return documents
    .filter(({ step, mode }) => step === id && mode === 'publish')
    .filter((one) => !deliveries.some((each) => each.step === id && each.case === one.case))
    .map(({ case: of }) => {
      const state = others.get(of)
      return {
        stream,
        case: of,
        event: eventId,
        id: EffectId.parse(`${eventId}/deliver/${id}>${of}`),
        kind: 'deliver',
        // Nothing about a practice case may leave the program.
        capability: state?.kind === 'case' && state.practice === true ? 'practice' : target,
        lane: `${of}:${target}`,
        target,
        step: id,
        doubt: 'look-up',
      }
    })
}
