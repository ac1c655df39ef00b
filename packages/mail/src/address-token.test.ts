import { CaseId, EffectId, ReportId } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { macOf, OWN } from '../test/samples.ts'
import { makeToken, readToken } from './address-token.ts'
import { recipientMark, vendorMark } from './case-tag.ts'
import { effectMark, makeMessageId, makeReturnPath, readMessageId, readReturnPath } from './message-id.ts'

const mac = macOf('key')
const tag = { case: CaseId.parse('SEC-2026-0042'), report: ReportId.parse('SEC-2026-0042/r1') }
const effect = EffectId.parse('SEC-2026-0042:1/send-mail/receipt')
const own = 'security@example.org'

describe('address token', () => {
  const address = makeToken(tag, own, mac)

  it('is the same each time, fits into a local part and has a mac of 80 bits', () => {
    expect(makeToken(tag, own, mac)).toBe(address)
    expect(address).toMatch(/^security\+sec-2026-0042\.r1\.[a-z2-7]{16}@example\.org$/u)
  })

  it.each([
    ['as written', address],
    ['in upper case', address.toUpperCase()],
    ['with the domain in another case', address.replace('example.org', 'Example.ORG')],
  ])('is read back %s', (_, given) => {
    expect(readToken(given, OWN, mac)).toEqual({ ...tag, valid: true })
  })

  it('works without a report', () => {
    expect(readToken(makeToken({ case: tag.case }, own, mac), OWN, mac)).toEqual({ case: tag.case, valid: true })
  })

  it('names a recipient, in an address of valid length even for the longest ids', () => {
    const longest = { list: 'l'.repeat(40), recipient: 'r'.repeat(40) }
    const theirs = { case: CaseId.parse('ABCDEFGHIJ-2026-0042'), recipient: recipientMark(longest) }
    const theirAddress = makeToken(theirs, 'sec@example.org', mac)
    expect(readToken(theirAddress.toUpperCase(), ['sec@example.org'], mac)).toEqual({ ...theirs, valid: true })
    const other = recipientMark({ ...longest, recipient: 'south' })
    const forged = theirAddress.replace(theirs.recipient, other)
    expect(readToken(forged, ['sec@example.org'], mac)).toEqual({ ...theirs, recipient: other, valid: false })
  })

  it('names another vendor, whether their address is in upper or lower case', () => {
    const theirs = { case: tag.case, vendor: vendorMark('Security@Inkwell.example') }
    const theirAddress = makeToken(theirs, own, mac)
    expect(readToken(theirAddress, OWN, mac)).toEqual({ ...theirs, valid: true })
    expect(vendorMark('security@inkwell.example')).toBe(theirs.vendor)
  })

  it.each([
    ['another case', address.replace('0042', '0043')],
    ['another report', address.replace('.r1.', '.r2.')],
    ['no report', address.replace('.r1.', '.')],
    ['a changed mac', address.replace(/.@/u, (end) => (end === 'a@' ? 'b@' : 'a@'))],
    ['a short mac', address.replace(/.@/u, '@')],
    ['an empty mac', 'security+sec-2026-0042.r1.@example.org'],
  ])('token guessing: a token with %s does not verify', (_, given) => {
    expect(readToken(given, OWN, mac)).toMatchObject({ valid: false })
  })

  it.each([
    'security@example.org',
    'security+sec@example.org',
    'other+sec-2026-0042.r1.aaaaaaaaaaaaaaaa@example.org',
    address.replace('example.org', 'example.com'),
    'security+sec-2026-0042.r1/../x.aaaa@example.org',
    '',
    '@',
    'security+..@example.org',
  ])('is not found in "%s"', (given) => {
    expect(readToken(given, OWN, mac)).toBeUndefined()
  })

  it('does not verify under another key, nor as a token of another kind', () => {
    expect(readToken(address, OWN, macOf('other'))).toMatchObject({ valid: false })
    const bounced = makeReturnPath({ case: tag.case, effect, own }, mac)
    expect(readToken(bounced ?? '', OWN, mac)?.valid ?? false).toBe(false)
    expect(readReturnPath(address, OWN, mac)).toBeUndefined()
  })

  it('is refused if our address leaves no room for it', () => {
    expect(() => makeToken(tag, `${'a'.repeat(50)}@example.org`, mac)).toThrow(
      expect.objectContaining({ code: 'bad-address' }),
    )
  })
})

describe('Message-ID', () => {
  const id = makeMessageId({ ...tag, effect, domain: 'example.org' }, mac)

  it('is derived from the effect, so that a retry has the same one', () => {
    expect(makeMessageId({ ...tag, effect, domain: 'example.org' }, mac)).toBe(id)
    expect(makeMessageId({ ...tag, effect: EffectId.parse('other'), domain: 'example.org' }, mac)).not.toBe(id)
  })

  it('is recognised, with and without brackets and in any case', () => {
    const expected = { ...tag, mark: effectMark(effect), valid: true }
    expect([id, id.slice(1, -1), id.toUpperCase()].map((given) => readMessageId(given, mac))).toEqual([
      expected,
      expected,
      expected,
    ])
  })

  it('does not verify when any part of it was changed', () => {
    for (const given of [
      id.replace('0042', '0043'),
      id.replace('.r1.', '.r2.'),
      id.replace(effectMark(effect), 'a'.repeat(13)),
    ]) {
      expect(readMessageId(given, mac)).toMatchObject({ valid: false })
    }
  })

  it.each(['<x@y>', '<CAF.abc@mail.example>', 'x', '', '<@>', `<${'.'.repeat(400)}@x>`])(
    "is not seen in a stranger's %s",
    (given) => {
      expect(readMessageId(given, mac)).toBeUndefined()
    },
  )
})
