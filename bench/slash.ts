import { ADDRESS, ANA, ANA_ON_DISCORD, deploy, untilDone } from './deployment.ts'
import type { ChatName, Deployment } from './deployment.ts'
import { echoApp } from './echo-app.ts'
import { echoBot } from './echo-bot.ts'
import { median, percentile } from './figure.ts'
import type { Bench, Figure } from './figure.ts'
import { Mails } from './mails.ts'
import { benchPresses } from './presses.ts'

const RUNS = 3
const COMMANDS = 100
const WARM_UP = 20
const WANTED_ACK_MS = 50
const WANTED_ANSWER_MS = 100
/** If a bench waits longer than this, it has found a fault, not a slow machine. */
const PATIENCE_MS = 120_000
/**
 * A report comes with every third command, however slow the machine is. More reports are not possible, because each
 * opens a case with a channel, and a Discord server has at most 500 channels.
 */
const COMMANDS_FOR_A_REPORT = 3

type Times = { readonly acked: number[]; readonly answered: number[] }
type TypedAnswer = { readonly ackMs: number; readonly said: string }
/**
 * Types a command. In our app, the command writes to a case. In the bare app, it echoes `n`. Resolves when the answer
 * is visible.
 */
type TypeCommand = (n: number) => Promise<TypedAnswer>
type Parties = { readonly ours: TypeCommand; readonly bare: TypeCommand; readonly what: string }

/**
 * Measures a command that writes (`triage affects`) on each platform: first while nothing else happens, then while
 * cases open. For comparison, a bare Bolt app and a bare discord.js bot, which only echo, are measured too. Then
 * measures a button and an entry of a message's menu, while nothing else happens.
 */
export const slashBench: Bench = {
  name: 'slash',
  async measure() {
    await using running = await deploy()
    await using app = await echoApp()
    await using bot = await echoBot()
    const reporting = () => Mails.to(running.smtpPort, ADDRESS)
    const cases = await theCase(running, reporting)
    const parties: Readonly<Record<ChatName, Parties>> = {
      slack: {
        what: 'a bare Bolt app that echoes',
        ours: async (n) => inSlack(running.slack, '/cvd', `triage affects main ${yes(n)}`, cases.slack),
        bare: async (n) => inSlack(app.slack, '/echo', `Done ${n}`, app.channel),
      },
      discord: {
        what: 'a bare discord.js bot that echoes',
        ours: async (n) =>
          inDiscord(
            running.discord,
            '/triage',
            { disposition: 'affects', branch: 'main', affected: yes(n) },
            cases.discord,
          ),
        bare: async (n) => inDiscord(bot.discord, '/echo', { text: `Done ${n}` }, bot.channel),
      },
    }
    const figures: Figure[] = []
    for (const platform of ['slack', 'discord'] as const)
      for (const busy of [false, true]) {
        figures.push(...(await measured(platform, parties[platform], busy ? reporting : undefined)))
        // Work from the opened cases must end before the next measurement.
        await untilDone(running, PATIENCE_MS)
      }
    const times = { runs: RUNS, times: COMMANDS, warmUp: WARM_UP }
    figures.push(...(await benchPresses({ running, app, bot, cases: await anotherCase(running, cases) }, times)))
    return figures
  },
}

/**
 * One of the cases that opened during the measurement. It has not been triaged, so the card of its report still has
 * buttons.
 */
async function anotherCase(
  { slack, discord }: Deployment,
  { slack: takenInSlack, discord: takenInDiscord }: Readonly<Record<ChatName, string>>,
): Promise<Readonly<Record<ChatName, string>>> {
  const inSlackAt = [...slack.state.channels.values()].find(
    ({ id, name, members }) => id !== takenInSlack && name.startsWith('sec-') && members.has(ANA),
  )
  const inDiscordAt = discord
    .person(ANA_ON_DISCORD)
    .channels.find(({ id, name }) => id !== takenInDiscord && name.startsWith('sec-'))
  if (inSlackAt === undefined || inDiscordAt === undefined) throw new Error('no other case has opened')
  await inSlack(slack, '/cvd', 'ack', inSlackAt.id)
  await inDiscord(discord, '/ack', {}, inDiscordAt.id)
  return { slack: inSlackAt.id, discord: inDiscordAt.id }
}

const yes = (n: number): string => (n % 2 === 0 ? 'yes' : 'no')

async function measured(
  platform: ChatName,
  { ours, bare, what }: Parties,
  reporting: (() => Promise<Mails>) | undefined,
): Promise<readonly Figure[]> {
  const all: { readonly ours: Times; readonly bare: Times }[] = []
  for (let run = 0; run < RUNS; run += 1) {
    const times = { ours: { acked: [], answered: [] }, bare: { acked: [], answered: [] } }
    // Each measurement has a new connection. An old one might have been idle so long that the server closed it.
    using mails = await reporting?.()
    const coming: Promise<void>[] = []
    for (let n = 0; n < WARM_UP + COMMANDS; n += 1) {
      if (mails !== undefined && n % COMMANDS_FOR_A_REPORT === 0) coming.push(mails.send('meanwhile'))
      // Our app and the bare app take turns, so that a busy moment of the machine affects both.
      await take(times.ours, n, ours)
      await take(times.bare, n, bare)
    }
    await Promise.all(coming)
    all.push(times)
  }
  const overRuns = (of: (run: (typeof all)[number]) => number): number => tenths(median(all.map(of)))
  const ack = overRuns((run) => percentile(run.ours.acked, 0.99))
  const answer = overRuns((run) => median(run.ours.answered))
  const where = `${platform === 'slack' ? 'Slack' : 'Discord'}, ${reporting === undefined ? 'idle' : 'while cases open'}`
  return [
    {
      work: `command acknowledged, p99 (${where})`,
      value: ack,
      unit: 'ms',
      runs: RUNS,
      target: `under ${WANTED_ACK_MS}`,
      met: ack < WANTED_ACK_MS,
      beside: { what, value: overRuns((run) => percentile(run.bare.acked, 0.99)), unit: 'ms' },
    },
    {
      work: `command answered after its commit (${where})`,
      value: answer,
      unit: 'ms (median)',
      runs: RUNS,
      target: `under ${WANTED_ANSWER_MS}`,
      met: answer < WANTED_ANSWER_MS,
      beside: { what, value: overRuns((run) => median(run.bare.answered)), unit: 'ms' },
    },
  ]
}

const tenths = (value: number): number => Math.round(value * 10) / 10

async function take(times: Times, n: number, type: TypeCommand): Promise<void> {
  const from = performance.now()
  const { ackMs, said } = await type(n)
  const took = performance.now() - from
  if (!said.includes('Done')) throw new Error(`The answer does not say “Done”: ${said.slice(0, 300)}`)
  if (n < WARM_UP) return
  times.acked.push(ackMs)
  times.answered.push(took)
}

async function inSlack(
  slack: Deployment['slack'],
  command: string,
  text: string,
  channel: string,
): Promise<TypedAnswer> {
  const outcome = await (await slack.person(ANA).command(command, text, channel)).shown(PATIENCE_MS)
  return { ackMs: outcome.ackMs, said: JSON.stringify(outcome.ephemerals) }
}

async function inDiscord(
  discord: Deployment['discord'],
  command: string,
  values: Readonly<Record<string, string>>,
  channel: string,
): Promise<TypedAnswer> {
  const outcome = await (await discord.person(ANA_ON_DISCORD).command(command, values, channel)).shown(PATIENCE_MS)
  return { ackMs: outcome.ackMs, said: outcome.messages.map((one) => discord.render(one)).join('\n') }
}

/** Opens a case by mail, and acknowledges and triages it. Returns its channel on each platform. */
async function theCase(
  { slack, discord }: Deployment,
  reporting: () => Promise<Mails>,
): Promise<Readonly<Record<ChatName, string>>> {
  using mails = await reporting()
  await mails.send('slash')
  const wait = { timeoutMs: PATIENCE_MS, wanted: 'the channel of a case' }
  const inSlackAt = await slack.until(
    ({ channels }) =>
      [...channels.values()].find(
        ({ name, messages, members }) => name.startsWith('sec-') && messages.length >= 2 && members.has(ANA),
      ),
    wait,
  )
  const inDiscordAt = await discord.until(
    () =>
      discord
        .person(ANA_ON_DISCORD)
        .channels.find(({ name, messages }) => name.startsWith('sec-') && messages.length >= 2),
    wait,
  )
  for (const text of ['ack', 'triage valid high']) await inSlack(slack, '/cvd', text, inSlackAt.id)
  return { slack: inSlackAt.id, discord: inDiscordAt.id }
}
