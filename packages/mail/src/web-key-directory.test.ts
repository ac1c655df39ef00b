import { describe, expect, it } from 'vitest'
import { directoryPlaces } from './web-key-directory.ts'

describe('the places of a key in a Web Key Directory', () => {
  it('are those of the example in the draft (section 3.1)', () => {
    expect(directoryPlaces('Joe.Doe@Example.ORG')).toEqual({
      advanced: { host: 'openpgpkey.example.org', folder: '.well-known/openpgpkey/example.org' },
      direct: { host: 'example.org', folder: '.well-known/openpgpkey' },
      file: 'iy9q119eutrkn8s1mk4r39qejnbu3n5q',
      local: 'Joe.Doe',
    })
  })

  it.each(['no address', 'a@b c', '@reporter.example'])('do not exist for "%s"', (text) => {
    expect(directoryPlaces(text)).toBeUndefined()
  })
})
