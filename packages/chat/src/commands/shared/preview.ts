import { contextOf, firstRefusal } from '@embargo/core'
import type { PersonRequest, Refusal, ShownCommand } from '@embargo/core'
import type { Preview } from '@embargo/engine'
import type { CaseCall } from '../../chat-command.ts'

/**
 * The preview of a command, or the refusal of the first gate that refuses. Gates are checked before anything is
 * rendered, so nobody reads a preview that they could not confirm. The gates are checked again when the command runs.
 */
export async function previewOf(call: CaseCall<unknown>, request: ShownCommand): Promise<Preview | Refusal> {
  return refusalOf(call, request) ?? call.engine.commands.preview(request, call.invocation.at)
}

/** Checks core's gates for the caller now. Returns the first refusal; undefined if no gate refuses. */
export function refusalOf(call: CaseCall<unknown>, request: PersonRequest): Refusal | undefined {
  const { actor, at } = call.invocation
  const context = contextOf(call.engine.policy.policy, call.case.world, { actor }, request, at)
  return context === undefined ? undefined : firstRefusal(context)
}
