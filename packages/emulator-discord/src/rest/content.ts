import type { Component } from '../check/components.ts'
import { attachmentsShown } from '../check/components.ts'
import type { MessageBody } from '../check/messages.ts'
import { FLAGS, refuseEmpty } from '../check/messages.ts'
import { ApiError, invalidForm } from '../errors.ts'
import type { Guild } from '../guild.ts'
import type { Draft } from '../life/messages.ts'
import { editMessage } from '../life/messages.ts'
import { ATTACHMENTS_MAX, FILE_BYTES_MAX, MESSAGE_BYTES_MAX } from '../limits.ts'
import type { Attachment, Message } from '../state.ts'
import type { UploadedFile } from './body.ts'

/** A message as an app sends it. */
export type SentMessage = { readonly body: MessageBody; readonly files: readonly UploadedFile[] }

const safeName = (name: string): string => name.replaceAll(/[^\w.-]/g, '_')

/**
 * The files of a request as attachments.
 * @throws ApiError 40005 for a file larger than 10 MiB
 */
const uploaded = (guild: Guild, { body, files }: SentMessage): readonly Attachment[] => {
  const total = files.reduce((sum, file) => sum + file.bytes.length, 0)
  if (total > MESSAGE_BYTES_MAX || files.some((file) => file.bytes.length > FILE_BYTES_MAX)) {
    throw new ApiError('tooLarge')
  }
  return files.map((file) => {
    const attachment = body.attachments?.find((each) => each.id === file.index)
    guild.remember([file.filename, file.bytes.toString('utf8')])
    return {
      id: guild.ids.next(),
      filename: safeName(attachment?.filename ?? file.filename),
      description: attachment?.description ?? undefined,
      contentType: file.contentType,
      bytes: file.bytes,
    }
  })
}

const refuseTooMany = (attachments: readonly Attachment[]): void => {
  if (attachments.length <= ATTACHMENTS_MAX) return
  const message = `Must be ${ATTACHMENTS_MAX} or fewer in length.`
  throw invalidForm([{ path: ['attachments'], code: 'BASE_TYPE_BAD_LENGTH', message }])
}

// https://docs.discord.com/developers/components/reference#unfurled-media-item: an attachment that a component shows
// must be in the message.
const refuseLost = (components: readonly Component[], attachments: readonly Attachment[]): void => {
  const lost = attachmentsShown(components).find((name) => !attachments.some((each) => each.filename === name))
  if (lost === undefined) return
  const message = `The attachment ${lost} is not in the message`
  throw invalidForm([{ path: ['components'], code: 'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND', message }])
}

/**
 * The content of a sent message, ready to be stored.
 * @throws ApiError if it is empty or too large
 */
export const draftOf = (guild: Guild, channel: string, sent: SentMessage): Draft => {
  const { body } = sent
  const attachments = uploaded(guild, sent)
  refuseTooMany(attachments)
  const draft = {
    channel,
    author: guild.bot.id,
    content: body.content ?? '',
    embeds: body.embeds ?? [],
    components: body.components ?? [],
    flags: (body.flags ?? 0) & ~FLAGS.ephemeral,
    attachments,
    nonce: body.nonce ?? undefined,
    reference: body.message_reference?.message_id,
    allowed: body.allowed_mentions,
  }
  refuseLost(draft.components, attachments)
  refuseEmpty(draft)
  return draft
}

/**
 * Edits a message. Fields that are left out remain, fields set to null are removed.
 * @throws ApiError
 */
export const applyEdit = (guild: Guild, message: Message, sent: SentMessage): void => {
  const { body } = sent
  const kept = body.attachments
    ? message.attachments.filter((each) => body.attachments?.some(({ id }) => id === each.id))
    : message.attachments
  const attachments = [...kept, ...uploaded(guild, sent)]
  refuseTooMany(attachments)
  const next = {
    content: body.content === undefined ? message.content : (body.content ?? ''),
    embeds: body.embeds === undefined ? message.embeds : (body.embeds ?? []),
    components: body.components === undefined ? message.components : (body.components ?? []),
    attachments,
    flags: editedFlags(message.flags, body.flags ?? undefined),
  }
  if ((next.flags & FLAGS.componentsV2) !== 0 && (next.content !== '' || next.embeds.length > 0)) {
    const message = 'content and embeds must be emptied when MessageFlags.IS_COMPONENTS_V2 is set'
    throw invalidForm([{ path: ['flags'], code: 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', message }])
  }
  refuseLost(next.components, attachments)
  refuseEmpty(next)
  editMessage(guild, message, next)
}

// The flags after an edit, which can set or clear SUPPRESS_EMBEDS, and set IS_COMPONENTS_V2. The other flags remain,
// including EPHEMERAL.
const editedFlags = (before: number, sent: number | undefined): number => {
  const settled = before & ~FLAGS.loading
  if (sent === undefined) return settled
  const suppress = (settled & ~FLAGS.suppressEmbeds) | (sent & FLAGS.suppressEmbeds)
  return suppress | (sent & FLAGS.componentsV2)
}
