import { heldReleases } from '@embargo/core'
import type { RecipientName } from '@embargo/core'
import { recipientMark } from '@embargo/mail'
import type { Holder, Thread } from '@embargo/mail'
import type { Deps } from '../deps.ts'

/**
 * The recipient whose reply address a mail came to. Who was told and is on no list any more may answer all the same, so
 * the releases of the case are asked too.
 */
export async function recipientOf(
  deps: Pick<Deps, 'policy' | 'states'>,
  { case: id, recipient: mark }: Thread,
): Promise<RecipientName | undefined> {
  if (id === undefined || mark === undefined) return undefined
  const known = [...listed(deps), ...(await told(deps, id))]
  const found = known.find((one) => recipientMark(one) === mark)
  return found === undefined ? undefined : { list: found.list, recipient: found.recipient }
}

/** Where a recipient is written to now. */
export function holderOf({ policy }: Pick<Deps, 'policy'>, name: RecipientName | undefined): Holder | undefined {
  const list = policy.policy.prenotification.lists.find(({ id }) => id === name?.list)
  const address = list?.recipients.find(({ id }) => id === name?.recipient)?.address
  return address === undefined ? undefined : { is: 'recipient', address }
}

const listed = ({ policy }: Pick<Deps, 'policy'>): readonly RecipientName[] =>
  policy.policy.prenotification.lists.flatMap(({ id: list, recipients }) =>
    recipients.map(({ id: recipient }) => ({ list, recipient })),
  )

async function told(deps: Pick<Deps, 'states'>, id: NonNullable<Thread['case']>): Promise<readonly RecipientName[]> {
  const { state } = await deps.states.load(id)
  if (state?.kind !== 'case') return []
  const releases = new Set([state.release, state.lastRelease, ...heldReleases(state)])
  const names: RecipientName[] = []
  for (const release of releases) {
    const loaded = release === undefined ? undefined : (await deps.states.load(release)).state
    if (loaded?.kind === 'release') names.push(...loaded.prenotified)
  }
  return names
}
