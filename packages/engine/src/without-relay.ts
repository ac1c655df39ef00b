import { waitingCommand } from '@embargo/core'
import type { Effect, Refusal, Request, World } from '@embargo/core'
import type { Card } from './ports/card.ts'

/** What people outside are told by, and what nobody may take for told before it has left. */
const TELLS_OUTSIDE: ReadonlySet<string> = new Set<Request['verb']>([
  'prenotify',
  'prenotify-update',
  'disclose',
  'interim',
])

/** Where no relay is set: the setting that is missing. */
export type WithoutRelay = { readonly relayMissing?: string }

/** What the rules are told of it. */
export const withoutRelay = ({ relayMissing }: WithoutRelay): WithoutRelay =>
  relayMissing === undefined ? {} : { relayMissing }

type Asked = { readonly verb: Request['verb']; readonly approval?: string | undefined }

/** Why this cannot be done where no mail leaves; undefined where it can. */
export function needsRelay(
  { relayMissing }: WithoutRelay,
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

/** The setting that is missing, where one of these effects is a mail. */
export function mailThatWaits(
  { relayMissing }: WithoutRelay,
  effects: readonly Effect[],
): { readonly mailWaits?: string } {
  const waits = relayMissing !== undefined && effects.some(({ kind }) => kind === 'send-mail')
  return waits ? { mailWaits: relayMissing } : {}
}

/** A card that tells of what is mailed says beneath that it was not. */
export function withMailThatWaits(parts: WithoutRelay, card: Card, effects: readonly Effect[]): Card {
  const { mailWaits } = mailThatWaits(parts, effects)
  if (mailWaits === undefined) return card
  const text = notMailed(mailWaits)
  return { ...card, lines: [...card.lines, [{ text }]], fallback: `${card.fallback}\n${text}` }
}

/** What people read beside anything that a mail was to follow from. */
export const notMailed = (relayMissing: string): string =>
  `Not mailed: ${relayMissing} is not set, so the mail waits and nobody has it yet.`
