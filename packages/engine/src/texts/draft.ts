import type { EffectId } from '@embargo/core'
import { loadSituation } from '../dispatch/situation.ts'
import type { Deps } from '../deps.ts'
import { renderMail } from '../letters/render-mail.ts'

/**
 * The bytes of one of our mails. For a mail that was sent, these are the sent bytes; for a waiting mail, the bytes that
 * would be written now. Undefined if there is no such mail.
 *
 * @throws CannotPerform if there is no address, the text cannot be written, or the mail differs from what was approved
 */
export async function draft(deps: Deps, id: EffectId): Promise<Uint8Array | undefined> {
  const row = await deps.outbox.find(id)
  if (row === undefined || row.effect.kind !== 'send-mail') return undefined
  if (row.rendered !== undefined) return row.rendered
  const { effect } = row
  return renderMail({ ...(await loadSituation(deps, effect)), effect, deps, now: deps.clock.now() })
}
