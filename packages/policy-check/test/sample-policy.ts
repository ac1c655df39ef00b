import { BlobId, instant, Sha256 } from '@embargo/core'
import type { Actor, Instant, PersonId, Policy, PolicySource, ProfileName } from '@embargo/core'
import { quillmark } from '@embargo/testkit/policy'

export { ana, ben } from '@embargo/testkit/policy'

/** A Monday. */
export const START: Instant = instant(Date.UTC(2026, 4, 4, 9, 0))
export const HASH = Sha256.parse('a'.repeat(64))
export const BLOB = BlobId.parse('blob-1')

/**
 * The policy of an invented project that has one list of recipients. Its people work in the terminal: Ana alone in the
 * profile `solo`, Ana and Ben in the others. `change` replaces parts of the policy.
 */
export const policyOf = (profile: ProfileName = 'team', change: Partial<PolicySource> = {}): Policy =>
  quillmark(profile, { platforms: ['terminal'], ...change })

export const person = (id: PersonId): Actor => ({ kind: 'person', person: id, platform: 'terminal', account: id })
