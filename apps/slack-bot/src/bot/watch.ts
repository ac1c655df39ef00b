import type { CaseId, CaseState, Channel, PersonId, SystemRequest } from '@embargo/core'
import { CommandId, expectedIn, readableChannels, strangersIn } from '@embargo/core'
import { isExposed } from '../platform/exposure.ts'
import type { SeenChannel } from '../platform/exposure.ts'
import type { BotContext } from './context.ts'

type Of = { readonly id: CaseId; readonly state: CaseState }
type Notice = Extract<SystemRequest, { verb: 'notice-channel' }>
export type News = Pick<Notice, 'channel' | 'what'> & { readonly name?: string | undefined }
/** Names what is told, so that it is told once: Slack's event, or what was seen. */
type Told = string

const isKnownExposed = ({ state: { channels } }: Of, channel: string): boolean =>
  channels.slack !== undefined &&
  readableChannels(channels.slack).some((one) => one.channel === channel && one.exposed !== undefined)

/** Whether it was said that they are not there. */
const isMissed = ({ state: { channels } }: Of, person: PersonId): boolean =>
  channels.slack?.missing?.includes(person) === true

/** What the watch needs of the bot. */
export type WatchContext = Pick<BotContext, 'engine' | 'log' | 'self' | 'now'>

/**
 * Looks at channels of cases and tells core what it sees: who can read in one without being on the case, who cannot and
 * is, and what people did to it. Decides nothing; core knows what it was told before.
 */
export class Watch {
  readonly #context: WatchContext

  constructor(context: WatchContext) {
    this.#context = context
  }

  /** The case of a channel; undefined for every other channel of the workspace. */
  async caseOf(channel: string): Promise<Of | undefined> {
    const id = await this.#context.engine.caseByChannel('slack', channel)
    const state = id === undefined ? undefined : await this.#context.engine.state(id)
    return state?.kind === 'case' ? { id: state.id, state } : undefined
  }

  /** Tells what became of a channel, if it is one of a case. */
  async news(news: News, told: Told): Promise<void> {
    const of = await this.caseOf(news.channel)
    if (of !== undefined) await this.#tell(of, news, told)
  }

  /** Tells that more people may read a channel than are on the case, where it is news; false where it is none of a case. */
  async exposed(channel: string, told: Told): Promise<boolean> {
    const of = await this.caseOf(channel)
    if (of === undefined) return false
    if (!isKnownExposed(of, channel)) await this.#tell(of, { channel, what: 'exposed' }, told)
    return true
  }

  /** Whether core knows that others may read a channel: then it says itself what may still be written there. */
  async knownExposed(channel: string): Promise<boolean> {
    const of = await this.caseOf(channel)
    return of !== undefined && isKnownExposed(of, channel)
  }

  /** Tells of somebody who came into a case's channel. True when they are not on the case. */
  async came(channel: string, account: string, told: Told): Promise<boolean> {
    const of = account === this.#context.self ? undefined : await this.caseOf(channel)
    if (of === undefined) return false
    const person = this.#personOf(of, account)
    if (person === undefined) await this.#stranger(of, { channel, account }, told)
    else if (isMissed(of, person)) await this.#person(of, { channel, person, back: true }, told)
    return person === undefined
  }

  /**
   * Tells of somebody who left a case's channel, or was put out. Who is on the case stays on it, and whoever writes there
   * believes that they read it. A stranger who comes again is news again.
   */
  async went(channel: string, account: string, told: Told): Promise<void> {
    const of = await this.caseOf(channel)
    if (of === undefined) return
    const person = this.#personOf(of, account)
    if (person !== undefined) return this.#person(of, { channel, person }, told)
    if ((await this.#strangersOf(of, channel)).has(account))
      await this.#stranger(of, { channel, account, left: true }, told)
  }

  /** Whose account it is, where they are on the case. */
  #personOf({ state }: Of, account: string): PersonId | undefined {
    const person = this.#context.engine.personOfAccount('slack', account)?.id
    return person === undefined || state.people[person] === undefined ? undefined : person
  }

  #isStranger(of: Of, account: string): boolean {
    return account !== this.#context.self && this.#personOf(of, account) === undefined
  }

  /**
   * What a look at a channel finds that no event has said: at the start, and after a time without a connection. `members`
   * where they could be asked for. Gives the strangers among them.
   */
  async found(
    of: Of,
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
    else if (seen !== 'nothing' && isExposed(seen) && !isKnownExposed(of, channel))
      await this.#tell(of, { channel, what: 'exposed' }, this.#found(channel, 'exposed'))
    return members === undefined ? [] : this.#foundInside(of, channel, members)
  }

  async #foundOfChannel(of: Of, seen: SeenChannel | 'nothing', known: Channel): Promise<void> {
    const { channel } = known
    const tell = (news: Omit<News, 'channel'>): Promise<void> =>
      this.#tell(of, { channel, ...news }, this.#found(channel, news.what))
    // While it is being archived, or that waits for a person, only who can read there is news.
    const isClosing = known.gone === 'closed'
    if (seen === 'nothing') return isClosing ? undefined : tell({ what: 'out-of-reach' })
    if (seen.is_archived === true) return isClosing ? undefined : tell({ what: 'archived' })
    if (known.gone === 'archived') await tell({ what: 'unarchived' })
    if (seen.name !== undefined && seen.name !== known.name && !isClosing)
      await tell({ what: 'renamed', name: seen.name })
    if (isExposed(seen) && known.exposed === undefined) await tell({ what: 'exposed' })
  }

  async #foundInside(of: Of, channel: string, members: readonly string[]): Promise<readonly string[]> {
    const known = await this.#strangersOf(of, channel)
    const strangers = members.filter((member) => this.#isStranger(of, member))
    for (const account of known)
      if (!strangers.includes(account))
        await this.#stranger(of, { channel, account, left: true }, this.#found(channel, `left:${account}`))
    for (const account of strangers.filter((each) => !known.has(each)).slice(0, STRANGERS_NAMED_MAX))
      await this.#stranger(of, { channel, account }, this.#found(channel, account))
    // Where nothing more is said, nobody misses anything.
    if (channel === of.state.channels.slack?.channel && of.state.rm !== 'closed')
      await this.#foundMissing(of, channel, new Set(members))
    return strangers
  }

  /** Who is on the case, has an account here, and is not in its channel. */
  async #foundMissing(of: Of, channel: string, members: ReadonlySet<string>): Promise<void> {
    const { engine, now } = this.#context
    const expected = expectedIn(of.state, await engine.history(of.id), { platform: 'slack', at: now() })
    for (const person of expected) {
      const accounts = engine.accountsOf(person, 'slack')
      if (accounts.length === 0) continue
      const isThere = accounts.some((account) => members.has(account))
      if (isThere !== isMissed(of, person)) continue
      const told = this.#found(channel, `${isThere ? 'back' : 'missing'}:${person}`)
      await this.#person(of, { channel, person, ...(isThere ? { back: true } : {}) }, told)
    }
  }

  /** Each look is news of its own; core knows what it was told before. */
  #found(channel: string, what: string): Told {
    return `found:${channel}:${what}:${this.#context.now()}`
  }

  /** Who was noticed last, and not seen to have left since. */
  async #strangersOf({ id }: Of, channel: string): Promise<ReadonlySet<string>> {
    return strangersIn(await this.#context.engine.history(id), { platform: 'slack', channel })
  }

  #stranger(
    { id }: Of,
    one: { readonly channel: string; readonly account: string; readonly left?: true },
    told: Told,
  ): Promise<void> {
    return this.#notice({ verb: 'notice-stranger', case: id, platform: 'slack', ...one }, told)
  }

  #person(
    { id }: Of,
    one: { readonly channel: string; readonly person: PersonId; readonly back?: true },
    told: Told,
  ): Promise<void> {
    return this.#notice({ verb: 'notice-person', case: id, platform: 'slack', ...one }, told)
  }

  #tell(of: Of, { channel, what, name }: News, told: Told): Promise<void> {
    const named = name === undefined ? {} : { name }
    return this.#notice({ verb: 'notice-channel', case: of.id, platform: 'slack', channel, what, ...named }, told)
  }

  async #notice(request: SystemRequest, told: Told): Promise<void> {
    const { engine, log, now } = this.#context
    const answered = await engine.handle({
      commandId: CommandId.parse(`slack:${told}`),
      actor: { kind: 'system', part: 'chat' },
      at: now(),
      request,
    })
    if (!answered.ok) log.warn('what was seen of a channel was not recorded', { gate: answered.refusal.gate })
  }
}

/** Somebody may let in a whole company; these many are named. */
const STRANGERS_NAMED_MAX = 25
