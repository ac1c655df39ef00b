import type { GroupMember } from '@embargo/bot-kit'
import type { Instant, OutsiderKind } from '@embargo/core'
import { MINUTE } from '@embargo/core'
import type { UsersInfoResponse, WebClient } from '@slack/web-api'
import { calling, slackCode } from '../platform/api-errors.ts'

/**
 * How long a looked-up account is remembered. The time is long enough for one pass over all groups to look up each
 * account only once. Later, the account is looked up again, because it may have changed:
 * https://docs.slack.dev/reference/methods/users.info
 */
const KNOWN_FOR_MS = 4 * MINUTE
/** How many accounts are remembered. The groups that give roles are expected to have fewer members in total. */
const REMEMBERED_MAX = 1000

type CachedMember = { readonly member: GroupMember; readonly at: Instant }

const memberCache = new WeakMap<WebClient, Map<string, CachedMember>>()

/**
 * The account's current membership in this workspace.
 * @throws if Slack does not answer, because a membership must not be assumed
 */
export async function memberNow(client: WebClient, account: string, at: Instant): Promise<GroupMember> {
  const remembered = memberCache.get(client) ?? new Map<string, CachedMember>()
  memberCache.set(client, remembered)
  const before = remembered.get(account)
  if (before !== undefined && at - before.at < KNOWN_FOR_MS) return before.member
  const member = await fetchMember(client, account)
  if (remembered.size >= REMEMBERED_MAX) remembered.clear()
  remembered.set(account, { member, at })
  return member
}

async function fetchMember(client: WebClient, account: string): Promise<GroupMember> {
  try {
    const team = await teamOf(client)
    const { user } = await client.users.info({ user: account })
    if (user === undefined) return { account, name: account, is: 'other-organisation' }
    const names = [user.profile?.display_name, user.real_name, user.name]
    const name = names.find((one) => one !== undefined && one !== '') ?? account
    const is = outsider(user, team)
    return { account, name, ...(is === undefined ? {} : { is }) }
  } catch (error) {
    if (slackCode(error) === 'user_not_found' || slackCode(error) === 'user_not_visible')
      return { account, name: account, is: 'other-organisation' }
    return calling('users.info', 'read', () => Promise.reject(error))
  }
}

type User = NonNullable<UsersInfoResponse['user']>

/**
 * Why an account is not a full member of this workspace; undefined if it is one:
 * https://docs.slack.dev/reference/objects/user-object
 */
function outsider(user: User, team: string): OutsiderKind | undefined {
  if (user.deleted === true) return 'deactivated'
  if (user.is_bot === true || user.is_workflow_bot === true || user.id === 'USLACKBOT') return 'bot'
  if (user.is_stranger === true || !isOf(user, team)) return 'other-organisation'
  return user.is_restricted === true || user.is_ultra_restricted === true ? 'guest' : undefined
}

/** In an organisation with several workspaces, an account has one home workspace and may be a member of others. */
const isOf = ({ team_id: home, enterprise_user: org }: User, team: string): boolean =>
  home === team || org?.teams?.includes(team) === true

const teams = new WeakMap<WebClient, string>()

/** The workspace to which the bot token belongs. */
async function teamOf(client: WebClient): Promise<string> {
  const team = teams.get(client) ?? (await client.auth.test()).team_id ?? ''
  teams.set(client, team)
  return team
}
