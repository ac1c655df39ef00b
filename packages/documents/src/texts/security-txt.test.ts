import { describe, expect, it } from 'vitest'
import { securityTxt, securityTxtExpires } from './security-txt.ts'

const NOW = Date.UTC(2026, 5, 1, 9)

describe('security.txt', () => {
  it('has a contact, and one end within a year', () => {
    expect(securityTxt({ address: 'security@quillmark.example', now: NOW })).toBe(
      'Contact: mailto:security@quillmark.example\nExpires: 2027-05-01T00:00:00Z\nPreferred-Languages: en\n',
    )
    expect(Date.parse(securityTxtExpires(NOW)) - NOW).toBeLessThan(365 * 86_400_000)
  })

  it('says where the CSAF documents are, if they are served', () => {
    expect(
      securityTxt({ address: 'security@quillmark.example', now: NOW, records: 'https://quillmark.example/r/' }),
    ).toContain('\nCSAF: https://quillmark.example/r/csaf/provider-metadata.json\n')
  })

  it('says where the key is, if there is one', () => {
    const key = 'https://quillmark.example/key.asc'
    const text = securityTxt({ address: 'security@quillmark.example', now: NOW, key })
    expect(text).toContain(`\nEncryption: ${key}\n`)
  })

  it('lets no address begin another field: an address with a line break', () => {
    const text = securityTxt({ address: 'a@quillmark.example\nContact: mailto:eve@evil.example', now: NOW })
    expect(text.split('\n').filter((line) => line.startsWith('Contact:'))).toHaveLength(1)
  })
})
