import type { Effect, LetterName, StreamId } from '@embargo/core'
import type { Deps } from '../deps.ts'
import type { Outbox } from '../ports/outbox.ts'
import type { MailBacklog, UnsentMail } from '../ports/presenter.ts'

/** The mails among these effects that wait for a relay. */
export function unsentMail(
  { relayMissing: setting }: Pick<Deps, 'relayMissing'>,
  effects: readonly Effect[],
): { readonly unsentMail?: UnsentMail } {
  if (setting === undefined) return {}
  const to = effects.flatMap((effect) => (waitsForRelay(effect) ? [effect.to.kind] : []))
  return to.length === 0 ? {} : { unsentMail: { setting, to: [...new Set(to)] } }
}

/** The mails of a stream that wait for a relay. `mailBacklog` is absent if a relay is set, or no mail waits. */
export async function mailBacklog(
  { relayMissing: setting, outbox }: Pick<Deps, 'relayMissing' | 'outbox'>,
  stream: StreamId,
): Promise<{ readonly mailBacklog?: MailBacklog }> {
  if (setting === undefined) return {}
  const letters = await pendingLetters(outbox, stream)
  return letters.length === 0 ? {} : { mailBacklog: { setting, letters } }
}

/** The letters of a stream that were not sent yet. */
export async function pendingLetters(
  outbox: Pick<Outbox, 'ofStream'>,
  stream: StreamId,
): Promise<readonly LetterName[]> {
  const rows = await outbox.ofStream(stream, 'pending')
  return rows.flatMap(({ effect }) => (waitsForRelay(effect) ? [effect.letter] : []))
}

/** Whether the effect is a mail that needs a relay. Mails of practice cases need none. */
const waitsForRelay = (effect: Effect): effect is Extract<Effect, { kind: 'send-mail' }> =>
  effect.kind === 'send-mail' && effect.capability === 'mail'
