import { z } from 'zod'
import {
  ACTION_ID_MAX,
  BUTTON_TEXT_MAX,
  BUTTON_VALUE_MAX,
  CHOICES_MAX,
  FILE_INPUT_FILES_MAX,
  IMAGE_TEXT_MAX,
  INPUT_VALUE_MAX,
  OPTION_TEXT_MAX,
  OPTIONS_MAX,
  OVERFLOW_OPTIONS_MAX,
  OVERFLOW_OPTIONS_MIN,
  PLACEHOLDER_MAX,
  URL_MAX,
} from '../limits.ts'
import { confirmation, markdownOption, overflowOption, plainOption, plainText } from './text.ts'

const actionId = z.string().min(1).max(ACTION_ID_MAX).optional()
const focusable = { action_id: actionId, focus_on_load: z.boolean().optional() }
const confirmable = { ...focusable, confirm: confirmation.optional() }
const placeholder = plainText(PLACEHOLDER_MAX).optional()
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const maxSelected = z.int().min(1).optional()

const optionList = z.array(plainOption).min(1).max(OPTIONS_MAX)
const optionGroups = z
  .array(z.strictObject({ label: plainText(OPTION_TEXT_MAX), options: optionList }))
  .min(1)
  .max(OPTIONS_MAX)
  .optional()

/** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
export const button = z.strictObject({
  type: z.literal('button'),
  action_id: actionId,
  text: plainText(BUTTON_TEXT_MAX),
  value: z.string().max(BUTTON_VALUE_MAX).optional(),
  url: z.string().max(URL_MAX).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: z.string().max(BUTTON_TEXT_MAX).optional(),
  confirm: confirmation.optional(),
})

/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
export const staticSelect = z.strictObject({
  type: z.literal('static_select'),
  ...confirmable,
  placeholder,
  options: optionList.optional(),
  option_groups: optionGroups,
  initial_option: plainOption.optional(),
})
export const multiStaticSelect = z.strictObject({
  type: z.literal('multi_static_select'),
  ...confirmable,
  placeholder,
  options: optionList.optional(),
  option_groups: optionGroups,
  initial_options: z.array(plainOption).optional(),
  max_selected_items: maxSelected,
})
export const usersSelect = z.strictObject({
  type: z.literal('users_select'),
  ...confirmable,
  placeholder,
  initial_user: z.string().optional(),
})
export const multiUsersSelect = z.strictObject({
  type: z.literal('multi_users_select'),
  ...confirmable,
  placeholder,
  initial_users: z.array(z.string()).optional(),
  max_selected_items: maxSelected,
})

/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select */
export const externalSelect = z.strictObject({
  type: z.literal('external_select'),
  ...confirmable,
  placeholder,
  initial_option: plainOption.optional(),
  min_query_length: z.int().min(0).optional(),
})
export const multiExternalSelect = z.strictObject({
  type: z.literal('multi_external_select'),
  ...confirmable,
  placeholder,
  initial_options: z.array(plainOption).optional(),
  min_query_length: z.int().min(0).optional(),
  max_selected_items: maxSelected,
})

/** An app's answer to block_suggestion: options or groups of them. */
export const suggestedOptions = z.union([
  z.strictObject({ options: z.array(plainOption).max(OPTIONS_MAX) }),
  z.strictObject({
    option_groups: z
      .array(z.strictObject({ label: plainText(OPTION_TEXT_MAX), options: z.array(plainOption).max(OPTIONS_MAX) }))
      .max(OPTIONS_MAX),
  }),
])

/**
 * https://docs.slack.dev/reference/block-kit/block-elements/file-input-element: only allowed in an input block of a
 * modal.
 */
export const fileInput = z.strictObject({
  type: z.literal('file_input'),
  action_id: actionId,
  filetypes: z.array(z.string()).optional(),
  max_files: z.int().min(1).max(FILE_INPUT_FILES_MAX).optional(),
})

/** https://docs.slack.dev/reference/block-kit/block-elements/date-picker-element and the pages of the other pickers */
export const datePicker = z.strictObject({
  type: z.literal('datepicker'),
  ...confirmable,
  placeholder,
  initial_date: day.optional(),
})
export const timePicker = z.strictObject({
  type: z.literal('timepicker'),
  ...confirmable,
  placeholder,
  initial_time: z
    .string()
    .regex(/^\d{2}:\d{2}$/)
    .optional(),
  timezone: z.string().optional(),
})
export const dateTimePicker = z.strictObject({
  type: z.literal('datetimepicker'),
  ...confirmable,
  initial_date_time: z.int().min(1_000_000_000).max(9_999_999_999).optional(),
})

/** https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element and radio-button-group-element */
export const checkboxes = z.strictObject({
  type: z.literal('checkboxes'),
  ...confirmable,
  options: z.array(markdownOption).min(1).max(CHOICES_MAX),
  initial_options: z.array(markdownOption).min(1).optional(),
})
export const radioButtons = z.strictObject({
  type: z.literal('radio_buttons'),
  ...confirmable,
  options: z.array(markdownOption).min(1).max(CHOICES_MAX),
  initial_option: markdownOption.optional(),
})
export const overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: actionId,
  confirm: confirmation.optional(),
  options: z.array(overflowOption).min(OVERFLOW_OPTIONS_MIN).max(OVERFLOW_OPTIONS_MAX),
})

/** https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
export const plainTextInput = z.strictObject({
  type: z.literal('plain_text_input'),
  ...focusable,
  placeholder,
  initial_value: z.string().max(INPUT_VALUE_MAX).optional(),
  multiline: z.boolean().optional(),
  min_length: z.int().min(0).max(INPUT_VALUE_MAX).optional(),
  max_length: z.int().min(1).max(INPUT_VALUE_MAX).optional(),
  dispatch_action_config: z
    .strictObject({ trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).min(1) })
    .optional(),
})

export const image = z.strictObject({
  type: z.literal('image'),
  image_url: z.string().max(URL_MAX),
  alt_text: z.string().max(IMAGE_TEXT_MAX),
})

const shared = [
  staticSelect,
  multiStaticSelect,
  externalSelect,
  multiExternalSelect,
  usersSelect,
  multiUsersSelect,
  datePicker,
  timePicker,
  checkboxes,
  radioButtons,
] as const

/** The elements that an actions block may contain. */
export const actionsElement = z.discriminatedUnion('type', [button, overflow, dateTimePicker, ...shared])
/** The accessories that a section may have. */
export const accessory = z.discriminatedUnion('type', [button, overflow, image, ...shared])
/** The elements that an input block may contain. */
export const inputElement = z.discriminatedUnion('type', [plainTextInput, dateTimePicker, fileInput, ...shared])

export type Element = z.infer<typeof actionsElement> | z.infer<typeof accessory> | z.infer<typeof inputElement>
