import { createHash } from 'node:crypto'
import { CaseChannels } from '@embargo/bot-kit'
import type { ChannelCase, ChannelNews } from '@embargo/bot-kit'
import { expectedChannelMembers, PersonId } from '@embargo/core'
import type { StreamId } from '@embargo/core'
import { OutsideError } from '@embargo/engine'
import { isDeleted, readChannel } from '../platform/channel.ts'
import { teamRolesOf } from '../platform/permissions.ts'
import type { BotContext } from './context.ts'
import { BroadRoles } from './broad-roles.ts'
import type { Readers } from './broad-roles.ts'
import type { ChannelSnapshot } from '../platform/exposure.ts'
import type { Holders } from './members.ts'

/** How many strangers are named at most. */
const STRANGERS_NAMED_MAX = 25
const ROWS = 100
const NOBODY: ReadonlySet<string> = new Set()

type WatchDeps = Pick<BotContext, 'rest' | 'policy' | 'engine' | 'log' | 'now' | 'self'>
type ChannelAudience = { readonly channel: string; readonly inside: ReadonlySet<string> }
type ChannelAccess = Pick<ChannelSnapshot, 'channel' | 'accounts' | 'roles'>
/** `unnamed`: the people whom roles let in, if these people are announced as a crowd and not by name. */
type AnnouncementOptions = { readonly since: 'now' | 'found'; readonly unnamed?: ReadonlySet<string> }
type News = Extract<ChannelNews, { verb: 'notice-channel' }>['what']

/**
 * Watches the channels of cases, and reports to core if a channel is renamed or deleted. Also reports if everybody or a
 * crowd (more strangers than can be announced) can see a channel, if somebody outside the case can read it, or if
 * somebody on the case cannot read it. The watch decides nothing; core knows what was reported before.
 */
export class Watch {
  readonly #context: WatchDeps
  readonly #cases: CaseChannels
  /** For each channel, the strangers who were reported and can still read it. */
  readonly #noticed = new Map<string, Set<string>>()
  /** For each channel, the people on the case who were in the channel at the last look. */
  readonly #letIn = new Map<string, Set<PersonId>>()
  /**
   * For each channel, the category in which it was at the last look, and the category's permissions for @everyone, as
   * one text.
   */
  readonly #categories = new Map<string, string>()
  #count = 0
  readonly #broadRoles = new BroadRoles()
  readonly #holders: Holders
  readonly #teamRoles: ReadonlySet<string>

  constructor(context: WatchDeps, holders: Holders) {
    this.#context = context
    this.#cases = new CaseChannels('discord', context)
    this.#teamRoles = teamRolesOf(context.policy)
    this.#holders = holders
  }

  /**
   * Looks at one channel. `since`: `now` if an event reported a change just now, `found` for a check that looks for
   * missed events.
   * @throws if Discord does not say whom roles let in. Strangers whom the channel lets in by name
   *   have been reported by then
   */
  async look(seen: ChannelSnapshot, since: 'now' | 'found', holders = this.#holders): Promise<void> {
    const { channel, name } = seen
    const of = await this.#cases.caseOf(channel)
    if (of === undefined) return
    const known = of.state.channels.discord
    if (known?.channel === channel && known.name !== name) await this.#tell(of, { channel, what: 'renamed', name })
    const isExposed = this.#cases.isKnownExposed(of, channel)
    if (seen.exposed === 'itself' && !isExposed) await this.#tell(of, { channel, what: 'exposed' })
    if (seen.exposed === 'category' && !isExposed) await this.#openCategory(of, seen)
    this.#categories.set(channel, seen.category)
    // Those who are let in by name are announced first: listing the members of a role takes long in a large server, and
    // may fail.
    if (seen.roles.length > 0) await this.#announce(of, { channel, inside: new Set(seen.accounts) }, { since })
    const readers = await this.#broadRoles.readers(seen, holders)
    const isCrowd = this.#isCrowd(of, seen, readers)
    if (isCrowd && seen.exposed !== 'itself' && !isExposed) await this.#tell(of, { channel, what: 'exposed' })
    await this.#strangers(
      of,
      { channel, inside: readers.inside },
      { since, unnamed: isCrowd ? readers.byRole : NOBODY },
    )
    await this.#missing(of, { channel, inside: readers.inside }, since)
  }

  /**
   * Whether core knows that people outside the case may read a channel. If so, core decides what may still be posted
   * there.
   */
  knownExposed(channel: string): Promise<boolean> {
    return this.#cases.knownExposed(channel)
  }

  /**
   * Whether roles let a crowd into a case's channel. A crowd is more people and bots than can be announced. For the
   * team’s own channel, the question is whether a role lets in anybody outside the team. Does not ask Discord if the
   * last look found no crowd, and the channel still lets in the same accounts and roles.
   */
  async crowded(seen: ChannelAccess): Promise<boolean> {
    const of = await this.#cases.caseOf(seen.channel)
    if (of === undefined) return seen.roles.some((role) => !this.#teamRoles.has(role))
    if (seen.roles.length === 0 || this.#broadRoles.isOrderly(seen)) return false
    return this.#isCrowd(of, seen, await this.#broadRoles.readers(seen, this.#holders))
  }

  /** Discards what is known of roles, because their members may have changed unnoticed. */
  forgetRoles(): void {
    this.#broadRoles.forget()
  }

  /** Reports that everybody, or a crowd, can see a channel; false if the channel belongs to no case. */
  async exposed(channel: string): Promise<boolean> {
    const of = await this.#cases.caseOf(channel)
    if (of !== undefined) await this.#tell(of, { channel, what: 'exposed' })
    return of !== undefined
  }

  async deleted(channel: string): Promise<void> {
    const of = await this.#cases.caseOf(channel)
    this.#categories.delete(channel)
    this.#noticed.delete(channel)
    this.#letIn.delete(channel)
    this.#broadRoles.forget(channel)
    if (of !== undefined) await this.#tell(of, { channel, what: 'deleted' })
  }

  /** Reports that the bot was removed from the server. The channels of all cases are lost then. */
  async putOut(channels: readonly string[]): Promise<void> {
    for (const channel of channels) {
      const of = await this.#cases.caseOf(channel)
      if (of !== undefined) await this.#tell(of, { channel, what: 'bot-removed' })
    }
  }

  /**
   * Handles a member who joined or left the server or got other roles. Reports which channels of cases this member can
   * now read, and which they can no longer read. Somebody outside the server can read none, even if a channel still has
   * an entry for them.
   */
  async member(
    channels: readonly ChannelSnapshot[],
    {
      account,
      roles,
      isHere,
    }: { readonly account: string; readonly roles: readonly string[]; readonly isHere: boolean },
  ): Promise<void> {
    for (const seen of channels) {
      const { channel, accounts, roles: letIn } = seen
      const of = await this.#cases.caseOf(channel)
      if (of === undefined) continue
      const byName = accounts.includes(account)
      const reads = isHere && (byName || letIn.some((role) => roles.includes(role)))
      const person = this.#cases.personOf(of, account)
      if (person !== undefined) await this.#person(of, channel, person, reads)
      else if (reads) await this.#newcomer(of, seen, { account, byName })
      else if (await this.#wasThere(of, channel, account))
        await this.#tellStranger(of, channel, account, { left: true })
    }
  }

  /**
   * Makes up for missed events: checks each of `channels`. If the channel of an open case is not among them, looks
   * whether it was deleted.
   * @throws after the whole sweep, if some channels could not be checked
   */
  async sweep(channels: readonly ChannelSnapshot[]): Promise<void> {
    const there = new Set(channels.map(({ channel }) => channel))
    const failures: unknown[] = []
    const trying = (work: Promise<void>): Promise<void> => work.catch((error: unknown) => void failures.push(error))
    let listed: ReturnType<Holders> | undefined
    const holders: Holders = () => (listed ??= this.#holders())
    for (const seen of channels) await trying(this.look(seen, 'found', holders))
    for (let offset = 0, more = true; more; offset += ROWS) {
      const page = await this.#context.engine.queries.cases({ open: true, limit: ROWS, offset })
      for (const { stream } of page.rows) await trying(this.#lookFor(stream, there))
      more = page.more
    }
    if (failures.length > 0) throw failures[0]
  }

  async #lookFor(stream: StreamId, there: ReadonlySet<string>): Promise<void> {
    const state = await this.#context.engine.queries.state(stream)
    const known = state?.kind === 'case' ? state.channels.discord : undefined
    if (state?.kind !== 'case' || known === undefined || known.gone !== undefined || there.has(known.channel)) return
    if (await this.#isGone(known.channel))
      await this.#tell({ id: state.id, state }, { channel: known.channel, what: 'deleted' }, '')
  }

  /** Whether a channel is deleted. Asks Discord itself, because the library's list of channels may be incomplete. */
  async #isGone(channel: string): Promise<boolean> {
    try {
      await readChannel(this.#context.rest, channel)
      return false
    } catch (error) {
      if (isDeleted(error)) return true
      // Any other refusal does not mean that the channel is deleted. The next post in the channel will be refused too.
      if (error instanceof OutsideError && error.code === 'refused') return false
      throw error
    }
  }

  /**
   * Reports a category that everybody may view. While its permissions stay the same, the category is reported only
   * once, even after a restart, because the team has perhaps accepted it. If somebody closes the category and later
   * opens it again, it is reported once more.
   */
  async #openCategory(of: ChannelCase, { channel, category }: ChannelSnapshot): Promise<void> {
    const before = this.#categories.get(channel)
    if (before === category) return
    const news = { channel, what: 'exposed' } as const
    const isNews = await this.#tell(of, news, category)
    if (!isNews && before !== undefined) await this.#tell(of, news)
  }

  #isCrowd(of: ChannelCase, seen: ChannelAccess, readers: Readers): boolean {
    return this.#broadRoles.count(seen, readers, (account) => this.#cases.isStranger(of, account))
  }

  /**
   * Reports somebody who is not on the case and can now read its channel. If a role lets this person in, and a crowd
   * that is let in by roles was already reported for this channel, the person is not reported by name.
   */
  async #newcomer(
    of: ChannelCase,
    seen: ChannelSnapshot,
    { account, byName }: { account: string; byName: boolean },
  ): Promise<void> {
    const { channel } = seen
    if (byName || !this.#broadRoles.isKnown(channel)) {
      const isNews = await this.#stranger(of, channel, account, 'now')
      if (byName || !isNews || !this.#broadRoles.mayBe(this.#noticed.get(channel)?.size ?? 0)) return
    }
    // Looks at the whole channel again, because the role that let a crowd in may have been removed from the channel.
    if (!this.#cases.isKnownExposed(of, channel)) await this.look(seen, 'now')
  }

  async #strangers(of: ChannelCase, { channel, inside }: ChannelAudience, mode: AnnouncementOptions): Promise<void> {
    const noticed = this.#noticed.get(channel)
    for (const account of noticed ?? []) if (!inside.has(account)) noticed?.delete(account)
    const known = await this.#cases.strangersOf(of, channel)
    for (const account of known)
      if (!inside.has(account)) await this.#tellStranger(of, channel, account, { left: true })
    await this.#announce(of, { channel, inside }, mode)
  }

  async #announce(
    of: ChannelCase,
    { channel, inside }: ChannelAudience,
    { since, unnamed = NOBODY }: AnnouncementOptions,
  ): Promise<void> {
    let named = 0
    for (const account of inside) {
      if (named >= STRANGERS_NAMED_MAX) return
      if (!unnamed.has(account) && (await this.#stranger(of, channel, account, since))) named += 1
    }
  }

  /**
   * Reports which people on the case have a Discord account but are not let into the case's channel, and which people
   * are back in it.
   */
  async #missing(of: ChannelCase, { channel, inside }: ChannelAudience, since: 'now' | 'found'): Promise<void> {
    const { engine, now } = this.#context
    const known = of.state.channels.discord
    if (known === undefined || known.channel !== channel || known.gone !== undefined) return
    const expected = expectedChannelMembers(of.state, await engine.queries.history(of.id), {
      platform: 'discord',
      at: now(),
    })
    const letIn = this.#letIn.get(channel) ?? new Set()
    this.#letIn.set(channel, letIn)
    for (const id of Object.keys(of.state.people)) {
      const person = PersonId.parse(id)
      const accounts = engine.queries.accountsOf(person, 'discord')
      if (accounts.length === 0) continue
      const isThere = accounts.some((account) => inside.has(account))
      // If somebody was in the channel and no longer is, they are reported at once. If somebody was never in it, they
      // may be about to be let in, so only a later check reports them as missing.
      const isNews = isThere || letIn.has(person) || (since === 'found' && expected.includes(person))
      if (isThere) letIn.add(person)
      else letIn.delete(person)
      if (isNews) await this.#person(of, channel, person, isThere)
    }
  }

  /**
   * Reports that a person on the case is not in the case's channel, or is back in it, unless core already knows this.
   */
  async #person(of: ChannelCase, channel: string, person: PersonId, isThere: boolean): Promise<void> {
    if (isThere !== this.#cases.isMissed(of, person) || of.state.channels.discord?.channel !== channel) return
    const back = isThere ? ({ back: true } as const) : {}
    const news = { verb: 'notice-person', channel, person, ...back } as const
    await this.#cases.notice(of, news, `person:${channel}:${person}:${this.#once()}`)
  }

  /**
   * Forgets that this process noticed a stranger in a channel. True if, according to the case's history, the stranger
   * was noticed in the channel and has not left since.
   */
  async #wasThere(of: ChannelCase, channel: string, account: string): Promise<boolean> {
    this.#noticed.get(channel)?.delete(account)
    return (await this.#cases.strangersOf(of, channel)).has(account)
  }

  async #stranger(of: ChannelCase, channel: string, account: string, since: 'now' | 'found'): Promise<boolean> {
    if (!this.#cases.isStranger(of, account)) return false
    const noticed = this.#noticed.get(channel) ?? new Set()
    this.#noticed.set(channel, noticed)
    if (noticed.has(account)) return false
    noticed.add(account)
    if (since === 'found' && (await this.#cases.strangersOf(of, channel)).has(account)) return false
    await this.#tellStranger(of, channel, account, {})
    return true
  }

  async #tellStranger(
    of: ChannelCase,
    channel: string,
    account: string,
    more: { readonly left?: true },
  ): Promise<void> {
    const news = { verb: 'notice-stranger', channel, account, ...more } as const
    await this.#cases.notice(of, news, `stranger:${channel}:${account}:${this.#once()}`)
  }

  /**
   * Reports to core what happened to a channel. `seen` is a text that identifies an observation, so that the same
   * observation is reported only once. False if it was reported before.
   */
  #tell(of: ChannelCase, news: { channel: string; what: News; name?: string }, seen?: string): Promise<boolean> {
    const fingerprint = seen === undefined ? this.#once() : createHash('sha256').update(seen).digest('hex').slice(0, 16)
    return this.#cases.notice(
      of,
      { verb: 'notice-channel', ...news },
      `channel:${news.channel}:${news.what}:${fingerprint}`,
    )
  }

  /** An id that differs for two events within the same millisecond. */
  #once(): string {
    this.#count += 1
    return `${this.#context.now()}:${this.#count}`
  }
}
