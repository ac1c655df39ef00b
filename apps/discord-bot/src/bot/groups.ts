import { errorName, mappedGroups, noticeMembers } from '@embargo/bot-kit'
import type { MappedGroup } from '@embargo/bot-kit'
import { CommandId, PEOPLE } from '@embargo/core'
import type { Client } from 'discord.js'
import { Routes } from 'discord.js'
import { z } from 'zod'
import type { BotContext } from './context.ts'
import type { Holders } from './members.ts'
import { onMember } from './members.ts'

type Roles = Pick<BotContext, 'rest' | 'engine' | 'log' | 'now' | 'policy' | 'deliveries' | 'guild'>

/** Listens to changes of members' roles. */
export function listenToGroups(client: Client, context: Roles): void {
  const mapped = mappedGroups(context.policy.policy, 'discord')
  if (mapped.length === 0) return
  let count = 0
  onMember(client, context.guild, ({ account, name, is, roles: theirs }) => {
    if (is === 'bot') return
    count += 1
    const key = `${context.now()}:${count}`
    const { engine, log, now } = context
    const request = {
      verb: 'notice-member',
      stream: PEOPLE,
      platform: 'discord',
      account,
      name,
      // An account that is not yet a full member of the server, or is a guest, gets no roles here. `lookAtGroups`
      // reports such an account as well, with the reason why the account does not count.
      roles: mapped.filter(({ group }) => is === undefined && theirs.includes(group)).map(({ role }) => role),
    } as const
    void context.deliveries
      .once(`roles:${key}`, async () => {
        const commandId = CommandId.parse(`discord:member:${account}:${key}`)
        const actor = { kind: 'system', part: 'chat' } as const
        const answered = await engine.commands.handle({ commandId, actor, at: now(), request })
        if (!answered.ok) log.warn('a change of roles was refused', { gate: answered.refusal.gate })
      })
      .catch((error: unknown) => log.error('a change of roles was not recorded', { error: errorName(error) }))
  })
}

/**
 * Logs the roles that the policy maps but the server does not have, each once. Such a role gives nobody any rights, and
 * people would find the reason nowhere else.
 */
async function sayMissing(
  { rest, guild, log }: Roles,
  mapped: readonly MappedGroup[],
  warnedGroups: Set<string>,
): Promise<void> {
  try {
    const there = new Set(
      z
        .array(Role)
        .parse(await rest.get(Routes.guildRoles(guild)))
        .map(({ id }) => id),
    )
    for (const { role, group } of mapped) {
      if (there.has(group) || warnedGroups.has(group)) continue
      warnedGroups.add(group)
      log.warn(
        'the policy maps a Discord role that does not exist in the server, so nobody gets rights from it: correct “groups” in the policy (right-click the role → Copy Role ID)',
        { role, group },
      )
    }
  } catch (error) {
    log.warn('the roles of the Discord server could not be read', { error: errorName(error) })
  }
}

const Role = z.object({ id: z.string() })

/**
 * Asks Discord for the members of all mapped roles, because Discord does not repeat events that we missed. `missing`:
 * roles that were already reported as missing.
 */
export async function lookAtGroups(context: Roles, holders: Holders, missing: Set<string>): Promise<void> {
  const mapped = mappedGroups(context.policy.policy, 'discord')
  if (mapped.length === 0) return
  await sayMissing(context, mapped, missing)
  try {
    const all = await holders()
    for (const { role, group } of mapped) {
      const accounts = all.flatMap(({ roles, ...member }) => (roles.includes(group) ? [member] : []))
      await noticeMembers(context, { platform: 'discord', role, accounts }, String(context.now()))
    }
  } catch (error) {
    // Until Discord answers, the last known members keep their roles.
    context.log.warn('the members of the mapped Discord roles could not be listed; Embargo asks Discord again later', {
      error: errorName(error),
    })
  }
}
