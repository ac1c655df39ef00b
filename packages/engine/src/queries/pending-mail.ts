import { waitingCommand } from '@embargo/core'
import type { Addressee, Effect, LetterName, Refusal, Request, StreamId, World } from '@embargo/core'
import type { Outbox } from '../ports/outbox.ts'

/** What people outside are told by, and what nobody may take for told before it has left. */
const TELLS_OUTSIDE: ReadonlySet<string> = new Set<Request['verb']>([
  'prenotify',
  'prenotify-update',
  'disclose',
  'interim',
])

/** Where no relay is set: the setting that is missing. */
export type RelayStatus = { readonly relayMissing?: string }

/** What the rules are told of it. */
export const relayStatus = ({ relayMissing }: RelayStatus): RelayStatus =>
  relayMissing === undefined ? {} : { relayMissing }

type Asked = { readonly verb: Request['verb']; readonly approval?: string | undefined }

/** Why this cannot be done where no mail leaves; undefined where it can. */
export function relayRefusal(
  { relayMissing }: RelayStatus,
  request: Asked,
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
function verbOf({ verb, approval }: Asked, state: World['case']): string {
  if (verb !== 'approve') return verb
  const asked = state?.approvals.find(
    ({ id, status }) => status === 'open' && (approval === undefined || id === approval),
  )
  return asked === undefined ? verb : waitingCommand(asked).verb
}

/** Mails that were asked for and wait: the setting that is missing, and for whom they are. */
export type UnsentMail = { readonly setting: string; readonly to: readonly Addressee['kind'][] }

/** What waits of these effects where no mail leaves. */
export function unsentMail(
  { relayMissing: setting }: RelayStatus,
  effects: readonly Effect[],
): { readonly unsentMail?: UnsentMail } {
  if (setting === undefined) return {}
  const to = effects.flatMap((effect) => (effect.kind === 'send-mail' ? [effect.to.kind] : []))
  return to.length === 0 ? {} : { unsentMail: { setting, to: [...new Set(to)] } }
}

/** The mails of a case that are kept here until a relay is set, by their letters. */
export type MailBacklog = { readonly setting: string; readonly letters: readonly LetterName[] }

/** Nothing where a relay is set, or no mail waits. */
export async function mailBacklog(
  { relayMissing: setting, outbox }: RelayStatus & { readonly outbox: Pick<Outbox, 'ofStream'> },
  stream: StreamId,
): Promise<{ readonly mailBacklog?: MailBacklog }> {
  if (setting === undefined) return {}
  const letters = await pendingLetters(outbox, stream)
  return letters.length === 0 ? {} : { mailBacklog: { setting, letters } }
}

/** Mails of a stream that have not left. */
export async function pendingLetters(
  outbox: Pick<Outbox, 'ofStream'>,
  stream: StreamId,
): Promise<readonly LetterName[]> {
  const rows = await outbox.ofStream(stream, 'pending')
  return rows.flatMap(({ effect }) => (effect.kind === 'send-mail' ? [effect.letter] : []))
}
