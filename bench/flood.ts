import { setTimeout as pause } from 'node:timers/promises'
import { ADDRESS, ANA, ANA_ON_DISCORD, deploy, until, untilDone } from './deployment.ts'
import type { Deployment } from './deployment.ts'
import type { Bench } from './figure.ts'
import { Mails } from './mails.ts'

const REPORTS = 400
/**
 * On both platforms, a minute of the rate limits passes in ten seconds. Slack states waits in whole seconds, so at a
 * higher speed the rounding would dominate the result.
 */
const SPEED = 6
/**
 * How many channels can be created in a minute: https://docs.slack.dev/apis/web-api/rate-limits, tier 2. This is the
 * tightest of the limits that a case meets.
 */
const CHANNELS_A_MINUTE = 20
const MINUTE_MS = 60_000
const WANTED_OF_LIMITS = 1.2
const WANTED_COMMAND_MS = 3000
/**
 * The pause between two commands of the person who works during the flood. Each command is announced in the channel,
 * where Slack allows one post a second. With a shorter pause, waits of a second would dominate the result, because
 * `SPEED` does not shorten them.
 */
const COMMANDS_EVERY_MS = 2000
/** If a bench has to wait longer than this, something is broken, and the bench fails. */
const PATIENCE_MS = 15 * MINUTE_MS

/** Many reports at once, with the rate limits of both platforms in force, while a person works. */
export const floodBench: Bench = {
  name: 'flood',
  async measure() {
    await using running = await deploy({ limits: { speed: SPEED } })
    using mails = await Mails.to(running.smtpPort, ADDRESS)
    await mails.send('first')
    await untilDone(running, PATIENCE_MS)
    const working = new AbortController()
    const commands = work(running, working.signal)
    const from = performance.now()
    for (let n = 1; n < REPORTS; n += 1) await mails.send('flood')
    await until(() => channelsOf(running).every(({ made }) => made >= REPORTS), PATIENCE_MS)
    // People at work keep causing new cards, so they must stop before we wait for the last card.
    working.abort()
    const slowest = Math.max(...(await commands))
    await untilDone(running, PATIENCE_MS)
    const took = performance.now() - from
    const permitted = ((REPORTS / CHANNELS_A_MINUTE - 1) * MINUTE_MS) / SPEED
    const ofLimits = hundredths(took / permitted)
    const wrong = channelsOf(running).reduce(
      (sum, { made, names }) => sum + Math.abs(made - REPORTS) + (made - names),
      0,
    )
    return [
      {
        work: `${REPORTS} reports at once on both platforms, until the last card is posted`,
        value: ofLimits,
        unit: '× of what the limits alone permit',
        runs: 1,
        target: `at most ${WANTED_OF_LIMITS}`,
        met: ofLimits <= WANTED_OF_LIMITS,
        beside: {
          what: `the limit of ${CHANNELS_A_MINUTE} channels a minute, on a clock that runs ${SPEED} times as fast`,
          value: Math.round(permitted),
          unit: 'ms',
        },
      },
      {
        work: 'channels missing or opened twice meanwhile',
        value: wrong,
        unit: 'channels',
        runs: 1,
        target: '0',
        met: wrong === 0,
      },
      {
        work: 'slowest command meanwhile',
        value: Math.round(slowest),
        unit: 'ms',
        runs: 1,
        target: `under ${WANTED_COMMAND_MS}`,
        met: slowest < WANTED_COMMAND_MS,
      },
    ]
  },
}

const hundredths = (value: number): number => Math.round(value * 100) / 100

/**
 * A person records affected branches of the first case, on both platforms in turn, until the flood is over. Returns how
 * long each answer took.
 */
async function work({ slack, discord }: Deployment, signal: AbortSignal): Promise<readonly number[]> {
  const inSlack = [...slack.state.channels.values()].find(({ name }) => name.startsWith('sec-'))?.id ?? ''
  const inDiscord = discord.person(ANA_ON_DISCORD).channels.find(({ name }) => name.startsWith('sec-'))?.id ?? ''
  for (const text of ['ack', 'triage valid high'])
    await (await slack.person(ANA).command('/cvd', text, inSlack)).shown()
  const took: number[] = []
  while (!signal.aborted) {
    const from = performance.now()
    // Recording the same value twice would change nothing.
    const affected = took.length % 2 === 0 ? 'yes' : 'no'
    const outcome =
      took.length % 2 === 0
        ? await slack.person(ANA).command('/cvd', `triage affects main ${affected}`, inSlack)
        : await discord
            .person(ANA_ON_DISCORD)
            .command('/triage', { disposition: 'affects', branch: 'main', affected }, inDiscord)
    // A failure that the platform shows is not an answer, however soon it comes, so the time counts as infinite.
    if (outcome.failure === undefined) await outcome.shown(PATIENCE_MS)
    took.push(outcome.failure === undefined ? performance.now() - from : Number.POSITIVE_INFINITY)
    await pause(COMMANDS_EVERY_MS)
  }
  return took
}

function channelsOf({ slack, discord }: Deployment): readonly { readonly made: number; readonly names: number }[] {
  return [slack.state.channels, discord.state.channels].map((channels) => {
    const names = [...channels.values()].map(({ name }) => name).filter((name) => name.startsWith('sec-'))
    return { made: names.length, names: new Set(names).size }
  })
}
