import type { PublicKey, Report } from '@embargo/core'
import { outerHead } from '@embargo/mail'
import type { KnownKey, Thread } from '@embargo/mail'
import type { Deps } from '../deps.ts'
import { findThread } from '../intake/find-thread.ts'
import type { SpooledMail } from '../ports/mail-spool.ts'

/** A public key of somebody else, with what is known about its owner. */
export type KeptKey = KnownKey & Pick<PublicKey, 'keyIds'> & { readonly bytes: Uint8Array }

/**
 * The keys with which a mail is checked: all keys that the policy pins, and the key of the reporter to whom the mail
 * belongs. The mail belongs to a reporter if it was sent to their reply address, or answers a mail that we sent to
 * them. Only the envelope and the outer header can show this, because the keys are needed before the mail is read.
 */
export async function knownKeys(
  deps: Pick<Deps, 'policy' | 'states' | 'keys' | 'events'>,
  { envelopeTo, raw }: Pick<SpooledMail, 'envelopeTo' | 'raw'>,
): Promise<readonly KeptKey[]> {
  const thread = await findThread(deps, envelopeTo, outerHead(raw))
  return [...pinnedByPolicy(deps), ...(await keysOfReporter(deps, thread))]
}

/** Bytes of a kept key. */
export const bytesOf = ({ file }: Pick<PublicKey, 'file'>): Uint8Array => new Uint8Array(Buffer.from(file, 'base64'))

const kept = (key: PublicKey, address: string, standing: KnownKey['standing']): KeptKey => ({
  fingerprint: key.fingerprint,
  keyIds: key.keyIds,
  bytes: bytesOf(key),
  // The key counts only for the address that we write to, because its user ids are unchecked.
  addresses: [address],
  standing,
})

async function keysOfReporter(deps: Pick<Deps, 'states'>, thread: Thread): Promise<readonly KeptKey[]> {
  const state = thread.case === undefined ? undefined : (await deps.states.load(thread.case)).state
  const report = state?.kind === 'case' ? state.reports.find(({ id }) => id === thread.report) : undefined
  return report === undefined ? [] : ofReport(report)
}

function ofReport({ identity, key }: Report): readonly KeptKey[] {
  const address = identity.value?.address
  if (address === undefined || key === undefined || key.key.value === null) return []
  return [kept(key.key.value, address, key.confirmed === true ? 'pinned' : 'seen')]
}

const pinnedByPolicy = ({ policy: { policy } }: Pick<Deps, 'policy'>): readonly KeptKey[] =>
  Object.entries(policy.publicKeys ?? {}).map(([address, key]) => kept(key, address, 'pinned'))
