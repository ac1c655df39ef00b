import { isTree } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { policyJsonSchema } from './json-schema.ts'

const node = (path: string): unknown =>
  path.split('.').reduce<unknown>((at, key) => (isTree(at) ? at[key] : undefined), policyJsonSchema())

describe('the JSON Schema of a policy', () => {
  it('describes every top-level key, and no other', () => {
    const properties = node('properties')
    if (!isTree(properties)) throw new Error('no properties')
    for (const [key, each] of Object.entries(properties))
      expect([key, isTree(each) && typeof each['description']]).toEqual([key, 'string'])
    expect(node('additionalProperties')).toBe(false)
  })

  it('requires no key, and has the default of each', () => {
    expect(node('required')).toBeUndefined()
    expect(node('properties.clocks.required')).toBeUndefined()
    expect(node('properties.clocks.properties.acknowledge.properties.target')).toMatchObject({
      type: 'string',
      default: '24 hours',
    })
  })

  it('completes a value that is one of a few words', () => {
    expect(node('properties.publicCommits')).toMatchObject({ enum: ['never', 'unmarked', 'open'], default: 'never' })
    expect(node('properties.waivers.properties.notice')).toMatchObject({ enum: ['team', 'admin', 'nobody'] })
  })
})
