import { suggestedOptions } from '../blocks/elements.ts'
import type { PlacedElement } from '../blocks/rules.ts'
import type { Option } from '../blocks/text.ts'
import type { JsonObject } from '@embargo/emulator-kit'
import type { OpenView, User } from '../state.ts'
import { presentView } from '../web-api/present.ts'
import type { Workspace } from '../workspace.ts'
import { NotPossible } from './not-possible.ts'
import { interactivePayload } from './payloads.ts'

/** How many characters somebody must type before Slack asks the app, unless the element says otherwise. */
const QUERY_LENGTH_DEFAULT = 3

/** The payload of https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload */
export const suggestionPayload = (
  workspace: Workspace,
  by: { readonly user: User; readonly open: OpenView },
  request: { readonly placed: Pick<PlacedElement, 'block' | 'element'>; readonly typed: string },
): JsonObject => {
  const { element, block } = request.placed
  if (element.type !== 'external_select' && element.type !== 'multi_external_select') {
    throw new NotPossible('Only an external select asks the app for its options.')
  }
  const least = element.min_query_length ?? QUERY_LENGTH_DEFAULT
  if (request.typed.length < least) {
    throw new NotPossible(`Slack does not ask the app until ${least} or more characters are typed.`)
  }
  return interactivePayload(workspace, by.user, {
    type: 'block_suggestion',
    action_id: element.action_id ?? '',
    block_id: block.block_id ?? '',
    value: request.typed,
    container: { type: 'view', view_id: by.open.id },
    view: presentView(workspace, by.open),
  })
}

/** The options in an answer; undefined if Slack would show "no results" because it cannot read the answer. */
export const readSuggestions = (answer: JsonObject): readonly Option[] | undefined => {
  const read = suggestedOptions.safeParse(answer)
  if (!read.success) return undefined
  return 'options' in read.data ? read.data.options : read.data.option_groups.flatMap((group) => group.options)
}
