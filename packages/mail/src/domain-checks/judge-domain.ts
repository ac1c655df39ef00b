import type { DomainVerdict } from '@embargo/core'
import type { ArcResult } from './arc-forwarder.ts'

/**
 * How far it was established that a domain sent or signed a mail. `unanswered`: the DNS did not answer. `unseen`: the
 * check is impossible here. Two examples: SPF behind a relay, and a signature that covers only part of the text.
 */
export type DomainProof = 'proven' | 'unanswered' | 'unseen'

/** The result of DMARC (RFC 9989), which passes if SPF or DKIM passes for the author's domain. */
export type Alignment = 'pass' | 'fail' | 'none' | 'unanswered'

export type DomainEvidence = {
  /** The author's domain. */
  readonly domain: string
  /**
   * The result of DMARC from proven facts alone. `ifAnswered`: the result if the unanswered checks had passed too.
   * `ifSeen`: the result if the checks that cannot be made here had passed too.
   */
  readonly proven: Alignment
  readonly ifAnswered: Alignment
  readonly ifSeen: Alignment
  /** How far it is proven that exactly the author's domain signed the mail. Undefined if it did not sign. */
  readonly signature: DomainProof | undefined
  readonly forwarding: ArcResult
}

/**
 * The verdict is `failed` only if DMARC fails in both cases: when every check without an answer is counted as passed,
 * and when every check that is impossible here is counted as passed.
 */
export function judgeDomain({
  domain,
  proven,
  ifAnswered,
  ifSeen,
  signature,
  forwarding,
}: DomainEvidence): DomainVerdict {
  // A signature by exactly the author's domain is aligned under any policy, and even without a policy.
  if (proven === 'pass' || signature === 'proven') return { is: 'confirmed', domain }
  if (forwarding.is === 'sealed') return { is: 'forwarded', domain, by: forwarding.by }
  if (proven === 'unanswered' || forwarding.is === 'unanswered') return { is: 'not-yet', domain }
  if (proven === 'none') return { is: signature === 'unanswered' ? 'not-yet' : 'unproven', domain }
  if (ifAnswered !== 'fail') return { is: 'not-yet', domain }
  return { is: ifSeen === 'fail' ? 'failed' : 'unproven', domain }
}
