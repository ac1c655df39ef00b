import { createHash } from 'node:crypto'
import { CommandId, strangersIn } from '@embargo/core'
import type { CaseId, CaseState, StreamId, SystemRequest } from '@embargo/core'
import type { BotContext } from './context.ts'
import type { Seen } from './exposure.ts'

/** A role can let in thousands; this many are named, and the rest follow from the role. */
const STRANGERS_NAMED_MAX = 25
const ROWS = 100

type Of = { readonly id: CaseId; readonly state: CaseState }
type News = Extract<SystemRequest, { verb: 'notice-channel' }>['what']

/**
 * Looks at channels of cases and tells core what it sees: that one is visible to everybody, renamed or deleted, and who
 * can read in it without being on the case. Decides nothing; core knows what it was told before.
 */
export class Watch {
  readonly #context: BotContext
  /** Who was noticed where, and is still there. */
  readonly #noticed = new Map<string, Set<string>>()
  #count = 0
  readonly #membersOf: (role: string) => Promise<readonly string[]>

  constructor(context: BotContext, membersOf: (role: string) => Promise<readonly string[]>) {
    this.#context = context
    this.#membersOf = membersOf
  }

  /** Looks at one channel. `since`: seen when it happened, not found later. */
  async look(seen: Seen, since: 'now' | 'found'): Promise<void> {
    const { channel, name, exposed, exposure } = seen
    const of = await this.#caseOf(channel)
    if (of === undefined) return
    const known = of.state.channels.discord
    if (known?.name !== name) await this.#tell(of, { channel, what: 'renamed', name })
    if (exposed !== undefined && known?.exposed === undefined) {
      // A category that is found open at each start is the same news: somebody may have said that it is all right.
      const same = since === 'found' && exposed === 'category'
      await this.#tell(of, { channel, what: 'exposed' }, same ? exposure : undefined)
    }
    await this.#strangers(of, seen, since)
  }

  /** Whether core knows that others may read a channel: then it says itself what may still be written there. */
  async knownExposed(channel: string): Promise<boolean> {
    return (await this.#caseOf(channel))?.state.channels.discord?.exposed !== undefined
  }

  /** Tells that everybody can see a channel; false where it is none of a case. */
  async exposed(channel: string): Promise<boolean> {
    const of = await this.#caseOf(channel)
    if (of !== undefined) await this.#tell(of, { channel, what: 'exposed' })
    return of !== undefined
  }

  async deleted(channel: string): Promise<void> {
    const of = await this.#caseOf(channel)
    this.#noticed.delete(channel)
    if (of !== undefined) await this.#tell(of, { channel, what: 'deleted' })
  }

  /** The bot was taken out of the server: every channel of a case is lost with it. */
  async putOut(channels: readonly string[]): Promise<void> {
    for (const channel of channels) {
      const of = await this.#caseOf(channel)
      if (of !== undefined) await this.#tell(of, { channel, what: 'bot-removed' })
    }
  }

  /** Somebody's roles changed: whether one of them lets them into a case's channel. */
  async roles(
    channels: readonly Seen[],
    member: { readonly account: string; readonly roles: readonly string[] },
  ): Promise<void> {
    for (const { channel, roles } of channels) {
      if (!roles.some((role) => member.roles.includes(role))) continue
      const of = await this.#caseOf(channel)
      if (of !== undefined) await this.#stranger(of, channel, member.account, 'now')
    }
  }

  /** What happened while nobody listened: every channel of an open case is looked at. */
  async sweep(channels: readonly Seen[]): Promise<void> {
    const there = new Map(channels.map((seen) => [seen.channel, seen]))
    for (let offset = 0; ; offset += ROWS) {
      const { rows, more } = await this.#context.engine.cases({ open: true, limit: ROWS, offset })
      for (const { stream } of rows) await this.#lookAgain(stream, there)
      if (!more) return
    }
  }

  async #lookAgain(stream: StreamId, there: ReadonlyMap<string, Seen>): Promise<void> {
    const state = await this.#context.engine.state(stream)
    const known = state?.kind === 'case' ? state.channels.discord : undefined
    if (state?.kind !== 'case' || known === undefined || known.gone !== undefined) return
    const seen = there.get(known.channel)
    if (seen !== undefined) return this.look(seen, 'found')
    await this.#tell({ id: state.id, state }, { channel: known.channel, what: 'deleted' }, '')
  }

  async #strangers(of: Of, { channel, accounts, roles }: Seen, since: 'now' | 'found'): Promise<void> {
    const byRole = await Promise.all(roles.map((role) => this.#membersOf(role)))
    const inside = new Set([...accounts, ...byRole.flat()])
    const noticed = this.#noticed.get(channel)
    for (const account of noticed ?? []) if (!inside.has(account)) noticed?.delete(account)
    const known = await this.#strangersOf(of, channel)
    for (const account of known)
      if (!inside.has(account)) await this.#tellStranger(of, channel, account, { left: true })
    let named = 0
    for (const account of inside) {
      if (named >= STRANGERS_NAMED_MAX) return
      if (await this.#stranger(of, channel, account, since)) named += 1
    }
  }

  async #stranger(of: Of, channel: string, account: string, since: 'now' | 'found'): Promise<boolean> {
    const { engine, self } = this.#context
    const person = engine.personOfAccount('discord', account)
    if (account === self || (person !== undefined && of.state.people[person.id] !== undefined)) return false
    const noticed = this.#noticed.get(channel) ?? new Set()
    this.#noticed.set(channel, noticed)
    if (noticed.has(account)) return false
    noticed.add(account)
    if (since === 'found' && (await this.#strangersOf(of, channel)).has(account)) return false
    await this.#tellStranger(of, channel, account, {})
    return true
  }

  async #tellStranger({ id }: Of, channel: string, account: string, more: { readonly left?: true }): Promise<void> {
    const { engine, log, now } = this.#context
    const at = now()
    const answered = await engine.handle({
      commandId: CommandId.parse(`discord:stranger:${channel}:${account}:${this.#once(at)}`),
      actor: { kind: 'system', part: 'chat' },
      at,
      request: { verb: 'notice-stranger', case: id, platform: 'discord', channel, account, ...more },
    })
    if (!answered.ok) log.warn('a stranger was not recorded', { gate: answered.refusal.gate })
  }

  /** Who was noticed last, and not seen to have left since. */
  async #strangersOf({ id }: Of, channel: string): Promise<ReadonlySet<string>> {
    return strangersIn(await this.#context.engine.history(id), { platform: 'discord', channel })
  }

  /** `seen`: what was seen, where the same found again is no news. */
  async #tell({ id }: Of, news: { channel: string; what: News; name?: string }, seen?: string): Promise<void> {
    const { engine, log, now } = this.#context
    const at = now()
    const told = seen === undefined ? this.#once(at) : createHash('sha256').update(seen).digest('hex').slice(0, 16)
    const answered = await engine.handle({
      commandId: CommandId.parse(`discord:channel:${news.channel}:${news.what}:${told}`),
      actor: { kind: 'system', part: 'chat' },
      at,
      request: { verb: 'notice-channel', case: id, platform: 'discord', ...news },
    })
    if (!answered.ok) log.warn('what became of a channel was not recorded', { gate: answered.refusal.gate })
  }

  /** Two things can happen in the same millisecond. */
  #once(at: number): string {
    this.#count += 1
    return `${at}:${this.#count}`
  }

  async #caseOf(channel: string): Promise<Of | undefined> {
    const id = await this.#context.engine.caseByChannel('discord', channel)
    const state = id === undefined ? undefined : await this.#context.engine.state(id)
    return state?.kind === 'case' ? { id: state.id, state } : undefined
  }
}
