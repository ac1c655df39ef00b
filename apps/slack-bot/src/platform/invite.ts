import type { Log } from '@embargo/engine'
import { OutsideError } from '@embargo/engine'
import type { WebClient } from '@slack/web-api'
import { INVITEES_MAX } from '../limits.ts'
import { outsideError, slackCode } from './outside.ts'

/** Answers after which the person is where they should be, or never can be: neither may keep the others out. */
const DONE: readonly string[] = ['already_in_channel', 'cant_invite_self']
const IMPOSSIBLE: readonly string[] = [
  'user_not_found',
  'no_user',
  'cant_invite',
  'user_is_restricted',
  'ura_max_channels',
  'user_team_not_in_channel',
]

/**
 * Invites accounts, at most a hundred a call. Already there is success. When a call is refused for one of many, each is
 * invited alone.
 * @throws {OutsideError} `refused`, once the others are in, when somebody cannot be invited at all
 */
export async function invite(
  client: WebClient,
  log: Log,
  request: { readonly channel: string; readonly accounts: readonly string[] },
): Promise<void> {
  const missing: string[] = []
  for (let from = 0; from < request.accounts.length; from += INVITEES_MAX) {
    const batch = request.accounts.slice(from, from + INVITEES_MAX)
    const failed = await inviteBatch(client, request.channel, batch)
    if (failed === undefined) continue
    if (batch.length === 1) {
      if (IMPOSSIBLE.includes(failed)) missing.push(failed)
      continue
    }
    for (const account of batch) {
      const alone = await inviteBatch(client, request.channel, [account])
      if (alone !== undefined && IMPOSSIBLE.includes(alone)) missing.push(alone)
    }
  }
  if (missing.length === 0) return
  log.warn('people could not be invited', { count: missing.length })
  throw new OutsideError(
    'refused',
    `Slack would not let ${missing.length} of ${request.accounts.length} people into the channel (${[...new Set(missing)].join(', ')}). Check their Slack member ids in the policy, and that they are full members of the workspace.`,
  )
}

/** Undefined when all are in, else which of the tolerated answers Slack gave. */
async function inviteBatch(
  client: WebClient,
  channel: string,
  accounts: readonly string[],
): Promise<string | undefined> {
  try {
    await client.conversations.invite({ channel, users: accounts.join(',') })
    return undefined
  } catch (error) {
    const code = slackCode(error)
    if (code !== undefined && (DONE.includes(code) || IMPOSSIBLE.includes(code))) return code
    throw outsideError('conversations.invite', 'write', error)
  }
}
