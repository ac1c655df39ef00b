import { describe, expect, it } from 'vitest'
import { ROWS } from './rows.ts'
import { deadWaysOf, tryWay, waysOf } from './ways.ts'
import type { Way } from './ways.ts'

describe('each way out that a refusal offers', () => {
  it.each(ROWS)('works: %s', async (_title, given) => {
    expect(await deadWaysOf(given())).toEqual([])
  })
})

describe('a way out that does not work', () => {
  const [situation] = ROWS.flatMap(([title, given]) => (title === 'confirm: it is not accepted' ? [given()] : []))
  if (situation === undefined) throw new Error('no such row')
  const [way] = waysOf(situation)
  if (way === undefined) throw new Error('no way out')
  const planted = (verb: string, printed: string): Way => ({
    ...way,
    lift: { who: 'any team member', how: 'does something else', verb },
    action: { label: printed, verb, input: { case: situation.request.case } },
    printed,
  })

  it('is found where its command is refused', async () => {
    const dead = await tryWay(situation, planted('approve', 'approve'))
    expect(dead).toEqual({ printed: 'approve', read: ['makes-sense: Nothing waits for approval.'] })
  })

  it('is found where its command goes through and changes nothing of the refusal', async () => {
    expect(await tryWay(situation, planted('reply', 'reply'))).toMatchObject({ printed: 'reply' })
  })
})
