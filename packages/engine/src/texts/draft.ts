import type { EffectId } from '@embargo/core'
import { loadSituation } from '../dispatch/situation.ts'
import type { Deps } from '../deps.ts'
import { renderMail } from '../letters/render-mail.ts'

/**
 * The bytes of one of our mails: as it was sent or, while it waits, as it would be written now. Undefined if there is
 * no such mail.
 *
 * @throws CannotPerform when there is no address, the text cannot be written, or it is not what was approved
 */
export async function draft(deps: Deps, id: EffectId): Promise<Uint8Array | undefined> {
  const row = await deps.outbox.find(id)
  if (row === undefined || row.effect.kind !== 'send-mail') return undefined
  if (row.rendered !== undefined) return row.rendered
  const { effect } = row
  return renderMail({ ...(await loadSituation(deps, effect)), effect, deps, now: deps.clock.now() })
}
