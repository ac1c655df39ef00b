import { Duration, NO_NUMBER } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { rebuildReadModels } from '../../src/index.ts'
import { CASE, createHouse, policyOf } from '../house.ts'
import { nextWakeUp } from '../next-wake-up.ts'
import { requestAndApprove, submit, RELEASE, untilPrenotified, untilReady } from '../story.ts'

describe('the read models', () => {
  it('are computed again if another policy wrote them: a shorter deadline applies, and nothing else changes', async () => {
    const house = createHouse()
    await house.receive()
    const before = house.memory.rows.get(CASE)
    const strict = policyOf()
    const other = createHouse({
      policy: {
        ...strict,
        clocks: {
          ...strict.clocks,
          acknowledge: { target: Duration.parse('1 hour'), breach: Duration.parse('1 working day') },
        },
      },
      hash: 'b',
      store: house.engine.deps,
    })
    await nextWakeUp(other)
    const after = house.memory.rows.get(CASE)
    expect(after?.projection).not.toBe(before?.projection)
    expect(after?.nextDue).toBeLessThan(before?.nextDue ?? 0)
    expect(after).toMatchObject({ people: ['ana', 'ben'], severity: 'unrated', owner: '' })
  })

  it('keep a row that was computed under this policy', async () => {
    const house = createHouse()
    await house.receive()
    const before = house.memory.rows.get(CASE)
    await nextWakeUp(house)
    expect(house.memory.rows.get(CASE)).toBe(before)
  })

  it('come out equal when they are rebuilt from the log', async () => {
    const house = createHouse()
    await untilReady(house)
    await house.receive({ subject: 'another' })
    await house.drain()
    const before = new Map(house.memory.rows)
    house.memory.rows.clear()
    expect(await rebuildReadModels(house.engine)).toMatchObject({ lines: 2, added: [...before.keys()], removed: [] })
    expect(Object.fromEntries(house.memory.rows)).toEqual(Object.fromEntries(before))
  })

  it('keep showing the publication of a case that another case follows', async () => {
    const house = createHouse()
    await untilPrenotified(house)
    house.clock.moveTo(RELEASE)
    await requestAndApprove(house, { verb: 'disclose', case: CASE })
    await house.drain()
    await submit(house, 'ana', { verb: 'open', case: NO_NUMBER, project: 'quillmark', follows: CASE })
    expect(house.memory.rows.get(CASE)).toMatchObject({ stage: 'disclosed', summary: { disclosedAt: RELEASE } })
    expect(await rebuildReadModels(house.engine)).toMatchObject({ lines: 2, changed: [] })
  })

  it('are computed again if the log has grown in the meantime, and not at all if it cannot be read up to its end', async () => {
    const house = createHouse()
    await house.receive()
    const { deps } = house.engine
    const versions: (number | undefined)[] = []
    const readModels: typeof deps.readModels = {
      ...deps.readModels,
      async rebuild(rowsAt) {
        await house.receive({ subject: 'another' })
        await house.drain()
        const heads = new Map([...house.memory.streams].map(([stream, events]) => [stream, events.length]))
        const rows = await rowsAt(heads)
        versions.push(...(rows ?? []).map(({ version }) => version))
        expect(rows?.map(({ stream, version }) => [stream, version])).toEqual([...heads])
        expect(await rowsAt(new Map([...heads].map(([stream, version]) => [stream, version + 1])))).toBeUndefined()
        return deps.readModels.rebuild(rowsAt)
      },
    }
    const rebuilt = await rebuildReadModels({ ...house.engine, deps: { ...deps, readModels } })
    expect(rebuilt).toEqual({ lines: 2, added: [], removed: [], changed: [], older: [] })
    expect(versions).toHaveLength(2)
  })
})
