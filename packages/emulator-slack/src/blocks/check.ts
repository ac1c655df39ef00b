import { VIEW_BYTES_MAX } from '../limits.ts'
import type { Block } from './blocks.ts'
import { messageBlocks } from './blocks.ts'
import { problemsOf, sayProblem } from './problems.ts'
import { ruleProblems } from './rules.ts'
import type { HomeView, ModalView } from './views.ts'
import { homeView, modalView } from './views.ts'

/** Either the value, or at least one error in Slack's words. */
export type CheckResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly messages: string[] }

/** Checks the blocks of a message, and gives each block without a block_id the one that Slack would give it. */
export const checkMessageBlocks = (value: unknown, nextId: () => string): CheckResult<readonly Block[]> => {
  const parsed = messageBlocks.safeParse(value)
  const problems = parsed.success ? ruleProblems(parsed.data) : problemsOf(parsed.error)
  if (!parsed.success || problems.length > 0) {
    return { ok: false, messages: problems.map((problem) => sayProblem(problem, 'blocks')) }
  }
  return { ok: true, value: withIds(parsed.data, nextId) }
}

/**
 * Checks a modal and gives its blocks their ids. `tooLarge` is set if the modal is too large; nothing else is checked
 * then.
 */
export const checkView = (value: unknown, nextId: () => string): CheckResult<ModalView> & { tooLarge?: boolean } => {
  if (JSON.stringify(value ?? null).length > VIEW_BYTES_MAX) {
    return { ok: false, tooLarge: true, messages: ['view is too large'] }
  }
  const parsed = modalView.safeParse(value)
  if (!parsed.success) {
    return { ok: false, messages: problemsOf(parsed.error).map((problem) => sayProblem(problem, 'view')) }
  }
  const view = parsed.data
  const messages = ruleProblems(view.blocks).map((problem) => sayProblem(problem, 'view/blocks'))
  // https://docs.slack.dev/reference/views/modal-views: a modal with an input block must have a submit button.
  if (!view.submit && view.blocks.some((block) => block.type === 'input')) {
    messages.push('missing required field: submit [json-pointer:/view]')
  }
  if (messages.length > 0) return { ok: false, messages }
  return { ok: true, value: { ...view, blocks: withIds(view.blocks, nextId) } }
}

/** Checks a Home tab, as `checkView` checks a modal. Refuses a file input, which only a modal may have. */
export const checkHome = (value: unknown, nextId: () => string): CheckResult<HomeView> & { tooLarge?: boolean } => {
  if (JSON.stringify(value ?? null).length > VIEW_BYTES_MAX) {
    return { ok: false, tooLarge: true, messages: ['view is too large'] }
  }
  const parsed = homeView.safeParse(value)
  if (!parsed.success) {
    return { ok: false, messages: problemsOf(parsed.error).map((problem) => sayProblem(problem, 'view')) }
  }
  const messages = [
    ...ruleProblems(parsed.data.blocks).map((problem) => sayProblem(problem, 'view/blocks')),
    ...(holdsFileInput(parsed.data.blocks) ? ['unsupported type: file_input [json-pointer:/view/blocks]'] : []),
  ]
  if (messages.length > 0) return { ok: false, messages }
  return { ok: true, value: { ...parsed.data, blocks: withIds(parsed.data.blocks, nextId) } }
}

/** Whether the blocks have a file input, for which an app needs files:read. */
export const holdsFileInput = (blocks: readonly Block[]): boolean =>
  blocks.some((block) => block.type === 'input' && block.element.type === 'file_input')

const withIds = (blocks: readonly Block[], nextId: () => string): Block[] =>
  blocks.map((block) => withActionIds({ ...block, block_id: block.block_id ?? nextId() }, nextId))

const withActionIds = (block: Block, nextId: () => string): Block => {
  if (block.type === 'actions') {
    return { ...block, elements: block.elements.map((each) => ({ ...each, action_id: each.action_id ?? nextId() })) }
  }
  if (block.type === 'input') {
    return { ...block, element: { ...block.element, action_id: block.element.action_id ?? nextId() } }
  }
  if (block.type !== 'section' || !block.accessory || block.accessory.type === 'image') return block
  return { ...block, accessory: { ...block.accessory, action_id: block.accessory.action_id ?? nextId() } }
}
