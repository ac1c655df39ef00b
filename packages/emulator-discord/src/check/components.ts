import { z } from 'zod'
import {
  ACTION_ROWS_MAX,
  COLOR_MAX,
  COMPONENTS_MAX,
  COMPONENTS_TEXT_MAX,
  GALLERY_ITEMS_MAX,
  MEDIA_DESCRIPTION_MAX,
  ROW_BUTTONS_MAX,
  SECTION_TEXTS_MAX,
} from '../limits.ts'
import type { Problem } from '../errors.ts'
import type { Button, Select } from './elements.ts'
import {
  button,
  channelSelect,
  componentId,
  mentionableSelect,
  roleSelect,
  stringSelect,
  userSelect,
} from './elements.ts'
import { address, filled, issue } from './scalars.ts'

const rowElement = z.discriminatedUnion('type', [
  button,
  stringSelect,
  userSelect,
  roleSelect,
  mentionableSelect,
  channelSelect,
])

/** https://docs.discord.com/developers/components/reference#action-row: at most five buttons, or one menu. */
const actionRow = z
  .object({ ...componentId, type: z.literal(1), components: z.array(rowElement).min(1).max(ROW_BUTTONS_MAX) })
  .superRefine((row, context) => {
    const menus = row.components.filter((each) => each.type !== 2).length
    if (menus === 0 || row.components.length === 1) return
    context.addIssue(issue('COMPONENT_LAYOUT_WIDTH_EXCEEDED', 'The specified component exceeds the maximum width'))
  })

const media = z.object({ url: address(2048) })
const spoiler = { spoiler: z.boolean().nullish() }
const description = z.string().min(1).max(MEDIA_DESCRIPTION_MAX).nullish()

const textDisplay = z.object({ ...componentId, type: z.literal(10), content: filled(COMPONENTS_TEXT_MAX) })
const thumbnail = z.object({ ...componentId, ...spoiler, type: z.literal(11), media, description })
const section = z.object({
  ...componentId,
  type: z.literal(9),
  components: z.array(textDisplay).min(1).max(SECTION_TEXTS_MAX),
  accessory: z.discriminatedUnion('type', [button, thumbnail]),
})
const gallery = z.object({
  ...componentId,
  type: z.literal(12),
  items: z
    .array(z.object({ ...spoiler, media, description }))
    .min(1)
    .max(GALLERY_ITEMS_MAX),
})
const file = z.object({
  ...componentId,
  ...spoiler,
  type: z.literal(13),
  file: z.object({ url: address(2048, ['attachment:']) }),
})
const separator = z.object({
  ...componentId,
  type: z.literal(14),
  divider: z.boolean().nullish(),
  spacing: z.literal([1, 2]).nullish(),
})
const container = z.object({
  ...componentId,
  ...spoiler,
  type: z.literal(17),
  accent_color: z.int().min(0).max(COLOR_MAX).nullish(),
  components: z
    .array(z.discriminatedUnion('type', [actionRow, section, textDisplay, gallery, file, separator]))
    .min(1)
    .max(COMPONENTS_MAX),
})

/** The components allowed at the top level of a message. */
const component = z.discriminatedUnion('type', [actionRow, section, textDisplay, gallery, file, separator, container])

export type Component = z.infer<typeof component>

/** The components of a message, each checked separately; `layoutProblems` checks them together. */
export const components = z.array(component).max(COMPONENTS_MAX)

/** An element that a person can touch. */
export type Touchable = Button | Select

/** The elements that a person can touch, in reading order. */
export const touchables = (all: readonly Component[]): readonly Touchable[] =>
  all.flatMap((each): readonly Touchable[] => {
    if (each.type === 1) return each.components
    if (each.type === 17) return touchables(each.components)
    return each.type === 9 && each.accessory.type === 2 ? [each.accessory] : []
  })

/** Every text in components, in reading order. */
export const textsOf = (all: readonly Component[]): readonly string[] =>
  all.flatMap((each): readonly string[] => {
    if (each.type === 10) return [each.content]
    if (each.type === 9) return each.components.map((text) => text.content)
    return each.type === 17 ? textsOf(each.components) : []
  })

/** The addresses of pictures in components. */
export const picturesOf = (all: readonly Component[]): readonly string[] =>
  all.flatMap((each): readonly string[] => {
    if (each.type === 12) return each.items.map((item) => item.media.url)
    if (each.type === 9 && each.accessory.type === 11) return [each.accessory.media.url]
    return each.type === 17 ? picturesOf(each.components) : []
  })

const filesOf = (all: readonly Component[]): readonly string[] =>
  all.flatMap((each): readonly string[] => {
    if (each.type === 13) return [each.file.url]
    return each.type === 17 ? filesOf(each.components) : []
  })

/** The names of attachments that components show: `attachment://name`. */
export const attachmentsShown = (all: readonly Component[]): readonly string[] =>
  [...picturesOf(all), ...filesOf(all)]
    .filter((url) => url.startsWith('attachment://'))
    .map((url) => url.slice('attachment://'.length))

const countOf = (all: readonly Component[]): number =>
  all.reduce((sum, each) => {
    if (each.type === 1) return sum + 1 + each.components.length
    if (each.type === 9) return sum + 2 + each.components.length
    return sum + 1 + (each.type === 17 ? countOf(each.components) : 0)
  }, 0)

const problem = (code: string, message: string, path: readonly PropertyKey[] = ['components']): Problem => ({
  path,
  code,
  message,
})

/**
 * Violations of the rules for the message's components as a whole, such as duplicate ids or too many rows. `isV2`:
 * whether the message has the flag IS_COMPONENTS_V2.
 */
export const layoutProblems = (all: readonly Component[], isV2: boolean): readonly Problem[] => {
  const ids = touchables(all).flatMap((each) => each.custom_id ?? [])
  const found: Problem[] = []
  if (new Set(ids).size < ids.length) {
    found.push(problem('COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated'))
  }
  if (!isV2) {
    if (all.length > ACTION_ROWS_MAX) {
      found.push(problem('BASE_TYPE_BAD_LENGTH', `Must be ${ACTION_ROWS_MAX} or fewer in length.`))
    }
    for (const [index, each] of all.entries()) {
      if (each.type === 1) continue
      found.push(
        problem('UNION_TYPE_CHOICES', 'Value of field "type" must be one of (1,).', ['components', index, 'type']),
      )
    }
    return found
  }
  if (countOf(all) > COMPONENTS_MAX) {
    found.push(
      problem('COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED', `The total number of components exceeds ${COMPONENTS_MAX}`),
    )
  }
  if (textsOf(all).reduce((sum, text) => sum + text.length, 0) > COMPONENTS_TEXT_MAX) {
    const words = `Components displayable text size exceeds maximum size of ${COMPONENTS_TEXT_MAX}`
    found.push(problem('COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED', words))
  }
  return found
}
