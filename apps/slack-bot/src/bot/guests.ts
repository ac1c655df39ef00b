import { errorName } from '@embargo/bot-kit'
import type { Log } from '@embargo/engine'
import type { WebClient } from '@slack/web-api'
import { slackCode } from '../platform/api-errors.ts'

/**
 * Removes an account that is not on the case from the channel of the case, if the account is a guest or belongs to
 * another organisation. Only the policy may let in guests and members of other organisations. `Watch` also
 * reports the account, so if Slack refuses to remove it, people can do so.
 */
export async function putOutGuest(
  client: WebClient,
  log: Log,
  { channel, account }: { readonly channel: string; readonly account: string },
): Promise<void> {
  try {
    const { user } = await client.users.info({ user: account })
    const abroad = user?.is_restricted === true || user?.is_ultra_restricted === true || user?.is_stranger === true
    if (abroad) await client.conversations.kick({ channel, user: account })
  } catch (error) {
    log.warn('a guest could not be removed from a channel', { error: slackCode(error) ?? errorName(error) })
  }
}
