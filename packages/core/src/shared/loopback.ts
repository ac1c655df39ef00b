const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/iu

/**
 * Whether traffic to this host stays on this machine: exact names only, so `localhost.attacker.example` does not count.
 */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host)
