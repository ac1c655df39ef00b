import { z } from 'zod'
import {
  AUTHOR_NAME_MAX,
  COLOR_MAX,
  EMBED_DESCRIPTION_MAX,
  EMBED_FIELDS_MAX,
  EMBED_TITLE_MAX,
  EMBED_URL_MAX,
  EMBEDS_MAX,
  EMBEDS_TOTAL_MAX,
  FIELD_NAME_MAX,
  FIELD_VALUE_MAX,
  FOOTER_TEXT_MAX,
} from '../limits.ts'
import { address, filled, issue, trimmed } from './scalars.ts'

const url = address(EMBED_URL_MAX)
const media = z.object({ url })

/** https://docs.discord.com/developers/resources/message#embed-object; fields that only Discord sets are dropped. */
const embed = z
  .object({
    title: trimmed(EMBED_TITLE_MAX).nullish(),
    description: trimmed(EMBED_DESCRIPTION_MAX).nullish(),
    url: address(EMBED_URL_MAX, ['http:', 'https:']).nullish(),
    timestamp: z.iso.datetime({ offset: true }).nullish(),
    color: z.int().min(0).max(COLOR_MAX).nullish(),
    footer: z.object({ text: filled(FOOTER_TEXT_MAX), icon_url: url.nullish() }).nullish(),
    image: media.nullish(),
    thumbnail: media.nullish(),
    author: z.object({ name: filled(AUTHOR_NAME_MAX), url: url.nullish(), icon_url: url.nullish() }).nullish(),
    fields: z
      .array(
        z.object({ name: filled(FIELD_NAME_MAX), value: filled(FIELD_VALUE_MAX), inline: z.boolean().default(false) }),
      )
      .max(EMBED_FIELDS_MAX)
      .nullish(),
  })
  .superRefine((value, context) => {
    const texts = [value.title, value.description, value.footer, value.image, value.thumbnail, value.author]
    if (texts.some((part) => part !== undefined && part !== null && part !== '')) return
    if ((value.fields ?? []).length > 0) return
    context.addIssue(issue('BASE_TYPE_REQUIRED', 'This field is required', ['description']))
  })

export type Embed = z.infer<typeof embed>

/** The number of characters that count towards the limit of all embeds together. */
export const embedLength = (value: Embed): number =>
  [
    value.title,
    value.description,
    value.footer?.text,
    value.author?.name,
    ...(value.fields ?? []).flatMap((field) => [field.name, field.value]),
  ].reduce((sum, text) => sum + (text?.length ?? 0), 0)

/** The embeds of one message: at most ten, with 6000 characters in total. */
export const embeds = z
  .array(embed)
  .max(EMBEDS_MAX)
  .superRefine((all, context) => {
    if (all.reduce((sum, each) => sum + embedLength(each), 0) <= EMBEDS_TOTAL_MAX) return
    context.addIssue(
      issue('MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${EMBEDS_TOTAL_MAX}`, [all.length - 1]),
    )
  })
