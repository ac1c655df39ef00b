import { untilReady } from './until-ready.ts'
import { ana, ben } from './policy.ts'
import { cardOf, press, RELEASE } from './small-house.ts'
import type { SmallHouse } from './small-house.ts'

/** Pre-notified and approved, and on the day of the release approved again: the publication runs. */
export async function untilPublishing(): Promise<SmallHouse> {
  const house = await untilReady()
  const approve = async () => {
    const shown = cardOf(await house.asks(ben, 'approve'))
    await house.asks(ben, 'approve', press(shown, 'Approve').input)
  }
  await house.asks(
    ana,
    'prenotify',
    press(cardOf(await house.asks(ana, 'prenotify', '2026-06-09')), 'Ask the second person').input,
  )
  await approve()
  house.now = RELEASE
  await house.asks(ana, 'disclose', press(cardOf(await house.asks(ana, 'disclose')), 'Ask the second person').input)
  await approve()
  return house
}
