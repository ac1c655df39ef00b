const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\[::1\])$/iu

/** What is sent to this host stays on this machine: an exact name, so that `localhost.attacker.example` is not one. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host)
