import type { ModalView } from './blocks/views.ts'
import { elementsOf } from './blocks/rules.ts'
import { initialState } from './people/inputs.ts'
import type { InputState, OpenView } from './state.ts'
import type { Workspace } from './workspace.ts'

/** Shows a modal to a person, on top of `below` if there is one. */
export const openView = (
  workspace: Workspace,
  view: ModalView,
  by: { readonly user: string; readonly interaction: string; readonly below?: OpenView },
): OpenView => {
  const id = workspace.nextId('V')
  const open: OpenView = {
    id,
    user: by.user,
    interaction: by.interaction,
    rootId: by.below?.rootId ?? id,
    previousId: by.below?.id,
    view,
    hash: nextHash(workspace),
    open: true,
    values: valuesOf(view, new Map()),
    offered: new Map(),
    earlier: [],
  }
  workspace.views.push(open)
  workspace.changes.announce()
  return open
}

/** Replaces the contents of a modal. The person's input remains where block_id and action_id are the same. */
export const replaceView = (workspace: Workspace, open: OpenView, view: ModalView): void => {
  open.earlier.push(open.view)
  const values = valuesOf(view, open.values)
  open.values.clear()
  for (const [block, actions] of values) open.values.set(block, actions)
  open.view = view
  open.hash = nextHash(workspace)
  workspace.changes.announce()
}

/** The modals that are open in the same stack, the lowest first. */
export const stackOf = (workspace: Workspace, one: OpenView): readonly OpenView[] =>
  workspace.views.filter((each) => each.open && each.rootId === one.rootId)

/** Closes the modals and wakes the waiting callers. */
export const closeViews = (workspace: Workspace, views: readonly OpenView[]): void => {
  for (const view of views) view.open = false
  workspace.changes.announce()
}

const nextHash = (workspace: Workspace): string => `${workspace.nextTs()}.${workspace.nextId('h')}`

type Values = Map<string, Map<string, InputState>>

const valuesOf = (view: ModalView, before: Values): Values => {
  const values: Values = new Map()
  for (const { block, element } of elementsOf(view.blocks)) {
    if (element.type === 'button' || element.type === 'overflow' || element.type === 'image') continue
    const blockId = block.block_id ?? ''
    const actionId = element.action_id ?? ''
    const actions = values.get(blockId) ?? new Map<string, InputState>()
    actions.set(actionId, before.get(blockId)?.get(actionId) ?? initialState(element))
    values.set(blockId, actions)
  }
  return values
}
