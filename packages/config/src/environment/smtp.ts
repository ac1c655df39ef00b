import { isIPv4, isIPv6 } from 'node:net'
import { resolve } from 'node:path'
import type { CertificateFiles, HostPort, RelayConfig, SocketPath } from '../config.ts'
import type { Problem } from '../problems/problem.ts'
import { parseHostPort } from './host-port.ts'
import { oauthLogin } from './oauth.ts'
import type { SecretFiles } from './secret-file.ts'
import { serverOf, SMTP } from './server-url.ts'
import type { Variables } from './variables.ts'

/** By default, only this machine can reach the listener. Opening it to others must be a deliberate decision. */
export const DEFAULT_LISTEN: HostPort = { host: '127.0.0.1', port: 2525 }

/** The port of SMTP, on which LMTP must not listen (RFC 2033 section 5). */
const SMTP_PORT = 25

type ListenerName = 'EMBARGO_SMTP_LISTEN' | 'EMBARGO_SMTPS_LISTEN' | 'EMBARGO_LMTP_LISTEN'

const EXAMPLES: Readonly<Record<ListenerName, string>> = {
  EMBARGO_SMTP_LISTEN: '127.0.0.1:2525, or 0.0.0.0:25 to be reached from outside',
  EMBARGO_SMTPS_LISTEN: '0.0.0.0:465',
  EMBARGO_LMTP_LISTEN: '127.0.0.1:2424, or unix:/run/embargo/lmtp',
}

function addressOf(name: ListenerName, variables: Variables): HostPort | undefined | Problem {
  const written = variables.get(name)
  if (written === undefined) return undefined
  const at = { is: 'variable', name } as const
  const instead = `Write ${EXAMPLES[name]}.`
  const address = parseHostPort(written)
  if (address === undefined) return { at, found: written, because: 'This is not a host with a port.', instead }
  if (name === 'EMBARGO_LMTP_LISTEN' && address.port === SMTP_PORT)
    return { at, found: written, because: 'LMTP must not be on the port of SMTP (RFC 2033 section 5).', instead }
  return address
}

export const listenOf = (variables: Variables): HostPort | Problem =>
  addressOf('EMBARGO_SMTP_LISTEN', variables) ?? DEFAULT_LISTEN

/**
 * Matches `unix:/run/embargo/lmtp`, as Postfix writes it. A path of more than about a hundred bytes does not fit into a
 * socket address (sockaddr_un).
 */
const UNIX_SOCKET = /^unix:(\/[^\0]{1,100})$/u

export function lmtpOf(variables: Variables): HostPort | SocketPath | undefined | Problem {
  const path = UNIX_SOCKET.exec(variables.get('EMBARGO_LMTP_LISTEN') ?? '')?.[1]
  return path === undefined ? addressOf('EMBARGO_LMTP_LISTEN', variables) : { path }
}

export function smtpsOf(variables: Variables, cwd: string): HostPort | undefined | Problem {
  const address = addressOf('EMBARGO_SMTPS_LISTEN', variables)
  if (address === undefined || certificateOf(variables, cwd) !== undefined) return address
  return {
    at: { is: 'variable', name: 'EMBARGO_SMTPS_LISTEN' },
    because: 'TLS needs a certificate, and none is named.',
    instead: 'Name its files in EMBARGO_SMTP_CERT_FILE and EMBARGO_SMTP_KEY_FILE.',
  }
}

/** Networks separated by commas, each an address with or without a prefix length. */
export function networksOf(variables: Variables): readonly string[] | undefined | Problem {
  const networks = variables
    .get('EMBARGO_MAIL_NETWORKS')
    ?.split(/[\s,]+/u)
    .filter((one) => one !== '')
  const wrong = networks?.find((one) => !isNetwork(one))
  if (wrong === undefined) return networks
  return {
    at: { is: 'variable', name: 'EMBARGO_MAIL_NETWORKS' },
    found: wrong,
    because: 'This is not a network.',
    instead: 'Write networks with commas between: 192.0.2.0/24,2001:db8::/32,198.51.100.7',
  }
}

function isNetwork(written: string): boolean {
  const [address = '', bits, ...more] = written.split('/')
  const most = isIPv4(address) ? 32 : isIPv6(address) && !address.includes('%') ? 128 : 0
  if (most === 0 || more.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/u.test(bits) && Number(bits) <= most)
}

/** The certificate of the listener, with its key. The two files must be set together. */
export function certificateOf(variables: Variables, cwd: string): CertificateFiles | undefined | Problem {
  const certFile = variables.get('EMBARGO_SMTP_CERT_FILE')
  const keyFile = variables.get('EMBARGO_SMTP_KEY_FILE')
  if (certFile === undefined && keyFile === undefined) return undefined
  if (certFile !== undefined && keyFile !== undefined)
    return { certFile: resolve(cwd, certFile), keyFile: resolve(cwd, keyFile) }
  const name = certFile === undefined ? 'EMBARGO_SMTP_CERT_FILE' : 'EMBARGO_SMTP_KEY_FILE'
  return {
    at: { is: 'variable', name },
    because: 'STARTTLS needs a certificate and its key, and one of the two is missing.',
    instead: 'Name both files, or neither.',
  }
}

/**
 * Reads the relay and its login. Undefined if no relay is set. Password and mails must be encrypted unless the relay is
 * on this machine or the scheme says `plain`. A problem never repeats the URL, because it may contain a password.
 */
export function relayOf(written: string | undefined, around: SecretFiles): RelayConfig | undefined | Problem {
  if (written === undefined) return undefined
  const server = serverOf(written, SMTP)
  if (server === undefined)
    return problemOfRelay(
      'This is not an SMTP address. (It is not shown here, because it may contain a password.)',
      'Write smtp://user:password@mail.example.org:587 (STARTTLS) or smtps://user:password@mail.example.org, or unset it to keep mails unsent.',
    )
  const { host, port, tls, user, password, options } = server
  const strange = [...options.keys()].find((key) => key !== 'oauth' && !Object.hasOwn(LIMITS, key))
  if (strange !== undefined)
    return problemOfRelay(
      `A relay has no option "${strange}".`,
      'The options are oauth, connections, mails-per-hour and mail-bytes.',
    )
  const connections = limitOf(options, 'connections')
  const mailsPerHour = limitOf(options, 'mails-per-hour')
  const mailBytes = limitOf(options, 'mail-bytes')
  if (connections === undefined || mailsPerHour === undefined || mailBytes === undefined)
    return problemOfRelay(
      `A limit of the relay is a whole number: connections up to ${LIMITS.connections.most}, mails-per-hour up to ${LIMITS['mails-per-hour'].most}, mail-bytes up to ${LIMITS['mail-bytes'].most}.`,
      'Write smtp://user:password@mail.example.org:587/?connections=2&mails-per-hour=100.',
    )
  const file = options.get('oauth')
  if (file !== null && user === '')
    return problemOfRelay(
      'A login by OAuth 2 needs a user, and none is named.',
      'Write smtp://user%40example.org@smtp.example.org:587/?oauth=grant.json.',
    )
  const login = file === null ? ({ is: 'password', password } as const) : oauthLogin(around, file)
  if ('because' in login) return problemOfRelay(login.because, login.instead)
  return {
    host,
    port,
    tls,
    ...(user !== '' && { login: { user, ...login } }),
    connections,
    mailsPerHour,
    ...(mailBytes !== 0 && { mailBytes }),
  }
}

/**
 * The limits for sending to a relay. The defaults are high enough for a list of recipients, and too low to look like a
 * flood. For the size of a mail, 0 means that we use the limit that the relay announces (RFC 1870).
 */
const LIMITS = {
  connections: { usual: 4, most: 100 },
  'mails-per-hour': { usual: 1_000, most: 100_000 },
  'mail-bytes': { usual: 0, most: 1_000_000_000 },
} as const

/** The configured limit, or the default. Undefined if the configured value is not a valid limit. */
function limitOf(options: URLSearchParams, name: keyof typeof LIMITS): number | undefined {
  const written = options.get(name)
  const { usual, most } = LIMITS[name]
  if (written === null) return usual
  return /^[1-9]\d{0,9}$/u.test(written) && Number(written) <= most ? Number(written) : undefined
}

const problemOfRelay = (because: string, instead: string): Problem => ({
  at: { is: 'variable', name: 'EMBARGO_SMTP_RELAY' },
  because,
  instead,
})
