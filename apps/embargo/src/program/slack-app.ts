import { catalogue } from '@embargo/chat'
import type { Config } from '@embargo/config'
import type { SlackConfig, SlackManifest } from '@embargo/slack-bot'

/** The configured prefix in the form that the bot needs: without a `-` or `_` at the end; undefined if it is empty. */
export function botPrefix(written: string): string | undefined {
  const word = written.replace(/[-_]$/u, '')
  return word === '' ? undefined : word
}

/** The settings for the bot, with its secrets revealed. Only the bot may get them. */
export const slackBotConfig = (slack: NonNullable<Config['slack']>): SlackConfig => ({
  appToken: slack.appToken?.reveal(),
  botToken: slack.botToken.reveal(),
  apiUrl: slack.apiUrl,
  prefix: botPrefix(slack.prefix),
  sockets: slack.sockets,
  ...(slack.http === undefined
    ? {}
    : { http: { signingSecret: slack.http.signingSecret.reveal(), listen: slack.http.listen } }),
})

/**
 * The manifest of the app to create at api.slack.com. `prefix` is the value of `EMBARGO_SLACK_PREFIX`. With `url`, the
 * app uses HTTP, otherwise Socket Mode.
 */
export async function slackApp(prefix: string, url?: string): Promise<SlackManifest> {
  const { slackManifest } = await import('@embargo/slack-bot')
  return slackManifest({ prefix: botPrefix(prefix), commands: catalogue({ platform: 'slack' }), url })
}
