import { CaseId, EffectId } from '@embargo/core'
import type { Instant } from '@embargo/core'
import { plus } from './address-token.ts'
import { tagOf } from './address.ts'
import { composeMail } from './compose.ts'
import { macMatches, shortMac } from './mac.ts'
import type { Mac } from './mac.ts'
import { domainOf, makeReturnPath } from './message-id.ts'
import type { ParsedMail } from './parsed-mail.ts'

/** A mail to ourselves that shows whether outgoing and incoming delivery keep our addresses and headers. */
export type TestMail = {
  readonly raw: Uint8Array
  readonly envelopeFrom: string
  readonly envelopeTo: string
  readonly messageId: string
}

const TAG = 'test'
const signed = (id: string): string => `test-mail:${id}`

/** Used instead of a case, so that the return path is as long as in our letters. */
const NO_CASE = CaseId.parse('TEST-2000-0000')

/**
 * Makes the test mail with this id (base 32). Like our letters, it has an address with a plus tag, a return path and a
 * Message-ID of its own, each with our signature.
 *
 * @throws MailError `bad-address`
 */
export async function makeTestMail(
  input: { readonly id: string; readonly own: string; readonly at: Instant },
  mac: Mac,
): Promise<TestMail> {
  const { id, own, at } = input
  const tag = `${TAG}.${id}.${shortMac(mac, signed(id))}`
  const envelopeTo = plus(own, tag)
  const messageId = `<${tag}@${domainOf(own)}>`
  const raw = await composeMail(
    {
      subject: 'A test of the mail set-up',
      text: 'Embargo sends this mail to itself, to see what is changed on its way. It opens no case.',
      attachments: [],
      automatic: true,
    },
    { from: { name: 'Embargo', address: own }, replyTo: envelopeTo, to: envelopeTo, messageId, date: at },
  )
  const returnPath = makeReturnPath({ case: NO_CASE, effect: EffectId.parse(id), own }, mac)
  return { raw, envelopeFrom: returnPath ?? own, envelopeTo, messageId }
}

/**
 * If this mail is one of our test mails, returns its id. The id is in the recipient address and in the Message-ID, and
 * one of the two is enough, because delivery may change the other. Both carry our signature, so a real report cannot be
 * mistaken for a test mail.
 */
export function testMailId(
  mail: Pick<ParsedMail, 'headers' | 'messageId'>,
  envelopeTo: readonly string[],
  own: readonly string[],
  mac: Mac,
): string | undefined {
  const recipients = [
    ...envelopeTo,
    ...(mail.headers.get('to') ?? []).map((to) => to.replaceAll(/^.*<|>\s*$/gu, '').trim()),
  ]
  const tags = recipients.flatMap((to) => own.map((address) => tagOf(to, address)))
  const messageId = /^<([^@<>]{1,100})@/u.exec(mail.messageId ?? '')?.[1]?.toLowerCase()
  return [...tags, messageId].map((tag) => idOf(tag ?? '', mac)).find((id) => id !== undefined)
}

function idOf(text: string, mac: Mac): string | undefined {
  const [tag, id, given, ...more] = text.split('.')
  if (tag !== TAG || id === undefined || given === undefined || more.length > 0) return undefined
  return macMatches(mac, signed(id), given) ? id : undefined
}
