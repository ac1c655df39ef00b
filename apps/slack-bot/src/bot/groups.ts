import { setTimeout as pause } from 'node:timers/promises'
import { CommandId, PEOPLE } from '@embargo/core'
import type { Policy, RoleName } from '@embargo/core'
import { OutsideError } from '@embargo/engine'
import type { App } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import { GROUP_MEMBERS_MAX } from '../limits.ts'
import { calling, slackCode } from '../platform/outside.ts'
import { nameOf } from './commands.ts'
import type { BotContext } from './context.ts'
import { memberNow } from './members.ts'
import type { GroupMember } from './members.ts'

type Groups = Pick<BotContext, 'client' | 'engine' | 'log' | 'now' | 'policy' | 'deliveries' | 'self'>
type Mapped = { readonly role: RoleName; readonly group: string }

/** The user groups that the policy maps to roles. */
export function mappedGroups({ groups }: Pick<Policy, 'groups'>): readonly Mapped[] {
  const roles: readonly RoleName[] = ['admin', 'team', 'maintainer', 'releaser', 'observer']
  return roles.flatMap((role) => {
    const group = groups[role]?.slack
    return group === undefined ? [] : [{ role, group }]
  })
}

/** Listens to changes of the user groups that give roles. */
export function listenToGroups(app: App, context: Groups): void {
  const changed = async (event: string, group: string): Promise<void> => {
    for (const mapped of mappedGroups(context.policy.policy).filter((each) => each.group === group)) {
      await context.deliveries.once(`${event}:${mapped.role}`, () => tellMembers(context, mapped, `event:${event}`))
    }
  }
  app.event('subteam_members_changed', ({ event, body }) => changed(body.event_id, event.subteam_id))
  // Switched off, it has no members any more.
  app.event('subteam_updated', ({ event, body }) => changed(body.event_id, event.subteam.id ?? ''))
}

/** A change that Slack did not tell of counts after this time. */
const LOOK_AGAIN_MS = 5 * 60_000

/** Asks at once, and again every few minutes until it is told to stop. */
export async function lookAtGroupsRegularly(context: Groups, signal: AbortSignal): Promise<void> {
  if (mappedGroups(context.policy.policy).length === 0) return
  while (!signal.aborted) {
    await lookAtGroups(context)
    await pause(LOOK_AGAIN_MS, undefined, { signal, ref: false }).catch(() => undefined)
  }
}

/** Asks for the members of every mapped group: what happened while nobody listened is not told later. */
async function lookAtGroups(context: Groups): Promise<void> {
  for (const mapped of mappedGroups(context.policy.policy)) {
    try {
      await tellMembers(context, mapped, `found:${context.now()}`)
    } catch (error) {
      // Whoever was known stays known until Slack answers.
      context.log.warn('the members of a user group are not known', { role: mapped.role, error: nameOf(error) })
    }
  }
}

async function tellMembers(
  { client, engine, log, now, self }: Groups,
  { role, group }: Mapped,
  told: string,
): Promise<void> {
  const found = await membersOf(client, group)
  if (found === undefined) sayMissing(client, log, { role, group })
  const accounts = found ?? []
  const all: GroupMember[] = []
  // One after the other: a hundred people are a minute's worth of questions.
  for (const account of accounts.filter((each) => each !== self)) {
    // More than core takes is a mistake, and is refused there without asking for each.
    all.push(accounts.length > GROUP_MEMBERS_MAX ? { account, name: account } : await memberNow(client, account, now()))
  }
  const members = all.flatMap(({ is, ...member }) => (is === undefined ? [member] : []))
  const outsiders = all.flatMap(({ is, ...member }) => (is === undefined ? [] : [{ ...member, is }]))
  const answered = await engine.handle({
    commandId: CommandId.parse(`slack:members:${role}:${told}`),
    actor: { kind: 'system', part: 'chat' },
    at: now(),
    request: {
      verb: 'notice-members',
      stream: PEOPLE,
      platform: 'slack',
      role,
      members,
      ...(outsiders.length > 0 && { outsiders }),
    },
  })
  if (!answered.ok) log.warn('the members of a user group were not taken', { role, gate: answered.refusal.gate })
}

const said = new WeakMap<WebClient, Set<string>>()

/** Once for each group: it is asked for every few minutes. */
function sayMissing(client: WebClient, log: Groups['log'], mapped: Mapped): void {
  const before = said.get(client) ?? new Set<string>()
  said.set(client, before)
  if (before.has(mapped.group)) return
  before.add(mapped.group)
  log.warn(
    'the policy maps a user group that Slack does not have or that is switched off, so its role is given to nobody: correct “groups” in the policy (in Slack, People → User groups → the group → Copy group ID)',
    mapped,
  )
}

/** Undefined where there is no such group. */
async function membersOf(client: WebClient, usergroup: string): Promise<readonly string[] | undefined> {
  try {
    return (await client.usergroups.users.list({ usergroup })).users ?? []
  } catch (error) {
    if (slackCode(error) === 'plan_upgrade_required') {
      throw new OutsideError(
        'refused',
        'This workspace has no user groups: they come with a paid plan. Name people in the policy instead.',
        { cause: error },
      )
    }
    // A group that was switched off, or never was, gives its role to nobody.
    if (slackCode(error) === 'no_such_subteam') return undefined
    return calling('usergroups.users.list', 'read', () => Promise.reject(error))
  }
}
