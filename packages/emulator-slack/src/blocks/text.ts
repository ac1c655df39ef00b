import { z } from 'zod'
import {
  CONFIRM_BUTTON_MAX,
  CONFIRM_TEXT_MAX,
  CONFIRM_TITLE_MAX,
  OPTION_TEXT_MAX,
  OPTION_VALUE_MAX,
  TEXT_OBJECT_MAX,
  URL_MAX,
} from '../limits.ts'

/** A plain_text object of at most `max` characters. */
export const plainText = (max: number = TEXT_OBJECT_MAX) =>
  z.strictObject({ type: z.literal('plain_text'), text: z.string().min(1).max(max), emoji: z.boolean().optional() })

/** A mrkdwn object of at most `max` characters. */
export const markdownText = (max: number = TEXT_OBJECT_MAX) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: z.string().min(1).max(max), verbatim: z.boolean().optional() })

/** Either kind of text object. */
export const anyText = (max: number = TEXT_OBJECT_MAX) =>
  z.discriminatedUnion('type', [plainText(max), markdownText(max)])

/** https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
export const confirmation = z.strictObject({
  title: plainText(CONFIRM_TITLE_MAX).optional(),
  text: anyText(CONFIRM_TEXT_MAX),
  confirm: plainText(CONFIRM_BUTTON_MAX).optional(),
  deny: plainText(CONFIRM_BUTTON_MAX).optional(),
  style: z.enum(['primary', 'danger']).optional(),
})

const optionShape = {
  value: z.string().min(1).max(OPTION_VALUE_MAX),
  description: plainText(OPTION_TEXT_MAX).optional(),
}

/** An option of a select menu. */
export const plainOption = z.strictObject({ text: plainText(OPTION_TEXT_MAX), ...optionShape })
/** An option of radio buttons or checkboxes, whose text may be mrkdwn. */
export const markdownOption = z.strictObject({
  text: anyText(OPTION_TEXT_MAX),
  ...optionShape,
  description: anyText(OPTION_TEXT_MAX).optional(),
})
/** An option of an overflow menu, which may carry a link. */
export const overflowOption = z.strictObject({
  text: plainText(OPTION_TEXT_MAX),
  ...optionShape,
  url: z.string().max(URL_MAX).optional(),
})

export type TextObject = z.infer<ReturnType<typeof anyText>>
export type Option = z.infer<typeof markdownOption>
