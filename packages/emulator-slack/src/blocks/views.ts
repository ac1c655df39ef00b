import { z } from 'zod'
import { CALLBACK_ID_MAX, EXTERNAL_ID_MAX, PRIVATE_METADATA_MAX, VIEW_BUTTON_MAX, VIEW_TITLE_MAX } from '../limits.ts'
import { viewBlocks } from './blocks.ts'
import { plainText } from './text.ts'

/** https://docs.slack.dev/reference/views/modal-views */
export const modalView = z.strictObject({
  type: z.literal('modal'),
  title: plainText(VIEW_TITLE_MAX),
  blocks: viewBlocks,
  submit: plainText(VIEW_BUTTON_MAX).optional(),
  close: plainText(VIEW_BUTTON_MAX).optional(),
  private_metadata: z.string().max(PRIVATE_METADATA_MAX).optional(),
  callback_id: z.string().max(CALLBACK_ID_MAX).optional(),
  external_id: z.string().max(EXTERNAL_ID_MAX).optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
  submit_disabled: z.boolean().optional(),
})

/** https://docs.slack.dev/reference/views/home-tab-views */
export const homeView = z.strictObject({
  type: z.literal('home'),
  blocks: viewBlocks,
  private_metadata: z.string().max(PRIVATE_METADATA_MAX).optional(),
  callback_id: z.string().max(CALLBACK_ID_MAX).optional(),
  external_id: z.string().max(EXTERNAL_ID_MAX).optional(),
})

export type HomeView = z.infer<typeof homeView>
export type ModalView = z.infer<typeof modalView>
