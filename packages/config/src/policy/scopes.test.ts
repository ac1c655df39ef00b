import { policyFor } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { describeProblems } from '../problems/problem.ts'
import { readPolicy } from './read-policy.ts'
import { LANTERN_POLICY, problemsOf } from '../../test/lantern-policy.ts'

describe('a policy for several projects', () => {
  const TWO = LANTERN_POLICY.replace(
    'people:\n',
    `  - id: harbour
    name: Harbour
    prefix: HRB
    address: security@harbour.example
    people: [ben, ana]
    policy:
      clocks: { fixReady: { low: 90 days } }
      calendar: { workingDays: [mon, tue], workingHours: { from: '08:00' } }
      approvals: { secondLookAfter: 2 hours }
people:
`,
  )

  it('applies what a project sets, and keeps the rest', () => {
    const reading = readPolicy('p.yaml', TWO)
    if (!reading.ok) throw new Error(describeProblems(reading.problems))
    const own = policyFor(reading.policy, { project: 'harbour' })
    expect(own.calendar).toEqual({
      workingDays: ['mon', 'tue'],
      workingHours: { from: '08:00', to: '17:00' },
      holidays: [],
    })
    expect(own.approvals).toMatchObject({ by: 'second-person', secondLookAfter: { amount: 2 } })
    expect(own.clocks.fixReady).toMatchObject({ low: { amount: 90 }, high: { amount: 30 } })
    expect(policyFor(reading.policy, { project: 'lantern' }).clocks.fixReady).toMatchObject({ low: { amount: 75 } })
  })

  it.each([
    ['people: [ben, ana]', 'people: [ben, anna]', 'Did you mean ana? The policy has: ana, ben.'],
    ['people: [ben, ana]', 'people: [ben]', 'Name another person for this project.'],
    ['fixReady: {', 'fixRedy: {', /^Did you mean fixReady\? Its keys are: acknowledge/],
    ['low: 90 days', 'low: never ever', /^Write a number/],
    ["from: '08:00'", "from: '18:00'", 'Write an end that comes later on the same day.'],
    ['secondLookAfter: 2 hours', 'by: nobody', 'One of second-person, second-look.'],
  ])('finds the mistake in %s → %s', (right, wrong, instead) => {
    const found = problemsOf(TWO.replace(right, wrong)).map((one) => one.instead)
    expect(found).toEqual([typeof instead === 'string' ? instead : expect.stringMatching(instead)])
  })
})
