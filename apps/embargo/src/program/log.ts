import type { Log } from '@embargo/engine'
import pino from 'pino'

/** Writes constant messages with data to standard error, so that standard output stays for what was asked. */
export function createLog(destination: pino.DestinationStream = pino.destination({ dest: 2, sync: true })): Log {
  const logger = pino({ base: null }, destination)
  return {
    info: (message, data = {}) => logger.info(data, message),
    warn: (message, data = {}) => logger.warn(data, message),
    error: (message, data = {}) => logger.error(data, message),
  }
}
