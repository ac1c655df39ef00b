import type { ChannelSnapshot } from '../platform/exposure.ts'
import type { Holders } from './members.ts'

/** A role may let in so many who are not on the case, and each is announced; with more, the channel is as good as open. */
const STRANGERS_BY_ROLE_MAX = 5

/** The readers of a channel: all of them, and those who are let in by a role alone. */
export type Readers = { readonly inside: ReadonlySet<string>; readonly byRole: ReadonlySet<string> }

type LetIn = Pick<ChannelSnapshot, 'channel' | 'accounts' | 'roles'>

/** Into which channels roles let more strangers than can be announced, as it was counted last. */
export class BroadRoles {
  readonly #counted = new Map<string, { readonly letIn: string; readonly isCrowd: boolean }>()

  /** Asks nobody where no role is let in. */
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

  /** Counts whom roles let in. `isStranger`: not on the case. */
  count(seen: LetIn, { byRole }: Readers, isStranger: (account: string) => boolean): boolean {
    const isCrowd = [...byRole].filter(isStranger).length > STRANGERS_BY_ROLE_MAX
    this.#counted.set(seen.channel, { letIn: letInTo(seen), isCrowd })
    return isCrowd
  }

  isKnown(channel: string): boolean {
    return this.#counted.get(channel)?.isCrowd === true
  }

  /** Whether no crowd was found when the same accounts and roles were let in. */
  isOrderly(seen: LetIn): boolean {
    const counted = this.#counted.get(seen.channel)
    return counted?.isCrowd === false && counted.letIn === letInTo(seen)
  }

  /** So many are there by now that it must be counted. */
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
