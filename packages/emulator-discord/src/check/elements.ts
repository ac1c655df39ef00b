import { z } from 'zod'
import {
  BUTTON_LABEL_MAX,
  BUTTON_URL_MAX,
  CUSTOM_ID_MAX,
  SELECT_OPTION_TEXT_MAX,
  SELECT_OPTIONS_MAX,
  SELECT_PLACEHOLDER_MAX,
  SELECT_VALUES_MAX,
} from '../limits.ts'
import { address, issue, snowflake } from './scalars.ts'

/** https://docs.discord.com/developers/components/reference#anatomy-of-a-component */
export const componentId = { id: z.int32().min(0).nullish() }

/** The app's own name for an element. */
export const customId = z.string().min(1).max(CUSTOM_ID_MAX)

const emoji = z.object({ id: snowflake.nullish(), name: z.string().nullish(), animated: z.boolean().nullish() })

/** …/components/reference#button; style 5 is a link, style 6 is for sales. */
export const button = z
  .object({
    ...componentId,
    type: z.literal(2),
    style: z.literal([1, 2, 3, 4, 5, 6]),
    label: z.string().max(BUTTON_LABEL_MAX).nullish(),
    emoji: emoji.nullish(),
    custom_id: customId.nullish(),
    url: address(BUTTON_URL_MAX, ['http:', 'https:', 'discord:']).nullish(),
    sku_id: snowflake.nullish(),
    disabled: z.boolean().nullish(),
  })
  .superRefine((value, context) => {
    const wants = (field: 'custom_id' | 'url' | 'sku_id'): void => {
      for (const each of ['custom_id', 'url', 'sku_id'] as const) {
        const isThere = value[each] !== undefined && value[each] !== null
        if (each === field && !isThere) context.addIssue(issue('BASE_TYPE_REQUIRED', 'This field is required', [each]))
        if (each !== field && isThere) {
          context.addIssue(issue('BUTTON_COMPONENT_INVALID_FIELD', `A button of this style has no ${each}`, [each]))
        }
      }
    }
    wants(value.style === 5 ? 'url' : value.style === 6 ? 'sku_id' : 'custom_id')
    if (value.style === 6 || (value.label ?? '') !== '' || value.emoji) return
    context.addIssue(issue('BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED', 'A label or emoji is required', ['label']))
  })

const selectFields = {
  ...componentId,
  custom_id: customId,
  placeholder: z.string().max(SELECT_PLACEHOLDER_MAX).nullish(),
  min_values: z.int().min(0).max(SELECT_VALUES_MAX).nullish(),
  max_values: z.int().min(1).max(SELECT_VALUES_MAX).nullish(),
  disabled: z.boolean().nullish(),
  required: z.boolean().nullish(),
}

const option = z.object({
  label: z.string().min(1).max(SELECT_OPTION_TEXT_MAX),
  value: z.string().min(1).max(SELECT_OPTION_TEXT_MAX),
  description: z.string().max(SELECT_OPTION_TEXT_MAX).nullish(),
  emoji: emoji.nullish(),
  default: z.boolean().nullish(),
})

/** …/components/reference#string-select */
export const stringSelect = z
  .object({ ...selectFields, type: z.literal(3), options: z.array(option).min(1).max(SELECT_OPTIONS_MAX) })
  .superRefine((value, context) => {
    const seen = new Set<string>()
    for (const [index, each] of value.options.entries()) {
      if (seen.has(each.value)) {
        const words = 'The specified option value is already used'
        context.addIssue(issue('SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', words, ['options', index, 'value']))
      }
      seen.add(each.value)
    }
    const max = value.max_values ?? 1
    if (value.options.length > 0 && (max > value.options.length || (value.min_values ?? 1) > max)) {
      const words = `Must be between ${value.min_values ?? 1} and ${value.options.length}.`
      context.addIssue(issue('NUMBER_TYPE_MAX', words, ['max_values']))
    }
    if (value.options.filter((each) => each.default === true).length > max) {
      context.addIssue(issue('SELECT_COMPONENT_TOO_MANY_DEFAULT_VALUES', 'Too many default values', ['options']))
    }
  })

const entitySelect = <const T extends number, const K extends string>(type: T, kinds: readonly K[]) =>
  z.object({
    ...selectFields,
    type: z.literal(type),
    channel_types: z.array(z.int()).nullish(),
    default_values: z
      .array(z.object({ id: snowflake, type: z.enum(kinds) }))
      .max(SELECT_VALUES_MAX)
      .nullish(),
  })

/** …/components/reference#user-select and the three similar menus, whose options come from Discord. */
export const userSelect = entitySelect(5, ['user'])
export const roleSelect = entitySelect(6, ['role'])
export const mentionableSelect = entitySelect(7, ['user', 'role'])
export const channelSelect = entitySelect(8, ['channel'])

/** A menu of any kind. */
export const select = z.discriminatedUnion('type', [
  stringSelect,
  userSelect,
  roleSelect,
  mentionableSelect,
  channelSelect,
])

export type Button = z.infer<typeof button>
export type Select = z.infer<typeof select>
