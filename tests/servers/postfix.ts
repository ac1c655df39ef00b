import { chownSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort, output, startServer, temporaryFolder } from './programs.ts'

const DAEMONS = '/usr/lib/postfix/sbin'

/** The folders of Postfix's mail queue that belong to the user `postfix`. All other folders belong to root. */
const QUEUE = [
  'active',
  'bounce',
  'corrupt',
  'defer',
  'deferred',
  'flush',
  'hold',
  'incoming',
  'private',
  'saved',
  'trace',
]

export type Postfix = AsyncDisposable & {
  readonly port: number
  log(): string
}

/** Starts a Postfix with its own folder, its own port on loopback, no DNS, and the given `settings`. */
export async function startPostfix(settings: Readonly<Record<string, string>> = {}): Promise<Postfix> {
  await using stack = new AsyncDisposableStack()
  const { path } = stack.use(temporaryFolder('postfix'))
  const port = await freePort()
  const uid = await idOf('-u')
  const gid = await idOf('-g')
  const at = (...names: string[]): string => join(path, ...names)
  for (const folder of ['etc', 'queue', 'queue/pid', 'data', ...QUEUE.map((name) => `queue/${name}`)])
    mkdirSync(at(folder))
  for (const folder of ['data', ...QUEUE.map((name) => `queue/${name}`)]) chownSync(at(folder), uid, gid)
  for (const folder of ['queue/public', 'queue/maildrop']) {
    mkdirSync(at(folder))
    chownSync(at(folder), uid, gid)
  }
  const main = {
    compatibility_level: '3.10',
    queue_directory: at('queue'),
    data_directory: at('data'),
    daemon_directory: DAEMONS,
    maillog_file: at('log'),
    maillog_file_prefixes: path,
    myhostname: 'relay.example',
    mydestination: '',
    mynetworks: '127.0.0.0/8',
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    disable_dns_lookups: 'yes',
    smtp_host_lookup: 'native',
    smtpd_peername_lookup: 'no',
    alias_maps: '',
    local_recipient_maps: '',
    append_dot_mydomain: 'no',
    // The test's client is on loopback, but Postfix must treat it as a stranger and leave the headers of its mails
    // unchanged.
    local_header_rewrite_clients: '',
    recipient_delimiter: '+',
    smtpd_relay_restrictions: 'permit_mynetworks, reject',
    smtp_tls_security_level: 'none',
    // A mail is retried after a few seconds. The time between two scans of the queue must be longer than a delivery.
    // Otherwise Postfix would skip a mail that is still being delivered, and retry it much later.
    queue_run_delay: '3s',
    minimal_backoff_time: '1s',
    maximal_backoff_time: '1s',
    transport_retry_time: '1s',
    service_throttle_time: '1s',
    ...settings,
  }
  writeFileSync(at('etc', 'main.cf'), lines(Object.entries(main).map(([name, value]) => `${name} = ${value}`)))
  writeFileSync(at('etc', 'master.cf'), lines(services(port)))
  stack.use(await startServer([join(DAEMONS, 'master'), '-c', at('etc'), '-d'], port))
  const owned = stack.move()
  return {
    port,
    log: () => readFileSync(at('log'), 'utf8'),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}

const lines = (all: readonly string[]): string => `${all.join('\n')}\n`

const idOf = async (flag: string): Promise<number> => Number((await output(['id', flag, 'postfix'])).toString())

/** master(5): service, type, private, unprivileged, chroot, wakeup, processes, command. */
const services = (port: number): readonly string[] => [
  `127.0.0.1:${port} inet n - n - - smtpd`,
  'cleanup unix n - n - 0 cleanup',
  'qmgr unix n - n 300 1 qmgr',
  'tlsmgr unix - - n 1000? 1 tlsmgr',
  'rewrite unix - - n - - trivial-rewrite',
  'bounce unix - - n - 0 bounce',
  'defer unix - - n - 0 bounce',
  'trace unix - - n - 0 bounce',
  'verify unix - - n - 1 verify',
  'flush unix n - n 1000? 0 flush',
  'proxymap unix - - n - - proxymap',
  'smtp unix - - n - - smtp',
  'lmtp unix - - n - - lmtp',
  'error unix - - n - - error',
  'retry unix - - n - - error',
  'discard unix - - n - - discard',
  'anvil unix - - n - 1 anvil',
  'scache unix - - n - 1 scache',
  'postlog unix-dgram n - n - 1 postlogd',
]
