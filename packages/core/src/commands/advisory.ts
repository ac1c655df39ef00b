import { frozen } from '../gates/frozen.ts'
import { publicationNotBegun } from '../gates/publication-not-begun.ts'
import { validityDecided } from '../gates/validity-decided.ts'
import { sameReferences } from '../shared/stated-reference.ts'
import { nothingToDo, onCase, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'

/** Records the sentences that the public texts are made from. */
export const advisory = defineRequest({
  verb: 'advisory',
  gates: [validityDecided, publicationNotBegun, frozen],
  decide: (context) => {
    const { request } = context
    const known = context.state.advisory
    const { component = known?.component, impact = known?.impact } = request
    if (component === undefined || impact === undefined)
      return senseless('The advisory has no component and impact yet.', you('name both', 'advisory'))
    // A request with both component and impact replaces the whole text. Any other request keeps the parts that it
    // leaves out.
    const replacesAll = request.component !== undefined && request.impact !== undefined
    const { workaround = replacesAll ? undefined : known?.workaround } = request
    const { references = replacesAll ? [] : (known?.references ?? []) } = request
    const isSame =
      known?.component === component &&
      known.impact === impact &&
      known.workaround === workaround &&
      sameReferences(known.references, references)
    if (isSame) return nothingToDo('The advisory says exactly that already.')
    return onCase(context, [
      {
        type: 'AdvisoryDrafted',
        component,
        impact,
        ...(workaround === undefined ? {} : { workaround }),
        ...(references.length === 0 ? {} : { references }),
      },
    ])
  },
  // Each sample is a new text, because with an earlier text an outdated approval would become valid again.
  inputs: ({ id, state }) => [{ verb: 'advisory', case: id, component: `text ${state.version}`, impact: 'bad' }],
})
