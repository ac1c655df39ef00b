import type { RecordedEvent } from '../../events/recorded-event.ts'
import type { Platform } from '../../shared/actor.ts'

type ChannelAddress = { readonly platform: Platform; readonly channel: string }

/** The accounts that were seen in a case's channel although they are not on the case, and that have not left since. */
export function strangersIn(
  history: readonly RecordedEvent[],
  { platform, channel }: ChannelAddress,
): ReadonlySet<string> {
  const there = new Set<string>()
  for (const { event } of history) {
    if ((event.type !== 'StrangerNoticed' && event.type !== 'StrangerLeft') || event.platform !== platform) continue
    if (event.channel !== channel) continue
    if (event.type === 'StrangerNoticed') there.add(event.account)
    else there.delete(event.account)
  }
  return there
}
