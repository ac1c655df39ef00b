import { NO_NUMBER, PersonId, personOfAddress, ReporterId } from '@embargo/core'
import type { Identity, MailTrust, QuarantineReason, SystemRequest } from '@embargo/core'
import { authenticate, classify, reachableBehindList, mayAutoAnswer, NOT_CHECKED } from '@embargo/mail'
import type { Holder, Judgement, MailKind, ParsedMail, Thread } from '@embargo/mail'
import { createHash } from 'node:crypto'
import type { Deps } from '../deps.ts'
import { mailMacs } from '../shared/mail-macs.ts'
import type { SpooledMail } from '../ports/mail-spool.ts'
import { bounced } from './bounce.ts'
import { findOwnMail, findThread } from './thread.ts'
import { ownAddresses, projectFor } from './project-address.ts'
import { holderOf, recipientOf } from './recipient.ts'
import type { Reading } from './read.ts'
import { vendorOf } from './vendor.ts'

/** What is done with a stored mail: a command for its case or a new one, or it is kept aside with the reason. */
export type Placement =
  | { readonly is: 'command'; readonly request: SystemRequest; readonly reporter?: ReporterId }
  | { readonly is: 'aside'; readonly because: string }

/** Finds the place of a mail. One that cannot be read has a place too: nothing that was accepted is lost. */
export async function placeMail(deps: Deps, stored: SpooledMail, reading: Reading): Promise<Placement> {
  return reading.is === 'read' ? place(deps, stored, reading.mail) : quarantined(deps, stored, reading.because)
}

/** The mail as a new case, whatever it claims to belong to: for a case that would not take it as `refused` says. */
export function placeAsNew(deps: Deps, stored: SpooledMail, reading: Reading, refused: SystemRequest): Placement {
  if (refused.verb === 'record-bounce') return { is: 'aside', because: ASIDE.bounce }
  if (reading.is === 'unreadable') return openingUnread(deps, stored, reading.because)
  const { mail } = reading
  const kind = classify(mail, { from: stored.envelopeFrom }, mailMacs(deps.keys).message)
  return opening(deps, stored, mail, { ...judge(mail, { by: 'none', token: 'none' }, undefined), kind })
}

async function place(deps: Deps, stored: SpooledMail, mail: ParsedMail): Promise<Placement> {
  const kind = classify(mail, { from: stored.envelopeFrom }, mailMacs(deps.keys).message)
  const found = await findThread(deps, stored, mail)
  const asMail = kind === 'mail' || (kind === 'list' && deps.policy.policy.intake.lists === 'open')
  if (!asMail) {
    const cameBack = kind === 'bounce' ? await bounced(deps, stored, mail) : undefined
    return cameBack === undefined ? notFromAPerson(deps, stored, kind, found) : { is: 'command', request: cameBack }
  }
  if (found.case === undefined) return opening(deps, stored, mail, { ...judge(mail, found, undefined), kind })
  const recipient = await recipientOf(deps, found)
  const vendor = await vendorOf(deps, found)
  const holder = holderOf(deps, recipient) ?? holderOfVendor(vendor) ?? (await reporterOfThread(deps, found))
  const { from, trust } = judge(mail, found, holder)
  const report = from === 'reporter' ? found.report : undefined
  return {
    is: 'command',
    request: {
      verb: 'take-in-message',
      case: found.case,
      message: stored.id,
      from: from === 'unverified' && isTeam(deps, mail, trust) ? 'team' : from,
      trust,
      automatic: false,
      ...(report !== undefined && { report }),
      ...(recipient !== undefined && { recipient }),
      ...(vendor !== undefined && { vendor }),
    },
  }
}

const holderOfVendor = (address: string | undefined): Holder | undefined =>
  address === undefined ? undefined : { is: 'vendor', address }

// RFC 3834: what no person wrote opens no case, nor what came through a list where the policy says so. With our signature on it, it is shown in the case that it is about.
async function notFromAPerson(
  deps: Deps,
  stored: SpooledMail,
  kind: Exclude<MailKind, 'mail'>,
  found: Thread,
): Promise<Placement> {
  // Old servers and responders write to the return path of a mail without a word of what they are.
  const theCase = found.case ?? (await findOwnMail(deps, stored, []))?.case
  if (theCase === undefined) return { is: 'aside', because: ASIDE[kind] }
  const recipient = await recipientOf(deps, found)
  const vendor = await vendorOf(deps, found)
  const request: SystemRequest = {
    verb: 'take-in-message',
    case: theCase,
    message: stored.id,
    from: 'unverified',
    trust: 'nothing-proven',
    automatic: true,
    ...(recipient !== undefined && { recipient }),
    ...(vendor !== undefined && { vendor }),
  }
  return { is: 'command', request }
}

const ASIDE: Readonly<Record<Exclude<MailKind, 'mail'>, string>> = {
  bounce: 'a bounce that belongs to no case',
  automatic: 'an automatic mail that belongs to no case',
  list: 'a mail from a list that belongs to no case',
}

type Judged = Pick<Judgement, 'trust'> & { readonly kind: MailKind }

function opening(deps: Deps, stored: SpooledMail, mail: ParsedMail, { trust, kind }: Judged): Placement {
  const { policy } = deps.policy
  const identity = identityOf(stored, mail)
  const person = personOfAddress(policy, identity.address)?.id
  const own = ownAddresses(policy)
  const envelope = { from: stored.envelopeFrom }
  const reached =
    kind === 'list'
      ? reachableBehindList(mail, own)
      : mayAutoAnswer({ kind: 'mail', mail, envelope, trust, own, answeredBefore: false }).may
  const opened = openingUnread(deps, stored)
  if (opened.is === 'aside' || opened.request.verb !== 'open-case') return opened
  const request: SystemRequest = {
    ...opened.request,
    identity,
    trust,
    automatic: !reached,
    ...(kind === 'list' && { through: 'list' }),
    ...(person !== undefined && { person }),
  }
  return { is: 'command', request, reporter: opened.request.reporter }
}

function openingUnread(deps: Deps, stored: SpooledMail, unreadable?: QuarantineReason): Placement {
  const project = projectFor(deps.policy.policy, stored.envelopeTo)
  if (project === undefined) return { is: 'aside', because: 'the policy has no project' }
  return {
    is: 'command',
    request: {
      verb: 'open-case',
      case: NO_NUMBER,
      project: project.id,
      message: stored.id,
      receivedAt: stored.receivedAt,
      reporter: reporterOf(stored),
      trust: 'nothing-proven',
      automatic: false,
      ...(unreadable !== undefined && { unreadable }),
      ...letIn(stored),
    },
  }
}

function letIn({ state, because }: SpooledMail): { readonly letInBy?: PersonId } {
  const by = PersonId.safeParse(because)
  return state === 'let-in' && by.success ? { letInBy: by.data } : {}
}

async function quarantined(deps: Deps, stored: SpooledMail, because: QuarantineReason): Promise<Placement> {
  const { case: theCase } = await findThread(deps, stored)
  if (theCase === undefined) return openingUnread(deps, stored, because)
  return { is: 'command', request: { verb: 'quarantine-message', case: theCase, message: stored.id, because } }
}

function judge(mail: ParsedMail, { token }: Thread, holder: Holder | undefined): Judgement {
  return authenticate({ sender: mail.from, token, results: NOT_CHECKED, ...(holder !== undefined && { holder }) })
}

async function reporterOfThread(deps: Deps, found: Thread): Promise<Holder | undefined> {
  if (found.case === undefined || found.report === undefined) return undefined
  const { state } = await deps.states.load(found.case)
  const report = state?.kind === 'case' ? state.reports.find(({ id }) => id === found.report) : undefined
  const address = report?.identity.value?.address
  return address === undefined ? undefined : { is: 'reporter', address }
}

// An address in From proves nothing, and the card says so. But nobody owes a team member an answer as they owe it the reporter.
function isTeam({ policy }: Deps, mail: ParsedMail, trust: MailTrust): boolean {
  if (trust === 'failed') return false
  return mail.from !== undefined && personOfAddress(policy.policy, mail.from.address) !== undefined
}

// Two senders in From show one and mean another: then the envelope is all that is left, and nobody answers it by itself.
function identityOf(stored: SpooledMail, { from }: ParsedMail): Identity {
  if (from === undefined) return { address: stored.envelopeFrom }
  return { address: from.address, ...(from.name !== undefined && { name: from.name }) }
}

/** Hexadecimal digits of the stored mail's id: one reporter's key for one report, the same when intake is repeated. */
const DIGITS = 32

const reporterOf = ({ id }: SpooledMail): ReporterId =>
  ReporterId.parse(`rep-${createHash('sha256').update(id).digest('hex').slice(0, DIGITS)}`)
