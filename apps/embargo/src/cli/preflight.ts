import { controlSocket } from './context.ts'
import type { Config } from '@embargo/config'
import type { Log } from '@embargo/engine'
import { startWebhook } from '@embargo/github'
import { checkListen } from '@embargo/mail-bridge'
import { askRunning } from '../control/client.ts'
import { discordBotConfig } from '../program/discord-app.ts'
import { isFixable } from '../program/bot-supervisor.ts'
import { slackBotConfig } from '../program/slack-app.ts'

/**
 * Checks the listeners and the chat platforms, before a folder, a key or a database is created. The program may start
 * although a platform is unreachable, or although the platform has wrong settings that somebody can correct while the
 * program runs. The program reports such a problem when it connects.
 * @throws MailBridgeError, WebhookError, SlackSetupError or DiscordSetupError, each saying what to change
 */
export async function checkOutside(config: Config, log: Log): Promise<void> {
  // If the program already runs here, it holds the port, so the port is not checked. Opening the database fails later,
  // with an error that names the process.
  if ((await askRunning(controlSocket(config), { operation: 'who', input: {} })) !== 'nothing-runs') return
  const { listen, smtps, lmtp } = config.smtp
  const places = [
    { ...listen, setting: 'EMBARGO_SMTP_LISTEN' as const },
    ...(smtps === undefined ? [] : [{ ...smtps, setting: 'EMBARGO_SMTPS_LISTEN' as const }]),
    // A Unix socket is not checked here, because the check would remove its file. A problem shows when the program
    // listens on it.
    ...(lmtp === undefined || 'path' in lmtp ? [] : [{ ...lmtp, setting: 'EMBARGO_LMTP_LISTEN' as const }]),
  ]
  if (config.capabilities.has('mail')) for (const place of places) if (place.port !== 0) await checkListen(place)
  const webhook = config.github?.webhook
  if (webhook !== undefined && config.capabilities.has('mail')) {
    const { listen } = webhook
    await using _free = await startWebhook({ listen, secret: '', log, onReport: () => Promise.resolve(false) })
  }
  if (config.slack !== undefined && config.capabilities.has('slack')) {
    const { checkSlack } = await import('@embargo/slack-bot')
    await checkSlack(slackBotConfig(config.slack), log).catch(unlessFixable)
  }
  if (config.discord !== undefined && config.capabilities.has('discord')) {
    const { checkDiscord } = await import('@embargo/discord-bot')
    await checkDiscord(discordBotConfig(config.discord)).catch(unlessFixable)
  }
}

function unlessFixable(error: unknown): void {
  if (!isFixable(error)) throw error
}
