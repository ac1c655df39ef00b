import type { RecipientName } from '../../events/answers.ts'
import { isSameRecipient } from '../release/holders.ts'
import type { ReleaseState } from '../release/state.ts'
import type { MessageId, ReportId } from '../../shared/ids.ts'
import type { Branch } from '../fix/state.ts'
import type { CaseState, TakenIn } from '../state.ts'

/**
 * Mails from reporters that nobody has answered or logged yet. Mails from programs or the team do not wait for an
 * answer.
 */
export const unreadMails = ({ messages }: Pick<CaseState, 'messages'>): readonly TakenIn[] =>
  messages.filter((mail) => mail.unread === true && isOfReporter(mail))

/**
 * Whether a mail is from a reporter or an unknown sender. Recipients and other vendors have their own reply addresses.
 */
export const isOfReporter = ({ recipient, vendor }: Pick<TakenIn, 'recipient' | 'vendor'>): boolean =>
  recipient === undefined && vendor === undefined

/**
 * The recipients whose mails nobody has answered or logged as a confirmation. A recipient is listed once for each such
 * mail.
 */
export const unreadOfRecipients = (
  { messages }: Pick<CaseState, 'messages'>,
  release: Pick<ReleaseState, 'prenotified'> | undefined,
): readonly RecipientName[] =>
  messages.flatMap(({ unread, recipient, at }) => {
    if (unread !== true || recipient === undefined) return []
    const holder = release?.prenotified.find((one) => isSameRecipient(one, recipient))
    return holder?.acknowledgedAt !== undefined && holder.acknowledgedAt >= at ? [] : [recipient]
  })

/** The addresses of other vendors whose mails nobody has answered. An address is listed once for each such mail. */
export const unreadOfVendors = ({ messages }: Pick<CaseState, 'messages'>): readonly string[] =>
  messages.flatMap(({ unread, vendor }) => (unread === true && vendor !== undefined ? [vendor] : []))

/** Marks every mail as answered, because a person wrote to everybody or the case is over. */
export const withAllRead = (state: CaseState): CaseState => withMailsRead(state, () => true)

/** Removes the unanswered mails of a report that moves, because they move with the report. */
export const withoutUnreadOf = (state: CaseState, report: ReportId, first: MessageId | undefined): CaseState =>
  withMailsRead(state, (mail) => mail.report === report || mail.message === first)

function withMailsRead(state: CaseState, isRead: (mail: TakenIn) => boolean): CaseState {
  const read = (mail: TakenIn): boolean => mail.unread === true && isRead(mail)
  if (!state.messages.some(read)) return state
  return { ...state, messages: state.messages.map((mail) => (read(mail) ? asRead(mail) : mail)) }
}

const asRead = ({ unread: _read, ...mail }: TakenIn): TakenIn => mail

/**
 * Adds a mail to the `unread` mails of each patch that its sender may have been asked to check. The mail stays there
 * until a person logs or answers it. The mail may say no, so the reporter's silence no longer counts.
 */
export function withUnread(state: CaseState, message: MessageId, report: ReportId | undefined): CaseState {
  return withBranches(state, (addressee, unread) =>
    (report === undefined || addressee === report) && !unread.includes(message) ? [...unread, message] : unread,
  )
}

/** Marks this mail as answered, because a person logged its content. */
export const withRead = (state: CaseState, message: MessageId | undefined): CaseState =>
  withSeen(
    withMailsRead(state, (mail) => mail.message === message),
    message,
  )

/** Marks this mail as answered, because its sender was asked to send it again. */
export function withResendRequested(state: CaseState, message: MessageId): CaseState {
  const read = withRead(state, message)
  const messages = read.messages.map((mail) => (mail.message === message ? { ...mail, resend: true as const } : mail))
  return { ...read, messages }
}

/**
 * Records that a person logged the content of this mail. The mail still waits for an answer, because the mail also asks
 * something else.
 */
export const withMore = (state: CaseState, message: MessageId | undefined): CaseState => {
  const { messages, ...rest } = withSeen(state, message)
  return { ...rest, messages: messages.map((mail) => (mail.message === message ? { ...mail, unread: true } : mail)) }
}

/**
 * Records that a person knows what this mail says about the patch. The mail may also contain a question that is still
 * open.
 */
export const withSeen = (state: CaseState, message: MessageId | undefined): CaseState =>
  withBranches(state, (_asked, unread) => unread.filter((one) => one !== message))

/**
 * Marks the mails of this reporter and of unknown senders as answered, because a person who wrote to the reporter has
 * read them.
 */
export const withAnswered = (state: CaseState, report: ReportId): CaseState =>
  withBranches(
    withMailsRead(state, (mail) => isOfReporter(mail) && (mail.report ?? report) === report),
    (addressee, unread) => (addressee === report ? [] : unread),
  )

/**
 * Marks the mails to these recipients' reply addresses as answered, because a person who wrote to the recipients has
 * read them.
 */
export const withRecipientsAnswered = (state: CaseState, to: readonly RecipientName[]): CaseState =>
  withMailsRead(state, ({ recipient }) => recipient !== undefined && to.some((one) => isSameRecipient(one, recipient)))

/**
 * Marks the mails to this vendor's reply address as answered, because a person who wrote to the vendor has read them.
 */
export const withVendorAnswered = (state: CaseState, to: string): CaseState =>
  withMailsRead(state, ({ vendor }) => vendor === to)

type Change = (addressee: ReportId | undefined, unread: readonly MessageId[]) => readonly MessageId[]

function withBranches(state: CaseState, change: Change): CaseState {
  const changed = state.branches.map((branch) => withVerification(branch, change))
  return changed.every((branch, index) => branch === state.branches[index]) ? state : { ...state, branches: changed }
}

function withVerification(branch: Branch, change: Change): Branch {
  const { fix } = branch
  if (fix?.is !== 'submitted' || fix.verification?.of !== 'reporter') return branch
  const { unread: before = [], ...verification } = fix.verification
  const unread = change(verification.report, before)
  if (unread.length === before.length) return branch
  return { ...branch, fix: { ...fix, verification: { ...verification, ...(unread.length === 0 ? {} : { unread }) } } }
}
