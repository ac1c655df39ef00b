import type { ChannelSnapshot } from '../platform/exposure.ts'
import type { Holders } from './members.ts'

/**
 * A role may let in so many people who are not on the case, and each is announced; with more, the channel counts as
 * open.
 */
const STRANGERS_BY_ROLE_MAX = 5

/** The readers of a channel: all of them, and those who can read it only through a role. */
export type Readers = { readonly inside: ReadonlySet<string>; readonly byRole: ReadonlySet<string> }

type LetIn = Pick<ChannelSnapshot, 'channel' | 'accounts' | 'roles'>

/** The channels into which roles let more strangers than can be announced, by the last count. */
export class BroadRoles {
  readonly #counted = new Map<string, { readonly letIn: string; readonly isCrowd: boolean }>()

  /** Asks Discord nothing if no role is let in. */
  async readers({ accounts, roles }: LetIn, holders: Holders): Promise<Readers> {
    const all = roles.length === 0 ? [] : await holders()
    const byName = new Set(accounts)
    const byRole = new Set(
      all.flatMap((each) =>
        !byName.has(each.account) && each.roles.some((role) => roles.includes(role)) ? [each.account] : [],
      ),
    )
    return { inside: new Set([...accounts, ...byRole]), byRole }
  }

  /** Counts the people who are let in by roles. `isStranger`: not on the case. */
  count(seen: LetIn, { byRole }: Readers, isStranger: (account: string) => boolean): boolean {
    const isCrowd = [...byRole].filter(isStranger).length > STRANGERS_BY_ROLE_MAX
    this.#counted.set(seen.channel, { letIn: letInTo(seen), isCrowd })
    return isCrowd
  }

  isKnown(channel: string): boolean {
    return this.#counted.get(channel)?.isCrowd === true
  }

  /** Whether the last count for the same accounts and roles found no crowd. */
  isOrderly(seen: LetIn): boolean {
    const counted = this.#counted.get(seen.channel)
    return counted?.isCrowd === false && counted.letIn === letInTo(seen)
  }

  /** Whether there are so many by now that they must be counted. */
  mayBe(strangers: number): boolean {
    return strangers > STRANGERS_BY_ROLE_MAX
  }

  /** Discards the counts, because they may have changed: of one channel, or of all. */
  forget(channel?: string): void {
    if (channel === undefined) this.#counted.clear()
    else this.#counted.delete(channel)
  }
}

const letInTo = ({ accounts, roles }: LetIn): string => [...roles.toSorted(), '', ...accounts.toSorted()].join()
