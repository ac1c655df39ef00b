import type { PersonRequest } from '../command.ts'
import { frozen } from '../../policy/gates/frozen.ts'
import { publicationNotBegun } from '../../policy/gates/publication-not-begun.ts'
import { validityDecided } from '../../policy/gates/validity-decided.ts'
import { onCase } from './handler.ts'
import type { Handler } from './handler.ts'

/** What the public texts are written from. */
export const advisory: Handler<Extract<PersonRequest, { verb: 'advisory' }>> = {
  gates: [validityDecided, publicationNotBegun, frozen],
  decide: (context) => {
    const { component, impact, workaround } = context.request
    const known = context.state.advisory
    if (known?.component === component && known.impact === impact && known.workaround === workaround)
      return onCase(context, [], 'It is written so already.')
    return onCase(context, [
      { type: 'AdvisoryDrafted', component, impact, ...(workaround === undefined ? {} : { workaround }) },
    ])
  },
}
