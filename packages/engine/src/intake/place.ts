import { NO_NUMBER, PersonId, personOfAddress, ReporterId } from '@embargo/core'
import type { CaseId, EarlierKey, Identity, MailTrust, PublicKey, QuarantineReason, SystemRequest } from '@embargo/core'
import { isPracticeAddress, mayAutoAnswer, reachableBehindList } from '@embargo/mail'
import type { MailKind, ParsedMail } from '@embargo/mail'
import { createHash } from 'node:crypto'
import type { Deps } from '../deps.ts'
import { earlierKeyOf } from '../keys/known-keys.ts'
import { reporterKeyIn } from '../keys/reporter-key.ts'
import type { AsidePlace, SpooledMail } from '../ports/mail-spool.ts'
import { bounceRequest } from './bounce.ts'
import { judge } from './classify.ts'
import type { AutomaticMail, ClassifiedMail, PersonalMail } from './classify.ts'
import { mailMacs, ownAddresses, projectFor } from '../shared/own-addresses.ts'
import { loginIn } from './private-report-mail.ts'
import { testMailAside } from '../test-mail/test-mail.ts'
import { returnedPublicLetter } from './public-bounce.ts'
import type { ThreadedMail } from './thread.ts'

/** What to do with a stored mail: send a command for its case or for a new case, or set it aside with the reason. */
export type Placement =
  | { readonly is: 'command'; readonly request: SystemRequest; readonly reporter?: ReporterId }
  | { readonly is: 'aside'; readonly because: string; readonly as?: AsidePlace }

const command = (request: SystemRequest): Placement => ({ is: 'command', request })

/** Last step: decides where the mail goes. An unreadable mail is placed too, so no accepted mail is lost. */
export async function placeMail(deps: Deps, mail: ClassifiedMail): Promise<Placement> {
  const { stored, thread, class: found } = mail
  // A mail that was sent to the return path of a mail of ours, or that returns a mail of ours, opens no case. It
  // belongs to the case of our mail (`home`).
  const theCase = thread.case ?? mail.home
  // Another process may have locked somebody out in the meantime.
  await deps.people.refresh()
  if (found.is !== 'unreadable' && stored.privateReport === undefined && isLockedOut(deps, found.mail))
    return { is: 'aside', because: LOCKED_OUT }
  const test = found.is === 'unreadable' ? undefined : testMailAside(deps, found.mail, stored.envelopeTo)
  if (test !== undefined) return { is: 'aside', because: test, as: 'test' }
  if (found.is === 'automatic') return placeAutomatic(deps, mail, found)
  if (found.is === 'unreadable')
    return theCase === undefined
      ? openUnreadable(deps, stored, found.because)
      : command({ verb: 'quarantine-message', case: theCase, message: stored.id, because: found.because })
  return theCase === undefined
    ? openCase(deps, mail, { ...found, trust: found.judgement.trust })
    : command(await takeIn(deps, mail, found, theCase))
}

/** Places the mail as a new case, because its own case refused the request `refused`. */
export async function placeAsNew(deps: Deps, mail: ClassifiedMail, refused: SystemRequest): Promise<Placement> {
  const { stored, class: found } = mail
  if (refused.verb === 'record-bounce') return { is: 'aside', because: ASIDE.bounce }
  if (found.is === 'unreadable') return openUnreadable(deps, stored, found.because)
  return openCase(deps, mail, { ...found, trust: judge(mail, found.mail, { token: 'none' }).trust })
}

async function takeIn(
  deps: Deps,
  threaded: ThreadedMail,
  { mail, judgement }: PersonalMail,
  theCase: CaseId,
): Promise<SystemRequest> {
  const { stored, thread, recipient, vendor } = threaded
  const { from, trust } = judgement
  const report = from === 'reporter' ? thread.report : undefined
  const keys = report === undefined ? {} : await keysOf(deps, threaded)
  return {
    verb: 'take-in-message',
    case: theCase,
    message: stored.id,
    from: from === 'unverified' && isTeam(deps, mail, trust) ? 'team' : from,
    trust,
    checks: threaded.checks,
    automatic: false,
    ...(report !== undefined && { report }),
    ...keys,
    ...(recipient !== undefined && { recipient }),
    ...(vendor !== undefined && { vendor }),
  }
}

// An automatic mail that contains a token of ours is shown in the token's case.
async function placeAutomatic(
  deps: Deps,
  mail: ThreadedMail,
  { kind, mail: parsed }: AutomaticMail,
): Promise<Placement> {
  const bounce = kind === 'bounce' ? await bounceRequest(deps, mail, parsed) : undefined
  if (bounce !== undefined) return command(bounce)
  const { stored, thread, home, recipient, vendor } = mail
  // Old servers and autoresponders write to the return path of our mail, so the case of our mail counts too (`home`).
  const own = thread.case ?? home
  const returned =
    own === undefined && kind === 'bounce' ? await returnedPublicLetter(deps, parsed, mail.dsn) : undefined
  const theCase = own ?? returned?.state.id
  if (theCase === undefined) return { is: 'aside', because: ASIDE[kind] }
  // Anyone can forge a bounce of a public letter. One bounce of each letter is enough to make people look, so further
  // bounces of the same letter are set aside.
  if (returned?.state.messages.some((one) => one.returned === returned.letter) === true)
    return { is: 'aside', because: RETURNED_AGAIN }
  return command({
    verb: 'take-in-message',
    case: theCase,
    message: stored.id,
    from: 'unverified',
    trust: 'nothing-proven',
    automatic: true,
    ...(returned !== undefined && { returned: returned.letter }),
    ...(recipient !== undefined && { recipient }),
    ...(vendor !== undefined && { vendor }),
  })
}

const RETURNED_AGAIN = 'another bounce of a public mail; the case already shows one'

const ASIDE: Readonly<Record<Exclude<MailKind, 'mail'>, string>> = {
  bounce: 'a bounce that belongs to no case',
  automatic: 'an automatic mail that belongs to no case',
  list: 'a mailing-list mail that belongs to no case',
}

type NewReport = { readonly kind: MailKind; readonly mail: ParsedMail; readonly trust: MailTrust }

async function openCase(deps: Deps, threaded: ThreadedMail, { kind, mail, trust }: NewReport): Promise<Placement> {
  const { stored, checks } = threaded
  const { policy } = deps.policy
  const identity = identityOf(stored, mail)
  const person = mayBeMember(stored, trust) ? personOfAddress(policy, identity.address)?.id : undefined
  const own = ownAddresses(policy)
  const envelope = { from: stored.envelopeFrom }
  const isReachable =
    kind === 'list'
      ? reachableBehindList(mail, own)
      : hasAddress(stored) && mayAutoAnswer({ kind: 'mail', mail, envelope, trust, own, answeredBefore: false }).may
  const opening = openingOf(deps, stored)
  if (opening === undefined) return NO_PROJECT
  // If a mail fails its domain's checks, its key may be anybody's, so it is ignored.
  const keys = trust === 'failed' ? {} : await keysOf(deps, threaded)
  const request: SystemRequest = {
    ...opening,
    identity,
    trust,
    checks,
    automatic: !isReachable,
    ...(kind === 'list' && { through: 'list' }),
    ...advisoryOf(stored),
    ...(person !== undefined && { person }),
    ...keys,
  }
  return { is: 'command', request, reporter: opening.reporter }
}

/**
 * Whether a report from a team member's address counts as this member's own report. The member is then kept off the
 * case. A private report does not count, nor does a mail that fails the checks of its sender's domain, because a
 * stranger could write any address into them.
 */
const mayBeMember = ({ privateReport }: SpooledMail, trust: MailTrust): boolean =>
  privateReport === undefined && trust !== 'failed'

function advisoryOf({ privateReport }: SpooledMail): Pick<OpenCase, 'advisory' | 'advisoryRevision'> {
  if (privateReport === undefined) return {}
  const { link: advisory, revision } = privateReport
  return { advisory, ...(revision !== undefined && { advisoryRevision: revision }) }
}

/**
 * Whether we know an address of the sender. The author of a private report has one only if they wrote it into the
 * report, because their account does not tell us an address.
 */
const hasAddress = ({ privateReport }: SpooledMail): boolean =>
  privateReport === undefined || privateReport.address !== undefined

function openUnreadable(deps: Deps, stored: SpooledMail, unreadable: QuarantineReason): Placement {
  const opening = openingOf(deps, stored)
  if (opening === undefined) return NO_PROJECT
  return command({ ...opening, trust: 'nothing-proven', automatic: false, unreadable })
}

/** The sender's key that came with this mail, and the sender's key from an earlier case. */
async function keysOf(
  deps: Deps,
  { reading, stored }: ThreadedMail,
): Promise<{ readonly key?: PublicKey; readonly earlierKey?: EarlierKey }> {
  if (reading.is !== 'read') return {}
  const { mail, known } = reading
  const key = await reporterKeyIn(deps, mail, known, stored.receivedAt)
  const earlierKey = earlierKeyOf(known, mail.from)
  return { ...(key && { key }), ...(earlierKey && { earlierKey }) }
}

const NO_PROJECT: Placement = { is: 'aside', because: 'the policy has no project' }

type OpenCase = Extract<SystemRequest, { verb: 'open-case' }>

/** The part of the request to open a case that does not depend on the content of the mail. */
function openingOf(deps: Deps, stored: SpooledMail): Omit<OpenCase, 'trust' | 'automatic'> | undefined {
  const project = projectFor(deps.policy.policy, stored.envelopeTo)
  if (project === undefined) return undefined
  return {
    verb: 'open-case',
    case: NO_NUMBER,
    project: project.id,
    message: stored.id,
    receivedAt: stored.receivedAt,
    reporter: reporterOf(stored),
    ...letIn(stored),
    ...(isPractice(deps, stored) && { practice: true }),
  }
}

/** Whether our own command line sent the mail. Only the command line knows the address for practice reports. */
function isPractice({ keys, policy }: Deps, { envelopeTo }: SpooledMail): boolean {
  const own = ownAddresses(policy.policy)
  const { address } = mailMacs(keys)
  return envelopeTo.some((to) => isPracticeAddress(to, own, address))
}

function letIn({ state, because }: SpooledMail): { readonly letInBy?: PersonId } {
  const by = PersonId.safeParse(because)
  return state === 'let-in' && by.success ? { letInBy: by.data } : {}
}

// Whether the mail is shown as a mail from a team member, which nobody has to answer. This is judged by the From
// address, and the card says that a From address proves nothing.
function isTeam({ policy }: Deps, mail: ParsedMail, trust: MailTrust): boolean {
  if (trust === 'failed') return false
  return mail.from !== undefined && personOfAddress(policy.policy, mail.from.address) !== undefined
}

/**
 * Why a mail from a locked-out person is set aside: their accounts may have been taken over, so nobody knows who wrote
 * it.
 */
const LOCKED_OUT = 'from the address of a person who is locked out'

const isLockedOut = ({ policy }: Deps, { from }: ParsedMail): boolean =>
  from !== undefined && personOfAddress(policy.policy, from.address)?.lockedOut !== undefined

// If the From field has two addresses, mail programs may show one and answer the other. Such a mail has no `from` here.
// Then the address of the sender in the envelope is used, and this address gets no automatic answer.
function identityOf(stored: SpooledMail, { from }: ParsedMail): Identity {
  if (from === undefined) return { address: stored.envelopeFrom ?? '' }
  const login = stored.privateReport === undefined ? undefined : loginIn(from.name)
  return {
    address: from.address,
    ...(from.name !== undefined && { name: from.name }),
    ...(login !== undefined && { login }),
  }
}

/**
 * How many hexadecimal digits a reporter's id has. The id is made from the id of the stored mail, so it stays the same
 * if the mail is placed again.
 */
const DIGITS = 32

const reporterOf = ({ id }: SpooledMail): ReporterId =>
  ReporterId.parse(`rep-${createHash('sha256').update(id).digest('hex').slice(0, DIGITS)}`)
