import type { Client } from 'discord.js'
import { GatewayDispatchEvents } from 'discord.js'
import { z } from 'zod'
import { holderOf, Member } from '../platform/role-members.ts'
import type { Holder } from '../platform/role-members.ts'

/**
 * https://docs.discord.com/developers/events/gateway-events#guild-member-update, and the events for members who join or
 * leave the server
 */
const MemberEvent = Member.extend({ guild_id: z.string(), roles: z.array(z.string()).default([]) })

const EVENTS = [
  GatewayDispatchEvents.GuildMemberAdd,
  GatewayDispatchEvents.GuildMemberUpdate,
  GatewayDispatchEvents.GuildMemberRemove,
] as const

/**
 * Reports members who join, leave or get other roles. A member who left has no roles. This reads the raw events: the
 * library has events only for members that it caches, and it caches none here.
 */
export function onMember(
  client: Client,
  guild: string,
  listener: (member: Holder & { readonly isHere: boolean }) => void,
): void {
  for (const event of EVENTS)
    client.ws.on(event, (data: unknown) => {
      const parsed = MemberEvent.safeParse(data)
      if (!parsed.success || parsed.data.guild_id !== guild) return
      const isHere = event !== GatewayDispatchEvents.GuildMemberRemove
      listener({ ...holderOf(parsed.data), ...(isHere ? {} : { roles: [] }), isHere })
    })
}

/** Lists the members of the server who have a role. */
export type Holders = () => Promise<readonly Holder[]>

/**
 * Lists the members of the server. A listing can take a minute or more, so all callers that ask while a listing is
 * running wait for it to end, and then share the next listing. If a member changes during a listing, the result
 * contains the changed member, because Discord may have sent that member's page before the change.
 */
export class ServerMembers {
  readonly #list: Holders
  /** Members who changed during a listing. */
  readonly #since = new Map<string, Holder>()
  #running: Promise<readonly Holder[]> | undefined
  #next: Promise<readonly Holder[]> | undefined

  constructor(list: Holders) {
    this.#list = list
  }

  readonly holders: Holders = () => {
    if (this.#running === undefined) return this.#begin()
    this.#next ??= this.#running
      .then(
        () => {},
        () => {},
      )
      .then(() => {
        this.#next = undefined
        return this.#begin()
      })
    return this.#next
  }

  /** Records that a member got other roles or left the server. */
  heard(member: Holder): void {
    if (this.#running !== undefined) this.#since.set(member.account, member)
  }

  #begin(): Promise<readonly Holder[]> {
    this.#since.clear()
    this.#running = this.#list()
      .then((listed) => [...listed.filter(({ account }) => !this.#since.has(account)), ...this.#since.values()])
      .finally(() => {
        this.#running = undefined
      })
    return this.#running
  }
}
