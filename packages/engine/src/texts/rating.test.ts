import { describe, expect, it } from 'vitest'
import { ratingOf } from './rating.ts'

describe('the rating of a vector', () => {
  it.each([
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N', { severity: 'high', score: 7.5 }],
    ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', { severity: 'critical', score: 9.3 }],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', undefined],
    ['CVSS:3.1/AV:N', undefined],
  ])('%s', (vector, rating) => {
    expect(ratingOf(vector)).toEqual(rating)
  })
})
