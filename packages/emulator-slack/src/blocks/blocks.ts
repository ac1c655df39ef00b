import { z } from 'zod'
import {
  ACTIONS_ELEMENTS_MAX,
  BLOCK_ID_MAX,
  CONTEXT_ELEMENTS_MAX,
  HEADER_TEXT_MAX,
  IMAGE_TEXT_MAX,
  INPUT_HINT_MAX,
  INPUT_LABEL_MAX,
  MESSAGE_BLOCKS_MAX,
  SECTION_FIELD_TEXT_MAX,
  SECTION_FIELDS_MAX,
  TEXT_OBJECT_MAX,
  URL_MAX,
  VIEW_BLOCKS_MAX,
} from '../limits.ts'
import { accessory, actionsElement, image, inputElement } from './elements.ts'
import { richText } from './rich-text.ts'
import { anyText, markdownText, plainText } from './text.ts'

const blockId = z.string().min(1).max(BLOCK_ID_MAX).optional()

const section = z.strictObject({
  type: z.literal('section'),
  block_id: blockId,
  text: anyText(TEXT_OBJECT_MAX).optional(),
  fields: z.array(anyText(SECTION_FIELD_TEXT_MAX)).min(1).max(SECTION_FIELDS_MAX).optional(),
  accessory: accessory.optional(),
  expand: z.boolean().optional(),
})
const header = z.strictObject({ type: z.literal('header'), block_id: blockId, text: plainText(HEADER_TEXT_MAX) })
const divider = z.strictObject({ type: z.literal('divider'), block_id: blockId })
const context = z.strictObject({
  type: z.literal('context'),
  block_id: blockId,
  elements: z
    .array(z.discriminatedUnion('type', [plainText(), markdownText(), image]))
    .min(1)
    .max(CONTEXT_ELEMENTS_MAX),
})
const actions = z.strictObject({
  type: z.literal('actions'),
  block_id: blockId,
  elements: z.array(actionsElement).min(1).max(ACTIONS_ELEMENTS_MAX),
})
const input = z.strictObject({
  type: z.literal('input'),
  block_id: blockId,
  label: plainText(INPUT_LABEL_MAX),
  element: inputElement,
  hint: plainText(INPUT_HINT_MAX).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
})
const imageBlock = z.strictObject({
  type: z.literal('image'),
  block_id: blockId,
  image_url: z.string().max(URL_MAX),
  alt_text: z.string().max(IMAGE_TEXT_MAX),
  title: plainText(IMAGE_TEXT_MAX).optional(),
})

/** The blocks that the emulator supports. An unknown block is refused, as Slack refuses an unknown type. */
export const block = z.discriminatedUnion('type', [
  section,
  header,
  divider,
  context,
  actions,
  input,
  imageBlock,
  richText,
])
export const messageBlocks = z.array(block).max(MESSAGE_BLOCKS_MAX)
export const viewBlocks = z.array(block).max(VIEW_BLOCKS_MAX)

export type Block = z.infer<typeof block>
export type InputBlock = z.infer<typeof input>
