import { EffectId } from '@embargo/core'
import type { Person, Platform } from '@embargo/core'
import { composeMail, domainOf, platformAway } from '@embargo/mail'
import { keyOf } from './absences.ts'
import type { Absence, Absences } from './absences.ts'
import type { RunningEngine } from './create-engine.ts'
import { placeOf } from './place-of.ts'
import type { Card } from './ports/card.ts'
import type { ChatPlatform } from './ports/chat-platform.ts'
import type { MailOut } from './ports/mail-out.ts'
import { createTeamMessage } from './team-message.ts'
import type { TeamMessage } from './team-message.ts'
import { keepLooking, realSleep } from './waking.ts'
import type { Sleep } from './waking.ts'

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

/** What was told of an absence; `isWhole` when nothing of that is to be tried again. */
type Told = Absence & { readonly messages: ReadonlyMap<Platform, TeamMessage>; readonly isWhole: boolean }

/**
 * Tells of a chat platform on which nothing can be said until a person turns a switch: to the team on another platform,
 * in one message that is edited when it is there again; where there is none, to each admin by mail.
 */
export function createAwayNotice(options: AwayNoticeOptions): AwayNotice {
  const { engine, chat, absences, mailOut, card, sleep = realSleep } = options
  const { log, clock } = engine.inside
  const { policy } = engine.policy
  const told = new Map<string, Told>()
  const mailed = new Set<string>()

  /** False when something could not be told yet. */
  async function look(): Promise<boolean> {
    for (const absence of absences.all) {
      const before = told.get(onceOf(absence))
      if (before?.isWhole !== true || before.why !== absence.why)
        told.set(onceOf(absence), { ...absence, ...(await tell(absence, before)) })
    }
    const open = new Set(absences.all.map(onceOf))
    for (const [once, { platform, what, messages }] of told) {
      if (open.has(once)) continue
      const back = card({ platform, what, why: undefined })
      const standing = [...messages.values()].filter(({ stands }) => stands !== 'no')
      const shown = await Promise.all(standing.map((one) => one.show(back, { isOver: true })))
      if (shown.every(Boolean)) told.delete(once)
    }
    return [...told].every(([once, { isWhole }]) => isWhole && open.has(once))
  }

  async function tell(absence: Absence, before: Told | undefined): Promise<Pick<Told, 'messages' | 'isWhole'>> {
    // What a terminal prints, nobody may look at.
    const others = [...chat.values()].filter(
      (each) => each.platform !== 'terminal' && absences.of(each.platform) === undefined,
    )
    const known = [...(before?.messages ?? [])].filter(([, message]) => message.stands !== 'no')
    const messages = new Map(known.length > 0 ? known : others.map((on) => [on.platform, messageOn(on, absence)]))
    const all = [...messages.values()]
    const shown = await Promise.all(all.map((one) => one.show(card(absence))))
    const isWhole = all.every(({ stands }, nth) => stands === 'no' || shown[nth])
    if (all.some(({ stands }) => stands === 'yes')) return { messages, isWhole }
    // An answer was lost: a mail goes out when it is not found the next time either.
    if (!isWhole && before === undefined) return { messages, isWhole }
    return { messages, isWhole: (await mail(absence)) && isWhole }
  }

  const messageOn = (on: ChatPlatform, absence: Absence): TeamMessage =>
    createTeamMessage(on, {
      engine,
      effect: EffectId.parse(`away/${absence.what}/${absence.platform}/${on.platform}/${absence.since}`),
      failed: 'a chat platform is away or there again, and another could not be told yet',
    })

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
    run: (signal) => keepLooking(signal, { look, onChange: (listener) => absences.onChange(listener), sleep }),
  }
}

/** One absence: what comes again after it is another. */
const onceOf = (absence: Absence): string => `${keyOf(absence)} ${absence.since}`
