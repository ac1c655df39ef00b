import { expect, it } from 'vitest'
import { createHouse } from '../house.ts'
import { PATCH } from '../story.ts'
import {
  ANNOUNCE,
  requestAndApprove,
  FIRST,
  ONE,
  policy,
  prepareCase,
  mailsSince,
  submitPatchOf,
} from '../two-cases.ts'

it('publishes a finished fix that nobody else checked once secrecy failed, and every text says so', async () => {
  const house = createHouse({ policy })
  await prepareCase(house, FIRST)
  await submitPatchOf(house, FIRST, `${PATCH}\n`)
  await requestAndApprove(house, { verb: 'signal.public', case: ONE, link: 'https://forum.example/1' })
  await house.drain()
  const before = house.relay.mails.length
  await requestAndApprove(house, { verb: 'disclose', case: ONE })
  await house.drain()
  const announced = mailsSince(house, before).find(({ envelopeTo }) => envelopeTo === ANNOUNCE)
  const text = announced?.text.replaceAll(/\s+/gu, ' ')
  expect(text).toContain('Quillmark main.1 fixes a security issue: path traversal. Please upgrade.')
  expect(text).toContain('Nobody except its author had checked the fix when it was published.')
  expect(text).not.toMatch(/fix ready|workaround is known|no fixed release/u)
  expect((await house.engine.queries.world(ONE))?.release?.disclosedAt).toBe(house.clock.now())
})
