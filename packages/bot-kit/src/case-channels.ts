import type { CaseId, CaseState, PersonId, Platform, SystemRequest } from '@embargo/core'
import { CommandId, readableChannels, strangersIn } from '@embargo/core'
import type { BaseContext } from './context.ts'

/** The case of a channel. */
export type ChannelCase = { readonly id: CaseId; readonly state: CaseState }

type WithoutCase<Request> = Request extends unknown ? Omit<Request, 'case' | 'platform'> : never

/** What a bot reports about a channel and the people in it. */
export type ChannelNews = WithoutCase<
  Extract<SystemRequest, { verb: 'notice-channel' | 'notice-person' | 'notice-stranger' }>
>

/** The channels of cases on one platform: what is known about them, and the way to report news about them to core. */
export class CaseChannels {
  readonly #platform: Exclude<Platform, 'terminal'>
  readonly #context: Pick<BaseContext, 'engine' | 'log' | 'self' | 'now'>

  constructor(platform: Exclude<Platform, 'terminal'>, context: Pick<BaseContext, 'engine' | 'log' | 'self' | 'now'>) {
    this.#platform = platform
    this.#context = context
  }

  /** The case to which a channel belongs; undefined if the channel is not a case's channel. */
  async caseOf(channel: string): Promise<ChannelCase | undefined> {
    const id = await this.#context.engine.queries.caseByChannel(this.#platform, channel)
    const state = id === undefined ? undefined : await this.#context.engine.queries.state(id)
    return state?.kind === 'case' ? { id: state.id, state } : undefined
  }

  /**
   * Whether core already knows that people outside the case can read a channel. If so, core decides what may still be
   * posted in it.
   */
  async knownExposed(channel: string): Promise<boolean> {
    const of = await this.caseOf(channel)
    return of !== undefined && this.isKnownExposed(of, channel)
  }

  isKnownExposed({ state: { channels } }: ChannelCase, channel: string): boolean {
    const known = channels[this.#platform]
    return (
      known !== undefined && readableChannels(known).some((one) => one.channel === channel && one.exposed !== undefined)
    )
  }

  /** Whether core was told that this person is on the case but not in the case's channel. */
  isMissed({ state: { channels } }: ChannelCase, person: PersonId): boolean {
    return channels[this.#platform]?.missing?.includes(person) === true
  }

  /** The person to whom an account belongs, if they are on the case. */
  personOf({ state }: ChannelCase, account: string): PersonId | undefined {
    const person = this.#context.engine.queries.personOfAccount(this.#platform, account)?.id
    return person === undefined || state.people[person] === undefined ? undefined : person
  }

  /**
   * Whether an account belongs to somebody who is not on the case. The bot's own account does not count as a stranger.
   */
  isStranger(of: ChannelCase, account: string): boolean {
    return account !== this.#context.self && this.personOf(of, account) === undefined
  }

  /** The strangers who were noticed in the channel and have not left since. */
  async strangersOf({ id }: ChannelCase, channel: string): Promise<ReadonlySet<string>> {
    return strangersIn(await this.#context.engine.queries.history(id), { platform: this.#platform, channel })
  }

  /**
   * Reports news to core. `key` identifies the news, so that it is reported only once. Returns false if it was reported
   * before.
   */
  async notice({ id }: ChannelCase, news: ChannelNews, key: string): Promise<boolean> {
    const { engine, log, now } = this.#context
    const answered = await engine.commands.handle({
      commandId: CommandId.parse(`${this.#platform}:${key}`),
      actor: { kind: 'system', part: 'chat' },
      at: now(),
      request: { ...news, case: id, platform: this.#platform },
    })
    if (!answered.ok) log.warn('a change to a channel was not recorded', { gate: answered.refusal.gate })
    return !answered.repeated
  }
}
