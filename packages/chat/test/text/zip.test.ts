import { expect, it } from 'vitest'
import { distinctNames, zipOf } from '../../src/text/zip.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

const LOCAL_HEADER = '504b03041400000800000000210086a61036050000000500000002000000'
const CENTRAL_HEADER = '504b010214001400000800000000210086a610360500000005000000020000000000000000000000000000000000'
const END = '504b0506000000000100010030000000250000000000'
const NAME = 'c3bc'

it('makes an archive byte for byte as PKWARE’s note says', () => {
  const zip = zipOf([{ name: 'ü', bytes: bytes('hello') }])
  const content = '68656c6c6f'
  expect(Buffer.from(zip).toString('hex')).toBe([LOCAL_HEADER, NAME, content, CENTRAL_HEADER, NAME, END].join(''))
})

it('gives each file a name of its own', () => {
  const files = ['a.txt', 'A.txt', 'a.txt', 'b'].map((name) => ({ name, bytes: bytes(name) }))
  expect(distinctNames(files).map(({ name }) => name)).toEqual(['a.txt', '2-A.txt', '3-a.txt', 'b'])
})
