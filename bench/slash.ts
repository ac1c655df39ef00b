import { App, LogLevel } from '@slack/bolt'
import { startSlackEmulator } from '@embargo/testkit'
import type { SlackEmulator } from '@embargo/testkit'
import { ADDRESS, ANA, APP, deploy } from './deployment.ts'
import { median, percentile } from './figure.ts'
import type { Bench } from './figure.ts'
import { plainReport, SmtpClient } from './smtp-client.ts'

const RUNS = 3
const COMMANDS = 200
const WARM_UP = 20
const WANTED_ACK_MS = 50
const WANTED_ANSWER_MS = 100
/** A bench that waits longer than this has found a mistake, not a figure. */
const PATIENCE_MS = 30_000

type Times = { readonly acked: number[]; readonly answered: number[] }

/** A slash command that writes (`/cvd affects`), beside the echo of a Bolt app that does nothing else. */
export const slashBench: Bench = {
  name: 'slash',
  async measure() {
    await using running = await deploy()
    const channel = await caseChannel(running.slack, running.smtpPort)
    await using echo = await echoApp()
    const all: { readonly ours: Times; readonly bare: Times }[] = []
    for (let run = 0; run < RUNS; run += 1) {
      const ours: Times = { acked: [], answered: [] }
      const bare: Times = { acked: [], answered: [] }
      for (let n = 0; n < WARM_UP + COMMANDS; n += 1) {
        // In turns, so that a busy moment of the machine meets both.
        const text = `affects main ${n % 2 === 0 ? 'yes' : 'no'}`
        await type(ours, n, { slack: running.slack, channel, command: '/cvd', text, wanted: 'Done' })
        await type(bare, n, {
          slack: echo.slack,
          channel: echo.channel,
          command: '/echo',
          text: `${n}`,
          wanted: `${n}`,
        })
      }
      all.push({ ours, bare })
    }
    const overRuns = (of: (run: (typeof all)[number]) => number): number => tenths(median(all.map(of)))
    const ack = overRuns(({ ours }) => percentile(ours.acked, 0.99))
    const bareAck = overRuns(({ bare }) => percentile(bare.acked, 0.99))
    const answer = overRuns(({ ours }) => median(ours.answered))
    const bareAnswer = overRuns(({ bare }) => median(bare.answered))
    const what = 'a bare Bolt app that echoes'
    return [
      {
        work: 'slash command acknowledged, p99',
        value: ack,
        unit: 'ms',
        runs: RUNS,
        target: `under ${WANTED_ACK_MS}`,
        met: ack < WANTED_ACK_MS,
        beside: { what, value: bareAck, unit: 'ms' },
      },
      {
        work: 'slash command answered after its commit',
        value: answer,
        unit: 'ms (median)',
        runs: RUNS,
        target: `under ${WANTED_ANSWER_MS}`,
        met: answer < WANTED_ANSWER_MS,
        beside: { what, value: bareAnswer, unit: 'ms' },
      },
    ]
  },
}

const tenths = (value: number): number => Math.round(value * 10) / 10

type Typed = {
  readonly slack: SlackEmulator
  readonly channel: string
  readonly command: string
  readonly text: string
  readonly wanted: string
}

async function type(times: Times, n: number, { slack, channel, command, text, wanted }: Typed): Promise<void> {
  const from = performance.now()
  const outcome = await slack.person(ANA).command(command, text, channel)
  await outcome.shown(PATIENCE_MS)
  const took = performance.now() - from
  const said = JSON.stringify(outcome.ephemerals)
  if (!said.includes(wanted)) throw new Error(`The app answered ${command} otherwise: ${said.slice(0, 300)}`)
  if (n < WARM_UP) return
  times.acked.push(outcome.ackMs)
  times.answered.push(took)
}

/** One case with its channel and its card: a mail opens it. */
async function caseChannel(slack: SlackEmulator, smtpPort: number): Promise<string> {
  using client = await SmtpClient.connect(smtpPort)
  await client.send({ from: 'robin@sample.example', to: ADDRESS, raw: plainReport('slash', ADDRESS) })
  const channel = await slack.until(
    (state) =>
      [...state.channels.values()].find(
        (each) => each.name.startsWith('sec-') && each.messages.length >= 2 && each.members.has(ANA),
      ),
    {
      timeoutMs: PATIENCE_MS,
      wanted: 'the channel of a case',
    },
  )
  for (const text of ['ack', 'triage valid high'])
    await (await slack.person(ANA).command('/cvd', text, channel.id)).shown(PATIENCE_MS)
  return channel.id
}

/** Bolt as its documentation shows it, on a workspace of its own. */
async function echoApp(): Promise<AsyncDisposable & { readonly slack: SlackEmulator; readonly channel: string }> {
  await using stack = new AsyncDisposableStack()
  const slack = stack.use(
    await startSlackEmulator({
      users: [{ id: ANA, name: 'ana', realName: 'Ana' }],
      ...APP,
      scopes: ['chat:write', 'commands', 'groups:write'],
      commands: ['/echo'],
    }),
  )
  const clientOptions = { slackApiUrl: slack.apiUrl }
  const app = new App({
    token: APP.botToken,
    appToken: APP.appToken,
    socketMode: true,
    clientOptions,
    logLevel: LogLevel.ERROR,
  })
  app.command('/echo', async ({ ack, command, respond }) => {
    await ack()
    await respond({ text: command.text, response_type: 'ephemeral' })
  })
  await app.start()
  stack.defer(async () => void (await app.stop()))
  const created = await app.client.conversations.create({ name: 'echo', is_private: true })
  const channel = created.channel?.id ?? ''
  await app.client.conversations.invite({ channel, users: ANA })
  const owned = stack.move()
  return { slack, channel, [Symbol.asyncDispose]: () => owned.disposeAsync() }
}
