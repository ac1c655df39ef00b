import { ApprovalId } from '@embargo/core'
import { expect, it } from 'vitest'
import { CASE, SmallHouse } from '../../test/fixtures/small-house.ts'
import { refusalCard } from './refusal.ts'

it('answers the request that the way out names, by button and as it is typed', () => {
  const approval = ApprovalId.parse(`${CASE}/a2`)
  const lift = { who: 'any team member', how: 'says no', verb: 'approve.no', approval }
  const card = refusalCard({
    refusal: { gate: 'frozen', because: 'Nothing is sent until somebody answers.', facts: {}, liftedBy: [lift] },
    commands: new SmallHouse().router.commands,
    place: { platform: 'slack', channel: 'C1', case: CASE },
  })
  expect(card.actions).toMatchObject([{ verb: 'approve.no', input: { case: CASE, approval } }])
  expect(card.fallback).toContain('Any team member says no: /cvd approve no <reason> --approval a2')
})
