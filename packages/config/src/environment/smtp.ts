import { resolve } from 'node:path'
import { isLoopback } from '@embargo/core'
import type { CertificateFiles, HostPort, RelayConfig } from '../config.ts'
import type { Problem } from '../problems/problem.ts'
import { Secret } from '../secrets/secret.ts'
import { parseHostPort } from './host-port.ts'
import type { Variables } from './variables.ts'

/** Loopback only: a listener that is open to the world must be a decision, not a default. */
export const DEFAULT_LISTEN: HostPort = { host: '127.0.0.1', port: 2525 }

/** RFC 6409 submission, and RFC 8314 for TLS from the first byte. */
const SUBMISSION_PORT = 587
const SUBMISSIONS_PORT = 465

const SCHEMES: readonly string[] = ['smtp:', 'smtps:', 'smtp+plain:']

export function listenOf(written: string | undefined): HostPort | Problem {
  if (written === undefined) return DEFAULT_LISTEN
  return (
    parseHostPort(written) ?? {
      at: { is: 'variable', name: 'EMBARGO_SMTP_LISTEN' },
      found: written,
      because: 'This is no host with a port.',
      instead: 'Write 127.0.0.1:2525, or 0.0.0.0:25 to be reached from outside.',
    }
  )
}

/** The certificate of the listener, from two files that are named together. */
export function certificateOf(variables: Variables, cwd: string): CertificateFiles | undefined | Problem {
  const certFile = variables.get('EMBARGO_SMTP_CERT_FILE')
  const keyFile = variables.get('EMBARGO_SMTP_KEY_FILE')
  if (certFile === undefined && keyFile === undefined) return undefined
  if (certFile !== undefined && keyFile !== undefined)
    return { certFile: resolve(cwd, certFile), keyFile: resolve(cwd, keyFile) }
  const name = certFile === undefined ? 'EMBARGO_SMTP_CERT_FILE' : 'EMBARGO_SMTP_KEY_FILE'
  return {
    at: { is: 'variable', name },
    because: 'STARTTLS takes a certificate and its key, and one of the two is missing.',
    instead: 'Name both files, or neither.',
  }
}

/**
 * The relay with its login, if one is given. Password and mails are encrypted unless the relay is on this machine or
 * the scheme says `plain`. The URL is never repeated in a problem: it may contain a password.
 */
export function relayOf(written: string | undefined): RelayConfig | undefined | Problem {
  if (written === undefined) return undefined
  const url = URL.canParse(written) ? new URL(written) : undefined
  if (url === undefined || !SCHEMES.includes(url.protocol) || url.hostname === '') {
    return {
      at: { is: 'variable', name: 'EMBARGO_SMTP_RELAY' },
      because: 'This is no SMTP address. (It is not shown here: it may hold a password.)',
      instead:
        'Write smtp://user:password@mail.example.org:587 (STARTTLS) or smtps://user:password@mail.example.org, or unset it to keep mails unsent.',
    }
  }
  const tls = tlsOf(url)
  const port = url.port === '' ? (tls === 'implicit' ? SUBMISSIONS_PORT : SUBMISSION_PORT) : Number(url.port)
  const relay = { host: url.hostname.replace(/^\[|\]$/g, ''), port, tls }
  if (url.username === '') return relay
  return { ...relay, login: { user: unescaped(url.username), password: new Secret(unescaped(url.password)) } }
}

function tlsOf({ protocol, hostname }: URL): RelayConfig['tls'] {
  if (protocol === 'smtps:') return 'implicit'
  return protocol === 'smtp+plain:' || isLoopback(hostname) ? 'plain' : 'starttls'
}

/** A password with a lone % is used unchanged. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
