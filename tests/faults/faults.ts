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
 * After too many refused calls from one address, Discord's edge answers every request from it with a page instead of
 * JSON.
 */
export const BAN = { kind: 'banned', ms: 1000 } as const

export type FaultName = keyof typeof FAULTS | 'global limit' | 'address banned'

const SHARED: readonly FaultName[] = Object.keys(FAULTS).filter((name): name is keyof typeof FAULTS => name in FAULTS)

export const FAULT_NAMES: Readonly<Record<ChatName, readonly FaultName[]>> = {
  slack: SHARED,
  discord: [...SHARED, 'global limit', 'address banned'],
}

/** The faults of a connection on which a platform sends events, or of the events on it. */
export type ConnectionFault =
  | 'sockets dropped'
  | 'told to reconnect'
  | 'delivered twice'
  | 'acknowledgement lost'
  | 'session forgotten'
  | 'gateway down'
  // Discord sends nothing about the server. It may or may not answer requests.
  | 'server outage'
  | 'server dark'
  | 'address banned'

/**
 * The connection faults to test while the bot performs an effect or starts. Repeated deliveries are not among them,
 * because a platform repeats only what people did.
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

/** The faults to test with a typed command and a pressed button, which arrive on a connection. */
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
