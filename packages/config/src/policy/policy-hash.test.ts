import { Policy } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { defaultPolicy } from './default-policy.ts'
import { policyHash } from './policy-hash.ts'

const policy = Policy.parse(defaultPolicy('ana'))

describe('the hash of a policy', () => {
  it('does not change with the order of keys', () => {
    const turned = Policy.parse(Object.fromEntries(Object.entries(defaultPolicy('ana')).toReversed()))
    expect(policyHash(turned)).toBe(policyHash(policy))
  })

  it('changes with any value', () => {
    expect(policyHash({ ...policy, plaintextToReporter: 'refuse' })).not.toBe(policyHash(policy))
  })
})
