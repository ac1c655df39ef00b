import { ADDRESS, deploy } from './deployment.ts'
import { median } from './figure.ts'
import type { Bench } from './figure.ts'
import { plainReport, SmtpClient } from './smtp-client.ts'

const REPORTS = 40
const WARM_UP = 5
const WANTED_MS = 150
/** A bench that waits longer than this for a card has found a mistake, not a figure. */
const PATIENCE_MS = 30_000

/** From our 250 until the report stands in its new private channel: channel opened, people invited, card posted. */
export const postedBench: Bench = {
  name: 'posted',
  async measure() {
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
    const value = Math.round(median(waits))
    return [
      {
        work: 'from our 250 to posted in Slack',
        value,
        unit: 'ms (median)',
        runs: REPORTS,
        target: `under ${WANTED_MS}`,
        met: value < WANTED_MS,
      },
    ]
  },
}
