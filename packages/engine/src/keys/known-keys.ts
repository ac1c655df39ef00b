import type { CaseState, EarlierKey, Instant, PublicKey, Report } from '@embargo/core'
import { outerHead, sameAddress } from '@embargo/mail'
import type { KnownKey, MailSender, ParsedMail, Thread } from '@embargo/mail'
import type { Deps } from '../deps.ts'
import { findThread } from '../intake/find-thread.ts'
import type { SpooledMail } from '../ports/mail-spool.ts'
import { skipDamaged } from '../shared/damage.ts'
import { addressMark, keyIdMark } from './key-marks.ts'

/** A public key of somebody else, with what is known about its owner. */
export type KeptKey = KnownKey & {
  readonly key: PublicKey
  /** Set if the key belongs to a reporter. `confirmedAt`: when a person confirmed the key. */
  readonly reporter?: { readonly confirmedAt?: Instant }
}

type Parts = Pick<Deps, 'policy' | 'states' | 'keys' | 'events' | 'readModels'>

/**
 * The keys with which a mail is checked: all keys that the policy pins, and the key of the reporter to whom the mail
 * belongs. The reporter is found by the reply address to which the mail was sent, or by our mail that it answers. Only
 * the envelope and the outer header are used, because the keys are needed before the mail is read.
 */
export async function knownKeys(
  deps: Parts,
  { envelopeTo, raw }: Pick<SpooledMail, 'envelopeTo' | 'raw'>,
): Promise<readonly KeptKey[]> {
  const thread = await findThread(deps, envelopeTo, outerHead(raw))
  return [...pinnedByPolicy(deps), ...(await keysOfReporter(deps, thread))]
}

/**
 * The most cases that one lookup loads, the newest first. A few are enough, because each new case takes over the key
 * that was known before.
 */
const MAX_CASES = 5

/** Finds keys by their key ids, among the keys of the reporters of all cases. */
export async function keysWithIds(deps: Parts, ids: readonly string[]): Promise<readonly KeptKey[]> {
  const marks = ids.map((id) => keyIdMark(deps.keys, id))
  const found = await keysOfCases(deps, marks)
  return found.filter(({ key }) => key.keyIds.some((id) => ids.includes(id)))
}

/** All known keys of other people with one of these ids. */
export async function anyKeysWithIds(deps: Parts, ids: readonly string[]): Promise<readonly KeptKey[]> {
  const pinned = pinnedByPolicy(deps).filter(({ key }) => key.keyIds.some((id) => ids.includes(id)))
  return [...pinned, ...(await keysWithIds(deps, ids))]
}

/**
 * The keys of all reporters, in all cases, who have the sender's address. No keys are looked up for a mail that is
 * neither signed nor encrypted and carries no key.
 */
export async function keysOfSender(
  deps: Parts,
  { from, keys, protection }: Pick<ParsedMail, 'from' | 'keys' | 'protection'>,
): Promise<readonly KeptKey[]> {
  const hasKeys = keys.length > 0 || protection.signature !== 'none' || protection.encryption !== 'none'
  if (from === undefined || !hasKeys) return []
  const found = await keysOfCases(deps, [addressMark(deps.keys, from.address)])
  return found.filter((one) => isOf(one, from))
}

/**
 * All known keys, without those that a person replaced. If people confirmed different keys for one address, the key
 * that was confirmed last counts.
 */
export function presentKeys(keys: readonly KeptKey[]): readonly KeptKey[] {
  return keys.filter(({ reporter, addresses: [address] }) => {
    if (reporter?.confirmedAt === undefined || address === undefined) return true
    const { confirmedAt } = reporter
    return !keys.some((other) => isOf(other, { address }) && (other.reporter?.confirmedAt ?? confirmedAt) > confirmedAt)
  })
}

/** The sender's key from an earlier case: the one that a person confirmed, else the newest. */
export function earlierKeyOf(keys: readonly KeptKey[], from: MailSender | undefined): EarlierKey | undefined {
  const theirs = from === undefined ? [] : keys.filter((one) => one.reporter !== undefined && isOf(one, from))
  const [known] = [...theirs.filter(({ standing }) => standing === 'pinned'), ...theirs]
  if (known === undefined) return undefined
  return { key: known.key, ...(known.standing === 'pinned' && { confirmed: true }) }
}

export const bytesOf = ({ file }: Pick<PublicKey, 'file'>): Uint8Array => new Uint8Array(Buffer.from(file, 'base64'))

const isOf = ({ addresses }: KnownKey, { address }: Pick<MailSender, 'address'>): boolean =>
  addresses.some((one) => sameAddress(one, address))

const kept = (key: PublicKey, address: string, standing: KnownKey['standing']): KeptKey => ({
  fingerprint: key.fingerprint,
  key,
  // The key counts only for the address that we write to, because its user ids are unchecked.
  addresses: [address],
  standing,
})

async function keysOfCases(deps: Parts, marks: readonly string[]): Promise<readonly KeptKey[]> {
  const found: KeptKey[] = []
  for (const stream of await deps.readModels.byKeyMarks(marks, MAX_CASES)) {
    // A damaged case must not delay other people's mail.
    const state = (await skipDamaged(() => deps.states.load(stream)))?.state
    if (state?.kind === 'case') found.push(...ofCase(state))
  }
  return found
}

const ofCase = ({ reports }: CaseState): readonly KeptKey[] => reports.flatMap(ofReport)

async function keysOfReporter(deps: Pick<Deps, 'states'>, thread: Thread): Promise<readonly KeptKey[]> {
  const state = thread.case === undefined ? undefined : (await deps.states.load(thread.case)).state
  const report = state?.kind === 'case' ? state.reports.find(({ id }) => id === thread.report) : undefined
  return report === undefined ? [] : ofReport(report)
}

function ofReport({ identity, key }: Report): readonly KeptKey[] {
  const address = identity.value?.address
  if (address === undefined || key === undefined || key.key.value === null) return []
  const { confirmed, confirmedAt } = key
  return [
    {
      ...kept(key.key.value, address, confirmed === true ? 'pinned' : 'seen'),
      reporter: { ...(confirmedAt !== undefined && { confirmedAt }) },
    },
  ]
}

const pinnedByPolicy = ({ policy: { policy } }: Pick<Deps, 'policy'>): readonly KeptKey[] =>
  Object.entries(policy.publicKeys ?? {}).map(([address, key]) => kept(key, address, 'pinned'))
