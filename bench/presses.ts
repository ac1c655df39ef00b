import { ANA, ANA_ON_DISCORD } from './deployment.ts'
import type { ChatName, Deployment } from './deployment.ts'
import { ECHO_BUTTON, ECHO_SHORTCUT } from './echo-app.ts'
import type { EchoApp } from './echo-app.ts'
import { ECHO_LABEL } from './echo-bot.ts'
import type { EchoBot } from './echo-bot.ts'
import { median, percentile } from './figure.ts'
import type { Figure } from './figure.ts'

const WANTED_ACK_MS = 50
const PATIENCE_MS = 30_000

/**
 * Presses a button or chooses an entry, waits for the result, and returns the time until the acknowledgement in
 * milliseconds.
 */
type Act = () => Promise<number>
type Acts = {
  readonly work: string
  readonly where: string
  readonly what: string
  readonly ours: Act
  readonly bare: Act
}

type Parties = {
  readonly running: Deployment
  readonly app: EchoApp
  readonly bot: EchoBot
  /** On each platform, the channel of a case that was acknowledged and not triaged. */
  readonly cases: Readonly<Record<ChatName, string>>
}

/**
 * The text by which a report's card is found. The card's button can be pressed repeatedly; the answer then says that
 * the report was acknowledged before.
 */
const REPORT = 'report arrived'
const BUTTON = 'Acknowledge'
/** A message-menu entry that opens a form. In Discord, opening the form acknowledges the interaction. */
const MENU = { slack: 'embargo:send-to-reporter', discord: 'Send to reporter…' }

/**
 * Measures, on each platform, how fast our app acknowledges a button and an entry in a message's menu. For comparison,
 * an app that only echoes is measured, too.
 */
export async function benchPresses(parties: Parties, { runs, times, warmUp }: Times): Promise<readonly Figure[]> {
  const figures: Figure[] = []
  for (const { work, where, what, ours, bare } of actsOf(parties)) {
    const all: { readonly ours: number[]; readonly bare: number[] }[] = []
    for (let run = 0; run < runs; run += 1) {
      const acked = { ours: [] as number[], bare: [] as number[] }
      for (let n = 0; n < warmUp + times; n += 1) {
        // Our app and the bare app take turns, so that a busy moment of the machine affects both.
        const [our, their] = [await ours(), await bare()]
        if (n < warmUp) continue
        acked.ours.push(our)
        acked.bare.push(their)
      }
      all.push(acked)
    }
    const p99 = (of: 'ours' | 'bare'): number => tenths(median(all.map((run) => percentile(run[of], 0.99))))
    const value = p99('ours')
    figures.push({
      work: `${work} acknowledged, p99 (${where}, idle)`,
      value,
      unit: 'ms',
      runs,
      target: `under ${WANTED_ACK_MS}`,
      met: value < WANTED_ACK_MS,
      beside: { what, value: p99('bare'), unit: 'ms' },
    })
  }
  return figures
}

type Times = { readonly runs: number; readonly times: number; readonly warmUp: number }

const tenths = (value: number): number => Math.round(value * 10) / 10

function actsOf({ running: { slack, discord }, app, bot, cases }: Parties): readonly Acts[] {
  const bolt = 'a bare Bolt app'
  const plain = 'a bare discord.js bot'
  const inSlack = slack.state.messagesIn(cases.slack).find((one) => slack.render(one).includes(REPORT))?.ts ?? ''
  const inDiscord =
    discord.state.messagesIn(cases.discord).find((one) => discord.render(one).includes(REPORT))?.id ?? ''
  const saidInSlack = slack.person(ANA).say(cases.slack, 'Dear Nora, thank you.').ts
  const saidInDiscord = discord.person(ANA_ON_DISCORD).say(cases.discord, 'Dear Nora, thank you.').id
  return [
    {
      work: 'button',
      where: 'Slack',
      what: `${bolt} that echoes`,
      ours: async () => bothShown(slack, await slack.person(ANA).click(inSlack, BUTTON)),
      bare: async () => (await (await app.slack.person(ANA).click(app.message, ECHO_BUTTON)).shown(PATIENCE_MS)).ackMs,
    },
    {
      work: 'message menu',
      where: 'Slack',
      what: `${bolt} that opens a form`,
      ours: () => choosesInSlack(slack, MENU.slack, saidInSlack),
      bare: () => choosesInSlack(app.slack, ECHO_SHORTCUT, app.message),
    },
    {
      work: 'button',
      where: 'Discord',
      what: `${plain} that echoes`,
      ours: async () =>
        (await (await discord.person(ANA_ON_DISCORD).click(inDiscord, BUTTON)).shown(PATIENCE_MS)).ackMs,
      bare: async () =>
        (await (await bot.discord.person(ANA_ON_DISCORD).click(bot.message, ECHO_LABEL)).shown(PATIENCE_MS)).ackMs,
    },
    {
      work: 'message menu',
      where: 'Discord',
      what: `${plain} that opens a form`,
      ours: () => choosesInDiscord(discord, MENU.discord, saidInDiscord),
      bare: () => choosesInDiscord(bot.discord, ECHO_LABEL, bot.message),
    },
  ]
}

type PressOutcome = { readonly ackMs: number; readonly ephemerals: readonly unknown[] }

/**
 * Waits for the answer and for the refreshed card, because a press before the refresh would count as a double click.
 */
async function bothShown(chat: Waits, outcome: PressOutcome): Promise<number> {
  await chat.until(() => outcome.ephemerals.length >= 2, {
    timeoutMs: PATIENCE_MS,
    wanted: 'the answer and the status',
  })
  return outcome.ackMs
}

type Waits = {
  until(look: () => boolean, more: { readonly timeoutMs: number; readonly wanted: string }): Promise<unknown>
}

async function choosesInSlack(slack: Deployment['slack'], shortcut: string, message: string): Promise<number> {
  const outcome = await (await slack.person(ANA).shortcut(shortcut, message)).shown(PATIENCE_MS)
  if (outcome.view === undefined) throw new Error('no form opened in Slack')
  await slack.person(ANA).close(outcome.view)
  return outcome.ackMs
}

async function choosesInDiscord(discord: Deployment['discord'], entry: string, message: string): Promise<number> {
  const outcome = await discord.person(ANA_ON_DISCORD).messageAction(entry, message)
  if (outcome.modal === undefined) throw new Error('no form opened in Discord')
  return outcome.ackMs
}
