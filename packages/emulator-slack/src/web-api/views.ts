import { checkView, holdsFileInput } from '../blocks/check.ts'
import type { ModalView } from '../blocks/views.ts'
import { VIEW_STACK_MAX } from '../limits.ts'
import { openView, replaceView, stackOf } from '../modals.ts'
import type { OpenView } from '../state.ts'
import type { Answer } from './answer.ts'
import { done, refused, refusedBecause } from './answer.ts'
import type { Call, Lookup, Handler } from './call.ts'
import { missingScope } from './call.ts'
import { presentView } from './present.ts'

const readView = (call: Call): Lookup<ModalView> => {
  const checked = checkView(call.args.json('view'), () => call.workspace.nextId('b'))
  if (checked.ok && holdsFileInput(checked.value.blocks) && !call.scopes.has('files:read')) {
    return { ok: false, answer: missingScope(['files:read'], call.scopes) }
  }
  if (checked.ok) return { ok: true, value: checked.value }
  const answer: Answer =
    checked.tooLarge === true ? refused('view_too_large') : refusedBecause('invalid_arguments', checked.messages)
  return { ok: false, answer }
}

const externalIdTaken = (call: Call, view: ModalView, except?: OpenView): boolean =>
  view.external_id !== undefined &&
  view.external_id !== '' &&
  call.workspace.views.some((open) => open !== except && open.open && open.view.external_id === view.external_id)

/**
 * https://docs.slack.dev/reference/methods/views.open: the trigger is valid for three seconds, and can be used once.
 */
export const open: Handler = (call) => {
  const view = readView(call)
  if (!view.ok) return view.answer
  if (externalIdTaken(call, view.value)) return refused('duplicate_external_id')
  const trigger = call.interactions.exchangeTrigger(call.args.text('trigger_id') ?? '')
  if (!trigger.ok) return refused(trigger.error)
  const opened = openView(call.workspace, view.value, { user: trigger.user, interaction: trigger.interaction })
  return done({ view: presentView(call.workspace, opened) })
}

/**
 * https://docs.slack.dev/reference/methods/views.push: opens a view on top of the one to which the trigger belongs, at
 * most three in a stack.
 */
export const push: Handler = (call) => {
  const view = readView(call)
  if (!view.ok) return view.answer
  if (externalIdTaken(call, view.value)) return refused('duplicate_external_id')
  const { workspace } = call
  const trigger = call.interactions.exchangeTrigger(call.args.text('trigger_id') ?? '')
  if (!trigger.ok) return refused(trigger.error)
  const below = workspace.views.find((each) => each.id === trigger.view && each.open)
  if (!below) return refused('not_found')
  if (stackOf(workspace, below).length >= VIEW_STACK_MAX) return refused('push_limit_reached')
  const opened = openView(workspace, view.value, { user: trigger.user, interaction: trigger.interaction, below })
  return done({ view: presentView(workspace, opened) })
}

/** https://docs.slack.dev/reference/methods/views.update */
export const update: Handler = (call) => {
  const { args, workspace } = call
  const view = readView(call)
  if (!view.ok) return view.answer
  const id = args.text('view_id')
  const external = args.text('external_id')
  if (id === undefined && external === undefined) {
    return refusedBecause('invalid_arguments', ['missing required field: view_id or external_id'])
  }
  const target = workspace.views.find(
    (each) => each.open && (id === undefined ? each.view.external_id === external : each.id === id),
  )
  if (!target) return refused('not_found')
  if (args.has('hash') && args.text('hash') !== target.hash) return refused('hash_conflict')
  if (externalIdTaken(call, view.value, target)) return refused('duplicate_external_id')
  replaceView(workspace, target, view.value)
  return done({ view: presentView(workspace, target) })
}
