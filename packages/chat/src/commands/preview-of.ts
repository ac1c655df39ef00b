import { contextOf, firstRefusal } from '@embargo/core'
import type { PersonRequest, Refusal } from '@embargo/core'
import type { Preview } from '@embargo/engine'
import type { CaseCall } from '../define-command.ts'

/**
 * What would happen, or the first rule that says no: asked of core before anything is rendered, so that nobody reads
 * through a preview that cannot go on. The command asks every rule again when it is meant.
 */
export async function previewOf(
  call: CaseCall<unknown>,
  request: Extract<PersonRequest, { verb: 'prenotify' | 'disclose' }>,
): Promise<Preview | Refusal> {
  const { engine, invocation } = call
  const { actor, at } = invocation
  const context = contextOf(engine.policy.policy, call.case.world, { actor }, request, at)
  const refusal = context === undefined ? undefined : firstRefusal(context)
  return refusal ?? engine.preview(request, at)
}
