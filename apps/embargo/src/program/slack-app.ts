import { catalogue } from '@embargo/chat'
import type { SlackManifest } from '@embargo/slack-bot'

/** What a configuration writes before every verb (`sec-`, or nothing), as the bot takes it: without the dash, or absent. */
export function botPrefix(written: string): string | undefined {
  const word = written.replace(/[-_]$/u, '')
  return word === '' ? undefined : word
}

/** The app to make at api.slack.com, for a prefix as the configuration writes it. */
export async function slackApp(prefix: string): Promise<SlackManifest> {
  const { slackManifest } = await import('@embargo/slack-bot')
  return slackManifest({ prefix: botPrefix(prefix), commands: catalogue({ platform: 'slack' }) })
}
