import type { CaseId, CaseState, Channel, SystemRequest } from '@embargo/core'
import { CommandId, strangersIn } from '@embargo/core'
import { isExposed } from '../platform/exposure.ts'
import type { SeenChannel } from '../platform/exposure.ts'
import type { BotContext } from './context.ts'

type Of = { readonly id: CaseId; readonly state: CaseState }
type Notice = Extract<SystemRequest, { verb: 'notice-channel' }>
export type News = Pick<Notice, 'channel' | 'what'> & { readonly name?: string | undefined }
/** Names what is told, so that it is told once: Slack's event, or what was seen. */
type Told = string

/** What the watch needs of the bot. */
export type WatchContext = Pick<BotContext, 'engine' | 'log' | 'self' | 'now'>

/**
 * Looks at channels of cases and tells core what it sees: who can read in one without being on the case, and what people
 * did to it. Decides nothing; core knows what it was told before.
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

  /** Tells that more people may read a channel than are on the case; nothing where it is known already. */
  async exposed(channel: string, told: Told): Promise<void> {
    const of = await this.caseOf(channel)
    if (of === undefined || of.state.channels.slack?.exposed !== undefined) return
    await this.#tell(of, { channel, what: 'exposed' }, told)
  }

  /** Whether core knows that others may read a channel: then it says itself what may still be written there. */
  async knownExposed(channel: string): Promise<boolean> {
    return (await this.caseOf(channel))?.state.channels.slack?.exposed !== undefined
  }

  /** Tells of somebody who is in a case's channel without being on the case. True when it is so. */
  async stranger(channel: string, account: string, told: Told): Promise<boolean> {
    const of = account === this.#context.self ? undefined : await this.caseOf(channel)
    if (of === undefined || !this.isStranger(of, account)) return false
    await this.#notice({ verb: 'notice-stranger', case: of.id, platform: 'slack', account }, told)
    return true
  }

  /** Tells that a stranger left, or was put out: once they come again, it is news. */
  async strangerLeft(channel: string, account: string, told: Told): Promise<void> {
    const of = await this.caseOf(channel)
    if (of === undefined || !(await this.#strangersOf(of.id)).has(account)) return
    await this.#notice({ verb: 'notice-stranger', case: of.id, platform: 'slack', account, left: true }, told)
  }

  /** Whether an account belongs to somebody on the case. */
  isOfCase({ state }: Of, account: string): boolean {
    const person = this.#context.engine.personOfAccount('slack', account)
    return person !== undefined && state.people[person.id] !== undefined
  }

  isStranger(of: Of, account: string): boolean {
    return account !== this.#context.self && !this.isOfCase(of, account)
  }

  /**
   * What a look finds that no event has said: at the start, and after a time without a connection. `members` where they
   * could be asked for. Gives the strangers among them.
   */
  async found(of: Of, seen: SeenChannel | 'nothing', members?: readonly string[]): Promise<readonly string[]> {
    const known = of.state.channels.slack
    if (known === undefined) return []
    await this.#foundOfChannel(of, seen, known)
    return members === undefined ? [] : this.#foundInside(of, known.channel, members)
  }

  async #foundOfChannel(of: Of, seen: SeenChannel | 'nothing', known: Channel): Promise<void> {
    const { channel } = known
    const tell = (news: Omit<News, 'channel'>): Promise<void> =>
      this.#tell(of, { channel, ...news }, this.#found(channel, news.what))
    if (seen === 'nothing') return tell({ what: 'deleted' })
    if (seen.is_archived === true) return tell({ what: 'archived' })
    if (known.gone === 'archived') await tell({ what: 'unarchived' })
    if (seen.name !== undefined && seen.name !== known.name) await tell({ what: 'renamed', name: seen.name })
    if (isExposed(seen) && known.exposed === undefined) await tell({ what: 'exposed' })
  }

  async #foundInside(of: Of, channel: string, members: readonly string[]): Promise<readonly string[]> {
    const known = await this.#strangersOf(of.id)
    const strangers = members.filter((member) => this.isStranger(of, member))
    const tell = (account: string, more: { readonly left?: true }): Promise<void> =>
      this.#notice(
        { verb: 'notice-stranger', case: of.id, platform: 'slack', account, ...more },
        this.#found(channel, `${more.left === true ? 'left:' : ''}${account}`),
      )
    for (const account of known) if (!strangers.includes(account)) await tell(account, { left: true })
    for (const account of strangers.filter((each) => !known.has(each)).slice(0, STRANGERS_NAMED_MAX))
      await tell(account, {})
    return strangers
  }

  /** Each look is news of its own; core knows what it was told before. */
  #found(channel: string, what: string): Told {
    return `found:${channel}:${what}:${this.#context.now()}`
  }

  /** Who was noticed last, and not seen to have left since. */
  async #strangersOf(id: CaseId): Promise<ReadonlySet<string>> {
    return strangersIn(await this.#context.engine.history(id), 'slack')
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
