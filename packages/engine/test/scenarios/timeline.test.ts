import { expect, it } from 'vitest'
import { DAY } from '@embargo/core'
import { createHouse } from '../house.ts'
import { submit, previewOf } from '../story.ts'
import { requestAndApprove, FIRST, ONE, policy, prepareCase } from '../two-cases.ts'

it('calls the fix ready, and not verified, on the day on which the last branch without a fix was waived', async () => {
  const house = createHouse({ policy })
  await prepareCase(house, FIRST)
  house.wait(3 * DAY)
  await submit(house, 'ana', { verb: 'triage.affects', case: ONE, branch: '4.2', affected: true })
  house.wait(4 * DAY)
  await requestAndApprove(house, {
    verb: 'waive',
    case: ONE,
    rule: 'fix',
    branch: '4.2',
    reason: 'its support has ended',
  })
  const { sections } = previewOf(
    await house.engine.commands.preview({ verb: 'disclose', case: ONE }, house.clock.now()),
  )
  const text = sections
    .map((one) => one.text)
    .join('\n')
    .replaceAll(/\s+/gu, ' ')
  expect(text).toMatch(/11 May fix ready/u)
  expect(text).not.toContain('fix verified')
})
