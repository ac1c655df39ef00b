import { instant } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { macOf, mail, OWN } from '../test/samples.ts'
import { parse } from './parse.ts'
import { makeTestMail, testMailId } from './test-mail.ts'

const mac = macOf('address')
const ID = 'abcdefgh23'
const test = await makeTestMail({ id: ID, own: OWN[0] ?? '', at: instant(0) }, mac)
const idIn = async (to: readonly string[], ...fields: string[]) =>
  testMailId(await parse(mail('From: eve@evil.example', ...fields, '', 'x')), to, OWN, mac)

describe('a test mail', () => {
  it('is recognised by its address alone, and by its Message-ID alone', async () => {
    expect(testMailId(await parse(test.raw), OWN, OWN, mac)).toBe(ID)
    expect(await idIn([test.envelopeTo.toUpperCase()])).toBe(ID)
    expect(await idIn(OWN, `To: Embargo <${test.envelopeTo}>`)).toBe(ID)
    expect(await idIn(OWN, `Message-ID: ${test.messageId}`)).toBe(ID)
  })

  it.each([
    ['nothing of it', OWN, 'Subject: A test of the mail set-up'],
    ['another id', [test.envelopeTo.replace(ID, 'bbbbbbbbbb')], 'Subject: x'],
    ['another signature', [test.envelopeTo.replace(/.{16}@/u, 'aaaaaaaaaaaaaaaa@')], 'Subject: x'],
    ['another domain', [test.envelopeTo.replace('example.org', 'evil.example')], 'Subject: x'],
    ['a Message-ID made up', OWN, 'Message-ID: <test.abcdefgh23.aaaaaaaaaaaaaaaa@example.org>'],
  ])('is not recognised with %s', async (_, to, field) => {
    expect(await idIn(to, field)).toBeUndefined()
  })
})
