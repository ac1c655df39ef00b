import { expect, it } from 'vitest'
import { decodedForms, plainSpelling } from './encodings.ts'

it.each([
  ['invisible characters', 'cu\u200Brl\u00AD', 'curl'],
  ['other hyphens and spaces', 'a\u2011b\u2013c\u00A0 d', 'a-b-c d'],
  ['full-width letters', 'ｃｕｒｌ', 'curl'],
  ['links that lead nowhere', 'hxxps://host[.]example', 'https://host.example'],
])('spells %s plainly', (_what, line, plain) => {
  expect(plainSpelling(line)).toBe(plain)
})

it.each([
  ['nothing', 'a plain line', []],
  ['entities', '&lt;b&GT &#60;&#x3e; &shy;&unknown; &#9999999;', ['<b> <> &unknown; &#9999999;']],
  ['escapes', String.raw`%3Cb \u003e \x2f`, ['<b > /']],
  ['base64, with and without its end', 'YW4gYXR0YWNrIHRoYXQgaXMgaGlkZGVu', ['an attack that is hidden']],
  ['no hash', '0123456789abcdef0123456789abcdef01234567', []],
])('decodes %s', (_what, line, decoded) => {
  expect(decodedForms(line)).toEqual([line, ...decoded])
})
