import type { Platform } from '@embargo/core'
import type { Outage, Outages } from './outages.ts'
import { createOutageMail } from './outage-mail.ts'
import type { OutageMail } from './outage-mail.ts'
import { outageEffect, outageKey, readRecords, recordName } from './outage-record.ts'
import type { OutageRecord } from './outage-record.ts'
import type { RunningEngine } from '../engine.ts'
import { safeError } from '../shared/safe-error.ts'
import type { Card } from '../ports/card.ts'
import type { ChatPlatform } from '../ports/chat-platform.ts'
import type { MailOut } from '../ports/mail-out.ts'
import type { Settings } from '../ports/settings.ts'
import { createTeamMessage } from './team-message.ts'
import type { TeamMessage } from './team-message.ts'
import { pollUntilAborted, realSleep } from '../shared/signal.ts'
import type { Sleep } from '../shared/signal.ts'

/** News about an outage. `why` is undefined when the outage is over. */
export type OutageNews = Pick<Outage, 'outside' | 'what' | 'passing'> & { readonly why: string | undefined }

export type OutagesAlertOptions = {
  readonly engine: RunningEngine
  readonly chat: ReadonlyMap<Platform, ChatPlatform>
  readonly outages: Outages
  readonly settings: Settings
  readonly mailOut?: MailOut
  readonly card: (news: OutageNews) => Card
  /** Prints a line where somebody who runs the program reads it. */
  readonly say: (line: string) => void
  readonly sleep?: Sleep
}

export type OutagesAlert = { run(signal: AbortSignal): Promise<void> }

/** Who has been told about an outage, with the messages that can still be edited. */
type OutageMessages = OutageRecord & { readonly messages: ReadonlyMap<Platform, TeamMessage> }

/**
 * Reports a chat platform or a relay that cannot be reached. The team gets one message on another platform, which is
 * edited when the outage is over. Without another platform, each admin gets a mail; if that is impossible too, the
 * terminal shows the outage. What was reported is stored, so a restart does not report it again.
 */
export function createOutagesAlert(options: OutagesAlertOptions): OutagesAlert {
  const { engine, chat, outages, settings, mailOut, card, say, sleep = realSleep } = options
  const { log } = engine.deps
  const admins: OutageMail | undefined = mailOut && createOutageMail(engine, mailOut)
  const name = recordName([...chat.keys(), ...(mailOut === undefined ? [] : (['mail'] as const))])
  const messagesByOutage = new Map<string, OutageMessages>()
  let kept = ''

  async function restore(): Promise<void> {
    for (const record of readRecords(await settings.read(name))) {
      outages.restore(record.outage)
      const messages = new Map(
        record.places.flatMap(([platform, places]) => {
          const on = chat.get(platform)
          return on === undefined ? [] : [[platform, messageOn(on, record.outage, places)] as const]
        }),
      )
      messagesByOutage.set(outageKey(record.outage), { ...record, messages })
    }
  }

  async function keep(): Promise<void> {
    const all = [...messagesByOutage.values()].map(({ messages, ...record }): OutageRecord => ({
      ...record,
      places: [...messages].map(([platform, { places }]) => [platform, places]),
    }))
    const text = JSON.stringify(all)
    if (text === kept) return
    await settings.write(name, all)
    kept = text
  }

  /** Tells people about outages that began or ended. Returns false if somebody could not be told yet. */
  async function look(): Promise<boolean> {
    for (const outage of outages.all) {
      const before = messagesByOutage.get(outageKey(outage))
      if (before?.isWhole !== true || before.outage.why !== outage.why)
        messagesByOutage.set(outageKey(outage), await tell(outage, before))
    }
    const open = new Set(outages.all.map(outageKey))
    for (const [once, record] of messagesByOutage)
      if (!open.has(once) && (await tellEnd(record))) messagesByOutage.delete(once)
    await keep()
    return [...messagesByOutage].every(([once, { isWhole }]) => isWhole && open.has(once))
  }

  async function tell(outage: Outage, before: OutageMessages | undefined): Promise<OutageMessages> {
    // The terminal does not count, because perhaps nobody watches it.
    const others = [...chat.values()].filter(
      (each) => each.platform !== 'terminal' && outages.find(each.platform) === undefined,
    )
    const known = [...(before?.messages ?? [])].filter(([, message]) => message.presence !== 'no')
    const messages = new Map(known.length > 0 ? known : others.map((on) => [on.platform, messageOn(on, outage)]))
    const all = [...messages.values()]
    const shown = await Promise.all(all.map((one) => one.show(card(outage))))
    const isWhole = all.every(({ presence }, nth) => presence === 'no' || shown[nth])
    const { mailed = [], printed = false } = before ?? {}
    const record = { outage, messages, isWhole, mailed, printed, places: [] }
    if (all.some(({ presence }) => presence === 'yes')) return record
    // At this first try, the answer to a post was lost, so the message may have arrived. The next try finds the message
    // or posts it. If that fails, the admins get a mail.
    if (!isWhole && before === undefined) return record
    const sent = await mail(outage, mailed)
    if (sent.mailed.length === 0 && !printed) print(card(outage))
    return { ...record, ...sent, isWhole: sent.isWhole && isWhole, printed: printed || sent.mailed.length === 0 }
  }

  /** Tells people that the outage is over. Returns false if somebody must still be told. */
  async function tellEnd({ outage, messages, mailed, printed }: OutageMessages): Promise<boolean> {
    const back = card({ ...outage, why: undefined })
    const active = [...messages.values()].filter(({ presence }) => presence !== 'no')
    const shown = await Promise.all(active.map((one) => one.show(back, { isOver: true })))
    if (!shown.every(Boolean)) return false
    if (mailed.length > 0 && admins !== undefined && !(await admins.tellEnd(outage, mailed))) return false
    if (printed) print(back)
    return true
  }

  /**
   * Mails the admins, and returns who was mailed so far. If there is no relay, or the relay is down, nobody can be
   * mailed. Then `isWhole` is true, because there is nothing left to try.
   */
  async function mail(outage: Outage, mailed: readonly string[]): Promise<Pick<OutageRecord, 'mailed' | 'isWhole'>> {
    if (admins === undefined || outages.find('mail') !== undefined) return { mailed, isWhole: true }
    return admins.tell(outage, mailed)
  }

  const print = ({ fallback }: Card): void => say(fallback.replace(/\s*\n\s*/u, ': ').replaceAll(/\s*\n\s*/gu, ' '))

  const messageOn = (on: ChatPlatform, outage: Outage, places: TeamMessage['places'] = []): TeamMessage =>
    createTeamMessage(on, {
      engine,
      effect: outageEffect(outage, on.platform),
      failed: 'an external service failed or works again, and a chat platform could not be told yet',
      places,
    })

  return {
    run: async (signal) => {
      await restore().catch((error: unknown) =>
        log.error('the earlier messages about outages could not be read', safeError(error)),
      )
      await pollUntilAborted(signal, {
        look: () =>
          look().catch((error: unknown) => {
            log.error('the services that are down could not be reported', safeError(error))
            return false
          }),
        onChange: (listener) => outages.onChange(listener),
        sleep,
      })
    },
  }
}
