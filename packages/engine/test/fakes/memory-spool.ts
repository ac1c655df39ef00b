import { MessageId } from '@embargo/core'
import type { Instant } from '@embargo/core'
import { createHash } from 'node:crypto'
import { SMALL_MAIL_BYTES } from '../../src/ports/mail-spool.ts'
import type { ArrivingMail, ListedMail, MailSpool, SpooledMail } from '../../src/ports/mail-spool.ts'
import type { Memory } from './memory-log.ts'

/** The mail spool in memory. The commits in `memory` say which mail is in which case. */
export function createMemorySpool(memory: Memory): MailSpool {
  const mails = new Map<MessageId, SpooledMail>()
  const checks = new Map<MessageId, Instant>()
  const listeners = new Set<() => void>()
  const asideListeners = new Set<() => void>()
  const current = (mail: SpooledMail): SpooledMail => {
    const found = memory.inCase.get(mail.id)
    return found === undefined ? mail : { ...mail, state: 'in-case', stream: found.stream }
  }
  const listed = (mail: SpooledMail): ListedMail => ({ ...mail, bytes: mail.raw.length })
  return {
    async store(mail) {
      const id = idOf(mail)
      if (mails.has(id)) return { is: 'already-stored', id }
      const isHeld = mail.privateReport?.held === true
      mails.set(id, { ...mail, id, state: isHeld ? 'held' : 'waiting', attempts: 0 })
      for (const listener of isHeld ? asideListeners : listeners) listener()
      return { is: 'stored', id }
    },
    async waiting(limit, except = []) {
      const waits = [...mails.values()]
        .map(current)
        .filter(({ id, state }) => (state === 'waiting' || state === 'let-in') && !except.includes(id))
        .toSorted((one, other) => one.attempts - other.attempts)
      const small = waits.filter(({ raw }) => raw.length <= SMALL_MAIL_BYTES).slice(0, limit)
      const large = waits.filter(({ raw }) => raw.length > SMALL_MAIL_BYTES)
      return [...small, ...large.slice(0, Math.max(1, limit - small.length))].map(listed)
    },
    async open(id) {
      const mail = mails.get(id)
      return mail === undefined ? undefined : current(mail)
    },
    async usage(since) {
      const bytesOf = (which: (mail: SpooledMail) => boolean): number =>
        [...mails.values()]
          .map(current)
          .filter(which)
          .reduce((sum, { raw }) => sum + raw.length, 0)
      return {
        unread: bytesOf(({ state }) => state === 'waiting' || state === 'let-in'),
        received: bytesOf(({ receivedAt }) => receivedAt >= since),
      }
    },
    async attempt(id) {
      const mail = mails.get(id)
      if (mail !== undefined) mails.set(id, { ...mail, attempts: mail.attempts + 1 })
    },
    async survived(id) {
      const mail = mails.get(id)
      if (mail !== undefined) mails.set(id, { ...mail, attempts: mail.attempts - 1 })
    },
    async setAside(id, because, as = 'set-aside') {
      const mail = mails.get(id)
      if (mail !== undefined) mails.set(id, { ...mail, state: as, because })
      for (const listener of asideListeners) listener()
    },
    async hold(id) {
      const mail = mails.get(id)
      if (mail?.state === 'waiting') mails.set(id, { ...mail, state: 'held' })
      for (const listener of asideListeners) listener()
    },
    async held(limit) {
      return [...mails.values()]
        .filter(({ state }) => state === 'held')
        .slice(0, limit)
        .map(listed)
    },
    async countHeld() {
      return [...mails.values()].filter(({ state }) => state === 'held').length
    },
    async decide(id, as, by) {
      const mail = mails.get(id)
      if (mail === undefined || (mail.state !== 'held' && mail.state !== 'dismissed') || mail.state === as) return false
      mails.set(id, { ...mail, state: as, because: by })
      for (const listener of [...(as === 'let-in' ? listeners : []), ...asideListeners]) listener()
      return true
    },
    async checkAgain(id, at) {
      if (at === undefined) checks.delete(id)
      else checks.set(id, at)
    },
    async toCheck(until, limit) {
      return [...checks]
        .filter(([id, at]) => at <= until && memory.inCase.has(id))
        .toSorted(([, one], [, other]) => one - other)
        .slice(0, limit)
        .map(([id]) => id)
    },
    async countAside(from, until) {
      return [...mails.values()].filter(
        ({ state, receivedAt }) => state === 'set-aside' && receivedAt >= from && receivedAt < until,
      ).length
    },
    async find(id) {
      const mail = mails.get(id)
      return mail === undefined ? undefined : current(mail)
    },
    async list({ limit, stream, state }) {
      const all = [...mails.values()].map(current)
      return all
        .filter(
          (mail) => (stream === undefined || mail.stream === stream) && (state === undefined || mail.state === state),
        )
        .slice(0, limit)
        .map(listed)
    },
    onStore(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onAside(listener) {
      asideListeners.add(listener)
      return () => asideListeners.delete(listener)
    },
  }
}

function idOf({ raw, envelopeTo, privateReport }: ArrivingMail): MessageId {
  const what = privateReport === undefined ? [raw, JSON.stringify(envelopeTo)] : ['private report', privateReport.link]
  const hash = createHash('sha256')
  for (const part of what) hash.update(part)
  return MessageId.parse(`m-${hash.digest('hex').slice(0, 32)}`)
}
