import type { SendMail } from './mail-context.ts'
import { CannotPerform } from '../dispatch/effect-errors.ts'
import type { Deps } from '../deps.ts'
import type { OutgoingMail } from '../ports/mail-out.ts'
import { returnPath } from './reply-routing.ts'

/**
 * How many bytes are searched for the end of the header. The headers of our own mails are short, so attachments need
 * not be searched.
 */
const MAX_HEADER = 64 * 1024

/**
 * A mail that was rendered before, with its envelope. The envelope is read from the mail's own header. So a retry goes
 * to the same address as the first attempt, even if the policy changed or the reporter was erased since.
 *
 * @throws CannotPerform if the bytes are damaged
 */
export function readOutgoingMail(
  deps: Pick<Deps, 'keys'>,
  input: { readonly effect: SendMail; readonly own: string; readonly raw: Uint8Array },
): OutgoingMail {
  const { effect, own, raw } = input
  const head = headerOf(raw)
  const envelopeTo = bare(field(head, 'To'))
  const messageId = field(head, 'Message-ID')
  if (envelopeTo === undefined || messageId === undefined)
    throw new CannotPerform('The stored bytes of this mail are damaged: they have no recipient.')
  return {
    raw,
    envelopeFrom: returnPath(deps, effect, own),
    envelopeTo,
    messageId,
  }
}

/** The recipient of a mail that was rendered before. */
export const recipientOf = (raw: Uint8Array): string | undefined => bare(field(headerOf(raw), 'To'))

/** The reply address in a mail that was rendered before. */
export const replyAddressOf = (raw: Uint8Array): string | undefined => bare(field(headerOf(raw), 'Reply-To'))

// RFC 5322 section 2.2.3: a field continues in lines that begin with white space.
function headerOf(raw: Uint8Array): string {
  const text = new TextDecoder().decode(raw.subarray(0, MAX_HEADER))
  return (text.split('\r\n\r\n', 1)[0] ?? '').replaceAll(/\r\n[ \t]+/gu, ' ')
}

function field(head: string, name: string): string | undefined {
  const start = `${name.toLowerCase()}:`
  return head
    .split('\r\n')
    .find((line) => line.toLowerCase().startsWith(start))
    ?.slice(start.length)
    .trim()
}

function bare(value: string | undefined): string | undefined {
  return /<([^<>]+)>$/u.exec(value ?? '')?.[1] ?? value
}
