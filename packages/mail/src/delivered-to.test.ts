import { describe, expect, it } from 'vitest'
import { mail } from '../test/samples.ts'
import { deliveredTo } from './delivered-to.ts'

const OWN = ['security@lantern.example', 'security@kiln.example']
const found = (...lines: string[]): readonly string[] => deliveredTo(mail(...lines), OWN)

describe('the recipients of a mail from a mailbox', () => {
  it.each([
    ['Postfix', 'X-Original-To: security+t1@kiln.example', ['security+t1@kiln.example']],
    ['Dovecot and Gmail', 'Delivered-To: Security@Kiln.example', ['security@kiln.example']],
    ['Exim', 'Envelope-to: security+t1@lantern.example', ['security+t1@lantern.example']],
    ['Fastmail', 'X-Delivered-To: security@lantern.example', ['security@lantern.example']],
  ])('are what %s wrote', (_, field, expected) => {
    expect(found(field, 'To: security@lantern.example, security@kiln.example', '', 'text')).toEqual(expected)
  })

  it('are those in To and Cc, if the server names none of our addresses', () => {
    expect(
      found('Delivered-To: mailbox-7@provider.example', 'To: K <security@kiln.example>,', ' rae@x.example', '', ''),
    ).toEqual(['security@kiln.example'])
    expect(found('Cc: security+t1@kiln.example', 'Subject: x', '', 'To: security@lantern.example')).toEqual([
      'security+t1@kiln.example',
    ])
  })

  it('are never other people’s addresses, nor addresses in the text', () => {
    expect(found('To: list@elsewhere.example', '', 'Delivered-To: security@kiln.example')).toEqual([])
    expect(deliveredTo(new Uint8Array(), OWN)).toEqual([])
    expect(deliveredTo(Buffer.from('Delivered-To: '.repeat(100_000)), OWN)).toEqual([])
  })
})
