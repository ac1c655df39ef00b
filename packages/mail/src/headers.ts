import { MAX_MESSAGE_ID, MAX_REFERENCES } from './limits.ts'
import type { MailHeaders } from './parsed-mail.ts'

/** The first value of a field, trimmed; undefined if the mail has none. */
export function header(headers: MailHeaders, name: string): string | undefined {
  return headers.get(name)?.[0]?.trim()
}

const MESSAGE_ID = /<[^<>\s\p{Cc}]+>/gu

/**
 * The Message-IDs in a field value, with their brackets. If there are more than `MAX_REFERENCES`, only the last ones
 * are returned, which are the newest.
 */
export function messageIds(value: string): readonly string[] {
  return [...value.matchAll(MESSAGE_ID)]
    .map((match) => match[0])
    .filter((id) => id.length <= MAX_MESSAGE_ID)
    .slice(-MAX_REFERENCES)
}

/** A single Message-ID with its brackets and nothing else. */
export function isMessageId(text: string): boolean {
  return text.length <= MAX_MESSAGE_ID && /^<[^<>\s\p{Cc}]+@[^<>\s\p{Cc}]+>$/u.test(text)
}
