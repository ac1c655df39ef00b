import { DAY, HOUR, later } from '@embargo/core'
import type { CaseId } from '@embargo/core'
import { readToken } from '@embargo/mail'
import type { Deps } from '../deps.ts'
import { mailMacs, ownAddresses } from '../shared/own-addresses.ts'
import type { SpoolUsage } from '../ports/mail-spool.ts'
import { DAY_BYTES, DISK_RESERVE_BYTES, UNREAD_BYTES } from './limits.ts'

/**
 * Why mail is refused for now. `unread`: too much mail waits to be read. `day`: too much arrived within a day. `disk`:
 * the disk is nearly full.
 */
export type QuotaReason = 'unread' | 'day' | 'disk'

/**
 * The sender of a mail. `source`: where it came from, such as an IP address. `known`: the mail is addressed to an open
 * case.
 */
export type QuotaSender = { readonly source: string; readonly known: boolean }

/**
 * Limits how much mail is stored. Strangers have one share, and senders who write to open cases have another. In each
 * share, one source may use at most a quarter as much space as it leaves free for all others. So even twenty greedy
 * sources leave room for a report.
 */
export type MailQuota = {
  /** Whether one of these addresses has our signed token of an open case. */
  isKnown(envelopeTo: readonly string[]): Promise<boolean>
  /** Why a mail of this size is refused now; undefined if it is accepted. */
  refuses(sender: QuotaSender, bytes: number): Promise<QuotaReason | undefined>
  stored(sender: QuotaSender, bytes: number): void
  /** Why mail of strangers is refused now; undefined if none was refused within the last hour. */
  readonly refusing: QuotaReason | undefined
  onChange(listener: () => void): () => void
}

/**
 * After a mail is accepted, the free space of the share must be at least this many times the space that the source of
 * the mail uses.
 */
const LEFT_FOR_OTHERS = 4

/** The bytes of all senders who write to open cases are also counted together, under this key. */
const KNOWN = 'known'

/** How many bytes of a source this process has stored since `since`. A day later, the count begins again. */
type DayUsage = { readonly since: number; bytes: number }

/** If there are more sources than this in a day, the oldest is forgotten. */
const MAX_SOURCES = 10_000

/**
 * The totals in `SpoolUsage` are read from the database again after this many milliseconds. Until then, the bytes of
 * mails that this process stores are added to these totals.
 */
const USAGE_KEPT_MS = 1_000

export function createMailQuota(deps: Deps): MailQuota {
  const { clock, spool, log } = deps
  const taken = new Map<string, DayUsage>()
  const listeners = new Set<() => void>()
  let last: { readonly because: QuotaReason; readonly at: number } | undefined
  let usage: (SpoolUsage & { readonly at: number }) | undefined

  const refusing = (): QuotaReason | undefined =>
    last !== undefined && clock.now() - last.at < HOUR ? last.because : undefined

  async function used(): Promise<SpoolUsage> {
    const at = clock.now()
    if (usage === undefined || at < usage.at || at - usage.at > USAGE_KEPT_MS)
      usage = { ...(await spool.usage(later(at, -DAY))), at }
    return usage
  }

  const takenBy = (key: string): number => {
    const found = taken.get(key)
    return found !== undefined && clock.now() - found.since < DAY ? found.bytes : 0
  }

  function take(key: string, bytes: number): void {
    const before = takenBy(key)
    const since = before === 0 ? clock.now() : (taken.get(key)?.since ?? clock.now())
    taken.delete(key)
    taken.set(key, { since, bytes: before + bytes })
  }

  async function reason(sender: QuotaSender, bytes: number): Promise<QuotaReason | undefined> {
    const { unread, received, free = Infinity } = await used()
    const ofKnown = takenBy(KNOWN)
    const ofItsPart = (sum: number): number => (sender.known ? Math.min(sum, ofKnown) : Math.max(0, sum - ofKnown))
    const waits = ofItsPart(unread)
    const own = takenBy(keyOf(sender))
    const fits = (held: number, free: number): boolean => free - bytes >= LEFT_FOR_OTHERS * (held + bytes)
    if (!fits(own, free - DISK_RESERVE_BYTES / (sender.known ? 4 : 1))) return 'disk'
    // The spool does not record the source of a mail. So all bytes that this source sent today count as unread, but
    // never more than all unread bytes together.
    if (!fits(Math.min(own, waits), UNREAD_BYTES - waits)) return 'unread'
    return fits(own, DAY_BYTES - ofItsPart(received)) ? undefined : 'day'
  }

  return {
    async isKnown(envelopeTo) {
      const own = ownAddresses(deps.policy.policy)
      const { address } = mailMacs(deps.keys)
      for (const to of envelopeTo) {
        const token = readToken(to, own, address)
        if (token?.valid === true && (await isOpen(deps, token.case))) return true
      }
      return false
    },
    async refuses(sender, bytes) {
      const because = await reason(sender, bytes)
      if (because === undefined) return undefined
      const news = refusing() !== because
      last = { because, at: clock.now() }
      if (news) {
        log.error(
          'more mail arrived than the quota allows: it is refused for now, and the sending servers try again for days',
          { because },
        )
        for (const listener of listeners) listener()
      }
      return because
    },
    stored(sender, bytes) {
      if (usage !== undefined) usage = { ...usage, unread: usage.unread + bytes, received: usage.received + bytes }
      if (sender.known) take(KNOWN, bytes)
      take(keyOf(sender), bytes)
      const [oldest] = taken.keys()
      if (taken.size > MAX_SOURCES && oldest !== undefined) taken.delete(oldest)
    },
    get refusing() {
      return refusing()
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const keyOf = ({ source, known }: QuotaSender): string => (known ? `${KNOWN} ${source}` : source)

async function isOpen({ states }: Deps, id: CaseId): Promise<boolean> {
  const { state } = await states.load(id)
  return state?.kind === 'case' && state.rm !== 'closed'
}
