import { describe, expect, it } from 'vitest'
import { fromInWords } from '../../src/cards/message.ts'

describe('the sender of a mail, in words', () => {
  const cna = 'cna@foundation.example'
  const state = { reports: [], cna }

  it('tells the CNA apart from another vendor', () => {
    expect(fromInWords({ from: 'vendor', vendor: cna }, state)).toBe('the CNA')
    expect(fromInWords({ from: 'vendor', vendor: 'psirt@vendor.example' }, state)).toBe('another vendor')
  })

  it('does not take a stranger for them', () => {
    expect(fromInWords({ from: 'unverified', vendor: cna }, state)).toBe(
      'UNVERIFIED sender, to the reply address of the CNA',
    )
  })
})
