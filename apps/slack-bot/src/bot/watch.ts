import { CaseChannels } from '@embargo/bot-kit'
import type { ChannelCase, ChannelNews } from '@embargo/bot-kit'
import { expectedChannelMembers } from '@embargo/core'
import type { Channel, PersonId } from '@embargo/core'
import { isExposed } from '../platform/exposure.ts'
import type { SeenChannel } from '../platform/exposure.ts'
import type { BotContext } from './context.ts'

type Notice = Extract<ChannelNews, { verb: 'notice-channel' }>
export type News = Pick<Notice, 'channel' | 'what'> & { readonly name?: string | undefined }
/**
 * Identifies one notice, so that core handles it once: the id of Slack's event, or a description of what the watch
 * found and when.
 */
type NoticeKey = string

/** The parts of the bot that the watch needs. */
export type WatchContext = Pick<BotContext, 'engine' | 'log' | 'self' | 'now'>

/**
 * Watches the channels of cases and reports to core: who can read a channel without being on its case, who is on the
 * case and cannot read the channel, and what people did to the channel. The watch decides nothing; core knows what was
 * reported before.
 */
export class Watch {
  readonly #context: WatchContext
  readonly #cases: CaseChannels

  constructor(context: WatchContext) {
    this.#context = context
    this.#cases = new CaseChannels('slack', context)
  }

  /** Reports what happened to a channel, if the channel belongs to a case. */
  async news(news: News, noticeKey: NoticeKey): Promise<void> {
    const of = await this.#cases.caseOf(news.channel)
    if (of !== undefined) await this.#tell(of, news, noticeKey)
  }

  /**
   * Whether core knows that people outside the case may read a channel. If so, core decides what may still be posted in
   * it.
   */
  knownExposed(channel: string): Promise<boolean> {
    return this.#cases.knownExposed(channel)
  }

  /** Reports once that people outside the case may read a channel; false if the channel belongs to no case. */
  async exposed(channel: string, noticeKey: NoticeKey): Promise<boolean> {
    const of = await this.#cases.caseOf(channel)
    if (of === undefined) return false
    if (!this.#cases.isKnownExposed(of, channel)) await this.#tell(of, { channel, what: 'exposed' }, noticeKey)
    return true
  }

  /** Reports somebody who joined a case's channel. Resolves to true if they are not on the case. */
  async came(channel: string, account: string, noticeKey: NoticeKey): Promise<boolean> {
    const of = account === this.#context.self ? undefined : await this.#cases.caseOf(channel)
    if (of === undefined) return false
    const person = this.#cases.personOf(of, account)
    if (person === undefined) await this.#stranger(of, { channel, account }, noticeKey)
    else if (this.#cases.isMissed(of, person)) await this.#person(of, { channel, person, back: true }, noticeKey)
    return person === undefined
  }

  /**
   * Reports somebody who left a case's channel or was removed from it. A person on the case stays on it, so the others
   * must learn that this person no longer reads the channel. A stranger is recorded as gone, so their return is
   * reported again.
   */
  async went(channel: string, account: string, noticeKey: NoticeKey): Promise<void> {
    const of = await this.#cases.caseOf(channel)
    if (of === undefined) return
    const person = this.#cases.personOf(of, account)
    if (person !== undefined) return this.#person(of, { channel, person }, noticeKey)
    if ((await this.#cases.strangersOf(of, channel)).has(account))
      await this.#stranger(of, { channel, account, left: true }, noticeKey)
  }

  /**
   * Reports what a check of a channel found and no event has reported: changes before the start or while there was no
   * connection, and changes for which Slack sends no event. `members` is absent if Slack did not list them. Returns the
   * strangers among the members.
   */
  async found(
    of: ChannelCase,
    {
      channel,
      seen,
      members,
    }: {
      readonly channel: string
      readonly seen: SeenChannel | 'nothing'
      readonly members?: readonly string[] | undefined
    },
  ): Promise<readonly string[]> {
    const known = of.state.channels.slack
    if (known === undefined) return []
    if (channel === known.channel) await this.#foundOfChannel(of, seen, known)
    else if (seen !== 'nothing' && isExposed(seen) && !this.#cases.isKnownExposed(of, channel))
      await this.#tell(of, { channel, what: 'exposed' }, this.#found(channel, 'exposed'))
    return members === undefined ? [] : this.#foundInside(of, channel, members)
  }

  async #foundOfChannel(of: ChannelCase, seen: SeenChannel | 'nothing', known: Channel): Promise<void> {
    const { channel } = known
    const tell = (news: Omit<News, 'channel'>): Promise<void> =>
      this.#tell(of, { channel, ...news }, this.#found(channel, news.what))
    // If the channel is being archived, or its archiving waits for a person, this function reports only whether
    // people outside the case may read it.
    const isClosing = known.gone === 'closed'
    if (seen === 'nothing') return isClosing ? undefined : tell({ what: 'out-of-reach' })
    if (seen.is_archived === true) return isClosing ? undefined : tell({ what: 'archived' })
    if (known.gone === 'archived') await tell({ what: 'unarchived' })
    if (seen.name !== undefined && seen.name !== known.name && !isClosing)
      await tell({ what: 'renamed', name: seen.name })
    if (isExposed(seen) && known.exposed === undefined) await tell({ what: 'exposed' })
  }

  async #foundInside(of: ChannelCase, channel: string, members: readonly string[]): Promise<readonly string[]> {
    const known = await this.#cases.strangersOf(of, channel)
    const strangers = members.filter((member) => this.#cases.isStranger(of, member))
    for (const account of known)
      if (!strangers.includes(account))
        await this.#stranger(of, { channel, account, left: true }, this.#found(channel, `left:${account}`))
    for (const account of strangers.filter((each) => !known.has(each)).slice(0, STRANGERS_NAMED_MAX))
      await this.#stranger(of, { channel, account }, this.#found(channel, account))
    // In a channel that is no longer used, no person on the case is reported as missing.
    if (channel === of.state.channels.slack?.channel && of.state.rm !== 'closed')
      await this.#foundMissing(of, channel, new Set(members))
    return strangers
  }

  /**
   * Reports which people on the case have a Slack account but are not in the case's channel, and which people are back
   * in it.
   */
  async #foundMissing(of: ChannelCase, channel: string, members: ReadonlySet<string>): Promise<void> {
    const { engine, now } = this.#context
    const expected = expectedChannelMembers(of.state, await engine.queries.history(of.id), {
      platform: 'slack',
      at: now(),
    })
    for (const person of expected) {
      const accounts = engine.queries.accountsOf(person, 'slack')
      if (accounts.length === 0) continue
      const isThere = accounts.some((account) => members.has(account))
      if (isThere !== this.#cases.isMissed(of, person)) continue
      const noticeKey = this.#found(channel, `${isThere ? 'back' : 'missing'}:${person}`)
      await this.#person(of, { channel, person, ...(isThere ? { back: true } : {}) }, noticeKey)
    }
  }

  /** Includes the time of the look, so that each finding is a new notice; core knows what was reported before. */
  #found(channel: string, news: string): NoticeKey {
    return `found:${channel}:${news}:${this.#context.now()}`
  }

  #stranger(
    of: ChannelCase,
    one: { readonly channel: string; readonly account: string; readonly left?: true },
    noticeKey: NoticeKey,
  ): Promise<void> {
    return this.#notice(of, { verb: 'notice-stranger', ...one }, noticeKey)
  }

  #person(
    of: ChannelCase,
    one: { readonly channel: string; readonly person: PersonId; readonly back?: true },
    noticeKey: NoticeKey,
  ): Promise<void> {
    return this.#notice(of, { verb: 'notice-person', ...one }, noticeKey)
  }

  #tell(of: ChannelCase, { channel, what, name }: News, noticeKey: NoticeKey): Promise<void> {
    const named = name === undefined ? {} : { name }
    return this.#notice(of, { verb: 'notice-channel', channel, what, ...named }, noticeKey)
  }

  async #notice(of: ChannelCase, news: ChannelNews, noticeKey: NoticeKey): Promise<void> {
    await this.#cases.notice(of, news, noticeKey)
  }
}

/** How many strangers are named at most, since somebody may invite a whole company. */
const STRANGERS_NAMED_MAX = 25
