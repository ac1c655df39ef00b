import type { PublicKey, Report } from '@embargo/core'
import { readToken } from '@embargo/mail'
import type { AddressToken, KnownKey } from '@embargo/mail'
import type { Deps } from '../deps.ts'
import { currentThread } from '../intake/current-thread.ts'
import type { SpooledMail } from '../ports/mail-spool.ts'
import { mailMacs, ownAddresses } from '../shared/own-addresses.ts'

/** A public key of somebody else, with what is known about its owner. */
export type KeptKey = KnownKey & Pick<PublicKey, 'keyIds'> & { readonly bytes: Uint8Array }

/**
 * The keys with which a mail is checked: all that the policy pins, and those of the reporter to whose reply address the
 * mail was sent. Only the envelope can say who that is, because the keys are needed before the mail is read.
 */
export async function knownKeys(
  deps: Pick<Deps, 'policy' | 'states' | 'keys'>,
  { envelopeTo }: Pick<SpooledMail, 'envelopeTo'>,
): Promise<readonly KeptKey[]> {
  const own = ownAddresses(deps.policy.policy)
  const { address: mac } = mailMacs(deps.keys)
  const tokens = envelopeTo.flatMap((to) => readToken(to, own, mac) ?? []).filter(({ valid }) => valid)
  const ofReporters = await Promise.all(tokens.map(async (token) => keysOfReporter(deps, token)))
  return [...pinnedByPolicy(deps), ...ofReporters.flat()]
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

async function keysOfReporter(deps: Pick<Deps, 'states'>, token: AddressToken): Promise<readonly KeptKey[]> {
  const thread = await currentThread(deps, token)
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
