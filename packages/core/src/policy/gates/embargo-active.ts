import { underEmbargo } from '../../case/stage.ts'
import { nobody, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** Never waivable for a pre-notification: recipients are told under an embargo or not at all. */
export const embargoActive: Gate = ({ state }) =>
  underEmbargo(state)
    ? undefined
    : refuse(
        'embargo-active',
        'No embargo is in force, so nobody could be told in confidence.',
        nobody('disclose instead'),
        {
          embargo: state.em.is,
        },
      )
