import type { PlacedElement } from '../blocks/rules.ts'
import type { Interaction } from '../interaction.ts'
import type { JsonObject } from '@embargo/emulator-kit'
import { asJson, asJsonObject } from '@embargo/emulator-kit'
import type { InputState, OpenView, User } from '../state.ts'
import { presentMessage, presentView } from '../web-api/present.ts'
import type { Workspace } from '../workspace.ts'
import type { Sight } from './find.ts'
import { filledState } from './inputs.ts'
import type { InputValue } from './inputs.ts'
import { NotPossible } from './not-possible.ts'
import { interactivePayload } from './payloads.ts'

/** The action payload of a person who pressed a button or chose something. */
export const actionOf = (workspace: Workspace, placed: PlacedElement, value: InputValue | undefined): JsonObject => {
  const { block, element } = placed
  if (element.type === 'image') throw new NotPossible('An image cannot be clicked.')
  const common = {
    action_id: element.action_id ?? '',
    block_id: block.block_id ?? '',
    type: element.type,
    action_ts: workspace.nextTs(),
  }
  if (element.type === 'button') {
    return asJsonObject({ ...common, text: element.text, value: element.value, url: element.url })
  }
  if (value === undefined) throw new NotPossible(`Nothing was chosen in ${common.action_id}.`)
  return asJsonObject({ ...common, ...filledState(element, value) })
}

/** The value that the element has after the action. Undefined for buttons and overflow menus, which keep no value. */
export const stateOf = (placed: PlacedElement, value: InputValue | undefined): InputState | undefined => {
  const { element } = placed
  if (element.type === 'button' || element.type === 'overflow' || value === undefined) return undefined
  return filledState(element, value)
}

/** The payload for a message: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
export const messageAction = (
  workspace: Workspace,
  by: { readonly user: User; readonly sight: Sight; readonly interaction: Interaction },
  done: { readonly action: JsonObject; readonly placed: PlacedElement; readonly state: InputState | undefined },
): JsonObject => {
  const { sight, interaction } = by
  const { channel, message } = sight
  const { action, state } = done
  const block = String(action['block_id'])
  const values = state ? { [block]: { [String(action['action_id'])]: state } } : {}
  return interactivePayload(workspace, by.user, {
    type: 'block_actions',
    container: {
      type: 'message',
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: sight.kind === 'ephemeral',
    },
    trigger_id: interaction.triggerId,
    channel: { id: channel.id, name: channel.isPrivate ? 'privategroup' : channel.name },
    // Slack leaves out the message if only one person sees it.
    ...(sight.kind === 'message' ? { message: presentMessage(workspace, sight.message) } : {}),
    state: { values },
    response_url: interaction.responseUrl,
    actions: [action],
  })
}

/** The block_actions payload for a modal. */
export const viewAction = (
  workspace: Workspace,
  by: { readonly user: User; readonly open: OpenView; readonly interaction: Interaction },
  action: JsonObject,
): JsonObject =>
  interactivePayload(workspace, by.user, {
    type: 'block_actions',
    container: { type: 'view', view_id: by.open.id },
    trigger_id: by.interaction.triggerId,
    view: presentView(workspace, by.open),
    actions: [asJson(action)],
  })
