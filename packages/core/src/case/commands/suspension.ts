import type { Append } from '../decision.ts'
import type { Suspect } from '../../events/case/world.ts'
import type { Context } from '../../policy/gates/gate.ts'

/** A recipient who may have let it out gets nothing more of this release. */
export function suspension({ release }: Context, suspect: Suspect | undefined, because: string): readonly Append[] {
  if (release === undefined || suspect?.kind !== 'recipient') return []
  const { list, recipient } = suspect
  const told = release.prenotified.find((one) => one.list === list && one.recipient === recipient)
  if (told === undefined || told.suspendedAt !== undefined) return []
  return [{ stream: release.id, events: [{ type: 'RecipientSuspended', list, recipient, because }] }]
}
