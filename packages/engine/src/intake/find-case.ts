import { readReturnPath, thread } from '@embargo/mail'
import type { ParsedMail, Thread } from '@embargo/mail'
import type { CaseId } from '@embargo/core'
import type { Inside } from '../inside.ts'
import { mailMacs } from '../mail-macs.ts'
import type { SpooledMail } from '../ports/mail-spool.ts'
import { ownAddresses } from './project-for.ts'

type Threaded = Pick<ParsedMail, 'headers' | 'subject' | 'references' | 'inReplyTo'>

/** A mail that nobody could look into: only its envelope says where it belongs. */
const UNREAD: Threaded = { headers: new Map(), subject: '', references: [], inReplyTo: [] }

/** The case that a mail belongs to, by what we signed and nothing else. */
export async function findThread(inside: Inside, stored: SpooledMail, mail: Threaded = UNREAD): Promise<Thread> {
  const found = await thread({
    mail,
    envelopeTo: stored.envelopeTo,
    own: ownAddresses(inside.policy.policy),
    macs: mailMacs(inside.keys),
    exists: (id) => exists(inside, id),
  })
  return followed(inside, found)
}

/** A report may go on and come back; more turns than this are a damaged log. */
const MOST_MOVES = 20

/**
 * Where a report is now. Its reporter holds the address of the case that it came in by, and must reach the one that it
 * went to. A mail that names no report goes with its case, where that was merged.
 */
async function followed(inside: Inside, found: Thread): Promise<Thread> {
  let at = found
  for (let turn = 0; turn < MOST_MOVES && at.case !== undefined; turn += 1) {
    const { state } = await inside.states.load(at.case)
    if (state?.kind !== 'case') return at
    const gone = state.moved.find(({ report }) => report.id === at.report)
    if (gone !== undefined) at = { ...at, case: gone.to, report: gone.as }
    else if (at.report === undefined && state.mergedInto !== undefined) at = { ...at, case: state.mergedInto }
    else return at
  }
  return at
}

/** The case whose mail bounced: a bounce comes back to the return path of exactly that mail. */
export async function findBounced(inside: Inside, stored: SpooledMail): Promise<CaseId | undefined> {
  const { address } = mailMacs(inside.keys)
  for (const to of stored.envelopeTo) {
    const found = readReturnPath(to, ownAddresses(inside.policy.policy), address)
    if (found?.valid === true && (await exists(inside, found.case))) return found.case
  }
  return undefined
}

const exists = async (inside: Inside, id: CaseId): Promise<boolean> => (await inside.events.version(id)) > 0
