import type { WebClient } from '@slack/web-api'
import { outsideError, slackCode } from './api-errors.ts'

/**
 * Archives a channel. A bot that archives a private channel leaves it, and can neither read nor unarchive it
 * afterwards: https://docs.slack.dev/reference/methods/conversations.archive
 */
export async function archiveChannel(client: WebClient, channel: string): Promise<void> {
  try {
    await client.conversations.archive({ channel })
  } catch (error) {
    const code = slackCode(error)
    if (code === 'already_archived' || code === 'channel_not_found') return
    throw outsideError('conversations.archive', 'write', error)
  }
}
