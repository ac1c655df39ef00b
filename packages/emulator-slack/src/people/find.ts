import type { PlacedElement } from '../blocks/rules.ts'
import { elementsOf } from '../blocks/rules.ts'
import type { Block } from '../blocks/blocks.ts'
import type { Channel, EphemeralMessage, Message } from '../state.ts'
import type { Workspace } from '../workspace.ts'
import { NotPossible } from './not-possible.ts'

/** A message that the person sees; `ephemeral` if nobody else does. */
export type Sight =
  | { readonly kind: 'message'; readonly channel: Channel; readonly message: Message }
  | { readonly kind: 'ephemeral'; readonly channel: Channel; readonly message: EphemeralMessage }

/** Finds a message by its timestamp among what the person can see. */
export const sightOf = (workspace: Workspace, user: string, ts: string): Sight => {
  for (const channel of workspace.channels.values()) {
    if (!channel.members.has(user)) continue
    const message = channel.messages.find((each) => each.ts === ts && !each.deleted)
    if (message) return { kind: 'message', channel, message }
  }
  const ephemeral = workspace.ephemerals.find((each) => each.ts === ts && each.user === user && !each.deleted)
  const channel = ephemeral && workspace.channels.get(ephemeral.channel)
  if (!ephemeral || !channel) throw new NotPossible(`${user} sees no message ${ts}.`)
  return { kind: 'ephemeral', channel, message: ephemeral }
}

const labelOf = ({ block, element }: PlacedElement): string | undefined => {
  if (element.type === 'button') return element.text.text
  return block.type === 'input' ? block.label.text : undefined
}

/** Finds a button by its text, an input by its label, or either by its action_id. */
export const elementNamed = (blocks: readonly Block[], label: string): PlacedElement => {
  const all = elementsOf(blocks)
  const fitting = all.filter((each) => each.element.type !== 'image' && each.element.action_id === label)
  const found = fitting.length > 0 ? fitting : all.filter((each) => labelOf(each) === label)
  const first = found[0]
  if (first && found.length === 1) return first
  const offered = all
    .flatMap((each) => [labelOf(each) ?? ('action_id' in each.element ? each.element.action_id : undefined) ?? []])
    .flat()
  const problem = first ? `${found.length} elements are called ${label}.` : `There is nothing called ${label}.`
  throw new NotPossible(`${problem} There are: ${offered.join(', ') || 'none'}.`)
}
