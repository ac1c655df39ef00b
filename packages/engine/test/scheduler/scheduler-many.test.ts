import { CaseId, DAY, HOUR, NO_NUMBER } from '@embargo/core'
import { describe, expect, it, vi } from 'vitest'
import { createScheduler } from '../../src/index.ts'
import { createHouse } from '../house.ts'
import type { House } from '../house.ts'
import { submit, previewOf } from '../story.ts'

const MANY = 600

const opens = (house: House): Promise<void> =>
  submit(house, 'ana', { verb: 'open', case: NO_NUMBER, project: 'quillmark' })

/** Many cases that nobody rated, and after all of them a case that two people signal as under attack. */
async function manyAndOneAttacked(): Promise<{ readonly house: House; readonly attacked: CaseId }> {
  const house = createHouse()
  for (let n = 0; n < MANY; n += 1) await opens(house)
  house.wait(HOUR)
  await opens(house)
  const attacked = CaseId.parse(`SEC-2026-0${MANY + 1}`)
  const request = { verb: 'signal.attack', case: attacked, link: 'https://forum.example/1' } as const
  const preview = previewOf(await house.engine.commands.preview(request, house.clock.now()))
  await submit(house, 'ana', { ...request, shown: { digest: preview.digest, blob: preview.blob } })
  const again = previewOf(await house.engine.commands.preview({ verb: 'approve', case: attacked }, house.clock.now()))
  await submit(house, 'ben', { verb: 'approve', case: attacked, shown: { digest: again.digest, blob: again.blob } })
  return { house, attacked }
}

describe('the scheduler, after a stop during which very many deadlines became due', () => {
  it('announces first the deadline whose miss does the most harm, however late it became due', async () => {
    const { house, attacked } = await manyAndOneAttacked()
    house.wait(7 * DAY)
    const due = await house.engine.deps.readModels.due(house.clock.now())
    expect(due).toHaveLength(MANY + 1)
    expect(due.at(-1)).toBe(attacked)

    const notices: string[] = []
    const over = new AbortController()
    const stop = house.engine.deps.onCommit((rows) => {
      notices.push(...rows.map(({ stream }) => stream))
      if (notices.length > 10) over.abort()
    })
    await createScheduler({ engine: house.engine }).run(over.signal)
    stop()
    const first = notices.findIndex((stream) => stream !== attacked)
    expect(notices.indexOf(attacked)).toBe(0)
    expect(notices.lastIndexOf(attacked)).toBeLessThan(first)
  })

  it('computes no further row once it is stopped', async () => {
    const house = createHouse()
    for (let n = 0; n < 3; n += 1) await opens(house)
    for (const [stream, row] of house.memory.rows) house.memory.rows.set(stream, { ...row, nextDue: house.clock.now() })
    const over = new AbortController()
    const replaced = vi.spyOn(house.engine.deps.readModels, 'replace').mockImplementation(async () => over.abort())
    await createScheduler({ engine: house.engine }).run(over.signal)
    expect(replaced).toHaveBeenCalledTimes(1)
  })
})
