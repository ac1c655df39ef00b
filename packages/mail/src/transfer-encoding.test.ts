import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBody } from './transfer-encoding.ts'
import type { TransferEncoding } from './transfer-encoding.ts'

const MUCH = 1_000_000
const decoded = (body: string, encoding: TransferEncoding, limit = MUCH): string =>
  Buffer.from(decodeBody(Buffer.from(body, 'latin1'), encoding, limit).content).toString('latin1')

describe('decodeBody', () => {
  it.each<[TransferEncoding, string, string]>([
    ['base64', 'YWJj', 'abc'],
    ['base64', 'YW\r\nJj', 'abc'],
    ['base64', 'YQ==\r\nYg==', 'ab'],
    ['base64', 'YWJ', 'ab'],
    ['base64', '!Y W-J*j', 'abc'],
    ['quoted-printable', 'a=3Db', 'a=b'],
    ['quoted-printable', 'a=3db=\r\nc=\nd\r\n', 'a=bcd\n'],
    ['quoted-printable', 'a= b=zz=4', 'a= b=zz=4'],
    ['none', 'a\r\nb\rc\n', 'a\nb\rc\n'],
  ])('reads %s %j', (encoding, body, content) => {
    expect(decoded(body, encoding)).toBe(content)
  })

  it('decodes base64, wherever its lines were broken', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 80 }), (content, width) => {
        const body = Buffer.from(content)
          .toString('base64')
          .replaceAll(new RegExp(`.{${width}}`, 'gu'), '$&\r\n')
        expect([...decodeBody(Buffer.from(body), 'base64', MUCH).content]).toEqual([...content])
      }),
    )
  })

  it.each<[TransferEncoding, string]>([
    ['base64', 'YWJjYWJj'],
    ['quoted-printable', '=61bcabc'],
    ['none', 'abcabc'],
  ])('stops at the limit of %s and says that there was more', (encoding, body) => {
    expect(decodeBody(Buffer.from(body), encoding, 4)).toMatchObject({ cut: true, content: { length: 4 } })
    expect(decodeBody(Buffer.from(body), encoding, 6).cut).toBe(false)
  })
})
