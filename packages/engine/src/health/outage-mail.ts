import type { Person } from '@embargo/core'
import { outage } from '@embargo/letters'
import { composeMail, domainOf } from '@embargo/mail'
import type { Outage } from './outages.ts'
import type { RunningEngine } from '../engine.ts'
import { safeError } from '../shared/safe-error.ts'
import type { MailOut } from '../ports/mail-out.ts'
import type { OutageRecord } from './outage-record.ts'

/** Mails to each admin about an outage. They bypass the outbox, because they concern no case. */
export type OutageMail = {
  /** Mails the admins who are not yet among `mailed`. */
  tell(outage: Outage, mailed: readonly string[]): Promise<Pick<OutageRecord, 'mailed' | 'isWhole'>>
  /** Mails everybody in `mailed` that the outage is over. False if somebody could not be mailed yet. */
  tellEnd(outage: Outage, mailed: readonly string[]): Promise<boolean>
}

type News = { readonly outage: Outage; readonly isOver: boolean }

export function createOutageMail({ deps, policy: { policy } }: RunningEngine, relay: MailOut): OutageMail {
  const { log, clock } = deps
  const [project] = policy.projects
  const admins = policy.people.filter(({ roles, mail }) => roles.includes('admin') && mail !== undefined)
  /** The admins who already have a mail that the outage is over, while others still need one. */
  const toldEnd = new Set<string>()

  async function send(news: News, { id, mail: to, zone }: Person): Promise<boolean> {
    if (project === undefined || to === undefined) return true
    const { outside, what, why, since } = news.outage
    const { address, name } = project
    const messageId = `<${news.isOver ? 'back' : 'away'}.${outside}.${what}.${since}.${id}@${domainOf(address)}>`
    if (toldEnd.has(messageId)) return true
    const letter = outage({
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
      if (news.isOver) toldEnd.add(messageId)
      return true
    } catch (error) {
      log.warn('a chat platform failed or works again, and an admin could not be told by mail yet', {
        platform: outside,
        ...safeError(error),
      })
      return false
    }
  }

  return {
    async tell(outage, mailed) {
      const sent = await Promise.all(
        admins.map(async (admin) => mailed.includes(admin.id) || (await send({ outage, isOver: false }, admin))),
      )
      return { mailed: admins.filter((_, nth) => sent[nth]).map(({ id }) => id), isWhole: sent.every(Boolean) }
    },
    async tellEnd(outage, mailed) {
      const mailedAdmins = admins.filter(({ id }) => mailed.includes(id))
      const sent = await Promise.all(mailedAdmins.map((admin) => send({ outage, isOver: true }, admin)))
      return sent.every(Boolean)
    },
  }
}
