import { vendorsOf } from '../state/report/vendor-contact.ts'
import { listAnd } from '../text/name-list.ts'
import { nothingToDo, onCase, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'

/** Records the number that another vendor gave to a forwarded report. Our later mails to the vendor contain it. */
export const partyReference = defineRequest({
  verb: 'party.reference',
  gates: [],
  decide: (context) => {
    const { state, request } = context
    const known = [...new Set(vendorsOf(state).map(({ to }) => to))]
    const named = known.filter((to) => request.to === undefined || to.toLowerCase() === request.to.toLowerCase())
    const [to, ...more] = named
    if (to === undefined)
      return senseless(
        known.length === 0
          ? 'The report was forwarded to nobody.'
          : `Nothing was forwarded to ${request.to ?? 'them'}.`,
        known.length === 0
          ? you('forward the report first', 'party.forward')
          : you(`name one of ${listAnd(known)}`, 'party.reference'),
      )
    if (more.length > 0)
      return senseless(
        'The report was forwarded to several vendors.',
        you(`say whose number it is, with --to: ${listAnd(known)}`, 'party.reference'),
      )
    const { reference } = request
    if (state.vendorReferences?.[to.toLowerCase()] === reference) return nothingToDo('That number is recorded already.')
    return onCase(context, [{ type: 'VendorReferenceRecorded', to, reference }])
  },
  inputs: ({ id }) => [{ verb: 'party.reference', case: id, reference: 'VU-1' }],
})
