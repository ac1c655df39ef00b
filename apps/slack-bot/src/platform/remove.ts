import { OutsideError } from '@embargo/engine'
import type { WebClient } from '@slack/web-api'
import { outsideError, slackCode } from './api-errors.ts'

/** Errors that mean that the account is not in the channel. */
const NOT_IN_CHANNEL: readonly string[] = ['not_in_channel', 'user_not_found']
/** Errors of a workspace that does not let an app remove people. */
const FORBIDDEN: readonly string[] = ['restricted_action', 'not_supported', 'cant_kick_from_general', 'cant_kick_self']

/**
 * Removes accounts from a channel, one in each call, because Slack has no other way. An account that is not in the
 * channel counts as success.
 * @throws {OutsideError} `refused`, after the others have been removed, if Slack does not let the app remove somebody
 */
export async function remove(
  client: WebClient,
  { channel, accounts }: { readonly channel: string; readonly accounts: readonly string[] },
): Promise<void> {
  const staying: string[] = []
  for (const user of accounts) {
    const answer = await kicked(client, channel, user)
    if (answer !== undefined && FORBIDDEN.includes(answer)) staying.push(answer)
  }
  if (staying.length === 0) return
  throw new OutsideError(
    'refused',
    `Slack would not let Embargo remove ${staying.length} of ${accounts.length} people from the channel (${[...new Set(staying)].join(', ')}). Remove them by hand now: until then they can read the channel.`,
  )
}

/** Removes one account. Returns undefined if it is out of the channel, otherwise the error that Slack gave. */
async function kicked(client: WebClient, channel: string, user: string): Promise<string | undefined> {
  try {
    await client.conversations.kick({ channel, user })
    return undefined
  } catch (error) {
    const code = slackCode(error)
    if (code !== undefined && (NOT_IN_CHANNEL.includes(code) || FORBIDDEN.includes(code))) return code
    throw outsideError('conversations.kick', 'write', error)
  }
}
