import { existsSync } from 'node:fs'

/** The programs that the tests run. Each is under the name of its Debian package. */
const PROGRAMS = {
  postfix: '/usr/lib/postfix/sbin/master',
  'dovecot-imapd': '/usr/lib/dovecot/imap',
  'dovecot-lmtpd': '/usr/lib/dovecot/lmtp',
  gnupg: '/usr/bin/gpg',
  sq: '/usr/bin/sq',
  notmuch: '/usr/bin/notmuch',
  openssl: '/usr/bin/openssl',
} as const

/** Runs before the first test. If a program is missing, the run fails. Otherwise tests would be skipped unnoticed. */
export default function setup(): void {
  const missing = Object.entries(PROGRAMS).flatMap(([name, file]) => (existsSync(file) ? [] : [name]))
  if (missing.length > 0)
    throw new Error(
      `These tests run real mail servers, and some are missing. On Debian: apt-get install -y ${missing.join(' ')}`,
    )
  if (process.getuid?.() !== 0)
    throw new Error('These tests start Postfix, which only root can start. Run them as root, in a container.')
}
