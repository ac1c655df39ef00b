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
  // A disabled group has no members any more.
  app.event('subteam_updated', ({ event, body }) => changed(body.event_id, event.subteam.id ?? ''))
}

/** Asks for the members of every mapped group, since events that were missed are not repeated. */
export async function lookAtGroups(context: Groups): Promise<void> {
  for (const mapped of mappedGroups(context.policy.policy, 'slack')) {
    try {
      await tellMembers(context, mapped, `found:${context.now()}`)
    } catch (error) {
      // The last known members stay until Slack answers.
      context.log.warn('the members of a user group are not known', { role: mapped.role, error: errorName(error) })
    }
  }
}

async function tellMembers(context: Groups, mapped: MappedGroup, noticeKey: string): Promise<void> {
  const { client, log, now, self } = context
  const found = await membersOf(client, mapped.group)
  if (found === undefined) sayMissing(client, log, mapped)
  const members = found ?? []
  const accounts: GroupMember[] = []
  // One after the other: a hundred people are a minute's worth of questions.
  for (const account of members.filter((each) => each !== self)) {
    // A larger group is a mistake, and core refuses it without a request for each member.
    const isMany = members.length > GROUP_MEMBERS_MAX
    accounts.push(isMany ? { account, name: account } : await memberNow(client, account, now()))
  }
  await noticeMembers(context, { platform: 'slack', role: mapped.role, accounts }, noticeKey)
}

const reportedMissing = new WeakMap<WebClient, Set<string>>()

/** Logs it once for each group, because the group is asked for every few minutes. */
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

/** Undefined if there is no such group. */
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
