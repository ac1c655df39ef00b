import { describe, expect, it } from 'vitest'
import { connectionFailure } from './connection-failure.ts'

const failed = (code: string): Error => Object.assign(new Error('it broke'), { code })

describe('why a call got no answer', () => {
  it.each([
    ['nobody listens', failed('ECONNREFUSED'), { code: 'ECONNREFUSED', nothingSent: true }],
    ['the connection broke', failed('ECONNRESET'), { code: 'ECONNRESET', nothingSent: false }],
    ['it took too long', new DOMException('', 'TimeoutError'), { code: 'TIMEOUT', nothingSent: false }],
    ['something else', new Error('a secret'), { nothingSent: false }],
    ['a code that holds text of others', failed('a secret'), { nothingSent: false }],
  ])('is read from the innermost cause: %s', (_name, cause, expected) => {
    expect(connectionFailure(cause)).toEqual(expected)
    expect(connectionFailure(new Error('fetch failed', { cause }))).toEqual(expected)
  })

  it('is unknown for a value that is not an error', () => {
    expect(connectionFailure('text')).toEqual({ nothingSent: false })
  })
})
