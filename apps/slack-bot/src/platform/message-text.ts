import { plainText } from './plain-text.ts'
import type { Message } from './partial-transcripts.ts'

type Attachment = NonNullable<Message['attachments']>[number]
type NameLookup = Parameters<typeof plainText>[1]

/**
 * The text of a message and the names of its files. If a message forwards another one, the other's text and files are
 * in `attachments`.
 */
export function messageText(
  message: Message,
  named: NameLookup,
): { readonly text: string; readonly files: readonly string[] } {
  const { attachments = [] } = message
  const own = plainText(message.text ?? '', named)
  const passedOn = attachments.map((each) => (isPreview(each) ? linkOf(each, own) : wordsOf(each, named)))
  return {
    text: [own, ...passedOn].filter((each) => each !== '').join('\n'),
    files: [message, ...attachments.filter((each) => !isPreview(each))].flatMap(({ files = [] }) =>
      files.flatMap(({ name }) => (typeof name === 'string' ? [name] : [])),
    ),
  }
}

/** The texts that can mention somebody: the message's own text, and the texts of its attachments. */
export const textsIn = ({ text = '', attachments = [] }: Message): readonly string[] => [
  text,
  ...attachments.flatMap((each) => [each.pretext ?? '', each.text ?? each.fallback ?? '']),
]

/** Whether an attachment is Slack's preview of a linked page, which nobody in the channel wrote. */
const isPreview = ({ from_url: url, is_msg_unfurl: isMessage, is_share: isShare }: Attachment): boolean =>
  url !== undefined && isMessage !== true && isShare !== true

/** The link of a preview, unless the message's own text contains it. */
const linkOf = ({ from_url: url = '' }: Attachment, own: string): string => (own.includes(url) ? '' : url)

/** The text of a forwarded message, or what another app attached to its message. */
function wordsOf({ pretext, title, text, fallback, ...of }: Attachment, named: NameLookup): string {
  const isForwarded = of.is_msg_unfurl === true || of.is_share === true
  const author = of.author_name?.replaceAll(/\s+/g, ' ').trim() ?? ''
  const words = [pretext, title, text === undefined || text === '' ? fallback : text]
  return [
    ...(isForwarded ? [`Forwarded${author === '' ? '' : ` from ${author}`}:`] : author === '' ? [] : [author]),
    ...words.flatMap((each) => (each === undefined || each === '' ? [] : [plainText(each, named)])),
  ].join('\n')
}
