import type { Log } from '@embargo/engine'
import type { Logger } from '@slack/bolt'
import { LogLevel } from '@slack/bolt'

/**
 * A logger for Slack's libraries. Their messages may quote payloads, which contain what people wrote, so only the fact
 * that there was a message is logged. This app logs what matters itself.
 */
export function quietLogger(log: Log): Logger {
  const nothing = (): void => {}
  return {
    debug: nothing,
    info: nothing,
    warn: () => log.info('the Slack library warned'),
    error: () => log.info('the Slack library reported an error'),
    setLevel: nothing,
    getLevel: () => LogLevel.WARN,
    setName: nothing,
  }
}
