import { z } from 'zod'
import {
  INPUT_LABEL_MAX,
  INPUT_PLACEHOLDER_MAX,
  INPUT_VALUE_MAX,
  LABEL_DESCRIPTION_MAX,
  LABEL_MAX,
  MODAL_COMPONENTS_MAX,
  MODAL_TITLE_MAX,
  UPLOAD_FILES_MAX,
} from '../limits.ts'
import {
  channelSelect,
  componentId,
  customId,
  mentionableSelect,
  roleSelect,
  stringSelect,
  userSelect,
} from './elements.ts'
import { filled, issue } from './scalars.ts'

/** https://docs.discord.com/developers/components/reference#text-input */
const textInput = z
  .object({
    ...componentId,
    type: z.literal(4),
    custom_id: customId,
    style: z.literal([1, 2]),
    label: z.string().min(1).max(INPUT_LABEL_MAX).nullish(),
    min_length: z.int().min(0).max(INPUT_VALUE_MAX).nullish(),
    max_length: z.int().min(1).max(INPUT_VALUE_MAX).nullish(),
    required: z.boolean().nullish(),
    value: z.string().max(INPUT_VALUE_MAX).nullish(),
    placeholder: z.string().max(INPUT_PLACEHOLDER_MAX).nullish(),
  })
  .superRefine((value, context) => {
    const max = value.max_length ?? INPUT_VALUE_MAX
    if ((value.min_length ?? 0) > max) {
      context.addIssue(issue('NUMBER_TYPE_MAX', `int value should be less than or equal to ${max}.`, ['min_length']))
    }
    if ((value.value ?? '').length > max) {
      context.addIssue(issue('BASE_TYPE_MAX_LENGTH', `Must be ${max} or fewer in length.`, ['value']))
    }
  })

const fileUpload = z.object({
  ...componentId,
  type: z.literal(19),
  custom_id: customId,
  min_values: z.int().min(0).max(UPLOAD_FILES_MAX).nullish(),
  max_values: z.int().min(1).max(UPLOAD_FILES_MAX).nullish(),
  required: z.boolean().nullish(),
})

const field = z.discriminatedUnion('type', [
  textInput,
  stringSelect,
  userSelect,
  roleSelect,
  mentionableSelect,
  channelSelect,
  fileUpload,
])

/** …/components/reference#label: the current way to put a field into a modal. */
const label = z
  .object({
    ...componentId,
    type: z.literal(18),
    label: z.string().min(1).max(LABEL_MAX),
    description: z.string().min(1).max(LABEL_DESCRIPTION_MAX).nullish(),
    component: field,
  })
  .superRefine((value, context) => {
    if (value.component.type !== 4 || (value.component.label ?? undefined) === undefined) return
    const words = 'A text input in a label has no label of its own'
    context.addIssue(issue('TEXT_INPUT_LABEL_NOT_ALLOWED', words, ['component', 'label']))
  })

/** The older way to put a text input into a modal. The label belongs to the input. */
const inputRow = z
  .object({ ...componentId, type: z.literal(1), components: z.array(textInput).length(1) })
  .superRefine((row, context) => {
    if ((row.components[0]?.label ?? undefined) !== undefined) return
    context.addIssue(issue('BASE_TYPE_REQUIRED', 'This field is required', ['components', 0, 'label']))
  })

const words = z.object({ ...componentId, type: z.literal(10), content: filled(INPUT_VALUE_MAX) })

/** https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal */
export const modal = z
  .object({
    custom_id: customId,
    title: z.string().min(1).max(MODAL_TITLE_MAX),
    components: z
      .array(z.discriminatedUnion('type', [inputRow, label, words]))
      .min(1)
      .max(MODAL_COMPONENTS_MAX),
  })
  .superRefine((value, context) => {
    const ids = fieldsOf(value).map((each) => each.field.custom_id)
    if (new Set(ids).size === ids.length) return
    const duplicated = 'Component custom id cannot be duplicated'
    context.addIssue(issue('COMPONENT_CUSTOM_ID_DUPLICATED', duplicated, ['components']))
  })

export type Modal = {
  readonly custom_id: string
  readonly title: string
  readonly components: readonly (z.infer<typeof inputRow> | z.infer<typeof label> | z.infer<typeof words>)[]
}
export type Field = z.infer<typeof field>

/** The fields of a modal with their labels. */
export const fieldsOf = (value: Pick<Modal, 'components'>): readonly { label: string; field: Field }[] =>
  value.components.flatMap((each) => {
    if (each.type === 18) return [{ label: each.label, field: each.component }]
    return each.type === 1 ? each.components.map((input) => ({ label: input.label ?? '', field: input })) : []
  })
