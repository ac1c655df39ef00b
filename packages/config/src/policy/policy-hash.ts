import { createHash } from 'node:crypto'
import type { Policy } from '@embargo/core'
import { canonicalJson, Sha256 } from '@embargo/core'

/**
 * SHA-256 over the policy as canonical JSON. The hash does not change if somebody adds a comment, reorders keys, or
 * writes out a default.
 */
export const policyHash = (policy: Policy): Sha256 =>
  Sha256.parse(createHash('sha256').update(canonicalJson(policy)).digest('hex'))
