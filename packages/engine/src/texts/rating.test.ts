import { describe, expect, it } from 'vitest'
import { ratingOf, vectorProblem } from './rating.ts'

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

describe('the problem of a vector', () => {
  it.each([
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N', undefined],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N', 'The metric A is missing. Add A:H or A:L or A:N.'],
    [
      'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H',
      'The metrics I and A are missing. Add I:H or I:L or I:N; A:H or A:L or A:N.',
    ],
    ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 'The vector scores 0.0, so it says that nothing is harmed.'],
    ['CVSS:3.0/AV:N', 'CVSS version "3.0" is not supported. Score it again as 3.1 or 4.0.'],
  ])('%s', (vector, problem) => {
    expect(vectorProblem(vector)).toEqual(problem)
  })
})
