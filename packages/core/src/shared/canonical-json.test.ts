import { expect, it } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

it('sorts the keys of every object, and leaves out what is undefined', () => {
  expect(canonicalJson({ b: [1, { d: null, c: undefined }], a: 'x' })).toBe('{"a":"x","b":[1,{"d":null}]}')
})
