import type { Log } from '@embargo/engine'
import { OutsideError } from '@embargo/engine'
import type { WebClient } from '@slack/web-api'
import { WebAPIPlatformError } from '@slack/web-api'
import { z } from 'zod'
import { INVITEES_MAX } from '../limits.ts'
import { calling, outsideError, slackCode } from './api-errors.ts'

/** Errors that count as success: the account is in the channel already, or is our own. */
const DONE: readonly string[] = ['already_in_channel', 'cant_invite_self']
const IMPOSSIBLE: readonly string[] = [
  'user_not_found',
  'no_user',
  'cant_invite',
  'user_is_restricted',
  'ura_max_channels',
  'user_team_not_in_channel',
]

const MEMBERS_PAGE = 999

/**
 * Invites up to a hundred accounts in each call, because Slack allows only fifty calls a minute. An account that is in
 * the channel already counts as success.
 * @throws {OutsideError} `refused`, after the others have been invited, if somebody cannot be invited at all
 */
export async function invite(
  client: WebClient,
  log: Log,
  request: { readonly channel: string; readonly accounts: readonly string[] },
): Promise<void> {
  const missing: string[] = []
  for (let from = 0; from < request.accounts.length; from += INVITEES_MAX) {
    const lot = request.accounts.slice(from, from + INVITEES_MAX)
    missing.push(...(await inviteLot(client, request.channel, lot)))
  }
  if (missing.length === 0) return
  log.warn('people could not be invited', { count: missing.length })
  throw new OutsideError(
    'refused',
    `Slack would not let ${missing.length} of ${request.accounts.length} people into the channel (${[...new Set(missing)].join(', ')}). Check their Slack member ids in the policy, and that they are full members of the workspace.`,
  )
}

/** Invites these accounts. Returns Slack's error for each account that cannot be invited. */
async function inviteLot(client: WebClient, channel: string, lot: readonly string[]): Promise<readonly string[]> {
  const missing: string[] = []
  let rest = lot
  while (rest.length > 0) {
    const { refused, problems } = await answerTo(client, channel, rest)
    missing.push(...problems.map(({ error }) => error).filter((error) => !DONE.includes(error)))
    if (refused === undefined) return missing
    if (problems.length === 0) return [...missing, ...(await inviteEach(client, channel, rest))]
    const named = new Set(problems.map(({ user }) => user))
    rest = rest.filter((account) => !named.has(account))
  }
  return missing
}

/**
 * Invites each account alone, because Slack did not say which one it refuses. Accounts that an earlier attempt invited
 * are skipped, so each attempt makes progress.
 */
async function inviteEach(client: WebClient, channel: string, lot: readonly string[]): Promise<readonly string[]> {
  const missing: string[] = []
  const { members = [] } = await calling('conversations.members', 'read', () =>
    client.conversations.members({ channel, limit: MEMBERS_PAGE }),
  )
  for (const account of lot.filter((each) => !members.includes(each))) {
    const { refused, problems } = await answerTo(client, channel, [account])
    const error = problems[0]?.error ?? refused
    if (error !== undefined && !DONE.includes(error)) missing.push(error)
  }
  return missing
}

/** The accounts that Slack did not invite, each with Slack's error. */
const InviteErrors = z.object({ errors: z.array(z.object({ user: z.string(), error: z.string() })) })
type Problem = z.infer<typeof InviteErrors>['errors'][number]

const problemsOf = (answer: unknown, users: readonly string[]): readonly Problem[] => {
  const named = InviteErrors.safeParse(answer)
  return named.success ? named.data.errors.filter(({ user }) => users.includes(user)) : []
}

/**
 * Invites accounts. With `force`, Slack invites the accounts that it can invite, and names the others
 * (https://docs.slack.dev/reference/methods/conversations.invite). If nobody was invited, `refused` is Slack's reason;
 * a second call without the named accounts may succeed.
 */
async function answerTo(
  client: WebClient,
  channel: string,
  accounts: readonly string[],
): Promise<{ readonly refused?: string; readonly problems: readonly Problem[] }> {
  try {
    const answer = await client.conversations.invite({ channel, users: accounts.join(','), force: true })
    return { problems: problemsOf(answer, accounts) }
  } catch (error) {
    const refused = slackCode(error)
    const problems = error instanceof WebAPIPlatformError ? problemsOf(error.data, accounts) : []
    if (refused !== undefined && (problems.length > 0 || DONE.includes(refused) || IMPOSSIBLE.includes(refused)))
      return { refused, problems }
    throw outsideError('conversations.invite', 'write', error)
  }
}
