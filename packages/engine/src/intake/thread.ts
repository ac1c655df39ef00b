import { readMessageId, readReturnPath, thread } from '@embargo/mail'
import type { OwnMessage, ParsedMail, Thread } from '@embargo/mail'
import type { CaseId } from '@embargo/core'
import type { Deps } from '../deps.ts'
import { mailMacs } from '../shared/mail-macs.ts'
import type { SpooledMail } from '../ports/mail-spool.ts'
import { ownAddresses } from './project-address.ts'

type Threaded = Pick<ParsedMail, 'headers' | 'subject' | 'references' | 'inReplyTo'>

/** A mail that nobody could look into: only its envelope says where it belongs. */
const UNREAD: Threaded = { headers: new Map(), subject: '', references: [], inReplyTo: [] }

/** The case that a mail belongs to, by what we signed and nothing else. */
export async function findThread(deps: Deps, stored: SpooledMail, mail: Threaded = UNREAD): Promise<Thread> {
  const found = await thread({
    mail,
    envelopeTo: stored.envelopeTo,
    own: ownAddresses(deps.policy.policy),
    macs: mailMacs(deps.keys),
    exists: (id) => exists(deps, id),
  })
  return followed(deps, found)
}

/** A report may go on and come back; more turns than this are a damaged log. */
const MOST_MOVES = 20

/**
 * Where a report is now. Its reporter holds the address of the case that it came in by, and must reach the one that it
 * went to. A mail that names no report goes with its case, where that was merged.
 */
async function followed(deps: Deps, found: Thread): Promise<Thread> {
  let at = found
  for (let turn = 0; turn < MOST_MOVES && at.case !== undefined; turn += 1) {
    const { state } = await deps.states.load(at.case)
    if (state?.kind !== 'case') return at
    const gone = state.moved.find(({ report }) => report.id === at.report)
    if (gone !== undefined) at = { ...at, case: gone.to, report: gone.as }
    else if (at.report === undefined && state.mergedInto !== undefined) at = { ...at, case: state.mergedInto }
    else return at
  }
  return at
}

/**
 * The mail of ours that another is about, by what we signed: a bounce comes back to the return path of exactly one mail,
 * and most return its Message-ID. Who wrote it says nothing.
 */
export async function findOwnMail(
  deps: Deps,
  stored: SpooledMail,
  returned: readonly string[],
): Promise<OwnMessage | undefined> {
  const { address, message } = mailMacs(deps.keys)
  const own = ownAddresses(deps.policy.policy)
  const found = [
    ...stored.envelopeTo.map((to) => readReturnPath(to, own, address)),
    ...returned.map((id) => readMessageId(id, message)),
  ]
  for (const one of found) if (one?.valid === true && (await exists(deps, one.case))) return one
  return undefined
}

const exists = async (deps: Deps, id: CaseId): Promise<boolean> => (await deps.events.version(id)) > 0
