import type { Instant, Policy, PublicKey } from '@embargo/core'
import { readPublicKeys } from '@embargo/mail'
import type { KeyProblem, UnusableKey } from '@embargo/mail'
import { publicKey } from './reporter-key.ts'

/**
 * A key in the policy that cannot be used. `expired`: it was usable before, so the program starts nevertheless, and
 * mails to its owner wait.
 */
export type PinnedKeyProblem = {
  /** Where the key is in the policy, such as `people ana` or `prenotification.lists distros north`. */
  readonly of: string
  readonly because: string
  readonly instead: string
  readonly expired?: true
}

type PinnedKey = { readonly of: string; readonly address: string; readonly key: string }

/**
 * Reads the keys that the policy pins. Returns the policy with these keys, and a problem for each key that cannot be
 * used.
 */
export async function pinKeys(
  policy: Policy,
  at: Instant,
): Promise<{ readonly policy: Policy; readonly problems: readonly PinnedKeyProblem[] }> {
  const read = await Promise.all(
    pinnedIn(policy).map(async (pinned) => ({ ...pinned, ...(await readPinned(pinned, at)) })),
  )
  const keys = read.flatMap(({ address, found }) =>
    found === undefined ? [] : [[address.toLowerCase(), found] as const],
  )
  const problems = read.flatMap(({ problem }) => problem ?? [])
  return { policy: keys.length === 0 ? policy : { ...policy, publicKeys: Object.fromEntries(keys) }, problems }
}

const pinnedIn = ({ people, parties, prenotification: { lists } }: Policy): readonly PinnedKey[] => [
  ...parties.flatMap(({ name, key, address }) => (key === undefined ? [] : [{ of: `parties ${name}`, address, key }])),
  ...people.flatMap(({ id, key, mail: address }) =>
    key === undefined || address === undefined ? [] : [{ of: `people ${id}`, address, key }],
  ),
  ...lists.flatMap((list) =>
    list.recipients.flatMap(({ id, key, address }) =>
      key === undefined ? [] : [{ of: `prenotification.lists ${list.id} ${id}`, address, key }],
    ),
  ),
]

type PinnedKeyReading = { readonly found?: PublicKey; readonly problem?: PinnedKeyProblem }

async function readPinned({ of, key }: PinnedKey, at: Instant): Promise<PinnedKeyReading> {
  const wrong = (because: string, instead: string = ANOTHER): PinnedKeyReading => ({
    problem: { of, because, instead },
  })
  const read = await readPublicKeys(new TextEncoder().encode(key), at)
  if (read.is === 'unusable') return wrong(...UNUSABLE[read.because])
  const [only, ...more] = read.keys
  if (only === undefined || more.length > 0) return wrong('The file has several keys.', 'Put one key into it.')
  const found = publicKey(only)
  if (found === undefined)
    return wrong(
      'The key is larger than keys that people use.',
      'Export it without other people’s signatures: gpg --armor --export-options export-minimal --export',
    )
  const { canEncrypt, problem = 'sign-only' } = only.facts
  if (canEncrypt) return { found }
  if (problem !== 'expired') return wrong(PROBLEMS[problem])
  return { found, problem: { of, because: PROBLEMS.expired, instead: ANOTHER, expired: true } }
}

const ANOTHER = 'Ask its owner for a key for encryption, and remove this one until then.'

const PROBLEMS: Readonly<Record<KeyProblem, string>> = {
  expired: 'The key has expired.',
  revoked: 'The key was revoked.',
  'sign-only': 'The key can only sign: nothing can be encrypted to it.',
  weak: 'The key is too weak.',
  'post-quantum-only': 'Embargo does not support the encryption algorithms of this key yet.',
}

const UNUSABLE: Readonly<Record<UnusableKey, readonly [string, string?]>> = {
  'no-key': ['This is not an OpenPGP key.', 'Export it armored: gpg --armor --export'],
  private: [
    'This is a private key, which must never leave its owner.',
    'Delete it here, tell its owner, and put the public key here instead.',
  ],
  'too-large': [
    'The key is larger than any key that people use.',
    'Export it without other people’s signatures: gpg --armor --export-options export-minimal --export',
  ],
  'too-many': ['The file has several keys.', 'Put one key into it.'],
  'version-3': ['The key is of version 3, which is too weak.'],
  'version-5': [
    'The key is of version 5, which only GnuPG supports.',
    'Ask its owner for a key of version 4: gpg --quick-generate-key makes one if gpg.conf has "rfc4880".',
  ],
  unreadable: ['The key cannot be read.'],
}
