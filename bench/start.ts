import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { ANA, ANA_ON_DISCORD, APP, BOT, server, workspace } from './deployment.ts'
import { median } from './figure.ts'
import type { Bench } from './figure.ts'
import { megabytesOf } from './memory.ts'
import { numberOption } from './option.ts'
import { plainReport, SmtpClient } from './smtp-client.ts'

/**
 * The launcher of `npm start` and `npx embargo`. The program runs in the launcher's own process, so this process is
 * measured.
 */
const LAUNCHER = fileURLToPath(new URL('../apps/embargo/bin/embargo.js', import.meta.url))
const READY = 'Embargo is ready'
const STARTS = 5
const AFTERS = 3
const WANTED_READY_MS = 3000
const WANTED_MB_AT_START = 250
const WANTED_MB_ON_BOTH = 280
const WANTED_MB_AFTER = 450
const DEFAULT_COMMANDS = 10_000
const CASES = 20
const WRITERS = 20
/** When the program is ready, it still has some work to do, which ends within this time. */
const SETTLED_MS = 2000
const PATIENCE_MS = 60_000
/** The address of the project in the default policy. */
export const ADDRESS = 'security@embargo.localhost'

/**
 * `embargo start` as a person runs it: the time until the program is ready, and its memory at that time.
 * `--commands=<n>` shortens the bench.
 */
export const startBench: Bench = {
  name: 'start',
  async measure() {
    const starts: Started[] = []
    for (let run = 0; run < STARTS; run += 1) {
      await using running = await start()
      await pause(SETTLED_MS)
      starts.push({ readyMs: running.readyMs, megabytes: megabytesOf(running.child.pid) })
    }
    const commands = numberOption('commands', DEFAULT_COMMANDS)
    const afters: number[] = []
    for (let run = 0; run < AFTERS; run += 1) afters.push(await megabytesAfter(commands))
    const after = Math.round(median(afters))
    const both: Started[] = []
    for (let run = 0; run < AFTERS; run += 1) both.push(await startOnBoth())
    const onBoth = Math.round(median(both.map((one) => one.megabytes)))
    const bare: Started[] = []
    for (let run = 0; run < STARTS; run += 1) bare.push(await bareNode())
    const bareReady = Math.round(median(bare.map((one) => one.readyMs)))
    const bareMegabytes = Math.round(median(bare.map((one) => one.megabytes)))
    const ready = Math.round(median(starts.map((one) => one.readyMs)))
    const resident = Math.round(median(starts.map((one) => one.megabytes)))
    return [
      {
        work: 'cold start to ready, empty data folder',
        value: ready,
        unit: 'ms',
        runs: STARTS,
        target: `under ${WANTED_READY_MS}`,
        met: ready < WANTED_READY_MS,
        beside: { what: 'Node with nothing in it', value: bareReady, unit: 'ms' },
      },
      {
        work: 'memory of the program and its children after the start',
        value: resident,
        unit: 'MB',
        runs: STARTS,
        target: `under ${WANTED_MB_AT_START}`,
        met: resident < WANTED_MB_AT_START,
        beside: { what: 'Node with nothing in it', value: bareMegabytes, unit: 'MB' },
      },
      {
        work: 'memory of the program with Slack and Discord, after the start',
        value: onBoth,
        unit: 'MB',
        runs: AFTERS,
        target: `under ${WANTED_MB_ON_BOTH}`,
        met: onBoth < WANTED_MB_ON_BOTH,
        beside: { what: 'the same without them', value: resident, unit: 'MB' },
      },
      {
        work: `memory of the program and its children after ${commands} commands`,
        value: after,
        unit: 'MB',
        runs: AFTERS,
        target: `under ${WANTED_MB_AFTER}`,
        met: after < WANTED_MB_AFTER,
      },
    ]
  },
}

type Started = { readonly readyMs: number; readonly megabytes: number }
export type RunningProgram = AsyncDisposable & {
  readonly child: ChildProcess
  readonly folder: string
  readonly readyMs: number
  readonly smtpPort: number
}

/** A start with Slack and Discord, whose servers run on this machine. */
async function startOnBoth(): Promise<Started> {
  await using slack = await workspace()
  await using discord = await server()
  await using running = await start(
    {
      'policy.yaml': `profile: team
projects: [{ id: quillmark, name: Quillmark, address: ${ADDRESS} }]
people:
  - { id: ana, name: Ana, roles: [admin, team], slack: ${ANA}, discord: '${ANA_ON_DISCORD}' }
  - { id: ben, name: Ben, roles: [team] }
platforms: [slack, discord]
`,
    },
    {
      EMBARGO_SLACK_APP_TOKEN: APP.appToken,
      EMBARGO_SLACK_BOT_TOKEN: APP.botToken,
      EMBARGO_SLACK_API_URL: slack.apiUrl,
      EMBARGO_DISCORD_TOKEN: BOT.botToken,
      EMBARGO_DISCORD_GUILD: BOT.guild,
      EMBARGO_DISCORD_API_URL: discord.apiUrl,
    },
  )
  await pause(SETTLED_MS)
  return { readyMs: running.readyMs, megabytes: megabytesOf(running.child.pid) }
}

/** Runs `embargo start` in an empty folder with these files, and waits until it is ready. */
export async function start(
  files: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<RunningProgram> {
  const folder = mkdtempSync(join(tmpdir(), 'embargo-bench-'))
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  const from = performance.now()
  const child = spawn(process.execPath, [LAUNCHER, 'start'], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      EMBARGO_DATA: folder,
      EMBARGO_SMTP_LISTEN: '127.0.0.1:0',
      EMBARGO_MASTER_KEY: '07'.repeat(32),
      ...(files['policy.yaml'] !== undefined && { EMBARGO_POLICY: join(folder, 'policy.yaml') }),
      ...env,
    },
    // The log is not measured, and a full pipe would stop the program.
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const smtpPort = await new Promise<number>((resolve, reject) => {
    let output = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const port = /SMTP on 127\.0\.0\.1:(\d+)/.exec(output)
      if (output.includes(READY) && port !== null) resolve(Number(port[1]))
    })
    child.once('exit', (code) => reject(new Error(`embargo start ended with ${code} before it was ready.`)))
  })
  return {
    child,
    folder,
    smtpPort,
    readyMs: performance.now() - from,
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function megabytesAfter(commands: number): Promise<number> {
  await using running = await start()
  const control = join(running.folder, 'control.sock')
  const numbers = await openCases(running, control)
  let next = 0
  const writer = async (): Promise<void> => {
    for (let n = next++; n < commands; n = next++) {
      const done = await invoke(control, {
        verb: 'triage.affects',
        case: numbers[n % CASES],
        // The value changes with each round over the cases, because a repeated command would change nothing.
        input: `main ${Math.floor(n / CASES) % 2 === 0 ? 'yes' : 'no'}`,
        deliveryId: `bench-${n}`,
      })
      if (!done) throw new Error('A command was refused.')
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, writer))
  await pause(SETTLED_MS)
  return megabytesOf(running.child.pid)
}

async function openCases({ smtpPort }: RunningProgram, control: string): Promise<readonly string[]> {
  using client = await SmtpClient.connect(smtpPort)
  for (let n = 0; n < CASES; n += 1)
    await client.send({
      from: `robin-${n}@sample.example`,
      to: ADDRESS,
      // Each report has another sender, because many from one sender would wait for a person.
      raw: plainReport(`start-${n}`, ADDRESS, `robin-${n}@sample.example`),
    })
  const year = new Date().getUTCFullYear()
  const numbers = Array.from({ length: CASES }, (_, n) => `SEC-${year}-${String(n + 1).padStart(4, '0')}`)
  for (const number of numbers) {
    // A mail becomes a case shortly after the server has accepted it with the reply 250.
    const until = performance.now() + PATIENCE_MS
    while (
      !(await invoke(control, {
        verb: 'ack',
        case: number,
        input: '',
        deliveryId: `ack-${number}-${performance.now()}`,
      }))
    ) {
      if (performance.now() > until) throw new Error(`${number} was not opened.`)
      await pause(50)
    }
    await invoke(control, { verb: 'triage', case: number, input: 'valid high', deliveryId: `triage-${number}` })
  }
  return numbers
}

/**
 * Asks the program as the command line does, with one question in each connection. True if the command was carried out,
 * false if it was refused.
 */
async function invoke(control: string, input: Readonly<Record<string, unknown>>): Promise<boolean> {
  const socket = connect(control)
  socket.write(`${JSON.stringify({ operation: 'invoke', input })}\n`)
  const answer = await text(socket)
  if (!answer.startsWith('{"ok":true')) throw new Error(`The program could not answer: ${answer.slice(0, 200)}`)
  return answer.startsWith('{"ok":true,"value":{"audience"')
}

/** The cost of an idle Node process, to compare with. */
async function bareNode(): Promise<Started> {
  const from = performance.now()
  const child = spawn(process.execPath, ['-e', 'console.log("up"); setInterval(() => undefined, 1000)'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  await once(child.stdout, 'data')
  const readyMs = performance.now() - from
  const ended = once(child, 'exit')
  await pause(SETTLED_MS / 4)
  const megabytes = megabytesOf(child.pid)
  child.kill('SIGTERM')
  await ended
  return { readyMs, megabytes }
}
