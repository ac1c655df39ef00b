import type { Log } from '@embargo/engine'
import pino from 'pino'

/**
 * A log of constant messages with data. It goes to standard error, because standard output is for what the user asked
 * for.
 */
export function createLog(destination?: pino.DestinationStream): Log {
  if (destination === undefined && process.stderr.isTTY) return logForPeople((text) => void process.stderr.write(text))
  const logger = pino({ base: null }, destination ?? pino.destination({ dest: 2, sync: true }))
  return {
    info: (message, data = {}) => logger.info(data, message),
    warn: (message, data = {}) => logger.warn(data, message),
    error: (message, data = {}) => logger.error(data, message),
  }
}

/**
 * A log for a terminal that a person watches. It shows only errors, as text, because everything else that people should
 * see is printed on standard output.
 */
export function logForPeople(write: (text: string) => void): Log {
  const say =
    (level: string) =>
    (message: string, data: Readonly<Record<string, unknown>> = {}): void => {
      const facts = Object.entries(data).map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
      write(`${level}: ${message}${facts.length === 0 ? '' : ` (${facts.join(', ')})`}\n`)
    }
  return { info: () => undefined, warn: say('warning'), error: say('error') }
}
