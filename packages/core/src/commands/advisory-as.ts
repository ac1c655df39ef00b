import { caseOpen } from '../gates/case-open.ts'
import { frozen } from '../gates/frozen.ts'
import { noPrenotificationOut } from '../gates/no-prenotification-out.ts'
import { publicationNotBegun } from '../gates/publication-not-begun.ts'
import { validityDecided } from '../gates/validity-decided.ts'
import { nothingToDo, onCase, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'

/**
 * Records how much is published when the case ends: a release, an advisory alone, or nothing. An
 * advisory alone is for a fix that is deployed without a release.
 */
export const advisoryAs = defineRequest({
  verb: 'advisory.as',
  gates: [caseOpen, validityDecided, publicationNotBegun, noPrenotificationOut, frozen],
  decide: (context) => {
    const { state, request } = context
    const { publication: chosen, reason } = request
    if (state.publication === chosen) return nothingToDo('The case is set to end like that already.')
    if (chosen === 'none' && state.disposition === 'valid' && reason === undefined) {
      return senseless(
        'Without a publication nobody learns about the vulnerability or installs a fix, so a reason is needed.',
        you('give the reason', 'advisory.as'),
      )
    }
    return onCase(context, [
      { type: 'PublicationChosen', publication: chosen, ...(reason === undefined ? {} : { reason }) },
    ])
  },
  inputs: ({ id, state }) => [
    {
      verb: 'advisory.as',
      case: id,
      publication: state.publication === 'none' ? 'release' : 'none',
      reason: 'because',
    },
  ],
})
