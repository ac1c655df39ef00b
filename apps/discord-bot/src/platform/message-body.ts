import type { NamedFile } from '@embargo/chat'
import type { RawFile } from 'discord.js'
import { AttachmentBuilder } from 'discord.js'
import { FILE_BYTES_MAX } from '../limits.ts'
import type { DrawnCard } from '../render/card.ts'

/** A card in the API's format, with its files. An edit without files removes the earlier ones. */
export const sending = ({ message, files }: DrawnCard): { readonly body: object; readonly files?: RawFile[] } => ({
  body: { ...message, attachments: files.map(({ name }, id) => ({ id, filename: name })) },
  ...(files.length === 0
    ? {}
    : { files: files.map(({ name, text }) => ({ name, data: bytesOf(text), contentType: 'text/plain' })) }),
})

/** The files of a card in the library's format, which answers to interactions use. */
export const asAttachments = ({ files }: DrawnCard): AttachmentBuilder[] =>
  files.map(({ name, text }) => new AttachmentBuilder(bytesOf(text), { name }))

/** A file that a command gives to its caller. */
export const asAttachment = ({ name, bytes }: NamedFile): AttachmentBuilder =>
  new AttachmentBuilder(Buffer.from(bytes), { name })

const bytesOf = (text: string): Buffer => Buffer.from(text).subarray(0, FILE_BYTES_MAX)
