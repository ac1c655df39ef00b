import { errorName, mappedGroups, noticeMembers } from '@embargo/bot-kit'
import type { GroupMember, MappedGroup } from '@embargo/bot-kit'
import { OutsideError } from '@embargo/engine'
import type { App } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import { GROUP_MEMBERS_MAX } from '../limits.ts'
import { calling, slackCode } from '../platform/api-errors.ts'
import type { BotContext } from './context.ts'
import { memberNow } from './members.ts'

type Groups = Pick<BotContext, 'client' | 'engine' | 'log' | 'now' | 'policy' | 'deliveries' | 'self'>

/** Listens to changes of the user groups that give roles. */
export function listenToGroups(app: App, context: Groups): void {
  const changed = async (event: string, group: string): Promise<void> => {
    for (const mapped of mappedGroups(context.policy.policy, 'slack').filter((each) => each.group === group)) {
      await context.deliveries.once(`${event}:${mapped.role}`, () => tellMembers(context, mapped, `event:${event}`))
    }
  }
  app.event('subteam_members_changed', ({ event, body }) => changed(body.event_id, event.subteam_id))
  // Slack also sends this event when a group is disabled. The group then no longer has members.
  app.event('subteam_updated', ({ event, body }) => changed(body.event_id, event.subteam.id ?? ''))
}

/** Asks Slack for the members of every mapped group, because Slack does not repeat events that we missed. */
export async function lookAtGroups(context: Groups): Promise<void> {
  for (const mapped of mappedGroups(context.policy.policy, 'slack')) {
    try {
      await tellMembers(context, mapped, `found:${context.now()}`)
    } catch (error) {
      // Until Slack answers, the last known members keep their role.
      context.log.warn('the members of a user group could not be read', { role: mapped.role, error: errorName(error) })
    }
  }
}

async function tellMembers(context: Groups, mapped: MappedGroup, noticeKey: string): Promise<void> {
  const { client, log, now, self } = context
  const found = await membersOf(client, mapped.group)
  if (found === undefined) sayMissing(client, log, mapped)
  const members = found ?? []
  const accounts: GroupMember[] = []
  // The members are looked up one after the other, because Slack allows only a hundred look-ups a minute.
  for (const account of members.filter((each) => each !== self)) {
    // A group with more members than the maximum is a mistake. Core refuses it, so its members are not looked up.
    const isMany = members.length > GROUP_MEMBERS_MAX
    accounts.push(isMany ? { account, name: account } : await memberNow(client, account, now()))
  }
  await noticeMembers(context, { platform: 'slack', role: mapped.role, accounts }, noticeKey)
}

const reportedMissing = new WeakMap<WebClient, Set<string>>()

/** Logs a missing group once, although Slack is asked for it every few minutes. */
function sayMissing(client: WebClient, log: Groups['log'], mapped: MappedGroup): void {
  const before = reportedMissing.get(client) ?? new Set<string>()
  reportedMissing.set(client, before)
  if (before.has(mapped.group)) return
  before.add(mapped.group)
  log.warn(
    'the policy maps a user group that Slack does not have or that is switched off, so its role is given to nobody: correct “groups” in the policy (in Slack, People → User groups → the group → Copy group ID)',
    mapped,
  )
}

/** The members of a user group; undefined if there is no such group. */
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
    // A group that is disabled, or does not exist, gives its role to nobody.
    if (slackCode(error) === 'no_such_subteam') return undefined
    return calling('usergroups.users.list', 'read', () => Promise.reject(error))
  }
}
