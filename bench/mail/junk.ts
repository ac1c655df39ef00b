import { setTimeout as pause } from 'node:timers/promises'
import type { SlackEmulator } from '@embargo/emulator-slack'
import { ANA, APP, workspace } from '../deployment.ts'
import type { Figure } from '../figure.ts'
import { megabytesOf } from '../memory.ts'
import { numberOption } from '../option.ts'
import { plainReport, SmtpClient } from '../smtp-client.ts'
import { ADDRESS, start } from '../start.ts'

const DEFAULT_JUNK = 2_000
/**
 * Of this many junk mails, one looks like a report and opens a case. These cases are too few to reach the policy's
 * limit on new cases.
 */
const REPORT_IN = 200
const LARGE = 20
const LARGE_BYTES = 20 * 1024 * 1024
const CONNECTIONS = 8
const WANTED_MS = 10_000
const WANTED_MB = 700
const LOOK_EVERY_MS = 100
/** A sender who is told to come later tries again after this pause. */
const AGAIN_MS = 500
const PATIENCE_MS = 10 * 60_000

/**
 * Junk and large mails flood the address as fast as they are accepted, each connection from another address of this
 * machine. A genuine report comes in the middle.
 */
export async function reportAmongJunk(): Promise<readonly Figure[]> {
  const count = numberOption('junk', DEFAULT_JUNK)
  await using slack = await workspace()
  await using running = await start(
    {
      'policy.yaml': `profile: team
projects: [{ id: quillmark, name: Quillmark, address: ${ADDRESS} }]
people:
  - { id: ana, name: Ana, roles: [admin, team], slack: ${ANA} }
  - { id: ben, name: Ben, roles: [team] }
platforms: [slack]
`,
    },
    {
      EMBARGO_SLACK_APP_TOKEN: APP.appToken,
      EMBARGO_SLACK_BOT_TOKEN: APP.botToken,
      EMBARGO_SLACK_API_URL: slack.apiUrl,
    },
  )
  const over = new AbortController()
  const memory = mostMemory(running.child.pid, over.signal)
  let next = 0
  const half = Promise.withResolvers<void>()
  const junk = async (_: unknown, at: number): Promise<void> => {
    for (let n = next++; n < count; n = next++) {
      if (n === Math.floor(count / 2)) half.resolve()
      await deliver(running.smtpPort, `127.0.1.${at + 1}`, junkMail(n))
    }
  }
  const large = async (_: unknown, n: number): Promise<void> => {
    const from = `large-${n}@sample.example`
    const body = `${'QUFB'.repeat(19)}\r\n`.repeat(Math.floor(LARGE_BYTES / 78))
    const raw = `${plainReport(`large-${n}`, ADDRESS, from).replace('text/plain; charset=utf-8', 'application/zip\r\nContent-Transfer-Encoding: base64\r\nAuto-Submitted: auto-generated')}\r\n${body}`
    await deliver(running.smtpPort, `127.0.2.${n + 1}`, { from, raw })
  }
  const flood = [...Array.from({ length: CONNECTIONS }, junk), ...Array.from({ length: LARGE }, large)]
  await half.promise
  const from = 'robin@genuine.example'
  await deliver(running.smtpPort, '127.0.3.1', { from, raw: plainReport('genuine', ADDRESS, from) })
  const accepted = performance.now()
  await posted(slack)
  const took = Math.round(performance.now() - accepted)
  await Promise.all(flood)
  over.abort()
  const megabytes = Math.round(await memory)
  const among = `among ${count} junk mails and ${LARGE} mails of 20 MB`
  return [
    {
      work: `genuine report ${among}, from its 250 until it is posted in chat`,
      value: took,
      unit: 'ms',
      runs: 1,
      target: `under ${WANTED_MS}`,
      met: took < WANTED_MS,
    },
    {
      work: `peak memory of the program and its mail readers meanwhile, ${among}`,
      value: megabytes,
      unit: 'MB',
      runs: 1,
      target: `under ${WANTED_MB}`,
      met: megabytes < WANTED_MB,
    },
  ]
}

type Mail = { readonly from: string; readonly raw: string }

/**
 * The n-th junk mail: in turn a bounce of a mail that somebody forged in our name, a bulk mail and an automatic answer.
 * Now and then, it is a mail that looks like a report.
 */
function junkMail(n: number): Mail {
  const from = `junk-${n}@sample.example`
  const mail = plainReport(`junk-${n}`, ADDRESS, from)
  if (n % REPORT_IN === 0) return { from, raw: mail }
  const field = ['Auto-Submitted: auto-replied', 'Precedence: bulk', 'X-Autoreply: yes'][n % 3] ?? ''
  return { from: n % 3 === 0 ? '' : from, raw: `${field}\r\n${mail}` }
}

/**
 * Sends one mail. If the server does not accept the mail, tries again after a pause, until `PATIENCE_MS` have passed.
 */
async function deliver(port: number, address: string, mail: Mail): Promise<void> {
  for (const until = performance.now() + PATIENCE_MS; ; await pause(AGAIN_MS)) {
    try {
      using client = await SmtpClient.connect(port, address)
      return await client.send({ ...mail, to: ADDRESS })
    } catch (error) {
      if (performance.now() > until) throw error
    }
  }
}

async function posted({ state }: SlackEmulator): Promise<void> {
  const isGenuine = (): boolean =>
    [...state.channels.keys()].some((id) => JSON.stringify(state.messagesIn(id)).includes('genuine'))
  for (const until = performance.now() + PATIENCE_MS; !isGenuine(); await pause(LOOK_EVERY_MS))
    if (performance.now() > until) throw new Error('The genuine report was not posted.')
}

async function mostMemory(pid: number | undefined, signal: AbortSignal): Promise<number> {
  let most = 0
  while (!signal.aborted) {
    most = Math.max(most, megabytesOf(pid))
    await pause(LOOK_EVERY_MS)
  }
  return most
}
