import { heldReleases, isToldOf, vendorsOf } from '@embargo/core'
import type { Instant, PrenotifiedRecipient, RecipientName } from '@embargo/core'
import { caseNumbers, MAX_HINTS, recipientMark, sameAddress, vendorMark } from '@embargo/mail'
import type { Holder, MailProtection, ParsedMail, Thread } from '@embargo/mail'
import type { Deps } from '../deps.ts'

/** The times of signatures are whole seconds (RFC 9580 section 5.2.3.11). */
const SECOND = 1_000

/** The person or organisation to whom a mail's reply address was given. */
export type Correspondent = {
  readonly recipient?: RecipientName
  /** If the reply address was given to a vendor or to the CNA: the address of that vendor or CNA. */
  readonly vendor?: string
  /** This correspondent's role, and the address at which we write to them. */
  readonly holder?: Holder
}

export async function correspondentOf(deps: Pick<Deps, 'policy' | 'states'>, thread: Thread): Promise<Correspondent> {
  const recipient = await recipientOf(deps, thread)
  const vendor = await vendorOf(deps, thread)
  const holder = holderOf(deps, recipient) ?? vendorHolder(vendor) ?? (await reporterHolder(deps, thread))
  return {
    ...(recipient !== undefined && { recipient }),
    ...(vendor !== undefined && { vendor }),
    ...(holder !== undefined && { holder }),
  }
}

/**
 * The recipient to whose reply address a mail was sent. The releases of the case are searched too, because recipients
 * may still answer after they left all lists.
 */
export async function recipientOf(
  deps: Pick<Deps, 'policy' | 'states'>,
  { case: id, recipient: mark }: Thread,
): Promise<RecipientName | undefined> {
  if (id === undefined || mark === undefined) return undefined
  const known = [...listed(deps), ...(await notifiedRecipients(deps, id))]
  const found = known.find((one) => recipientMark(one) === mark)
  return found === undefined ? undefined : { list: found.list, recipient: found.recipient }
}

/**
 * Finds the case of a mail that a recipient signed with their pinned key. The signed text must name the case, and the
 * recipient must have been told about that case before signing. The subject does not count if it is not signed, because
 * anybody can send an old signed text again.
 */
export async function signedRecipientThread(
  deps: Pick<Deps, 'policy' | 'states'>,
  thread: Thread,
  signed: ParsedMail | undefined,
): Promise<Thread> {
  if (thread.case !== undefined || signed?.from === undefined) return thread
  const { from, subject, text, quoted, protection } = signed
  const signedText = [...(protection.coversSubject === true ? [subject] : []), text, quoted].join('\n')
  for (const id of new Set(caseNumbers(signedText).slice(0, MAX_HINTS))) {
    const told = (await notifiedRecipients(deps, id)).find((one) => {
      const address = isToldOf(one, id) ? holderOf(deps, one)?.address : undefined
      return address !== undefined && sameAddress(address, from.address) && isSignedSince(protection, one.sentAt)
    })
    if (told !== undefined) return { ...thread, case: id, recipient: recipientMark(told) }
  }
  return thread
}

/**
 * Whether all signatures were made after this instant. A stranger can add a new signature of their own to an old signed
 * text, so the latest signature alone proves nothing.
 */
const isSignedSince = ({ signatures }: MailProtection, at: Instant | undefined): boolean =>
  at !== undefined && signatures.every(({ signedAt }) => signedAt !== undefined && signedAt > at - SECOND)

/** The address to which mail for a recipient goes now. */
export function holderOf({ policy }: Pick<Deps, 'policy'>, name: RecipientName | undefined): Holder | undefined {
  const list = policy.policy.prenotification.lists.find(({ id }) => id === name?.list)
  const address = list?.recipients.find(({ id }) => id === name?.recipient)?.address
  return address === undefined ? undefined : { is: 'recipient', address }
}

const listed = ({ policy }: Pick<Deps, 'policy'>): readonly RecipientName[] =>
  policy.policy.prenotification.lists.flatMap(({ id: list, recipients }) =>
    recipients.map(({ id: recipient }) => ({ list, recipient })),
  )

async function notifiedRecipients(
  deps: Pick<Deps, 'states'>,
  id: NonNullable<Thread['case']>,
): Promise<readonly PrenotifiedRecipient[]> {
  const { state } = await deps.states.load(id)
  if (state?.kind !== 'case') return []
  const releases = new Set([state.release, state.lastRelease, ...heldReleases(state)])
  const names: PrenotifiedRecipient[] = []
  for (const release of releases) {
    const loaded = release === undefined ? undefined : (await deps.states.load(release)).state
    if (loaded?.kind === 'release') names.push(...loaded.prenotified)
  }
  return names
}

/** If a mail came to a reply address that we gave to a vendor or to the CNA: the address of that vendor or CNA. */
async function vendorOf(
  { states }: Pick<Deps, 'states'>,
  { case: id, vendor: mark }: Thread,
): Promise<string | undefined> {
  if (id === undefined || mark === undefined) return undefined
  const { state } = await states.load(id)
  if (state?.kind !== 'case') return undefined
  const known = [...vendorsOf(state).map(({ to }) => to), ...(state.cna === undefined ? [] : [state.cna])]
  return known.find((to) => vendorMark(to) === mark)
}

const vendorHolder = (address: string | undefined): Holder | undefined =>
  address === undefined ? undefined : { is: 'vendor', address }

async function reporterHolder({ states }: Pick<Deps, 'states'>, thread: Thread): Promise<Holder | undefined> {
  if (thread.case === undefined || thread.report === undefined) return undefined
  const { state } = await states.load(thread.case)
  const report = state?.kind === 'case' ? state.reports.find(({ id }) => id === thread.report) : undefined
  const address = report?.identity.value?.address
  return address === undefined ? undefined : { is: 'reporter', address }
}
