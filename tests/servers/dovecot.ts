import { chownSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, output, startServer, temporaryFolder } from './programs.ts'

const USER = 'security'
const PASSWORD = 'marzipan'

/**
 * A Dovecot for the test, with one mailbox. The mailbox can be read over IMAP, filled over LMTP, and changed with
 * `doveadm`.
 */
export type Dovecot = AsyncDisposable & {
  readonly imapPort: number
  /** The port for IMAP inside TLS. Without a certificate, Dovecot does not listen on this port. */
  readonly imapsPort: number
  readonly lmtpPort: number
  /** The port at which Postfix can ask whether a login is right. */
  readonly authPort: number
  readonly user: string
  readonly password: string
  /** The folder with the mails of the mailbox (a maildir). It is created with the first mail. */
  readonly maildir: string
  /** Stops Dovecot, and starts it again with the same ports and mails. */
  restart(): Promise<void>
  /**
   * Runs `doveadm <command> -u <user> …` of this instance. The command is `save`, `move` or `mailbox create`, for
   * example.
   */
  doveadm(command: readonly [string, ...string[]], args?: readonly string[], input?: Uint8Array): Promise<Buffer>
  /** Puts mails into INBOX. `at` is the time at which a mail was received, its INTERNALDATE. */
  receive(mails: readonly { readonly raw: string; readonly at: number }[]): void
}

type Options = {
  /** If set, Dovecot offers STARTTLS on its IMAP port, and TLS from the first byte on another port. */
  readonly certificate?: { readonly certFile: string; readonly keyFile: string }
  /**
   * If set, Dovecot accepts OAuth 2 tokens instead of passwords, and asks this endpoint whether a token is valid (RFC
   * 7662).
   */
  readonly introspection?: string
}

export async function startDovecot(options: Options = {}): Promise<Dovecot> {
  await using stack = new AsyncDisposableStack()
  const { path } = stack.use(temporaryFolder('dovecot'))
  const [imapPort, imapsPort, lmtpPort, authPort] = [
    await freePort(),
    await freePort(),
    await freePort(),
    await freePort(),
  ]
  const at = (...names: string[]): string => join(path, ...names)
  const { uid, gid } = await mailUser()
  mkdirSync(at('mail'))
  chownSync(at('mail'), uid, gid)
  writeFileSync(
    at('dovecot.conf'),
    configuration({ path, imapPort, imapsPort, lmtpPort, authPort, uid, gid, ...options }),
  )
  const start = async (): Promise<AsyncDisposable> =>
    startServer(['/usr/sbin/dovecot', '-F', '-c', at('dovecot.conf')], imapPort)
  let server = await start()
  stack.defer(() => server[Symbol.asyncDispose]())
  const owned = stack.move()
  let received = 0
  return {
    imapPort,
    imapsPort,
    lmtpPort,
    authPort,
    user: USER,
    password: PASSWORD,
    maildir: at('mail', USER, 'Maildir'),
    async restart() {
      await server[Symbol.asyncDispose]()
      server = await start()
    },
    doveadm: async (command, args = [], input) =>
      output(
        ['/usr/bin/doveadm', '-c', at('dovecot.conf'), ...command, '-u', USER, ...args],
        input === undefined ? {} : { input },
      ),
    receive(mails) {
      const folders = [at('mail', USER), at('mail', USER, 'Maildir')]
      const parts = ['cur', 'new', 'tmp'].map((name) => at('mail', USER, 'Maildir', name))
      for (const folder of [...folders, ...parts]) {
        mkdirSync(folder, { recursive: true })
        chownSync(folder, uid, gid)
      }
      for (const { raw, at: time } of mails) {
        const file = at('mail', USER, 'Maildir', 'new', `${Math.trunc(time / 1000)}.${(received += 1)}.test`)
        writeFileSync(file, raw)
        chownSync(file, uid, gid)
        // Dovecot uses the modification time of the file as the INTERNALDATE.
        utimesSync(file, time / 1000, time / 1000)
      }
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** The user who owns the mails, because Dovecot refuses to let root own them. */
async function mailUser(): Promise<{ readonly uid: number; readonly gid: number }> {
  const id = async (flag: string): Promise<number> => Number((await output(['id', flag, 'dovecot'])).toString())
  return { uid: await id('-u'), gid: await id('-g') }
}

type Settings = Options & {
  readonly path: string
  readonly imapPort: number
  readonly imapsPort: number
  readonly lmtpPort: number
  readonly authPort: number
  readonly uid: number
  readonly gid: number
}

const configuration = ({
  path,
  imapPort,
  imapsPort,
  lmtpPort,
  authPort,
  uid,
  gid,
  certificate,
  introspection,
}: Settings): string => `
dovecot_config_version = 2.4.0
dovecot_storage_version = 2.4.0
base_dir = ${path}/run
state_dir = ${path}/state
log_path = ${path}/log
listen = 127.0.0.1
protocols = imap lmtp
auth_allow_cleartext = yes
${
  certificate === undefined
    ? 'ssl = no'
    : `ssl = yes\nssl_server_cert_file = ${certificate.certFile}\nssl_server_key_file = ${certificate.keyFile}`
}
first_valid_uid = 1
mail_uid = ${uid}
mail_gid = ${gid}
mail_home = ${path}/mail/%{user | username}
mail_driver = maildir
mail_path = ~/Maildir
namespace inbox {
  inbox = yes
  separator = /
  mailbox Archive {
    auto = create
  }
  mailbox Junk {
    auto = create
    special_use = \\Junk
  }
}
${introspection === undefined ? `passdb static {\n  password = ${PASSWORD}\n}` : tokens(introspection)}
userdb static {
  allow_all_users = yes
  fields {
    uid = ${uid}
    gid = ${gid}
    home = ${path}/mail/%{user | username}
  }
}
service imap-login {
  inet_listener imap {
    port = ${imapPort}
  }
  inet_listener imaps {
    port = ${certificate === undefined ? 0 : imapsPort}
  }
}
service auth {
  inet_listener auth {
    port = ${authPort}
  }
}
service lmtp {
  inet_listener lmtp {
    port = ${lmtpPort}
  }
}
`

const tokens = (introspection: string): string => `
auth_mechanisms = xoauth2
oauth2_introspection_mode = post
oauth2_introspection_url = ${introspection}
oauth2_force_introspection = yes
oauth2_username_attribute = username
oauth2_active_attribute = active
oauth2_active_value = true
passdb oauth2 {
}
`
