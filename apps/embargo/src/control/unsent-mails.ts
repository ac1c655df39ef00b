import type { EffectId, StreamId } from '@embargo/core'
import { skipDamaged } from '@embargo/engine'
import type { Engine } from '@embargo/engine'

/**
 * The mails of a stream that were withdrawn without being sent. If a report was moved, its mails are listed in the case
 * where the report is now.
 */
export async function unsentMails(
  { queries }: Pick<Engine, 'queries'>,
  stream: StreamId,
): Promise<ReadonlySet<EffectId>> {
  const state = await skipDamaged(() => queries.state(stream))
  const homes = state?.kind === 'case' ? state.moved.map(({ to }) => to) : []
  const all = new Set<EffectId>()
  for (const home of new Set<StreamId>([stream, ...homes]))
    for (const { event } of (await skipDamaged(() => queries.history(home))) ?? [])
      if (event.type === 'MailWithdrawn') all.add(event.effect)
  return all
}
