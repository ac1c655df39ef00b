import { Policy } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { defaultPolicy } from './default-policy.ts'
import { canonicalJson, policyHash } from './policy-hash.ts'

const policy = Policy.parse(defaultPolicy('ana'))

describe('the hash of a policy', () => {
  it('does not change with the order of keys', () => {
    const turned = Policy.parse(Object.fromEntries(Object.entries(defaultPolicy('ana')).toReversed()))
    expect(policyHash(turned)).toBe(policyHash(policy))
  })

  it('changes with any value', () => {
    expect(policyHash({ ...policy, plaintextToReporter: 'refuse' })).not.toBe(policyHash(policy))
  })

  it('is over JSON with sorted keys, undefined left out', () => {
    expect(canonicalJson({ b: [1, { d: null, c: undefined }], a: 'x' })).toBe('{"a":"x","b":[1,{"d":null}]}')
  })
})
