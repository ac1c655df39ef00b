import type { Person } from '@embargo/core'
import { composeMail, domainOf, outsideAway } from '@embargo/mail'
import type { Absence } from './outages.ts'
import type { RunningEngine } from '../create-engine.ts'
import { placeOf } from '../shared/safe-error.ts'
import type { MailOut } from '../ports/mail-out.ts'
import type { Told } from './outage-record.ts'

/** Mails to each admin of an absence, past the outbox: they concern no case. */
export type AdminMail = {
  /** Mails to the admins who are not among `mailed`. */
  tell(absence: Absence, mailed: readonly string[]): Promise<Pick<Told, 'mailed' | 'isWhole'>>
  /** Says to those who were told that it is over. False when somebody could not be told yet. */
  tellBack(absence: Absence, mailed: readonly string[]): Promise<boolean>
}

type News = { readonly absence: Absence; readonly isOver: boolean }

export function createAdminMail({ inside, policy: { policy } }: RunningEngine, relay: MailOut): AdminMail {
  const { log, clock } = inside
  const [project] = policy.projects
  const admins = policy.people.filter(({ roles, mail }) => roles.includes('admin') && mail !== undefined)
  /** Who was told that it is over, until all were. */
  const toldBack = new Set<string>()

  async function send(news: News, { id, mail: to, zone }: Person): Promise<boolean> {
    if (project === undefined || to === undefined) return true
    const { outside, what, why, since } = news.absence
    const { address, name } = project
    const messageId = `<${news.isOver ? 'back' : 'away'}.${outside}.${what}.${since}.${id}@${domainOf(address)}>`
    if (toldBack.has(messageId)) return true
    const letter = outsideAway({
      project: name,
      from: { kind: 'team', address },
      outside,
      what,
      ...(news.isOver ? {} : { why }),
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
      if (news.isOver) toldBack.add(messageId)
      return true
    } catch (error) {
      log.warn('a chat platform is away or there again, and an admin could not be told by mail yet', {
        platform: outside,
        ...placeOf(error),
      })
      return false
    }
  }

  return {
    async tell(absence, mailed) {
      const sent = await Promise.all(
        admins.map(async (admin) => mailed.includes(admin.id) || (await send({ absence, isOver: false }, admin))),
      )
      return { mailed: admins.filter((_, nth) => sent[nth]).map(({ id }) => id), isWhole: sent.every(Boolean) }
    },
    async tellBack(absence, mailed) {
      const told = admins.filter(({ id }) => mailed.includes(id))
      const sent = await Promise.all(told.map((admin) => send({ absence, isOver: true }, admin)))
      return sent.every(Boolean)
    },
  }
}
