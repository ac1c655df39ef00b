import { catalogue } from '@embargo/chat'
import { slackManifest } from '@embargo/slack-bot'
import type { SlackManifest } from '@embargo/slack-bot'

/** What a configuration writes before every verb (`sec-`, or nothing), as the bot takes it: without the dash, or absent. */
export function botPrefix(written: string): string | undefined {
  const word = written.replace(/[-_]$/u, '')
  return word === '' ? undefined : word
}

/** The app to make at api.slack.com, for a prefix as the configuration writes it. */
export const slackApp = (prefix: string): SlackManifest =>
  slackManifest({ prefix: botPrefix(prefix), commands: catalogue({ platform: 'slack' }) })
