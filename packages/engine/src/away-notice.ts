import { EffectId, MINUTE } from '@embargo/core'
import type { Person, Platform } from '@embargo/core'
import { composeMail, domainOf, platformAway } from '@embargo/mail'
import { keyOf } from './absences.ts'
import type { Absence, Absences } from './absences.ts'
import type { RunningEngine } from './create-engine.ts'
import { intakeChannel } from './intake-channel.ts'
import { placeOf } from './place-of.ts'
import type { Card } from './ports/card.ts'
import type { ChatPlatform } from './ports/chat-platform.ts'
import type { MailOut } from './ports/mail-out.ts'
import { createBell, firstOf, realSleep } from './waking.ts'
import type { Sleep } from './waking.ts'

/** What could not be told is tried again so often. */
const AGAIN_MS = MINUTE

/** A platform that is away, with what to do, or one that is there again. */
export type AwayNews = Pick<Absence, 'platform' | 'what'> & { readonly why: string | undefined }

export type AwayNoticeOptions = {
  readonly engine: RunningEngine
  readonly chat: ReadonlyMap<Platform, ChatPlatform>
  readonly absences: Absences
  readonly mailOut?: MailOut
  readonly card: (news: AwayNews) => Card
  readonly sleep?: Sleep
}

export type AwayNotice = { run(signal: AbortSignal): Promise<void> }

type Place = { readonly on: ChatPlatform; readonly channel: string; readonly message: string }

/** What was told of an absence. */
type Told = Absence & { readonly places: readonly Place[] }

/**
 * Tells of a chat platform on which nothing can be said until a person turns a switch: to the team on another platform,
 * in one message that is edited when it is there again; where there is none, to each admin by mail.
 */
export function createAwayNotice(options: AwayNoticeOptions): AwayNotice {
  const { engine, chat, absences, mailOut, card, sleep = realSleep } = options
  const { log, keys, clock } = engine.inside
  const { policy } = engine.policy
  const told = new Map<string, Told>()
  const mailed = new Set<string>()

  /** False when something could not be told yet. */
  async function look(): Promise<boolean> {
    let whole = true
    for (const absence of absences.all) {
      if (told.get(keyOf(absence))?.why === absence.why) continue
      const places = await tell(absence)
      if (places === undefined) whole = false
      else told.set(keyOf(absence), { ...absence, places })
    }
    const open = new Set(absences.all.map(keyOf))
    for (const [key, { places, platform, what }] of told) {
      if (open.has(key)) continue
      told.delete(key)
      for (const place of places) await correct(place, { platform, what, why: undefined })
    }
    return whole
  }

  /** Where it was told; undefined when that must be tried again. */
  async function tell(absence: Absence): Promise<readonly Place[] | undefined> {
    const before = told.get(keyOf(absence))?.places ?? []
    for (const place of before) await correct(place, absence)
    if (before.length > 0) return before
    // What a terminal prints, nobody may look at.
    const others = [...chat.values()].filter(
      (each) => each.platform !== 'terminal' && absences.of(each.platform) === undefined,
    )
    const places = (await Promise.all(others.map((on) => post(on, absence)))).filter((each) => each !== undefined)
    if (places.length > 0) return places
    return (await mail(absence)) ? [] : undefined
  }

  async function post(on: ChatPlatform, absence: Absence): Promise<Place | undefined> {
    try {
      const channel = await intakeChannel(on, { policy, log, keys })
      const effect = EffectId.parse(`away/${absence.what}/${absence.platform}/${on.platform}/${absence.since}`)
      const { message } = await on.post({ effect, channel, card: card(absence), pin: false, lookUp: false })
      return { on, channel, message }
    } catch (error) {
      log.warn('a chat platform is away, and another could not be told yet', {
        platform: on.platform,
        ...placeOf(error),
      })
      return undefined
    }
  }

  async function correct({ on, channel, message }: Place, news: AwayNews): Promise<void> {
    await on.update({ channel, message, card: card(news) }).catch((error: unknown) => {
      log.warn('a message about a chat platform could not be corrected', { platform: on.platform, ...placeOf(error) })
    })
  }

  /** True when everybody was told who can be; without a relay nobody can. */
  async function mail(absence: Absence): Promise<boolean> {
    if (mailOut === undefined) return true
    const admins = policy.people.filter(({ roles, mail: address }) => roles.includes('admin') && address !== undefined)
    const sent = await Promise.all(admins.map((admin) => mailTo(mailOut, admin, absence)))
    return sent.every(Boolean)
  }

  async function mailTo(relay: MailOut, { id, mail: to, zone }: Person, absence: Absence): Promise<boolean> {
    const { platform, what, why, since } = absence
    const [project] = policy.projects
    if (project === undefined || to === undefined) return true
    const { address, name } = project
    const messageId = `<away.${platform}.${what}.${since}.${id}@${domainOf(address)}>`
    if (mailed.has(messageId)) return true
    const letter = platformAway({
      project: name,
      from: { kind: 'team', address },
      platform,
      what,
      why,
      since,
      now: clock.now(),
      zone,
    })
    try {
      const raw = await composeMail(letter, {
        from: { name: `${name} security team`, address },
        replyTo: address,
        to,
        messageId,
        date: clock.now(),
      })
      await relay.send({ raw, envelopeFrom: address, envelopeTo: to, messageId })
      mailed.add(messageId)
      return true
    } catch (error) {
      log.warn('a chat platform is away, and an admin could not be told by mail yet', { platform, ...placeOf(error) })
      return false
    }
  }

  return {
    async run(signal) {
      const bell = createBell()
      const unsubscribe = absences.onChange(() => bell.ring())
      try {
        while (!signal.aborted) {
          const whole = await look()
          await firstOf(
            signal,
            (stop) => bell.rung(stop),
            ...(whole ? [] : [(stop: AbortSignal) => sleep(AGAIN_MS, stop)]),
          )
        }
      } finally {
        unsubscribe()
      }
    },
  }
}
