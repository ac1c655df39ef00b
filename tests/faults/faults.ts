/** What a platform does to one request. Both emulators know all of them. */
export const FAULTS = {
  slow: { kind: 'hang', ms: 400 },
  'rate limited': { kind: 'rate-limited', retryAfterSeconds: 1 },
  'status 500': { kind: 'status', status: 500 },
  'status 502': { kind: 'status', status: 502 },
  'request lost': { kind: 'lose-request' },
  'answer lost': { kind: 'lose-answer' },
} as const

export type FaultName = keyof typeof FAULTS

/** What happens to the connection by which the platform tells us things, or to what it tells. */
export const CONNECTION_FAULTS = ['sockets dropped', 'told to reconnect', 'delivered twice'] as const
export type ConnectionFault = (typeof CONNECTION_FAULTS)[number]

export const FAULT_NAMES: readonly FaultName[] = Object.keys(FAULTS).filter((name): name is FaultName => name in FAULTS)
