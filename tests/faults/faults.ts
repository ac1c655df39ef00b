import type { ChatName } from './effects.ts'

/** The faults of one request. Both emulators support all of them. */
export const FAULTS = {
  slow: { kind: 'hang', ms: 400 },
  'rate limited': { kind: 'rate-limited', retryAfterSeconds: 1 },
  'status 500': { kind: 'status', status: 500 },
  'status 502': { kind: 'status', status: 502 },
  'request lost': { kind: 'lose-request' },
  'answer lost': { kind: 'lose-answer' },
} as const

/** Discord limits the calls to each route, and also all calls of a bot together. */
export const GLOBAL_LIMIT = { kind: 'rate-limited', retryAfterSeconds: 1, global: true } as const

/**
 * After too many refused calls from one address, Discord answers every request from that address with an HTML page
 * instead of JSON.
 */
export const BAN = { kind: 'banned', ms: 1000 } as const

export type FaultName = keyof typeof FAULTS | 'global limit' | 'address banned'

const SHARED: readonly FaultName[] = Object.keys(FAULTS).filter((name): name is keyof typeof FAULTS => name in FAULTS)

export const FAULT_NAMES: Readonly<Record<ChatName, readonly FaultName[]>> = {
  slack: SHARED,
  discord: [...SHARED, 'global limit', 'address banned'],
}

/** The faults of the connection on which a platform sends events, and of the events themselves. */
export type ConnectionFault =
  | 'sockets dropped'
  | 'told to reconnect'
  | 'delivered twice'
  | 'acknowledgement lost'
  | 'session forgotten'
  | 'gateway down'
  // In the next two faults, Discord sends no events of the server. In `server dark`, it refuses calls about the server
  // too.
  | 'server outage'
  | 'server dark'
  | 'address banned'

/**
 * The connection faults to test while the bot performs an effect or starts. Repeated deliveries are not included:
 * a platform may deliver a person's action twice, but not an effect of the bot.
 */
export const CONNECTION_FAULTS_WHILE: Readonly<Record<ChatName, readonly ConnectionFault[]>> = {
  slack: ['sockets dropped'],
  discord: [
    'sockets dropped',
    'told to reconnect',
    'session forgotten',
    'gateway down',
    'server outage',
    'server dark',
  ],
}

/**
 * The connection faults to test while a person acts, for example types a command. Such an action reaches the bot on a
 * connection.
 */
export const CONNECTION_FAULTS: Readonly<Record<ChatName, readonly ConnectionFault[]>> = {
  slack: ['sockets dropped', 'told to reconnect', 'delivered twice', 'acknowledgement lost'],
  discord: [
    'sockets dropped',
    'told to reconnect',
    'delivered twice',
    'session forgotten',
    'gateway down',
    'server outage',
    'server dark',
    'address banned',
  ],
}
