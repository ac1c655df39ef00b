import { headFields } from './domain-checks/head.ts'
import { isMessageId, messageIds } from './headers.ts'
import type { ParsedMail } from './parsed-mail.ts'

export type OuterHead = Pick<ParsedMail, 'headers' | 'subject' | 'messageId' | 'references' | 'inReplyTo'>

/**
 * The most bytes of a header that are read here. Honest headers have a few kilobytes, hostile ones may have megabytes.
 * The rest is left to the parser.
 */
const MAX_HEAD_BYTES = 128 * 1024

const FIELDS: readonly string[] = ['to', 'cc', 'message-id', 'references', 'in-reply-to', 'subject']

const PRINTABLE = /^[\x21-\x7E]+$/u

/** Reads the header fields that can show to which case a mail belongs, before the mail is parsed or decrypted. */
export function outerHead(raw: Uint8Array): OuterHead {
  const fields = headFields(raw.subarray(0, MAX_HEAD_BYTES)).filter(({ name }) => FIELDS.includes(name))
  const headers = Map.groupBy(fields, ({ name }) => name)
  const idsIn = (name: string): readonly string[] => (headers.get(name) ?? []).flatMap(({ value }) => messageIds(value))
  const messageId = idsIn('message-id').find((id) => isMessageId(id) && PRINTABLE.test(id))
  return {
    headers: new Map([...headers].map(([name, all]) => [name, all.map(({ value }) => value)])),
    subject: headers.get('subject')?.[0]?.value ?? '',
    ...(messageId !== undefined && { messageId }),
    references: idsIn('references'),
    inReplyTo: idsIn('in-reply-to'),
  }
}
