import type { CaseId } from '@embargo/core'
import { readDsn, readMessageId, readReturnPath, returnedMessageIds } from '@embargo/mail'
import type { DeliveryReport, OwnMessage, ParsedMail, Thread, Tie } from '@embargo/mail'
import type { Deps } from '../deps.ts'
import { mailMacs, ownAddresses } from '../shared/own-addresses.ts'
import type { AuthenticatedMail } from './authenticate.ts'
import { currentThread } from './current-thread.ts'
import { caseExists, findThread } from './find-thread.ts'
import { correspondentOf, signedRecipientThread } from './correspondent.ts'
import type { Correspondent } from './correspondent.ts'

/**
 * A mail with the cases and mails of ours that it refers to. They are found by our signed tokens in the mail, or by a
 * text that a recipient signed (`signedRecipientThread`). The author's address is never enough.
 */
export type ThreadedMail = AuthenticatedMail &
  Correspondent & {
    readonly thread: Thread
    /** The mail of ours to whose return path this mail was sent. Each mail of ours has its own return path. */
    readonly returnPath?: OwnMessage
    /**
     * The mail of ours whose header is returned in this mail. If there is no such header, the mail of ours that is
     * named in the In-Reply-To or References field of this mail.
     */
    readonly returned?: OwnMessage
    /** How we know that this is a bounce of a mail of ours, if it is one. */
    readonly tie?: Tie
    /** If this is a bounce, the case to which the bounced mail of ours belongs now. */
    readonly home?: CaseId
    /** The delivery report (RFC 3464) that a mail server put into this mail, if there is one. */
    readonly dsn?: DeliveryReport
  }

type Headers = Pick<ParsedMail, 'headers' | 'subject' | 'references' | 'inReplyTo' | 'attachments' | 'text' | 'quoted'>

/**
 * Used in place of the header of a mail that could not be parsed. Then only the envelope says where the mail belongs.
 */
const UNREAD: Headers = {
  headers: new Map(),
  subject: '',
  references: [],
  inReplyTo: [],
  attachments: [],
  text: '',
  quoted: '',
}

/** Third step: finds what a mail belongs to. */
export async function threadMail(deps: Deps, mail: AuthenticatedMail): Promise<ThreadedMail> {
  const { stored, reading } = mail
  const headers = reading.is === 'read' ? reading.mail : UNREAD
  const signed = reading.is === 'read' && mail.checks.signature.is === 'own-key' ? reading.mail : undefined
  const found = await signedRecipientThread(deps, await findThread(deps, stored.envelopeTo, headers), signed)
  const correspondent = reading.is === 'read' ? await correspondentOf(deps, found) : {}
  const { address, message } = mailMacs(deps.keys)
  const own = ownAddresses(deps.policy.policy)
  const dsn = readDsn(headers)
  const returnPath = await firstKnown(
    deps,
    stored.envelopeTo.map((to) => readReturnPath(to, own, address)),
  )
  const byId = async (ids: readonly string[]): Promise<OwnMessage | undefined> =>
    firstKnown(
      deps,
      ids.map((id) => readMessageId(id, message)),
    )
  const returnedWhole = await byId(returnedMessageIds(headers))
  const returned = returnedWhole ?? (await byId([...headers.inReplyTo, ...headers.references.toReversed()]))
  const tie = returnedWhole === undefined ? returnPath && 'return-path' : 'returned'
  const tied = returnPath ?? returnedWhole
  const home = tied && (await currentThread(deps, { case: tied.case })).case
  return {
    ...mail,
    thread: found,
    ...correspondent,
    ...(returnPath && { returnPath }),
    ...(returned && { returned }),
    ...(tie && { tie }),
    ...(home && { home }),
    ...(dsn && { dsn }),
  }
}

async function firstKnown(
  deps: Deps,
  marks: readonly ReturnType<typeof readMessageId>[],
): Promise<OwnMessage | undefined> {
  for (const one of marks) if (one?.valid === true && (await caseExists(deps, one.case))) return one
  return undefined
}
