import { pendingCommand } from '@embargo/core'
import type { Refusal, Request, World } from '@embargo/core'
import type { Deps } from '../deps.ts'

/**
 * Commands that notify people outside the team by mail. They need a relay. Without one, these people would count as
 * notified although no mail was sent.
 */
const TELLS_OUTSIDE: ReadonlySet<string> = new Set<Request['verb']>([
  'prenotify',
  'prenotify.update',
  'disclose',
  'disclose.interim',
])

/** Whether mail can be sent. If no relay is set, `relayMissing` is the name of the missing setting. */
export type RelayStatus = Pick<Deps, 'relayMissing'>

export const relayStatus = ({ relayMissing }: RelayStatus): RelayStatus =>
  relayMissing === undefined ? {} : { relayMissing }

type RelayRequest = { readonly verb: Request['verb']; readonly approval?: string | undefined }

/** The refusal of a command that cannot be carried out without a relay; undefined if it can. */
export function relayRefusal(
  { relayMissing }: RelayStatus,
  request: RelayRequest,
  { case: state }: World,
): Refusal | undefined {
  if (relayMissing === undefined || state?.practice === true) return undefined
  if (!TELLS_OUTSIDE.has(verbOf(request, state))) return undefined
  return {
    gate: 'makes-sense',
    because: `No mail leaves: ${relayMissing} is not set, so nobody would be told.`,
    facts: {},
    liftedBy: [{ who: 'the operator', how: `sets ${relayMissing} to a mail relay and starts the program again` }],
  }
}

/** The verb of the request. For an approval, the verb of the command that waits for the approval. */
function verbOf({ verb, approval }: RelayRequest, state: World['case']): string {
  if (verb !== 'approve') return verb
  const openApproval = state?.approvals.find(
    ({ id, status }) => status === 'open' && (approval === undefined || id === approval),
  )
  return openApproval === undefined ? verb : pendingCommand(openApproval).verb
}
