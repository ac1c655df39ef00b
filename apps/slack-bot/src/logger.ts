import type { Log } from '@embargo/engine'
import type { Logger } from '@slack/bolt'
import { LogLevel } from '@slack/bolt'

/**
 * A logger for Slack's libraries. Their lines may quote payloads, and payloads hold what people wrote: only the fact
 * that there was a line is logged. This app logs what matters in its own words.
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
