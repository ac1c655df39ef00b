import { heldReleases } from '@embargo/core'
import type { RecipientName } from '@embargo/core'
import { recipientMark } from '@embargo/mail'
import type { Holder, Thread } from '@embargo/mail'
import type { Inside } from '../inside.ts'

/**
 * The recipient whose reply address a mail came to. Who was told and is on no list any more may answer all the same, so
 * the releases of the case are asked too.
 */
export async function recipientOf(
  inside: Pick<Inside, 'policy' | 'states'>,
  { case: id, recipient: mark }: Thread,
): Promise<RecipientName | undefined> {
  if (id === undefined || mark === undefined) return undefined
  const known = [...listed(inside), ...(await told(inside, id))]
  const found = known.find((one) => recipientMark(one) === mark)
  return found === undefined ? undefined : { list: found.list, recipient: found.recipient }
}

/** Where a recipient is written to now. */
export function holderOf({ policy }: Pick<Inside, 'policy'>, name: RecipientName | undefined): Holder | undefined {
  const list = policy.policy.prenotification.lists.find(({ id }) => id === name?.list)
  const address = list?.recipients.find(({ id }) => id === name?.recipient)?.address
  return address === undefined ? undefined : { is: 'recipient', address }
}

const listed = ({ policy }: Pick<Inside, 'policy'>): readonly RecipientName[] =>
  policy.policy.prenotification.lists.flatMap(({ id: list, recipients }) =>
    recipients.map(({ id: recipient }) => ({ list, recipient })),
  )

async function told(
  inside: Pick<Inside, 'states'>,
  id: NonNullable<Thread['case']>,
): Promise<readonly RecipientName[]> {
  const { state } = await inside.states.load(id)
  if (state?.kind !== 'case') return []
  const releases = new Set([state.release, state.lastRelease, ...heldReleases(state)])
  const names: RecipientName[] = []
  for (const release of releases) {
    const loaded = release === undefined ? undefined : (await inside.states.load(release)).state
    if (loaded?.kind === 'release') names.push(...loaded.prenotified)
  }
  return names
}
