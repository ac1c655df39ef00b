import { existsSync } from 'node:fs'

/** The programs that the tests run, by the Debian package that contains each. */
const PROGRAMS = {
  postfix: '/usr/lib/postfix/sbin/master',
  'dovecot-imapd': '/usr/lib/dovecot/imap',
  'dovecot-lmtpd': '/usr/lib/dovecot/lmtp',
  gnupg: '/usr/bin/gpg',
  sq: '/usr/bin/sq',
  notmuch: '/usr/bin/notmuch',
  openssl: '/usr/bin/openssl',
} as const

/** Must be called before the first test: if a program is missing, that is an error and not a skipped test. */
export default function setup(): void {
  const missing = Object.entries(PROGRAMS).flatMap(([name, file]) => (existsSync(file) ? [] : [name]))
  if (missing.length > 0)
    throw new Error(
      `These tests run real mail servers, and some are missing. On Debian: apt-get install -y ${missing.join(' ')}`,
    )
  if (process.getuid?.() !== 0)
    throw new Error('These tests start Postfix, which only root can start. Run them as root, in a container.')
}
