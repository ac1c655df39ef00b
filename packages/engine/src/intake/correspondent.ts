import { heldReleases, isToldOf, vendorsOf } from '@embargo/core'
import type { Prenotified, RecipientName } from '@embargo/core'
import { recipientMark, sameAddress, vendorMark } from '@embargo/mail'
import type { Holder, Thread } from '@embargo/mail'
import type { Deps } from '../deps.ts'

/** The person or organisation to whom a mail's reply address was given. */
export type Correspondent = {
  readonly recipient?: RecipientName
  /** The address of another vendor. */
  readonly vendor?: string
  /** The role of this correspondent, and the address to which we write. */
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
 * The recipient to whose reply address a mail was sent. A notified recipient may answer even after leaving all lists,
 * so the releases of the case are searched too.
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
 * The thread of a mail that a recipient signed with their pinned key, and that names in its subject a case that they
 * were told of. Without this signature, the mail is not taken for an answer in that case, because anybody can write a
 * recipient's address and a case number.
 */
export async function signedRecipientThread(
  deps: Pick<Deps, 'policy' | 'states'>,
  thread: Thread,
  signer: string | undefined,
): Promise<Thread> {
  const { case: found, hint } = thread
  if (found !== undefined || hint === undefined || signer === undefined) return thread
  const told = (await notifiedRecipients(deps, hint)).find((one) => {
    const address = isToldOf(one, hint) ? holderOf(deps, one)?.address : undefined
    return address !== undefined && sameAddress(address, signer)
  })
  return told === undefined ? thread : { ...thread, case: hint, recipient: recipientMark(told) }
}

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
): Promise<readonly Prenotified[]> {
  const { state } = await deps.states.load(id)
  if (state?.kind !== 'case') return []
  const releases = new Set([state.release, state.lastRelease, ...heldReleases(state)])
  const names: Prenotified[] = []
  for (const release of releases) {
    const loaded = release === undefined ? undefined : (await deps.states.load(release)).state
    if (loaded?.kind === 'release') names.push(...loaded.prenotified)
  }
  return names
}

/** The address of the vendor to whose reply address a mail came. */
async function vendorOf(
  { states }: Pick<Deps, 'states'>,
  { case: id, vendor: mark }: Thread,
): Promise<string | undefined> {
  if (id === undefined || mark === undefined) return undefined
  const { state } = await states.load(id)
  return state?.kind === 'case' ? vendorsOf(state).find(({ to }) => vendorMark(to) === mark)?.to : undefined
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
