import { setTimeout as pause } from 'node:timers/promises'
import { CommandId, PEOPLE } from '@embargo/core'
import type { OutsiderKind, Policy, RoleName } from '@embargo/core'
import type { Client } from 'discord.js'
import { Routes } from 'discord.js'
import { z } from 'zod'
import type { BotContext } from './context.ts'
import { nameOf } from './invoke.ts'
import type { Holders } from './members.ts'
import { onMember } from './members.ts'

type Roles = Pick<BotContext, 'rest' | 'engine' | 'log' | 'now' | 'policy' | 'deliveries' | 'guild'>
type Mapped = { readonly role: RoleName; readonly group: string }

const ROLES: readonly RoleName[] = ['admin', 'team', 'maintainer', 'releaser', 'observer']

/** The Discord roles that the policy maps to Embargo's. */
export const mappedGroups = ({ groups }: Pick<Policy, 'groups'>): readonly Mapped[] =>
  ROLES.flatMap((role) => {
    const group = groups[role]?.discord
    return group === undefined ? [] : [{ role, group }]
  })

/** Listens to what roles people of the server are given and lose. */
export function listenToGroups(client: Client, context: Roles): void {
  const mapped = mappedGroups(context.policy.policy)
  if (mapped.length === 0) return
  let count = 0
  onMember(client, context.guild, ({ account, name, is, roles: theirs }) => {
    if (is === 'bot') return
    count += 1
    const told = `${context.now()}:${count}`
    void context.deliveries
      .once(`roles:${told}`, () =>
        tell(context, `member:${account}:${told}`, {
          verb: 'notice-member',
          account,
          name,
          // Who else gets the role is told with the whole list.
          roles: mapped.filter(({ group }) => is === undefined && theirs.includes(group)).map(({ role }) => role),
        }),
      )
      .catch((error: unknown) => context.log.error('a change of roles was not taken', { error: nameOf(error) }))
  })
}

/** A role that was given while the connection was down, or that Discord did not tell of, counts after this time. */
const LOOK_AGAIN_MS = 5 * 60_000

/** Asks at once, and again every few minutes until it is told to stop. */
export async function lookAtGroupsRegularly(context: Roles, holders: Holders, signal: AbortSignal): Promise<void> {
  if (mappedGroups(context.policy.policy).length === 0) return
  const missing = new Set<string>()
  while (!signal.aborted) {
    await sayMissing(context, missing)
    await lookAtGroups(context, holders)
    await pause(LOOK_AGAIN_MS, undefined, { signal, ref: false }).catch(() => undefined)
  }
}

/** A role that is not there gives its own to nobody, and nothing fails by it. Says each once. */
async function sayMissing({ rest, guild, policy, log }: Roles, said: Set<string>): Promise<void> {
  try {
    const there = new Set(
      z
        .array(Role)
        .parse(await rest.get(Routes.guildRoles(guild)))
        .map(({ id }) => id),
    )
    for (const { role, group } of mappedGroups(policy.policy)) {
      if (there.has(group) || said.has(group)) continue
      said.add(group)
      log.warn(
        'the policy maps a role that the Discord server does not have, so it is given to nobody: correct “groups” in the policy (right-click the role → Copy Role ID)',
        { role, group },
      )
    }
  } catch (error) {
    log.warn('the roles of the Discord server are not known', { error: nameOf(error) })
  }
}

const Role = z.object({ id: z.string() })

/** Asks for the members of every mapped role, in one go: what happened while nobody listened is not told later. */
async function lookAtGroups(context: Roles, holders: Holders): Promise<void> {
  try {
    const all = await holders()
    for (const { role, group } of mappedGroups(context.policy.policy)) {
      const theirs = all.filter(({ roles }) => roles.includes(group))
      const members = theirs.flatMap(({ account, name, is }) => (is === undefined ? [{ account, name }] : []))
      const outsiders = theirs.flatMap(({ account, name, is }) => (is === undefined ? [] : [{ account, name, is }]))
      await tell(context, `members:${role}:${context.now()}`, {
        verb: 'notice-members',
        role,
        members,
        ...(outsiders.length > 0 && { outsiders }),
      })
    }
  } catch (error) {
    // Whoever was known stays known until Discord answers.
    context.log.warn('the members of the Discord roles that the policy maps are not known, and are asked for again', {
      error: nameOf(error),
    })
  }
}

type Member = { readonly account: string; readonly name: string }
type Told =
  | {
      readonly verb: 'notice-members'
      readonly role: RoleName
      readonly members: readonly Member[]
      readonly outsiders?: readonly (Member & { readonly is: OutsiderKind })[]
    }
  | ({ readonly verb: 'notice-member'; readonly roles: readonly RoleName[] } & Member)

async function tell({ engine, log, now }: Roles, told: string, request: Told): Promise<void> {
  const answered = await engine.handle({
    commandId: CommandId.parse(`discord:${told}`),
    actor: { kind: 'system', part: 'chat' },
    at: now(),
    request: { ...request, stream: PEOPLE, platform: 'discord' },
  })
  if (!answered.ok) log.warn('what Discord says of its roles was not taken', { gate: answered.refusal.gate })
}
