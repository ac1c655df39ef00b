import type { Client } from 'discord.js'
import { GatewayDispatchEvents } from 'discord.js'
import { z } from 'zod'
import { holderOf, Member } from '../platform/role-members.ts'
import type { Holder } from '../platform/role-members.ts'

/** https://docs.discord.com/developers/events/gateway-events#guild-member-update, and of who joins or leaves the server */
const MemberEvent = Member.extend({ guild_id: z.string(), roles: z.array(z.string()).default([]) })

const EVENTS = [
  GatewayDispatchEvents.GuildMemberAdd,
  GatewayDispatchEvents.GuildMemberUpdate,
  GatewayDispatchEvents.GuildMemberRemove,
] as const

/**
 * Reports members who join, leave or get other roles; those who left have no roles. It reads the raw events, because the
 * library has no events for members that it does not cache, and it caches none here.
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

/** The members of the server who have a role. */
export type Holders = () => Promise<readonly Holder[]>

/**
 * Listing a large server takes a minute or more. Callers that ask during a listing share the next one, which begins after
 * they asked. Changes to members during a listing are added to it, because Discord may have sent their page before.
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

  /** Records that somebody has other roles, or left. */
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
