import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { isPracticeAddress, makePracticeAddress } from './practice-address.ts'

const mac = (text: string): Uint8Array => createHmac('sha256', 'the key').update(text).digest()
const OWN = 'security@quillmark.example'

it('knows the address of a practice report again, and no other', () => {
  const address = makePracticeAddress(OWN, mac)
  expect(address).toMatch(/^security\+practice\.[a-z2-7]{16}@quillmark\.example$/)
  expect(isPracticeAddress(address, [OWN], mac)).toBe(true)
  expect(isPracticeAddress(address.toUpperCase(), [OWN], mac)).toBe(true)
  const others = [
    OWN,
    'security+practice@quillmark.example',
    'security+practice.aaaaaaaaaaaaaaaa@quillmark.example',
    address.replace('@', '.more@'),
    makePracticeAddress('security@another.example', mac),
    makePracticeAddress(OWN, (text) => createHmac('sha256', 'another key').update(text).digest()),
  ]
  expect(others.filter((one) => isPracticeAddress(one, [OWN], mac))).toEqual([])
})
