import { domainOf, effectMark, makeMessageId, makeReturnPath, makeToken } from '@embargo/mail'
import type { CaseTag, Envelope } from '@embargo/mail'
import type { SendMail } from './mail-context.ts'
import type { Deps } from '../deps.ts'
import { mailMacs } from '../shared/own-addresses.ts'

type Keys = Pick<Deps, 'keys'>

/**
 * The reply address and Message-ID by which an answer finds its case. Both contain a token of ours. Each reporter,
 * each recipient, and each vendor or CNA that the team writes to has their own reply address. A public text must have
 * no token, because any reader of an archive could use it to write into the case.
 */
export function replyRouting(
  { keys }: Keys,
  { to, id }: SendMail,
  { tag, own }: { readonly tag: CaseTag; readonly own: string },
): Pick<Envelope, 'replyTo' | 'messageId'> {
  const domain = domainOf(own)
  if (to.kind === 'public') return { replyTo: own, messageId: `<${effectMark(id)}@${domain}>` }
  const macs = mailMacs(keys)
  return {
    replyTo: makeToken(tag, own, macs.address),
    messageId: makeMessageId({ ...tag, effect: id, domain }, macs.message),
  }
}

/**
 * The address for bounces, which identifies the exact mail. For a public text it is our plain address, because a list
 * may publish the return path.
 */
export function returnPath({ keys }: Keys, { to, id, case: theCase }: SendMail, own: string): string {
  if (to.kind === 'public') return own
  return makeReturnPath({ case: theCase, effect: id, own }, mailMacs(keys).address) ?? own
}
