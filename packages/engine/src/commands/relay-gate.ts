import { waitingCommand } from '@embargo/core'
import type { Refusal, Request, World } from '@embargo/core'
import type { Deps } from '../deps.ts'

/** What people outside are told by, and what nobody may take for told before it has left. */
const TELLS_OUTSIDE: ReadonlySet<string> = new Set<Request['verb']>([
  'prenotify',
  'prenotify-update',
  'disclose',
  'interim',
])

/** Where no relay is set: the setting that is missing. */
export type RelayStatus = Pick<Deps, 'relayMissing'>

/** What the rules are told of it. */
export const relayStatus = ({ relayMissing }: RelayStatus): RelayStatus =>
  relayMissing === undefined ? {} : { relayMissing }

type RelayRequest = { readonly verb: Request['verb']; readonly approval?: string | undefined }

/** Why this cannot be done where no mail leaves; undefined where it can. */
export function relayRefusal(
  { relayMissing }: RelayStatus,
  request: RelayRequest,
  { case: state }: World,
): Refusal | undefined {
  if (relayMissing === undefined) return undefined
  if (!TELLS_OUTSIDE.has(verbOf(request, state))) return undefined
  return {
    gate: 'makes-sense',
    because: `No mail leaves: ${relayMissing} is not set, so nobody would be told.`,
    facts: {},
    liftedBy: [{ who: 'the operator', how: `sets ${relayMissing} to a mail relay and starts the program again` }],
  }
}

/** Of a yes, the verb of what waits for it. */
function verbOf({ verb, approval }: RelayRequest, state: World['case']): string {
  if (verb !== 'approve') return verb
  const asked = state?.approvals.find(
    ({ id, status }) => status === 'open' && (approval === undefined || id === approval),
  )
  return asked === undefined ? verb : waitingCommand(asked).verb
}
