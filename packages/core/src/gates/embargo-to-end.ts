import { underEmbargo } from '../state/stage.ts'
import { nobody, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** Only an embargo that is in force can be ended. */
export const embargoToEnd: Gate = {
  id: 'embargo-active',
  check: ({ state }) =>
    underEmbargo(state)
      ? undefined
      : refuse(
          'embargo-active',
          'No embargo is in force, so there is nothing to end.',
          nobody('nothing is left to do'),
          {
            embargo: state.em.is,
          },
        ),
}
