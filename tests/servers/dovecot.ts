import { chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, output, startServer, temporaryFolder } from './programs.ts'

const USER = 'security'
const PASSWORD = 'marzipan'

/** A Dovecot for the test, with one mailbox: IMAP, LMTP that fills the mailbox, and `doveadm`. */
export type Dovecot = AsyncDisposable & {
  readonly imapPort: number
  readonly lmtpPort: number
  readonly user: string
  readonly password: string
  /** The maildir of the mailbox; it exists once the mailbox has a mail. */
  readonly maildir: string
  /** Stops it, and starts it again with the same ports and mails. */
  restart(): Promise<void>
  /** `doveadm <command> -u <user> …` of this instance: `save`, `move`, `mailbox create`. */
  doveadm(command: readonly [string, ...string[]], args?: readonly string[], input?: Uint8Array): Promise<Buffer>
}

/** With a certificate it offers STARTTLS on its IMAP port. */
export async function startDovecot(certificate?: {
  readonly certFile: string
  readonly keyFile: string
}): Promise<Dovecot> {
  await using stack = new AsyncDisposableStack()
  const { path } = stack.use(temporaryFolder('dovecot'))
  const [imapPort, lmtpPort] = [await freePort(), await freePort()]
  const at = (...names: string[]): string => join(path, ...names)
  const { uid, gid } = await mailUser()
  mkdirSync(at('mail'))
  chownSync(at('mail'), uid, gid)
  writeFileSync(at('dovecot.conf'), configuration({ path, imapPort, lmtpPort, uid, gid, certificate }))
  const start = async (): Promise<AsyncDisposable> =>
    startServer(['/usr/sbin/dovecot', '-F', '-c', at('dovecot.conf')], imapPort)
  let server = await start()
  stack.defer(() => server[Symbol.asyncDispose]())
  const owned = stack.move()
  return {
    imapPort,
    lmtpPort,
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
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

/** The user who owns the mails, because Dovecot refuses to let root own them. */
async function mailUser(): Promise<{ readonly uid: number; readonly gid: number }> {
  const id = async (flag: string): Promise<number> => Number((await output(['id', flag, 'dovecot'])).toString())
  return { uid: await id('-u'), gid: await id('-g') }
}

type Settings = {
  readonly path: string
  readonly imapPort: number
  readonly lmtpPort: number
  readonly uid: number
  readonly gid: number
  readonly certificate: { readonly certFile: string; readonly keyFile: string } | undefined
}

const configuration = ({ path, imapPort, lmtpPort, uid, gid, certificate }: Settings): string => `
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
}
passdb static {
  password = ${PASSWORD}
}
userdb static {
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
    port = 0
  }
}
service lmtp {
  inet_listener lmtp {
    port = ${lmtpPort}
  }
}
`
