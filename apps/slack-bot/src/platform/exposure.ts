import type { WebClient } from '@slack/web-api'
import { neededScope, outsideError, slackCode } from './api-errors.ts'

/** The parts of a channel that this app reads: https://docs.slack.dev/reference/objects/conversation-object */
export type SeenChannel = {
  readonly id?: string | undefined
  readonly name?: string | undefined
  readonly is_archived?: boolean | undefined
  readonly is_private?: boolean | undefined
  readonly is_ext_shared?: boolean | undefined
  readonly is_org_shared?: boolean | undefined
}

/** Whether people of another organisation or workspace, or everybody in this workspace, can read the channel. */
export const isExposed = ({
  is_ext_shared: abroad,
  is_org_shared: across,
  is_private: isPrivate,
}: SeenChannel): boolean => abroad === true || across === true || isPrivate === false

/** What Slack shows of a channel of ours; `nothing` if we cannot see it any more. */
export async function lookAtChannel(client: WebClient, channel: string): Promise<SeenChannel | 'nothing'> {
  try {
    return (await client.conversations.info({ channel })).channel ?? 'nothing'
  } catch (error) {
    // Slack's answer for a deleted channel is the same as for a channel that we were removed from.
    if (slackCode(error) === 'channel_not_found') return 'nothing'
    // Slack asks for another scope than the one for private channels (`groups:…`). We create private channels only, so
    // somebody has made this one public.
    if (neededScope(error)?.includes('groups:') === false) return { id: channel, is_private: false }
    throw outsideError('conversations.info', 'read', error)
  }
}
