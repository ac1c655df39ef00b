import { webApi } from '@slack/bolt'
import { ADDRESS, ANA, APP, deploy } from './deployment.ts'
import { median } from './figure.ts'
import type { Bench } from './figure.ts'
import { plainReport, SmtpClient } from './smtp-client.ts'

const RUNS = 3
const REPORTS = 20
const WARM_UP = 5
const WANTED_MS = 150
/** A bench that waits longer than this for a card has found a mistake, not a figure. */
const PATIENCE_MS = 30_000

/** From our 250 until the report stands in its new private channel: channel opened, people invited, card posted. */
export const postedBench: Bench = {
  name: 'posted',
  async measure() {
    const runs: { readonly ours: number; readonly bare: number }[] = []
    for (let run = 0; run < RUNS; run += 1) runs.push(await measured())
    const value = Math.round(median(runs.map(({ ours }) => ours)))
    return [
      {
        work: 'from our 250 to posted in Slack',
        value,
        unit: 'ms (median)',
        runs: RUNS,
        target: `under ${WANTED_MS}`,
        met: value < WANTED_MS,
        beside: {
          what: 'the three calls that it takes, made bare',
          value: Math.round(median(runs.map(({ bare }) => bare))),
          unit: 'ms',
        },
      },
    ]
  },
}

async function measured(): Promise<{ readonly ours: number; readonly bare: number }> {
  await using running = await deploy()
  const { slack, smtpPort } = running
  using client = await SmtpClient.connect(smtpPort)
  const waits: number[] = []
  for (let n = 0; n < WARM_UP + REPORTS; n += 1) {
    const marker = `report-${n}-of-this-bench`
    await client.send({ from: 'robin@sample.example', to: ADDRESS, raw: plainReport(marker, ADDRESS) })
    const from = performance.now()
    await slack.until(
      (state) =>
        [...state.channels.values()]
          .at(-1)
          ?.messages.some((message) => JSON.stringify(message.blocks).includes(marker)),
      { timeoutMs: PATIENCE_MS, wanted: 'the card of a report' },
    )
    if (n >= WARM_UP) waits.push(performance.now() - from)
  }
  return { ours: median(waits), bare: await bareCalls(slack.apiUrl) }
}

/** Channel made, person invited, message posted, with Slack's own client and nothing between. */
async function bareCalls(slackApiUrl: string): Promise<number> {
  const client = new webApi.WebClient(APP.botToken, { slackApiUrl })
  const waits: number[] = []
  for (let n = 0; n < WARM_UP + REPORTS; n += 1) {
    const from = performance.now()
    const { channel } = await client.conversations.create({ name: `bare-${n}`, is_private: true })
    await client.conversations.invite({ channel: channel?.id ?? '', users: ANA })
    await client.chat.postMessage({ channel: channel?.id ?? '', text: 'a report' })
    if (n >= WARM_UP) waits.push(performance.now() - from)
  }
  return median(waits)
}
