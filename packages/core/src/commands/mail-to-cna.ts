import type { PersonRequest } from '../vocabulary/command.ts'
import type { Decision } from '../vocabulary/decision.ts'
import type { Context } from '../gates/gate.ts'
import { projectOf } from '../state/project.ts'
import { requestedElsewhere, validityOnceDecided } from './cve.ts'
import { nothingToDo, onCase } from './decisions.ts'

type Reply = Extract<PersonRequest, { verb: 'reply' }>

/**
 * Returns the address if it belongs to the CNA that assigns the project's ids by mail, or to a CNA to which this case
 * has written before.
 */
export function cnaAt({ state, policy }: Pick<Context, 'state' | 'policy'>, address: string): string | undefined {
  const { cve, cna } = projectOf(policy, state)
  const known = [...(cve === 'other' ? [cna?.address] : []), state.cna]
  return known.find((one) => one?.toLowerCase() === address.toLowerCase())
}

/**
 * Writes to the CNA. If the project gets its ids by mail and none is requested yet, this mail is the request for an id.
 */
export function toCna(context: Context<Reply>, to: string): Decision {
  const { state, policy, request } = context
  const { text, sha256 } = request
  const refusal = validityOnceDecided.check(context)
  if (refusal !== undefined) return { ok: false, refusal }
  const { lastToVendor } = state
  if (lastToVendor?.to === to && lastToVendor.sha256 === sha256) return nothingToDo('This was written to them already.')
  const isRequest = state.cve === undefined && projectOf(policy, state).cve === 'other'
  const elsewhere = state.cve?.id === undefined ? requestedElsewhere(context) : undefined
  if (elsewhere !== undefined) return elsewhere
  return onCase(context, [
    ...(isRequest ? [{ type: 'CveRequested', from: 'other' } as const] : []),
    { type: 'CnaWritten', to, text, sha256 },
  ])
}
