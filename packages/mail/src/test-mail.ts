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

/**
 * The case number in the test mail. No case has this number. With it, the return path is as long as in mails
 * about cases.
 */
const NO_CASE = CaseId.parse('TEST-2000-0000')

/**
 * Makes the test mail with this id (base 32). Like our mails about cases, the test mail has its own reply address,
 * return path and Message-ID, each with a mac of ours.
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
 * The id of the mail, if it is one of our test mails. A test mail is sent with the id in its recipient address and in
 * its Message-ID. Delivery may change one of them, so either is enough. Each has a mac of ours, so a real report is
 * never taken for a test mail.
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
