import { z } from 'zod'
import { ApiError, invalidForm } from '../errors.ts'
import {
  ATTACHMENT_DESCRIPTION_MAX,
  ATTACHMENTS_MAX,
  CONTENT_MAX,
  FILENAME_MAX,
  MENTIONED_MAX,
  NONCE_MAX,
} from '../limits.ts'
import { components, layoutProblems } from './components.ts'
import { embeds } from './embeds.ts'
import { checked, refuseUnsupported } from './problems.ts'
import { issue, snowflake, trimmed } from './scalars.ts'

/** https://docs.discord.com/developers/resources/message#message-object-message-flags */
export const FLAGS = {
  suppressEmbeds: 1 << 2,
  ephemeral: 1 << 6,
  loading: 1 << 7,
  suppressNotifications: 1 << 12,
  componentsV2: 1 << 15,
} as const

/** https://docs.discord.com/developers/resources/message#allowed-mentions-object */
const allowedMentions = z
  .object({
    parse: z.array(z.enum(['roles', 'users', 'everyone'])).nullish(),
    users: z.array(snowflake).max(MENTIONED_MAX).nullish(),
    roles: z.array(snowflake).max(MENTIONED_MAX).nullish(),
    replied_user: z.boolean().nullish(),
  })
  .superRefine((value, context) => {
    for (const kind of ['users', 'roles'] as const) {
      if (!value.parse?.includes(kind) || (value[kind] ?? []).length === 0) continue
      const words = `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`
      context.addIssue(issue('MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', words))
    }
  })

export type AllowedMentions = z.infer<typeof allowedMentions>

const attachment = z.object({
  id: snowflake,
  filename: z.string().min(1).max(FILENAME_MAX).nullish(),
  description: z.string().max(ATTACHMENT_DESCRIPTION_MAX).nullish(),
})

const body = z.object({
  content: z.union([z.string(), z.number()]).transform(String).pipe(trimmed(CONTENT_MAX)).nullish(),
  embeds: embeds.nullish(),
  components: components.nullish(),
  flags: z.int().min(0).nullish(),
  allowed_mentions: allowedMentions.nullish(),
  attachments: z.array(attachment).max(ATTACHMENTS_MAX).nullish(),
  nonce: z.union([z.string().max(NONCE_MAX), z.int().transform(String)]).nullish(),
  enforce_nonce: z.boolean().nullish(),
  message_reference: z.object({ message_id: snowflake, fail_if_not_exists: z.boolean().nullish() }).nullish(),
})

/** A message's body as sent, checked field by field. */
export type MessageBody = z.infer<typeof body>

const UNSUPPORTED = ['poll', 'sticker_ids', 'tts', 'shared_client_theme', 'thread_name', 'username', 'avatar_url']

const MESSAGE_FLAGS = FLAGS.suppressEmbeds | FLAGS.suppressNotifications | FLAGS.componentsV2

/**
 * Checks the body of a message. `before`: the flags of the message that is edited; flags that an edit cannot change are
 * ignored. `isAnswer`: whether the message answers an interaction. Only an answer can be ephemeral: any other message
 * with this flag is refused, because the whole channel would see a text that is meant for one person.
 * @throws ApiError
 */
export const checkMessage = (
  sent: unknown,
  options: { readonly path?: readonly PropertyKey[]; readonly before?: number; readonly isAnswer?: boolean } = {},
): MessageBody => {
  const { path = [], before, isAnswer = false } = options
  refuseUnsupported(sent, UNSUPPORTED)
  const value = checked(body, sent, path)
  const flags = (value.flags ?? 0) | ((before ?? 0) & FLAGS.componentsV2)
  const allowed = isAnswer ? MESSAGE_FLAGS | FLAGS.ephemeral : MESSAGE_FLAGS
  if (before === undefined && (flags & ~allowed) !== 0) {
    throw invalidForm([{ path: [...path, 'flags'], code: 'MESSAGE_INVALID_FLAGS', message: 'Invalid message flags' }])
  }
  const isV2 = (flags & FLAGS.componentsV2) !== 0
  const problems = [...layoutProblems(value.components ?? [], isV2)]
  for (const field of ['content', 'embeds'] as const) {
    if (!isV2 || (value[field]?.length ?? 0) === 0) continue
    const message = `The '${field}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2`
    problems.push({ path: [field], code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', message })
  }
  if (problems.length > 0) throw invalidForm(problems.map((each) => ({ ...each, path: [...path, ...each.path] })))
  return value
}

/**
 * Refuses an empty message.
 * @throws ApiError 50006
 */
export const refuseEmpty = (message: {
  readonly content: string
  readonly embeds: readonly unknown[]
  readonly components: readonly unknown[]
  readonly attachments: readonly unknown[]
}): void => {
  const { content, embeds: cards, components: parts, attachments } = message
  if (content === '' && cards.length + parts.length + attachments.length === 0) throw new ApiError('emptyMessage')
}
