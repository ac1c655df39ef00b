import type { ChannelSnapshot } from '../platform/exposure.ts'
import type { Holders } from './members.ts'

/**
 * If roles let at most this many strangers into a channel, each of them is announced. If they let in more, the channel
 * is reported as exposed instead.
 */
const STRANGERS_BY_ROLE_MAX = 5

/** The accounts that can read a channel: all of them, and those that can read it only through a role. */
export type Readers = { readonly inside: ReadonlySet<string>; readonly byRole: ReadonlySet<string> }

type ChannelAccess = Pick<ChannelSnapshot, 'channel' | 'accounts' | 'roles'>

/**
 * Remembers which channels a crowd can read. Strangers whom roles let in are a crowd if they are too many to be
 * announced one by one.
 */
export class BroadRoles {
  readonly #counted = new Map<string, { readonly letIn: string; readonly isCrowd: boolean }>()

  /** Who can read a channel. Asks Discord only if the channel lets in a role. */
  async readers({ accounts, roles }: ChannelAccess, holders: Holders): Promise<Readers> {
    const all = roles.length === 0 ? [] : await holders()
    const byName = new Set(accounts)
    const byRole = new Set(
      all.flatMap((each) =>
        !byName.has(each.account) && each.roles.some((role) => roles.includes(role)) ? [each.account] : [],
      ),
    )
    return { inside: new Set([...accounts, ...byRole]), byRole }
  }

  /**
   * Counts the accounts that roles let into the channel although they are not on the case. True if there are too many
   * to announce each of them. `isStranger`: whether an account is not on the case.
   */
  count(seen: ChannelAccess, { byRole }: Readers, isStranger: (account: string) => boolean): boolean {
    const isCrowd = [...byRole].filter(isStranger).length > STRANGERS_BY_ROLE_MAX
    this.#counted.set(seen.channel, { letIn: letInTo(seen), isCrowd })
    return isCrowd
  }

  isKnown(channel: string): boolean {
    return this.#counted.get(channel)?.isCrowd === true
  }

  /** Whether the last count was for the same accounts and roles, and found no crowd. */
  isOrderly(seen: ChannelAccess): boolean {
    const counted = this.#counted.get(seen.channel)
    return counted?.isCrowd === false && counted.letIn === letInTo(seen)
  }

  /**
   * Whether roles may have let in a crowd. `strangers`: how many strangers are known who can read the channel. Some of
   * them may have been let in without a role, so if the result is true, the accounts that roles let in must be counted.
   */
  mayBe(strangers: number): boolean {
    return strangers > STRANGERS_BY_ROLE_MAX
  }

  /** Discards the counts of one channel, or of all, because they may be outdated. */
  forget(channel?: string): void {
    if (channel === undefined) this.#counted.clear()
    else this.#counted.delete(channel)
  }
}

const letInTo = ({ accounts, roles }: ChannelAccess): string => [...roles.toSorted(), '', ...accounts.toSorted()].join()
