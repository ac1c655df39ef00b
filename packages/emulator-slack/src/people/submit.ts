import { checkView } from '../blocks/check.ts'
import type { InputBlock } from '../blocks/blocks.ts'
import type { PlacedElement } from '../blocks/rules.ts'
import type { Interaction } from '../interaction.ts'
import type { JsonObject } from '@embargo/emulator-kit'
import { isObject } from '@embargo/emulator-kit'
import { VIEW_STACK_MAX } from '../limits.ts'
import { closeViews, openView, replaceView, stackOf } from '../modals.ts'
import type { OpenView } from '../state.ts'
import type { Workspace } from '../workspace.ts'
import { elementNamed } from './find.ts'
import type { InputValue } from './inputs.ts'
import { clientComplaint, filledState, isEmpty } from './inputs.ts'
import { NotPossible } from './not-possible.ts'

/** The error texts that appear under inputs, by the block_id of the input. */
export type InputErrors = Readonly<Record<string, string>>

const inputsOf = (open: OpenView): readonly InputBlock[] =>
  open.view.blocks.filter((block): block is InputBlock => block.type === 'input')

/** Finds an input by its block_id, an action_id or a label. */
export const inputNamed = (open: OpenView, name: string): Pick<PlacedElement, 'block' | 'element'> => {
  const byBlock = inputsOf(open).find((block) => block.block_id === name)
  return byBlock ? { block: byBlock, element: byBlock.element } : elementNamed(open.view.blocks, name)
}

/** Fills in inputs, each named by its block_id, its action_id or its label. */
export const fillIn = (open: OpenView, values: Readonly<Record<string, InputValue>>): void => {
  for (const [name, value] of Object.entries(values)) {
    const placed = inputNamed(open, name)
    const actions = open.values.get(placed.block.block_id ?? '')
    const id = 'action_id' in placed.element ? (placed.element.action_id ?? '') : ''
    if (!actions?.has(id)) throw new NotPossible(`${name} is not something to fill in.`)
    actions.set(id, filledState(placed.element, value, open.offered.get(placed.block.block_id ?? '')))
  }
}

/** The complaints that Slack's client shows before it sends anything. */
export const clientErrors = (open: OpenView): InputErrors | undefined => {
  const errors: Record<string, string> = {}
  for (const { block_id: id = '', element, optional } of inputsOf(open)) {
    const state = open.values.get(id)?.get(element.action_id ?? '')
    if (!state) continue
    if (isEmpty(state) && optional !== true) errors[id] = 'Please complete this required field.'
    const complaint = clientComplaint(element, state)
    if (complaint !== undefined) errors[id] = complaint
  }
  return Object.keys(errors).length > 0 ? errors : undefined
}

/** The effect of a submission's acknowledgement on the modal. */
export type SubmitEffect =
  | { readonly kind: 'closed' | 'cleared' | 'updated' | 'pushed' | 'invalid' }
  | { readonly kind: 'errors'; readonly errors: InputErrors }

const invalid: SubmitEffect = { kind: 'invalid' }

const errorsOf = (open: OpenView, payload: JsonObject): InputErrors | undefined => {
  const given = payload['errors']
  if (!isObject(given) || Object.keys(given).length === 0) return undefined
  const known = new Set(inputsOf(open).map((block) => block.block_id))
  const errors: Record<string, string> = {}
  for (const [block, text] of Object.entries(given)) {
    // Slack ignores the whole answer if a key is not the id of an input block.
    if (typeof text !== 'string' || text === '' || !known.has(block)) return undefined
    errors[block] = text
  }
  return errors
}

/** Applies response_action: https://docs.slack.dev/surfaces/modals#updating_response */
export const settle = (
  workspace: Workspace,
  on: { readonly open: OpenView; readonly interaction: Interaction },
  payload: JsonObject,
): SubmitEffect => {
  const { open } = on
  const action = payload['response_action']
  if (action === undefined) {
    if (Object.keys(payload).length > 0) return invalid
    closeViews(workspace, [open])
    return { kind: 'closed' }
  }
  if (action === 'clear') {
    closeViews(workspace, stackOf(workspace, open))
    return { kind: 'cleared' }
  }
  if (action === 'errors') {
    const errors = errorsOf(open, payload)
    return errors ? { kind: 'errors', errors } : invalid
  }
  const view = checkView(payload['view'], () => workspace.nextId('b'))
  if (!view.ok) return invalid
  if (action === 'update') {
    replaceView(workspace, open, view.value)
    return { kind: 'updated' }
  }
  if (action !== 'push' || stackOf(workspace, open).length >= VIEW_STACK_MAX) return invalid
  openView(workspace, view.value, { user: open.user, interaction: on.interaction.id, below: open })
  return { kind: 'pushed' }
}
