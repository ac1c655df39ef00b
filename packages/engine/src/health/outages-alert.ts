import type { Platform } from '@embargo/core'
import type { Absence, Absences } from './outages.ts'
import { createAdminMail } from './outage-mail.ts'
import type { AdminMail } from './outage-mail.ts'
import { effectOf, onceOf, readTold, toldBy } from './outage-record.ts'
import type { Told } from './outage-record.ts'
import type { RunningEngine } from '../create-engine.ts'
import { placeOf } from '../shared/safe-error.ts'
import type { Card } from '../ports/card.ts'
import type { ChatPlatform } from '../ports/chat-platform.ts'
import type { MailOut } from '../ports/mail-out.ts'
import type { Settings } from '../ports/settings.ts'
import { createTeamMessage } from './team-message.ts'
import type { TeamMessage } from './team-message.ts'
import { keepLooking, realSleep } from '../shared/signal.ts'
import type { Sleep } from '../shared/signal.ts'

/** An outside that is away, with what to do, or one that is there again. */
export type AwayNews = Pick<Absence, 'outside' | 'what' | 'passing'> & { readonly why: string | undefined }

export type AwayNoticeOptions = {
  readonly engine: RunningEngine
  readonly chat: ReadonlyMap<Platform, ChatPlatform>
  readonly absences: Absences
  readonly settings: Settings
  readonly mailOut?: MailOut
  readonly card: (news: AwayNews) => Card
  /** Prints a line where somebody who runs the program reads it. */
  readonly say: (line: string) => void
  readonly sleep?: Sleep
}

export type AwayNotice = { run(signal: AbortSignal): Promise<void> }

/** What was told of an absence, and in which messages. */
type Telling = Told & { readonly messages: ReadonlyMap<Platform, TeamMessage> }

/**
 * Tells of a chat platform or a relay that is away: to the team on another platform, in one message that is edited when it
 * is there again; where there is none, to each admin by mail; and where neither works, on the terminal. What was told is
 * kept over a restart.
 */
export function createAwayNotice(options: AwayNoticeOptions): AwayNotice {
  const { engine, chat, absences, settings, mailOut, card, say, sleep = realSleep } = options
  const { log } = engine.inside
  const admins: AdminMail | undefined = mailOut && createAdminMail(engine, mailOut)
  const name = toldBy([...chat.keys(), ...(mailOut === undefined ? [] : (['mail'] as const))])
  const tellings = new Map<string, Telling>()
  let kept = ''

  async function restore(): Promise<void> {
    for (const told of readTold(await settings.read(name))) {
      absences.restore(told.absence)
      const messages = new Map(
        told.places.flatMap(([platform, places]) => {
          const on = chat.get(platform)
          return on === undefined ? [] : [[platform, messageOn(on, told.absence, places)] as const]
        }),
      )
      tellings.set(onceOf(told.absence), { ...told, messages })
    }
  }

  async function keep(): Promise<void> {
    const all = [...tellings.values()].map(({ messages, ...told }): Told => ({
      ...told,
      places: [...messages].map(([platform, { places }]) => [platform, places]),
    }))
    const text = JSON.stringify(all)
    if (text === kept) return
    await settings.write(name, all)
    kept = text
  }

  /** False when something could not be told yet. */
  async function look(): Promise<boolean> {
    for (const absence of absences.all) {
      const before = tellings.get(onceOf(absence))
      if (before?.isWhole !== true || before.absence.why !== absence.why)
        tellings.set(onceOf(absence), await tell(absence, before))
    }
    const open = new Set(absences.all.map(onceOf))
    for (const [once, telling] of tellings) if (!open.has(once) && (await tellBack(telling))) tellings.delete(once)
    await keep()
    return [...tellings].every(([once, { isWhole }]) => isWhole && open.has(once))
  }

  async function tell(absence: Absence, before: Telling | undefined): Promise<Telling> {
    // What a terminal prints, nobody may look at.
    const others = [...chat.values()].filter(
      (each) => each.platform !== 'terminal' && absences.of(each.platform) === undefined,
    )
    const known = [...(before?.messages ?? [])].filter(([, message]) => message.stands !== 'no')
    const messages = new Map(known.length > 0 ? known : others.map((on) => [on.platform, messageOn(on, absence)]))
    const all = [...messages.values()]
    const shown = await Promise.all(all.map((one) => one.show(card(absence))))
    const isWhole = all.every(({ stands }, nth) => stands === 'no' || shown[nth])
    const { mailed = [], printed = false } = before ?? {}
    const telling = { absence, messages, isWhole, mailed, printed, places: [] }
    if (all.some(({ stands }) => stands === 'yes')) return telling
    // An answer was lost: a mail goes out when it is not found the next time either.
    if (!isWhole && before === undefined) return telling
    const sent = await mail(absence, mailed)
    if (sent.mailed.length === 0 && !printed) print(card(absence))
    return { ...telling, ...sent, isWhole: sent.isWhole && isWhole, printed: printed || sent.mailed.length === 0 }
  }

  /** False when that must be tried again. */
  async function tellBack({ absence, messages, mailed, printed }: Telling): Promise<boolean> {
    const back = card({ ...absence, why: undefined })
    const standing = [...messages.values()].filter(({ stands }) => stands !== 'no')
    const shown = await Promise.all(standing.map((one) => one.show(back, { isOver: true })))
    if (!shown.every(Boolean)) return false
    if (mailed.length > 0 && admins !== undefined && !(await admins.tellBack(absence, mailed))) return false
    if (printed) print(back)
    return true
  }

  /** Whom it was mailed to by now. Without a relay nobody can be, and nothing is left to try. */
  async function mail(absence: Absence, mailed: readonly string[]): Promise<Pick<Told, 'mailed' | 'isWhole'>> {
    if (admins === undefined || absences.of('mail') !== undefined) return { mailed, isWhole: true }
    return admins.tell(absence, mailed)
  }

  const print = ({ fallback }: Card): void => say(fallback.replace(/\s*\n\s*/u, ': ').replaceAll(/\s*\n\s*/gu, ' '))

  const messageOn = (on: ChatPlatform, absence: Absence, places: TeamMessage['places'] = []): TeamMessage =>
    createTeamMessage(on, {
      engine,
      effect: effectOf(absence, on.platform),
      failed: 'an outside is away or there again, and a chat platform could not be told yet',
      places,
    })

  return {
    run: async (signal) => {
      await restore().catch((error: unknown) => log.error('what was told before could not be read', placeOf(error)))
      await keepLooking(signal, {
        look: () =>
          look().catch((error: unknown) => {
            log.error('who is away could not be told', placeOf(error))
            return false
          }),
        onChange: (listener) => absences.onChange(listener),
        sleep,
      })
    },
  }
}
