import { domainOf, effectMark, makeMessageId, makeReturnPath, makeToken } from '@embargo/mail'
import type { CaseTag, Envelope } from '@embargo/mail'
import type { SendMail } from './mail-context.ts'
import type { Deps } from '../deps.ts'
import { mailMacs } from '../shared/own-addresses.ts'

type Keys = Pick<Deps, 'keys'>

/**
 * How an answer finds its case: by a token in the reply address, and by a Message-ID of ours. Each reporter, recipient
 * and other vendor has a reply address of their own, so that nobody is taken for another. A public text has neither:
 * anyone who reads an archive could use them to write into the case, and a heads-up must not even name the case.
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

/** The address for bounces, which names the exact mail. A list may show the return path, so there it names nothing. */
export function returnPath({ keys }: Keys, { to, id, case: theCase }: SendMail, own: string): string {
  return to.kind === 'public' ? own : makeReturnPath({ case: theCase, effect: id, own }, mailMacs(keys).address)
}
