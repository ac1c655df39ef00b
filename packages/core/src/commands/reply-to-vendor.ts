import type { PersonRequest } from '../vocabulary/command.ts'
import type { Decision } from '../vocabulary/decision.ts'
import type { Context } from '../gates/gate.ts'
import { vendorsOf } from '../state/report/vendor-contact.ts'
import { listAnd } from '../text/name-list.ts'
import { cnaAt, toCna } from './mail-to-cna.ts'
import { nothingToDo, onCase, senseless, you } from './decisions.ts'

type Reply = Extract<PersonRequest, { verb: 'reply' }>
export type ToVendor = { readonly vendor: string }

export const isVendor = (to: Reply['to']): to is ToVendor => typeof to === 'object' && 'vendor' in to

/**
 * Writes to a vendor to whom a report was forwarded. Two people approved the vendor's address when the report was
 * forwarded.
 */
export function toVendor(context: Context<Reply>, { vendor }: ToVendor): Decision {
  const { state, request } = context
  const { text, sha256 } = request
  const cna = cnaAt(context, vendor)
  if (cna !== undefined) return toCna(context, cna)
  const known = vendorsOf(state)
  const one = known.findLast(({ to }) => to.toLowerCase() === vendor.toLowerCase())
  if (one === undefined)
    return senseless(
      `Nothing was forwarded to ${vendor}.`,
      known.length === 0
        ? you('forward the report first', 'party.forward')
        : you(`name one of ${listAnd([...new Set(known.map(({ to }) => to))])}`, 'reply'),
    )
  const { lastToVendor } = state
  if (lastToVendor?.to === one.to && lastToVendor.sha256 === sha256)
    return nothingToDo('This was written to them already.')
  return onCase(context, [{ type: 'VendorWritten', ...one, text, sha256 }])
}
